"""Pages of member counts: a whole quarter in one grid, one organisation through time, the correction of one count."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from common.errors import Refused
from common.formats import grouped
from common.workbooks import CONTENT_TYPE
from organizations.access import needs
from organizations.actions import correct_member_count, record_member_count, record_member_counts
from organizations.models import MemberCount, Organization, OrganizationVersion
from organizations.quarters import Quarter
from organizations.scope import Right
from personnel.forms.member_counts import CountCorrectionForm, MemberCountForm, QuarterGrid
from personnel.member_sheets import quarter_workbook
from personnel.members import QuarterRow, committees_on, findings_of, quarter_rows, signed, trend
from personnel.tree_filters import QuarterFilter
from personnel.views.moves import carried_out
from regulations.findings import Finding
from regulations.rulebook import Rulebook

form_page = require_http_methods(["GET", "HEAD", "POST"])


@needs(Right.VIEW)
@form_page
def member_counts(request: HttpRequest) -> HttpResponse:
    """Show the counts of a quarter, the quarter before beside it; who keeps the register types them in one form."""
    found, quarter, rows = _quarter(request)
    if request.method == "POST":
        if not request.scope.may(Right.KEEP_REGISTER):
            raise PermissionDenied("Vai trò của bạn không bao gồm việc ghi số lượng đảng viên.")
        grid = QuarterGrid(rows, quarter, request.POST)
        if _saved(request, grid):
            return redirect(request.get_full_path())
    else:
        grid = QuarterGrid(rows, quarter)
    context = {
        "filter": found,
        "found": {"paginator": {"count": len(rows)}},
        "quarter": quarter,
        "grid": grid,
        "total": _total(rows),
        "findings": sum(bool(row.findings) for row in rows),
        "breadcrumbs": [("Tổ chức", reverse("organizations:organization_list")), ("Số lượng đảng viên", None)],
    }
    return render(request, "personnel/member_counts.html", context, status=422 if grid.wrong or grid.refusal else 200)


def _quarter(request: HttpRequest) -> tuple[QuarterFilter, Quarter, list[QuarterRow]]:
    found = QuarterFilter(request)
    quarter = found.quarter
    versions = found.rows.select_related("organization").with_codes().as_tree()
    return found, quarter, quarter_rows(versions, quarter, request.scope)


def _saved(request: HttpRequest, grid: QuarterGrid) -> bool:
    """Write what was typed; what is wrong stands on the grid."""
    if not grid.is_valid():
        return False
    try:
        written = record_member_counts(grid.entries, by=request.user)
    except Refused as error:
        grid.refusal = str(error)
        return False
    if written:
        messages.success(request, f"Đã ghi số liệu {grid.quarter} của {grouped(written)} tổ chức.")
    else:
        messages.info(request, "Không có số liệu nào thay đổi.")
    return True


def _total(rows: list[QuarterRow]) -> dict[str, object]:
    """Add up the grassroots organisations, where every member is counted once; None where nobody has reported."""
    here = [row for row in rows if row.version.is_grassroots]
    now, before = [row.now for row in here if row.now], [row.before for row in here if row.before]
    return {
        "organizations": len(here),
        "reported": len(now),
        "official": sum(each.official for each in now) if now else None,
        "probationary": sum(each.probationary for each in now) if now else None,
        "before_official": sum(each.official for each in before) if before else None,
        "before_probationary": sum(each.probationary for each in before) if before else None,
    }


@needs(Right.VIEW)
@require_safe
def member_counts_workbook(request: HttpRequest) -> HttpResponse:
    """Write the counts of the quarter, as the page is filtered, as an Excel workbook."""
    found, quarter, rows = _quarter(request)
    if not found.is_valid():
        return redirect(reverse("personnel:member_counts", query=request.GET))
    made = quarter_workbook(rows, quarter, filter_in_words=found.in_words, made_by=str(request.user))
    response = HttpResponse(made, content_type=CONTENT_TYPE)
    name = f"so-luong-dang-vien-quy-{quarter.number}-{quarter.year}.xlsx"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


@needs(Right.VIEW)
@form_page
def organization_member_counts(request: HttpRequest, code: str) -> HttpResponse:
    """Show how many members an organisation has had, as a table and as a line; a POST enters one more count."""
    organization = get_object_or_404(Organization.objects.visible_to(request.scope), code=code)
    may_write = request.scope.covers(organization.path, Right.KEEP_REGISTER)
    if request.method == "POST" and not may_write:
        raise PermissionDenied("Vai trò của bạn không bao gồm việc ghi số lượng đảng viên của tổ chức này.")
    form = MemberCountForm(organization, request.POST if request.method == "POST" else None)
    if carried_out(form, lambda: record_member_count(organization, by=request.user, **form.numbers)):
        messages.success(request, f"Đã ghi số lượng đảng viên của {organization}.")
        return redirect("personnel:organization_member_counts", code)
    counts = MemberCount.objects.visible_to(request.scope).of_organization(organization)
    counts = list(counts.filter(counted_on__lte=request.day).order_by("-counted_on"))
    context = {
        "organization": organization,
        "name": organization.standing_on(request.day).name,
        "counts": [(count, _change(count, older)) for count, older in zip(counts, [*counts[1:], None], strict=True)]
        if counts
        else [],
        "trend": trend(counts),
        "findings": _findings(request, organization, counts[0] if counts else None),
        "form": form if may_write else None,
        "breadcrumbs": _breadcrumbs(organization, "Số lượng đảng viên"),
    }
    return render(request, "personnel/organization_member_counts.html", context, status=422 if form.errors else 200)


def _change(count: MemberCount, older: MemberCount | None) -> str:
    return signed(count.total - older.total if older else None)


def _findings(request: HttpRequest, organization: Organization, count: MemberCount | None) -> list[Finding]:
    """Return what the rules say of the last count, on its own day. The same queries with a count and without."""
    day = count.counted_on if count else request.day
    version = OrganizationVersion.objects.as_of(day).filter(organization=organization).first()
    committees, book = committees_on(day, request.scope), Rulebook.of(day)
    return findings_of(count, version.kind, committees, book) if count and version else []


@needs(Right.KEEP_REGISTER)
@form_page
def member_count_correct(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Correct a count that was entered wrongly."""
    counts = MemberCount.objects.visible_to(request.scope).select_related("organization")
    count = get_object_or_404(counts, pk=pk, organization__code=code)
    organization = count.organization
    if not request.scope.covers(organization.path, Right.KEEP_REGISTER):
        messages.error(request, "Vai trò của bạn không bao gồm việc sửa số liệu của tổ chức đảng này.")
        return redirect("personnel:organization_member_counts", code)
    form = CountCorrectionForm(organization, request.POST if request.method == "POST" else None, count=count)
    if carried_out(form, lambda: _correct(request, count, form)):
        messages.success(request, f"Đã sửa số lượng đảng viên của {organization}.")
        return redirect("personnel:organization_member_counts", code)
    context = {
        "organization": organization,
        "count": count,
        "form": form,
        "breadcrumbs": [
            *_breadcrumbs(organization, None),
            ("Số lượng đảng viên", reverse("personnel:organization_member_counts", args=[code])),
            ("Sửa", None),
        ],
    }
    return render(request, "personnel/member_count_correct.html", context, status=422 if form.errors else 200)


def _correct(request: HttpRequest, count: MemberCount, form: CountCorrectionForm) -> None:
    correct_member_count(count, by=request.user, reason=form.cleaned_data["reason"], **form.numbers)


def _breadcrumbs(organization: Organization, here: str | None) -> list[tuple[str, str | None]]:
    above = [
        ("Tổ chức", reverse("organizations:organization_list")),
        (organization.code, reverse("personnel:organization_detail", args=[organization.code])),
    ]
    return [*above, (here, None)] if here else above
