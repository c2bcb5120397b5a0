"""Where filling the register from Excel begins: the kinds in their order, templates, the register given out."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from common.journal import record_access
from common.periods import today
from common.workbooks import CONTENT_TYPE
from intake.kinds.base import Kind
from intake.models import Import
from intake.registry import KINDS
from intake.workbooks import blank_workbook, register_workbook
from organizations.access import needs
from organizations.scope import Right

IMPORTING = (Right.KEEP_REGISTER, Right.PLAN)
SHOWN = 30


@needs(*IMPORTING)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show the kinds in the order in which an office fills the product, and the files sent before."""
    own = Import.objects.of(request.user)
    imports, written = own.kept()[:SHOWN], own.by_kind()
    context = {
        "kinds": [(kind, written.get(kind.code)) for kind in KINDS.values() if may_import(kind, request)],
        "imports": [(each, KINDS[each.kind]) for each in imports],
        "breadcrumbs": [("Nhập dữ liệu", None)],
    }
    return render(request, "intake/overview.html", context)


@needs(*IMPORTING)
@require_safe
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """Give the workbook to fill in."""
    asked = kind_called(request, kind)
    return workbook(blank_workbook(asked, made_by=str(request.user)), f"mau-{asked.code}")


@needs(*IMPORTING)
@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """Give all records of the kind that the user sees, in the columns of the template. Journaled."""
    asked = kind_called(request, kind)
    made = register_workbook(asked, asked.export(request.scope, today()), made_by=str(request.user))
    record_access(request.user, by=request.user, what=f"Xuất Excel theo mẫu nhập: {asked.label}")
    if asked.journal_export:
        asked.journal_export(request.scope, by=request.user)
    return workbook(made, asked.code)


def kind_called(request: HttpRequest, code: str) -> Kind:
    """Return the kind of this code, where the user may import it; 404 elsewhere."""
    kind = KINDS.get(code)
    if kind is None or not may_import(kind, request):
        raise Http404("Không có loại dữ liệu này.")
    return kind


def may_import(kind: Kind, request: HttpRequest) -> bool:
    """Whether the user may import the kind; of what is confidential, only whoever may see the names in plans."""
    sees = kind.journal_export is None or request.scope.may(Right.VIEW_PLANS)
    return request.scope.may(kind.right) and sees


def workbook(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx")
    response["Cache-Control"] = "private, no-store"
    return response
