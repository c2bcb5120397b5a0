"""Reads of the catalogues of this floor; rules and retirement ages are read as every dated row is."""

from datetime import date
from typing import Self

from django.db import models


class CalendarDayQuerySet(models.QuerySet):
    """The days on which the office does not keep to the week."""

    def between(self, first: date, last: date | None) -> Self:
        """Return those from `first` to `last`, both included; without `last`, all from `first` on."""
        days = self.filter(day__gte=first)
        return days if last is None else days.filter(day__lte=last)
