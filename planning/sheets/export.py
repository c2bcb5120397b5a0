"""The list of planned people as an Excel workbook: what the page shows, all its pages, in its order."""

from collections.abc import Iterable, Sequence
from datetime import date

from common.formats import grouped, short_day
from common.periods import now_in_words
from common.workbooks import OfficeWorkbook
from organizations.scope import Scope
from personnel.papers.people import seats_and_measures
from planning.models import PlanEntry
from planning.querysets import PlanEntryQuerySet
from planning.sheets.columns import Column

SHEET = "Danh sách quy hoạch"
CONFIDENTIAL = "Danh sách chỉ công bố trong cấp ủy và với người có liên quan. Lần xuất này đã ghi vào nhật ký."


def with_people(entries: PlanEntryQuerySet, scope: Scope, day: date) -> PlanEntryQuerySet:
    """Fetch what the columns ask of the people besides: what they hold, and which measures are in force, on `day`."""
    return entries.prefetch_related(*seats_and_measures(day, scope))


def entries_workbook(
    entries: Iterable[PlanEntry], columns: Sequence[Column], *, filter_in_words: str, day: date, made_by: str
) -> bytes:
    """Return the workbook of the entries, in the order given, as they were on `day`."""
    rows = [
        (number, *(column.value(entry, day) for column in columns)) for number, entry in enumerate(entries, start=1)
    ]
    book = OfficeWorkbook(title=SHEET, creator=made_by)
    book.add_table(
        SHEET,
        title=SHEET.upper(),
        notes=[
            f"{filter_in_words[:1].upper()}{filter_in_words[1:]}. Có {grouped(len(rows))} kết quả.",
            f"Số liệu tính đến ngày {short_day(day)}. Người lập: {made_by}, lúc {now_in_words()}.",
            CONFIDENTIAL,
        ],
        headings=["STT", *(column.heading for column in columns)],
        rows=rows,
        widths=[5, *(column.width for column in columns)],
    )
    return book.to_bytes()
