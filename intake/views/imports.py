"""One file on its way into the register: sent, read, its columns mapped, looked at, written, taken back."""

from django.contrib import messages
from django.core.files.base import File
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect

from common.errors import Refused
from common.formats import grouped
from common.journal import record_access
from common.sheets import open_workbook
from intake.actions import discard_import, map_columns, send_file, undo_import
from intake.forms import FileForm, MappingForm, UndoForm, suggested
from intake.kinds.base import Kind, State
from intake.models import Import
from intake.outcomes import STATE_WORDS
from intake.progress import told
from intake.reading import Unmapped, own_sheets
from intake.views.overview import IMPORTING, kind_called, workbook
from intake.workbooks import marked_workbook
from intake.workflow import commit_file, outcome_of, read_file
from organizations.access import needs

form_page = require_http_methods(["GET", "HEAD", "POST"])
PAGE = 100


@needs(*IMPORTING)
@form_page
def import_new(request: HttpRequest, kind: str) -> HttpResponse:
    """Take a workbook of the kind."""
    asked = kind_called(request, kind)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            sent = send_file(asked, upload=form.cleaned_data["upload"], by=request.user)
        except Refused as error:
            form.add_error("upload", str(error))
        else:
            return redirect(sent)
    context = {"kind": asked, "form": form, "breadcrumbs": _trail(asked.label)}
    return render(request, "intake/import_new.html", context, status=422 if form.errors else 200)


@needs(*IMPORTING)
@require_safe
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a file where it stands: to be read, its preview by state and page, written or taken back."""
    sent, kind = _sent(request, pk)
    context = {"sent": sent, "kind": kind, "breadcrumbs": _trail(sent.file_name)}
    if not sent.has_been_read and sent.is_waiting:
        return render(request, "intake/import_reading.html", context | {"progress": told(sent)})
    if kind.journal_export:
        record_access(sent, by=request.user, what=f"Xem trước tệp {sent} ({kind.label})")
    outcome, state = outcome_of(sent) if sent.has_been_read else None, request.GET.get("trang-thai", "")
    if outcome is None:  # taken back: the file is gone
        return render(request, "intake/import_detail.html", context)
    rows = Paginator(outcome.in_state(state), PAGE).get_page(request.GET.get("page"))
    context |= {
        "rows": rows,
        "state": state,
        "states": [(each.value, STATE_WORDS[each], sent.counts.get(each.value, 0)) for each in State],
        "total": sum(sent.counts.values()),
        "to_write": sent.counts.get("new", 0) + sent.counts.get("changed", 0),
        "skipped": outcome.skipped,
        "unread": outcome.unread,
        "books": outcome.books if sent.is_waiting else (),
    }
    return render(request, "intake/import_detail.html", context)


@needs(*IMPORTING)
@form_page
def import_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the file; where its headings do not say what its columns are, lead to the page on which the user says."""
    sent, _ = _sent(request, pk)
    if request.method != "POST" or not sent.is_waiting:
        return redirect(sent)
    return _read(request, sent)


def _read(request: HttpRequest, sent: Import) -> HttpResponse:
    """Read the file and lead to what it came to."""
    try:
        read_file(sent, by=request.user)
    except Unmapped as error:
        messages.info(request, f"{error} Hãy ghép các cột của tệp với các cột của mẫu.")
        return _to(request, reverse("intake:import_map", args=[sent.pk]))
    except Refused as error:
        messages.error(request, str(error))
        return _to(request, reverse("intake:overview"))
    return _to(request, sent.get_absolute_url())


@needs(*IMPORTING)
@form_page
def import_map(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which of the file's own headings stands for which column; kept for the next file with the same headings."""
    sent, kind = _sent(request, pk)
    if not sent.is_waiting:
        return redirect(sent)
    with sent.content.open("rb") as content:
        own = own_sheets(open_workbook(File(content, name=sent.file_name)))
    form = MappingForm(kind, own, request.POST or None, initial=suggested(kind, own))
    if request.method == "POST" and form.is_valid():
        map_columns(sent, mapping=form.mapping, by=request.user)
        return redirect(sent)
    context = {"sent": sent, "kind": kind, "form": form, "own": own, "breadcrumbs": _trail(sent.file_name, "Ghép cột")}
    return render(request, "intake/import_map.html", context, status=422 if form.errors else 200)


@needs(*IMPORTING)
@require_safe
def import_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The bar of a page that waits for its file."""
    sent, _ = _sent(request, pk)
    return render(request, "intake/_progress.html", {"sent": sent, "progress": told(sent)})


@needs(*IMPORTING)
@require_safe
def import_marked(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the file back with its faults in red."""
    sent, kind = _sent(request, pk)
    if not sent.has_been_read or not sum(sent.counts.values()):
        return redirect(sent)
    if kind.journal_export:
        record_access(sent, by=request.user, what=f"Tải tệp đánh dấu chỗ cần sửa {sent} ({kind.label})")
    made = marked_workbook(kind, sent, outcome_of(sent), made_by=str(request.user))
    return workbook(made, f"can-sua-{kind.code}-{sent.pk}")


@needs(*IMPORTING)
@form_page
def import_commit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write all that the file says, once."""
    sent, _ = _sent(request, pk)
    if request.method != "POST":
        return redirect(sent)
    try:
        committed = commit_file(sent, by=request.user)
    except Refused as error:
        messages.error(request, str(error))
        return _read(request, sent) if sent.is_waiting else _to(request, sent.get_absolute_url())
    new, changed = committed.counts["new"], committed.counts["changed"]
    messages.success(request, f"Đã ghi vào sổ: {grouped(new)} dòng mới, {grouped(changed)} dòng thay đổi.")
    return _to(request, committed.get_absolute_url())


@needs(*IMPORTING)
@form_page
def import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back all that an import wrote, for a reason."""
    sent, kind = _sent(request, pk)
    if sent.state != Import.State.COMMITTED:
        return redirect(sent)
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            undo_import(sent, by=request.user, reason=form.cleaned_data["reason"])
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Đã hoàn tác tệp “{sent.file_name}”: sổ trở lại như trước khi nhập.")
            return redirect(sent)
    context = {"sent": sent, "kind": kind, "form": form, "breadcrumbs": _trail(sent.file_name, "Hoàn tác")}
    return render(request, "intake/import_undo.html", context, status=422 if form.errors else 200)


@needs(*IMPORTING)
@form_page
def import_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw away a file that was not written."""
    sent, _ = _sent(request, pk)
    if request.method != "POST":
        return redirect(sent)
    try:
        discard_import(sent, by=request.user)
    except Refused as error:
        messages.error(request, str(error))
        return redirect(sent)
    messages.success(request, f"Đã bỏ tệp “{sent.file_name}”.")
    return redirect("intake:overview")


def _sent(request: HttpRequest, pk: int) -> tuple[Import, Kind]:
    """Return a file that the user sent, with its kind; 404 for those of others and those thrown away."""
    sent = get_object_or_404(Import.objects.of(request.user).kept(), pk=pk)
    return sent, kind_called(request, sent.kind)


def _to(request: HttpRequest, url: str) -> HttpResponse:
    """Lead on, whether a form or htmx asked."""
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


def _trail(*here: str) -> list[tuple[str, str | None]]:
    return [("Nhập dữ liệu", reverse("intake:overview")), *((each, None) for each in here)]
