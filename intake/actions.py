"""Acts of importing: send a file, read it, write what it says, take it back."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import partial

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from common import undoing
from common.errors import NotAllowed, Refused, WrongState
from common.journal import act, act_id, watched_by
from common.periods import today
from common.progress import forget, measured, report
from common.sheets import open_workbook
from common.uploads import save_with_file
from intake.books import said_of_books
from intake.kinds.base import Kind, Listed, State
from intake.models import ColumnMapping, Import
from intake.outcomes import counts_of, digest_of, unpacked
from intake.progress import work_of
from intake.reading import Mapped, own_sheets, signature_of
from intake.understanding import kind_of, opened, understood
from organizations.querysets import is_seen
from organizations.scope import Right, Scope


@act("Tải tệp Excel lên để nhập")
def send_file(kind: Kind, *, upload: File, by) -> Import:
    """Keep a workbook to be read. Raises `Refused` when it cannot be one, and `NotAllowed` without the right."""
    _require_right(kind, by)
    sheets = open_workbook(upload)
    mapping = ColumnMapping.objects.known(kind.code, signature_of(own_sheets(sheets))) or {}
    sent = Import(
        kind=kind.code,
        file_name=sheets.name,
        sha256=sheets.sha256,
        size=upload.size,
        mapping=mapping,
        made_by=by,
    )
    upload.seek(0)
    save_with_file(sent, File(upload), "*.xlsx")
    forget(work_of(sent))  # of another file, when the database was put back to an earlier day
    return sent


@act("Ghép cột của tệp Excel")
def map_columns(sent: Import, *, mapping: Mapped, by) -> None:
    """Say which headings of the file stand for which columns; remembered for the next file with the same headings."""
    sent = _own(sent, by)
    _require_waiting(sent)
    signature = signature_of(own_sheets(opened(sent)))
    ColumnMapping.objects.update_or_create(
        kind=sent.kind, signature=signature, defaults={"mapping": mapping, "made_by": by}
    )
    sent.mapping = mapping
    _throw_away(sent, "outcome")
    sent.save(update_fields=["mapping", "outcome"])


@act("Đọc tệp Excel")
def keep_outcome(sent: Import, *, outcome: ContentFile, counts: Mapping[str, int], by) -> None:
    """Keep what each row of the file came to when it was read; the outcome of an earlier reading is thrown away."""
    sent = _own(sent, by)
    _require_waiting(sent)
    _throw_away(sent, "outcome")
    sent.outcome.save("*.json.gz", outcome, save=False)
    sent.counts = dict(counts)
    sent.save(update_fields=["outcome", "counts"])


@act("Nhập dữ liệu từ Excel")
def commit_import(sent: Import, *, by, reason: str = "") -> Import:
    """Write all that the file says, or nothing; a second time, and a second click, change nothing.

    The file is read anew: `Refused` when a row is wrong by now, comes to something else than the preview showed, or is
    counted in books that were closed meanwhile.
    Imports of one kind wait for each other, so that two files of the same people do not both find them new. `reason`
    names the file and its checksum.
    """
    list(Import.objects.select_for_update(of=("self",)).filter(kind=sent.kind).order_by("pk").values_list("pk"))
    sent = _own(sent, by)
    if sent.state == Import.State.COMMITTED:
        return sent
    _require_waiting(sent)
    kind = kind_of(sent)
    _require_right(kind, by)
    _, listed = understood(sent, by.scope, today())
    wrong = sum(each.state is State.WRONG for each in listed)
    if wrong:
        raise Refused(f"Có {wrong} dòng cần sửa nên chưa ghi gì. Hãy đọc lại tệp để xem dòng nào.")
    if not sent.has_been_read or _shown_digest(sent) != digest_of(listed, said_of_books(listed, by.scope)):
        raise Refused("Sổ đã thay đổi từ lúc xem trước nên chưa ghi gì. Hãy xem lại các dòng rồi ghi.")
    _write(sent, kind, [each for each in listed if each.state in (State.NEW, State.CHANGED)], by)
    sent.state, sent.committed_at, sent.act_id = Import.State.COMMITTED, timezone.now(), act_id()
    sent.counts = counts_of(listed)
    sent.save(update_fields=["state", "committed_at", "act_id", "counts"])
    transaction.on_commit(lambda: report(work_of(sent), "done", len(listed)))
    return sent


@act("Hoàn tác lần nhập từ Excel")
def undo_import(sent: Import, *, by, reason: str) -> None:
    """Take back all that the import wrote, and throw the file away: no record rests on it any more.

    Raises `NotAllowed` when part of it lies outside the scope that `by` has today, and `Refused` when something was
    built on it, or without a reason.
    """
    sent = _own(sent, by)
    kind = kind_of(sent)
    _require_right(kind, by)
    if sent.state != Import.State.COMMITTED:
        raise WrongState(f"Tệp {sent} chưa được ghi vào sổ, hoặc đã hoàn tác.")
    if not reason.strip():
        raise Refused("Hãy ghi rõ lý do hoàn tác.")
    _require_within(sent, by.scope.paths(kind.right))
    undoing.undo(sent.act_id, keep=[sent], seen=partial(is_seen, by.scope))
    _throw_away(sent, "content")
    _throw_away(sent, "outcome")
    sent.state, sent.undone_at, sent.undo_reason = Import.State.UNDONE, timezone.now(), reason.strip()
    sent.save(update_fields=["state", "undone_at", "undo_reason", "content", "outcome"])


@act("Bỏ tệp Excel đã tải lên")
def discard_import(sent: Import, *, by) -> None:
    """Throw a file away that was not committed."""
    sent = _own(sent, by)
    _require_waiting(sent)
    _throw_away(sent, "content")
    _throw_away(sent, "outcome")
    sent.state = Import.State.DISCARDED
    sent.save(update_fields=["state", "content", "outcome"])
    transaction.on_commit(lambda: forget(work_of(sent)))


def _write(sent: Import, kind: Kind, listed: Sequence[Listed], by) -> None:
    """Write the rows, and tell the page that waits of how many the records stand by now."""
    rows_of: dict[int, list[int]] = defaultdict(list)  # of each record that rows mean, their numbers
    for number, each in enumerate(listed):
        rows_of[id(each.record)].append(number)
    written: set[int] = set()

    def watch(records: Sequence[Model]) -> None:
        written.update(number for record in records for number in rows_of.get(id(record), ()))
        meter.take(len(written))

    with measured(work_of(sent), "writing", len(listed)) as meter, watched_by(watch):
        kind.write(listed, by=by)


def _own(sent: Import, by) -> Import:
    """Lock the import; whoever comes second waits here. Only its own sender acts on it."""
    locked = Import.objects.select_for_update(of=("self",)).get(pk=sent.pk)
    if locked.made_by_id != by.pk:
        raise NotAllowed("Đây là tệp của người khác tải lên.")
    return locked


def _shown_digest(sent: Import) -> str:
    with sent.outcome.open("rb") as content:
        return unpacked(content.read()).digest


def _require_waiting(sent: Import) -> None:
    if not sent.is_waiting:
        raise WrongState(f"Tệp {sent} đã được xử lý: {sent.get_state_display().lower()}.")


def _require_right(kind: Kind, by) -> None:
    if not by.scope.may(kind.right):
        raise NotAllowed(f"Bạn không có quyền nhập {kind.label.lower()}.")


def _require_within(sent: Import, paths: Collection[str]) -> None:
    """Raise `NotAllowed` when a record that the file wrote lies beneath none of the paths."""
    there = Scope.of((right, paths) for right in Right)
    for model, keys in undoing.rows_written_by(sent.act_id):
        rows = model._default_manager.filter(pk__in=keys)
        if hasattr(rows, "visible_to") and rows.exclude(pk__in=rows.visible_to(there).order_by().values("pk")).exists():
            raise NotAllowed(
                f"Một phần của tệp {sent} thuộc tổ chức đảng ngoài phạm vi của bạn hiện nay nên bạn không hoàn tác "
                "được. Hãy nhờ người phụ trách phần đó đính chính."
            )


def _throw_away(sent: Import, name: str) -> None:
    """Forget a file; it is deleted once it is certain that no row names it."""
    stored = getattr(sent, name)
    if stored:
        storage, path = stored.storage, stored.name
        setattr(sent, name, "")
        transaction.on_commit(lambda: storage.delete(path))
