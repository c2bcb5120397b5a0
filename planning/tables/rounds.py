"""The table of planning rounds."""

import django_tables2 as tables

from common.tables import DayColumn, StateColumn
from planning.filters.rounds import ROUND_STATES

ROUND_MARKS = {"approved": "confirmed"}  # a state in the icons of the dossiers' states


class PlanningRoundTable(tables.Table):
    name = tables.Column(
        verbose_name="Đợt quy hoạch",
        accessor=tables.A("get_kind_display"),
        order_by=("kind", "-opened_on", "pk"),
        linkify=("planning:round_detail", {"pk": tables.A("pk")}),
    )
    plan_term = tables.Column(verbose_name="Nhiệm kỳ", order_by=("plan_term", "-opened_on", "pk"))
    authority = tables.Column(
        verbose_name="Tổ chức chủ trì",
        accessor="authority_name",
        order_by=("authority__sort_key", "-opened_on", "pk"),
    )
    opened_on = DayColumn(verbose_name="Ngày mở", order_by=("opened_on", "pk"))
    closed_on = DayColumn(verbose_name="Ngày kết thúc", order_by=("closed_on", "pk"))
    state = StateColumn(
        ROUND_STATES,
        ROUND_MARKS,
        verbose_name="Trạng thái",
        accessor="state_on_day",
        order_by=("state_on_day", "-opened_on", "pk"),
    )

    class Meta:
        attrs = {"class": "table table-stacked"}
