"""Plans on their way up and back: submit one, return one or take it back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from common.errors import WrongState
from common.formats import short_day
from organizations.access import needs
from organizations.models import Organization
from organizations.scope import Right
from personnel.forms.papers import ReasonForm
from personnel.views.moves import carried_out
from planning.actions import return_plan
from planning.actions.entries import require_not_submitted
from planning.checks import check_plan
from planning.effects import effect_in_words, numbers_of
from planning.facts import PlanFacts, facts_of_plan
from planning.forms.approvals import PlanSubmitForm
from planning.gathering import gathered
from planning.models import PlanApproval, PlanningRound, PositionGroup
from planning.outlook import last_ballots
from planning.views.places import entries_url, group_of, plan_place, tell_journal, trail
from planning.workflow import submit_with_paper

form_page = require_http_methods(["GET", "HEAD", "POST"])
EXPLAINED = {
    "Trả lại": "Quy hoạch về lại chỗ người trình, kèm lý do dưới đây; người trình sửa rồi trình lại.",
    "Rút lại": "Quy hoạch không còn chờ phê duyệt, kèm lý do dưới đây; sửa xong thì trình lại.",
}
RETURNED = {"Trả lại": "Đã trả lại", "Rút lại": "Đã rút lại"}


@needs(Right.PLAN)
@form_page
def plan_submit(request: HttpRequest, pk: int, code: str, group: str) -> HttpResponse:
    """Submit the plan of a group, with its tờ trình where there is one; warnings want a reason. Journaled."""
    planning_round, organization = plan_place(request, pk, code)
    if not request.scope.covers(organization.path, Right.PLAN):
        raise Http404("Tổ chức đảng này không thuộc phạm vi của bạn.")
    group = group_of(group)
    objection = _objection(planning_round, organization, group)
    if objection:
        return _turned_away(request, objection, planning_round, organization)
    form = PlanSubmitForm(planning_round, organization, group, request.scope, _sent(request))
    try:
        if carried_out(form, lambda: _submit(form, request, planning_round, organization, group)):
            return redirect(_plan_url(request, planning_round, organization))
    except WrongState as error:  # somebody was faster
        return _turned_away(request, str(error), planning_round, organization)
    facts = facts_of_plan(planning_round, organization, group, form.day)
    if not (facts.added or facts.kept or facts.leaving or facts.dropped):
        sentence = f"Chưa giới thiệu ai vào quy hoạch {group.label} của {organization} nên chưa có gì để trình."
        return _turned_away(request, sentence, planning_round, organization)
    tell_journal(request, organization, f"Xem trang trình quy hoạch {group.label}", planning_round)
    return _submission_page(request, form, facts)


def _objection(planning_round: PlanningRound, organization: Organization, group: PositionGroup) -> str:
    """Say why the plan cannot be submitted in its round; empty while it can."""
    if planning_round.closed_on:
        return f"Đợt quy hoạch {planning_round} đã kết thúc."
    try:
        require_not_submitted(planning_round, organization, group)
    except WrongState as error:
        return str(error)
    return ""


def _submit(
    form: PlanSubmitForm,
    request: HttpRequest,
    planning_round: PlanningRound,
    organization: Organization,
    group: PositionGroup,
) -> None:
    approval = submit_with_paper(
        planning_round,
        organization=organization,
        group=group,
        by=request.user,
        on=form.day,
        explanation=form.cleaned_data["explanation"],
        submission=form.submission,
        paper=form.new_paper,
    )
    due = f", hạn phê duyệt {short_day(approval.due_on)}" if approval.due_on else ""
    messages.success(request, f"Đã trình quy hoạch {group.label} của {organization}{due}.")


def _submission_page(request: HttpRequest, form: PlanSubmitForm, facts: PlanFacts) -> HttpResponse:
    """Answer with what is submitted and what the rules say of it; 422 when what was sent cannot be carried out."""
    findings = check_plan(facts)
    ballots = last_ballots([*facts.added, *facts.dropped])
    context = {
        "form": form,
        "facts": facts,
        "added": [(entry, ballots.get(entry.pk, "")) for entry in facts.added],
        "dropped": [(entry, ballots.get(entry.pk, "")) for entry in facts.dropped],
        "numbers": numbers_of(facts),
        "effect": effect_in_words([facts]),
        "findings": gathered(findings),
        "is_blocked": any(finding.blocks for finding in findings),
        "has_warnings": any(finding.warns for finding in findings),
        "nothing_to_submit": not facts.added and not (facts.round.is_review and (facts.leaving or facts.kept)),
        "breadcrumbs": trail(request, facts.round, facts.organization, f"Trình {facts.group.label}"),
    }
    return render(request, "planning/plan_submit.html", context, status=422 if form.errors else 200)


@needs(Right.CONFIRM, Right.PLAN)
@form_page
def plan_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Return a plan to those who submitted it, or take one back, with the reason. No names."""
    plans = PlanApproval.objects.visible_to(request.scope).with_moves_of(request.user)
    plans = plans.with_organization_name(request.day).select_related("organization", "round")
    approval = get_object_or_404(plans, pk=pk)
    objection = _objection_to_return(approval)
    if objection:
        return _turned_away(request, objection, approval.round, approval.organization)
    verb = "Trả lại" if approval.may_be_decided else "Rút lại"
    form = ReasonForm(_sent(request))
    try:
        if carried_out(form, lambda: return_plan(approval, by=request.user, reason=form.cleaned_data["reason"])):
            messages.success(request, f"{RETURNED[verb]} quy hoạch {approval}.")
            return redirect(_plan_url(request, approval.round, approval.organization))
    except WrongState as error:
        return _turned_away(request, str(error), approval.round, approval.organization)
    context = {
        "approval": approval,
        "form": form,
        "verb": verb,
        "explained": EXPLAINED[verb],
        "back": reverse("planning:approval_list"),
        "breadcrumbs": [
            ("Quy hoạch", entries_url(request)),
            ("Phê duyệt", reverse("planning:approval_list") if request.scope.may(Right.VIEW_PLANS) else None),
            (verb, None),
        ],
    }
    return render(request, "planning/plan_return.html", context, status=422 if form.errors else 200)


def _objection_to_return(approval: PlanApproval) -> str:
    if approval.returned_on:
        return f"Quy hoạch {approval} đã được trả lại ngày {short_day(approval.returned_on)}."
    if approval.approved_on:
        return f"Quy hoạch {approval} đã được phê duyệt nên không trả lại được."
    if not approval.may_be_returned:
        return f"Vai trò của bạn không bao gồm việc trả lại quy hoạch {approval}."
    return ""


def _sent(request: HttpRequest):
    return request.POST if request.method == "POST" else None


def _turned_away(
    request: HttpRequest, sentence: str, planning_round: PlanningRound, organization: Organization
) -> HttpResponse:
    messages.warning(request, sentence)
    return redirect(_plan_url(request, planning_round, organization))


def _plan_url(request: HttpRequest, planning_round: PlanningRound, organization: Organization) -> str:
    """Return the address of the plan; of its round where the plan's names may not be seen."""
    if request.scope.covers(organization.path, Right.VIEW_PLANS):
        return reverse("planning:plan_detail", args=[planning_round.pk, organization.code])
    return planning_round.get_absolute_url()
