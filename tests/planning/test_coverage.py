"""The reckoning of the coverage board: cells, rows and totals from facts. No database."""

from datetime import date
from itertools import count

import pytest

from organizations.models import Body, BodyKind, OrganizationVersion, Position, Term
from personnel.models import Holding, Person
from planning.coverage.reckoning import (
    Cell,
    Facts,
    Planned,
    Post,
    Retiring,
    Row,
    Situation,
    departures,
    in_order,
    make_row,
    matching,
    tallies,
)
from planning.models import PositionGroup
from regulations.models import RetirementAge
from regulations.retirement import RetirementEstimate, RetirementTable

TERM_ENDS = date(2025, 6, 15)
RETIRES_AT_60 = {"months": 720, "valid_from": date(1961, 1, 1)}
AGES = RetirementTable(
    [
        RetirementAge(gender="male", grade="B", **RETIRES_AT_60),
        RetirementAge(gender="female", grade="C", **RETIRES_AT_60),
    ]
)
# With an age of 60: who works on in the month in which the term ends, and who retires in the month before.
STAYS, LEAVES, UNKNOWN = date(1965, 6, 1), date(1965, 5, 31), date(1960, 12, 31)
WHOLE = {BodyKind.COMMITTEE: 15, BodyKind.STANDING: 5, BodyKind.INSPECTION: 5}
SECRETARY, DEPUTY, CHAIR = Position.SECRETARY, Position.DEPUTY_SECRETARY, Position.INSPECTION_CHAIR
BODIES = (Position.COMMITTEE_MEMBER, Position.STANDING_MEMBER, CHAIR)
EVERYTHING = (SECRETARY, DEPUTY, *BODIES)

_serial = count(1)


def planned(code: str = SECRETARY, born: date = date(1980, 1, 1), *, person: int | None = None, **fields) -> Planned:
    defaults = {"is_in_plan": True, "birth_precision": "day", "gender": "male", "retires_on": None}
    return Planned(person or next(_serial), code, birth_date=born, **(defaults | fields))


def awaiting(code: str = SECRETARY, **fields) -> Planned:
    return planned(code, is_in_plan=False, **fields)


def holding(code: str = SECRETARY, born: date = date(1980, 1, 1), *, valid_to: date | None = None, **fields) -> Holding:
    term = Term(planned_end=TERM_ENDS, valid_to=valid_to)
    defaults = {"pk": next(_serial), "gender": "male", "birth_precision": "day", "sort_key": ""}
    person = Person(birth_date=born, **(defaults | fields))
    return Holding(person=person, position=Position(code=code, name=code), body=Body(term=term))


def row(*facts: Planned | Holding, sizes: dict | None = None, name: str = "Đảng bộ Sở") -> Row:
    made = Facts(
        sizes=WHOLE if sizes is None else sizes,
        planned=[each for each in facts if isinstance(each, Planned)],
        holdings=[each for each in facts if isinstance(each, Holding)],
    )
    return make_row(OrganizationVersion(pk=next(_serial), name=name), made, AGES)


def cell(post: Post, *facts: Planned | Holding, sizes: dict | None = None) -> Cell | None:
    return dict(zip(Post, row(*facts, sizes=sizes).cells, strict=True))[post]


class TestState:
    def test_a_post_without_anybody_is_missing(self):
        assert cell(Post.SECRETARY).state == Situation.MISSING

    def test_a_post_whose_people_all_await_approval_is_in_progress(self):
        found = cell(Post.SECRETARY, awaiting(), awaiting())
        assert (found.state, found.in_plan, found.awaiting) == (Situation.IN_PROGRESS, 0, 2)

    def test_a_post_with_somebody_in_the_plan_is_approved(self):
        found = cell(Post.SECRETARY, planned(), awaiting())
        assert (found.state, found.in_plan, found.awaiting) == (Situation.APPROVED, 1, 1)

    def test_who_is_planned_for_another_post_does_not_count(self):
        assert cell(Post.SECRETARY, planned(DEPUTY)).state == Situation.MISSING

    def test_the_heads_of_the_inspection_committee_are_one_post_in_which_each_person_counts_once(self):
        both = [planned(code, person=1) for code in Post.INSPECTION.positions]
        assert cell(Post.INSPECTION, *both).in_plan == 1

    def test_who_is_in_the_plan_is_not_counted_as_awaiting_too(self):
        chair, deputy = Post.INSPECTION.positions
        found = cell(Post.INSPECTION, planned(chair, person=1), awaiting(deputy, person=1), awaiting(deputy, person=2))
        assert (found.in_plan, found.awaiting) == (1, 1)


class TestSeats:
    def test_a_body_has_its_authorised_size(self):
        assert cell(Post.COMMITTEE).seats == 15
        assert cell(Post.STANDING).seats == 5

    def test_a_secretary_is_one(self):
        assert cell(Post.SECRETARY).seats == 1

    @pytest.mark.parametrize(("sitting", "seats"), [(0, 1), (1, 1), (2, 2)])
    def test_there_are_as_many_deputies_as_sit_and_at_least_one(self, sitting, seats):
        assert cell(Post.DEPUTY_SECRETARY, *[holding(DEPUTY) for _ in range(sitting)]).seats == seats

    @pytest.mark.parametrize(("deputies", "seats"), [(0, 2), (1, 2), (2, 3)])
    def test_the_heads_of_the_inspection_committee_are_a_chair_and_the_deputies(self, deputies, seats):
        sitting = [holding(Position.INSPECTION_DEPUTY_CHAIR) for _ in range(deputies)]
        assert cell(Post.INSPECTION, *sitting).seats == seats

    @pytest.mark.parametrize(("people", "is_thin"), [(0, False), (1, True), (4, True), (5, False)])
    def test_a_plan_is_thin_that_has_fewer_people_than_there_are_seats(self, people, is_thin):
        found = cell(Post.STANDING, *[planned(Position.STANDING_MEMBER) for _ in range(people)])
        assert found.is_thin is is_thin
        assert (Situation.THIN in found.situations) is is_thin

    def test_no_plan_is_thin_where_the_size_is_unknown(self):
        found = cell(Post.COMMITTEE, planned(Position.COMMITTEE_MEMBER), sizes={BodyKind.COMMITTEE: None})
        assert found.seats is None
        assert not found.is_thin


class TestWhichPostsThereAre:
    def test_an_organization_without_such_a_body_has_no_such_post(self):
        only_a_committee = {BodyKind.COMMITTEE: 5}
        assert cell(Post.STANDING, sizes=only_a_committee) is None
        assert cell(Post.INSPECTION, sizes=only_a_committee) is None
        assert cell(Post.COMMITTEE, sizes=only_a_committee).seats == 5

    def test_who_is_planned_for_a_body_that_is_still_to_come_is_not_hidden(self):
        found = cell(Post.STANDING, awaiting(Position.STANDING_MEMBER), sizes={BodyKind.COMMITTEE: 5})
        assert (found.state, found.seats) == (Situation.IN_PROGRESS, None)

    def test_an_organization_without_a_term_still_has_a_committee_and_its_officers(self):
        found = row(sizes={})
        assert [each.post for each in found.cells if each] == [Post.SECRETARY, Post.DEPUTY_SECRETARY, Post.COMMITTEE]

    def test_a_term_without_a_committee_has_its_officers_alone(self):
        found = row(sizes={BodyKind.INSPECTION: 3})
        assert [each.post for each in found.cells if each] == [Post.SECRETARY, Post.DEPUTY_SECRETARY, Post.INSPECTION]


class TestRetiring:
    @pytest.mark.parametrize(("born", "warns"), [(STAYS, False), (LEAVES, True)])
    def test_a_holder_is_looked_at_who_retires_before_the_month_in_which_the_term_ends(self, born, warns):
        found = cell(Post.SECRETARY, holding(born=born))
        assert bool(found.retiring) is warns
        assert (Situation.RETIRING in found.situations) is warns

    @pytest.mark.parametrize(("born", "warns"), [(STAYS, False), (LEAVES, True)])
    def test_whoever_in_the_plan_works_on_into_that_month_is_ready(self, born, warns):
        found = cell(Post.SECRETARY, holding(born=LEAVES), planned(born=born))
        assert bool(found.retiring) is warns

    def test_one_who_is_ready_is_enough(self):
        assert not cell(Post.SECRETARY, holding(born=LEAVES), planned(born=LEAVES), planned(born=STAYS)).retiring

    def test_whoever_awaits_approval_is_not_ready(self):
        assert cell(Post.SECRETARY, holding(born=LEAVES), awaiting()).retiring

    def test_whoever_is_planned_for_another_position_of_the_post_is_not_ready(self):
        chair, deputy = Post.INSPECTION.positions
        assert cell(Post.INSPECTION, holding(chair, LEAVES), planned(deputy)).retiring
        assert not cell(Post.INSPECTION, holding(chair, LEAVES), planned(chair)).retiring

    @pytest.mark.parametrize(("valid_to", "warns"), [(date(2025, 5, 2), False), (date(2025, 7, 1), True)])
    def test_a_term_that_has_ended_otherwise_than_planned_counts_to_its_end(self, valid_to, warns):
        assert bool(cell(Post.SECRETARY, holding(born=LEAVES, valid_to=valid_to)).retiring) is warns

    def test_a_decision_goes_before_the_ages(self):
        early = holding(born=STAYS, retires_on=date(2025, 5, 31))
        late = holding(born=LEAVES, retires_on=date(2025, 6, 1))
        assert cell(Post.SECRETARY, early).retiring
        assert not cell(Post.SECRETARY, late).retiring

    def test_nothing_is_said_of_a_holder_of_whom_the_ages_do_not_tell(self):
        assert not cell(Post.SECRETARY, holding(born=UNKNOWN)).retiring

    def test_one_of_whom_the_ages_do_not_tell_is_not_ready_and_leaves_the_warning_unverified(self):
        found = cell(Post.SECRETARY, holding(born=LEAVES), planned(born=UNKNOWN))
        assert found.retiring
        assert not found.is_verified

    def test_of_a_year_of_birth_alone_the_earliest_month_counts(self):
        found = cell(Post.SECRETARY, holding(born=date(1965, 1, 1), birth_precision="year"))
        assert found.first_retirement.last_day == RetirementEstimate(
            date(2025, 1, 31), date(2025, 12, 31), verified=True
        )

    @pytest.mark.parametrize(
        ("holder", "successor", "verified"),
        [("male", None, True), ("female", None, False), ("male", "male", True), ("male", "female", False)],
    )
    def test_a_warning_is_verified_when_all_the_ages_that_it_rests_on_are(self, holder, successor, verified):
        successors = [planned(born=LEAVES, gender=successor)] if successor else []
        found = cell(Post.SECRETARY, holding(born=LEAVES, gender=holder), *successors)
        assert found.is_verified is verified
        assert found.retiring[0].in_plan == len(successors)

    def test_the_first_to_go_is_named_of_many(self):
        found = cell(Post.DEPUTY_SECRETARY, holding(DEPUTY, LEAVES), holding(DEPUTY, date(1964, 2, 1)))
        assert len(found.retiring) == 2
        assert found.first_retirement.last_day.earliest == date(2024, 2, 29)


class TestSituations:
    def test_a_post_approved_with_enough_people_has_no_gap(self):
        assert cell(Post.SECRETARY, planned()).situations == {Situation.APPROVED}

    @pytest.mark.parametrize(
        "facts",
        [[], [awaiting()], [planned(born=LEAVES), holding(born=LEAVES)]],
        ids=["missing", "in progress", "retiring"],
    )
    def test_any_other_has(self, facts):
        assert Situation.GAP in cell(Post.SECRETARY, *facts).situations

    def test_a_thin_plan_has_one_too(self):
        assert Situation.GAP in cell(Post.STANDING, planned(Position.STANDING_MEMBER)).situations

    def test_an_organization_is_approved_when_all_its_posts_are(self):
        only_a_committee = {BodyKind.COMMITTEE: 1}
        posts = (SECRETARY, DEPUTY, Position.COMMITTEE_MEMBER)
        assert row(*map(planned, posts), sizes=only_a_committee).is_in(Situation.APPROVED)
        assert not row(*map(planned, posts)).is_in(Situation.APPROVED)
        assert row(*map(planned, posts)).is_in(Situation.APPROVED, Post.SECRETARY)

    def test_an_organization_without_the_post_is_in_no_situation(self):
        assert not any(row(sizes={BodyKind.COMMITTEE: 5}).is_in(each, Post.STANDING) for each in Situation)


class TestOrder:
    def test_the_most_missing_then_retiring_then_in_progress_then_by_name(self):
        none = row(name="Đảng bộ Y")
        one_missing = row(*map(planned, (DEPUTY, *BODIES)), name="Đảng bộ X")
        retiring = row(*map(planned, (DEPUTY, *BODIES)), planned(born=LEAVES), holding(born=LEAVES), name="Đảng bộ W")
        in_progress = row(*map(planned, (DEPUTY, *BODIES)), awaiting(), name="Đảng bộ V")
        covered = [row(*map(planned, EVERYTHING), name=name) for name in ("Đảng bộ Da", "Đảng bộ Đa", "Đảng bộ Ea")]
        wanted = [none, one_missing, retiring, in_progress, *covered]
        assert in_order(reversed(wanted)) == wanted

    def test_of_one_post_only_its_own_gaps_count(self):
        without_secretary = row(*map(planned, (DEPUTY, *BODIES)), name="Đảng bộ B")
        without_the_rest = row(planned(), name="Đảng bộ A")
        assert in_order([without_secretary, without_the_rest]) == [without_the_rest, without_secretary]
        assert in_order([without_secretary, without_the_rest], Post.SECRETARY) == [without_secretary, without_the_rest]


class TestMatching:
    def test_rows_in_the_situation_of_the_post(self):
        none, secretary = row(), row(planned())
        both = [none, secretary]
        assert matching(both) == both
        assert matching(both, situation=Situation.MISSING) == both
        assert matching(both, situation=Situation.MISSING, post=Post.SECRETARY) == [none]
        assert matching(both, situation=Situation.APPROVED, post=Post.SECRETARY) == [secretary]
        assert matching(both, situation=Situation.APPROVED) == []

    def test_a_post_alone_leaves_out_who_does_not_have_it(self):
        with_all, with_committee = row(), row(sizes={BodyKind.COMMITTEE: 5})
        assert matching([with_all, with_committee], post=Post.STANDING) == [with_all]


class TestTallies:
    def test_each_post_is_counted_over_the_organizations_that_have_it(self):
        rows = [row(planned()), row(awaiting()), row(sizes={BodyKind.COMMITTEE: 5})]
        found = {tally.post: tally for tally in tallies(rows)}
        secretary, standing = found[Post.SECRETARY], found[Post.STANDING]
        assert (secretary.total, secretary.approved, secretary.in_progress, secretary.missing) == (3, 1, 1, 1)
        assert (standing.total, standing.missing, standing.gap) == (2, 2, 2)

    def test_over_all_posts_an_organization_counts_once_under_each_situation(self):
        rows = [row(awaiting()), row(*map(planned, EVERYTHING), sizes=dict.fromkeys(WHOLE, 1))]
        overall = tallies(rows)[0]
        assert (overall.post, overall.total, overall.approved, overall.missing) == ("", 2, 1, 1)
        assert (overall.in_progress, overall.gap) == (1, 2)

    def test_a_number_is_the_number_of_rows_that_it_opens(self):
        rows = [
            row(planned()),
            row(awaiting()),
            row(holding(born=LEAVES)),
            row(sizes={}),
            row(*map(planned, EVERYTHING)),
        ]
        for tally in tallies(rows):
            for situation in Situation:
                opened = matching(rows, situation=situation, post=tally.post)
                assert getattr(tally, situation.value) == len(opened), (tally.post, situation)


class TestDepartures:
    def test_a_holder_of_many_posts_is_named_once_with_each_of_them(self):
        seats = [holding(code, LEAVES, pk=7) for code in (SECRETARY, Position.COMMITTEE_MEMBER)]
        [found] = departures([row(*seats, planned(born=LEAVES))])
        assert found.person.pk == 7
        assert [(each.holding.position_id, each.in_plan) for each in found.posts] == [
            (SECRETARY, 1),
            (Position.COMMITTEE_MEMBER, 0),
        ]

    def test_the_first_to_go_stand_first_then_by_name(self):
        later = row(holding(born=LEAVES, sort_key="1"))
        sooner = row(holding(born=date(1965, 4, 1), sort_key="3"), holding(DEPUTY, date(1965, 4, 9), sort_key="2"))
        assert [each.person.sort_key for each in departures([later, sooner])] == ["2", "3", "1"]

    def test_nobody_stands_there_for_whom_somebody_is_ready(self):
        assert departures([row(holding(born=LEAVES), planned())]) == []

    def test_it_is_verified_when_each_post_is(self):
        seats = [holding(code, LEAVES, pk=7) for code in (SECRETARY, Position.COMMITTEE_MEMBER)]
        [sure] = departures([row(*seats)])
        [unsure] = departures([row(*seats, planned(Position.COMMITTEE_MEMBER, LEAVES, gender="female"))])
        assert (sure.verified, unsure.verified) == (True, False)
        assert isinstance(sure.posts[0], Retiring)


@pytest.mark.parametrize(
    ("post", "part"),
    [
        (Post.SECRETARY, "position=secretary"),
        (Post.DEPUTY_SECRETARY, "position=deputy_secretary"),
        (Post.COMMITTEE, f"group={PositionGroup.COMMITTEE}"),
        (Post.STANDING, f"group={PositionGroup.STANDING}"),
        (Post.INSPECTION, f"group={PositionGroup.INSPECTION_HEADS}"),
    ],
)
def test_the_list_of_planned_people_can_be_asked_for_each_post(post, part):
    assert post.entry_filter == part
