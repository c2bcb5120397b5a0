"""What the product starts with: only what is verified is shown as a rule, and nothing names an invented document."""

from datetime import date

import pytest

from regulations.models import CalendarDay, RetirementAge, Rule, RuleCode
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


def test_every_code_has_its_rule_with_its_grade():
    assert dict(Rule.objects.values_list("code", "grade")) == GRADES
    assert set(GRADES) == set(RuleCode)


def test_thresholds():
    assert dict(Rule.objects.exclude(value=None).values_list("code", "value")) == VALUES


def test_what_blocks():
    assert set(Rule.objects.filter(severity="block").values_list("code", flat=True)) == BLOCKING


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
    assert {rule.validity for rule in Rule.objects.all()} == {"đang áp dụng"}


@pytest.mark.parametrize("code", VALUES)
def test_a_threshold_stands_in_the_statement_too(code):
    assert str(VALUES[code]) in Rule.objects.get(code=code).statement.split("năm 2019")[-1]


@pytest.mark.parametrize(("day", "in_force"), [(date(2018, 12, 31), False), (date(2019, 1, 1), True)])
def test_the_six_months_before_a_congress_are_a_rule_of_2019(day, in_force):
    assert (Rulebook.of(day).get(RuleCode.MONTHS_BEFORE_CONGRESS) is not None) is in_force


@pytest.mark.parametrize(("day", "rules"), [(date(2014, 12, 31), 0), (date(2015, 1, 1), len(GRADES) - 1)])
def test_the_others_stand_since_the_register_begins(day, rules):
    assert len(Rulebook.of(day).rules) == rules


def test_no_retirement_age_is_verified():
    assert not any(age.is_verified for age in RetirementAge.objects.all())


@pytest.mark.parametrize("year", range(2020, 2031))
def test_holidays_of_fixed_date(year):
    days = CalendarDay.objects.filter(day__year=year, kind="holiday").values_list("day", flat=True)

    assert list(days) == [date(year, 1, 1), date(year, 4, 30), date(year, 5, 1), date(year, 9, 2)]


def test_no_other_day_is_in_the_calendar():
    assert CalendarDay.objects.count() == 44
