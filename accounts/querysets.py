"""Reads of assignments."""

from typing import Self

from django.db import models

from organizations.querysets import beneath
from organizations.scope import Right, Scope


class AssignmentQuerySet(models.QuerySet):
    """Roles held over parts of the tree."""

    def visible_to(self, scope: Scope) -> Self:
        """Return the assignments that an administrator of this scope keeps."""
        return self.filter(beneath(scope.paths(Right.ADMINISTER), "organization__path"))
