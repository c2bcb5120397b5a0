"""Tables of people and dossiers."""

from collections.abc import Sequence
from datetime import date

import django_tables2 as tables
from django.template.loader import render_to_string

from common.tables import DAY, NUMBER, DayColumn, PartialColumn, StateColumn, name_cell
from personnel.columns import BY_NAME, Column, Reckoning
from personnel.filters import DOSSIER_STATES
from personnel.models import Dossier, Person
from personnel.querysets import PersonQuerySet

FIT_THE_PAGE = 6  # columns beside the name


class FactColumn(tables.Column):
    """What one of personnel.columns says of a person."""

    empty_values = ()

    def __init__(self, column: Column, reckoning: Reckoning) -> None:
        css = {"class": column.css} if column.css else {}
        attrs = {"td": css} | ({"th": css} if column.css == "num" else {})
        super().__init__(
            verbose_name=column.heading, orderable=bool(column.order), order_by=column.order or None, attrs=attrs
        )
        self.shown = column
        self.reckoning = reckoning

    def render(self, record: Person) -> str:
        return self.shown.shown(record, self.reckoning)


class PersonTable(tables.Table):
    """People: a box to pick each, the name, and the columns that the user chose."""

    pick = PartialColumn(
        "lists/_pick_cell.html",
        verbose_name="Chọn",
        orderable=False,
        attrs={"th": {"class": "pick d-print-none"}, "td": {"class": "pick d-print-none"}},
    )
    full_name = tables.Column(
        verbose_name="Họ và tên",
        order_by=BY_NAME,
        linkify=lambda record: record.get_absolute_url(),
        attrs=name_cell(lambda record: record.full_name),
    )

    class Meta:
        attrs = {"class": "table"}

    def __init__(self, people: PersonQuerySet, columns: Sequence[Column], reckoning: Reckoning) -> None:
        chosen = [(column.key, FactColumn(column, reckoning)) for column in columns]
        # A table of many columns is as wide as they are, and scrolls in its own box.
        attrs = {"class": "table table-many"} if len(columns) > FIT_THE_PAGE else None
        super().__init__(people, extra_columns=chosen, attrs=attrs)


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
