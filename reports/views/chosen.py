"""What a report page is asked about, read from its address."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest

from common.periods import Period, UnknownPeriod
from reports.choices import Choices, UnknownChoice, choose
from reports.figures import Figure
from reports.frame import Frame

ORGANIZATION, PLAN_TERM, COMPARED, UNIT = "to-chuc", "quy-hoach", "so-sanh", "don-vi"
CHOSEN = (ORGANIZATION, PLAN_TERM, COMPARED, UNIT)


def choices_of(request: HttpRequest, period: Period) -> Choices:
    """Return what was chosen and what else can be; 404 for what was never there, or outside the scope."""
    chosen = request.GET
    try:
        return choose(
            scope=request.scope,
            period=period,
            as_at=request.day,
            code=chosen.get(ORGANIZATION, ""),
            plan_term=chosen.get(PLAN_TERM, ""),
            compared=Period.of_slug(chosen[COMPARED]) if chosen.get(COMPARED) else None,
            unit=chosen.get(UNIT, ""),
        )
    except (UnknownChoice, UnknownPeriod) as error:
        raise Http404(str(error)) from error


def frame_of(request: HttpRequest, period: Period) -> Frame:
    """Return the frame chosen; 404 where the organisation did not stand."""
    frame = choices_of(request, period).frame
    if frame is None:
        raise Http404("Không có tổ chức đảng nào trong phạm vi của bạn vào ngày này.")
    return frame


def figure_of(frame: Frame, key: str) -> Figure:
    try:
        return frame.catalogue.by_key[key]
    except KeyError:
        raise Http404("Không có số liệu này.") from None


def query_of(request: HttpRequest, **changed: str) -> str:
    """Return what was chosen beside the period, as it stands in addresses; an empty value leaves its name out."""
    chosen = {name: request.GET.get(name, "") for name in CHOSEN} | changed
    chosen = {name: value for name, value in chosen.items() if value}
    return f"?{urlencode(chosen)}" if chosen else ""
