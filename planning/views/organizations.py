"""The plans of one organisation, a tab of its page: counts for everybody, names for those who may see them."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.journal import record_access
from common.tables import table_page
from organizations.access import needs
from organizations.models import Organization
from organizations.scope import Right
from personnel.views.organizations import organization_frame
from planning.filters.approvals import APPROVAL_STATES
from planning.models import PlanApproval, PlanEntry
from planning.tables.approvals import MARKS
from planning.tables.organizations import OrganizationPlanTable
from planning.views.lists import page_in_words

STILL_THERE = ("in_plan", "awaiting")


@needs(Right.VIEW)
@require_safe
def organization_plans(request: HttpRequest, code: str) -> HttpResponse:
    """Show how many are planned for each position of the organisation, and who, to those who may know. Journaled."""
    context = organization_frame(request, code, "Quy hoạch")
    scope, day, organization = request.scope, request.day, context["organization"]
    counted = PlanEntry.objects.visible_to(scope, Right.VIEW).of_organization(organization).introduced_by(day)
    plans = PlanApproval.objects.visible_to(scope).of_organization(organization).submitted_by_day(day)
    table = organization_entries(request, organization)
    if table and table.paginator.count:
        what = f"Xem quy hoạch của tổ chức ({organization.name}; {page_in_words(table)})"
        record_access(organization, by=request.user, what=what)
    context |= {
        "counts": counted.count_by_position(day),
        "plans": _with_states(plans.with_state_on(day).select_related("round", "decision")),
        "table": table,
        "opens_plans": scope.covers(organization.path, Right.VIEW_PLANS),
    }
    return render(request, "planning/organization_plans.html", context)


def _with_states(plans: Iterable[PlanApproval]) -> list[tuple[PlanApproval, str, str]]:
    """Return each plan with the icon and the word of its state."""
    return [(plan, MARKS[plan.state_on_day], APPROVAL_STATES[plan.state_on_day]) for plan in plans]


def organization_entries(request: HttpRequest, organization: Organization) -> OrganizationPlanTable | None:
    """Return the page asked for of who is or is to be in a plan of it; None for those who may see no names there."""
    scope, day = request.scope, request.day
    if not scope.may(Right.VIEW_PLANS):
        return None
    entries = PlanEntry.objects.visible_to(scope).of_organization(organization).introduced_by(day)
    entries = entries.with_state_on(day).filter(state_on_day__in=STILL_THERE)
    rows = (
        entries.with_names().with_open_people(scope).order_by("-plan_term", "position__rank", "person__sort_key", "pk")
    )
    return table_page(OrganizationPlanTable(rows), request)
