"""How far a round has come in each organisation, group by group. No names: counts and states are no secret."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, Q, TextChoices, Value, When

from common.formats import grouped, padded, short_day
from common.vietnamese import search_key
from organizations.models import OrganizationVersion
from organizations.scope import Right, Scope
from planning.models import PlanApproval, PlanEntry, PlanningRound, PositionGroup
from planning.querysets import awaiting_approval, in_plan

PlanKey = tuple[int, str]  # the organisation and the position group of a plan


class State(TextChoices):
    """How far the plan of an organisation for a group has come in a round."""

    MISSING = "missing", "Chưa giới thiệu"
    UNREVIEWED = "unreviewed", "Chưa rà soát"
    INTRODUCING = "introducing", "Đang giới thiệu"
    REVIEWING = "reviewing", "Đang rà soát"
    RETURNED = "returned", "Trả lại"
    SUBMITTED = "submitted", "Đã trình"
    OVERDUE = "overdue", "Quá hạn phê duyệt"
    APPROVED = "approved", "Đã phê duyệt"

    @property
    def mark(self) -> str:
        """The icon, among those of the dossiers' states."""
        return MARKS.get(self, self.value)


MARKS = {
    State.MISSING: "withdrawn",
    State.UNREVIEWED: "withdrawn",
    State.INTRODUCING: "draft",
    State.REVIEWING: "draft",
    State.APPROVED: "confirmed",
}


@dataclass(frozen=True)
class Cell:
    """One plan: its state on a day, the day on which it came there, and how many people it counts, each once.

    `introduced` wait for approval, `planned` are in the plan, of whom this review has looked at `reviewed`.
    """

    state: State
    on: date | None = None
    introduced: int = 0
    planned: int = 0
    reviewed: int = 0
    due_on: date | None = None

    @property
    def details(self) -> list[str]:
        """What stands beneath the state, in words."""
        said = [f"ngày {short_day(self.on)}"] if self.on else []
        said += [f"hạn {short_day(self.due_on)}"] if self.due_on else []
        said += [f"giới thiệu {grouped(self.introduced)} người"] if self.introduced else []
        if self.reviewed:
            said.append(f"rà soát {grouped(self.reviewed)}/{grouped(self.planned)} người")
        elif self.planned:
            said.append(f"quy hoạch {grouped(self.planned)} người")
        return said


@dataclass(frozen=True)
class Row:
    """An organisation with its plan for each group; None where nothing is asked of it there.

    `opens`: whether the names in its plan may be seen.
    """

    organization: OrganizationVersion
    cells: Sequence[tuple[PositionGroup, Cell | None]]
    opens: bool

    @property
    def states(self) -> set[State]:
        return {cell.state for _, cell in self.cells if cell}

    @property
    def is_in_the_round(self) -> bool:
        return bool(self.states)


@dataclass(frozen=True)
class Waiting:
    """The plans of a round that wait for approval: how many, when the first is due, how many are overdue."""

    count: int
    first_due: date | None
    overdue: int

    @property
    def overdue_in_words(self) -> str:
        return f"Quá hạn: {padded(self.overdue)} quy hoạch"


@dataclass(frozen=True)
class Progress:
    """The plans of a round over the organisations of a scope, as they stood on a day."""

    cells: Mapping[PlanKey, Cell]

    @property
    def waiting(self) -> Waiting:
        states = (State.SUBMITTED, State.OVERDUE)
        there = [cell for cell in self.cells.values() if cell.state in states]
        due = min((cell.due_on for cell in there if cell.due_on), default=None)
        return Waiting(len(there), due, sum(cell.state == State.OVERDUE for cell in there))

    def row_of(self, organization: OrganizationVersion, scope: Scope) -> Row:
        cells = [(group, self.cells.get((organization.organization_id, group))) for group in PositionGroup]
        return Row(organization, cells, scope.covers(organization.path, Right.VIEW_PLANS))


def progress(planning_round: PlanningRound, *, scope: Scope, day: date) -> Progress:
    """Return how far the plans of the round had come by `day`, by a fixed number of queries."""
    targets = planning_round.targets.visible_to(scope).filter(position__isnull=True)
    wanted = set(targets.order_by().values_list("organization", "group"))
    plans = _last_plans(planning_round, scope, day)
    people = _people(planning_round, scope, day)
    asked = {*wanted, *plans, *(key for key, counts in people.items() if _asks(counts, planning_round))}
    return Progress({key: state_of(planning_round, plans.get(key), people.get(key, {}), day) for key in asked})


def _asks(counts: Mapping[str, int], planning_round: PlanningRound) -> bool:
    """Whether the people make it a plan of this round: introduced in it, or in the plan that it reviews."""
    return bool(counts["introduced"] or (planning_round.is_review and counts["planned"]))


def _last_plans(planning_round: PlanningRound, scope: Scope, day: date) -> dict[PlanKey, PlanApproval]:
    """Return what was submitted last of each plan: the one not returned by `day`, whatever day it was entered under."""
    plans = planning_round.approvals.visible_to(scope).filter(submitted_on__lte=day)
    plans = sorted(plans, key=lambda plan: (plan.returned_on is None or plan.returned_on > day, plan.pk))
    return {(plan.organization_id, plan.group): plan for plan in plans}


def _people(planning_round: PlanningRound, scope: Scope, day: date) -> dict[PlanKey, dict[str, int]]:
    groups = [When(position__in=group.positions, then=Value(group.value)) for group in PositionGroup]
    entries = PlanEntry.objects.visible_to(scope, Right.VIEW).filter(plan_term=planning_round.plan_term)
    rows = entries.annotate(plan_group=Case(*groups)).order_by().values("organization", "plan_group")
    rows = rows.annotate(
        introduced=_count(Q(round=planning_round) & awaiting_approval(day, day)),
        planned=_count(in_plan(day, day)),
        reviewed=_count(Q(verdicts__round=planning_round) & in_plan(day, day)),
    )
    return {(row["organization"], row["plan_group"]): row for row in rows}


def _count(condition: Q) -> Count:
    return Count("person", filter=condition, distinct=True)


def state_of(planning_round: PlanningRound, plan: PlanApproval | None, people: Mapping[str, int], day: date) -> Cell:
    """Return where a plan stands on `day`: `plan` is what was submitted last, `people` its counts as Cell has them."""
    counts = {name: people.get(name, 0) for name in ("introduced", "planned", "reviewed")}
    if plan and not (plan.returned_on and plan.returned_on <= day):
        if plan.approved_on and plan.approved_on <= day:
            return Cell(State.APPROVED, plan.approved_on, **counts)
        overdue = plan.due_on is not None and plan.due_on < day
        return Cell(State.OVERDUE if overdue else State.SUBMITTED, plan.submitted_on, due_on=plan.due_on, **counts)
    if plan:
        return Cell(State.RETURNED, plan.returned_on, **counts)
    if counts["reviewed"]:
        return Cell(State.REVIEWING, **counts)
    if counts["introduced"]:
        return Cell(State.INTRODUCING, **counts)
    reviews = planning_round.is_review and counts["planned"]
    return Cell(State.UNREVIEWED if reviews else State.MISSING, **counts)


def rows_of(
    made: Progress, versions: Iterable[OrganizationVersion], *, scope: Scope, beneath: str = "", day: date
) -> list[Row]:
    """Return a row for each organisation in the round, as it stood last; in the order of `versions`.

    With `beneath` ("/1/"): for each that stood there on `day`, in the round or not.
    """
    versions = list(versions)
    last: dict[int, OrganizationVersion] = {}
    for version in sorted(versions, key=lambda each: each.valid_from):
        last[version.organization_id] = version
    rows = [made.row_of(each, scope) for each in versions if last[each.organization_id] is each]
    if beneath:
        return [row for row in rows if beneath in row.organization.path and row.organization.is_in_force(day)]
    return [row for row in rows if row.is_in_the_round]


def matching(rows: Iterable[Row], *, words: str = "", state: str = "") -> list[Row]:
    """Return the rows whose organisation has all of the words in its name or code, with a plan in the state."""
    wanted = search_key(words).split()
    return [
        row
        for row in rows
        if all(word in search_key(f"{row.organization.name} {row.organization.code}") for word in wanted)
        and (not state or state in row.states)
    ]
