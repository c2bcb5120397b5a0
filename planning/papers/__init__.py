"""The Word papers of planning: which there are of a plan, and what each says. Each names planned people or counts them.

Whoever writes one for a reader tells the journal (`common.journal.record_access`).
"""

from collections.abc import Callable

from common.papers import render
from organizations.models import PaperKind
from organizations.papers import template_in_use
from organizations.scope import Scope
from planning.models import BallotStep, PlanApproval
from planning.papers import contexts
from planning.papers.facts import facts_of_decision, facts_of_list, facts_of_submission
from planning.papers.tally import tally

__all__ = ["PLAN_PAPERS", "papers_of", "plan_context", "write_plan_paper", "write_tally"]

PLAN_PAPERS: dict[str, Callable[[PlanApproval, Scope], dict[str, object]]] = {
    PaperKind.PLAN_SUBMISSION: lambda approval, scope: contexts.submission(facts_of_submission(approval, scope)),
    PaperKind.PLAN_DECISION: lambda approval, scope: contexts.decision(facts_of_decision(approval, scope)),
    PaperKind.PLAN_LIST: lambda approval, scope: contexts.people_list(facts_of_list(approval, scope)),
    PaperKind.PLAN_COMPARISON: lambda approval, scope: contexts.comparison(facts_of_list(approval, scope)),
}


def papers_of(approval: PlanApproval) -> list[tuple[str, str]]:
    """Return the kind and the name of each paper that can be written of the submitted plan as it stands.

    None of one that was returned; a comparison only of a review. Without a query when its round is at hand.
    """
    if approval.returned_on:
        return []
    there = [PaperKind.PLAN_SUBMISSION, PaperKind.PLAN_DECISION, PaperKind.PLAN_LIST]
    if approval.round.is_review:
        there.append(PaperKind.PLAN_COMPARISON)
    drafts = {} if approval.approved_on else {PaperKind.PLAN_DECISION: "Dự thảo quyết định phê duyệt quy hoạch"}
    return [(kind.value, drafts.get(kind, kind.label)) for kind in there]


def plan_context(approval: PlanApproval, kind: str, scope: Scope, *, whole_decision: bool = False) -> dict[str, object]:
    """Return what the paper says. With `whole_decision` a list holds all plans of the decision that `scope` may see."""
    if whole_decision and kind == PaperKind.PLAN_LIST:
        return contexts.people_list(facts_of_list(approval, scope, whole_decision=True))
    return PLAN_PAPERS[kind](approval, scope)


def write_plan_paper(approval: PlanApproval, kind: str, scope: Scope, *, whole_decision: bool = False) -> bytes:
    """Return the Word file of a paper of the plan, which `scope` must see (Right.VIEW_PLANS).

    Raises `common.papers.BadTemplate` when the office's own template fails.
    """
    return render(template_in_use(kind), plan_context(approval, kind, scope, whole_decision=whole_decision))


def write_tally(step: BallotStep, scope: Scope) -> bytes:
    """Return the Word file of the minutes of the ballot. Raises `BadTemplate` as above."""
    return render(template_in_use(PaperKind.PLAN_BALLOT_MINUTES), tally(step, scope))
