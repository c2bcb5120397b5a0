"""The leaders' dashboard: one page for an organisation and those it leads."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.periods import FIRST_YEAR, LAST_YEAR
from organizations.access import needs
from organizations.scope import Right
from reports.choices import UnknownChoice
from reports.dashboards.asked import Asked, ask
from reports.dashboards.board import make_board
from reports.dashboards.places import ORDERS, in_order
from reports.views.chosen import ORGANIZATION

YEAR, ORDER = "nam", "xep"
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
        }
    return render(request, "reports/dashboard.html", context)


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
