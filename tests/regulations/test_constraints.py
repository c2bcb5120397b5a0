"""What the database itself refuses of rules, retirement ages and the calendar."""

from datetime import date
from decimal import Decimal

import pytest

from regulations.models import CalendarDay, RetirementAge, Rule, RuleCode
from tests.common.constraints import DAY, Rows, World, case, constraints_of, try_insert, try_update

# Rules; those of the migration begin here, or four years later

REGISTER_BEGINS = date(2015, 1, 1)
BEGINS = date(2010, 1, 1)


def rule(**fields) -> Rule:
    """Return what a rule said before the one that the migration brought."""
    defaults = {
        "code": RuleCode.VOTE_MAJORITY,
        "statement": "Trúng cử khi được quá nửa.",
        "severity": "block",
        "grade": "M",
        "valid_from": BEGINS,
        "valid_to": REGISTER_BEGINS,
    }
    return Rule(**(defaults | fields))


@case("regulations_rule_ends_after_it_begins")
def _(world: World):
    return Rows(refused=[rule(valid_to=BEGINS), rule(valid_to=BEGINS - DAY)], accepted=[rule(valid_to=BEGINS + DAY)])


@case("one_rule_of_a_code_at_a_time")
def _(world):
    return Rows(
        refused=[rule(valid_to=REGISTER_BEGINS + DAY), rule(valid_to=None)],
        accepted=[rule(), rule(code=RuleCode.MONTHS_BEFORE_CONGRESS, valid_to=REGISTER_BEGINS + DAY)],
    )


@case("rule_has_value_and_unit_together")
def _(world):
    return Rows(
        refused=[rule(value=Decimal(6)), rule(unit="tháng"), rule(value=Decimal(0))],
        accepted=[rule(), rule(value=Decimal(6), unit="tháng"), rule(value=Decimal(0), unit="tháng")],
    )


@case("rule_value_is_not_negative")
def _(world):
    return Rows(
        refused=[rule(value=Decimal("-0.01"), unit="tháng")], accepted=[rule(value=Decimal(0), unit="tháng"), rule()]
    )


@case("rule_article_belongs_to_a_citation")
def _(world):
    return Rows(
        refused=[rule(article="Điều 5")],
        accepted=[rule(), rule(citation="Quy định 1-QĐ/TU"), rule(citation="Quy định 1-QĐ/TU", article="Điều 5")],
    )


@case("target_of_an_office_is_a_percentage")
def _(world):
    def target(code=RuleCode.COMMITTEE_WOMEN_PERCENT, unit="%", **fields):
        return rule(code=code, unit=unit, **fields)

    return Rows(
        refused=[
            target(value=Decimal(0)),
            target(value=Decimal("100.01"), code=RuleCode.COMMITTEE_NEW_PERCENT),
            target(value=Decimal(3), unit="người"),
            target(value=None, unit=""),
        ],
        accepted=[
            target(value=Decimal("0.01")),
            target(value=Decimal(100)),
            target(value=Decimal(300), code=RuleCode.VOTE_MAJORITY),
        ],
    )


# Retirement ages; those of the migration begin with men born in 1/1961

FIRST_MEN = date(1961, 1, 1)


def age(**fields) -> RetirementAge:
    """Return the age of the men born in the month before the table begins."""
    defaults = {
        "gender": "male",
        "valid_from": date(1960, 12, 1),
        "valid_to": FIRST_MEN,
        "months": 720,
        "grade": "D",
    }
    return RetirementAge(**(defaults | fields))


@case("regulations_retirementage_ends_after_it_begins")
def _(world):
    return Rows(refused=[age(valid_to=date(1960, 12, 1)), age(valid_to=date(1960, 11, 1))], accepted=[age()])


@case("one_retirement_age_of_a_month_of_birth")
def _(world):
    return Rows(
        refused=[age(valid_to=date(1961, 2, 1)), age(valid_to=None)],
        accepted=[age(), age(gender="female", valid_to=date(1961, 2, 1))],
    )


@case("retirement_age_is_of_whole_months_of_birth")
def _(world):
    return Rows(
        refused=[
            age(valid_from=date(1960, 11, 30)),
            age(valid_from=date(1960, 12, 2)),
            age(valid_to=date(1960, 12, 31)),
        ],
        accepted=[age(), age(valid_from=date(1960, 11, 1))],
    )


@case("retirement_age_is_positive")
def _(world):
    return Rows(refused=[age(months=0)], accepted=[age(months=1)])


# The calendar


@case("one_entry_of_a_calendar_day")
def _(world):
    def entry(day):
        return CalendarDay(day=day, kind="working_day", name="Làm bù")

    new_year = date(2022, 1, 1)
    return Rows(refused=[entry(new_year)], accepted=[entry(new_year + DAY)])


@pytest.mark.django_db
@pytest.mark.parametrize("name", constraints_of("regulations"))
def test_the_database_refuses_to_insert(name):
    try_insert(name)


@pytest.mark.django_db
@pytest.mark.parametrize("name", constraints_of("regulations"))
def test_the_database_refuses_to_update(name):
    try_update(name)
