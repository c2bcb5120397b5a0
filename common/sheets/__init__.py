"""Excel workbooks that users send, read: sheets, tables found by their headings, cells understood or refused.

    sheets = open_workbook(upload)
    table = sheets.table(headings={"name": ["Họ và tên", "Họ tên"], "born": ["Ngày sinh"]}, required=["name"])
    for row in table.rows:
        values, errors = row.read({"name": text, "born": day})

`common.workbooks` writes them.
"""

from common.sheets.cells import Cell, CellError, Fault, filled, one_of, text, whole_number, yes_no
from common.sheets.days import PartialDay, day, full_day
from common.sheets.tables import Row, Sheets, Table, open_workbook

__all__ = [
    "Cell",
    "CellError",
    "Fault",
    "PartialDay",
    "Row",
    "Sheets",
    "Table",
    "day",
    "filled",
    "full_day",
    "one_of",
    "open_workbook",
    "text",
    "whole_number",
    "yes_no",
]
