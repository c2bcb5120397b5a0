"""The page of the leaders' dashboard: its table, to whom it opens, its queries, its pictures."""

import re
from datetime import date

import pytest

from accounts.roles import Role
from common.middleware import CHOSEN_DAY
from organizations.scope import Scope
from reports.dashboards.asked import ask
from reports.dashboards.board import make_board
from reports.dashboards.pictures import Column, Part, stacked_bars
from reports.dashboards.places import in_order
from tests import factories
from tests.pages import MOST_QUERIES, as_role, count_queries, signed_in, text_of
from tests.reports.boards import DAY, URL, appoint, board, leave

pytestmark = pytest.mark.django_db


class TestTheTable:
    def test_gaps_come_first(self, bloc, place, other):
        for each in (bloc, place, other):
            holder = appoint(each, date(2022, 3, 1)).person
            if each != other:
                factories.seated(holder, each, "secretary", on=date(2022, 3, 1))
        appoint(bloc, date(2022, 3, 1))
        places = board().places

        assert [each.version.code for each in in_order(places, "con-thieu")] == ["HAI", "MOT", "KHOI"]
        assert [each.version.code for each in in_order(places, "ten")] == ["KHOI", "HAI", "MOT"]
        assert [each.version.code for each in in_order(places, "khuyet")] == ["MOT", "KHOI", "HAI"]

    def test_the_address_says_how_it_is_sorted(self, bloc, place, other):
        client = as_role(Role.LEADER, bloc, DAY)

        response = client.get(f"{URL}?xep=ten")

        assert [each.version.code for each in response.context["page"]] == ["KHOI", "HAI", "MOT"]
        assert 'aria-sort="ascending"' in response.content.decode()
        assert client.get(f"{URL}?xep=gi-do").status_code == 200


class TestThePage:
    def test_every_picture_has_a_title_a_description_and_a_table(self, bloc, place):
        leave(appoint(place, date(2022, 3, 1), birth_date=date(1963, 5, 1)), date(2022, 9, 1))
        appoint(place, date(2022, 3, 1), birth_date=date(1963, 5, 1))
        page = as_role(Role.LEADER, bloc, DAY).get(f"{URL}?nam=2022").content.decode()
        pictures = re.findall(r"<svg.*?</svg>(?=(.*?)</section>)", page, flags=re.S)
        heads = re.findall(r"<svg[^>]*>\s*<title[^>]*>([^<]+)</title>\s*<desc[^>]*>([^<]+)</desc>", page)

        assert len(heads) == len(pictures) == page.count("<svg") == 6
        assert all(title.strip() and words.strip() for title, words in heads)
        assert all("Xem bảng số" in rest and "<table" in rest for rest in pictures)
        assert len(set(re.findall(r'<svg[^>]*aria-labelledby="([^"]+-title)"', page))) == 6

    def test_takes_a_fixed_number_of_queries(self, bloc, place):
        def more(number: int) -> None:
            planning_round = factories.planning_round(bloc, plan_term=f"{2025 + number}-{2030 + number}")
            for _ in range(number):
                here = factories.organization(bloc)
                factories.term(here)
                appoint(here, date(2022, 3, 1))
                factories.submitted(here, factories.appointment(factories.person(here)))
                factories.plan_entry(planning_round, factories.person(here), here)
                factories.approved(planning_round, here)

        client = as_role(Role.LEADER, bloc, DAY)
        more(1)
        few = count_queries(client, f"{URL}?nam=2022")
        more(6)

        assert count_queries(client, f"{URL}?nam=2022") == few <= MOST_QUERIES

    def test_a_script_gets_the_blocks_alone_and_a_history_all_of_it(self, bloc):
        client = as_role(Role.LEADER, bloc, DAY)
        part = client.get(URL, headers={"HX-Request": "true"}).content.decode()
        restored = client.get(URL, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})

        assert part.lstrip().startswith('<div id="board">')
        assert "<html" not in part
        assert "<html" in restored.content.decode()

    def test_of_an_empty_register_is_empty(self):
        asked = ask(scope=Scope.everything(), day=DAY, year=2022)
        made = make_board(asked)

        assert asked.code == ""
        assert (made.course, made.places, made.bodies, made.groups) == (None, [], [], [])
        assert made.coming.is_empty

    def test_of_a_day_on_which_nothing_stood_says_what_belongs_there(self, bloc):
        page = text_of(as_role(Role.LEADER, bloc, date(2010, 1, 1)).get(URL))

        assert "Chưa có tổ chức đảng nào" in page

    def test_of_one_organisation_without_anything(self):
        only = factories.organization(name="Đảng bộ Khối")
        page = text_of(as_role(Role.LEADER, only, DAY).get(URL))

        assert "chưa có số liệu" in page
        assert "1 tổ chức chưa có nhiệm kỳ trong sổ" in page

    def test_a_year_in_which_the_organisation_did_not_stand_says_so(self, bloc):
        factories.organization(bloc, code="MOI", valid_from=date(2023, 1, 1))
        page = text_of(as_role(Role.LEADER, bloc, DAY).get(f"{URL}?to-chuc=MOI&nam=2022"))

        assert "chưa thành lập" in page
        assert "Vị trí ngày 10/3/2023" in page

    def test_an_organisation_that_has_ended_keeps_its_year(self, bloc, place, other):
        appoint(place, date(2022, 3, 1))
        factories.reorganization(place, on=date(2023, 1, 1), heir=other)
        page = text_of(as_role(Role.LEADER, bloc, DAY).get(f"{URL}?to-chuc=MOT&nam=2022"))

        assert "đã củng cố, kiện toàn 1 lượt" in page
        assert "không hoạt động vào ngày đang xem" in page

    def test_a_leader_of_one_organisation_sees_it_alone(self, bloc, place, other):
        appoint(other, date(2022, 3, 1))
        client = as_role(Role.LEADER, place, DAY)
        page = client.get(f"{URL}?nam=2022").content.decode()

        assert "Đảng bộ Sở Một" in page
        assert "Đảng bộ Sở Hai" not in page
        assert "Chưa có thay đổi nào" in page
        assert client.get(f"{URL}?to-chuc=HAI").status_code == 404
        assert client.get(f"{URL}?to-chuc=KHOI").status_code == 404

    def test_who_may_see_nothing_is_refused(self, bloc):
        assert signed_in(factories.user(role=None)).get(URL).status_code == 403

    @pytest.mark.parametrize("year", ["1929", "2101", "x", "20222", "-2022", "²"])
    def test_an_impossible_year_is_not_found(self, bloc, year):
        assert as_role(Role.LEADER, bloc, DAY).get(URL, {"nam": year}).status_code == 404

    def test_the_year_is_that_of_the_day_until_another_is_asked_for(self, bloc):
        client = as_role(Role.LEADER, bloc, DAY)

        assert client.session[CHOSEN_DAY] == "2023-03-10"
        assert client.get(URL).context["asked"].year == 2023

    def test_stands_in_the_navigation_beside_the_reports(self, bloc):
        items = as_role(Role.LEADER, bloc, DAY).get(URL).context["navigation"]

        assert [item.label for item in items][:3] == ["Việc của tôi", "Bảng điều khiển", "Báo cáo"]
        assert [item.label for item in items if item.current] == ["Bảng điều khiển"]


class TestPictures:
    def test_parts_stand_on_each_other_and_reach_as_high_as_they_count(self):
        columns = [Column("a", [Part("appointed", 6, "sáu"), Part("released", 2, "hai")]), Column("b")]
        picture = stacked_bars("x", "Tên", "Lời", columns, step=50)
        lower, upper = picture.bars[0].segments
        units = {segment.part.count: segment.height for segment in (lower, upper)}

        assert lower.y + lower.height == picture.base
        assert upper.y + upper.height == lower.y
        assert units[6] == 3 * units[2]
        assert [line.value for line in picture.lines] == [0, 2, 4, 6, 8]
        assert picture.bars[1].segments == []

    @pytest.mark.parametrize(("greatest", "end"), [(0, 4), (4, 4), (5, 8), (9, 20), (29, 40), (81, 200), (4558, 8000)])
    def test_the_axis_ends_where_its_lines_are_whole_numbers(self, greatest, end):
        columns = [Column("a", [Part("appointed", greatest, "")])]
        lines = stacked_bars("x", "", "", columns, step=50).lines

        assert [line.value for line in lines] == [end * number // 4 for number in range(5)]
