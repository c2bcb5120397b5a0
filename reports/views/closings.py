"""Pages of closed books: closing a period, the list, what changed since, opening again, the files handed in."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods, require_safe

from common.errors import Refused
from common.journal import record_access
from common.periods import Period, today
from organizations.access import needs
from organizations.models import Closing
from organizations.scope import Right
from reports.actions import close_period, reopen_period
from reports.closings import compare, figures_to_keep
from reports.forms import ClosingForm, ReopeningForm
from reports.models import ClosedFile
from reports.summary import summarize
from reports.views.chosen import frame_of, query_of


@needs(Right.VIEW)
@require_safe
def closing_list(request: HttpRequest) -> HttpResponse:
    closings = Closing.objects.visible_to(request.scope).select_related("organization", "closed_by", "reopened_by")
    context = {"closings": closings, "breadcrumbs": [("Báo cáo", reverse("reports:latest_summary")), ("Khóa sổ", None)]}
    return render(request, "reports/closing_list.html", context)


@needs(Right.CONFIRM)
@require_http_methods(["GET", "HEAD", "POST"])
def close_books(request: HttpRequest, period: Period) -> HttpResponse:
    """What will be kept of a period, and the act of closing it."""
    frame = frame_of(request, period)
    organization = frame.organization.organization
    if not request.scope.covers(organization.path, Right.CONFIRM):
        raise PermissionDenied("Bạn không có quyền khóa sổ của tổ chức đảng này.")
    form = ClosingForm(request.POST, request.FILES) if request.method == "POST" else ClosingForm()
    if form.is_bound and form.is_valid():
        try:
            closing = close_period(
                organization, period=period, plan_term=frame.plan_term, by=request.user, **form.cleaned_data
            )
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Đã khóa sổ {period} của {organization}.")
            return redirect("reports:closing_detail", pk=closing.pk)
    context = {
        "form": form,
        "period": period,
        "frame": frame,
        "is_over": today() >= period.last,
        "results": figures_to_keep(summarize(frame.as_printed)),
        "query": query_of(request),
        "breadcrumbs": [
            (f"Báo cáo {period}", reverse("reports:summary", args=[period]) + query_of(request)),
            ("Khóa sổ", None),
        ],
    }
    return render(request, "reports/close_books.html", context)


@needs(Right.VIEW)
@require_safe
def closing_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The closed figures beside those of today, and each record that made a difference."""
    return render(request, "reports/closing_detail.html", _detail(request, _closing(request, pk), ReopeningForm()))


@needs(Right.CONFIRM)
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open closed books again; asked for without a form, lead to the page that has it."""
    closing = _closing(request, pk)
    if request.method != "POST":
        return redirect("reports:closing_detail", pk=pk)
    form = ReopeningForm(request.POST)
    if form.is_valid():
        try:
            reopen_period(closing, by=request.user, reason=form.cleaned_data["reason"])
        except Refused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"Đã mở lại sổ {closing.period} của {closing.organization}.")
        return redirect("reports:closing_detail", pk=pk)
    return render(request, "reports/closing_detail.html", _detail(request, closing, form), status=400)


@needs(Right.VIEW)
@require_safe
def closing_file(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """A file that was handed in; one that may name planned people goes to those alone who may see them."""
    closing = _closing(request, pk)
    kept = get_object_or_404(closing.files, pk=file)
    if kept.names_planned_people:
        if not _sees_plans(request, closing):
            raise PermissionDenied("Tệp này có thể có tên nhân sự quy hoạch; bạn chưa được phân quyền xem.")
        record_access(closing.organization, by=request.user, what=f"Tải tệp “{kept.name}” của sổ đã khóa")
    response = FileResponse(
        kept.content.open("rb"), as_attachment=True, filename=kept.name, content_type=kept.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _closing(request: HttpRequest, pk: int) -> Closing:
    closings = Closing.objects.visible_to(request.scope).select_related("organization", "closed_by", "reopened_by")
    return get_object_or_404(closings, pk=pk)


def _sees_plans(request: HttpRequest, closing: Closing) -> bool:
    return request.scope.covers(closing.organization.path, Right.VIEW_PLANS)


def _detail(request: HttpRequest, closing: Closing, form: ReopeningForm) -> dict[str, object]:
    sees_plans = _sees_plans(request, closing)
    comparison = compare(closing, today())
    shown = [each for each in comparison.differences if sees_plans or not each.names_planned_people]
    if any(each.names_planned_people for each in shown):
        record_access(
            closing.organization, by=request.user, what=f"Xem thay đổi quy hoạch sau khi khóa sổ {closing.period}"
        )
    files = [kept for kept in ClosedFile.objects.filter(closing=closing) if sees_plans or not kept.names_planned_people]
    return {
        "closing": closing,
        "comparison": comparison,
        "differences": shown,
        "withheld": len(comparison.differences) - len(shown),
        "files": files,
        "form": form,
        "may_reopen": closing.is_standing and request.scope.covers(closing.organization.path, Right.CONFIRM),
        "query": f"?to-chuc={closing.organization.code}",
        "breadcrumbs": [
            ("Báo cáo", reverse("reports:latest_summary")),
            ("Khóa sổ", reverse("reports:closing_list")),
            (capfirst(closing.period), None),
        ],
    }
