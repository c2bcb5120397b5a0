"""How the tests of standard tables make one, and read it."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.periods import Period
from organizations.scope import Right, Scope
from reports.choices import choose
from reports.frame import Frame
from reports.tables import TABLES
from reports.tables.base import Cell, Row, Table

DAY = date(2023, 3, 10)
EVERYTHING = Scope.everything()


def frame_of(
    code: str = "", *, day: date = DAY, period: Period | None = None, scope: Scope = EVERYTHING, plan_term: str = ""
) -> Frame:
    """Return the frame of a year up to `day`; the newest plan term unless another is asked for."""
    period = period or Period.of_year(day.year)
    return choose(scope=scope, period=period, as_at=day, code=code, plan_term=plan_term).frame


def table(key: str, frame: Frame, **options: str) -> Table:
    """Return the table with the options as an address has them."""
    form = TABLES[key].options(options)
    assert form.is_valid(), form.errors
    made = TABLES[key].make(frame, form.cleaned_data)
    assert all(len(row) == len(made.columns) for row in made.rows)
    return made


def cell(made: Table, row: Row, key: str) -> Cell:
    return row[made.index(key)]


def column(made: Table, key: str) -> list:
    """Return the values of a column, in the order of the rows."""
    return [cell(made, row, key).value for row in made.rows]


def row_of(made: Table, **values: object) -> dict[str, object]:
    """Return the values, by column, of the one row that has these."""
    rows = [{each.key: value.value for each, value in zip(made.columns, row, strict=True)} for row in made.rows]
    [found] = [row for row in rows if values.items() <= row.items()]
    return found


def over(path: str, *rights: Right) -> Scope:
    """Return a scope that holds the rights over the organisation at `path` and all beneath it; to view, always."""
    return Scope.of((right, [path]) for right in (Right.VIEW, *rights))


def queries_of(key: str, frame: Frame, **options: str) -> int:
    """Return how many queries it takes to make the table and go through it."""
    with CaptureQueriesContext(connection) as queries:
        list(table(key, frame, **options).rows)
    return len(queries)
