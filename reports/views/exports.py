"""Files of reports: given out under a code, made while a page waits for long ones, found again by their code."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from common.errors import WrongState
from common.papers import BadTemplate
from common.periods import Period
from common.progress import is_under_way, told
from organizations.access import needs
from organizations.scope import Right
from reports.actions import cancel_export
from reports.files import making
from reports.files.handouts import CONTENT_TYPES, SUMMARY, Handout, file_name, handout_of
from reports.frame import Frame
from reports.models import Export
from reports.tables import TABLES
from reports.views.chosen import ORGANIZATION, PLAN_TERM, choices_in, frame_of, query_of, standing, table_query

PAGE = 50


@needs(Right.VIEW)
@require_GET
def summary_file(request: HttpRequest, period: Period, format: str) -> HttpResponse:
    """The summary as a workbook or a paper."""
    return _hand_out(request, SUMMARY, period, format)


@needs(Right.VIEW)
@require_GET
def table_file(request: HttpRequest, key: str, period: Period, format: str) -> HttpResponse:
    """A standard table as a workbook or a paper."""
    if key not in TABLES:
        raise Http404("Không có biểu này.")
    return _hand_out(request, key, period, format)


def _hand_out(request: HttpRequest, key: str, period: Period, format: str) -> HttpResponse:
    """Give the file its code and make it at once; where that takes long, lead to the page that tells how far it is."""
    if format not in Export.Format:
        raise Http404("Không có dạng tệp này.")
    frame = frame_of(request, period)
    handout = handout_of(key, frame, request.GET)
    export = making.start(handout, format=format, address=_address(request, key, frame), by=request.user)
    return redirect(export) if handout.rows(format) > making.LONG else _made(request, export, lambda: handout)


def _address(request: HttpRequest, key: str, frame: Frame) -> str:
    """Return the page of the report, naming what was chosen by itself too: another reader would choose another."""
    chosen = {ORGANIZATION: frame.organization.organization.code, PLAN_TERM: frame.plan_term}
    if key == SUMMARY:
        return reverse("reports:summary", args=[frame.period]) + query_of(request, **chosen)
    return reverse("reports:table", args=[key, frame.period]) + table_query(request, TABLES[key], **chosen)


def _made(request: HttpRequest, export: Export, read: Callable[[], Handout]) -> HttpResponse:
    """Make the file and answer with it; where it does not come out, lead to the page that says so."""
    try:
        content = making.make(export, read, by=request.user)
    except BadTemplate as error:
        messages.error(request, str(error))
        return redirect(export)
    if content is None:
        return redirect(export)
    response = HttpResponse(content, content_type=CONTENT_TYPES[export.format])
    response["Content-Disposition"] = f'attachment; filename="{file_name(export)}"'
    response["Cache-Control"] = "private, no-store"
    return response


@needs(Right.VIEW)
@require_safe
def export_list(request: HttpRequest) -> HttpResponse:
    """The files given out, the newest first; one of them by its code."""
    typed = request.GET.get("ma", "").strip()
    exports = Export.objects.visible_to(request.scope).select_related("organization", "made_by")
    found = exports.with_code(typed) if typed else exports
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "typed": typed,
        "breadcrumbs": [("Báo cáo", reverse("reports:latest_summary")), ("Bản xuất", None)],
    }
    return render(request, "reports/export_list.html", context)


@needs(Right.VIEW)
@require_safe
def export_detail(request: HttpRequest, code: str) -> HttpResponse:
    """What the file under this code was of; while it is made, how far it is."""
    export = _export(request, code)
    context = {
        "export": export,
        "is_under_way": is_under_way(export.work),
        **_state(request, export),
        "breadcrumbs": [("Bản xuất", reverse("reports:export_list")), (export.shown_code, None)],
    }
    return render(request, "reports/export_detail.html", context)


@needs(Right.VIEW)
@require_safe
def export_progress(request: HttpRequest, code: str) -> HttpResponse:
    """The bar of a page that waits for its file."""
    export = _export(request, code)
    return render(request, "reports/_export_state.html", {"export": export, **_state(request, export)})


def _state(request: HttpRequest, export: Export) -> dict[str, object]:
    return {"is_mine": export.made_by_id == request.user.pk, "progress": told(export.work)}


@needs(Right.VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def export_make(request: HttpRequest, code: str) -> HttpResponse:
    """Make the file while its page waits; asked by whoever started it, once: a page loaded again waits with it."""
    export = _export(request, code)
    if request.method != "POST" or not export.is_being_made or is_under_way(export.work):
        return redirect(export)
    _require_own(request, export)
    chosen = QueryDict(urlsplit(export.address).query)
    asked = {"scope": request.scope, "period": export.period, "as_at": export.as_at}
    frame = standing(choices_in(chosen, **asked, code=export.organization.code))
    return _made(request, export, lambda: handout_of(export.table, frame, chosen))


@needs(Right.VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def export_cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Stop making the file; asked for without a form, lead to the page that has it."""
    export = _export(request, code)
    if request.method != "POST":
        return redirect(export)
    _require_own(request, export)
    try:
        cancel_export(export, by=request.user)
    except WrongState as error:
        messages.error(request, str(error))
    return redirect(export)


def _export(request: HttpRequest, code: str) -> Export:
    exports = Export.objects.visible_to(request.scope).select_related("organization", "made_by")
    return get_object_or_404(exports, code=code)


def _require_own(request: HttpRequest, export: Export) -> None:
    if export.made_by_id != request.user.pk:
        raise PermissionDenied("Đây là bản xuất của người khác.")
