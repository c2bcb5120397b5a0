"""What a report page is asked about, read from its address."""

from collections.abc import Iterable, Mapping
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse

from common.periods import Period, UnknownPeriod
from organizations.scope import Scope
from reports.choices import Choices, UnknownChoice, choose
from reports.figures import Figure
from reports.frame import Frame
from reports.tables.base import StandardTable

ORGANIZATION, PLAN_TERM, COMPARED, UNIT = "to-chuc", "quy-hoach", "so-sanh", "don-vi"
PERIOD = "ky"  # of the page on which a report is worded: it is of an organisation, seen by a period
CHOSEN = (ORGANIZATION, PLAN_TERM, COMPARED, UNIT)


def choices_of(request: HttpRequest, period: Period, code: str = "") -> Choices:
    """Return what was chosen and what else can be; 404 for what was never there, or outside the scope.

    A `code` stands for an organisation that the address names itself.
    """
    return choices_in(request.GET, scope=request.scope, period=period, as_at=request.day, code=code)


def choices_in(chosen: Mapping[str, str], *, scope: Scope, period: Period, as_at: date, code: str = "") -> Choices:
    """Return the same of values that do not come from the address of the page. Raises `Http404` as above."""
    try:
        return choose(
            scope=scope,
            period=period,
            as_at=as_at,
            code=code or chosen.get(ORGANIZATION, ""),
            plan_term=chosen.get(PLAN_TERM, ""),
            compared=Period.of_slug(chosen[COMPARED]) if chosen.get(COMPARED) else None,
            unit=chosen.get(UNIT, ""),
        )
    except (UnknownChoice, UnknownPeriod) as error:
        raise Http404(str(error)) from error


def frame_of(request: HttpRequest, period: Period) -> Frame:
    """Return the frame chosen; 404 where the organisation did not stand."""
    return standing(choices_of(request, period))


def standing(choices: Choices) -> Frame:
    """Return the frame chosen; 404 where the organisation did not stand."""
    if choices.frame is None:
        raise Http404("Không có tổ chức đảng nào trong phạm vi của bạn vào ngày này.")
    return choices.frame


def figure_of(frame: Frame, key: str) -> Figure:
    try:
        return frame.catalogue.by_key[key]
    except KeyError:
        raise Http404("Không có số liệu này.") from None


def query_of(request: HttpRequest, options: Mapping[str, Iterable[str]] | None = None, **changed: str) -> str:
    """Return what was chosen beside the period, as it stands in addresses; an empty value leaves its name out.

    `options` are those of the page, which may have several values.
    """
    chosen = {name: [request.GET.get(name, "")] for name in CHOSEN} | dict(options or {})
    chosen |= {name: [value] for name, value in changed.items()}
    chosen = {name: kept for name, values in chosen.items() if (kept := [value for value in values if value])}
    return f"?{urlencode(chosen, doseq=True)}" if chosen else ""


def table_query(request: HttpRequest, definition: StandardTable, **changed: str) -> str:
    """Return the same for a standard table, its options as they were understood: one that cannot be chosen is none."""
    options = definition.options(request.GET)
    chosen = options.cleaned_data if options.is_valid() else {}
    kept = {name: dict.fromkeys(each if isinstance(each, list) else [each]) for name, each in chosen.items()}
    return query_of(request, {name: each for name, each in kept.items() if name in request.GET}, **changed)


def prose_address(request: HttpRequest, code: str, period: Period) -> str:
    """Return where the reports of the organisation are worded, seen by the period and what was chosen beside it."""
    chosen = {PERIOD: period.slug} | {name: request.GET.get(name, "") for name in (PLAN_TERM, COMPARED)}
    query = urlencode({name: value for name, value in chosen.items() if value})
    return f"{reverse('reports:prose_template', args=[code])}?{query}"
