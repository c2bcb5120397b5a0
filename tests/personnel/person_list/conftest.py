"""A bloc with one organisation, for the list of people."""

import pytest

from organizations.models import Organization
from tests import factories


@pytest.fixture
def bloc() -> Organization:
    return factories.organization(name="Đảng bộ Khối", code="KHOI")


@pytest.fixture
def place(bloc) -> Organization:
    made = factories.organization(bloc, name="Đảng bộ Sở Xây dựng", code="SXD")
    factories.term(made)
    return made
