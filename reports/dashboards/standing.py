"""An organisation and those it leads, as they stood on a day: what dashboards and standard tables read of the day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from organizations.models import OrganizationVersion
from organizations.scope import Scope
from reports.choices import REPORTING_KINDS
from reports.frame import Frame


@dataclass(frozen=True)
class Standing:
    """`organizations` are those of the scope on the day, in the order of the tree; `chosen` may be none of them.

    `plan_term` is that of the plans looked at, empty where there is none.
    """

    scope: Scope
    day: date
    organizations: list[OrganizationVersion]
    chosen: OrganizationVersion | None
    plan_term: str

    @property
    def places(self) -> list[OrganizationVersion]:
        """The organisation chosen and those beneath it, as they stood on the day."""
        if self.chosen is None:
            return []
        return [each for each in self.organizations if each.path.startswith(self.chosen.path)]

    @property
    def keys(self) -> list[int]:
        """The identities of the places."""
        return [version.organization_id for version in self.places]


def standing_of(frame: Frame, *, every_kind: bool = False) -> Standing:
    """Return how the organisation of a frame and those beneath it stood on its day. One query.

    Those beneath: the grassroots organisations and what is above them, as on a dashboard; with `every_kind` the
    section committees and cells beneath a grassroots organisation too.
    """
    versions = OrganizationVersion.objects.as_of(frame.day).visible_to(frame.scope)
    versions = versions.under(frame.organization.organization_id)
    if not every_kind:
        own = Q(organization=frame.organization.organization_id)
        versions = versions.filter(Q(kind__in=REPORTING_KINDS) | own)
    return Standing(
        scope=frame.scope,
        day=frame.day,
        organizations=versions.select_related("organization").with_codes().as_tree(),
        chosen=frame.organization,
        plan_term=frame.plan_term,
    )
