"""Workbooks to fill in and workbooks given back: drop-down lists, notes, an example, faults in red."""

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from common.sheets import open_workbook
from common.workbooks import DECIMAL_FORMAT, FAULT_FILL, FormColumn, OfficeWorkbook

COLUMNS = [
    FormColumn("STT", 8),
    FormColumn("Họ và tên", 28, note="Ghi đủ họ và tên.", must=True),
    FormColumn("Số thẻ", 14, as_typed=True),
    FormColumn("Nam/Nữ", 8, choices=("Nam", "Nữ")),
]
EXAMPLE = ("Ví dụ", "Nguyễn Văn A", "01234567", "Nam")


def form(columns=COLUMNS, example=EXAMPLE) -> bytes:
    book = OfficeWorkbook(title="Thử", creator="Thử")
    book.add_form("Ghi vào đây", title="Mẫu", columns=columns, example=example, blank_rows=3, notes=["Một dòng."])
    return book.to_bytes()


def first_sheet(content: bytes):
    return load_workbook(BytesIO(content)).worksheets[0]


class TestForms:
    def test_headings_say_what_is_needed_and_how_to_fill_it_in(self):
        sheet = first_sheet(form())
        assert [cell.value for cell in sheet[4]] == ["STT", "Họ và tên *", "Số thẻ", "Nam/Nữ"]
        assert sheet["B4"].comment.text == "Ghi đủ họ và tên."
        assert sheet["A4"].comment is None

    def test_a_drop_down_list_covers_the_blank_rows(self):
        [rule] = first_sheet(form()).data_validations.dataValidation
        assert (rule.type, rule.formula1, str(rule.sqref)) == ("list", '"Nam,Nữ"', "D6:D8")
        assert rule.showErrorMessage

    def test_what_is_typed_as_text_keeps_its_zeros(self):
        sheet = first_sheet(form())
        assert {sheet[f"C{row}"].number_format for row in (6, 7, 8)} == {"@"}
        assert sheet["B6"].number_format == "General"

    def test_the_example_stands_out_and_the_blank_rows_are_empty(self):
        sheet = first_sheet(form())
        assert [cell.value for cell in sheet[5]] == list(EXAMPLE)
        assert sheet["B5"].font.italic
        assert [cell.value for row in sheet["A6:D8"] for cell in row] == [None] * 12

    def test_a_list_that_excel_could_not_read_is_refused(self):
        for choices in (["một, hai"], ['một "hai"'], ["x" * 200, "y" * 60]):
            with pytest.raises(ValueError, match="drop-down"):
                form([FormColumn("Cột", 8, choices=choices)], ("Ví dụ",))

    def test_is_found_again_by_the_reader(self):
        table = open_workbook(form()).table(headings={"name": ["Họ và tên"], "card": ["Số thẻ"]}, required=["name"])
        assert [(row.number, row["name"].value, row["card"].value) for row in table.rows] == [
            (5, "Nguyễn Văn A", "01234567")
        ]


class TestFaults:
    def test_a_faulty_cell_is_red_and_says_why(self):
        book = OfficeWorkbook(title="Thử", creator="Thử")
        rows = [(1, "An"), (2, "=1+1")]
        faults = {(1, 1): "Không có ai tên này.\x00"}
        book.add_table("Bảng", title="Thử", headings=["STT", "Tên"], rows=rows, widths=[5, 20], faults=faults)
        sheet = first_sheet(book.to_bytes())
        right, wrong = sheet["B4"], sheet["B5"]
        assert (wrong.value, wrong.data_type, wrong.fill.fgColor.rgb) == ("=1+1", "s", FAULT_FILL.fgColor.rgb)
        assert wrong.comment.text == "Không có ai tên này."
        assert right.comment is None
        assert right.fill.fill_type is None

    @pytest.mark.parametrize(("width", "paper"), [(215, "9"), (216, "8")], ids=["A4", "A3"])
    def test_a_table_too_wide_to_read_on_a4_goes_on_a3(self, width, paper):
        book = OfficeWorkbook(title="Thử", creator="Thử")
        book.add_table("Bảng", title="Thử", headings=["STT", "Tên"], rows=[(1, "An")], widths=[5, width])
        assert str(first_sheet(book.to_bytes()).page_setup.paperSize) == paper


class TestNumbers:
    def test_a_number_with_decimals_stays_a_number(self):
        book = OfficeWorkbook(title="Thử", creator="Thử")
        rows = [(1, Decimal("1.50")), (2, Decimal("47.3"))]
        book.add_table("Bảng", title="Bảng", headings=["STT", "Hệ số"], rows=rows, widths=[8, 8])
        cells = [row[1] for row in first_sheet(book.to_bytes()).iter_rows(min_row=4)]

        assert [(cell.value, cell.number_format) for cell in cells] == [(1.5, DECIMAL_FORMAT), (47.3, DECIMAL_FORMAT)]
        assert {cell.alignment.horizontal for cell in cells} == {"right"}
