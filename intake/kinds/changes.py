"""The kind of import "hồ sơ kiện toàn": dossiers as they were decided, with their items, votes and congresses.

They write no seat: `intake.kinds.holdings` does, and finds what is written here.
"""

from collections.abc import Sequence
from datetime import date

from django.db.models import Prefetch

from intake.kinds.base import Kind, Listed, Rows, in_columns
from intake.kinds.changes_cells import congress_cells, dossier_cells, item_cells
from intake.kinds.changes_columns import CONGRESSES, DOSSIERS, ITEMS
from intake.kinds.changes_read import Reading
from intake.papers import record_cited
from organizations.scope import Right, Scope
from personnel.actions.history import PastDossier, record_past_dossiers
from personnel.models import ChangeItem, Dossier

OF_THE_OFFICE = (Dossier.Kind.CONGRESS, Dossier.Kind.SUPPLEMENT, Dossier.Kind.CORRECTION)


def understand(rows: Rows, *, scope: Scope, day: date) -> list[Listed]:
    """Return what each row comes to: the dossiers, then their congresses, then their items."""
    return Reading(rows, scope).understand()


def write(listed: Sequence[Listed], *, by) -> None:
    """Enter the new dossiers with all that belongs to them. Part of an act."""
    dossiers = [each.meant for each in listed if each.is_new and isinstance(each.meant, PastDossier)]
    record_cited((paper for each in dossiers for paper in (each.row.submission, each.row.decision)), by=by)
    record_past_dossiers(dossiers, by=by)


def export(scope: Scope, day: date) -> dict[str, list[list[object]]]:
    """Return every dossier of the office's own that the scope sees, in the columns of the sheets.

    Those that tell of reorganisations and of old seats are left out: the seats that rest on them tell of them.
    """
    items = ChangeItem.objects.select_related("person", "position", "vote").order_by("pk")
    dossiers = Dossier.objects.visible_to(scope).filter(kind__in=OF_THE_OFFICE).order_by("year", "number")
    dossiers = dossiers.select_related("organization", "submission__issuer", "decision__issuer", "corrects", "congress")
    dossiers = list(dossiers.prefetch_related(Prefetch("items", items)))
    numbers = {item.pk: number for each in dossiers for number, item in enumerate(each.items.all(), start=1)}
    congresses = [each.congress for each in dossiers if hasattr(each, "congress")]
    lines = [
        item_cells(item, getattr(item, "vote", None), numbers[item.pk], numbers.get(item.corrects_id), each.code)
        for each in dossiers
        for item in each.items.all()
    ]
    return {
        DOSSIERS.name: [in_columns(DOSSIERS, dossier_cells(each)) for each in dossiers],
        CONGRESSES.name: [in_columns(CONGRESSES, congress_cells(each)) for each in congresses],
        ITEMS.name: [in_columns(ITEMS, line) for line in lines],
    }


CHANGES = Kind(
    code="ho-so",
    label="Hồ sơ kiện toàn",
    right=Right.KEEP_REGISTER,
    sheets=(DOSSIERS, CONGRESSES, ITEMS),
    understand=understand,
    write=write,
    export=export,
)
