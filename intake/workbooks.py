"""The workbooks of imports: the template to fill in, the register in its columns, a file given back with its faults."""

from collections.abc import Mapping, Sequence

from common.workbooks import FormColumn, OfficeWorkbook
from intake.kinds.base import Kind, SheetSpec
from intake.models import Import
from intake.outcomes import Outcome, ShownRow
from intake.reading import EXAMPLE

BLANK_ROWS = 100
NUMBER_WIDTH = 6
LINE, REASON = "Dòng trong tệp", "Vì sao cần sửa"
REASON_WIDTH = 60
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

    It can be mended and sent again. Columns of the file that mean nothing here are left out.
    """
    book = OfficeWorkbook(title=f"{sent.file_name}: chỗ cần sửa", creator=made_by)
    for spec in kind.sheets:
        rows = [row for row in outcome.rows if row.sheet == spec.name]
        if rows:
            _marked_sheet(book, spec, sent, rows, outcome.headings[spec.name])
    return book.to_bytes()


def _marked_sheet(
    book: OfficeWorkbook, spec: SheetSpec, sent: Import, rows: Sequence[ShownRow], headings: Mapping[str, str]
) -> None:
    columns = [column for column in spec.columns if column.key in headings]
    places = {column.key: number for number, column in enumerate(columns, 1)}
    cells, faults = [], {}
    for index, row in enumerate(rows):
        cells.append((row.line, *(row.cells.get(column.key) for column in columns), _reasons(spec, row)))
        for key, _, reason in row.faults:
            faults[index, places.get(key, len(columns) + 1)] = reason
    book.add_table(
        spec.name,
        title=f"Chỗ cần sửa trong tệp “{sent.file_name}”",
        notes=["Ô đỏ là ô cần sửa; cột cuối nói vì sao. Sửa xong có thể tải chính tệp này lên."],
        headings=[LINE, *(headings[column.key] for column in columns), REASON],
        rows=cells,
        widths=[NUMBER_WIDTH + 2, *(column.width for column in columns), REASON_WIDTH],
        faults=faults,
    )


def _reasons(spec: SheetSpec, row: ShownRow) -> str:
    return " ".join(f"{spec.column(key).heading}: {reason}" for key, _, reason in row.faults)
