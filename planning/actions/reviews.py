"""Acts of the yearly review."""

from collections.abc import Sequence
from dataclasses import dataclass

from common import journal
from common.errors import Outdated, Refused, WrongState
from common.journal import act
from organizations.actions import require_right
from organizations.models import Organization
from organizations.scope import Right
from planning.actions.entries import require_not_submitted
from planning.actions.rounds import require_concerned, require_open
from planning.models import PlanEntry, PlanningRound, ReviewVerdict
from planning.reviewing import LEAVING_REASONS, plan_to_review, said_of

WRITTEN = ["verdict", "reason", "note"]


@dataclass(frozen=True)
class VerdictDraft:
    """What a review says of somebody in the plan. `reason` (LEAVING_REASONS) only for who is to leave.

    `seen` is the `said_of` of what the writer saw said before; None: whatever stands is replaced.
    """

    entry: PlanEntry
    verdict: str
    reason: str = ""
    note: str = ""
    seen: str | None = None

    @property
    def takes_out(self) -> bool:
        return self.verdict == ReviewVerdict.Verdict.REMOVE


@act("Rà soát quy hoạch")
def review(
    planning_round: PlanningRound,
    *,
    organization: Organization,
    group: str,
    verdicts: Sequence[VerdictDraft],
    by,
) -> None:
    """Say of people in the organisation's plan who stays and who is to leave it when this review is approved.

    What was said of them before is replaced; what the writer did not touch stays as another has said it meanwhile.
    Raises `Outdated` when another has said something else meanwhile of somebody whom the writer touched, `WrongState`
    when the round is no open review or the plan is submitted in it, and `Refused` when somebody is not in the plan, or
    is to leave it without a reason.
    """
    require_right(by, Right.PLAN, organization)
    require_open(planning_round)
    if not planning_round.is_review:
        raise WrongState("Chỉ rà soát được quy hoạch trong đợt rà soát, bổ sung hằng năm.")
    require_concerned(planning_round, organization)
    require_not_submitted(planning_round, organization, group)
    in_plan = set(plan_to_review(planning_round, organization, group).values_list("pk", flat=True))
    for draft in verdicts:
        _require_sensible(draft, in_plan)
    standing = {each.entry_id: each for each in planning_round.verdicts.filter(entry__in=in_plan)}
    verdicts = [draft for draft in verdicts if draft.seen is None or said_of(draft) != draft.seen]
    _require_as_seen(verdicts, standing)
    said = [_said(draft, standing.get(draft.entry.pk), planning_round) for draft in verdicts]
    changed = [row for row in said if row.pk and _differs(row, standing[row.entry_id])]
    journal.bulk_create([row for row in said if not row.pk])
    journal.bulk_update(changed, WRITTEN)


def _require_sensible(draft: VerdictDraft, in_plan: set[int]) -> None:
    if draft.entry.pk not in in_plan:
        raise Refused(f"{draft.entry.person} không còn trong quy hoạch {draft.entry.position}.")
    if draft.takes_out and draft.reason not in LEAVING_REASONS:
        raise Refused(f"Hãy ghi lý do đưa {draft.entry.person} ra khỏi quy hoạch {draft.entry.position}.")


def _require_as_seen(verdicts: Sequence[VerdictDraft], standing: dict[int, ReviewVerdict]) -> None:
    """Raise `Outdated` when another has said something meanwhile that neither the writer saw nor says too."""
    others = [
        draft
        for draft in verdicts
        if draft.seen is not None and said_of(standing.get(draft.entry.pk)) not in (draft.seen, said_of(draft))
    ]
    if others:
        told = "; ".join(_told(draft.entry, standing.get(draft.entry.pk)) for draft in others)
        raise Outdated(f"Trong lúc bạn nhập, người khác đã lưu kết luận khác: {told}.")


def _told(entry: PlanEntry, standing: ReviewVerdict | None) -> str:
    if standing is None:
        return f"{entry.person} chưa có kết luận"
    reason = f", {standing.get_reason_display().lower()}" if standing.reason else ""
    return f"{entry.person} ({standing.get_verdict_display().lower()}{reason})"


def _said(draft: VerdictDraft, standing: ReviewVerdict | None, planning_round: PlanningRound) -> ReviewVerdict:
    """Return the row that says it: another one than the standing row, so that the two can be compared."""
    return ReviewVerdict(
        pk=standing and standing.pk,
        round=planning_round,
        entry=draft.entry,
        verdict=draft.verdict,
        reason=draft.reason if draft.takes_out else "",
        note=draft.note.strip(),
    )


def _differs(row: ReviewVerdict, standing: ReviewVerdict) -> bool:
    return any(getattr(row, name) != getattr(standing, name) for name in WRITTEN)
