"""The page on which an office words its reports: the form, the fields to choose from, how it would print."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from common.errors import Outdated, Refused
from common.periods import Period, UnknownPeriod
from organizations.access import needs
from organizations.models import Organization
from organizations.scope import Right
from reports.actions import reset_prose, save_prose
from reports.catalogue import STANDARD, Catalogue
from reports.models import ProseTemplate
from reports.narrative import Fragment
from reports.prose.forms import WordingForm, prose_form, sent_form
from reports.prose.palette import palette_of
from reports.prose.rendering import Writer
from reports.prose.standard import STANDARD_PROSE
from reports.prose.wording import Prose, Wording
from reports.summary import Summary, summarize
from reports.views.chosen import ORGANIZATION, PERIOD, UNIT, choices_of, prose_address, query_of

SAVE, ADD, RESET = "luu", "them-doan", "ve-mau-chuan"


@dataclass(frozen=True)
class Desk:
    """Whose reports are worded, and the report by which the writer sees how they print.

    No summary: the organisation did not stand in the period looked at.
    """

    organization: Organization
    period: Period
    template: ProseTemplate | None
    prose: Prose
    summary: Summary | None
    address: str  # of this page
    query: str  # of the pages of the report

    @property
    def edition(self) -> str:
        return self.template.edition if self.template else ""

    @property
    def catalogue(self) -> Catalogue:
        return self.summary.frame.catalogue if self.summary else STANDARD

    @cached_property
    def writer(self) -> Writer:
        return Writer(self.summary)

    def printed(self, wording: Wording) -> tuple[Fragment, ...]:
        """Return the paragraph as it would print; empty where it is left out, and where nothing can be printed."""
        return self.writer.paragraph(wording) if self.summary else ()


@needs(Right.KEEP_REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def prose_template(request: HttpRequest, code: str) -> HttpResponse:
    """Word the reports of an organisation and all beneath it; sent to be looked at, nothing is written."""
    desk = _desk(request, code)
    if request.method != "POST":
        return _page(request, desk, prose_form(desk.prose.wordings, desk.catalogue))
    if RESET in request.POST:
        return _reset(request, desk)
    form = sent_form(request.POST, desk.catalogue)
    if SAVE in request.POST:
        return _saved(request, desk, form)
    return _page(request, desk, prose_form(form.wordings, desk.catalogue) if ADD in request.POST else form)


def _saved(request: HttpRequest, desk: Desk, form) -> HttpResponse:
    """Save what was typed, or show it again: beside what another has saved meanwhile, or with what is wrong in it."""
    if not form.is_valid():
        return _page(request, desk, form, status=422)
    try:
        save_prose(desk.organization, wordings=form.wordings, by=request.user, edition=request.POST.get("edition", ""))
    except Outdated as error:
        now = _desk(request, desk.organization.code)
        return _page(request, now, form, status=409, outdated=str(error), edition=now.edition)
    except Refused as error:
        return _page(request, desk, form, status=422, refused=str(error))
    messages.success(request, f"Đã lưu lời văn báo cáo của {desk.organization}.")
    return redirect(desk.address)


def _reset(request: HttpRequest, desk: Desk) -> HttpResponse:
    try:
        reset_prose(desk.organization, by=request.user, edition=request.POST.get("edition", ""))
    except Outdated as error:
        messages.error(request, f"{error} Hãy xem lại trước khi bỏ.")
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Đã bỏ mẫu lời văn riêng của {desk.organization}.")
    return redirect(desk.address)


def _page(request: HttpRequest, desk: Desk, form, status: int = 200, **told: str) -> HttpResponse:
    context = {
        "desk": desk,
        "form": form,
        "rows": [_row(desk, row) for row in form.rows],
        "frame": desk.summary and desk.summary.frame,
        "period": desk.period,
        "query": desk.query,
        "edition": request.POST.get("edition", desk.edition),
        "is_typed": request.method == "POST",
        **told,
    }
    if request.htmx:
        return render(request, "reports/_prose_preview.html", context)
    report = reverse("reports:summary", args=[desk.period]) + desk.query
    context |= {
        "report": report,
        "palette": palette_of(desk.summary) if desk.summary else [],
        "breadcrumbs": [(f"Báo cáo {desk.period}", report), ("Lời văn báo cáo", None)],
    }
    return render(request, "reports/prose_template.html", context, status=status)


def _row(desk: Desk, form: WordingForm) -> dict[str, object]:
    """Return a row of the form with the paragraph that it prints; nothing while something is wrong with it."""
    is_wrong = form.is_bound and not form.is_removed and bool(form.errors)
    is_blank = form.is_removed or form.written.is_blank
    return {
        "form": form,
        "is_wrong": is_wrong,
        "is_blank": is_blank,
        "fragments": () if is_wrong or is_blank else desk.printed(form.written),
    }


def _desk(request: HttpRequest, code: str) -> Desk:
    """Return what is worded; 404 outside the scope, and refused to who does not keep the register there."""
    organization = get_object_or_404(Organization.objects.visible_to(request.scope), code=code)
    if not request.scope.covers(organization.path, Right.KEEP_REGISTER):
        raise PermissionDenied("Bạn không có quyền sửa lời văn báo cáo của tổ chức đảng này.")
    period = _period(request)
    frame = choices_of(request, period, code).frame
    own = ProseTemplate.objects.filter(organization=organization).select_related("organization", "saved_by").first()
    prose = own.as_prose() if own else frame.prose if frame else STANDARD_PROSE
    return Desk(
        organization=organization,
        period=period,
        template=own,
        prose=prose,
        summary=frame and summarize(frame.as_printed),
        address=prose_address(request, code, period),
        query=query_of(request, **{ORGANIZATION: code, UNIT: ""}),
    )


def _period(request: HttpRequest) -> Period:
    try:
        return Period.of_slug(request.GET.get(PERIOD) or f"{request.day.year:04d}")
    except UnknownPeriod as error:
        raise Http404(str(error)) from error
