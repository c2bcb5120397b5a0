"""The pages of an office's figures: what they show, to whom, what they say of a wrong choice, how many queries."""

from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from common.periods import today
from organizations.models import Organization
from reports.actions import add_own_figure, choose_printed_units
from reports.figures import Counted
from reports.models import OfficeFigure
from reports.own_figures import Blocks
from tests import factories
from tests.pages import MOST_QUERIES, as_board, as_role, count_queries, signed_in, text_of

LIST = reverse("reports:office_figures")
NEW = reverse("reports:own_figure_new")
UNITS = reverse("reports:choose_units")
SUMMARY = reverse("reports:summary", args=[2022])
TYPED = {"label": "Ủy viên mới", "act": "appoint", "positions": ["committee_member"], "unit": "items"}


@pytest.fixture
def board(bloc, place) -> Client:
    """A browser in which a clerk of the whole office is signed in."""
    return as_board(bloc)


@pytest.fixture
def leader(bloc, place) -> Client:
    return as_role(Role.LEADER, bloc)


def add(of: Organization, label: str = "Ủy viên mới") -> OfficeFigure:
    blocks = Blocks(act="appoint", positions=("committee_member",))
    return add_own_figure(of, label=label, unit=Counted.ITEMS, blocks=blocks, by=factories.office())


def page_of(response) -> str:
    return unescape(response.content.decode())


class TestList:
    def test_without_any_it_says_what_belongs_here_and_offers_the_first_step(self, board, leader):
        assert "Chưa có chỉ tiêu riêng" in text_of(board.get(LIST))
        assert f'href="{NEW}?to-chuc=KHOI"' in page_of(board.get(LIST))
        assert NEW not in page_of(leader.get(LIST))

    def test_shows_figures_with_their_blocks_in_words_to_who_may_only_read(self, bloc, leader):
        made = add(bloc)

        shown = text_of(leader.get(LIST))

        assert made.label in shown
        assert made.rule in shown
        assert "Thôi dùng" not in shown
        assert "<select" not in page_of(leader.get(LIST)).partition("printed-units")[2]

    def test_shows_beneath_what_a_superior_set_and_lets_nobody_there_change_it(self, bloc, place):
        add(bloc)
        choose_printed_units(bloc, chosen={"grassroots.turns": "organizations"}, by=factories.office())

        page = page_of(as_board(place).get(LIST))

        assert "của Đảng bộ Khối" in page
        assert "Như Đảng bộ Khối: cấp ủy" in page
        assert "/thoi-dung/" not in page

    def test_a_retired_figure_is_listed_apart(self, bloc, board):
        made = add(bloc)
        board.post(reverse("reports:own_figure_retire", args=[made.pk]))

        assert "Chỉ tiêu riêng đã thôi dùng" in text_of(board.get(LIST))

    def test_an_organisation_outside_the_scope_is_not_found(self, place, other):
        for url in (LIST, NEW):
            assert as_board(place).get(f"{url}?to-chuc=HAI").status_code == 404

    def test_says_so_on_a_day_on_which_nothing_stood(self, bloc):
        assert "Chưa có tổ chức đảng nào" in text_of(as_board(bloc, date(1950, 1, 1)).get(LIST))

    def test_takes_a_fixed_number_of_queries(self, bloc, board):
        add(bloc)
        few = count_queries(board, LIST)
        for number in range(8):
            add(bloc, "Chỉ tiêu " + "x" * (number + 1))
            factories.organization(bloc)

        assert count_queries(board, LIST) == few <= MOST_QUERIES

    def test_the_summary_leads_there(self, leader):
        assert f'href="{LIST}?to-chuc=KHOI"' in page_of(leader.get(SUMMARY))


class TestUnits:
    TWO = ("grassroots.turns", "grassroots.member.added")

    def test_what_is_not_sent_stays_as_it_was_chosen(self, bloc, board):
        choose_printed_units(bloc, chosen={self.TWO[0]: "people"}, by=factories.office())

        board.post(f"{UNITS}?to-chuc=KHOI", {self.TWO[1]: "people"})
        standing = OfficeFigure.objects.in_use().filter(organization=bloc)
        assert dict(standing.values_list("key", "unit")) == dict.fromkeys(self.TWO, "people")

    def test_the_second_of_two_clerks_is_told_and_loses_nothing(self, bloc, board):
        sent = {self.TWO[0]: "", f"truoc-{self.TWO[0]}": "", self.TWO[1]: "decisions", f"truoc-{self.TWO[1]}": ""}
        choose_printed_units(bloc, chosen={self.TWO[0]: "people"}, by=factories.office())

        response = board.post(f"{UNITS}?to-chuc=KHOI", sent)
        page = page_of(response)
        assert response.status_code == 409
        assert "Người khác vừa chọn đơn vị in" in page
        assert '<option value="decisions" selected>' in page
        assert f'name="truoc-{self.TWO[0]}" value="people"' in page  # saved again, it is as wanted
        assert OfficeFigure.objects.in_use().filter(organization=bloc).count() == 1

    def test_a_choice_that_a_superior_no_longer_differs_from_is_still_shown_as_chosen(self, bloc, place):
        choose_printed_units(bloc, chosen={self.TWO[0]: "people"}, by=factories.office())
        choose_printed_units(place, chosen={self.TWO[0]: "items"}, by=factories.office())
        choose_printed_units(bloc, chosen={self.TWO[0]: ""}, by=factories.office())

        assert '<option value="items" selected>' in page_of(as_board(place).get(LIST))

    def test_one_save_chooses_the_units_of_all(self, place, board):
        factories.seated(factories.person(place), place)

        response = board.post(
            f"{UNITS}?to-chuc=KHOI", {"grassroots.turns": "organizations", "grassroots.member.added": "people"}
        )

        assert "Đã đổi đơn vị in của 2 chỉ tiêu." in text_of(board.get(response.url))
        assert "(01 cấp ủy)" in text_of(board.get(SUMMARY))
        assert "Không có đơn vị nào thay đổi." in text_of(
            board.post(
                f"{UNITS}?to-chuc=KHOI",
                {"grassroots.turns": "organizations", "grassroots.member.added": "people"},
                follow=True,
            )
        )

    def test_a_unit_that_was_not_offered_is_told(self, board):
        page = text_of(board.post(f"{UNITS}?to-chuc=KHOI", {"grassroots.turns": "votes"}, follow=True))

        assert "Củng cố, kiện toàn cấp ủy cơ sở: " in page
        assert not OfficeFigure.objects.exists()

    def test_who_keeps_a_part_changes_nothing_above_it(self, bloc, place):
        reader = factories.user(Role.ORGANIZATION_BOARD, place)
        reader.assignments.create(role=Role.LEADER, organization=bloc)

        assert signed_in(reader).post(f"{UNITS}?to-chuc=KHOI", {"grassroots.turns": "people"}).status_code == 403
        assert signed_in(reader).get(f"{NEW}?to-chuc=KHOI").status_code == 403
        assert signed_in(reader).get(f"{LIST}?to-chuc=KHOI").status_code == 200


class TestAdding:
    def test_a_figure_is_added_and_stands_in_the_report_and_opens_its_records(self, place, board):
        factories.seated(factories.person(place, "Trần Văn Bình"), place)

        response = board.post(f"{NEW}?to-chuc=KHOI", TYPED)

        assert response.url == f"{LIST}?to-chuc=KHOI"
        assert "Đã thêm chỉ tiêu “Ủy viên mới”." in text_of(board.get(response.url))
        made = OfficeFigure.objects.get()
        address = reverse("reports:figure", args=[2022, made.key])
        summary = board.get(SUMMARY)
        assert address in page_of(summary)
        assert "Theo các chỉ tiêu riêng của cơ quan, trong năm 2022 có: Ủy viên mới 01 lượt." in text_of(summary)
        assert "Trần Văn Bình" in text_of(board.get(address))
        assert "1 cấp ủy" in text_of(board.get(f"{address}?don-vi=people"))

    def test_what_contradicts_itself_is_told_beside_its_block_and_nothing_is_lost(self, board):
        response = board.post(f"{NEW}?to-chuc=KHOI", TYPED | {"reasons": ["retirement"]})

        assert response.status_code == 422
        page = page_of(response)
        assert "Hãy bỏ lý do, hoặc đếm cả cho thôi." in page
        assert 'value="Ủy viên mới"' in page
        assert not OfficeFigure.objects.exists()

    @pytest.mark.parametrize(
        ("typed", "told"),
        [
            ({"label": ""}, "Hãy đặt tên cho chỉ tiêu."),
            ({"label": "x" * 121}, "Tên chỉ tiêu dài 121 ký tự, nhiều nhất là 120."),
            ({"label": "Số {number}"}, "không được có dấu { }"),
            ({"label": "Có rồi"}, "Hãy đặt tên khác."),
            ({"act": "", "positions": []}, "Hãy chọn ít nhất một"),
            ({"positions": ["secretary"], "bodies": ["inspection_committee"]}, "không thuộc Ủy ban Kiểm tra đã chọn"),
        ],
    )
    def test_a_wrong_entry_is_told_in_a_sentence(self, bloc, board, typed, told):
        add(bloc, "Có rồi")

        response = board.post(f"{NEW}?to-chuc=KHOI", TYPED | typed)

        assert response.status_code == 422
        assert told in page_of(response)
        assert OfficeFigure.objects.count() == 1

    def test_a_long_label_stands_in_every_form_of_the_report(self, place, board):
        factories.seated(factories.person(place), place)
        label = ("Đồng chí giữ chức danh " * 6)[:119] + "ợ"

        board.post(f"{NEW}?to-chuc=KHOI", TYPED | {"label": label})

        assert label in text_of(board.get(SUMMARY))
        assert board.get(reverse("reports:summary_file", args=[2022, "excel"])).status_code == 200

    def test_the_number_is_told_while_the_blocks_are_chosen(self, place, board):
        factories.seated(factories.person(place), place)
        board.post(reverse("choose_day"), {"day": "31/12/2022"})

        part = board.post(
            reverse("reports:own_figure_preview") + "?to-chuc=KHOI",
            TYPED | {"label": ""},
            headers={"HX-Request": "true"},
        )
        whole = board.post(f"{NEW}?to-chuc=KHOI", TYPED | {"label": "", "xem-truoc": "1"})

        for page in map(page_of, (part, whole)):
            assert "Đếm lượt: bổ sung Ủy viên Ban Chấp hành ở mọi cấp" in page
            assert "Năm 2022" in page
            assert "<strong>1 lượt</strong>" in page
        assert "<html" not in page_of(part)
        assert not OfficeFigure.objects.exists()

    def test_the_preview_says_where_nothing_is_known_instead_of_zero(self, bloc, place, board):
        url, blocks = reverse("reports:own_figure_preview") + "?to-chuc=KHOI", {"act": "release", "unit": "items"}
        unknown = page_of(board.post(url, blocks))
        assert unknown.count("chưa có số liệu") == 2
        assert "0 lượt" not in unknown

        factories.seated(factories.person(place), place, on=today())  # an appointment: releases are none now
        assert "0 lượt" in page_of(board.post(url, blocks))

    def test_the_preview_tells_what_contradicts_itself(self, board):
        part = board.post(reverse("reports:own_figure_preview") + "?to-chuc=KHOI", {"unit": "items"})

        assert "Chưa chọn điều gì để đếm." in page_of(part)


class TestRetiring:
    def test_is_asked_for_with_its_effect_and_done(self, bloc, board):
        made = add(bloc)
        address = reverse("reports:own_figure_retire", args=[made.pk])

        assert "không nêu chỉ tiêu này nữa" in text_of(board.get(address))
        assert "Đã thôi dùng chỉ tiêu “Ủy viên mới”." in text_of(board.post(address, follow=True))
        assert "đã thôi dùng rồi" in text_of(board.post(address, follow=True))
        assert "đã thôi dùng ngày" in text_of(board.get(address))
        assert "Ủy viên mới" not in text_of(board.get(SUMMARY))

    def test_of_a_superior_is_not_for_those_beneath(self, bloc, place):
        made = add(bloc)

        assert as_board(place).post(reverse("reports:own_figure_retire", args=[made.pk])).status_code == 403

    def test_a_printed_unit_is_no_figure_to_retire(self, bloc, board):
        choose_printed_units(bloc, chosen={"grassroots.turns": "people"}, by=factories.office())
        unit = OfficeFigure.objects.get()

        assert board.get(reverse("reports:own_figure_retire", args=[unit.pk])).status_code == 404


def test_links_from_prose_and_dashboard_open_the_number_that_they_show(bloc, place, leader):
    factories.seated(factories.person(place), place)
    choose_printed_units(bloc, chosen={"grassroots.turns": "organizations"}, by=factories.office())
    turns = reverse("reports:figure", args=[2022, "grassroots.turns"])

    assert f'href="{turns}?don-vi=organizations"' in page_of(leader.get(f"{SUMMARY}?don-vi=people"))
    assert f'href="{turns}"' in page_of(leader.get(SUMMARY))
    dashboard = page_of(leader.get(reverse("reports:dashboard") + "?to-chuc=KHOI&nam=2022"))
    assert f'href="{turns}?to-chuc=KHOI&don-vi=items"' in dashboard
