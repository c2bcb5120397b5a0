"""Reads of ballots: who stands in a step, what each step gave, and who goes on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q

from common.formats import percent
from common.periods import today
from organizations.models import Organization
from organizations.scope import Scope
from planning.checks.numbers import number_range
from planning.facts import facts_of_plan
from planning.models import BallotResult, BallotStep, PlanEntry, PlanningRound, PositionGroup
from regulations.models import RuleCode

# Offered beside those that the register knows; which bodies vote, and in how many steps, is data (DOMAIN.md §6).
COMMON_BODIES = (
    "Hội nghị cán bộ chủ chốt",
    "Hội nghị Ban Chấp hành",
    "Hội nghị Ban Chấp hành mở rộng",
    "Hội nghị Ban Thường vụ",
    "Hội nghị tập thể lãnh đạo",
    "Hội nghị chi bộ",
)
MOST_BODIES = 30  # offered for choice


@dataclass(frozen=True)
class Tally:
    """One step with its results, the most votes first."""

    step: BallotStep
    results: Sequence[BallotResult]

    @property
    def rows(self) -> list[tuple[BallotResult, str]]:
        """Each result with its share of the base: 80,00 % (12/15)."""
        return [(result, percent(result.votes, self.step.base_count)) for result in self.results]

    @property
    def going_on(self) -> int:
        return sum(result.goes_on for result in self.results)


@dataclass(frozen=True)
class Aim:
    """How many people the plan is to hold, and who is in it already (by person) and stays."""

    least: int
    most: int
    there: frozenset[int]


@dataclass(frozen=True)
class BallotSheet:
    """What the grid of one ballot is made of. `step` is None while it is not recorded; `former` are its results."""

    round: PlanningRound
    organization: Organization
    group: PositionGroup
    number: int
    before: BallotStep | None
    step: BallotStep | None
    candidates: Sequence[PlanEntry]
    former: Mapping[int, BallotResult]
    is_last: bool

    @property
    def version(self) -> str:
        """What a form sends back to say from which record it began; empty while the step is not recorded."""
        return f"{self.step.pk}.{self.step.edition}" if self.step else ""

    @cached_property
    def aim(self) -> Aim | None:
        return aim_of(self.round, self.organization, self.group)


def ballot_sheet(
    planning_round: PlanningRound, organization: Organization, group: PositionGroup, number: int | None = None
) -> BallotSheet:
    """Return the sheet of the step of that number, or of the next one to be recorded; by a fixed number of queries."""
    steps = list(BallotStep.objects.of_plan(planning_round, organization, group))
    number = min(number or len(steps) + 1, len(steps) + 1)
    step = steps[number - 1] if number <= len(steps) else None
    results = step.results.all() if step else ()
    return BallotSheet(
        round=planning_round,
        organization=organization,
        group=group,
        number=number,
        before=steps[number - 2] if number > 1 else None,
        step=step,
        candidates=candidates_of(planning_round, organization, group, number),
        former={result.entry_id: result for result in results},
        is_last=number >= len(steps),
    )


def candidates_of(
    planning_round: PlanningRound, organization: Organization, group: str, number: int
) -> list[PlanEntry]:
    """Return who stands in the ballot of this number: introduced in the round, and not stopped by a ballot before it.

    Whoever was introduced after an earlier ballot joins; whoever has a result in this one already still counts, though
    taken out since. In the order of positions and names.
    """
    results = BallotResult.objects.filter(
        step__round=planning_round, step__organization=organization, step__group=group
    )
    stopped = results.filter(step__number__lt=number, goes_on=False)
    there = Q(valid_to__isnull=True) | Q(pk__in=results.filter(step__number=number).values("entry"))
    entries = planning_round.entries.filter(
        there, organization=organization, position__in=PositionGroup(group).positions, valid_from__isnull=True
    )
    entries = entries.exclude(pk__in=stopped.values("entry"))
    return list(entries.select_related("person", "position", "organization").in_listing_order())


def tallies(planning_round: PlanningRound, organization: Organization, group: str) -> list[Tally]:
    """Return every step of the plan with its results, by two queries."""
    steps = list(BallotStep.objects.of_plan(planning_round, organization, group))
    results = BallotResult.objects.filter(step__in=steps).select_related("step", "entry__person", "entry__position")
    by_step: dict[int, list[BallotResult]] = {step.pk: [] for step in steps}
    for result in results.order_by("entry__position__rank", "-votes", "entry__person__sort_key", "pk"):
        by_step[result.step_id].append(result)
    return [Tally(step, by_step[step.pk]) for step in steps]


def aim_of(planning_round: PlanningRound, organization: Organization, group: str) -> Aim | None:
    """Return how many people the organisation's plan for the group is to hold; None while no target is set."""
    facts = facts_of_plan(planning_round, organization, group, today())
    if facts.target is None:
        return None
    least, most = number_range(facts.target, facts.book.value(RuleCode.PLAN_LEAST_COEFFICIENT))
    return Aim(least, most, frozenset(entry.person_id for entry in facts.kept))


def bodies_known(scope: Scope) -> list[str]:
    """Return the conferences to offer: those of the ballots in the scope, the most frequent first, then common ones."""
    known = BallotStep.objects.visible_to(scope).order_by().values("body").annotate(times=Count("pk"))
    used = known.order_by("-times", "body").values_list("body", flat=True)[:MOST_BODIES]
    return list(dict.fromkeys([*used, *COMMON_BODIES]))
