"""The pages of one organisation, a tab each. Read only; each shows the records as they stood on `request.day`."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from common.tables import table_page
from organizations.access import needs
from organizations.models import (
    Document,
    MemberCount,
    Organization,
    OrganizationVersion,
    Position,
    Reorganization,
    Term,
)
from organizations.scope import Right
from organizations.tables import DocumentTable
from personnel.ended_terms import act_that_closed
from personnel.lineage import lineage
from personnel.models import ChangeItem, Membership
from personnel.organization_lists import ChangeFilter, ChangeTable, MemberFilter, MemberTable, PaperFilter
from personnel.pictures.seat_timeline import seat_timeline
from personnel.seats import in_order, seat_map


def organization_frame(request: HttpRequest, code: str, here: str = "") -> dict[str, object]:
    """Return what all tabs of an organisation's page show, the tab called `here`; 404 outside the scope.

    `history` are its versions begun by the day looked at, `version` the one in force then (None: it did not stand).
    """
    organization = get_object_or_404(Organization.objects.visible_to(request.scope), code=code)
    versions = organization.versions.visible_to(request.scope).begun_by(request.day)
    history = list(versions.with_parent_name().with_papers().order_by("valid_from"))
    version = next((each for each in history if each.is_in_force(request.day)), None)
    page = reverse("personnel:organization_detail", args=[organization.code])
    return {
        "organization": organization,
        "version": version,
        "name": version.name if version else organization.name,
        "history": history,
        "here": here,
        "breadcrumbs": [
            ("Tổ chức", reverse("organizations:organization_list")),
            (organization.code, page if here else None),
            *([(here, None)] if here else []),
        ],
    }


@needs(Right.VIEW)
@require_safe
def organization_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show an organisation on the day looked at: what it was, who sat in its bodies, what stood beneath it."""
    scope, day = request.scope, request.day
    context = organization_frame(request, code)
    organization, version = context["organization"], context["version"]
    term = _terms(request, organization).as_of(day).first()
    beneath = OrganizationVersion.objects.as_of(day).visible_to(scope).directly_beneath(organization)
    context |= {
        "parent_url": _parent_url(request, version),
        "term": term,
        "bodies": seat_map(term, day, scope) if term else [],
        "member_count": MemberCount.objects.visible_to(scope).of_organization(organization).latest_by(day).first(),
        "beneath": beneath.with_codes().with_member_total(day).as_tree(),
    }
    return render(request, "personnel/organization_detail.html", context)


def _terms(request: HttpRequest, organization: Organization):
    terms = Term.objects.visible_to(request.scope).of_organization(organization).begun_by(request.day)
    return terms.select_related("organization").prefetch_related("bodies__decision")


def _parent_url(request: HttpRequest, version: OrganizationVersion | None) -> str:
    """The page of the direct superior, where the user may open it."""
    if version is None or version.parent is None:
        return ""
    if not request.scope.covers(version.path.removesuffix(f"{version.organization_id}/")):
        return ""
    return reverse("personnel:organization_detail", args=[version.parent.code])


@needs(Right.VIEW)
@require_safe
def organization_terms(request: HttpRequest, code: str) -> HttpResponse:
    """Show the terms up to the day looked at, and who sat in each seat through them."""
    context = organization_frame(request, code, "Nhiệm kỳ")
    organization, scope, day = context["organization"], request.scope, request.day
    terms, positions = list(_terms(request, organization).order_by("valid_from")), list(Position.objects.all())
    context |= {
        "terms": [(term, in_order(term.bodies.all(), positions)) for term in reversed(terms)],
        "term": next((term for term in terms if term.is_in_force(day)), None),
        "pictures": seat_timeline(organization, terms, positions, scope, day),
        "closed": _closed_early(terms) if scope.covers(organization.path, Right.KEEP_REGISTER) else None,
        "may_draft_congress": scope.covers(organization.path, Right.DRAFT),
        "may_keep_terms": scope.covers(organization.path, Right.KEEP_REGISTER),
    }
    return render(request, "personnel/organization_terms.html", context)


def _closed_early(terms: list[Term]) -> Term | None:
    """Return the last term, if it was closed before another opened: that may have been a mistake."""
    last = terms[-1] if terms else None
    return last if last and last.valid_to and act_that_closed(last) else None


@needs(Right.VIEW)
@require_safe
def organization_changes(request: HttpRequest, code: str) -> HttpResponse:
    """List the changes in its bodies that were known on the day looked at, the newest first."""
    context = organization_frame(request, code, "Thay đổi")
    scope, day = request.scope, request.day
    items = ChangeItem.objects.visible_to(scope).of_organization(context["organization"])
    found = ChangeFilter(request, items.of_dossiers_opened_by(day).with_state_on(day))
    rows = found.rows.with_papers().with_open_people(scope).with_open_decision(scope).newest_first()
    context |= {"filter": found, "table": table_page(ChangeTable(rows), request)}
    return render(request, "personnel/organization_changes.html", context)


@needs(Right.VIEW)
@require_safe
def organization_papers(request: HttpRequest, code: str) -> HttpResponse:
    """List the documents up to the day looked at that it issued or that its records rest on."""
    context = organization_frame(request, code, "Văn bản")
    organization = context["organization"]
    papers = Document.objects.visible_to(request.scope).concerning(organization).issued_by(request.day)
    found = PaperFilter(request, papers, organization)
    table = table_page(DocumentTable(found.rows.with_file_count().newest_first()), request)
    context |= {"filter": found, "table": table}
    return render(request, "personnel/organization_papers.html", context)


@needs(Right.VIEW)
@require_safe
def organization_members(request: HttpRequest, code: str) -> HttpResponse:
    """List the members, at and beneath it, on the day looked at."""
    context = organization_frame(request, code, "Đảng viên")
    organization, scope, day = context["organization"], request.scope, request.day
    members = Membership.objects.visible_to(scope).as_of(day).beneath(organization, day)
    found = MemberFilter(request, members, organization)
    rows = found.rows.with_organization_name(day).with_seats_on(day, scope).order_by("person__sort_key", "pk")
    context |= {
        "filter": found,
        "table": table_page(MemberTable(rows), request),
        "unsure": found.rows.unsure_on(day).count(),
        "member_count": MemberCount.objects.visible_to(scope).of_organization(organization).latest_by(day).first(),
    }
    return render(request, "personnel/organization_members.html", context)


@needs(Right.VIEW)
@require_safe
def organization_history(request: HttpRequest, code: str) -> HttpResponse:
    """Show what it was called, what it was and under whom it stood, with the decisions; and its lineage."""
    context = organization_frame(request, code, "Lịch sử")
    organization = context["organization"]
    acts = Reorganization.objects.visible_to(request.scope).of_organization(organization).with_everything()
    context["lineage"] = lineage(acts.effective_by(request.day), request.scope, _page_of)
    return render(request, "personnel/organization_history.html", context)


def _page_of(act: Reorganization) -> str:
    """The page of a reorganisation; it is shown by a floor above this one."""
    try:
        return act.get_absolute_url()
    except NoReverseMatch:
        return ""
