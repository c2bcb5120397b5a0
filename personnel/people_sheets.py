"""The list of people as an Excel workbook: the columns, the order and the people of the page."""

from collections.abc import Iterable, Sequence

from common.formats import short_day
from common.periods import now_in_words
from common.workbooks import OfficeWorkbook
from personnel.columns import NAME_WIDTH, Column, Reckoning
from personnel.models import Person

SHEET = "Danh sách nhân sự"
CONFIDENTIAL = "Danh sách cho biết ai được quy hoạch: chỉ dùng trong cấp ủy. Lần xuất này đã ghi vào nhật ký."


def people_workbook(
    people: Iterable[Person],
    columns: Sequence[Column],
    reckoning: Reckoning,
    *,
    notes: Sequence[str],
    made_by: str,
    is_confidential: bool,
) -> bytes:
    """Return the workbook of the people in the order given. `notes` say what they were filtered by."""
    rows = [
        (number, person.full_name, *(column.value(person, reckoning) for column in columns))
        for number, person in enumerate(people, start=1)
    ]
    said = f"Số liệu tính đến ngày {short_day(reckoning.day)}. Người lập: {made_by}, lúc {now_in_words()}."
    book = OfficeWorkbook(title=SHEET, creator=made_by)
    book.add_table(
        SHEET,
        title=SHEET.upper(),
        notes=[*notes, said, *([CONFIDENTIAL] if is_confidential else [])],
        headings=["STT", "Họ và tên", *(column.heading for column in columns)],
        rows=rows,
        widths=[5, NAME_WIDTH, *(column.width for column in columns)],
    )
    return book.to_bytes()
