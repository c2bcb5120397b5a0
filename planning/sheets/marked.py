"""A sheet that was read, given back with its faults in red and the reasons beside them."""

from datetime import date

from common.sheets.cells import is_whole
from common.workbooks import OfficeWorkbook
from planning.sheets.columns import BY_KEY
from planning.sheets.intake import Listed, Preview

SHEET = "Cần sửa"
ROW = "Dòng trong tệp"
REASON = "Vì sao cần sửa"
REASON_WIDTH = 60
AS_THEY_ARE = (str, int, float, date)


def marked_workbook(preview: Preview, *, made_by: str) -> bytes:
    """Return the rows as the sheet had them, under its own headings, each fault red. It can be mended and sent again.

    Columns of the sheet that mean nothing here are left out.
    """
    typed = preview.typed
    keys = [key for key in ("number", *BY_KEY) if key in typed.headings]
    rows, faults = [], {}
    for index, listed in enumerate(preview.listed):
        rows.append((listed.row.line, *(_value(listed, key) for key in keys), _reasons(listed)))
        faults |= {(index, 1 + keys.index(key)): reason for key, reason in listed.faults.items()}
    book = OfficeWorkbook(title=f"{typed.file_name}: chỗ cần sửa", creator=made_by)
    book.add_table(
        SHEET,
        title=f"Chỗ cần sửa trong tệp “{typed.file_name}”",
        notes=["Ô đỏ là ô cần sửa; cột cuối nói vì sao. Sửa xong có thể tải chính tệp này lên."],
        headings=[ROW, *(typed.headings[key] for key in keys), REASON],
        rows=rows,
        widths=[8, *(BY_KEY[key].width if key in BY_KEY else 8 for key in keys), REASON_WIDTH],
        faults=faults,
    )
    return book.to_bytes()


def _value(listed: Listed, key: str) -> object:
    cell = listed.row[key]
    if isinstance(cell.value, float) and is_whole(cell.value):
        return int(cell.value)
    return cell.value if isinstance(cell.value, AS_THEY_ARE) else cell.shown


def _reasons(listed: Listed) -> str:
    return " ".join(f"{heading}: {reason}" for heading, reason in listed.told_faults)
