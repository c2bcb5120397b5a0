"""Reads of closed books, of what was handed out, of the prose and of the figures that offices made their own."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

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


class OfficeFigureQuerySet(models.QuerySet):
    """Figures of offices."""

    def visible_to(self, scope: Scope) -> Self:
        """Return those set in the scope, and those set above it, which hold there too."""
        above = {key for path in scope.paths() for key in _organizations_on(path)}
        here = Organization.objects.visible_to(scope).filter(pk=OuterRef("organization"))
        return self.filter(Q(organization__in=above) | Exists(here))

    def holding_at(self, path: str) -> Self:
        """Return those set at the organisation at `path` or at one above it."""
        return self.filter(organization__in=_organizations_on(path))

    def holding_at_or_beneath(self, path: str) -> Self:
        """Return those that stand together with one set at `path` in some report: set there, above or beneath."""
        return self.filter(Q(organization__in=_organizations_on(path)) | Q(organization__path__startswith=path))

    def in_use(self) -> Self:
        return self.filter(retired_at__isnull=True)

    def own(self) -> Self:
        """Return the figures that offices made for themselves."""
        return self.exclude(label="")

    def with_hands(self) -> Self:
        """Fetch where each was set, who made it and who retired it."""
        return self.select_related("organization", "made_by", "retired_by")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("a figure of an office is never deleted: closed books may have kept it")


def _organizations_on(path: str) -> list[int]:
    """Return the identities on a path, "/1/5/": the topmost first."""
    return [int(each) for each in path.split("/") if each]
