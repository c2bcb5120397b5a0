"""The file given back with its faults: every column of the office's own sheet is there, and it can be sent again."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from intake import workbooks
from intake.actions import map_columns, send_file
from intake.kinds.people import PEOPLE
from intake.models import Import
from intake.outcomes import as_cell
from intake.workbooks import marked_workbook
from intake.workflow import outcome_of, read_file
from tests import factories

pytestmark = pytest.mark.django_db

OWN = ["STT", "Đồng chí", "Họ và tên", "Sinh ngày", "Phái", "Ghi chú", "Đơn vị", "Vào từ", "Điện thoại", "Ghi chú"]
ROW = [1, "Nguyễn Văn An", "An (tên thường gọi)", "31/02/1970", "Nam", "=1+1", "CS-01", "2015", date(2020, 1, 2), 1.5]
COLUMNS = {"name": "Đồng chí", "born": "Sinh ngày", "gender": "Phái", "organization": "Đơn vị", "begins": "Vào từ"}


@pytest.fixture
def office(db):
    factories.organization(factories.organization(code="KHOI"), code="CS-01")
    return factories.office()


def upload(*rows, name="dang-vien.xlsx") -> SimpleUploadedFile:
    book = Workbook()
    book.active.title = "Tháng 5"
    for row in rows:
        book.active.append(row)
        for cell in book.active[book.active.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    stream = BytesIO()
    book.save(stream)
    return SimpleUploadedFile(name, stream.getvalue())


def read(office, file) -> Import:
    made = send_file(PEOPLE, upload=file, by=office)
    if not made.mapping:
        map_columns(made, mapping={"Đảng viên": {"sheet": "Tháng 5", "columns": COLUMNS}}, by=office)
        made.refresh_from_db()
    read_file(made, by=office)
    made.refresh_from_db()
    return made


def table(content: bytes) -> list[list]:
    """Return the header and the rows under it."""
    rows = [[cell.value for cell in row] for row in load_workbook(BytesIO(content)).active.iter_rows()]
    header = next(number for number, row in enumerate(rows) if row[0] == "Dòng trong tệp")
    return rows[header:]


def marked(made: Import) -> bytes:
    return marked_workbook(PEOPLE, made, outcome_of(made), made_by="Người lập")


def test_keeps_every_column_of_the_sheet(office):
    made = read(office, upload(["DANH SÁCH"], OWN, [*ROW, "không tiêu đề"], [2, "Lê Hai", *ROW[2:]]))

    header, first, second = table(marked(made))

    assert header == ["Dòng trong tệp", *OWN, "Cột K của tệp", "Vì sao cần sửa"]
    assert first[1:9] == ROW[:8]
    assert first[9].date() == date(2020, 1, 2)
    assert first[10:12] == [1.5, "không tiêu đề"]
    assert "tháng 2/1970 chỉ có 28 ngày" in first[12]
    assert second[11] is None


def test_is_read_by_the_same_mapping_however_often_it_comes_back(office):
    made = read(office, upload(OWN, ROW))
    before = table(marked(made))
    for _ in range(2):
        again = send_file(PEOPLE, upload=SimpleUploadedFile("can-sua.xlsx", marked(made)), by=office)
        assert again.mapping == made.mapping
        read_file(again, by=office)
        again.refresh_from_db()
        assert again.counts == made.counts
        [row] = outcome_of(again).rows
        assert row.cells["name"] == "Nguyễn Văn An"
        after = table(marked(again))
        assert [after[0], *(row[1:] for row in after[1:])] == [before[0], *(row[1:] for row in before[1:])]
        made = again


def test_of_a_file_too_large_for_that_has_the_columns_read(office, monkeypatch):
    made = read(office, upload(OWN, ROW))
    monkeypatch.setattr(workbooks, "MOST_KEPT_CELLS", 9)
    content = marked(made)
    assert table(content)[0] == [
        "Dòng trong tệp",
        "Đồng chí",
        "Sinh ngày",
        "Phái",
        "Đơn vị",
        "Vào từ",
        "Vì sao cần sửa",
    ]
    texts = [cell.value for row in load_workbook(BytesIO(content)).active.iter_rows() for cell in row]
    assert any("chỉ có các cột được đọc" in str(text) for text in texts)


def test_no_number_is_written_that_is_none():
    assert as_cell(float("inf")) == "inf"
