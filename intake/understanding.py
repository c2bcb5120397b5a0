"""A file that was sent, opened and understood as of now. Nothing here writes."""

from datetime import date

from django.core.files.base import File

from common.progress import measured, report
from common.sheets import Sheets, open_workbook
from intake.kinds.base import Kind, Listed
from intake.models import ColumnMapping, Import
from intake.progress import work_of
from intake.reading import Book, Unmapped, fits, own_sheets, read_book
from intake.registry import KINDS
from organizations.scope import Scope


def kind_of(upload: Import) -> Kind:
    return KINDS[upload.kind]


def understood(sent: Import, scope: Scope, day: date) -> tuple[Book, list[Listed]]:
    """Read the file and return its rows as they are understood now. Writes nothing."""
    report(work_of(sent), "reading")
    kind, sheets = kind_of(sent), opened(sent)
    with measured(work_of(sent), "reading", sum(sheets.part(name).rows for name in sheets.names)):
        book = _book(kind, sent, sheets)
    with measured(work_of(sent), "understanding", sum(map(len, book.rows.values()))):
        return book, kind.understand(book.rows, scope=scope, day=day)


def _book(kind: Kind, sent: Import, sheets: Sheets) -> Book:
    """Read the file; a workbook given back marked has its office's own headings, but no longer all of them."""
    try:
        return read_book(kind, sheets, sent.mapping or None)
    except Unmapped:
        own = own_sheets(sheets)
        known = () if sent.mapping else ColumnMapping.objects.of_kind(kind.code)
        fitting = next((mapping for mapping in known if fits(mapping, own)), None)
        if fitting is None:
            raise
        return read_book(kind, sheets, fitting)


def opened(sent: Import) -> Sheets:
    """Return the workbook."""
    with sent.content.open("rb") as content:
        return open_workbook(File(content, name=sent.file_name))
