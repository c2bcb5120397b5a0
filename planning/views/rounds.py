"""Pages of planning rounds: opened, shown, closed. No names."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from common.errors import WrongState
from common.formats import padded, short_day
from common.periods import today
from common.tables import table_page
from organizations.access import needs
from organizations.models import Document, OrganizationVersion
from organizations.scope import Right
from personnel.views.moves import carried_out
from planning.actions import close_round, open_round, set_legal_basis, set_targets
from planning.filters.rounds import ROUND_STATES, ProgressFilter, RoundFilter, TargetsFilter
from planning.forms.rounds import BasisForm, CloseForm, RoundForm
from planning.forms.targets import Defaults, TargetGrid, columns_of
from planning.models import PlanningRound, PositionGroup
from planning.progress import matching, progress, rows_of
from planning.regulation import regulation_of
from planning.seats import proposed_seats
from planning.steps import steps_of_round
from planning.tables.rounds import ROUND_MARKS, PlanningRoundTable
from planning.totals import never_submitted, totals
from planning.views.places import entries_url, round_of
from regulations.rulebook import Rulebook

ORGANIZATIONS_SHOWN = 100  # all grassroots organisations of an office on one page
ROWS_IN_A_GRID = 50  # so that what a browser sends stays below Django's limit of fields
form_page = require_http_methods(["GET", "HEAD", "POST"])


@needs(Right.VIEW)
@require_safe
def round_list(request: HttpRequest) -> HttpResponse:
    """List the planning rounds opened by the day looked at."""
    rounds = PlanningRound.objects.visible_to(request.scope).opened_by(request.day).with_state_on(request.day)
    found = RoundFilter(request, rounds)
    rows = found.rows.with_authority_name(request.day)
    context = {
        "filter": found,
        "table": table_page(PlanningRoundTable(rows.order_by("-opened_on", "pk")), request),
        "may_plan": request.scope.may(Right.PLAN),
        "breadcrumbs": [("Quy hoạch", entries_url(request)), ("Các đợt quy hoạch", None)],
    }
    return render(request, "planning/round_list.html", context)


@needs(Right.VIEW)
@require_safe
def round_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a round rests on, what it adds up to and how far each organisation has come. No names."""
    scope, day = request.scope, request.day
    rounds = PlanningRound.objects.visible_to(scope).with_authority_name(day).with_state_on(day)
    planning_round = get_object_or_404(rounds, pk=pk)
    made = progress(planning_round, scope=scope, day=day)
    found = ProgressFilter(request, OrganizationVersion.objects.begun_by(day).visible_to(scope).with_codes())
    everywhere = f"/{planning_round.authority_id}/" if found.chosen("reach") == ProgressFilter.ALL else ""
    rows = rows_of(made, found.rows.as_tree(), scope=scope, beneath=everywhere, day=day)
    shown = matching(rows, words=found.chosen("q"), state=found.chosen("state"))
    context = {
        "round": planning_round,
        "state": ROUND_MARKS.get(planning_round.state_on_day, planning_round.state_on_day),
        "state_label": ROUND_STATES[planning_round.state_on_day],
        "regulation": regulation_of(planning_round, day),
        "legal_basis": planning_round.legal_basis.in_citing_order(),
        "opened_papers": Document.objects.visible_to(scope).filter(planning_rounds=planning_round),
        "totals": totals(planning_round, scope=scope, day=day),
        "waiting": made.waiting,
        "may_see_plans": scope.may(Right.VIEW_PLANS),
        "groups": list(PositionGroup),
        "filter": found,
        "page": Paginator(shown, ORGANIZATIONS_SHOWN).get_page(request.GET.get("page")),
        "steps": steps_of_round(planning_round, scope) if day == today() else [],
        "breadcrumbs": _breadcrumbs(request, planning_round),
    }
    return render(request, "planning/round_detail.html", context)


def _breadcrumbs(request: HttpRequest, planning_round: PlanningRound, *here: str) -> list[tuple[str, str | None]]:
    return [
        ("Quy hoạch", entries_url(request)),
        ("Các đợt quy hoạch", reverse("planning:round_list")),
        (str(planning_round), planning_round.get_absolute_url() if here else None),
        *((each, None) for each in here),
    ]


# Acts


@needs(Right.PLAN)
@form_page
def round_new(request: HttpRequest) -> HttpResponse:
    """Open a round."""
    form = RoundForm(request.scope, _sent(request))
    opened: list[PlanningRound] = []
    if carried_out(form, lambda: opened.append(open_round(**form.cleaned_data, by=request.user))):
        messages.success(request, f"Đã mở đợt {opened[0]}. Hãy đặt chỉ tiêu cho các tổ chức đảng.")
        return redirect(opened[0])
    breadcrumbs = [
        ("Quy hoạch", entries_url(request)),
        ("Các đợt quy hoạch", reverse("planning:round_list")),
        ("Mở đợt quy hoạch", None),
    ]
    context = {"form": form, "breadcrumbs": breadcrumbs}
    return render(request, "planning/round_new.html", context, status=422 if form.errors else 200)


@needs(Right.PLAN)
@form_page
def round_basis(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what the round rests on."""
    planning_round = round_of(request, pk)
    form = BasisForm(planning_round, request.scope, _sent(request))

    def act() -> None:
        set_legal_basis(planning_round, documents=form.documents, by=request.user)

    done = "Đã ghi văn bản căn cứ của đợt quy hoạch."
    return _act(request, planning_round, form, act, done, "planning/round_basis.html", "Căn cứ")


@needs(Right.PLAN)
@form_page
def round_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the round; whoever was introduced and never submitted leaves the list."""
    planning_round = round_of(request, pk)
    form = CloseForm(_sent(request))

    def act() -> None:
        close_round(planning_round, by=request.user, on=form.cleaned_data["closed_on"])

    leaving = never_submitted(planning_round)
    done = f"Đã kết thúc đợt {planning_round}."
    if leaving:
        done += f" {padded(leaving)} đồng chí chưa được trình đã ra khỏi danh sách giới thiệu."
    context = {"leaving": leaving, "waiting": planning_round.approvals.waiting().count()}
    return _act(request, planning_round, form, act, done, "planning/round_close.html", "Kết thúc đợt", context)


def _act(
    request: HttpRequest,
    planning_round: PlanningRound,
    form,
    act: Callable[[], None],
    done: str,
    template: str,
    here: str,
    context: dict | None = None,
) -> HttpResponse:
    """Carry out the act, or show its page; lead those who may not, or come too late, to the round."""
    if not request.scope.covers(planning_round.authority.path, Right.PLAN):
        messages.error(request, "Vai trò của bạn không bao gồm việc này với đợt quy hoạch của tổ chức chủ trì.")
        return redirect(planning_round)
    if planning_round.closed_on:
        return _too_late(request, planning_round)
    try:
        if carried_out(form, act):
            messages.success(request, done)
            return redirect(planning_round)
    except WrongState:
        return _too_late(request, PlanningRound.objects.get(pk=planning_round.pk))
    context = (context or {}) | {"round": planning_round, "form": form}
    context["breadcrumbs"] = _breadcrumbs(request, planning_round, here)
    return render(request, template, context, status=422 if form.errors else 200)


def _too_late(request: HttpRequest, planning_round: PlanningRound) -> HttpResponse:
    """Lead to the round, which is closed."""
    day = short_day(planning_round.closed_on)
    messages.warning(request, f"Đợt quy hoạch đã kết thúc ngày {day}. Chưa ghi gì thêm.")
    return redirect(planning_round)


def _sent(request: HttpRequest):
    return request.POST if request.method == "POST" else None


# Targets


@needs(Right.PLAN)
@form_page
def round_targets(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the targets of many organisations in one grid; what was not sent stays as it is."""
    planning_round = round_of(request, pk)
    if planning_round.closed_on:
        return _too_late(request, planning_round)
    found = TargetsFilter(request, _organizations_to_plan_for(request, planning_round))
    page = Paginator(found.rows.as_tree(), ROWS_IN_A_GRID).get_page(request.GET.get("page"))
    shown = (planning_round, list(page), columns_of(single=found.is_single), Defaults(Rulebook.of(request.day)))
    if request.method != "POST":
        grid = TargetGrid(*shown)
    elif "lay-theo" in request.POST:
        seats = proposed_seats([each.organization_id for each in page], request.day)
        grid = TargetGrid(*shown, typed=request.POST, proposed=seats)
    else:
        grid = TargetGrid(*shown, typed=request.POST, is_sent=True)
        if not grid.wrong:
            return _save_targets(request, planning_round, grid)
    context = {
        "round": planning_round,
        "filter": found,
        "page": page,
        "grid": grid,
        "breadcrumbs": _breadcrumbs(request, planning_round, "Chỉ tiêu"),
    }
    return render(request, "planning/round_targets.html", context, status=422 if grid.wrong else 200)


def _organizations_to_plan_for(request: HttpRequest, planning_round: PlanningRound):
    """Return the organisations of the day beneath the authority of the round for which the user plans."""
    standing = OrganizationVersion.objects.as_of(request.day).under(planning_round.authority_id)
    mine = standing.beneath(request.scope.paths(Right.PLAN))
    return mine.with_codes().select_related("organization")


def _save_targets(request: HttpRequest, planning_round: PlanningRound, grid: TargetGrid) -> HttpResponse:
    try:
        changed = set_targets(planning_round, targets=grid.drafts, by=request.user)
    except WrongState:
        return _too_late(request, PlanningRound.objects.get(pk=planning_round.pk))
    if changed:
        messages.success(request, f"Đã lưu chỉ tiêu: {padded(changed)} ô thay đổi.")
    else:
        messages.info(request, "Không có ô nào thay đổi.")
    return redirect(request.get_full_path())
