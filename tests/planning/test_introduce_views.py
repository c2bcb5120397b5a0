"""Introducing people: the form, what it says beforehand, and the act."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from organizations.models import Organization
from personnel.actions import discipline
from planning.actions import close_round, set_target
from planning.models import PlanEntry, PlanningRound
from tests import factories
from tests.pages import as_board, as_role, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def bloc() -> Organization:
    return factories.organization(name="Đảng bộ Khối", code="KHOI")


@pytest.fixture
def grassroots(bloc) -> Organization:
    return factories.organization(bloc, name="Đảng bộ Sở Xây dựng", code="SXD")


@pytest.fixture
def first(bloc) -> PlanningRound:
    return factories.planning_round(bloc)


@pytest.fixture
def hoa(grassroots):
    return factories.person(grassroots, "Đỗ Thị Hòa", birth_date=date(1990, 5, 20), gender="female")


def form_of(planning_round: PlanningRound, of: Organization, name: str = "plan_introduce") -> str:
    return reverse(f"planning:{name}", args=[planning_round.pk, of.code])


def row(*people, number: int = 0, position: str = "secretary", **fields) -> dict[str, object]:
    prefix = f"rows-{number}"
    given = {"position": position, "object_group": "1", "people": [str(person.pk) for person in people]} | fields
    return {f"{prefix}-{name}": value for name, value in given.items()}


def sent(*rows: dict, on: str = "01/02/2022", **more) -> dict[str, object]:
    together = {"introduced_on": on} | more
    for each in rows:
        together |= each
    return together


def entered() -> set[tuple]:
    fields = ("person__full_name", "position", "object_group", "introduced_on", "note")
    return set(PlanEntry.objects.values_list(*fields))


class TestForm:
    def test_begins_with_one_row_for_the_group_asked_for(self, bloc, grassroots, first):
        page = as_board(bloc).get(form_of(first, grassroots), {"nhom": "standing"}).content.decode()
        assert page.count("<fieldset") == 1
        assert 'value="standing_member" selected' in page
        assert 'value="inspection_member"' not in page

    def test_offers_no_position_of_a_plan_that_is_submitted(self, bloc, grassroots, first, hoa):
        factories.plan_entry(first, hoa, grassroots)
        factories.submitted_plan(first, grassroots)
        page = as_board(bloc).get(form_of(first, grassroots)).content.decode()
        assert 'value="secretary"' not in page
        assert 'value="committee_member"' in page

    def test_is_not_there_outside_the_scope_nor_without_the_right(self, bloc, grassroots, first):
        for name in ("plan_introduce", "introduce_preview"):
            url = form_of(first, grassroots, name)
            assert as_board(factories.organization(bloc)).post(url).status_code == 404
            assert as_role(Role.GRASSROOTS_CLERK, grassroots).post(url).status_code == 403
        assert as_board(bloc).get(form_of(first, grassroots, "introduce_preview")).status_code == 405

    def test_of_a_closed_round_leads_to_the_plan(self, bloc, grassroots, first, hoa):
        close_round(first, by=factories.office(), on=date(2022, 12, 1))
        client = as_board(bloc)
        for ask in (client.get, client.post):
            response = ask(form_of(first, grassroots), sent(row(hoa)))
            assert response.status_code == 302
            assert "Đợt quy hoạch đã kết thúc ngày 01/12/2022" in text_of(client.get(response["Location"]))
        assert entered() == set()

    def test_takes_another_row_or_one_less_and_loses_nothing(self, bloc, grassroots, first, hoa):
        client, url = as_board(bloc), form_of(first, grassroots)
        typed = sent(row(hoa, note="Ghi chú một"), row(number=3, position="standing_member"), on="5/2")
        more = client.post(url, typed | {"them-dong": "1"}).content.decode()
        assert more.count("<fieldset") == 3
        assert 'id="rows-4"' in more
        assert f'<option value="{hoa.pk}" selected' in more
        assert 'value="Ghi chú một"' in more
        assert 'value="5/2"' in more
        less = client.post(url, typed | {"bo-dong": "rows-0"}).content.decode()
        assert less.count("<fieldset") == 1
        assert "Đỗ Thị Hòa" not in less
        assert entered() == set()

    def test_answers_a_script_with_the_rows_alone(self, bloc, grassroots, first, hoa):
        response = as_board(bloc).post(
            form_of(first, grassroots), sent(row(hoa)) | {"them-dong": "1"}, headers={"hx-request": "true"}
        )
        assert response.content.decode().lstrip().startswith('<div id="introduce-rows">')


class TestAct:
    def test_introduces_several_people_for_several_positions_at_once(self, bloc, grassroots, first, hoa):
        nam = factories.person(grassroots, "Trần Văn Nam")
        rows = (row(hoa, nam, position="committee_member"), row(hoa, number=1, object_group="2", note="Cấp phó"))
        client = as_board(bloc)
        response = client.post(form_of(first, grassroots), sent(*rows))
        assert response["Location"] == form_of(first, grassroots, "plan_detail")
        assert "Đã giới thiệu 02 đồng chí cho 02 chức danh" in text_of(client.get(response["Location"]))
        day = date(2022, 2, 1)
        assert entered() == {
            ("Đỗ Thị Hòa", "committee_member", 1, day, ""),
            ("Trần Văn Nam", "committee_member", 1, day, ""),
            ("Đỗ Thị Hòa", "secretary", 2, day, "Cấp phó"),
        }

    def test_takes_names_typed_where_no_script_runs(self, bloc, grassroots, first, hoa):
        factories.person(grassroots, "Trần Văn Nam", card_number="123456")
        typed = sent(row(people_words="do thi hoa\n123456\n"))
        assert as_board(bloc).post(form_of(first, grassroots), typed).status_code == 302
        assert {name for name, *_ in entered()} == {"Đỗ Thị Hòa", "Trần Văn Nam"}

    def test_leaves_empty_rows_out(self, bloc, grassroots, first, hoa):
        typed = sent(row(hoa), row(number=1, position=""), row(number=2, position="standing_member"))
        assert as_board(bloc).post(form_of(first, grassroots), typed).status_code == 302
        assert len(entered()) == 1

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"rows-0-position": ""}, "Hãy chọn chức danh quy hoạch."),
            ({"rows-0-position": "inspection_member"}, "Không có lựa chọn “inspection_member”"),
            ({"rows-0-people": []}, "Hãy chọn ít nhất một đồng chí."),
            ({"rows-0-people": ["999999"]}, "Không tìm thấy đồng chí này trong phạm vi của bạn"),
            ({"rows-0-people_words": "Không Có Ai"}, "Không tìm thấy “Không Có Ai”"),
            ({"introduced_on": ""}, "Hãy nhập ngày giới thiệu"),
            ({"introduced_on": "04/01/2022"}, "Đợt quy hoạch mở ngày 05/01/2022, sau ngày giới thiệu"),
            ({"introduced_on": "31/12/2040"}, "chưa đến"),
            ({"introduced_on": "32/13/2022"}, "Không đọc được ngày “32/13/2022”"),
        ],
    )
    def test_says_beside_the_field_what_is_wrong_and_keeps_what_was_typed(
        self, bloc, grassroots, first, hoa, change, said
    ):
        response = as_board(bloc).post(form_of(first, grassroots), sent(row(hoa, note="Giữ lại")) | change)
        page = response.content.decode()
        assert response.status_code == 422
        assert page.count(said) >= 2  # on top, and beside the field
        assert 'value="Giữ lại"' in page
        assert entered() == set()

    def test_the_day_on_which_the_round_was_opened_is_just_allowed(self, bloc, grassroots, first, hoa):
        assert as_board(bloc).post(form_of(first, grassroots), sent(row(hoa), on="05/01/2022")).status_code == 302

    def test_refuses_who_is_there_already_or_typed_twice(self, bloc, grassroots, first, hoa):
        nam = factories.person(grassroots, "Trần Văn Nam")
        factories.plan_entry(first, hoa, grassroots)
        rows = (row(hoa), row(nam, number=1), row(nam, number=2))
        response = as_board(bloc).post(form_of(first, grassroots), sent(*rows))
        page = response.content.decode()
        assert response.status_code == 422
        assert "Đỗ Thị Hòa đã có trong quy hoạch Bí thư nhiệm kỳ 2025-2030." in page
        assert "Trần Văn Nam đã có trong quy hoạch Bí thư nhiệm kỳ 2025-2030." in page
        assert len(entered()) == 1

    def test_refuses_a_name_that_two_people_bear(self, bloc, grassroots, first):
        for _ in range(2):
            factories.person(grassroots, "Trần Văn Nam")
        response = as_board(bloc).post(form_of(first, grassroots), sent(row(people_words="Trần Văn Nam")))
        assert "Có 2 đồng chí tên “Trần Văn Nam”. Hãy ghi số thẻ đảng viên." in response.content.decode()

    def test_finds_nobody_outside_the_scope(self, bloc, grassroots, first):
        stranger = factories.person(factories.organization(bloc), "Người Ngoài")
        response = as_board(grassroots).post(form_of(first, grassroots), sent(row(stranger)))
        assert response.status_code == 422
        assert "Người Ngoài" not in response.content.decode()

    def test_introduces_nobody_when_one_plan_was_submitted_meanwhile(self, bloc, grassroots, first, hoa):
        factories.plan_entry(first, hoa, grassroots)
        factories.submitted_plan(first, grassroots)
        nam = factories.person(grassroots, "Trần Văn Nam")
        rows = (row(nam, position="committee_member"), row(nam, number=1, position="deputy_secretary"))
        response = as_board(bloc).post(form_of(first, grassroots), sent(*rows))
        assert response.status_code == 422
        assert "Không có lựa chọn “deputy_secretary”" in response.content.decode()
        assert len(entered()) == 1


class TestOutcome:
    def preview(self, client, planning_round: PlanningRound, of: Organization, *rows: dict, **options) -> str:
        response = client.post(form_of(planning_round, of, "introduce_preview"), sent(*rows, **options))
        assert response.status_code == 200
        return " ".join(response.content.decode().split())

    def test_counts_what_the_plans_would_hold(self, bloc, grassroots, first, hoa):
        office = factories.office()
        set_target(first, organization=grassroots, group="committee", seats=1, coefficient=Decimal("1.5"), by=office)
        factories.plan_entry(first, factories.person(grassroots), grassroots, "committee_member")
        shown = self.preview(as_board(bloc), first, grassroots, row(hoa, position="committee_member"))
        assert "Ban Chấp hành: <strong>2</strong>/1 người" in shown
        assert "ngoài khoảng cần quy hoạch" in shown
        assert "Quy hoạch Ban Chấp hành có 2 người, nhiều hơn 1 người theo hệ số." in shown
        assert entered() == {(PlanEntry.objects.get().person.full_name, "committee_member", 1, date(2022, 2, 1), "")}

    def test_says_of_each_person_what_the_rules_of_the_day_say(self, bloc, grassroots, first, hoa):
        old = factories.person(grassroots, "Trần Văn Già", birth_date=date(1962, 5, 20))
        discipline(
            hoa, kind="reprimand", valid_from=date(2022, 1, 10), valid_to=date(2023, 1, 10), by=factories.office()
        )
        client = as_board(bloc)
        shown = self.preview(client, first, grassroots, row(hoa, old))
        assert "Đỗ Thị Hòa đang trong thời gian chịu kỷ luật khiển trách." in shown
        assert "Căn cứ: Quy định 50-QĐ/TW, ngày 27/12/2021 (đến hết 07/10/2025)" in shown
        assert "Trần Văn Già nghỉ hưu tháng" in shown
        assert "chưa có kết quả" not in shown  # nobody has voted yet: that goes without saying
        later = self.preview(client, first, grassroots, row(hoa), on="10/01/2023")
        assert "kỷ luật" not in later

    def test_counts_all_that_is_typed_among_the_places_of_a_person(self, bloc, grassroots, first, hoa):
        rows = [
            row(hoa, number=number, position=code)
            for number, code in enumerate(("committee_member", "standing_member", "secretary"))
        ]
        client = as_board(bloc)
        assert "chức danh ở cùng một cấp" not in self.preview(client, first, grassroots, *rows)
        fourth = row(hoa, number=3, position="inspection_chair")
        shown = self.preview(client, first, grassroots, *rows, fourth)
        assert shown.count("Đỗ Thị Hòa được quy hoạch 4 chức danh ở cùng một cấp; nhiều nhất là 3.") == 1

    def test_says_how_many_are_free_of_remarks(self, bloc, grassroots, first, hoa):
        assert "01 đồng chí không có điều gì cần lưu ý" in self.preview(as_board(bloc), first, grassroots, row(hoa))

    def test_says_nothing_of_those_who_were_introduced_before(self, bloc, grassroots, first, hoa):
        old = factories.person(grassroots, "Trần Văn Già", birth_date=date(1962, 5, 20))
        factories.plan_entry(first, old, grassroots)
        shown = self.preview(as_board(bloc), first, grassroots, row(hoa))
        assert "Trần Văn Già" not in shown

    def test_waits_for_a_row_that_is_whole(self, bloc, grassroots, first, hoa):
        shown = self.preview(as_board(bloc), first, grassroots, row(hoa, position=""))
        assert "Chọn chức danh và ít nhất một đồng chí" in shown

    def test_stands_on_the_page_where_no_script_runs(self, bloc, grassroots, first, hoa):
        response = as_board(bloc).post(form_of(first, grassroots), sent(row(hoa)) | {"xem-truoc": "1"})
        shown = text_of(response)
        assert "Bí thư: 1/3 người" in shown
        assert entered() == set()

    def test_takes_the_same_few_queries_however_many_are_typed(
        self, bloc, grassroots, first, hoa, django_assert_num_queries
    ):
        client, url = as_board(bloc), form_of(first, grassroots, "introduce_preview")
        client.post(url, sent(row(hoa)))
        people = [factories.person(grassroots) for _ in range(8)]
        with django_assert_num_queries(count_of(client, url, sent(row(hoa)))):
            client.post(url, sent(row(hoa, *people)))


def count_of(client, url: str, data: dict) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.post(url, data)
    return len(queries)
