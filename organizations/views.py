"""Pages of organisations and documents. An organisation's own page shows its seats, so it lives in `personnel`."""

from collections import Counter

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from common.errors import Refused
from common.journal import record_access
from common.tables import table_page
from common.uploads import FileKind
from organizations.access import needs
from organizations.actions import attach_file, may_enter_document
from organizations.filters import DocumentFilter, OrganizationFilter
from organizations.forms import FileForm
from organizations.models import Document, OrganizationKind, OrganizationVersion
from organizations.scope import Right
from organizations.tables import DocumentTable, OrganizationTable


@needs(Right.VIEW)
@require_safe
def organization_list(request: HttpRequest) -> HttpResponse:
    """Show the tree of organisations as it stood on the day looked at."""
    standing = OrganizationVersion.objects.as_of(request.day).visible_to(request.scope)
    found = OrganizationFilter(request, standing)
    wanted = set(found.rows.values_list("pk", flat=True))
    tree = [each for each in standing.with_codes().with_member_total(request.day).as_tree() if each.pk in wanted]
    return render(
        request,
        "organizations/organization_list.html",
        {
            "filter": found,
            "table": table_page(OrganizationTable(tree), request),
            "totals": _totals(tree),
            "breadcrumbs": [("Tổ chức", None)],
        },
    )


def _totals(tree: list[OrganizationVersion]) -> dict[str, object]:
    """Count by kind; members at the grassroots, where every member is counted once (None: no count there at all)."""
    kinds = Counter(OrganizationKind(version.kind).label for version in tree)
    members = [version.member_total for version in tree if version.is_grassroots and version.member_total is not None]
    in_order = [(label, kinds[label]) for label in OrganizationKind.labels if kinds[label]]
    return {"kinds": in_order, "members": sum(members) if members else None}


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
