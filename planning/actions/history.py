"""Writing down planning that was decided long ago: rounds, targets, plans and who was in them (ADR 0020)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from common import journal
from common.journal import act
from organizations.actions.rights import require_right
from organizations.models import Document
from organizations.scope import Right
from planning.models import PlanApproval, PlanEntry, PlanningRound, PlanTarget

CLOSED = ["closed_on"]
AIMED = ["seats", "coefficient"]
DECIDED = ["submission", "due_on", "explanation", "approved_on", "decision", "returned_on", "return_reason"]
LATER = ["approval", "valid_from", "valid_to", "removal_reason", "removed_by", "note", "object_group"]


@dataclass
class PastPlans:
    """Rows of old planning, those of `new` not saved yet, and rows of the register of which old files say more.

    `legal_basis` are the documents to be added to a round, new or not.
    """

    new_rounds: list[PlanningRound] = field(default_factory=list)
    new_targets: list[PlanTarget] = field(default_factory=list)
    new_approvals: list[PlanApproval] = field(default_factory=list)
    new_entries: list[PlanEntry] = field(default_factory=list)
    rounds: list[PlanningRound] = field(default_factory=list)
    targets: list[PlanTarget] = field(default_factory=list)
    approvals: list[PlanApproval] = field(default_factory=list)
    entries: list[PlanEntry] = field(default_factory=list)
    legal_basis: list[tuple[PlanningRound, list[Document]]] = field(default_factory=list)


@act("Ghi nhận quy hoạch từ hồ sơ cũ")
def record_past_plans(plans: PastPlans, *, by) -> None:
    """Enter rounds, targets, plans and entries as they were, and what old files add to those of the register.

    A plan that waits for its decision is submitted by `by`, who therefore may not approve it. Raises `NotAllowed`
    outside the part of the tree in which `by` plans.
    """
    _require_planning(plans, by)
    for approval in plans.new_approvals:
        approval.submitted_by = by if approval.is_open else None
    journal.bulk_create(plans.new_rounds)
    journal.bulk_update(plans.rounds, CLOSED)
    for planning_round, documents in plans.legal_basis:
        planning_round.legal_basis.add(*documents)
    journal.bulk_create(plans.new_targets)
    journal.bulk_update(plans.targets, AIMED)
    journal.bulk_create(plans.new_approvals)
    journal.bulk_update(plans.approvals, DECIDED)
    journal.bulk_update(plans.entries, LATER)
    for some in _each_after_the_one_it_returns(plans.new_entries):
        journal.bulk_create(some)


def _require_planning(plans: PastPlans, by) -> None:
    planned = [*plans.new_targets, *plans.new_approvals, *plans.new_entries]
    planned += [*plans.targets, *plans.approvals, *plans.entries]
    organizations = {row.organization for row in planned}
    organizations |= {planning_round.authority for planning_round in (*plans.new_rounds, *plans.rounds)}
    organizations |= {planning_round.authority for planning_round, _ in plans.legal_basis}
    for organization in organizations:
        require_right(by, Right.PLAN, organization)


def _each_after_the_one_it_returns(entries: Sequence[PlanEntry]) -> list[list[PlanEntry]]:
    """Return the entries in two or more groups, whoever came back after having left in a later one."""
    groups, waiting, placed = [], list(entries), set()
    while waiting:
        ready = [row for row in waiting if row.returns is None or row.returns.pk or id(row.returns) in placed]
        ready = ready or waiting
        groups.append(ready)
        placed |= {id(row) for row in ready}
        waiting = [row for row in waiting if id(row) not in placed]
    return groups
