"""Introducing many people in one step, and what it would come to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from django.db import transaction

from organizations.models import Organization, Position
from personnel.models import Person
from planning.actions import introduce
from planning.checks import BY_SEVERITY, check_plan
from planning.effects import Number, numbers_of
from planning.facts import PlanFacts, facts_of_plans
from planning.gathering import Said, gathered
from planning.models import PlanEntry, PlanningRound
from regulations.findings import Finding
from regulations.models import RuleCode


@dataclass(frozen=True)
class Addition:
    """Somebody who is to be introduced for a position."""

    person: Person
    position: Position
    object_group: int = 1
    note: str = ""


@transaction.atomic
def introduce_all(
    planning_round: PlanningRound, *, organization: Organization, additions: Sequence[Addition], on: date, by
) -> list[PlanEntry]:
    """Introduce everybody on the day `on`, or nobody. Raises what `introduce` raises."""
    introduced: list[PlanEntry] = []
    for (object_group, note), alike in groupby(sorted(additions, key=_alike), key=_alike):
        introduced += introduce(
            planning_round,
            organization=organization,
            candidates=[(each.person, each.position) for each in alike],
            on=on,
            by=by,
            object_group=object_group,
            note=note,
        )
    return introduced


def _alike(addition: Addition) -> tuple[int, str]:
    return addition.object_group, addition.note


@dataclass(frozen=True)
class PersonSaid:
    """What the rules say of one person, introduced for these positions."""

    person: Person
    positions: Sequence[str]
    said: Sequence[Said]


@dataclass(frozen=True)
class Outcome:
    """What introducing would come to: of each person, and of the plans as a whole."""

    people: Sequence[PersonSaid]
    numbers: Sequence[Number]
    said: Sequence[Said]

    @property
    def doubtful(self) -> list[PersonSaid]:
        return [each for each in self.people if each.said]

    @property
    def clear(self) -> int:
        """Of how many people no rule says anything."""
        return len(self.people) - len(self.doubtful)


def outcome_of(
    planning_round: PlanningRound, organization: Organization, additions: Sequence[Addition], on: date
) -> Outcome:
    """Return what the rules of the day `on` would say, were these people introduced; by a fixed number of queries.

    That nobody has voted on them yet goes without saying.
    """
    typed = [_entry(planning_round, organization, each, number, on) for number, each in enumerate(additions, start=1)]
    groups = sorted({entry.group for entry in typed}, key=lambda group: group.label)
    facts = facts_of_plans(planning_round, [(organization, group) for group in groups], on, typed=typed)
    plans = [_planned_for_all(facts[organization.pk, group], typed) for group in groups]
    findings = [finding for plan in plans for finding in check_plan(plan) if _counts(finding)]
    findings.sort(key=lambda finding: BY_SEVERITY.index(finding.severity))
    places = {f"entry-{entry.pk}": entry.person_id for entry in typed}
    return Outcome(
        people=_by_person(typed, [(places[each.place], each) for each in findings if each.place in places]),
        numbers=[number for plan in plans for number in numbers_of(plan)],
        said=gathered(finding for finding in findings if not finding.place),
    )


def _entry(
    planning_round: PlanningRound, organization: Organization, addition: Addition, number: int, on: date
) -> PlanEntry:
    """Return an entry that is not saved. Its key is below zero, so that it is told from those that are."""
    return PlanEntry(
        pk=-number,
        round=planning_round,
        person=addition.person,
        organization=organization,
        position=addition.position,
        plan_term=planning_round.plan_term,
        object_group=addition.object_group,
        introduced_on=on,
    )


def _planned_for_all(plan: PlanFacts, typed: Iterable[PlanEntry]) -> PlanFacts:
    """Return the facts with all that is typed counted among the places for which each is planned."""
    planned = dict(plan.people.planned)
    for entry in typed:
        here = (plan.organization.pk, plan.level, entry.position_id)
        planned[entry.person_id] = planned.get(entry.person_id, frozenset()) | {here}
    return replace(plan, people=replace(plan.people, planned=planned))


def _counts(finding: Finding) -> bool:
    return finding.rule != RuleCode.PLAN_BALLOT_MISSING


def _by_person(typed: Sequence[PlanEntry], found: Sequence[tuple[int, Finding]]) -> list[PersonSaid]:
    people = {entry.person_id: entry.person for entry in typed}
    return [
        PersonSaid(
            person,
            [entry.position.name for entry in typed if entry.person_id == pk],
            gathered({finding.message: finding for whose, finding in found if whose == pk}.values()),
        )
        for pk, person in people.items()
    ]
