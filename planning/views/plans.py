"""The plan of an organisation in a round: the place where it is made."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from common.errors import Refused
from common.formats import padded, short_day
from common.periods import today
from organizations.access import needs
from organizations.models import Organization
from organizations.scope import Right
from personnel.forms.choices import Choices
from planning.forms.introduce import IntroduceForm, with_another_row, without_row
from planning.introducing import Outcome, introduce_all, outcome_of
from planning.models import PlanEntry, PlanningRound, PositionGroup
from planning.steps import steps_of_organization, steps_of_plan
from planning.views.places import plan_place, tell_journal, trail
from planning.workspace import workspace


@needs(Right.VIEW_PLANS)
@require_safe
def plan_detail(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Show the organisation's plan, group by group: who is in it, ballots, what the rules say, what comes next.

    Journaled.
    """
    planning_round, organization = plan_place(request, pk, code)
    scope, day = request.scope, request.day
    is_live = day == today() and not planning_round.closed_on
    made = workspace(planning_round, organization, user=request.user, day=day, is_live=is_live)
    if made.names_somebody:
        tell_journal(request, organization, "Xem quy hoạch", planning_round)
    context = {
        "round": planning_round,
        "organization": organization,
        "workspace": made,
        "steps": steps_of_organization(planning_round, organization, scope) if is_live else [],
        "plans": [(plan, steps_of_plan(plan, scope) if is_live else []) for plan in made.groups],
        "may_plan": is_live and scope.covers(organization.path, Right.PLAN),
        "breadcrumbs": trail(request, planning_round, organization),
    }
    return render(request, "planning/plan_detail.html", context)


# Introducing


@needs(Right.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_introduce(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Introduce people for positions of the organisation: each row several people for one position."""
    place = _place(request, pk, code)
    objection = _objection(*place)
    if objection:
        messages.warning(request, objection)
        return redirect("planning:plan_detail", pk, code)
    if request.method == "POST":
        return _received(request, *place)
    return _page(request, _form(request, place, request.POST, first_group=request.GET.get("nhom", "")))


def _place(request: HttpRequest, pk: int, code: str) -> tuple[PlanningRound, Organization]:
    """Return the round and the organisation, where its names may be seen and people introduced; 404 elsewhere."""
    planning_round, organization = plan_place(request, pk, code)
    if not request.scope.covers(organization.path, Right.PLAN):
        raise Http404("Tổ chức đảng này không thuộc phạm vi của bạn.")
    return planning_round, organization


def _objection(planning_round: PlanningRound, organization: Organization) -> str:
    """Say why nobody can be introduced now; empty when nothing stands in the way."""
    if planning_round.closed_on:
        return f"Đợt quy hoạch đã kết thúc ngày {short_day(planning_round.closed_on)} nên không giới thiệu thêm được."
    submitted = planning_round.approvals.live().filter(organization=organization)
    if submitted.count() == len(PositionGroup):
        return "Quy hoạch của mọi nhóm chức danh đã được trình trong đợt này nên không giới thiệu thêm được."
    return ""


def _form(
    request: HttpRequest,
    place: tuple[PlanningRound, Organization],
    typed: QueryDict,
    *,
    is_sent: bool = False,
    first_group: str = "",
) -> IntroduceForm:
    choices = Choices(request.scope, request.day)
    return IntroduceForm(*place, choices, typed, is_sent=is_sent, first_group=first_group)


def _received(request: HttpRequest, *place) -> HttpResponse:
    """Introduce those typed, or show the page again: with another row, with one less, with what is wrong."""
    typed = request.POST
    if "them-dong" in typed or "bo-dong" in typed:
        typed = with_another_row(typed) if "them-dong" in typed else without_row(typed, typed["bo-dong"])
        form = _form(request, place, typed)
        if request.htmx:
            return render(request, "planning/_introduce_rows.html", {"form": form})
        return _page(request, form)
    if "xem-truoc" in typed:
        return _page(
            request, _form(request, place, typed), outcome=_outcome(_form(request, place, typed, is_sent=True))
        )
    form = _form(request, place, typed, is_sent=True)
    if not form.is_valid():
        return _page(request, form)
    planning_round, organization = place
    try:
        made = introduce_all(
            planning_round, organization=organization, additions=form.additions, on=form.on, by=request.user
        )
    except Refused as error:
        form.refuse(error)
        return _page(request, form)
    messages.success(request, _introduced(made))
    return redirect("planning:plan_detail", planning_round.pk, organization.code)


def _introduced(entries: list[PlanEntry]) -> str:
    people = len({entry.person_id for entry in entries})
    return (
        f"Đã giới thiệu {padded(people)} đồng chí cho {padded(len({each.position_id for each in entries}))} chức danh."
    )


@needs(Right.PLAN)
def introduce_preview(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Say what introducing those typed would come to: a part of the page, asked for while it is filled in."""
    place = _place(request, pk, code)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form = _form(request, place, request.POST, is_sent=True)
    return render(request, "planning/_introduce_outcome.html", {"form": form, "outcome": _outcome(form)})


def _outcome(form: IntroduceForm) -> Outcome | None:
    """Return what the rows that are whole come to; None while there is none."""
    form.is_valid()  # so that what can be read of it is read
    if not form.additions:
        return None
    return outcome_of(form.round, form.organization, form.additions, form.on)


def _page(request: HttpRequest, form: IntroduceForm, *, outcome: Outcome | None = None) -> HttpResponse:
    context = {
        "round": form.round,
        "organization": form.organization,
        "form": form,
        "outcome": outcome,
        "breadcrumbs": trail(request, form.round, form.organization, "Giới thiệu người"),
    }
    return render(request, "planning/plan_introduce.html", context, status=422 if form.has_errors else 200)
