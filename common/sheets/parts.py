"""The XML parts of a workbook as they are looked through before anything else reads them.

Calamine, which reads the values, trusts what it is given: it lays a sheet out as a full rectangle, copies a shared text
into each cell that names it, reserves room for as many texts as are declared. A file of 2 KB can so ask for 500 GB, and
then the whole server ends. So each part is first walked through here, where nothing is kept but what must be known.
"""

import re
from array import array
from dataclasses import dataclass
from xml.parsers.expat import ExpatError, ParserCreate

from openpyxl.utils import get_column_letter

from common.formats import grouped
from common.sheets.cells import Fault
from common.uploads import MIB

MOST_ROWS = 20_000
MOST_COLUMNS = 200
# The rectangle that holds all cells of a sheet, the empty ones too. Calamine takes 72 bytes for each.
MOST_CELLS = 1_500_000
MOST_LETTERS = 20_000_000
MOST_TAGS = 8_000_000
DEEPEST = 100
MOST_FAULTS = 10_000
MOST_MERGES = 20_000
MOST_SHEETS = 100
REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
KNOWN_ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}
NOT_CALCULATED = Fault(
    "công thức", "Ô này là công thức chưa có kết quả. Hãy mở tệp bằng Excel rồi lưu lại, hoặc thay bằng giá trị."
)


class Damaged(Exception):
    """The file is no workbook that Excel could have written."""


class Strange(Exception):
    """A part declares a document type: no office program does, it is how entities are smuggled in."""


class TooLarge(Exception):
    """The file unfolds to more than any workbook of an office."""


class TooMuch(Exception):
    """One sheet holds more than is read at once; the message says what, without naming the sheet."""


@dataclass
class Allowance:
    """How much of a file may still be unfolded, in bytes and in XML tags."""

    size: int
    tags: int = MOST_TAGS

    def take(self, piece: bytes) -> None:
        self.size -= len(piece)
        self.tags -= piece.count(b"<")
        if self.size < 0 or self.tags < 0:
            raise TooLarge


class Part:
    """One XML part: fed piece by piece, it calls `begin`, `finish` and `letters` with names freed of their prefix."""

    def __init__(self) -> None:
        # UTF-8 whatever the part declares: so Calamine reads it, and there must be one reading alone.
        self.parser = ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._finish
        self.parser.CharacterDataHandler = self.letters
        self.depth = 0

    def feed(self, piece: bytes, *, last: bool = False) -> None:
        """Take the next piece. Raises `Damaged` for UTF-16, and for a tag or a text as long as no office writes one."""
        if b"\0" in piece or (len(piece) >= MIB and b">" not in piece):
            raise Damaged
        try:
            self.parser.Parse(piece, last)
        except ExpatError as error:
            raise Damaged from error

    def begin(self, name: str, attributes: dict[str, str]) -> None: ...

    def finish(self, name: str) -> None: ...

    def letters(self, text: str) -> None: ...

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Damaged
        self.begin(name.rpartition(":")[2] if ":" in name else name, attributes)

    def _finish(self, name: str) -> None:
        self.depth -= 1
        self.finish(name.rpartition(":")[2] if ":" in name else name)

    def _refuse_doctype(self, *declared: object) -> None:
        raise Strange


@dataclass
class Listed:
    """A sheet as the workbook lists it; `link` leads through the relationships to its part."""

    name: str
    link: str
    is_hidden: bool


class WorkbookPart(Part):
    """xl/workbook.xml: which sheets there are."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[Listed] = []
        self.counts_from_1904 = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            link = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            self.sheets.append(
                Listed(attributes.get("name", ""), link, attributes.get("state", "visible") != "visible")
            )
            if len(self.sheets) > MOST_SHEETS:
                raise TooLarge
        elif name == "workbookPr":
            self.counts_from_1904 = attributes.get("date1904") in ("1", "true")


class RelationshipsPart(Part):
    """xl/_rels/workbook.xml.rels: where the parts are. `targets` are (kind, place) by link."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: dict[str, tuple[str, str]] = {}

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.targets[attributes.get("Id", "")] = (kind, attributes.get("Target", ""))


class StringsPart(Part):
    """xl/sharedStrings.xml: how long the texts are that cells share."""

    def __init__(self) -> None:
        super().__init__()
        self.lengths = array("I")
        self.length = 0

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self.length = 0
        elif name == "sst":
            declared = attributes.get("uniqueCount", "0")
            if not declared.isdecimal() or int(declared[:20]) > MOST_CELLS:
                raise TooLarge

    def letters(self, text: str) -> None:
        self.length += len(text)

    def finish(self, name: str) -> None:
        if name == "si":
            self.lengths.append(self.length)
            if len(self.lengths) > MOST_CELLS:
                raise TooLarge


@dataclass(frozen=True)
class Merged:
    """Cells merged into one, rows and columns counted from 1, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int


class SheetPart(Part):
    """xl/worksheets/….xml: how far the cells reach, which cannot be read, which are merged. Raises `TooMuch`."""

    def __init__(self, lengths: array) -> None:
        super().__init__()
        self.lengths = lengths
        self.faults: dict[tuple[int, int], Fault] = {}
        self.merged: list[Merged] = []
        self.cells = self.rows = self.text = self.last_row = 0
        self.top = self.bottom = self.left = self.right = 0
        self.row = self.column = 1  # where a cell stands that does not say so
        self._begin_cell({})
        self.in_cell = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._begin_cell(attributes)
        elif not self.in_cell:
            self._begin_outside(name, attributes)
        elif name == "v" or name == "is":
            self.has_value = self.in_value = True
        elif name == "f":
            self.has_formula = True

    def letters(self, text: str) -> None:
        if self.in_value:
            self.length += len(text)
            if len(self.value) < 20:
                self.value += text

    def finish(self, name: str) -> None:
        if name == "c":
            self._finish_cell()
        elif name == "v" or name == "is":
            self.in_value = False
        elif name == "row":
            self.row, self.column = self.row + 1, 1

    def _begin_outside(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row" and "r" in attributes:
            self.row = self._whole(attributes["r"])
            if not self.row:
                raise Damaged
        elif name == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            (top, left), (bottom, right) = self._position(first), self._position(last or first)
            self.merged.append(Merged(top, left, bottom, right))
            if len(self.merged) > MOST_MERGES:
                raise TooMuch(f"có quá {grouped(MOST_MERGES)} chỗ gộp ô. Hãy bỏ gộp ô.")

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        if reference := attributes.get("r"):
            self.place = self._position(reference)
            self.column = self.place[1]
        else:
            self.place = (self.row, self.column)
        self.kind = attributes.get("t", "n")
        self.value, self.length = "", 0
        self.in_cell, self.in_value = True, False
        self.has_value = self.has_formula = False

    def _finish_cell(self) -> None:
        self.in_cell = self.in_value = False
        self.column += 1
        if self.kind == "s" and self.value:
            index = self._whole(self.value)
            if index >= len(self.lengths):
                raise Damaged
            self.length = self.lengths[index]
        elif self.kind == "e" and self.value:
            self._note(self._error())
        elif self.has_formula and self.kind != "str" and not self.value:
            self._note(NOT_CALCULATED)
        if self.has_value:
            self._stretch()
        if self.length or self.place in self.faults:
            self._count()

    def _error(self) -> Fault:
        if self.value not in KNOWN_ERRORS:  # Calamine would not read the whole sheet
            raise TooMuch(f"có ô {self._named()} báo lỗi lạ “{self.value}”. Hãy sửa hoặc xóa ô đó.")
        return Fault(self.value, f"Ô này báo lỗi {self.value}. Hãy sửa công thức, hoặc thay bằng giá trị.")

    def _note(self, fault: Fault) -> None:
        self.faults[self.place] = fault
        if len(self.faults) > MOST_FAULTS:
            raise TooMuch(
                f"có quá {grouped(MOST_FAULTS)} ô công thức lỗi hoặc chưa có kết quả. Hãy mở bằng Excel và lưu lại."
            )

    def _stretch(self) -> None:
        """Widen the rectangle of cells by this one: Calamine counts a cell as soon as it has a value, be it empty."""
        row, column = self.place
        self.cells += 1
        self.top, self.left = min(self.top or row, row), min(self.left or column, column)
        self.bottom, self.right = max(self.bottom, row), max(self.right, column)
        spread = (self.bottom - self.top + 1) * (self.right - self.left + 1)
        if max(self.cells, spread) > MOST_CELLS:
            raise TooMuch(f"có ô {self._named()} nằm quá xa các ô khác. Hãy xóa các dòng, cột thừa.")

    def _count(self) -> None:
        row, column = self.place
        if column > MOST_COLUMNS:
            raise TooMuch(f"có dữ liệu ở ô {self._named()}, quá {MOST_COLUMNS} cột. Hãy xóa các cột thừa.")
        if row != self.last_row:
            self.last_row = row
            self.rows += 1
            if self.rows > MOST_ROWS:
                raise TooMuch(f"có quá {grouped(MOST_ROWS)} dòng dữ liệu. Hãy tách thành nhiều tệp.")
        self.text += self.length
        if self.text > MOST_LETTERS:
            raise TooMuch(f"có quá {grouped(MOST_LETTERS)} chữ. Hãy tách thành nhiều tệp.")

    def _named(self) -> str:
        row, column = self.place
        return f"{get_column_letter(column)}{row}"

    def _position(self, reference: str) -> tuple[int, int]:
        """Return row and column of a reference such as "AB12"."""
        found = REFERENCE.fullmatch(reference)
        if not found:
            raise Damaged
        column = 0
        for letter in found[1]:
            column = column * 26 + ord(letter) - 64
        return int(found[2]), column

    def _whole(self, text: str) -> int:
        if not (text.isascii() and text.isdecimal() and len(text) <= 7):
            raise Damaged
        return int(text)
