"""What a standard table is: columns, rows in groups, what one row counts. Page, Excel and Word show the same one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django import forms

from reports.frame import Frame

NONE = "—"  # nothing of the kind
UNKNOWN = "chưa có số liệu"
ROOMY, ROOMIEST = 14, 24  # characters, of columns that pages do not squeeze

Value = str | int | Decimal | date | None


@dataclass(frozen=True)
class Cell:
    """A value as it is (text, day, number, `common.workbooks.Year`) and, where it leads somewhere, the address.

    A Decimal has as many places as are to be shown.
    """

    value: Value
    url: str = ""


@dataclass(frozen=True)
class Share:
    """What a column of shares is reckoned from: the keys of two columns of numbers, the part and its base."""

    part: str
    base: str


@dataclass(frozen=True)
class Column:
    """A column. `missing` stands where a row has no value: not known, or nothing of the kind.

    `summed`: its numbers add up in subtotals. `share`: it is reckoned from two other columns, and rows hold None there;
    pages write it with its base, "15,38 % (6/39)", so a base needs no column of its own there (`only_in_excel`).
    """

    key: str
    heading: str
    width: int  # characters, in a workbook
    css: str = ""  # "num" for numbers, "day" for days
    missing: str = NONE
    summed: bool = False
    share: Share | None = None
    only_in_excel: bool = False

    @property
    def classes(self) -> str:
        """The classes of its cells on pages: what they hold, and how much room that asks for."""
        room = "roomiest" if self.width >= ROOMIEST else "roomy" if self.width >= ROOMY else ""
        return " ".join(filter(None, [self.css, "" if self.css else room]))


Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Group:
    """Rows that stand together, with a subtotal. `value` is the figure that they were counted for, if one was.

    Rows and value agree: as many rows as the figure says, where it counts rows.
    """

    title: str
    rows: Sequence[Row]
    value: int | None = None


@dataclass(frozen=True)
class Table:
    """Rows in groups; one group with an empty title where they are not grouped. A number before each row is not in it.

    `unit` is what one row is: lượt, đồng chí, vị trí. `notes` say how it was counted. `names_planned_people`: whoever
    looks at it or takes it away is journaled.
    """

    columns: Sequence[Column]
    groups: Sequence[Group]
    unit: str
    notes: Sequence[str] = ()
    names_planned_people: bool = False

    @property
    def count(self) -> int:
        return sum(len(group.rows) for group in self.groups)

    @property
    def rows(self) -> Iterator[Row]:
        for group in self.groups:
            yield from group.rows

    @property
    def is_grouped(self) -> bool:
        return any(group.title for group in self.groups)

    def index(self, key: str) -> int:
        """Return the place of a column among the columns."""
        return next(place for place, column in enumerate(self.columns) if column.key == key)

    def total(self, column: Column, rows: Sequence[Row]) -> int:
        """Return the sum of a column of numbers over some rows; what is not known adds nothing."""
        place = self.index(column.key)
        return sum(row[place].value for row in rows if isinstance(row[place].value, int))


class Options(forms.Form):
    """What can be chosen of one table beside its period and organisation. The names of fields stand in addresses."""

    def in_words(self) -> str:
        """Say what was chosen, for the table's head: "Ban Thường vụ; đang chờ"; empty where nothing was."""
        return ""


@dataclass(frozen=True)
class StandardTable:
    """A table that every office needs. `answers` is the one line that says what the page answers.

    `make` reads it for a frame and the cleaned data of valid `options`, in a fixed number of queries. `of_period`: of
    what happened in the period; else of what stood on its last day (`frame.day`).
    """

    key: str
    name: str
    sheet: str  # at most 31 characters
    answers: str
    make: Callable[[Frame, Mapping[str, object]], Table]
    of_period: bool
    options: type[Options] = Options
    empty: str = "Không có dòng nào trong phạm vi đã chọn."
