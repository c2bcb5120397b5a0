"""Workbooks of people to introduce, as offices write them."""

from collections.abc import Sequence
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

HEADINGS = ("STT", "Họ và tên", "Ngày sinh", "Số thẻ đảng viên", "Chức danh quy hoạch", "Đối tượng", "Ghi chú")
BORN = "20/5/1975"  # as tests.factories.person is born


def row(name: str, position: str = "Bí thư", *, born: object = BORN, card: object = None, **more) -> tuple:
    """Return a row under HEADINGS."""
    return (None, name, born, card, position, more.get("object_group"), more.get("note"))


def workbook(*rows: Sequence[object], headings: Sequence[str] = HEADINGS, above: Sequence[str] = ()) -> bytes:
    """Return a workbook of one sheet: lines above, headings, rows."""
    book, stream = Workbook(), BytesIO()
    book.active.title = "Danh sách"
    for line in above:
        book.active.append([line])
    book.active.append(list(headings))
    for each in rows:
        book.active.append(list(each))
    book.save(stream)
    return stream.getvalue()


def upload(content: bytes, name: str = "gioi-thieu.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def sheet_of(response):
    """Return the first sheet of the workbook that a response is."""
    return load_workbook(BytesIO(response.content)).worksheets[0]


def table_of(sheet, heading: str = "Họ và tên") -> list[dict[str, object]]:
    """Return the rows under the line of headings, by heading, as they read back."""
    lines = list(sheet.iter_rows(values_only=True))
    start = next(index for index, line in enumerate(lines) if heading in [str(cell).rstrip(" *") for cell in line])
    return [dict(zip(lines[start], line, strict=True)) for line in lines[start + 1 :] if any(line)]
