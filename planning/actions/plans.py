"""Acts on the plan of an organisation: submit it, approve many at once, return it."""

from collections.abc import Collection, Sequence
from datetime import date

from common import journal
from common.errors import Blocked, NeedsExplanation, NotAllowed, Refused, WrongState
from common.formats import short_day
from common.journal import act
from common.periods import today
from organizations.actions import require_right
from organizations.models import Document, Organization
from organizations.scope import Right
from planning.actions.entries import require_not_submitted
from planning.actions.rounds import require_concerned, require_open
from planning.checks import check_plan
from planning.facts import PlanFacts, facts_of_plan
from planning.judging import Judged, judge, new_warnings
from planning.models import BallotResult, PlanApproval, PlanEntry, PlanJudgement, PlanningRound, PositionGroup
from regulations.calendar import due_after
from regulations.findings import Finding
from regulations.models import RuleCode
from regulations.rulebook import Rulebook

Reason = PlanEntry.RemovalReason
Stage = PlanJudgement.Stage


@act("Trình phê duyệt quy hoạch")
def submit_plan(
    planning_round: PlanningRound,
    *,
    organization: Organization,
    group: PositionGroup,
    on: date,
    by,
    submission: Document | None = None,
    explanation: str = "",
) -> PlanApproval:
    """Submit the organisation's plan for a position group on the day `on`, under the paper `submission`.

    Whoever did not get through the ballots is taken out on the day of that ballot. Raises `Refused` when there is
    nothing to submit or somebody was introduced after that day, `WrongState` when the group was submitted in this round
    already, `Blocked` when a rule forbids it and `NeedsExplanation` when one warns and no reason is given.
    """
    require_right(by, Right.PLAN, organization)
    require_open(planning_round)
    require_concerned(planning_round, organization)
    require_not_submitted(planning_round, organization, group)
    if on < planning_round.opened_on:
        raise Refused(f"Đợt quy hoạch mở ngày {short_day(planning_round.opened_on)}, sau ngày trình.")
    facts = facts_of_plan(planning_round, organization, group, on)
    _require_something(facts)
    findings = check_plan(facts)
    _require_no_block(findings)
    warnings = [finding for finding in findings if finding.warns]
    if warnings and not explanation.strip():
        raise NeedsExplanation(warnings)
    approval = PlanApproval.objects.create(
        round=planning_round,
        organization=organization,
        group=group,
        submitted_on=on,
        submitted_by=by,
        submission=submission,
        due_on=_due(on),
        explanation=explanation.strip(),
    )
    for entry in facts.added:
        entry.approval = approval
    journal.bulk_update(facts.added, ["approval"])
    _take_out_the_dropped(facts)
    _keep([(approval, findings)], Stage.SUBMISSION, on, explanation.strip())
    return approval


def _require_something(facts: PlanFacts) -> None:
    label = facts.group.label
    reviewed = facts.round.is_review and (facts.leaving or facts.kept)
    if not facts.added and not reviewed:
        raise Refused(f"Chưa giới thiệu ai vào quy hoạch {label} của {facts.organization}.")
    if any(entry.introduced_on > facts.day for entry in facts.added):
        raise Refused(f"Ngày trình ({short_day(facts.day)}) sớm hơn ngày giới thiệu.")
    ballot = BallotResult.objects.filter(
        step__round=facts.round,
        step__organization=facts.organization,
        step__group=facts.group,
        step__held_on__gt=facts.day,
    )
    if ballot.exists():
        raise Refused(f"Ngày trình ({short_day(facts.day)}) sớm hơn ngày lấy phiếu.")


def _due(on: date) -> date | None:
    """Return the day by which the plan is to be approved (16-HD/BTCTW); None while no rule says so."""
    days = Rulebook.of(on).value(RuleCode.PLAN_APPROVAL_WORKING_DAYS)
    return due_after(on, int(days)) if days else None


def _take_out_the_dropped(facts: PlanFacts) -> None:
    stopped = BallotResult.objects.filter(entry__in=facts.dropped, goes_on=False).order_by("step__number")
    days = dict(stopped.values_list("entry", "step__held_on"))
    for entry in facts.dropped:
        entry.valid_to, entry.removal_reason = days[entry.pk], Reason.NOT_CHOSEN
    journal.bulk_update(facts.dropped, ["valid_to", "removal_reason"])


@act("Phê duyệt quy hoạch")
def approve_plans(
    approvals: Collection[PlanApproval],
    *,
    by,
    decision: Document,
    refused: Collection[PlanEntry] = (),
    explanation: str = "",
) -> None:
    """Approve plans, of one or many organisations, by one decision: their entries are in the plan from its effect on.

    Entries taken out before stay out; those `refused` do not come in; those whom a review takes out leave. Raises
    `WrongState` when one of the plans is approved or returned already, `NotAllowed` when `by` submitted one, `Refused`
    when the decision works from a day before a submission or nobody would be in a plan, `Blocked` when a rule forbids
    it, and `NeedsExplanation` with the warnings that nobody explained at the submission, while no reason is given.
    """
    locked = _locked(approvals)
    day = decision.effective_day
    for approval in locked:
        _require_approvable(approval, by, day)
    judged = judge(locked, day=day, refused={entry.pk for entry in refused})
    _require_somebody(judged)
    _require_no_block([finding for each in judged for finding in each.findings])
    fresh = [finding for _, finding in new_warnings(judged)]
    if fresh and not explanation.strip():
        raise NeedsExplanation(fresh)
    for approval in locked:
        approval.approved_on, approval.decision = day, decision
    journal.bulk_update(locked, ["approved_on", "decision"])
    _let_in(locked, {entry.pk for entry in refused}, day)
    _take_out_the_reviewed([each.facts for each in judged], decision)
    _keep([(each.approval, each.findings) for each in judged], Stage.APPROVAL, day, explanation.strip())


def _locked(approvals: Collection[PlanApproval]) -> list[PlanApproval]:
    rows = PlanApproval.objects.select_for_update(of=("self",)).select_related("organization", "round")
    return list(rows.filter(pk__in=[approval.pk for approval in approvals]).order_by("pk"))


def _require_approvable(approval: PlanApproval, by, day: date) -> None:
    require_right(by, Right.CONFIRM, approval.organization)
    if approval.approved_on:
        raise WrongState(f"Quy hoạch {approval} đã được phê duyệt.")
    if approval.returned_on:
        raise WrongState(f"Quy hoạch {approval} đã được trả lại.")
    if approval.submitted_by_id == by.pk:
        raise NotAllowed(f"Bạn đã trình quy hoạch {approval} nên không được phê duyệt.")
    if approval.submitted_on > day:
        raise Refused(f"Quyết định có hiệu lực trước ngày trình ({short_day(approval.submitted_on)}) {approval}.")


def _require_somebody(judged: Sequence[Judged]) -> None:
    for each in judged:
        if not (each.facts.everybody or each.facts.leaving):
            raise Refused(f"Không còn ai trong quy hoạch {each.approval} để phê duyệt. Hãy trả lại quy hoạch này.")


def _let_in(approvals: Collection[PlanApproval], refused: set[int], day: date) -> None:
    entries = PlanEntry.objects.select_for_update(of=("self",)).select_related("person", "position")
    waiting = list(entries.filter(approval__in=approvals, valid_to__isnull=True))
    accepted = [entry for entry in waiting if entry.pk not in refused]
    turned_down = [entry for entry in waiting if entry.pk in refused]
    for entry in accepted:
        entry.valid_from = day
    journal.bulk_update(accepted, ["valid_from"])
    for entry in turned_down:
        entry.valid_to, entry.removal_reason = day, Reason.NOT_APPROVED
    journal.bulk_update(turned_down, ["valid_to", "removal_reason"])


def _take_out_the_reviewed(plans: Sequence[PlanFacts], decision: Document) -> None:
    verdicts = {verdict.entry_id: verdict for facts in plans for verdict in facts.leaving}
    entries = PlanEntry.objects.select_for_update(of=("self",)).select_related("person", "position")
    leaving = list(entries.filter(pk__in=verdicts, valid_to__isnull=True))
    day = decision.effective_day
    for entry in leaving:
        if entry.valid_from >= day:
            raise Refused(f"{entry.person} chưa có trong quy hoạch {entry.position} trước ngày {short_day(day)}.")
        verdict = verdicts[entry.pk]
        entry.valid_to, entry.removal_reason, entry.removed_by = day, verdict.reason, decision
        entry.note = verdict.note or entry.note
    journal.bulk_update(leaving, ["valid_to", "removal_reason", "removed_by", "note"])


@act("Trả lại quy hoạch")
def return_plan(approval: PlanApproval, *, by, reason: str, on: date | None = None) -> None:
    """Return a submitted plan to those who submitted it, with the reason; its people may be submitted again.

    Whoever submits may take it back the same way. Raises `WrongState` when it is decided already, and `Refused` without
    a reason or before its submission.
    """
    [approval] = _locked([approval])
    if not by.scope.covers(approval.organization.path, Right.CONFIRM):
        require_right(by, Right.PLAN, approval.organization)
    if not approval.is_open:
        raise WrongState(f"Quy hoạch {approval} đã được quyết định.")
    if not reason.strip():
        raise Refused("Hãy ghi rõ lý do.")
    on = on or today()
    if on < approval.submitted_on:
        raise Refused(f"Quy hoạch được trình ngày {short_day(approval.submitted_on)}, không thể trả lại trước ngày đó.")
    entries = list(approval.entries.select_related("person", "position").filter(valid_to__isnull=True))
    for entry in entries:
        entry.approval = None
    journal.bulk_update(entries, ["approval"])
    approval.returned_on, approval.return_reason = on, reason.strip()
    approval.save(update_fields=["returned_on", "return_reason"])


def _require_no_block(findings: Sequence[Finding]) -> None:
    blocking = [finding for finding in findings if finding.blocks]
    if blocking:
        raise Blocked(blocking)


def _keep(said: Sequence[tuple[PlanApproval, Sequence[Finding]]], stage: str, on: date, explanation: str) -> None:
    """Keep what the rules said of each plan, in the words of the day."""
    journal.bulk_create(
        [
            PlanJudgement.keeping(finding, on=on, explanation=explanation, approval=approval, stage=stage)
            for approval, findings in said
            for finding in findings
        ]
    )
