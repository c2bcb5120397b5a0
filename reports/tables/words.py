"""The values of a standard table as pages and papers write them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from common.formats import grouped, percent, short_day, with_comma
from common.workbooks import Year
from reports.tables.base import Cell, Column, Row, Table


def in_words(table: Table, place: int, row: Row) -> str:
    """Return the value of a row at a place among the columns; a share comes with its base."""
    column = table.columns[place]
    if column.share is None:
        return _value(row[place], column)
    part, base = (row[table.index(key)].value for key in (column.share.part, column.share.base))
    return percent(part, base) if isinstance(part, int) and isinstance(base, int) else column.missing


def total_in_words(table: Table, column: Column, rows: Sequence[Row]) -> str:
    """Return what stands under a column of some rows: its sum, its share, or nothing."""
    if column.share is None:
        return grouped(table.total(column, rows)) if column.summed else ""
    of = [table.columns[table.index(key)] for key in (column.share.part, column.share.base)]
    return percent(*(table.total(each, rows) for each in of))


def _value(cell: Cell, column: Column) -> str:
    value = cell.value
    if value is None or value == "":
        return column.missing
    if isinstance(value, date):
        return short_day(value)
    if isinstance(value, Decimal):
        return with_comma(value)
    return grouped(value) if isinstance(value, int) and not isinstance(value, Year) else str(value)
