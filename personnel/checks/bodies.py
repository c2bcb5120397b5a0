"""Rules on the organisation and its bodies as a whole."""

from calendar import monthrange
from datetime import date

from common.formats import short_day
from organizations.models import Body, BodyKind, OrganizationKind, Position
from personnel.checks.structure import said
from personnel.models import Act, ChangeItem
from regulations.findings import Finding
from regulations.models import RuleCode
from regulations.retirement import Month
from regulations.rulebook import Rulebook

CELLS = (OrganizationKind.GRASSROOTS_CELL, OrganizationKind.SUBORDINATE_CELL)
WITHOUT_INSPECTION = (*CELLS, OrganizationKind.SECTION_COMMITTEE)


def check_size(body: Body, size: int, book: Rulebook) -> list[Finding]:
    """A body has as many members as were approved for its congress; more only for a reason (DOMAIN.md §3, B)."""
    approved = body.authorized_size
    if approved is None or size <= approved:
        return []
    message = (
        f"{body.get_kind_display()} sẽ có {size} đồng chí, số lượng được duyệt là {approved}: vượt {size - approved}."
    )
    return said(book.finding(RuleCode.COMMITTEE_OVER_SIZE, message))


def check_cell_size(kind: str, official_members: int | None, size: int, book: Rulebook) -> list[Finding]:
    """A cell has a committee from so many official members on, and of at most so many (DOMAIN.md §3, A)."""
    if kind not in CELLS:
        return []
    fewest, most = book.value(RuleCode.CELL_COMMITTEE_MIN_MEMBERS), book.value(RuleCode.CELL_COMMITTEE_MAX)
    findings = []
    if fewest is not None and official_members is not None and official_members < fewest:
        message = (
            f"Chi bộ có {official_members} đảng viên chính thức; từ {int(fewest)} đảng viên chính thức mới bầu chi ủy."
        )
        findings.append(book.finding(RuleCode.CELL_COMMITTEE_MIN_MEMBERS, message))
    if most is not None and size > most:
        message = f"Chi ủy sẽ có {size} đồng chí, nhiều nhất là {int(most)}."
        findings.append(book.finding(RuleCode.CELL_COMMITTEE_MAX, message))
    return findings


def check_inspection_allowed(item: ChangeItem, kind: str, book: Rulebook) -> list[Finding]:
    """Only party committees of the grassroots and above have an inspection committee (DOMAIN.md §2, C)."""
    is_inspection = item.position.body_kind == BodyKind.INSPECTION
    if item.act != Act.APPOINT or not is_inspection or kind not in WITHOUT_INSPECTION:
        return []
    message = f"{OrganizationKind(kind).label} không có Ủy ban Kiểm tra để bổ sung {item.position}."
    return said(book.finding(RuleCode.INSPECTION_COMMITTEE_ALLOWED, message))


def check_congress_is_far(item: ChangeItem, planned_end: date, book: Rulebook) -> list[Finding]:
    """No more additions in the last months before the congress, special cases apart (DOMAIN.md §4, A)."""
    months = book.value(RuleCode.MONTHS_BEFORE_CONGRESS)
    if item.act != Act.APPOINT or item.position_id != Position.COMMITTEE_MEMBER or months is None:
        return []
    if item.effective_on <= months_before(planned_end, int(months)):
        return []
    message = (
        f"Bổ sung {item.person} từ ngày {short_day(item.effective_on)}, trong khi đại hội dự kiến ngày "
        f"{short_day(planned_end)}: không còn đủ {int(months)} tháng."
    )
    return said(book.finding(RuleCode.MONTHS_BEFORE_CONGRESS, message))


def months_before(day: date, months: int) -> date:
    """Return the same day so many months earlier; the last day of a shorter month."""
    month = Month.of(day).plus(-months)
    return date(month.year, month.month, min(day.day, monthrange(month.year, month.month)[1]))
