"""The list of changes in the period: each turn (lượt) that took effect, under the figure that counts it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from django.db.models import Case, Value, When

from reports.families import FAMILIES
from reports.figures import Counted, Family, Figure
from reports.frame import Frame
from reports.records import LAYOUTS
from reports.summary import summarize
from reports.tables.base import Cell, Column, Group, Row, StandardTable, Table

COLUMNS = (
    Column("person", "Họ và tên", 24),
    Column("organization", "Tổ chức đảng", 34),
    Column("position", "Chức danh", 24),
    Column("act", "Nội dung", 12),
    Column("how", "Hình thức, lý do", 20),
    Column("day", "Ngày có hiệu lực", 12, css="day"),
    Column("decision", "Quyết định", 24),
    Column("dossier", "Hồ sơ", 14, css="day"),
)


def make(frame: Frame, options: Mapping[str, object]) -> Table:
    """Return the changes of the period; each stands once, under the narrowest figure that counts it."""
    results, rows = summarize_in_items(frame), _rows_by_figure(frame)
    return Table(
        columns=COLUMNS,
        groups=[
            Group(frame.in_words(figure.label), rows[figure.key], results[figure.key])
            for figure in narrowest(frame)
            if rows[figure.key]
        ],
        unit="lượt",
        notes=["Chỉ kê các lượt đã chuẩn y, có hiệu lực trong kỳ; kết quả đại hội và sắp xếp tổ chức không kê ở đây."],
    )


def narrowest(frame: Frame) -> Iterator[Figure]:
    """Go through the figures of changes that have no parts, in reading order, and the one of what none counts."""
    catalogue = frame.printed.counted_in(Counted.ITEMS)
    for figure in (each for section in catalogue.sections for top in section.figures for each in top):
        if figure.family is Family.CHANGES and not figure.parts and frame.tells_of(figure.level):
            yield figure
    yield catalogue.outside


def summarize_in_items(frame: Frame) -> dict[str, int | None]:
    """Return how many records each figure of the frame counts, by its key."""
    summary = summarize(replace(frame, catalogue=frame.printed.counted_in(Counted.ITEMS)))
    return {result.figure.key: result.count for result in (*summary, summary.outside)}


def _rows_by_figure(frame: Frame) -> dict[str, list[Row]]:
    """Return the rows of each of the narrowest figures, by its key. One query."""
    family, layout = FAMILIES[Family.CHANGES], LAYOUTS[Family.CHANGES]
    found: dict[str, list[Row]] = defaultdict(list)
    if frame.has_begun:
        keys = [When(family.condition(figure, frame), then=Value(figure.key)) for figure in narrowest(frame)]
        counted = family.rows(frame).filter(family.counted(frame)).annotate(figure=Case(*keys))
        for item in counted.select_related(*layout.related).order_by(*layout.order, "pk"):
            found[item.figure].append(tuple(Cell(value, url) for value, url in layout.values(item)))
    return found


TABLE = StandardTable(
    key="bien-dong",
    name="Danh sách biến động cấp ủy",
    sheet="Biến động cấp ủy",
    answers="Ai vào, ai thôi cấp ủy trong kỳ, theo quyết định nào; mỗi lượt đứng đúng một lần.",
    make=make,
    of_period=True,
    empty="Trong kỳ không có lượt kiện toàn cấp ủy nào có hiệu lực.",
)
