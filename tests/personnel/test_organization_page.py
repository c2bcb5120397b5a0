"""The pages of one organisation: seats with who waits for them, terms, changes, plans, papers, members, history."""

import re
from datetime import date

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from accounts.roles import Role
from common.dated import Precision
from organizations.actions import amend_organization
from organizations.models import Organization, Position
from personnel.actions import transfer_membership, withdraw
from personnel.models import Holding, Membership
from tests import factories
from tests.pages import MOST_QUERIES, as_board, as_role, count_queries, signed_in, text_of

pytestmark = pytest.mark.django_db

NEW = reverse("personnel:dossier_new")
TABS = {
    "Cấp ủy": "personnel:organization_detail",
    "Nhiệm kỳ": "personnel:organization_terms",
    "Thay đổi": "personnel:organization_changes",
    "Quy hoạch": "organization_plans",
    "Văn bản": "personnel:organization_papers",
    "Đảng viên": "personnel:organization_members",
    "Lịch sử": "personnel:organization_history",
}
LONG = "Đảng bộ " + "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông và dân dụng " * 3


@pytest.fixture
def bloc() -> Organization:
    return factories.organization(name="Đảng bộ Khối", code="KHOI")


@pytest.fixture
def grassroots(bloc) -> Organization:
    made = factories.organization(bloc, name="Đảng bộ Sở Xây dựng", code="SXD")
    factories.term(made, committee=3, standing=0, inspection=0)
    return made


def page_of(organization: Organization, tab: str = "Cấp ủy") -> str:
    return reverse(TABS[tab], args=[organization.code])


def shown(client, organization: Organization, tab: str = "Cấp ủy") -> str:
    return text_of(client.get(page_of(organization, tab)))


class TestTabs:
    @pytest.mark.parametrize("tab", TABS)
    def test_each_is_an_address_of_its_own_and_marked(self, bloc, grassroots, tab):
        page = as_board(bloc).get(page_of(grassroots, tab)).content.decode()
        assert page.count('aria-current="page"') == 2  # the tab and the breadcrumb
        assert f'<a href="{page_of(grassroots, tab)}" aria-current="page">' in page
        for other in TABS:
            assert f'href="{page_of(grassroots, other)}"' in page

    @pytest.mark.parametrize("tab", TABS)
    def test_an_organisation_of_which_nothing_is_known_has_all_of_them(self, bloc, tab):
        empty = factories.organization(bloc, name=LONG[:240].strip(), code="TRONG")
        assert LONG[:40] in shown(as_board(bloc), empty, tab)
        assert "chưa thành lập hoặc đã kết thúc" in shown(as_board(bloc, date(2014, 1, 1)), empty, tab)

    @pytest.mark.parametrize("tab", TABS)
    def test_is_not_there_outside_the_scope_nor_without_the_right(self, bloc, grassroots, tab):
        other = factories.organization(bloc)
        assert as_role(Role.GRASSROOTS_CLERK, other).get(page_of(grassroots, tab)).status_code == 404
        assert signed_in(factories.user(role=None)).get(page_of(grassroots, tab)).status_code == 403

    @pytest.mark.parametrize("tab", TABS)
    def test_an_ended_organisation_is_still_told_of(self, bloc, grassroots, tab):
        factories.seated(factories.person(grassroots), grassroots)
        factories.reorganization(grassroots, on=date(2022, 7, 1))
        text = shown(as_board(bloc, date(2022, 8, 1)), grassroots, tab)
        assert "Đảng bộ Sở Xây dựng" in text
        assert "đã kết thúc hoạt động" in text


class TestSeats:
    def test_who_waits_to_be_confirmed_has_the_longest_vacant_seat(self, bloc, grassroots):
        factories.seated(factories.person(grassroots, "Đỗ Thị Hòa"), grassroots)
        someone = factories.person(grassroots, "Lê Văn Chờ")
        asked = factories.appointment(someone, method="supplementary_election", elected_on=date(2022, 4, 1))
        dossier = factories.submitted(grassroots, asked, opened_on=date(2022, 4, 2), on=date(2022, 4, 5))
        text = shown(as_board(bloc, date(2022, 4, 10)), grassroots)
        assert "Được duyệt 3 · có 1 · khuyết 2 · chờ chuẩn y 1" in text
        assert "Lê Văn Chờ" in text
        assert f"Chờ chuẩn y: Ủy viên Ban Chấp hành (trình 05/4/2022, chưa chuẩn y, {dossier.code})" in text
        assert "chờ chuẩn y 1" not in shown(as_board(bloc, date(2022, 4, 1)), grassroots)
        assert as_board(bloc).get(page_of(grassroots)).content.decode().count(f"{NEW}?to-chuc=SXD") == 2  # and BT

    def test_a_draft_counts_once_the_vote_was_held_and_a_withdrawn_dossier_no_more(self, bloc, grassroots):
        someone = factories.person(grassroots, "Lê Văn Chờ")
        vote = {"method": "supplementary_election", "elected_on": date(2022, 4, 1)}
        dossier = factories.dossier(grassroots, factories.appointment(someone, **vote), opened_on=date(2022, 4, 2))
        client = as_board(bloc, date(2022, 4, 10))
        assert "bầu 01/4/2022, chưa trình" in shown(client, grassroots)
        withdraw(dossier, by=factories.office(), reason="Nhầm")
        assert "Lê Văn Chờ" not in shown(client, grassroots)

    def test_whoever_is_confirmed_waits_until_the_day_of_effect(self, bloc, grassroots):
        someone = factories.person(grassroots, "Lê Văn Chờ")
        factories.confirmed(grassroots, factories.appointment(someone, proposed_on=date(2022, 5, 1)))
        before = shown(as_board(bloc, date(2022, 4, 1)), grassroots)
        assert "đã chuẩn y, có hiệu lực từ 01/5/2022" in before
        assert "có 1 · khuyết 2 " in shown(as_board(bloc, date(2022, 5, 1)), grassroots)

    def test_what_is_asked_for_a_sitting_member_stands_on_the_card(self, bloc, grassroots):
        someone = factories.person(grassroots, "Đỗ Thị Hòa")
        factories.seated(someone, grassroots)
        factories.submitted(grassroots, factories.release(someone), opened_on=date(2022, 4, 2), on=date(2022, 4, 5))
        text = shown(as_board(bloc, date(2022, 4, 10)), grassroots)
        assert "Chờ chuẩn y: thôi Ủy viên Ban Chấp hành" in text
        assert "chờ chuẩn y 1" not in text

    def test_more_who_wait_than_seats_are_shown_all_the_same(self, bloc, grassroots):
        for _ in range(3):
            factories.seated(factories.person(grassroots), grassroots)
        factories.submitted(grassroots, factories.appointment(factories.person(grassroots, "Lê Văn Thừa")))
        text = shown(as_board(bloc), grassroots)
        assert "có 3 · khuyết 0 · chờ chuẩn y 1" in text
        assert "Không còn vị trí khuyết Lê Văn Thừa" in text

    def test_whoever_retires_before_the_term_ends_is_marked_with_the_reckoning(self, bloc, grassroots):
        old = factories.person(grassroots, "Đỗ Văn Già", birth_date=date(1962, 8, 20))
        factories.seated(old, grassroots)
        factories.seated(factories.person(grassroots, birth_date=date(1980, 8, 20)), grassroots)
        text = shown(as_board(bloc, date(2022, 12, 31)), grassroots)
        assert text.count("trước hết nhiệm kỳ") == 1
        assert "Nghỉ hưu trước hết nhiệm kỳ Sinh 08/1962 · nam · đủ 60 tuổi 9 tháng vào 5/2023" in text
        assert "nhiệm kỳ kết thúc 6/2025" in text

    def test_an_answer_that_rests_on_a_rough_day_says_so(self, bloc, grassroots):
        holding = factories.seated(factories.person(grassroots, "Đỗ Thị Hòa"), grassroots, on=date(2022, 1, 1))
        Holding.objects.filter(pk=holding.pk).update(from_precision=Precision.YEAR)
        unsure = shown(as_board(bloc, date(2022, 4, 1)), grassroots)
        assert "Từ năm 2022 · Chỉ định" in unsure
        assert "chỉ biết năm hoặc tháng: Đỗ Thị Hòa, Ủy viên Ban Chấp hành, từ năm 2022." in unsure
        assert "chỉ biết năm hoặc tháng" not in shown(as_board(bloc, date(2023, 4, 1)), grassroots)

    def test_a_vacant_seat_opens_a_dossier_filled_in(self, bloc, grassroots):
        client = as_board(bloc)
        assert "Điền vị trí này" in shown(client, grassroots)
        form = client.get(f"{NEW}?to-chuc=SXD&chuc-danh=committee_member").content.decode()
        chosen = re.findall(r'<option value="(\w+)"[^>]* selected', form)
        assert {"SXD", "committee_member"} <= set(chosen)  # the position says the body

    def test_takes_the_same_few_queries_however_many_wait(self, bloc, grassroots):
        client = as_board(bloc)
        factories.submitted(grassroots, factories.appointment(factories.person(grassroots)))
        small = count_queries(client, page_of(grassroots))
        for _ in range(5):
            factories.submitted(grassroots, factories.appointment(factories.person(grassroots)))
        assert count_queries(client, page_of(grassroots)) == small <= MOST_QUERIES


class TestTerms:
    def test_lists_terms_with_congress_sizes_and_ends_and_draws_the_seats(self, bloc):
        place = factories.organization(bloc, name="Đảng bộ Sở Y tế")
        someone = factories.person(place, "Đỗ Thị Hòa")
        factories.congress(place, (someone, "committee_member"), on=date(2015, 6, 15), ordinal=6)
        factories.congress(place, (someone, "committee_member"), on=date(2020, 6, 15))
        page = as_board(bloc, date(2021, 1, 1)).get(page_of(place, "Nhiệm kỳ"))
        text = text_of(page)
        assert "2020-2025 Đại hội lần thứ VII, ngày 15/6/2020 15/6/2020 Ban Chấp hành 15" in text
        assert "đang hoạt động" in text
        assert "2015-2020 Đại hội lần thứ VI" in text
        assert page.content.decode().count('class="seat-bar') == 2
        assert f'class="seat-bar" href="{someone.get_absolute_url()}"' in page.content.decode()
        sitting = "Đỗ Thị Hòa: Ủy viên Ban Chấp hành, nhiệm kỳ 2020-2025, từ 15/6/2020 (Đại hội bầu), đang giữ"
        assert sitting in text
        assert "2020-2025" not in shown(as_board(bloc, date(2019, 1, 1)), place, "Nhiệm kỳ")

    def test_offers_what_the_user_may_do_with_the_term(self, bloc, grassroots):
        close = reverse("personnel:term_close", args=["SXD", grassroots.terms.get().pk])
        assert close in as_board(bloc).get(page_of(grassroots, "Nhiệm kỳ")).content.decode()
        assert close not in as_role(Role.LEADER, bloc).get(page_of(grassroots, "Nhiệm kỳ")).content.decode()


class TestChanges:
    def test_lists_them_newest_first_with_papers_as_known_on_the_day(self, bloc, grassroots):
        someone = factories.person(grassroots, "Đỗ Thị Hòa")
        appointed = factories.confirmed(grassroots, factories.appointment(someone))
        leave = factories.release(someone, proposed_on=date(2022, 5, 1))
        left = factories.confirmed(grassroots, leave, opened_on=date(2022, 4, 10), on=date(2022, 4, 20))
        text = shown(as_board(bloc), grassroots, "Thay đổi")
        assert text.index(left.code) < text.index(appointed.code)
        assert "01/5/2022 Đỗ Thị Hòa Cho thôi: Ủy viên Ban Chấp hành Nghỉ hưu Đã chuẩn y" in text
        assert left.decision.full_number in text
        before = shown(as_board(bloc, date(2022, 3, 1)), grassroots, "Thay đổi")
        assert "Đã trình" in before
        assert left.code not in before

    def test_can_be_searched_and_filtered(self, bloc, grassroots):
        factories.confirmed(grassroots, factories.appointment(factories.person(grassroots, "Đỗ Thị Hòa")))
        factories.dossier(grassroots, factories.appointment(factories.person(grassroots, "Lê Văn Nam")))
        client, url = as_board(bloc), page_of(grassroots, "Thay đổi")
        for asked in ({"q": "do hoa"}, {"state_on_day": "confirmed"}):
            text = text_of(client.get(url, asked))
            assert "1 kết quả" in text
            assert "Đỗ Thị Hòa" in text
        assert "0 kết quả" in text_of(client.get(url, {"act": "release"}))


class TestPlans:
    @pytest.fixture
    def planned(self, bloc, grassroots):
        planned = factories.person(bloc, "Nông Văn Hoạch")
        planning_round = factories.planning_round(bloc)
        factories.plan_entry(planning_round, planned, grassroots)
        factories.approved(planning_round, grassroots)
        return planned

    def test_everybody_sees_counts_and_only_those_with_the_right_names(self, bloc, grassroots, planned):
        counts = "2025-2030 Bí thư 1 0"
        blind = shown(as_role(Role.LEADER, bloc), grassroots, "Quy hoạch")
        assert counts in blind
        assert "Đã phê duyệt" in blind
        assert planned.full_name not in blind
        seeing = shown(as_role(Role.LEADER, bloc, sees_plans=True), grassroots, "Quy hoạch")
        assert counts in seeing
        assert planned.full_name in seeing

    def test_the_journal_is_told_of_names_alone(self, bloc, grassroots, planned):
        looked = LogEntry.objects.filter(action=LogEntry.Action.ACCESS)
        as_role(Role.LEADER, bloc).get(page_of(grassroots, "Quy hoạch"))
        assert not looked.exists()
        as_role(Role.LEADER, bloc, sees_plans=True).get(page_of(grassroots, "Quy hoạch"))
        assert "Xem quy hoạch của tổ chức (Đảng bộ Sở Xây dựng" in looked.get().additional_data["act"]

    def test_printing_it_is_journaled_too(self, bloc, grassroots, planned):
        client = as_role(Role.LEADER, bloc, sees_plans=True)
        address = {"page": page_of(grassroots, "Quy hoạch")}
        assert client.post(reverse("planning:entry_printed"), address).status_code == 204
        blind = as_role(Role.LEADER, bloc).post(reverse("planning:entry_printed"), address)
        assert blind.status_code in (403, 404)
        [entry] = LogEntry.objects.filter(additional_data__act__startswith="In quy hoạch")
        assert "Đảng bộ Sở Xây dựng" in entry.additional_data["act"]

    def test_counts_are_those_of_the_day(self, bloc, grassroots, planned):
        assert "2025-2030 Bí thư 0 1" in shown(as_board(bloc, date(2022, 3, 1)), grassroots, "Quy hoạch")
        assert "Chưa có ai được quy hoạch" in shown(as_board(bloc, date(2022, 1, 31)), grassroots, "Quy hoạch")


class TestPapers:
    def test_lists_what_it_issued_and_what_concerns_it(self, bloc, grassroots):
        factories.document(grassroots, summary="Báo cáo của Sở")
        factories.document(summary="Chuyện khác")
        dossier = factories.confirmed(grassroots, factories.appointment(factories.person(grassroots)))
        client, url = as_board(bloc), page_of(grassroots, "Văn bản")
        text = text_of(client.get(url))
        assert "2 kết quả" in text
        assert "Báo cáo của Sở" in text
        assert dossier.decision.full_number in text
        assert "Chuyện khác" not in text
        assert "Báo cáo của Sở" in text_of(client.get(url, {"relation": "issued"}))
        assert "Báo cáo của Sở" not in text_of(client.get(url, {"relation": "concerning"}))
        assert "1 kết quả" in text_of(client.get(url, {"relation": "concerning"}))


class TestMembers:
    def test_lists_members_with_those_beneath_unless_asked_otherwise(self, bloc, grassroots):
        cell = factories.organization(grassroots, "subordinate_cell", name="Chi bộ Văn phòng")
        factories.person(cell, "Lê Thị Dưới")
        own = factories.person(grassroots, "Đỗ Thị Hòa")
        factories.seated(own, grassroots, Position.COMMITTEE_MEMBER)
        client, url = as_board(bloc), page_of(grassroots, "Đảng viên")
        assert "Lê Thị Dưới 1975 Chi bộ Văn phòng 01/01/2015 —" in text_of(client.get(url))
        assert "Đỗ Thị Hòa 1975 Đảng bộ Sở Xây dựng 01/01/2015 Ủy viên Ban Chấp hành" in text_of(client.get(url))
        assert "Lê Thị Dưới" not in text_of(client.get(url, {"reach": "own"}))
        assert "1 kết quả" in text_of(client.get(url, {"q": "do thi hoa"}))

    def test_shows_those_of_the_day(self, bloc, grassroots):
        someone = factories.person(grassroots, "Đỗ Thị Hòa")
        transfer_membership(someone, to=bloc, effective_on=date(2022, 9, 1), by=factories.office())
        assert "Đỗ Thị Hòa" in shown(as_board(bloc, date(2022, 8, 31)), grassroots, "Đảng viên")
        assert "Đỗ Thị Hòa" not in shown(as_board(bloc, date(2022, 9, 1)), grassroots, "Đảng viên")

    def test_marks_what_rests_on_a_rough_day(self, bloc, grassroots):
        factories.person(grassroots, "Đỗ Thị Hòa", member_from=date(2017, 1, 1))
        Membership.objects.update(from_precision=Precision.YEAR)
        text = shown(as_board(bloc, date(2017, 5, 1)), grassroots, "Đảng viên")
        assert "1 người trong danh sách" in text
        assert "năm 2017 chưa chắc" in text
        assert "chưa chắc" not in shown(as_board(bloc, date(2018, 5, 1)), grassroots, "Đảng viên")

    def test_is_cut_into_pages(self, bloc, grassroots):
        for _ in range(51):
            factories.person(grassroots)
        assert "51–51 trong 51" in text_of(as_board(bloc).get(page_of(grassroots, "Đảng viên"), {"page": "2"}))


class TestHistory:
    def test_tells_names_with_decisions_and_where_it_went(self, bloc, grassroots):
        renamed = factories.document(issued_on=date(2021, 6, 20))
        effect = {"effective_on": date(2021, 7, 1), "by": factories.office()}
        amend_organization(grassroots, name="Đảng bộ Sở Mới", decision=renamed, **effect)
        heir = factories.organization(bloc, name="Đảng bộ Sở Lớn")
        act = factories.reorganization(grassroots, on=date(2022, 7, 1), heir=heir)
        client = as_board(bloc)
        text = shown(client, grassroots, "Lịch sử")
        assert "01/7/2021 01/7/2022 Đảng bộ Sở Mới Đảng bộ cơ sở Đảng bộ Khối" in text
        assert renamed.full_number in text
        assert "Trước Đảng bộ Sở Mới" in text
        assert act.decision.full_number in text
        page = client.get(page_of(grassroots, "Lịch sử")).content.decode()
        assert f'href="{page_of(heir, "Lịch sử")}"' in page
        assert "Chưa có lần sắp xếp nào" in shown(as_board(bloc, date(2022, 6, 30)), grassroots, "Lịch sử")

    def test_leads_nowhere_outside_the_scope(self, bloc, grassroots):
        heir = factories.organization(bloc, name="Đảng bộ Sở Lớn")
        factories.reorganization(grassroots, on=date(2022, 7, 1), heir=heir)
        clerk = as_role(Role.GRASSROOTS_CLERK, grassroots)
        page = clerk.get(page_of(grassroots, "Lịch sử"))
        assert "Đảng bộ Sở Lớn" in text_of(page)
        assert page_of(heir, "Lịch sử") not in page.content.decode()
