"""Reads of what was kept of closed books, of what was handed out, of the office's own prose."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef

from organizations.models import Closing, Organization
from organizations.scope import Scope


class KeptQuerySet(models.QuerySet):
    """Rows that belong to a closing and are never changed."""

    def visible_to(self, scope: Scope) -> Self:
        closings = Closing.objects.visible_to(scope)
        return self.filter(Exists(closings.filter(pk=OuterRef("closing"))))

    def update(self, **fields) -> int:
        raise TypeError("what was kept of closed books is never changed")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("what was kept of closed books is never deleted")


class ClosedFigureQuerySet(KeptQuerySet):
    """Figures as they stood."""


class ClosedRecordQuerySet(KeptQuerySet):
    """Fingerprints of records."""


class ClosedFileQuerySet(KeptQuerySet):
    """Files handed in."""


class ExportQuerySet(models.QuerySet):
    """Files of reports that went out."""

    def visible_to(self, scope: Scope) -> Self:
        organizations = Organization.objects.visible_to(scope)
        return self.filter(Exists(organizations.filter(pk=OuterRef("organization"))))

    def with_code(self, typed: str) -> Self:
        """Return the one with a code as somebody types it off a paper: small letters, spaces, hyphens or none."""
        return self.filter(code="".join(char for char in typed.upper() if char.isalnum()))


class ProseTemplateQuerySet(models.QuerySet):
    """The office's own words for its reports."""

    def visible_to(self, scope: Scope) -> Self:
        return self.filter(organization__in=Organization.objects.visible_to(scope))
