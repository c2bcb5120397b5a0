"""Excel workbooks of the office: one writer for all, with real days and numbers, and text that is never a formula."""

import math
import re
from collections.abc import Collection, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from common.progress import counted

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FONT = "Times New Roman"
DAY_FORMAT = "dd/mm/yyyy"
NUMBER_FORMAT = "#,##0"
DECIMAL_FORMAT = "#,##0.0#"
YEAR_FORMAT = "0"
STARTS_A_FORMULA = re.compile(r"^[=+\-@\t\r]")
RULE = Side(style="thin", color="999999")
GRID = Border(left=RULE, right=RULE, top=RULE, bottom=RULE)
HEADING_FILL = PatternFill("solid", fgColor="F3E9E2")
GROUP_FILL = PatternFill("solid", fgColor="F7F5F2")
FAULT_FILL = PatternFill("solid", fgColor="F8D7DA")
EXAMPLE_FILL = PatternFill("solid", fgColor="EDEDED")
RED = "A51D1D"
GREY = "666666"
TEXT_FORMAT = "@"
WIDEST_ON_A4 = 220  # characters; a table that is wider would be too small to read
LONGEST_LIST = 255  # characters of a drop-down list that stands in the sheet itself
TOP_LEFT = Alignment(vertical="top", horizontal="left", wrap_text=True)
MARGIN = 20 / 25.4  # 20 mm, in inches as workbooks want it


class Year(int):
    """A year: a number, written without the dot of thousands."""


@dataclass(frozen=True)
class Formula:
    """A formula without its equals sign, in Excel's English names; `format` is that of the number it comes to."""

    text: str
    format: str = NUMBER_FORMAT


@dataclass(frozen=True)
class FormColumn:
    """A column of a table to be filled in. `note` says how, on the heading; `choices` drop down, `must` means needed.

    `as_typed` keeps what is typed as text: a card number its zeros, a birthday its order of day and month.
    """

    heading: str
    width: int
    note: str = ""
    choices: Sequence[str] = ()
    must: bool = False
    as_typed: bool = False

    @property
    def label(self) -> str:
        return f"{self.heading} *" if self.must else self.heading


class OfficeWorkbook:
    """A workbook in the office's style. Add sheets, then take `to_bytes()`."""

    def __init__(self, *, title: str, creator: str) -> None:
        self.book = Workbook()
        self.book.remove(self.book.active)
        self.book.properties.title = title
        self.book.properties.creator = creator

    def add_page(self, name: str, *, widths: Sequence[int]) -> "Page":
        """Add an upright sheet that is read like a page: facts or prose, written line by line."""
        sheet = self._add(name, landscape=False)
        _set_widths(sheet, widths)
        return Page(sheet, widths)

    def add_table(
        self,
        name: str,
        *,
        title: str,
        headings: Sequence[str],
        rows: Sequence[Sequence[object]],
        widths: Sequence[int],
        notes: Sequence[str] = (),
        indents: Sequence[int] = (),
        faults: Mapping[tuple[int, int], str] = {},
        across: Collection[int] = (),
        bold: Collection[int] = (),
        footnotes: Sequence[str] = (),
    ) -> Worksheet:
        """Add a lying sheet with a title, notes, and a table with filter and frozen, repeated header.

        The first column numbers the rows. `indents`, one for each row, shift the second column; 0 makes it bold.
        `faults` say what is wrong in cells, which become red, by row and column counted from 0. By row counted from 0,
        those `across` are headings of groups, written over the whole width, and those in `bold` are sums. `footnotes`
        stand beneath the table, where many would leave no room to scroll above the frozen header.
        """
        sheet = self._add(name, landscape=True)
        _set_widths(sheet, widths)
        if sum(widths) > WIDEST_ON_A4:
            sheet.page_setup.paperSize = sheet.PAPERSIZE_A3
        _write_across(sheet, 1, title, widths, font=Font(name=FONT, size=14, bold=True))
        for row, note in enumerate(notes, start=2):
            _write_across(sheet, row, note, widths, font=Font(name=FONT, size=11, italic=True))
        header = first_row(notes) - 1
        for column, heading in enumerate(headings, start=1):
            cell = _write(sheet.cell(header, column), heading, font=Font(name=FONT, size=11, bold=True), border=GRID)
            cell.fill = HEADING_FILL
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        _write_rows(sheet, header + 1, rows, indents)
        for row in range(header, header + 1 + len(rows)):
            _fit_height(sheet, row, widths)
        for row in across:
            _head_a_group(sheet, header + 1 + row, widths)
        for row in bold:
            _make_bold(sheet, header + 1 + row, len(headings))
        for row, note in enumerate(footnotes, start=header + 2 + len(rows)):
            _write_across(sheet, row, note, widths, font=Font(name=FONT, size=11, italic=True))
        for (row, column), reason in faults.items():
            _mark(sheet.cell(header + 1 + row, column + 1), reason)
        last_column = get_column_letter(len(headings))
        sheet.freeze_panes = sheet.cell(header + 1, 1)
        sheet.auto_filter.ref = f"A{header}:{last_column}{header + max(len(rows), 1)}"
        sheet.print_title_rows = f"{header}:{header}"
        return sheet

    def add_form(
        self,
        name: str,
        *,
        title: str,
        columns: Sequence[FormColumn],
        example: Sequence[object],
        blank_rows: int,
        notes: Sequence[str] = (),
    ) -> Worksheet:
        """Add a table to be filled in: notes and drop-down lists, one grey row of `example`, then blank rows."""
        blank = (None,) * len(columns)
        sheet = self.add_table(
            name,
            title=title,
            notes=notes,
            headings=[column.label for column in columns],
            rows=[example, *[blank] * blank_rows],
            widths=[column.width for column in columns],
        )
        header = first_row(notes) - 1
        first, last = header + 2, header + 1 + blank_rows
        for index, column in enumerate(columns, start=1):
            if column.note:
                sheet.cell(header, index).comment = _comment(column.note)
            cell = sheet.cell(header + 1, index)
            cell.fill, cell.font = EXAMPLE_FILL, Font(name=FONT, size=11, italic=True, color=GREY)
            letter = get_column_letter(index)
            if column.choices:
                _offer(sheet, f"{letter}{first}:{letter}{last}", column)
            for row in range(first, last + 1) if column.as_typed else ():
                sheet.cell(row, index).number_format = TEXT_FORMAT
        return sheet

    def to_bytes(self) -> bytes:
        stream = BytesIO()
        self.book.save(stream)
        return stream.getvalue()

    def _add(self, name: str, *, landscape: bool) -> Worksheet:
        sheet = self.book.create_sheet(ILLEGAL_CHARACTERS_RE.sub("", name))
        setup = sheet.page_setup
        setup.paperSize = sheet.PAPERSIZE_A4
        setup.orientation = sheet.ORIENTATION_LANDSCAPE if landscape else sheet.ORIENTATION_PORTRAIT
        setup.fitToWidth, setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        margins = sheet.page_margins
        margins.top = margins.bottom = margins.left = margins.right = MARGIN
        sheet.oddFooter.center.text = "Trang &P/&N"
        sheet.sheet_view.showGridLines = False
        return sheet


class Page:
    """A sheet that is written downwards."""

    def __init__(self, sheet: Worksheet, widths: Sequence[int]) -> None:
        self.sheet = sheet
        self.widths = widths
        self.row = 0

    def heading(self, text: str) -> None:
        self.row += 1
        _write_across(self.sheet, self.row, text, self.widths, font=Font(name=FONT, size=14, bold=True))

    def fact(self, label: str, value: object) -> None:
        """Write a label in the first column and its value in the second."""
        self.row += 1
        _write(self.sheet.cell(self.row, 1), label, font=Font(name=FONT, size=12, bold=True))
        _write(self.sheet.cell(self.row, 2), value, font=Font(name=FONT, size=12)).alignment = TOP_LEFT
        _fit_height(self.sheet, self.row, self.widths)

    def paragraph(self, text: str) -> None:
        self.row += 1
        _write_across(self.sheet, self.row, text, self.widths, font=Font(name=FONT, size=13))

    def gap(self) -> None:
        self.row += 1


def first_row(notes: Sequence[str]) -> int:
    """Return the number, in Excel's counting, of the first row of a table that has so many notes above it."""
    return 4 + len(notes)


def _set_widths(sheet: Worksheet, widths: Sequence[int]) -> None:
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def _write_across(sheet: Worksheet, row: int, text: str, widths: Sequence[int], *, font: Font) -> None:
    """Write a text over the whole width of the sheet."""
    _write(sheet.cell(row, 1), text, font=font)
    if len(widths) > 1:
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(widths))
    sheet.row_dimensions[row].height = _height(text, sum(widths), font)


def _fit_height(sheet: Worksheet, row: int, widths: Sequence[int]) -> None:
    """Make a row as high as its highest cell; not every program measures wrapped text by itself."""
    cells = [sheet.cell(row, column) for column in range(1, len(widths) + 1)]
    texts = ["" if cell.data_type == "f" else str(cell.value or "") for cell in cells]
    heights = [_height(text, width, cell.font) for text, width, cell in zip(texts, widths, cells, strict=True)]
    sheet.row_dimensions[row].height = max(heights)


def _height(text: str, width: int, font: Font) -> float:
    """Return the height in points of a text in a column of `width` (characters of an 11 point font)."""
    in_a_line = max(int(width * 11 / font.size * 1.05), 1)
    return math.ceil(max(len(text), 1) / in_a_line) * font.size * 1.35 + 4


def _write_rows(sheet: Worksheet, top: int, rows: Sequence[Sequence[object]], indents: Sequence[int]) -> None:
    """Write the rows of a table from row `top` on.

    Cells alike share the style made for the first of them: to make one for each would take many times as long.
    """
    styles: dict[tuple, StyleArray] = {}
    for offset, row in enumerate(counted(rows)):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(top + offset, column)
            indent = indents[offset] if indents and column == 2 else None
            kind = value.format if isinstance(value, Formula) else type(value)
            alike = (column == 1, indent, kind, _looks_like_a_formula(value))
            if alike in styles:
                _put(cell, value)
                cell._style = copy(styles[alike])
                continue
            _write(cell, value, border=GRID)
            if column == 1:
                cell.alignment = Alignment(horizontal="center", vertical="top")
            elif indent is not None:
                cell.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True, indent=indent)
                cell.font = Font(name=FONT, size=11, bold=indent == 0)
            styles[alike] = copy(cell._style)


def _write(cell: Cell, value: object, *, font: Font | None = None, border: Border | None = None) -> Cell:
    """Put a value into a cell as what it is; text stays text even where it begins like a formula."""
    _put(cell, value)
    cell.quotePrefix = _looks_like_a_formula(value)
    is_number = isinstance(value, int | Decimal | Formula) and not isinstance(value, bool)
    if isinstance(value, date):
        cell.number_format = DAY_FORMAT
    elif isinstance(value, Formula):
        cell.number_format = value.format
    elif isinstance(value, Decimal):
        cell.number_format = DECIMAL_FORMAT
    elif is_number:
        cell.number_format = YEAR_FORMAT if isinstance(value, Year) else NUMBER_FORMAT
    cell.font = font or Font(name=FONT, size=11)
    cell.alignment = Alignment(vertical="top", wrap_text=True, horizontal="right" if is_number else "left")
    if border:
        cell.border = border
    return cell


def _put(cell: Cell, value: object) -> None:
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
    elif isinstance(value, Formula):
        cell.value = f"={value.text}"
    else:
        cell.value = value


def _head_a_group(sheet: Worksheet, row: int, widths: Sequence[int]) -> None:
    """Write the text of the first cell over the whole width, as the heading of the rows beneath."""
    text = sheet.cell(row, 1).value
    _write_across(sheet, row, text, widths, font=Font(name=FONT, size=11, bold=True))
    for column in range(1, len(widths) + 1):
        cell = sheet.cell(row, column)
        cell.fill, cell.border = GROUP_FILL, GRID


def _make_bold(sheet: Worksheet, row: int, columns: int) -> None:
    for column in range(1, columns + 1):
        cell = sheet.cell(row, column)
        cell.font = Font(name=FONT, size=11, bold=True)
        cell.fill = GROUP_FILL


def _looks_like_a_formula(value: object) -> bool:
    return isinstance(value, str) and bool(STARTS_A_FORMULA.match(value))


def _mark(cell: Cell, reason: str) -> None:
    """Make a cell red, with the reason beside it; what is typed over a text stays text, as it is typed."""
    cell.fill = FAULT_FILL
    cell.font = Font(name=FONT, size=11, bold=True, color=RED)
    cell.comment = _comment(reason)
    if cell.value is None or isinstance(cell.value, str):
        cell.number_format = TEXT_FORMAT


def _comment(text: str) -> Comment:
    lines = math.ceil(len(text) / 38) + 1
    return Comment(ILLEGAL_CHARACTERS_RE.sub("", text), "Sổ cấp ủy", height=lines * 18, width=260)


def _offer(sheet: Worksheet, cells: str, column: FormColumn) -> None:
    """Let the cells be filled from a drop-down list; what is not on it is refused by Excel too."""
    listed = ",".join(column.choices)
    if any("," in choice or '"' in choice for choice in column.choices) or len(listed) > LONGEST_LIST:
        raise ValueError("A drop-down list of this length, or with commas, needs a sheet of its own.")
    rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=True)
    rule.errorTitle, rule.error = (
        "Không có trong danh mục",
        f"Hãy chọn một mục trong danh sách của cột {column.heading}.",
    )
    sheet.add_data_validation(rule)
    rule.add(cells)
