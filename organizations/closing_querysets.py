"""Reads of closed books."""

from collections.abc import Iterable
from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat

from organizations.querysets import within
from organizations.scope import Scope


class ClosingQuerySet(models.QuerySet):
    """Closed books."""

    def visible_to(self, scope: Scope) -> Self:
        return self.filter(within(scope, organization="organization", day="as_at"))

    def standing(self) -> Self:
        """Return those that were not opened again."""
        return self.filter(reopened_at__isnull=True)

    def covering(self, organizations: Iterable[int]) -> Self:
        """Return the closings of books in which one of the organisations stood during the closed period."""
        return self._of_books_with(Q(organization__in=list(organizations)))

    def covering_outer(self, name: str = "pk") -> Self:
        """Return the same of the organisation at the field `name` of the query around; for a subquery."""
        return self._of_books_with(Q(organization=OuterRef(OuterRef(name))))

    def _of_books_with(self, organization: Q) -> Self:
        versions = apps.get_model("organizations", "OrganizationVersion").objects
        closed = Concat(Value("/"), Cast(OuterRef("organization"), models.CharField()), Value("/"))
        stood = versions.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=OuterRef("first")),
            organization,
            valid_from__lt=OuterRef("end"),
            path__contains=closed,
        )
        return self.filter(Exists(stood))
