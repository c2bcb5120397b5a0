"""What the rules of planning ask about plans: who would be in them, what these people hold, measures in force.

Loaded for many plans at once by a fixed number of queries, so that one decision over seventy organisations costs as
much as one over two.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from organizations.models import Organization, OrganizationKind, Position, Term
from organizations.querysets import kind_on
from personnel.models import Discipline, Holding, PoliticalConclusion
from planning.models import BallotResult, PlanEntry, PlanningRound, PlanTarget, PositionGroup, ReviewVerdict
from planning.querysets import awaiting_approval, in_plan
from regulations.retirement import RetirementTable
from regulations.rulebook import Rulebook

PlanKey = tuple[int, str]  # the organisation and the position group of a plan


@dataclass(frozen=True)
class PeopleFacts:
    """What is known on a day of the people in some plans. Of persons and organisations only the keys are kept."""

    held: Mapping[int, Sequence[Holding]]  # seats, by person
    disciplines: Mapping[int, str]  # the kind of the measure in force, by person
    concluded: frozenset[int]  # people under a political conclusion
    planned: Mapping[int, frozenset[tuple[int, str, str]]]  # (organisation, its level, position), by person


@dataclass(frozen=True)
class PlanFacts:
    """One plan (an organisation, a position group, a round) as it would stand once approved on `day`.

    `kept` are in the plan already and stay, `added` are new in this round, `leaving` are to leave it by this round's
    review; `dropped` did not get through the ballots and will not be submitted.
    """

    round: PlanningRound
    organization: Organization
    group: PositionGroup
    day: date
    book: Rulebook
    ages: RetirementTable
    kind: str
    term_begins: date
    people: PeopleFacts
    positions: Mapping[str, Position]  # by code
    target: PlanTarget | None
    single_targets: Mapping[str, PlanTarget]  # by position
    kept: Sequence[PlanEntry]
    added: Sequence[PlanEntry]
    leaving: Sequence[ReviewVerdict]
    dropped: Sequence[PlanEntry]
    last_step: int | None  # the number of the last ballot
    balloted_last: frozenset[int]  # entries with a result in it
    beside: Sequence[PlanEntry] = ()  # let in there by the same decision, out of another round

    @property
    def everybody(self) -> list[PlanEntry]:
        return [*self.kept, *self.added, *self.beside]

    @property
    def level(self) -> str:
        return level_of(self.kind)

    def seats_of(self, position: str) -> int:
        """Return how many seats a position has: as its own target says, else what the group's target leaves it."""
        if position in self.single_targets:
            return self.single_targets[position].seats
        first, *others = self.group.positions
        if self.target is None or (others and position == first):
            return 1
        return max(self.target.seats - 1, 1) if others else self.target.seats


def level_of(kind: str) -> str:
    """Return the level of an organisation of this kind: positions at one level are counted together."""
    if kind == OrganizationKind.BLOC:
        return "upper"
    grassroots = (OrganizationKind.GRASSROOTS_COMMITTEE, OrganizationKind.GRASSROOTS_CELL)
    return "grassroots" if kind in grassroots else "beneath"


def facts_of_plan(
    planning_round: PlanningRound,
    organization: Organization,
    group: str,
    day: date,
    *,
    typed: Sequence[PlanEntry] = (),
    verdicts: Sequence[ReviewVerdict] | None = None,
) -> PlanFacts:
    """Return the facts of one plan. `typed` are entries not yet saved; `verdicts` replace those saved."""
    plan = (organization, group)
    facts = facts_of_plans(planning_round, [plan], day, typed=typed, verdicts=verdicts)
    return facts[organization.pk, group]


def facts_of_plans(
    planning_round: PlanningRound,
    plans: Iterable[tuple[Organization, str]],
    day: date,
    *,
    typed: Sequence[PlanEntry] = (),
    verdicts: Sequence[ReviewVerdict] | None = None,
) -> dict[PlanKey, PlanFacts]:
    """Return the facts of plans of one round, by organisation and group, by a fixed number of queries."""
    plans = list(plans)
    organizations = {organization.pk: organization for organization, _ in plans}
    kinds = dict(Organization.objects.filter(pk__in=organizations).with_facts_on(day).values_list("pk", "kind_on_day"))
    entries = [*_entries(planning_round, organizations, day), *typed]
    shared = {
        "round": planning_round,
        "day": day,
        "book": Rulebook.of(day),
        "ages": RetirementTable.load(),
        "people": _people(entries, planning_round.plan_term, day),
        "positions": Position.objects.in_bulk(),
    }
    terms = terms_of(organizations)
    targets = targets_in_force(planning_round, organizations)
    ballots = _ballots(planning_round, organizations)
    verdicts = _verdicts(planning_round, organizations) if verdicts is None else {v.entry_id: v for v in verdicts}
    by_plan: dict[PlanKey, list[PlanEntry]] = defaultdict(list)
    for entry in entries:
        by_plan[entry.organization_id, entry.group].append(entry)
    return {
        (organization.pk, group): PlanFacts(
            organization=organization,
            group=PositionGroup(group),
            kind=kinds[organization.pk],
            term_begins=term_begins(planning_round.plan_term, terms[organization.pk]),
            target=targets[organization.pk, group].get(None),
            single_targets={code: each for code, each in targets[organization.pk, group].items() if code},
            **_parted(by_plan[organization.pk, group], ballots[organization.pk, group], verdicts),
            **shared,
        )
        for organization, group in plans
    }


def _entries(planning_round: PlanningRound, organizations: Iterable[int], day: date) -> list[PlanEntry]:
    """Return who is in the plans of the organisations for the plan term, and whom the round introduces besides."""
    entries = PlanEntry.objects.filter(organization__in=organizations, plan_term=planning_round.plan_term)
    there = in_plan(day, day) & Q(valid_to__isnull=True)
    new = Q(round=planning_round, valid_from__isnull=True, valid_to__isnull=True)
    return list(entries.filter(there | new).select_related("person", "position", "organization").in_listing_order())


def _parted(entries: list[PlanEntry], results: list[BallotResult], verdicts: Mapping[int, ReviewVerdict]) -> dict:
    """Part the entries of one plan into those who stay, come, leave, and did not get through the ballots."""
    latest = {result.entry_id: result.goes_on for result in results}  # in the order of the steps
    last_step = max((result.step.number for result in results), default=None)
    leaving = {pk: verdicts[pk] for pk in (entry.pk for entry in entries) if pk in verdicts and verdicts[pk].takes_out}
    new = [entry for entry in entries if entry.valid_from is None]
    return {
        "kept": [entry for entry in entries if entry.valid_from is not None and entry.pk not in leaving],
        "added": [entry for entry in new if latest.get(entry.pk, True)],
        "leaving": list(leaving.values()),
        "dropped": [entry for entry in new if not latest.get(entry.pk, True)],
        "last_step": last_step,
        "balloted_last": frozenset(result.entry_id for result in results if result.step.number == last_step),
    }


def _people(entries: Iterable[PlanEntry], plan_term: str, day: date) -> PeopleFacts:
    people = {entry.person_id for entry in entries}
    held: dict[int, list[Holding]] = defaultdict(list)
    for holding in Holding.objects.as_of(day).filter(person__in=people).with_names():
        held[holding.person_id].append(holding)
    planned: dict[int, set] = defaultdict(set)
    rows = PlanEntry.objects.filter(person__in=people, plan_term=plan_term)
    rows = rows.filter(in_plan(day, day) | awaiting_approval(day, day), valid_to__isnull=True)
    rows = rows.annotate(kind_on_day=kind_on(day))
    for person, organization, kind, position in rows.values_list("person", "organization", "kind_on_day", "position"):
        planned[person].add((organization, level_of(kind), position))
    return PeopleFacts(
        held=held,
        disciplines=dict(Discipline.objects.as_of(day).filter(person__in=people).values_list("person", "kind")),
        concluded=frozenset(
            PoliticalConclusion.objects.as_of(day).filter(person__in=people).values_list("person", flat=True)
        ),
        planned={person: frozenset(places) for person, places in planned.items()},
    )


def terms_of(organizations: Iterable[int]) -> dict[int, list[Term]]:
    """Return the terms of each organisation, by one query."""
    terms: dict[int, list[Term]] = defaultdict(list)
    for term in Term.objects.filter(organization__in=organizations).order_by("organization", "valid_from"):
        terms[term.organization_id].append(term)
    return terms


def term_begins(plan_term: str, terms: Iterable[Term]) -> date:
    """Return the day on which the term that is planned for begins, as far as the organisation's terms tell.

    The day of its congress; before it, the day on which the last term is planned to end; else the first of its first
    year.
    """
    first_year = int(plan_term[:4])
    begins = date(first_year, 1, 1)
    for term in terms:
        if term.label == plan_term:
            return term.congress_on
        if term.planned_end.year == first_year:
            begins = term.planned_end
    return begins


def targets_in_force(
    planning_round: PlanningRound, organizations: Iterable[int]
) -> dict[PlanKey, dict[str | None, PlanTarget]]:
    """Return the targets of each plan by position (None: of the whole group), as the term's last round set them."""
    before = Q(round__opened_on__lt=planning_round.opened_on, round__plan_term=planning_round.plan_term)
    earlier = PlanTarget.objects.filter(before | Q(round=planning_round), organization__in=organizations)
    return by_plan(earlier)


def by_plan(targets: QuerySet[PlanTarget]) -> dict[PlanKey, dict[str | None, PlanTarget]]:
    """Return targets by plan, and by position (None: of the whole group) as the last of their rounds set it."""
    found: dict[PlanKey, dict[str | None, PlanTarget]] = defaultdict(dict)
    for target in targets.order_by("round__opened_on", "round"):
        found[target.organization_id, target.group][target.position_id] = target
    return found


def _ballots(planning_round: PlanningRound, organizations: Iterable[int]) -> dict[PlanKey, list[BallotResult]]:
    """Return the results of each plan, in the order of the steps."""
    results = BallotResult.objects.filter(step__round=planning_round, step__organization__in=organizations)
    ballots: dict[PlanKey, list[BallotResult]] = defaultdict(list)
    for result in results.select_related("step").order_by("step__number", "pk"):
        ballots[result.step.organization_id, result.step.group].append(result)
    return ballots


def _verdicts(planning_round: PlanningRound, organizations: Iterable[int]) -> dict[int, ReviewVerdict]:
    """Return what the review says, by entry."""
    verdicts = planning_round.verdicts.filter(entry__organization__in=organizations)
    return {verdict.entry_id: verdict for verdict in verdicts.select_related("entry__person", "entry__position")}
