"""What is said of an act that touches a period whose books are closed."""

from collections.abc import Sequence
from datetime import date

from common.formats import short_day
from organizations.models import Closing
from regulations.findings import Finding, Severity

CLOSED_BOOKS = "closed_books"  # no rule of a paper: what the office has done itself


def check_books(day: date | None, closings: Sequence[Closing]) -> list[Finding]:
    """What takes effect on a day inside closed books is entered knowingly: it wants a reason.

    What was reported stays as it was; the change is named when the closed books are compared with those of today.
    """
    return [_closed(day, closing) for closing in closings if closing.first <= day < closing.end]


def check_stock(day: date, closings: Sequence[Closing]) -> list[Finding]:
    """What counts from the day on, such as a plan, counts on the last day of every closed period that ends later."""
    return [_closed(day, closing) for closing in closings if day < closing.end]


def check_counted(closings: Sequence[Closing]) -> list[Finding]:
    """What is said where the particulars of somebody change whom closed books counted: `personnel.books` tells them."""
    return [
        Finding(
            Severity.WARN,
            f"Đồng chí này có trong số liệu của kỳ đã khóa sổ {told(closing)}: số đã báo cáo giữ nguyên, nội dung thay "
            "đổi sẽ được nêu khi so sổ đã khóa với hôm nay.",
            rule=CLOSED_BOOKS,
        )
        for closing in closings
    ]


def told(closing: Closing) -> str:
    """Return which books are meant: (năm 2022, khóa ngày 05/01/2023)."""
    return f"({closing.period}, khóa ngày {short_day(closing.as_at)})"


def _closed(day: date, closing: Closing) -> Finding:
    message = (
        f"Ngày {short_day(day)} ảnh hưởng đến kỳ đã khóa sổ {told(closing)}: "
        "số đã báo cáo giữ nguyên, thay đổi này sẽ được nêu khi so sổ đã khóa với hôm nay."
    )
    return Finding(Severity.WARN, message, rule=CLOSED_BOOKS)
