"""What a round changed in a plan: who came in, who left, who stayed. For the file, and to end a review with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from organizations.models import Organization
from planning.checks.numbers import number_range
from planning.facts import PlanFacts, facts_of_plan, targets_in_force
from planning.models import PlanApproval, PlanEntry, PlanningRound, PlanTarget, PositionGroup, ReviewVerdict
from planning.querysets import PlanEntryQuerySet, in_plan
from regulations.models import RuleCode
from regulations.rulebook import Rulebook


@dataclass(frozen=True)
class Leaving:
    """Somebody who leaves the plan: by the review (`when` None until it is approved), or at once before it."""

    entry: PlanEntry
    reason: str  # in words
    when: date | None
    note: str = ""


@dataclass(frozen=True)
class Count:
    """How many people the plan had before the round and has after it: for one position, or for the whole group.

    A person counts once in each number. Whoever leaves one position of the group and stays in another stays in the
    group.
    """

    label: str
    before: int
    coming: int
    leaving: int
    staying: int
    after: int


@dataclass(frozen=True)
class Comparison:
    """The plan of an organisation for a group before a round and after it."""

    group: PositionGroup
    coming: Sequence[PlanEntry]
    leaving: Sequence[Leaving]
    staying: Sequence[PlanEntry]
    approval: PlanApproval | None  # submitted, and approved when `is_final`
    is_final: bool  # else as it would be
    aim: str  # the number that was aimed at, in words; empty when no target was set

    @property
    def counts(self) -> list[Count]:
        """The numbers of each position, then of the group; of a group of one position the latter alone."""
        return count_by_position(self.group, self.coming, [each.entry for each in self.leaving], self.staying)


def count_by_position(
    group: PositionGroup, coming: Sequence[PlanEntry], leaving: Sequence[PlanEntry], staying: Sequence[PlanEntry]
) -> list[Count]:
    """Return how many people come, leave and stay: in each position of the group, if it has several, then in all."""
    everybody = [*coming, *leaving, *staying]
    names = {entry.position_id: entry.position.name for entry in everybody}
    by_position = []
    for code in group.positions if len(group.positions) > 1 else ():
        parts = ([entry for entry in part if entry.position_id == code] for part in (coming, leaving, staying))
        by_position.append(_count(names.get(code, ""), *parts))
    return [*(each for each in by_position if each.label), _count("Cả nhóm", coming, leaving, staying)]


def _count(
    label: str, coming: Sequence[PlanEntry], leaving: Sequence[PlanEntry], staying: Sequence[PlanEntry]
) -> Count:
    comes, leaves, stays = ({entry.person_id for entry in part} for part in (coming, leaving, staying))
    before, after = leaves | stays, comes | stays
    return Count(
        label,
        before=len(before),
        coming=len(after - before),
        leaving=len(before - after),
        staying=len(before & after),
        after=len(after),
    )


def compare(planning_round: PlanningRound, organization: Organization, group: str, day: date) -> Comparison:
    """Return what the round changes in the plan, as approved, or as it would be if approved on `day`.

    Before is the plan on the day on which the round was opened.
    """
    approvals = planning_round.approvals.live().filter(organization=organization, group=group)
    approval = approvals.select_related("decision").first()
    if approval and approval.approved_on:
        return _as_approved(approval, planning_round, organization)
    facts = facts_of_plan(planning_round, organization, group, day)
    return _as_foreseen(facts, _left(planning_round, organization, group), approval)


def _as_foreseen(facts: PlanFacts, left: Sequence[Leaving], approval: PlanApproval | None) -> Comparison:
    come = [entry for entry in facts.kept if not _was_there(entry, facts.round)]  # by another round meanwhile
    leaving = [verdict for verdict in facts.leaving if _was_there(verdict.entry, facts.round)]
    return Comparison(
        group=facts.group,
        coming=[*come, *facts.added],
        leaving=[*left, *map(_going, leaving)],
        staying=[entry for entry in facts.kept if _was_there(entry, facts.round)],
        approval=approval,
        is_final=False,
        aim=aim_in_words(facts.target, facts.book),
    )


def _going(verdict: ReviewVerdict) -> Leaving:
    return Leaving(verdict.entry, verdict.get_reason_display(), None, verdict.note)


def _as_approved(approval: PlanApproval, planning_round: PlanningRound, organization: Organization) -> Comparison:
    day = approval.approved_on
    plan = _plan(planning_round, organization, approval.group)
    after = list(plan.filter(in_plan(day, day)))
    targets = targets_in_force(planning_round, [organization.pk])[organization.pk, approval.group]
    return Comparison(
        group=PositionGroup(approval.group),
        coming=[entry for entry in after if not _was_there(entry, planning_round)],
        leaving=[each for each in _left(planning_round, organization, approval.group) if each.when <= day],
        staying=[entry for entry in after if _was_there(entry, planning_round)],
        approval=approval,
        is_final=True,
        aim=aim_in_words(targets.get(None), Rulebook.of(day)),
    )


def _left(planning_round: PlanningRound, organization: Organization, group: str) -> list[Leaving]:
    """Return who was in the plan when the round was opened, and has been taken out since."""
    opened = planning_round.opened_on
    entries = _plan(planning_round, organization, group).filter(in_plan(opened, opened), valid_to__isnull=False)
    entries = entries.exclude(round=planning_round)
    return [Leaving(entry, entry.get_removal_reason_display(), entry.valid_to, entry.note) for entry in entries]


def _was_there(entry: PlanEntry, planning_round: PlanningRound) -> bool:
    """Whether the entry, approved, was in the plan when the round was opened; what the round lets in came later."""
    return entry.valid_from <= planning_round.opened_on and entry.round_id != planning_round.pk


def _plan(planning_round: PlanningRound, organization: Organization, group: str) -> PlanEntryQuerySet:
    entries = PlanEntry.objects.filter(
        organization=organization,
        plan_term=planning_round.plan_term,
        position__in=PositionGroup(group).positions,
    )
    return entries.with_names().in_listing_order()


def aim_in_words(target: PlanTarget | None, book: Rulebook) -> str:
    """Return how many people the target wants: "từ 15 đến 22 đồng chí (15 vị trí, hệ số 1,5)"; empty without one."""
    if target is None:
        return ""
    least, most = number_range(target, book.value(RuleCode.PLAN_LEAST_COEFFICIENT))
    coefficient = f"{target.coefficient.normalize():f}".replace(".", ",")
    return f"từ {least} đến {most} đồng chí ({target.seats} vị trí, hệ số {coefficient})"
