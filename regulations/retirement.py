"""When somebody retires: reckoned in whole months of birth and age, never in days (DOMAIN.md §8)."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from regulations.models import RetirementAge

YEAR_ONLY = "year"  # of a day of which only the year is known; a month is as good as a day here


@dataclass(frozen=True, order=True)
class Month:
    """A month of a year."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, day.month)

    @property
    def number(self) -> int:
        """The month counted from January of year 0, to reckon with."""
        return self.year * 12 + self.month - 1

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    def plus(self, months: int) -> Self:
        year, month = divmod(self.number + months, 12)
        return type(self)(year, month + 1)


@dataclass(frozen=True)
class RetirementEstimate:
    """The last working day of a person, between `earliest` and `latest`: equal when the month of birth is known.

    `verified` says whether the ages that it rests on may be shown as a rule; else it is "chưa kiểm chứng".
    """

    earliest: date
    latest: date
    verified: bool

    @property
    def is_exact(self) -> bool:
        return self.earliest == self.latest


@dataclass(frozen=True)
class BirthMonths:
    """Those of a gender who were born from `first` to `last`, both included."""

    gender: str
    first: Month
    last: Month


@dataclass(frozen=True)
class RetirementTable:
    """The table of retirement ages, loaded once to reckon with for many people."""

    ages: Sequence[RetirementAge]

    @classmethod
    def load(cls) -> Self:
        """Load the table, by one query."""
        return cls(tuple(RetirementAge.objects.all()))

    def estimate(self, birth_date: date, precision: str, gender: str) -> RetirementEstimate | None:
        return retirement_estimate(birth_date, precision, gender, self.ages)


def retirement_estimate(
    birth_date: date, precision: str, gender: str, ages: Iterable[RetirementAge]
) -> RetirementEstimate | None:
    """Return when a person retires by the table, None when it does not tell.

    `precision` is how much of the birth date is known: "day", "month" or "year". Of a year alone every month is
    reckoned, and the table must tell for each. Normal conditions; whoever has a dated override goes by that.
    """
    ages = list(ages)
    months = range(1, 13) if precision == YEAR_ONLY else [birth_date.month]
    born = [Month(birth_date.year, month) for month in months]
    reached = [retirement_month(month, gender, ages) for month in born]
    if None in reached:
        return None
    verified = all(_age_of(month, gender, ages).is_verified for month in born)
    return RetirementEstimate(last_working_day(min(reached)), last_working_day(max(reached)), verified)


def births_retiring_in(year: int, ages: Iterable[RetirementAge]) -> list[BirthMonths]:
    """Return who reaches the age of retirement in `year` by the table, as ranges of months of birth.

    The reverse of `retirement_month`: for lists, which ask the database who they are.
    """
    found = []
    for row in ages:
        first = max(Month(year, 1).plus(-row.months), Month.of(row.valid_from))
        last = Month(year, 12).plus(-row.months)
        if row.valid_to:
            last = min(last, Month.of(row.valid_to).plus(-1))
        if first <= last:
            found.append(BirthMonths(row.gender, first, last))
    return found


def retirement_month(born: Month, gender: str, ages: Iterable[RetirementAge]) -> Month | None:
    """Return the month in which the age of retirement is reached, None when the table does not tell."""
    row = _age_of(born, gender, ages)
    return row and born.plus(row.months)


def last_working_day(month: Month) -> date:
    """Return the last day of work of somebody who reaches the age in `month`: its last day."""
    return date(month.year, month.month, monthrange(month.year, month.month)[1])


def months_between(day: date, month: Month) -> int:
    """Return the months from the month of `day` to `month`: 48 from any day of 6/2025 to 6/2029; negative when past."""
    return month.number - Month.of(day).number


def _age_of(born: Month, gender: str, ages: Iterable[RetirementAge]) -> RetirementAge | None:
    return next((row for row in ages if row.gender == gender and row.is_in_force(born.first_day)), None)
