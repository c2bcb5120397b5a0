"""The pages of reorganisations that are done: listed, told, their lineage."""

from datetime import date

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from organizations.models import Organization, Reorganization
from organizations.scope import Scope
from reorganizations.actions import take_back
from tests import factories
from tests.pages import MOST_QUERIES, as_board, as_role, count_queries, text_of
from tests.reorganizations.entering import LIST

pytestmark = pytest.mark.django_db


class TestList:
    def test_says_what_belongs_here(self, bloc):
        assert "Chưa có lần sắp xếp nào" in text_of(as_board(bloc).get(LIST))

    def test_filters_by_kind_year_and_words(self, bloc, first, second):
        factories.reorganize("renamed", first.organization, on=date(2021, 5, 1), name="Đảng bộ Mới Toanh")
        factories.reorganize("kind_changed", second.organization, new_kind="grassroots_cell")
        client = as_board(bloc)
        for query, shown, hidden in (
            ("kind=renamed", "Mới Toanh", "Chuyển loại hình Đảng bộ B"),
            ("year=2022", "Chuyển loại hình Đảng bộ B", "Mới Toanh"),
            ("q=moi+toanh", "Mới Toanh", "Chuyển loại hình Đảng bộ B"),
        ):
            text = text_of(client.get(f"{LIST}?{query}"))
            assert shown in text
            assert hidden not in text

    def test_shows_what_was_in_effect_on_the_day(self, bloc, first):
        factories.reorganize("renamed", first.organization, name="Đảng bộ Mới Toanh")
        assert "Mới Toanh" not in text_of(as_board(bloc, date(2022, 3, 9)).get(LIST))
        assert "Mới Toanh" in text_of(as_board(bloc, date(2022, 3, 10)).get(LIST))

    def test_takes_the_same_queries_whatever_there_is(self, bloc, first):
        client = as_board(bloc)
        factories.reorganize("renamed", first.organization, on=date(2021, 5, 1), name="Một")
        few = count_queries(client, LIST)
        for number in range(5):
            factories.reorganize("renamed", first.organization, on=date(2021, 6, 1 + number), name=f"Tên {number}")
        assert count_queries(client, LIST) == few <= MOST_QUERIES


class TestDetail:
    def test_tells_names_as_they_were_on_both_sides(self, bloc, first):
        act = factories.reorganize("renamed", first.organization, name="Đảng bộ Mới Toanh")
        factories.reorganize("renamed", first.organization, on=date(2022, 8, 1), name="Đảng bộ Về Sau")
        text = text_of(as_board(bloc).get(act.get_absolute_url()))
        assert "Đảng bộ A" in text
        assert "Đảng bộ Mới Toanh" in text
        assert "Đảng bộ Về Sau" not in text

    def test_takes_the_same_queries_whatever_it_did(self, bloc, first, second):
        small = factories.reorganize("dissolved", factories.organization(bloc))
        client = as_board(bloc)
        few = count_queries(client, small.get_absolute_url())
        seats = tuple((first.member, factories.position(code)) for code in ("committee_member", "secretary"))
        new = factories.successor(bloc, "C", term=factories.first_term(), seats=seats)
        big = factories.reorganize("merged", first.organization, second.organization, successors=[new])
        assert count_queries(client, big.get_absolute_url()) <= few + 1 <= MOST_QUERIES

    def test_outside_the_scope_it_is_not_there(self, bloc, first, second):
        act = factories.reorganize("renamed", first.organization, name="Đảng bộ Mới Toanh")
        client = as_role(Role.ORGANIZATION_BOARD, second.organization)
        assert client.get(act.get_absolute_url()).status_code == 404
        assert client.get(reverse("reorganizations:reorganization_take_back", args=[act.pk])).status_code == 404

    def test_offers_the_release_of_who_is_left_above(self, bloc, first):
        factories.seated(first.secretary, bloc, on=date(2021, 4, 1))
        elsewhere = factories.organization(name="Đảng bộ Khối khác")
        act = factories.reorganize("transferred", first.organization, new_parent=elsewhere)
        page = as_board(bloc).get(act.get_absolute_url()).content.decode()
        assert f"to-chuc=KHOI&amp;noi-dung=release&amp;dong-chi={first.secretary.pk}" in page
        assert "chuc-danh=committee_member" in page

    def test_offers_correction_to_whom_it_belongs_alone(self, bloc, first):
        act = factories.reorganize("renamed", first.organization, name="Đảng bộ Mới Toanh")
        url = reverse("reorganizations:reorganization_take_back", args=[act.pk])
        assert url in as_board(bloc).get(act.get_absolute_url()).content.decode()
        assert url not in as_role(Role.LEADER, bloc).get(act.get_absolute_url()).content.decode()


class TestLineage:
    """The part that the page of an organisation includes."""

    def lineage(self, organization: Organization, scope=None) -> str:
        rows = Reorganization.objects.visible_to(scope or Scope.everything()).of_organization(organization)
        return render_to_string("reorganizations/_lineage.html", {"reorganizations": rows.with_everything()})

    def test_tells_what_it_came_from_and_went_into(self, bloc, first, second):
        new = factories.successor(bloc, "C", name="Đảng bộ Hợp Nhất")
        factories.reorganize("renamed", first.organization, on=date(2021, 5, 1), name="Đảng bộ Mới Toanh")
        act = factories.reorganize("merged", Organization.objects.get(code="A"), second.organization, successors=[new])
        shown = self.lineage(first.organization)
        assert "Đổi tên từ 01/5/2021" in shown
        assert "Hợp nhất Đảng bộ Mới Toanh, Đảng bộ B thành Đảng bộ Hợp Nhất" in shown
        assert act.get_absolute_url() in self.lineage(Organization.objects.get(code="C"))

    def test_marks_what_was_corrected_and_leaves_the_correction_out(self, bloc, first):
        act = factories.reorganize("renamed", first.organization, name="Đảng bộ Mới Toanh")
        later = factories.document(issued_on=date(2022, 4, 1))
        take_back(act, decision=later, reason="Ghi nhầm", by=factories.office())
        shown = self.lineage(first.organization)
        assert shown.count("<li>") == 1
        assert "Đã bị đính chính" in shown

    def test_says_when_there_is_nothing(self, bloc):
        assert "Chưa có lần sắp xếp nào" in self.lineage(bloc)

    def test_takes_the_same_queries_however_long_it_is(self, bloc, first):
        def look() -> int:
            with CaptureQueriesContext(connection) as queries:
                self.lineage(first.organization)
            return len(queries)

        factories.reorganize("renamed", first.organization, on=date(2021, 5, 1), name="Một")
        few = look()
        for number in range(4):
            factories.reorganize("renamed", first.organization, on=date(2021, 6, 1 + number), name=f"Tên {number}")
        assert look() == few
