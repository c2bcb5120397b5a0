"""Pages of organisations' seats, of people and of dossiers."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.roles import Role
from common.vietnamese import sort_key
from organizations.actions import amend_organization, record_member_count
from organizations.models import Organization, Position
from personnel.actions import discipline, return_to_drafter, transfer_membership
from personnel.models import ChangeItem, Dossier, Person
from tests import factories
from tests.pages import MOST_QUERIES, as_board, as_role, count_queries, signed_in, text_of

pytestmark = pytest.mark.django_db

PEOPLE = reverse("personnel:person_list")
DOSSIERS = reverse("personnel:dossier_list")


@pytest.fixture
def bloc() -> Organization:
    return factories.organization(name="Đảng bộ Khối", code="KHOI")


@pytest.fixture
def grassroots(bloc) -> Organization:
    made = factories.organization(bloc, name="Đảng bộ Sở Xây dựng", code="SXD")
    factories.term(made, committee=3, standing=0, inspection=0)
    return made


def page_of(organization: Organization) -> str:
    return reverse("personnel:organization_detail", args=[organization.code])


def seat_secretary(organization: Organization, name: str, on: date = factories.DECIDED) -> Person:
    person = factories.person(organization, name)
    factories.seated(person, organization, on=on)
    factories.seated(person, organization, Position.SECRETARY, on=on)
    return person


class TestOrganization:
    def test_shows_who_sits_where_and_what_is_vacant(self, bloc, grassroots):
        seat_secretary(grassroots, "Đỗ Thị Hòa")
        shown = text_of(as_board(bloc).get(page_of(grassroots)))
        assert "2020-2025, Đại hội lần thứ VII" in shown
        assert "Được duyệt 3 · có 1 · khuyết 2" in shown
        assert "Bí thư Đỗ Thị Hòa Sinh năm 1975 Bí thư từ 10/3/2022 · Chỉ định" in shown
        assert shown.count("Chưa bầu đủ từ đầu nhiệm kỳ") == 2

    def test_says_since_when_and_why_a_seat_is_vacant(self, bloc, grassroots):
        seat_secretary(grassroots, "Đỗ Thị Hòa", on=date(2021, 3, 1))
        retired = Person.objects.get(full_name="Đỗ Thị Hòa")
        leave = factories.release(retired, proposed_on=date(2022, 5, 1))
        factories.confirmed(grassroots, leave, on=date(2022, 4, 20))
        before = text_of(as_board(bloc, date(2022, 4, 30)).get(page_of(grassroots)))
        after = text_of(as_board(bloc, date(2022, 5, 1)).get(page_of(grassroots)))
        assert "có 1 · khuyết 2" in before
        assert "chưa có Bí thư" not in before
        assert "có 0 · khuyết 3 · chưa có Bí thư" in after
        assert "Khuyết Từ 01/5/2022 Đồng chí Đỗ Thị Hòa: Nghỉ hưu" in after

    def test_says_when_a_body_is_over_its_size(self, bloc, grassroots):
        for _ in range(4):
            factories.seated(factories.person(grassroots), grassroots)
        shown = text_of(as_board(bloc).get(page_of(grassroots)))
        assert "có 4 · khuyết 0 · vượt 1 so với số được duyệt" in shown

    def test_shows_the_name_of_the_day_and_the_history(self, bloc, grassroots):
        amend_organization(grassroots, name="Đảng bộ Sở Mới", effective_on=date(2022, 7, 1), by=factories.office())
        before = as_board(bloc, date(2022, 3, 15)).get(page_of(grassroots))
        after = as_board(bloc, date(2023, 3, 15)).get(page_of(grassroots))
        assert "<h1>Đảng bộ Sở Xây dựng</h1>" in before.content.decode()
        assert "Đảng bộ Sở Mới" not in text_of(before)
        assert "<h1>Đảng bộ Sở Mới</h1>" in after.content.decode()
        history = reverse("personnel:organization_history", args=[grassroots.code])
        assert "01/01/2015 01/7/2022 Đảng bộ Sở Xây dựng" in text_of(as_board(bloc, date(2023, 3, 15)).get(history))

    def test_says_that_it_did_not_stand_on_the_day(self, bloc, grassroots):
        shown = text_of(as_board(bloc, date(2014, 1, 1)).get(page_of(grassroots)))
        assert "chưa thành lập hoặc đã kết thúc" in shown
        assert "Chưa có nhiệm kỳ nào vào ngày này" in shown

    def test_counts_members_by_the_last_count_and_does_not_guess(self, bloc, grassroots):
        for day, official in ((date(2021, 12, 31), 30), (date(2022, 12, 31), 42)):
            record_member_count(grassroots, counted_on=day, official=official, probationary=2, by=factories.office())
        assert "32 (30 chính thức, 2 dự bị), tính đến 31/12/2021" in text_of(
            as_board(bloc, date(2022, 6, 1)).get(page_of(grassroots))
        )
        assert "Đảng viên chưa có số liệu" in text_of(as_board(bloc, date(2021, 6, 1)).get(page_of(grassroots)))

    def test_lists_what_stands_beneath(self, bloc, grassroots):
        factories.organization(grassroots, "subordinate_cell", name="Chi bộ Văn phòng")
        page = as_board(bloc).get(page_of(grassroots))
        assert "Tổ chức trực thuộc (1)" in text_of(page)
        assert "Chi bộ Văn phòng" in text_of(page)

    def test_links_the_superior_only_where_it_can_be_opened(self, bloc, grassroots):
        link = f'href="{page_of(bloc)}"'
        assert link in as_board(bloc).get(page_of(grassroots)).content.decode()
        clerk = as_role(Role.GRASSROOTS_CLERK, grassroots)
        assert link not in clerk.get(page_of(grassroots)).content.decode()
        assert clerk.get(page_of(bloc)).status_code == 404

    def test_is_not_there_outside_the_scope_nor_without_the_right(self, bloc, grassroots):
        other = factories.organization(bloc)
        assert as_role(Role.GRASSROOTS_CLERK, other).get(page_of(grassroots)).status_code == 404
        assert as_board(bloc).get(reverse("personnel:organization_detail", args=["KHONG-CO"])).status_code == 404
        assert signed_in(factories.user(role=None)).get(page_of(grassroots)).status_code == 403

    def test_takes_the_same_few_queries_however_many_sit_there(self, bloc, grassroots):
        client = as_board(bloc)
        factories.seated(factories.person(grassroots), grassroots)
        factories.organization(grassroots, "subordinate_cell")
        small = count_queries(client, page_of(grassroots))
        for _ in range(12):
            factories.seated(factories.person(grassroots), grassroots)
            factories.organization(grassroots, "subordinate_cell")
        assert count_queries(client, page_of(grassroots)) == small <= MOST_QUERIES


class TestPeople:
    def test_lists_names_in_vietnamese_order(self, bloc):
        names = ["Nguyễn Văn Ước", "Trần Thị Ánh", "Đỗ Văn Ân", "Lê Thị Đào", "Phạm Văn Dũng", "Bùi Thị Ước"]
        for name in names:
            factories.person(bloc, name)
        shown = text_of(as_board(bloc).get(PEOPLE))
        assert sorted(names, key=shown.index) == sorted(names, key=sort_key)

    def test_finds_a_name_typed_without_accents_and_a_card_number(self, bloc):
        factories.person(bloc, "Đỗ Thị Hòa", card_number="12.345678")
        factories.person(bloc, "Nguyễn Văn Nam")
        client = as_board(bloc)
        for words in ("do thi hoa", "ĐỖ HOÀ", "12.345678"):
            shown = text_of(client.get(PEOPLE, {"q": words}))
            assert "Đỗ Thị Hòa" in shown
            assert "1 kết quả" in shown

    def test_filters_by_organization_with_all_beneath(self, bloc, grassroots):
        cell = factories.organization(grassroots, "subordinate_cell")
        factories.person(bloc, "Người Ngoài")
        factories.person(cell, "Người Trong")
        shown = text_of(as_board(bloc).get(PEOPLE, {"organization": "SXD"}))
        assert "Người Trong" in shown
        assert "Người Ngoài" not in shown
        assert "Nơi sinh hoạt (cả cấp dưới): Đảng bộ Sở Xây dựng" in shown

    def test_filters_by_gender_ethnic_group_and_position_of_the_day(self, bloc, grassroots):
        seat_secretary(grassroots, "Đỗ Thị Hòa")
        factories.person(grassroots, "Lò Thị Mai", gender="female", ethnic_group="Thái")
        client = as_board(bloc, date(2022, 12, 31))
        assert "Lò Thị Mai" in text_of(client.get(PEOPLE, {"gender": "female", "ethnic_group": "Thái"}))
        assert "1 kết quả" in text_of(client.get(PEOPLE, {"position": "secretary"}))
        assert "0 kết quả" in text_of(as_board(bloc, date(2022, 3, 9)).get(PEOPLE, {"position": "secretary"}))

    def test_shows_place_and_seats_of_the_day_looked_at(self, bloc, grassroots):
        person = seat_secretary(grassroots, "Đỗ Thị Hòa")
        new_place = factories.organization(bloc, name="Đảng bộ Sở Y tế")
        transfer_membership(person, to=new_place, effective_on=date(2022, 9, 1), by=factories.office())
        before = text_of(as_board(bloc, date(2022, 3, 9)).get(PEOPLE))
        after = text_of(as_board(bloc, date(2022, 9, 1)).get(PEOPLE))
        assert "Đảng bộ Sở Xây dựng —" in before
        assert "Đảng bộ Sở Y tế Bí thư, UVBCH (Đảng bộ Sở Xây dựng)" in after

    @pytest.mark.parametrize("name", ["organization", "position", "gender", "ethnic_group"])
    def test_an_unknown_choice_finds_nothing_and_is_explained(self, bloc, name):
        factories.person(bloc)
        shown = text_of(as_board(bloc).get(PEOPLE, {name: "'; --"}))
        assert "Không có lựa chọn" in shown
        assert "0 kết quả" in shown

    def test_shows_only_people_of_the_scope(self, bloc, grassroots):
        factories.person(bloc, "Người Ngoài")
        factories.person(grassroots, "Người Trong")
        shown = text_of(as_role(Role.GRASSROOTS_CLERK, grassroots).get(PEOPLE))
        assert "Người Trong" in shown
        assert "Người Ngoài" not in shown

    def test_an_empty_register_says_what_belongs_here(self, bloc):
        assert "Chưa có đảng viên nào" in text_of(as_board(bloc).get(PEOPLE))

    def test_cuts_the_list_into_pages_of_fifty(self, bloc):
        for _ in range(51):
            factories.person(bloc)
        assert "51–51 trong 51" in text_of(as_board(bloc).get(PEOPLE, {"page": "2", "sort": "-full_name"}))

    def test_takes_the_same_few_queries_however_many_there_are(self, bloc, grassroots):
        client = as_board(bloc)
        factories.seated(factories.person(grassroots), grassroots)
        url = f"{PEOPLE}?q=nguyen&position=committee_member&organization=SXD"
        small = count_queries(client, url)
        for _ in range(12):
            factories.seated(factories.person(grassroots), grassroots)
        assert count_queries(client, url) == small <= MOST_QUERIES


class TestPerson:
    def test_shows_what_the_register_knows_and_what_it_does_not(self, bloc):
        person = factories.person(bloc, "Đỗ Thị Hòa", birth_date=date(1980, 3, 1), birth_precision="month", hometown="")
        shown = text_of(as_board(bloc).get(person.get_absolute_url()))
        assert "Ngày sinh 3/1980" in shown
        assert "Quê quán chưa có số liệu" in shown

    def test_shows_seats_through_time_as_known_on_the_day(self, bloc, grassroots):
        person = seat_secretary(grassroots, "Đỗ Thị Hòa", on=date(2021, 3, 1))
        leave = factories.release(person, proposed_on=date(2022, 5, 1))
        dossier = factories.confirmed(grassroots, leave, opened_on=date(2022, 4, 10), on=date(2022, 4, 20))
        before = as_board(bloc, date(2022, 4, 1)).get(person.get_absolute_url())
        after = as_board(bloc, date(2022, 5, 1)).get(person.get_absolute_url())
        assert text_of(before).count("đang giữ") >= 2
        assert dossier.code not in text_of(before)
        assert f"01/5/2022 Nghỉ hưu ({dossier.code})" in text_of(after)
        assert dossier.get_absolute_url() in after.content.decode()

    def test_shows_disciplines_begun_by_the_day(self, bloc):
        person = factories.person(bloc)
        discipline(
            person, kind="warning", valid_from=date(2022, 5, 1), valid_to=date(2023, 5, 1), by=factories.office()
        )
        assert "Cảnh cáo" in text_of(as_board(bloc, date(2022, 5, 1)).get(person.get_absolute_url()))
        assert "Không có kỷ luật" in text_of(as_board(bloc, date(2022, 4, 30)).get(person.get_absolute_url()))

    def test_never_shows_plan_entries(self, bloc, grassroots):
        person = factories.person(grassroots)
        factories.plan_entry(factories.planning_round(bloc), person, grassroots)
        shown = text_of(as_role(Role.LEADER, bloc).get(person.get_absolute_url()))
        assert "2025-2030" not in shown
        assert "quy hoạch" not in shown.lower()

    def test_is_not_there_outside_the_scope_nor_without_the_right(self, bloc, grassroots):
        person = factories.person(grassroots)
        other = as_role(Role.GRASSROOTS_CLERK, factories.organization(bloc))
        assert other.get(person.get_absolute_url()).status_code == 404
        assert signed_in(factories.user(role=None)).get(person.get_absolute_url()).status_code == 403

    def test_takes_the_same_few_queries_however_long_the_record(self, bloc, grassroots):
        client = as_board(bloc)
        person = factories.person(grassroots)
        factories.seated(person, grassroots)
        small = count_queries(client, person.get_absolute_url())
        for _ in range(5):
            other = factories.organization(bloc)
            factories.term(other)
            factories.seated(person, other)
        of_alerts_and_papers = 4  # terms, ages, rules, documents
        assert count_queries(client, person.get_absolute_url()) == small <= MOST_QUERIES + of_alerts_and_papers


class TestDossiers:
    def test_lists_the_newest_first_with_organization_items_and_state(self, bloc, grassroots):
        someone = factories.person(grassroots)
        factories.confirmed(grassroots, factories.appointment(someone))
        factories.dossier(grassroots, opened_on=date(2022, 5, 1))
        shown = text_of(as_board(bloc).get(DOSSIERS))
        assert "HS-2022-002 Đảng bộ Sở Xây dựng Kiện toàn trong nhiệm kỳ 0 Nháp — —" in shown
        assert "HS-2022-001 Đảng bộ Sở Xây dựng Kiện toàn trong nhiệm kỳ 1 Đã chuẩn y 15/02/2022 10/3/2022" in shown
        assert shown.index("HS-2022-002") < shown.index("HS-2022-001")

    @pytest.mark.parametrize(
        ("day", "state"),
        [
            (date(2022, 2, 14), "Nháp — —"),
            (date(2022, 2, 15), "Đã trình 15/02/2022 —"),
            (date(2022, 3, 10), "Đã chuẩn y"),
        ],
    )
    def test_shows_the_state_that_the_day_looked_at_had_seen(self, bloc, grassroots, day, state):
        factories.confirmed(grassroots, factories.appointment(factories.person(grassroots)))
        assert state in text_of(as_board(bloc, day).get(DOSSIERS))

    def test_hides_dossiers_opened_later(self, bloc, grassroots):
        factories.dossier(grassroots, opened_on=date(2022, 2, 1))
        assert "Chưa có hồ sơ nào" in text_of(as_board(bloc, date(2022, 1, 31)).get(DOSSIERS))

    def test_finds_by_code_by_organization_and_by_person_without_accents(self, bloc, grassroots):
        factories.dossier(grassroots, factories.appointment(factories.person(grassroots, "Đỗ Thị Hòa")))
        factories.dossier(bloc, factories.appointment(factories.person(bloc, "Nguyễn Văn Nam")))
        client = as_board(bloc)
        for words in ("HS-2022-001", "hs2022001"[:2] + " 2022 1", "so xay dung", "do hoa"):
            assert "1 kết quả" in text_of(client.get(DOSSIERS, {"q": words})), words

    def test_filters_by_state_kind_year_and_organization(self, bloc, grassroots):
        factories.submitted(grassroots, factories.appointment(factories.person(grassroots)))
        factories.dossier(bloc, opened_on=date(2023, 1, 5))
        client = as_board(bloc)
        for query in ({"state_on_day": "submitted"}, {"year": "2022"}, {"organization": "SXD"}):
            shown = text_of(client.get(DOSSIERS, query))
            assert "HS-2022-001" in shown
            assert "1 kết quả" in shown
        assert "2 kết quả" in text_of(client.get(DOSSIERS, {"kind": "supplement", "organization": "KHOI"}))

    def test_a_returned_dossier_is_told_from_a_draft(self, bloc, grassroots):
        dossier = factories.submitted(grassroots, factories.appointment(factories.person(grassroots)))
        return_to_drafter(dossier, by=factories.superior(), reason="Thiếu biên bản")
        assert "Trả lại" in text_of(as_board(bloc).get(DOSSIERS, {"state_on_day": "returned"}))
        assert "Lý do trả lại: Thiếu biên bản" in text_of(as_board(bloc).get(dossier.get_absolute_url()))

    @pytest.mark.parametrize(
        "query", [{"year": "x"}, {"state_on_day": "?"}, {"q": "a" * 500}, {"q": "hs 2022 " + "9" * 30}]
    )
    def test_wrong_values_never_break_the_page(self, bloc, query):
        factories.dossier(bloc)
        assert "0 kết quả" in text_of(as_board(bloc).get(DOSSIERS, query))

    def test_shows_only_dossiers_of_the_scope(self, bloc, grassroots):
        factories.dossier(bloc)
        factories.dossier(grassroots)
        assert "1 kết quả" in text_of(as_role(Role.GRASSROOTS_CLERK, grassroots).get(DOSSIERS))

    def test_takes_the_same_few_queries_however_many_there_are(self, bloc, grassroots):
        client = as_board(bloc)
        url = f"{DOSSIERS}?q=so&organization=SXD"
        factories.dossier(grassroots, factories.appointment(factories.person(grassroots)))
        small = count_queries(client, url)
        for _ in range(12):
            factories.dossier(grassroots, factories.appointment(factories.person(grassroots)))
        assert count_queries(client, url) == small <= MOST_QUERIES


class TestDossier:
    def test_shows_items_with_their_votes_and_papers(self, bloc, grassroots):
        person = factories.person(grassroots, "Đỗ Thị Hòa")
        item = factories.appointment(
            person,
            method="supplementary_election",
            elected_on=date(2022, 2, 10),
            vote=factories.votes(11, 15, excluded=1),
        )
        dossier = factories.confirmed(grassroots, item)
        shown = text_of(as_board(bloc).get(dossier.get_absolute_url()))
        assert "Bổ sung: Ủy viên Ban Chấp hành Đỗ Thị Hòa Bầu bổ sung 10/02/2022 11/15 đồng ý (cần 8)" in shown
        assert "không tính 1: Vắng có lý do" in shown
        assert f"Quyết định số {dossier.decision.full_number}" in shown

    def test_tells_its_course_from_the_journal(self, bloc, grassroots):
        dossier = factories.confirmed(grassroots, factories.appointment(factories.person(grassroots)))
        shown = text_of(as_board(bloc).get(dossier.get_absolute_url()))
        steps = ["Lập hồ sơ – office", "Trình hồ sơ – office", "Chuẩn y hồ sơ – superior"]
        assert sorted(steps, key=shown.index) == steps

    def test_a_correction_and_what_it_corrects_lead_to_each_other(self, bloc, grassroots):
        dossier = factories.confirmed(grassroots, factories.appointment(factories.person(grassroots)))
        mending = factories.correction(dossier, factories.annulment(ChangeItem.objects.get(dossier=dossier)))
        client = as_board(bloc)
        mended, mends = (text_of(client.get(each.get_absolute_url())) for each in (dossier, mending))
        assert f"Được đính chính bởi {mending.code}" in mended
        assert f"Được đính chính tại {mending.code}" in mended
        assert f"Đính chính cho {dossier.code}" in mends
        assert f"Đính chính nội dung của {dossier.code}" in mends

    def test_says_how_far_it_had_come_on_an_earlier_day(self, bloc, grassroots):
        dossier = factories.confirmed(grassroots, factories.appointment(factories.person(grassroots)))
        shown = text_of(as_board(bloc, date(2022, 3, 1)).get(dossier.get_absolute_url()))
        assert "mới ở bước “Đã trình”" in shown

    def test_a_congress_result_shows_term_and_sizes(self, bloc):
        own = factories.organization(bloc)
        dossier = factories.congress(own, (factories.person(own), "committee_member"), standing_size=None)
        shown = text_of(as_board(bloc).get(dossier.get_absolute_url()))
        assert "Ban Chấp hành 15, Ban Thường vụ —, Ủy ban Kiểm tra 5" in shown

    def test_people_outside_the_scope_are_named_without_a_link(self, bloc, grassroots):
        outsider = factories.person(bloc, "Người Ngoài")
        dossier = factories.dossier(grassroots, factories.appointment(outsider))
        page = as_role(Role.GRASSROOTS_CLERK, grassroots).get(dossier.get_absolute_url())
        assert "Người Ngoài" in text_of(page)
        assert outsider.get_absolute_url() not in page.content.decode()

    def test_is_not_there_outside_the_scope_nor_without_the_right(self, bloc, grassroots):
        dossier: Dossier = factories.dossier(grassroots)
        other = as_role(Role.GRASSROOTS_CLERK, factories.organization(bloc))
        assert other.get(dossier.get_absolute_url()).status_code == 404
        assert signed_in(factories.user(role=None)).get(dossier.get_absolute_url()).status_code == 403

    def test_takes_the_same_few_queries_however_many_items(self, bloc, grassroots):
        client = as_board(bloc)
        small, large = (
            factories.dossier(grassroots, *(factories.appointment(factories.person(grassroots)) for _ in range(count)))
            for count in (1, 12)
        )
        few = count_queries(client, small.get_absolute_url())
        assert count_queries(client, large.get_absolute_url()) == few <= MOST_QUERIES
