"""Acts on a dossier up to its decision: draft, submit, return, refuse, withdraw."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Max

from common import journal
from common.errors import Blocked, NeedsExplanation, NotAllowed, Outdated, Refused, WrongState
from common.journal import act
from common.periods import today
from organizations.actions import require_right, require_standing
from organizations.models import Document, Organization
from organizations.scope import Right
from personnel.foresight import foresee_dossier
from personnel.items import ItemDraft
from personnel.models import Act, ChangeItem, CongressResult, Dossier, Judgement, Vote
from personnel.rights import require_drafting
from regulations.calendar import due_after
from regulations.findings import Finding
from regulations.models import RuleCode
from regulations.rulebook import Rulebook

State = Dossier.State


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
    form_key: UUID | None = None,
) -> Dossier:
    """Open a dossier of `organization` with its items; `congress` holds the fields of CongressResult.

    The same `form_key` a second time returns the dossier made the first time, as it stands. Raises `NotAllowed` without
    the right to draft there, and `Refused` when a congress result lacks its congress, a correction does not mend
    what a confirmed dossier of the same organisation did, or the organisation has ended and it is no correction.
    """
    require_drafting(by, organization, [item.position for item in items])
    if (kind == Dossier.Kind.CONGRESS) != (congress is not None):
        raise Refused("Hồ sơ kết quả đại hội phải có thông tin đại hội; các hồ sơ khác thì không.")
    _require_mendable(kind, organization, corrects, [item.corrects for item in items if item.corrects])
    if corrects is None:
        require_standing(organization)
    opened_on = opened_on or today()
    number = next_number(opened_on.year)
    made = form_key and Dossier.objects.filter(form_key=form_key, drafted_by=by).first()
    if made:
        return made
    dossier = Dossier.objects.create(
        organization=organization,
        kind=kind,
        year=opened_on.year,
        number=number,
        opened_on=opened_on,
        drafted_by=by,
        corrects=corrects,
        form_key=form_key,
        report_due_on=None if corrects else _report_due(items, congress, opened_on),
    )
    if congress is not None:
        CongressResult.objects.create(dossier=dossier, **congress)
    _add_items(dossier, items)
    return dossier


def _report_due(items: Sequence[ItemDraft], congress: Mapping[str, object] | None, day: date) -> date | None:
    """Return the day by which the first of the votes is to be reported; None without a vote (DOMAIN.md §4, A)."""
    votes = [item.elected_on for item in items if item.elected_on]
    if congress is not None:
        votes.append(congress["congress_on"])
    return _term_of_days(RuleCode.REPORT_WORKING_DAYS, min(votes, default=None), day)


def _term_of_days(code: str, since: date | None, day: date) -> date | None:
    """Return when the term of working days ends that the rule gives on `day`; None when there is no such rule."""
    count = since and Rulebook.of(day).value(code)
    return due_after(since, int(count)) if count else None


@act("Sửa hồ sơ nháp")
def save_draft(
    dossier: Dossier,
    *,
    by,
    edition: int,
    items: Sequence[ItemDraft],
    congress: Mapping[str, object] | None = None,
) -> Dossier:
    """Replace the items of a draft (and what it says of the congress); return it as it now stands.

    `edition` is the one that the writer began from. Raises `Outdated` when somebody has saved another since,
    `NotAllowed` without the right to draft, `WrongState` when it is no draft.
    """
    dossier = lock(dossier)
    require_drafting(by, dossier.organization, _positions(dossier))
    require_drafting(by, dossier.organization, [item.position for item in items])
    require_state(dossier, State.DRAFT)
    if dossier.edition != edition:
        raise Outdated(f"Hồ sơ {dossier.code} vừa được người khác lưu. Hãy xem lại trước khi lưu tiếp.")
    if (dossier.kind == Dossier.Kind.CONGRESS) != (congress is not None):
        raise Refused("Hồ sơ kết quả đại hội phải có thông tin đại hội; các hồ sơ khác thì không.")
    _require_mendable(
        dossier.kind, dossier.organization, dossier.corrects, [item.corrects for item in items if item.corrects]
    )
    for row in dossier.items.select_related("vote"):
        if hasattr(row, "vote"):
            row.vote.delete()
        row.delete()
    _add_items(dossier, items)
    if congress is not None:
        for name, value in congress.items():
            setattr(dossier.congress, name, value)
        dossier.congress.save()
    dossier.edition += 1
    dossier.report_due_on = None if dossier.corrects_id else _report_due(items, congress, dossier.opened_on)
    dossier.save()
    return dossier


def _positions(dossier: Dossier) -> list:
    return [item.position for item in dossier.items.select_related("position")]


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


def next_number(year: int) -> int:
    """Return the next dossier number of the year; the row at the top of the tree is locked so that no two are equal."""
    Organization.objects.select_for_update(no_key=True).filter(parent__isnull=True).order_by("pk").first()
    return (Dossier.objects.filter(year=year).aggregate(last=Max("number"))["last"] or 0) + 1


def _add_items(dossier: Dossier, items: Sequence[ItemDraft]) -> None:
    rows = [item.as_row(dossier) for item in items]
    journal.bulk_create(rows)
    journal.bulk_create([Vote(item=row, **item.vote) for row, item in zip(rows, items, strict=True) if item.vote])


@act("Ghi nhận kết quả bầu")
def record_vote(item: ChangeItem, *, by, **numbers) -> Vote:
    """Enter or replace the vote on an item of a draft. `numbers` are the fields of Vote."""
    dossier = lock(item.dossier)
    require_drafting(by, dossier.organization, _positions(dossier))
    require_state(dossier, State.DRAFT)
    vote, _ = Vote.objects.update_or_create(item=item, defaults=numbers)
    return vote


@act("Trình hồ sơ")
def submit(
    dossier: Dossier, *, by, on: date | None = None, submission: Document | None = None, explanation: str = ""
) -> None:
    """Submit a draft to the direct superior on the day `on` (today), under the paper `submission`.

    Raises `Blocked` with the findings when a rule forbids it or the dossier is empty, and `NeedsExplanation` with the
    warnings when there are any and no reason is given for going on.
    """
    dossier = lock(dossier)
    require_drafting(by, dossier.organization, _positions(dossier))
    require_state(dossier, State.DRAFT)
    on = on or today()
    foreseen = foresee_dossier(dossier, day=on)
    if foreseen.blocking:
        raise Blocked(foreseen.blocking)
    if foreseen.warnings and not explanation.strip():
        raise NeedsExplanation(foreseen.warnings)
    record_judgements(dossier, Judgement.Stage.SUBMISSION, foreseen.findings, on=on, explanation=explanation.strip())
    dossier.state = State.SUBMITTED
    dossier.submitted_on = on
    dossier.submitted_by = by
    dossier.submission = submission
    dossier.decision_due_on = _term_of_days(RuleCode.CONFIRMATION_WORKING_DAYS, on, on)
    dossier.explanation = explanation.strip()
    dossier.reason = ""
    dossier.save()


def record_judgements(
    dossier: Dossier, stage: str, findings: Sequence[Finding], *, on: date, explanation: str = ""
) -> None:
    """Keep what the rules say on this day, in the words of this day. Part of submitting and of confirming."""
    journal.bulk_create(
        [
            Judgement.keeping(finding, dossier=dossier, stage=stage, on=on, explanation=explanation)
            for finding in findings
        ]
    )


@act("Trả lại hồ sơ")
def return_to_drafter(dossier: Dossier, *, by, reason: str) -> None:
    """Return a submitted dossier to those who drafted it, with the reason; it is a draft again."""
    dossier = lock(dossier)
    require_right(by, Right.CONFIRM, dossier.organization)
    require_state(dossier, State.SUBMITTED)
    _require_reason(reason)
    dossier.state = State.DRAFT
    dossier.submitted_on = dossier.submitted_by = dossier.submission = dossier.decision_due_on = None
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
    require_drafting(by, dossier.organization, _positions(dossier))
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
