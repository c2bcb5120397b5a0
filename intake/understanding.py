"""A file that was sent, opened and understood as of now. Nothing here writes."""

from datetime import date

from django.core.files.base import File

from common.sheets import Sheets, open_workbook
from intake.kinds.base import Kind, Listed
from intake.models import Import
from intake.progress import report
from intake.reading import Book, read_book
from intake.registry import KINDS
from organizations.scope import Scope


def kind_of(upload: Import) -> Kind:
    return KINDS[upload.kind]


def understood(sent: Import, scope: Scope, day: date) -> tuple[Book, list[Listed]]:
    """Read the file and return its rows as they are understood now. Writes nothing."""
    report(sent.pk, "reading")
    kind = kind_of(sent)
    book = read_book(kind, opened(sent), sent.mapping or None)
    report(sent.pk, "understanding", sum(map(len, book.rows.values())))
    return book, kind.understand(book.rows, scope=scope, day=day)


def opened(sent: Import) -> Sheets:
    """Return the workbook."""
    with sent.content.open("rb") as content:
        return open_workbook(File(content, name=sent.file_name))
