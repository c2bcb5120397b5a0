"""Who should leave a plan at once, and who may come back: each rule just inside and just outside, before and after."""

from datetime import date, timedelta

import pytest

from accounts.roles import Role
from organizations.scope import Scope
from personnel.actions import conclude_politically, discipline
from personnel.models import Person, Precision
from planning.actions import introduce, remove_entry
from planning.models import PlanEntry
from planning.proposals import is_live, reentries, reentries_among, removals
from regulations.findings import UNVERIFIED, Severity
from tests import factories

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
CHANGE = date(2025, 10, 8)  # 377-QĐ/TW in place of 50-QĐ/TW
LOOKED_AT = date(2023, 6, 1)
EVERYTHING = Scope.everything()
Reason = PlanEntry.RemovalReason


@pytest.fixture
def bloc():
    return factories.organization()


@pytest.fixture
def agency(bloc):
    """An organisation whose term is planned to end on 15/6/2025: the next one begins in that month."""
    agency = factories.organization(bloc)
    factories.term(agency)
    return agency


@pytest.fixture
def planning_round(bloc):
    return factories.planning_round(bloc)


@pytest.fixture
def someone(agency):
    return factories.person(agency, "Lê Văn An")


@pytest.fixture
def entry(planning_round, someone, agency):
    """Somebody in the plan for the secretary since 10/3/2022."""
    entry = factories.plan_entry(planning_round, someone, agency)
    factories.approved(planning_round, agency)
    entry.refresh_from_db()
    return entry


def reasons(day=LOOKED_AT, scope=EVERYTHING):
    return [proposal.reason for proposal in removals(scope, day)]


def measure(person, kind="reprimand", begins=date(2023, 3, 1), ends=date(2024, 3, 1), **fields):
    by = factories.office()
    return discipline(person, kind=kind, valid_from=begins, valid_to=ends, by=by, **fields)


def conclude(person, begins=date(2023, 3, 1), ends=None, **fields):
    return conclude_politically(person, valid_from=begins, valid_to=ends, by=factories.office(), **fields)


def takes(person, of, code, on=date(2023, 3, 1)):
    """Give the person a seat from `on`; an officer of the committee is a member of it before."""
    if not code.startswith("inspection"):
        factories.seated(person, of)
    factories.seated(person, of, code, on=on)


def test_nobody_is_proposed_without_a_fact(entry):
    assert removals(EVERYTHING, LOOKED_AT) == []


class TestOverAge:
    """From the month in which the next term begins, 6/2025, a whole term of 60 months is left."""

    def born(self, someone, day, precision=Precision.DAY):
        Person.objects.filter(pk=someone.pk).update(birth_date=day, birth_precision=precision)

    def retires(self, someone, day):
        source = "Quyết định số 12-QĐ/TU"
        Person.objects.filter(pk=someone.pk).update(retires_on=day, retires_on_source=source)

    @pytest.mark.parametrize(("born", "expected"), [(date(1968, 6, 1), []), (date(1968, 5, 31), [Reason.OVER_AGE])])
    def test_by_the_table_of_ages(self, entry, someone, born, expected):
        """A man born in 6/1968 reaches 62 in 6/2030, 60 months after; one born in 5/1968 has 59 months left."""
        self.born(someone, born)
        assert reasons() == expected

    @pytest.mark.parametrize(("day", "expected"), [(date(2030, 6, 1), []), (date(2030, 5, 31), [Reason.OVER_AGE])])
    def test_by_a_decision(self, entry, someone, day, expected):
        self.retires(someone, day)
        assert reasons() == expected

    def test_the_table_is_unverified_and_a_decision_is_not(self, entry, someone):
        self.born(someone, date(1968, 5, 31))
        [by_table] = removals(EVERYTHING, LOOKED_AT)
        self.retires(someone, date(2030, 5, 31))
        [by_decision] = removals(EVERYTHING, LOOKED_AT)
        assert (by_table.finding.label, by_table.paper) == (UNVERIFIED, "")
        assert by_decision.finding.label == "Quy định 50-QĐ/TW, ngày 27/12/2021"
        assert by_decision.paper == "Quyết định số 12-QĐ/TU"
        assert "còn 59 tháng công tác tính từ tháng 6/2025; cần 60 tháng" in by_decision.finding.message

    @pytest.mark.parametrize(("year", "expected"), [(1968, []), (1967, [Reason.OVER_AGE])])
    def test_of_a_birthday_known_in_part_only_what_is_certain(self, entry, someone, year, expected):
        """Somebody born in 1968 may have 66 months left; somebody born in 1967 has at most 54."""
        self.born(someone, date(year, 1, 1), Precision.YEAR)
        assert reasons() == expected


class TestDiscipline:
    @pytest.mark.parametrize("kind", ["reprimand", "warning", "removal", "expulsion"])
    def test_from_a_reprimand_up(self, entry, someone, kind):
        measure(someone, kind)
        [proposal] = removals(EVERYTHING, LOOKED_AT)
        assert (proposal.reason, proposal.since) == (Reason.DISCIPLINE, date(2023, 3, 1))

    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            (date(2023, 2, 28), []),
            (date(2023, 3, 1), [Reason.DISCIPLINE]),
            (date(2024, 2, 29), [Reason.DISCIPLINE]),
            (date(2024, 3, 1), []),
        ],
    )
    def test_from_its_first_day_to_the_day_before_it_expires(self, entry, someone, day, expected):
        measure(someone)
        assert reasons(day) == expected

    def test_of_two_measures_the_weightier_is_told(self, entry, someone):
        measure(someone, "warning", begins=date(2023, 2, 1))
        measure(someone, "reprimand", begins=date(2023, 5, 1))
        [proposal] = removals(EVERYTHING, LOOKED_AT)
        assert proposal.finding.message == "Bị kỷ luật cảnh cáo từ 01/02/2023."

    def test_its_decision_is_cited(self, entry, someone):
        decision = factories.document(issued_on=date(2023, 3, 1), number=901)
        measure(someone, document=decision)
        [proposal] = removals(EVERYTHING, LOOKED_AT)
        assert proposal.paper == decision.citation


class TestPoliticalConclusion:
    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            (date(2023, 2, 28), []),
            (date(2023, 3, 1), [Reason.POLITICAL_STANDARD]),
            (date(2023, 8, 31), [Reason.POLITICAL_STANDARD]),
            (date(2023, 9, 1), []),
        ],
    )
    def test_while_it_is_in_force(self, entry, someone, day, expected):
        conclude(someone, ends=date(2023, 9, 1))
        assert reasons(day) == expected

    def test_it_weighs_more_than_a_measure(self, entry, someone):
        measure(someone)
        conclude(someone)
        assert reasons() == [Reason.POLITICAL_STANDARD]


class TestArrived:
    @pytest.mark.parametrize(
        ("planned", "held", "expected"),
        [
            ("deputy_secretary", "deputy_secretary", [Reason.APPOINTED]),
            ("deputy_secretary", "secretary", [Reason.APPOINTED]),
            ("secretary", "deputy_secretary", []),
            ("secretary", "inspection_chair", []),  # another line
        ],
    )
    def test_whoever_holds_the_position_or_a_higher_one(self, planning_round, agency, someone, planned, held, expected):
        factories.plan_entry(planning_round, someone, agency, planned)
        factories.approved(planning_round, agency)
        takes(someone, agency, held)
        assert reasons(date(2023, 3, 1)) == expected
        assert reasons(date(2023, 2, 28)) == []

    def test_a_seat_elsewhere_is_no_arrival(self, bloc, entry, someone):
        other = factories.organization(bloc)
        factories.term(other)
        takes(someone, other, "secretary")
        assert reasons() == []


class TestWhoIsLookedAt:
    def test_whoever_is_introduced_and_waits(self, planning_round, agency, someone):
        factories.plan_entry(planning_round, someone, agency)
        measure(someone)
        assert reasons() == [Reason.DISCIPLINE]

    def test_nobody_who_has_left(self, entry, someone):
        measure(someone)
        remove_entry(entry, on=date(2023, 4, 1), reason=Reason.DISCIPLINE, by=factories.office())
        assert reasons() == []

    @pytest.mark.parametrize(
        ("day", "live"), [(date(2025, 12, 31), True), (date(2026, 1, 1), False), (date(2020, 1, 1), True)]
    )
    def test_a_plan_term_is_live_to_the_end_of_its_last_year(self, day, live):
        assert is_live("2020-2025", day) is live

    def test_nobody_in_a_plan_term_that_is_over(self, bloc, agency, someone):
        former = factories.planning_round(bloc, plan_term="2020-2025")
        factories.plan_entry(former, someone, agency)
        factories.approved(former, agency)
        measure(someone, ends=None)
        assert reasons(date(2025, 12, 31)) == [Reason.DISCIPLINE]
        assert reasons(date(2026, 1, 1)) == []

    def test_only_those_in_the_scope(self, bloc, agency, entry, someone):
        measure(someone)
        beside = factories.organization(bloc)
        scopes = {
            "board": factories.user(Role.ORGANIZATION_BOARD, agency).scope,
            "beside": factories.user(Role.ORGANIZATION_BOARD, beside).scope,
            "leader": factories.user(Role.LEADER, bloc).scope,
            "entrusted": factories.user(Role.LEADER, bloc, sees_plans=True).scope,
        }
        found = {name: len(removals(scope, LOOKED_AT)) for name, scope in scopes.items()}
        assert found == {"board": 1, "beside": 0, "leader": 0, "entrusted": 1}

    def test_by_as_many_queries_for_many_as_for_one(
        self, planning_round, agency, entry, someone, django_assert_num_queries
    ):
        measure(someone)
        with django_assert_num_queries(7):
            removals(EVERYTHING, LOOKED_AT)
        for _ in range(5):
            measure(factories.plan_entry(planning_round, factories.person(agency), agency, "committee_member").person)
        with django_assert_num_queries(7):
            assert len(removals(EVERYTHING, LOOKED_AT)) == 6


class TestWhatChangedOn8October2025:
    """50-QĐ/TW says who leaves at once; what 377-QĐ/TW says of it nobody has verified."""

    @pytest.mark.parametrize(
        ("day", "severity", "label", "validity"),
        [
            (CHANGE - DAY, Severity.BLOCK, "Quy định 50-QĐ/TW, ngày 27/12/2021", "đến hết 07/10/2025"),
            (CHANGE, Severity.WARN, UNVERIFIED, ""),
        ],
    )
    @pytest.mark.parametrize("fact", [measure, conclude])
    def test_leaving_at_once(self, entry, someone, fact, day, severity, label, validity):
        fact(someone, ends=None)
        [proposal] = removals(EVERYTHING, day)
        assert (proposal.finding.severity, proposal.finding.label) == (severity, label)
        assert proposal.finding.validity == validity

    @pytest.mark.parametrize(
        ("day", "label"), [(CHANGE - DAY, "Quy định 50-QĐ/TW, ngày 27/12/2021"), (CHANGE, UNVERIFIED)]
    )
    def test_leaving_over_age_by_a_decision(self, entry, someone, day, label):
        Person.objects.filter(pk=someone.pk).update(retires_on=date(2030, 5, 31), retires_on_source="Quyết định")
        [proposal] = removals(EVERYTHING, day)
        assert proposal.finding.label == label

    @pytest.mark.parametrize(
        ("day", "label"),
        [(CHANGE - DAY, "Quy định 50-QĐ/TW, ngày 27/12/2021"), (CHANGE, "Quy định 377-QĐ/TW")],
    )
    def test_having_arrived(self, agency, entry, someone, day, label):
        takes(someone, agency, "secretary")
        [proposal] = removals(EVERYTHING, day)
        assert (proposal.finding.severity, proposal.finding.label) == (Severity.BLOCK, label)

    @pytest.mark.parametrize(("day", "count"), [(CHANGE - DAY, 0), (CHANGE, 1)])
    def test_coming_back(self, entry, day, count):
        factories.left_for_a_measure(entry)
        assert len(reentries(EVERYTHING, day)) == count


class TestComingBack:
    NOW = date(2026, 3, 1)

    def left_for(self, entry, kind, ends):
        measure(entry.person, kind, ends=ends)
        remove_entry(entry, on=date(2023, 3, 1), reason=Reason.DISCIPLINE, by=factories.office())

    def returning(self, day=NOW, scope=EVERYTHING):
        return [proposal.entry for proposal in reentries(scope, day)]

    @pytest.mark.parametrize(
        ("kind", "may"), [("reprimand", True), ("warning", True), ("removal", False), ("expulsion", False)]
    )
    def test_after_a_reprimand_or_a_warning_alone(self, entry, kind, may):
        self.left_for(entry, kind, ends=date(2024, 3, 1))
        assert bool(self.returning()) is may

    @pytest.mark.parametrize(("day", "may"), [(NOW - DAY, False), (NOW, True)])
    def test_from_the_day_on_which_it_expires(self, entry, day, may):
        self.left_for(entry, "warning", ends=self.NOW)
        assert bool(self.returning(day)) is may

    def test_says_since_when_and_by_which_rule(self, entry):
        self.left_for(entry, "warning", ends=self.NOW)
        [proposal] = reentries(EVERYTHING, self.NOW)
        assert proposal.since == self.NOW
        assert proposal.finding.message == "Quyết định cảnh cáo đã hết hiệu lực từ 01/3/2026."
        assert (proposal.finding.label, proposal.finding.verified) == ("Quy định 377-QĐ/TW", True)

    def test_not_while_a_measure_has_no_end(self, entry):
        self.left_for(entry, "warning", ends=None)
        assert self.returning() == []

    def test_not_under_another_measure_since(self, entry):
        factories.left_for_a_measure(entry)
        measure(entry.person, "warning", begins=date(2025, 12, 1), ends=date(2026, 12, 1))
        assert self.returning() == []
        assert self.returning(date(2026, 12, 1)) == [entry]

    def test_not_after_a_weightier_measure_meanwhile(self, entry):
        factories.left_for_a_measure(entry)
        measure(entry.person, "removal", begins=date(2024, 6, 1), ends=date(2025, 6, 1))
        assert self.returning() == []

    def test_not_when_another_fact_would_take_them_out_again(self, entry):
        factories.left_for_a_measure(entry)
        conclude(entry.person, begins=date(2025, 1, 1), ends=date(2026, 6, 1))
        assert self.returning() == []
        assert self.returning(date(2026, 6, 1)) == [entry]

    def test_also_of_whom_the_office_took_out_late(self, entry):
        measure(entry.person, ends=date(2024, 3, 1))
        remove_entry(entry, on=date(2024, 5, 1), reason=Reason.DISCIPLINE, by=factories.office())
        assert self.returning() == [entry]

    def test_not_after_leaving_for_another_reason(self, entry):
        measure(entry.person)
        remove_entry(entry, on=date(2023, 3, 1), reason=Reason.TRANSFER, by=factories.office())
        assert self.returning() == []

    def test_not_of_whom_was_never_in_the_plan(self, planning_round, agency, someone):
        entry = factories.plan_entry(planning_round, someone, agency)
        factories.left_for_a_measure(entry)
        assert self.returning() == []

    def test_not_into_a_plan_term_that_is_over(self, entry):
        factories.left_for_a_measure(entry)
        assert self.returning(date(2030, 12, 31)) == [entry]
        assert self.returning(date(2031, 1, 1)) == []

    def again(self, entry, on=date(2026, 2, 1), position=None):
        review = factories.planning_round(entry.round.authority, date(2026, 1, 5), kind="review")
        candidates = [(entry.person, position or entry.position)]
        [new] = introduce(review, organization=entry.organization, candidates=candidates, on=on, by=factories.office())
        return review, new

    def test_not_when_introduced_again_already(self, entry):
        factories.left_for_a_measure(entry)
        self.again(entry)
        assert self.returning() == []

    def test_for_each_position_by_itself(self, entry):
        factories.left_for_a_measure(entry)
        self.again(entry, position=factories.position("deputy_secretary"))
        assert self.returning() == [entry]

    def test_again_when_the_new_introduction_came_to_nothing(self, entry):
        factories.left_for_a_measure(entry)
        _, new = self.again(entry)
        remove_entry(new, on=date(2026, 2, 10), reason=Reason.NOT_CHOSEN, by=factories.office())
        assert self.returning() == [entry]

    def test_not_by_an_old_measure_after_leaving_for_another_reason_since(self, entry):
        factories.left_for_a_measure(entry)
        review, new = self.again(entry)
        factories.approved(review, entry.organization, submitted_on=date(2026, 2, 10), on=date(2026, 2, 20))
        remove_entry(new, on=self.NOW, reason=Reason.TRANSFER, by=factories.office())
        assert self.returning(date(2026, 4, 1)) == []

    def test_only_those_in_the_scope(self, bloc, agency, entry):
        factories.left_for_a_measure(entry)
        beside = factories.user(Role.ORGANIZATION_BOARD, factories.organization(bloc)).scope
        assert self.returning(scope=factories.user(Role.ORGANIZATION_BOARD, agency).scope) == [entry]
        assert self.returning(scope=beside) == []

    def test_among_others_one_is_asked_for_alone(self, entry):
        factories.left_for_a_measure(entry)
        entry.refresh_from_db()
        assert [proposal.entry for proposal in reentries_among([entry], self.NOW)] == [entry]
        assert reentries_among([entry], entry.valid_to - DAY) == []

    def test_by_as_many_queries_for_many_as_for_one(self, bloc, entry, django_assert_num_queries):
        factories.left_for_a_measure(entry)
        with django_assert_num_queries(9):
            reentries(EVERYTHING, self.NOW)
        for _ in range(4):
            other = factories.organization(bloc)
            factories.term(other)
            new = factories.plan_entry(entry.round, factories.person(other), other)
            factories.approved(entry.round, other)
            new.refresh_from_db()
            factories.left_for_a_measure(new)
        with django_assert_num_queries(9):
            assert len(reentries(EVERYTHING, self.NOW)) == 5
