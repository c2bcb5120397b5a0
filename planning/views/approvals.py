"""Plans on their way to approval: look at what waits, approve many by one decision."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from common.errors import WrongState
from common.formats import grouped
from common.journal import record_access
from common.periods import today
from common.tables import table_page
from organizations.access import needs
from organizations.models import Organization
from organizations.scope import Right
from personnel.views.moves import carried_out
from planning.filters.approvals import ApprovalFilter, listed
from planning.forms.approvals import PlanDecisionForm
from planning.forms.choice import ALL, Choice, chosen_in
from planning.outlook import Outlook, look_ahead
from planning.querysets import decidable
from planning.tables.approvals import ApprovalTable
from planning.views.places import entries_url
from planning.workflow import approve_with_decision

PREVIEW = "preview"  # sent by the page itself while the form is filled in


@needs(Right.VIEW_PLANS)
@require_safe
def approval_list(request: HttpRequest) -> HttpResponse:
    """List the plans submitted by the day looked at, with their states then. No names."""
    found = ApprovalFilter(request, listed(request))
    rows = found.rows.select_related("organization", "round", "decision").with_moves_of(request.user)
    rows = rows.with_organization_name(request.day).with_people_count()
    acts = request.scope.may(Right.CONFIRM) and request.day == today()
    moves = request.day == today() and (acts or request.scope.may(Right.PLAN))
    hidden = [name for name, shown in (("pick", acts), ("moves", moves)) if not shown]
    context = {
        "filter": found,
        "table": table_page(ApprovalTable(rows.order_by(*found.order), exclude=hidden), request),
        "to_decide": found.rows.filter(decidable(request.user)).count() if acts else 0,
        "all": ALL,
        "breadcrumbs": [("Quy hoạch", entries_url(request)), ("Phê duyệt", None)],
    }
    return render(request, "planning/approval_list.html", context)


@needs(Right.CONFIRM)
@require_http_methods(["GET", "HEAD", "POST"])
def approval_decide(request: HttpRequest) -> HttpResponse:
    """Approve the plans chosen, of one or many organisations, by one decision. Each look is journaled."""
    choice = chosen_in(request)
    if not choice.shown:
        return _nothing_to_decide(request, choice)
    form = PlanDecisionForm(choice, request.scope, request.POST if request.method == "POST" else None)
    if request.htmx and form.is_bound:
        form.is_valid()
        return render(request, "planning/_approval_preview.html", {"form": form, "outlook": _outlook(form)})
    try:
        before = _outlook(form) if form.is_bound and form.is_valid() else None
        if carried_out(form, lambda: _approve(form, request)):
            messages.success(request, f"Đã phê duyệt {before.what}: {before.effect}.")
            return redirect("planning:approval_list")
    except WrongState:  # somebody was faster between the look and the act
        choice = chosen_in(request)
        if not choice.shown:
            return _nothing_to_decide(request, choice)
        form = PlanDecisionForm(choice, request.scope, request.POST)
        form.is_valid()
    return _decision_page(request, form)


def _approve(form: PlanDecisionForm, request: HttpRequest) -> None:
    approve_with_decision(
        form.choice.plans,
        by=request.user,
        decision=form.decision,
        paper=form.paper,
        refused=form.choice.refused,
        explanation=form.cleaned_data["explanation"],
    )


def _outlook(form: PlanDecisionForm) -> Outlook:
    refused = {entry.pk for entry in form.choice.refused}
    return look_ahead(form.choice.shown, chosen=form.choice.ticked, refused=refused, day=form.effective_day)


def _decision_page(request: HttpRequest, form: PlanDecisionForm) -> HttpResponse:
    """Answer with the page of the decision; 422 when what was sent cannot be carried out."""
    outlook = _outlook(form)
    _tell_journal(request, form.choice)
    context = {
        "form": form,
        "superior": form.superior,
        "outlook": outlook,
        "own": form.choice.own,
        "breadcrumbs": [
            ("Quy hoạch", entries_url(request)),
            ("Phê duyệt", reverse("planning:approval_list")),
            ("Quyết định", None),
        ],
    }
    return render(request, "planning/approval_decide.html", context, status=422 if form.errors else 200)


def _tell_journal(request: HttpRequest, choice: Choice) -> None:
    """Journal that the names in these plans were shown: beside their round, or the office when they are of several."""
    rounds = {plan.round for plan in choice.shown}
    subject = rounds.pop() if len(rounds) == 1 else Organization.objects.root()
    organizations = len({plan.organization_id for plan in choice.shown})
    counted = f"{grouped(len(choice.shown))} quy hoạch của {grouped(organizations)} tổ chức"
    record_access(subject, by=request.user, what=f"Xem quy hoạch chờ phê duyệt ({counted})")


def _nothing_to_decide(request: HttpRequest, choice: Choice) -> HttpResponse:
    """Lead to the list, which says what waits; say why nothing of what was chosen can be approved."""
    if choice.own:
        messages.error(request, "Bạn đã trình các quy hoạch này nên không được phê duyệt. Hãy để người khác phê duyệt.")
    elif choice.moved_on:
        messages.info(request, "Các quy hoạch đã chọn không còn chờ phê duyệt: đã được phê duyệt hoặc trả lại.")
    elif choice.asked_for:
        raise Http404("Không có quy hoạch nào trong số đã chọn.")
    else:
        messages.warning(request, "Chưa chọn quy hoạch nào. Hãy chọn trong danh sách rồi phê duyệt.")
    return redirect("planning:approval_list")
