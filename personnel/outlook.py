"""What is coming: congresses due by the planned end of terms, and seats whose holders retire, month by month.

A congress is due in the month of the planned end of its term. A seat falls vacant with the retirement of whoever holds
it (DOMAIN.md §5, §8); of a birthday known in part the earliest month counts, and the words say "có thể từ".
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from organizations.models import OrganizationVersion, Term
from organizations.scope import Scope
from personnel.checks.people import last_day_of_work
from personnel.models import Holding, Person
from regulations.findings import UNVERIFIED
from regulations.retirement import Month, RetirementEstimate, RetirementTable


@dataclass(frozen=True)
class CongressDue:
    """A term whose planned end comes, or has passed without a congress."""

    term: Term
    version: OrganizationVersion

    @property
    def day(self) -> date:
        return self.term.planned_end


@dataclass(frozen=True)
class Leaving:
    """Somebody who retires, with all the seats that fall vacant by it in one organisation, the highest first."""

    person: Person
    version: OrganizationVersion
    holdings: Sequence[Holding]
    estimate: RetirementEstimate

    @property
    def day(self) -> date:
        """The last working day; the earliest that it may be."""
        return self.estimate.earliest

    @property
    def when(self) -> str:
        """When that is, in words: tháng 5/2027, có thể từ tháng 1/2027."""
        month = f"tháng {self.day.month}/{self.day.year}"
        return month if self.estimate.is_exact else f"có thể từ {month}"

    @property
    def positions(self) -> str:
        return ", ".join(str(holding.position) for holding in self.holdings)

    @property
    def is_after_congress(self) -> bool:
        """Whether the term is planned to end before: then the congress comes first."""
        return self.day > self.holdings[0].body.term.planned_end

    @property
    def basis(self) -> str:
        """What the month rests on: a decision, the table of ages, or one that nobody has verified."""
        if self.person.retires_on:
            return "theo quyết định"
        return "theo tuổi nghỉ hưu" if self.estimate.verified else f"theo tuổi nghỉ hưu, {UNVERIFIED}"


@dataclass
class MonthOutlook:
    """What falls into one month."""

    month: Month
    congresses: list[CongressDue] = field(default_factory=list)
    leaving: list[Leaving] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        return f"thang-{self.month.year}-{self.month.month:02d}"

    @property
    def seats(self) -> int:
        return sum(len(each.holdings) for each in self.leaving)

    def __str__(self) -> str:
        return f"Tháng {self.month.month}/{self.month.year}"


@dataclass
class Outlook:
    """What was due before the day, and what falls into each of the months ahead; months with nothing are left out."""

    overdue_congresses: list[CongressDue]
    overdue_leaving: list[Leaving]
    months: list[MonthOutlook]

    @property
    def congresses(self) -> list[CongressDue]:
        return [each for month in self.months for each in month.congresses]

    @property
    def leaving(self) -> list[Leaving]:
        return [each for month in self.months for each in month.leaving]

    @property
    def seats(self) -> int:
        return sum(month.seats for month in self.months)

    @property
    def overdue_seats(self) -> int:
        return sum(len(each.holdings) for each in self.overdue_leaving)

    @property
    def is_empty(self) -> bool:
        return not (self.overdue_congresses or self.overdue_leaving or self.months)

    @classmethod
    def of(cls, congresses: Iterable[CongressDue], leaving: Iterable[Leaving], day: date, months: int) -> Self:
        """Put what is due into its months, of which there are `months` from that of `day` on; what lies beyond is
        left out."""
        first = Month.of(day)
        ahead = [MonthOutlook(first.plus(number)) for number in range(months)]
        by_month = {each.month: each for each in ahead}
        late_congresses = [each for each in congresses if each.day < day]
        late_leaving = [each for each in leaving if each.day < day]
        for congress in congresses:
            if congress.day >= day and (month := by_month.get(Month.of(congress.day))):
                month.congresses.append(congress)
        for each in leaving:
            if each.day >= day and (month := by_month.get(Month.of(each.day))):
                month.leaving.append(each)
        filled = [month for month in ahead if month.congresses or month.leaving]
        return cls(late_congresses, late_leaving, filled)


def outlook(versions: Iterable[OrganizationVersion], scope: Scope, day: date, months: int) -> Outlook:
    """Return what is coming in these organisations, from `day` on. Three queries, however many there are."""
    places = {version.organization_id: version for version in versions}
    terms = Term.objects.visible_to(scope).as_of(day).filter(organization__in=places)
    holdings = Holding.objects.visible_to(scope).as_of(day).filter(body__term__organization__in=places)
    holdings = holdings.select_related("person", "position", "body__term").order_by("position__rank", "pk")
    congresses = congresses_due(places, terms)
    return Outlook.of(congresses, seats_falling_vacant(places, holdings, RetirementTable.load()), day, months)


def congresses_due(places: Mapping[int, OrganizationVersion], terms: Iterable[Term]) -> list[CongressDue]:
    """Return the congress that each of the terms ends with; `places` are the organisations by their identity."""
    due = [CongressDue(term, places[term.organization_id]) for term in terms]
    return sorted(due, key=lambda each: (each.day, each.version.name, each.term.pk))


def seats_falling_vacant(
    places: Mapping[int, OrganizationVersion], holdings: Iterable[Holding], ages: RetirementTable
) -> list[Leaving]:
    """Return whoever of the holders retires, for each organisation; `holdings` with the highest position first."""
    seats: dict[tuple[int, int], list[Holding]] = {}
    estimates: dict[int, RetirementEstimate | None] = {}
    for holding in holdings:
        if holding.person_id not in estimates:
            estimates[holding.person_id] = last_day_of_work(holding.person, ages)
        if estimates[holding.person_id]:
            seats.setdefault((holding.body.term.organization_id, holding.person_id), []).append(holding)
    leaving = [
        Leaving(theirs[0].person, places[organization], theirs, estimates[person])
        for (organization, person), theirs in seats.items()
    ]
    return sorted(leaving, key=lambda each: (each.day, each.holdings[0].position.rank, each.person.sort_key))
