"""Making the file of an export, from its start under a code to its end, whichever it is."""

from collections.abc import Callable
from contextlib import ExitStack, suppress

from common.errors import Refused, WrongState
from common.progress import Stopped, forget, measured, report
from reports.actions import fail_export, finish_export, start_export
from reports.files.handouts import Handout
from reports.models import Export

LONG = 500  # rows; making so many takes seconds, and a page tells how far it is


def start(handout: Handout, *, format: str, address: str, by) -> Export:
    """Give the file of a handout its code; `address` is the page that shows the same."""
    return start_export(
        handout.frame,
        by=by,
        table=handout.key,
        title=handout.title,
        format=format,
        filtered_by=handout.filtered_by,
        address=address,
        names_planned_people=handout.names_planned_people(format),
    )


def make(export: Export, read: Callable[[], Handout], *, by) -> bytes | None:
    """Return the file of what `read` finds; None when somebody stopped it.

    Outside of any transaction, so that others can work meanwhile.

    Raises `common.papers.BadTemplate` when the office's own template fails; the export has failed then.
    """
    try:
        with ExitStack() as unless_done:
            unless_done.callback(_give_up, export, by)  # no export is being made for ever
            report(export.work, "reading")
            handout = read()
            rows = handout.rows(export.format)
            with measured(export.work, "writing", rows):
                content = handout.write(export)
            report(export.work, "done", rows)
            named = handout.names_planned_people(export.format)
            finish_export(export, by=by, content=content, rows=rows, names_planned_people=named)
            unless_done.pop_all()
        return content
    except (Stopped, WrongState):
        return None
    finally:
        forget(export.work)


def _give_up(export: Export, by) -> None:
    with suppress(Refused):  # it was cancelled, or is done by another request
        fail_export(export, by=by)
