"""The table of planned people."""

import django_tables2 as tables

from common.tables import NUMBER, DayColumn, PartialColumn, StateColumn, name_cell
from planning.filters.entries import ENTRY_STATES
from planning.models import PlanEntry

# A planned person's state in the icons of the dossiers' states.
MARKS = {"in_plan": "confirmed", "awaiting": "submitted", "removed": "withdrawn"}


class PlanEntryTable(tables.Table):
    full_name = tables.Column(
        verbose_name="Họ và tên",
        accessor="person__full_name",
        order_by=("person__sort_key", "pk"),
        linkify=lambda record: record.person.get_absolute_url() if record.person_opens else None,
        attrs=name_cell(lambda record: record.person.full_name),
    )
    birth_year = tables.Column(
        verbose_name="Năm sinh",
        accessor="person__birth_date__year",
        order_by=("person__birth_date", "pk"),
        localize=False,
        attrs=NUMBER,
    )
    organization = tables.Column(
        verbose_name="Tổ chức",
        accessor="organization_name",
        order_by=("organization__sort_key", "position__rank", "person__sort_key", "pk"),
    )
    position = tables.Column(
        verbose_name="Chức danh quy hoạch",
        order_by=("position__rank", "organization__sort_key", "person__sort_key", "pk"),
    )
    object_group = tables.Column(verbose_name="Đối tượng", order_by=("object_group", "person__sort_key", "pk"))
    introduced_on = DayColumn(verbose_name="Ngày giới thiệu", order_by=("introduced_on", "person__sort_key", "pk"))
    approved = PartialColumn(
        "planning/_approval_cell.html",
        verbose_name="Phê duyệt",
        order_by=("valid_from", "person__sort_key", "pk"),
    )
    state = StateColumn(
        ENTRY_STATES,
        MARKS,
        verbose_name="Trạng thái",
        accessor="state_on_day",
        order_by=("state_on_day", "organization__sort_key", "person__sort_key", "pk"),
    )

    class Meta:
        attrs = {"class": "table table-stacked"}

    def render_object_group(self, record: PlanEntry) -> int:
        return record.object_group
