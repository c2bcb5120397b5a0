"""The steps that every round of planning takes, in the office's order: open, introduce, vote, submit, approve."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal

from demo.world import World
from organizations.models import Document, Organization, Term
from personnel.checks.people import last_day_of_work
from personnel.models import Discipline, Person
from planning.actions import (
    VoteDraft,
    approve_plans,
    introduce,
    open_round,
    record_ballot,
    set_target,
    submit_plan,
)
from planning.ballots import candidates_of
from planning.facts import term_begins
from planning.models import PlanApproval, PlanEntry, PlanningRound, PositionGroup
from regulations.retirement import Month, RetirementTable, months_between

Candidate = tuple[Person, str]  # a person and the code of a position
MONTHS_OF_A_TERM = 60
REASON = "Đã xem xét từng trường hợp; cơ cấu sẽ bổ sung khi rà soát hằng năm."
# The conferences that vote on the bloc's own plan, and on that of a grassroots organisation.
BLOC_STEPS = (
    ("Hội nghị Ban Thường vụ", 9),
    ("Hội nghị cán bộ chủ chốt", 96),
    ("Hội nghị Ban Chấp hành", 26),
)
GRASSROOTS_STEP = ("Hội nghị cấp ủy mở rộng", 15)


def open_round_on(world: World, day: date, term: str, kind: str, legal_basis: Iterable[Document]) -> PlanningRound:
    return open_round(
        world.bloc, plan_term=term, kind=kind, opened_on=day, legal_basis=legal_basis, by=world.users["bantochuc"]
    )


def aim(
    world: World, planning_round: PlanningRound, code: str, group: PositionGroup, seats: int, coefficient: str = "1.50"
) -> None:
    """Set how many are to be planned for the group."""
    set_target(
        planning_round,
        organization=world.organizations[code],
        group=group,
        seats=seats,
        coefficient=Decimal(coefficient),
        by=world.users["bantochuc"],
    )


def fit(world: World, people: Iterable[Person], code: str, plan_term: str, day: date) -> list[Person]:
    """Return those of the people who have a whole term of work left and are under no measure on `day`."""
    ages = RetirementTable.load()
    begins = term_begins(plan_term, Term.objects.filter(organization=world.organizations[code]))
    measured = set(Discipline.objects.as_of(day).values_list("person_id", flat=True))
    return [
        person
        for person in people
        if person.pk not in measured
        and months_between(begins, Month.of(last_day_of_work(person, ages).earliest)) >= MONTHS_OF_A_TERM
    ]


def introduce_on(
    world: World, planning_round: PlanningRound, code: str, candidates: Sequence[Candidate], day: date
) -> list[PlanEntry]:
    return introduce(
        planning_round,
        organization=world.organizations[code],
        candidates=[(person, world.positions[position]) for person, position in candidates],
        on=day,
        by=world.users["bantochuc"],
    )


def vote_on(
    world: World,
    planning_round: PlanningRound,
    code: str,
    group: PositionGroup,
    step: tuple[str, int],
    day: date,
    losers: Collection[PlanEntry] = (),
) -> None:
    """Let a conference vote on everybody who stands; `losers` get a little less than is needed."""
    body, summoned = step
    organization = world.organizations[code]
    number = planning_round.ballots.filter(organization=organization, group=group).count() + 1
    stopped = {entry.pk for entry in losers}
    needed = summoned // 2 + 1
    votes = [
        VoteDraft(entry, needed - 1 - place % 3 if entry.pk in stopped else needed + place % (summoned - needed))
        for place, entry in enumerate(candidates_of(planning_round, organization, group, number))
    ]
    present = summoned - summoned // 20
    counts = {"present": present, "issued": present, "collected": present, "valid": present}
    record_ballot(
        planning_round,
        organization=organization,
        group=group,
        counts={"body": body, "held_on": day, "summoned": summoned} | counts,
        votes=[VoteDraft(draft.entry, min(draft.votes, present)) for draft in votes],
        by=world.users["bantochuc"],
    )


def submit_on(world: World, planning_round: PlanningRound, code: str, group: PositionGroup, day: date) -> PlanApproval:
    return submit_plan(
        planning_round,
        organization=world.organizations[code],
        group=group,
        on=day,
        by=world.users["bantochuc"],
        explanation=REASON,
    )


def approve_on(
    world: World, organization: Organization, approvals: list[PlanApproval], day: date, summary: str
) -> None:
    """Approve plans by one decision: of the bloc for the grassroots, of the committee above for the bloc itself."""
    decision = world.decision_on(organization, day, summary)
    approve_plans(approvals, decision=decision, by=world.users["chuany"], explanation=REASON)
