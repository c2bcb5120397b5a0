"""Working days: Monday to Friday, less public holidays, and the days that are worked in their place."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from regulations.models import CalendarDay

SATURDAY = 5
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkingCalendar:
    """The holidays and worked weekend days from `first` to `last` (both included; None: without end).

    It knows the holidays that were entered and no others.
    """

    first: date
    last: date | None
    kinds: dict[date, str]

    @classmethod
    def load(cls, first: date, last: date | None = None) -> Self:
        """Load the calendar of these days, by one query."""
        return cls(first, last, dict(CalendarDay.objects.between(first, last).values_list("day", "kind")))

    def is_working_day(self, day: date) -> bool:
        """Say whether the office works on `day`. Raises ValueError for a day that was not loaded."""
        if day < self.first or (self.last and day > self.last):
            raise ValueError(f"{day} lies outside the calendar loaded: {self.first} .. {self.last}")
        if day in self.kinds:
            return self.kinds[day] == CalendarDay.Kind.WORKING_DAY
        return day.weekday() < SATURDAY

    def add_working_days(self, day: date, count: int) -> date:
        """Return the `count`-th working day after `day`, which itself is not counted."""
        if count < 1:
            raise ValueError(f"a term of working days has at least one: {count}")
        while count:
            day += A_DAY
            count -= self.is_working_day(day)
        return day

    def working_days_late(self, due: date, done: date) -> int:
        """Return how many working days after `due` something was done on `done`; 0 where it was done by then."""
        days = (due + timedelta(days=number) for number in range(1, (done - due).days + 1))
        return sum(self.is_working_day(day) for day in days)


def due_after(day: date, count: int) -> date:
    """Return the day on which a term of `count` working days that runs from `day` ends, by one query."""
    return WorkingCalendar.load(day).add_working_days(day, count)
