"""Acts on exports: one is started under its code, then finished, cancelled, or given up."""

import hashlib
import secrets

from django.utils import timezone

from common.errors import NotAllowed, WrongState
from common.journal import act, record_access
from common.progress import ask_to_stop, is_under_way
from reports.frame import Frame
from reports.models import Export
from reports.models.exports import CODE_LENGTH

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is mistaken for another on paper: no 0, 1, I, O


@act("Xuất báo cáo")
def start_export(
    frame: Frame, *, by, table: str, title: str, format: str, filtered_by: str, address: str, names_planned_people: bool
) -> Export:
    """Give the file that is to be made of a table its code. A list of planned people goes to the journal as looked at.

    Raises `NotAllowed` when `by` may not see the organisation of the frame.
    """
    if not by.scope.covers(frame.organization.path):
        raise NotAllowed("Bạn không có quyền xem báo cáo của tổ chức đảng này.")
    export = Export.objects.create(
        code=_new_code(),
        organization=frame.organization.organization,
        table=table,
        title=title,
        format=format,
        first=frame.period.first,
        end=frame.period.end,
        as_at=frame.as_at,
        filtered_by=filtered_by,
        address=address,
        names_planned_people=names_planned_people,
        made_by=by,
        made_at=timezone.now(),
    )
    if names_planned_people:
        _record_planned_people(export, by)
    return export


@act("Lập xong bản xuất")
def finish_export(export: Export, *, by, content: bytes, rows: int, names_planned_people: bool) -> Export:
    """Note that the file came out, and what it holds: rights may have changed since it was begun.

    Raises `WrongState` when it was cancelled meanwhile.
    """
    locked = _locked(export, by)
    if names_planned_people and not locked.names_planned_people:
        _record_planned_people(locked, by)
    locked.rows, locked.sha256 = rows, hashlib.sha256(content).hexdigest()
    locked.names_planned_people = names_planned_people
    return _end(locked, Export.State.DONE)


@act("Hủy bản xuất")
def cancel_export(export: Export, *, by) -> Export:
    """Stop making the file. Raises `NotAllowed` for the export of another, `WrongState` when it is no longer made."""
    ended = _end(_locked(export, by), Export.State.CANCELLED)
    if is_under_way(ended.work):
        ask_to_stop(ended.work)
    return ended


@act("Không lập được bản xuất")
def fail_export(export: Export, *, by) -> Export:
    """Note that the file did not come out. Raises as `cancel_export`."""
    return _end(_locked(export, by), Export.State.FAILED)


def _locked(export: Export, by) -> Export:
    locked = Export.objects.select_for_update(of=("self",)).get(pk=export.pk)
    if locked.made_by_id != by.pk:
        raise NotAllowed("Đây là bản xuất của người khác.")
    if not locked.is_being_made:
        raise WrongState(f"Bản xuất {locked.shown_code} không còn đang lập: {locked.get_state_display().lower()}.")
    return locked


def _record_planned_people(export: Export, by) -> None:
    what = f"Xuất {export.get_format_display()} “{export.title}” có tên nhân sự quy hoạch, mã {export.shown_code}"
    record_access(export.organization, by=by, what=what)


def _end(export: Export, state: str) -> Export:
    export.state, export.finished_at = state, timezone.now()
    export.save(update_fields=["state", "finished_at", "rows", "sha256", "names_planned_people"])
    return export


def _new_code() -> str:
    while True:
        code = "".join(secrets.choice(SIGNS) for _ in range(CODE_LENGTH))
        if not Export.objects.filter(code=code).exists():
            return code
