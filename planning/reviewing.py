"""The yearly review of a plan: who is in it, what is known of each, and the one step that saves what was said.

The plan as it stands is where a review starts; what dated facts demand is suggested, and said by a person.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from organizations.models import BodyKind, Organization
from organizations.scope import Scope
from personnel.ages import years_lived
from personnel.checks.people import last_day_of_work
from personnel.models import Discipline, Holding, Person, Precision
from planning.models import PlanEntry, PlanningRound, PositionGroup, ReviewVerdict
from planning.proposals import Proposal, removals_among
from planning.querysets import PlanEntryQuerySet
from regulations.retirement import RetirementEstimate, RetirementTable

Reason = PlanEntry.RemovalReason
# Why somebody leaves a plan; the others are of those who never came into one.
LEAVING_REASONS = (
    Reason.OVER_AGE,
    Reason.DISCIPLINE,
    Reason.POLITICAL_STANDARD,
    Reason.TRANSFER,
    Reason.APPOINTED,
    Reason.OWN_WISH,
    Reason.OTHER,
)


@dataclass(frozen=True)
class Reviewed:
    """Somebody in the plan with what a review looks at on a day, what facts demand, and what was said already."""

    entry: PlanEntry
    age: int | None  # None while the day of birth is not known
    retires: RetirementEstimate | None
    discipline: Discipline | None
    seats: Sequence[Holding]  # the highest of each organisation
    proposal: Proposal | None
    verdict: ReviewVerdict | None


def plan_to_review(planning_round: PlanningRound, organization: Organization, group: str) -> PlanEntryQuerySet:
    """Return who is in the organisation's plan for the group now, approved and not taken out, whatever the round."""
    return PlanEntry.objects.filter(
        organization=organization,
        position__in=PositionGroup(group).positions,
        plan_term=planning_round.plan_term,
        valid_from__isnull=False,
        valid_to__isnull=True,
    )


def people_to_review(
    planning_round: PlanningRound, organization: Organization, group: str, *, scope: Scope, day: date
) -> list[Reviewed]:
    """Return everybody in the plan with the facts of `day`, in the order of positions and names.

    Seats outside the scope are not named. By a fixed number of queries.
    """
    entries = plan_to_review(planning_round, organization, group).with_names().with_open_people(scope)
    entries = list(entries.in_listing_order())
    people = {entry.person_id for entry in entries}
    proposals = {proposal.entry.pk: proposal for proposal in removals_among(entries, day)}
    verdicts = {each.entry_id: each for each in planning_round.verdicts.filter(entry__in=entries)}
    measures = Discipline.objects.as_of(day).filter(person__in=people).order_by("valid_from")
    disciplines = {each.person_id: each for each in measures}
    seats, ages = _seats(people, scope, day), RetirementTable.load()
    return [
        Reviewed(
            entry,
            age=age_on(entry.person, day),
            retires=last_day_of_work(entry.person, ages),
            discipline=disciplines.get(entry.person_id),
            seats=seats[entry.person_id],
            proposal=proposals.get(entry.pk),
            verdict=verdicts.get(entry.pk),
        )
        for entry in entries
    ]


def said_of(said) -> str:
    """Return what a verdict says (or the draft of one), to tell whether it is still the same; empty of none."""
    if said is None:
        return ""
    parts = (said.verdict, said.reason if said.takes_out else "", said.note.strip())
    return sha256("\n".join(parts).encode()).hexdigest()[:16]


def introduced_in(planning_round: PlanningRound, organization: Organization, group: str) -> list[PlanEntry]:
    """Return whom the round introduces into the organisation's plan for the group, and who is not approved yet."""
    entries = planning_round.entries.filter(
        organization=organization,
        position__in=PositionGroup(group).positions,
        valid_from__isnull=True,
        valid_to__isnull=True,
    )
    return list(entries.with_names().in_listing_order())


def age_on(person: Person, day: date) -> int | None:
    """Return the whole years lived on `day`; None while only the month or the year of birth is known."""
    if person.birth_precision != Precision.DAY:
        return None
    return years_lived(person.birth_date, day)


def _seats(people: set[int], scope: Scope, day: date) -> dict[int, list[Holding]]:
    """Return what each holds on `day`: of an organisation the highest seat, which takes the lower ones along.

    A seat on its inspection committee stands beside.
    """
    seats: dict[int, list[Holding]] = defaultdict(list)
    held = Holding.objects.visible_to(scope).as_of(day).filter(person__in=people).with_names()
    named: set[tuple[int, int, bool]] = set()
    for seat in held.with_organization_name(day).order_by("position__rank", "pk"):
        inspects = seat.position.body_kind == BodyKind.INSPECTION
        line = (seat.person_id, seat.body.term.organization_id, inspects)
        if line not in named:
            named.add(line)
            seats[seat.person_id].append(seat)
    return seats
