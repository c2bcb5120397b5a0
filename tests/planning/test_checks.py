"""Rules of planning: each just inside and just outside its limit, on both sides of 8/10/2025 (DOMAIN.md §6)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from personnel.actions import conclude_politically, discipline
from planning import actions
from planning.checks import check_plan
from planning.checks.numbers import is_young, number_range
from planning.facts import facts_of_plan
from planning.models import PlanTarget, PositionGroup
from regulations.models import RuleCode
from tests import factories

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
FORMER, PRESENT = "Quy định 50-QĐ/TW, ngày 27/12/2021", "Quy định 377-QĐ/TW"
UNVERIFIED = "chưa kiểm chứng"
LAST_OF_FORMER, CHANGE = date(2025, 10, 7), date(2025, 10, 8)
# The day judged, and what a rule that both regulations have says of its source.
BOTH = pytest.mark.parametrize(("day", "source"), [(LAST_OF_FORMER, FORMER), (CHANGE, PRESENT)])
# The same for a rule that is evidenced for the former regulation alone: severity too.
FORMER_ONLY = pytest.mark.parametrize(("day", "label"), [(LAST_OF_FORMER, FORMER), (CHANGE, UNVERIFIED)])
COMMITTEE, SECRETARIES = PositionGroup.COMMITTEE, PositionGroup.SECRETARIES
INTRODUCED = date(2022, 2, 1)
YOUNG = date(1992, 5, 20)


@pytest.fixture
def bloc():
    return factories.organization()


@pytest.fixture
def agency(bloc):
    """A grassroots organisation whose next term begins in 6/2025: the one before it is planned to end then."""
    made = factories.organization(bloc)
    factories.term(made)
    return made


@pytest.fixture
def planning_round(bloc):
    return factories.planning_round(bloc)


def plan_for(planning_round, place, code, count, **person):
    """Introduce `count` new people for a position; return the entries."""
    fields = {"birth_date": YOUNG} | person
    return [factories.plan_entry(planning_round, factories.person(place, **fields), place, code) for _ in range(count)]


def findings(planning_round, place, group, day, code):
    facts = facts_of_plan(planning_round, place, group, day)
    return [finding for finding in check_plan(facts) if finding.rule == code]


def aim(planning_round, place, group, seats, coefficient="1.5", position=None):
    actions.set_target(
        planning_round,
        organization=place,
        group=group,
        seats=seats,
        coefficient=Decimal(coefficient),
        position=position,
        by=factories.office(),
    )


class TestPeoplePerPosition:
    code = RuleCode.PLAN_PEOPLE_PER_POSITION

    @BOTH
    @pytest.mark.parametrize(("count", "blocked"), [(3, False), (4, True)])
    def test_three_for_one_seat(self, planning_round, agency, day, source, count, blocked):
        plan_for(planning_round, agency, "secretary", count)

        found = findings(planning_round, agency, SECRETARIES, day, self.code)
        assert [(each.blocks, each.source) for each in found] == [(True, source)] * blocked

    @pytest.mark.parametrize(("count", "blocked"), [(6, 0), (7, 1)])
    def test_three_for_each_of_two_deputies(self, planning_round, agency, count, blocked):
        aim(planning_round, agency, SECRETARIES, seats=3, coefficient="3")
        plan_for(planning_round, agency, "deputy_secretary", count)

        assert len(findings(planning_round, agency, SECRETARIES, CHANGE, self.code)) == blocked

    @pytest.mark.parametrize(("count", "blocked"), [(6, 0), (7, 1)])
    def test_a_single_position_may_have_a_target_of_its_own(self, planning_round, agency, count, blocked):
        deputy = factories.position("deputy_secretary")
        aim(planning_round, agency, SECRETARIES, seats=2, coefficient="3", position=deputy)
        plan_for(planning_round, agency, "deputy_secretary", count)

        assert len(findings(planning_round, agency, SECRETARIES, CHANGE, self.code)) == blocked

    def test_a_committee_goes_by_its_coefficient(self, planning_round, agency):
        plan_for(planning_round, agency, "committee_member", 5)

        assert findings(planning_round, agency, COMMITTEE, CHANGE, self.code) == []

    def test_whoever_is_to_leave_by_the_review_is_not_counted(self, bloc, planning_round, agency):
        kept = plan_for(planning_round, agency, "secretary", 3)
        factories.approved(planning_round, agency)
        review = factories.planning_round(bloc, kind="review", opened_on=date(2023, 1, 5))
        newcomer = factories.person(agency, birth_date=YOUNG)
        factories.plan_entry(review, newcomer, agency, on=date(2023, 2, 1))
        assert len(findings(review, agency, SECRETARIES, date(2023, 3, 1), self.code)) == 1

        verdict = actions.VerdictDraft(kept[0], "remove", "own_wish")
        actions.review(review, organization=agency, group=SECRETARIES, verdicts=[verdict], by=factories.office())
        assert findings(review, agency, SECRETARIES, date(2023, 3, 1), self.code) == []


class TestPositionsPerPerson:
    code = RuleCode.PLAN_POSITIONS_PER_PERSON

    @BOTH
    @pytest.mark.parametrize(("elsewhere", "blocked"), [(2, False), (3, True)])
    def test_three_at_one_level(self, bloc, planning_round, agency, day, source, elsewhere, blocked):
        person = factories.person(agency, birth_date=YOUNG)
        for _ in range(elsewhere):
            factories.plan_entry(planning_round, person, factories.organization(bloc))
        factories.plan_entry(planning_round, person, agency)

        found = findings(planning_round, agency, SECRETARIES, day, self.code)
        assert [(each.blocks, each.source) for each in found] == [(True, source)] * blocked

    def test_another_level_is_counted_by_itself(self, bloc, planning_round, agency):
        person = factories.person(agency, birth_date=YOUNG)
        for code in ("committee_member", "standing_member", "deputy_secretary"):
            factories.plan_entry(planning_round, person, bloc, code)
        factories.plan_entry(planning_round, person, agency)

        assert findings(planning_round, agency, SECRETARIES, CHANGE, self.code) == []

    def test_another_plan_term_is_counted_by_itself(self, bloc, planning_round, agency):
        person = factories.person(agency, birth_date=YOUNG)
        other = factories.planning_round(bloc, plan_term="2030-2035")
        for code in ("secretary", "deputy_secretary", "committee_member"):
            factories.plan_entry(other, person, agency, code)
        factories.plan_entry(planning_round, person, agency)

        assert findings(planning_round, agency, SECRETARIES, CHANGE, self.code) == []

    def test_who_left_a_plan_is_not_counted_there(self, bloc, planning_round, agency):
        person = factories.person(agency, birth_date=YOUNG)
        entries = [factories.plan_entry(planning_round, person, factories.organization(bloc)) for _ in range(3)]
        factories.plan_entry(planning_round, person, agency)
        actions.remove_entry(entries[0], on=date(2022, 3, 1), reason="own_wish", by=factories.office())

        assert findings(planning_round, agency, SECRETARIES, CHANGE, self.code) == []


class TestHigherPosition:
    code = RuleCode.PLAN_HIGHER_POSITION

    @BOTH
    @pytest.mark.parametrize(
        ("holds", "planned", "blocked"),
        [
            ("committee_member", "deputy_secretary", False),
            ("deputy_secretary", "secretary", False),
            ("deputy_secretary", "deputy_secretary", True),
            ("secretary", "deputy_secretary", True),
            ("inspection_member", "deputy_secretary", False),
        ],
    )
    def test_only_for_a_higher_one(self, planning_round, agency, day, source, holds, planned, blocked):
        person = factories.person(agency, birth_date=YOUNG)
        factories.plan_entry(planning_round, person, agency, planned)
        if holds != "committee_member" and not holds.startswith("inspection"):
            factories.seated(person, agency, "committee_member", on=date(2022, 3, 1))
        factories.seated(person, agency, holds, on=date(2022, 3, 2))

        found = findings(planning_round, agency, SECRETARIES, day, self.code)
        assert [(each.blocks, each.source) for each in found] == [(True, source)] * blocked

    def test_a_seat_elsewhere_does_not_matter(self, bloc, planning_round, agency):
        other = factories.organization(bloc)
        factories.term(other)
        person = factories.person(agency, birth_date=YOUNG)
        factories.plan_entry(planning_round, person, agency, "deputy_secretary")
        factories.seated(person, other, "committee_member", on=date(2022, 3, 1))
        factories.seated(person, other, "secretary", on=date(2022, 3, 2))

        assert findings(planning_round, agency, SECRETARIES, CHANGE, self.code) == []


class TestWorkingTime:
    """The term begins in 6/2025; a man born from 4/1966 on retires in the month in which he is 62."""

    one, two = RuleCode.PLAN_ONE_TERM_LEFT, RuleCode.PLAN_TWO_TERMS_LEFT

    def found(self, planning_round, agency, born, day):
        assert facts_of_plan(planning_round, agency, SECRETARIES, day).term_begins == factories.TERM_ENDS
        plan_for(planning_round, agency, "secretary", 1, birth_date=born)
        facts = facts_of_plan(planning_round, agency, SECRETARIES, day)
        return [each for each in check_plan(facts) if each.rule in (self.one, self.two)]

    @pytest.mark.parametrize(
        ("born", "rule"),
        [
            (date(1968, 5, 31), "plan_one_term_left"),  # retires 5/2030: 59 months
            (date(1968, 6, 1), "plan_two_terms_left"),  # 6/2030: 60
            (date(1973, 5, 31), "plan_two_terms_left"),  # 5/2035: 119
            (date(1973, 6, 1), None),  # 6/2035: 120
        ],
    )
    @pytest.mark.parametrize("day", [LAST_OF_FORMER, CHANGE])
    def test_one_whole_term_is_a_limit_two_are_a_target(self, planning_round, agency, born, rule, day):
        found = self.found(planning_round, agency, born, day)

        assert [each.rule for each in found] == ([rule] if rule else [])
        # What nobody has verified only warns; the table of ages is not verified on either side.
        blocks = rule == self.one and day < CHANGE
        assert all(each.blocks is blocks and each.label == UNVERIFIED for each in found)

    @FORMER_ONLY
    def test_a_retirement_by_decision_is_verified(self, planning_round, agency, day, label):
        fields = {"birth_date": YOUNG, "retires_on": date(2030, 5, 31), "retires_on_source": "Quyết định nghỉ hưu"}
        factories.plan_entry(planning_round, factories.person(agency, **fields), agency)

        [finding] = findings(planning_round, agency, SECRETARIES, day, self.one)
        assert finding.label == label

    def test_the_term_begins_with_the_congress_once_it_was_held(self, planning_round, agency):
        elected = factories.person(agency)
        factories.congress(agency, (elected, "committee_member"), on=date(2025, 4, 15), label="2025-2030")

        assert facts_of_plan(planning_round, agency, SECRETARIES, CHANGE).term_begins == date(2025, 4, 15)

    def test_without_any_term_it_begins_with_its_first_year(self, bloc, planning_round):
        place = factories.organization(bloc)

        assert facts_of_plan(planning_round, place, SECRETARIES, CHANGE).term_begins == date(2025, 1, 1)


class TestStanding:
    code = RuleCode.PLAN_LEAVES_AT_ONCE

    @pytest.mark.parametrize(
        ("begins", "ends", "said"),
        [
            (CHANGE + DAY, None, False),
            (CHANGE, None, True),
            (date(2025, 1, 1), CHANGE, False),
            (date(2025, 1, 1), CHANGE + DAY, True),
        ],
    )
    def test_a_measure_counts_from_its_first_day_until_it_has_expired(self, planning_round, agency, begins, ends, said):
        [entry] = plan_for(planning_round, agency, "secretary", 1)
        discipline(entry.person, kind="reprimand", valid_from=begins, valid_to=ends, by=factories.office())

        assert bool(findings(planning_round, agency, SECRETARIES, CHANGE, self.code)) is said

    @FORMER_ONLY
    @pytest.mark.parametrize("kind", ["reprimand", "warning", "removal"])
    def test_from_khien_trach_up(self, planning_round, agency, day, label, kind):
        [entry] = plan_for(planning_round, agency, "secretary", 1)
        discipline(entry.person, kind=kind, valid_from=date(2025, 1, 1), valid_to=None, by=factories.office())

        [finding] = findings(planning_round, agency, SECRETARIES, day, self.code)
        assert (finding.label, finding.blocks) == (label, label == FORMER)

    @FORMER_ONLY
    def test_a_conclusion_below_the_political_standard(self, planning_round, agency, day, label):
        [entry] = plan_for(planning_round, agency, "secretary", 1)
        conclude_politically(entry.person, valid_from=date(2025, 1, 1), by=factories.office())

        [finding] = findings(planning_round, agency, SECRETARIES, day, self.code)
        assert (finding.label, finding.blocks) == (label, label == FORMER)


class TestShares:
    @FORMER_ONLY
    @pytest.mark.parametrize(("women", "men", "warned"), [(1, 3, False), (1, 4, True)])
    def test_a_quarter_are_women(self, planning_round, agency, day, label, women, men, warned):
        plan_for(planning_round, agency, "committee_member", women, gender="female")
        plan_for(planning_round, agency, "committee_member", men)

        found = findings(planning_round, agency, COMMITTEE, day, RuleCode.PLAN_WOMEN_PERCENT)
        assert [(each.warns, each.label) for each in found] == [(True, label)] * warned
        assert not warned or "20,00 % (1/5)" in found[0].message

    @FORMER_ONLY
    @pytest.mark.parametrize(("young", "others", "warned"), [(3, 17, False), (3, 18, True)])
    def test_fifteen_of_a_hundred_are_under_40_at_the_upper_level(
        self, bloc, planning_round, day, label, young, others, warned
    ):
        plan_for(planning_round, bloc, "committee_member", young, gender="female")
        plan_for(planning_round, bloc, "committee_member", others, gender="female", birth_date=date(1980, 1, 1))

        found = findings(planning_round, bloc, COMMITTEE, day, RuleCode.PLAN_YOUNG_PERCENT)
        assert [(each.warns, each.label) for each in found] == [(True, label)] * warned

    def test_the_share_of_young_people_is_not_asked_at_the_grassroots(self, planning_round, agency):
        plan_for(planning_round, agency, "committee_member", 2, birth_date=date(1980, 1, 1))

        assert findings(planning_round, agency, COMMITTEE, CHANGE, RuleCode.PLAN_YOUNG_PERCENT) == []

    @pytest.mark.parametrize(("day", "young"), [(date(2025, 10, 8), True), (date(2025, 10, 9), False)])
    def test_one_is_young_until_the_day_before_the_fortieth_birthday(self, bloc, day, young):
        assert is_young(factories.person(bloc, birth_date=date(1985, 10, 9)), day) is young

    @FORMER_ONLY
    @pytest.mark.parametrize(("group", "said"), [("Kinh", True), ("Tày", False)])
    def test_ethnic_minorities_have_no_number(self, planning_round, agency, day, label, group, said):
        plan_for(planning_round, agency, "secretary", 1, ethnic_group=group)

        found = findings(planning_round, agency, SECRETARIES, day, RuleCode.PLAN_ETHNIC_MINORITY)
        assert [(each.warns, each.blocks, each.label) for each in found] == [(False, False, label)] * said

    def test_somebody_planned_for_two_positions_is_one_person(self, planning_round, agency):
        woman = factories.person(agency, gender="female", birth_date=date(1990, 1, 1))
        for code in ("secretary", "deputy_secretary"):
            factories.plan_entry(planning_round, woman, agency, code)
        plan_for(planning_round, agency, "deputy_secretary", 3)

        assert findings(planning_round, agency, SECRETARIES, CHANGE, RuleCode.PLAN_WOMEN_PERCENT) == []


class TestNumber:
    @pytest.mark.parametrize(
        ("count", "rule"),
        [(3, "plan_least_coefficient"), (4, None), (6, None), (7, "plan_most_coefficient")],
    )
    @pytest.mark.parametrize("day", [LAST_OF_FORMER, CHANGE])
    def test_between_once_and_one_and_a_half_times_the_seats(self, planning_round, agency, count, rule, day):
        aim(planning_round, agency, COMMITTEE, seats=4)
        plan_for(planning_round, agency, "committee_member", count)

        facts = facts_of_plan(planning_round, agency, COMMITTEE, day)
        found = [each for each in check_plan(facts) if "coefficient" in each.rule]
        assert [(each.rule, each.warns, each.label) for each in found] == [(rule, True, UNVERIFIED)] * bool(rule)

    @pytest.mark.parametrize(
        ("seats", "coefficient", "expected"), [(27, "1.5", (27, 40)), (9, "1.5", (9, 13)), (5, "1.3", (5, 6))]
    )
    def test_the_range_of_a_target(self, seats, coefficient, expected):
        target = PlanTarget(seats=seats, coefficient=Decimal(coefficient))

        assert number_range(target, Decimal(1)) == expected

    def test_a_target_stands_until_a_later_round_sets_another(self, bloc, planning_round, agency):
        aim(planning_round, agency, COMMITTEE, seats=4)
        review = factories.planning_round(bloc, kind="review", opened_on=date(2023, 1, 5))
        assert facts_of_plan(review, agency, COMMITTEE, CHANGE).target.seats == 4

        aim(review, agency, COMMITTEE, seats=5)
        assert facts_of_plan(review, agency, COMMITTEE, CHANGE).target.seats == 5
        assert facts_of_plan(planning_round, agency, COMMITTEE, CHANGE).target.seats == 4


class TestMissing:
    @pytest.mark.parametrize(
        ("planned", "missing"), [(["secretary"], ["Phó Bí thư"]), (["secretary", "deputy_secretary"], [])]
    )
    def test_a_position_of_the_group_with_nobody(self, planning_round, agency, planned, missing):
        for code in planned:
            plan_for(planning_round, agency, code, 1)

        found = findings(planning_round, agency, SECRETARIES, CHANGE, RuleCode.PLAN_POSITION_MISSING)
        assert [each.message for each in found] == [f"Chưa có ai được quy hoạch chức danh {name}." for name in missing]
        assert all(each.warns and each.label == "" for each in found)


class TestBallots:
    code = RuleCode.PLAN_BALLOT_MISSING

    def test_a_plan_without_any_ballot(self, planning_round, agency):
        plan_for(planning_round, agency, "secretary", 2)

        [finding] = findings(planning_round, agency, SECRETARIES, CHANGE, self.code)
        assert finding.warns

    def test_somebody_without_a_result_in_the_last_ballot(self, planning_round, agency):
        entries = plan_for(planning_round, agency, "secretary", 2)
        factories.ballot(*entries)
        assert findings(planning_round, agency, SECRETARIES, CHANGE, self.code) == []

        [late] = plan_for(planning_round, agency, "secretary", 1)
        [finding] = findings(planning_round, agency, SECRETARIES, CHANGE, self.code)
        assert finding.place == f"entry-{late.pk}"

    def test_whoever_a_ballot_stopped_is_not_asked_about(self, planning_round, agency):
        entries = plan_for(planning_round, agency, "secretary", 2)
        factories.ballot(*entries, votes=7)

        facts = facts_of_plan(planning_round, agency, SECRETARIES, CHANGE)
        assert (facts.added, len(facts.dropped)) == ([], 2)


class TestDue:
    @pytest.mark.parametrize(
        ("submitted", "due"),
        [(date(2025, 10, 7), date(2025, 11, 18)), (date(2025, 10, 8), date(2025, 11, 19))],
    )
    def test_a_plan_is_due_30_working_days_after_its_file(self, planning_round, agency, submitted, due):
        plan_for(planning_round, agency, "secretary", 1)

        assert factories.submitted_plan(planning_round, agency, on=submitted).due_on == due

    def test_no_due_day_is_claimed_before_there_was_a_rule(self, bloc, agency):
        early = factories.planning_round(bloc, plan_term="2020-2025", opened_on=date(2021, 3, 1))
        factories.plan_entry(early, factories.person(agency), agency, on=date(2021, 3, 2))

        assert factories.submitted_plan(early, agency, on=date(2021, 12, 26)).due_on is None
