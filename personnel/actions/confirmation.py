"""Confirming a dossier (chuẩn y): the one place where holdings begin and end."""

from collections.abc import Collection
from datetime import date

from common import journal
from common.errors import Blocked, Refused
from common.journal import act
from organizations.actions import open_term, require_right
from organizations.models import Body, BodyKind, Document, Position
from organizations.scope import Right
from personnel.actions.dossiers import lock, require_other_hand, require_state
from personnel.checks import (
    check_appointment,
    check_days,
    check_dossier,
    check_elected,
    check_lower_posts,
    check_new_term,
    check_release,
    check_term,
)
from personnel.models import Act, ChangeItem, Dossier, EndReason, Holding
from personnel.querysets import HoldingQuerySet
from regulations.findings import Finding, Severity

# Within one dossier releases come first, then appointments from the member upwards: an officer must be a member.
ACT_ORDER = (Act.ANNUL, Act.RELEASE, Act.APPOINT)


@act("Chuẩn y hồ sơ")
def confirm(dossier: Dossier, *, by, decision: Document, refused: Collection[ChangeItem] = ()) -> None:
    """Confirm (chuẩn y) a submitted dossier: its items take effect, each on its proposed day or the decision's.

    Items in `refused` stay without effect. Raises `NotAllowed` when `by` drafted the dossier or may not confirm there,
    `WrongState` when it is not submitted, and `Blocked` with the findings when a rule forbids it.
    """
    dossier = lock(dossier)
    require_right(by, Right.CONFIRM, dossier.organization)
    require_state(dossier, Dossier.State.SUBMITTED)
    require_other_hand(dossier, by)
    blocking = [finding for finding in check_dossier(dossier) if finding.blocks]
    if blocking:
        raise Blocked(blocking)
    refused_ids = {item.pk for item in refused}
    items = list(dossier.items.select_related("person", "position", "corrects__body"))
    accepted = [item for item in items if item.pk not in refused_ids]
    _mark(items, refused_ids, decision, dossier)
    too_early = [finding for item in accepted for finding in check_days(item)]
    if too_early:
        raise Blocked(too_early)
    if dossier.kind == Dossier.Kind.CONGRESS:
        _seat_new_term(dossier, accepted, decision)
    else:
        for item in sorted(accepted, key=lambda item: (ACT_ORDER.index(item.act), -item.position.rank)):
            _take_effect(item, dossier, decision)
        _require_terms_in_order(accepted)
    dossier.state = Dossier.State.CONFIRMED
    dossier.decided_on = decision.issued_on
    dossier.decided_by = by
    dossier.decision = decision
    dossier.save()


def _mark(items: list[ChangeItem], refused_ids: set[int], decision: Document, dossier: Dossier) -> None:
    """Set the outcome of each item; the refused ones are saved at once, the others when they take effect."""
    congress_on = dossier.congress.congress_on if dossier.kind == Dossier.Kind.CONGRESS else None
    for item in items:
        if item.pk in refused_ids:
            item.outcome = ChangeItem.Outcome.REFUSED
        else:
            item.outcome = ChangeItem.Outcome.CONFIRMED
            item.confirmed_on = decision.issued_on
            item.effective_on = congress_on or item.proposed_on or decision.effective_day
    journal.bulk_update([item for item in items if item.pk in refused_ids], ["outcome"])


# A congress


def _seat_new_term(dossier: Dossier, items: list[ChangeItem], decision: Document) -> None:
    """Open the term with its bodies, close the former term's holdings that day, seat the elected."""
    congress = dossier.congress
    lasting = Holding.objects.of_organization(dossier.organization).exclude(valid_to__lte=congress.congress_on)
    former = list(lasting.select_for_update(of=("self",)).select_related("person", "position"))
    findings = check_elected(items) + check_new_term(congress, former)
    if findings:
        raise Blocked(findings)
    _end(former, congress.congress_on, dossier, EndReason.END_OF_TERM)
    term = open_term(
        dossier.organization,
        label=congress.label,
        ordinal=congress.ordinal,
        congress_on=congress.congress_on,
        planned_end=congress.planned_end,
        sizes=congress.sizes,
        decision=decision,
    )
    bodies = {body.kind: body for body in term.bodies.all()}
    for item in items:
        item.body = bodies.get(item.position.body_kind)
        if item.body is None:
            raise Blocked([_no_body(item)])
    journal.bulk_update(items, ["outcome", "confirmed_on", "effective_on", "body"])
    journal.bulk_create([_holding(item) for item in items])


# A change inside the term


def _take_effect(item: ChangeItem, dossier: Dossier, decision: Document) -> None:
    if item.corrects_id:
        _supersede(item.corrects, decision.issued_on)
    if item.act == Act.ANNUL:
        item.body = item.corrects.body
        item.effective_on = item.corrects.effective_on
    else:
        item.body = _body_of(item, dossier)
    item.save()
    if item.act == Act.APPOINT:
        _appoint(item, dossier)
    elif item.act == Act.RELEASE:
        _release(item, dossier)


def _body_of(item: ChangeItem, dossier: Dossier) -> Body:
    """Return the body of the item's kind in the term in force on the item's effective day."""
    bodies = Body.objects.as_of(item.effective_on).filter(term__organization=dossier.organization)
    body = bodies.filter(kind=item.position.body_kind).select_related("term").first()
    if body is None:
        raise Blocked([_no_body(item)])
    return body


def _no_body(item: ChangeItem) -> Finding:
    kind = BodyKind(item.position.body_kind).label
    message = f"Tổ chức không có {kind} vào ngày có hiệu lực nên không ai giữ chức danh {item.position} được."
    return Finding(Severity.BLOCK, message)


def _appoint(item: ChangeItem, dossier: Dossier) -> None:
    if item.position.is_officer:
        _end_lower_post(item, dossier)
    findings = check_appointment(item, item.body, item.effective_on)
    if findings:
        raise Blocked(findings)
    journal.bulk_create([_holding(item)])


def _end_lower_post(item: ChangeItem, dossier: Dossier) -> None:
    """A promotion closes the lower officer's post in the same body: a consequence, not a release (DOMAIN.md §9)."""
    lower = Holding.objects.in_body(item.body).filter(
        person=item.person, position__is_officer=True, position__rank__gt=item.position.rank
    )
    posts = list(lower.exclude(valid_to__lte=item.effective_on).select_related("position"))
    findings = check_lower_posts(item, posts)
    if findings:
        raise Blocked(findings)
    _end(posts, item.effective_on, dossier, EndReason.PROMOTION, item)


def _release(item: ChangeItem, dossier: Dossier) -> None:
    """End the seat, and with a seat in the committee or UBKT all that depends on it (DOMAIN.md §3)."""
    held = Holding.objects.filter(person=item.person, body__term=item.body.term).as_of(item.effective_on)
    left = list(held.filter(body=item.body, position=item.position))
    if item.position_id == Position.COMMITTEE_MEMBER and left:
        left = list(held.filter(body__kind__in=(BodyKind.COMMITTEE, BodyKind.STANDING)))
    elif item.position_id == Position.INSPECTION_MEMBER and left:
        left = list(held.filter(body=item.body))
    findings = check_release(item, left)
    if findings:
        raise Blocked(findings)
    _end(left, item.effective_on, dossier, EndReason(item.release_reason), item)


def _require_terms_in_order(items: list[ChangeItem]) -> None:
    """Raise `Blocked` when the items together leave a seat without the membership or the term that it rests on."""
    people = [item.person for item in items]
    findings = [finding for term in {item.body.term for item in items} for finding in check_term(term, people)]
    if findings:
        raise Blocked(findings)


def _holding(item: ChangeItem) -> Holding:
    return Holding(
        person=item.person,
        body=item.body,
        position=item.position,
        elected_on=item.elected_on,
        valid_from=item.effective_on,
        method=item.method,
        began_by=item,
    )


def _end(
    holdings: list[Holding], day: date, dossier: Dossier, reason: EndReason, item: ChangeItem | None = None
) -> None:
    for holding in holdings:
        holding.valid_to = day
        holding.ended_by = dossier
        holding.ended_by_item = item
        holding.end_reason = reason
    journal.bulk_update(holdings, ["valid_to", "ended_by", "ended_by_item", "end_reason"])


# A correction


def _supersede(original: ChangeItem, day: date) -> None:
    """Take back what a confirmed item did, so that its correction can take its place; the item stays readable.

    Raises `Refused` when a later change has ended the seat that the item began, or filled the one that it ended.
    """
    if not original.stands:
        raise Refused(f"Nội dung “{original}” đã được đính chính trước đó.")
    begun = list(Holding.objects.filter(began_by=original))
    ended = list(Holding.objects.filter(ended_by_item=original).select_related("position"))
    filled = (_successors(holding).exclude(began_by=original) for holding in ended)
    if any(holding.valid_to for holding in begun) or any(seats.exists() for seats in filled):
        raise Refused(f"Đã có thay đổi khác sau “{original}”; hãy đính chính thay đổi sau trước.")
    for holding in begun:
        holding.delete()
    for holding in ended:
        holding.valid_to = holding.ended_by = holding.ended_by_item = None
        holding.end_reason = ""
    journal.bulk_update(ended, ["valid_to", "ended_by", "ended_by_item", "end_reason"])
    original.superseded_on = day
    original.save(update_fields=["superseded_on"])


def _successors(ended: Holding) -> HoldingQuerySet:
    """Return the holdings that leave no room for the ended one, were it to last: later ones in the same seat."""
    later = Holding.objects.in_body(ended.body).filter(position=ended.position).exclude(valid_to__lte=ended.valid_to)
    later = later.exclude(pk=ended.pk)
    return later if ended.position.max_holders is not None else later.filter(person=ended.person)
