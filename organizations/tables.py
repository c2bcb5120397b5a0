"""Tables of organisations and documents."""

import django_tables2 as tables

from common.formats import grouped
from common.tables import DAY, NUMBER, DayColumn, PartialColumn

NOT_ON_PAPER = {"th": {"class": "d-print-none"}, "td": {"class": "d-print-none"}}  # the name says it too
DEEPEST = 5  # the last indentation of the style sheet


class OrganizationTable(tables.Table):
    """The tree, a row for each Branch: its order has a meaning, so it is not sorted otherwise."""

    name = PartialColumn(
        "organizations/_tree_cell.html",
        verbose_name="Tổ chức đảng",
        attrs={"td": {"class": lambda record: f"tree-cell depth-{min(record.depth, DEEPEST)}"}},
    )
    code = tables.Column(verbose_name="Mã")
    kind = tables.Column(verbose_name="Loại hình", accessor="version__get_kind_display", attrs=NOT_ON_PAPER)
    official = tables.Column(verbose_name="Chính thức", attrs=NUMBER)
    probationary = tables.Column(verbose_name="Dự bị", attrs=NUMBER)
    seats = PartialColumn(
        "organizations/_tree_seats.html", verbose_name="Cấp ủy: số người, còn khuyết", accessor="bodies"
    )
    beneath = tables.Column(verbose_name="Trực thuộc", attrs=NUMBER)

    class Meta:
        orderable = False
        attrs = {"class": "table"}

    def render_official(self, value: int) -> str:
        return grouped(value)

    def render_probationary(self, value: int) -> str:
        return grouped(value)

    def render_beneath(self, value: int) -> str:
        return grouped(value) if value else self.default


class DocumentTable(tables.Table):
    full_number = tables.Column(
        verbose_name="Số, ký hiệu",
        order_by=("number", "type", "issued_on", "pk"),
        linkify=lambda record: record.get_absolute_url(),
        attrs=DAY,
    )
    type = tables.Column(
        verbose_name="Loại",
        order_by=("type", "-issued_on", "-number", "pk"),
        attrs={"td": {"class": "text-nowrap"}},
    )
    issued_on = DayColumn(verbose_name="Ngày văn bản", order_by=("issued_on", "number", "pk"))
    issuer_name = tables.Column(verbose_name="Cơ quan ban hành", order_by=("issuer_name", "-issued_on", "pk"))
    summary = tables.Column(verbose_name="Trích yếu", orderable=False)
    file_count = tables.Column(verbose_name="Tệp", attrs=NUMBER, order_by=("file_count", "-issued_on", "pk"))

    class Meta:
        attrs = {"class": "table"}
