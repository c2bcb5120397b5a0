"""Reads of assignments, and of what users chose for lists."""

from typing import Self

from django.db import models

from organizations.querysets import beneath
from organizations.scope import Right, Scope


class AssignmentQuerySet(models.QuerySet):
    """Roles held over parts of the tree."""

    def visible_to(self, scope: Scope) -> Self:
        """Return the assignments that an administrator of this scope keeps."""
        return self.filter(beneath(scope.paths(Right.ADMINISTER), "organization__path"))


class OwnListQuerySet(models.QuerySet):
    """What users chose for lists; each is its owner's alone."""

    def of(self, owner, list_name: str) -> Self:
        """Return what `owner` has chosen for the list."""
        return self.filter(owner=owner, list_name=list_name)
