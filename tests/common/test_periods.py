"""Periods: from a first day up to, not including, an end."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from common.periods import Period, today


def test_a_year_runs_to_the_first_day_of_the_next():
    year = Period.of_year(2022)

    assert (year.first, year.end, year.last) == (date(2022, 1, 1), date(2023, 1, 1), date(2022, 12, 31))


def test_between_includes_both_days_as_people_name_them():
    assert Period.between(date(2022, 1, 1), date(2022, 12, 31)) == Period.of_year(2022)


def test_a_period_of_one_day_is_allowed():
    assert Period.between(date(2022, 3, 5), date(2022, 3, 5)).last == date(2022, 3, 5)


@pytest.mark.parametrize("end", [date(2022, 3, 5), date(2022, 3, 4)])
def test_a_period_that_does_not_end_after_it_begins_is_refused(end):
    with pytest.raises(ValueError, match="must end after it begins"):
        Period(date(2022, 3, 5), end)


@pytest.mark.parametrize(
    ("period", "is_year"),
    [
        (Period.of_year(2022), True),
        (Period.between(date(2022, 1, 1), date(2022, 12, 30)), False),
        (Period.between(date(2022, 1, 2), date(2022, 12, 31)), False),
        (Period(date(2022, 1, 1), date(2024, 1, 1)), False),
    ],
)
def test_only_a_whole_calendar_year_is_one(period, is_year):
    assert period.is_calendar_year is is_year


def test_a_year_earlier_keeps_the_days():
    quarter = Period.between(date(2022, 1, 1), date(2022, 3, 31))

    assert quarter.a_year_earlier() == Period.between(date(2021, 1, 1), date(2021, 3, 31))


def test_a_year_before_29_february_is_28_february():
    assert Period(date(2024, 2, 29), date(2024, 3, 1)).a_year_earlier() == Period(date(2023, 2, 28), date(2023, 3, 1))


def test_a_period_up_to_28_february_of_a_leap_year_ends_on_that_day_a_year_earlier():
    day = Period.between(date(2024, 2, 28), date(2024, 2, 28))

    assert day.a_year_earlier() == Period.between(date(2023, 2, 28), date(2023, 2, 28))


def test_february_a_year_before_has_all_its_days():
    february = Period(date(2025, 2, 1), date(2025, 3, 1))

    assert february.a_year_earlier().last == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period.of_year(2022), "năm 2022"),
        (Period.between(date(2022, 1, 5), date(2022, 3, 31)), "từ 05/01/2022 đến 31/3/2022"),
    ],
)
def test_periods_say_their_days(period, words):
    assert str(period) == words


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2022, 3, 4, 16, 59, tzinfo=UTC), date(2022, 3, 4)),
        (datetime(2022, 3, 4, 17, 0, tzinfo=UTC), date(2022, 3, 5)),
    ],
)
def test_today_is_the_day_of_the_office_not_of_greenwich(moment, day):
    with time_machine.travel(moment, tick=False):
        assert today() == day
