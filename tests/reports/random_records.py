"""Records at random, written straight into the tables, so that only the counting is under test; and how a slow reading
finds where each stood, in plain Python."""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from common.periods import PARTS_OF_YEAR, Period
from organizations.actions import amend_organization
from organizations.models import Body, OrganizationVersion
from personnel.models import ChangeItem, Dossier
from planning.models import PlanApproval, PlanEntry
from tests import factories

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
    method: str = "designation"  # where it appoints
    reason: str = "retirement"  # where it releases


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
        method=draw(st.sampled_from(["designation", "supplementary_election"])),
        reason=draw(st.sampled_from(["retirement", "transfer", "death"])),
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


def build_world() -> World:
    """Return a bloc with two grassroots organisations, one with a cell beneath, and another bloc to which one moves."""
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
            method=item.method if item.act == "appoint" else "",
            release_reason=item.reason if item.act == "release" else "",
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


# Reading slowly


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
