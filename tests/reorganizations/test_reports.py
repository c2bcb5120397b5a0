"""Reports of a day or a year speak of organisations as they were then, whatever became of them since."""

from datetime import date

import pytest

from common.periods import Period
from organizations.models import Organization, Reorganization
from organizations.scope import Scope
from planning.models import PlanEntry
from reorganizations.actions import take_back
from reports.choices import choose
from reports.summary import summarize
from tests import factories
from tests.pages import as_board, text_of

pytestmark = pytest.mark.django_db
JANUARY = date(2022, 1, 10)
ADDED = "grassroots.member.added"


@pytest.fixture
def changed(first):
    """A change of 2021 in the organisation, counted in the summary of that year."""
    return factories.seated(factories.person(first.organization), first.organization, on=date(2021, 6, 1))


def figures(year: int) -> dict[str, int]:
    summary = summarize(choose(scope=Scope.everything(), period=Period.of_year(year), as_at=date(2024, 1, 1)).frame)
    return {key: result.count for key, result in summary.by_key.items()}


def told(bloc: Organization, year: int = 2021) -> str:
    return text_of(as_board(bloc).get(f"/bao-cao/tong-hop/{year}/so-lieu/{ADDED}/"))


def test_a_renamed_one_bears_the_name_of_the_day(bloc, first, changed):
    factories.reorganize("renamed", first.organization, on=JANUARY, name="Đảng bộ Mới Toanh")
    assert "Đảng bộ A" in told(bloc)
    assert "Mới Toanh" not in told(bloc)


def test_a_merged_one_still_has_its_year(bloc, first, second, changed):
    new = factories.successor(bloc, "C", name="Đảng bộ Hợp Nhất")
    factories.reorganize("merged", first.organization, second.organization, on=JANUARY, successors=[new])
    assert "Đảng bộ A" in told(bloc)
    assert "Hợp Nhất" not in told(bloc)


def test_one_handed_over_counts_where_it_stood(bloc, first, changed):
    before = figures(2021)
    elsewhere = factories.organization(name="Đảng bộ Khối khác")
    factories.reorganize("transferred", first.organization, on=JANUARY, new_parent=elsewhere)
    assert figures(2021) == before
    assert "Đảng bộ A" in told(bloc)


@pytest.mark.parametrize("corrected", [False, True])
def test_no_seat_that_ends_or_is_designated_is_a_change_of_the_term(bloc, first, second, corrected):
    before = {key: count for key, count in figures(2022).items() if not key.startswith("plan.")}
    seats = [(first.member, factories.position(code)) for code in ("committee_member", "secretary")]
    new = factories.successor(bloc, "C", term=factories.first_term(JANUARY), seats=seats)
    factories.reorganize("merged", first.organization, second.organization, on=JANUARY, successors=[new])
    if corrected:
        decision = factories.document(issued_on=date(2022, 2, 1))
        take_back(Reorganization.objects.get(), decision=decision, reason="Nhầm", by=factories.office())
    assert {key: count for key, count in figures(2022).items() if not key.startswith("plan.")} == before


def test_a_plan_carried_over_is_counted_once_before_and_after(bloc, first, second):
    new = factories.successor(bloc, "C")
    factories.reorganize("merged", first.organization, second.organization, on=JANUARY, successors=[new], plans="carry")
    for day in (date(2022, 1, 9), JANUARY):
        assert PlanEntry.objects.as_of(day).values("person").distinct().count() == 2
    assert {entry.organization.code for entry in PlanEntry.objects.as_of(JANUARY)} == {"C"}
