"""What of planning waits for a user: for the first page. Counts and organisations; no names."""

from dataclasses import dataclass
from datetime import date

from organizations.scope import Right
from planning.models import PlanApproval
from planning.proposals import removals

SHOWN = 3


@dataclass(frozen=True)
class PlanQueue:
    """How many plans wait for the user, how many of them are overdue, and the first few."""

    count: int
    overdue: int
    plans: list[PlanApproval]


def plans_waiting(user, day: date) -> PlanQueue | None:
    """Return the plans on which the user may decide, those due first before the others; None for who decides on none.

    By three queries.
    """
    if not user.scope.may(Right.CONFIRM):
        return None
    plans = PlanApproval.objects.decidable_by(user)
    return _queue(plans.order_by("due_on", "submitted_on", "pk"), plans.overdue(day).count(), day)


def plans_returned(user, day: date) -> PlanQueue | None:
    """Return the plans that came back to those who submit them, the last first; None for who submits none."""
    if not user.scope.may(Right.PLAN):
        return None
    plans = PlanApproval.objects.to_submit_again(user.scope)
    return _queue(plans.order_by("-returned_on", "-pk"), 0, day)


def count_removals(user, day: date) -> int | None:
    """Return how many people dated facts demand to be taken out of plans; None for who takes nobody out."""
    return len(removals(user.scope, day)) if user.scope.may(Right.PLAN) else None


def _queue(plans, overdue: int, day: date) -> PlanQueue:
    first = plans.select_related("organization").with_organization_name(day)[:SHOWN]
    return PlanQueue(plans.count(), overdue, list(first))
