"""Reads of what was kept of closed books."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef

from organizations.models import Closing
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
