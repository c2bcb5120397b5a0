"""Pages of planning. The list of planned people is confidential: each time it is shown, the journal says to whom."""

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from common.journal import record_access
from common.tables import table_page
from organizations.access import needs
from organizations.models import Organization
from organizations.scope import Right
from planning.filters import EntryFilter
from planning.models import PlanEntry, PlanningRound
from planning.tables import PlanEntryTable, PlanningRoundTable
from planning.totals import totals


@needs(Right.VIEW_PLANS)
@require_safe
def entry_list(request: HttpRequest) -> HttpResponse:
    """List the people planned for a plan term, as far as introduced by the day looked at. Journaled."""
    scope, day = request.scope, request.day
    entries = PlanEntry.objects.visible_to(scope).introduced_by(day).with_state_on(day)
    found = EntryFilter(request, entries, PlanningRound.objects.visible_to(scope).opened_by(day).plan_terms())
    rows = found.rows.with_names().with_organization_name(day).with_open_people(scope).in_listing_order()
    table = table_page(PlanEntryTable(rows), request)
    if table.paginator.count:
        page = f"trang {table.page.number}/{table.paginator.num_pages}, {table.paginator.count} kết quả"
        what = f"Xem danh sách quy hoạch ({found.in_words}; {page})"
        record_access(_subject(found, scope), by=request.user, what=what)
    breadcrumbs = [("Quy hoạch", None)]
    return render(request, "planning/entry_list.html", {"filter": found, "table": table, "breadcrumbs": breadcrumbs})


def _subject(found: EntryFilter, scope) -> models.Model:
    """What the journal names as looked at: the organisation chosen, or else the newest round of the plan term."""
    chosen = found.form.cleaned_data
    if chosen["organization"]:
        return Organization.objects.visible_to(scope).get(code=chosen["organization"])
    return PlanningRound.objects.visible_to(scope).of_plan_term(chosen["plan_term"]).first()


@needs(Right.VIEW)
@require_safe
def round_list(request: HttpRequest) -> HttpResponse:
    """List the planning rounds opened by the day looked at."""
    rounds = PlanningRound.objects.visible_to(request.scope).opened_by(request.day)
    rounds = rounds.with_authority_name(request.day)
    breadcrumbs = [("Quy hoạch", _entries_url(request)), ("Các đợt quy hoạch", None)]
    table = table_page(PlanningRoundTable(rounds), request)
    return render(request, "planning/round_list.html", {"table": table, "breadcrumbs": breadcrumbs})


@needs(Right.VIEW)
@require_safe
def round_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a planning round rests on and adds up to. No names."""
    rounds = PlanningRound.objects.visible_to(request.scope).with_authority_name(request.day)
    planning_round = get_object_or_404(rounds, pk=pk)
    return render(
        request,
        "planning/round_detail.html",
        {
            "round": planning_round,
            "legal_basis": planning_round.legal_basis.in_citing_order(),
            "totals": totals(planning_round, scope=request.scope, day=request.day),
            "breadcrumbs": [
                ("Quy hoạch", _entries_url(request)),
                ("Các đợt quy hoạch", reverse("planning:round_list")),
                (str(planning_round), None),
            ],
        },
    )


def _entries_url(request: HttpRequest) -> str | None:
    return reverse("planning:entry_list") if request.scope.may(Right.VIEW_PLANS) else None
