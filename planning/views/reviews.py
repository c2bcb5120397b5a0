"""The yearly review: keep, add, take out; and the comparison that ends it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from common.errors import Outdated, Refused, WrongState
from common.formats import padded
from organizations.access import needs
from organizations.models import Organization
from organizations.scope import Right
from personnel.forms.choices import Choices
from planning.checks import check_plan
from planning.comparison import aim_in_words, compare, count_by_position
from planning.forms.introduce import with_another_row, without_row
from planning.forms.reviews import ReviewForm, seen_anew
from planning.gathering import gathered
from planning.models import PlanningRound, PositionGroup
from planning.review_workflow import review_and_introduce
from planning.reviewing import introduced_in, people_to_review
from planning.views.places import group_of, plan_place, tell_journal, trail
from regulations.models import RuleCode


@needs(Right.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_review(request: HttpRequest, pk: int, code: str, group: str) -> HttpResponse:
    """Review the plan of the group in one screen."""
    planning_round, organization = plan_place(request, pk, code, right=Right.PLAN)
    plan = planning_round, organization, group_of(group)
    objection = _objection(*plan)
    if objection:
        messages.warning(request, objection)
        return redirect("planning:plan_detail", pk, code)
    if request.method == "POST":
        return _received(request, *plan)
    tell_journal(request, organization, f"Xem để rà soát quy hoạch {plan[2].label}", planning_round)
    return _page(request, _form(request, plan, QueryDict()))


def _objection(planning_round: PlanningRound, organization: Organization, group: PositionGroup) -> str:
    """Say why the plan is not to be reviewed now; empty when nothing stands in the way."""
    if not planning_round.is_review:
        return "Đợt này giới thiệu quy hoạch lần đầu nên không có phần rà soát."
    if planning_round.closed_on:
        return f"Đợt {planning_round} đã kết thúc nên không rà soát được nữa."
    if planning_round.approvals.live().filter(organization=organization, group=group).exists():
        return f"Quy hoạch {group.label} đã được trình trong đợt này nên không rà soát được nữa."
    return ""


def _form(request: HttpRequest, plan: tuple, typed: QueryDict, *, is_sent: bool = False) -> ReviewForm:
    people = people_to_review(*plan, scope=request.scope, day=request.day)
    return ReviewForm(*plan, people, Choices(request.scope, request.day), typed, is_sent=is_sent)


def _received(request: HttpRequest, *plan) -> HttpResponse:
    """Save what was typed, or show it again: with another row, with what it comes to, with what is wrong."""
    typed = request.POST
    if "them-dong" in typed or "bo-dong" in typed:
        typed = with_another_row(typed) if "them-dong" in typed else without_row(typed, typed["bo-dong"])
        form = _form(request, plan, typed)
        if request.htmx:
            return render(request, "planning/_introduce_rows.html", {"form": form.additions})
        return _page(request, form)
    if "xem-truoc" in typed:
        if request.htmx:
            return render(request, "planning/_review_tally.html", _tally(_judged(request, plan)))
        return _page(request, _form(request, plan, typed), _judged(request, plan))
    form = _form(request, plan, typed, is_sent=True)
    return _saved(request, form) if form.is_valid() else _page(request, form)


def _judged(request: HttpRequest, plan: tuple) -> ReviewForm:
    """Return the form with all that can be read of it, to look ahead from; what is wrong with it is not said yet."""
    form = _form(request, plan, request.POST, is_sent=True)
    form.is_valid()
    return form


def _saved(request: HttpRequest, form: ReviewForm) -> HttpResponse:
    plan = {"organization": form.organization, "group": form.group}
    added = {"additions": form.additions.additions, "on": form.additions.on}
    try:
        introduced = review_and_introduce(form.round, **plan, **added, verdicts=form.verdicts, by=request.user)
    except Outdated as error:
        return _overtaken(request, form, str(error))
    except WrongState as error:
        messages.warning(request, str(error))
        return redirect("planning:plan_detail", form.round.pk, form.organization.code)
    except Refused as error:
        form.problem = str(error)
        return _page(request, form)
    kept, come = len(form.rows) - form.going, len(introduced)
    numbers = f"giữ {padded(kept)}, đưa ra {padded(form.going)}, giới thiệu thêm {padded(come)}"
    messages.success(request, f"Đã lưu kết quả rà soát: {numbers}. Thay đổi có hiệu lực khi được phê duyệt.")
    page = "planning:plan_comparison" if "so-sanh" in request.POST else "planning:plan_review"
    return redirect(page, form.round.pk, form.organization.code, form.group)


def _overtaken(request: HttpRequest, form: ReviewForm, said: str) -> HttpResponse:
    """Show what was typed again beside what another has saved; saved once more, it takes its place."""
    plan = form.round, form.organization, form.group
    people = people_to_review(*plan, scope=request.scope, day=request.day)
    again = ReviewForm(*plan, people, Choices(request.scope, request.day), seen_anew(request.POST, people))
    again.problem = f"{said} Lựa chọn của bạn còn nguyên dưới đây; hãy xem lại rồi lưu lần nữa nếu vẫn giữ."
    return _page(request, again)


def _page(request: HttpRequest, form: ReviewForm, judged: ReviewForm | None = None) -> HttpResponse:
    """Answer with the form; `judged` is the one to look ahead from, where that is another."""
    context = {
        "form": form,
        "introduced": introduced_in(form.round, form.organization, form.group),
        "is_single": len(form.group.positions) == 1,
        "breadcrumbs": trail(request, form.round, form.organization, f"Rà soát {form.group.label}"),
    }
    status = 422 if form.has_errors else 200
    return render(request, "planning/plan_review.html", context | _tally(judged or form), status=status)


def _tally(form: ReviewForm) -> dict[str, object]:
    """Return what the review comes to as the form stands, and what the rules say of it.

    That nobody has voted yet on those added goes without saying.
    """
    facts = form.foreseen()
    leaving = [verdict.entry for verdict in facts.leaving]
    return {
        "counts": count_by_position(form.group, facts.added, leaving, facts.kept),
        "aim": aim_in_words(facts.target, facts.book),
        "findings": gathered(each for each in check_plan(facts) if each.rule != RuleCode.PLAN_BALLOT_MISSING),
    }


@needs(Right.VIEW_PLANS)
@require_safe
def plan_comparison(request: HttpRequest, pk: int, code: str, group: str) -> HttpResponse:
    """Show who came into the plan, who left it and who stayed. Journaled; for the file, on paper too."""
    planning_round, organization = plan_place(request, pk, code)
    group = group_of(group)
    tell_journal(request, organization, f"Xem so sánh quy hoạch {group.label}", planning_round)
    context = {
        "round": planning_round,
        "organization": organization,
        "group": group,
        "comparison": compare(planning_round, organization, group, request.day),
        "is_single": len(group.positions) == 1,
        "may_review": planning_round.is_review and request.scope.covers(organization.path, Right.PLAN),
        "breadcrumbs": trail(request, planning_round, organization, f"So sánh {group.label}"),
    }
    return render(request, "planning/plan_comparison.html", context)
