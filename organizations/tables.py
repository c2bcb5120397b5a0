"""Tables of organisations and documents."""

import django_tables2 as tables

from common.tables import DAY, NUMBER, DayColumn

DEEPEST = 5  # the last indentation of the style sheet


class OrganizationTable(tables.Table):
    """The tree: its order has a meaning, so it is not sorted otherwise."""

    name = tables.Column(
        verbose_name="Tổ chức đảng",
        linkify=("personnel:organization_detail", {"code": tables.A("code")}),
        attrs={"td": {"class": lambda record: f"tree-cell depth-{min(record.depth, DEEPEST)}"}},
    )
    code = tables.Column(verbose_name="Mã")
    kind = tables.Column(verbose_name="Loại hình", accessor="get_kind_display")
    member_total = tables.Column(verbose_name="Đảng viên", default="chưa có số liệu", attrs=NUMBER)

    class Meta:
        orderable = False
        attrs = {"class": "table"}


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
