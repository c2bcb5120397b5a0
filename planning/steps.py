"""What a user may do next with a round and with a plan in it: the state says what, the rights say by whom."""

from django.urls import reverse
from django.utils.http import urlencode

from organizations.models import Organization
from organizations.scope import Right, Scope
from personnel.steps import NextStep
from planning.models import PlanningRound
from planning.workspace import INTRODUCED, GroupPlan


def steps_of_round(planning_round: PlanningRound, scope: Scope) -> list[NextStep]:
    """Return what may be done with the round itself; nothing once it is closed."""
    if planning_round.closed_on or not scope.may(Right.PLAN):
        return []
    steps = [_step("Chỉ tiêu", "bullseye", "round_targets", planning_round.pk, is_primary=True)]
    if scope.covers(planning_round.authority.path, Right.PLAN):
        steps += [
            _step("Căn cứ", "journal-text", "round_basis", planning_round.pk),
            _step("Kết thúc đợt", "lock", "round_close", planning_round.pk),
        ]
    return steps


def steps_of_organization(planning_round: PlanningRound, organization: Organization, scope: Scope) -> list[NextStep]:
    """Return what may be done with the organisation's plans as a whole, in a round that is open."""
    if not scope.covers(organization.path, Right.PLAN):
        return []
    place = (planning_round.pk, organization.code)
    return [
        _step("Giới thiệu người", "person-plus", "plan_introduce", *place, is_primary=True),
        _step("Nhập từ Excel", "file-earmark-spreadsheet", "plan_import", *place),
    ]


def steps_of_plan(plan: GroupPlan, scope: Scope) -> list[NextStep]:
    """Return what may be done with the plan of a group, in a round that is open."""
    if plan.approval:
        return _steps_of_submitted(plan)
    organization = plan.facts.organization
    if not scope.covers(organization.path, Right.PLAN):
        return []
    place = (plan.facts.round.pk, organization.code, plan.group.value)
    steps = []
    if plan.has_to_review:
        steps.append(_step("Rà soát", "list-check", "plan_review", *place))
    if any(row.state == INTRODUCED for row in plan.rows):
        label = "Thêm bước lấy phiếu" if plan.tallies else "Ghi kết quả lấy phiếu"
        steps.append(_step(label, "envelope-check", "ballot_new", *place))
    if plan.facts.added or plan.has_to_review:
        steps.append(_step("Trình", "send", "plan_submit", *place))
    return steps


def _steps_of_submitted(plan: GroupPlan) -> list[NextStep]:
    steps = []
    if plan.approval.may_be_decided:
        query = urlencode({"plans": plan.approval.pk})
        steps.append(NextStep("Phê duyệt", "check-circle", f"{reverse('planning:approval_decide')}?{query}"))
    if plan.approval.may_be_returned:
        label = "Trả lại" if plan.approval.may_be_decided else "Rút lại"
        steps.append(_step(label, "arrow-return-left", "plan_return", plan.approval.pk))
    return steps


def _step(label: str, icon: str, page: str, *place: object, is_primary: bool = False) -> NextStep:
    return NextStep(label, icon, reverse(f"planning:{page}", args=place), is_primary)
