"""The committee lists: who sits there on the day, what is said of them, who may see who is planned."""

from datetime import date, timedelta

import pytest

from common.dated import Precision
from organizations.models import Body, BodyKind, Organization
from organizations.scope import Right, Scope
from personnel.actions import discipline
from personnel.models import Holding, Person
from personnel.seats import seat_map
from planning.models import PlanEntry
from reports.tables import TABLES
from reports.tables.committees import COLUMNS
from tests import factories
from tests.reports.boards import DAY, PLANNED_NAME, appoint, board, leave
from tests.reports.tables.asking import EVERYTHING, ask, cells, column, count_queries, keys, titles, words

pytestmark = pytest.mark.django_db

KEY = "danh-sach-cap-uy"
SINCE = date(2021, 3, 1)
ALL = [each.column.key for each in COLUMNS]
LONG = "Đảng bộ " + "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông và dân dụng " * 3


@pytest.fixture
def secretary(place) -> Person:
    made = factories.person(place, "Đỗ Thị Hòa", gender="female", hometown="xã An Sơn", present_post="Giám đốc Sở")
    for code in ("committee_member", "standing_member", "secretary"):
        factories.seated(made, place, code, on=SINCE)
    return made


@pytest.fixture
def planned(bloc, place) -> PlanEntry:
    """Somebody of the committee who is planned for its secretary."""
    held = appoint(place, SINCE, full_name=PLANNED_NAME)
    planning_round = factories.planning_round(bloc)
    entry = factories.plan_entry(planning_round, held.person, place)
    factories.approved(planning_round, place)
    return entry


def said(table, name: str) -> dict[str, object]:
    """Return what the row of somebody says, by the keys of columns."""
    [row] = [row for row in table.rows if row[0].value == name]
    return {key: cell.value for key, cell in zip(keys(table), row, strict=True)}


class TestWho:
    def test_are_those_of_the_seat_map_in_its_order(self, bloc, place, other, secretary):
        appoint(place, SINCE, full_name="Lê Văn Ba")
        appoint(place, SINCE, full_name="Lê Văn An")
        deputy = appoint(place, date(2022, 1, 1), full_name="Bùi Thị Ước").person
        factories.seated(deputy, place, "deputy_secretary", on=date(2022, 1, 1))
        for kind, slug in ((BodyKind.COMMITTEE, "ban-chap-hanh"), (BodyKind.STANDING, "ban-thuong-vu")):
            bodies = {each.body.kind: each for each in seat_map(place.terms.get(), DAY, EVERYTHING)}
            expected = [seat.person.full_name for seat in bodies[kind].seats]
            assert column(ask(KEY, ban=slug), "person") == expected, kind
        assert column(ask(KEY), "person") == ["Đỗ Thị Hòa", "Bùi Thị Ước", "Lê Văn An", "Lê Văn Ba"]

    def test_are_as_many_as_the_dashboard_counts(self, bloc, place, other, secretary):
        for day in (SINCE, date(2022, 1, 1)):
            appoint(other, day)
        slugs = {"Ban Chấp hành": "ban-chap-hanh", "Ban Thường vụ": "ban-thuong-vu"}
        for body in board().bodies[:2]:
            table = ask(KEY, ban=slugs[body.name], cap="co-so-tro-len")
            assert table.count == sum(group.value for group in table.groups) == body.filled > 0

    def test_whoever_left_is_gone_from_the_day_on_which_the_seat_ended(self, place):
        leave(appoint(place, SINCE, full_name="Lê Văn Ba"), date(2022, 9, 15))

        assert column(ask(KEY, date(2022, 9, 14)), "person") == ["Lê Văn Ba"]
        assert column(ask(KEY, date(2022, 9, 15)), "person") == []
        assert column(ask(KEY, SINCE), "person") == ["Lê Văn Ba"]
        assert column(ask(KEY, SINCE - timedelta(days=1)), "person") == []

    def test_stand_by_organisation_with_how_many_of_how_many(self, bloc, place, other, secretary):
        for _ in range(4):
            appoint(other, SINCE)
        appoint(bloc, SINCE)
        Body.objects.filter(term__organization=bloc).update(authorized_size=None)

        assert titles(ask(KEY)) == [
            "Đảng ủy Khối, nhiệm kỳ 2020-2025: 01 đồng chí, chưa có số lượng được duyệt",
            "Đảng ủy Sở Hai, nhiệm kỳ 2020-2025: 04 đồng chí, được duyệt 03, vượt 01",
            "Đảng ủy Sở Một, nhiệm kỳ 2020-2025: 01 đồng chí, được duyệt 15, khuyết 14",
        ]
        assert titles(ask(KEY, ban="ban-thuong-vu")) == [
            "Ban Thường vụ Đảng ủy Sở Một, nhiệm kỳ 2020-2025: 01 đồng chí, được duyệt 05, khuyết 04"
        ]

    def test_whoever_sits_in_two_places_is_counted_once_in_the_note(self, bloc, place, secretary):
        factories.seated(secretary, bloc, on=SINCE)
        table = ask(KEY)

        assert column(table, "person") == ["Đỗ Thị Hòa", "Đỗ Thị Hòa"]
        assert any("tính mỗi người một lần là 01 đồng chí" in note for note in table.notes)

    def test_a_committee_of_nobody_and_an_organisation_without_a_term_are_told(self, bloc, place, other, secretary):
        factories.organization(bloc)
        notes = ask(KEY).notes

        assert "Chưa ghi ai đang giữ chức danh: Đảng ủy Khối; Đảng ủy Sở Hai." in notes
        assert "1 tổ chức chưa có nhiệm kỳ trong sổ vào ngày này, nên không có trong danh sách." in notes

    def test_of_an_office_with_nothing_there_is_nobody(self, db):
        factories.organization(name=LONG[:240].strip())

        assert ask(KEY).groups == []

    def test_long_names_stay_whole(self, bloc):
        made = factories.organization(bloc, name=LONG[:240].strip(), code="DAI")
        factories.term(made)
        appoint(made, SINCE, full_name="Nguyễn " + "Thị Hoàng " * 10 + "Anh")
        [group] = ask(KEY).groups

        assert group.title.startswith(LONG[:240].strip().replace("Đảng bộ", "Đảng ủy"))
        assert len(group.rows[0][0].value) > 100


class TestWhatIsSaid:
    def test_days_are_days_and_what_is_known_roughly_is_text(self, place):
        known = {"joined_party_on": date(2005, 2, 3), "official_on": date(2006, 2, 3)}
        appoint(place, SINCE, full_name="Lê Văn Ba", **known)
        rough = appoint(place, SINCE, full_name="Lê Văn Bốn", **known)
        Holding.objects.filter(pk=rough.pk).update(from_precision=Precision.MONTH)
        coarse = {"birth_precision": Precision.YEAR, "joined_party_precision": Precision.MONTH}
        Person.objects.filter(pk=rough.person_id).update(**coarse)
        table = ask(KEY, cot=["born", "joined", "official", "since"])

        days = {"born": date(1975, 5, 20), "joined": date(2005, 2, 3), "official": date(2006, 2, 3), "since": SINCE}
        assert said(table, "Lê Văn Ba") == {"person": "Lê Văn Ba"} | days
        assert said(table, "Lê Văn Bốn") == {"person": "Lê Văn Bốn"} | {
            "born": "1975",
            "joined": "2/2005",
            "official": date(2006, 2, 3),
            "since": "tháng 3/2021",
        }

    def test_the_highest_position_with_its_day_and_method_and_that_in_the_inspection(self, place, secretary):
        factories.seated(secretary, place, "inspection_member", on=date(2021, 5, 1))
        member = appoint(place, SINCE, full_name="Lê Văn Ba").person
        factories.seated(member, place, "standing_member", on=date(2022, 2, 1))
        for slug in ("ban-chap-hanh", "ban-thuong-vu"):
            table = ask(KEY, ban=slug, cot=["title", "since", "method"])
            first, second = said(table, "Đỗ Thị Hòa"), said(table, "Lê Văn Ba")
            assert first["title"] == "Bí thư, Ủy viên Ủy ban Kiểm tra"
            assert (first["since"], first["method"]) == (SINCE, "Chỉ định")
            assert (second["title"], second["since"]) == ("Ủy viên Ban Thường vụ", date(2022, 2, 1))
        inspection = said(ask(KEY, ban="uy-ban-kiem-tra", cot=["title", "since"]), "Đỗ Thị Hòa")
        assert (inspection["title"], inspection["since"]) == ("Ủy viên Ủy ban Kiểm tra", date(2021, 5, 1))

    def test_posts_are_those_of_the_party_here_and_elsewhere_then_of_the_state(self, bloc, place, secretary):
        factories.seated(secretary, bloc, on=SINCE)
        posts = said(ask(KEY, code="MOT"), "Đỗ Thị Hòa")["posts"]

        assert posts == "Bí thư Đảng bộ Sở Một; Ủy viên Ban Chấp hành Đảng bộ Khối; Giám đốc Sở"

    def test_what_is_not_known_is_no_value_and_what_there_is_not_a_dash(self, place, secretary):
        table = ask(KEY, cot=ALL)
        row = said(table, "Đỗ Thị Hòa")
        missing = {each.key: each.missing for each in table.columns if row[each.key] is None}

        unknown = ("joined", "official", "education", "theory", "rating")
        assert missing == dict.fromkeys(unknown, "chưa có số liệu") | dict.fromkeys(
            ("discipline", "planned", "note"), "—"
        )
        assert (row["gender"], row["ethnic_group"], row["hometown"]) == ("Nữ", "Kinh", "xã An Sơn")

    def test_a_measure_stands_while_it_is_in_force(self, place, secretary):
        until = date(2023, 6, 1)
        discipline(secretary, kind="reprimand", valid_from=SINCE, valid_to=until, by=factories.office())

        assert column(ask(KEY, cot=["discipline"]), "discipline") == ["Khiển trách từ 01/3/2021"]
        assert column(ask(KEY, until, cot=["discipline"]), "discipline") == [None]

    def test_whoever_retires_before_the_term_ends_is_noted(self, place):
        appoint(place, SINCE, full_name="Lê Văn Già", birth_date=date(1962, 8, 20))
        appoint(place, SINCE, full_name="Lê Văn Trẻ", birth_date=date(1980, 8, 20))
        table = ask(KEY, cot=["retirement", "note"])

        old, young = said(table, "Lê Văn Già"), said(table, "Lê Văn Trẻ")
        assert (old["retirement"], old["note"]) == ("5/2023", "Nghỉ hưu trước hết nhiệm kỳ")
        assert (young["retirement"], young["note"]) == ("8/2042", None)
        assert any("chưa kiểm chứng" in note for note in table.notes)

    def test_a_seat_that_may_not_have_been_held_is_noted(self, place):
        held = appoint(place, date(2023, 1, 1))
        Holding.objects.filter(pk=held.pk).update(from_precision=Precision.YEAR)

        assert "chỉ biết tháng hoặc năm" in column(ask(KEY, cot=["note"]), "note")[0]
        assert column(ask(KEY, date(2024, 3, 1), cot=["note"]), "note") == [None]

    def test_names_lead_to_the_people(self, place, secretary):
        assert [cell.url for cell in cells(ask(KEY), "person")] == [secretary.get_absolute_url()]


class TestColumns:
    def test_are_the_usual_ones_where_none_is_chosen(self, place):
        usual = ["person", *(each.column.key for each in COLUMNS if each.usual)]

        assert keys(ask(KEY)) == usual
        assert "planned" not in usual
        assert "title" in usual

    def test_stand_in_their_own_order_however_they_were_chosen(self, place):
        assert keys(ask(KEY, cot=["title", "born"])) == ["person", "born", "title"]

    def test_those_that_are_meant_show_as_chosen(self):
        options = TABLES[KEY].options
        usual = [each.column.key for each in COLUMNS if each.usual]

        assert options({})["cot"].value() == usual
        assert options({"cot": ["born"]})["cot"].value() == ["born"]
        assert not options({"cot": ["luong"]}).is_valid()

    def test_the_choice_is_told_in_words(self, db):
        assert words(KEY) == "Ban Chấp hành"
        assert words(KEY, ban="uy-ban-kiem-tra", cap="co-so") == "Ủy ban Kiểm tra; Tổ chức cơ sở đảng"


class TestPlans:
    def test_who_is_planned_shows_only_where_asked_for_and_allowed(self, planned, place):
        seen = ask(KEY, cot=["title", "planned"])
        assert seen.names_planned_people
        assert said(seen, PLANNED_NAME)["planned"] == "Bí thư Đảng bộ Sở Một 2025-2030"

        unasked = ask(KEY)
        assert not unasked.names_planned_people
        assert "planned" not in keys(unasked)

        blind = ask(KEY, scope=Scope.of([(Right.VIEW, ["/"])]), cot=["title", "planned"])
        assert not blind.names_planned_people
        assert keys(blind) == ["person", "title"]
        assert any("bạn không được xem danh sách quy hoạch" in note for note in blind.notes)

    def test_the_right_over_a_part_is_not_enough_for_the_whole(self, bloc, planned, place, other):
        part = Scope.of([(Right.VIEW, ["/"]), (Right.VIEW_PLANS, [place.path])])

        assert "planned" not in keys(ask(KEY, scope=part, code="KHOI", cot=["planned"]))
        assert "planned" not in keys(ask(KEY, scope=part, code="HAI", cot=["planned"]))
        assert column(ask(KEY, scope=part, code="MOT", cot=["planned"]), "planned") != [None]

    def test_a_post_elsewhere_stays_hidden_from_whoever_may_not_see_it(self, bloc, place, other):
        someone = appoint(place, SINCE, full_name=PLANNED_NAME).person
        planning_round = factories.planning_round(bloc)
        factories.plan_entry(planning_round, someone, other)
        factories.approved(planning_round, other)
        own = Scope.of([(Right.VIEW, [place.path]), (Right.VIEW_PLANS, [place.path])])

        assert column(ask(KEY, code="MOT", cot=["planned"]), "planned") == ["Bí thư Đảng bộ Sở Hai 2025-2030"]
        assert column(ask(KEY, scope=own, code="MOT", cot=["planned"]), "planned") == [None]

    def test_whoever_is_not_in_the_plan_on_the_day_is_not_named(self, planned):
        assert column(ask(KEY, factories.DECIDED, cot=["planned"]), "planned") != [None]
        assert column(ask(KEY, factories.DECIDED - timedelta(days=1), cot=["planned"]), "planned") == [None]


class TestScope:
    def test_another_part_of_the_tree_never_appears(self, place, other, secretary):
        elsewhere: Organization = factories.organization(name="Đảng bộ Khối khác", code="KHAC")
        factories.term(elsewhere)
        appoint(elsewhere, SINCE, full_name="Người Nơi Khác")
        appoint(other, SINCE, full_name="Người Sở Hai")

        assert column(ask(KEY, code="KHOI"), "person") == ["Người Sở Hai", "Đỗ Thị Hòa"]
        own = Scope.of([(Right.VIEW, [place.path])])
        assert column(ask(KEY, scope=own), "person") == ["Đỗ Thị Hòa"]

    def test_takes_the_same_few_queries_however_many_there_are(self, bloc, place, secretary, planned):
        small = {"usual": count_queries(KEY), "all": count_queries(KEY, cot=ALL)}
        for number in range(4):
            made = factories.organization(bloc, name=f"Đảng bộ Sở {number}")
            factories.term(made)
            for _ in range(3):
                appoint(made, SINCE)
        assert {"usual": count_queries(KEY), "all": count_queries(KEY, cot=ALL)} == small == {"usual": 6, "all": 7}
