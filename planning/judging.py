"""What the rules say of submitted plans that one decision is to approve; the page of the act and the act both ask."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from organizations.models import Closing
from personnel.checks.books import check_stock
from planning.checks import check_plan
from planning.facts import PeopleFacts, PlanFacts, facts_of_plans
from planning.models import PlanApproval, PlanJudgement, PlanningRound
from regulations.findings import Finding

Place = tuple[int, str, str]  # an organisation, its level, a position


@dataclass(frozen=True)
class Judged:
    """A submitted plan as it would stand once approved, and what the rules of that day say of it."""

    approval: PlanApproval
    facts: PlanFacts
    findings: Sequence[Finding]

    @property
    def blocking(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.blocks]


def submitted_facts(approvals: Sequence[PlanApproval], day: date) -> dict[int, PlanFacts]:
    """Return what each plan would come to if all that was submitted were approved on `day`, by the keys of approvals.

    By a fixed number of queries for plans of one round; each further round takes as many again.
    """
    by_round: dict[PlanningRound, list[PlanApproval]] = defaultdict(list)
    for approval in approvals:
        by_round[approval.round].append(approval)
    found = {}
    for planning_round, plans in by_round.items():
        facts = facts_of_plans(planning_round, [(plan.organization, plan.group) for plan in plans], day)
        for plan in plans:
            whole = facts[plan.organization_id, plan.group]
            found[plan.pk] = replace(whole, added=[entry for entry in whole.added if entry.approval_id == plan.pk])
    return found


def judge(
    approvals: Sequence[PlanApproval],
    *,
    day: date,
    refused: Collection[int] = (),
    facts: Mapping[int, PlanFacts] | None = None,
) -> list[Judged]:
    """Return what approving the plans on `day`, without the entries `refused` (their keys), comes to.

    `facts`: what `submitted_facts` has said of these plans on that day, if it was asked already.
    """
    facts = submitted_facts(approvals, day) if facts is None else facts
    whole = [facts[approval.pk] for approval in approvals]
    given_up = _given_up(whole, refused)
    plans = [
        replace(
            each,
            added=[entry for entry in each.added if entry.pk not in refused],
            people=_without(each.people, given_up[each.round.plan_term]),
        )
        for each in whole
    ]
    books = _books_of(plans)
    judged = []
    for approval, plan in zip(approvals, plans, strict=True):
        plan = _together(plan, [other for other in plans if other is not plan and _of_one_plan(other, plan)])
        closings = [each for each in books if f"/{each.organization_id}/" in plan.organization.path]
        judged.append(Judged(approval, plan, [*check_plan(plan), *check_stock(day, closings)]))
    return judged


def _books_of(plans: Sequence[PlanFacts]) -> list[Closing]:
    """Return the closed books of the organisations and of those above them."""
    above = {int(key) for plan in plans for key in plan.organization.path.split("/") if key}
    return list(Closing.objects.standing().filter(organization__in=above))


def _of_one_plan(one: PlanFacts, other: PlanFacts) -> bool:
    """Whether both are of one organisation's plan for a group and a term: the superior's round and its own."""
    return (one.organization, one.group, one.round.plan_term) == (
        other.organization,
        other.group,
        other.round.plan_term,
    )


def _together(plan: PlanFacts, others: Sequence[PlanFacts]) -> PlanFacts:
    """Return the plan with whom the `others` let in, without whom they take out."""
    leaving = {verdict.entry_id for other in others for verdict in other.leaving}
    return replace(
        plan,
        kept=[entry for entry in plan.kept if entry.pk not in leaving],
        beside=[entry for other in others for entry in other.added],
    )


def _given_up(plans: Sequence[PlanFacts], refused: Collection[int]) -> dict[str, dict[int, set[Place]]]:
    """Return the places that people no longer stand for once the plans are approved, by plan term and person.

    They are refused there, or the review takes them out: such a place no longer counts against another.
    """
    given_up: dict[str, dict[int, set[Place]]] = defaultdict(lambda: defaultdict(set))
    for plan in plans:
        refused_here = [entry for entry in plan.added if entry.pk in refused]
        for entry in (*refused_here, *(verdict.entry for verdict in plan.leaving)):
            place = (plan.organization.pk, plan.level, entry.position_id)
            given_up[plan.round.plan_term][entry.person_id].add(place)
    return given_up


def _without(people: PeopleFacts, given_up: Mapping[int, set[Place]]) -> PeopleFacts:
    if not given_up:
        return people
    left = {person: people.planned.get(person, frozenset()) - places for person, places in given_up.items()}
    return replace(people, planned={**people.planned, **left})


def new_warnings(judged: Sequence[Judged]) -> list[tuple[Judged, Finding]]:
    """Return the warnings for which nobody has given a reason yet, each with its plan, by one query.

    What a rule says of a plan as a whole was explained when the rule warned at the submission, be the numbers other
    ones now; what it says of a person, only when it said the same of that person.
    """
    submission = PlanJudgement.Stage.SUBMISSION
    kept = PlanJudgement.objects.filter(approval__in=[each.approval for each in judged], stage=submission)
    told = set(kept.filter(severity="warn").values_list("approval", "rule", "message"))
    rules = {(approval, rule) for approval, rule, _ in told}
    return [
        (each, finding)
        for each in judged
        for finding in each.findings
        if finding.warns
        and (each.approval.pk, finding.rule, finding.message) not in told
        and (finding.place or (each.approval.pk, finding.rule) not in rules)
    ]
