"""Acts on people in a plan: introduce, take out, take in again."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import Q

from common import journal
from common.errors import NeedsExplanation, Refused, WrongState
from common.formats import short_day
from common.journal import act
from organizations.actions import require_right, require_standing
from organizations.models import Document, Organization, Position
from organizations.scope import Right
from personnel.models import Person
from planning.actions.rounds import require_concerned, require_open
from planning.books import check_leaving
from planning.models import GROUP_OF_POSITION, PlanEntry, PlanningRound, PositionGroup
from planning.proposals import reentries_among

Candidate = tuple[Person, Position]


@act("Giới thiệu quy hoạch")
def introduce(
    planning_round: PlanningRound,
    *,
    organization: Organization,
    candidates: Collection[Candidate],
    on: date,
    by,
    object_group: int = 1,
    note: str = "",
) -> list[PlanEntry]:
    """Introduce people for positions of the organisation; they are in the plan once approved.

    Raises `WrongState` when the round is closed or the plan of the group is submitted already, and `Refused` when
    somebody is introduced or planned there already, the position is none that is planned for, the organisation does not
    stand beneath the round's authority or has ended, or the round was opened after the day `on`.
    """
    require_right(by, Right.PLAN, organization)
    require_open(planning_round)
    require_concerned(planning_round, organization)
    require_standing(organization)
    if on < planning_round.opened_on:
        raise Refused(f"Đợt quy hoạch mở ngày {short_day(planning_round.opened_on)}, sau ngày giới thiệu.")
    _require_planned_for(candidates)
    groups = {GROUP_OF_POSITION[position.pk] for _, position in candidates}
    for group in sorted(groups):
        require_not_submitted(planning_round, organization, group)
    _require_not_planned(planning_round.plan_term, organization, candidates, on)
    entries = [
        PlanEntry(
            round=planning_round,
            person=person,
            organization=organization,
            position=position,
            plan_term=planning_round.plan_term,
            object_group=object_group,
            introduced_on=on,
            note=note,
        )
        for person, position in candidates
    ]
    journal.bulk_create(entries)
    return entries


def require_not_submitted(planning_round: PlanningRound, organization: Organization, group: str) -> None:
    """Raise `WrongState` when the organisation's plan for the group is submitted in the round, and not returned."""
    if planning_round.approvals.live().filter(organization=organization, group=group).exists():
        label = PositionGroup(group).label
        raise WrongState(f"Quy hoạch {label} của {organization} đã được trình trong đợt này.")


def _require_planned_for(candidates: Collection[Candidate]) -> None:
    for _, position in candidates:
        if position.pk not in GROUP_OF_POSITION:
            raise Refused(f"Chức danh {position} không thuộc nhóm chức danh nào được quy hoạch.")


def _require_not_planned(
    plan_term: str, organization: Organization, candidates: Collection[Candidate], day: date
) -> None:
    """Raise `Refused` when one is introduced or planned there, or has left as from a day after `day`."""
    there = PlanEntry.objects.filter(organization=organization, plan_term=plan_term)
    there = there.filter(Q(valid_to__isnull=True) | Q(valid_from__isnull=False, valid_to__gt=day))
    leaves = {(person, position): on for person, position, on in there.values_list("person", "position", "valid_to")}
    for person, position in candidates:
        seat = (person.pk, position.pk)
        if leaves.get(seat):
            until = f"đến trước ngày {short_day(leaves[seat])}"
            raise Refused(f"{person} còn trong quy hoạch {position} nhiệm kỳ {plan_term} {until}.")
        if seat in leaves:
            raise Refused(f"{person} đã có trong quy hoạch {position} nhiệm kỳ {plan_term}.")
        leaves[seat] = None


@act("Đưa ra khỏi quy hoạch")
def remove_entry(
    entry: PlanEntry,
    *,
    on: date,
    reason: str,
    by,
    document: Document | None = None,
    note: str = "",
    explanation: str = "",
) -> None:
    """Take a person out of the plan, or out of the list before approval, from the day `on`.

    `reason` is one of PlanEntry.RemovalReason. Raises `WrongState` when the entry has left already, `Refused` when it
    was not in the plan (or not yet introduced) before that day, and `NeedsExplanation` when closed books count the
    person beyond that day, while nobody says why the plan is mended so late.
    """
    said = {entry.pk: (reason, note)}
    _remove(_locked([entry]), said, on=on, by=by, document=document, explanation=explanation)


@act("Đưa ra khỏi quy hoạch")
def remove_entries(
    removals: Sequence[tuple[PlanEntry, str]],
    *,
    on: date,
    by,
    document: Document | None = None,
    note: str = "",
    explanation: str = "",
) -> None:
    """Take several people out from the day `on`, each for a reason; all or none. Raises what `remove_entry` raises."""
    locked = _locked([entry for entry, _ in removals])
    said = {entry.pk: (reason, note) for entry, reason in removals}
    _remove(locked, said, on=on, by=by, document=document, explanation=explanation)


def _locked(entries: Collection[PlanEntry]) -> list[PlanEntry]:
    rows = PlanEntry.objects.select_for_update(of=("self",)).select_related("organization", "person", "position")
    return list(rows.filter(pk__in=[entry.pk for entry in entries]).order_by("pk"))


def _remove(
    entries: list[PlanEntry], reasons: dict[int, tuple[str, str]], *, on: date, by, document, explanation: str
) -> None:
    for entry in entries:
        require_right(by, Right.PLAN, entry.organization)
        if entry.valid_to:
            raise WrongState(f"{entry.person} đã ra khỏi quy hoạch {entry.position}.")
        if entry.introduced_on > on or (entry.valid_from and entry.valid_from >= on):
            raise Refused(f"{entry.person} chưa có trong quy hoạch {entry.position} trước ngày {short_day(on)}.")
    warnings = check_leaving(entries, on)
    if warnings and not explanation.strip():
        raise NeedsExplanation(warnings)
    for entry in entries:
        entry.valid_to, entry.removed_by = on, document
        entry.removal_reason, note = reasons[entry.pk]
        entry.note = note or entry.note
    journal.bulk_update(entries, ["valid_to", "removal_reason", "removed_by", "note"])


@act("Đưa trở lại quy hoạch")
def reenter(entry: PlanEntry, *, planning_round: PlanningRound, on: date, by, note: str = "") -> PlanEntry:
    """Introduce again, in an open round of the same plan term, a person who left the plan for a disciplinary measure.

    Raises `Refused` when the person left for another reason or is still under a measure on the day `on`, when no rule
    of that day lets the person come back (planning.proposals), or the round is for another plan term; and what
    `introduce` raises.
    """
    require_right(by, Right.PLAN, entry.organization)
    if entry.valid_to is None or entry.removal_reason != PlanEntry.RemovalReason.DISCIPLINE:
        raise Refused("Chỉ đưa trở lại người đã ra khỏi quy hoạch vì bị kỷ luật.")
    if planning_round.plan_term != entry.plan_term:
        raise Refused(f"Đợt quy hoạch này không phải của nhiệm kỳ {entry.plan_term}.")
    if entry.person.disciplines.as_of(on).exists():
        raise Refused(f"{entry.person} còn trong thời gian chịu kỷ luật vào ngày {short_day(on)}.")
    if not reentries_among([entry], on):
        raise Refused(f"Vào ngày {short_day(on)}, {entry.person} chưa đủ điều kiện để đưa trở lại quy hoạch.")
    candidates = [(entry.person, entry.position)]
    [again] = introduce(
        planning_round,
        organization=entry.organization,
        candidates=candidates,
        on=on,
        by=by,
        object_group=entry.object_group,
        note=note,
    )
    again.returns = entry
    again.save(update_fields=["returns"])
    return again
