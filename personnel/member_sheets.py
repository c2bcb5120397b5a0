"""The counts of a quarter as an Excel workbook."""

from collections.abc import Sequence

from common.formats import short_day
from common.workbooks import OfficeWorkbook
from organizations.quarters import Quarter
from personnel.members import QuarterRow


def quarter_workbook(rows: Sequence[QuarterRow], quarter: Quarter, *, filter_in_words: str, made_by: str) -> bytes:
    """Return the workbook: a row for each organisation, its counts of the quarter and before, and what rules say."""
    book = OfficeWorkbook(title=f"Số lượng đảng viên {quarter}", creator=made_by)
    book.add_table(
        "Số lượng đảng viên",
        title=f"Số lượng đảng viên {quarter}, tính đến ngày {short_day(quarter.last)}",
        notes=[
            f"Lọc theo {filter_in_words}." if filter_in_words else "Không lọc.",
            "Ô trống là chưa có số liệu, không phải bằng không.",
        ],
        headings=[
            "STT",
            "Tổ chức đảng",
            "Mã",
            "Loại hình",
            f"Chính thức đến {quarter.before}",
            f"Dự bị đến {quarter.before}",
            f"Chính thức {quarter}",
            f"Dự bị {quarter}",
            "Số liệu đến ngày",
            "Tăng, giảm",
            "Nhận xét theo quy tắc",
        ],
        widths=[6, 40, 10, 18, 12, 12, 12, 12, 13, 10, 60],
        rows=[_row(number, row) for number, row in enumerate(rows, start=1)],
        indents=[row.depth for row in rows],
    )
    return book.to_bytes()


def _row(number: int, row: QuarterRow) -> list[object]:
    before, now = row.before, row.now
    return [
        number,
        row.version.name,
        row.version.code,
        row.version.get_kind_display(),
        before and before.official,
        before and before.probationary,
        now and now.official,
        now and now.probationary,
        now and now.counted_on,
        row.change,
        " ".join(
            f"{finding.message} ({finding.label})" if finding.label else finding.message for finding in row.findings
        ),
    ]
