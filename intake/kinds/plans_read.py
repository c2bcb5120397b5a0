"""Understanding rows of rounds, legal bases, targets and plans of organisations."""

from dataclasses import dataclass, field

from common.formats import short_day
from common.sheets import CellError
from intake.kinds.base import Listed, Rows, read_rows
from intake.kinds.fields import Positions, tell_new
from intake.kinds.plans_columns import (
    BASIS,
    DECISION,
    ENTRIES,
    LEGAL_BASIS,
    PLANS,
    REMOVAL,
    ROUNDS,
    SUBMISSION,
    TARGETS,
    plan_cells,
    round_cells,
    target_cells,
)
from intake.kinds.plans_entries import EntryReading, key_of
from intake.papers import CitedIn, Papers
from intake.places import NOT_COVERED, Places
from organizations.models import Document, Organization, Position
from organizations.scope import Right, Scope
from planning.models import GROUP_OF_POSITION, PlanApproval, PlanningRound, PlanTarget, PositionGroup

SHEETS = (ROUNDS, LEGAL_BASIS, TARGETS, PLANS, ENTRIES)
CITING = {LEGAL_BASIS.name: (BASIS,), PLANS.name: (SUBMISSION, DECISION), ENTRIES.name: (REMOVAL,)}
SUMMARY = {
    BASIS: "Về công tác quy hoạch cán bộ",
    SUBMISSION: "Đề nghị phê duyệt quy hoạch cán bộ",
    DECISION: "Phê duyệt quy hoạch cán bộ",
    REMOVAL: "Đưa ra khỏi quy hoạch cán bộ",
}
MISSING = "Không có đợt mã này ở trang Đợt quy hoạch. Hãy thêm đợt vào trang đó, hoặc sửa mã."
WRONG_ROUND = "Đợt này ở trang Đợt quy hoạch còn lỗi. Hãy sửa lỗi đó trước."


@dataclass
class Basis:
    """A paper that a round rests on, to be added to it."""

    planning_round: PlanningRound
    document: Document


@dataclass
class Known:
    """What the register has of the rounds named."""

    rounds: dict[tuple, PlanningRound] = field(default_factory=dict)
    basis: set[tuple[int, int]] = field(default_factory=set)
    targets: dict[tuple, PlanTarget] = field(default_factory=dict)
    plans: dict[tuple, PlanApproval] = field(default_factory=dict)

    @classmethod
    def load(cls, organizations: list[Organization]) -> "Known":
        """Load the rounds that the organisations conduct, with what belongs to them, by four queries."""
        rounds = list(PlanningRound.objects.filter(authority__in=organizations).select_related("authority"))
        of_rounds = {"round__in": [each.pk for each in rounds]}
        targets = PlanTarget.objects.filter(**of_rounds).select_related("organization", "position")
        plans = PlanApproval.objects.filter(**of_rounds).select_related(
            "organization", "submission__issuer", "decision__issuer"
        )
        resting = PlanningRound.legal_basis.through.objects.filter(planninground__authority__in=organizations)
        return cls(
            {(each.authority_id, each.plan_term, each.kind, each.opened_on): each for each in rounds},
            set(resting.values_list("planninground", "document")),
            {(each.round_id, each.organization_id, each.group, each.position_id): each for each in targets},
            {(each.round_id, each.organization_id, each.group, each.submitted_on): each for each in plans},
        )


class Reading:
    """The rows of a workbook of plans while they are understood. Takes a fixed number of queries."""

    def __init__(self, rows: Rows, scope: Scope) -> None:
        self.scope = scope
        self.rows = {spec.name: read_rows(spec, rows) for spec in SHEETS}
        everything = self.listed
        self.cited = {
            (id(each), at): at.read(each.values, each.faults)
            for each in everything
            for at in CITING.get(each.sheet, ())
        }
        self.papers = Papers.load(filter(None, self.cited.values()))
        self.places = Places.load(
            str(each.values.get(key) or "") for each in everything for key in ("organization", "carried_from")
        )
        self.positions = Positions()
        self.known = Known.load(list(self.places.organizations.values()))
        keys = {each.pk: key for key, each in self.known.rounds.items()}
        self.rounds: dict[str, PlanningRound] = {}
        self.round_rows: dict[str, Listed] = {}
        self.plans: dict[tuple, PlanApproval] = {
            (keys[of_round], *rest): each for (of_round, *rest), each in self.known.plans.items()
        }
        self._seen: dict[tuple, Listed] = {}

    @property
    def listed(self) -> list[Listed]:
        return [each for spec in SHEETS for each in self.rows[spec.name]]

    def understand(self) -> list[Listed]:
        for each in self.rows[ROUNDS.name]:
            self._read_round(each)
        for each in self.rows[LEGAL_BASIS.name]:
            self._read_basis(each)
        for each in self.rows[TARGETS.name]:
            self._read_target(each)
        for each in self.rows[PLANS.name]:
            self._read_plan(each)
        self._require_one_live_plan()
        EntryReading(self).understand()
        return self.listed

    # What rows have in common

    def organization(self, each: Listed) -> Organization | None:
        """Return the organisation of the row, in which the scope plans and sees plans; else say what is wrong."""
        code = str(each.values.get("organization") or "")
        reason = code and self.places.fault_of(code, self.scope, Right.PLAN)
        found = self.places.organization(code)
        if found and not reason and not self.scope.covers(found.path, Right.VIEW_PLANS):
            reason = f"{found.name} {NOT_COVERED}"
        if reason:
            each.fault("organization", reason)
        return None if reason else found

    def planning_round(self, each: Listed) -> PlanningRound | None:
        code = each.values.get("round")
        if code and code not in self.rounds:
            each.fault("round", WRONG_ROUND if code in self.round_rows else MISSING)
        return self.rounds.get(code)

    def paper(self, each: Listed, at: CitedIn) -> Document | None:
        citation = self.cited[id(each), at]
        fault = citation and self.papers.fault_of(citation, at, self.scope)
        if fault:
            each.fault(*fault)
        return None if fault else self.papers.document(citation, SUMMARY[at])

    def position(self, each: Listed) -> Position | None:
        """Return the position that is planned for; None where the cell is empty or wrong."""
        if "position" in each.faults:
            return None
        try:
            found = self.positions.read(each.row["position"])
        except CellError as error:
            each.fault("position", error.reason)
            return None
        if found and found.pk not in GROUP_OF_POSITION:
            each.fault("position", f"Không quy hoạch chức danh {found}. Hãy ghi chức danh khác.")
        return found

    def is_first(self, each: Listed, key: tuple, column: str, what: str) -> bool:
        """Whether no row before has said the same; else say which."""
        first = self._seen.setdefault((each.sheet, *key), each)
        if first is not each:
            each.fault(column, f"{what} đã có ở dòng {first.line}. Hãy bỏ một dòng.")
        return first is each

    # Rounds and what they rest on

    def _read_round(self, each: Listed) -> None:
        values, authority = each.values, self.organization(each)
        code = values.get("round")
        if code:
            self.round_rows.setdefault(code, each)
            self.is_first(each, ("code", code), "round", "Mã đợt này")
        opened, closed = values.get("opened"), values.get("closed")
        if opened and closed and closed < opened:
            each.fault("closed", f"Ngày kết thúc sớm hơn ngày mở đợt ({short_day(opened)}).")
        if each.faults:
            return
        key = (authority.pk, values["plan_term"], values["kind"], opened)
        if not self.is_first(each, key, "opened", "Đợt này"):
            return
        said = PlanningRound(
            authority=authority, plan_term=values["plan_term"], kind=values["kind"], opened_on=opened, closed_on=closed
        )
        known = self.known.rounds.get(key)
        self.rounds[code] = each.meant = known or said
        each.is_new = known is None
        if known:
            tell_new(each, ROUNDS, round_cells(known), round_cells(said))
            known.closed_on = known.closed_on or closed

    def _read_basis(self, each: Listed) -> None:
        planning_round, document = self.planning_round(each), self.paper(each, BASIS)
        if each.faults:
            return
        if self.is_first(each, (key_of(planning_round), id(document)), BASIS.number, "Căn cứ này của đợt"):
            each.meant = Basis(planning_round, document)
            each.is_new = (planning_round.pk, document.pk) not in self.known.basis

    def _read_target(self, each: Listed) -> None:
        planning_round, organization = self.planning_round(each), self.organization(each)
        position, group = self.position(each), each.values.get("group")
        if position and group and GROUP_OF_POSITION.get(position.pk) not in (None, group):
            each.fault("position", f"Chức danh này không thuộc nhóm {PositionGroup(group).label}.")
        if each.faults:
            return
        code = position.pk if position else None
        if not self.is_first(each, (key_of(planning_round), organization.pk, group, code), "group", "Chỉ tiêu này"):
            return
        said = PlanTarget(
            round=planning_round,
            organization=organization,
            group=group,
            position=position,
            seats=each.values["seats"],
            coefficient=each.values["coefficient"],
        )
        known = self.known.targets.get((planning_round.pk, organization.pk, group, code))
        each.meant, each.is_new = known or said, known is None
        if known:
            tell_new(each, TARGETS, target_cells(known), target_cells(said), may_change=("seats", "coefficient"))
            known.seats, known.coefficient = said.seats, said.coefficient

    # Plans of organisations

    def _read_plan(self, each: Listed) -> None:
        values = each.values
        planning_round, organization = self.planning_round(each), self.organization(each)
        submission, decision = (self.paper(each, at) for at in (SUBMISSION, DECISION))
        self._check_plan(each)
        if each.faults:
            return
        key = (key_of(planning_round), organization.pk, values["group"], values["submitted"])
        if not self.is_first(each, key, "submitted", "Quy hoạch này, trình ngày này,"):
            return
        said = PlanApproval(
            round=planning_round,
            organization=organization,
            group=values["group"],
            submitted_on=values["submitted"],
            submission=submission,
            due_on=values.get("due"),
            explanation=values.get("explanation") or "",
            approved_on=values.get("approved"),
            decision=decision,
            returned_on=values.get("returned"),
            return_reason=values.get("return_reason") or "",
        )
        known = self.known.plans.get((planning_round.pk, organization.pk, values["group"], values["submitted"]))
        each.meant, each.is_new = known or said, known is None
        self.plans[key] = each.meant
        if known:
            tell_new(each, PLANS, plan_cells(known), plan_cells(said))
            if known.returned_on and said.approved_on:
                each.fault("approved", f"Trong sổ, quy hoạch này đã trả lại ngày {short_day(known.returned_on)}.")
            if known.approved_on and said.returned_on:
                each.fault("returned", f"Trong sổ, quy hoạch này đã phê duyệt ngày {short_day(known.approved_on)}.")
            for name in (
                "approved_on",
                "decision",
                "returned_on",
                "return_reason",
                "submission",
                "due_on",
                "explanation",
            ):
                setattr(known, name, getattr(known, name) or getattr(said, name))

    def _check_plan(self, each: Listed) -> None:
        values = each.values
        submitted, approved, returned = (values.get(key) for key in ("submitted", "approved", "returned"))
        decided = self.cited[id(each), DECISION]
        if approved and not decided:
            each.fault(DECISION.number, "Đã phê duyệt thì phải có quyết định.")
        if decided and not approved:
            each.fault("approved", "Đã ghi quyết định thì phải ghi ngày phê duyệt.")
        if submitted and approved and approved < submitted:
            each.fault("approved", f"Ngày phê duyệt sớm hơn ngày trình ({short_day(submitted)}).")
        if submitted and returned and returned < submitted:
            each.fault("returned", f"Ngày trả lại sớm hơn ngày trình ({short_day(submitted)}).")
        if returned and approved:
            each.fault("returned", "Quy hoạch đã phê duyệt thì không trả lại. Hãy xóa một trong hai ngày.")
        if returned and not values.get("return_reason"):
            each.fault("return_reason", "Đã trả lại thì phải ghi lý do.")
        if values.get("return_reason") and not returned:
            each.fault("returned", "Đã ghi lý do trả lại thì phải ghi ngày trả lại.")

    def _require_one_live_plan(self) -> None:
        """Say where a group would have two plans that are not returned, in the file or with one of the register."""
        live: dict[tuple, PlanApproval] = {}
        rows = {id(each.meant): each for each in self.rows[PLANS.name] if each.meant}
        for (planning_round, organization, group, submitted), approval in self.plans.items():
            if approval.returned_on:
                continue
            other = live.setdefault((planning_round, organization, group), approval)
            each = rows.get(id(approval)) or rows.get(id(other))
            if other is not approval and each:
                each.fault(
                    "submitted",
                    f"Nhóm này của tổ chức trong đợt đã trình ngày {short_day(min(submitted, other.submitted_on))} mà "
                    "không trả lại. Hãy ghi ngày trả lại của lần trước, hoặc bỏ dòng này.",
                )
