"""A server that is stopped while terms or member counts are written leaves nothing half done."""

from datetime import date

import pytest

from organizations.actions import CountEntry, correct_member_count, record_member_count, record_member_counts
from organizations.models import Organization
from personnel.recording import NewPaper
from personnel.terms import close_term_by, postpone_congress_by
from tests import factories
from tests.faults.stopping import try_at_every_write

pytestmark = pytest.mark.django_db
QUARTER_ENDS = date(2022, 3, 31)


@pytest.fixture
def bloc() -> Organization:
    made = factories.organization()
    factories.term(made, planned_end=date(2027, 6, 15))
    return made


@pytest.fixture
def place(bloc) -> Organization:
    made = factories.organization(bloc)
    factories.term(made)
    return made


def paper(issuer: Organization) -> NewPaper:
    fields = {"number": 1, "symbol": "ĐUK", "issued_on": date(2025, 6, 10), "signed_by": "", "summary": "Nhiệm kỳ"}
    return NewPaper("QĐ", issuer, fields)


def test_closing_a_term_with_its_seats(bloc, place):
    for position in ("committee_member", "standing_member"):
        factories.seated(factories.person(place) if position == "committee_member" else seated(place), place, position)
    term = place.terms.get()
    act = {"ended_on": date(2025, 7, 1), "paper": paper(bloc), "by": factories.office()}

    assert try_at_every_write(lambda: close_term_by(term, **act)) > 4


def seated(place: Organization):
    """Somebody who sits in the committee already."""
    someone = factories.person(place)
    factories.seated(someone, place)
    return someone


def test_putting_off_a_congress(bloc, place):
    term = place.terms.get()
    act = {"planned_end": date(2025, 9, 1), "explanation": "", "paper": paper(bloc), "by": factories.office()}

    assert try_at_every_write(lambda: postpone_congress_by(term, **act)) > 3


def test_the_counts_of_a_quarter(bloc, place):
    other = factories.organization(bloc)
    numbers = {"counted_on": QUARTER_ENDS, "official": 40, "probationary": 1}
    known = record_member_count(place, by=factories.office(), **numbers)
    entries = [CountEntry(place, QUARTER_ENDS, 41, 1, known), CountEntry(other, QUARTER_ENDS, 30, 0)]

    assert try_at_every_write(lambda: record_member_counts(entries, by=factories.office())) > 2


def test_correcting_a_count(place):
    numbers = {"counted_on": QUARTER_ENDS, "official": 40, "probationary": 1}
    known = record_member_count(place, by=factories.office(), **numbers)
    act = {"official": 41, "probationary": 0, "reason": "Nhầm", "by": factories.office()}

    assert try_at_every_write(lambda: correct_member_count(known, **act)) > 1
