"""A standard table as the lines of a page: names of groups, records, sums."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from common.formats import grouped
from reports.tables.base import Column, Row, Table
from reports.tables.words import in_words, total_in_words


@dataclass(frozen=True)
class Text:
    """What stands in a cell, under its heading; `url` where it leads somewhere."""

    heading: str
    text: str
    classes: str
    url: str = ""
    is_missing: bool = False


@dataclass(frozen=True)
class Line:
    """A line of the page. `word` is the name of a group, the number of a record, or the word before a sum."""

    kind: Literal["group", "record", "sum"]
    word: str
    cells: Sequence[Text] = ()


def lines_of(table: Table) -> list[Line]:
    """Return all lines, in reading order; a table of one nameless group has only its total as a sum."""
    return list(_lines(table)) if table.count else []


def _lines(table: Table) -> Iterator[Line]:
    for group in table.groups:
        if group.title:
            yield Line("group", group.title)
        for number, row in enumerate(group.rows, 1):
            yield Line("record", str(number), [_text(table, place, row) for place in _shown(table)])
        if group.title and group.rows:
            yield Line("sum", "Cộng", _sums(table, group.rows))
    if len(table.groups) > 1 or not table.is_grouped:
        yield Line("sum", "Tổng", _sums(table, list(table.rows)))


def _shown(table: Table) -> list[int]:
    return [place for place, column in enumerate(table.columns) if not column.only_in_excel]


def _text(table: Table, place: int, row: Row) -> Text:
    column, cell = table.columns[place], row[place]
    text = in_words(table, place, row)
    return Text(column.heading, text, column.classes, cell.url, is_missing=text == column.missing)


def _sums(table: Table, rows: Sequence[Row]) -> list[Text]:
    first, *others = (table.columns[place] for place in _shown(table))
    return [
        Text(first.heading, f"{grouped(len(rows))} {table.unit}", first.classes),
        *(_sum(table, column, rows) for column in others),
    ]


def _sum(table: Table, column: Column, rows: Sequence[Row]) -> Text:
    return Text(column.heading, total_in_words(table, column, rows), column.classes)
