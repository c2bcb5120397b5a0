"""The table of reorganisations."""

import django_tables2 as tables

from common.tables import DayColumn, StateColumn

STATES = {"standing": "Có hiệu lực", "corrected": "Đã bị đính chính", "correction": "Đính chính"}
MARKS = {"standing": "confirmed", "corrected": "withdrawn", "correction": "returned"}


class ReorganizationTable(tables.Table):
    effective_on = DayColumn(verbose_name="Từ ngày", order_by=("effective_on", "pk"))
    note = tables.Column(
        verbose_name="Nội dung",
        orderable=False,
        linkify=("reorganizations:reorganization_detail", {"pk": tables.A("pk")}),
    )
    kind = tables.Column(verbose_name="Hình thức", accessor=tables.A("get_kind_display"), order_by=("kind", "pk"))
    decision = tables.Column(verbose_name="Quyết định", order_by=("decision__issued_on", "pk"))
    state = StateColumn(STATES, MARKS, verbose_name="Trạng thái", orderable=False)

    class Meta:
        attrs = {"class": "table"}
