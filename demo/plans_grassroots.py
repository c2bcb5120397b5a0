"""Who is planned for the committees of the grassroots organisations, in 2021 and 2022."""

from collections.abc import Iterable
from datetime import date

from demo.organizations import COMMITTEES
from demo.planning_office import Candidate, aim, approve_on, introduce_on, submit_on
from demo.world import World
from organizations.models import Position
from personnel.models import Person
from planning.models import PlanApproval, PlanningRound, PositionGroup

SECRETARY, DEPUTY, MEMBER = Position.SECRETARY, Position.DEPUTY_SECRETARY, Position.COMMITTEE_MEMBER
SECRETARIES, COMMITTEE = PositionGroup.SECRETARIES, PositionGroup.COMMITTEE

ALL_IN_2022 = [f"CS-{number:02d}" for number in range(1, 74)]
WITH_COMMITTEE_PLAN = [f"CS-{number:02d}" for number in range(1, 41) if number % 4]  # 30 of the 73
INTRODUCED, SUBMITTED = date(2022, 7, 25), date(2022, 8, 22)
APPROVALS = (date(2022, 9, 12), date(2022, 9, 30), date(2022, 10, 20), date(2022, 11, 15))  # four decisions


def plan_next_term(world: World, planning_round: PlanningRound) -> None:
    """Plan secretaries and deputies of all 73 organisations, and the committees of thirty."""
    for code in WITH_COMMITTEE_PLAN:
        aim(world, planning_round, code, COMMITTEE, 5, "1.30")
    world.at(INTRODUCED, _introduce, world, planning_round, ALL_IN_2022, WITH_COMMITTEE_PLAN, INTRODUCED)
    world.at(SUBMITTED, _submit, world, planning_round)


def _introduce(
    world: World, planning_round: PlanningRound, codes: Iterable[str], with_committee: Iterable[str], day: date
) -> None:
    seats = world.seats_everywhere(day)
    for code in codes:
        candidates = for_secretaries(world, code, seats[code])
        if code in with_committee:
            candidates += [(person, MEMBER) for person in _never_seated(world, code)[:5]]
        introduce_on(world, planning_round, code, candidates, day)


def for_secretaries(world: World, code: str, seats: dict[str, list[Person]]) -> list[Candidate]:
    """Return who is planned to lead the organisation: at most three people for a position, each for a higher post."""
    deputies = seats[DEPUTY][:2]
    members = [person for person in reversed(seats[MEMBER]) if person not in (*seats[SECRETARY], *seats[DEPUTY])]
    members = [person for person in members if person != world.elders.get(code)] + _never_seated(world, code)[-2:]
    return [(person, SECRETARY) for person in [*deputies, members[0]]] + [(person, DEPUTY) for person in members[:3]]


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
        approvals = [submit_on(world, planning_round, code, SECRETARIES, introduced) for code in codes]
        _approve_on(world, approvals, approved, "Phê duyệt bổ sung quy hoạch cấp ủy cơ sở nhiệm kỳ 2020-2025")

    world.at(introduced, introduce_and_submit)
