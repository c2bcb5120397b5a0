"""The yearly reviews of the plan for 2025-2030 after 2022, and the first names for 2030-2035."""

from collections.abc import Sequence
from datetime import date, timedelta

from demo.accounts import BLOC_CODE
from demo.planning_office import (
    BLOC_STEPS,
    GRASSROOTS_STEP,
    aim,
    approve_on,
    fit,
    introduce_on,
    open_round_on,
    submit_on,
    vote_on,
)
from demo.plans_bloc import MEMBER, STANDING, rising
from demo.world import World
from organizations.actions import next_number, record_document
from organizations.models import DocumentType, Position
from personnel.models import Person
from planning.actions import VerdictDraft, close_round, remove_entries, return_plan, review
from planning.models import PlanEntry, PlanningRound, PositionGroup, ReviewVerdict

NEXT_TERM, TERM_AFTER = "2025-2030", "2030-2035"
DEPUTY = Position.DEPUTY_SECRETARY
Reason, Verdict = PlanEntry.RemovalReason, ReviewVerdict.Verdict
COMMITTEE, STANDING_COMMITTEE, SECRETARIES = (
    PositionGroup.COMMITTEE,
    PositionGroup.STANDING,
    PositionGroup.SECRETARIES,
)
# The year, how many the bloc adds to its committee plan, which organisations review theirs, why people leave.
REVIEWS = (
    (2023, 3, range(1, 13), (Reason.TRANSFER, Reason.OWN_WISH)),
    (2024, 4, range(13, 25), (Reason.OWN_WISH, Reason.OTHER, Reason.TRANSFER)),
    (2025, 2, range(41, 49), (Reason.TRANSFER,)),
    (2026, 3, range(31, 41), (Reason.TRANSFER, Reason.OWN_WISH)),
)


def schedule(world: World) -> None:
    """Lay down one review a year, what the congress of 2025 does to the plan, and the rounds that 2026 leaves open."""
    for year, added, numbers, reasons in REVIEWS:
        opened = date(year, 3, 6) if year != 2025 else date(2025, 10, 15)
        codes = [f"CS-{number:02d}" for number in numbers if number != 30]
        world.at(opened, _review, world, opened, added, codes, reasons)
    world.at(date(2025, 9, 15), _take_out_the_elected, world, date(2025, 9, 15))
    world.at(date(2026, 9, 7), _review_of_autumn, world)
    world.at(date(2026, 9, 14), _introduce_term_after, world)


def _review(world: World, opened: date, added: int, codes: list[str], reasons: Sequence[str]) -> None:
    guidance = _guidance(world, opened - timedelta(days=4), f"Rà soát, bổ sung quy hoạch năm {opened.year}")
    planning_round = open_round_on(world, opened, NEXT_TERM, PlanningRound.Kind.REVIEW, [guidance])
    introduced, submitted, approved = (opened + timedelta(days=days) for days in (20, 34, 62))
    world.at(introduced, _review_bloc, world, planning_round, added, reasons, introduced, submitted, approved)
    world.at(introduced, _review_grassroots, world, planning_round, codes, reasons, introduced, submitted, approved)
    closed = approved + timedelta(days=10)
    world.at(closed, close_round, planning_round, on=closed, by=world.users["bantochuc"])


def _review_bloc(
    world: World,
    planning_round: PlanningRound,
    added: int,
    reasons: Sequence[str],
    day: date,
    submitted: date,
    approved: date,
) -> None:
    """Take out of the committee's plan as many as there are reasons, and add others; one more to the standing one."""
    aim(world, planning_round, BLOC_CODE, COMMITTEE, 27)
    aim(world, planning_round, BLOC_CODE, STANDING_COMMITTEE, 9)
    _take_out(world, planning_round, BLOC_CODE, COMMITTEE, reasons, day)
    pool = _not_planned(world, BLOC_CODE, rising(world, day))
    candidates = [(person, MEMBER) for person in pool[:added]] + [(pool[added], STANDING)]
    introduce_on(world, planning_round, BLOC_CODE, candidates, day)

    def submit() -> None:
        groups = (COMMITTEE, STANDING_COMMITTEE)
        for group in groups:
            vote_on(world, planning_round, BLOC_CODE, group, BLOC_STEPS[2], submitted)
        plans = [submit_on(world, planning_round, BLOC_CODE, group, submitted) for group in groups]
        world.at(approved, approve_on, world, world.bloc, plans, approved, _summary(planning_round))

    world.at(submitted, submit)


def _review_grassroots(
    world: World,
    planning_round: PlanningRound,
    codes: Sequence[str],
    reasons: Sequence[str],
    day: date,
    submitted: date,
    approved: date,
) -> None:
    """In each plan for secretaries one deputy goes and another comes."""
    for code in codes:
        _exchange_one(world, planning_round, code, reasons[0], day)

    def submit() -> None:
        for code in codes:
            vote_on(world, planning_round, code, SECRETARIES, GRASSROOTS_STEP, submitted)
        plans = [submit_on(world, planning_round, code, SECRETARIES, submitted) for code in codes]
        world.at(approved, approve_on, world, world.organizations["CS-01"], plans, approved, _summary(planning_round))

    world.at(submitted, submit)


def _exchange_one(world: World, planning_round: PlanningRound, code: str, reason: str, day: date) -> None:
    _take_out(world, planning_round, code, SECRETARIES, [reason], day, position=DEPUTY)
    newcomers = fit(world, _not_planned(world, code, world.members[code]), code, NEXT_TERM, day)
    seated = {
        person.pk for seats in world.seats_everywhere(day).values() for people in seats.values() for person in people
    }
    newcomers = [person for person in newcomers if person.pk not in seated]
    introduce_on(world, planning_round, code, [(newcomers[-1], DEPUTY)], day)


def _take_out(
    world: World,
    planning_round: PlanningRound,
    code: str,
    group: PositionGroup,
    reasons: Sequence[str],
    day: date,
    position: str | None = None,
) -> None:
    """Say in a review who is to leave, one for each reason, those of the earliest entries; all others stay."""
    organization = world.organizations[code]
    entries = list(_in_force(world, code, day).filter(position__in=group.positions))
    leaving = [entry for entry in entries if position in (None, entry.position_id)][: len(reasons)]
    verdicts = [VerdictDraft(entry, Verdict.KEEP) for entry in entries if entry not in leaving]
    verdicts += [VerdictDraft(entry, Verdict.REMOVE, why) for entry, why in zip(leaving, reasons, strict=False)]
    review(planning_round, organization=organization, group=group, verdicts=verdicts, by=world.users["bantochuc"])


def _summary(planning_round: PlanningRound) -> str:
    return f"Phê duyệt rà soát, bổ sung quy hoạch nhiệm kỳ {planning_round.plan_term}"


def _not_planned(world: World, code: str, people: list[Person]) -> list[Person]:
    """Return those of the people whom no plan of the organisation for the next term ever named."""
    entries = PlanEntry.objects.filter(organization=world.organizations[code], plan_term=NEXT_TERM)
    planned = set(entries.values_list("person_id", flat=True))
    return [person for person in people if person.pk not in planned]


def _in_force(world: World, code: str, day: date):
    entries = PlanEntry.objects.as_of(day).filter(
        organization=world.organizations[code], plan_term=NEXT_TERM, valid_to__isnull=True
    )
    return entries.select_related("person", "position").order_by("introduced_on", "pk")


def _take_out_the_elected(world: World, day: date) -> None:
    """Whoever the congress of 2025 put where the plan wanted them leaves the plan; three are left to be proposed."""
    seats = world.seats_everywhere(day)
    entries = PlanEntry.objects.as_of(day).filter(
        plan_term=NEXT_TERM, valid_to__isnull=True, organization__path__startswith=world.bloc.path
    )
    entries = entries.select_related("person", "organization").order_by("organization__code", "introduced_on", "pk")
    elected = [entry for entry in entries if entry.person in seats[entry.organization.code][entry.position_id]]
    remove_entries([(entry, Reason.APPOINTED) for entry in elected[:-3]], on=day, by=world.users["bantochuc"])


def _review_of_autumn(world: World) -> None:
    """A supplementary review still under way in November 2026: plans at every stage, some of them late."""
    opened = date(2026, 9, 7)
    guidance = _guidance(world, opened, "Rà soát, bổ sung quy hoạch cấp ủy cơ sở đợt hai năm 2026")
    planning_round = open_round_on(world, opened, NEXT_TERM, PlanningRound.Kind.REVIEW, [guidance])
    codes = [f"CS-{number:02d}" for number in range(41, 53) if number != 50]
    introduced, voted, submitted, late = (date(2026, 9, 21), date(2026, 9, 29), date(2026, 10, 27), date(2026, 10, 5))

    def introduce() -> None:
        for code in codes:
            _exchange_one(world, planning_round, code, Reason.TRANSFER, introduced)

    def vote() -> None:
        for code in codes[:9]:
            vote_on(world, planning_round, code, SECRETARIES, GRASSROOTS_STEP, voted)

    def submit(codes: Sequence[str], day: date) -> None:
        for code in codes:
            submit_on(world, planning_round, code, SECRETARIES, day)

    def give_back() -> None:
        plan = planning_round.approvals.get(organization=world.organizations[codes[3]])
        reason = "Danh sách trích ngang còn thiếu ngày vào Đảng của một đồng chí. Đề nghị bổ sung rồi trình lại."
        return_plan(plan, reason=reason, on=date(2026, 11, 4), by=world.users["chuany"])

    world.at(introduced, introduce)
    world.at(voted, vote)
    world.at(late, submit, codes[:2], late)
    world.at(submitted, submit, codes[2:7], submitted)
    world.at(date(2026, 11, 4), give_back)


def _introduce_term_after(world: World) -> None:
    """The first names for 2030-2035 are introduced in autumn 2026 and wait for approval."""
    opened, introduced, voted = date(2026, 9, 14), date(2026, 10, 20), date(2026, 11, 3)
    submitted = date(2026, 11, 10)
    guidance = _guidance(world, date(2026, 9, 14), "Công tác quy hoạch cấp ủy nhiệm kỳ 2030-2035")
    planning_round = open_round_on(world, opened, TERM_AFTER, PlanningRound.Kind.FIRST, [guidance])
    aim(world, planning_round, BLOC_CODE, COMMITTEE, 27)
    candidates = [(person, MEMBER) for person in rising(world, opened, TERM_AFTER)[:30]]
    world.at(introduced, introduce_on, world, planning_round, BLOC_CODE, candidates, introduced)
    world.at(voted, vote_on, world, planning_round, BLOC_CODE, COMMITTEE, BLOC_STEPS[2], voted)
    world.at(submitted, submit_on, world, planning_round, BLOC_CODE, COMMITTEE, submitted)


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
