"""Writes of planning: one function for each act."""

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

from common import journal
from common.errors import Refused, WrongState
from common.formats import short_day
from common.journal import act
from common.periods import today
from organizations.actions import require_right
from organizations.models import Document, Organization, Position
from organizations.scope import Right
from personnel.models import Person
from planning.models import PlanApproval, PlanEntry, PlanningRound, PlanTarget, PositionGroup


@act("Mở đợt quy hoạch")
def open_round(
    authority: Organization,
    *,
    plan_term: str,
    kind: str,
    opened_on: date,
    by,
    legal_basis: Iterable[Document] = (),
) -> PlanningRound:
    """Open a round that `authority` conducts for a plan term, on the legal basis given."""
    require_right(by, Right.PLAN, authority)
    planning_round = PlanningRound.objects.create(
        authority=authority, plan_term=plan_term, kind=kind, opened_on=opened_on
    )
    planning_round.legal_basis.set(legal_basis)
    return planning_round


@act("Đặt chỉ tiêu quy hoạch")
def set_target(
    planning_round: PlanningRound,
    *,
    organization: Organization,
    group: PositionGroup,
    seats: int,
    coefficient: Decimal,
    by,
) -> PlanTarget:
    """Set how many seats of the organisation are planned for in the round, and with which coefficient."""
    require_right(by, Right.PLAN, organization)
    target, _ = PlanTarget.objects.update_or_create(
        round=planning_round,
        organization=organization,
        group=group,
        defaults={"seats": seats, "coefficient": coefficient},
    )
    return target


@act("Giới thiệu quy hoạch")
def introduce(
    planning_round: PlanningRound,
    *,
    organization: Organization,
    candidates: Collection[tuple[Person, Position]],
    on: date,
    by,
    object_group: int = 1,
) -> list[PlanEntry]:
    """Introduce people for positions of the organisation; they are in the plan once approved.

    Raises `WrongState` when the round is closed, and `Refused` when somebody is introduced or planned there already.
    """
    require_right(by, Right.PLAN, organization)
    _require_open(planning_round)
    _require_not_planned(planning_round.plan_term, organization, candidates)
    entries = [
        PlanEntry(
            round=planning_round,
            person=person,
            organization=organization,
            position=position,
            plan_term=planning_round.plan_term,
            object_group=object_group,
            introduced_on=on,
        )
        for person, position in candidates
    ]
    journal.bulk_create(entries)
    return entries


@act("Trình phê duyệt quy hoạch")
def submit_plan(
    planning_round: PlanningRound, *, organization: Organization, group: PositionGroup, on: date, by
) -> PlanApproval:
    """Submit the organisation's entries of a position group for approval.

    Raises `Refused` when there are none, or one was introduced after the day `on`, and `WrongState` when the group was
    submitted in this round already.
    """
    require_right(by, Right.PLAN, organization)
    _require_open(planning_round)
    if planning_round.approvals.filter(organization=organization, group=group).exists():
        raise WrongState(f"Quy hoạch {group.label} của {organization} đã được trình trong đợt này.")
    entries = list(
        planning_round.entries.select_for_update(of=("self",))
        .select_related("person", "position")
        .filter(
            organization=organization,
            position__in=group.positions,
            approval__isnull=True,
            valid_to__isnull=True,
        )
    )
    if not entries:
        raise Refused(f"Chưa giới thiệu ai vào quy hoạch {group.label} của {organization}.")
    if any(entry.introduced_on > on for entry in entries):
        raise Refused(f"Ngày trình ({short_day(on)}) sớm hơn ngày giới thiệu.")
    approval = PlanApproval.objects.create(
        round=planning_round, organization=organization, group=group, submitted_on=on
    )
    for entry in entries:
        entry.approval = approval
    journal.bulk_update(entries, ["approval"])
    return approval


@act("Phê duyệt quy hoạch")
def approve_plans(approvals: Collection[PlanApproval], *, by, decision: Document) -> None:
    """Approve plans, of one or many organisations, by one decision: their entries are in the plan from its effect on.

    Entries taken out before stay out. Raises `WrongState` when one of the plans is approved already, and `Refused` when
    the decision works from a day before its submission.
    """
    locked = list(
        PlanApproval.objects.select_for_update(of=("self",))
        .select_related("organization")
        .filter(pk__in=[approval.pk for approval in approvals])
    )
    for approval in locked:
        require_right(by, Right.CONFIRM, approval.organization)
        if approval.approved_on:
            raise WrongState(f"Quy hoạch {approval} đã được phê duyệt.")
        if approval.submitted_on > decision.effective_day:
            raise Refused(f"Quyết định có hiệu lực trước ngày trình ({short_day(approval.submitted_on)}) {approval}.")
        approval.approved_on = decision.effective_day
        approval.decision = decision
    journal.bulk_update(locked, ["approved_on", "decision"])
    entries = list(
        PlanEntry.objects.select_related("person", "position").filter(approval__in=locked, valid_to__isnull=True)
    )
    for entry in entries:
        entry.valid_from = decision.effective_day
    journal.bulk_update(entries, ["valid_from"])


@act("Đưa ra khỏi quy hoạch")
def remove_entry(entry: PlanEntry, *, on: date, reason: str, by, document: Document | None = None) -> None:
    """Take a person out of the plan, or out of the list before approval, from the day `on`.

    `reason` is one of PlanEntry.RemovalReason. Raises `WrongState` when the entry has left already, and `Refused` when
    it was not in the plan (or not yet introduced) before that day.
    """
    entry = PlanEntry.objects.select_for_update(of=("self",)).select_related("organization").get(pk=entry.pk)
    require_right(by, Right.PLAN, entry.organization)
    if entry.valid_to:
        raise WrongState(f"{entry.person} đã ra khỏi quy hoạch {entry.position}.")
    if entry.introduced_on > on or (entry.valid_from and entry.valid_from >= on):
        raise Refused(f"{entry.person} chưa có trong quy hoạch {entry.position} trước ngày {short_day(on)}.")
    entry.valid_to = on
    entry.removal_reason = reason
    entry.removed_by = document
    entry.save(update_fields=["valid_to", "removal_reason", "removed_by"])


@act("Kết thúc đợt quy hoạch")
def close_round(planning_round: PlanningRound, *, by, on: date | None = None) -> None:
    """Close a round; nobody can be introduced or submitted in it any more."""
    require_right(by, Right.PLAN, planning_round.authority)
    _require_open(planning_round)
    closed_on = on or today()
    if closed_on < planning_round.opened_on:
        raise Refused(f"Đợt quy hoạch mở ngày {short_day(planning_round.opened_on)}, không thể kết thúc trước ngày đó.")
    planning_round.closed_on = closed_on
    planning_round.save(update_fields=["closed_on"])


def _require_open(planning_round: PlanningRound) -> None:
    """Raise `WrongState` when the round is closed by now, whatever the object in hand says."""
    if PlanningRound.objects.select_for_update().get(pk=planning_round.pk).closed_on:
        raise WrongState(f"Đợt quy hoạch {planning_round} đã kết thúc.")


def _require_not_planned(
    plan_term: str, organization: Organization, candidates: Collection[tuple[Person, Position]]
) -> None:
    there = PlanEntry.objects.filter(organization=organization, plan_term=plan_term, valid_to__isnull=True)
    taken = set(there.values_list("person", "position"))
    for person, position in candidates:
        seat = (person.pk, position.pk)
        if seat in taken:
            raise Refused(f"{person} đã có trong quy hoạch {position} nhiệm kỳ {plan_term}.")
        taken.add(seat)
