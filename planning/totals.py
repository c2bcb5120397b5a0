"""What a planning round adds up to, group by group of positions. No names: a total is no secret."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Max, Min, Q, Sum

from organizations.querysets import within
from organizations.scope import Right, Scope
from planning.models import PlanEntry, PlanningRound, PositionGroup
from planning.querysets import awaiting_approval, in_plan


@dataclass(frozen=True)
class GroupTotals:
    """The totals of one position group, over the organisations of a scope, on a day. None: no target was set."""

    group: PositionGroup
    organizations: int | None
    seats: int | None
    lowest_coefficient: Decimal | None
    highest_coefficient: Decimal | None
    plans_submitted: int
    plans_approved: int
    people_in_plan: int
    people_awaiting: int

    @property
    def coefficients(self) -> str:
        """1,5 or, where they differ, 1–1,5; empty without targets."""
        ends = dict.fromkeys(each for each in (self.lowest_coefficient, self.highest_coefficient) if each)
        return "–".join(f"{each.normalize():f}".replace(".", ",") for each in ends)

    @property
    def is_empty(self) -> bool:
        return not (self.organizations or self.plans_submitted or self.people_in_plan or self.people_awaiting)


def totals(planning_round: PlanningRound, *, scope: Scope, day: date) -> list[GroupTotals]:
    """Return the totals of the round for each group that has any, in the order of the groups."""
    return [each for each in _totals(planning_round, scope, day) if not each.is_empty]


def _totals(planning_round: PlanningRound, scope: Scope, day: date) -> Iterator[GroupTotals]:
    targets = _targets(planning_round, scope)
    plans = planning_round.approvals.visible_to(scope).count_by_group(day)
    people = _people(planning_round, scope, day)
    for group in PositionGroup:
        target, plan = targets.get(group, {}), plans.get(group, {})
        yield GroupTotals(
            group=group,
            organizations=target.get("organizations"),
            seats=target.get("total"),
            lowest_coefficient=target.get("lowest"),
            highest_coefficient=target.get("highest"),
            plans_submitted=plan.get("submitted", 0),
            plans_approved=plan.get("approved", 0),
            people_in_plan=people[f"{group}_in_plan"],
            people_awaiting=people[f"{group}_awaiting"],
        )


def _targets(planning_round: PlanningRound, scope: Scope) -> dict[str, dict]:
    targets = planning_round.targets.filter(within(scope, organization="organization", day="round__opened_on"))
    rows = targets.order_by().values("group")
    rows = rows.annotate(
        organizations=Count("pk"), total=Sum("seats"), lowest=Min("coefficient"), highest=Max("coefficient")
    )
    return {row["group"]: row for row in rows}


def _people(planning_round: PlanningRound, scope: Scope, day: date) -> dict[str, int]:
    entries = PlanEntry.objects.visible_to(scope, Right.VIEW).filter(round=planning_round)
    conditions: dict[str, Q] = {}
    for group in PositionGroup:
        conditions[f"{group}_in_plan"] = Q(position__in=group.positions) & in_plan(day, day)
        conditions[f"{group}_awaiting"] = Q(position__in=group.positions) & awaiting_approval(day, day)
    return entries.count_people(**conditions)


def never_submitted(planning_round: PlanningRound) -> int:
    """Return how many people, each once, were introduced in the round and never submitted: its end takes them out."""
    entries = planning_round.entries.filter(approval__isnull=True, valid_to__isnull=True)
    return entries.aggregate(people=Count("person", distinct=True))["people"]
