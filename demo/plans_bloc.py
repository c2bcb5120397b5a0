"""Who is planned for the bloc's own bodies, in 2021 and 2022.

At the end of 2022 the plan for 2025-2030 holds 38 people for the committee, 12 for the standing committee, 7 for
secretary and deputy secretary, 9 for chair and deputy chair of the inspection committee. Whoever changes a list here
changes one of these figures.
"""

from datetime import date
from functools import partial

from demo.accounts import BLOC_CODE
from demo.planning_office import BLOC_STEPS, Candidate, aim, approve_on, fit, introduce_on, submit_on, vote_on
from demo.world import World
from organizations.models import Position
from personnel.models import Person
from planning.actions import remove_entry
from planning.models import PlanEntry, PlanningRound, PositionGroup

SECRETARY, DEPUTY = Position.SECRETARY, Position.DEPUTY_SECRETARY
STANDING, MEMBER = Position.STANDING_MEMBER, Position.COMMITTEE_MEMBER
CHAIR, DEPUTY_CHAIR = Position.INSPECTION_CHAIR, Position.INSPECTION_DEPUTY_CHAIR
INSPECTOR = Position.INSPECTION_MEMBER
Reason = PlanEntry.RemovalReason
NEXT_TERM = "2025-2030"
INTRODUCED, SUBMITTED, APPROVED = date(2022, 8, 15), date(2022, 10, 10), date(2022, 11, 1)
VOTED = (date(2022, 8, 25), date(2022, 9, 9), date(2022, 9, 23))  # one day for each of the steps


def rising(world: World, day: date, plan_term: str = NEXT_TERM) -> list[Person]:
    """Return people of the grassroots committees who are not in the bloc's and are young enough for the plan term.

    In an order that no module changes.
    """
    seats = world.seats_everywhere(day)
    sitting = {*seats[BLOC_CODE][MEMBER], *seats[BLOC_CODE][INSPECTOR], *world.elders.values()}
    candidates = []
    for number in range(1, 41):
        here = seats[f"CS-{number:02d}"]
        candidates += [*here[DEPUTY][:1], *reversed(here[MEMBER][-2:])]
    people = [person for person in dict.fromkeys(candidates) if person not in sitting]
    return fit(world, people, BLOC_CODE, plan_term, day)


def plan_next_term(world: World, planning_round: PlanningRound) -> None:
    """Lay down the round of 2022 for the bloc, from the targets to what leaves the plan before the year ends."""
    for group, seats in zip(PositionGroup, (27, 9, 4, 4), strict=True):
        aim(world, planning_round, BLOC_CODE, group, seats, "1.50" if seats > 5 else "3.00")
    world.at(INTRODUCED, _introduce, world, planning_round)
    for number, day in enumerate(VOTED):
        world.at(day, _vote, world, planning_round, number, day)
    world.at(SUBMITTED, _submit, world, planning_round)
    world.at(date(2022, 10, 25), partial(_remove, world, "too late", date(2022, 10, 25), Reason.NOT_INTRODUCED))
    world.at(date(2022, 12, 15), partial(_remove, world, "gone", date(2022, 12, 15), Reason.TRANSFER))


def _vote(world: World, planning_round: PlanningRound, number: int, day: date) -> None:
    """Hold one step of the ballots for each group; in the second, some do not convince."""
    losers = world.tagged["not convincing"] if number == 1 else ()
    for group in PositionGroup:
        vote_on(world, planning_round, BLOC_CODE, group, BLOC_STEPS[number], day, losers)


def _introduce(world: World, planning_round: PlanningRound) -> None:
    pool = rising(world, INTRODUCED)
    seats = {
        position: fit(world, people, BLOC_CODE, NEXT_TERM, INTRODUCED)
        for position, people in world.seats(BLOC_CODE, INTRODUCED).items()
    }
    candidates = [
        *_for_committee(pool),
        *_for_standing(pool, seats),
        *_for_secretaries(seats),
        *_for_inspection(pool, seats),
    ]
    entries = introduce_on(world, planning_round, BLOC_CODE, candidates, INTRODUCED)
    by_position = {code: [entry for entry in entries if entry.position_id == code] for code in world.positions}
    # Trap: stopped by a ballot, or taken out after the submission but before the approval; and approved but gone.
    world.tagged["not convincing"] = [*by_position[MEMBER][38:41], by_position[STANDING][12]]
    world.tagged["too late"] = [by_position[DEPUTY_CHAIR][8]]
    world.tagged["gone"] = [*by_position[MEMBER][41:43], by_position[STANDING][13]]


def _for_committee(pool: list[Person]) -> list[Candidate]:
    """38 stay in the plan, 3 are not convincing, 2 leave after the approval."""
    return [(person, MEMBER) for person in pool[:43]]


def _for_standing(pool: list[Person], seats: dict[str, list[Person]]) -> list[Candidate]:
    """7 who sit in the committee and 5 who are planned for that as well; 2 more do not stay."""
    sitting = [person for person in seats[MEMBER] if person not in seats[STANDING]]
    return [(person, STANDING) for person in [*sitting[:7], *pool[:5], *sitting[7:9]]]


def _for_secretaries(seats: dict[str, list[Person]]) -> list[Candidate]:
    """7 people in 9 entries: two of them are planned for both positions."""
    officers = [*seats[SECRETARY], *seats[DEPUTY]]
    members = [person for person in seats[STANDING] if person not in officers]
    members += [person for person in reversed(seats[MEMBER]) if person not in [*seats[STANDING], *officers]]
    deputies = seats[DEPUTY][:1] or members[6:7]
    for_secretary = [(person, SECRETARY) for person in (*deputies, *members[:2])]
    return for_secretary + [(person, DEPUTY) for person in members[:6]]


def _for_inspection(pool: list[Person], seats: dict[str, list[Person]]) -> list[Candidate]:
    """9 people in 11 entries: two for both positions, some for the committee too. One more comes too late."""
    inspectors = [person for person in seats[INSPECTOR] if person not in (*seats[CHAIR], *seats[DEPUTY_CHAIR])]
    inspectors = [*inspectors, *pool[16:]]  # where too few inspectors are young enough
    for_chair = [*seats[DEPUTY_CHAIR], *pool[14:15]][:1] + inspectors[:2]
    for_deputy = [*inspectors[:2], *inspectors[2:5], *pool[10:13]]
    return [(person, CHAIR) for person in for_chair] + [(person, DEPUTY_CHAIR) for person in [*for_deputy, pool[44]]]


def _submit(world: World, planning_round: PlanningRound) -> None:
    approvals = [submit_on(world, planning_round, BLOC_CODE, group, SUBMITTED) for group in PositionGroup]
    summary = "Phê duyệt quy hoạch Ban Chấp hành, Ban Thường vụ và các chức danh của Đảng bộ Khối nhiệm kỳ 2025-2030"
    world.at(APPROVED, approve_on, world, world.bloc, approvals, APPROVED, summary)


def _remove(world: World, tag: str, day: date, reason: str) -> None:
    for entry in world.tagged[tag]:
        remove_entry(entry, on=day, reason=reason, by=world.users["bantochuc"])


def add_after_first_approval(world: World, planning_round: PlanningRound) -> None:
    """Introduce more people in December 2022 and have them approved the year after."""
    introduced, voted = date(2022, 12, 12), date(2022, 12, 16)
    submitted, approved = date(2022, 12, 20), date(2023, 2, 15)
    pool = rising(world, INTRODUCED)[45:]
    officers = [*world.holders(BLOC_CODE, SECRETARY, introduced), *world.holders(BLOC_CODE, DEPUTY, introduced)]
    sitting = [person for person in world.holders(BLOC_CODE, MEMBER, introduced) if person not in officers]
    planned = PlanEntry.objects.filter(
        organization=world.bloc, plan_term=planning_round.plan_term, position__in=(SECRETARY, DEPUTY)
    )
    taken = set(planned.values_list("person_id", flat=True))
    sitting = [person for person in sitting if person.pk not in taken]
    sitting = fit(world, sitting, BLOC_CODE, NEXT_TERM, introduced)
    groups = (PositionGroup.COMMITTEE, PositionGroup.STANDING, PositionGroup.SECRETARIES)
    candidates = [*[(person, MEMBER) for person in pool[:3]], (pool[0], STANDING), (sitting[0], DEPUTY)]

    def vote() -> None:
        for group in groups:
            vote_on(world, planning_round, BLOC_CODE, group, BLOC_STEPS[2], voted)

    def submit() -> None:
        approvals = [submit_on(world, planning_round, BLOC_CODE, group, submitted) for group in groups]
        summary = "Phê duyệt bổ sung quy hoạch Đảng bộ Khối nhiệm kỳ 2025-2030"
        world.at(approved, approve_on, world, world.bloc, approvals, approved, summary)

    world.at(introduced, introduce_on, world, planning_round, BLOC_CODE, candidates, introduced)
    world.at(voted, vote)
    world.at(submitted, submit)


def plan_present_term(world: World, planning_round: PlanningRound) -> None:
    """Plan a few people for the term under way, as reviewed in 2021."""
    introduced, submitted, approved = date(2021, 4, 12), date(2021, 4, 26), date(2021, 6, 10)

    def introduce_and_submit() -> None:
        pool, seats = rising(world, introduced, planning_round.plan_term), world.seats(BLOC_CODE, introduced)
        sitting = [person for person in seats[MEMBER] if person not in seats[STANDING]]
        candidates = [(person, MEMBER) for person in pool[:8]] + [(person, STANDING) for person in sitting[:4]]
        introduce_on(world, planning_round, BLOC_CODE, candidates, introduced)

    def submit() -> None:
        groups = (PositionGroup.COMMITTEE, PositionGroup.STANDING)
        approvals = [submit_on(world, planning_round, BLOC_CODE, group, submitted) for group in groups]
        summary = "Phê duyệt bổ sung quy hoạch Đảng bộ Khối nhiệm kỳ 2020-2025"
        world.at(approved, approve_on, world, world.bloc, approvals, approved, summary)

    world.at(introduced, introduce_and_submit)
    world.at(submitted, submit)
