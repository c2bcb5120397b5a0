"""What the product starts with: only what is verified is shown as a rule, and nothing names an invented document."""

from datetime import date
from decimal import Decimal

import pytest

from regulations.models import OFFICE_TARGETS, CalendarDay, RetirementAge, Rule, RuleCode
from regulations.rulebook import Rulebook

pytestmark = pytest.mark.django_db

# The grade of each rule, as DOMAIN.md gives it; M where it gives none; R where the records prove it.
GRADES = {
    "vote_majority": "A",
    "slate_surplus_percent": "B",
    "committee_over_size": "B",
    "second_officer": "R",
    "officer_is_member": "M",
    "inspection_committee_allowed": "C",
    "months_before_congress": "A",
    "reelection_months_left": "A",
    "nomination_months_left": "B",
    "disciplined_person": "M",
    "already_holds": "R",
    "dates_in_order": "R",
    "effective_after_election": "R",
    "document_number_unique": "C",
    "report_working_days": "A",
    "confirmation_working_days": "A",
    "cell_committee_min_members": "A",
    "cell_committee_max": "A",
    "cell_least_members": "A",
    "cell_most_deputies": "A",
    "grassroots_committee_members": "A",
    "term_months": "A",
    "cell_term_months": "A",
    "cell_term_leeway": "A",
}
VALUES = {
    "slate_surplus_percent": 30,
    "months_before_congress": 6,
    "reelection_months_left": 48,
    "nomination_months_left": 60,
    "report_working_days": 7,
    "confirmation_working_days": 15,
    "cell_committee_min_members": 9,
    "cell_committee_max": 7,
    "cell_least_members": 3,
    "cell_most_deputies": 1,
    "grassroots_committee_members": 30,
    "term_months": 60,
    "cell_term_months": 30,
    "cell_term_leeway": 6,
}
BLOCKING = {
    "vote_majority",
    "second_officer",
    "officer_is_member",
    "already_holds",
    "dates_in_order",
    "effective_after_election",
    "document_number_unique",
}


# Planning: the grade under 50-QĐ/TW, the grade under 377-QĐ/TW from 8/10/2025, the threshold (DOMAIN.md §6).
PLANNING = {
    "planning_regulation": ("A", "B", None),
    "plan_people_per_position": ("B", "B", 3),
    "plan_positions_per_person": ("B", "B", 3),
    "plan_higher_position": ("A", "B", None),
    "plan_women_percent": ("B", "M", 25),
    "plan_young_percent": ("B", "M", 15),
    "plan_ethnic_minority": ("B", "M", None),
    "plan_one_term_left": ("B", "M", 60),
    "plan_two_terms_left": ("B", "M", 120),
    "plan_leaves_at_once": ("B", "M", None),
    "plan_approval_working_days": ("A", "M", 30),
    "plan_returns": (None, "B", None),
    "plan_least_coefficient": ("M", "M", 1),
    "plan_most_coefficient": ("M", "M", Decimal("1.5")),
    "plan_position_missing": ("R", "R", None),
    "plan_ballot_missing": ("R", "R", None),
}
FORMER, PRESENT = "Quy định 50-QĐ/TW, ngày 27/12/2021", "Quy định 377-QĐ/TW"
LAST_DAY_OF_FORMER, CHANGE = date(2025, 10, 7), date(2025, 10, 8)


def others():
    return Rule.objects.exclude(code__in=PLANNING)


def test_every_code_has_its_rule_with_its_grade():
    assert dict(others().values_list("code", "grade")) == GRADES
    assert set(GRADES) | set(PLANNING) | set(OFFICE_TARGETS) == set(RuleCode)


def test_no_target_is_set_for_an_office_for_no_rule_speaks_of_one():
    assert not Rule.objects.filter(code__in=OFFICE_TARGETS).exists()


def test_thresholds():
    assert dict(others().exclude(value=None).values_list("code", "value")) == VALUES


def test_what_blocks():
    assert set(others().filter(severity="block").values_list("code", flat=True)) == BLOCKING


@pytest.mark.parametrize("code", PLANNING)
def test_rules_of_planning_on_both_sides_of_the_change_of_regulation(code):
    before, after = (Rulebook.of(day).get(code) for day in (LAST_DAY_OF_FORMER, CHANGE))
    former, present, value = PLANNING[code]
    assert (before and before.grade, after.grade) == (former, present)
    assert {rule.value for rule in (before, after) if rule} == {value}


@pytest.mark.parametrize("code", [code for code, (former, present, _) in PLANNING.items() if former != "R"])
def test_a_rule_of_planning_cites_its_regulation_only_when_it_is_verified(code):
    for rule in filter(None, (Rulebook.of(day).get(code) for day in (LAST_DAY_OF_FORMER, CHANGE))):
        cites = "16-HD/BTCTW" if "days" in code else FORMER if rule.valid_from < CHANGE else PRESENT
        assert (cites in rule.citation) is rule.is_verified
        assert rule.is_verified or rule.source == "chưa kiểm chứng"


def test_what_nobody_has_verified_only_warns():
    unverified = Rule.objects.filter(code__in=PLANNING, grade="M")
    assert set(unverified.values_list("severity", flat=True)) == {"warn", "info"}


def test_a_former_rule_tells_until_when_a_present_one_since_when():
    before, after = (Rulebook.of(day).get("plan_people_per_position") for day in (LAST_DAY_OF_FORMER, CHANGE))
    assert (before.validity, after.validity) == ("đến hết 07/10/2025", "từ 08/10/2025")


@pytest.mark.parametrize(("day", "known"), [(date(2021, 12, 26), False), (date(2021, 12, 27), True)])
def test_no_rule_of_planning_is_claimed_before_the_regulation_bears_its_day(day, known):
    assert (Rulebook.of(day).get("plan_people_per_position") is not None) is known


@pytest.mark.parametrize("code", [code for code, grade in GRADES.items() if grade in "AB"])
def test_a_verified_rule_shows_its_statement_for_no_document_is_known(code):
    rule = Rule.objects.get(code=code)

    assert rule.is_verified
    assert (rule.citation, rule.article) == ("", "")
    assert rule.source == rule.statement


@pytest.mark.parametrize("code", [code for code, grade in GRADES.items() if grade in "CDM"])
def test_any_other_says_that_it_is_unverified(code):
    assert Rulebook.of(date(2022, 1, 1)).finding(code, "…").label == "chưa kiểm chứng"


@pytest.mark.parametrize("code", [code for code, grade in GRADES.items() if grade == "R"])
def test_what_the_records_prove_needs_no_label(code):
    assert Rulebook.of(date(2022, 1, 1)).finding(code, "…").label == ""


def test_no_first_day_is_claimed_for_a_rule():
    assert {rule.validity for rule in others()} == {"đang áp dụng"}


@pytest.mark.parametrize("code", VALUES)
def test_a_threshold_stands_in_the_statement_too(code):
    assert str(VALUES[code]) in Rule.objects.get(code=code).statement.split("năm 2019")[-1]


@pytest.mark.parametrize(("day", "in_force"), [(date(2018, 12, 31), False), (date(2019, 1, 1), True)])
def test_the_six_months_before_a_congress_are_a_rule_of_2019(day, in_force):
    assert (Rulebook.of(day).get(RuleCode.MONTHS_BEFORE_CONGRESS) is not None) is in_force


@pytest.mark.parametrize(("day", "rules"), [(date(2014, 12, 31), 0), (date(2015, 1, 1), len(GRADES) - 1)])
def test_the_others_stand_since_the_register_begins(day, rules):
    assert len(set(Rulebook.of(day).rules) - set(PLANNING)) == rules


def test_no_retirement_age_is_verified():
    assert not any(age.is_verified for age in RetirementAge.objects.all())


@pytest.mark.parametrize("year", range(2020, 2031))
def test_holidays_of_fixed_date(year):
    days = CalendarDay.objects.filter(day__year=year, kind="holiday").values_list("day", flat=True)

    assert list(days) == [date(year, 1, 1), date(year, 4, 30), date(year, 5, 1), date(year, 9, 2)]


def test_no_other_day_is_in_the_calendar():
    assert CalendarDay.objects.count() == 44
