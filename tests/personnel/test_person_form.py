"""Entering a person and amending one: days as far as they are known, doubles, and two who save at a time."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.roles import Role
from common.errors import NotAllowed, Outdated, Refused, WrongState
from common.journal import LogEntry
from organizations.models import Organization
from organizations.scope import Right
from personnel.actions import amend_person, merge_people, register_person
from personnel.forms.person import typed_of
from personnel.models import Person
from personnel.particulars import FIELDS, PARTICULARS, edition_of
from personnel.views import person_forms
from tests import factories
from tests.pages import as_board, as_role, text_of

pytestmark = pytest.mark.django_db
NEW = reverse("personnel:person_new")


@pytest.fixture
def bloc() -> Organization:
    return factories.organization(name="Đảng bộ Khối")


@pytest.fixture
def place(bloc) -> Organization:
    return factories.organization(bloc, name="Đảng bộ Sở Xây dựng", code="SXD")


@pytest.fixture
def someone(place) -> Person:
    return factories.person(place, "Lê Văn An", birth_date=date(1975, 5, 20))


def typed(**fields) -> dict[str, str]:
    least = {"organization": "SXD", "member_from": "3/2017", "full_name": "Phạm Thị Mới", "birth": "12/5/1980"}
    return least | {"gender": "female", "ethnic_group": "Tày"} | fields


def amend_url(person: Person) -> str:
    return reverse("personnel:person_amend", args=[person.pk])


def amended(person: Person, **fields) -> dict[str, str]:
    """Return what a browser sends that has opened the form of the person and changed these fields."""
    shown = {name: value for name, value in typed_of(person).items() if isinstance(value, str)}
    return shown | fields


def shown_errors(response) -> str:
    assert response.status_code == 422
    return response.content.decode()


class TestEntering:
    def test_with_the_least(self, bloc, place):
        response = as_board(bloc).post(NEW, typed(), follow=True)
        person = Person.objects.get()
        assert "Đã ghi nhận đồng chí Phạm Thị Mới." in text_of(response)
        assert (person.birth_date, person.gender, person.ethnic_group) == (date(1980, 5, 12), "female", "Tày")
        membership = person.memberships.get()
        assert (membership.organization, membership.from_display) == (place, "tháng 3/2017")

    def test_with_everything(self, bloc, place):
        everything = {
            "other_name": "Mười",
            "religion": "Không",
            "birthplace": "Xã Một",
            "hometown": "Xã Hai",
            "residence": "Phường Ba",
            "joined": "15/3/2017",
            "official": "2018",
            "card_number": "0123",
            "present_post": "Trưởng phòng",
            "retires_on": "01/9/2035",
            "retires_on_source": "QĐ 12-QĐ/SXD",
            "general_education": "12/12",
            "education": "master",
            "field_of_study": "Luật",
            "political_theory": "advanced",
            "state_management": "Chuyên viên chính",
            "foreign_languages": "Tiếng Anh",
            "computer_skills": "Ứng dụng cơ bản",
        }
        response = as_board(bloc).post(NEW, typed(**everything), follow=True)
        page = text_of(response)
        person = Person.objects.get()
        assert all(each.say(person) for each in PARTICULARS)
        for each in PARTICULARS:
            assert each.say(person) in page
        assert "chưa có số liệu" not in page.partition("Quá trình")[0]

    @pytest.mark.parametrize(
        ("text", "stored", "precision", "said"),
        [
            ("2017", date(2017, 1, 1), "year", "2017"),
            ("3/2017", date(2017, 3, 1), "month", "3/2017"),
            ("05/3/2017", date(2017, 3, 5), "day", "05/3/2017"),
            ("5.3.2017", date(2017, 3, 5), "day", "05/3/2017"),
            ("05-03-2017", date(2017, 3, 5), "day", "05/3/2017"),
        ],
    )
    def test_a_day_as_far_as_it_is_known(self, bloc, place, text, stored, precision, said):
        page = text_of(as_board(bloc).post(NEW, typed(joined=text), follow=True))
        person = Person.objects.get()
        assert (person.joined_party_on, person.joined_party_precision) == (stored, precision)
        assert f"Ngày vào Đảng {said} Ngày chính thức chưa có số liệu" in page

    @pytest.mark.parametrize("text", ["31/02/2017", "13/2017", "tháng ba", "17", "1/1/1900", "1/1/2999"])
    def test_what_is_no_day(self, bloc, place, text):
        errors = shown_errors(as_board(bloc).post(NEW, typed(joined=text)))
        assert "Không đọc được ngày" in errors or "không hợp lý" in errors
        assert not Person.objects.exists()

    def test_a_rough_day_in_the_year_of_an_exact_one_is_no_contradiction(self, bloc, place):
        as_board(bloc).post(NEW, typed(joined="15/3/2017", official="2017"))
        person = Person.objects.get()
        assert (person.official_on, person.official_precision) == (date(2017, 3, 15), "year")

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"full_name": "Mới"}, "Hãy nhập đủ họ và tên."),
            ({"full_name": ""}, "Hãy nhập đủ họ và tên."),
            ({"birth": ""}, "Hãy nhập ngày sinh."),
            ({"gender": ""}, "Hãy chọn giới tính."),
            ({"organization": ""}, "Hãy chọn nơi sinh hoạt đảng."),
            ({"member_from": ""}, "Hãy nhập ngày bắt đầu sinh hoạt ở đây."),
            ({"joined": "2016", "official": "2015"}, "Ngày chính thức (2015) sớm hơn ngày vào Đảng (2016)."),
            ({"joined": "01/01/1975"}, "Ngày vào Đảng (01/01/1975) không sau ngày sinh (12/5/1980)."),
            ({"retires_on": "01/9/2035"}, "Ngày nghỉ hưu và căn cứ phải cùng ghi hoặc cùng để trống."),
            ({"retires_on_source": "QĐ"}, "Ngày nghỉ hưu và căn cứ phải cùng ghi hoặc cùng để trống."),
        ],
    )
    def test_says_what_is_wrong(self, bloc, place, fields, sentence):
        assert sentence in shown_errors(as_board(bloc).post(NEW, typed(**fields)))
        assert not Person.objects.exists()

    def test_a_card_of_somebody_out_of_sight_is_refused_without_a_name(self, bloc, place):
        factories.person(factories.organization(bloc), "Lê Thị Khuất", card_number="77")
        errors = shown_errors(as_board(place).post(NEW, typed(card_number="77")))
        assert "Số thẻ đảng viên này đã thuộc về một người khác." in errors
        assert "Lê Thị Khuất" not in errors

    def test_a_likely_double_is_shown_and_let_through_with_a_tick(self, bloc, place):
        known = factories.person(place, "Phạm Thị Mới", birth_date=date(1980, 1, 1), birth_precision="year")
        answer = shown_errors(as_board(bloc).post(NEW, typed()))
        assert "Cùng họ tên, ngày sinh khớp nhau" in answer
        assert f'href="{known.get_absolute_url()}"' in answer
        assert Person.objects.count() == 1
        assert f'name="seen" value="{known.pk},"' in answer
        assert shown_errors(as_board(bloc).post(NEW, typed(is_other="on")))  # nobody was looked at
        assert as_board(bloc).post(NEW, typed(is_other="on", seen=f"{known.pk},")).status_code == 302
        assert Person.objects.count() == 2

    def test_the_same_form_sent_twice_enters_one(self, bloc, place):
        known = factories.person(place, "Phạm Thị Mới", birth_date=date(1980, 1, 1), birth_precision="year")
        client = as_board(bloc)
        sent = typed(is_other="on", seen=f"{known.pk},", joined="2017")
        first, second = client.post(NEW, sent), client.post(NEW, sent)
        [entered] = Person.objects.exclude(pk=known.pk)
        assert first.url == second.url == entered.get_absolute_url()
        assert shown_errors(client.post(NEW, sent | {"hometown": "xã Một"}))  # not the same: to be looked at
        assert Person.objects.count() == 2
        assert client.post(NEW, sent | {"hometown": "xã Một", "seen": f"{known.pk},{entered.pk}"}).status_code == 302

    def test_who_comes_first_in_the_same_moment_is_shown_to_the_second(self, bloc, place, monkeypatch):
        looked = monkeypatch.setattr
        doubles_of = person_forms.doubles_of

        def meanwhile(*asked):
            looked(person_forms, "doubles_of", doubles_of)
            factories.person(place, "Phạm Thị Mới", birth_date=date(1980, 5, 12))
            return [[]]

        looked(person_forms, "doubles_of", meanwhile)
        assert "Cùng họ tên, ngày sinh khớp nhau" in shown_errors(as_board(bloc).post(NEW, typed()))
        assert Person.objects.count() == 1

    def test_a_double_out_of_sight_is_not_told(self, bloc, place):
        factories.person(factories.organization(bloc), "Phạm Thị Mới", birth_date=date(1980, 5, 12))
        assert as_board(place).post(NEW, typed()).status_code == 302

    def test_only_where_one_drafts(self, bloc, place):
        for role in (Role.CONFIRMER, Role.LEADER):
            assert as_role(role, bloc).get(NEW).status_code == 403
        beside = factories.organization(bloc)
        assert shown_errors(as_board(beside).post(NEW, typed()))
        with pytest.raises(NotAllowed):
            register_person(
                organization=place, member_from=date(2020, 1, 1), by=factories.holder_of(Right.VIEW), full_name="A B",
                birth_date=date(1980, 1, 1), gender="male",
            )  # fmt: skip


class TestAmending:
    def test_changes_what_is_changed_and_is_journaled(self, bloc, someone):
        fields = amended(someone, hometown="xã Một", joined="3/2005")
        response = as_board(bloc).post(amend_url(someone), fields, follow=True)
        assert "Đã lưu thông tin của đồng chí Lê Văn An." in text_of(response)
        someone.refresh_from_db()
        assert (someone.hometown, someone.joined_party_on, someone.joined_party_precision) == (
            "xã Một",
            date(2005, 3, 1),
            "month",
        )
        entry = LogEntry.objects.get_for_object(someone).exclude(action=LogEntry.Action.ACCESS).first()
        assert entry.additional_data["act"] == "Sửa thông tin đảng viên"
        assert set(entry.changes) == {"hometown", "joined_party_on", "joined_party_precision"}

    def test_the_form_shows_what_is_known_as_it_would_be_typed(self, bloc, place):
        person = factories.person(
            place, birth_date=date(1975, 1, 1), birth_precision="year", official_on=date(2005, 3, 1),
            official_precision="month", joined_party_on=date(2004, 3, 4),
        )  # fmt: skip
        page = as_board(bloc).get(amend_url(person)).content.decode()
        for value in ("1975", "3/2005", "04/3/2004"):
            assert f'value="{value}"' in page
        before = {name: getattr(person, name) for name in FIELDS}
        sent = amended(person, joined="04/3/2004", official="3/2005", birth="1975")
        assert as_board(bloc).post(amend_url(person), sent).status_code == 302
        person.refresh_from_db()
        assert {name: getattr(person, name) for name in FIELDS} == before

    def test_the_second_to_save_is_told_what_the_first_changed(self, bloc, someone):
        mine = amended(someone, hometown="xã Của Tôi", religion="Không")
        theirs = amended(someone, hometown="xã Của Họ", residence="phường Họ")
        as_board(bloc).post(amend_url(someone), theirs)
        answer = as_board(bloc).post(amend_url(someone), mine)
        assert answer.status_code == 409
        page = answer.content.decode()
        for words in ("xã Của Tôi", "xã Của Họ", "phường Họ", "Lưu bản của tôi", "Sửa tiếp bản của tôi"):
            assert words in page
        assert "Tên gọi khác</th>" not in page
        someone.refresh_from_db()
        assert someone.hometown == "xã Của Họ"
        mine["edition"] = edition_of(someone)
        assert as_board(bloc).post(amend_url(someone), mine | {"sua-tiep": "1"}).status_code == 200
        assert as_board(bloc).post(amend_url(someone), mine | {"luu": "1"}).status_code == 302
        someone.refresh_from_db()
        assert (someone.hometown, someone.residence) == ("xã Của Tôi", "")

    def test_the_same_form_sent_twice_is_saved_once(self, bloc, someone):
        sent = amended(someone, hometown="xã Một")
        assert as_board(bloc).post(amend_url(someone), sent).status_code == 302
        assert as_board(bloc).post(amend_url(someone), sent).status_code == 302
        acts = LogEntry.objects.get_for_object(someone).exclude(action=LogEntry.Action.ACCESS)
        assert acts.count() == 2  # entered, amended

    @pytest.mark.parametrize("is_at_once", [False, True])
    def test_what_was_typed_of_a_record_merged_meanwhile_is_not_lost(
        self, bloc, place, someone, monkeypatch, is_at_once
    ):
        kept = factories.person(place, "Lê Văn An", birth_date=date(1975, 5, 20), hometown="xã Giữ")
        mine = amended(someone, hometown="xã Của Tôi")

        def merge() -> None:
            merge_people(kept, someone, {}, by=factories.office(), reason="Ghi hai lần")

        def at_once(person: Person, **fields) -> Person:
            monkeypatch.undo()
            merge()
            return amend_person(person, **fields)

        if is_at_once:
            monkeypatch.setattr(person_forms, "amend_person", at_once)
        else:
            merge()
        answer = as_board(bloc).post(amend_url(someone), mine)
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "xã Của Tôi" in page
        assert "xã Giữ" in page
        assert f'action="{amend_url(kept)}"' in page
        assert f'value="{edition_of(kept)}"' in page
        assert as_board(bloc).get(amend_url(someone)).url == amend_url(kept)

    def test_the_act_refuses_an_edition_that_is_gone(self, someone):
        edition = edition_of(someone)
        amend_person(someone, by=factories.office(), edition=edition, hometown="xã Một")
        with pytest.raises(Outdated):
            amend_person(someone, by=factories.office(), edition=edition, hometown="xã Hai")
        someone.refresh_from_db()
        with pytest.raises(ValueError, match="sort_key"):
            amend_person(someone, by=factories.office(), edition=edition_of(someone), sort_key="1")

    def test_a_card_of_somebody_else_is_refused(self, place, someone):
        factories.person(place, card_number="77")
        with pytest.raises(Refused, match="Số thẻ"):
            amend_person(someone, by=factories.office(), edition=edition_of(someone), card_number="77")

    def test_a_double_is_not_amended_any_more(self, place, someone):
        kept = factories.person(place)
        merge_people(kept, someone, {}, by=factories.office(), reason="Trùng")
        someone.refresh_from_db()
        with pytest.raises(WrongState):
            amend_person(someone, by=factories.office(), edition=edition_of(someone), hometown="xã")

    def test_only_by_those_who_draft_where_the_person_is_a_member(self, bloc, place, someone):
        for role in (Role.CONFIRMER, Role.LEADER, Role.INSPECTION):
            assert as_role(role, bloc).get(amend_url(someone)).status_code == 403
        beside = factories.organization(bloc)
        assert as_board(beside).get(amend_url(someone)).status_code == 404
        factories.term(beside)
        factories.seated(someone, beside)  # seen there, kept elsewhere
        response = as_board(beside).post(amend_url(someone), amended(someone, hometown="xã"), follow=True)
        assert "Vai trò của bạn không bao gồm việc sửa thông tin" in text_of(response)
        by = factories.holder_of(Right.DRAFT, path=beside.path)
        with pytest.raises(NotAllowed):
            amend_person(someone, by=by, edition=edition_of(someone), hometown="xã")
