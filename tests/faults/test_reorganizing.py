"""A reorganisation and its correction leave nothing half done, at whichever write the server is stopped."""

from datetime import date

import pytest

from organizations.models import Reorganization
from personnel.models import Holding
from reorganizations.actions import take_back
from reorganizations.drafts import Draft, Plans
from reorganizations.workflow import reorganize_by
from tests import factories
from tests.faults.stopping import try_at_every_write

pytestmark = pytest.mark.django_db
MARCH = date(2022, 3, 10)


@pytest.fixture
def bloc():
    made = factories.organization()
    factories.term(made)
    return made


@pytest.fixture
def sources(bloc):
    """Two organisations with a seat, a cell and a planned member each."""
    planning_round = factories.planning_round(bloc, date(2021, 1, 5))
    made = []
    for _ in range(2):
        place = factories.organization(bloc)
        factories.term(place)
        member = factories.person(place)
        factories.seated(member, place, on=date(2021, 3, 1))
        factories.plan_entry(planning_round, member, place, on=date(2021, 2, 1))
        factories.approved(planning_round, place, submitted_on=date(2021, 2, 20), on=date(2021, 3, 10))
        factories.organization(place, kind="subordinate_cell")
        made.append(place)
    return tuple(made)


def test_merging_and_taking_it_back(bloc, sources):
    someone = sources[0].memberships.get().person
    seats = ((someone, factories.position("committee_member")),)
    new = factories.successor(bloc, "C", term=factories.first_term(), seats=seats)
    draft = Draft("merged", MARCH, sources, (new,), plans=Plans.CARRY)
    facts = {"by": factories.office(), "explanation": "Có", "document": factories.document()}

    assert try_at_every_write(lambda: reorganize_by(draft, **facts)) > 20
    assert Holding.objects.filter(valid_to=None).count() == 1

    made = Reorganization.objects.get()
    facts = {"by": factories.office(), "reason": "Nhầm", "decision": factories.document(issued_on=date(2022, 4, 1))}
    assert try_at_every_write(lambda: take_back(made, **facts)) > 15
    assert Holding.objects.filter(valid_to=None).count() == 2


def test_transferring(bloc, sources):
    elsewhere = factories.organization()
    draft = Draft("transferred", MARCH, sources[:1], new_parent=elsewhere)
    facts = {"by": factories.office(), "explanation": "", "document": factories.document()}

    assert try_at_every_write(lambda: reorganize_by(draft, **facts)) > 8
