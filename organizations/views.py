"""Pages of organisations and documents. An organisation's own page shows its seats, so it lives in `personnel`."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from common.errors import Refused
from common.journal import record_access
from common.tables import table_page
from common.uploads import FileKind
from common.workbooks import CONTENT_TYPE
from organizations.access import needs
from organizations.actions import attach_file, may_enter_document
from organizations.filters import DocumentFilter, OrganizationFilter
from organizations.forms import FileForm
from organizations.models import Document
from organizations.scope import Right
from organizations.tables import DocumentTable, OrganizationTable
from organizations.tree import Branch, Totals, branches_of, fold, versions_on
from organizations.workbook import tree_workbook

FOLDED = "gap"  # the parameter that names the branches folded, by their codes


@needs(Right.VIEW)
@require_safe
def organization_list(request: HttpRequest) -> HttpResponse:
    """Show the tree of organisations as it stood on the day looked at; branches named in the address are folded."""
    found, branches = _tree(request)
    shown = fold(branches, request.GET.get(FOLDED, "").split(","))
    _link_folds(request, branches)
    return render(
        request,
        "organizations/organization_list.html",
        {
            "filter": found,
            "table": table_page(OrganizationTable(shown), request),
            "found": {"paginator": {"count": len(branches)}},
            "totals": Totals.of(branches),
            "folding": _folding(request, branches),
            "breadcrumbs": [("Tổ chức", None)],
        },
    )


def _tree(request: HttpRequest) -> tuple[OrganizationFilter, list[Branch]]:
    statuses = versions_on(request.scope, request.day)
    found = OrganizationFilter(request, statuses)
    versions = found.rows.with_codes().as_tree()
    return found, branches_of(versions, statuses, request.scope, request.day)


def _link_folds(request: HttpRequest, branches: list[Branch]) -> None:
    """Give each branch with rows beneath it the address at which it is folded, or unfolded again."""
    folded = [code for code in request.GET.get(FOLDED, "").split(",") if code]
    for branch in branches:
        if branch.has_rows_beneath:
            others = [code for code in folded if code != branch.code]
            branch.fold_url = _with_folded(request, others if branch.code in folded else [*folded, branch.code])


def _with_folded(request: HttpRequest, codes: list[str]) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    query.pop(FOLDED, None)
    if codes:
        query[FOLDED] = ",".join(codes)
    return f"{request.path}?{query.urlencode(safe=',')}" if query else request.path


def _folding(request: HttpRequest, branches: list[Branch]) -> dict[str, str]:
    """Return the addresses of the whole tree: folded up to what lies right beneath the top, and open."""
    codes = [branch.code for branch in branches if branch.has_rows_beneath and branch.depth]
    if not codes:
        return {}
    return {"all": _with_folded(request, codes), "none": _with_folded(request, [])}


@needs(Right.VIEW)
@require_safe
def organization_workbook(request: HttpRequest) -> HttpResponse:
    """Write the tree as it is filtered, folded branches and further pages too, as an Excel workbook."""
    found, branches = _tree(request)
    if not found.is_valid():
        return redirect(reverse("organizations:organization_list", query=request.GET))
    made = tree_workbook(branches, day=request.day, filter_in_words=found.in_words, made_by=str(request.user))
    response = HttpResponse(made, content_type=CONTENT_TYPE)
    name = f"to-chuc-dang-{request.day:%Y-%m-%d}.xlsx"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


@needs(Right.VIEW)
@require_safe
def document_list(request: HttpRequest) -> HttpResponse:
    """List the documents that bear a day up to the one looked at."""
    found = DocumentFilter(request, Document.objects.visible_to(request.scope).issued_by(request.day))
    return render(
        request,
        "organizations/document_list.html",
        {
            "filter": found,
            "table": table_page(DocumentTable(found.rows.with_file_count().newest_first()), request),
            "breadcrumbs": [("Văn bản", None)],
        },
    )


@needs(Right.VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def document_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a document with its files; a POST attaches one more."""
    document = get_object_or_404(Document.objects.visible_to(request.scope).select_related("issuer"), pk=pk)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and _attach(request, document, form):
        return redirect(document)
    if document.is_confidential:
        record_access(document, by=request.user, what="Xem văn bản mật")
    return render(
        request,
        "organizations/document_detail.html",
        {
            "document": document,
            "files": document.files.select_related("uploaded_by"),
            "form": form if may_enter_document(request.user, document.issuer) else None,
            "breadcrumbs": [("Văn bản", reverse("organizations:document_list")), (document.full_number, None)],
        },
        status=422 if form.errors else 200,
    )


def _attach(request: HttpRequest, document: Document, form: FileForm) -> bool:
    """Attach the file sent; what is wrong with it stands on the form."""
    if not may_enter_document(request.user, document.issuer):
        raise PermissionDenied("Bạn không có quyền đính kèm tệp vào văn bản này.")
    if not form.is_valid():
        return False
    try:
        attached = attach_file(document, upload=form.cleaned_data["upload"], by=request.user)
    except Refused as error:
        form.add_error("upload", str(error))
        return False
    messages.success(request, f"Đã đính kèm tệp “{attached.name}”.")
    return True


@needs(Right.VIEW)
@require_safe
def document_file(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """Send a file of a document as what it is; Word files are saved, the others open in the browser."""
    document = get_object_or_404(Document.objects.visible_to(request.scope), pk=pk)
    found = get_object_or_404(document.files, pk=file)
    if document.is_confidential:
        record_access(document, by=request.user, what=f"Mở tệp “{found.name}” của văn bản mật")
    kind = FileKind(found.kind)
    response = FileResponse(
        found.content.open("rb"),
        as_attachment=not kind.opens_in_browser,
        filename=found.name,
        content_type=kind.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
