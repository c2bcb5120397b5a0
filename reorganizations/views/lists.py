"""Pages on which reorganisations are read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from common.tables import table_page
from organizations.access import needs
from organizations.models import Document, Organization, Reorganization
from organizations.scope import Right
from reorganizations.account import account_of
from reorganizations.filters import ReorganizationFilter
from reorganizations.preview import to_review
from reorganizations.rights import may_take_back
from reorganizations.tables import MARKS, STATES, ReorganizationTable


@needs(Right.VIEW)
@require_safe
def reorganization_list(request: HttpRequest) -> HttpResponse:
    """List the reorganisations in effect by the day looked at, the newest first."""
    rows = Reorganization.objects.visible_to(request.scope).effective_by(request.day)
    found = ReorganizationFilter(request, rows)
    shown = found.rows.select_related("decision", "correction").order_by("-effective_on", "-pk")
    context = {
        "filter": found,
        "table": table_page(ReorganizationTable(shown), request),
        "may_reorganize": request.scope.may(Right.KEEP_REGISTER),
        "breadcrumbs": [("Tổ chức", reverse("organizations:organization_list")), ("Sắp xếp tổ chức", None)],
    }
    return render(request, "reorganizations/reorganization_list.html", context)


@needs(Right.VIEW)
@require_safe
def reorganization_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell what came of what, by which decision, with what effect; and what corrected it."""
    rows = Reorganization.objects.visible_to(request.scope).with_everything()
    made = get_object_or_404(rows, pk=pk)
    account = account_of(made, request.scope)
    context = {
        "made": made,
        "state": MARKS[made.state],
        "state_label": STATES[made.state],
        "account": account,
        "to_review": to_review(account.to_review, request.scope),
        "may_administer": request.scope.may(Right.ADMINISTER),
        "opened_papers": set(Document.objects.visible_to(request.scope).filter(pk=made.decision_id)),
        "seen": _seen(request, made),
        "may_draft": request.scope.may(Right.DRAFT),
        "may_take_back": made.state == "standing" and may_take_back(request.user, made.parts.all()),
        "breadcrumbs": breadcrumbs((str(made), None)),
    }
    return render(request, "reorganizations/reorganization_detail.html", context)


def _seen(request: HttpRequest, made: Reorganization) -> set[int]:
    """Return the keys of its organisations whose own pages are in the scope."""
    keys = [part.organization_id for part in made.parts.all()]
    organizations = Organization.objects.visible_to(request.scope).filter(pk__in=keys)
    return set(organizations.order_by().values_list("pk", flat=True))


def breadcrumbs(*here: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    """Return the way to a page of reorganisations."""
    return [
        ("Tổ chức", reverse("organizations:organization_list")),
        ("Sắp xếp tổ chức", reverse("reorganizations:reorganization_list")),
        *here,
    ]
