"""Whatever happened, every day shows what a slow reading of the facts says of it (hypothesis).

Looked at are the days around every event: the day before it, the day itself, the day after. Where one of many is looked
at on a day, it is another one on the next.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

import pytest
from django.db.models import QuerySet
from hypothesis import HealthCheck, Phase, example, given, settings

from common.errors import Refused
from organizations.models import MemberCount, Organization, OrganizationVersion, Term
from organizations.scope import Scope
from personnel.models import Holding, Membership, Person
from personnel.seats import BodySeats, seat_map
from planning.coverage.reads import coverage
from planning.models import PlanEntry
from planning.querysets import awaiting_approval, in_plan
from tests.asof.histories import (
    BEGINNING,
    ORDINARY_PLAN,
    ORGANIZING,
    PEOPLING,
    PLAN_TERM,
    PLANNING,
    SEATING,
    STORY,
    Act,
    Office,
    histories,
)
from tests.asof.reference import POSITIONS, Reference, Seat
from tests.common.constraints import undone

pytestmark = pytest.mark.django_db
EVERYTHING = Scope.everything()
# The columns of the coverage board, in order: the positions whose plans each counts together.
COLUMNS = (
    ("secretary",),
    ("deputy_secretary",),
    ("committee_member",),
    ("standing_member",),
    ("inspection_chair", "inspection_deputy_chair"),
)


def of_any_history(names: Sequence[str], *, longest: int, examples: int, after: Sequence[Act] = ()) -> Callable:
    """Give a test random histories of acts of these names, and the one that has every act."""

    def decorate(test: Callable) -> Callable:
        limits = settings(
            max_examples=examples,
            deadline=None,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking would take minutes
            suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
        )
        return example(acts=STORY)(limits(given(acts=histories(names, longest, after))(test)))

    return decorate


def lived(acts: Sequence[Act]) -> Reference:
    """Do the acts on the product; return what the reference has written down of them."""
    reference = Reference()
    Office(reference).live(acts)
    return reference


def days_around(events: Iterable[date]) -> list[date]:
    return sorted({day + timedelta(days=number) for day in events for number in (-1, 0, 1)})


def test_the_product_lets_every_act_of_the_story_through():
    with undone():
        office = Office(Reference())
        for act in [*BEGINNING, *STORY]:
            try:
                office.do(act)
            except Refused as error:
                pytest.fail(f"{act}: {error}")
        states = [step.state for step in office.reference.steps]
        reasons = {move.reason for move in office.reference.moves}
    assert {"awaiting", "in_plan", "removed"} == set(states)
    assert {"", "retirement", "transfer", "end_of_term"} <= reasons


@of_any_history(ORGANIZING, longest=16, examples=30)
def test_the_tree_of_any_day(acts):
    with undone():
        reference = lived(acts)
        for turn, day in enumerate(days_around(reference.days())):
            tree = reference.tree(day)
            versions = OrganizationVersion.objects.as_of(day).select_related("organization", "parent")
            shown = versions.as_tree()
            assert [(each.organization.code, each.depth) for each in shown] == reference.walk(day), day
            assert {each.organization.code: _facts(each) for each in shown} == tree, day
            for each in shown[turn % (len(shown) or 1) :][:1]:
                code = each.organization.code
                assert _codes(versions.beneath([each.path])) == reference.beneath(code, day), (day, code)
                assert _codes(versions.under(each.organization_id)) == reference.beneath(code, day), (day, code)
                children = {child for child in tree if tree[child]["parent"] == code}
                assert _codes(versions.directly_beneath(each.organization)) == children, (day, code)


def _facts(version: OrganizationVersion) -> dict[str, str | None]:
    return {"name": version.name, "kind": version.kind, "parent": version.parent and version.parent.code}


def _codes(versions: Iterable[OrganizationVersion]) -> set[str]:
    return {version.organization.code for version in versions}


@of_any_history((*ORGANIZING, *PEOPLING), longest=16, examples=12)
def test_the_members_of_any_day(acts):
    with undone():
        reference = lived(acts)
        organizations = list(Organization.objects.order_by("code"))
        for turn, day in enumerate(days_around(reference.days())):
            memberships = Membership.objects.as_of(day).with_organization_name(day).select_related("person")
            shown = {each.person.full_name: each.organization.code for each in memberships}
            assert shown == reference.members(day), day
            for each in memberships:
                assert each.organization_name == reference.name(each.organization.code, day), day
            for version in OrganizationVersion.objects.as_of(day).with_codes():
                expected = reference.members_beneath(version.code, day)
                assert _names(Person.objects.members_beneath(version.path, day)) == expected, (day, version.code)
            one = organizations[turn % len(organizations)]
            assert _names(Person.objects.members_of(one, day)) == reference.members_beneath(one.code, day), (day, one)
            _compare_counts(reference, day)


def _names(people: Iterable[Person]) -> set[str]:
    return {person.full_name for person in people}


def _compare_counts(reference: Reference, day: date) -> None:
    tree = reference.tree(day)
    counts = {code: reference.count(code, day) for code in tree}
    totals = {code: count and count.official + count.probationary for code, count in counts.items()}
    versions = OrganizationVersion.objects.as_of(day).with_member_total(day).with_codes()
    assert {each.code: each.member_total for each in versions} == totals, day
    facts = {code: (tree[code]["kind"], count and count.official) for code, count in counts.items()}
    standing = Organization.objects.filter(code__in=tree).with_facts_on(day)
    assert {each.code: (each.kind_on_day, each.official_on_day) for each in standing} == facts, day
    counted = {code: reference.count(code, day) for code in {each.code for each in reference.counts}}
    numbers = {(count.code, count.day, count.official, count.probationary) for count in counted.values() if count}
    fields = ("organization__code", "counted_on", "official", "probationary")
    assert set(MemberCount.objects.latest_by(day).values_list(*fields)) == numbers, day


@of_any_history((*SEATING, *ORGANIZING), longest=16, examples=12)
def test_the_seats_of_any_day(acts):
    with undone():
        reference = lived(acts)
        led = list(Organization.objects.filter(terms__isnull=False).distinct().order_by("code"))
        for turn, day in enumerate(days_around(reference.days())):
            seats = reference.seats(day)
            holdings = Holding.objects.as_of(day).with_names().with_organization_name(day)
            assert sorted(map(_seat, holdings)) == sorted(seats), day
            for each in holdings:
                assert each.organization_name == reference.name(each.body.term.organization.code, day), day
            position = POSITIONS[turn % len(POSITIONS)]
            holders = {seat.person for seat in seats if seat.position == position}
            assert _names(Person.objects.seated_as(position, day, EVERYTHING)) == holders, (day, position)
            for organization in led:
                _compare_bodies(reference, organization, day)


def _seat(holding: Holding) -> Seat:
    term = holding.body.term
    return Seat(holding.person.full_name, term.organization.code, term.label, holding.position_id)


def _compare_bodies(reference: Reference, organization: Organization, day: date) -> None:
    term = Term.objects.of_organization(organization).as_of(day).prefetch_related("bodies").first()
    expected = reference.term(organization.code, day)
    assert (term and term.label) == (expected and expected.label), (day, organization.code)
    bodies = seat_map(term, day, EVERYTHING) if term else []
    assert {each.body.kind for each in bodies} == (set(expected.sizes) if expected else set())
    for each in bodies:
        place = (organization.code, each.body.kind, day)
        seated = [(seat.person.full_name, {held.position_id for held in seat.holdings}) for seat in each.seats]
        assert sorted(seated) == sorted(reference.in_body(*place).items()), place
        assert [post.position.pk for post in each.headless] == reference.headless(*place), place
        _compare_vacancies(each, reference.vacancies(*place), place)


def _compare_vacancies(body: BodySeats, expected: list[tuple[date, set[str]] | None], place: tuple) -> None:
    shown = [vacancy.left and vacancy.left.valid_to for vacancy in body.vacancies]
    assert shown == [since and since[0] for since in expected], place
    for vacancy, since in zip(body.vacancies, expected, strict=True):
        assert since is None or vacancy.left.person.full_name in since[1], place


@of_any_history((*PLANNING, "move", "rename", "establish"), longest=16, examples=12, after=ORDINARY_PLAN)
def test_the_plans_of_any_day(acts):
    with undone():
        reference = lived(acts)
        for day in days_around(reference.days()):
            plan = {state: sorted(entry[:3] for entry in found) for state, found in reference.plan(day).items()}
            assert _planned(PlanEntry.objects.as_of(day)) == plan["in_plan"], day
            assert _planned(PlanEntry.objects.filter(in_plan(day, day))) == plan["in_plan"], day
            assert _planned(PlanEntry.objects.filter(awaiting_approval(day, day))) == plan["awaiting"], day
            known = PlanEntry.objects.introduced_by(day).with_state_on(day)
            for state, entries in plan.items():
                assert _planned(known.filter(state_on_day=state)) == entries, (day, state)
            _compare_coverage(reference, day)


def _planned(entries: QuerySet) -> list[tuple[str, str, str]]:
    return sorted(entries.values_list("person__full_name", "organization__code", "position"))


def _compare_coverage(reference: Reference, day: date) -> None:
    """Behind each seat, who is in the plan and who waits, as the coverage board counts them: each person once."""
    plan = reference.plan(day)
    standing = OrganizationVersion.objects.as_of(day)
    rows = coverage(standing, plan_term=PLAN_TERM, scope=EVERYTHING, day=day)
    assert {row.version.code for row in rows} == set(reference.tree(day)), day
    for row in rows:
        for cell, positions in zip(row.cells, COLUMNS, strict=True):
            there, waiting = (
                {
                    entry.person
                    for entry in plan[state]
                    if entry.code == row.version.code and entry.position in positions
                }
                for state in ("in_plan", "awaiting")
            )
            counted = (cell.in_plan, cell.awaiting) if cell else (0, 0)
            assert counted == (len(there), len(waiting - there)), (day, row.version.code, positions)
