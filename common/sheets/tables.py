"""A workbook that was sent, its sheets, and the tables in them."""

import hashlib
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from itertools import chain, islice

from django.core.files.base import ContentFile, File
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from common.errors import Refused
from common.sheets.cells import Cell, CellError, Fault, Value, cleaned, show
from common.sheets.container import Checked, damaged, look_through
from common.sheets.headings import SEARCHED_ROWS, Header, Heading, Headings, Line, find_header
from common.sheets.parts import SheetPart, TooMuch
from common.uploads import require_size, shown_name
from common.vietnamese import search_key

MARK_OF_COLUMN = re.compile(r"\(?([0-9]{1,3}|[A-Za-z])\)?")
SEVERAL_VALUES = "Tiêu đề cột này gộp nhiều cột, mà dòng này có nhiều giá trị không ghép được. Hãy chỉ để một giá trị."


def open_workbook(upload: File | bytes) -> "Sheets":
    """Return the workbook (.xlsx) that a user sent. Raises `Refused`, saying what to do, when it cannot be read.

    Formulas are not computed: their last result is read, and where there is none, or an error, the cell is a `Fault`.
    """
    upload = ContentFile(upload, name="tệp.xlsx") if isinstance(upload, bytes) else upload
    name = shown_name(upload.name)
    require_size(name, upload.size, advice="Hãy xóa hình ảnh trong tệp hoặc tách thành nhiều tệp.")
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    return Sheets(name, hashlib.sha256(content).hexdigest(), look_through(content, name))


class Sheets:
    """A workbook: `name` of the file, `sha256` of its content, `names` of its visible sheets in order."""

    def __init__(self, name: str, sha256: str, checked: Checked) -> None:
        self.name = name
        self.sha256 = sha256
        self.names = list(checked.sheets)
        self.counts_from_1904 = checked.counts_from_1904
        self._parts = checked.sheets
        self._content = checked.content
        self._loaded: tuple[str, CalamineSheet] | None = None
        if not self.names:
            raise Refused(f"Tệp “{name}” không có trang tính nào hiện ra. Hãy bỏ ẩn trang có dữ liệu rồi tải lên lại.")

    def rows(self, name: str) -> Iterator[Line]:
        """Yield the rows that are not wholly empty: their numbers, counted from 1, and their values from column A on.

        Text is in NFC with single spaces; empty cells are None. Cells that a merged one covers are empty.
        """
        faults, sheet = self._faults(name), self._load(name)
        left = sheet.start[1] if sheet.start else 0
        bottom, right = (each + 1 for each in sheet.end or (-1, -1))
        width = max((right, *(column + 1 for row in faults.values() for column in row)))
        below = ((number, ()) for number in sorted(faults) if number > bottom)
        with self._calamine():
            for number, raw in chain(enumerate(sheet.iter_rows() if bottom else (), start=1), below):
                values = [*[None] * left, *map(cleaned, raw)]
                values += [None] * (width - len(values))
                for column, fault in faults.get(number, {}).items():
                    values[column] = fault
                if any(value is not None for value in values):
                    yield number, tuple(values)

    def table(self, name: str | None = None, *, headings: Headings, required: Collection[str] = ()) -> "Table":
        """Return the table under the headings wanted: {key: accepted spellings, the one to show first}.

        Without a name it is looked for in all visible sheets. Case, accents, spaces and notes in brackets do not matter
        in a heading; under a merged heading "Ngày sinh" that covers "Nam" and "Nữ" a column is known as "Ngày sinh Nam"
        or as "Nam". Raises `Refused` when required columns are missing, a column is there twice, or two sheets fit.
        """
        if name is not None:
            return self._table(self._spelt(name), headings, required)
        tables: list[Table] = []
        problems: list[Refused] = []
        for each in self.names:
            try:
                tables.append(self._table(each, headings, required))
            except Refused as problem:
                problems.append(problem)
        if not tables:
            raise max(problems, key=lambda problem: getattr(problem, "matched", 1))
        if len(tables) > 1:
            names = ", ".join(f"“{table.sheet}”" for table in tables)
            raise Refused(
                f"Các trang {names} đều có những cột cần nhập. Hãy chọn một trang, hoặc chỉ để lại một trang."
            )
        return tables[0]

    def _table(self, name: str, headings: Headings, required: Collection[str]) -> "Table":
        lines = list(islice(self.rows(name), SEARCHED_ROWS + 2))
        return Table(self, name, find_header(name, lines, self.part(name).merged, headings, required))

    def _spelt(self, name: str) -> str:
        for each in self.names:
            if each == name or search_key(each) == search_key(name):
                return each
        names = ", ".join(f"“{each}”" for each in self.names)
        raise Refused(f"Tệp “{self.name}” không có trang “{name}”. Các trang trong tệp: {names}.")

    def _faults(self, name: str) -> dict[int, dict[int, Fault]]:
        """Return the cells that cannot be read, by row (from 1) and column (from 0); Calamine leaves them out."""
        faults: dict[int, dict[int, Fault]] = {}
        for (row, column), fault in self.part(name).faults.items():
            faults.setdefault(row, {})[column - 1] = fault
        return faults

    def part(self, name: str) -> SheetPart:
        """Return what is known of a sheet before its values are read. Raises `Refused` when it holds too much."""
        part = self._parts[name]
        if isinstance(part, TooMuch):
            raise Refused(f"Trang “{name}” {part}")
        return part

    @cached_property
    def _book(self) -> CalamineWorkbook:
        return CalamineWorkbook.from_filelike(BytesIO(self._content))

    def _load(self, name: str) -> CalamineSheet:
        """Return a sheet; only the last one is kept, for each takes room for all its cells."""
        if not self._loaded or self._loaded[0] != name:
            self._loaded = None
            with self._calamine():
                self._loaded = name, self._book.get_sheet_by_name(name)
        return self._loaded[1]

    @contextmanager
    def _calamine(self) -> Iterator[None]:
        """Refuse what Calamine cannot read. Its panics are no `Exception`, nor can their class be imported."""
        try:
            yield
        except BaseException as error:
            if isinstance(error, CalamineError) or type(error).__name__ == "PanicException":
                raise damaged(self.name) from error
            raise


@dataclass(frozen=True)
class Row:
    """A row of a table: its number in the sheet, and its cells by key (empty ones for columns that are not there).

    `lone_text` is the text of a row with but one filled cell, such as "I. Ban Chấp hành" or "Người lập biểu", else "".
    """

    number: int
    values: Mapping[str, Cell]
    lone_text: str = ""

    def __getitem__(self, key: str) -> Cell:
        return self.values[key]

    def read(self, readers: Mapping[str, Callable[[Cell], object]]) -> tuple[dict[str, object], list[CellError]]:
        """Read each key's cell with its reader. Return the values that could be read, and the errors of the others."""
        values: dict[str, object] = {}
        errors: list[CellError] = []
        for key, reader in readers.items():
            try:
                values[key] = reader(self[key])
            except CellError as error:
                errors.append(error)
        return values, errors


class Table:
    """A table of a sheet. `header` is the number of its last heading row, `columns` the headings found, by key.

    `own` are all its headings from left to right, with the key of those wanted ("" for others) and their columns.
    """

    def __init__(self, sheets: Sheets, sheet: str, header: Header) -> None:
        self.sheet = sheet
        self.header = header.bottom
        self._sheets = sheets
        self._known: dict[str, Heading] = {key: headings[0] for key, headings in header.found.items()}
        self._absent = {key: texts[0] for key, texts in header.wanted.headings.items() if key not in self._known}
        self.columns = {key: heading.text for key, heading in self._known.items()}
        used = {heading.columns: key for key, heading in self._known.items()}
        self.own = [
            (used.get(each.columns, ""), each.text if each.columns in used else each.spellings[0], each.columns)
            for each in header.headings
        ]
        self.unknown = [heading.text for heading in header.headings if heading.columns not in used]

    @property
    def rows(self) -> Iterator[Row]:
        """Yield the rows under the header but for wholly empty ones, and for one that numbers the columns: (1) (2) (3).

        A cell merged over several rows speaks for all of them. Under a heading merged over several columns their texts
        are joined: a family name and a given name make a name.
        """
        filled_down = _FilledDown(self._sheets.part(self.sheet))
        is_first = True
        for number, values in self._sheets.rows(self.sheet):
            if number <= self.header:
                continue
            if not (is_first and self._numbers_columns(values)):
                own = [value for value in values if value is not None]
                lone_text = show(own[0]) if len(own) == 1 else ""
                yield Row(number, self._cells(number, filled_down.row(number, values)), lone_text)
            is_first = False

    def _cells(self, number: int, values: tuple[Value, ...]) -> dict[str, Cell]:
        from_1904 = self._sheets.counts_from_1904
        cells = {
            key: Cell(self.sheet, number, heading.text, _joined([values[each] for each in heading.columns]), from_1904)
            for key, heading in self._known.items()
        }
        return cells | {key: Cell(self.sheet, number, heading) for key, heading in self._absent.items()}

    def _numbers_columns(self, values: tuple[Value, ...]) -> bool:
        """Whether a row only numbers the columns: (1) (2) (3), 1 2 3, or A B 1 2."""
        marks = [MARK_OF_COLUMN.fullmatch(show(value)) for value in values if value is not None]
        if len(marks) < max(3, len(self._known)) or not all(marks):
            return False
        letters = [mark[1] for mark in marks if mark[1].isalpha()]
        numbers = [int(mark[1]) for mark in marks if mark[1].isdecimal()]
        return letters == ["A", "B", "C"][: len(letters)] and numbers == list(range(1, len(numbers) + 1))


class _FilledDown:
    """Gives the rows under a merged cell its value; cells merged over columns alone stay as they are."""

    def __init__(self, part: SheetPart) -> None:
        self.last_rows = {(each.top, each.left - 1): each.bottom for each in part.merged if each.bottom > each.top}
        self.speaking: dict[int, tuple[int, Value]] = {}

    def row(self, number: int, values: tuple[Value, ...]) -> tuple[Value, ...]:
        if not self.last_rows:
            return values
        filled = list(values)
        for column, value in enumerate(values):
            last, spoken = self.speaking.get(column, (0, None))
            if (number, column) in self.last_rows:
                self.speaking[column] = self.last_rows[number, column], value
            elif number <= last and value is None:
                filled[column] = spoken
        return tuple(filled)


def _joined(values: list[Value]) -> Value:
    """Return what the columns under one heading say together."""
    said = [value for value in values if value is not None]
    if len(said) < 2:
        return said[0] if said else None
    if all(isinstance(value, str) for value in said):
        return " ".join(said)
    return Fault(" ".join(show(value) for value in said), SEVERAL_VALUES)
