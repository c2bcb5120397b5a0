"""Rules on whoever is appointed: the working time that is left, and disciplinary measures in force."""

from collections.abc import Collection
from datetime import date

from organizations.models import Position
from personnel.checks.structure import said
from personnel.models import Act, ChangeItem, Discipline
from regulations.findings import Finding
from regulations.models import RuleCode
from regulations.retirement import Month, RetirementEstimate, RetirementTable, months_between
from regulations.rulebook import Rulebook


def last_day_of_work(person, ages: RetirementTable) -> RetirementEstimate | None:
    """Return when the person retires: as a decision says, else by the table of ages; None when neither tells."""
    if person.retires_on:
        return RetirementEstimate(person.retires_on, person.retires_on, verified=True)
    return ages.estimate(person.birth_date, person.birth_precision, person.gender)


def check_working_time(
    item: ChangeItem, day: date, ages: RetirementTable, sitting: Collection[int], book: Rulebook
) -> list[Finding]:
    """Whoever comes into the committee has so many months of work left from the month of `day` (DOMAIN.md §8).

    `sitting` are the people of the committee before the congress: for them the rule of re-election is asked.
    """
    if item.act != Act.APPOINT or item.position_id != Position.COMMITTEE_MEMBER:
        return []
    code = RuleCode.REELECTION_MONTHS_LEFT if item.person_id in sitting else RuleCode.NOMINATION_MONTHS_LEFT
    needed, last_day = book.value(code), last_day_of_work(item.person, ages)
    if needed is None or last_day is None:
        return []
    left = months_between(day, Month.of(last_day.earliest))
    if left >= needed:
        return []
    retires = f"tháng {last_day.earliest.month}/{last_day.earliest.year}"
    surely = "nghỉ hưu" if last_day.is_exact else "có thể nghỉ hưu từ"
    remaining = f"còn {left} tháng" if left > 0 else "đã hết thời gian công tác"
    message = (
        f"{item.person} {surely} {retires}, {remaining} tính từ tháng {day.month}/{day.year}; cần {int(needed)} tháng."
    )
    finding = book.finding(code, message)
    return [finding if last_day.verified else _unverified(finding)]


def _unverified(finding: Finding) -> Finding:
    """The rule may be verified; the table of ages by which it was reckoned is not."""
    return Finding(finding.severity, finding.message, rule=finding.rule, verified=False)


def check_discipline(item: ChangeItem, kind: str | None, book: Rulebook) -> list[Finding]:
    """Whoever is under a disciplinary measure (`kind`) on the day is appointed only for a reason."""
    if item.act != Act.APPOINT or not kind:
        return []
    message = f"{item.person} đang trong thời gian chịu kỷ luật {Discipline.Kind(kind).label.lower()}."
    return said(book.finding(RuleCode.DISCIPLINED_PERSON, message))
