"""Pages of the standard tables."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from common.journal import record_access
from common.periods import Period
from organizations.access import needs
from organizations.scope import Right
from reports.files.handouts import options_of, told_of
from reports.forms import PeriodForm
from reports.tables import TABLES
from reports.tables.base import StandardTable
from reports.tables.lines import lines_of
from reports.views.chosen import choices_of, query_of, table_query

LINES = 200  # of a page


@needs(Right.VIEW)
@require_safe
def table_list(request: HttpRequest) -> HttpResponse:
    """The standard tables, each with what it answers."""
    context = {
        "tables": TABLES.values(),
        "year": request.day.year,
        "query": query_of(request),
        "breadcrumbs": [("Báo cáo", reverse("reports:latest_summary")), ("Biểu báo cáo", None)],
    }
    return render(request, "reports/table_list.html", context)


@needs(Right.VIEW)
@require_safe
def latest_table(request: HttpRequest, key: str) -> HttpResponse:
    """Lead to the table of the period chosen in its form, or of the year of the day looked at."""
    definition = _definition(key)
    form = PeriodForm(request.GET if "nam" in request.GET else {"nam": request.day.year})
    if not form.is_valid():
        for problem in form.problems:
            messages.error(request, problem)
    period = form.period if form.is_valid() else form.year or request.day.year
    return redirect(reverse("reports:table", args=[key, period]) + table_query(request, definition))


@needs(Right.VIEW)
@require_safe
def table(request: HttpRequest, key: str, period: Period) -> HttpResponse:
    """A standard table, a page at a time."""
    definition, choices = _definition(key), choices_of(request, period)
    options = options_of(definition, request.GET)
    context = {
        "definition": definition,
        "period": period,
        "choices": choices,
        "form": PeriodForm.of(period, None, choices.terms),
        "options": options,
        "tables": TABLES.values(),
        "query": table_query(request, definition),
        "shared_query": query_of(request),
        "breadcrumbs": [("Báo cáo", reverse("reports:latest_summary")), (definition.name, None)],
    }
    if choices.frame is not None:
        made = definition.make(choices.frame, options.cleaned_data)
        told = told_of(definition, choices.frame)
        if made.names_planned_people:
            what = f"Xem {definition.name} {told}, có tên nhân sự quy hoạch"
            record_access(choices.frame.organization.organization, by=request.user, what=what)
        context |= {
            "frame": choices.frame,
            "made": made,
            "told": told,
            "filtered_by": options.in_words(),
            "page": Paginator(lines_of(made), LINES).get_page(request.GET.get("page")),
            "columns": [column for column in made.columns if not column.only_in_excel],
        }
    return render(request, "reports/table.html", context)


def _definition(key: str) -> StandardTable:
    if key not in TABLES:
        raise Http404("Không có biểu này.")
    return TABLES[key]
