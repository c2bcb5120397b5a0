"""Terms and congresses: each organisation once, by kind, what is due and what is past as the dashboard counts it."""

from datetime import date, timedelta

import pytest

from organizations.actions import record_member_count
from organizations.models import Body, Organization
from organizations.scope import Right, Scope
from personnel.actions import close_term
from tests import factories
from tests.reports.boards import DAY, appoint, board, leave
from tests.reports.tables.asking import ask, cells, column, count_queries, titles, words

pytestmark = pytest.mark.django_db

KEY = "nhiem-ky-dai-hoi"
NO_TERM = "Chưa có nhiệm kỳ trong sổ"


@pytest.fixture
def cell(other) -> Organization:
    made = factories.organization(other, "subordinate_cell", name="Chi bộ Văn phòng", code="VP")
    factories.term(made, date(2022, 1, 10), date(2024, 7, 10), committee=3, standing=0, inspection=0, ordinal=12)
    return made


@pytest.fixture
def termless(bloc) -> Organization:
    return factories.organization(bloc, "grassroots_cell", name="Chi bộ Sở Ba", code="BA")


def said(table, name: str) -> dict[str, object]:
    """Return what the row of an organisation says, by the keys of columns."""
    [row] = [row for row in table.rows if row[0].value == name]
    return {each.key: cell.value for each, cell in zip(table.columns, row, strict=True)}


class TestRows:
    def test_every_organisation_stands_once_by_kind_the_first_to_end_first(self, bloc, place, other, cell, termless):
        late = factories.organization(bloc, name="Đảng bộ An Sơn")
        factories.term(late, date(2021, 6, 15))
        table = ask(KEY)

        assert titles(table) == [
            "Đảng bộ cấp trên trực tiếp cơ sở",
            "Đảng bộ cơ sở",
            "Chi bộ cơ sở",
            "Chi bộ trực thuộc",
        ]
        assert [group.value for group in table.groups] == [1, 3, 1, 1]
        assert [row[0].value for row in table.groups[1].rows] == ["Đảng bộ Sở Hai", "Đảng bộ Sở Một", "Đảng bộ An Sơn"]

    def test_a_term_with_its_days_bodies_secretary_and_members(self, place):
        someone = factories.person(place, "Đỗ Thị Hòa")
        for code in ("committee_member", "standing_member", "secretary"):
            factories.seated(someone, place, code, on=date(2021, 3, 1))
        appoint(place, date(2021, 3, 1))
        for day, official in ((date(2022, 3, 31), 30), (date(2022, 12, 31), 31), (date(2023, 6, 30), 32)):
            record_member_count(place, counted_on=day, official=official, probationary=2, by=factories.office())
        table = ask(KEY)

        assert said(table, "Đảng bộ Sở Một") == {
            "organization": "Đảng bộ Sở Một",
            "term": "2020-2025",
            "ordinal": "VII",
            "from": date(2020, 6, 15),
            "planned_end": date(2025, 6, 15),
            "ended": None,
            "left": 27,
            "late": None,
            "state": "Trong nhiệm kỳ",
            "committee_size": 15,
            "committee_filled": 2,
            "standing_committee_size": 5,
            "standing_committee_filled": 1,
            "inspection_committee_size": 5,
            "inspection_committee_filled": 0,
            "secretary": "Đỗ Thị Hòa",
            "members": 33,
        }
        place_of = column(table, "organization").index("Đảng bộ Sở Một")
        assert list(cells(table, "organization"))[place_of].url == "/to-chuc/MOT/"
        assert list(cells(table, "secretary"))[place_of].url == someone.get_absolute_url()

    def test_an_organisation_without_a_term_says_so(self, bloc, termless):
        row = said(ask(KEY), "Chi bộ Sở Ba")

        assert row.pop("state") == NO_TERM
        assert row.pop("organization") == "Chi bộ Sở Ba"
        assert set(row.values()) == {None}
        assert "1 tổ chức chưa có nhiệm kỳ trong sổ vào ngày này." in ask(KEY).notes

    def test_a_body_that_is_not_there_is_a_dash_and_a_committee_not_known_says_so(self, bloc, other, termless):
        table = ask(KEY)
        missing = {each.key: each.missing for each in table.columns}

        assert said(table, "Đảng bộ Sở Hai")["standing_committee_size"] is None
        assert said(table, "Đảng bộ Sở Hai")["standing_committee_filled"] is None
        assert missing["standing_committee_size"] == "—"
        assert missing["committee_size"] == missing["members"] == "chưa có số liệu"

    def test_a_size_that_nobody_wrote_down_is_noted(self, bloc, other):
        Body.objects.filter(term__organization=other).update(authorized_size=None)
        table = ask(KEY)

        assert said(table, "Đảng bộ Sở Hai")["committee_size"] is None
        assert said(table, "Đảng bộ Sở Hai")["committee_filled"] == 0
        assert "1 cơ quan chưa có số lượng được duyệt." in table.notes

    def test_a_term_that_ended_without_another_says_when(self, bloc, other):
        ended = date(2023, 2, 1)
        decision = factories.document(issued_on=ended)
        close_term(other.terms.get(), ended_on=ended, decision=decision, by=factories.office())
        before, after = (said(ask(KEY, day), "Đảng bộ Sở Hai") for day in (ended - timedelta(days=1), ended))

        assert (before["state"], before["ended"], before["secretary"]) == ("Trong nhiệm kỳ", None, "chưa có")
        assert (after["state"], after["ended"]) == ("Đã kết thúc, chưa có nhiệm kỳ mới", ended)
        assert after["term"] == "2020-2025"
        assert after["left"] is after["late"] is after["committee_filled"] is after["secretary"] is None
        assert "1 tổ chức đã hết nhiệm kỳ, chưa có nhiệm kỳ mới vào ngày này." in ask(KEY, ended).notes

    def test_the_next_congress_brings_the_next_term_from_its_first_day(self, place):
        begins = date(2025, 5, 20)
        factories.congress(place, (factories.person(place), "committee_member"), on=begins, ordinal=8)

        assert said(ask(KEY, begins - timedelta(days=1)), "Đảng bộ Sở Một")["term"] == "2020-2025"
        row = said(ask(KEY, begins), "Đảng bộ Sở Một")
        assert (row["term"], row["ordinal"], row["ended"]) == ("2025-2030", "VIII", None)

    def test_a_term_opened_by_designation_says_so(self, bloc, place, other):
        on = date(2022, 7, 1)
        heir = factories.successor(bloc, name="Đảng bộ Sở Mới", term=factories.first_term(on))
        factories.reorganize("merged", place, other, on=on, successors=(heir,))

        assert said(ask(KEY), "Đảng bộ Sở Mới")["ordinal"] == "I (chỉ định)"

    def test_long_names_stay_whole(self, bloc):
        long = ("Đảng bộ " + "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông " * 4)[:240].strip()
        factories.organization(bloc, name=long)

        assert long in column(ask(KEY), "organization")


class TestDue:
    @pytest.mark.parametrize(
        ("day", "left", "late", "state"),
        [
            (date(2024, 6, 30), 12, None, "Trong nhiệm kỳ"),
            (date(2024, 7, 1), 11, None, "Đến hạn trong 12 tháng tới"),
            (date(2025, 6, 1), 0, None, "Đến hạn trong 12 tháng tới"),
            (date(2025, 6, 15), 0, None, "Đến hạn trong 12 tháng tới"),
            (date(2025, 6, 16), None, 0, "Quá hạn đại hội"),
            (date(2025, 9, 1), None, 3, "Quá hạn đại hội"),
        ],
    )
    def test_months_left_and_overdue(self, place, day, left, late, state):
        row = said(ask(KEY, day), "Đảng bộ Sở Một")

        assert (row["left"], row["late"], row["state"]) == (left, late, state)

    def test_agrees_with_the_dashboard_on_every_day(self, bloc, place, other, cell, termless):
        factories.term(factories.organization(bloc), date(2021, 6, 15))
        for day in (DAY, date(2024, 6, 30), date(2024, 7, 1), date(2025, 6, 15), date(2025, 6, 16), date(2026, 7, 1)):
            coming = board(day=day, year=day.year).coming
            assert ask(KEY, day, han="12-thang", cap="co-so-tro-len").count == coming.spans[0].congresses, day
            assert ask(KEY, day, han="qua-han", cap="co-so-tro-len").count == coming.overdue_congresses, day

    def test_what_is_past_and_what_is_due_can_be_asked_for(self, bloc, other, cell, termless):
        day = date(2024, 8, 1)

        assert column(ask(KEY, day, han="qua-han"), "organization") == ["Chi bộ Văn phòng"]
        due = ask(KEY, day, han="12-thang")
        assert column(due, "organization") == ["Đảng bộ Khối", "Đảng bộ Sở Hai"]
        assert "1 tổ chức chưa có nhiệm kỳ trong sổ vào ngày này, không kê ở đây." in due.notes

    def test_choices_are_told_in_words(self, db):
        assert words(KEY) == ""
        assert words(KEY, han="qua-han", cap="co-so") == "Đã quá hạn; Tổ chức cơ sở đảng"


class TestTotals:
    def test_seats_are_those_of_the_dashboard(self, bloc, place, other, cell):
        leave(appoint(place, date(2021, 3, 1)), date(2022, 9, 15))
        for each in (place, other, cell):
            appoint(each, date(2022, 3, 1))
        table = ask(KEY, cap="co-so-tro-len")
        columns = {each.key: each for each in table.columns if each.summed}

        assert columns
        for body in board().bodies:
            totals = [table.total(columns[f"{body.kind}_{what}"], list(table.rows)) for what in ("size", "filled")]
            assert totals == [body.authorized, body.filled], body.kind

    def test_of_an_office_with_nothing_the_organisation_alone_stands_there(self, db):
        factories.organization(name="Đảng bộ Khối")

        assert column(ask(KEY), "state") == [NO_TERM]


class TestScope:
    def test_another_part_of_the_tree_never_appears(self, bloc, place, other):
        factories.term(factories.organization(name="Đảng bộ Khối khác", code="KHAC"))

        assert set(column(ask(KEY, code="KHOI"), "organization")) == {bloc.name, place.name, other.name}
        own = Scope.of([(Right.VIEW, [other.path])])
        assert column(ask(KEY, scope=own), "organization") == [other.name]

    def test_an_organisation_that_left_stands_where_it_stood_on_the_day(self, bloc, other):
        away = factories.organization(name="Đảng bộ Khối khác", code="KHAC")
        on = date(2022, 7, 1)
        factories.reorganize("transferred", other, on=on, new_parent=away)

        assert other.name in column(ask(KEY, on - timedelta(days=1), "KHOI"), "organization")
        assert other.name not in column(ask(KEY, on, "KHOI"), "organization")

    def test_takes_the_same_few_queries_however_many_there_are(self, bloc, place, other, termless):
        small = count_queries(KEY)
        for number in range(4):
            made = factories.organization(bloc, name=f"Đảng bộ Sở {number}")
            factories.term(made)
            appoint(made, date(2022, 3, 1))
            record_member_count(made, counted_on=date(2022, 3, 31), official=30, probationary=2, by=factories.office())
        assert count_queries(KEY) == small == 5
