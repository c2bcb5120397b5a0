"""The table of results of planning: against the summary's figures, the coverage board, and a slow reading. No names."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from organizations.models import OrganizationVersion
from organizations.scope import Right
from planning import actions as planning
from planning.coverage.reads import coverage
from planning.coverage.reckoning import Post, Situation
from planning.models import PlanEntry, PositionGroup
from reports.summary import summarize
from reports.tables.levels import EVERY_LEVEL
from reports.tables.planning import FEW
from tests import factories
from tests.reports.boards import PLANNED_NAME
from tests.reports.tables.reading import DAY, EVERYTHING, column, frame_of, over, queries_of, row_of, table

pytestmark = pytest.mark.django_db

KEY = "ket-qua-quy-hoach"
POST_OF_GROUP = {PositionGroup.COMMITTEE: Post.COMMITTEE, PositionGroup.STANDING: Post.STANDING}
OWN_FIGURES = {
    "plan.bloc.committee": PositionGroup.COMMITTEE,
    "plan.bloc.standing": PositionGroup.STANDING,
    "plan.bloc.secretaries": PositionGroup.SECRETARIES,
    "plan.bloc.inspection_heads": PositionGroup.INSPECTION_HEADS,
}


@pytest.fixture
def round_(bloc):
    return factories.planning_round(bloc)


@pytest.fixture
def planned(round_, bloc, place, other):
    """The bloc's plans of two groups approved, one person in both; of one organisation approved, of one under way."""
    both = factories.person(bloc, PLANNED_NAME, gender="female", birth_date=date(1990, 1, 1))
    factories.plan_entry(round_, both, bloc, "committee_member")
    factories.plan_entry(round_, both, bloc, "standing_member")
    for _ in range(5):
        factories.plan_entry(round_, factories.person(bloc, ethnic_group="Tày"), bloc, "committee_member")
    for group in (PositionGroup.COMMITTEE, PositionGroup.STANDING):
        factories.approved(round_, bloc, group)
    factories.plan_entry(round_, factories.person(place), place, "secretary")
    factories.approved(round_, place)
    review = factories.planning_round(bloc, opened_on=date(2022, 4, 1), kind="review")
    factories.plan_entry(review, factories.person(place), place, "deputy_secretary", on=date(2022, 4, 5))
    factories.plan_entry(round_, factories.person(other), other, "secretary")
    factories.submitted_plan(round_, other)


def of_plan(made, name: str, group: PositionGroup) -> dict[str, object]:
    return row_of(made, organization=name, group=group.label)


def test_own_plan_stands_first_then_those_beneath_by_group(planned):
    made = table(KEY, frame_of())

    assert [(group.title, [row[0].value for row in group.rows]) for group in made.groups] == [
        ("Quy hoạch của Đảng bộ Khối", ["Đảng bộ Khối"] * 4),
        ("Bí thư, Phó Bí thư của các tổ chức cơ sở đảng", ["Đảng bộ Sở Hai", "Đảng bộ Sở Một"]),
    ]
    assert column(made, "group")[:4] == [group.label for group in PositionGroup]


def test_groups_in_which_nobody_has_begun_are_told_in_a_line(planned):
    notes = table(KEY, frame_of()).notes

    assert "Ban Chấp hành của các tổ chức cơ sở đảng: chưa tổ chức nào quy hoạch (2 tổ chức có chức danh này)." in notes
    assert "Ban Thường vụ của các tổ chức cơ sở đảng: chưa tổ chức nào quy hoạch (1 tổ chức có chức danh này)." in notes


def test_own_rows_agree_with_the_figures_of_the_summary(planned):
    made, figures = table(KEY, frame_of()), summarize(frame_of()).by_key

    for key, group in OWN_FIGURES.items():
        row = of_plan(made, "Đảng bộ Khối", group)
        assert row["in_plan"] == figures[key].count, key
        assert row["awaiting"] == figures[key].pending, key
    assert [of_plan(made, "Đảng bộ Khối", group)["in_plan"] for group in PositionGroup] == [6, 1, 0, 0]


def test_as_many_grassroots_plans_have_a_decision_as_the_figure_says(planned):
    made = table(KEY, frame_of())
    secretaries = made.groups[1].rows
    decided = [row for row in secretaries if row[made.index("approved_on")].value]

    assert len(decided) == summarize(frame_of()).by_key["plan.grassroots.approved"].count == 1
    assert decided[0][made.index("decision")].value.endswith("10/3/2022")


def test_rows_agree_with_the_coverage_board(planned):
    made = table(KEY, frame_of())
    standing = OrganizationVersion.objects.as_of(DAY)
    board = coverage(standing, plan_term="2025-2030", scope=EVERYTHING, day=DAY)

    compared = 0
    for row in board:
        for group, post in POST_OF_GROUP.items():
            for cell in row.cells_of(post) if row.version.kind == "bloc" else []:
                told = of_plan(made, row.version.name, group)
                assert (told["in_plan"], told["awaiting"], told["seats"]) == (cell.in_plan, cell.awaiting, cell.seats)
                assert told["state"] == cell.state.label
                compared += 1
        heads = [cell for post in (Post.SECRETARY, Post.DEPUTY_SECRETARY) for cell in row.cells_of(post)]
        told = of_plan(made, row.version.name, PositionGroup.SECRETARIES)
        assert told["in_plan"] == sum(cell.in_plan for cell in heads)  # nobody is planned for both here
        assert told["awaiting"] == sum(cell.awaiting for cell in heads)
        assert told["seats"] == sum(cell.seats for cell in heads)
        is_in_plan = any(cell.state == Situation.APPROVED for cell in heads)
        assert told["state"].startswith(Situation.APPROVED.label) == is_in_plan
        compared += 1
    assert compared == 5


def test_numbers_are_a_slow_count(planned):
    made = table(KEY, frame_of())

    for group in PositionGroup:
        people: dict[bool, set[int]] = {True: set(), False: set()}
        for entry in PlanEntry.objects.filter(organization__code="KHOI"):
            if entry.position_id in group.positions and (entry.valid_to is None or entry.valid_to > DAY):
                people[entry.valid_from is not None and entry.valid_from <= DAY].add(entry.person_id)
        row = of_plan(made, "Đảng bộ Khối", group)
        assert (row["in_plan"], row["awaiting"]) == (len(people[True]), len(people[False] - people[True])), group


def test_a_person_of_two_positions_of_a_group_counts_once_and_of_two_groups_in_each(round_, bloc, planned):
    chair = factories.person(bloc)
    for code in ("inspection_chair", "inspection_deputy_chair"):
        factories.plan_entry(round_, chair, bloc, code)
    factories.approved(round_, bloc, PositionGroup.INSPECTION_HEADS)
    made = table(KEY, frame_of())

    assert of_plan(made, "Đảng bộ Khối", PositionGroup.INSPECTION_HEADS)["in_plan"] == 1
    assert made.total(made.columns[made.index("in_plan")], made.groups[0].rows) == 8
    assert any("cả Đảng bộ Khối có 7 đồng chí trong quy hoạch đã duyệt" in note for note in made.notes)


def test_shares_are_of_those_approved_of_whom_it_is_known(planned):
    row = of_plan(table(KEY, frame_of()), "Đảng bộ Khối", PositionGroup.COMMITTEE)

    assert (row["nu-so"], row["nu-tren"]) == (1, 6)
    assert (row["duoi-40-so"], row["duoi-40-tren"]) == (1, 6)
    assert (row["dan-toc-thieu-so-so"], row["dan-toc-thieu-so-tren"]) == (5, 6)


def test_a_post_for_which_nobody_is_planned_is_named(planned):
    made = table(KEY, frame_of())

    assert of_plan(made, "Đảng bộ Sở Một", PositionGroup.SECRETARIES)["state"] == "Đã duyệt"
    assert of_plan(made, "Đảng bộ Sở Hai", PositionGroup.SECRETARIES)["state"] == "Đang làm; chưa có Phó Bí thư"
    assert of_plan(made, "Đảng bộ Khối", PositionGroup.SECRETARIES)["state"] == "Chưa có"


class TestTargets:
    def set_target(self, round_, of, group: PositionGroup, seats: int, coefficient: str, position: str = ""):
        code = factories.position(position) if position else None
        planning.set_target(
            round_,
            organization=of,
            group=group,
            position=code,
            seats=seats,
            coefficient=Decimal(coefficient),
            by=factories.office(),
        )

    def test_seats_are_those_of_the_target(self, round_, bloc, planned):
        self.set_target(round_, bloc, PositionGroup.COMMITTEE, 4, "1.50")
        row = of_plan(table(KEY, frame_of()), "Đảng bộ Khối", PositionGroup.COMMITTEE)

        assert (row["seats"], row["target"], row["coefficient"]) == (4, 6, Decimal("1.50"))

    def test_those_of_single_positions_add_up_where_the_group_has_none(self, round_, bloc, planned):
        self.set_target(round_, bloc, PositionGroup.SECRETARIES, 1, "3", "secretary")
        self.set_target(round_, bloc, PositionGroup.SECRETARIES, 2, "2", "deputy_secretary")
        row = of_plan(table(KEY, frame_of()), "Đảng bộ Khối", PositionGroup.SECRETARIES)

        assert (row["seats"], row["target"], row["coefficient"]) == (3, 7, None)

    def test_without_one_there_is_none_and_seats_are_those_approved_for_the_body(self, planned):
        row = of_plan(table(KEY, frame_of()), "Đảng bộ Khối", PositionGroup.COMMITTEE)

        assert (row["seats"], row["target"], row["coefficient"]) == (15, None, Decimal("0.40"))

    def test_of_a_later_round_it_says_nothing_yet(self, round_, bloc, planned):
        later = factories.planning_round(bloc, opened_on=DAY + timedelta(days=1), kind="review")
        self.set_target(later, bloc, PositionGroup.COMMITTEE, 9, "1.00")

        assert of_plan(table(KEY, frame_of()), "Đảng bộ Khối", PositionGroup.COMMITTEE)["target"] is None
        following = table(KEY, frame_of(day=DAY + timedelta(days=1)))
        assert of_plan(following, "Đảng bộ Khối", PositionGroup.COMMITTEE)["target"] == 9

    def test_an_organisation_of_unknown_size_has_no_number_of_seats(self, round_, bloc):
        new = factories.organization(bloc, name="Đảng bộ Mới")
        factories.plan_entry(round_, factories.person(new), new, "committee_member")
        row = of_plan(table(KEY, frame_of()), "Đảng bộ Mới", PositionGroup.COMMITTEE)

        assert (row["seats"], row["in_plan"], row["awaiting"]) == (None, 0, 1)
        assert (row["nu-so"], row["nu-tren"]) == (0, 0)


class TestTheDay:
    def test_approved_from_the_day_of_the_decision_on(self, planned):
        before = table(KEY, frame_of(day=factories.DECIDED - timedelta(days=1)))
        since = table(KEY, frame_of(day=factories.DECIDED))
        rows = [of_plan(made, "Đảng bộ Sở Một", PositionGroup.SECRETARIES) for made in (before, since)]

        assert [(row["in_plan"], row["awaiting"], row["approved_on"]) for row in rows] == [
            (0, 1, None),
            (1, 0, factories.DECIDED),
        ]

    def test_whoever_left_the_plan_counts_until_the_day_before(self, planned, place):
        entry = PlanEntry.objects.get(organization=place, position="secretary")
        planning.remove_entry(entry, on=DAY, reason="own_wish", by=factories.office())
        days = {DAY - timedelta(days=1): 1, DAY: 0}

        for day, count in days.items():
            row = of_plan(table(KEY, frame_of(day=day)), "Đảng bộ Sở Một", PositionGroup.SECRETARIES)
            assert row["in_plan"] == count, day

    def test_another_plan_term_is_another_table(self, planned, bloc):
        factories.planning_round(bloc, plan_term="2030-2035", opened_on=date(2023, 1, 1))
        made = table(KEY, frame_of(plan_term="2030-2035"))

        assert set(column(made, "in_plan")) == {0}
        assert set(column(made, "state")) == {"Chưa có"}
        assert of_plan(table(KEY, frame_of(plan_term="2025-2030")), "Đảng bộ Khối", PositionGroup.STANDING)["in_plan"]


class TestScope:
    def test_nobody_is_named_nor_counted_for_it_to_be_journaled(self, planned):
        made = table(KEY, frame_of())

        assert not made.names_planned_people
        assert PLANNED_NAME not in repr(made)

    def test_counts_need_no_right_to_names_but_what_a_few_are_together_does(self, planned, bloc):
        blind, seeing = (table(KEY, frame_of(scope=over(bloc.path, *right))) for right in ((), (Right.VIEW_PLANS,)))

        for key in ("in_plan", "awaiting", "seats", "state"):
            assert column(blind, key) == column(seeing, key), key
        rows = [of_plan(made, "Đảng bộ Khối", PositionGroup.STANDING) for made in (blind, seeing)]
        assert [(row["in_plan"], row["nu-so"], row["nu-tren"]) for row in rows] == [(1, None, None), (1, 1, 1)]
        assert of_plan(blind, "Đảng bộ Khối", PositionGroup.COMMITTEE)["nu-tren"] == 6 >= FEW
        assert any("chỉ hiện với người được xem tên" in note for note in blind.notes)
        assert not any("chỉ hiện với người được xem tên" in note for note in seeing.notes)

    def test_another_bloc_never_appears(self, planned):
        stranger = factories.organization(code="KHAC", name="Đảng bộ Khối Khác")
        factories.term(stranger)
        theirs = factories.planning_round(stranger)
        factories.plan_entry(theirs, factories.person(stranger), stranger)
        factories.approved(theirs, stranger)

        assert "Đảng bộ Khối Khác" not in column(table(KEY, frame_of("KHOI")), "organization")

    def test_a_clerk_of_one_organisation_sees_it_alone(self, planned, place):
        made = table(KEY, frame_of(scope=over(place.path)))

        assert set(column(made, "organization")) == {"Đảng bộ Sở Một"}
        assert of_plan(made, "Đảng bộ Sở Một", PositionGroup.SECRETARIES)["in_plan"] == 1

    def test_what_is_beneath_a_grassroots_organisation_comes_when_asked_for(self, planned, round_, place):
        cell = factories.organization(place, kind="subordinate_cell", name="Chi bộ Văn phòng")
        factories.plan_entry(round_, factories.person(cell), cell)

        assert "Chi bộ Văn phòng" not in column(table(KEY, frame_of()), "organization")
        titles = [group.title for group in table(KEY, frame_of(), level=EVERY_LEVEL).groups]
        assert titles[-1] == "Bí thư, Phó Bí thư của các tổ chức trực thuộc đảng bộ cơ sở"


class TestRules:
    def test_aims_are_told_with_their_source_while_it_is_verified(self, planned):
        notes = table(KEY, frame_of()).notes
        [women] = [note for note in notes if "tỷ lệ nữ" in note]

        assert women.startswith("Phấn đấu tỷ lệ nữ trong quy hoạch từ 25% trở lên (Quy định 50-QĐ/TW")

    def test_and_as_not_verified_when_it_is_not(self, planned):
        notes = table(KEY, frame_of(day=date(2026, 1, 5), plan_term="2025-2030")).notes

        assert "Phấn đấu tỷ lệ nữ trong quy hoạch từ 25% trở lên (chưa kiểm chứng)." in notes


def test_without_any_round_there_is_nothing(place):
    made = table(KEY, frame_of())

    assert (made.count, list(made.groups)) == (0, [])
    assert "Chưa có đợt quy hoạch nào." in made.notes


def test_takes_a_fixed_number_of_queries(planned, round_, bloc):
    few = queries_of(KEY, frame_of())
    for _ in range(4):
        more = factories.organization(bloc)
        factories.term(more)
        for code in ("secretary", "deputy_secretary", "committee_member"):
            factories.plan_entry(round_, factories.person(more), more, code)
        factories.approved(round_, more)

    assert few == queries_of(KEY, frame_of()) == 8
