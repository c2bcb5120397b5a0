"""Tables of people and dossiers."""

from datetime import date

import django_tables2 as tables
from django.template.loader import render_to_string

from common.tables import DAY, NUMBER, DayColumn, PartialColumn, StateColumn, name_cell
from personnel.filters import DOSSIER_STATES
from personnel.models import Dossier


class PersonTable(tables.Table):
    full_name = tables.Column(
        verbose_name="Họ và tên",
        order_by=("sort_key", "pk"),
        linkify=lambda record: record.get_absolute_url(),
        attrs=name_cell(lambda record: record.full_name),
    )
    birth = tables.Column(verbose_name="Ngày sinh", accessor="birth_display", order_by=("birth_date", "pk"), attrs=DAY)
    gender = tables.Column(verbose_name="Nam/nữ", order_by=("gender", "sort_key", "pk"))
    ethnic_group = tables.Column(verbose_name="Dân tộc", order_by=("ethnic_group", "sort_key", "pk"))
    membership = PartialColumn("personnel/_membership_cell.html", verbose_name="Nơi sinh hoạt", orderable=False)
    seats = PartialColumn("personnel/_seats_cell.html", verbose_name="Chức danh đang giữ", orderable=False)

    class Meta:
        attrs = {"class": "table"}


class DecidedColumn(DayColumn):
    """The day of the decision; until then the last day for what comes next, marked when it has passed."""

    empty_values = ()

    def render(self, value: date | None, record: Dossier, table: tables.Table) -> str:
        if value is not None:
            return super().render(value, table)
        if record.due_on is None:
            return table.default
        mark = {"record": record, "overdue": record.is_overdue(table.request.day), "word": "hạn "}
        return render_to_string("personnel/_due_cell.html", mark)


class DossierTable(tables.Table):
    code = tables.Column(
        verbose_name="Số hồ sơ",
        order_by=("year", "number"),
        linkify=lambda record: record.get_absolute_url(),
        attrs=DAY,
    )
    organization = tables.Column(
        verbose_name="Tổ chức", accessor="organization_name", order_by=("organization__sort_key", "-year", "-number")
    )
    kind = tables.Column(verbose_name="Loại", order_by=("kind", "-year", "-number"))
    item_count = tables.Column(verbose_name="Nội dung", attrs=NUMBER, order_by=("item_count", "-year", "-number"))
    state = StateColumn(
        DOSSIER_STATES,
        verbose_name="Trạng thái",
        accessor="state_on_day",
        order_by=("state_on_day", "-year", "-number"),
    )
    submitted_on = DayColumn(verbose_name="Ngày trình", order_by=("submitted_on", "pk"))
    decided_on = DecidedColumn(verbose_name="Ngày quyết định", order_by=("decided_on", "pk"))

    class Meta:
        attrs = {"class": "table"}
