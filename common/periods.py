"""Days and periods of the office: a year, its quarters, halves, nine months and months, or any two days."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.text import capfirst

from common.formats import short_day

FIRST_YEAR, LAST_YEAR = 1930, 2100  # the years that somebody can ask a report of


class UnknownPeriod(ValueError):
    """The words name no period, or one outside the years of reports. The message is for the user."""


def today() -> date:
    """Return the local day of the office (settings.TIME_ZONE)."""
    return timezone.localdate()


def now_in_words() -> str:
    """Return "10:05 ngày 05/3/2022", by the clock of the office."""
    return f"{timezone.localtime():%H:%M} ngày {short_day(today())}"


@dataclass(frozen=True)
class PartOfYear:
    """A part of a calendar year that offices report on and that has a name; `slug` names it in addresses."""

    slug: str
    first_month: int
    months: int
    words: str

    @property
    def label(self) -> str:
        """The name without a year, as a choice: "Quý I"."""
        return capfirst(self.words.removesuffix(" năm {year}").removesuffix(" {year}"))

    def of(self, year: int) -> "Period":
        return Period(date(year, self.first_month, 1), _first_of_month(year, self.first_month + self.months))


WHOLE_YEAR = PartOfYear("ca-nam", 1, 12, "năm {year}")
QUARTERS = tuple(
    PartOfYear(f"quy-{number}", 3 * number - 2, 3, f"quý {roman} năm {{year}}")
    for number, roman in enumerate(("I", "II", "III", "IV"), 1)
)
HALVES = (
    PartOfYear("6-thang-dau", 1, 6, "6 tháng đầu năm {year}"),
    PartOfYear("6-thang-cuoi", 7, 6, "6 tháng cuối năm {year}"),
)
NINE_MONTHS = PartOfYear("9-thang", 1, 9, "9 tháng đầu năm {year}")
MONTHS = tuple(PartOfYear(f"thang-{number}", number, 1, f"tháng {number} năm {{year}}") for number in range(1, 13))
PARTS_OF_YEAR = {part.slug: part for part in (WHOLE_YEAR, *QUARTERS, *HALVES, NINE_MONTHS, *MONTHS)}

_DAYS = re.compile(r"(\d{4}-\d\d-\d\d)_(\d{4}-\d\d-\d\d)", re.ASCII)
_PART = re.compile(r"(\d{4})(?:-([a-z0-9-]+))?", re.ASCII)


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

    @classmethod
    def of_slug(cls, slug: str) -> "Period":
        """Return the period that an address names: "2022", "2022-quy-1", "2022-01-05_2022-03-31" (last day included).

        Raises `UnknownPeriod`.
        """
        if days := _DAYS.fullmatch(slug):
            try:
                first, last = map(date.fromisoformat, days.groups())
            except ValueError:
                raise UnknownPeriod("Ngày trong kỳ báo cáo không có thật.") from None
            if last < first:
                raise UnknownPeriod(f"Ngày cuối kỳ ({short_day(last)}) sớm hơn ngày đầu kỳ ({short_day(first)}).")
        elif part := _PART.fullmatch(slug):
            year, name = int(part[1]), part[2] or WHOLE_YEAR.slug
            if name not in PARTS_OF_YEAR:
                raise UnknownPeriod(f"Không có kỳ báo cáo “{slug}”.")
            first, last = date(max(year, 1), 1, 1), date(max(year, 1), 12, 31)
        else:
            raise UnknownPeriod(f"Không có kỳ báo cáo “{slug}”.")
        if not FIRST_YEAR <= first.year <= last.year <= LAST_YEAR:
            raise UnknownPeriod(f"Kỳ báo cáo phải nằm trong các năm từ {FIRST_YEAR} đến {LAST_YEAR}.")
        return cls.between(first, last) if days else PARTS_OF_YEAR[name].of(year)

    @property
    def part(self) -> PartOfYear | None:
        """The part of a year that these days are, if they are one."""
        return next((part for part in PARTS_OF_YEAR.values() if part.of(self.first.year) == self), None)

    @property
    def slug(self) -> str:
        """The period in addresses: one for each period."""
        if self.part is WHOLE_YEAR:
            return f"{self.first.year:04d}"
        if self.part:
            return f"{self.first.year:04d}-{self.part.slug}"
        return f"{self.first.isoformat()}_{self.last.isoformat()}"

    @property
    def last(self) -> date:
        """The last day inside the period."""
        return self.end - timedelta(days=1)

    def a_year_earlier(self) -> "Period":
        """Return the same period one year before; a period up to 28 February ends with that day there too."""
        return Period(_a_year_earlier(self.first), _a_year_earlier(self.end, leap_day_becomes=(3, 1)))

    def the_one_before(self) -> "Period":
        """Return the period just before: the month, quarter or half before, the same part a year before where the
        parts overlap (nine months), as many days before otherwise."""
        if self.part is None:
            return Period(self.first - (self.end - self.first), self.first)
        if self.part is NINE_MONTHS or self.part is WHOLE_YEAR:
            return self.a_year_earlier()
        return Period(_first_of_month(self.first.year, self.first.month - self.part.months), self.first)

    def the_one_after(self) -> "Period":
        """Return the period just after, in the same manner."""
        if self.part is None:
            return Period(self.end, self.end + (self.end - self.first))
        if self.part is NINE_MONTHS or self.part is WHOLE_YEAR:
            return self.part.of(self.first.year + 1)
        return Period(self.end, _first_of_month(self.end.year, self.end.month + self.part.months))

    def months(self) -> list["Period"]:
        """Return the calendar months that the period touches, each cut to the days inside it."""
        found, first = [], self.first
        while first < self.end:
            following = _first_of_month(first.year, first.month + 1)
            found.append(Period(first, min(following, self.end)))
            first = following
        return found

    def __str__(self) -> str:
        if self.part:
            return self.part.words.format(year=self.first.year)
        return f"từ {short_day(self.first)} đến {short_day(self.last)}"


class PeriodConverter:
    """A period in an address. What names none does not match, and so is a 404."""

    regex = r"[0-9a-z_-]{4,32}"

    def to_python(self, value: str) -> Period:
        return Period.of_slug(value)

    def to_url(self, value: Period | int) -> str:
        """Return the slug of a period; a number stands for its year."""
        return value.slug if isinstance(value, Period) else f"{value:04d}"


def _first_of_month(year: int, month: int) -> date:
    """Return the first of a month; months before the first and after the twelfth belong to the years around."""
    years, month = divmod(month - 1, 12)
    return date(year + years, month + 1, 1)


def _a_year_earlier(day: date, leap_day_becomes: tuple[int, int] = (2, 28)) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        month, day_of_month = leap_day_becomes
        return date(day.year - 1, month, day_of_month)
