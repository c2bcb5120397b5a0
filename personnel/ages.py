"""Ages and retirement of many people at once: the same reckoning in words for one person and as a condition for all.

Of a birthday known in part everything that may be true is true: a person born "năm 1980" may be 44 or 45 on most days.
"""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.functions import ExtractMonth, ExtractYear

from common.dated import Precision
from personnel.checks.people import last_day_of_work
from regulations.findings import UNVERIFIED
from regulations.models import RetirementAge
from regulations.retirement import YEAR_ONLY, BirthMonths, RetirementTable, births_retiring_in

NEVER = 10**6  # in months: where nobody knows when somebody retires


def years_lived(born: date, day: date) -> int:
    """Return the whole years from `born` to `day`; who was born on 29 February is a year older on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def age_in_words(person, day: date) -> int | str:
    """Return the age on `day`: a number, or "44–45" while the birthday is known in part and both may be true."""
    first, last = may_be_born(person.birth_date, person.birth_precision)
    oldest, youngest = years_lived(first, day), years_lived(last, day)
    return oldest if oldest == youngest else f"{youngest}–{oldest}"


def may_be_born(day: date, precision: str) -> tuple[date, date]:
    """Return the first and the last day that the birthday may be."""
    if precision == Precision.YEAR:
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if precision == Precision.MONTH:
        return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    return day, day


def at_least(years: int, day: date) -> Q:
    """Return the condition that a person is, or may be, of `years` or older on `day`."""
    last = _years_before(day, years)
    return _born(Q(birth_date__lte=last), last, Q(birth_date__year__lte=last.year), "lte")


def at_most(years: int, day: date) -> Q:
    """Return the condition that a person is, or may be, of `years` or younger on `day`."""
    first = _years_before(day, years + 1) + timedelta(days=1)
    return _born(Q(birth_date__gte=first), first, Q(birth_date__year__gte=first.year), "gte")


def _born(exactly: Q, end: date, in_year: Q, side: str) -> Q:
    """Return the condition on a birthday, by how much of it is known; `end` lies in the month that may be right yet."""
    of_month = end.replace(day=1) if side == "gte" else end.replace(day=monthrange(end.year, end.month)[1])
    return (
        (Q(birth_precision=Precision.DAY) & exactly)
        | Q(birth_precision=Precision.MONTH, **{f"birth_date__{side}": of_month})
        | (Q(birth_precision=Precision.YEAR) & in_year)
    )


def _years_before(day: date, years: int) -> date:
    """Return the last birthday of those who have lived `years` on `day`."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February, of a year without one
        return date(day.year - years, 2, 28)


def retirement_in_words(person, ages: RetirementTable) -> str:
    """Return the month of the last working day: "5/2027", "1/2027–12/2027"; empty when nothing tells it."""
    estimate = last_day_of_work(person, ages)
    if estimate is None:
        return ""
    ends = dict.fromkeys(f"{day.month}/{day.year}" for day in (estimate.earliest, estimate.latest))
    return "–".join(ends)


def retirement_basis(ages: RetirementTable) -> str:
    """Return what the months of retirement in a list rest on, and whether somebody has verified that."""
    doubt = "" if all(row.is_verified for row in ages.ages) else f" ({UNVERIFIED})"
    return f"Tháng nghỉ hưu tính theo bảng tuổi nghỉ hưu{doubt}; người có quyết định thì theo quyết định."


def retires_in(year: int, ages: RetirementTable) -> Q:
    """Return the condition that a person retires, or may retire, in `year`: by a decision, else by the table."""
    by_table = Q(pk__in=[])
    for born in births_retiring_in(year, ages.ages):
        by_table |= Q(gender=born.gender) & (
            (~Q(birth_precision=Precision.YEAR) & Q(birth_date__gte=born.first.first_day, birth_date__lt=_after(born)))
            | Q(birth_precision=Precision.YEAR, birth_date__year__in=_whole_years(born, ages))
        )
    return Q(retires_on__year=year) | (Q(retires_on__isnull=True) & by_table)


def _after(born: BirthMonths) -> date:
    return born.last.plus(1).first_day


def _whole_years(born: BirthMonths, ages: RetirementTable) -> list[int]:
    """Return the years of birth that reach into the months and for whose every month the table tells."""
    years = range(born.first.year, born.last.year + 1)
    return [year for year in years if ages.estimate(date(year, 1, 1), YEAR_ONLY, born.gender)]


def retirement_order(ages: Sequence[RetirementAge]) -> Case:
    """Return the month of retirement as a number to sort by; whoever has none comes last."""
    born = ExtractYear("birth_date") * 12 + ExtractMonth("birth_date") - 1
    by_decision = ExtractYear("retires_on") * 12 + ExtractMonth("retires_on") - 1
    rows = [When(_of_row(row), then=born + Value(row.months)) for row in ages]
    return Case(
        When(retires_on__isnull=False, then=by_decision), *rows, default=Value(NEVER), output_field=IntegerField()
    )


def _of_row(row: RetirementAge) -> Q:
    born = Q(gender=row.gender, birth_date__gte=row.valid_from)
    return born & Q(birth_date__lt=row.valid_to) if row.valid_to else born
