"""What is coming to the organisations of a dashboard: congresses, and seats that fall vacant by retirement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from personnel.outlook import MonthOutlook, Outlook, congresses_due, seats_falling_vacant
from regulations.retirement import Month
from reports.dashboards.standing import Standing
from reports.dashboards.stock import Stock

SPANS = (12, 24, 60)  # months ahead, as the calendar offers them
DRAWN = 24


@dataclass(frozen=True)
class Span:
    """How much comes within so many months, that of the day among them; a person counts once."""

    months: int
    congresses: int
    people: int
    seats: int


@dataclass(frozen=True)
class Coming:
    """What was due before the day, what comes within each of the spans, and the months drawn (None: nothing in it)."""

    overdue_congresses: int
    overdue_seats: int
    spans: Sequence[Span]
    months: Sequence[tuple[Month, MonthOutlook | None]]
    verified: bool  # the ages of all who retire within the longest span

    @property
    def is_empty(self) -> bool:
        last = self.spans[-1]
        return not (self.overdue_congresses or self.overdue_seats or last.congresses or last.seats)


def coming_to(asked: Standing, stock: Stock) -> Coming:
    places = {version.organization_id: version for version in asked.places}
    congresses = congresses_due(places, [seats.term for seats in stock.seats.values()])
    leaving = seats_falling_vacant(places, stock.holdings, stock.ages)
    ahead = {months: Outlook.of(congresses, leaving, asked.day, months) for months in SPANS}
    longest = ahead[SPANS[-1]]
    return Coming(
        overdue_congresses=len(longest.overdue_congresses),
        overdue_seats=longest.overdue_seats,
        spans=[_span(months, outlook) for months, outlook in ahead.items()],
        months=_months(ahead[DRAWN], asked.day),
        verified=all(each.estimate.verified for each in longest.leaving),
    )


def _span(months: int, outlook: Outlook) -> Span:
    people = {leaving.person.pk for leaving in outlook.leaving}
    return Span(months, len(outlook.congresses), len(people), outlook.seats)


def _months(outlook: Outlook, day: date) -> list[tuple[Month, MonthOutlook | None]]:
    filled = {each.month: each for each in outlook.months}
    first = Month.of(day)
    return [(first.plus(number), filled.get(first.plus(number))) for number in range(DRAWN)]
