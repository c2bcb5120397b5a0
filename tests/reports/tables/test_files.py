"""Standard tables as Excel and Word, read back: real types, subtotals that are formulas, the code of the export."""

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import pytest
from docx import Document

from common.workbooks import Year
from reports.actions import start_export
from reports.files.excel import table_workbook
from reports.files.head import Head
from reports.files.word import table_paper
from reports.tables.base import Cell, Column, Group, Share, StandardTable, Table
from reports.tables.changes import TABLE, make
from tests import factories
from tests.files import text_of_word
from tests.reports.tables.sheets import sheet_of, subtotals, value_of

pytestmark = pytest.mark.django_db

COLUMNS = (
    Column("name", "Tổ chức đảng", 30),
    Column("day", "Ngày", 12, css="day", missing="chưa có số liệu"),
    Column("members", "Cấp ủy viên", 10, css="num", summed=True),
    Column("women", "Nữ", 8, css="num", summed=True),
    Column("known", "Biết giới tính", 8, css="num", summed=True, only_in_excel=True),
    Column("share", "Tỷ lệ nữ", 16, css="num", missing="chưa có số liệu", share=Share("women", "known")),
)


def row(name, day, members, women, known):
    return tuple(map(Cell, (name, day, members, women, known, None)))


SHARED = Table(
    columns=COLUMNS,
    groups=[
        Group("Cấp trên", [row("=Khối", date(2022, 3, 5), 15, 3, 12)]),
        Group(
            "Cơ sở",
            [row("Sở Một", None, 9, 2, 9), row("Sở Hai", date(2022, 1, 2), 0, 0, 0), row("Sở Ba", None, 1, None, None)],
        ),
    ],
    unit="tổ chức",
    notes=["Chỉ tính người đã biết."],
)
DEFINITION = StandardTable(
    key="thu", name="Biểu thử", sheet="Biểu thử", answers="", make=lambda frame, options: SHARED, of_period=True
)


@pytest.fixture
def head(changed) -> Head:
    frame = changed.frame()
    export = start_export(
        frame,
        by=factories.office(),
        table="thu",
        title="Biểu thử năm 2022",
        format="excel",
        filtered_by="Ban Chấp hành",
        address="/",
        names_planned_people=False,
    )
    return Head.of(export, frame, "Kỳ báo cáo: năm 2022")


class TestExcel:
    def test_values_keep_their_types_and_what_is_not_known_says_so(self, head):
        sheet = sheet_of(table_workbook(DEFINITION, SHARED, head))
        found = {line[1]: line for line in sheet.iter_rows(values_only=True) if line[0] in (1, 2, 3)}

        assert found["=Khối"][:6] == (1, "=Khối", datetime(2022, 3, 5), 15, 3, 12)
        assert found["Sở Một"][2] == "chưa có số liệu"
        assert found["Sở Hai"][3:6] == (0, 0, 0)
        assert found["Sở Ba"][5:] == ("—", "chưa có số liệu")

    def test_subtotals_and_shares_are_formulas(self, head):
        sheet = sheet_of(table_workbook(DEFINITION, SHARED, head))
        sums = [line[0].row for line in sheet.iter_rows(max_col=1) if line[0].value in ("Cộng", "Tổng")]

        assert subtotals(sheet) == {"Cộng": [1, 3], "Tổng": [4]}
        assert [value_of(sheet, f"D{line}") for line in sums] == [15, 10, 25]
        assert sheet[f"G{sums[-1]}"].value == f'=IF(N(F{sums[-1]})=0,"—",E{sums[-1]}/F{sums[-1]})'
        assert sheet[f"G{sums[-1]}"].number_format == "0.00%"
        assert sheet[f"B{sums[0]}"].number_format == '#,##0" tổ chức"'

    def test_it_says_of_what_when_filtered_by_what_by_whom_and_under_which_code(self, head):
        content = table_workbook(DEFINITION, SHARED, head)
        sheet = sheet_of(content)
        text = "\n".join(str(line[0]) for line in sheet.iter_rows(max_col=1, values_only=True))

        assert "Đảng bộ Khối và các tổ chức trực thuộc. Kỳ báo cáo: năm 2022; số liệu tính đến ngày 15/01/2023" in text
        assert "Lọc theo: Ban Chấp hành." in text
        assert f"Người lập: {factories.office()}" in text
        assert text.count(head.code) == 1
        assert sheet.oddFooter.left.text == f"Mã {head.code}"

    def test_it_is_set_up_for_printing_with_its_header_frozen_and_repeated(self, head):
        sheet = sheet_of(table_workbook(DEFINITION, SHARED, head))
        top = sheet.print_title_rows.strip("$").split(":")[0].strip("$")

        assert sheet[f"B{top}"].value == "Tổ chức đảng"
        assert sheet.freeze_panes == f"A{int(top) + 1}"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.auto_filter.ref.startswith(f"A{top}:G")

    def test_notes_stand_beneath_so_that_the_frozen_header_leaves_room(self, head):
        sheet = sheet_of(table_workbook(DEFINITION, SHARED, head))
        lines = [line[0] for line in sheet.iter_rows(max_col=1, values_only=True)]

        assert lines.index("Chỉ tính người đã biết.") > lines.index("Tổng")
        assert int(sheet.freeze_panes[1:]) <= 7

    def test_an_empty_table_says_that_nothing_is_there(self, head):
        empty = Table(COLUMNS, [], "tổ chức")
        sheet = sheet_of(table_workbook(DEFINITION, empty, head))

        assert DEFINITION.empty in [line[0] for line in sheet.iter_rows(max_col=1, values_only=True)]
        assert subtotals(sheet) == {"Cộng": [], "Tổng": []}

    def test_the_subtotals_of_changes_are_the_figures(self, head, changed):
        table = make(changed.frame(), {})
        sheet = sheet_of(table_workbook(TABLE, table, head))

        assert subtotals(sheet) == {"Cộng": [group.value for group in table.groups], "Tổng": [table.count]}


class TestWord:
    def rows(self, content: bytes) -> list[list[str]]:
        widest = max(Document(BytesIO(content)).tables, key=lambda table: len(table.rows))
        return [[cell.text for cell in line.cells] for line in widest.rows]

    def test_lines_are_written_as_the_office_writes_them(self, head):
        rows = self.rows(table_paper(DEFINITION, SHARED, head))

        assert rows[0] == ["STT", "Tổ chức đảng", "Ngày", "Cấp ủy viên", "Nữ", "Tỷ lệ nữ"]
        assert rows[1][0] == "Cấp trên"
        assert rows[2] == ["1", "=Khối", "05/3/2022", "15", "3", "25,00 % (3/12)"]
        assert rows[3] == ["Cộng", "1 tổ chức", "", "15", "3", "25,00 % (3/12)"]
        assert rows[5] == ["1", "Sở Một", "chưa có số liệu", "9", "2", "22,22 % (2/9)"]
        assert [line[-1] for line in rows[6:8]] == ["—", "chưa có số liệu"]
        assert rows[-1] == ["Tổng", "4 tổ chức", "", "25", "5", "23,81 % (5/21)"]

    def test_it_has_the_party_form_and_says_the_same_of_itself(self, head):
        text = text_of_word(table_paper(DEFINITION, SHARED, head))

        for said in ("ĐẢNG CỘNG SẢN VIỆT NAM", "BIỂU KÈM BÁO CÁO", "Biểu thử năm 2022", "Lọc theo: Ban Chấp hành."):
            assert said in text
        assert text.index("Tổng") < text.index("Chỉ tính người đã biết.")  # notes stand beneath
        assert f"Mã bản xuất: {head.code}." in text
        assert "{" not in text

    def test_columns_are_as_wide_as_they_ask_for(self, head):
        content = table_paper(DEFINITION, SHARED, head)
        widest = max(Document(BytesIO(content)).tables, key=lambda table: len(table.rows))
        number, name, day, members, _, share = (column.width.mm for column in widest.columns)

        assert (number, day, members, share) == pytest.approx((12, 19, 14, 26), abs=0.1)
        assert name == pytest.approx(252 - 12 - 19 - 2 * 14 - 26, abs=0.2)

    def test_the_head_and_the_foot_keep_their_form_beside_a_table_of_as_many_columns(self, head):
        narrow = Table((Column("name", "Họ và tên", 20),), [Group("", [(Cell("Lê Văn An"),)])], "đồng chí")
        paper = Document(BytesIO(table_paper(DEFINITION, narrow, head)))

        beside = paper.tables[0].rows[0].cells[1]
        assert beside.paragraphs[0].runs[0].font.size.pt == 15  # ĐẢNG CỘNG SẢN VIỆT NAM
        assert [column.width.mm for column in paper.tables[0].columns] == pytest.approx([166, 86], abs=0.5)
        assert self.rows(table_paper(DEFINITION, narrow, head))[1] == ["1", "Lê Văn An"]

    def test_of_what_stood_on_a_day_no_other_day_is_told(self, head):
        stock = replace(head, told="", of_period=False)
        text = text_of_word(table_paper(DEFINITION, SHARED, stock))

        assert "số liệu tính đến ngày" not in text.lower()
        assert "Đảng bộ Khối và các tổ chức trực thuộc. Trạng thái sổ: Đang mở." in text

    def test_a_table_of_many_columns_and_an_empty_one_come_out(self, head):
        many = tuple(Column(f"c{number}", f"Cột {number}", 10) for number in range(16))
        wide = Table(many, [Group("", [tuple(Cell(Year(2000 + number)) for number in range(16))])], "dòng")

        content = table_paper(DEFINITION, wide, head)
        assert self.rows(content)[1] == ["1", *map(str, range(2000, 2016))]
        widest = max(Document(BytesIO(content)).tables, key=lambda table: len(table.columns))
        assert {run.font.size.pt for run in widest.rows[1].cells[1].paragraphs[0].runs} == {8}
        assert DEFINITION.empty in text_of_word(table_paper(DEFINITION, Table(COLUMNS, [], "dòng"), head))
