"""Pages of reports: the yearly summary, the records of a figure, the workbook; the first page and the search."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from common.journal import record_access
from common.periods import Period
from common.workbooks import CONTENT_TYPE
from organizations.access import needs, signed_in
from organizations.scope import Right
from reports.choices import Choices, UnknownChoice, choose
from reports.figures import DRILLABLE, Family, Figure
from reports.forms import SearchForm, SummaryForm
from reports.frame import Frame
from reports.narrative import narrate
from reports.records import in_every_unit, pending_table, record_table
from reports.search import find
from reports.start import start_page
from reports.summary import summarize
from reports.workbook import shown_plan_lists, summary_workbook

FIRST_YEAR, LAST_YEAR = 1930, 2100


@signed_in
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/home.html", start_page(request.user, request.day))


@signed_in
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    return render(request, "reports/search.html", {"form": form, "words": words, "found": find(words, request.scope)})


@needs(Right.VIEW)
@require_safe
def latest_summary(request: HttpRequest) -> HttpResponse:
    """Lead to the summary of the year typed in its form, or of the year of the day looked at."""
    form = SummaryForm(request.GET)
    year = form.cleaned_data["nam"] if form.is_valid() else request.day.year
    if "nam" in request.GET and not form.is_valid():
        messages.error(request, f"Năm phải là số từ {FIRST_YEAR} đến {LAST_YEAR}.")
    return redirect(reverse("reports:summary", args=[year]) + _query(request))


@needs(Right.VIEW)
@require_safe
def summary(request: HttpRequest, year: int) -> HttpResponse:
    choices = _choices(request, year)
    context = {"year": year, "choices": choices, "query": _query(request), "breadcrumbs": [("Báo cáo", None)]}
    if choices.frame is not None:
        made = summarize(choices.frame)
        context |= {"summary": made, "paragraphs": narrate(made), "frame": choices.frame}
    return render(request, "reports/summary.html", context)


@needs(Right.VIEW)
@require_safe
@vary_on_headers("HX-Request")
def figure(request: HttpRequest, year: int, key: str) -> HttpResponse:
    """The records of a figure: a page of its own, or the inside of the side panel."""
    frame, counted = _frame(request, year), _figure(key)
    named = _names_planned_people(frame, counted)
    if named:
        _record_plan_list(request, frame, f"Xem danh sách “{frame.in_words(counted.label)}”")
    context = {
        "year": year,
        "figure": counted,
        "names_planned_people": named,
        "label": frame.in_words(counted.label),
        "frame": frame,
        "table": record_table(counted, frame),
        "pending": pending_table(counted, frame),
        "units": in_every_unit(counted, frame),
        "query": _query(request),
        "breadcrumbs": [
            (f"Báo cáo năm {year}", reverse("reports:summary", args=[year]) + _query(request)),
            ("Bảng kê", None),
        ],
    }
    return render(request, "reports/_figure_panel.html" if request.htmx else "reports/figure.html", context)


@needs(Right.VIEW)
@require_POST
def figure_printed(request: HttpRequest, year: int, key: str) -> HttpResponse:
    """Journal that somebody prints the records of a figure that names planned people; 404 for any other figure."""
    frame, counted = _frame(request, year), _figure(key)
    if not _names_planned_people(frame, counted):
        raise Http404("Bảng kê này không nêu tên nhân sự quy hoạch.")
    _record_plan_list(request, frame, f"In danh sách “{frame.in_words(counted.label)}”")
    return HttpResponse(status=204)


@needs(Right.VIEW)
@require_safe
def workbook(request: HttpRequest, year: int) -> HttpResponse:
    frame = _frame(request, year)
    made = summarize(frame)
    content = summary_workbook(made, made_by=str(request.user))
    for result in shown_plan_lists(made):
        _record_plan_list(request, frame, f"Xuất Excel danh sách “{result.label}”")
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = (
        f'attachment; filename="tong-hop-{year}-{frame.organization.organization.code}.xlsx"'
    )
    return response


def _choices(request: HttpRequest, year: int) -> Choices:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404(f"Không có báo cáo của năm {year}.")
    try:
        return choose(
            scope=request.scope,
            period=Period.of_year(year),
            as_at=request.day,
            code=request.GET.get("to-chuc", ""),
            plan_term=request.GET.get("quy-hoach", ""),
        )
    except UnknownChoice as error:
        raise Http404(str(error)) from error


def _frame(request: HttpRequest, year: int) -> Frame:
    frame = _choices(request, year).frame
    if frame is None:
        raise Http404("Không có tổ chức đảng nào trong phạm vi của bạn vào ngày này.")
    return frame


def _figure(key: str) -> Figure:
    try:
        return DRILLABLE[key]
    except KeyError:
        raise Http404("Không có số liệu này.") from None


def _names_planned_people(frame: Frame, counted: Figure) -> bool:
    """Whether the records of the figure name planned people; only those who need to know them get beyond this."""
    if counted.family is not Family.ENTRIES:
        return False
    if not frame.shows_plan_names:
        raise PermissionDenied("Bạn chưa được phân quyền xem danh sách nhân sự quy hoạch.")
    return True


def _record_plan_list(request: HttpRequest, frame: Frame, what: str) -> None:
    record_access(
        frame.organization.organization, by=request.user, what=f"{what}, nhiệm kỳ {frame.plan_term}, {frame.period}"
    )


def _query(request: HttpRequest) -> str:
    """Return what was chosen beside the year, as it stands in addresses."""
    chosen = {name: request.GET[name] for name in ("to-chuc", "quy-hoach") if request.GET.get(name)}
    return f"?{urlencode(chosen)}" if chosen else ""
