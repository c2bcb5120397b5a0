"""The papers of reports for Word, in the party form: the summary, and a standard table."""

from collections.abc import Iterator, Sequence

from django.utils.text import capfirst

from common.formats import grouped, padded
from common.papers import Layout, render
from common.progress import counted
from organizations.models import PaperKind
from organizations.papers import template_in_use
from personnel.papers.frame import UNKNOWN, frame
from personnel.papers.issuers import issuer_of
from reports.files.head import Head
from reports.narrative import narrate
from reports.summary import Result, SectionResult, Summary
from reports.tables.base import NONE, Column, Row, StandardTable, Table
from reports.tables.words import in_words, total_in_words

# Widths in mm.
WIDTH_LYING = 252  # of the text
NUMBER_WIDTH = 12
WIDTHS = {"day": 19, "num": 14}  # of columns that hold nothing longer, in letters of the usual size
SHARE_WIDTH = 26
LEAST_OF_A_TEXT = 13
# Of letters, in points; a table of more columns than many has the small ones.
SIZE, SMALL_SIZE, MANY_COLUMNS = 10, 8, 10
REPORT_TYPE = "BC"


def summary_paper(summary: Summary, head: Head) -> bytes:
    """Return the report: the prose, the figures as a table, what a reader should know of them.

    Raises `common.papers.BadTemplate` when the office's own template fails.
    """
    about = summary.frame
    return render(
        template_in_use(PaperKind.REPORT),
        _party_form(head)
        | {
            "doan": [paragraph.text for paragraph in narrate(summary)],
            "ky": capfirst(str(about.period)),
            "ky_so_sanh": capfirst(str(about.before.period)),
            "muc": [_section(section) for section in summary.sections] if summary.has_data else [],
            "ghi_chu": [
                *head.of_what,
                "Chỉ đếm nội dung đã chuẩn y hoặc phê duyệt; nội dung đang chờ nêu ở cột riêng, không cộng vào số",
            ],
            "noi_nhan": ["Cấp ủy cấp trên (để báo cáo),", "Lưu Ban Tổ chức."],
        },
    )


def table_paper(definition: StandardTable, table: Table, head: Head) -> bytes:
    """Return a standard table as a lying sheet. Raises as `summary_paper`."""
    places = [place for place, column in enumerate(table.columns) if not column.only_in_excel]
    shown = [table.columns[place] for place in places]
    return render(
        template_in_use(PaperKind.REPORT_TABLE),
        _party_form(head)
        | {
            "ghi_chu": head.of_what,
            "chu_thich": [note.rstrip(".") for note in table.notes],
            "so_cot": len(shown) + 1,
            "cot": ["STT", *(column.heading for column in shown)],
            "dong": counted(_lines(table, places)) if table.count else [],
            "trong": definition.empty,
        },
        layout=_layout(shown),
    )


def _party_form(head: Head) -> dict[str, object]:
    about = head.frame
    issuer = issuer_of(about.organization.organization, None, REPORT_TYPE, about.day, about.scope)
    return frame(issuer, REPORT_TYPE, None, head.title) | {"lap_boi": head.by_whom}


# The figures of the summary


def _section(section: SectionResult) -> dict[str, object]:
    return {"ten": section.title, "dong": [_figure(number, result) for number, result in enumerate(section, 1)]}


def _figure(number: int, result: Result) -> dict[str, object]:
    out_of = f"/{padded(result.out_of)}" if result.out_of and result.count is not None else ""
    return {
        "stt": number,
        "ten": f"{'– ' * result.depth}{result.label}",
        "so": _stated(result, result.count) + out_of,
        "don_vi": result.figure.unit or NONE,
        "so_sanh": _stated(result, result.previous),
        "cho": padded(result.pending),
    }


def _stated(result: Result, count: int | None) -> str:
    if count is None:
        return UNKNOWN
    if result.figure.unit is None:
        return "có" if count else "không"
    return padded(count)


# Standard tables


def _lines(table: Table, places: Sequence[int]) -> Iterator[dict[str, object]]:
    for group in table.groups:
        if group.title:
            yield {"nhom": group.title, "cong": "", "o": []}
        for number, row in enumerate(group.rows, 1):
            yield {"nhom": "", "cong": "", "o": [str(number), *(in_words(table, place, row) for place in places)]}
        if group.title and group.rows:
            yield _sum("Cộng", table, places, group.rows)
    if len(table.groups) > 1 or not table.is_grouped:
        yield _sum("Tổng", table, places, list(table.rows))


def _sum(word: str, table: Table, places: Sequence[int], rows: Sequence[Row]) -> dict[str, object]:
    cells = [total_in_words(table, table.columns[place], rows) for place in places]
    return {"nhom": "", "cong": word, "o": [word, f"{grouped(len(rows))} {table.unit}", *cells[1:]]}


def _layout(columns: Sequence[Column]) -> Layout:
    """Return the columns so that days and numbers have room for one line; texts share the rest of the sheet.

    Many columns are written in smaller letters.
    """
    size = SIZE if len(columns) <= MANY_COLUMNS else SMALL_SIZE
    needed = [SHARE_WIDTH if column.share else WIDTHS.get(column.css, 0) for column in columns]
    needed = [width * size / SIZE for width in needed]
    texts = [column.width for column, width in zip(columns, needed, strict=True) if not width]
    room, least = WIDTH_LYING - NUMBER_WIDTH, LEAST_OF_A_TEXT * size / SIZE
    spare = max(room - sum(needed) - least * len(texts), 0)
    asked = [width or least + spare * column.width / sum(texts) for column, width in zip(columns, needed, strict=True)]
    widths = [width * room / sum(asked) for width in asked]
    centred = {0, *(place for place, column in enumerate(columns, 1) if column.css)}
    headings = ["STT", *(column.heading for column in columns)]
    return Layout(headings, [NUMBER_WIDTH, *widths], centred, size)
