"""Reading a table's workbook back as Excel would: formulas come to what they say of the cells that they name."""

import re
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

SUBTOTAL = re.compile(r"=SUBTOTAL\((\d+),([A-Z]+)(\d+):([A-Z]+)(\d+)\)")


def sheet_of(content: bytes) -> Worksheet:
    [sheet] = load_workbook(BytesIO(content))
    return sheet


def value_of(sheet: Worksheet, address: str) -> object:
    """Return what stands in a cell; a subtotal as Excel reckons it, which leaves other subtotals out."""
    value = sheet[address].value
    found = SUBTOTAL.fullmatch(str(value))
    if not found:
        return value
    kind, column, first, _, last = found.groups()
    cells = [sheet[f"{column}{row}"] for row in range(int(first), int(last) + 1)]
    plain = [cell.value for cell in cells if cell.value is not None and cell.data_type != "f"]
    numbers = [cell for cell in plain if isinstance(cell, int)]
    return {"2": len(numbers), "3": len(plain), "9": sum(numbers)}[kind]


def subtotals(sheet: Worksheet) -> dict[str, list[object]]:
    """Return the counts under each group, and the total, by the words before them: {"Cộng": [2, 1], "Tổng": [3]}."""
    found: dict[str, list[object]] = {"Cộng": [], "Tổng": []}
    for row in sheet.iter_rows(max_col=1):
        if row[0].value in found:
            found[row[0].value].append(value_of(sheet, f"B{row[0].row}"))
    return found
