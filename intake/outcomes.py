"""What the rows of a file came to, kept beside it: the preview is read from there, page by page.

It is only shown. The act reads and understands the file anew, so it never rests on an old preview.
"""

import gzip
import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.files.base import ContentFile

from common.formats import short_day
from common.sheets.cells import Value, is_whole, show
from intake.kinds.base import Kind, Listed, State
from intake.reading import Book, Layout

STATE_WORDS = {
    State.NEW: "Mới",
    State.CHANGED: "Thay đổi",
    State.UNCHANGED: "Không đổi",
    State.WRONG: "Cần sửa",
}


@dataclass(frozen=True)
class ShownRow:
    """A row as the preview shows it."""

    sheet: str
    line: int
    state: str
    title: str
    cells: dict[str, object]  # by column key, as they stand in the file
    faults: Sequence[tuple[str, str, str]]  # (column key, what stands there, why it is wrong)
    headings: dict[str, str]  # of all columns: under which they stood, else the template's
    differences: Sequence[tuple[str, str, str]]

    @property
    def state_label(self) -> str:
        return STATE_WORDS[State(self.state)]

    @property
    def told_faults(self) -> list[tuple[str, str, str]]:
        """The faults with the heading in place of the key."""
        return [(self.headings.get(key, key), value, reason) for key, value, reason in self.faults]


@dataclass(frozen=True)
class Outcome:
    """All rows of a file, the headings under which they stood (by sheet and key), and what was passed over.

    `own` is how the sheets of the file are laid out, by the template's.
    """

    rows: Sequence[ShownRow]
    headings: dict[str, dict[str, str]]
    skipped: Sequence[str]
    digest: str = ""
    unread: Sequence[str] = ()  # sheets of the file
    own: Mapping[str, Layout] = field(default_factory=dict)
    books: Sequence[str] = ()  # what is said of closed books

    def in_state(self, state: str) -> list[ShownRow]:
        return [row for row in self.rows if not state or row.state == state]


def counts_of(listed: Iterable[Listed]) -> dict[str, int]:
    """Return how many rows are in each state."""
    counted = Counter(each.state.value for each in listed)
    return {state.value: counted[state.value] for state in State}


def digest_of(listed: Iterable[Listed], books: Sequence[str]) -> str:
    """Return a digest of what the rows come to, and of what is said of closed books.

    Another one means that the register has changed in between.
    """
    told = hashlib.sha256(json.dumps(list(books), ensure_ascii=False).encode())
    for each in listed:
        row = [each.sheet, each.line, each.state.value, sorted(each.faults.items()), each.differences]
        told.update(json.dumps(row, ensure_ascii=False).encode())
    return told.hexdigest()


def packed(kind: Kind, book: Book, listed: Sequence[Listed], books: Sequence[str]) -> ContentFile:
    """Return the outcome as it is kept."""
    stored = {
        "digest": digest_of(listed, books),
        "books": list(books),
        "headings": book.headings,
        "names": {sheet: _names(kind, sheet, known) for sheet, known in book.headings.items()},
        "skipped": book.skipped[:200],
        "unread": book.unread,
        "own": {name: [layout.sheet, layout.columns] for name, layout in book.own.items()},
        "rows": [_stored(kind, book, each) for each in listed],
    }
    return ContentFile(gzip.compress(json.dumps(stored, ensure_ascii=False).encode(), compresslevel=3))


def _names(kind: Kind, sheet: str, known: dict[str, str]) -> dict[str, str]:
    """Return what each column is called: as in the file, else as in the template."""
    return {column.key: column.heading for column in kind.sheet(sheet).columns} | known


def _stored(kind: Kind, book: Book, each: Listed) -> list:
    known = book.headings.get(each.sheet, {})
    cells = {key: _plain(each.row[key].value, each.row[key].shown) for key in known if not each.row[key].is_empty}
    titles = [each.row[column.key].shown for column in kind.sheet(each.sheet).columns]
    title = ", ".join([text for text in titles if text][:2])
    return [each.sheet, each.line, each.state.value, title, cells, each.faults, each.differences]


def as_cell(value: Value) -> object:
    """Return what stands in a cell of a file as it can be written into another."""
    return _restored(_plain(value, show(value)))


def _plain(value: object, shown: str) -> object:
    if isinstance(value, float) and (is_whole(value) or not math.isfinite(value)):
        return int(value) if is_whole(value) else shown
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value if isinstance(value, str | int | float) else shown


def unpacked(content: bytes) -> Outcome:
    """Return an outcome that was kept."""
    stored = json.loads(gzip.decompress(content))
    rows = [_shown(stored["names"], *row) for row in stored["rows"]]
    own = {name: Layout(*each) for name, each in stored.get("own", {}).items()}
    said = stored.get("unread", ()), own, stored.get("books", ())
    return Outcome(rows, stored["headings"], stored["skipped"], stored["digest"], *said)


def _shown(
    names: dict, sheet: str, line: int, state: str, title: str, cells: dict, faults: dict, differences: list
) -> ShownRow:
    cells = {key: _restored(value) for key, value in cells.items()}
    told = [(key, _text(cells.get(key)), reason) for key, reason in faults.items()]
    return ShownRow(sheet, line, state, title, cells, told, names.get(sheet, {}), [tuple(each) for each in differences])


def _restored(value: object) -> object:
    return date.fromisoformat(value["day"]) if isinstance(value, dict) else value


def _text(value: object) -> str:
    return "" if value is None else short_day(value) if isinstance(value, date) else str(value)
