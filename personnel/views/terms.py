"""Pages of acts on a term: ending it before the next opens, letting it go on after all, putting off its congress."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from common.formats import padded, short_day
from organizations.access import needs
from organizations.models import Term
from organizations.scope import Right
from personnel.forms.terms import CloseTermForm, PostponeForm, ReopenForm, TermActForm
from personnel.models import Holding
from personnel.term_length import length_findings
from personnel.terms import close_term_by, postpone_congress_by, reopen_term_by
from personnel.views.moves import carried_out

form_page = require_http_methods(["GET", "HEAD", "POST"])


@needs(Right.KEEP_REGISTER)
@form_page
def term_close(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """End a term whose successor does not open yet; all its seats end with it."""
    term = _term(request, code, pk)
    if objection := _objection(request, term):
        return objection
    form = CloseTermForm(term, term.organization, request.user, _sent(request))
    if carried_out(form, lambda: _close(request, term, form)):
        day = short_day(form.cleaned_data["ended_on"])
        messages.success(request, f"Đã kết thúc nhiệm kỳ {term} từ ngày {day}.")
        return redirect("personnel:organization_detail", code)
    seats = Holding.objects.in_term(term).filter(valid_to__isnull=True)
    people = seats.order_by().values("person").distinct().count()
    context = {"seats": padded(seats.count()), "people": padded(people)}
    return _page(request, "personnel/term_close.html", term, form, "Kết thúc nhiệm kỳ", context)


def _close(request: HttpRequest, term: Term, form: CloseTermForm) -> None:
    close_term_by(term, ended_on=form.cleaned_data["ended_on"], by=request.user, **form.papers_given)


@needs(Right.KEEP_REGISTER)
@form_page
def term_reopen(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Let a term go on that was closed by mistake, with all the seats that ended with it."""
    term = _term(request, code, pk)
    if objection := _not_kept(request, term):
        return objection
    if term.valid_to is None:
        messages.info(request, f"Nhiệm kỳ {term} đang tiếp tục.")
        return _back(term)
    form = ReopenForm(term, term.organization, request.user, _sent(request))
    if carried_out(form, lambda: _reopen(request, term, form)):
        messages.success(request, f"Đã mở lại nhiệm kỳ {term}; mọi chức danh kết thúc cùng nó lại tiếp tục.")
        return redirect("personnel:organization_terms", code)
    return _page(request, "personnel/term_reopen.html", term, form, "Mở lại nhiệm kỳ", {})


def _reopen(request: HttpRequest, term: Term, form: ReopenForm) -> None:
    reopen_term_by(term, reason=form.cleaned_data["reason"], by=request.user, **form.papers_given)


@needs(Right.KEEP_REGISTER)
@form_page
def term_postpone(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Put off the congress of a term: another planned end, by a paper."""
    term = _term(request, code, pk)
    if objection := _objection(request, term):
        return objection
    form = PostponeForm(term, term.organization, request.user, _sent(request))
    if carried_out(form, lambda: _postpone(request, term, form)):
        day = short_day(form.cleaned_data["planned_end"])
        messages.success(request, f"Đã ghi nhận: đại hội kết thúc nhiệm kỳ {term} dự kiến lùi đến ngày {day}.")
        return redirect("personnel:organization_detail", code)
    day = form.cleaned_data.get("planned_end") if form.is_bound else None
    context = {"findings": length_findings(term.organization, term, day) if day else []}
    return _page(request, "personnel/term_postpone.html", term, form, "Lùi đại hội", context)


def _postpone(request: HttpRequest, term: Term, form: PostponeForm) -> None:
    given = form.cleaned_data
    days = {"planned_end": given["planned_end"], "explanation": given["explanation"]}
    postpone_congress_by(term, by=request.user, **days, **form.papers_given)


def _term(request: HttpRequest, code: str, pk: int) -> Term:
    terms = Term.objects.visible_to(request.scope).select_related("organization__parent")
    return get_object_or_404(terms, pk=pk, organization__code=code)


def _objection(request: HttpRequest, term: Term) -> HttpResponse | None:
    """Lead away whoever may not change the term, and from a term that has ended (a second click)."""
    if objection := _not_kept(request, term):
        return objection
    if term.valid_to is not None:
        messages.info(request, f"Nhiệm kỳ {term} đã kết thúc ngày {short_day(term.valid_to)}.")
        return _back(term)
    return None


def _not_kept(request: HttpRequest, term: Term) -> HttpResponse | None:
    if request.scope.covers(term.organization.path, Right.KEEP_REGISTER):
        return None
    messages.error(request, "Vai trò của bạn không bao gồm việc quản lý nhiệm kỳ của tổ chức đảng này.")
    return _back(term)


def _back(term: Term) -> HttpResponse:
    return redirect("personnel:organization_detail", term.organization.code)


def _sent(request: HttpRequest):
    return request.POST if request.method == "POST" else None


def _page(request: HttpRequest, template: str, term: Term, form: TermActForm, here: str, context: dict) -> HttpResponse:
    organization = term.organization
    context |= {
        "term": term,
        "organization": organization,
        "form": form,
        "breadcrumbs": [
            ("Tổ chức", reverse("organizations:organization_list")),
            (organization.code, reverse("personnel:organization_detail", args=[organization.code])),
            (here, None),
        ],
    }
    return render(request, template, context, status=422 if form.errors else 200)
