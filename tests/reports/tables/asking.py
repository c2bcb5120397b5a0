"""How the tests of standard tables ask for one, and read it."""

from collections.abc import Iterator
from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.periods import Period
from organizations.scope import Scope
from reports.choices import choose
from reports.frame import Frame
from reports.tables import TABLES
from reports.tables.base import Cell, Table
from tests.reports.boards import DAY

EVERYTHING = Scope.everything()


def frame(day: date = DAY, code: str = "", scope: Scope = EVERYTHING) -> Frame:
    """Return the frame of the year of `day`, as known on it."""
    return choose(scope=scope, period=Period.of_year(day.year), as_at=day, code=code).frame


def ask(key: str, day: date = DAY, code: str = "", scope: Scope = EVERYTHING, **chosen: object) -> Table:
    """Return the table with what is chosen of its options, as an address would say it."""
    options = TABLES[key].options(chosen)
    assert options.is_valid(), options.errors
    return TABLES[key].make(frame(day, code, scope), options.cleaned_data)


def words(key: str, **chosen: object) -> str:
    """Return what the head of the table says of the choice."""
    options = TABLES[key].options(chosen)
    assert options.is_valid(), options.errors
    return options.in_words()


def column(table: Table, key: str) -> list[object]:
    """Return the values of a column, from the first row to the last."""
    return [cell.value for cell in cells(table, key)]


def cells(table: Table, key: str) -> Iterator[Cell]:
    place = table.index(key)
    return (row[place] for row in table.rows)


def keys(table: Table) -> list[str]:
    return [each.key for each in table.columns]


def titles(table: Table) -> list[str]:
    return [group.title for group in table.groups]


def count_queries(key: str, **chosen: object) -> int:
    """Return how many queries it takes to make the table, its frame left out."""
    asked, options = frame(), TABLES[key].options(chosen)
    assert options.is_valid(), options.errors
    with CaptureQueriesContext(connection) as queries:
        TABLES[key].make(asked, options.cleaned_data)
    return len(queries)
