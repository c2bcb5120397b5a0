"""The plan of an organisation in a round as its page shows it, group by group; by a fixed number of queries.

It names people: whoever shows it journals that.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from common.formats import percent
from organizations.models import Document, Organization
from organizations.scope import Scope
from planning.ballots import Tally
from planning.checks import check_plan
from planning.comparison import aim_in_words
from planning.effects import Number, numbers_of
from planning.facts import PlanFacts, facts_of_plans
from planning.gathering import Said, gathered
from planning.models import (
    BallotResult,
    BallotStep,
    PlanApproval,
    PlanEntry,
    PlanJudgement,
    PlanningRound,
    PositionGroup,
    ReviewVerdict,
)
from planning.papers import papers_of
from planning.progress import Cell, state_of

# What is said of a person, and by which icon.
IN_PLAN, LEAVING = ("confirmed", "Trong quy hoạch"), ("returned", "Sẽ đưa ra")
REMOVED, STOPPED = ("withdrawn", "Đã đưa ra"), ("refused", "Không đủ phiếu")
SUBMITTED, INTRODUCED = ("submitted", "Đã trình"), ("draft", "Đang giới thiệu")


@dataclass(frozen=True)
class PersonRow:
    """Somebody in the plan, introduced into it, or taken out since the round was opened."""

    entry: PlanEntry
    state: tuple[str, str]  # icon and word
    result: BallotResult | None  # of the last ballot
    verdict: ReviewVerdict | None

    @property
    def has_left(self) -> bool:
        return self.state == REMOVED

    @property
    def share(self) -> str:
        """What the last ballot gave: 80,00 % (12/15)."""
        return percent(self.result.votes, self.result.step.base_count) if self.result else ""


@dataclass(frozen=True)
class GroupPlan:
    """The plan for one group. `approval` is the one that stands, `returned` those that came back, the last first."""

    group: PositionGroup
    facts: PlanFacts
    cell: Cell
    rows: Sequence[PersonRow]
    tallies: Sequence[Tally]
    approval: PlanApproval | None
    returned: Sequence[PlanApproval]
    said: Sequence[Said]  # by the rules: as they stand while the plan is made, as they were once it is submitted

    @property
    def aim(self) -> str:
        return aim_in_words(self.facts.target, self.facts.book)

    @property
    def numbers(self) -> list[Number]:
        return numbers_of(self.facts)

    @property
    def numbers_in_words(self) -> str:
        """How many there are of how many there may be: 30/40 đồng chí; Bí thư 2/3 đồng chí, Phó Bí thư 3/3 đồng chí."""
        shares = [(each.label, _share(each)) for each in self.numbers]
        return ", ".join(f"{label} {share}" if self.shows_positions else share for label, share in shares)

    @property
    def papers(self) -> list[tuple[str, str]]:
        """The papers that can be written of what was submitted: kind and name."""
        return papers_of(self.approval) if self.approval else []

    @property
    def is_empty(self) -> bool:
        return not (self.rows or self.tallies or self.approval or self.returned or self.facts.target)

    @property
    def has_to_review(self) -> bool:
        return self.facts.round.is_review and bool(self.facts.kept or self.facts.leaving)

    @property
    def shows_positions(self) -> bool:
        return len(self.group.positions) > 1


@dataclass(frozen=True)
class Workspace:
    """The plans of the groups. `is_live`: looked at on the day itself, in a round that is open."""

    groups: Sequence[GroupPlan]
    opened_papers: frozenset[int]  # keys of documents whose own page is in the scope
    is_live: bool

    @property
    def names_somebody(self) -> bool:
        return any(plan.rows for plan in self.groups)


def workspace(
    planning_round: PlanningRound, organization: Organization, *, user, day: date, is_live: bool
) -> Workspace:
    """Return the organisation's plans in the round as they stood on `day`, or when the round was closed.

    `is_live` asks for what the rules say now of plans that are still made.
    """
    scope = user.scope
    as_at = min(day, planning_round.closed_on or day)
    facts = facts_of_plans(planning_round, [(organization, group) for group in PositionGroup], as_at)
    approvals = _approvals(planning_round, organization, user, as_at)
    rows = _rows(planning_round, organization, scope, as_at)
    tallies = _tallies(planning_round, organization, as_at)
    kept = _judgements(approvals)
    groups = []
    for group in PositionGroup:
        mine = [each for each in approvals if each.group == group]
        approval = next((each for each in mine if not _is_returned(each, as_at)), None)
        plan = facts[organization.pk, group] if is_live else _as_it_was(facts[organization.pk, group], rows[group])
        findings = kept[approval.pk] if approval else check_plan(plan) if is_live and rows[group] else []
        groups.append(
            GroupPlan(
                group=group,
                facts=plan,
                cell=state_of(planning_round, approval or next(iter(mine), None), _counts(rows[group]), as_at),
                rows=rows[group],
                tallies=tallies[group],
                approval=approval,
                returned=[each for each in mine if _is_returned(each, as_at)],
                said=gathered(findings),
            )
        )
    return Workspace(groups, _opened_papers(approvals, scope), is_live)


def _share(number: Number) -> str:
    return f"{number.count} đồng chí" if number.most is None else f"{number.count}/{number.most} đồng chí"


def _as_it_was(plan: PlanFacts, rows: Sequence[PersonRow]) -> PlanFacts:
    """Return the facts with the people of a day gone by."""
    return replace(
        plan,
        kept=[row.entry for row in rows if row.state == IN_PLAN],
        added=[row.entry for row in rows if row.state in (SUBMITTED, INTRODUCED)],
        leaving=[row.verdict for row in rows if row.state == LEAVING],
        dropped=[row.entry for row in rows if row.state == STOPPED],
    )


def _is_returned(approval: PlanApproval, day: date) -> bool:
    return approval.returned_on is not None and approval.returned_on <= day


def _approvals(planning_round: PlanningRound, organization: Organization, user, day: date) -> list[PlanApproval]:
    """Return the plans submitted by `day`, the last first, with what the user may do with each."""
    plans = planning_round.approvals.filter(organization=organization, submitted_on__lte=day)
    named = ("decision", "submission", "submitted_by")
    return list(plans.with_moves_of(user).select_related(*named).order_by("-submitted_on", "-pk"))


def _rows(
    planning_round: PlanningRound, organization: Organization, scope: Scope, day: date
) -> dict[str, list[PersonRow]]:
    """Return the people of each group: those there first, then those who have left since the round was opened."""
    new = Q(round=planning_round, introduced_on__lte=day)
    there = Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=planning_round.opened_on))
    entries = PlanEntry.objects.visible_to(scope).filter(new | there, organization=organization)
    entries = entries.filter(plan_term=planning_round.plan_term).with_names().with_open_people(scope)
    verdicts = {each.entry_id: each for each in planning_round.verdicts.filter(entry__organization=organization)}
    results = _last_results(planning_round, organization, day)
    rows: dict[str, list[PersonRow]] = defaultdict(list)
    for entry in entries.with_state_on(day).in_listing_order():
        result, verdict = results.get(entry.pk), verdicts.get(entry.pk)
        rows[entry.group].append(PersonRow(entry, _state(entry, result, verdict), result, verdict))
    return defaultdict(list, {group: sorted(people, key=lambda row: row.has_left) for group, people in rows.items()})


def _state(entry: PlanEntry, result: BallotResult | None, verdict: ReviewVerdict | None) -> tuple[str, str]:
    if entry.state_on_day == "removed":
        return REMOVED
    if entry.state_on_day == "in_plan":
        return LEAVING if verdict and verdict.takes_out else IN_PLAN
    if entry.approval_id:
        return SUBMITTED
    return STOPPED if result and not result.goes_on else INTRODUCED


def _last_results(planning_round: PlanningRound, organization: Organization, day: date) -> dict[int, BallotResult]:
    results = BallotResult.objects.filter(
        step__round=planning_round, step__organization=organization, step__held_on__lte=day
    )
    return {result.entry_id: result for result in results.select_related("step").order_by("step__number", "pk")}


def _tallies(planning_round: PlanningRound, organization: Organization, day: date) -> dict[str, list[Tally]]:
    """Return the steps of each group, in order, with their results."""
    steps = BallotStep.objects.filter(round=planning_round, organization=organization, held_on__lte=day)
    tallies: dict[str, list[Tally]] = defaultdict(list)
    for step in steps.order_by("number").prefetch_related("results"):
        tallies[step.group].append(Tally(step, step.results.all()))
    return tallies


def _judgements(approvals: Iterable[PlanApproval]) -> Mapping[int, list[PlanJudgement]]:
    """Return what was kept of the rules for each plan: when it was approved, else when it was submitted."""
    kept: dict[int, list[PlanJudgement]] = defaultdict(list)
    approved = {each.pk for each in approvals if each.approved_on}
    for judgement in PlanJudgement.objects.filter(approval__in=list(approvals)).order_by("-severity", "pk"):
        at_approval = judgement.stage == PlanJudgement.Stage.APPROVAL
        if at_approval == (judgement.approval_id in approved):
            kept[judgement.approval_id].append(judgement)
    return kept


def _counts(rows: Sequence[PersonRow]) -> dict[str, int]:
    """Return how many people the rows count, each once, as a state of a plan tells them."""
    planned = {row.entry.person_id for row in rows if row.entry.state_on_day == "in_plan"}
    said = {row.entry.person_id for row in rows if row.entry.state_on_day == "in_plan" and row.verdict}
    introduced = {row.entry.person_id for row in rows if row.entry.state_on_day == "awaiting"}
    return {"introduced": len(introduced), "planned": len(planned), "reviewed": len(said)}


def _opened_papers(approvals: Iterable[PlanApproval], scope: Scope) -> frozenset[int]:
    papers = {pk for each in approvals for pk in (each.decision_id, each.submission_id) if pk}
    return frozenset(Document.objects.visible_to(scope).filter(pk__in=papers).values_list("pk", flat=True))
