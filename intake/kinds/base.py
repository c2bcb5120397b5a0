"""What a kind of import is: its sheets and columns, and what its rows come to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.db.models import Model

from common.progress import counted
from common.sheets import Cell, CellError, Row, text
from organizations.scope import Right, Scope

Rows = Mapping[str, Sequence[Row]]  # the rows of a workbook, by the name of the sheet
Difference = tuple[str, str, str]  # the heading of a column, what the register says, what the row says


class State(StrEnum):
    """What a row comes to."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WRONG = "wrong"


@dataclass(frozen=True)
class Column:
    """A column of a sheet. `reader` makes a value of a cell or raises `CellError` with the words to show.

    `spellings` are other headings by which it is known; `choices` drop down in the template; `must` means that it may
    not be empty; `as_typed` keeps what is typed in the template as text.
    """

    key: str
    heading: str
    spellings: tuple[str, ...] = ()
    width: int = 14
    note: str = ""
    choices: tuple[str, ...] = ()
    must: bool = False
    as_typed: bool = False
    reader: Callable[[Cell], object] = text


@dataclass(frozen=True)
class SheetSpec:
    """A sheet of a kind: its name in the workbook, its columns, an example row by column key."""

    name: str
    columns: tuple[Column, ...]
    example: Mapping[str, object]
    notes: tuple[str, ...] = ()
    required: bool = True

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)


@dataclass(eq=False)
class Listed:
    """A row as it is understood. `values` are those that could be read, `faults` why not, both by column key.

    `meant` is whatever the kind needs to write it.
    """

    sheet: str
    row: Row
    values: dict[str, object] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    is_new: bool = False
    meant: object = None

    @property
    def line(self) -> int:
        return self.row.number

    @property
    def state(self) -> State:
        if self.faults:
            return State.WRONG
        if self.is_new:
            return State.NEW
        return State.CHANGED if self.differences else State.UNCHANGED

    @property
    def record(self) -> Model | None:
        """The record that the row tells of first of all, when it is known by now."""
        told = [self.meant, *vars(self.meant).values()] if self.meant is not None else []
        return next((each for each in told if isinstance(each, Model)), None)

    def fault(self, key: str, reason: str) -> None:
        """Say what is wrong in a column, unless something has been said of it already."""
        self.faults.setdefault(key, reason)


@dataclass(frozen=True)
class Kind:
    """A kind of import. `code` stands in addresses; `understand` asks a fixed number of queries; `write` is part of an
    act; `export` gives every record of the scope, by sheet, as rows in the order of the columns.

    Whoever hands an export out calls `journal_export` too, where there is one: it records who took confidential lists.
    """

    code: str
    label: str
    right: Right
    sheets: tuple[SheetSpec, ...]
    understand: Callable[..., list[Listed]]  # (rows, *, scope: Scope, day: date)
    write: Callable[..., None]  # (listed, *, by)
    export: Callable[[Scope, date], dict[str, list[list[object]]]]
    journal_export: Callable[..., None] | None = None  # (scope, *, by), where what is exported is confidential

    def sheet(self, name: str) -> SheetSpec:
        return next(sheet for sheet in self.sheets if sheet.name == name)


def read_rows(spec: SheetSpec, rows: Rows) -> list[Listed]:
    """Return the rows of a sheet with the values that their columns read, and the faults of the cells."""
    return [_read(spec, row) for row in counted(rows.get(spec.name, ()))]


def _read(spec: SheetSpec, row: Row) -> Listed:
    listed = Listed(spec.name, row)
    for column in spec.columns:
        cell = row[column.key]
        try:
            if column.must and cell.is_empty:
                listed.faults[column.key] = "Ô này không được để trống."
            else:
                listed.values[column.key] = column.reader(cell)
        except CellError as error:
            listed.faults[column.key] = error.reason
    return listed


def in_columns(spec: SheetSpec, cells: Mapping[str, object]) -> list[object]:
    """Return the cells of a record in the order of the columns."""
    return [cells.get(column.key) for column in spec.columns]
