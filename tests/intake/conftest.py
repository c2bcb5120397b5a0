"""Registers to take files into: a bloc with one organisation; one with old history. Modules with others override."""

from dataclasses import dataclass
from datetime import date

import pytest

from accounts.models import User
from organizations.models import Organization, Term
from personnel.models import Person
from tests import factories

FORMER, PRESENT = date(2015, 6, 15), date(2020, 6, 15)


@dataclass(frozen=True)
class Old:
    """What rows of old history are about."""

    bloc: Organization
    place: Organization
    former: Term
    present: Term
    an: Person
    binh: Person


@pytest.fixture
def old(db) -> Old:
    bloc = factories.organization(code="KHOI", name="Đảng bộ Khối", valid_from=date(2010, 1, 1))
    place = factories.organization(bloc, code="CS-01", name="Đảng bộ Sở Xây dựng", valid_from=date(2010, 1, 1))
    for organization in (bloc, place):
        former = factories.term(organization, FORMER, ordinal=6)
        present = factories.term(organization, PRESENT, ordinal=7)
    former.refresh_from_db()
    an = factories.person(place, "Nguyễn Văn An", birth_date=date(1970, 3, 5), card_number="0001")
    binh = factories.person(place, "Trần Thị Bình", birth_date=date(1975, 8, 20), gender="female")
    return Old(bloc, place, former, present, an, binh)


@pytest.fixture
def bloc(db) -> Organization:
    return factories.organization(code="KHOI", name="Đảng bộ Khối")


@pytest.fixture
def place(bloc) -> Organization:
    return factories.organization(bloc, code="CS-01", name="Đảng bộ Sở Xây dựng")


@pytest.fixture
def office(bloc, place) -> User:
    return factories.office()


AN = {"card": "0001", "name": "Nguyễn Văn An", "born": "05/3/1970"}
BINH = {"name": "Trần Thị Bình", "born": "20/8/1975"}
