"""Periods: from a first day up to, not including, an end."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from common.periods import WHOLE_YEAR, Period, UnknownPeriod, today


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
    assert (period.part is WHOLE_YEAR) is is_year


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


# Periods that have a name, and their addresses


@pytest.mark.parametrize(
    ("slug", "first", "last", "words"),
    [
        ("2022", date(2022, 1, 1), date(2022, 12, 31), "năm 2022"),
        ("2022-quy-1", date(2022, 1, 1), date(2022, 3, 31), "quý I năm 2022"),
        ("2022-quy-4", date(2022, 10, 1), date(2022, 12, 31), "quý IV năm 2022"),
        ("2022-6-thang-dau", date(2022, 1, 1), date(2022, 6, 30), "6 tháng đầu năm 2022"),
        ("2022-6-thang-cuoi", date(2022, 7, 1), date(2022, 12, 31), "6 tháng cuối năm 2022"),
        ("2022-9-thang", date(2022, 1, 1), date(2022, 9, 30), "9 tháng đầu năm 2022"),
        ("2024-thang-2", date(2024, 2, 1), date(2024, 2, 29), "tháng 2 năm 2024"),
        ("2022-thang-12", date(2022, 12, 1), date(2022, 12, 31), "tháng 12 năm 2022"),
        ("2020-08-15_2025-08-14", date(2020, 8, 15), date(2025, 8, 14), "từ 15/8/2020 đến 14/8/2025"),
    ],
)
def test_an_address_names_a_period(slug, first, last, words):
    period = Period.of_slug(slug)

    assert (period.first, period.last, str(period), period.slug) == (first, last, words, slug)


def test_a_part_of_a_year_has_one_address_however_it_was_asked_for():
    assert Period.of_slug("2022-01-01_2022-03-31").slug == "2022-quy-1"
    assert Period.of_slug("2022-ca-nam").slug == "2022"


@pytest.mark.parametrize(
    "slug",
    [
        "",
        "0000",
        "1929",
        "2101",
        "2022-quy-5",
        "2022-quy-",
        "2022-thang-0",
        "2022-02-30_2022-03-01",
        "2022-03-01_2022-02-01",
        "1929-12-31_1930-01-01",
        "2100-12-31_2101-01-01",
        "٢٠٢٢",
        "2022_2023",
    ],
)
def test_what_names_no_period_is_refused(slug):
    with pytest.raises(UnknownPeriod):
        Period.of_slug(slug)


@pytest.mark.parametrize("slug", ["2022", "2022-quy-1", "2022-thang-1", "2022-6-thang-cuoi", "2022-9-thang"])
def test_the_one_before_and_the_one_after_are_of_the_same_kind(slug):
    period = Period.of_slug(slug)

    assert period.the_one_before().the_one_after() == period == period.the_one_after().the_one_before()


@pytest.mark.parametrize(
    ("slug", "before"),
    [
        ("2022", "2021"),
        ("2022-quy-1", "2021-quy-4"),
        ("2022-thang-1", "2021-thang-12"),
        ("2022-6-thang-dau", "2021-6-thang-cuoi"),
        ("2022-9-thang", "2021-9-thang"),
        ("2022-03-11_2022-03-20", "2022-03-01_2022-03-10"),
    ],
)
def test_the_one_before(slug, before):
    assert Period.of_slug(slug).the_one_before().slug == before


def test_months_are_cut_to_the_days_inside():
    months = Period.of_slug("2021-12-15_2022-02-03").months()

    assert [month.slug for month in months] == ["2021-12-15_2021-12-31", "2022-thang-1", "2022-02-01_2022-02-03"]
