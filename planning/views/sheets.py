"""Plans as Excel workbooks: the list out, people to introduce in; and the journal's word of what is printed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import Refused
from common.formats import padded
from common.journal import record_access
from common.workbooks import CONTENT_TYPE
from organizations.access import needs
from organizations.models import Organization
from organizations.scope import Right
from planning.forms.sheets import ReadForm, UploadForm, owner_of
from planning.models import PlanningRound
from planning.sheets.columns import chosen
from planning.sheets.export import entries_workbook, with_people
from planning.sheets.intake import Preview, understand
from planning.sheets.introducing import introduce_listed
from planning.sheets.marked import marked_workbook
from planning.sheets.template import blank_workbook
from planning.views.lists import entries_shown, record_list
from planning.views.places import plan_place, tell_journal, trail
from planning.views.printing import printed

Place = tuple[PlanningRound, Organization]


@needs(Right.VIEW_PLANS)
@require_safe
def entry_workbook(request: HttpRequest) -> HttpResponse:
    """Write the list as it is filtered and sorted, all its pages, in the columns chosen. Journaled."""
    found, table = entries_shown(request)
    if not found.is_valid():
        return redirect(reverse("planning:entry_list", query=request.GET))
    made = entries_workbook(
        with_people(table.data.data, request.scope, request.day),
        chosen(request.GET.getlist("cot")),
        filter_in_words=found.in_words,
        day=request.day,
        made_by=str(request.user),
    )
    if table.paginator.count:
        count = table.paginator.count
        record_list(request, found, f"Xuất Excel danh sách quy hoạch ({found.in_words}; {count} kết quả)")
    return _workbook(made, f"danh-sach-quy-hoach-{found.form.cleaned_data['plan_term'] or 'trong'}")


@needs(Right.VIEW_PLANS)
@require_POST
def entry_printed(request: HttpRequest) -> HttpResponse:
    """Journal that somebody prints a page of planning; the browser says which as the print begins."""
    subject, what = printed(request, request.POST.get("page", ""))
    record_access(subject, by=request.user, what=what)
    return HttpResponse(status=204)


@needs(Right.PLAN)
@require_safe
def import_template(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Write the workbook to fill in with people to introduce. It names nobody."""
    planning_round, organization = _place(request, pk, code)
    made = blank_workbook(planning_round, organization, made_by=str(request.user))
    return _workbook(made, f"mau-gioi-thieu-{organization.code}-{planning_round.plan_term}")


@needs(Right.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_import(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Read a workbook of people to introduce: show what it comes to, then introduce them, all or none."""
    place = _place(request, pk, code)
    if place[0].closed_on:
        messages.warning(request, f"Đợt {place[0]} đã kết thúc nên không giới thiệu thêm được.")
        return redirect("planning:plan_detail", pk, code)
    if request.method != "POST":
        return _upload_page(request, place, UploadForm(place[0]))
    if "read" in request.POST:
        return _carried_on(request, place)
    form = UploadForm(place[0], request.POST, request.FILES)
    if not form.is_valid():
        return _upload_page(request, place, form)
    preview = understand(form.typed, *place, scope=request.scope, on=form.cleaned_data["introduced_on"])
    return _preview_page(request, place, preview)


def _place(request: HttpRequest, pk: int, code: str) -> Place:
    """Return the round and the organisation, where its names may be seen and people introduced; 404 elsewhere."""
    plan_place(request, pk, code)
    return plan_place(request, pk, code, right=Right.PLAN)


def _carried_on(request: HttpRequest, place: Place) -> HttpResponse:
    """Go on from a preview: give the sheet back with its faults marked, or introduce those in it."""
    form = ReadForm(request.POST, owner_of(*place, request.user))
    if not form.is_valid():
        return _upload_page(request, place, UploadForm(place[0]), problem=" ".join(form.errors["read"]))
    preview = understand(form.typed, *place, scope=request.scope, on=form.day)
    if "danh-dau" in request.POST:
        file_name = preview.typed.file_name
        tell_journal(request, place[1], f"Xuất Excel chỗ cần sửa trong tệp giới thiệu “{file_name}”", place[0])
        return _workbook(marked_workbook(preview, made_by=str(request.user)), f"can-sua-{place[1].code}")
    if preview.wrong:
        problem = "Sổ đã thay đổi từ lúc xem trước nên có dòng không còn nhận được. Chưa giới thiệu ai."
        return _preview_page(request, place, preview, problem=problem)
    return _introduced(request, place, preview)


def _introduced(request: HttpRequest, place: Place, preview: Preview) -> HttpResponse:
    """Introduce all who are new, once, whatever a second click asks for."""
    planning_round, organization = place
    typed = preview.typed
    try:
        entries = introduce_listed(
            planning_round,
            organization=organization,
            additions=preview.additions,
            on=preview.day,
            by=request.user,
            reason=f"Tệp “{typed.file_name}”, SHA-256 {typed.sha256}",
        )
    except Refused as error:
        return _preview_page(request, place, preview, problem=str(error))
    people = len({entry.person_id for entry in entries})
    if entries:
        done = f"Đã giới thiệu {padded(people)} đồng chí, {padded(len(entries))} chức danh, từ tệp “{typed.file_name}”."
        messages.success(request, done)
    else:
        messages.info(request, f"Mọi người trong tệp “{typed.file_name}” đã có trong quy hoạch; không có gì thay đổi.")
    return redirect("planning:plan_detail", planning_round.pk, organization.code)


def _upload_page(request: HttpRequest, place: Place, form: UploadForm, *, problem: str = "") -> HttpResponse:
    context = {
        "round": place[0],
        "organization": place[1],
        "form": form,
        "problem": problem,
        "breadcrumbs": trail(request, *place, "Nhập từ Excel"),
    }
    return render(request, "planning/plan_import.html", context, status=422 if problem or form.errors else 200)


def _preview_page(request: HttpRequest, place: Place, preview: Preview, *, problem: str = "") -> HttpResponse:
    """Show what a file comes to. It says of people whether they are planned, so it is journaled."""
    planning_round, organization = place
    try:
        read = preview.typed.signed(preview.day, **owner_of(*place, request.user))
    except Refused as error:
        return _upload_page(request, place, UploadForm(planning_round), problem=str(error))
    what = f"Xem trước tệp Excel giới thiệu “{preview.typed.file_name}”"
    tell_journal(request, organization, what, planning_round)
    context = {
        "round": planning_round,
        "organization": organization,
        "preview": preview,
        "read": read,
        "problem": problem,
        "breadcrumbs": trail(request, *place, "Nhập từ Excel"),
    }
    return render(request, "planning/plan_import_preview.html", context, status=422 if problem else 200)


def _workbook(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx")
    response["Cache-Control"] = "private, no-store"
    return response
