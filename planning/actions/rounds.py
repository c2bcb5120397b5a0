"""Acts on rounds: open, set targets and legal basis, close."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Max

from common import journal
from common.errors import Refused, WrongState
from common.formats import padded, short_day
from common.journal import act
from common.periods import today
from organizations.actions import require_right, require_standing
from organizations.models import Document, Organization, Position
from organizations.scope import Right
from planning.models import GROUP_OF_POSITION, PlanEntry, PlanningRound, PlanTarget, PositionGroup


@dataclass(frozen=True)
class TargetDraft:
    """A target as a form sends it. `seats` None takes away the one that stands; `position` None: of the whole group."""

    organization: Organization
    group: PositionGroup
    seats: int | None
    coefficient: Decimal | None = None
    position: Position | None = None


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
    """Open a round that `authority` conducts for a plan term ("2025-2030"), on the legal basis given.

    Raises `Refused` when the plan term is no span of years, or the authority has ended.
    """
    require_right(by, Right.PLAN, authority)
    require_standing(authority)
    first, _, last = plan_term.partition("-")
    if not (len(plan_term) == 9 and first.isdecimal() and last.isdecimal() and int(first) < int(last)):
        raise Refused(f"Nhiệm kỳ quy hoạch “{plan_term}” không đúng. Hãy ghi như 2025-2030.")
    planning_round = PlanningRound.objects.create(
        authority=authority, plan_term=plan_term, kind=kind, opened_on=opened_on
    )
    planning_round.legal_basis.set(legal_basis)
    return planning_round


@act("Ghi căn cứ của đợt quy hoạch")
def set_legal_basis(planning_round: PlanningRound, *, documents: Iterable[Document], by) -> None:
    """Replace the documents that the round rests on. Raises `WrongState` when the round is closed."""
    require_right(by, Right.PLAN, planning_round.authority)
    require_open(planning_round)
    planning_round.legal_basis.set(documents)


@act("Đặt chỉ tiêu quy hoạch")
def set_target(
    planning_round: PlanningRound,
    *,
    organization: Organization,
    group: PositionGroup,
    seats: int,
    coefficient: Decimal,
    by,
    position: Position | None = None,
) -> PlanTarget:
    """Set how many seats of the organisation are planned for in the round, and with which coefficient."""
    require_right(by, Right.PLAN, organization)
    require_open(planning_round)
    draft = TargetDraft(organization, group, seats, coefficient, position)
    require_concerned(planning_round, organization)
    _require_sensible(draft)
    return _set(planning_round, draft)


@act("Đặt chỉ tiêu quy hoạch")
def set_targets(planning_round: PlanningRound, *, targets: Sequence[TargetDraft], by) -> int:
    """Set many targets at once; return how many were set or taken away.

    Raises `Refused` when a position is not of its group or a number is not positive, and `WrongState` when the round is
    closed.
    """
    require_open(planning_round)
    for draft in targets:
        require_right(by, Right.PLAN, draft.organization)
        require_concerned(planning_round, draft.organization)
        _require_sensible(draft)
    for draft in targets:
        if draft.seats is None:
            for target in _standing(planning_round, draft):
                target.delete()
        else:
            _set(planning_round, draft)
    return len(targets)


def _require_sensible(draft: TargetDraft) -> None:
    if draft.position and GROUP_OF_POSITION.get(draft.position.pk) != draft.group:
        raise Refused(f"Chức danh {draft.position} không thuộc nhóm {PositionGroup(draft.group).label}.")
    if draft.seats is not None and (draft.seats < 1 or not draft.coefficient or draft.coefficient < 1):
        raise Refused("Số vị trí phải từ 1 trở lên và hệ số phải từ 1,0 trở lên.")


def _standing(planning_round: PlanningRound, draft: TargetDraft):
    return planning_round.targets.filter(organization=draft.organization, group=draft.group, position=draft.position)


def _set(planning_round: PlanningRound, draft: TargetDraft) -> PlanTarget:
    target = _standing(planning_round, draft).first() or PlanTarget(
        round=planning_round, organization=draft.organization, group=draft.group, position=draft.position
    )
    target.seats, target.coefficient = draft.seats, draft.coefficient
    target.save()
    return target


@act("Kết thúc đợt quy hoạch")
def close_round(planning_round: PlanningRound, *, by, on: date | None = None) -> None:
    """Close a round; nobody can be introduced or submitted in it any more.

    Whoever was introduced and never submitted is taken out on that day. Raises `Refused` while a plan waits for
    approval, or when the round was opened, or somebody introduced, after that day.
    """
    require_right(by, Right.PLAN, planning_round.authority)
    require_open(planning_round)
    closed_on = on or today()
    if closed_on < planning_round.opened_on:
        raise Refused(f"Đợt quy hoạch mở ngày {short_day(planning_round.opened_on)}, không thể kết thúc trước ngày đó.")
    waiting = planning_round.approvals.waiting().count()
    if waiting:
        raise Refused(f"Còn {padded(waiting)} quy hoạch đã trình mà chưa phê duyệt. Hãy phê duyệt hoặc trả lại trước.")
    last = planning_round.approvals.aggregate(day=Max("approved_on"))["day"]
    if last and last > closed_on:
        raise Refused(f"Có quy hoạch được phê duyệt ngày {short_day(last)}, không thể kết thúc đợt trước ngày đó.")
    never_submitted = list(
        planning_round.entries.select_related("person", "position").filter(approval=None, valid_to=None)
    )
    if any(entry.introduced_on > closed_on for entry in never_submitted):
        raise Refused(f"Có người được giới thiệu sau ngày {short_day(closed_on)}. Hãy chọn ngày kết thúc muộn hơn.")
    for entry in never_submitted:
        entry.valid_to, entry.removal_reason = closed_on, PlanEntry.RemovalReason.NOT_INTRODUCED
    journal.bulk_update(never_submitted, ["valid_to", "removal_reason"])
    planning_round.closed_on = closed_on
    planning_round.save(update_fields=["closed_on"])


def require_concerned(planning_round: PlanningRound, organization: Organization) -> None:
    """Raise `Refused` when the organisation does not stand beneath the round's authority."""
    if not planning_round.concerns(organization):
        raise Refused(f"{organization} không thuộc phạm vi của đợt quy hoạch này.")


def require_open(planning_round: PlanningRound) -> None:
    """Lock the round; raise `WrongState` when it is closed by now, whatever the object in hand says."""
    if PlanningRound.objects.select_for_update(no_key=True).get(pk=planning_round.pk).closed_on:
        raise WrongState(f"Đợt quy hoạch {planning_round} đã kết thúc.")
