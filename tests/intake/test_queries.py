"""However many rows a file has, it is understood, written and given out by the same number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from intake.kinds.organizations import ORGANIZATIONS
from intake.kinds.people import PEOPLE
from organizations.scope import Scope
from tests import factories
from tests.intake.sheets import DAY, commit, typed

pytestmark = pytest.mark.django_db

PAPER = {"decision_number": "12-QĐ/ĐUK", "decision_day": "05/3/2021", "decision_issuer": "KHOI"}


def people(first: int, count: int) -> dict[str, list]:
    """Return rows of all sheets about so many new people, and a transfer of each."""
    who = [
        {"card": f"9{n:04d}", "name": f"Lê Văn {'ABCDEGH'[n % 7]} {n}", "born": "1980"}
        for n in range(first, first + count)
    ]
    past = {"organization": "CS-01", "begins": "2010", "ends": "2014"}
    return {
        "s0": [each | {"gender": "Nam", "organization": "CS-01", "begins": "2015"} for each in who],
        "s1": [each | past for each in who],
        "s2": [each | {"kind": "Khiển trách", "begins": "05/3/2021"} | PAPER for each in who],
    }


def organizations(first: int, count: int) -> dict[str, list]:
    codes = [f"M{n}" for n in range(first, first + count)]
    version = {"kind": "Đảng bộ cơ sở", "parent": "KHOI", "begins": "01/01/2012"} | PAPER
    term = {"label": "2020-2025", "ordinal": 3, "congress": "15/6/2020", "planned": "15/6/2025", "committee": 9}
    return {
        "s0": [version | {"organization": code, "name": f"Đảng bộ {code}"} for code in codes],
        "s1": [term | {"organization": code} for code in codes],
        "s2": [{"organization": code, "day": "31/12/2021", "official": 9} for code in codes],
    }


@pytest.mark.parametrize(("kind", "rows"), [(PEOPLE, people), (ORGANIZATIONS, organizations)], ids=lambda each: "")
def test_queries_do_not_grow_with_the_rows(old, kind, rows):
    office, asked = factories.office(), []
    for first, count in ((0, 6), (10, 6), (30, 25)):  # the first warms up what is asked once
        with CaptureQueriesContext(connection) as understanding:
            listed = kind.understand(typed(kind, **rows(first, count)), scope=Scope.everything(), day=DAY)
        assert not any(each.faults for each in listed)
        with CaptureQueriesContext(connection) as writing:
            commit(kind, listed, by=office)
        with CaptureQueriesContext(connection) as again:
            listed = kind.understand(typed(kind, **rows(first, count)), scope=Scope.everything(), day=DAY)
        assert {each.state.value for each in listed} == {"unchanged"}
        with CaptureQueriesContext(connection) as exporting:
            kind.export(Scope.everything(), DAY)
        asked.append([len(each) for each in (understanding, writing, again, exporting)])
    assert asked[1] == asked[2]
