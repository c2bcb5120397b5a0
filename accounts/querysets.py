"""Reads of assignments, and of what users chose for lists."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import models

from organizations.querysets import beneath
from organizations.scope import Right, Scope

if TYPE_CHECKING:
    from organizations.models import Organization


class AssignmentQuerySet(models.QuerySet):
    """Roles held over parts of the tree."""

    def visible_to(self, scope: Scope) -> Self:
        """Return the assignments that an administrator of this scope keeps."""
        return self.filter(beneath(scope.paths(Right.ADMINISTER), "organization__path"))

    def held_at(self, organizations: Iterable["Organization"]) -> Self:
        """Return the roles of those who may sign in, held over just these organisations."""
        held = self.filter(organization__in=list(organizations), user__is_active=True)
        return held.select_related("user", "organization").order_by("organization", "user__username", "role")


class OwnListQuerySet(models.QuerySet):
    """What users chose for lists; each is its owner's alone."""

    def of(self, owner, list_name: str) -> Self:
        """Return what `owner` has chosen for the list."""
        return self.filter(owner=owner, list_name=list_name)
