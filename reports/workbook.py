"""The summary as an Excel workbook: a cover, the figures, the prose, and a sheet of records for each figure."""

from collections.abc import Iterator

from django.utils.text import capfirst

from common.formats import short_day
from common.periods import now_in_words
from common.workbooks import NUMBER_FORMAT, Formula, OfficeWorkbook, first_row
from reports.figures import Family, Figure
from reports.narrative import narrate
from reports.own_figures import OWN_TITLE
from reports.records import RecordTable, record_table
from reports.summary import Result, Summary

FIGURE_HEADINGS = (
    "STT",
    "Nội dung",
    "Số lượng",
    "Đơn vị",
    "Trên tổng số",
    "Đang chờ",
    "Kỳ so sánh",
    "Cách đếm",
    "Bảng kê",
)
NO_DATA = "chưa có số liệu"
STATED = "có"
NOT_STATED = "không có"
WIDTH_OF_HEADING = {"Họ và tên": 22, "Tổ chức đảng": 30, "Tổ chức cơ sở đảng": 46, "Quyết định": 24, "Hồ sơ": 14}
PROSE_WIDTH = 92
NUMBER_WIDTH = 7
COUNT_OF_NUMBERS = 2  # of what is shown, as SUBTOTAL knows it


def summary_workbook(summary: Summary, *, made_by: str, code: str = "", printed: Summary | None = None) -> bytes:
    """Return the workbook; `code` is that of its export.

    `printed` is the same in the units of the report, for the prose, where figures are shown in others. Who may not
    see plan names gets the plan figures without the lists of people.
    """
    frame = summary.frame
    book = OfficeWorkbook(title=_title(summary), creator=made_by)
    _cover(book, summary, made_by, code)
    book.book.properties.keywords = code
    sheets = {
        result.figure.key: f"{index:02d} {result.figure.sheet}" for index, result in enumerate(_listed(summary), 1)
    }
    _figures(book, summary, sheets)
    page = book.add_page("Báo cáo", widths=[PROSE_WIDTH])
    page.heading(_title(summary))
    for paragraph in narrate(printed or summary):
        page.paragraph(paragraph.text)
    for result in _listed(summary):
        if result.figure.family is Family.ENTRIES and not frame.shows_plan_names:
            _withheld(book, sheets[result.figure.key], result)
        else:
            _records(book, sheets[result.figure.key], result, record_table(result.figure, frame))
    return book.to_bytes()


def shown_plan_lists(summary: Summary) -> list[Result]:
    """Return the results whose lists of planned people the workbook holds: what the journal must know of."""
    if not summary.frame.shows_plan_names:
        return []
    return [result for result in summary if result.figure.family is Family.ENTRIES and result.happened]


def _title(summary: Summary) -> str:
    return f"Tổng hợp công tác kiện toàn cấp ủy và quy hoạch {summary.frame.period}"


def _listed(summary: Summary) -> Iterator[Result]:
    yield from summary.every


def _cover(book: OfficeWorkbook, summary: Summary, made_by: str, code: str) -> None:
    frame = summary.frame
    page = book.add_page("Bìa", widths=[28, 72])
    page.heading(frame.organization.committee_name.upper())
    page.heading(_title(summary))
    page.gap()
    page.fact("Tổ chức đảng", f"{frame.organization.name} và các tổ chức trực thuộc")
    page.fact("Từ ngày", frame.period.first)
    page.fact("Đến hết ngày", frame.period.last)
    page.fact("Số liệu tính đến ngày", frame.as_at)
    page.fact("So với", capfirst(frame.before.period))
    page.fact("Trạng thái sổ", frame.books)
    page.fact("Nhiệm kỳ quy hoạch", frame.plan_term or NO_DATA)
    for index, document in enumerate(summary.legal_basis):
        page.fact("Căn cứ" if index == 0 else "", document.citation)
    page.fact("Người lập", made_by)
    page.fact("Lập lúc", now_in_words())
    if code:
        page.fact("Mã bản xuất", code)
    page.gap()
    page.fact("Nguyên tắc đếm", "Chỉ đếm nội dung đã được chuẩn y hoặc phê duyệt; nội dung đang chờ nêu ở cột riêng.")


def _figures(book: OfficeWorkbook, summary: Summary, sheets: dict[str, str]) -> None:
    frame = summary.frame
    rows, indents = [], []
    for section in summary.sections:
        rows.append((None, section.title.upper(), None, None, None, None, None, None, None))
        indents.append(0)
        for index, result in enumerate(section, 1):
            rows.append((index, *_figure_cells(result), sheets[result.figure.key]))
            indents.append(1 + result.depth)
    rows.append((None, *_figure_cells(summary.outside), sheets[summary.outside.figure.key]))
    indents.append(0)
    if summary.own:
        rows.append((None, OWN_TITLE.upper(), None, None, None, None, None, None, None))
        indents.append(0)
    for index, result in enumerate(summary.own, 1):
        rows.append((index, *_figure_cells(result), sheets[result.figure.key]))
        indents.append(1)
    sheet = book.add_table(
        "Số liệu",
        title=_title(summary),
        notes=[f"{frame.organization.name} và các tổ chức trực thuộc; số liệu tính đến {short_day(frame.as_at)}."],
        headings=FIGURE_HEADINGS,
        rows=rows,
        widths=[5, 42, 9, 13, 9, 9, 10, 44, 24],
        indents=indents,
    )
    for row in sheet.iter_rows(min_col=len(FIGURE_HEADINGS), max_col=len(FIGURE_HEADINGS)):
        if row[0].value in sheets.values():
            row[0].hyperlink = f"#'{row[0].value}'!A1"


def _figure_cells(result: Result) -> tuple[object, ...]:
    return (
        result.label,
        _shown_value(result),
        result.figure.unit,
        result.out_of,
        result.pending,
        NO_DATA if result.previous is None else _shown(result, result.previous),
        result.figure.rule,
    )


def _shown_value(result: Result) -> int | str:
    return NO_DATA if result.count is None else _shown(result, result.count)


def _shown(result: Result, count: int) -> int | str:
    if result.figure.unit is None:
        return STATED if count else NOT_STATED
    return count


def _records(book: OfficeWorkbook, name: str, result: Result, table: RecordTable) -> None:
    """Write the records of a figure; beneath them their units are counted by a formula, which comes to the figure."""
    unit = f"{_shown_value(result)} {result.figure.unit or ''}".strip()
    notes = [f"Số liệu: {unit}. {result.figure.rule}"]
    rows: list[tuple[object, ...]] = [(row.number, *(cell.value for cell in row.cells)) for row in table.rows]
    first, records = first_row(notes), len(rows)
    if records:
        counted = Formula(f"SUBTOTAL({COUNT_OF_NUMBERS},A{first}:A{first + records - 1})", _format(result.figure))
        rows.append(("Cộng", counted, *[None] * (len(table.headings) - 1)))
    book.add_table(
        name,
        title=result.label,
        notes=notes,
        headings=("STT", *table.headings),
        rows=rows,
        widths=[NUMBER_WIDTH, *(WIDTH_OF_HEADING.get(heading, 15) for heading in table.headings)],
        bold=[records] if records else (),
    )


def _format(figure: Figure) -> str:
    """Return how the number of a figure is written in a cell, with its unit behind it."""
    return f'#,##0" {figure.unit}"' if figure.unit else NUMBER_FORMAT


def _withheld(book: OfficeWorkbook, name: str, result: Result) -> None:
    page = book.add_page(name, widths=[PROSE_WIDTH])
    page.heading(result.label)
    page.paragraph(
        f"Số liệu: {_shown_value(result)} {result.figure.unit}. Danh sách nhân sự quy hoạch không kèm theo: "
        "người lập bảng không được phân quyền xem danh sách này.",
    )
