"""Whatever frame a table of what stands is asked for, it tells nobody of more than the scope of who asks."""

from dataclasses import replace
from datetime import date

import pytest

from organizations.scope import Right, Scope
from reports.tables import TABLES
from tests import factories
from tests.reports.boards import appoint
from tests.reports.tables.asking import EVERYTHING, frame

pytestmark = pytest.mark.django_db

OF_WHAT_STANDS = ("danh-sach-cap-uy", "vi-tri-khuyet", "nhiem-ky-dai-hoi")


@pytest.mark.parametrize("key", OF_WHAT_STANDS)
def test_a_frame_wider_than_the_scope_tells_of_the_scope_alone(key, bloc, place, other):
    for each in (bloc, place, other):
        appoint(each, date(2021, 3, 1))
    own = Scope.of([(Right.VIEW, [other.path])])
    whole, part = (TABLES[key].make(replace(frame(code="KHOI"), scope=scope), {}) for scope in (EVERYTHING, own))
    only = TABLES[key].make(frame(code="HAI"), {})

    assert [group.rows for group in part.groups] == [group.rows for group in only.groups] != []
    assert whole.count > part.count


@pytest.mark.parametrize("key", OF_WHAT_STANDS)
def test_a_scope_without_the_right_to_look_sees_nothing(key, bloc, place):
    appoint(place, date(2021, 3, 1))

    assert TABLES[key].make(replace(frame(), scope=Scope()), {}).groups == []


@pytest.mark.parametrize("key", OF_WHAT_STANDS)
def test_there_is_nothing_before_the_organisations_stood(key, bloc, place):
    before = replace(frame(), as_at=factories.STANDS_FROM.replace(year=2014))

    assert TABLES[key].make(before, {}).groups == []
