"""The list of dossiers and the page of each: records as they stood on `request.day`, and what may be done next."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from common.periods import today
from common.tables import table_page
from organizations.access import needs
from organizations.scope import Right, Scope
from personnel.filters import DOSSIER_STATES, DossierFilter
from personnel.judgements import judgements_of
from personnel.models import Dossier, Holding
from personnel.papers import papers_of
from personnel.rights import may_draft_somewhere
from personnel.steps import next_steps, waits_for_another_hand
from personnel.tables import DossierTable
from personnel.timeline import timeline


@needs(Right.VIEW)
@require_safe
def dossier_list(request: HttpRequest) -> HttpResponse:
    """List the dossiers opened by the day looked at, each in the state that it had reached by then."""
    dossiers = Dossier.objects.visible_to(request.scope).opened_by(request.day).with_state_on(request.day)
    found = DossierFilter(request, dossiers)
    rows = found.rows.with_organization_name(request.day).with_item_count()
    context = {
        "filter": found,
        "table": table_page(DossierTable(rows), request),
        "may_draft": may_draft_somewhere(request.scope),
        "breadcrumbs": [("Hồ sơ kiện toàn", None)],
    }
    return render(request, "personnel/dossier_list.html", context)


@needs(Right.VIEW)
@require_safe
def dossier_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a dossier whole: its papers, its items with their votes and outcomes, its course, what comes next."""
    scope, day = request.scope, request.day
    dossiers = Dossier.objects.visible_to(scope).with_everything().with_open_papers(scope).with_state_on(day)
    dossier = get_object_or_404(dossiers.with_organization_name(day), pk=pk)
    items = list(dossier.items.with_votes_and_corrections().with_open_people(scope))
    looks_at_today = day == today()
    return render(
        request,
        "personnel/dossier_detail.html",
        {
            "dossier": dossier,
            "state": dossier.state_on_day,
            "state_label": DOSSIER_STATES[dossier.state_on_day],
            "overdue": looks_at_today and dossier.is_overdue(day),
            "steps": next_steps(dossier, request.user, [item.position for item in items]) if looks_at_today else [],
            "waits_for_another_hand": waits_for_another_hand(dossier, request.user),
            "items": items,
            "ended": list(_seats_ended_by(dossier, scope)) if dossier.tells_of_a_past_act else [],
            "judgements": judgements_of(dossier),
            "papers": papers_of(dossier),
            "timeline": timeline(dossier),
            "breadcrumbs": [("Hồ sơ kiện toàn", reverse("personnel:dossier_list")), (dossier.code, None)],
        },
    )


def _seats_ended_by(dossier: Dossier, scope: Scope) -> QuerySet[Holding]:
    """Return the seats that a dossier on a past act ended, most of them without an item of their own."""
    ended = Holding.objects.visible_to(scope).filter(ended_by=dossier).with_names()
    return ended.with_open_people(scope).order_by("position__rank", "person__sort_key", "pk")
