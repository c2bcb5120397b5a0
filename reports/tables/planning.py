"""The results of planning: for each organisation and group of positions how many are planned, what they are together.

Counts alone, as on the coverage board, and no names. What a few people are together would name them to whoever knows
their organisation: that is told to those who may see the names in its plan.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.urls import reverse

from common.formats import grouped
from organizations.models import OrganizationVersion
from organizations.scope import Right
from planning.coverage.reads import read_facts
from planning.coverage.reckoning import Cell as BoardCell
from planning.coverage.reckoning import Planned, Post, Situation, make_row
from planning.coverage.reckoning import Row as BoardRow
from planning.facts import PlanKey, by_plan, level_of
from planning.models import PlanApproval, PlanTarget, PositionGroup
from regulations.models import RuleCode
from regulations.retirement import RetirementTable
from regulations.rulebook import Rulebook
from reports.dashboards.standing import Standing, standing_of
from reports.dashboards.structure import OF_PEOPLE
from reports.frame import Frame
from reports.tables.base import UNKNOWN, Cell, Column, Group, Row, StandardTable, Table
from reports.tables.levels import LevelOptions, is_of_every_level
from reports.tables.rules import rules_in_words
from reports.tables.shares import NO_SHARE, share_cells, share_columns

FEW = 5  # of fewer people it is not told what they are together
LEVELS = {
    "upper": "đảng bộ cấp trên trực tiếp cơ sở",
    "grassroots": "tổ chức cơ sở đảng",
    "beneath": "tổ chức trực thuộc đảng bộ cơ sở",
}
RULES = (
    RuleCode.PLAN_WOMEN_PERCENT,
    RuleCode.PLAN_YOUNG_PERCENT,
    RuleCode.PLAN_ETHNIC_MINORITY,
    RuleCode.PLAN_LEAST_COEFFICIENT,
    RuleCode.PLAN_MOST_COEFFICIENT,
    RuleCode.PLAN_PEOPLE_PER_POSITION,
)
COLUMNS = (
    Column("organization", "Tổ chức đảng", 34),
    Column("group", "Nhóm chức danh", 22),
    Column("seats", "Số vị trí", 8, css="num", missing=UNKNOWN, summed=True),
    Column("target", "Chỉ tiêu nhiều nhất", 9, css="num", summed=True),
    Column("in_plan", "Đã duyệt", 8, css="num", summed=True),
    Column("awaiting", "Chờ phê duyệt", 8, css="num", summed=True),
    Column("coefficient", "Hệ số đạt", 8, css="num"),
    *(column for key, label, _ in OF_PEOPLE for column in share_columns(key, label)),
    Column("state", "Tình trạng", 18),
    Column("approved_on", "Ngày phê duyệt", 12, css="day"),
    Column("decision", "Quyết định", 24),
)


@dataclass(frozen=True)
class Plan:
    """The plan of an organisation for a group of positions on a day; a person counts once in it.

    `cells` are those of its posts on the coverage board; `targets` those set for it, `approval` the last one.
    """

    version: OrganizationVersion
    group: PositionGroup
    cells: Sequence[BoardCell]
    in_plan: Sequence[Planned]
    awaiting: int
    targets: Mapping[str | None, PlanTarget]
    approval: PlanApproval | None

    @property
    def is_there(self) -> bool:
        return bool(self.cells or self.has_begun)

    @property
    def has_begun(self) -> bool:
        """Whether anything was done about it: a target set, somebody introduced, a plan approved."""
        return bool(self.in_plan or self.awaiting or self.targets or self.approval)

    @property
    def set_targets(self) -> list[PlanTarget]:
        """The target of the whole group; else those of its single positions."""
        return [self.targets[None]] if None in self.targets else list(self.targets.values())

    @property
    def seats(self) -> int | None:
        """As many as the target says; without one, as the coverage board has them."""
        if self.set_targets:
            return sum(target.seats for target in self.set_targets)
        seats = [cell.seats for cell in self.cells]
        return None if None in seats or not seats else sum(seats)

    @property
    def coefficient(self) -> Decimal | None:
        if not (self.seats and self.in_plan):
            return None
        return (Decimal(len(self.in_plan)) / self.seats).quantize(Decimal("0.01"), ROUND_HALF_UP)

    @property
    def state(self) -> str:
        """As on the coverage board, with the posts for which nobody is planned while somebody is for others."""
        if not (self.in_plan or self.awaiting):
            return Situation.MISSING.label
        told = Situation.APPROVED.label if self.in_plan else Situation.IN_PROGRESS.label
        missing = [cell.post.label for cell in self.cells if cell.state == Situation.MISSING]
        return f"{told}; chưa có {', '.join(missing)}" if missing else told


def make(frame: Frame, options: Mapping[str, object]) -> Table:
    """Return the plans of the frame's plan term on its day: its organisation's own, then those beneath by group."""
    standing = standing_of(frame, every_kind=is_of_every_level(options))
    plans = read_plans(standing) if frame.plan_term else []
    top = frame.organization.organization_id
    own = [plan for plan in plans if plan.version.organization_id == top]
    beneath = _by_level_and_group([plan for plan in plans if plan.version.organization_id != top])
    shown = {f"Quy hoạch của {frame.organization.name}": own} if own else {}
    shown |= {title: those for title, those in beneath.items() if any(plan.has_begun for plan in those)}
    return Table(
        columns=COLUMNS,
        groups=[Group(title, [_row(plan, frame) for plan in those]) for title, those in shown.items()],
        unit="quy hoạch",
        notes=[
            *_notes(own, frame),
            *(
                f"{title}: chưa tổ chức nào quy hoạch ({grouped(len(those))} tổ chức có chức danh này)."
                for title, those in beneath.items()
                if title not in shown
            ),
            *rules_in_words(Rulebook.of(frame.day), RULES),
        ],
    )


def read_plans(standing: Standing) -> list[Plan]:
    """Return the plans of the standing organisations, in the order of the tree and of the groups. Six queries."""
    ids = [version.organization_id for version in standing.places]
    facts = read_facts(ids, plan_term=standing.plan_term, scope=standing.scope, day=standing.day)
    ages, targets, approvals = RetirementTable.load(), _targets(standing, ids), _approvals(standing, ids)
    found = []
    for version in standing.places:
        here = facts[version.organization_id]
        row = make_row(version, here, ages)
        for group in PositionGroup:
            key = (version.organization_id, group.value)
            plan = _plan(row, group, here.planned, targets[key], approvals.get(key))
            if plan.is_there:
                found.append(plan)
    return found


def _plan(
    row: BoardRow,
    group: PositionGroup,
    planned: Iterable[Planned],
    targets: Mapping[str | None, PlanTarget],
    approval: PlanApproval | None,
) -> Plan:
    here = [each for each in planned if each.position in group.positions]
    in_plan = {each.person: each for each in here if each.is_in_plan}
    return Plan(
        version=row.version,
        group=group,
        cells=[cell for post in _posts(group) for cell in row.cells_of(post)],
        in_plan=list(in_plan.values()),
        awaiting=len({each.person for each in here} - set(in_plan)),
        targets=targets,
        approval=approval,
    )


def _posts(group: PositionGroup) -> list[Post]:
    return [post for post in Post if set(post.positions) <= set(group.positions)]


def _targets(standing: Standing, ids: Sequence[int]) -> dict[PlanKey, dict[str | None, PlanTarget]]:
    """Return the targets by plan and position, each as the last of the rounds opened by the day set it."""
    targets = PlanTarget.objects.visible_to(standing.scope).filter(organization__in=ids)
    targets = targets.filter(round__plan_term=standing.plan_term, round__opened_on__lte=standing.day)
    return by_plan(targets)


def _approvals(standing: Standing, ids: Sequence[int]) -> dict[PlanKey, PlanApproval]:
    """Return the last approval of each plan by the day."""
    approvals = PlanApproval.objects.visible_to(standing.scope).filter(organization__in=ids)
    approvals = approvals.filter(round__plan_term=standing.plan_term, approved_on__lte=standing.day)
    in_order = approvals.select_related("decision").order_by("approved_on", "pk")
    return {(approval.organization_id, approval.group): approval for approval in in_order}


def _by_level_and_group(plans: Sequence[Plan]) -> dict[str, list[Plan]]:
    """Return the plans under the titles of their groups, from the upper level downwards."""
    found = {}
    for level, places in LEVELS.items():
        for group in PositionGroup:
            here = [plan for plan in plans if plan.group == group and level_of(plan.version.kind) == level]
            if here:
                found[f"{group.label} của các {places}"] = here
    return found


def _row(plan: Plan, frame: Frame) -> Row:
    version, approval = plan.version, plan.approval
    shown = len(plan.in_plan) >= FEW or frame.scope.covers(version.path, Right.VIEW_PLANS)
    return (
        Cell(version.name, reverse("personnel:organization_detail", args=[version.code])),
        Cell(plan.group.label),
        Cell(plan.seats),
        Cell(sum(target.most for target in plan.set_targets) or None),
        Cell(len(plan.in_plan)),
        Cell(plan.awaiting),
        Cell(plan.coefficient),
        *(cell for _, _, tells in OF_PEOPLE for cell in _share(plan, tells, frame, shown=shown)),
        Cell(plan.state),
        Cell(approval and approval.approved_on),
        Cell(approval and str(approval.decision)),
    )


def _share(plan: Plan, tells, frame: Frame, *, shown: bool) -> tuple[Cell, ...]:
    return share_cells(tells(each, frame.day) for each in plan.in_plan) if shown else NO_SHARE


def _notes(own: Iterable[Plan], frame: Frame) -> Iterator[str]:
    if not frame.plan_term:
        yield "Chưa có đợt quy hoạch nào."
        return
    yield f"Quy hoạch nhiệm kỳ {frame.plan_term}; chỉ đếm số lượng, không nêu tên."
    people = {each.person for plan in own for each in plan.in_plan}
    told = f"; cả {frame.organization.name} có {grouped(len(people))} đồng chí trong quy hoạch đã duyệt"
    yield "Đồng chí quy hoạch nhiều nhóm chức danh hoặc ở nhiều tổ chức được tính ở từng dòng" + (
        f"{told}." if people else "."
    )
    yield "Số vị trí: theo chỉ tiêu của đợt quy hoạch; chưa đặt chỉ tiêu thì theo số lượng cấp ủy được duyệt."
    yield "Hệ số đạt: số đã duyệt chia cho số vị trí. Tỷ lệ tính trên số đã duyệt và đã có số liệu."
    if not frame.shows_plan_names:
        yield f"Cơ cấu của quy hoạch dưới {FEW} người chỉ hiện với người được xem tên trong quy hoạch."


TABLE = StandardTable(
    key="ket-qua-quy-hoach",
    name="Kết quả quy hoạch",
    sheet="Kết quả quy hoạch",
    answers="Mỗi tổ chức đã quy hoạch bao nhiêu người cho từng nhóm chức danh, theo quyết định nào.",
    make=make,
    of_period=False,
    options=LevelOptions,
    empty="Chưa có quy hoạch nào trong phạm vi đã chọn.",
)
