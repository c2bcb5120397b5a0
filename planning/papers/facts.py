"""What the papers of plans rest on: which plans a paper is of, who asks and who decides, on what legal basis.

Fetched by a fixed number of queries, however many plans one paper asks for or approves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from organizations.models import Document, Organization, OrganizationVersion
from organizations.scope import Right, Scope
from personnel.papers.issuers import Issuer, decider_of, issuer_of, outside_issuer
from planning.models import PlanApproval, PositionGroup
from planning.papers.plans import PlanOnPaper, plans_of

GROUPS = list(PositionGroup)


@dataclass(frozen=True)
class Facts:
    """A paper: the plan for which it was asked (`asked`), and with it the others that are on the same paper."""

    asked: PlanOnPaper
    plans: Sequence[PlanOnPaper]  # by organisation, then in the order of the groups
    unseen: int  # plans on the same paper that the scope does not see
    day: date
    proposer: Issuer
    decider: Issuer
    legal_basis: Sequence[Document]

    @property
    def approval(self) -> PlanApproval:
        return self.asked.approval

    @property
    def organizations(self) -> int:
        """How many organisations' plans are on the paper."""
        return len({plan.approval.organization_id for plan in self.plans})


def facts_of_submission(approval: PlanApproval, scope: Scope) -> Facts:
    """Return the facts of the tờ trình: its plans as they were submitted, with ballots and targets."""
    approvals, unseen = _together(approval, "submission", scope)
    return _facts(approvals, unseen, approval, scope, submitted=True, with_ballots=True)


def facts_of_decision(approval: PlanApproval, scope: Scope) -> Facts:
    """Return the facts of the decision, or of its draft: then without whoever was taken out since the submission."""
    approvals, unseen = _together(approval, "decision", scope)
    return _facts(approvals, unseen, approval, scope, submitted=False)


def facts_of_list(approval: PlanApproval, scope: Scope, *, whole_decision: bool = False) -> Facts:
    """Return the facts of a list: the plan as approved, while it waits as submitted; or all plans of its decision."""
    approvals, unseen = _together(approval, "decision" if whole_decision else "", scope)
    return _facts(approvals, unseen, approval, scope, submitted=not approval.approved_on, with_people=True)


def _together(approval: PlanApproval, paper: str, scope: Scope) -> tuple[list[PlanApproval], int]:
    """Return the plans that are on the same `paper` ("submission", "decision", "" for none), and how many unseen."""
    key = getattr(approval, f"{paper}_id") if paper else None
    same = PlanApproval.objects.live().filter(**({paper: key} if key else {"pk": approval.pk}))
    seen = same.visible_to(scope, Right.VIEW_PLANS).select_related(
        "organization", "round__authority", "submission__issuer", "decision__issuer"
    )
    approvals = sorted(seen, key=_place_on_paper)
    return approvals, same.count() - len(approvals)


def _place_on_paper(approval: PlanApproval) -> tuple:
    return approval.organization.sort_key, approval.organization_id, GROUPS.index(approval.group), approval.pk


def _facts(
    approvals: Sequence[PlanApproval],
    unseen: int,
    asked: PlanApproval,
    scope: Scope,
    *,
    submitted: bool,
    with_ballots: bool = False,
    with_people: bool = False,
) -> Facts:
    [approval] = [each for each in approvals if each.pk == asked.pk]
    day = _day(approval, submitted)
    places = _places(approvals, day)
    people = scope if with_people else None
    plans = plans_of(approvals, places, day, submitted=submitted, with_ballots=with_ballots, seats_for=people)
    decider = _decider(approval, places[approval.organization_id], day, scope)
    return Facts(
        asked=next(plan for plan in plans if plan.approval.pk == approval.pk),
        plans=plans,
        unseen=unseen,
        day=day,
        proposer=_proposer(approval, day, scope, decider),
        decider=decider,
        legal_basis=list(_legal_basis(approvals)),
    )


def _day(approval: PlanApproval, submitted: bool) -> date:
    """Return the day as of which a paper speaks: of the approval, of the tờ trình, or of the submission without one."""
    if approval.approved_on and not submitted:
        return approval.approved_on
    return approval.submission.issued_on if approval.submission else approval.submitted_on


def _places(approvals: Sequence[PlanApproval], day: date) -> Mapping[int, Organization | OrganizationVersion]:
    """Return the organisations as they stood on `day`, as `Organization.standing_on` would, by one query."""
    places: dict[int, Organization | OrganizationVersion] = {
        approval.organization_id: approval.organization for approval in approvals
    }
    versions = OrganizationVersion.objects.as_of(day).filter(organization__in=places).select_related("parent")
    return places | {version.organization_id: version for version in versions}


def _decider(approval: PlanApproval, place: Organization | OrganizationVersion, day: date, scope: Scope) -> Issuer:
    """Return who decided; until then who conducts the round, and for its own plan the one above it."""
    authority = approval.round.authority
    superior = place.parent if authority.pk == approval.organization_id else authority
    return decider_of(approval.decision, superior, day, scope)


def _proposer(approval: PlanApproval, day: date, scope: Scope, decider: Issuer) -> Issuer:
    paper = approval.submission
    if paper and paper.issuer is None:
        return outside_issuer(paper.issuer_name, paper.signed_by)
    issuer = paper.issuer if paper else approval.organization
    return issuer_of(issuer, paper, "TTr", day, scope, top=decider.head)


def _legal_basis(approvals: Sequence[PlanApproval]):
    rounds = {approval.round_id for approval in approvals}
    return Document.objects.filter(planning_rounds__in=rounds).distinct().in_citing_order()
