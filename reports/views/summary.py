"""The summary of a period, the records of a figure, the workbook."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from common.journal import record_access
from common.periods import FIRST_YEAR, LAST_YEAR, Period, today
from organizations.access import needs
from organizations.scope import Right
from reports.catalogue import UNIT_WORDS_OF_CHANGES
from reports.consistency import check
from reports.figures import Counted, Family, Figure
from reports.forms import PeriodForm
from reports.frame import Frame
from reports.narrative import narrate
from reports.records import in_every_unit, pending_table, record_table
from reports.summary import summarize
from reports.views.chosen import COMPARED, UNIT, choices_of, figure_of, frame_of, prose_address, query_of


@needs(Right.VIEW)
@require_safe
def latest_summary(request: HttpRequest) -> HttpResponse:
    """Lead to the summary of the period chosen in its form, or of the year of the day looked at."""
    if "nam" not in request.GET:
        return redirect(reverse("reports:summary", args=[request.day.year]) + query_of(request))
    form = PeriodForm(request.GET)
    if not form.is_valid():
        for problem in form.problems:
            messages.error(request, problem)
        return redirect(reverse("reports:summary", args=[form.year or request.day.year]) + query_of(request))
    compared = {COMPARED: form.compared.slug if form.compared else ""}
    return redirect(reverse("reports:summary", args=[form.period]) + query_of(request, **compared))


@needs(Right.VIEW)
@require_safe
def summary(request: HttpRequest, period: Period) -> HttpResponse:
    choices = choices_of(request, period)
    context = {
        "period": period,
        "choices": choices,
        "form": PeriodForm.of(period, choices.frame and choices.frame.compared, choices.terms),
        "query": query_of(request),
        "steps": _steps(period),
        "unit": request.GET.get(UNIT, ""),
        "units": [(unit.value, UNIT_WORDS_OF_CHANGES.get(unit, "lượt")) for unit in Counted],
        "breadcrumbs": [("Báo cáo", None)],
    }
    if choices.frame is not None:
        made = summarize(choices.frame)
        as_printed = summarize(choices.frame.as_printed) if UNIT in request.GET else made
        organization = choices.frame.organization.organization
        may_word = request.scope.covers(organization.path, Right.KEEP_REGISTER)
        context |= {
            "summary": made,
            "paragraphs": narrate(as_printed),
            "frame": choices.frame,
            "may_close": request.scope.covers(choices.frame.organization.path, Right.CONFIRM),
            "period_is_over": today() >= period.last,
            "sees_closing": choices.frame.closing and request.scope.covers(choices.frame.closing.organization.path),
            "prose_page": prose_address(request, organization.code, period) if may_word else "",
        }
    return render(request, "reports/summary.html", context)


def _steps(period: Period) -> list[Period]:
    """Return the periods just before and after, where they are of the years that can be asked for."""
    near = (period.the_one_before(), period.the_one_after())
    return [each if FIRST_YEAR <= each.first.year <= each.last.year <= LAST_YEAR else None for each in near]


@needs(Right.VIEW)
@require_safe
@vary_on_headers("HX-Request")
def figure(request: HttpRequest, period: Period, key: str) -> HttpResponse:
    """The records of a figure: a page of its own, or the inside of the side panel."""
    frame = frame_of(request, period)
    counted = figure_of(frame, key)
    named = _names_planned_people(frame, counted)
    if named:
        _record_plan_list(request, frame, f"Xem danh sách “{frame.in_words(counted.label)}”")
    context = {
        "period": period,
        "figure": counted,
        "names_planned_people": named,
        "label": frame.in_words(counted.label),
        "frame": frame,
        "table": record_table(counted, frame),
        "pending": pending_table(counted, frame),
        "units": [(each, query_of(request, **{UNIT: each.unit})) for each in in_every_unit(counted, frame)],
        "query": query_of(request),
        "breadcrumbs": [
            (f"Báo cáo {period}", reverse("reports:summary", args=[period]) + query_of(request)),
            ("Bảng kê", None),
        ],
    }
    return render(request, "reports/_figure_panel.html" if request.htmx else "reports/figure.html", context)


@needs(Right.VIEW)
@require_POST
def figure_printed(request: HttpRequest, period: Period, key: str) -> HttpResponse:
    """Journal that somebody prints the records of a figure that names planned people; 404 for any other figure."""
    frame = frame_of(request, period)
    counted = figure_of(frame, key)
    if not _names_planned_people(frame, counted):
        raise Http404("Bảng kê này không nêu tên nhân sự quy hoạch.")
    _record_plan_list(request, frame, f"In danh sách “{frame.in_words(counted.label)}”")
    return HttpResponse(status=204)


@needs(Right.VIEW)
@require_safe
def consistency(request: HttpRequest, period: Period) -> HttpResponse:
    """Whether the figures agree with their records, with each other, and with what was closed."""
    frame = frame_of(request, period).as_printed
    checks = check(summarize(frame))
    context = {
        "period": period,
        "frame": frame,
        "checks": checks,
        "failed": sum(not each.agrees for each in checks),
        "query": query_of(request),
        "breadcrumbs": [
            (f"Báo cáo {period}", reverse("reports:summary", args=[period]) + query_of(request)),
            ("Đối chiếu số liệu", None),
        ],
    }
    return render(request, "reports/consistency.html", context)


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
