"""What a page or a command does with a file, from the reading to the writing: long reads outside of any transaction."""

from datetime import date

from common.periods import today
from common.progress import report
from intake.actions import commit_import, keep_outcome
from intake.books import said_of_books
from intake.models import Import
from intake.outcomes import Outcome, counts_of, packed, unpacked
from intake.progress import work_of
from intake.understanding import kind_of, understood


def read_file(sent: Import, *, by, day: date | None = None) -> None:
    """Read the file and keep what each row comes to. Raises `intake.reading.Unmapped` when its headings do not say."""
    book, listed = understood(sent, by.scope, day or today())
    report(work_of(sent), "keeping", len(listed))
    outcome = packed(kind_of(sent), book, listed, said_of_books(listed, by.scope))
    keep_outcome(sent, outcome=outcome, counts=counts_of(listed), by=by)
    report(work_of(sent), "done", len(listed))


def outcome_of(sent: Import) -> Outcome:
    """Return what the rows came to when the file was last read."""
    with sent.outcome.open("rb") as content:
        return unpacked(content.read())


def commit_file(sent: Import, *, by) -> Import:
    """Write all that the file says; the journal names the file and its checksum. Raises what `commit_import` raises."""
    reason = f"Tệp “{sent.file_name}”, SHA-256 {sent.sha256}"
    return commit_import(sent, by=by, reason=reason)
