"""Pages of the coverage board. It names nobody who is planned; who is planned in many places is a page of its own."""

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from common.journal import record_access
from organizations.access import needs
from organizations.scope import Right
from planning.coverage.reads import count_in_many_places, coverage, named_in_many_places
from planning.coverage.reckoning import Post, departures, in_order, matching, tallies
from planning.filters.coverage import CoverageFilter, PlanTermFilter
from planning.models import PlanEntry, PlanningRound
from planning.views.places import entries_url

PAGE_SIZE = 100  # all grassroots organisations of an office on one page


@needs(Right.VIEW)
@require_safe
def coverage_board(request: HttpRequest) -> HttpResponse:
    """Show who stands behind every seat, by count and state. No planned names."""
    scope, day = request.scope, request.day
    found = CoverageFilter(request)
    plan_term, post = found.chosen("plan_term"), found.chosen("post")
    rows = coverage(found.rows, plan_term=plan_term, scope=scope, day=day)
    shown = in_order(matching(rows, situation=found.chosen("situation"), post=post), post)
    return render(
        request,
        "planning/coverage.html",
        {
            "filter": found,
            "plan_term": plan_term,
            "posts": list(Post),
            "has_rows": bool(rows),
            "tallies": tallies(rows),
            "page": Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page")),
            "departures": departures(rows),
            "in_many_places": count_in_many_places(plan_term, scope, day),
            "may_name": scope.may(Right.VIEW_PLANS),
            "breadcrumbs": [("Quy hoạch", entries_url(request)), ("Độ phủ quy hoạch", None)],
        },
    )


@needs(Right.VIEW_PLANS)
@require_safe
def many_places(request: HttpRequest) -> HttpResponse:
    """Name the people planned for three posts or more in a plan term. Journaled."""
    scope, day = request.scope, request.day
    found = PlanTermFilter(request, PlanEntry.objects.visible_to(scope))
    page = Paginator(named_in_many_places(found.rows, scope, day), PAGE_SIZE).get_page(request.GET.get("page"))
    _record(page, found, request)
    breadcrumbs = [
        ("Quy hoạch", entries_url(request)),
        ("Độ phủ quy hoạch", reverse("planning:coverage")),
        ("Được quy hoạch từ ba chức danh trở lên", None),
    ]
    context = {"filter": found, "page": page, "breadcrumbs": breadcrumbs}
    return render(request, "planning/coverage_many_places.html", context)


def _record(page: Page, found: PlanTermFilter, request: HttpRequest) -> None:
    """Journal who looked, also when there was nobody to see; the list belongs to the newest round of the plan term."""
    rounds = PlanningRound.objects.visible_to(request.scope).opened_by(request.day)
    newest = rounds.of_plan_term(found.chosen("plan_term")).first()
    if newest:
        shown = f"trang {page.number}/{page.paginator.num_pages}, {page.paginator.count} kết quả"
        what = f"Xem danh sách được quy hoạch từ ba chức danh trở lên ({found.in_words}; {shown})"
        record_access(newest, by=request.user, what=what)
