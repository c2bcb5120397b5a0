"""The list of people filtered by plans: told to those alone who may see the names, and journaled."""

from datetime import date

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from accounts.roles import Role
from organizations.scope import Right
from personnel.models import Person
from tests import factories
from tests.pages import as_board, as_role
from tests.personnel.person_list.lists import DAY, PEOPLE, WORKBOOK, found, names, notes_of, sheet_of

pytestmark = pytest.mark.django_db


class TestPlanned:
    """Who is planned is told to those alone who may see the names in plans, and the journal says so."""

    @pytest.fixture
    def people(self, bloc, place) -> None:
        planned = factories.person(place, "Người Quy Hoạch")
        waiting = factories.person(place, "Người Chờ Duyệt")
        factories.person(place, "Người Khác")
        first = factories.planning_round(bloc)
        factories.plan_entry(first, planned, place)
        factories.approved(first, place)
        factories.plan_entry(first, waiting, place, "committee_member")

    def accesses(self) -> list[str]:
        entries = LogEntry.objects.filter(action=LogEntry.Action.ACCESS)
        return [entry.additional_data["act"] for entry in entries]

    @pytest.mark.parametrize(
        ("asked", "name"),
        [("in_plan", "Người Quy Hoạch"), ("awaiting", "Người Chờ Duyệt"), ("none", "Người Khác")],
    )
    def test_tells_who_is_planned(self, bloc, people, asked, name):
        assert found(bloc, planned=asked) == {name}

    def test_as_of_the_day_looked_at(self, bloc, people):
        before = date(2022, 3, 9)  # the plan is approved on the day after
        assert found(bloc, before, planned="in_plan") == set()
        assert found(bloc, before, planned="awaiting") == {"Người Quy Hoạch", "Người Chờ Duyệt"}
        assert found(bloc, date(2022, 3, 10), planned="in_plan") == {"Người Quy Hoạch"}

    def test_is_journaled_each_time_even_when_it_finds_nobody(self, bloc, people):
        client = as_board(bloc, DAY)
        client.get(PEOPLE)
        assert self.accesses() == []
        client.get(PEOPLE, {"planned": "in_plan"})
        client.get(PEOPLE, {"planned": "none", "q": "không ai"})
        client.get(WORKBOOK, {"planned": "in_plan", "organization": "SXD"})
        told = "\n".join(sorted(self.accesses()))
        assert len(self.accesses()) == 3
        assert "Xem danh sách nhân sự lọc theo quy hoạch (quy hoạch: Trong quy hoạch; trang 1/1, 1 kết quả)" in told
        assert "tìm: không ai; quy hoạch: Không có trong quy hoạch; trang 1/1, 0 kết quả" in told
        assert "Xuất Excel danh sách nhân sự lọc theo quy hoạch (nơi sinh hoạt" in told
        assert LogEntry.objects.filter(action=LogEntry.Action.ACCESS).first().object_repr == "Đảng bộ Sở Xây dựng"

    def test_a_wrong_value_tells_nothing(self, bloc, people):
        assert found(bloc, planned="x") == set()
        assert self.accesses() == []

    def test_printing_is_journaled_while_it_tells_who_is_planned(self, bloc, people):
        client, printed = as_board(bloc, DAY), reverse("planning:entry_printed")
        assert "data-plan-list" not in client.get(PEOPLE).content.decode()
        assert "data-plan-list" in client.get(PEOPLE, {"planned": "in_plan"}).content.decode()
        assert client.post(printed, {"page": PEOPLE}).status_code == 404
        assert client.post(printed, {"page": f"{PEOPLE}?planned=in_plan"}).status_code == 204
        assert "In danh sách nhân sự lọc theo quy hoạch (quy hoạch: Trong quy hoạch; trang 1/1, 1 kết quả)" in "".join(
            self.accesses()
        )

    def test_without_the_right_it_is_not_offered_and_does_nothing_typed_by_hand(self, bloc, people):
        client = as_role(Role.LEADER, bloc, DAY)
        page = client.get(PEOPLE, {"planned": "in_plan"})
        assert len(names(page)) == 3
        assert 'name="planned"' not in page.content.decode().replace('type="hidden" name="planned"', "")
        assert "Trong quy hoạch" not in page.content.decode()
        assert len(sheet_of(client.get(WORKBOOK, {"planned": "in_plan"}))) == 1 + 3
        assert "quy hoạch" not in notes_of(client.get(WORKBOOK, {"planned": "in_plan"})).lower()
        assert self.accesses() == []

    def test_only_plans_of_the_scope_are_asked(self, bloc, place, people):
        elsewhere = factories.organization(bloc, name="Đảng bộ Sở Y tế", code="SYT")
        user = factories.holder_of(Right.VIEW)
        user.__dict__["scope"] = user.scope.of([(Right.VIEW, ["/"]), (Right.VIEW_PLANS, [elsewhere.path])])
        shown = Person.objects.visible_to(user.scope)
        assert not shown.planned_on(DAY, user.scope).exists()
        assert not shown.unplanned_on(DAY, user.scope).exists()  # of these nobody knows whether they are planned
        there = factories.person(elsewhere, "Người Ở Đây")
        assert list(shown.unplanned_on(DAY, user.scope)) == [there]
