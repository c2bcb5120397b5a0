"""The kind of import "chức danh đã giữ": who sat in which seat, from when to when, by which paper, one seat a row."""

from collections.abc import Sequence
from datetime import date

from intake.kinds.base import Kind, Listed, Rows, in_columns
from intake.kinds.holdings_columns import BEGAN, ENDED, SHEET, cells_of
from intake.kinds.holdings_read import Reading
from intake.papers import record_cited
from organizations.scope import Right, Scope
from personnel.actions.history import record_past_seats
from personnel.models import Holding


def understand(rows: Rows, *, scope: Scope, day: date) -> list[Listed]:
    """Return what each row comes to: a new seat, the end of one that stands open, one known already."""
    return Reading(rows, scope).understand()


def write(listed: Sequence[Listed], *, by) -> None:
    """Enter the new seats and close those that the file ends. Part of an act."""
    new = [each.meant for each in listed if each.is_new]
    ended = [each.meant for each in listed if each.meant and not each.is_new and each.differences]
    sources = [source for each in (*new, *ended) for source in (each.began, each.ended) if source]
    record_cited((source.decision for source in sources), by=by)
    record_past_seats(new, ended, by=by)


def export(scope: Scope, day: date) -> dict[str, list[list[object]]]:
    """Return every seat that the scope sees, in the columns of the sheet."""
    holdings = Holding.objects.visible_to(scope).with_names()
    holdings = holdings.select_related(
        "person",
        "position",
        "body__term__organization",
        "began_by__dossier__decision__issuer",
        "ended_by__decision__issuer",
    )
    in_order = holdings.order_by("body__term__organization__code", "valid_from", "position__rank", "pk")
    return {SHEET.name: [in_columns(SHEET, _with_papers(holding)) for holding in in_order]}


def _with_papers(holding: Holding) -> dict[str, object]:
    ended = holding.ended_by.decision if holding.ended_by else None
    return cells_of(holding) | BEGAN.written(holding.began_by.dossier.decision) | ENDED.written(ended)


HOLDINGS = Kind(
    code="chuc-danh",
    label="Chức danh đã giữ",
    right=Right.KEEP_REGISTER,
    sheets=(SHEET,),
    understand=understand,
    write=write,
    export=export,
)
