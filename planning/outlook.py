"""What one decision over many plans would bring about: the page on which they are approved shows it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from common.formats import grouped, percent
from planning.effects import Number, effect_in_words, numbers_of
from planning.facts import PlanFacts
from planning.gathering import Said, gathered
from planning.judging import Judged, judge, new_warnings, submitted_facts
from planning.models import BallotResult, PlanApproval, PlanEntry
from regulations.findings import Finding


@dataclass(frozen=True)
class Proposed:
    """One person whom a plan brings in: accepted or not, and the last ballot in words ("12/15"), if there was one."""

    entry: PlanEntry
    is_accepted: bool
    ballot: str


@dataclass(frozen=True)
class PlanRow:
    """One plan on the page: all that was submitted, whether it is chosen, and the warnings explained before."""

    facts: PlanFacts
    approval: PlanApproval
    is_chosen: bool
    people: Sequence[Proposed]
    explained: Sequence[Said]
    is_open: bool  # something in it is to be looked at first

    @property
    def numbers(self) -> list[Number]:
        return numbers_of(self.facts)

    @property
    def effect(self) -> str:
        return effect_in_words([self.facts])


@dataclass(frozen=True)
class SaidOfPlan:
    """What rules say of one of the plans."""

    approval: PlanApproval
    said: Sequence[Said]


@dataclass(frozen=True)
class Outlook:
    """All plans on the page and what the decision would do: what forbids it, and what is new and wants a reason."""

    rows: Sequence[PlanRow]
    judged: Sequence[Judged]
    blocking: Sequence[SaidOfPlan]
    startling: Sequence[SaidOfPlan]

    @property
    def sentence(self) -> str:
        """Phê duyệt 73 quy hoạch của 73 tổ chức: 210 đồng chí vào quy hoạch, 3 đồng chí ra."""
        return f"Phê duyệt {self.what}: {self.effect}."

    @property
    def what(self) -> str:
        organizations = len({each.approval.organization_id for each in self.judged})
        return f"{grouped(len(self.judged))} quy hoạch của {grouped(organizations)} tổ chức"

    @property
    def effect(self) -> str:
        return effect_in_words([each.facts for each in self.judged], len(self._people_refused()))

    def _people_refused(self) -> set[int]:
        chosen = {each.approval.pk for each in self.judged}
        return {
            each.entry.person_id
            for row in self.rows
            if row.approval.pk in chosen
            for each in row.people
            if not each.is_accepted
        }


def look_ahead(
    shown: Sequence[PlanApproval], *, chosen: Collection[int], refused: Collection[int], day: date
) -> Outlook:
    """Return what approving the `chosen` (keys) of the plans `shown` on `day`, without the entries `refused`, would do.

    By a fixed number of queries for plans of one round; each further round takes as many again.
    """
    facts = submitted_facts(shown, day)
    judged = judge([plan for plan in shown if plan.pk in chosen], day=day, refused=refused, facts=facts)
    fresh: dict[int, list[Finding]] = {each.approval.pk: [] for each in judged}
    for each, finding in new_warnings(judged):
        fresh[each.approval.pk].append(finding)
    by_plan = {each.approval.pk: each for each in judged}
    blocking = [SaidOfPlan(each.approval, gathered(each.blocking)) for each in judged if each.blocking]
    startling = [
        SaidOfPlan(each.approval, gathered(fresh[each.approval.pk])) for each in judged if fresh[each.approval.pk]
    ]
    to_look_at = {each.approval.pk for each in (*blocking, *startling)}
    ballots = last_ballots([entry for each in facts.values() for entry in each.added])
    rows = []
    for plan in shown:
        people = [Proposed(entry, entry.pk not in refused, ballots.get(entry.pk, "")) for entry in facts[plan.pk].added]
        warnings = [finding for finding in by_plan[plan.pk].findings if finding.warns] if plan.pk in by_plan else []
        explained = gathered(finding for finding in warnings if finding not in fresh[plan.pk])
        rows.append(PlanRow(facts[plan.pk], plan, plan.pk in by_plan, people, explained, plan.pk in to_look_at))
    return Outlook(rows, judged, blocking, startling)


def last_ballots(entries: Sequence[PlanEntry]) -> dict[int, str]:
    """Return what the last ballot gave each of the entries: 80,00 % (12/15)."""
    results = BallotResult.objects.filter(entry__in=entries).select_related("step").order_by("step__number", "pk")
    return {result.entry_id: percent(result.votes, result.step.base_count) for result in results}
