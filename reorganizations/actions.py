"""Writes of reorganisations: the act, exactly as its effects were shown, and the correction that takes it back."""

from collections.abc import Sequence

from common import journal
from common.errors import Blocked, NeedsExplanation, Refused, WrongState
from common.formats import short_day
from common.journal import act
from common.periods import today
from organizations.actions import amend_organization, establish_organization, lock_organizations, open_term
from organizations.models import (
    Body,
    Document,
    MemberCount,
    Organization,
    Reorganization,
    ReorganizationPart,
    Term,
)
from personnel.actions.dossiers import next_number, record_judgements
from personnel.models import ChangeItem, Dossier, EndReason, Judgement, Membership
from planning.models import PlanEntry
from reorganizations.conservation import tally
from reorganizations.drafts import STAYS, Draft, Kind
from reorganizations.effects import Effects, effects_of, parties_of
from reorganizations.rights import require_keeping, require_rights
from reorganizations.seating import Seating
from reorganizations.undoing import put_back

ENDS = ["valid_to", "ended_by", "end_reason"]
LEAVES = ["valid_to", "removal_reason", "removed_by", "note"]
LONGEST_NOTE = 500


@act("Sắp xếp tổ chức")
def reorganize(draft: Draft, *, decision: Document, by, explanation: str = "") -> Reorganization:
    """Carry out a reorganisation by `decision`, from the draft's effective day on; all that `effects_of` tells.

    Raises `NotAllowed` without the right over an organisation concerned, `Blocked` with what stands in the way,
    `NeedsExplanation` when a rule warns of a designated seat and no reason is given, and `Refused` when what is there
    afterwards is not what was there before.
    """
    require_rights(draft, by)
    lock_organizations(each.pk for each in draft.concerned)
    effects = effects_of(draft)
    if effects.blocking:
        raise Blocked(effects.blocking)
    if effects.warnings and not explanation.strip():
        raise NeedsExplanation(effects.warnings)
    draft = effects.draft
    made = Reorganization.objects.create(
        kind=draft.kind,
        decision=decision,
        effective_on=draft.effective_on,
        note=" – ".join(filter(None, (draft.sentence, draft.note.strip())))[:LONGEST_NOTE],
        act_id=journal.act_id(),
    )
    _end_versions(effects)
    successors = _successors(draft, made, by)
    _change(draft, made, by)
    _move_organizations(effects, successors, made, by)
    _close_terms(effects, made, by)
    _move_members(effects, successors)
    _close_plans(effects, successors, decision)
    for seating in effects.seatings:
        _seat(seating, successors[seating.number], made, by, explanation.strip())
    _count(effects, successors)
    _record_parts(effects, successors, made)
    _prove(effects, successors)
    return made


# The tree


def _end_versions(effects: Effects) -> None:
    """End them first: whatever of them lies beneath what moves then stays where it was."""
    ended = effects.ended
    for version in ended:
        version.valid_to = effects.draft.effective_on
    journal.bulk_update(ended, ["valid_to"])


def _successors(draft: Draft, made: Reorganization, by) -> list[Organization]:
    """Return the successors, those that are new established."""
    return [
        each.organization
        or establish_organization(
            code=each.code,
            name=each.name,
            short_name=each.short_name,
            kind=each.kind,
            parent=each.parent,
            valid_from=draft.effective_on,
            decision=made.decision,
            reorganization=made,
            by=by,
        )
        for each in draft.successors
    ]


def _change(draft: Draft, made: Reorganization, by) -> None:
    """Rename, change the kind, transfer: a new version of the only source."""
    if draft.kind not in (Kind.RENAMED, Kind.KIND_CHANGED, Kind.TRANSFERRED):
        return
    amend_organization(
        draft.source,
        effective_on=draft.effective_on,
        name=draft.name.strip() or None,
        short_name=draft.short_name.strip() or None,
        kind=draft.new_kind or None,
        parent=draft.new_parent,
        decision=made.decision,
        reorganization=made,
        by=by,
    )


def _move_organizations(effects: Effects, successors: Sequence[Organization], made: Reorganization, by) -> None:
    for moved in effects.organizations:
        parent = successors[moved.to]
        if moved.version.parent_id != parent.pk:
            amend_organization(
                moved.version.organization,
                effective_on=made.effective_on,
                parent=parent,
                decision=made.decision,
                reorganization=made,
                by=by,
            )


# Terms and seats


def _dossier(organization: Organization, made: Reorganization, by, explanation: str = "") -> Dossier:
    """Return a new dossier of the organisation that tells what the decision did there."""
    decision = made.decision
    opened_on = min(today(), decision.issued_on)
    return Dossier.objects.create(
        organization=organization,
        kind=Dossier.Kind.REORGANIZATION,
        state=Dossier.State.CONFIRMED,
        year=opened_on.year,
        number=next_number(opened_on.year),
        opened_on=opened_on,
        drafted_by=by,
        submitted_on=decision.issued_on,
        submitted_by=by,
        decided_on=decision.issued_on,
        decided_by=by,
        decision=decision,
        is_recorded=True,
        reorganization=made,
        explanation=explanation,
    )


def _close_terms(effects: Effects, made: Reorganization, by) -> None:
    """Close the terms of what ends, with all seats; each organisation's by a dossier of its own, which has no items."""
    day = made.effective_on
    for organization in effects.draft.ended:
        seats = [each for each in effects.seats if each.body.term.organization_id == organization.pk]
        if seats:
            dossier = _dossier(organization, made, by)
            for holding in seats:
                holding.valid_to, holding.ended_by, holding.end_reason = day, dossier, EndReason.ORGANIZATION_ENDED
            journal.bulk_update(seats, ENDS)
    for term in effects.terms:
        term.valid_to = day
    journal.bulk_update(effects.terms, ["valid_to"])


def _seat(seating: Seating, organization: Organization, made: Reorganization, by, explanation: str) -> None:
    """Open the term of a new organisation, and seat those designated: as the ledger has come to it."""
    bodies = _bodies(seating, organization, made)
    if not seating.items:
        return
    dossier = _dossier(organization, made, by, explanation)
    record_judgements(
        dossier,
        Judgement.Stage.CONFIRMATION,
        seating.findings,
        on=made.decision.issued_on,
        explanation=explanation,
    )
    for item in seating.items:
        item.dossier, item.body = dossier, bodies.get(item.body.kind, item.body)
        item.outcome, item.confirmed_on = ChangeItem.Outcome.CONFIRMED, made.decision.issued_on
    journal.bulk_create(seating.items)
    ended = [ending.holding for ending in seating.ledger.endings]
    for holding in ended:
        holding.ended_by = dossier
        holding.ended_by_item = holding.ended_by_item  # saved by now, so that its key is known
    journal.bulk_update(ended, [*ENDS, "ended_by_item"])
    for holding in seating.ledger.begun:
        holding.began_by, holding.body = holding.began_by, holding.began_by.body
    journal.bulk_create(seating.ledger.begun)


def _bodies(seating: Seating, organization: Organization, made: Reorganization) -> dict[str, Body]:
    """Open the term; return its bodies by kind. Nothing is opened where the organisation goes on in its own."""
    term = seating.term
    if term is None:
        return {}
    opened = open_term(
        organization,
        label=term.label,
        ordinal=term.ordinal,
        congress_on=made.effective_on,
        planned_end=term.planned_end,
        sizes=term.sizes,
        decision=made.decision,
        opening=Term.Opening.DESIGNATION,
    )
    return {body.kind: body for body in opened.bodies.all()}


# People, plans, numbers


def _move_members(effects: Effects, successors: Sequence[Organization]) -> None:
    day = effects.draft.effective_on
    left = [moved.membership for moved in effects.members]
    for membership in left:
        membership.valid_to = day
    journal.bulk_update(left, ["valid_to"])
    journal.bulk_create(
        [
            Membership(person=moved.membership.person, organization=successors[moved.to], valid_from=day)
            for moved in effects.members
        ]
    )


def _close_plans(effects: Effects, successors: Sequence[Organization], decision: Document) -> None:
    """Take everybody out of the plans of what ends; who is carried over is in the successor's from that day on."""
    day = effects.draft.effective_on
    carried = [_carried(entry, successors[to], day) for entry, to in effects.carried if to != STAYS]
    for entry in effects.entries:
        entry.valid_to, entry.removed_by = day, decision
        entry.removal_reason = PlanEntry.RemovalReason.ORGANIZATION_ENDED
    journal.bulk_update(effects.entries, LEAVES)
    journal.bulk_create(carried)


def _carried(entry: PlanEntry, organization: Organization, day) -> PlanEntry:
    """Return the entry in the plan of the successor: by the approval that it had, in it from the day on."""
    return PlanEntry(
        round=entry.round,
        person=entry.person,
        organization=organization,
        position=entry.position,
        plan_term=entry.plan_term,
        object_group=entry.object_group,
        introduced_on=day,
        valid_from=day,
        approval_id=entry.approval_id,
        note=f"Chuyển từ quy hoạch của {entry.organization.name}"[:300],
    )


def _count(effects: Effects, successors: Sequence[Organization]) -> None:
    day = effects.draft.effective_on
    rows = [
        MemberCount(
            organization=each.organization or successors[each.successor],
            counted_on=day,
            official=each.official,
            probationary=each.probationary,
        )
        for each in effects.counts
    ]
    journal.bulk_create(rows)


def _record_parts(effects: Effects, successors: Sequence[Organization], made: Reorganization) -> None:
    rows = []
    for part in effects.parts:
        organization = part.organization or successors[part.successor]
        official, probationary = part.members or (None, None)
        rows.append(
            ReorganizationPart(
                reorganization=made,
                organization=organization,
                side=part.side,
                official=official,
                probationary=probationary,
            )
        )
    journal.bulk_create(rows)


def _prove(effects: Effects, successors: Sequence[Organization]) -> None:
    """Count what is there after all is written; raise `Refused` when it is not what was there before."""
    keys = {*parties_of(effects.draft), *(each.pk for each in successors)}
    after = tally(keys, effects.draft.effective_on)
    if after != effects.before:
        raise Refused(
            f"Số liệu trước và sau không khớp: đảng viên {effects.before.people} → {after.people}, "
            f"tổ chức trực thuộc {effects.before.organizations} → {after.organizations}. Chưa ghi gì."
        )


# The correction


@act("Đính chính việc sắp xếp tổ chức")
def take_back(reorganization: Reorganization, *, decision: Document, reason: str, by) -> Reorganization:
    """Take back all that a reorganisation did, by a correcting decision; both stay readable. Return the correction.

    Organisations that it established stand on no day any more, and their codes may be used again. Raises `NotAllowed`
    without the right over an organisation concerned, `WrongState` when it is corrected already, and `Refused` without a
    reason, or when something was built on it.
    """
    rows = Reorganization.objects.select_for_update(of=("self",)).select_related("decision")
    reorganization = rows.get(pk=reorganization.pk)
    parts = list(reorganization.parts.select_related("organization"))
    for part in parts:
        require_keeping(part.organization, by)
    lock_organizations(part.organization_id for part in parts)
    if reorganization.corrects_id:
        raise Refused("Đây đã là một lần đính chính. Hãy ghi nhận lại việc sắp xếp nếu việc đó có thật.")
    if Reorganization.objects.filter(corrects=reorganization).exists():
        raise WrongState("Việc sắp xếp này đã được đính chính.")
    if not reason.strip():
        raise Refused("Hãy ghi rõ lý do đính chính.")
    if decision.issued_on < reorganization.decision.issued_on:
        day = short_day(reorganization.decision.issued_on)
        raise Refused(f"Văn bản đính chính phải từ ngày {day} (ngày quyết định được đính chính) trở đi.")
    put_back(reorganization, parts, on=decision.issued_on, scope=by.scope)
    correction = Reorganization.objects.create(
        kind=Kind.CORRECTION,
        decision=decision,
        effective_on=reorganization.effective_on,
        note=reason.strip()[:LONGEST_NOTE],
        corrects=reorganization,
        act_id=journal.act_id(),
    )
    journal.bulk_create(
        [
            ReorganizationPart(reorganization=correction, organization=part.organization, side=part.side)
            for part in parts
        ]
    )
    return correction
