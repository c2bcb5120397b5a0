"""Pages of an office's figures: the units that its report prints, and figures of its own."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import Outdated, Refused
from common.periods import Period
from organizations.access import needs
from organizations.models import Position
from organizations.scope import Right
from reports.actions import add_own_figure, choose_printed_units, retire_own_figure
from reports.forms import OwnFigureForm, UnitsForm
from reports.frame import Frame
from reports.models import OfficeFigure
from reports.office import Trial, in_order, tried
from reports.views.chosen import ORGANIZATION, choices_of, frame_of

TITLE = "Chỉ tiêu và đơn vị in báo cáo"


@needs(Right.VIEW)
@require_safe
def office_figures(request: HttpRequest) -> HttpResponse:
    """The standard figures with the units printed, and the own ones: in use, and no longer."""
    return _list_page(request)


def _list_page(request: HttpRequest, units: UnitsForm | None = None, outdated: str = "") -> HttpResponse:
    """The page; with `units` as they were sent when they could not be saved, 409."""
    choices = choices_of(request, _year(request))
    context = {"choices": choices, "frame": choices.frame, "breadcrumbs": [_reports(), (TITLE, None)]}
    if choices.frame:
        settings = _settings(request, choices.frame)
        own = [each for each in settings if each.is_own]
        context |= {
            "units": units or _units_form(choices.frame, settings),
            "outdated": outdated,
            "in_use": [each for each in own if each.is_in_use],
            "retired": [each for each in own if not each.is_in_use],
            "may_choose": _may_choose(request, choices.frame),
            "query": _query(choices.frame),
        }
    return render(request, "reports/office_figures.html", context, status=409 if outdated else 200)


@needs(Right.KEEP_REGISTER)
@require_POST
def choose_units(request: HttpRequest) -> HttpResponse:
    """Save the units chosen for all standard figures at once."""
    frame = _frame_to_choose(request)
    form = _units_form(frame, _settings(request, frame), request.POST)
    if form.is_valid():
        try:
            changed = choose_printed_units(
                frame.organization.organization, chosen=form.chosen, seen=form.seen, by=request.user
            )
        except Outdated as error:
            return _list_page(request, form, str(error))
        messages.success(request, _changed(changed))
    for field in form:
        for error in field.errors:
            messages.error(request, f"{field.label}: {error}")
    return redirect(_list(frame))


def _units_form(frame: Frame, settings: Sequence[OfficeFigure], data: QueryDict | None = None) -> UnitsForm:
    return UnitsForm(frame, [each for each in settings if each.is_in_use], data)


def _changed(count: int) -> str:
    return f"Đã đổi đơn vị in của {count} chỉ tiêu." if count else "Không có đơn vị nào thay đổi."


@needs(Right.KEEP_REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def own_figure_new(request: HttpRequest) -> HttpResponse:
    """The form of an own figure: counted while it is put together, then added."""
    frame = _frame_to_choose(request)
    form = OwnFigureForm(Position.objects.in_bulk(), request.POST if request.method == "POST" else None)
    if request.method != "POST" or "xem-truoc" in request.POST:
        return _form_page(request, frame, form, tried(form.figure, frame) if form.is_bound else None)
    if form.is_valid():
        try:
            added = add_own_figure(
                frame.organization.organization,
                label=form.cleaned_data["label"],
                unit=form.counted,
                blocks=form.blocks,
                by=request.user,
            )
        except Refused as error:
            form.refuse(error)
        else:
            messages.success(request, f"Đã thêm chỉ tiêu “{added.label}”.")
            return redirect(_list(frame))
    return _form_page(request, frame, form, tried(form.figure, frame), status=422)


def _form_page(
    request: HttpRequest, frame: Frame, form: OwnFigureForm, trial: Trial | None, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "frame": frame,
        "trial": trial,
        "is_trial": "xem-truoc" in request.POST,
        "query": _query(frame),
        "breadcrumbs": [_reports(), (TITLE, _list(frame)), ("Thêm chỉ tiêu riêng", None)],
    }
    return render(request, "reports/own_figure_form.html", context, status=status)


@needs(Right.KEEP_REGISTER)
@require_POST
def own_figure_preview(request: HttpRequest) -> HttpResponse:
    """Say what the figure being put together counts: a part of the page, asked for while it is filled in."""
    frame = _frame_to_choose(request)
    form = OwnFigureForm(Position.objects.in_bulk(), request.POST)
    return render(request, "reports/_own_figure_trial.html", {"form": form, "trial": tried(form.figure, frame)})


@needs(Right.KEEP_REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def own_figure_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether a figure is to be left out from now on, and leave it out."""
    own = OfficeFigure.objects.visible_to(request.scope).own().with_hands()
    figure = get_object_or_404(own, pk=pk)
    if not request.scope.covers(figure.organization.path, Right.KEEP_REGISTER):
        raise PermissionDenied("Bạn không có quyền thay đổi chỉ tiêu báo cáo của tổ chức đảng này.")
    back = f"{reverse('reports:office_figures')}?{ORGANIZATION}={figure.organization.code}"
    if request.method == "POST":
        try:
            retire_own_figure(figure, by=request.user)
        except Refused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"Đã thôi dùng chỉ tiêu “{figure.label}”.")
        return redirect(back)
    context = {"figure": figure, "back": back, "breadcrumbs": [_reports(), (TITLE, back), ("Thôi dùng", None)]}
    return render(request, "reports/own_figure_retire.html", context)


def _year(request: HttpRequest) -> Period:
    return Period.of_year(request.day.year)


def _frame_to_choose(request: HttpRequest) -> Frame:
    """Return the frame of the organisation chosen; 403 for who does not keep its register."""
    frame = frame_of(request, _year(request))
    if not _may_choose(request, frame):
        raise PermissionDenied("Bạn không có quyền thay đổi chỉ tiêu báo cáo của tổ chức đảng này.")
    return frame


def _may_choose(request: HttpRequest, frame: Frame) -> bool:
    return request.scope.covers(frame.organization.organization.path, Right.KEEP_REGISTER)


def _settings(request: HttpRequest, frame: Frame) -> list[OfficeFigure]:
    """Return what holds for the organisation, or held: that of superiors first."""
    here = OfficeFigure.objects.visible_to(request.scope).holding_at(frame.organization.path).with_hands()
    return in_order(here, frame.organization.path)


def _query(frame: Frame) -> str:
    return f"?{ORGANIZATION}={frame.organization.organization.code}"


def _list(frame: Frame) -> str:
    return reverse("reports:office_figures") + _query(frame)


def _reports() -> tuple[str, str]:
    return "Báo cáo", reverse("reports:latest_summary")
