"""A standard table as an Excel workbook: real days and numbers, and subtotals that are formulas."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from common.workbooks import Formula, OfficeWorkbook, first_row
from reports.files.head import Head
from reports.tables.base import NONE, Cell, Column, StandardTable, Table

COUNT, SUM = 3, 9  # Excel's SUBTOTAL of what is shown: neither counts other subtotals
NUMBER_WIDTH = 7
SHARE_FORMAT = "0.00%"


def table_workbook(definition: StandardTable, table: Table, head: Head) -> bytes:
    """Return the workbook of one sheet; its code stands in the head, the foot and the properties of the file."""
    notes = [f"{line}." for line in (*head.of_what, head.by_whom)] + ([] if table.count else [definition.empty])
    lines = _Lines(table, first_row(notes))
    book = OfficeWorkbook(title=head.title, creator=head.made_by)
    sheet = book.add_table(
        definition.sheet,
        title=head.title.upper(),
        notes=notes,
        headings=["STT", *(column.heading for column in table.columns)],
        widths=[NUMBER_WIDTH, *(column.width for column in table.columns)],
        rows=lines.rows,
        across=lines.across,
        bold=lines.bold,
        footnotes=table.notes,
    )
    sheet.oddFooter.left.text = f"Mã {head.code}"
    book.book.properties.keywords = head.code
    return book.to_bytes()


@dataclass
class _Lines:
    """The rows of the sheet: the name of each group, its records, its subtotal; at the end the total."""

    table: Table
    top: int  # the number of the first row, in Excel's counting
    rows: list[Sequence[object]] = field(default_factory=list)
    across: list[int] = field(default_factory=list)
    bold: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        for group in self.table.groups:
            if group.title:
                self.across.append(len(self.rows))
                self.rows.append((group.title, *[None] * len(self.table.columns)))
            first = self._next
            for number, row in enumerate(group.rows, 1):
                self.rows.append((number, *self._values(row)))
            if group.title and group.rows:
                self._add_sum("Cộng", first)
        if self.table.count and (len(self.table.groups) > 1 or not self.table.is_grouped):
            self._add_sum("Tổng", self.top)

    @property
    def _next(self) -> int:
        return self.top + len(self.rows)

    def _values(self, row: Sequence[Cell]) -> Iterator[object]:
        for column, cell in zip(self.table.columns, row, strict=True):
            if column.share and row[self.table.index(column.share.part)].value is not None:
                yield self._share(column, self._next)
            else:
                yield column.missing if cell.value is None or cell.value == "" else cell.value

    def _add_sum(self, word: str, first: int) -> None:
        """Add the sums of the rows from `first` on to the last one written."""
        last, line = self._next - 1, self._next
        self.bold.append(len(self.rows))
        count = Formula(f"SUBTOTAL({COUNT},B{first}:B{last})", f'#,##0" {self.table.unit}"')
        sums: list[object] = [count]
        for place, column in enumerate(self.table.columns[1:], 1):
            letter = self._letter(place)
            if column.share:
                sums.append(self._share(column, line))
            elif column.summed:
                sums.append(Formula(f"SUBTOTAL({SUM},{letter}{first}:{letter}{last})"))
            else:
                sums.append(None)
        self.rows.append((word, *sums))

    def _share(self, column: Column, line: int) -> Formula:
        part, base = (f"{self._letter(self.table.index(key))}{line}" for key in (column.share.part, column.share.base))
        return Formula(f'IF(N({base})=0,"{NONE}",{part}/{base})', SHARE_FORMAT)

    def _letter(self, place: int) -> str:
        """Return the letter of the column at a place of the table; A is that of the numbers."""
        return get_column_letter(place + 2)
