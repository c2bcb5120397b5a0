"""The list of planned people. It is confidential: each time it is shown, the journal says to whom."""

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.journal import record_access
from common.tables import table_page
from organizations.access import needs
from organizations.models import Organization
from organizations.scope import Right, Scope
from planning.filters.entries import EntryFilter
from planning.models import PlanEntry, PlanningRound
from planning.sheets.columns import COLUMNS
from planning.tables.entries import PlanEntryTable


@needs(Right.VIEW_PLANS)
@require_safe
def entry_list(request: HttpRequest) -> HttpResponse:
    """List the people planned for a plan term, as far as introduced by the day looked at. Journaled."""
    found, table = entries_shown(request)
    if table.paginator.count:
        record_list(request, found, f"Xem danh sách quy hoạch ({found.in_words}; {page_in_words(table)})")
    context = {"filter": found, "table": table, "columns": COLUMNS, "breadcrumbs": [("Quy hoạch", None)]}
    return render(request, "planning/entry_list.html", context)


def entries_shown(request: HttpRequest) -> tuple[EntryFilter, PlanEntryTable]:
    """Return what an address of the list asks for: the filter, and the table at its page; its `data` are all pages."""
    scope, day = request.scope, request.day
    entries = PlanEntry.objects.visible_to(scope).introduced_by(day).with_state_on(day)
    found = EntryFilter(request, entries, PlanningRound.objects.visible_to(scope).opened_by(day).plan_terms())
    rows = found.rows.with_names().with_organization_name(day).with_open_people(scope).in_listing_order()
    return found, table_page(PlanEntryTable(rows), request)


def page_in_words(table: PlanEntryTable) -> str:
    return f"trang {table.page.number}/{table.paginator.num_pages}, {table.paginator.count} kết quả"


def record_list(request: HttpRequest, found: EntryFilter, what: str) -> None:
    """Journal that somebody saw, printed or exported the list, which has somebody on it."""
    record_access(subject_of(found, request.scope), by=request.user, what=what)


def subject_of(found: EntryFilter, scope: Scope) -> models.Model:
    """What the journal names as looked at: the organisation chosen, or else the newest round of the plan term."""
    chosen = found.form.cleaned_data
    if chosen["organization"]:
        return Organization.objects.visible_to(scope).get(code=chosen["organization"])
    return PlanningRound.objects.visible_to(scope).of_plan_term(chosen["plan_term"]).first()
