"""Pages on which a dossier moves on: submit, confirm, return, refuse, withdraw."""

from collections.abc import Callable
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from common.formats import short_day
from personnel.actions import refuse, return_to_drafter, withdraw
from personnel.effects import effect_in_words
from personnel.foresight import foresee_dossier
from personnel.forms.papers import ReasonForm
from personnel.forms.typed import CORRECTS
from personnel.forms.workflow import DecisionForm, SubmitForm
from personnel.judgements import new_warnings
from personnel.models import Act, Dossier
from personnel.views.moves import CONFIRM, CORRECT, REFUSE, RETURN, SUBMIT, WITHDRAW, carried_out, moves
from personnel.workflow import confirm_with_decision, submit_with_paper


@moves(SUBMIT)
def dossier_submit(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Submit a draft, with its tờ trình where there is one; warnings want a reason."""
    form = SubmitForm(dossier, request.scope, _sent(request))

    def act() -> None:
        papers = {"submission": form.submission, "paper": form.new_paper}
        submit_with_paper(dossier, by=request.user, on=form.day, explanation=form.cleaned_data["explanation"], **papers)

    if carried_out(form, act):
        return _moved(request, dossier, _submitted(dossier))
    items = _items(dossier)
    foresight = foresee_dossier(dossier, day=form.day).within(request.scope)
    changes = replace(foresight, findings=[])
    context = {"items": items, "effect": effect_in_words(items), "foresight": foresight, "changes": changes}
    return _page(request, "personnel/dossier_submit.html", dossier, form, "Trình", context)


def _submitted(dossier: Dossier) -> str:
    due = Dossier.objects.get(pk=dossier.pk).decision_due_on
    return f"Đã trình hồ sơ {dossier.code}" + (f", hạn chuẩn y {short_day(due)}." if due else ".")


@moves(CONFIRM)
def dossier_confirm(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Confirm a dossier, whole or in part, by the decision of the direct superior."""
    form = DecisionForm(dossier, _items(dossier), request.scope, _sent(request))

    def act() -> None:
        given = {"decision": form.decision, "paper": form.paper, "refused": form.refused}
        confirm_with_decision(dossier, by=request.user, explanation=form.cleaned_data["explanation"], **given)

    if carried_out(form, act):
        return _moved(request, dossier, f"Đã chuẩn y hồ sơ {dossier.code}: {effect_in_words(form.chosen)}.")
    context = {"superior": form.superior, "ticked": form["accepted"].value()}
    context |= _effect(request, dossier, form)
    return _page(request, "personnel/dossier_decide.html", dossier, form, "Chuẩn y", context)


@moves(CONFIRM)
@require_POST
def confirm_preview(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Say what confirming would do as the form stands: a part of the page, asked for while it is filled in."""
    form = DecisionForm(dossier, _items(dossier), request.scope, request.POST)
    form.is_valid()
    context = {"dossier": dossier, "form": form} | _effect(request, dossier, form)
    return render(request, "personnel/_decision_preview.html", context)


def _effect(request: HttpRequest, dossier: Dossier, form: DecisionForm) -> dict[str, object]:
    chosen, refused = form.chosen, {item.pk for item in form.refused}
    days = {"day": form.decision_day, "effective_on": form.effective_day}
    foresight = foresee_dossier(dossier, refused=refused, **days).within(request.scope) if chosen else None
    fresh = new_warnings(dossier, foresight.findings) if foresight else []
    return {"effect": effect_in_words(chosen), "refused": refused, "foresight": foresight, "new_warnings": fresh}


@moves(RETURN)
def dossier_return(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Return a dossier to those who drafted it."""
    return _with_reason(request, dossier, return_to_drafter, "Trả lại", f"Đã trả lại hồ sơ {dossier.code}.")


@moves(REFUSE)
def dossier_refuse(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Refuse a dossier whole."""
    return _with_reason(request, dossier, refuse, "Không chuẩn y", f"Đã ghi nhận không chuẩn y hồ sơ {dossier.code}.")


@moves(WITHDRAW)
def dossier_withdraw(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Withdraw a draft or a submitted dossier."""
    return _with_reason(request, dossier, withdraw, "Rút", f"Đã rút hồ sơ {dossier.code}.")


@moves(CORRECT)
@require_safe
def dossier_correct(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Lead to the form of a new correction of the dossier: each item that stands is left, mended or annulled."""
    if not any(item.stands and item.act != Act.ANNUL for item in dossier.items.all()):
        messages.warning(request, f"Hồ sơ {dossier.code} không còn nội dung nào để đính chính.")
        return redirect(dossier)
    return redirect(reverse("personnel:dossier_new", query={CORRECTS: dossier.pk}))


EXPLAINED = {
    "Trả lại": "Hồ sơ về lại nháp ở chỗ người lập, kèm lý do dưới đây; người lập sửa rồi trình lại.",
    "Không chuẩn y": "Không nội dung nào của hồ sơ có hiệu lực. Sau đó hồ sơ không sửa và không trình lại được.",
    "Rút": "Không nội dung nào của hồ sơ có hiệu lực. Sau đó hồ sơ không sửa và không trình lại được.",
}


def _with_reason(request: HttpRequest, dossier: Dossier, act: Callable, verb: str, done: str) -> HttpResponse:
    form = ReasonForm(_sent(request))
    if carried_out(form, lambda: act(dossier, by=request.user, reason=form.cleaned_data["reason"])):
        return _moved(request, dossier, done)
    context = {"verb": verb, "explained": EXPLAINED[verb], "effect": effect_in_words(_items(dossier))}
    return _page(request, "personnel/dossier_reason.html", dossier, form, verb, context)


def _sent(request: HttpRequest):
    return request.POST if request.method == "POST" else None


def _items(dossier: Dossier) -> list:
    return list(dossier.items.select_related("person", "position", "vote"))


def _moved(request: HttpRequest, dossier: Dossier, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect(dossier)


def _page(request: HttpRequest, template: str, dossier: Dossier, form, here: str, context: dict) -> HttpResponse:
    """Answer with the page of an act; 422 when what was sent cannot be carried out."""
    context |= {
        "dossier": dossier,
        "form": form,
        "breadcrumbs": [
            ("Hồ sơ kiện toàn", reverse("personnel:dossier_list")),
            (dossier.code, dossier.get_absolute_url()),
            (here, None),
        ],
    }
    return render(request, template, context, status=422 if form.errors else 200)
