"""Plans as papers tell them: who comes in, who leaves and who stays, as submitted or as approved."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Q

from organizations.models import Organization, OrganizationVersion
from organizations.scope import Scope
from personnel.papers.people import seats_and_measures
from planning.models import BallotStep, PlanApproval, PlanEntry, PlanTarget, PositionGroup, ReviewVerdict

Place = Organization | OrganizationVersion
PlanKey = tuple[int, int, str]  # round, organisation, position group


@dataclass(frozen=True)
class Leaver:
    """Somebody who leaves a plan: why, in words, and from which day; `when` None: by a review not yet approved."""

    entry: PlanEntry
    reason: str
    note: str
    when: date | None


@dataclass(frozen=True)
class PlanOnPaper:
    """A plan: `coming` by it, `leaving` by it, those who `left` before it since the round was opened, `staying`."""

    approval: PlanApproval
    place: Place  # the organisation as it stood on the day of the paper
    coming: Sequence[PlanEntry]
    leaving: Sequence[Leaver]
    left: Sequence[Leaver]
    staying: Sequence[PlanEntry]
    steps: Sequence[BallotStep] = ()  # each knows how many `stood` and how many are `going` on
    targets: Sequence[PlanTarget] = ()

    @property
    def group(self) -> PositionGroup:
        return PositionGroup(self.approval.group)

    @property
    def is_review(self) -> bool:
        return self.approval.round.is_review

    @property
    def is_final(self) -> bool:
        return self.approval.approved_on is not None

    @property
    def everybody(self) -> list[PlanEntry]:
        """Whom the paper is about: the whole plan after a review, else those who are introduced."""
        return in_order([*self.staying, *self.coming]) if self.is_review else list(self.coming)

    @property
    def still_there(self) -> "PlanOnPaper":
        """The plan without those who were taken out since."""
        return replace(
            self,
            coming=[entry for entry in self.coming if entry.valid_to is None],
            staying=[entry for entry in self.staying if entry.valid_to is None],
            leaving=[each for each in self.leaving if each.entry.valid_to is None],
        )


def in_order(entries: Iterable[PlanEntry]) -> list[PlanEntry]:
    """Return the entries of one organisation by position, then by name."""
    return sorted(entries, key=lambda entry: (entry.position.rank, entry.person.sort_key, entry.pk))


def plans_of(
    approvals: Sequence[PlanApproval],
    places: Mapping[int, Place],
    day: date,
    *,
    submitted: bool,
    with_ballots: bool = False,
    seats_for: Scope | None = None,
) -> list[PlanOnPaper]:
    """Return the plans: as they were `submitted`, or as approved (while one waits: as it would be).

    `with_ballots` adds the steps and targets; with `seats_for` each person knows the seats of `day` in that scope.
    """
    entries = _entries(approvals, day, seats_for)
    verdicts = _verdicts(approvals)
    plans = [
        _plan(approval, places[approval.organization_id], entries[_seats(approval)], verdicts, submitted=submitted)
        for approval in approvals
    ]
    if not with_ballots:
        return plans
    steps, targets = _steps(approvals), _targets(approvals)
    return [replace(plan, steps=steps[_key(plan.approval)], targets=targets[_key(plan.approval)]) for plan in plans]


def _key(row: PlanApproval | BallotStep | PlanTarget) -> PlanKey:
    return row.round_id, row.organization_id, row.group


def _seats(approval: PlanApproval) -> tuple[int, str, str]:
    return approval.organization_id, approval.round.plan_term, approval.group


def _entries(approvals: Sequence[PlanApproval], day: date, seats_for: Scope | None) -> dict[tuple, list[PlanEntry]]:
    """Return who is or was in the plans of the organisations, and who is submitted, by organisation, term and group."""
    entries = PlanEntry.objects.filter(
        Q(valid_from__isnull=False) | Q(approval__in=approvals),
        organization__in={approval.organization_id for approval in approvals},
        plan_term__in={approval.round.plan_term for approval in approvals},
        position__in={code for approval in approvals for code in PositionGroup(approval.group).positions},
    ).select_related("person", "position")
    if seats_for is not None:
        entries = entries.prefetch_related(*seats_and_measures(day, seats_for))
    found: dict[tuple, list[PlanEntry]] = defaultdict(list)
    for entry in entries.in_listing_order():
        found[entry.organization_id, entry.plan_term, entry.group].append(entry)
    return found


def _verdicts(approvals: Sequence[PlanApproval]) -> dict[tuple[int, int], ReviewVerdict]:
    """Return whom the reviews take out, by round and entry."""
    verdicts = ReviewVerdict.objects.filter(
        round__in={approval.round_id for approval in approvals},
        entry__organization__in={approval.organization_id for approval in approvals},
        verdict=ReviewVerdict.Verdict.REMOVE,
    )
    return {(verdict.round_id, verdict.entry_id): verdict for verdict in verdicts}


def _steps(approvals: Sequence[PlanApproval]) -> dict[PlanKey, list[BallotStep]]:
    people = "results__entry__person"
    steps = BallotStep.objects.filter(
        round__in={approval.round_id for approval in approvals},
        organization__in={approval.organization_id for approval in approvals},
    ).annotate(stood=Count(people, distinct=True), going=Count(people, filter=Q(results__goes_on=True), distinct=True))
    return _by_plan(steps.order_by("number"))


def _targets(approvals: Sequence[PlanApproval]) -> dict[PlanKey, list[PlanTarget]]:
    targets = PlanTarget.objects.filter(
        round__in={approval.round_id for approval in approvals},
        organization__in={approval.organization_id for approval in approvals},
    )
    return _by_plan(targets.select_related("position").order_by("position__rank", "pk"))


def _by_plan(rows: Iterable) -> dict[PlanKey, list]:
    found: dict[PlanKey, list] = defaultdict(list)
    for row in rows:
        found[_key(row)].append(row)
    return found


def _plan(
    approval: PlanApproval,
    place: Place,
    entries: Sequence[PlanEntry],
    verdicts: Mapping[tuple[int, int], ReviewVerdict],
    *,
    submitted: bool,
) -> PlanOnPaper:
    """Part the entries; a plan that waits is told as submitted, without those taken out since unless so asked."""
    if approval.approved_on and not submitted:
        return _as_approved(approval, place, entries)
    plan = _as_submitted(approval, place, entries, verdicts)
    return plan if submitted else plan.still_there


def _as_approved(approval: PlanApproval, place: Place, entries: Sequence[PlanEntry]) -> PlanOnPaper:
    day = approval.approved_on
    inside = [entry for entry in entries if entry.is_in_force(day)]
    leaving = [entry for entry in entries if entry.valid_to == day and entry.removed_by_id == approval.decision_id]
    return PlanOnPaper(
        approval,
        place,
        coming=[entry for entry in inside if entry.approval_id == approval.pk],
        leaving=[_gone(entry) for entry in leaving],
        left=_left(approval, entries, day, leaving),
        staying=[entry for entry in inside if entry.approval_id != approval.pk],
    )


def _as_submitted(
    approval: PlanApproval,
    place: Place,
    entries: Sequence[PlanEntry],
    verdicts: Mapping[tuple[int, int], ReviewVerdict],
) -> PlanOnPaper:
    day = approval.submitted_on
    inside = [entry for entry in entries if entry.approval_id != approval.pk and _was_inside(entry, approval)]
    leaving = {entry: verdicts.get((approval.round_id, entry.pk)) for entry in inside}
    leaving = {entry: verdict for entry, verdict in leaving.items() if verdict}
    return PlanOnPaper(
        approval,
        place,
        coming=[entry for entry in entries if entry.approval_id == approval.pk],
        leaving=[Leaver(entry, verdict.get_reason_display(), verdict.note, None) for entry, verdict in leaving.items()],
        left=_left(approval, entries, day, leaving),
        staying=[entry for entry in inside if entry not in leaving],
    )


def _was_inside(entry: PlanEntry, approval: PlanApproval) -> bool:
    """Whether the entry was in the plan when this one was submitted; whom this one took out on that very day, was."""
    if entry.is_in_force(approval.submitted_on):
        return True
    taken_out_by_it = approval.decision_id is not None and entry.removed_by_id == approval.decision_id
    return taken_out_by_it and entry.valid_to == approval.submitted_on


def _left(
    approval: PlanApproval, entries: Sequence[PlanEntry], day: date, leaving: Iterable[PlanEntry]
) -> list[Leaver]:
    """Return who was in the plan when the round was opened and left it up to `day`, but not by this plan."""
    opened, by_this = approval.round.opened_on, {entry.pk for entry in leaving}
    gone = [entry for entry in entries if entry.is_in_force(opened) and entry.valid_to and entry.valid_to <= day]
    return [_gone(entry) for entry in gone if entry.pk not in by_this]


def _gone(entry: PlanEntry) -> Leaver:
    return Leaver(entry, entry.get_removal_reason_display(), entry.note, entry.valid_to)
