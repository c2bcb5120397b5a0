"""Adding, re-dating or deleting one confirmed item moves exactly the figures that it should, and no other.

The figures are compared with a slow and obvious reference: `figures_of` says in plain Python which figures one change
belongs to. Items are written straight into the tables, so that only the counting is under test.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.periods import Period
from organizations.models import Body
from organizations.scope import Scope
from personnel.models import ChangeItem, Dossier
from reports.catalogue import STANDARD
from reports.choices import choose
from reports.records import record_table
from reports.summary import summarize
from tests import factories
from tests.reports.reading import figures_of_change

YEAR = Period.of_year(2022)
AS_AT = date(2024, 1, 1)
POSITIONS = {
    "secretary": "committee",
    "deputy_secretary": "committee",
    "committee_member": "committee",
    "standing_member": "standing_committee",
    "inspection_chair": "inspection_committee",
    "inspection_deputy_chair": "inspection_committee",
    "inspection_member": "inspection_committee",
}


@dataclass(frozen=True)
class Change:
    """One change, in the terms of the office."""

    level: str  # bloc, grassroots, beneath
    act: str
    method: str
    position: str
    day: date
    decided: date
    outcome: str


def figures_of(change: Change) -> set[str]:
    """Return the keys of the figures of 2022, as at AS_AT, to which the change belongs."""
    if (
        change.outcome != "confirmed"
        or change.decided > AS_AT
        or change.day.year != 2022
        or change.method == "congress"
    ):
        return set()
    return figures_of_change(change.level, change.act, change.position)


@st.composite
def changes(draw) -> Change:
    act = draw(st.sampled_from(["appoint", "release"]))
    methods = ["supplementary_election", "designation", "congress"]
    return Change(
        level=draw(st.sampled_from(["bloc", "grassroots", "beneath"])),
        act=act,
        method=draw(st.sampled_from(methods)) if act == "appoint" else "",
        position=draw(st.sampled_from(sorted(POSITIONS))),
        day=draw(days),
        decided=draw(st.sampled_from([date(2021, 12, 20), date(2022, 5, 5), AS_AT, AS_AT + timedelta(days=1)])),
        outcome=draw(st.sampled_from(["confirmed", "confirmed", "confirmed", "refused"])),
    )


EDGES = [date(2021, 12, 31), date(2022, 1, 1), date(2022, 12, 31), date(2023, 1, 1)]
days = st.one_of(st.sampled_from(EDGES), st.dates(date(2021, 6, 1), date(2023, 6, 1)))


@pytest.fixture
def places(db):
    bloc = factories.organization(code="KHOI", name="Đảng bộ Khối")
    grassroots = factories.organization(bloc)
    cell = factories.organization(grassroots, kind="subordinate_cell")
    for place in (bloc, grassroots, cell):
        factories.term(place)
    # One change of each kind stands there already, so that a figure can fall as well as rise.
    made = {"bloc": bloc, "grassroots": grassroots, "beneath": cell}
    for level in made:
        for position in POSITIONS:
            add(
                Change(level, "appoint", "designation", position, date(2022, 3, 3), date(2022, 3, 1), "confirmed"), made
            )
    return made


def add(change: Change, places) -> ChangeItem:
    """Write the change into the tables, of a person of its own."""
    place = places[change.level]
    decided = change.outcome == "confirmed"
    dossier = Dossier.objects.create(
        organization=place,
        kind="supplement",
        state="confirmed",
        year=2022,
        number=Dossier.objects.count() + 1,
        opened_on=date(2021, 12, 1),
        drafted_by=factories.office(),
        submitted_on=date(2021, 12, 2),
        submitted_by=factories.office(),
        decided_on=change.decided,
        decided_by=factories.superior(),
        decision=factories.document(issued_on=change.decided),
    )
    return ChangeItem.objects.create(
        dossier=dossier,
        person=factories.person(place),
        position_id=change.position,
        act=change.act,
        method=change.method,
        release_reason="retirement" if change.act == "release" else "",
        outcome=change.outcome,
        body=Body.objects.get(term__organization=place, kind=POSITIONS[change.position]) if decided else None,
        effective_on=change.day if decided else None,
        proposed_on=change.day,
        confirmed_on=change.decided if decided else None,
    )


def counts() -> dict[str, int]:
    summary = summarize(choose(scope=Scope.everything(), period=YEAR, as_at=AS_AT).frame)
    counted = {key: result.count for key, result in summary.by_key.items() if not key.startswith("plan.")}
    return counted | {"changes.outside": summary.outside.count}


def opened(key: str) -> int:
    """Return how many units the records are that the figure opens onto."""
    return len(
        record_table(STANDARD.by_key[key], choose(scope=Scope.everything(), period=YEAR, as_at=AS_AT).frame).unit_ids
    )


def moved(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    return {key: after[key] - before[key] for key in before if after[key] != before[key]}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(change=changes(), other_day=days)
def test_one_item_moves_exactly_the_figures_it_belongs_to(places, change, other_day):
    before = counts()

    item = add(change, places)
    after = counts()
    assert moved(before, after) == dict.fromkeys(figures_of(change), 1)
    for key in figures_of(change):
        assert opened(key) == after[key], f"{key} opens onto other records than it counted"

    if change.outcome == "confirmed":
        ChangeItem.objects.filter(pk=item.pk).update(effective_on=other_day)
        assert moved(before, counts()) == dict.fromkeys(figures_of(replace(change, day=other_day)), 1)

    item.delete()
    assert moved(before, counts()) == {}
