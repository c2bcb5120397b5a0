"""Who is planned for the committees of the grassroots organisations, in 2021 and 2022."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

from demo.organizations import COMMITTEES
from demo.planning_office import GRASSROOTS_STEP, Candidate, aim, approve_on, fit, introduce_on, submit_on, vote_on
from demo.world import World
from organizations.models import Position
from personnel.models import Person
from planning.models import PlanApproval, PlanningRound, PositionGroup

SECRETARY, DEPUTY, MEMBER = Position.SECRETARY, Position.DEPUTY_SECRETARY, Position.COMMITTEE_MEMBER
SECRETARIES, COMMITTEE = PositionGroup.SECRETARIES, PositionGroup.COMMITTEE

ALL_IN_2022 = [f"CS-{number:02d}" for number in range(1, 74)]
WITH_COMMITTEE_PLAN = [f"CS-{number:02d}" for number in range(1, 41) if number % 4]  # 30 of the 73
INTRODUCED, VOTED, SUBMITTED = date(2022, 7, 25), date(2022, 8, 8), date(2022, 8, 22)
APPROVALS = (date(2022, 9, 12), date(2022, 9, 30), date(2022, 10, 20), date(2022, 11, 15))  # four decisions


def plan_next_term(world: World, planning_round: PlanningRound) -> None:
    """Plan secretaries and deputies of all 73 organisations, and the committees of thirty."""
    for code in WITH_COMMITTEE_PLAN:
        aim(world, planning_round, code, COMMITTEE, 5, "1.30")
    world.at(INTRODUCED, _introduce, world, planning_round, ALL_IN_2022, WITH_COMMITTEE_PLAN, INTRODUCED)
    world.at(VOTED, _vote, world, planning_round, ALL_IN_2022, WITH_COMMITTEE_PLAN, VOTED)
    world.at(SUBMITTED, _submit, world, planning_round)


def _introduce(
    world: World, planning_round: PlanningRound, codes: Iterable[str], with_committee: Iterable[str], day: date
) -> None:
    seats = world.seats_everywhere(day)
    for code in codes:
        young = partial(fit, world, code=code, plan_term=planning_round.plan_term, day=day)
        candidates = _for_secretaries(world, code, seats[code], young)
        if code in with_committee:
            candidates += [(person, MEMBER) for person in young(_never_seated(world, code))[-7:-2]]
        introduce_on(world, planning_round, code, candidates, day)


def _for_secretaries(
    world: World, code: str, seats: dict[str, list[Person]], young: Callable[[Iterable[Person]], list[Person]]
) -> list[Candidate]:
    """Return who is planned to lead the organisation: at most three people for a position, each for a higher post."""
    deputies = young(seats[DEPUTY])[:2]
    members = [person for person in reversed(seats[MEMBER]) if person not in (*seats[SECRETARY], *seats[DEPUTY])]
    members = young([person for person in members if person != world.elders.get(code)])
    members += young(_never_seated(world, code))[-2:]
    return [(person, SECRETARY) for person in [*deputies, members[0]]] + [(person, DEPUTY) for person in members[:3]]


def _vote(
    world: World, planning_round: PlanningRound, codes: Iterable[str], with_committee: Iterable[str], day: date
) -> None:
    for code in codes:
        vote_on(world, planning_round, code, SECRETARIES, GRASSROOTS_STEP, day)
        if code in with_committee:
            vote_on(world, planning_round, code, COMMITTEE, GRASSROOTS_STEP, day)


def _never_seated(world: World, code: str) -> list[Person]:
    """Return the members who never sat in the committee, those last who will be asked last."""
    taken = world.seated.get(code, set())
    return [person for person in world.members[code] if person.pk not in taken]


def _submit(world: World, planning_round: PlanningRound) -> None:
    """Submit every plan, and let the bloc approve them in four decisions that cover many organisations each."""
    secretaries = [submit_on(world, planning_round, code, SECRETARIES, SUBMITTED) for code in ALL_IN_2022]
    committees = [submit_on(world, planning_round, code, COMMITTEE, SUBMITTED) for code in WITH_COMMITTEE_PLAN]
    share = len(secretaries) // len(APPROVALS) + 1
    for number, day in enumerate(APPROVALS):
        summary = "Phê duyệt quy hoạch Bí thư, Phó Bí thư cấp ủy cơ sở nhiệm kỳ 2025-2030"
        _approve_on(world, secretaries[number * share : (number + 1) * share], day, summary)
    # Only 24 committee plans are approved this year; six wait until the next.
    summary = "Phê duyệt quy hoạch cấp ủy cơ sở nhiệm kỳ 2025-2030"
    _approve_on(world, committees[:24], date(2022, 11, 30), summary)
    _approve_on(world, committees[24:], date(2023, 1, 12), summary)


def _approve_on(world: World, approvals: list[PlanApproval], day: date, summary: str) -> None:
    world.at(day, approve_on, world, world.organizations["CS-01"], approvals, day, summary)


def plan_present_term(
    world: World, planning_round: PlanningRound, numbers: Iterable[int], introduced: date, approved: date
) -> None:
    """Plan the secretaries of some organisations for the term under way."""
    codes = [f"CS-{number:02d}" for number in numbers if number <= len(COMMITTEES)]

    def introduce_and_submit() -> None:
        _introduce(world, planning_round, codes, (), introduced)
        _vote(world, planning_round, codes, (), introduced)
        approvals = [submit_on(world, planning_round, code, SECRETARIES, introduced) for code in codes]
        _approve_on(world, approvals, approved, "Phê duyệt bổ sung quy hoạch cấp ủy cơ sở nhiệm kỳ 2020-2025")

    world.at(introduced, introduce_and_submit)
