"""The Word papers of planning. Each export goes to the journal: they name planned people."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from common.journal import record_access
from common.papers import CONTENT_TYPE, BadTemplate
from common.vietnamese import search_key
from organizations.access import needs
from organizations.models import Organization, PaperKind
from organizations.scope import Right
from planning.models import BallotStep, PlanApproval, PlanningRound
from planning.papers import papers_of, write_plan_paper, write_tally
from planning.views.places import group_of, plan_place, tell_journal


@needs(Right.VIEW_PLANS)
@require_safe
def plan_paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Write a paper of a submitted plan for Word; `?ca-quyet-dinh=1`: the list of all plans of the same decision."""
    plans = PlanApproval.objects.visible_to(request.scope, Right.VIEW_PLANS)
    plan = get_object_or_404(plans.select_related("round", "organization", "decision"), pk=pk)
    papers = dict(papers_of(plan))
    if kind not in papers:
        raise Http404("Quy hoạch này không có giấy tờ đó.")
    whole = kind == PaperKind.PLAN_LIST and bool(request.GET.get("ca-quyet-dinh")) and plan.decision is not None
    try:
        content = write_plan_paper(plan, kind, request.scope, whole_decision=whole)
    except BadTemplate as error:
        return _back(request, error, plan.round, plan.organization)
    exported = f"Xuất {papers[kind][:1].lower()}{papers[kind][1:]}"
    if whole:
        record_access(plan.decision, by=request.user, what=f"{exported} của cả quyết định {plan.decision}")
        return _word_file(content, kind, plan.decision.full_number)
    tell_journal(request, plan.organization, f"{exported}: {plan.get_group_display()}", plan.round)
    return _word_file(content, kind, plan.organization.code, plan.get_group_display(), plan.round.plan_term)


@needs(Right.VIEW_PLANS)
@require_safe
def ballot_paper(request: HttpRequest, pk: int, code: str, group: str, number: int) -> HttpResponse:
    """Write the tally of a ballot for Word."""
    planning_round, organization = plan_place(request, pk, code)
    steps = BallotStep.objects.of_plan(planning_round, organization, group_of(group))
    step = get_object_or_404(steps.select_related("round", "organization"), number=number)
    try:
        content = write_tally(step, request.scope)
    except BadTemplate as error:
        return _back(request, error, planning_round, organization)
    what = f"Xuất biên bản kiểm phiếu bước {number}: {step.get_group_display()}"
    tell_journal(request, organization, what, planning_round)
    kind, place = PaperKind.PLAN_BALLOT_MINUTES, f"bước {number}"
    return _word_file(content, kind, code, step.get_group_display(), planning_round.plan_term, place)


def _back(
    request: HttpRequest, error: BadTemplate, planning_round: PlanningRound, organization: Organization
) -> HttpResponse:
    messages.error(request, f"Không lập được giấy tờ từ mẫu riêng của cơ quan. {error} Hãy báo người quản trị.")
    return redirect("planning:plan_detail", planning_round.pk, organization.code)


def _word_file(content: bytes, *names: str) -> HttpResponse:
    """Return the file under a name in plain letters: danh-sach-quy-hoach-cs-01-bi-thu-pho-bi-thu-2025-2030.docx."""
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{slugify(search_key(" ".join(names)))}.docx"'
    response["Cache-Control"] = "private, no-store"
    return response
