"""Quarters of a year, in which offices report how many members they have."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of a year; `number` runs from 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def ended_by(cls, day: date) -> Self:
        """Return the last quarter of which `day` has seen the last day."""
        this = cls.of(day)
        return this if this.last == day else this.before

    @classmethod
    def read(cls, key: str) -> Self | None:
        """Return the quarter of a key such as 2026-3; None when it is none."""
        year, _, number = key.partition("-")
        if not (year.isdecimal() and len(year) == 4 and number in ("1", "2", "3", "4") and 1930 <= int(year) <= 2200):
            return None
        return cls(int(year), int(number))

    @property
    def key(self) -> str:
        return f"{self.year}-{self.number}"

    @property
    def first(self) -> date:
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last(self) -> date:
        """The last day inside the quarter."""
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> Self:
        return type(self)(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def before(self) -> Self:
        return type(self).of(self.first - timedelta(days=1))

    def __str__(self) -> str:
        return f"Quý {ROMAN[self.number - 1]}/{self.year}"


def recent_quarters(day: date, count: int) -> list[Quarter]:
    """Return the last `count` quarters that have ended by `day`, the newest first."""
    found = [Quarter.ended_by(day)]
    while len(found) < count:
        found.append(found[-1].before)
    return found
