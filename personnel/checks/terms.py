"""Rules on how long a term lasts (DOMAIN.md §3). Reckoned in whole months, as the office does."""

from datetime import date

from organizations.models import OrganizationKind
from personnel.checks.structure import said
from regulations.findings import Finding, Severity
from regulations.models import RuleCode
from regulations.retirement import Month, months_between
from regulations.rulebook import Rulebook

LED_FOR_FIVE_YEARS = (
    OrganizationKind.BLOC,
    OrganizationKind.GRASSROOTS_COMMITTEE,
    OrganizationKind.GRASSROOTS_CELL,
)


def usual_months(kind: str, book: Rulebook) -> int | None:
    """Return how many months a term of this kind of organisation usually lasts; None where no rule tells."""
    if kind == OrganizationKind.SUBORDINATE_CELL:
        months = book.value(RuleCode.CELL_TERM_MONTHS)
    else:
        months = book.value(RuleCode.TERM_MONTHS) if kind in LED_FOR_FIVE_YEARS else None
    return None if months is None else int(months)


def check_term_length(kind: str, ordinal: int, begins: date, ends: date, book: Rulebook) -> list[Finding]:
    """A term that opens on `begins` is planned to end after the usual time; a first term may be shorter."""
    usual = usual_months(kind, book)
    if usual is None:
        return []
    months = months_between(begins, Month.of(ends))
    if kind == OrganizationKind.SUBORDINATE_CELL:
        return _check_cell(months, usual, book)
    if months == usual or (months < usual and ordinal == 1):
        return []
    return said(book.finding(RuleCode.TERM_MONTHS, f"Nhiệm kỳ dự kiến dài {months} tháng, thông thường {usual} tháng."))


def _check_cell(months: int, usual: int, book: Rulebook) -> list[Finding]:
    """A cell holds its congress so many months earlier or later only with the consent of its superior."""
    leeway = book.value(RuleCode.CELL_TERM_LEEWAY)
    if months == usual or leeway is None:
        return []
    if abs(months - usual) <= leeway:
        message = f"Nhiệm kỳ dự kiến dài {months} tháng thay vì {usual} tháng: cần cấp trên đồng ý."
        return said(book.finding(RuleCode.CELL_TERM_LEEWAY, message, severity=Severity.INFO))
    message = (
        f"Nhiệm kỳ của chi bộ trực thuộc dự kiến dài {months} tháng, thông thường {usual} tháng, "
        f"sớm hoặc muộn hơn không quá {int(leeway)} tháng."
    )
    return said(book.finding(RuleCode.CELL_TERM_MONTHS, message))
