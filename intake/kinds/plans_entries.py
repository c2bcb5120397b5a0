"""Understanding rows of people in plans: introduced, approved, taken out, taken in again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from common.formats import short_day
from intake.kinds.base import Listed
from intake.kinds.fields import KNOWN, tell_new
from intake.kinds.plans_columns import ENTRIES, REMOVAL, entry_cells
from intake.whom import People
from organizations.models import Organization
from organizations.scope import Right
from planning.models import GROUP_OF_POSITION, PlanApproval, PlanEntry, PlanningRound

if TYPE_CHECKING:
    from intake.kinds.plans_read import Reading

Reason = PlanEntry.RemovalReason
PLAN_ELSEWHERE = (
    "Tổ chức ở cột Chuyển từ nằm ngoài phạm vi của bạn, và không có quy hoạch nào của tổ chức đó khớp với các ngày ở "
    "dòng này. Hãy hỏi tổ chức đó, hoặc sửa ngày."
)
FILLED_IN = ("approval", "valid_from", "valid_to", "removal_reason", "removed_by")


class EntryReading:
    """The rows of people while they are understood, after the plans that they belong to."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.rows = reading.rows[ENTRIES.name]
        self.people = People.load((each.values for each in self.rows), reading.scope)
        organizations = list(reading.places.organizations.values())
        there = PlanEntry.objects.filter(organization__in=organizations)
        there = there.select_related("person", "position", "organization", "round", "removed_by__issuer")
        there = there.select_related("approval__organization")
        self.standing = list(there)
        self.known = {_place_of(entry): entry for entry in self.standing}

    def understand(self) -> None:
        for each in self.rows:
            self._read(each)
        everything = [*self.standing, *(each.meant for each in self.rows if each.is_new)]
        rows = {id(each.meant): each for each in self.rows if each.meant}
        self._link_returned(everything)
        _check_room(everything, rows)

    def _read(self, each: Listed) -> None:
        values, reading = each.values, self.reading
        planning_round, organization = reading.planning_round(each), reading.organization(each)
        person = self.people.find(values, each.faults) if "name" in values else None
        position, removal = reading.position(each), reading.paper(each, REMOVAL)
        self._check_days(each)
        if each.faults:
            return
        planned_by = self._planned_by(each) or organization
        approval = self._approval(each, (key_of(planning_round), planned_by.pk, GROUP_OF_POSITION[position.pk]))
        entry = PlanEntry(
            round=planning_round,
            person=person,
            organization=organization,
            position=position,
            plan_term=planning_round.plan_term,
            object_group=values.get("object_group") or 1,
            introduced_on=values["introduced"],
            approval=approval,
            valid_from=values.get("approved"),
            valid_to=values.get("left"),
            removal_reason=values.get("removal_reason") or "",
            removed_by=removal,
            note=values.get("note") or "",
        )
        if each.faults or not reading.is_first(each, _place_of(entry), "position", "Đồng chí này, chức danh này"):
            return
        known = self.known.get(_place_of(entry))
        if known is None:
            each.is_new, each.meant = True, entry
            return
        each.meant = known
        but = ("card", "name", "born", "returns", *(() if values.get("object_group") else ("object_group",)))
        tell_new(each, ENTRIES, entry_cells(known), entry_cells(entry), may_change=("note", "object_group"), but=but)
        for name in FILLED_IN:
            setattr(known, name, getattr(known, name) or getattr(entry, name))
        known.note = entry.note or known.note
        known.object_group = entry.object_group if values.get("object_group") else known.object_group

    def _check_days(self, each: Listed) -> None:
        values = each.values
        introduced, approved, left = (values.get(key) for key in ("introduced", "approved", "left"))
        if introduced and approved and approved < introduced:
            each.fault("approved", f"Ngày phê duyệt sớm hơn ngày giới thiệu ({short_day(introduced)}).")
        if approved and not values.get("submitted"):
            each.fault("submitted", "Đã phê duyệt thì phải ghi ngày trình của quy hoạch.")
        if left and not values.get("removal_reason"):
            each.fault("removal_reason", "Đã đưa ra thì phải ghi lý do.")
        if values.get("removal_reason") and not left:
            each.fault("left", "Đã ghi lý do đưa ra thì phải ghi ngày đưa ra.")
        if introduced and left and left < introduced:
            each.fault("left", f"Ngày đưa ra sớm hơn ngày giới thiệu ({short_day(introduced)}).")
        if approved and left and left <= approved:
            each.fault("left", f"Ngày đưa ra phải sau ngày phê duyệt ({short_day(approved)}).")

    def _planned_by(self, each: Listed) -> Organization | None:
        """Return whose plan somebody was approved in who was carried over when organisations were reorganised."""
        code = str(each.values.get("carried_from") or "")
        found = self.reading.places.organization(code)
        if code and found is None:
            each.fault(
                "carried_from", f"Không có tổ chức đảng nào mã “{code}”. Hãy sửa mã, hoặc nhập tổ chức này trước."
            )
        return found

    def _may_know_plan(self, each: Listed) -> bool:
        """Whether the user may know the plan in which somebody carried over was approved."""
        came_from = self.reading.places.organization(str(each.values.get("carried_from") or ""))
        return came_from is None or self.reading.scope.covers(came_from.path, Right.VIEW_PLANS)

    def _approval(self, each: Listed, of: tuple) -> PlanApproval | None:
        submitted, approved = each.values.get("submitted"), each.values.get("approved")
        if not submitted:
            return None
        found = self.reading.plans.get((*of, submitted))
        if not self._may_know_plan(each):
            if found is None or (approved and not (found.approved_on and found.approved_on <= approved)):
                each.fault("submitted", PLAN_ELSEWHERE)
        elif found is None:
            each.fault(
                "submitted",
                f"Ở trang Quy hoạch của tổ chức không có quy hoạch {of[2].label} trình ngày {short_day(submitted)} "
                "của tổ chức này (hoặc tổ chức ở cột Chuyển từ) trong đợt này. Hãy thêm dòng đó, hoặc sửa ngày trình.",
            )
        elif approved and each.values.get("carried_from") and found.approved_on and found.approved_on <= approved:
            return found
        elif approved and approved != found.approved_on:
            there = short_day(found.approved_on) if found.approved_on else "chưa phê duyệt"
            each.fault("approved", f"Quy hoạch này phê duyệt ngày: {there}. Hãy sửa cho khớp.")
        return found

    def _link_returned(self, everything: Iterable[PlanEntry]) -> None:
        """Let whoever is taken in again follow the entry that ended for a disciplinary measure."""
        left: dict[tuple, list[PlanEntry]] = defaultdict(list)
        for entry in everything:
            if entry.valid_to and entry.removal_reason == Reason.DISCIPLINE:
                left[_seat_of(entry)].append(entry)
        for each in self.rows:
            if not each.values.get("returns") or not each.meant or each.faults:
                continue
            entry = each.meant
            others = [other for other in left[_seat_of(entry)] if other is not entry]
            before = [other for other in others if other.valid_to <= entry.introduced_on]
            if not each.is_new and entry.returns_id is None:
                each.fault("returns", KNOWN.format(old="để trống"))
            elif each.is_new and not before:
                each.fault("returns", "Không có lần nào trước đó đồng chí này bị đưa ra khỏi quy hoạch vì kỷ luật.")
            elif each.is_new:
                entry.returns = max(before, key=lambda other: other.valid_to)


def key_of(planning_round: PlanningRound) -> tuple:
    """Return what tells one round from another, saved or not."""
    return planning_round.authority_id, planning_round.plan_term, planning_round.kind, planning_round.opened_on


def _place_of(entry: PlanEntry) -> tuple:
    return key_of(entry.round), entry.organization_id, entry.person_id, entry.position_id, entry.introduced_on


def _seat_of(entry: PlanEntry) -> tuple:
    return entry.person_id, entry.organization_id, entry.position_id, entry.plan_term


def _check_room(everything: Iterable[PlanEntry], rows: dict[int, Listed]) -> None:
    """Say where somebody would be planned twice at once for one position: in the plan, or introduced and not gone."""
    planned: dict[tuple, list[PlanEntry]] = defaultdict(list)
    for entry in everything:
        planned[_seat_of(entry)].append(entry)
    for alike in planned.values():
        alike.sort(key=lambda entry: (entry.introduced_on, entry.valid_to is None))
        for number, entry in enumerate(alike):
            for other in alike[:number]:
                _tell_overlap(rows, entry, other)


def _tell_overlap(rows: dict[int, Listed], entry: PlanEntry, other: PlanEntry) -> None:
    both_open = entry.valid_to is None and other.valid_to is None
    both_in_plan = entry.valid_from and other.valid_from
    overlap = both_in_plan and (
        (other.valid_to is None or entry.valid_from < other.valid_to)
        and (entry.valid_to is None or other.valid_from < entry.valid_to)
    )
    each = rows.get(id(entry)) or rows.get(id(other))
    if each and (both_open or overlap):
        since = short_day(other.introduced_on if each.meant is entry else entry.introduced_on)
        each.fault(
            "introduced",
            f"Đồng chí này đã được quy hoạch chức danh này (giới thiệu ngày {since}) mà chưa đưa ra trước đó. "
            "Hãy ghi ngày đưa ra của lần trước, hoặc bỏ dòng này.",
        )
