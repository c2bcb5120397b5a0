"""Tables of organisations."""

import django_tables2 as tables

from common.tables import NUMBER

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
