"""Reading a workbook of a kind: by the template's headings, or by those that the user says stand for them."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from common.errors import Refused
from common.progress import counted
from common.sheets import Row, Sheets
from common.sheets.cells import show
from common.vietnamese import search_key
from intake.kinds.base import Kind, SheetSpec

NUMBER = "stt"  # the column that numbers the rows; it marks the example of a template
NUMBER_HEADINGS = ("STT", "TT", "Số TT")
EXAMPLE = "Ví dụ"
LOOKED_THROUGH = 12  # rows in which an office's own headings may stand
FEWEST_HEADINGS = 2
MOST_ROWS = 20_000
LINE, REASON = "Dòng trong tệp", "Vì sao cần sửa"  # the columns that a file given back marked has beside its own
NO_HEADING = "Cột {letter} của tệp"
ADDED = re.compile("|".join((LINE, REASON, NO_HEADING.format(letter="[A-Z]+"))))
Mapped = Mapping[str, Mapping[str, object]]  # {name of the template's sheet: {"sheet": …, "columns": {key: heading}}}


class Unmapped(Refused):
    """The headings of a file do not say which columns it has: the user has to."""


@dataclass(frozen=True)
class OwnSheet:
    """A sheet of a file with the headings that stand in it, as the page on which they are mapped offers them."""

    name: str
    headings: Sequence[str]


@dataclass(frozen=True)
class Layout:
    """A sheet of a file as it was read: its name, and (column key or "", heading, places from 0) from left to right."""

    sheet: str
    columns: Sequence[tuple[str, str, Sequence[int]]]


@dataclass
class Book:
    """The rows of a file by the template's sheets, the headings under which they stood, and what was passed over.

    `unread` are sheets of the file with something in them that were not read at all; `own` is how the others are laid
    out, by the template's sheets.
    """

    rows: dict[str, list[Row]] = field(default_factory=dict)
    headings: dict[str, dict[str, str]] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    own: dict[str, Layout] = field(default_factory=dict)


def headings_of(spec: SheetSpec) -> dict[str, list[str]]:
    """Return the headings wanted in a sheet, by column key."""
    wanted = {NUMBER: list(NUMBER_HEADINGS)}
    return wanted | {column.key: [column.heading, *column.spellings] for column in spec.columns}


def required_of(spec: SheetSpec) -> list[str]:
    return [column.key for column in spec.columns if column.must]


def read_book(kind: Kind, sheets: Sheets, mapping: Mapped | None = None) -> Book:
    """Return the rows of the file. Raises `Unmapped` when no sheet has the columns needed, and `Refused` for too many.

    Sheets that the template has and the file lacks are left out, as long as one is there. A sheet that is there under
    its name, or was chosen, and lacks columns is never passed over in silence.
    """
    book = Book()
    used: set[str] = set()
    problems: list[str] = []
    for spec in kind.sheets:
        chosen = (mapping or {}).get(spec.name)
        if mapping and not chosen:
            continue
        try:
            used.add(_read_sheet(book, spec, sheets, chosen))
        except Refused as problem:
            named = _sheet_called(spec.name, sheets)
            if chosen or (named and _has_rows(sheets, named)):
                raise Unmapped(str(problem)) from problem
            problems.append(str(problem))
    if not book.rows:
        raise Unmapped(problems[0] if problems else "Không có trang nào được chọn để nhập.")
    if sum(map(len, book.rows.values())) > MOST_ROWS:
        raise Refused(f"Tệp có quá {MOST_ROWS:,} dòng. Hãy tách thành nhiều tệp.".replace(",", "."))
    book.unread = [name for name in sheets.names if name not in used and _has_rows(sheets, name)]
    return book


def _has_rows(sheets: Sheets, name: str) -> bool:
    return next(sheets.rows(name), None) is not None


def _read_sheet(book: Book, spec: SheetSpec, sheets: Sheets, chosen: Mapping[str, object] | None) -> str:
    """Add the rows of a sheet to the book; return how the file calls the sheet."""
    wanted, required = headings_of(spec), required_of(spec)
    if chosen:
        columns = chosen["columns"]
        wanted = {key: [columns[key]] if key in columns else [f"không nhập: {key}"] for key in wanted}
        wanted[NUMBER] = list(NUMBER_HEADINGS)
        required = [key for key in required if key in columns]
        name = chosen["sheet"] if _sheet_called(str(chosen["sheet"]), sheets) else None
    else:
        name = _sheet_called(spec.name, sheets)
        if name is None and book.rows:  # what has been read as another sheet is not read twice
            raise Refused(f"Không có trang “{spec.name}”.")
    table = sheets.table(name, headings=wanted, required=required)
    rows = []
    for row in counted(table.rows):
        why = _why_skipped(row)
        if why:
            book.skipped.append(f"Trang “{table.sheet}”, dòng {row.number}: {why}")
        elif not row.lone_text or not _numbers_only(row):
            rows.append(row)
    book.rows[spec.name] = rows
    book.headings[spec.name] = {key: heading for key, heading in table.columns.items() if key != NUMBER}
    columns = [("" if key == NUMBER else key, text, places) for key, text, places in table.own]
    book.own[spec.name] = Layout(table.sheet, columns)
    return table.sheet


def _sheet_called(name: str, sheets: Sheets) -> str | None:
    return next((each for each in sheets.names if search_key(each) == search_key(name)), None)


def _why_skipped(row: Row) -> str:
    if search_key(row[NUMBER].shown) == search_key(EXAMPLE):
        return "dòng ví dụ của mẫu."
    if row.lone_text and not _numbers_only(row):
        return f"chỉ có “{row.lone_text[:60]}”."
    return ""


def _numbers_only(row: Row) -> bool:
    """Whether the row was only numbered beforehand, with nothing in it."""
    return bool(row.lone_text) and row[NUMBER].shown.rstrip(".").isdecimal()


def own_sheets(sheets: Sheets) -> list[OwnSheet]:
    """Return the sheets of a file with the texts that look like headings: the fullest of its first rows."""
    found = []
    for name in sheets.names:
        lines = [values for _, values in islice(sheets.rows(name), LOOKED_THROUGH)]
        texts = [[show(value) for value in line if isinstance(value, str)] for line in lines]
        headings = [each for each in max(texts, key=len, default=[]) if not ADDED.fullmatch(each)]
        if len(headings) >= FEWEST_HEADINGS:
            found.append(OwnSheet(name, list(dict.fromkeys(headings))))
    return found


def fits(mapping: Mapped, own: Sequence[OwnSheet]) -> bool:
    """Whether every heading that the mapping names stands in the file, those of one sheet side by side."""
    there = [set(map(search_key, sheet.headings)) for sheet in own]
    wanted = [set(map(search_key, chosen["columns"].values())) for chosen in mapping.values()]
    return bool(wanted) and all(any(each <= headings for headings in there) for each in wanted)


def signature_of(own: Sequence[OwnSheet]) -> str:
    """Return a digest of the sheets' headings: two files with the same ones are read the same way."""
    text = "\n".join("\t".join(map(search_key, each.headings)) for each in own)
    return hashlib.sha256(text.encode()).hexdigest()
