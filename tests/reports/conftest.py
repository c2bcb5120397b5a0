"""Organisations of a bloc, and an office whose books are closed."""

import pytest
import time_machine

from organizations.models import Closing, Organization
from reports.actions import close_period
from tests import factories
from tests.reports.books import BEFORE, CLOSED, YEAR, Office, build_office


@pytest.fixture
def office(db) -> Office:
    with time_machine.travel(BEFORE):  # the journal tells what was before the closing
        return build_office()


@pytest.fixture
def closing(office) -> Closing:
    with time_machine.travel(CLOSED):
        return close_period(office.bloc, period=YEAR, by=factories.office(), note="Báo cáo năm")


@pytest.fixture
def bloc(db) -> Organization:
    made = factories.organization(name="Đảng bộ Khối", code="KHOI")
    factories.term(made)
    return made


@pytest.fixture
def place(bloc) -> Organization:
    made = factories.organization(bloc, name="Đảng bộ Sở Một", code="MOT")
    factories.term(made)
    return made


@pytest.fixture
def other(bloc) -> Organization:
    made = factories.organization(bloc, name="Đảng bộ Sở Hai", code="HAI")
    factories.term(made, committee=3, standing=0, inspection=0)
    return made
