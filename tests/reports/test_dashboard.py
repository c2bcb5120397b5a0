"""The leaders' dashboard: its numbers are those of the reports and lists that they open, and of a slow reading."""

from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from accounts.roles import Role
from common.periods import Period
from organizations.models import OrganizationVersion
from organizations.scope import Scope
from personnel.models import ChangeItem
from personnel.outlook import outlook
from regulations.models import RuleCode
from reports.choices import choose
from reports.dashboards.course import TREND
from reports.dashboards.structure import BY_KEY
from reports.summary import summarize
from tests import factories
from tests.pages import as_role, text_of
from tests.reports.boards import DAY, MEMBERS, PLANNED_NAME, URL, appoint, board, leave, links_of, set_target

pytestmark = pytest.mark.django_db


class TestTheYear:
    @pytest.fixture
    def changes(self, bloc, place, other):
        first = appoint(place, date(2021, 5, 4))
        appoint(place, date(2022, 3, 1))
        appoint(other, date(2022, 3, 31), "committee_member")
        appoint(bloc, date(2022, 7, 1))
        leave(first, date(2022, 12, 31))
        appoint(other, date(2023, 1, 1))
        factories.submitted(place, factories.appointment(factories.person(place)))

    def test_numbers_are_those_of_the_report(self, changes):
        frame = choose(scope=Scope.everything(), period=Period.of_year(2022), as_at=DAY).frame
        report = summarize(frame).by_key
        numbers = board().course.numbers

        assert numbers
        for number in numbers:
            asked = report[number.result.figure.key]
            assert (number.result.count, number.last_year) == (asked.count, asked.previous), number.label
        assert [number.result.count for number in numbers] == [3, 0, 1, 0]
        assert [number.last_year for number in numbers] == [1, 0, 0, 0]

    def test_plans_approved_are_out_of_the_organisations_of_the_end_of_the_year(self, bloc, place, other):
        planning_round = factories.planning_round(bloc)
        factories.plan_entry(planning_round, factories.person(place), place)
        factories.approved(planning_round, place)
        factories.organization(bloc, valid_from=date(2023, 1, 1))
        made = board()

        assert made.course.numbers[-1].result.count == 1
        assert made.course.numbers[-1].result.out_of == 2
        assert "1/2 tổ chức cơ sở đảng" in text_of(as_role(Role.LEADER, bloc, DAY).get(f"{URL}?nam=2022"))

    def test_months_are_a_slow_count_of_all_that_took_effect(self, changes):
        for month in board().course.months:
            items = [
                item
                for item in ChangeItem.objects.filter(outcome="confirmed")
                if month.period.first <= item.effective_on < month.period.end
            ]
            assert month.appointed == sum(item.act == "appoint" for item in items), month.period
            assert month.released == sum(item.act == "release" for item in items), month.period

    def test_a_month_that_has_not_begun_is_no_zero(self, changes):
        months = board(year=2023).course.months

        assert [month.total for month in months] == [1, 0, 0] + [None] * 9

    def test_trend_is_what_the_report_of_each_year_says(self, changes):
        for trend in board(year=2023).course.trends:
            for each in trend.counts:
                frame = choose(scope=Scope.everything(), period=Period.of_year(each.year), as_at=DAY).frame
                assert each.count == summarize(frame).by_key[trend.figure.key].count, (trend.figure.key, each.year)

    def test_a_year_without_records_is_no_zero(self, changes):
        counts = board().course.trends[0].counts

        assert [(each.year, each.count) for each in counts] == [
            (2018, None),
            (2019, None),
            (2020, None),
            (2021, 1),
            (2022, 3),
        ]

    def test_a_correction_leaves_every_count(self, place):
        wrong = appoint(place, date(2022, 3, 1)).began_by
        appoint(place, date(2022, 3, 1))
        factories.correction(wrong.dossier, factories.annulment(wrong))
        made = board()

        assert made.course.months[2].appointed == 1
        assert made.course.trends[0].counts[-1].count == 1

    def test_of_a_grassroots_organisation_tells_its_own_alone(self, changes):
        course = board("HAI").course

        assert course.numbers[0].result.count == 1
        assert [month.total for month in course.months if month.total] == [1]

    def test_bars_and_cells_open_the_summary_of_their_month_and_the_figures_of_their_year(self, client, bloc, changes):
        page = as_role(Role.LEADER, bloc, DAY).get(f"{URL}?nam=2022").content.decode()
        links = links_of(page)

        assert reverse("reports:summary", args=[Period(date(2022, 3, 1), date(2022, 4, 1))]) + "?to-chuc=KHOI" in links
        for figure in TREND[:1]:
            for year in (2021, 2022):
                assert reverse("reports:figure", args=[year, figure.key]) + "?to-chuc=KHOI&don-vi=items" in links


class TestSeats:
    def test_bodies_add_up(self, bloc, place, other):
        for day in (1, 2, 3, 4):
            appoint(other, date(2022, 3, day))
        appoint(place, date(2022, 3, 1), "inspection_member")
        totals = {body.kind: body for body in board().bodies}

        committee, inspection = totals["committee"], totals["inspection_committee"]
        assert (committee.authorized, committee.filled, committee.vacant, committee.surplus) == (33, 4, 30, 1)
        assert (inspection.authorized, inspection.filled, inspection.vacant, inspection.surplus) == (10, 1, 9, 0)

    def test_somebody_with_two_positions_takes_one_seat(self, place):
        appoint(place, date(2022, 3, 1))
        secretary = factories.person(place)
        for code in ("committee_member", "secretary"):
            factories.seated(secretary, place, code, on=date(2022, 4, 1))

        assert board("MOT").bodies[0].filled == 2

    def test_organisations_without_a_secretary_come_the_longest_first(self, bloc, place, other):
        appoint(bloc, date(2022, 3, 1))
        for each in (bloc, place):
            holder = appoint(each, date(2022, 3, 2)).person
            holding = factories.seated(holder, each, "secretary", on=date(2022, 3, 2))
            if each == place:
                leave(holding, date(2022, 9, 1))
        made = board()

        assert [lacking.version.code for lacking in made.without_secretary] == ["HAI", "MOT"]
        assert [lacking.had_a_secretary for lacking in made.without_secretary] == [False, True]
        assert made.without_secretary[1].without_secretary_since == date(2022, 9, 1)
        assert "2 tổ chức chưa có Bí thư" in made.seats_in_words

    def test_the_day_looked_at_decides(self, place):
        holding = appoint(place, date(2022, 3, 1))
        leave(holding, date(2022, 9, 1))

        assert board("MOT", day=date(2022, 8, 31)).bodies[0].filled == 1
        assert board("MOT", day=date(2022, 9, 1)).bodies[0].filled == 0

    def test_an_organisation_without_a_term_is_told_apart(self, bloc):
        factories.organization(bloc)
        made = board()

        assert made.without_term == 1
        assert [lacking.version.code for lacking in made.without_secretary] == ["KHOI"]


class TestComing:
    def test_is_what_the_calendar_shows(self, bloc, place, other):
        for born in (date(1962, 8, 1), date(1963, 12, 1), date(1966, 1, 1)):
            holder = appoint(place, date(2022, 3, 1), birth_date=born).person
            factories.seated(holder, bloc, on=date(2022, 3, 2))
        versions = list(OrganizationVersion.objects.as_of(DAY).with_codes())
        made = board().coming

        assert made.spans[-1].people == 3
        for span in made.spans:
            calendar = outlook(versions, Scope.everything(), DAY, span.months)
            assert (span.congresses, span.seats) == (len(calendar.congresses), calendar.seats)
        assert [month.number for month, _ in made.months] == list(range(2023 * 12 + 2, 2023 * 12 + 26))

    def test_congresses_overdue_are_told(self, place):
        made = board(day=date(2025, 6, 16), year=2025)

        assert made.coming.overdue_congresses == 2
        assert made.coming_in_words.startswith("2 tổ chức đã quá hạn đại hội.")

    def test_counts_open_a_calendar_of_as_many(self, bloc, place, other):
        factories.organization(place, kind="subordinate_cell")
        client = as_role(Role.LEADER, bloc, date(2025, 3, 10))
        made = board(day=date(2025, 3, 10), year=2025)
        [row] = [row for row in made.spans if row["span"].months == 12]

        calendar = client.get(row["congresses"])

        assert row["span"].congresses == 3
        assert len(calendar.context["outlook"].congresses) == 3


class TestPlans:
    @pytest.fixture
    def planned(self, bloc, place, other):
        planning_round = factories.planning_round(bloc)
        factories.plan_entry(planning_round, factories.person(place, PLANNED_NAME), place)
        factories.approved(planning_round, place)
        for code in ("secretary", "deputy_secretary", "committee_member"):
            factories.plan_entry(planning_round, factories.person(other), other, code)
        for group in ("secretaries", "committee"):
            factories.approved(planning_round, other, group)

    def test_each_organisation_has_its_state(self, planned):
        states = {each.version.code: each.plan_state.value for each in board().places}

        assert states == {"KHOI": "missing", "MOT": "in_progress", "HAI": "approved"}

    def test_counts_and_cells_name_nobody(self, bloc, planned):
        page = as_role(Role.LEADER, bloc, DAY, sees_plans=True).get(URL).content.decode()

        assert PLANNED_NAME not in page
        assert page.count('class="plan-cell ') == 3
        assert "Đảng bộ Sở Hai: đã duyệt" in page

    def test_those_approved_open_as_many_on_the_board(self, bloc, planned):
        found = as_role(Role.LEADER, bloc, DAY).get(board().approved_url)

        assert [row.version.code for row in found.context["page"]] == ["HAI"]

    def test_without_any_round_nothing_is_missing(self, place):
        made = board()

        assert made.plans_in_words == "Chưa có đợt quy hoạch nào."
        assert {each.plan_state for each in made.places} == {None}


class TestDossiers:
    def test_each_count_opens_a_list_of_as_many(self, bloc, place, other):
        factories.dossier(place, factories.appointment(factories.person(place)))
        factories.submitted(place, factories.appointment(factories.person(place)))
        factories.submitted(other, factories.appointment(factories.person(other)))
        appoint(other, date(2022, 3, 1))
        client = as_role(Role.LEADER, bloc, DAY)

        for code, waiting in (("KHOI", 2), ("MOT", 1)):
            rows = {state: (count, url) for state, _, count, url in board(code).dossiers}
            assert rows["submitted"][0] == waiting
            assert rows["overdue"][0] > 0
            for state, (count, url) in rows.items():
                assert len(client.get(url).context["table"].rows) == count, (code, state)


class TestStructure:
    def test_shares_have_their_base_and_what_is_unknown_is_no_no(self, place):
        people = [
            {"gender": "female", "birth_date": date(1990, 1, 1), "ethnic_group": "Tày"},
            {"gender": "male", "birth_date": date(1983, 3, 11)},  # 39 until tomorrow
            {"gender": "male", "birth_date": date(1983, 3, 10)},  # 40 today
            {"gender": "male", "birth_date": date(1983, 1, 1), "birth_precision": "year"},
        ]
        for fields in people:
            appoint(place, date(2022, 3, 1), **fields)
        [group] = board("MOT").groups
        told = {share.criterion.key: (share.part, share.base, share.unknown) for share in group.shares}

        assert told["nu"] == (1, 4, 0)
        assert told["duoi-40"] == (2, 3, 1)
        assert told["dan-toc-thieu-so"] == (1, 4, 0)
        assert told["tai-cu"] == told["moi"] == (0, 0, 4)  # the register does not know who sat there before
        assert group.share(BY_KEY["nu"]).in_words == "25,00 % (1/4)"

    def test_who_sat_in_an_earlier_term_is_re_elected(self, place):
        stays, comes, leaves = (factories.person(place) for _ in range(3))
        for each in (stays, leaves):
            factories.seated(each, place, on=date(2022, 3, 1))
        factories.congress(place, (stays, "committee_member"), (comes, "committee_member"), on=date(2025, 6, 1))
        [group] = board("MOT", day=date(2025, 7, 1), year=2025).groups

        assert [each.person for each in group.those(BY_KEY["tai-cu"])] == [stays]
        assert [each.person for each in group.those(BY_KEY["moi"])] == [comes]

    def test_a_person_of_two_committees_counts_once(self, bloc, place, other):
        both = factories.person(place)
        for each in (place, other):
            factories.seated(both, each, on=date(2022, 3, 1))
        [beneath] = board().groups

        assert len(beneath.members) == 1
        assert {each.code for each in beneath.members[0].places} == {"MOT", "HAI"}

    def test_each_share_opens_the_people_whom_it_counts(self, bloc, place, other):
        for gender in ("female", "male", "female"):
            appoint(place, date(2022, 3, 1), gender=gender, birth_date=date(1985, 1, 1), birth_precision="year")
        appoint(other, date(2022, 3, 1), gender="female")
        client = as_role(Role.LEADER, bloc, DAY)
        page = client.get(f"{URL}?to-chuc=MOT&nam=2022").content.decode()
        links = {unescape(url) for url in links_of(page) if "cap-uy-vien" in url}
        [group] = board("MOT").groups
        wanted = {"": 3, "nu": 2, "duoi-40": 3, "dan-toc-thieu-so": 0}

        for key, count in wanted.items():
            url = f"{MEMBERS}?to-chuc=MOT&nam=2022&nhom=cap-uy" + (f"&co-cau={key}" if key else "")
            assert url in links
            people = [member.person for member in client.get(url).context["page"]]
            assert len(people) == count, key
            assert set(people) <= {member.person for member in group.members}
        unknown = f"{MEMBERS}?to-chuc=MOT&nam=2022&nhom=cap-uy&co-cau=tai-cu&chua-co-so-lieu=1"
        assert unknown in links
        assert len(client.get(unknown).context["page"]) == 3

    def test_each_share_stands_beside_its_target_of_the_day(self, place):
        for gender in ("female", "female", "male", "male", "male", "male", "male", "male"):
            appoint(place, date(2022, 3, 1), gender=gender)
        set_target(RuleCode.COMMITTEE_WOMEN_PERCENT, "25", valid_to=date(2023, 3, 10))
        set_target(RuleCode.COMMITTEE_WOMEN_PERCENT, "25.01", valid_from=date(2023, 3, 10), valid_to=date(2023, 3, 11))
        set_target(RuleCode.COMMITTEE_WOMEN_PERCENT, "50", valid_from=date(2023, 3, 11))

        def women(day: date):
            return board("MOT", day=day).groups[0].share(BY_KEY["nu"])

        assert women(date(2023, 3, 9)).lacking == 0  # 2 of 8 are just 25 %
        assert women(date(2023, 3, 10)).lacking == 1
        assert women(date(2023, 3, 11)).lacking == 2
        assert board("MOT").groups[0].share(BY_KEY["moi"]).target is None

    def test_a_target_says_whether_it_is_reached_and_what_it_rests_on(self, bloc, place):
        for gender in ("female", "male", "male"):
            appoint(place, date(2022, 3, 1), gender=gender, birth_date=date(1970, 1, 1))
        cited = {"grade": "A", "citation": "Nghị quyết 05-NQ/ĐUK", "article": "mục II"}
        set_target(RuleCode.COMMITTEE_WOMEN_PERCENT, "30", **cited)
        set_target(RuleCode.COMMITTEE_YOUNG_PERCENT, "34", citation="Nghị quyết 06-NQ/ĐUK")
        set_target(RuleCode.COMMITTEE_NEW_PERCENT, "33.5")
        page = text_of(as_role(Role.LEADER, bloc, DAY).get(f"{URL}?to-chuc=MOT&nam=2022"))
        structure = page.partition("Cơ cấu cấp ủy")[2]

        assert "Nữ 33,33 % (1/3) từ 30 %: đạt Nghị quyết 05-NQ/ĐUK, mục II 0" in structure
        assert "Dưới 40 tuổi 0,00 % (0/3) từ 34 %: còn thiếu 02 đồng chí chưa kiểm chứng 0" in structure
        assert "Dân tộc thiểu số 0,00 % (0/3) chưa đặt chỉ tiêu 0" in structure
        assert "Tham gia từ nhiệm kỳ trước chưa có số liệu — 3" in structure
        assert "Tham gia lần đầu chưa có số liệu từ 33,5 % chưa kiểm chứng 3" in structure

    def test_people_of_an_unknown_group_or_outside_the_scope_are_not_found(self, place, other):
        appoint(place, date(2022, 3, 1))
        client = as_role(Role.LEADER, place, DAY)

        assert client.get(f"{MEMBERS}?nhom=cap-uy").status_code == 200
        assert client.get(MEMBERS).context["group"].key == "cap-uy"
        for query in ("?nhom=gi-do", "?nhom=cap-uy&co-cau=gi-do", "?nhom=cap-uy&to-chuc=HAI", "?nhom=cap-duoi"):
            assert client.get(MEMBERS + query).status_code == 404, query

    def test_nobody_in_a_committee_is_said(self, bloc):
        assert "Không có ai" in text_of(as_role(Role.LEADER, bloc, DAY).get(MEMBERS))
