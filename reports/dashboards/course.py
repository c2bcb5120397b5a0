"""The figures of a year with last year's beside them, as the summary has them; the months of the year, and five years.

Months and years are counted by one query more over the same records, under the same conditions (reports/families.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Q
from django.db.models.functions import ExtractYear

from common.periods import Period
from reports.families import FAMILIES
from reports.figures import (
    APPOINTED,
    GRASSROOTS_INSPECTION,
    GRASSROOTS_TURNS,
    MEMBER_RELEASED,
    PLAN_APPROVED,
    RELEASED,
    SECRETARY_ADDED,
    Family,
    Figure,
)
from reports.frame import Frame
from reports.summary import Result, summarize

TREND = (GRASSROOTS_TURNS, SECRETARY_ADDED, MEMBER_RELEASED, GRASSROOTS_INSPECTION)
STRIP = (*TREND, PLAN_APPROVED)
YEARS, MONTHS = 5, 12
ACTS = {"appointed": APPOINTED, "released": RELEASED}


@dataclass(frozen=True)
class Number:
    """A figure of the year with last year's beside it; None where there is nothing to count from."""

    result: Result
    label: str
    last_year: int | None


@dataclass(frozen=True)
class MonthOfYear:
    """How many changes of all kinds and levels took effect in a month; None: it has not begun, or nothing is known."""

    period: Period
    appointed: int | None
    released: int | None

    @property
    def total(self) -> int | None:
        return None if self.appointed is None else self.appointed + self.released


@dataclass(frozen=True)
class YearCount:
    """What a figure came to in a year; None where the register holds nothing of the year."""

    year: int
    count: int | None


@dataclass(frozen=True)
class Trend:
    """A figure through the years, the earliest first."""

    figure: Figure
    counts: Sequence[YearCount]

    @property
    def known(self) -> list[YearCount]:
        return [each for each in self.counts if each.count is not None]


@dataclass(frozen=True)
class Course:
    """The year in figures. No numbers: nothing in the register tells of any of the years."""

    frame: Frame
    numbers: Sequence[Number]
    months: Sequence[MonthOfYear]
    trends: Sequence[Trend]

    @property
    def year(self) -> int:
        return self.frame.period.first.year

    @property
    def years(self) -> list[int]:
        return [each.year for each in self.trends[0].counts]

    @property
    def has_months(self) -> bool:
        return any(month.total is not None for month in self.months)

    @property
    def has_trend(self) -> bool:
        return any(trend.known for trend in self.trends)


def course_of(frame: Frame) -> Course:
    """Return the figures of the frame's year and of those before: one query more than those of its summary."""
    year = frame.period.first.year
    years = range(year - YEARS + 1, year + 1)
    found = summarize(frame).by_key
    counts = _by_year(frame, years)
    numbers = [
        Number(found[figure.key], found[figure.key].label, found[figure.key].previous)
        for figure in STRIP
        if figure.key in found
    ]
    trends = [
        Trend(
            figure,
            [
                *(YearCount(each, counts[each][_name(figure)] if each in counts else None) for each in years[:-1]),
                YearCount(year, found[figure.key].count),
            ],
        )
        for figure in TREND
    ]
    has_data = found[TREND[0].key].count is not None
    months = [_month(month, counts.get(year, {}), frame, has_data=has_data) for month in frame.period.months()]
    return Course(frame, numbers, months, trends)


def _by_year(frame: Frame, years: Sequence[int]) -> dict[int, dict[str, int]]:
    """Return what was counted in each year in which anything took effect; of its months what each act came to."""
    whole = Period(date(years[0], 1, 1), date(years[-1] + 1, 1, 1))
    asked = replace(frame, period=whole, compared=whole)
    family = FAMILIES[Family.CHANGES]
    counts = {
        _name(figure): Count(family.unit_fields[figure.counts], filter=family.condition(figure, asked), distinct=True)
        for figure in TREND
    }
    for month in range(1, MONTHS + 1):
        for act, condition in ACTS.items():
            counts[f"{act}_{month}"] = Count("pk", filter=condition & Q(effective_on__month=month))
    rows = family.rows(asked).filter(family.counted(asked)).order_by()
    by_year = rows.annotate(year=ExtractYear("effective_on")).values("year").annotate(**counts)
    return {row["year"]: row for row in by_year}


def _month(month: Period, counts: Mapping[str, int], frame: Frame, *, has_data: bool) -> MonthOfYear:
    if month.first > frame.as_at or not has_data:
        return MonthOfYear(month, None, None)
    return MonthOfYear(month, *(counts.get(f"{act}_{month.first.month}", 0) for act in ACTS))


def _name(figure: Figure) -> str:
    return figure.key.replace(".", "_")
