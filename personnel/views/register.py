"""Pages of organisations and people. Read only; each shows the records as they stood on `request.day`."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from common.journal import record_access
from common.periods import today
from common.tables import table_page
from organizations.access import needs
from organizations.models import MemberCount, Organization, OrganizationVersion, Term
from organizations.scope import Right
from personnel.filters import DOSSIER_STATES, PersonFilter
from personnel.models import Dossier, Person, PoliticalConclusion
from personnel.seats import seat_map
from personnel.tables import PersonTable

DOSSIERS_SHOWN = 10


@needs(Right.VIEW)
@require_safe
def organization_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show an organisation on the day looked at: what it was, who sat in its bodies, what stood beneath it."""
    scope, day = request.scope, request.day
    organization = get_object_or_404(Organization.objects.visible_to(scope), code=code)
    history = list(organization.versions.visible_to(scope).begun_by(day).with_parent_name().with_papers())
    version = next((each for each in history if each.is_in_force(day)), None)
    term = Term.objects.visible_to(scope).of_organization(organization).as_of(day).prefetch_related("bodies").first()
    beneath = OrganizationVersion.objects.as_of(day).visible_to(scope).directly_beneath(organization)
    dossiers = Dossier.objects.visible_to(scope).of_organization(organization).opened_by(day)
    return render(
        request,
        "personnel/organization_detail.html",
        {
            "organization": organization,
            "version": version,
            "name": version.name if version else organization.name,
            "parent_url": _parent_url(request, version),
            "history": history,
            "term": term,
            "bodies": seat_map(term, day, scope) if term else [],
            "member_count": MemberCount.objects.visible_to(scope).of_organization(organization).latest_by(day).first(),
            "beneath": beneath.with_codes().with_member_total(day).as_tree(),
            "dossiers": _with_state_labels(dossiers.with_state_on(day).with_item_count()[:DOSSIERS_SHOWN]),
            "breadcrumbs": [("Tổ chức", reverse("organizations:organization_list")), (organization.code, None)],
        },
    )


def _parent_url(request: HttpRequest, version: OrganizationVersion | None) -> str:
    """The page of the direct superior, where the user may open it."""
    if version is None or version.parent is None:
        return ""
    if not request.scope.covers(version.path.removesuffix(f"{version.organization_id}/")):
        return ""
    return reverse("personnel:organization_detail", args=[version.parent.code])


def _with_state_labels(dossiers) -> list[tuple[Dossier, str]]:
    return [(dossier, DOSSIER_STATES[dossier.state_on_day]) for dossier in dossiers]


@needs(Right.VIEW)
@require_safe
def person_list(request: HttpRequest) -> HttpResponse:
    """List the people of the scope, with the seats that they held on the day looked at."""
    found = PersonFilter(request, Person.objects.visible_to(request.scope))
    people = found.rows.in_name_order().with_place_on(request.day, request.scope)
    table = table_page(PersonTable(people), request)
    breadcrumbs = [("Nhân sự", None)]
    return render(request, "personnel/person_list.html", {"filter": found, "table": table, "breadcrumbs": breadcrumbs})


@needs(Right.VIEW)
@require_safe
def person_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the register knew of a person by the day looked at. Plan entries are confidential and not here."""
    scope, day = request.scope, request.day
    person = get_object_or_404(Person.objects.visible_to(scope), pk=pk)
    memberships = person.memberships.visible_to(scope).begun_by(day).with_organization_name(day)
    holdings = person.holdings.visible_to(scope).begun_by(day).with_organization_name(day).with_papers()
    items = person.change_items.visible_to(scope).of_dossiers_opened_by(day).with_organization_name(day)
    membership = person.memberships.begun_by(today()).select_related("organization").first()
    place = membership.organization.path if membership else None
    return render(
        request,
        "personnel/person_detail.html",
        {
            "person": person,
            "memberships": memberships,
            "holdings": holdings,
            "items": items.with_papers().newest_first(),
            "disciplines": person.disciplines.begun_by(day).select_related("document"),
            "conclusions": _conclusions(request, person),
            "may_discipline": place is not None and scope.covers(place, Right.DRAFT),
            "may_conclude": place is not None and scope.covers(place, Right.PLAN),
            "breadcrumbs": [("Nhân sự", reverse("personnel:person_list")), (person.full_name, None)],
        },
    )


def _conclusions(request: HttpRequest, person: Person) -> list[PoliticalConclusion]:
    """Return the political conclusions that the user may see: they are confidential, so the journal says to whom."""
    if not request.scope.may(Right.VIEW_PLANS):
        return []
    conclusions = person.political_conclusions.visible_to(request.scope).begun_by(request.day)
    found = list(conclusions.select_related("document"))
    if found:
        record_access(person, by=request.user, what="Xem kết luận về tiêu chuẩn chính trị")
    return found
