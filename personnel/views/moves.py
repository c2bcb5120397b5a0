"""What all pages share on which a dossier moves on: who may open them, in which state, and who is led elsewhere."""

import functools
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from common.errors import Refused, WrongState
from organizations.access import needs
from organizations.scope import Right
from personnel.forms.papers import ActForm
from personnel.models import Dossier
from personnel.rights import may_draft
from personnel.steps import may_decide

State = Dossier.State
DRAFTING = (Right.DRAFT, Right.DRAFT_INSPECTION)
DECIDING = (Right.CONFIRM,)


@dataclass(frozen=True)
class Move:
    """An act that moves a dossier on: its verb, by whose right, from which states, to which, what is said there."""

    verb: str
    rights: tuple[Right, ...]
    begins: tuple[str, ...]
    ends: str = ""
    done: str = ""


SUBMIT = Move("trình", DRAFTING, (State.DRAFT,), State.SUBMITTED, "đã được trình")
WITHDRAW = Move("rút", DRAFTING, (State.DRAFT, State.SUBMITTED), State.WITHDRAWN, "đã được rút")
CORRECT = Move("đính chính", DRAFTING, (State.CONFIRMED,))
CONFIRM = Move("chuẩn y", DECIDING, (State.SUBMITTED,), State.CONFIRMED, "đã được chuẩn y")
REFUSE = Move("quyết định", DECIDING, (State.SUBMITTED,), State.REFUSED, "đã có kết quả “Không chuẩn y”")
RETURN = Move("trả lại", DECIDING, (State.SUBMITTED,), State.DRAFT, "đang ở chỗ người lập")


def moves(move: Move) -> Callable:
    """Make a view of (request, dossier) the page of this act.

    Those who may not do it with this dossier, and those who come too late, are led to the dossier's own page, which
    says why; nothing is written then.
    """

    def decorate(view: Callable[[HttpRequest, Dossier], HttpResponse]) -> Callable[..., HttpResponse]:
        @needs(*move.rights)
        @require_http_methods(["GET", "HEAD", "POST"])
        @functools.wraps(view)
        def wrapper(request: HttpRequest, pk: int) -> HttpResponse:
            named = ("organization__parent", "congress", "corrects", "submission", "decision")
            dossiers = Dossier.objects.visible_to(request.scope).select_related(*named)
            dossier = get_object_or_404(dossiers.with_organization_name(request.day), pk=pk)
            objection = _objection(request.user, dossier, move)
            if objection:
                messages.error(request, objection)
                return _to_its_page(request, dossier)
            if dossier.state not in move.begins:
                return _too_late(request, dossier, move)
            try:
                return view(request, dossier)
            except WrongState:
                return _too_late(request, Dossier.objects.get(pk=pk), move)

        return wrapper

    return decorate


def _objection(user, dossier: Dossier, move: Move) -> str:
    """Say why this user may not do it with this dossier; empty when nothing stands in the way."""
    if move.rights == DECIDING:
        if not user.scope.covers(dossier.organization.path, Right.CONFIRM):
            return f"Vai trò của bạn không bao gồm việc {move.verb} hồ sơ của tổ chức đảng này."
        if not may_decide(user, dossier):
            return f"Bạn đã lập hồ sơ {dossier.code} nên không được quyết định hồ sơ này. Hãy để người khác quyết định."
        return ""
    positions = [item.position for item in dossier.items.select_related("position")]
    if not may_draft(user.scope, dossier.organization, positions):
        return f"Vai trò của bạn không bao gồm việc {move.verb} hồ sơ {dossier.code}."
    return ""


def _too_late(request: HttpRequest, dossier: Dossier, move: Move) -> HttpResponse:
    """Lead to the dossier's page: the act has been done already (a second click), or the dossier is elsewhere.

    A part of the page that was asked for just before the act answers nothing: the act's own page is on its way, and
    leading there twice would take its sentence away.
    """
    if dossier.state == move.ends:
        if request.htmx:
            return HttpResponse(status=204)
        messages.info(request, f"Hồ sơ {dossier.code} {move.done}.")
    else:
        state = dossier.get_state_display()
        messages.warning(
            request, f"Hồ sơ {dossier.code} đang ở trạng thái “{state}” nên không {move.verb} được. Chưa ghi gì thêm."
        )
    return _to_its_page(request, dossier)


def _to_its_page(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Lead to the dossier's page; the whole window, when only a part of the page was asked for."""
    return HttpResponseClientRedirect(dossier.get_absolute_url()) if request.htmx else redirect(dossier)


def carried_out(form: ActForm, act: Callable[[], object]) -> bool:
    """Carry out the act when the form is sent and valid. What is wrong with either is shown on the form."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act()
    except WrongState:
        raise
    except Refused as error:
        form.refuse(error)
        return False
    return True
