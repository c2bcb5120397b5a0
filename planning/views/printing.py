"""What the journal says when somebody prints a page of planning.

The browser sends the address of the page that it prints, nothing else. Which list that is, and whether the user may see
it, is found out here, so that nobody can write words of their own into the journal.
"""

from collections.abc import Callable
from copy import copy
from urllib.parse import urlsplit

from django.db import models
from django.http import Http404, HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, ResolverMatch, resolve

from organizations.models import Organization
from organizations.scope import Right
from personnel.models import Person
from personnel.profile import profile_of
from personnel.views.people import people_shown
from personnel.views.people import subject_of as subject_of_people
from planning.models import PlanApproval, PlanEntry, PlanningRound
from planning.views.lists import entries_shown, page_in_words, subject_of
from planning.views.organizations import organization_entries
from planning.views.places import group_of, plan_place

LONGEST_ADDRESS = 2000
Printed = tuple[models.Model, str]

# What the pages with planned names are called, by the name of the page.
OF_A_PLAN = {
    "plan_detail": "quy hoạch",
    "plan_introduce": "trang giới thiệu quy hoạch",
    "plan_import": "tệp Excel giới thiệu đã tải lên",
    "plan_review": "trang rà soát quy hoạch",
    "plan_comparison": "so sánh quy hoạch",
    "plan_submit": "quy hoạch trước khi trình",
    "ballot_new": "danh sách lấy phiếu",
    "ballot_edit": "kết quả lấy phiếu",
    "ballot_delete": "kết quả lấy phiếu",
}
OF_A_RECORD = {
    "plan_return": (PlanApproval, "quy hoạch đã trình"),
    "entry_remove": (PlanEntry, "trang đưa ra khỏi quy hoạch"),
    "entry_reenter": (PlanEntry, "trang đưa trở lại quy hoạch"),
}
OF_MANY = {
    "approval_list": "danh sách quy hoạch đã trình",
    "approval_decide": "quy hoạch đang phê duyệt",
    "proposals": "danh sách đề xuất đưa ra, đưa trở lại quy hoạch",
    "coverage_many_places": "danh sách được quy hoạch từ ba chức danh trở lên",
}
PEOPLE = "personnel:person_list"  # tells who is planned when it is filtered so
OF_AN_ORGANIZATION = "organization_plans"
OF_A_PERSON = ("personnel:person_detail", "personnel:person_merge")  # with the plans of one person
NOT_PRINTED = Http404("Trang này không phải là danh sách quy hoạch.")


def printed(request: HttpRequest, address: str) -> Printed:
    """Return what the page at `address` ("/quy-hoach/?q=hoa") is of, and that it was printed, in the journal's words.

    Raises `Http404` for a page without planned names, and for one that the user may not open.
    """
    if len(address) > LONGEST_ADDRESS:
        raise NOT_PRINTED
    try:
        parts = urlsplit(address)
        page = resolve(parts.path)
    except (ValueError, Resolver404) as error:
        raise NOT_PRINTED from error
    of_plans = page.namespace == "planning" or page.view_name in (PEOPLE, OF_AN_ORGANIZATION, *OF_A_PERSON)
    if not of_plans or not any(map(request.scope.may, page.func.access)):
        raise NOT_PRINTED
    asked = copy(request)
    asked.GET = QueryDict(parts.query)
    return _reader_of(page)(asked, page)


def _reader_of(page: ResolverMatch) -> Callable[[HttpRequest, ResolverMatch], Printed]:
    readers = dict.fromkeys(OF_A_PLAN, _of_a_plan) | dict.fromkeys(OF_A_RECORD, _of_a_record)
    readers |= dict.fromkeys(OF_MANY, _of_many) | {"entry_list": _list, "person_list": _people}
    readers |= {"person_detail": _person, "person_merge": _person, OF_AN_ORGANIZATION: _organization}
    try:
        return readers[page.url_name]
    except KeyError:
        raise NOT_PRINTED from None


def _list(request: HttpRequest, page: ResolverMatch) -> Printed:
    found, table = entries_shown(request)
    if not table.paginator.count:
        raise NOT_PRINTED
    what = f"In danh sách quy hoạch ({found.in_words}; {page_in_words(table)})"
    return subject_of(found, request.scope), what


def _people(request: HttpRequest, page: ResolverMatch) -> Printed:
    """The list of people, while it is filtered by who is planned."""
    shown = people_shown(request)
    subject = subject_of_people(request, shown.filter) if shown.filter.tells_plans else None
    if subject is None:
        raise NOT_PRINTED
    return subject, f"In danh sách nhân sự lọc theo quy hoạch ({shown.told})"


def _person(request: HttpRequest, page: ResolverMatch) -> Printed:
    """A page about one person, for those who may see whether the person is planned."""
    person = get_object_or_404(Person.objects.visible_to(request.scope), pk=page.kwargs["pk"])
    if not profile_of(person, request.scope, request.day).shows_plans:
        raise NOT_PRINTED
    return person, "In hồ sơ đảng viên kèm quy hoạch"


def _organization(request: HttpRequest, page: ResolverMatch) -> Printed:
    organization = get_object_or_404(Organization.objects.visible_to(request.scope), code=page.kwargs["code"])
    table = organization_entries(request, organization)
    if table is None or not table.paginator.count:
        raise NOT_PRINTED
    return organization, f"In quy hoạch của tổ chức ({organization.name}; {page_in_words(table)})"


def _of_a_plan(request: HttpRequest, page: ResolverMatch) -> Printed:
    planning_round, organization = plan_place(request, page.kwargs["pk"], page.kwargs["code"])
    what = f"In {OF_A_PLAN[page.url_name]}"
    if "group" in page.kwargs:
        what += f" {group_of(page.kwargs['group']).label}"
    if "number" in page.kwargs:
        what += f", bước {page.kwargs['number']}"
    return organization, f"{what} ({planning_round}, {organization.name})"


def _of_a_record(request: HttpRequest, page: ResolverMatch) -> Printed:
    model, label = OF_A_RECORD[page.url_name]
    records = model.objects.visible_to(request.scope, right=Right.VIEW_PLANS).select_related("round", "organization")
    record = get_object_or_404(records, pk=page.kwargs["pk"])
    return record.organization, f"In {label} ({record.round}, {record.organization.name})"


def _of_many(request: HttpRequest, page: ResolverMatch) -> Printed:
    newest = PlanningRound.objects.visible_to(request.scope).first()
    if newest is None:
        raise NOT_PRINTED
    return newest, f"In {OF_MANY[page.url_name]}"
