"""What the coverage board reads, by a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from itertools import groupby

from django.db import models
from django.db.models.functions import Cast, Concat

from organizations.models import Body
from organizations.querysets import OrganizationVersionQuerySet
from organizations.scope import Right, Scope
from personnel.models import Holding
from planning.coverage.reckoning import BOARD_POSITIONS, Facts, Planned, Row, make_row
from planning.models import PlanEntry
from planning.querysets import PlanEntryQuerySet, awaiting_approval, in_plan
from regulations.retirement import RetirementTable

MANY_PLACES = 3
PERSON_FIELDS = ("birth_date", "birth_precision", "gender", "retires_on", "ethnic_group")


def coverage(standing: OrganizationVersionQuerySet, *, plan_term: str, scope: Scope, day: date) -> list[Row]:
    """Return a row for each organisation of `standing`: versions in force on `day` within the scope. Five queries."""
    facts = read_facts(standing.order_by().values("organization"), plan_term=plan_term, scope=scope, day=day)
    ages = RetirementTable.load()
    return [
        make_row(version, facts[version.organization_id], ages, opens=scope.covers(version.path, Right.VIEW_PLANS))
        for version in standing.with_codes()
    ]


def read_facts(
    organizations: Collection[int] | models.QuerySet, *, plan_term: str, scope: Scope, day: date
) -> dict[int, Facts]:
    """Return what the board rests on, by the identities of organisations. Three queries."""
    facts: dict[int, Facts] = defaultdict(Facts)
    _read_bodies(facts, organizations, scope, day)
    _read_holdings(facts, organizations, scope, day)
    read_plans(facts, current_entries(plan_term, scope, day).filter(organization__in=organizations), day)
    return facts


def read_plans(facts: dict[int, Facts], entries: PlanEntryQuerySet, day: date) -> None:
    """Add to the facts of organisations (by identity) who is planned there, without names. One query."""
    fields = [f"person__{name}" for name in PERSON_FIELDS]
    rows = entries.order_by().values_list("organization", "person", "position", "valid_from", *fields)
    for organization, person, position, valid_from, *about in rows:
        is_in_plan = valid_from is not None and valid_from <= day
        facts[organization].planned.append(Planned(person, position, is_in_plan, *about))


def current_entries(plan_term: str, scope: Scope, day: date, right: Right = Right.VIEW) -> PlanEntryQuerySet:
    """Return the entries for the plan term that are in the plan on `day` or await approval then.

    To count; pass `Right.VIEW_PLANS` to name.
    """
    return _current(PlanEntry.objects.visible_to(scope, right).filter(plan_term=plan_term), day)


def count_in_many_places(plan_term: str, scope: Scope, day: date) -> int:
    """Return how many people are planned, or await approval, for three posts or more of organisations in the scope."""
    return _in_many_places(current_entries(plan_term, scope, day)).count()


def named_in_many_places(entries: PlanEntryQuerySet, scope: Scope, day: date) -> list[list[PlanEntry]]:
    """Return those of the entries whose person has three posts or more among them on `day`; a list for each person.

    With names: `entries` must lie where the scope may see the names in plans.
    """
    current = _current(entries, day)
    found = current.filter(person__in=_in_many_places(current)).with_names()
    found = found.with_organization_name(day).with_open_people(scope).with_state_on(day)
    in_order = found.order_by("person__sort_key", "person", "organization__sort_key", "position__rank", "pk")
    return [list(each) for _, each in groupby(in_order, key=lambda entry: entry.person_id)]


def _current(entries: PlanEntryQuerySet, day: date) -> PlanEntryQuerySet:
    return entries.filter(in_plan(day, day) | awaiting_approval(day, day))


def _in_many_places(entries: PlanEntryQuerySet) -> models.QuerySet:
    """Return the keys of the people whom the entries plan for so many positions of organisations."""
    post = Concat(Cast("organization_id", models.CharField()), models.Value(" "), "position_id")
    people = entries.order_by().values("person").annotate(posts=models.Count(post, distinct=True))
    return people.filter(posts__gte=MANY_PLACES).values("person")


def _read_bodies(facts: dict[int, Facts], organizations, scope: Scope, day: date) -> None:
    bodies = Body.objects.visible_to(scope).as_of(day).filter(term__organization__in=organizations)
    for organization, kind, size in bodies.order_by().values_list("term__organization", "kind", "authorized_size"):
        facts[organization].sizes[kind] = size


def _read_holdings(facts: dict[int, Facts], organizations, scope: Scope, day: date) -> None:
    seated = Holding.objects.visible_to(scope).as_of(day).filter(position__in=BOARD_POSITIONS)
    seated = seated.filter(body__term__organization__in=organizations)
    for holding in seated.select_related("person", "position", "body__term").order_by("position__rank", "pk"):
        facts[holding.body.term.organization_id].holdings.append(holding)
