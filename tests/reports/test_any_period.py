"""Figures of any period, any part of the tree, in every unit, beside any other period: against a slow reading.

The reading goes through all records in plain Python, one by one. Records are written straight into the tables, so that
only the counting is under test.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from common.periods import PARTS_OF_YEAR, Period
from organizations.actions import amend_organization
from organizations.models import Body, OrganizationVersion
from organizations.scope import Scope
from personnel.models import ChangeItem, Dossier
from planning.models import PlanApproval, PlanEntry
from reports.catalogue import UNITS, counted_in
from reports.choices import choose
from reports.figures import Counted
from reports.records import in_every_unit, record_table
from reports.summary import summarize
from tests import factories
from tests.reports.reading import figures_of_change

PLAN_TERM = "2025-2030"
MOVED_ON = date(2022, 7, 1)
BODIES = {
    "secretary": "committee",
    "deputy_secretary": "committee",
    "committee_member": "committee",
    "standing_member": "standing_committee",
    "inspection_chair": "inspection_committee",
    "inspection_member": "inspection_committee",
}
GRASSROOTS = ("grassroots_committee", "grassroots_cell")
APPROVED_ON = date(2022, 8, 10)
days = st.dates(date(2021, 1, 1), date(2023, 12, 31)) | st.sampled_from(
    [MOVED_ON, MOVED_ON - timedelta(days=1), APPROVED_ON, date(2022, 1, 1), date(2022, 12, 31), date(2023, 1, 1)]
)


@st.composite
def periods(draw) -> Period:
    if draw(st.booleans()):
        part = draw(st.sampled_from(sorted(PARTS_OF_YEAR)))
        return PARTS_OF_YEAR[part].of(draw(st.integers(2021, 2023)))
    first, last = sorted(draw(st.tuples(days, days)))
    return Period.between(first, last)


@dataclass(frozen=True)
class Entry:
    """Somebody planned: for which organisation and position, from when, until when."""

    person: int
    place: int
    position: str
    until: date | None


@dataclass(frozen=True)
class Item:
    """One change: in which dossier, of whom, what."""

    dossier: int
    person: int
    position: str
    act: str
    day: date
    outcome: str
    corrected_on: date | None


@st.composite
def items(draw) -> Item:
    day = draw(days)
    return Item(
        dossier=draw(st.integers(0, 5)),
        person=draw(st.integers(0, 3)),
        position=draw(st.sampled_from(sorted(BODIES))),
        act=draw(st.sampled_from(["appoint", "release"])),
        day=day,
        outcome=draw(st.sampled_from(["confirmed", "confirmed", "confirmed", "refused"])),
        corrected_on=draw(st.none() | st.none() | days),
    )


entries = st.builds(
    Entry,
    person=st.integers(0, 3),
    place=st.integers(0, 3),
    position=st.sampled_from(["secretary", "deputy_secretary", "committee_member"]),
    until=st.none() | st.dates(APPROVED_ON + timedelta(days=1), date(2023, 6, 1)),
)


@dataclass(frozen=True)
class World:
    places: list
    people: list
    decisions: list
    round: object


@pytest.fixture
def world(db) -> World:
    """A bloc with two grassroots organisations, one with a cell beneath, and another bloc to which one moves."""
    bloc, other = factories.organization(code="KHOI"), factories.organization(code="KHAC")
    first, second = factories.organization(bloc, code="CS1"), factories.organization(bloc, code="CS2")
    factories.organization(first, kind="subordinate_cell", code="CB1")
    places = [bloc, first, second, other]
    for place in places:
        factories.term(place, date(2020, 1, 1))
    planning_round = factories.planning_round(bloc)
    decisions = [factories.document(issued_on=date(2022, 3, 1)) for _ in range(2)]
    amend_organization(second, parent=other, effective_on=MOVED_ON, by=factories.office())
    people = [factories.person(bloc) for _ in range(4)]
    return World(places, people, decisions, planning_round)


def write(world: World, items: list[Item], entries: list[Entry], approved: set[int]) -> None:
    dossiers = {}
    for number in {item.dossier for item in items}:
        dossiers[number] = Dossier.objects.create(
            organization=world.places[number % 4],
            kind="supplement",
            state="confirmed",
            year=2022,
            number=number + 1,
            opened_on=date(2020, 12, 1),
            drafted_by=factories.office(),
            submitted_on=date(2020, 12, 2),
            submitted_by=factories.office(),
            decided_on=date(2020, 12, 20),
            decided_by=factories.superior(),
            decision=world.decisions[number % 2],
        )
    for item in items:
        dossier, confirmed = dossiers[item.dossier], item.outcome == "confirmed"
        bodies = Body.objects.filter(term__organization=dossier.organization, kind=BODIES[item.position])
        ChangeItem.objects.create(
            dossier=dossier,
            person=world.people[item.person],
            position_id=item.position,
            act=item.act,
            method="designation" if item.act == "appoint" else "",
            release_reason="retirement" if item.act == "release" else "",
            outcome=item.outcome,
            body=bodies.get() if confirmed else None,
            effective_on=item.day if confirmed else None,
            proposed_on=item.day,
            confirmed_on=date(2020, 12, 20) if confirmed else None,
            superseded_on=item.corrected_on if confirmed else None,
        )
    plans = {place: _plan(world, place) for place in approved | {entry.place for entry in entries}}
    for entry in {(each.person, each.place, each.position): each for each in entries}.values():
        PlanEntry.objects.create(
            round=world.round,
            person=world.people[entry.person],
            organization=world.places[entry.place],
            position_id=entry.position,
            plan_term=PLAN_TERM,
            introduced_on=date(2022, 2, 1),
            valid_from=APPROVED_ON,
            approval=plans[entry.place],
            valid_to=entry.until,
            removal_reason="own_wish" if entry.until else "",
        )


def _plan(world: World, place: int) -> PlanApproval:
    return PlanApproval.objects.create(
        round=world.round,
        organization=world.places[place],
        group="secretaries",
        submitted_on=date(2022, 2, 1),
        submitted_by=factories.office(),
        approved_on=APPROVED_ON,
        decision=world.decisions[place % 2],
    )


# The slow reading


def version(organization, day: date):
    """Return the version of the organisation that stood on `day`."""
    for each in OrganizationVersion.objects.filter(organization=organization):
        if each.valid_from <= day and (each.valid_to is None or day < each.valid_to):
            return each
    return None


def stands_under(organization, top, day: date):
    """Return the organisation's version of the day if it is `top` or stands beneath it, going up parent by parent."""
    found = at = version(organization, day)
    while at is not None and at.organization_id != top.pk:
        at = at.parent and version(at.parent, day)
    return found if at else None


def level_of(item, top, kind: str) -> str:
    """Return the level at which the item counts for `top`: its own where that is a bloc, the grassroots beneath it."""
    if kind == "bloc" and item.dossier.organization_id == top.pk:
        return "bloc"
    return "grassroots" if kind in GRASSROOTS else ""


def slow_units(top, period: Period, as_at: date) -> dict[tuple[str, Counted], set[int]]:
    """Return what each figure counts, in each unit: the identities. Nothing is known before the period begins."""
    found: dict[tuple[str, Counted], set[int]] = {}
    if as_at < period.first:
        return found

    def count(key: str, **units: int) -> None:
        for unit, identity in units.items():
            found.setdefault((key, Counted(unit)), set()).add(identity)

    for item in ChangeItem.objects.select_related("dossier__organization"):
        if item.outcome != "confirmed" or item.confirmed_on > as_at:
            continue
        if item.superseded_on and item.superseded_on <= as_at:
            continue
        if not period.first <= item.effective_on <= period.last or item.effective_on > as_at:
            continue
        then = stands_under(item.dossier.organization, top, item.effective_on)
        keys = figures_of_change(level_of(item, top, then.kind), item.act, item.position_id) if then else ()
        for key in keys:
            units = {"items": item.pk, "people": item.person_id}
            count(key, **units, organizations=item.dossier.organization_id, decisions=item.dossier.decision_id)
    day = min(period.last, as_at)
    for entry in PlanEntry.objects.select_related("approval"):
        in_plan = entry.valid_from <= day and (entry.valid_to is None or day < entry.valid_to)
        if not in_plan or entry.organization_id != top.pk:
            continue
        key = "plan.bloc.committee" if entry.position_id == "committee_member" else "plan.bloc.secretaries"
        count(
            key,
            items=entry.pk,
            people=entry.person_id,
            organizations=entry.organization_id,
            decisions=entry.approval.decision_id,
        )
    for plan in PlanApproval.objects.select_related("organization"):
        then = stands_under(plan.organization, top, day)
        if plan.approved_on <= day and then and then.kind in GRASSROOTS:
            count(
                "plan.grassroots.approved",
                items=plan.pk,
                organizations=plan.organization_id,
                decisions=plan.decision_id,
            )
    return found


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a smaller example would take minutes to find
)
@given(
    changes=st.lists(items(), max_size=12),
    planned=st.lists(entries, max_size=6),
    approved=st.sets(st.integers(0, 3)),
    period=periods(),
    compared=st.none() | periods(),
    as_at=days,
    place=st.integers(0, 3),
)
def test_every_figure_in_every_unit_is_what_a_slow_reading_finds(
    world, changes, planned, approved, period, compared, as_at, place
):
    with transaction.atomic():
        write(world, changes, planned, approved)
        _compare(world.places[place], period, compared, as_at)
        transaction.set_rollback(True)


def _compare(top, period: Period, compared: Period | None, as_at: date) -> None:
    choices = choose(
        scope=Scope.everything(), period=period, as_at=as_at, code=top.code, plan_term=PLAN_TERM, compared=compared
    )
    expected = slow_units(top, period, as_at)
    beside = slow_units(top, compared or period.a_year_earlier(), as_at)
    for unit in Counted:
        frame = choose(
            scope=Scope.everything(),
            period=period,
            as_at=as_at,
            code=top.code,
            plan_term=PLAN_TERM,
            compared=compared,
            unit=unit,
        ).frame
        summary = summarize(frame)
        for result in (*summary, summary.outside):
            key, counted = result.figure.key, result.figure.counts
            assert counted is (unit if unit in UNITS[result.figure.family] else result.figure.counts)
            told = (result.count or 0, result.previous or 0)
            assert told == (len(expected.get((key, counted), ())), len(beside.get((key, counted), ()))), (key, unit)
            assert set(record_table(result.figure, frame).unit_ids) == expected.get((key, counted), set()), (key, unit)
    for figure in choices.frame.catalogue.by_key.values():
        for each in in_every_unit(figure, choices.frame):
            assert each.count == len(expected.get((figure.key, each.unit), ())), (figure.key, each.unit)
            assert counted_in(figure, each.unit).counts is each.unit
