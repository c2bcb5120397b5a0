"""Reads of imports."""

from typing import Self

from django.db import models


class ImportQuerySet(models.QuerySet):
    """Imports. Each belongs to whoever sent the file: it holds all that the file held, of whatever scope."""

    def of(self, user) -> Self:
        return self.filter(made_by=user)

    def kept(self) -> Self:
        """Return those not thrown away."""
        return self.exclude(state="discarded")


class MappingQuerySet(models.QuerySet):
    """Mappings of headings; they hold no record."""

    def known(self, kind: str, signature: str) -> dict | None:
        """Return the mapping kept for these headings."""
        return self.filter(kind=kind, signature=signature).values_list("mapping", flat=True).first()
