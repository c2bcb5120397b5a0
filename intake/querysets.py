"""Reads of imports."""

from typing import Self

from django.db import models
from django.db.models import Count, Max


class ImportQuerySet(models.QuerySet):
    """Imports. Each belongs to whoever sent the file: it holds all that the file held, of whatever scope."""

    def of(self, user) -> Self:
        return self.filter(made_by=user)

    def by_kind(self) -> dict[str, dict]:
        """Return how many files of each kind stand in the register, and when the last was written."""
        told = (
            self.filter(state="committed").order_by().values("kind").annotate(n=Count("pk"), last=Max("committed_at"))
        )
        return {each["kind"]: each for each in told}

    def kept(self) -> Self:
        """Return those not thrown away."""
        return self.exclude(state="discarded")


class MappingQuerySet(models.QuerySet):
    """Mappings of headings; they hold no record."""

    def known(self, kind: str, signature: str) -> dict | None:
        """Return the mapping kept for these headings."""
        return self.filter(kind=kind, signature=signature).values_list("mapping", flat=True).first()

    def of_kind(self, kind: str) -> list[dict]:
        """Return the mappings of a kind, the newest first."""
        return list(self.filter(kind=kind).order_by("-pk").values_list("mapping", flat=True))
