"""Days and periods of the office."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from common.formats import short_day


def today() -> date:
    """Return the local day of the office (settings.TIME_ZONE)."""
    return timezone.localdate()


def now_in_words() -> str:
    """Return "10:05 ngày 05/3/2022", by the clock of the office."""
    return f"{timezone.localtime():%H:%M} ngày {short_day(today())}"


@dataclass(frozen=True)
class Period:
    """The days from `first` up to but not including `end`."""

    first: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.first:
            raise ValueError(f"a period must end after it begins: {self.first} .. {self.end}")

    @classmethod
    def of_year(cls, year: int) -> "Period":
        return cls(date(year, 1, 1), date(year + 1, 1, 1))

    @classmethod
    def between(cls, first: date, last: date) -> "Period":
        """Return the period from `first` to `last`, both included, as people name periods."""
        return cls(first, last + timedelta(days=1))

    @property
    def last(self) -> date:
        """The last day inside the period."""
        return self.end - timedelta(days=1)

    @property
    def is_calendar_year(self) -> bool:
        return self == Period.of_year(self.first.year)

    def a_year_earlier(self) -> "Period":
        """Return the same period one year before; a period up to 28 February ends with that day there too."""
        return Period(_a_year_earlier(self.first), _a_year_earlier(self.end, leap_day_becomes=(3, 1)))

    def __str__(self) -> str:
        if self.is_calendar_year:
            return f"năm {self.first.year}"
        return f"từ {short_day(self.first)} đến {short_day(self.last)}"


def _a_year_earlier(day: date, leap_day_becomes: tuple[int, int] = (2, 28)) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        month, day_of_month = leap_day_becomes
        return date(day.year - 1, month, day_of_month)
