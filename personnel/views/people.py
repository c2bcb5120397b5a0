"""The list of people, and its workbook. With the filter by plans it tells who is planned, and the journal to whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.lists import ListOfUser
from accounts.models import ListName
from common.formats import grouped
from common.journal import record_access
from common.tables import table_page
from common.workbooks import CONTENT_TYPE
from organizations.access import needs
from organizations.models import Organization
from organizations.scope import Right
from personnel.ages import retirement_basis, retirement_order
from personnel.columns import COLUMNS, Reckoning
from personnel.filters import PersonFilter
from personnel.models import Person
from personnel.people_sheets import people_workbook
from personnel.rights import may_draft_somewhere
from personnel.tables import PersonTable

PICKED = "chon"
ALL_RESULTS = "tat-ca"
SELECTION = "pham-vi"  # in the address of a workbook of the rows picked


@dataclass(frozen=True)
class PeopleShown:
    """What an address of the list asks for: the filter, the user's columns, the table at its page."""

    filter: PersonFilter
    list: ListOfUser
    reckoning: Reckoning
    table: PersonTable

    @property
    def notes(self) -> list[str]:
        """What must be known to read the columns and the filter."""
        on_retirement = any(column.key == "retirement" for column in self.list.columns)
        if not on_retirement and "retirement_year" not in self.filter.given:
            return []
        return [retirement_basis(self.reckoning.ages)]

    @property
    def told(self) -> str:
        """What the journal says of the page shown, in brackets."""
        page, pages = self.table.page.number, self.table.paginator.num_pages
        return f"{self.filter.in_words}; trang {page}/{pages}, {self.table.paginator.count} kết quả"


@needs(Right.VIEW)
@require_safe
def person_list(request: HttpRequest) -> HttpResponse:
    """List the people of the scope, with the seats that they held on the day looked at."""
    shown = people_shown(request)
    if shown.filter.tells_plans:
        record_people(request, shown, f"Xem danh sách nhân sự lọc theo quy hoạch ({shown.told})")
    context = {
        "filter": shown.filter,
        "table": shown.table,
        "list": shown.list,
        "notes": shown.notes,
        "tells_plans": shown.filter.tells_plans,
        "may_enter": may_draft_somewhere(request.scope),
        "may_keep": request.scope.may(Right.DRAFT),
        "breadcrumbs": [("Nhân sự", None)],
    }
    return render(request, "personnel/person_list.html", context)


@needs(Right.VIEW)
@require_safe
def person_workbook(request: HttpRequest) -> HttpResponse:
    """Give the list as a workbook: all its pages, or the rows picked, with the columns and the order of the page."""
    shown = people_shown(request)
    only = _picked(request)
    if only is not None and not only:
        messages.error(request, "Chưa chọn dòng nào. Hãy đánh dấu vào ô ở đầu dòng, rồi xuất lại.")
        return redirect(_list_again(request))
    people = shown.table.data.data if only is None else shown.table.data.data.filter(pk__in=only)
    people = list(people)
    if shown.filter.tells_plans:
        what = f"Xuất Excel danh sách nhân sự lọc theo quy hoạch ({shown.filter.in_words}; {len(people)} đồng chí)"
        record_people(request, shown, what)
    content = people_workbook(
        people,
        shown.list.columns,
        shown.reckoning,
        notes=[_scope_in_words(shown, people, only), *shown.notes],
        made_by=request.user.full_name or request.user.username,
        is_confidential=shown.filter.tells_plans,
    )
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, "danh-sach-nhan-su.xlsx")
    response["Cache-Control"] = "private, no-store"
    return response


def people_shown(request: HttpRequest) -> PeopleShown:
    """Return what the address asks for. The table's rows are those of all pages."""
    scope, day = request.scope, request.day
    found = PersonFilter(request, Person.objects.visible_to(scope))
    mine = ListOfUser(request, ListName.PEOPLE, COLUMNS)
    reckoning = Reckoning(day, found.ages)
    people = found.rows.with_orders(found.ethnic_groups, retirement_order(found.ages.ages))
    table = PersonTable(people.in_name_order().with_place_on(day, scope), mine.columns, reckoning)
    return PeopleShown(found, mine, reckoning, table_page(table, request))


def record_people(request: HttpRequest, shown: PeopleShown, what: str) -> None:
    """Journal that somebody was told who of the people listed is planned, and who is not."""
    subject = subject_of(request, shown.filter)
    if subject:
        record_access(subject, by=request.user, what=what)


def subject_of(request: HttpRequest, found: PersonFilter) -> models.Model | None:
    """Return what the journal names as looked at: the organisation chosen, or the highest whose plans are seen."""
    code = found.form.cleaned_data["organization"]
    organizations = Organization.objects.visible_to(request.scope)
    if code:
        return organizations.get(code=code)
    highest = min(request.scope.paths(Right.VIEW_PLANS), key=lambda path: (path.count("/"), path))
    [*_, key] = [None, *filter(None, highest.split("/"))]
    return organizations.filter(pk=key).first() if key else Organization.objects.root()


def _picked(request: HttpRequest) -> list[int] | None:
    """Return the people whose rows were picked; None when the list is asked for as a whole."""
    if SELECTION not in request.GET or ALL_RESULTS in request.GET:
        return None
    return [int(key) for key in request.GET.getlist(PICKED) if key.isascii() and key.isdigit() and len(key) < 18]


def _list_again(request: HttpRequest) -> str:
    """Return the address of the list, filtered as the address of the workbook is."""
    kept = request.GET.copy()
    for name in (PICKED, SELECTION):
        kept.pop(name, None)
    address = reverse("personnel:person_list")
    return f"{address}?{kept.urlencode()}" if kept else address


def _scope_in_words(shown: PeopleShown, people: Sequence[Person], only: list[int] | None) -> str:
    """Return what the list is of: "Tất cả trong phạm vi. Có 12 đồng chí."."""
    words = shown.filter.in_words or "tất cả trong phạm vi của người lập"
    count = f"Có {grouped(len(people))} đồng chí"
    if only is not None:
        count = f"Chọn {grouped(len(people))} trong {grouped(shown.table.paginator.count)} kết quả"
    return f"{words[:1].upper()}{words[1:]}. {count}."
