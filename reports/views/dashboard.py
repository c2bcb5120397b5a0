"""The leaders' dashboard: one page for an organisation and those it leads."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from common.periods import FIRST_YEAR, LAST_YEAR
from organizations.access import needs
from organizations.scope import Right
from reports.choices import UnknownChoice
from reports.dashboards.asked import Asked, ask
from reports.dashboards.board import make_board
from reports.dashboards.places import ORDERS, in_order
from reports.dashboards.stock import read_seats
from reports.dashboards.structure import BY_KEY, CRITERIA, OWN, Group, groups_of
from reports.views.chosen import ORGANIZATION

YEAR, ORDER = "nam", "xep"
GROUP, CRITERION, UNKNOWN = "nhom", "co-cau", "chua-co-so-lieu"  # whose committees, and what is asked of the members
PAGE_SIZE = 100  # all grassroots organisations of an office on one page
# order of the table (reports.dashboards.places.ORDERS), heading, class of the cells
HEADINGS = [
    ("ten", "Tổ chức đảng", ""),
    ("bi-thu", "Bí thư", ""),
    ("khuyet", "Ban Chấp hành, Ban Thường vụ, Ủy ban Kiểm tra", ""),
    ("nhiem-ky", "Nhiệm kỳ đến", "day"),
    ("quy-hoach", "Quy hoạch", ""),
]


@needs(Right.VIEW)
@require_safe
@vary_on_headers("HX-Request")
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show what happened in a year, what is vacant on the day, what will fall vacant, and how far plans have come."""
    asked = asked_of(request)
    order = request.GET.get(ORDER, "")
    order = order if order in ORDERS else next(iter(ORDERS))
    context = {"asked": asked, "breadcrumbs": [("Bảng điều khiển", None)]}
    if asked.code:
        board = make_board(asked)
        pages = Paginator(in_order(board.places, order), PAGE_SIZE)
        context |= {
            "board": board,
            "order": order,
            "headings": [
                (key, label, cell, _query(asked, **{ORDER: key}) + "#cac-to-chuc") for key, label, cell in HEADINGS
            ],
            "gaps_first": _query(asked) + "#cac-to-chuc",
            "page": pages.get_page(request.GET.get("page")),
            # as the links of figures ask for them (reports.templatetags.figures)
            "frame": board.course and board.course.frame,
            "period": asked.frame and asked.frame.period,
            "query": board.query,
            "names_units": True,
            "own_query": _query(asked).removeprefix("?"),
        }
    is_part = asked.code and request.htmx and not request.htmx.history_restore_request
    return render(request, "reports/dashboards/_board.html" if is_part else "reports/dashboard.html", context)


@needs(Right.VIEW)
@require_safe
def committee_members(request: HttpRequest) -> HttpResponse:
    """Name the members of committees that a share of their structure counts, or of whom its fact is not known."""
    asked = asked_of(request)
    groups = (
        groups_of(asked.chosen, asked.places, read_seats(asked.keys, asked.scope, asked.day), asked.day)
        if asked.chosen
        else []
    )
    nobody = Group(OWN, asked.name, [], asked.day)
    wanted, key = request.GET.get(GROUP, ""), request.GET.get(CRITERION, "")
    group = next((each for each in groups if wanted in ("", each.key)), None if wanted else nobody)
    if group is None or (key and key not in BY_KEY):
        raise Http404("Không có nhóm cấp ủy hoặc cơ cấu này.")
    criterion, unknown = BY_KEY.get(key), UNKNOWN in request.GET
    members = group.those(criterion, known=not unknown) if criterion else group.members
    context = {
        "asked": asked,
        "group": group,
        "criterion": criterion,
        "unknown": unknown,
        "share": criterion and group.share(criterion),
        "choices": [("", "Tất cả", _query(asked, **{GROUP: group.key}))]
        + [(each.key, each.label, _query(asked, **{GROUP: group.key, CRITERION: each.key})) for each in CRITERIA],
        "page": Paginator(members, PAGE_SIZE).get_page(request.GET.get("page")),
        "breadcrumbs": [("Bảng điều khiển", reverse("reports:dashboard") + _query(asked)), ("Cơ cấu cấp ủy", None)],
    }
    return render(request, "reports/committee_members.html", context)


def asked_of(request: HttpRequest) -> Asked:
    """Return what the address asks for; 404 for what was never there, or outside the scope."""
    typed = request.GET.get(YEAR) or str(request.day.year)
    is_number = typed.isascii() and typed.isdecimal() and len(typed) <= len(str(LAST_YEAR))
    if not is_number or not FIRST_YEAR <= int(typed) <= LAST_YEAR:
        raise Http404(f"Năm phải là số từ {FIRST_YEAR} đến {LAST_YEAR}.")
    try:
        return ask(scope=request.scope, day=request.day, year=int(typed), code=request.GET.get(ORGANIZATION, ""))
    except UnknownChoice as error:
        raise Http404(str(error)) from error


def _query(asked: Asked, **more: str) -> str:
    return "?" + urlencode({ORGANIZATION: asked.code, YEAR: asked.year} | more)
