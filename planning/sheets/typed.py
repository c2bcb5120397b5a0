"""What a workbook of people to introduce says, kept between the preview and the act.

It travels in the form itself, signed: nothing of a file that was only looked at stays on the server, two tabs do not
disturb each other, and whatever comes back is known to be what was read. Whom it means and what is in the way is found
out anew each time, so the act never rests on an old preview.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.core import signing
from django.core.files.base import File

from common.errors import Refused
from common.formats import grouped
from common.sheets import Cell, Fault, Row, open_workbook
from common.sheets.cells import Value
from common.vietnamese import search_key
from planning.sheets.columns import COLUMNS

HEADINGS = {"number": ["STT", "TT", "Số TT"]} | {column.key: [column.heading, *column.spellings] for column in COLUMNS}
REQUIRED = ("name", "born", "position")
MOST_ROWS = 300  # an organisation plans for some dozens
LONGEST_CELL = 400  # letters kept of a cell: more than any column takes, so too long stays too long
LARGEST = 600_000  # characters of the signed form
LASTS = 2 * 60 * 60  # seconds
SALT = "planning.sheets.typed"
EXAMPLE = "Ví dụ"
EXAMPLE_PERSON = {"name": "Nguyễn Văn A", "born": "05/3/1980"}


@dataclass(frozen=True)
class TypedRow:
    """A row under the headings: its line in the sheet, its cells by the keys of columns."""

    line: int
    cells: Mapping[str, Cell]

    def __getitem__(self, key: str) -> Cell:
        return self.cells[key]


@dataclass(frozen=True)
class Typed:
    """A sheet as it was read. `headings` are those found, by key; `skipped` the lines that name nobody, in words."""

    file_name: str
    sha256: str
    sheet: str
    headings: Mapping[str, str]
    rows: list[TypedRow]
    skipped: list[str]

    def signed(self, on: date, **belongs_to: int) -> str:
        """Return it, with the day of introduction, as a text; `from_signed` takes it only with the same `belongs_to`.

        Raises `Refused` when there is more in the sheet than a form should carry.
        """
        stored = {
            "for": belongs_to,
            "on": on.isoformat(),
            "file": [self.file_name, self.sha256, self.sheet, self.rows[0]["name"].counts_from_1904],
            "headings": dict(self.headings),
            "rows": [[row.line, {key: _stored(row[key].value) for key in self.headings}] for row in self.rows],
            "skipped": self.skipped,
        }
        text = signing.dumps(stored, salt=SALT, compress=True)
        if len(text) > LARGEST:
            raise Refused(f"Tệp “{self.file_name}” có quá nhiều chữ. Hãy tách thành nhiều tệp.")
        return text


def from_upload(upload: File) -> Typed:
    """Return what a workbook says of people to introduce. Raises `Refused`, saying what to do."""
    sheets = open_workbook(upload)
    table = sheets.table(headings=HEADINGS, required=REQUIRED)
    rows, skipped = [], []
    for row in table.rows:
        if row.lone_text and not row["number"].is_empty and row.lone_text.isdecimal():
            continue  # numbered beforehand, nobody in it
        why = _why_skipped(row)
        if why:
            skipped.append(f"Dòng {row.number}: {why}")
        else:
            rows.append(TypedRow(row.number, {key: _shortened(row[key]) for key in HEADINGS}))
        if max(len(rows), len(skipped)) > MOST_ROWS:
            raise Refused(
                f"Trang “{table.sheet}” có quá {grouped(MOST_ROWS)} dòng. "
                "Hãy chỉ để lại người của tổ chức này, hoặc tách thành nhiều tệp."
            )
    if not rows:
        raise Refused(f"Trang “{table.sheet}” chưa ghi ai. Hãy ghi mỗi người một dòng dưới dòng tiêu đề.")
    return Typed(sheets.name, sheets.sha256, table.sheet, table.columns, rows, skipped)


def from_signed(text: str, **belongs_to: int) -> tuple[Typed, date]:
    """Return what was signed, and the day of introduction.

    Raises `Refused` when it was changed, is too old, or belongs to something else.
    """
    try:
        stored = signing.loads(text, salt=SALT, max_age=LASTS)
    except signing.SignatureExpired as error:
        raise Refused("Bản xem trước đã quá 2 giờ. Hãy tải tệp lên lại.") from error
    except signing.BadSignature as error:
        raise Refused("Bản xem trước không còn nguyên vẹn. Hãy tải tệp lên lại.") from error
    if stored["for"] != belongs_to:
        raise Refused("Bản xem trước này là của trang khác. Hãy tải tệp lên lại.")
    file_name, sha256, sheet, from_1904 = stored["file"]
    headings = stored["headings"]
    rows = [
        TypedRow(
            line,
            {
                key: Cell(sheet, line, headings.get(key, texts[0]), _restored(values.get(key)), from_1904)
                for key, texts in HEADINGS.items()
            },
        )
        for line, values in stored["rows"]
    ]
    return Typed(file_name, sha256, sheet, headings, rows, stored["skipped"]), date.fromisoformat(stored["on"])


def is_marked_example(number: Cell) -> bool:
    return search_key(number.shown) == search_key(EXAMPLE)


def _why_skipped(row: Row) -> str:
    """Return why a line names nobody, "" when it does: a title between the rows, the template's own example."""
    person = {key: search_key(row[key].shown) for key in EXAMPLE_PERSON}
    if is_marked_example(row["number"]) and person == {k: search_key(said) for k, said in EXAMPLE_PERSON.items()}:
        return "dòng ví dụ của mẫu."
    return f"“{row.lone_text[:80]}”, không phải là một người." if row.lone_text and row["name"].is_empty else ""


def _shortened(cell: Cell) -> Cell:
    value = cell.value
    return replace(cell, value=value[:LONGEST_CELL]) if isinstance(value, str) and len(value) > LONGEST_CELL else cell


def _stored(value: Value) -> object:
    """Return a value as JSON can hold it."""
    match value:
        case Fault():
            return {"fault": [value.shown[:LONGEST_CELL], value.reason]}
        case date():
            return {"day": value.isoformat()}
        case None | str() | bool() | int() | float():
            return value
    return str(value)  # a time of day: no column takes one


def _restored(value: object) -> Value:
    match value:
        case {"fault": [shown, reason]}:
            return Fault(shown, reason)
        case {"day": str(day)}:
            return datetime.fromisoformat(day) if "T" in day else date.fromisoformat(day)
    return value
