"""Workbooks of a kind of import in tests: written, read back, understood and taken in."""

from collections.abc import Mapping, Sequence
from datetime import date

from common.journal import act
from common.sheets import open_workbook
from common.workbooks import OfficeWorkbook
from intake.kinds.base import Kind, Listed, State
from organizations.scope import Scope

DAY = date(2026, 11, 25)
Cells = Mapping[str, object]  # the cells of a row, by column key


def workbook(kind: Kind, rows: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """Return a workbook with the rows, by sheet, under the headings of the template."""
    book = OfficeWorkbook(title=kind.label, creator="Kiểm thử")
    for spec in kind.sheets:
        if rows.get(spec.name):
            book.add_table(
                spec.name,
                title=spec.name,
                headings=[column.heading for column in spec.columns],
                rows=rows[spec.name],
                widths=[column.width for column in spec.columns],
            )
    return book.to_bytes()


def read(kind: Kind, content: bytes) -> dict[str, list]:
    """Return the rows of a workbook, by sheet."""
    sheets = open_workbook(content)
    return {
        spec.name: list(
            sheets.table(
                spec.name,
                headings={column.key: [column.heading, *column.spellings] for column in spec.columns},
                required=[column.key for column in spec.columns if column.must],
            ).rows
        )
        for spec in kind.sheets
        if spec.name in sheets.names
    }


def typed(kind: Kind, **sheets: Sequence[Cells]) -> dict[str, list]:
    """Return the rows that a workbook with these cells has; sheets are named by their place: s0, s1, …"""
    rows = {}
    for place, lines in sheets.items():
        spec = kind.sheets[int(place[1:])]
        rows[spec.name] = [[line.get(column.key) for column in spec.columns] for line in lines]
    return read(kind, workbook(kind, rows))


def understood(kind: Kind, scope: Scope | None = None, **sheets: Sequence[Cells]) -> list[Listed]:
    """Return what the rows come to."""
    return kind.understand(typed(kind, **sheets), scope=scope or Scope.everything(), day=DAY)


def faults_of(kind: Kind, scope: Scope | None = None, **sheets: Sequence[Cells]) -> list[dict[str, str]]:
    """Return what is wrong in each row."""
    return [each.faults for each in understood(kind, scope, **sheets)]


def states_of(kind: Kind, scope: Scope | None = None, **sheets: Sequence[Cells]) -> list[str]:
    return [each.state.value for each in understood(kind, scope, **sheets)]


@act("Nhập dữ liệu")
def commit(kind: Kind, listed: Sequence[Listed], *, by) -> None:
    """Write what was understood, as the engine does: in one act."""
    assert not any(each.faults for each in listed), next(each.faults for each in listed if each.faults)
    kind.write([each for each in listed if each.state in (State.NEW, State.CHANGED)], by=by)


def take_in(kind: Kind, *, by, **sheets: Sequence[Cells]) -> list[Listed]:
    """Understand the rows and write them."""
    listed = understood(kind, by.scope, **sheets)
    commit(kind, listed, by=by)
    return listed
