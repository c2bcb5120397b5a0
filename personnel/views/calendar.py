"""The calendar of coming congresses and of seats that fall vacant."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from common.workbooks import CONTENT_TYPE
from organizations.access import needs
from organizations.scope import Right
from personnel.calendar_sheets import calendar_workbook
from personnel.outlook import Outlook, outlook
from personnel.tree_filters import CONGRESSES, SEATS, CalendarFilter
from regulations.retirement import Month


@needs(Right.VIEW)
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Show what was due and what is coming, month by month, from the day looked at on."""
    found, coming = _coming(request)
    first = Month.of(request.day)
    context = {
        "filter": found,
        "found": {"paginator": {"count": len(coming.congresses) + len(coming.leaving)}},
        "outlook": coming,
        "first": first,
        "last": first.plus(found.count_of_months - 1),
        "breadcrumbs": [("Tổ chức", reverse("organizations:organization_list")), ("Lịch", None)],
    }
    return render(request, "personnel/calendar.html", context)


@needs(Right.VIEW)
@require_safe
def calendar_xlsx(request: HttpRequest) -> HttpResponse:
    """Write the calendar, as it is filtered, as an Excel workbook."""
    found, coming = _coming(request)
    if not found.is_valid():
        return redirect(reverse("personnel:calendar", query=request.GET))
    made = calendar_workbook(coming, day=request.day, filter_in_words=found.in_words, made_by=str(request.user))
    response = HttpResponse(made, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, f"lich-{request.day:%Y-%m-%d}.xlsx")
    return response


def _coming(request: HttpRequest) -> tuple[CalendarFilter, Outlook]:
    found = CalendarFilter(request)
    versions = found.rows.with_codes()
    return found, _of_what_is_asked(outlook(versions, request.scope, request.day, found.count_of_months), found)


def _of_what_is_asked(coming: Outlook, found: CalendarFilter) -> Outlook:
    """Return the congresses alone, the seats alone, or both."""
    if found.asked_for == CONGRESSES:
        months = [replace(month, leaving=[]) for month in coming.months if month.congresses]
        return Outlook(coming.overdue_congresses, [], months)
    if found.asked_for == SEATS:
        months = [replace(month, congresses=[]) for month in coming.months if month.leaving]
        return Outlook([], coming.overdue_leaving, months)
    return coming
