"""Acts on a dossier up to its decision: draft, submit, return, refuse, withdraw."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from django.db.models import Max

from common import journal
from common.errors import Blocked, NotAllowed, Refused, WrongState
from common.journal import act
from common.periods import today
from organizations.actions import require_right
from organizations.models import Document, Organization, Position
from organizations.scope import Right
from personnel.checks import check_dossier
from personnel.models import Act, ChangeItem, CongressResult, Dossier, Person, Vote

State = Dossier.State


@dataclass(frozen=True)
class ItemDraft:
    """One change asked for. Days are local days; `proposed_on` empty means "from the decision's effective day"."""

    act: str
    person: Person
    position: Position
    method: str = ""
    release_reason: str = ""
    elected_on: date | None = None
    proposed_on: date | None = None
    corrects: ChangeItem | None = None
    note: str = ""
    vote: Mapping[str, int | str] | None = None


ITEM_FIELDS = [field.name for field in fields(ItemDraft) if field.name != "vote"]


@act("Lập hồ sơ")
def draft(
    organization: Organization,
    *,
    kind: str,
    by,
    items: Sequence[ItemDraft] = (),
    congress: Mapping[str, object] | None = None,
    corrects: Dossier | None = None,
    opened_on: date | None = None,
) -> Dossier:
    """Open a dossier of `organization` with its items; `congress` holds the fields of CongressResult.

    Raises `NotAllowed` without the right to draft there, and `Refused` when a congress result lacks its congress, or a
    correction does not mend what a confirmed dossier of the same organisation did.
    """
    require_right(by, Right.DRAFT, organization)
    if (kind == Dossier.Kind.CONGRESS) != (congress is not None):
        raise Refused("Hồ sơ kết quả đại hội phải có thông tin đại hội; các hồ sơ khác thì không.")
    _require_mendable(kind, organization, corrects, [item.corrects for item in items if item.corrects])
    opened_on = opened_on or today()
    dossier = Dossier.objects.create(
        organization=organization,
        kind=kind,
        year=opened_on.year,
        number=_next_number(opened_on.year),
        opened_on=opened_on,
        drafted_by=by,
        corrects=corrects,
    )
    if congress is not None:
        CongressResult.objects.create(dossier=dossier, **congress)
    _add_items(dossier, items)
    return dossier


def _require_mendable(
    kind: str, organization: Organization, corrects: Dossier | None, mended: list[ChangeItem]
) -> None:
    if (kind == Dossier.Kind.CORRECTION) != (corrects is not None):
        raise Refused("Hồ sơ đính chính phải nêu hồ sơ được đính chính; các hồ sơ khác thì không.")
    if corrects and (corrects.organization_id != organization.pk or corrects.state != State.CONFIRMED):
        raise Refused("Chỉ đính chính được hồ sơ đã chuẩn y của chính tổ chức đảng này.")
    if any(item.dossier_id != (corrects and corrects.pk) for item in mended):
        raise Refused("Nội dung được đính chính phải thuộc hồ sơ được đính chính.")
    if any(item.act == Act.ANNUL for item in mended):
        raise Refused("Nội dung hủy bỏ không đính chính được; hãy lập hồ sơ kiện toàn mới.")


def _next_number(year: int) -> int:
    """Return the next dossier number of the year; the row at the top of the tree is locked so that no two are equal."""
    Organization.objects.select_for_update().filter(parent__isnull=True).order_by("pk").first()
    return (Dossier.objects.filter(year=year).aggregate(last=Max("number"))["last"] or 0) + 1


def _add_items(dossier: Dossier, items: Sequence[ItemDraft]) -> None:
    rows = [ChangeItem(dossier=dossier, **{name: getattr(item, name) for name in ITEM_FIELDS}) for item in items]
    journal.bulk_create(rows)
    journal.bulk_create([Vote(item=row, **item.vote) for row, item in zip(rows, items, strict=True) if item.vote])


@act("Ghi nhận kết quả bầu")
def record_vote(item: ChangeItem, *, by, **numbers) -> Vote:
    """Enter or replace the vote on an item of a draft. `numbers` are the fields of Vote."""
    dossier = lock(item.dossier)
    require_right(by, Right.DRAFT, dossier.organization)
    require_state(dossier, State.DRAFT)
    vote, _ = Vote.objects.update_or_create(item=item, defaults=numbers)
    return vote


@act("Trình hồ sơ")
def submit(dossier: Dossier, *, by, on: date | None = None, submission: Document | None = None) -> None:
    """Submit a draft to the direct superior on the day `on` (today), under the paper `submission`.

    Raises `Blocked` with the findings when a rule forbids it or the dossier is empty.
    """
    dossier = lock(dossier)
    require_right(by, Right.DRAFT, dossier.organization)
    require_state(dossier, State.DRAFT)
    findings = [finding for finding in check_dossier(dossier) if finding.blocks]
    if findings:
        raise Blocked(findings)
    dossier.state = State.SUBMITTED
    dossier.submitted_on = on or today()
    dossier.submitted_by = by
    dossier.submission = submission
    dossier.reason = ""
    dossier.save()


@act("Trả lại hồ sơ")
def return_to_drafter(dossier: Dossier, *, by, reason: str) -> None:
    """Return a submitted dossier to those who drafted it, with the reason; it is a draft again."""
    dossier = lock(dossier)
    require_right(by, Right.CONFIRM, dossier.organization)
    require_state(dossier, State.SUBMITTED)
    _require_reason(reason)
    dossier.state = State.DRAFT
    dossier.submitted_on = dossier.submitted_by = dossier.submission = None
    dossier.reason = reason
    dossier.save()


@act("Không chuẩn y hồ sơ")
def refuse(dossier: Dossier, *, by, reason: str, on: date | None = None) -> None:
    """Refuse a submitted dossier whole: no item takes effect."""
    dossier = lock(dossier)
    require_right(by, Right.CONFIRM, dossier.organization)
    require_state(dossier, State.SUBMITTED)
    require_other_hand(dossier, by)
    _require_reason(reason)
    items = list(dossier.items.all())
    for item in items:
        item.outcome = ChangeItem.Outcome.REFUSED
    journal.bulk_update(items, ["outcome"])
    dossier.state = State.REFUSED
    dossier.decided_on = on or today()
    dossier.decided_by = by
    dossier.reason = reason
    dossier.save()


@act("Rút hồ sơ")
def withdraw(dossier: Dossier, *, by, reason: str) -> None:
    """Withdraw a draft or a submitted dossier; nothing of it takes effect."""
    dossier = lock(dossier)
    require_right(by, Right.DRAFT, dossier.organization)
    require_state(dossier, State.DRAFT, State.SUBMITTED)
    _require_reason(reason)
    dossier.state = State.WITHDRAWN
    dossier.reason = reason
    dossier.save()


def lock(dossier: Dossier) -> Dossier:
    """Return the dossier as the database holds it, locked until the transaction ends."""
    return Dossier.objects.select_for_update(of=("self",)).select_related("organization").get(pk=dossier.pk)


def require_state(dossier: Dossier, *states: str) -> None:
    """Raise `WrongState` unless the dossier is in one of the states."""
    if dossier.state not in states:
        state = dossier.get_state_display()
        raise WrongState(f"Hồ sơ {dossier.code} đang ở trạng thái “{state}”, không thực hiện được.")


def require_other_hand(dossier: Dossier, by) -> None:
    """Raise `NotAllowed` when `by` drafted the dossier: whoever drafted may not decide."""
    if dossier.drafted_by_id == by.pk:
        raise NotAllowed(f"Bạn đã lập hồ sơ {dossier.code} nên không được quyết định hồ sơ này.")


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused("Hãy ghi rõ lý do.")
