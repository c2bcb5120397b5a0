"""The workbook, read back: real days and numbers, text that is never a formula, set up for printing."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from common.periods import Period
from common.workbooks import OfficeWorkbook, Year
from organizations.scope import Scope
from reports.catalogue import STANDARD
from reports.choices import choose
from reports.summary import summarize
from reports.workbook import summary_workbook
from tests import factories


def read(content: bytes):
    return load_workbook(BytesIO(content))


@pytest.mark.parametrize("text", ["=1+1", "+84 900", "-SUM(A1)", "@cmd", "\ttab", "\rreturn", "=HYPERLINK(0)"])
def test_text_that_begins_like_a_formula_stays_text(text):
    book = OfficeWorkbook(title="Thử", creator="Thử")
    book.add_table("Bảng", title=text, headings=["STT", text], rows=[(1, text)], widths=[5, 20], notes=[text])
    page = book.add_page("Trang", widths=[20, 20])
    page.heading(text)
    page.fact(text, text)
    page.paragraph(text)

    for sheet in read(book.to_bytes()):
        typed = [
            cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str) and cell.value != "STT"
        ]
        assert typed
        for cell in typed:
            assert cell.data_type == "s"
            assert cell.value.replace("\r", "\n").strip() == text.replace("\r", "\n").strip()
            assert cell.quotePrefix


def test_control_characters_do_not_break_the_workbook():
    book = OfficeWorkbook(title="Thử", creator="Thử")
    book.add_table("Bảng", title="Thử", headings=["STT", "Tên"], rows=[(1, "An\x00\x0bBình")], widths=[5, 20])

    [row] = [row for row in read(book.to_bytes())["Bảng"].iter_rows(values_only=True) if row[0] == 1]
    assert row[1] == "AnBình"


def test_year_is_a_number_without_the_dot_of_thousands():
    book = OfficeWorkbook(title="Thử", creator="Thử")
    rows = [(1, Year(1971)), (2, 1971)]
    book.add_table("Bảng", title="Thử", headings=["STT", "Năm sinh"], rows=rows, widths=[5, 20])

    [year, number] = [row[1] for row in read(book.to_bytes())["Bảng"].iter_rows() if row[1].value == 1971]
    assert year.number_format == "0"
    assert number.number_format == "#,##0"


@pytest.fixture
def book(db):
    bloc = factories.organization(code="KHOI", name="Đảng bộ Khối")
    place = factories.organization(bloc, name="Đảng bộ Sở Một")
    factories.term(place)
    factories.seated(factories.person(place, "Trần Văn Bình"), place, on=date(2022, 3, 10))
    frame = choose(scope=Scope.everything(), period=Period.of_year(2022), as_at=date(2026, 1, 1)).frame
    return read(summary_workbook(summarize(frame), made_by="Đỗ Thị Lập"))


def test_cover_says_what_when_and_by_whom(book):
    facts = {row[0]: row[1] for row in book["Bìa"].iter_rows(values_only=True) if row[0]}

    assert facts["Từ ngày"].date() == date(2022, 1, 1)
    assert facts["Đến hết ngày"].date() == date(2022, 12, 31)
    assert facts["Số liệu tính đến ngày"].date() == date(2026, 1, 1)
    assert facts["Người lập"] == "Đỗ Thị Lập"


def test_every_figure_has_a_sheet_of_its_records(book):
    sheets = [name for name in book.sheetnames if name not in ("Bìa", "Số liệu", "Báo cáo")]
    counting = [figure for figure in STANDARD if not figure.key.startswith("plan.")]

    assert len(sheets) == len(counting)
    assert [name[3:] for name in sheets] == [figure.sheet for figure in counting]


def test_records_carry_real_days_and_a_printable_header(book):
    [name] = [name for name in book.sheetnames if name.endswith("Bổ sung cấp ủy viên cơ sở")]
    sheet = book[name]
    header = next(row for row in sheet.iter_rows() if row[0].value == "STT")
    headings = [cell.value for cell in header]
    record = next(sheet.iter_rows(min_row=header[0].row + 1))
    values = dict(zip(headings, record, strict=True))

    assert values["Họ và tên"].value == "Trần Văn Bình"
    assert values["STT"].value == 1
    assert values["Ngày có hiệu lực"].is_date
    assert values["Ngày có hiệu lực"].number_format == "dd/mm/yyyy"
    assert sheet.freeze_panes == f"A{header[0].row + 1}"
    assert sheet.auto_filter.ref.startswith(f"A{header[0].row}:")
    assert sheet.print_title_rows == f"${header[0].row}:${header[0].row}"
    assert int(sheet.page_setup.paperSize) == 9  # A4
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.column_dimensions["B"].width > 15


def test_figures_sheet_links_to_the_records(book):
    sheet = book["Số liệu"]
    links = [
        cell.hyperlink.location or cell.hyperlink.ref for row in sheet.iter_rows() for cell in row if cell.hyperlink
    ]

    assert len(links) == len([name for name in book.sheetnames if name[:2].isdigit()])
