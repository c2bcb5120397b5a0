"""Acts that belong together on one page: the paper entered and the plans moved on, both or neither."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db import transaction

from common.errors import Refused
from common.formats import grouped, short_day
from common.periods import today
from organizations.models import Document, DocumentType, Organization
from personnel.workflow import Superiors, record_paper
from planning.actions import approve_plans, submit_plan
from planning.models import PlanApproval, PlanEntry, PlanningRound, PositionGroup

NAMED = 5  # organisations named in a sentence; the others are counted


@transaction.atomic
def submit_with_paper(
    planning_round: PlanningRound,
    *,
    organization: Organization,
    group: PositionGroup,
    by,
    on: date,
    explanation: str = "",
    submission: Document | None = None,
    paper: Mapping[str, object] | None = None,
) -> PlanApproval:
    """Submit a plan on the day `on` under the tờ trình `submission`, or under a new one whose fields `paper` holds.

    Raises what both acts raise.
    """
    if paper:
        submission = record_paper(DocumentType.SUBMISSION, organization, by, paper)
    return submit_plan(
        planning_round,
        organization=organization,
        group=group,
        on=on,
        by=by,
        submission=submission,
        explanation=explanation,
    )


@transaction.atomic
def approve_with_decision(
    approvals: Sequence[PlanApproval],
    *,
    by,
    decision: Document | None,
    paper: Mapping[str, object] | None = None,
    refused: Collection[PlanEntry] = (),
    explanation: str = "",
) -> None:
    """Approve plans by one decision entered before, or by a new one whose fields `paper` holds.

    The direct superior that all the organisations have on the day of the decision issues it; above the top of the tree
    that is an outside issuer, named in `paper`. Where they all have the same superior today, it keeps the papers of the
    one before it. Raises `Refused` when their superiors differ on that day, and what both acts raise.
    """
    if decision is None:
        paper = paper or {}
        issuer = Deciders(approvals).the_one_on(paper.get("issued_on") or today())
        keepers = {approval.organization.parent for approval in approvals}
        keeper = keepers.pop() if len(keepers) == 1 else None
        decision = record_paper(DocumentType.DECISION, issuer, by, paper, keeper=keeper)
    approve_plans(approvals, by=by, decision=decision, refused=refused, explanation=explanation)


class Deciders:
    """Who decides on plans: the direct superiors of their organisations through time, fetched in one query."""

    def __init__(self, approvals: Sequence[PlanApproval]) -> None:
        self._approvals = approvals
        self._superiors = Superiors.of_each({approval.organization for approval in approvals})

    def on(self, day: date) -> dict[Organization | None, list[PlanApproval]]:
        """Return the plans by who decides on them on `day`, whoever decides on most of them first."""
        by_superior: dict[Organization | None, list[PlanApproval]] = defaultdict(list)
        for approval in self._approvals:
            by_superior[self._superiors[approval.organization_id].on(day)].append(approval)
        return dict(sorted(by_superior.items(), key=lambda each: -len(each[1])))

    def the_one_on(self, day: date) -> Organization | None:
        """Return who decides on all of them on `day`; `Refused`, saying which to leave out, when there are several."""
        superiors = self.on(day)
        if len(superiors) > 1:
            raise Refused(_several(superiors, day))
        return next(iter(superiors), None)

    def since_submission(self) -> set[Organization | None]:
        """Return everybody who has been the superior of one of the organisations since it submitted its plan."""
        return {
            superior
            for approval in self._approvals
            for superior in self._superiors[approval.organization_id].since(approval.submitted_on)
        }


def _several(superiors: Mapping[Organization | None, Sequence[PlanApproval]], day: date) -> str:
    """Say who decides on most of the plans, and which of the others are to be left out."""
    (first, _), *others = superiors.items()
    odd = list(dict.fromkeys(approval.organization.name for _, plans in others for approval in plans))
    named = ", ".join(odd[:NAMED]) + (f" và {grouped(len(odd) - NAMED)} tổ chức khác" if len(odd) > NAMED else "")
    who = first.committee_name if first else "cấp trên ngoài hệ thống"
    return (
        f"Ngày {short_day(day)} các tổ chức đã chọn không cùng cấp trên trực tiếp. Quyết định của {who} không phê "
        f"duyệt được quy hoạch của: {named}. Hãy bỏ chọn các tổ chức này và phê duyệt bằng quyết định khác."
    )
