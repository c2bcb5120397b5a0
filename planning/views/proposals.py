"""Who should leave at once, who may come back: proposed by the product, confirmed by a person."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from common.errors import WrongState
from common.formats import padded, short_day
from common.journal import record_access
from organizations.access import needs
from organizations.scope import Right, Scope
from personnel.views.moves import carried_out
from planning.actions import reenter, remove_entries, remove_entry
from planning.forms.removals import AcceptanceForm, ReentryForm, RemovalForm
from planning.models import PlanEntry, PlanningRound
from planning.proposals import Proposal, reentries, reentries_among, removals, removals_among
from planning.views.places import entries_url, trail

form_page = require_http_methods(["GET", "HEAD", "POST"])
BACK = "ve"  # the parameter that says whence one came


@needs(Right.VIEW_PLANS)
@form_page
def proposals(request: HttpRequest) -> HttpResponse:
    """Show who should leave and who may come back; take out those chosen, once their names have been read again."""
    proposed = removals(request.scope, request.day)
    acceptable = [each for each in proposed if _may_plan(request.scope, each.entry)]
    form = AcceptanceForm(acceptable, request.scope, _sent(request), initial={"on": request.day})
    confirming = form.is_bound and form.is_valid() and ("xac-nhan" not in request.POST or form.lacks_explanation)
    if form.is_bound and _all_have_left(form):
        messages.info(request, "Những đồng chí đã chọn không còn trong danh sách đề nghị đưa ra.")
        return redirect("planning:proposals")
    if not confirming and carried_out(form, lambda: _remove(form, request.user)):
        return _done(request, form.accepted, form.cleaned_data["on"])
    returning = reentries(request.scope, request.day)
    _tell_journal(request, proposed, returning)
    context = {
        "form": form,
        "confirming": confirming,
        "removals": [(each, _may_plan(request.scope, each.entry)) for each in proposed],
        "may_accept": bool(acceptable),
        "reentries": [(each, _may_plan(request.scope, each.entry)) for each in returning],
        "breadcrumbs": _breadcrumbs(request, "Đề xuất"),
    }
    return render(request, "planning/proposals.html", context, status=422 if form.errors else 200)


def _may_plan(scope: Scope, entry: PlanEntry) -> bool:
    return scope.covers(entry.organization.path, Right.PLAN)


def _all_have_left(form: AcceptanceForm) -> bool:
    """Whether nobody chosen is proposed any more: the page was sent twice."""
    chosen = form.data.getlist("chosen")
    return bool(chosen) and not any(key in form.offered for key in chosen)


def _remove(form: AcceptanceForm, by) -> None:
    given = form.cleaned_data
    chosen = [(each.entry, each.reason) for each in form.accepted]
    late = given.get("explanation", "")
    remove_entries(chosen, on=given["on"], by=by, document=given["document"], explanation=late)


def _done(request: HttpRequest, accepted: Sequence[Proposal], on) -> HttpResponse:
    names = ", ".join(f"{each.entry.person} ({each.entry.position})" for each in accepted)
    messages.success(request, f"Đã đưa ra khỏi quy hoạch từ ngày {short_day(on)}: {names}.")
    return redirect("planning:proposals")


def _tell_journal(request: HttpRequest, proposed: Sequence[Proposal], returning: Sequence[Proposal]) -> None:
    """Journal that the names were shown; the list belongs to the newest of the rounds that introduced them."""
    rounds = {each.entry.round for each in [*proposed, *returning]}
    if rounds:
        newest = max(rounds, key=lambda each: (each.opened_on, each.pk))
        numbers = f"đề nghị đưa ra {padded(len(proposed))}, có thể đưa trở lại {padded(len(returning))}"
        record_access(newest, by=request.user, what=f"Xem đề xuất về quy hoạch ({numbers})")


# One person


@needs(Right.PLAN)
@form_page
def entry_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one person out of the plan, or out of the list before approval."""
    entry = _entry(request, pk)
    back = _whence(request, entry)
    if entry.valid_to:
        day = short_day(entry.valid_to)
        messages.info(request, f"{entry.person} đã ra khỏi quy hoạch {entry.position} từ ngày {day}.")
        return redirect(back)
    proposal = next(iter(removals_among([entry], request.day)), None)
    initial = {"on": request.day, "reason": proposal.reason if proposal else ""}
    form = RemovalForm(entry, request.scope, _sent(request), initial=initial)
    try:
        if carried_out(form, lambda: remove_entry(entry, by=request.user, **form.cleaned_data)):
            day = short_day(form.cleaned_data["on"])
            messages.success(request, f"Đã đưa {entry.person} ra khỏi quy hoạch {entry.position} từ ngày {day}.")
            return redirect(back)
    except WrongState as error:  # meanwhile, by another hand
        messages.info(request, str(error))
        return redirect(back)
    _tell_journal_of(request, entry, "Xem để đưa ra khỏi quy hoạch")
    breadcrumbs = trail(request, entry.round, entry.organization, "Đưa ra khỏi quy hoạch")
    context = {"proposal": proposal, "back": back, "breadcrumbs": breadcrumbs}
    return _page(request, "planning/entry_remove.html", entry, form, context)


@needs(Right.PLAN)
@form_page
def entry_reenter(request: HttpRequest, pk: int) -> HttpResponse:
    """Introduce again, in an open round, somebody who left the plan for a measure that has expired."""
    entry = _entry(request, pk)
    proposal = next(iter(reentries_among([entry], request.day)), None) if entry.valid_to else None
    if proposal is None:
        messages.warning(request, f"{entry.person} chưa đủ điều kiện đưa trở lại quy hoạch {entry.position}.")
        return redirect("planning:proposals")
    rounds = PlanningRound.objects.visible_to(request.scope).of_plan_term(entry.plan_term).filter(closed_on=None)
    rounds = list(rounds.opened_by(request.day).with_authority_name(request.day))
    form = ReentryForm(entry, rounds, _sent(request), initial={"on": request.day})
    try:
        if carried_out(form, lambda: _reenter(entry, form, request.user)):
            messages.success(request, f"Đã giới thiệu lại {entry.person} vào quy hoạch {entry.position}.")
            return redirect("planning:plan_detail", form.cleaned_data["round"].pk, entry.organization.code)
    except WrongState as error:
        messages.warning(request, str(error))
        return redirect("planning:proposals")
    _tell_journal_of(request, entry, "Xem để đưa trở lại quy hoạch")
    breadcrumbs = _breadcrumbs(request, "Đề xuất", "Đưa trở lại quy hoạch")
    context = {"proposal": proposal, "rounds": rounds, "breadcrumbs": breadcrumbs}
    return _page(request, "planning/entry_reenter.html", entry, form, context)


def _reenter(entry: PlanEntry, form: ReentryForm, by) -> None:
    given = form.cleaned_data
    reenter(entry, planning_round=given["round"], on=given["on"], by=by, note=given["note"])


def _entry(request: HttpRequest, pk: int) -> PlanEntry:
    """Return the entry; 404 where the user may not plan."""
    entries = PlanEntry.objects.visible_to(request.scope, Right.PLAN).visible_to(request.scope)
    return get_object_or_404(entries.with_names().with_organization_name(request.day), pk=pk)


def _whence(request: HttpRequest, entry: PlanEntry) -> str:
    """Return the page of this office that one came from; else the plan in which the person was introduced."""
    back = request.POST.get(BACK) or request.GET.get(BACK, "")
    if url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        return back
    return reverse("planning:plan_detail", args=[entry.round_id, entry.organization.code])


def _tell_journal_of(request: HttpRequest, entry: PlanEntry, what: str) -> None:
    record_access(entry.organization, by=request.user, what=f"{what} ({entry})")


def _sent(request: HttpRequest):
    return request.POST if request.method == "POST" else None


def _page(request: HttpRequest, template: str, entry: PlanEntry, form, context: dict) -> HttpResponse:
    context |= {"entry": entry, "form": form}
    return render(request, template, context, status=422 if form.errors else 200)


def _breadcrumbs(request: HttpRequest, *here: str) -> list[tuple[str, str | None]]:
    above = [("Quy hoạch", entries_url(request))]
    if len(here) > 1:
        return [*above, (here[0], reverse("planning:proposals")), *((each, None) for each in here[1:])]
    return [*above, (here[0], None)]
