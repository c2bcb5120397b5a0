"""Rules on how many members an organisation has, against the committee that leads it on that day (DOMAIN.md §3)."""

from dataclasses import dataclass

from organizations.models import OrganizationKind
from personnel.checks.bodies import CELLS
from personnel.checks.structure import said
from regulations.findings import Finding
from regulations.models import RuleCode
from regulations.rulebook import Rulebook


@dataclass(frozen=True)
class CommitteeCount:
    """How many people sit in a committee, how many of them are deputy secretaries, how many hold no office in it."""

    people: int = 0
    deputies: int = 0
    plain: int = 0


def check_members(
    kind: str, official: int, probationary: int, committee: CommitteeCount, book: Rulebook
) -> list[Finding]:
    """Return what the rules say of the members of an organisation of this kind on the day of the count."""
    findings = _check_cell(official, committee, book) if kind in CELLS else []
    return findings + _check_kind(kind, official + probationary, book)


def _check_cell(official: int, committee: CommitteeCount, book: Rulebook) -> list[Finding]:
    least = book.value(RuleCode.CELL_LEAST_MEMBERS)
    findings = []
    if least is not None and official < least:
        message = f"Chi bộ có {official} đảng viên chính thức, cần ít nhất {int(least)}."
        findings.append(book.finding(RuleCode.CELL_LEAST_MEMBERS, message))
    most = book.value(RuleCode.CELL_COMMITTEE_MAX)
    if most is not None and committee.people > most:
        message = f"Chi ủy có {committee.people} đồng chí, nhiều nhất là {int(most)}."
        findings.append(book.finding(RuleCode.CELL_COMMITTEE_MAX, message))
    deputies = book.value(RuleCode.CELL_MOST_DEPUTIES)
    if deputies is not None and committee.deputies > deputies:
        message = f"Chi bộ có {committee.deputies} phó bí thư, nhiều nhất là {int(deputies)}."
        findings.append(book.finding(RuleCode.CELL_MOST_DEPUTIES, message))
    return said(*findings) + _check_cell_committee(official, committee, book)


def _check_cell_committee(official: int, committee: CommitteeCount, book: Rulebook) -> list[Finding]:
    """Fewer than so many official members: no committee beside the secretary and a deputy; from so many on, one."""
    fewest = book.value(RuleCode.CELL_COMMITTEE_MIN_MEMBERS)
    if fewest is None or not committee.people:
        return []
    if official < fewest and committee.plain:
        message = (
            f"Chi bộ có {official} đảng viên chính thức mà có {committee.plain} chi ủy viên ngoài bí thư, phó bí thư; "
            f"từ {int(fewest)} đảng viên chính thức mới có chi ủy."
        )
    elif official >= fewest and not committee.plain:
        message = (
            f"Chi bộ có {official} đảng viên chính thức mà chưa có chi ủy, chỉ có bí thư, phó bí thư; "
            f"từ {int(fewest)} đảng viên chính thức thì có chi ủy."
        )
    else:
        return []
    return said(book.finding(RuleCode.CELL_COMMITTEE_MIN_MEMBERS, message))


def _check_kind(kind: str, total: int, book: Rulebook) -> list[Finding]:
    """A đảng bộ cơ sở normally has so many members, a chi bộ cơ sở fewer."""
    usual = book.value(RuleCode.GRASSROOTS_COMMITTEE_MEMBERS)
    if usual is None:
        return []
    if kind == OrganizationKind.GRASSROOTS_COMMITTEE and total < usual:
        message = f"Đảng bộ cơ sở có {total} đảng viên, thường có từ {int(usual)} trở lên."
    elif kind == OrganizationKind.GRASSROOTS_CELL and total >= usual:
        message = f"Chi bộ cơ sở có {total} đảng viên, thường có dưới {int(usual)}."
    else:
        return []
    return said(book.finding(RuleCode.GRASSROOTS_COMMITTEE_MEMBERS, message))
