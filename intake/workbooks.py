"""The workbooks of imports: the template to fill in, the register in its columns, a file given back with its faults."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from common.sheets import Sheets
from common.workbooks import FormColumn, OfficeWorkbook
from intake.kinds.base import Kind, SheetSpec
from intake.models import Import
from intake.outcomes import Outcome, ShownRow, as_cell
from intake.reading import EXAMPLE, LINE, NO_HEADING, REASON, Layout
from intake.understanding import opened

BLANK_ROWS = 100
NUMBER_WIDTH = 6
REASON_WIDTH = 60
OTHER_WIDTH = 14
MOST_KEPT_CELLS = 300_000  # a workbook takes half a kilobyte for each while it is written
MENDING = "Ô đỏ là ô cần sửa; cột cuối nói vì sao. Sửa xong có thể tải chính tệp này lên."
TOO_LARGE = "Tệp quá lớn nên ở đây chỉ có các cột được đọc; các cột khác còn trong tệp gốc."
NOTES = (
    f"Cột có dấu * phải ghi. Dòng xám “{EXAMPLE}” là ví dụ, không được nhập; xóa hay để lại đều được.",
    "Đừng đổi tiêu đề các cột; cột không dùng có thể xóa.",
)


def blank_workbook(kind: Kind, *, made_by: str) -> bytes:
    """Return the template of a kind: headings, notes, drop-down lists, an example."""
    book = OfficeWorkbook(title=f"Mẫu nhập {kind.label.lower()}", creator=made_by)
    for spec in kind.sheets:
        book.add_form(
            spec.name,
            title=f"{kind.label}: {spec.name}",
            columns=[FormColumn("STT", NUMBER_WIDTH), *(_form_column(column) for column in spec.columns)],
            example=[EXAMPLE, *(spec.example.get(column.key) for column in spec.columns)],
            blank_rows=BLANK_ROWS,
            notes=[*spec.notes, *NOTES],
        )
    return book.to_bytes()


def _form_column(column) -> FormColumn:
    return FormColumn(column.heading, column.width, column.note, column.choices, column.must, column.as_typed)


def register_workbook(kind: Kind, rows: Mapping[str, Sequence[Sequence[object]]], *, made_by: str) -> bytes:
    """Return the records of a kind in the columns of its template: what can be imported again."""
    book = OfficeWorkbook(title=kind.label, creator=made_by)
    for spec in kind.sheets:
        book.add_table(
            spec.name,
            title=f"{kind.label}: {spec.name}",
            headings=["STT", *(column.heading for column in spec.columns)],
            rows=[(number, *row) for number, row in enumerate(rows.get(spec.name, ()), 1)],
            widths=[NUMBER_WIDTH, *(column.width for column in spec.columns)],
        )
    return book.to_bytes()


def marked_workbook(kind: Kind, sent: Import, outcome: Outcome, *, made_by: str) -> bytes:
    """Return the rows as the file had them, under its own headings, each fault red with the reason beside it.

    It can be mended and sent again. All columns of the file are there, whether they mean something here or not; only of
    files with more than `MOST_KEPT_CELLS` those that were not read are left out, for they would take too much memory.
    """
    sheets = None
    book = OfficeWorkbook(title=f"{sent.file_name}: chỗ cần sửa", creator=made_by)
    for spec in kind.sheets:
        rows = [row for row in outcome.rows if row.sheet == spec.name]
        if not rows:
            continue
        layout, notes = outcome.own.get(spec.name), [MENDING]
        if layout and len(rows) * len(layout.columns) > MOST_KEPT_CELLS:
            layout, notes = None, [MENDING, TOO_LARGE]
        if layout and not sheets:
            sheets = opened(sent)
        columns = _own_columns(sheets, layout) if layout else _columns_read(spec, outcome.headings[spec.name])
        _marked_sheet(book, spec, sent, rows, columns, notes)
    return book.to_bytes()


@dataclass
class _OwnColumn:
    """A column of a file given back: read under `key`, or not read (then `cells` are what stands there, by line)."""

    heading: str
    key: str = ""
    cells: dict[int, object] = field(default_factory=dict)


def _columns_read(spec: SheetSpec, headings: Mapping[str, str]) -> list[_OwnColumn]:
    return [_OwnColumn(headings[column.key], column.key) for column in spec.columns if column.key in headings]


def _own_columns(sheets: Sheets, layout: Layout) -> list[_OwnColumn]:
    """Return the columns of a sheet from left to right, those without a heading too where something stands in them."""
    by_place: dict[int, _OwnColumn] = {}
    covered = set()
    for key, heading, places in layout.columns:
        covered.update(places)
        if key or heading not in (LINE, REASON):  # of an earlier marking
            by_place |= {place: _OwnColumn(heading, key) for place in (places[:1] if key else places)}
    for line, values in sheets.rows(layout.sheet):
        for place, value in enumerate(values):
            if value is not None and (place in by_place or place not in covered):
                letter = get_column_letter(place + 1)
                column = by_place.setdefault(place, _OwnColumn(NO_HEADING.format(letter=letter)))
                if not column.key:
                    column.cells[line] = as_cell(value)
    return [by_place[place] for place in sorted(by_place)]


def _marked_sheet(
    book: OfficeWorkbook,
    spec: SheetSpec,
    sent: Import,
    rows: Sequence[ShownRow],
    columns: Sequence[_OwnColumn],
    notes: Sequence[str],
) -> None:
    places = {column.key: number for number, column in enumerate(columns, 1) if column.key}
    widths = {column.key: column.width for column in spec.columns}
    cells, faults = [], {}
    for index, row in enumerate(rows):
        own = (row.cells.get(each.key) if each.key else each.cells.get(row.line) for each in columns)
        cells.append((row.line, *own, _reasons(spec, row)))
        for key, _, reason in row.faults:
            faults[index, places.get(key, len(columns) + 1)] = reason
    book.add_table(
        spec.name,
        title=f"Chỗ cần sửa trong tệp “{sent.file_name}”",
        notes=notes,
        headings=[LINE, *(column.heading for column in columns), REASON],
        rows=cells,
        widths=[NUMBER_WIDTH + 2, *(widths.get(column.key, OTHER_WIDTH) for column in columns), REASON_WIDTH],
        faults=faults,
    )


def _reasons(spec: SheetSpec, row: ShownRow) -> str:
    return " ".join(f"{spec.column(key).heading}: {reason}" for key, _, reason in row.faults)
