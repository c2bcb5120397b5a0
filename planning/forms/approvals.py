"""Forms by which plans move on: submit one, approve many by one decision."""

from collections.abc import Callable, Sequence
from datetime import date

from common.errors import Blocked, NeedsExplanation, Refused
from common.formats import grouped, short_day
from common.periods import today
from organizations.models import DocumentType, Organization
from organizations.scope import Scope
from personnel.forms.papers import DecisionPaperForm, SubmissionForm, proposed_paper, typed_day
from personnel.papers.issuers import decider_of, issuer_of
from planning.forms.choice import Choice
from planning.models import PlanApproval, PlanningRound, PositionGroup
from planning.workflow import Deciders

NAMED = 5  # plans named in a sentence; the others are counted


class PlanSubmitForm(SubmissionForm):
    """Submitting the plan of an organisation for a group of positions."""

    asks_for_explanation = "Quy hoạch còn cảnh báo. Hãy ghi lý do vẫn trình."

    def __init__(
        self, planning_round: PlanningRound, organization: Organization, group: PositionGroup, scope: Scope, data=None
    ) -> None:
        proposed = {}
        if data is None:
            issuer = issuer_of(organization, None, DocumentType.SUBMISSION, today(), scope)
            summary = f"Đề nghị {_subject(planning_round)} {group.label} của {organization.committee_name}"
            summary += f", nhiệm kỳ {planning_round.plan_term}"
            proposed = proposed_paper(issuer, organization, DocumentType.SUBMISSION, today(), summary)
        super().__init__(organization, scope, proposed, data)


class PlanDecisionForm(DecisionPaperForm):
    """Approving plans: by which decision of the direct superior that all the organisations have."""

    asks_for_explanation = "Có cảnh báo mới so với khi trình. Hãy ghi lý do vẫn phê duyệt."

    def __init__(self, choice: Choice, scope: Scope, data=None) -> None:
        self.choice = choice
        self.deciders = Deciders(choice.plans or choice.shown)
        day = typed_day(data, "issued_on") or today()
        proposed = _proposed_decision(choice.shown, self.superior_on(day), day, scope) if data is None else {}
        super().__init__(scope, self.deciders.since_submission(), day=day, proposed=proposed, data=data)
        self.fields["explanation"].label = "Lý do vẫn phê duyệt khi còn cảnh báo mới"

    def superior_on(self, day: date) -> Organization | None:
        """Return who decides on most of the plans on `day`."""
        return next(iter(self.deciders.on(day)), None)

    def clean(self) -> dict[str, object]:
        """What has changed since the page was opened is said first: then nothing is approved unseen."""
        given = super().clean()
        if self.choice.moved_on:
            self.add_error(None, _moved_on(self.choice.moved_on))
        elif self.choice.gone:
            sentence = (
                f"Danh sách đã thay đổi từ khi mở trang: {grouped(self.choice.gone)} người không còn chờ phê duyệt."
            )
            self.add_error(None, f"{sentence} Hãy xem lại rồi phê duyệt.")
        if not self.choice.plans:
            self.add_error(None, "Chưa quy hoạch nào được chọn. Hãy chọn ít nhất một quy hoạch để phê duyệt.")
        elif self.objection:
            self.add_error(None, self.objection)
        return given

    @property
    def objection(self) -> str:
        """Why this decision, as far as its days are known, cannot approve these plans; empty when it can."""
        early = [plan for plan in self.choice.plans if plan.submitted_on > self.effective_day]
        if early:
            last = short_day(max(plan.submitted_on for plan in early))
            return (
                f"Quyết định có hiệu lực trước ngày trình (đến {last}): {_named(early)}. Hãy sửa ngày của quyết định "
                "hoặc bỏ chọn các quy hoạch này."
            )
        try:
            self.deciders.the_one_on(self.decision_day)
        except Refused as error:
            return str(error)
        return ""

    def refuse(self, error: Refused) -> None:
        """Show why the act did not go on; what rules say is shown with its plans, beside the form."""
        if isinstance(error, Blocked) and not isinstance(error, NeedsExplanation):
            count = grouped(len(error.findings))
            self.add_error(None, f"Còn {count} điều phải sửa trước khi phê duyệt; xem ở phần “Điều gì sẽ xảy ra”.")
        else:
            super().refuse(error)


def _moved_on(plans: Sequence[PlanApproval]) -> str:
    """Say which of the plans chosen somebody has decided on, or returned, meanwhile."""
    return (
        f"Trong lúc chọn, quy hoạch sau không còn chờ phê duyệt nên đã được bỏ ra: {_named(plans, _outcome)}. Các quy "
        "hoạch khác vẫn được chọn; hãy xem lại rồi phê duyệt."
    )


def _named(plans: Sequence[PlanApproval], say: Callable[[PlanApproval], str] | None = None) -> str:
    """Return the first of the plans by name, each with what is to be said of it, and how many more there are."""
    named = "; ".join(f"{plan} ({say(plan)})" if say else str(plan) for plan in plans[:NAMED])
    return named + (f" và {grouped(len(plans) - NAMED)} quy hoạch khác" if len(plans) > NAMED else "")


def _outcome(approval: PlanApproval) -> str:
    if approval.approved_on:
        return f"đã phê duyệt từ {short_day(approval.approved_on)}"
    return f"đã trả lại ngày {short_day(approval.returned_on)}"


def _proposed_decision(
    plans: Sequence[PlanApproval], issuer: Organization | None, day: date, scope: Scope
) -> dict[str, object]:
    """Return what a new decision of the issuer on the day would say."""
    writes = decider_of(None, issuer, day, scope)
    return proposed_paper(writes, issuer, DocumentType.DECISION, day, _summary(plans))


def _summary(plans: Sequence[PlanApproval]) -> str:
    """Return the summary of a decision on the plans: Phê duyệt quy hoạch Bí thư, Phó Bí thư của 73 tổ chức đảng…"""
    organizations = {plan.organization for plan in plans}
    if len(organizations) == 1:
        whose = organizations.pop().committee_name
    else:
        whose = f"{grouped(len(organizations))} tổ chức đảng"
    groups = "; ".join(group.label for group in PositionGroup if group in {plan.group for plan in plans})
    subjects = {_subject(plan.round) for plan in plans}
    subject = subjects.pop() if len(subjects) == 1 else "phê duyệt quy hoạch"
    terms = ", ".join(sorted({plan.round.plan_term for plan in plans}))
    return f"{subject[:1].upper()}{subject[1:]} {groups} của {whose}, nhiệm kỳ {terms}"


def _subject(planning_round: PlanningRound) -> str:
    """Return what a paper is about: a first plan, or its review."""
    return "phê duyệt kết quả rà soát, bổ sung quy hoạch" if planning_round.is_review else "phê duyệt quy hoạch"
