"""What has to be thought of with a person: working time left, measures in force, a birthday known in part.

Each says how it was reckoned. The thresholds are those of the rulebook of the day looked at (DOMAIN.md §8).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from common.dated import Precision
from common.formats import short_day
from organizations.models import BodyKind, Term
from personnel.checks.people import last_day_of_work
from personnel.models import Discipline, Holding, Membership, Person
from regulations.findings import Finding, Severity
from regulations.models import RuleCode
from regulations.retirement import Month, RetirementEstimate, RetirementTable, months_between
from regulations.rulebook import Rulebook


@dataclass(frozen=True)
class Alert:
    """A finding on a person, and the reckoning behind it, step by step."""

    finding: Finding
    reckoning: Sequence[str] = ()

    @property
    def steps(self) -> str:
        """The reckoning in one line: Sinh 05/1967 · nữ · đủ 58 tuổi 4 tháng vào 9/2025 · …"""
        return " · ".join(self.reckoning)


class Planned(Protocol):
    """A plan entry, as far as the reckoning asks."""

    position: object
    organization: object
    organization_id: int
    plan_term: str


@dataclass(frozen=True)
class Facts:
    """What the alerts on one person rest on, as of `day`; `planned` only for those who may see the names in plans."""

    person: Person
    day: date
    seats: Sequence[Holding]  # in force on the day
    terms: Sequence[Term]  # of the organisations of which the person is a member, or planned for
    member_of: Membership | None  # the membership on the day, with the name of its organisation
    measures: Sequence[Discipline]  # in force on the day
    ages: RetirementTable
    book: Rulebook
    planned: Sequence[Planned] = ()

    @property
    def retires(self) -> RetirementEstimate | None:
        return last_day_of_work(self.person, self.ages)


def alerts(facts: Facts) -> list[Alert]:
    """Return all that has to be thought of, what is sure and near first."""
    found = [*_measures(facts), *_before_the_end(facts), *_coming_congress(facts), *_planning(facts), *_birthday(facts)]
    return [each for each in found if each]


def _measures(facts: Facts) -> Iterable[Alert]:
    for measure in facts.measures:
        until = f"hết hiệu lực từ {short_day(measure.valid_to)}" if measure.valid_to else "chưa ghi ngày hết hiệu lực"
        kind = measure.get_kind_display().lower()
        message = f"Đang trong thời gian chịu kỷ luật {kind}, từ {short_day(measure.valid_from)}, {until}."
        yield Alert(Finding(Severity.WARN, message))


def _before_the_end(facts: Facts) -> Iterable[Alert]:
    """Whoever retires before a term ends leaves a seat vacant in it."""
    terms = {seat.body.term_id: seat for seat in reversed(facts.seats)}
    for seat in terms.values():
        term = seat.body.term
        if facts.retires and facts.retires.earliest < term.planned_end:
            surely = "Nghỉ hưu" if facts.retires.is_exact else "Có thể nghỉ hưu"
            message = f"{surely} trước khi hết nhiệm kỳ {term.label} của {seat.organization_name}."
            finding = Finding(Severity.WARN, message, verified=facts.retires.verified)
            steps = [*reckoning(facts.person, facts.retires), f"nhiệm kỳ kết thúc {_month(term.planned_end)}"]
            yield Alert(finding, steps)


def _coming_congress(facts: Facts) -> Iterable[Alert | None]:
    """At the congress month those who sit in the committee ask for the rule of re-election, others for nomination."""
    if facts.retires is None:
        return
    seats = [seat for seat in facts.seats if seat.body.kind == BodyKind.COMMITTEE]
    sitting = {seat.body.term_id: seat for seat in reversed(seats)}
    for seat in sitting.values():
        what = f"tái cử cấp ủy {seat.organization_name}"
        yield _at_congress(facts, seat.body.term, RuleCode.REELECTION_MONTHS_LEFT, what)
    place = facts.member_of
    for term in facts.terms:
        is_own = place is not None and term.organization_id == place.organization_id and term.is_in_force(facts.day)
        if is_own and term.pk not in sitting:
            what = f"được giới thiệu lần đầu vào cấp ủy {place.organization_name}"
            yield _at_congress(facts, term, RuleCode.NOMINATION_MONTHS_LEFT, what, Severity.INFO)


def _at_congress(facts: Facts, term: Term, code: str, what: str, severity: Severity = Severity.WARN) -> Alert | None:
    when = f"đại hội dự kiến {_month(term.planned_end)}"
    return _too_little(facts, code, f"Không đủ thời gian công tác để {what}", term.planned_end, when, severity)


def _planning(facts: Facts) -> Iterable[Alert | None]:
    for entry in facts.planned:
        begins = plan_term_begins(entry, facts.terms)
        what = f"Còn ít hơn một nhiệm kỳ công tác, quy hoạch {entry.position} {entry.plan_term}"
        if facts.retires:
            when = f"nhiệm kỳ quy hoạch bắt đầu {_month(begins)}"
            yield _too_little(facts, RuleCode.PLAN_ONE_TERM_LEFT, what, begins, when)


def plan_term_begins(entry: Planned, terms: Iterable[Term]) -> date:
    """Return the day on which the planned term begins: of its congress, else of the end planned for the one before."""
    first_year = int(entry.plan_term[:4])
    begins = date(first_year, 1, 1)
    for term in terms:
        if term.organization_id != entry.organization_id:
            continue
        if term.label == entry.plan_term:
            return term.congress_on
        if term.planned_end.year == first_year:
            begins = term.planned_end
    return begins


def _too_little(
    facts: Facts, code: str, what: str, begins: date, when: str, severity: Severity = Severity.WARN
) -> Alert | None:
    needed, retires = facts.book.value(code), facts.retires
    if needed is None:
        return None
    left = months_between(begins, Month.of(retires.earliest))
    if left >= needed:
        return None
    doubt = "" if retires.is_exact else "Có thể: "
    message = f"{doubt}{what}: {_left(left)}, cần {int(needed)} tháng."
    finding = facts.book.finding(code, message, severity=severity)
    if not retires.verified:
        finding = replace(finding, source="", validity="", verified=False)
    return Alert(finding, [*reckoning(facts.person, retires), when, _left(left)])


def _left(months: int) -> str:
    return f"còn {months} tháng" if months > 0 else "đã hết thời gian công tác"


def _birthday(facts: Facts) -> Iterable[Alert]:
    person = facts.person
    if person.birth_precision == Precision.DAY:
        return
    steps = reckoning(person, facts.retires) if facts.retires else []
    message = "Chưa biết ngày sinh; tháng nghỉ hưu vẫn tính được theo tháng sinh."
    if person.birth_precision == Precision.YEAR:
        message = "Chưa biết ngày và tháng sinh; tuổi và tháng nghỉ hưu chỉ là khoảng."
    yield Alert(Finding(Severity.INFO, message), steps)


def reckoning(person: Person, retires: RetirementEstimate) -> list[str]:
    """Return how the month of retirement was reckoned: Sinh 05/1967, nữ, đủ 58 tuổi 4 tháng vào 9/2025."""
    if person.retires_on:
        return [f"nghỉ hưu {short_day(person.retires_on)} theo {person.retires_on_source}"]
    born = person.birth_date
    gender = person.get_gender_display().lower()
    if person.birth_precision == Precision.YEAR:
        return [f"Sinh {born.year}", gender, f"đủ tuổi nghỉ hưu {_between(retires)}"]
    months = months_between(born, Month.of(retires.earliest))
    return [f"Sinh {born:%m/%Y}", gender, f"đủ {_age(months)} vào {_month(retires.earliest)}"]


def _between(retires: RetirementEstimate) -> str:
    first, last = _month(retires.earliest), _month(retires.latest)
    return f"vào {first}" if first == last else f"trong khoảng {first} – {last}"


def _age(months: int) -> str:
    years, rest = divmod(months, 12)
    return f"{years} tuổi {rest} tháng" if rest else f"{years} tuổi"


def _month(day: date) -> str:
    return f"{day.month}/{day.year}"
