"""What is said of a change to a period whose books are closed."""

from collections.abc import Iterable, Sequence
from datetime import date

from common.formats import short_day
from organizations.models import Closing
from regulations.findings import Finding, Severity


def check_books(days: Iterable[date | None], closings: Sequence[Closing]) -> list[Finding]:
    """A change in effect on one of the days, in closed books, is entered knowingly: it wants a reason.

    What was reported stays as it was; the change is named when the closed books are compared with those of today.
    """
    return [
        Finding(
            Severity.WARN,
            f"Ngày {short_day(day)} thuộc kỳ đã khóa sổ ({closing.period}, khóa ngày {short_day(closing.as_at)}): "
            "số đã báo cáo giữ nguyên, thay đổi này sẽ được nêu khi so sổ đã khóa với hôm nay.",
        )
        for day in dict.fromkeys(day for day in days if day)
        for closing in closings
        if closing.first <= day < closing.end
    ]
