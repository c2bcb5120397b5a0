"""Cells as people fill them in, and the readers that make values of them: understood, or refused with a reason.

A reader takes a `Cell` and returns a value, None (for text "") where the cell is empty. It never guesses: what may mean
two things raises `CellError`, whose sentence says what stands there and what would be right.
"""

import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from common.errors import Refused
from common.formats import grouped, short_day
from common.vietnamese import normalize, search_key

T = TypeVar("T")
LARGEST_NUMBER = 2_147_483_647  # what the database's whole numbers take
TOO_LONG_FOR_EXCEL = 10**15  # from the sixteenth digit on Excel puts zeros
WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:(?:\.[0-9]{3})+|(?: [0-9]{3})+)")
YES = {"có", "co", "x", "1", "đúng", "dung", "true"}
NO = {"không", "khong", "0", "sai", "false"}
# Letters that nobody sees: line breaks and the like become spaces, marks of direction and width go.
UNSEEN = {
    code: " " if unicodedata.category(chr(code)) == "Cc" else None
    for code in range(0x10000)
    if unicodedata.category(chr(code)) in ("Cc", "Cf")
}


@dataclass(frozen=True)
class Fault:
    """What stands in a cell that cannot be read: an error, or a formula without result. `reason` is a sentence."""

    shown: str
    reason: str


Value = str | bool | int | float | date | time | timedelta | Fault | None


@dataclass(frozen=True)
class Cell:
    """One cell of a table: where it stands (`row` counted from 1, the heading above it) and its value as stored."""

    sheet: str
    row: int
    heading: str
    value: Value = None
    counts_from_1904: bool = False

    @property
    def is_empty(self) -> bool:
        return self.value is None

    @property
    def shown(self) -> str:
        """The value as the user sees it, more or less: what messages quote."""
        return show(self.value)


class CellError(Refused):
    """A cell that cannot be read. `reason` says what is wrong and what would be right; the message says where too."""

    def __init__(self, cell: Cell, reason: str) -> None:
        self.cell = cell
        self.reason = reason
        super().__init__(f"Trang “{cell.sheet}”, dòng {cell.row}, cột “{cell.heading}”: {reason}")


def show(value: Value) -> str:
    """Return a value as a text, "" for an empty one."""
    match value:
        case None:
            return ""
        case str():
            return value
        case Fault():
            return value.shown
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return str(int(value)) if is_whole(value) else repr(value).replace(".", ",")
        case datetime() if value.time() != time():
            return f"{short_day(value)} {value:%H:%M}"
        case date():
            return short_day(value)
    return str(value)


def cleaned(value: Value) -> Value:
    """Return a raw value with text in NFC, single spaces, without invisible letters; None for an empty text."""
    if not isinstance(value, str):
        return value
    return normalize(value if value.isprintable() else value.translate(UNSEEN)) or None


def is_whole(value: int | float) -> bool:
    return math.isfinite(value) and value == int(value)


def filled(cell: Cell) -> Cell:
    """Return the cell itself. Raises `CellError` when it is empty."""
    if cell.is_empty:
        raise CellError(cell, "Ô này không được để trống.")
    return cell


def readable(cell: Cell) -> Cell:
    """Return the cell itself. Raises `CellError` when there is an error or a formula without result in it."""
    if isinstance(cell.value, Fault):
        raise CellError(cell, cell.value.reason)
    return cell


def text(cell: Cell, *, longest: int | None = None) -> str:
    """Return the text of a cell; the card number 12345.0, as Excel stores it, reads "12345"."""
    value = readable(cell).value
    if isinstance(value, int | float) and abs(value) >= TOO_LONG_FOR_EXCEL:
        reason = (
            f"Số “{cell.shown}” quá dài nên Excel đã làm tròn. Hãy đổi kiểu của ô thành Văn bản (Text) rồi nhập lại."
        )
        raise CellError(cell, reason)
    found = cell.shown
    if longest and len(found) > longest:
        raise CellError(cell, f"“{found[:30]}…” dài {len(found)} chữ, quá {longest} chữ. Hãy viết ngắn lại.")
    return found


def whole_number(cell: Cell, *, least: int = 0, most: int = LARGEST_NUMBER) -> int | None:
    """Return a whole number from `least` to `most`; text may have dots or spaces between thousands: 4.558."""
    value = readable(cell).value
    if value is None:
        return None
    number = None
    if isinstance(value, str):
        if WHOLE.fullmatch(value):
            number = int(value)
        elif GROUPED.fullmatch(value):
            number = int(re.sub("[. ]", "", value))
    elif isinstance(value, int | float) and not isinstance(value, bool) and is_whole(value):
        number = int(value)
    if number is None:
        raise CellError(cell, f"“{cell.shown}” không phải là số nguyên. Hãy ghi như 15 hoặc 4.558.")
    if not least <= number <= most:
        limits = f"từ {grouped(least)} đến {grouped(most)}" if most < LARGEST_NUMBER else f"từ {grouped(least)} trở lên"
        raise CellError(cell, f"“{cell.shown}” nằm ngoài khoảng cho phép. Hãy ghi một số {limits}.")
    return number


def yes_no(cell: Cell) -> bool | None:
    """Return True for Có, x, 1, Đúng, TRUE, and False for Không, 0, Sai, FALSE."""
    found = text(cell).casefold()
    if found in YES or found in NO:
        return found in YES
    if found:
        raise CellError(cell, f"“{cell.shown}” không rõ là có hay không. Hãy ghi “Có” hoặc “Không”.")
    return None


def one_of(cell: Cell, choices: Iterable[tuple[T, str]]) -> T | None:
    """Return the value of the choice whose label stands in the cell: `one_of(cell, Gender.choices)`.

    Case, accents and the place of the tone mark (uỷ, ủy) do not matter, as long as no other choice could be meant.
    A value may have several labels; messages offer them all.
    """
    found = text(cell)
    if not found:
        return None
    choices = list(choices)
    alike = [(value, label) for value, label in choices if _same_key(label, found)]
    exact = [(value, label) for value, label in alike if normalize(label).casefold() == found.casefold()]
    meant = exact or alike
    if len({value for value, _ in meant}) == 1:
        return meant[0][0]
    labels = ", ".join(f"“{label}”" for _, label in meant or choices)
    if meant:
        raise CellError(cell, f"“{cell.shown}” có thể là nhiều mục. Hãy ghi rõ một trong: {labels}.")
    raise CellError(cell, f"“{cell.shown}” không thuộc danh mục. Hãy ghi một trong: {labels}.")


def _same_key(label: str, found: str) -> bool:
    return search_key(label) == search_key(found) != ""
