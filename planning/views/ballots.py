"""Ballots: one grid for each step, and the tally of those that are recorded. Each view of names is journaled."""

from typing import NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from common.errors import Outdated, Refused, WrongState
from common.formats import padded, short_day
from organizations.access import needs
from organizations.models import Organization
from organizations.scope import Right
from planning.actions import delete_ballot, record_ballot
from planning.actions.entries import require_not_submitted
from planning.ballots import BallotSheet, ballot_sheet, bodies_known, tallies
from planning.forms.ballots import BallotEntry
from planning.models import BallotStep, PlanningRound, PositionGroup
from planning.views.places import group_of, plan_place, tell_journal, trail

form_page = require_http_methods(["GET", "HEAD", "POST"])
LOOK = "xem"  # asks for the tally of a step that could be changed too


class Plan(NamedTuple):
    """The plan of which the ballots are."""

    round: PlanningRound
    organization: Organization
    group: PositionGroup

    def url(self, page: str, *number: int) -> str:
        return reverse(f"planning:{page}", args=[self.round.pk, self.organization.code, self.group.value, *number])

    def get_absolute_url(self) -> str:
        return reverse("planning:plan_detail", args=[self.round.pk, self.organization.code])


@needs(Right.PLAN)
@form_page
def ballot_new(request: HttpRequest, pk: int, code: str, group: str) -> HttpResponse:
    """Enter the next ballot."""
    plan = _plan(request, pk, code, group, Right.PLAN)
    if request.method == "POST":
        number = request.POST.get("number", "")
        return _received(request, plan, int(number) if number.isdecimal() and len(number) < 6 else None)
    sheet = ballot_sheet(*plan)
    objection = _objection(sheet)
    if objection:
        return _turned_away(request, objection, plan)
    _tell(request, plan, f"Xem danh sách lấy phiếu bước {sheet.number}")
    return _page(request, plan, BallotEntry(sheet))


@needs(Right.VIEW_PLANS)
@form_page
def ballot_edit(request: HttpRequest, pk: int, code: str, group: str, number: int) -> HttpResponse:
    """Enter the last ballot again; show the tally of one that cannot be changed, or to those who may only look."""
    plan = _plan(request, pk, code, group)
    may_plan = request.scope.covers(plan.organization.path, Right.PLAN)
    if request.method == "POST":
        if not may_plan:
            raise PermissionDenied("Vai trò của bạn không bao gồm việc ghi kết quả lấy phiếu.")
        return _received(request, plan, number)
    sheet = _recorded(plan, number)
    _tell(request, plan, f"Xem kết quả lấy phiếu bước {number}")
    is_open = may_plan and sheet.is_last and not _objection(sheet)
    if is_open and LOOK not in request.GET:
        return _page(request, plan, BallotEntry(sheet))
    return _tally(request, plan, sheet, is_open=is_open)


@needs(Right.PLAN)
@form_page
def ballot_delete(request: HttpRequest, pk: int, code: str, group: str, number: int) -> HttpResponse:
    """Delete the last ballot. The page says how many people it concerns, and names nobody."""
    plan = _plan(request, pk, code, group, Right.PLAN)
    if request.method == "POST":
        return _deleted(request, plan, number)
    sheet = _recorded(plan, number)
    objection = _objection(sheet)
    if not objection and not sheet.is_last:
        objection = "Chỉ xóa được bước lấy phiếu cuối cùng."
    if objection:
        return _turned_away(request, objection, plan.url("ballot_edit", number))
    context = _context(request, plan, sheet, f"Xóa bước {number}")
    context["going_on"] = sum(result.goes_on for result in sheet.former.values())
    return render(request, "planning/ballot_delete.html", context)


def _plan(request: HttpRequest, pk: int, code: str, group: str, *rights: Right) -> Plan:
    """Return the plan, where its names may be seen and the rights are held; 404 elsewhere."""
    planning_round, organization = plan_place(request, pk, code)
    if not all(request.scope.covers(organization.path, right) for right in rights):
        raise Http404("Tổ chức đảng này không thuộc phạm vi của bạn.")
    return Plan(planning_round, organization, group_of(group))


def _recorded(plan: Plan, number: int) -> BallotSheet:
    sheet = ballot_sheet(*plan, number=number)
    if sheet.step is None or sheet.number != number:
        raise Http404("Không có bước lấy phiếu này.")
    return sheet


def _objection(sheet: BallotSheet) -> str:
    """Say why no ballot can be entered or changed; empty while it can."""
    if sheet.round.closed_on:
        return f"Đợt quy hoạch {sheet.round} đã kết thúc."
    try:
        require_not_submitted(sheet.round, sheet.organization, sheet.group)
    except WrongState as error:
        return str(error)
    if not sheet.candidates:
        return "Chưa có ai để lấy phiếu. Hãy giới thiệu người vào danh sách trước."
    return ""


def _turned_away(request: HttpRequest, why: str, to: str | Plan) -> HttpResponse:
    messages.warning(request, why)
    return redirect(to)


def _tell(request: HttpRequest, plan: Plan, what: str) -> None:
    tell_journal(request, plan.organization, f"{what}, {plan.group.label}", plan.round)


# What was sent


def _received(request: HttpRequest, plan: Plan, number: int | None) -> HttpResponse:
    """Record what was typed, or show it again with what is wrong or what has happened meanwhile."""
    entry = BallotEntry(ballot_sheet(*plan, number=number), request.POST)
    if entry.is_outdated:
        return _outdated(request, plan, entry)
    if not entry.is_valid():
        return _page(request, plan, entry, status=422)
    try:
        step = _record(request, plan, entry)
    except Outdated:
        return _outdated(request, plan, BallotEntry(ballot_sheet(*plan, number=number), request.POST))
    except Refused as error:
        entry.refuse(str(error))
        return _page(request, plan, entry, status=422)
    return _done(request, plan, step, entry)


def _record(request: HttpRequest, plan: Plan, entry: BallotEntry) -> BallotStep:
    sheet = entry.sheet
    edited = {"step": sheet.step, "edition": sheet.step.edition} if sheet.step else {"number": sheet.number}
    return record_ballot(
        plan.round,
        organization=plan.organization,
        group=plan.group,
        counts=entry.counts,
        votes=entry.votes,
        by=request.user,
        **edited,
    )


def _done(request: HttpRequest, plan: Plan, step: BallotStep, entry: BallotEntry) -> HttpResponse:
    said = f"{padded(entry.going_on)} trong {padded(entry.with_votes)} đi tiếp"
    messages.success(request, f"Đã ghi bước {step.number} ({step.body}): {said}.")
    return redirect(plan)


def _outdated(request: HttpRequest, plan: Plan, entry: BallotEntry) -> HttpResponse:
    """Show what was typed beside what has been saved meanwhile; when they say the same, the form was sent twice."""
    sheet, differences = entry.sheet, entry.differences()
    if sheet.step and not differences:
        return _done(request, plan, sheet.step, entry)
    if sheet.step is None:
        what = "Một bước lấy phiếu đã bị xóa trong lúc bạn nhập."
        entry.refuse(f"{what} Nội dung bạn nhập còn nguyên dưới đây; lưu là ghi thành bước {sheet.number}.")
    elif entry.typed.get("version"):
        entry.refuse(f"{sheet.step} vừa được người khác lưu. Lưu bản của bạn là thay bản đó.")
    else:
        entry.refuse(f"{sheet.step} đã được ghi trong lúc bạn nhập. Lưu bản của bạn là thay bản đó.")
    return _page(request, plan, entry, differences=differences, status=409)


def _deleted(request: HttpRequest, plan: Plan, number: int) -> HttpResponse:
    sheet = ballot_sheet(*plan, number=number)
    step = sheet.step
    if step is None or request.POST.get("version", "").partition(".")[0] != str(step.pk):
        return _turned_away(request, "Bước lấy phiếu này đã được xóa trước đó.", plan)
    if request.POST["version"] != sheet.version:
        why = f"{step} vừa được người khác lưu. Hãy xem lại trước khi xóa."
        return _turned_away(request, why, plan.url("ballot_delete", number))
    try:
        delete_ballot(step, by=request.user, edition=step.edition)
    except Refused as error:
        return _turned_away(request, str(error), plan)
    messages.success(request, f"Đã xóa bước {number} ({step.body}, ngày {short_day(step.held_on)}).")
    return redirect(plan)


# The pages


def _page(
    request: HttpRequest, plan: Plan, entry: BallotEntry, *, differences: list[str] | None = None, status: int = 200
) -> HttpResponse:
    """Answer with the grid. `differences` are between what is typed and what is recorded by now."""
    sheet = entry.sheet
    context = _context(request, plan, sheet, f"Bước {sheet.number}" if sheet.step else "Ghi bước lấy phiếu")
    context |= {
        "entry": entry,
        "differences": differences,
        "bodies": bodies_known(request.scope),
        "target_url": plan.url("ballot_edit", sheet.number) if sheet.step else plan.url("ballot_new"),
    }
    return render(request, "planning/ballot_form.html", context, status=status)


def _tally(request: HttpRequest, plan: Plan, sheet: BallotSheet, *, is_open: bool) -> HttpResponse:
    """Answer with a recorded step as it reads and prints."""
    steps = tallies(*plan)
    context = _context(request, plan, sheet, f"Bước {sheet.number}")
    context |= {"tally": steps[sheet.number - 1], "steps": [each.step for each in steps], "is_open": is_open}
    return render(request, "planning/ballot_tally.html", context)


def _context(request: HttpRequest, plan: Plan, sheet: BallotSheet, here: str) -> dict[str, object]:
    return {
        "plan": plan,
        "sheet": sheet,
        "breadcrumbs": trail(
            request, plan.round, plan.organization, f"{plan.group.label}: {here[0].lower()}{here[1:]}"
        ),
    }
