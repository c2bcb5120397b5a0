"""The yearly reviews of the plan for 2025-2030 after 2022, and the first names for 2030-2035."""

from collections.abc import Iterable
from datetime import date, timedelta

from demo.accounts import BLOC_CODE
from demo.planning_office import approve_on, introduce_on, open_round_on, submit_on
from demo.plans_bloc import MEMBER, STANDING, rising
from demo.world import World
from organizations.actions import next_number, record_document
from organizations.models import DocumentType, Position
from personnel.models import Person
from planning.actions import close_round, remove_entry
from planning.models import PlanEntry, PlanningRound, PositionGroup

NEXT_TERM, TERM_AFTER = "2025-2030", "2030-2035"
Reason = PlanEntry.RemovalReason
# The year, how many the bloc adds to its committee plan, which organisations review theirs, who leaves and why.
REVIEWS = (
    (2023, 3, range(1, 13), (Reason.OVER_AGE, Reason.TRANSFER)),
    (2024, 4, range(13, 25), (Reason.OWN_WISH, Reason.DISCIPLINE, Reason.POLITICAL_STANDARD)),
    (2025, 2, range(41, 49), (Reason.OVER_AGE,)),
    (2026, 3, range(31, 41), (Reason.TRANSFER, Reason.OWN_WISH)),
)


def schedule(world: World) -> None:
    """Lay down one review a year, what the congress of 2025 does to the plan, and the round that begins in 2026."""
    for year, added, numbers, reasons in REVIEWS:
        opened = date(year, 3, 6) if year != 2025 else date(2025, 10, 15)
        codes = [f"CS-{number:02d}" for number in numbers if number != 30]
        world.at(opened, _review, world, opened, added, codes, reasons)
    world.at(date(2025, 9, 15), _take_out_the_elected, world, date(2025, 9, 15))
    world.at(date(2026, 9, 14), _introduce_term_after, world)


def _review(world: World, opened: date, added: int, codes: list[str], reasons: Iterable[str]) -> None:
    guidance = _guidance(world, opened - timedelta(days=4), f"Rà soát, bổ sung quy hoạch năm {opened.year}")
    planning_round = open_round_on(world, opened, NEXT_TERM, PlanningRound.Kind.REVIEW, [guidance])
    introduced, approved = opened + timedelta(days=20), opened + timedelta(days=62)
    for number, reason in enumerate(reasons):
        world.at(introduced, _remove_one, world, number * 7 + opened.year % 5, introduced, reason)
    world.at(introduced, _introduce_and_submit, world, planning_round, added, codes, introduced, approved)
    if opened.year < 2026:
        closed = approved + timedelta(days=10)
        world.at(closed, close_round, planning_round, on=closed, by=world.users["bantochuc"])


def _introduce_and_submit(
    world: World, planning_round: PlanningRound, added: int, codes: list[str], day: date, approved: date
) -> None:
    pool = _not_planned(world, BLOC_CODE, rising(world, day))
    candidates = [(person, MEMBER) for person in pool[:added]] + [(pool[added], STANDING)]
    introduce_on(world, planning_round, BLOC_CODE, candidates, day)
    groups = (PositionGroup.COMMITTEE, PositionGroup.STANDING)
    of_bloc = [submit_on(world, planning_round, BLOC_CODE, group, day + timedelta(days=14)) for group in groups]
    of_grassroots = []
    for code in codes:
        person = _not_planned(world, code, world.members[code])[-1]
        introduce_on(world, planning_round, code, [(person, Position.DEPUTY_SECRETARY)], day)
        group = PositionGroup.SECRETARIES
        of_grassroots.append(submit_on(world, planning_round, code, group, day + timedelta(days=14)))
    summary = f"Phê duyệt rà soát, bổ sung quy hoạch nhiệm kỳ {planning_round.plan_term}"
    world.at(approved, approve_on, world, world.bloc, of_bloc, approved, summary)
    world.at(approved, approve_on, world, world.organizations["CS-01"], of_grassroots, approved, summary)


def _not_planned(world: World, code: str, people: list[Person]) -> list[Person]:
    """Return those of the people whom no plan of the organisation for the next term ever named."""
    entries = PlanEntry.objects.filter(organization=world.organizations[code], plan_term=NEXT_TERM)
    planned = set(entries.values_list("person_id", flat=True))
    return [person for person in people if person.pk not in planned]


def _in_force(world: World, day: date):
    entries = PlanEntry.objects.as_of(day).filter(organization=world.bloc, plan_term=NEXT_TERM, valid_to__isnull=True)
    return entries.order_by("introduced_on", "pk")


def _remove_one(world: World, number: int, day: date, reason: str) -> None:
    """One person planned for the bloc's committee and one planned at the grassroots leave the plan."""
    entries = list(_in_force(world, day).filter(position=MEMBER))
    remove_entry(entries[number % len(entries)], on=day, reason=reason, by=world.users["bantochuc"])
    organization = world.organizations[f"CS-{number + 2:02d}"]
    entry = organization.plan_entries.filter(
        plan_term=NEXT_TERM, valid_from__lt=day, valid_to__isnull=True, position=Position.DEPUTY_SECRETARY
    ).order_by("pk")[0]
    remove_entry(entry, on=day, reason=reason, by=world.users["bantochuc"])


def _take_out_the_elected(world: World, day: date) -> None:
    """Whoever the congress of 2025 put where the plan wanted them leaves the plan."""
    seats = world.seats(BLOC_CODE, day)
    for entry in _in_force(world, day).select_related("person"):
        if entry.person in seats[entry.position_id]:
            remove_entry(entry, on=day, reason=Reason.APPOINTED, by=world.users["bantochuc"])


def _introduce_term_after(world: World) -> None:
    """The first names for 2030-2035 are introduced in autumn 2026 and wait for approval."""
    opened, introduced, submitted = date(2026, 9, 14), date(2026, 10, 20), date(2026, 11, 10)
    guidance = _guidance(world, date(2026, 9, 14), "Công tác quy hoạch cấp ủy nhiệm kỳ 2030-2035")
    planning_round = open_round_on(world, opened, TERM_AFTER, PlanningRound.Kind.FIRST, [guidance])
    candidates = [(person, MEMBER) for person in rising(world, opened)[:30]]
    world.at(introduced, introduce_on, world, planning_round, BLOC_CODE, candidates, introduced)
    world.at(submitted, submit_on, world, planning_round, BLOC_CODE, PositionGroup.COMMITTEE, submitted)


def _guidance(world: World, day: date, summary: str):
    return record_document(
        type=DocumentType.GUIDANCE,
        number=next_number(world.bloc, DocumentType.GUIDANCE, day) + 1,
        symbol="ĐUK",
        issuer=world.bloc,
        issued_on=day,
        summary=summary,
        by=world.users["bantochuc"],
    )
