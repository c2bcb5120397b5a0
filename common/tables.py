"""What the tables of list pages are made of."""

from collections.abc import Callable
from datetime import date

import django_tables2 as tables
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template.loader import render_to_string

from common.formats import short_day

PAGE_SIZE = 50

# Attributes of columns, as the style sheet knows them.
NUMBER = {"th": {"class": "num"}, "td": {"class": "num"}}
DAY = {"td": {"class": "day"}}


LONG_NAME = 30  # letters


def name_cell(name_of: Callable[[object], str]) -> dict:
    """Return the attributes of a column of people's names: on one line, unless a name is uncommonly long."""
    return {"td": {"class": lambda record: "text-nowrap" if len(name_of(record)) <= LONG_NAME else "long-name"}}


class StateColumn(tables.Column):
    """A state as icon and word: `labels` are the words, `marks` name the icons of states without one of their own."""

    def __init__(self, labels: dict[str, str], marks: dict[str, str] | None = None, **options) -> None:
        super().__init__(**options)
        self.labels = labels
        self.marks = marks or {}

    def render(self, value: str) -> str:
        mark = self.marks.get(value, value)
        return render_to_string("partials/_state.html", {"state": mark, "label": self.labels[value]})


class DayColumn(tables.Column):
    """A day; an em dash while it has not come by the day looked at."""

    def __init__(self, **options) -> None:
        super().__init__(attrs=DAY, **options)

    def render(self, value: date, table: tables.Table) -> str:
        return short_day(value) if value <= table.request.day else table.default


class PartialColumn(tables.Column):
    """A cell made by a template of its own from `record` and `day`.

    In place of django-tables2's TemplateColumn, which would run the context processors of a page for every cell.
    """

    empty_values = ()

    def __init__(self, template_name: str, **options) -> None:
        super().__init__(**options)
        self.template_name = template_name

    def render(self, record: object, table: tables.Table) -> str:
        return render_to_string(self.template_name, {"record": record, "day": table.request.day})


def table_page(table: tables.Table, request: HttpRequest) -> tables.Table:
    """Sort the table as the address asks and cut it to the page asked for; the last page when there are not so many.

    In place of django-tables2's RequestConfig, which would let the address set the size of the page too.
    """
    table.request = request
    if "sort" in request.GET:
        table.order_by = request.GET.getlist("sort")
    table.paginator = Paginator(table.rows, PAGE_SIZE)
    table.page = table.paginator.get_page(request.GET.get("page"))
    return table
