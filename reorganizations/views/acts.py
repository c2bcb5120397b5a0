"""Pages on which organisations are reorganised: the kind, what it asks for, what will happen, and only then the act."""

import re

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from common.errors import NeedsExplanation, Refused
from organizations.access import needs
from organizations.models import Organization, Reorganization
from organizations.scope import Right
from personnel.views.moves import carried_out
from reorganizations.account import assignments_left
from reorganizations.drafts import Kind
from reorganizations.effects import effects_of
from reorganizations.forms.decision import CorrectionForm
from reorganizations.forms.entry import Entry, with_another_successor, with_more_seats
from reorganizations.forms.pick import KINDS, PickForm
from reorganizations.forms.places import Places
from reorganizations.preview import destinations, to_review
from reorganizations.rights import may_take_back, require_rights
from reorganizations.views.lists import breadcrumbs
from reorganizations.workflow import made_before, reorganize_by, take_back_by

form_page = require_http_methods(["GET", "HEAD", "POST"])
KIND = "hinh-thuc"  # the parameters of the address: what is picked first
BUTTONS = ("csrfmiddlewaretoken", "xem-truoc", "xac-nhan", "sua", "them-to-chuc")
MORE_SEATS = re.compile(r"them-nhan-su-([0-9]{1,2})")


@needs(Right.KEEP_REGISTER)
@form_page
def reorganization_new(request: HttpRequest) -> HttpResponse:
    """Reorganise: choose the kind, then the organisations and the day, then fill in, look ahead and confirm."""
    kind = request.GET.get(KIND, "")
    if kind not in KINDS:
        return _page(request, "reorganization_kinds.html", {"kinds": list(KINDS.items())})
    _require_seen(request)
    pick = PickForm(kind, request.scope, request.GET)
    if not pick.is_bound or not pick.is_valid():
        return _page(request, "reorganization_pick.html", {"form": pick}, kind, status=422 if pick.errors else 200)
    if request.method == "POST":
        return _received(request, pick)
    return _form_page(request, Entry(pick, request.user, None, is_sent=False))


def _require_seen(request: HttpRequest) -> None:
    """An organisation outside the scope is not there."""
    codes = set(filter(None, request.GET.getlist("tu")))
    if codes and Organization.objects.visible_to(request.scope).filter(code__in=codes).count() < len(codes):
        raise Http404


def _received(request: HttpRequest, pick: PickForm) -> HttpResponse:
    """Show what was typed again, with more rows; or what would happen; or do it."""
    typed = {
        name: value for name, value in request.POST.items() if name not in BUTTONS and not MORE_SEATS.fullmatch(name)
    }
    more = next((int(found[1]) for name in request.POST if (found := MORE_SEATS.fullmatch(name))), None)
    if more is not None:
        return _form_page(request, Entry(pick, request.user, with_more_seats(typed, more), is_sent=False))
    if "them-to-chuc" in request.POST:
        return _form_page(request, Entry(pick, request.user, with_another_successor(typed, pick), is_sent=False))
    if "sua" in request.POST:
        return _form_page(request, Entry(pick, request.user, typed, is_sent=False))
    entry = Entry(pick, request.user, typed, is_sent=True)
    if not entry.is_valid():
        return _form_page(request, entry, status=422)
    return _confirmed(request, entry) if "xac-nhan" in request.POST else _look_ahead(request, entry)


def _confirmed(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Do it; what stands in the way is shown instead. A second click leads to what the first has made."""
    draft = entry.draft
    if made := made_before(draft):
        return _made_already(request, made)
    try:
        made = reorganize_by(draft, by=request.user, explanation=entry.explanation, **entry.papers_given)
    except NeedsExplanation:
        return _look_ahead(request, entry, refusal="Còn cảnh báo. Hãy ghi lý do vẫn thực hiện.", status=422)
    except Refused as error:
        if made := made_before(draft):
            return _made_already(request, made)
        return _look_ahead(request, entry, refusal=str(error), status=422)
    messages.success(request, f"Đã ghi nhận: {made.note}.")
    return redirect(made)


def _made_already(request: HttpRequest, made: Reorganization) -> HttpResponse:
    messages.info(request, "Việc sắp xếp này đã được ghi nhận. Không ghi thêm lần nữa.")
    return redirect(made)


def _look_ahead(request: HttpRequest, entry: Entry, *, refusal: str = "", status: int = 200) -> HttpResponse:
    try:
        require_rights(entry.draft, request.user)
    except Refused as error:
        refusal = str(error)
    effects = effects_of(entry.draft)
    hidden = {name: value for name, value in entry.typed.items() if name != "explanation"}
    context = {
        "entry": entry,
        "effects": effects,
        "draft": effects.draft,
        "destinations": destinations(effects),
        "to_review": to_review(effects.to_review, request.scope),
        "assignments": assignments_left(effects.draft.ended, request.scope),
        "may_administer": request.scope.may(Right.ADMINISTER),
        "planned": len({each.person_id for each in effects.entries}),
        "carried": len({each.person_id for each, _ in effects.carried}),
        "refusal": "" if effects.blocking else refusal,
        "may_go_on": not effects.blocking,
        "may_draft": request.scope.may(Right.DRAFT),
        "hidden": hidden,
        "decision": _decision_in_words(entry),
    }
    return _page(request, "reorganization_preview.html", context, entry.kind, "Xem trước", status=status)


def _decision_in_words(entry: Entry) -> str:
    form = entry.decision
    if form.document:
        return form.document.citation
    given = form.cleaned_data
    whose = form.issuer.issuing_name if form.issuer else given["issuer_name"]
    return f"số {given['number']:02d}-QĐ/{given['symbol']}, ngày {given['issued_on']:%d/%m/%Y} của {whose}"


def _form_page(request: HttpRequest, entry: Entry, *, status: int = 200) -> HttpResponse:
    return _page(request, "reorganization_form.html", {"entry": entry}, entry.kind, status=status)


def _page(
    request: HttpRequest, template: str, context: dict, kind: str = "", here: str = "", *, status: int = 200
) -> HttpResponse:
    label = Kind(kind).label if kind else ""
    new = reverse("reorganizations:reorganization_new")
    way = [("Ghi nhận sắp xếp", new if kind else None)]
    way += [(label, f"{new}?{request.GET.urlencode()}" if here else None)] if kind else []
    way += [(here, None)] if here else []
    context |= {"kind": kind, "kind_label": label, "kind_use": KINDS.get(kind, ""), "breadcrumbs": breadcrumbs(*way)}
    return render(request, f"reorganizations/{template}", context, status=status)


@needs(Right.KEEP_REGISTER)
@form_page
def reorganization_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a reorganisation back by a correcting paper; everything is as before, and both stay readable."""
    made = get_object_or_404(Reorganization.objects.visible_to(request.scope).with_everything(), pk=pk)
    if objection := _objection(request, made):
        return objection
    form = CorrectionForm(Places(request.scope, request.day), request.user, request.POST or None)
    if carried_out(form, lambda: _take_back(request, made, form)):
        messages.success(request, f"Đã đính chính: {made.note}. Mọi thứ trở lại như trước khi ghi nhận.")
        return redirect(made)
    context = {
        "made": made,
        "form": form,
        "breadcrumbs": breadcrumbs((str(made), made.get_absolute_url()), ("Đính chính", None)),
    }
    template = "reorganizations/reorganization_take_back.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _take_back(request: HttpRequest, made: Reorganization, form: CorrectionForm) -> None:
    take_back_by(made, reason=form.cleaned_data["reason"], by=request.user, **form.given)


def _objection(request: HttpRequest, made: Reorganization) -> HttpResponse | None:
    """Lead away whoever may not take it back, and from what is corrected already (a second click)."""
    if made.state != "standing":
        done = "Việc sắp xếp này đã được đính chính."
        messages.info(request, done if made.state == "corrected" else "Đây đã là một lần đính chính.")
    elif not may_take_back(request.user, made.parts.all()):
        messages.error(request, "Vai trò của bạn không bao gồm mọi tổ chức đảng trong lần sắp xếp này.")
    else:
        return None
    return redirect(made)
