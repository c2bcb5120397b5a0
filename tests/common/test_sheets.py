"""Tables in workbooks that users send: found by their headings, read row by row."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from common.errors import Refused
from common.sheets import CellError, day, filled, open_workbook, text, whole_number
from common.vietnamese import normalize
from common.workbooks import OfficeWorkbook, Year
from tests.files import upload

WANTED = {"name": ["Họ và tên", "Họ tên"], "born": ["Ngày sinh", "Năm sinh"], "post": ["Chức danh quy hoạch"]}


def workbook(rows, *, merged=(), name="Danh sách", more=None, hidden=()) -> bytes:
    """Return a workbook with a sheet of the rows; `more` are other sheets, {name: rows}."""
    book, stream = Workbook(), BytesIO()
    book.remove(book.active)
    for each, lines in {name: rows, **(more or {})}.items():
        sheet = book.create_sheet(each)
        for line in lines:
            sheet.append(line)
        sheet.sheet_state = "hidden" if each in hidden else "visible"
    for cells in merged:
        book[name].merge_cells(cells)
    book.save(stream)
    return stream.getvalue()


def table(rows, *, merged=(), wanted=WANTED, required=("name",)):
    return open_workbook(workbook(rows, merged=merged)).table(headings=wanted, required=required)


def shown(found, key="name") -> list[tuple[int, str]]:
    return [(row.number, row[key].shown) for row in found.rows]


class TestWorkbook:
    def test_it_tells_its_visible_sheets_and_its_checksum(self):
        content = workbook([["a"]], more={"Danh mục": [["x"]], "Năm 2025": [["b"]]}, hidden=["Danh mục"])

        sheets = open_workbook(upload(content, "Quy hoạch.xlsx"))

        assert sheets.names == ["Danh sách", "Năm 2025"]
        assert sheets.name == "Quy hoạch.xlsx"
        assert len(sheets.sha256) == 64

    def test_reading_leaves_the_upload_at_its_beginning(self):
        sent = ContentFile(workbook([["a"]]), name="a.xlsx")
        sent.read()
        open_workbook(sent)

        assert sent.read(2) == b"PK"

    def test_rows_keep_their_numbers_and_empty_ones_are_left_out(self):
        sheets = open_workbook(workbook([[], [None, " Lê\u00a0 B\n"], [], ["", "  "], [1, None, True]]))

        assert list(sheets.rows("Danh sách")) == [(2, (None, "Lê B", None)), (5, (1, None, True))]

    def test_an_empty_sheet_has_no_rows_and_no_table(self):
        sheets = open_workbook(workbook([]))

        assert list(sheets.rows("Danh sách")) == []
        with pytest.raises(Refused, match="Trang “Danh sách” không có dòng tiêu đề trong 30 dòng đầu"):
            sheets.table(headings=WANTED, required=["name"])

    def test_a_workbook_whose_sheets_are_all_hidden_is_refused(self):
        book = Workbook()
        chart = book.create_chartsheet("Biểu đồ")
        book.active = chart
        book["Sheet"].sheet_state = "hidden"
        stream = BytesIO()
        book.save(stream)

        with pytest.raises(Refused, match="không có trang tính nào hiện ra"):
            open_workbook(stream.getvalue())


class TestWhichSheet:
    LIST = [["Họ và tên"], ["Lê A"]]

    def test_without_a_name_the_sheet_that_fits_is_taken(self):
        sheets = open_workbook(workbook([["Hướng dẫn"]], more={"Dữ liệu": self.LIST}))

        assert sheets.table(headings=WANTED, required=["name"]).sheet == "Dữ liệu"

    def test_two_sheets_that_fit_are_not_guessed_between(self):
        sheets = open_workbook(workbook(self.LIST, more={"Dữ liệu": self.LIST}))

        with pytest.raises(Refused, match="Các trang “Danh sách”, “Dữ liệu” đều có những cột cần nhập"):
            sheets.table(headings=WANTED, required=["name"])

    def test_a_sheet_is_found_by_its_name_without_accents(self):
        sheets = open_workbook(workbook(self.LIST, more={"Dữ liệu": self.LIST}))

        assert sheets.table("du lieu", headings=WANTED).sheet == "Dữ liệu"
        with pytest.raises(Refused, match=r"không có trang “Khác”\. Các trang trong tệp: “Danh sách”, “Dữ liệu”"):
            sheets.table("Khác", headings=WANTED)

    def test_of_sheets_that_do_not_fit_the_likeliest_is_spoken_of(self):
        sheets = open_workbook(workbook([["Hướng dẫn"]], more={"Dữ liệu": [["Họ và tên", "Quê quán"]]}))

        with pytest.raises(Refused, match="Trang “Dữ liệu”, dòng tiêu đề 1: thiếu cột “Ngày sinh”"):
            sheets.table(headings=WANTED, required=["name", "born"])


class TestHeadings:
    @pytest.mark.parametrize(
        "heading",
        ["Họ và tên", "HỌ VÀ TÊN", "họ  và\ntên", " Ho va ten:", "Họ tên", "Họ và tên (*)", "Họ và tên (chữ in hoa)"],
    )
    def test_a_heading_is_known_without_regard_to_case_accents_spaces_and_notes(self, heading):
        assert table([["TT", heading], [1, "Lê A"]]).columns == {"name": normalize(heading)}

    def test_titles_and_notes_may_stand_above_the_header(self):
        found = table(
            [["TỈNH ỦY …"], [], ["DANH SÁCH QUY HOẠCH"], ["(Kèm theo tờ trình)"], ["TT", "Họ tên"], [1, "Lê A"]]
        )

        assert found.header == 5
        assert shown(found) == [(6, "Lê A")]

    def test_the_header_is_not_searched_for_without_end(self):
        rows = [["ghi chú"]] * 29 + [["Họ tên"], ["Lê A"]]
        assert table(rows).header == 30

        with pytest.raises(Refused, match=r"không có dòng tiêu đề trong 30 dòng đầu\. Cần có các cột: “Họ và tên”"):
            table([["ghi chú"], ["ghi chú"], *rows])

    def test_headings_that_are_not_used_are_told(self):
        assert table([["TT", "Họ tên", "Số thẻ"], [1, "Lê A", "12"]]).unknown == ["TT", "Số thẻ"]

    def test_required_columns_that_are_missing_are_named(self):
        with pytest.raises(Refused, match="dòng tiêu đề 2: thiếu cột “Ngày sinh”, “Chức danh quy hoạch”"):
            table([["DANH SÁCH"], ["Họ tên"], ["Lê A"]], required=["name", "born", "post"])

    def test_a_column_that_may_be_missing_reads_as_empty(self):
        [row] = table([["Họ tên"], ["Lê A"]]).rows

        assert row["born"].is_empty
        assert row["born"].heading == "Ngày sinh"

    def test_two_columns_for_one_are_refused(self):
        with pytest.raises(Refused, match="cột B “Họ tên” và cột D “Họ và tên” đều là cột “Họ và tên”"):
            table([["TT", "Họ tên", "Ngày sinh", "Họ và tên"], [1, "Lê A", None, "Lê B"]])

    def test_headings_that_differ_in_accents_alone_are_told_apart_by_them(self):
        wanted = {"man": ["Nam"], "year": ["Năm"]}

        assert table([["Năm", "NAM"], [1, 2]], wanted=wanted, required=["man"]).columns == {"man": "NAM", "year": "Năm"}


class TestMergedHeadings:
    TWO_ROWS = [
        ["TT", "Họ và tên", "Ngày sinh", None, "Chức danh"],
        [None, None, "Nam", "Nữ", None],
        [1, "Lê A", "1980", None, "Bí thư"],
    ]
    WANTED = {"name": ["Họ và tên"], "man": ["Ngày sinh nam"], "woman": ["Ngày sinh nữ"], "post": ["Chức danh"]}

    @pytest.mark.parametrize("merged", [[], ["A1:A2", "B1:B2", "C1:D1", "E1:E2"]])
    def test_a_heading_of_two_rows_is_read_downwards(self, merged):
        wanted = WANTED | {"man": ["Nam"], "woman": ["Nữ"], "post": ["Chức danh"]}

        found = table(self.TWO_ROWS, merged=merged, wanted=wanted, required=["name", "man", "woman", "post"])

        assert found.header == 2
        assert shown(found) == [(3, "Lê A")]

    def test_a_heading_is_known_together_with_the_one_above_it(self):
        merged = ["A1:A2", "B1:B2", "C1:D1", "E1:E2"]

        found = table(self.TWO_ROWS, merged=merged, wanted=self.WANTED, required=["name", "man"])

        assert found.columns == {"name": "Họ và tên", "man": "Nam", "woman": "Nữ", "post": "Chức danh"}
        assert found.unknown == ["TT"]

    def test_equal_headings_are_told_apart_by_what_stands_above(self):
        rows = [
            ["Họ tên", "Hiện nay", None, "Quy hoạch", None],
            [None, "Chức danh", "Đơn vị", "Chức danh", "Đơn vị"],
            ["Lê A", "Phó Bí thư", "Xã B", "Bí thư", "Xã C"],
        ]
        wanted = {"name": ["Họ tên"], "post": ["Quy hoạch chức danh"], "present": ["Hiện nay chức danh"]}

        found = table(rows, merged=["A1:A2", "B1:C1", "D1:E1"], wanted=wanted)

        assert shown(found, "post") == [(3, "Bí thư")]
        assert shown(found, "present") == [(3, "Phó Bí thư")]

    def test_columns_under_one_merged_heading_are_joined(self):
        rows = [["TT", "Họ và tên", None, "Ngày sinh"], [1, "Nguyễn Văn", "An", 1980], [2, "Lê B", None, 1981]]

        found = table(rows, merged=["B1:C1"])

        assert shown(found) == [(2, "Nguyễn Văn An"), (3, "Lê B")]
        assert found.unknown == ["TT"]

    def test_values_that_cannot_be_joined_are_no_guess(self):
        [row] = table([["Họ và tên", "Ngày sinh", None], ["Lê A", date(1980, 1, 2), 5]], merged=["B1:C1"]).rows

        with pytest.raises(CellError, match="gộp nhiều cột"):
            day(row["born"])

    def test_a_header_of_three_merged_rows_is_read(self):
        rows = [
            ["TT", "Họ tên", "Quy hoạch"],
            [None, None, "Nhiệm kỳ"],
            [None, None, "Chức danh"],
            [1, "Lê A", "Bí thư"],
        ]
        wanted = {"name": ["Họ tên"], "post": ["Chức danh"]}

        found = table(rows, merged=["A1:A3", "B1:B3"], wanted=wanted, required=["name", "post"])

        assert (found.header, shown(found, "post")) == (3, [(4, "Bí thư")])


class TestRows:
    @pytest.mark.parametrize("marks", [["(1)", "(2)", "(3)"], [1, 2, 3], ["A", "B", 1], ["1", "2", "3"]])
    def test_a_row_that_numbers_the_columns_is_left_out(self, marks):
        assert shown(table([["TT", "Họ tên", "Ngày sinh"], marks, [1, "Lê A", 1980]])) == [(3, "Lê A")]

    def test_a_row_that_is_filled_in_like_that_but_not_quite_is_kept(self):
        assert shown(table([["TT", "Họ tên", "Ngày sinh"], [1, "3", "2"]])) == [(2, "3")]

    def test_a_row_with_one_filled_cell_says_so(self):
        rows = [["TT", "Họ tên"], ["I. Ban Chấp hành"], [1, "Lê A"], [None, "Người lập biểu"]]

        assert [row.lone_text for row in table(rows, merged=["A2:B2"]).rows] == [
            "I. Ban Chấp hành",
            "",
            "Người lập biểu",
        ]

    def test_a_cell_merged_over_rows_speaks_for_all_of_them(self):
        rows = [["Họ tên", "Chức danh quy hoạch"], ["Lê A", "Bí thư"], ["Lê B"], [], ["Lê C"], ["Lê D"]]

        found = table(rows, merged=["B2:B5"])

        assert shown(found, "post") == [(2, "Bí thư"), (3, "Bí thư"), (5, "Bí thư"), (6, "")]

    def test_rows_can_be_gone_through_twice(self):
        found = table([["Họ tên"], ["Lê A"]])

        assert shown(found) == shown(found) == [(2, "Lê A")]

    def test_a_row_is_read_at_once_with_all_its_errors(self):
        [row] = table([["Họ tên", "Ngày sinh", "Chức danh quy hoạch"], ["Lê A", "31/2/1980", None]]).rows

        values, errors = row.read({"name": text, "born": day, "post": lambda cell: text(filled(cell))})

        assert values == {"name": "Lê A"}
        assert [(error.cell.row, error.cell.heading, error.cell.shown) for error in errors] == [
            (2, "Ngày sinh", "31/2/1980"),
            (2, "Chức danh quy hoạch", ""),
        ]
        assert str(errors[1]) == ("Trang “Danh sách”, dòng 2, cột “Chức danh quy hoạch”: Ô này không được để trống.")


class TestFormulas:
    def test_a_formula_without_result_is_an_error_and_not_an_empty_cell(self):
        [row, below] = table([["Họ tên", "Ngày sinh"], ["Lê A", "=DATE(1980,3,5)"], [None, "=B2"]]).rows

        for each in (row, below):
            with pytest.raises(CellError, match=r"công thức chưa có kết quả\. Hãy mở tệp bằng Excel rồi lưu lại"):
                day(each["born"])

    def test_text_that_begins_like_a_formula_is_text(self):
        book = OfficeWorkbook(title="t", creator="c")
        book.add_table("A", title="T", headings=["TT", "Họ tên"], rows=[[1, "=1+1"]], widths=[5, 20])

        assert shown(open_workbook(book.to_bytes()).table(headings=WANTED)) == [(4, "=1+1")]


# "_x0041_" is how Excel writes a letter by its number; openpyxl leaves it as it is, and readers take it for an A.
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"], exclude_characters="_"), max_size=40)
NUMBERS = st.integers(0, 2_147_483_647)
DAYS = st.dates(date(1910, 1, 1), date(2100, 12, 31))
LINES = st.lists(
    st.tuples(TEXTS, st.none() | NUMBERS, st.none() | DAYS, st.none() | st.integers(1900, 2100)), max_size=6
)


@settings(max_examples=60, deadline=None)
@given(LINES)
def test_what_the_office_writes_is_read_back_equal(lines):
    book = OfficeWorkbook(title="t", creator="c")
    rows = [[n, words, number, on, year and Year(year)] for n, (words, number, on, year) in enumerate(lines, start=1)]
    book.add_table(
        "Danh sách",
        title="BÁO CÁO",
        notes=["Ghi chú"],
        headings=["STT", "Chữ", "Số", "Ngày", "Năm"],
        rows=rows,
        widths=[9] * 5,
    )
    wanted = {"order": ["STT"], "words": ["Chữ"], "number": ["Số"], "day": ["Ngày"], "year": ["Năm"]}
    readers = {"order": whole_number, "words": text, "number": whole_number, "day": day, "year": day}

    found = open_workbook(book.to_bytes()).table(headings=wanted, required=list(wanted))

    read = [row.read(readers) for row in found.rows]
    assert [errors for _, errors in read] == [[] for _ in lines]
    assert [values for values, _ in read] == [
        {
            "order": n,
            "words": seen(words),
            "number": number,
            "day": on and (on, "day"),
            "year": year and (date(year, 1, 1), "year"),
        }
        for n, (words, number, on, year) in enumerate(lines, start=1)
    ]


def seen(words: str) -> str:
    """Return a text as it is kept: letters that nobody sees are left out."""
    return normalize("".join(char for char in words if char.isprintable() or char.isspace()))
