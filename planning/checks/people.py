"""Rules on each person whom a plan adds, and on those whom a review keeps."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from organizations.models import BodyKind
from personnel.checks.people import last_day_of_work
from personnel.checks.structure import said
from personnel.models import Discipline
from planning.facts import PlanFacts
from planning.models import PlanEntry
from regulations.findings import Finding
from regulations.models import RuleCode
from regulations.retirement import Month, RetirementEstimate, months_between


def place_of(entry: PlanEntry) -> str:
    """Return where on a form a finding on this entry belongs."""
    return f"entry-{entry.pk or entry.person_id}"


def check_positions_per_person(facts: PlanFacts) -> list[Finding]:
    """One person is planned for so many positions at one level, counted over all organisations of the level."""
    most = facts.book.value(RuleCode.PLAN_POSITIONS_PER_PERSON)
    if most is None:
        return []
    findings = []
    for person, entries in _by_person(facts.added).items():
        here = {(facts.organization.pk, facts.level, entry.position_id) for entry in entries}
        elsewhere = facts.people.planned.get(person, frozenset()) - _given_up(facts, person)
        places = {place for place in elsewhere if place[1] == facts.level} | here
        if len(places) > most:
            message = (
                f"{entries[0].person} được quy hoạch {len(places)} chức danh ở cùng một cấp; nhiều nhất là {int(most)}."
            )
            findings.append(facts.book.finding(RuleCode.PLAN_POSITIONS_PER_PERSON, message, field=place_of(entries[0])))
    return findings


def _given_up(facts: PlanFacts, person: int) -> set[tuple[int, str, str]]:
    """Return the places of this plan in which the person stands no more once it is submitted and approved."""
    leaving = [*(verdict.entry for verdict in facts.leaving), *facts.dropped]
    return {(facts.organization.pk, facts.level, entry.position_id) for entry in leaving if entry.person_id == person}


def check_higher_position(facts: PlanFacts) -> list[Finding]:
    """One is planned only for a higher position than one holds: in this organisation, in the same line of positions."""
    findings = []
    for entry in facts.added:
        seats = [seat for seat in facts.people.held.get(entry.person_id, ()) if in_same_line(seat, entry)]
        highest = min(seats, key=lambda seat: seat.position.rank, default=None)
        if highest and highest.position.rank <= entry.position.rank:
            message = (
                f"{entry.person} đang giữ chức danh {highest.position}; không quy hoạch chức danh {entry.position}."
            )
            findings.append(facts.book.finding(RuleCode.PLAN_HIGHER_POSITION, message, field=place_of(entry)))
    return said(*findings)


def in_same_line(seat, entry: PlanEntry) -> bool:
    """Whether the seat is of the same organisation and both are, or neither is, of the inspection committee."""
    inspects = [position.body_kind == BodyKind.INSPECTION for position in (seat.position, entry.position)]
    return seat.body.term.organization_id == entry.organization_id and inspects[0] == inspects[1]


def check_working_time(facts: PlanFacts) -> list[Finding]:
    """From the month in which the term begins one has a whole term of work left; two terms are wished for."""
    coming = [_too_little_time(facts, entry) for entry in facts.added]
    return said(*coming, *(_over_age(facts, entry) for entry in _kept_by_review(facts)))


def _too_little_time(facts: PlanFacts, entry: PlanEntry) -> Finding | None:
    last_day = last_day_of_work(entry.person, facts.ages)
    if last_day is None:
        return None
    left = months_between(facts.term_begins, Month.of(last_day.earliest))
    for code in (RuleCode.PLAN_ONE_TERM_LEFT, RuleCode.PLAN_TWO_TERMS_LEFT):
        needed = facts.book.value(code)
        if needed is not None and left < needed:
            surely = "nghỉ hưu" if last_day.is_exact else "có thể nghỉ hưu từ"
            message = f"{entry.person} {surely} {time_left(last_day.earliest, facts.term_begins, needed)}"
            return _as_sure_as(last_day, facts.book.finding(code, message, field=place_of(entry)))
    return None


def _over_age(facts: PlanFacts, entry: PlanEntry) -> Finding | None:
    """Return what is said of somebody kept who surely has less than a term left, be the birthday known in part."""
    last_day = last_day_of_work(entry.person, facts.ages)
    needed = facts.book.value(RuleCode.PLAN_ONE_TERM_LEFT)
    if last_day is None or needed is None:
        return None
    if months_between(facts.term_begins, Month.of(last_day.latest)) >= needed:
        return None
    message = f"{entry.person} nghỉ hưu {time_left(last_day.latest, facts.term_begins, needed)}"
    return _as_sure_as(last_day, facts.book.finding(RuleCode.PLAN_LEAVES_AT_ONCE, message, field=place_of(entry)))


def time_left(retires: date, begins: date, needed: Decimal) -> str:
    """Return "tháng 5/2030, còn 59 tháng công tác tính từ tháng 6/2025; cần 60 tháng."."""
    left = max(months_between(begins, Month.of(retires)), 0)
    return (
        f"tháng {retires.month}/{retires.year}, còn {left} tháng công tác "
        f"tính từ tháng {begins.month}/{begins.year}; cần {int(needed)} tháng."
    )


def _as_sure_as(last_day: RetirementEstimate, finding: Finding | None) -> Finding | None:
    """Return the finding, as unverified as the age that it was reckoned with."""
    if finding is None or last_day.verified:
        return finding
    return replace(finding, source="", validity="", verified=False)


def check_standing(facts: PlanFacts) -> list[Finding]:
    """Whoever is under a measure, or concluded below the political standard, neither comes into a plan nor stays."""
    findings = []
    for entry in (*facts.added, *_kept_by_review(facts)):
        kind = facts.people.disciplines.get(entry.person_id)
        if kind:
            message = f"{entry.person} đang trong thời gian chịu kỷ luật {Discipline.Kind(kind).label.lower()}."
            findings.append(facts.book.finding(RuleCode.PLAN_LEAVES_AT_ONCE, message, field=place_of(entry)))
        if entry.person_id in facts.people.concluded:
            message = f"{entry.person} bị kết luận không bảo đảm tiêu chuẩn chính trị."
            findings.append(facts.book.finding(RuleCode.PLAN_LEAVES_AT_ONCE, message, field=place_of(entry)))
    return said(*findings)


def _kept_by_review(facts: PlanFacts) -> Sequence[PlanEntry]:
    """Return whom the review keeps in the plan. A first round says nothing of those who are in it already."""
    return facts.kept if facts.round.is_review else ()


def check_ballots(facts: PlanFacts) -> list[Finding]:
    """Whoever is submitted has a result in the last ballot."""
    if not facts.added:
        return []
    if facts.last_step is None:
        message = f"Chưa ghi bước lấy phiếu nào cho {facts.group.label}."
        return said(facts.book.finding(RuleCode.PLAN_BALLOT_MISSING, message))
    missing = [entry for entry in facts.added if entry.pk not in facts.balloted_last]
    findings = [
        facts.book.finding(
            RuleCode.PLAN_BALLOT_MISSING,
            f"{entry.person} chưa có kết quả ở bước lấy phiếu {facts.last_step}.",
            field=place_of(entry),
        )
        for entry in missing
    ]
    return said(*findings)


def _by_person(entries) -> dict[int, list[PlanEntry]]:
    people: dict[int, list[PlanEntry]] = {}
    for entry in entries:
        people.setdefault(entry.person_id, []).append(entry)
    return people
