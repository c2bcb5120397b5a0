"""The table of the structure of committees: each committee by itself, against the dashboard and a slow reading."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from organizations.actions import amend_organization
from organizations.scope import Scope
from personnel.models import Holding
from reports.dashboards.structure import CRITERIA, OWN
from reports.tables.levels import EVERY_LEVEL
from reports.tables.structure import average_age
from tests import factories
from tests.reports.boards import appoint, board, leave
from tests.reports.tables.reading import DAY, cell, column, frame_of, over, queries_of, row_of, table

pytestmark = pytest.mark.django_db

KEY = "co-cau-cap-uy"
SEATED = date(2022, 3, 1)


@pytest.fixture
def members(bloc, place, other):
    """Five people in three committees; one of them sits in two of those beneath."""
    appoint(bloc, SEATED, gender="female", ethnic_group="Tày")
    both = appoint(place, SEATED, gender="female", birth_date=date(1990, 1, 1), education="master").person
    factories.seated(both, other, on=date(2022, 3, 2))
    appoint(place, SEATED, birth_date=date(1983, 1, 1), birth_precision="year")
    appoint(other, SEATED, education="college", political_theory="advanced")


def slowly(code: str, day: date) -> set[int]:
    """Return who sits in the committee of the organisation on `day`, told row by row."""
    return {
        holding.person_id
        for holding in Holding.objects.select_related("body__term__organization")
        if holding.body.kind == "committee"
        and holding.body.term.organization.code == code
        and holding.valid_from <= day
        and (holding.valid_to is None or day < holding.valid_to)
    }


def test_own_committee_stands_first_then_those_beneath_by_kind(bloc, place, other):
    factories.organization(bloc, kind="grassroots_cell", name="Chi bộ Báo", code="BAO")
    made = table(KEY, frame_of())

    assert [(group.title, [row[0].value for row in group.rows]) for group in made.groups] == [
        ("Đảng ủy Khối", ["Đảng bộ Khối"]),
        ("Đảng ủy các đảng bộ cơ sở", ["Đảng bộ Sở Hai", "Đảng bộ Sở Một"]),
        ("Chi ủy các chi bộ cơ sở", ["Chi bộ Báo"]),
    ]
    assert made.groups[0].rows[0][0].url == reverse("personnel:organization_detail", args=["KHOI"])


def test_members_are_a_slow_count_of_each_committee(members):
    made = table(KEY, frame_of())

    for code, name in (("KHOI", "Đảng bộ Khối"), ("MOT", "Đảng bộ Sở Một"), ("HAI", "Đảng bộ Sở Hai")):
        assert row_of(made, organization=name)["members"] == len(slowly(code, DAY)), code
    assert column(made, "members") == [1, 2, 2]


def test_own_row_says_what_the_dashboard_says(members):
    made = table(KEY, frame_of())
    own = next(group for group in board().groups if group.key == OWN)
    row = row_of(made, organization="Đảng bộ Khối")

    assert row["members"] == len(own.members)
    for share in own.shares:
        key = share.criterion.key
        assert (row[f"{key}-so"] or 0, row[f"{key}-tren"]) == (share.part, share.base), key


def test_each_row_beneath_says_what_the_dashboard_of_that_organisation_says(members):
    made = table(KEY, frame_of())

    for code, name in (("MOT", "Đảng bộ Sở Một"), ("HAI", "Đảng bộ Sở Hai")):
        [own] = board(code).groups
        row = row_of(made, organization=name)
        for share in own.shares:
            assert (row[f"{share.criterion.key}-so"] or 0) == share.part, (code, share.criterion.key)
            assert row[f"{share.criterion.key}-tren"] == share.base, (code, share.criterion.key)


def test_a_person_of_two_committees_counts_in_each_and_once_on_the_dashboard(members):
    made = table(KEY, frame_of())
    [beneath] = [group for group in board().groups if group.key != OWN]
    rows = made.groups[1].rows
    members_column = made.columns[made.index("members")]

    assert made.total(members_column, rows) == 4
    assert len(beneath.members) == 3
    assert "các cấp ủy trực thuộc cộng lại có 4 cấp ủy viên, là 3 đồng chí" in made.notes[0]


def test_shares_name_their_part_and_base(members):
    made = table(KEY, frame_of())

    for criterion in CRITERIA:
        share = made.columns[made.index(criterion.key)].share
        assert [made.columns[made.index(key)].only_in_excel for key in (share.part, share.base)] == [True, True]
        assert set(column(made, criterion.key)) == {None}


def test_what_is_not_known_is_no_zero(place):
    appoint(place, SEATED, birth_date=date(1983, 1, 1), birth_precision="year")
    row = row_of(table(KEY, frame_of("MOT")))

    assert (row["duoi-40-so"], row["duoi-40-tren"]) == (None, 0)
    assert (row["tai-cu-so"], row["moi-so"], row["dai-hoc-so"]) == (None, None, None)
    assert (row["nu-so"], row["nu-tren"]) == (0, 1)


def test_an_organisation_without_a_committee_on_record_has_no_numbers_and_one_without_members_has_zero(bloc, place):
    factories.organization(bloc, name="Đảng bộ Mới")
    made = table(KEY, frame_of())

    unknown, empty = row_of(made, organization="Đảng bộ Mới"), row_of(made, organization="Đảng bộ Sở Một")
    assert (unknown["members"], unknown["nu-so"], unknown["nu-tren"], unknown["age"]) == (None, None, None, None)
    assert (empty["members"], empty["nu-so"], empty["nu-tren"], empty["age"]) == (0, 0, 0, None)


def test_levels_of_education_and_theory_have_their_own_base(members):
    made = table(KEY, frame_of())

    two = row_of(made, organization="Đảng bộ Sở Hai")
    assert (two["dai-hoc-so"], two["dai-hoc-tren"]) == (1, 2)  # a master of two of whom it is known
    assert (two["cao-cap-so"], two["cao-cap-tren"]) == (1, 1)


def test_re_elected_and_new_are_told_of_each_committee_by_itself(place, other):
    stays, comes = factories.person(place), factories.person(place)
    for each in (place, other):
        factories.seated(stays, each, on=SEATED)
    factories.congress(place, (stays, "committee_member"), (comes, "committee_member"), on=date(2025, 6, 1))
    made = table(KEY, frame_of(day=date(2025, 7, 1)))

    one, two = (row_of(made, organization=name) for name in ("Đảng bộ Sở Một", "Đảng bộ Sở Hai"))
    assert (one["tai-cu-so"], one["tai-cu-tren"], one["moi-so"]) == (1, 2, 1)
    assert (two["tai-cu-so"], two["tai-cu-tren"]) == (None, 0)


class TestAverageAge:
    def test_is_the_mean_of_whole_years(self, place):
        for born in (date(1983, 3, 10), date(1983, 3, 11), date(1973, 1, 1)):  # 40 today, 39 until tomorrow, 50
            appoint(place, SEATED, birth_date=born)

        assert row_of(table(KEY, frame_of("MOT")))["age"] == Decimal("43.0")

    def test_is_a_range_while_a_birthday_leaves_it_open(self, place):
        appoint(place, SEATED, birth_date=date(1983, 1, 1), birth_precision="year")
        appoint(place, SEATED, birth_date=date(1973, 1, 1))

        assert row_of(table(KEY, frame_of("MOT")))["age"] == "44,5–45,0"

    def test_of_nobody_there_is_none(self):
        assert average_age([], DAY) is None


class TestTheDay:
    def test_a_seat_counts_from_its_first_day_to_the_one_before_it_ends(self, place):
        holding = appoint(place, SEATED)
        leave(holding, date(2022, 9, 1))
        days = {SEATED: 1, date(2022, 2, 28): 0, date(2022, 8, 31): 1, date(2022, 9, 1): 0}

        for day, count in days.items():
            assert column(table(KEY, frame_of("MOT", day=day)), "members") == [count], day

    def test_an_ended_year_is_told_as_of_its_last_day(self, bloc, place):
        leave(appoint(place, SEATED), date(2023, 1, 1))

        ended = frame_of("MOT", day=DAY, period=frame_of(day=date(2022, 12, 31)).period)
        assert column(table(KEY, ended), "members") == [1]
        assert column(table(KEY, frame_of("MOT")), "members") == [0]

    def test_an_organisation_counts_where_it_stood_on_the_day(self, bloc, place):
        elsewhere = factories.organization(code="KHAC", name="Đảng bộ Khối Khác")
        amend_organization(place, parent=elsewhere, effective_on=date(2023, 1, 1), by=factories.office())

        before = table(KEY, frame_of("KHOI", day=date(2022, 12, 31)))
        assert "Đảng bộ Sở Một" in column(before, "organization")
        assert "Đảng bộ Sở Một" not in column(table(KEY, frame_of("KHOI")), "organization")
        assert "Đảng bộ Sở Một" in column(table(KEY, frame_of("KHAC")), "organization")

    def test_a_seat_of_which_nobody_knows_whether_it_was_held_is_told(self, place):
        holding = appoint(place, date(2023, 1, 1))
        sure = table(KEY, frame_of("MOT"))
        Holding.objects.filter(pk=holding.pk).update(from_precision="year")
        unsure = table(KEY, frame_of("MOT"))

        assert not any("chưa rõ" in note for note in sure.notes)
        assert unsure.notes[-1].startswith("Trong đó 1 vị trí chưa rõ")


class TestScope:
    def test_another_bloc_never_appears(self, members):
        stranger = factories.organization(code="KHAC", name="Đảng bộ Khối Khác")
        beneath = factories.organization(stranger, name="Đảng bộ Lạ")
        for each in (stranger, beneath):
            factories.term(each)
            appoint(each, SEATED)

        assert column(table(KEY, frame_of("KHOI")), "organization") == [
            "Đảng bộ Khối",
            "Đảng bộ Sở Hai",
            "Đảng bộ Sở Một",
        ]

    def test_a_clerk_of_one_organisation_sees_it_alone(self, members, place):
        made = table(KEY, frame_of(scope=over(place.path)))

        assert column(made, "organization") == ["Đảng bộ Sở Một"]
        assert column(made, "members") == [2]

    def test_what_is_beneath_a_grassroots_organisation_comes_when_asked_for(self, place):
        factories.organization(place, kind="subordinate_cell", name="Chi bộ Văn phòng")

        assert column(table(KEY, frame_of("MOT")), "organization") == ["Đảng bộ Sở Một"]
        made = table(KEY, frame_of("MOT"), level=EVERY_LEVEL)
        assert [group.title for group in made.groups] == ["Đảng ủy Sở Một", "Chi ủy các chi bộ trực thuộc"]


def test_takes_a_fixed_number_of_queries(members, bloc):
    few = queries_of(KEY, frame_of())
    for _ in range(4):
        more = factories.organization(bloc)
        factories.term(more)
        for _ in range(3):
            appoint(more, SEATED)

    assert few == queries_of(KEY, frame_of()) == 3


def test_of_one_organisation_alone(bloc):
    made = table(KEY, frame_of())

    assert made.count == 1
    assert cell(made, next(made.rows), "members").value == 0
    assert frame_of(scope=Scope.of([])) is None
