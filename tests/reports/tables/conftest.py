"""An office whose 2022 has changes of several kinds, for the standard tables."""

from dataclasses import dataclass
from datetime import date

import pytest

from common.periods import Period
from organizations.models import Organization
from organizations.scope import Scope
from reports.choices import choose
from reports.frame import Frame
from tests import factories

YEAR = Period.of_year(2022)
DAY = date(2023, 1, 15)
LEFT = date(2022, 11, 1)


@dataclass(frozen=True)
class Office:
    bloc: Organization
    one: Organization
    two: Organization
    other: Organization  # outside of the bloc

    def frame(self, scope: Scope | None = None, period: Period = YEAR, as_at: date = DAY, code: str = "KHOI") -> Frame:
        return choose(scope=scope or Scope.everything(), period=period, as_at=as_at, code=code).frame


@pytest.fixture
def changed(db) -> Office:
    """Two seated in one place, of whom one left; one seated in another, one in the bloc; one outside of it."""
    bloc, other = factories.organization(code="KHOI", name="Đảng bộ Khối"), factories.organization(code="KHAC")
    one = factories.organization(bloc, code="CS1", name="Đảng bộ Sở Một")
    two = factories.organization(bloc, code="CS2", name="Đảng bộ Sở Hai")
    for place in (bloc, other, one, two):
        factories.term(place)
    for place, name in ((one, "Lê Văn An"), (one, "Trần Thị Bình"), (two, "Đỗ Văn Cường"), (bloc, "Vũ Văn Dũng")):
        factories.seated(factories.person(place, name), place)
    factories.seated(factories.person(other, "Người Ngoài"), other)
    leaver = factories.person(one, "Ngô Thị Em")
    factories.seated(leaver, one)
    factories.confirmed(one, factories.release(leaver, proposed_on=LEFT), on=LEFT)
    return Office(bloc, one, two, other)
