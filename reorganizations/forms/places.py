"""What may be chosen in the form of a reorganisation: organisations of the day whose register the user keeps."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from organizations.models import Organization, OrganizationVersion
from organizations.scope import Right, Scope


class Places:
    """The organisations that stand on the day and of which the user keeps the register, loaded once."""

    def __init__(self, scope: Scope, day: date) -> None:
        self.scope = scope
        self.day = day

    @cached_property
    def versions(self) -> list[OrganizationVersion]:
        """They as a tree."""
        stand = OrganizationVersion.objects.as_of(self.day).visible_to(self.scope).select_related("organization")
        return [each for each in stand.as_tree() if self.may_keep(each.organization)]

    def may_keep(self, organization: Organization) -> bool:
        return self.scope.covers(organization.path, Right.KEEP_REGISTER)

    @cached_property
    def by_code(self) -> dict[str, Organization]:
        return {version.organization.code: version.organization for version in self.versions}

    def options(self, without: Iterable[Organization] = ()) -> list[tuple[str, str]]:
        """Return codes and names as a select shows them, those beneath others indented."""
        left_out = {each.pk for each in without}
        return [
            (each.organization.code, "\u2003" * each.depth + f"{each.name} ({each.organization.code})")
            for each in self.versions
            if each.organization_id not in left_out
        ]
