"""Acts on the ballots by which people are introduced."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from common import journal
from common.errors import Outdated, Refused, WrongState
from common.journal import act
from organizations.actions import require_right
from organizations.models import Organization
from organizations.scope import Right
from planning.actions.entries import require_not_submitted
from planning.actions.rounds import require_open
from planning.ballot_rules import JUDGED, must_have_votes, problem_of_votes, problems_of_step
from planning.ballots import candidates_of
from planning.models import BallotResult, BallotStep, PlanEntry, PlanningRound


@dataclass(frozen=True)
class VoteDraft:
    """What a ballot gave one candidate. `goes_on` None: as the threshold says; other than that it wants a `reason`."""

    entry: PlanEntry
    votes: int
    goes_on: bool | None = None
    reason: str = ""


@act("Ghi kết quả lấy phiếu")
def record_ballot(
    planning_round: PlanningRound,
    *,
    organization: Organization,
    group: str,
    counts: Mapping[str, object],
    votes: Sequence[VoteDraft],
    by,
    step: BallotStep | None = None,
    edition: int | None = None,
    number: int | None = None,
) -> BallotStep:
    """Enter the next ballot of the organisation's plan for the group, or enter its last one (`step`) again.

    `counts` are the fields of BallotStep beside its place and number. Every candidate introduced by that day has a vote
    draft; when a step is entered again, those who had a result in it. `number` is the one that the writer means the new
    step to have. Raises `WrongState` when the round is closed, the plan submitted, or `step` is not the last;
    `Outdated` when `step` is no more at `edition`, or the next step has another `number` by now; and `Refused` when
    numbers, days or candidates do not fit.
    """
    require_right(by, Right.PLAN, organization)
    require_open(planning_round)
    require_not_submitted(planning_round, organization, group)
    steps = list(BallotStep.objects.of_plan(planning_round, organization, group))
    former = None
    if step is None:
        _require_next(steps, number)
        step = BallotStep(round=planning_round, organization=organization, group=group, number=len(steps) + 1)
    else:
        step = _last(steps, step, edition)
        step.edition += 1
        steps.pop()
        former = {result.entry_id: result for result in step.results.all()}
    for name, value in counts.items():
        setattr(step, name, value)
    _require_fitting(step, steps[-1] if steps else None)
    candidates = candidates_of(planning_round, organization, group, step.number)
    results = _results(step, candidates, votes, former)
    step.save()
    _write(step, results, former or {})
    return step


@act("Xóa bước lấy phiếu ghi nhầm")
def delete_ballot(step: BallotStep, *, by, edition: int) -> None:
    """Delete the last ballot of a plan that is not submitted; the journal keeps what it said. Raises as above."""
    require_right(by, Right.PLAN, step.organization)
    require_open(step.round)
    require_not_submitted(step.round, step.organization, step.group)
    steps = list(BallotStep.objects.of_plan(step.round, step.organization, step.group))
    step = _last(steps, step, edition)
    for result in step.results.all():
        result.delete()
    step.delete()


def _require_next(steps: Sequence[BallotStep], number: int | None) -> None:
    if number is None or number == len(steps) + 1:
        return
    if number <= len(steps):
        raise Outdated(f"{steps[number - 1]} đã được ghi trong lúc bạn nhập. Hãy xem lại trước khi lưu tiếp.")
    raise Outdated("Bước trước đó đã bị xóa trong lúc bạn nhập. Hãy xem lại trước khi lưu tiếp.")


def _last(steps: Sequence[BallotStep], wanted: BallotStep, edition: int | None) -> BallotStep:
    """Return the last step, as it stands, when it is the one wanted and at the edition known to the writer."""
    if wanted.pk not in {step.pk for step in steps}:
        raise Outdated("Bước lấy phiếu này đã bị xóa trong lúc bạn xem.")
    if steps[-1].pk != wanted.pk:
        raise WrongState("Chỉ sửa hoặc xóa được bước lấy phiếu cuối cùng.")
    if edition is not None and steps[-1].edition != edition:
        raise Outdated(f"{steps[-1]} vừa được người khác lưu. Hãy xem lại trước khi lưu tiếp.")
    return steps[-1]


def _require_fitting(step: BallotStep, before: BallotStep | None) -> None:
    given = {name: getattr(step, name) for name in JUDGED}
    for problem in problems_of_step(given, opened_on=step.round.opened_on, before=before).values():
        raise Refused(problem)


def _results(
    step: BallotStep,
    candidates: Sequence[PlanEntry],
    votes: Sequence[VoteDraft],
    former: Mapping[int, BallotResult] | None,
) -> list[BallotResult]:
    given = {draft.entry.pk: draft for draft in votes}
    if not candidates or not votes:
        raise Refused("Chưa có ai để lấy phiếu. Hãy giới thiệu người vào danh sách trước.")
    needed = {entry.pk for entry in candidates if must_have_votes(entry, step.held_on, former)}
    if not needed <= set(given) <= {entry.pk for entry in candidates} or len(given) != len(votes):
        raise Refused("Danh sách lấy phiếu đã thay đổi. Hãy mở lại trang rồi ghi kết quả của từng người.")
    return [_result(step, entry, given[entry.pk]) for entry in candidates if entry.pk in given]


def _result(step: BallotStep, entry: PlanEntry, draft: VoteDraft) -> BallotResult:
    problem = problem_of_votes(draft.votes, entry, step)
    if problem:
        raise Refused(f"{entry.person}: {problem}")
    reaches = draft.votes >= step.threshold
    goes_on = reaches if draft.goes_on is None else draft.goes_on
    reason = draft.reason.strip() if goes_on != reaches else ""
    if goes_on != reaches and not reason:
        raise Refused(f"Kết luận về {entry.person} khác với tỷ lệ phiếu. Hãy ghi lý do.")
    return BallotResult(step=step, entry=entry, votes=draft.votes, goes_on=goes_on, reason=reason)


def _write(step: BallotStep, results: Sequence[BallotResult], former: Mapping[int, BallotResult]) -> None:
    """Write what is new and what changed, so that the journal tells just that."""
    kept = {result.entry_id for result in results}
    for entry, result in former.items():
        if entry not in kept:
            result.delete()
    new, changed = [], []
    for result in results:
        result.step = step
        stored = former.get(result.entry_id)
        if stored is None:
            new.append(result)
        elif _content(stored) != _content(result):
            result.pk = stored.pk
            changed.append(result)
    journal.bulk_create(new)
    journal.bulk_update(changed, ["votes", "goes_on", "reason"])


def _content(result: BallotResult) -> tuple[int, bool, str]:
    return result.votes, result.goes_on, result.reason
