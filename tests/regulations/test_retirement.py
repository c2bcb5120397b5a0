"""Retirement: by month of birth, at the end of the month in which the age is reached."""

from datetime import date

import pytest

from regulations.models import Grade, RetirementAge
from regulations.retirement import (
    Month,
    RetirementEstimate,
    RetirementTable,
    last_working_day,
    months_between,
    retirement_month,
)

# first month of birth, last month of birth, age (years, months)
MEN = [
    ((1961, 1), (1961, 9), (60, 3)),
    ((1961, 10), (1962, 6), (60, 6)),
    ((1962, 7), (1963, 3), (60, 9)),
    ((1963, 4), (1963, 12), (61, 0)),
    ((1964, 1), (1964, 9), (61, 3)),
    ((1964, 10), (1965, 6), (61, 6)),
    ((1965, 7), (1966, 3), (61, 9)),
    ((1966, 4), (1999, 12), (62, 0)),
]
WOMEN = [
    ((1966, 1), (1966, 8), (55, 4)),
    ((1966, 9), (1967, 4), (55, 8)),
    ((1967, 5), (1967, 12), (56, 0)),
    ((1968, 1), (1968, 8), (56, 4)),
    ((1968, 9), (1969, 4), (56, 8)),
    ((1969, 5), (1969, 12), (57, 0)),
    ((1970, 1), (1970, 8), (57, 4)),
    ((1970, 9), (1971, 4), (57, 8)),
    ((1971, 5), (1971, 12), (58, 0)),
    ((1972, 1), (1972, 8), (58, 4)),
    ((1972, 9), (1973, 4), (58, 8)),
    ((1973, 5), (1973, 12), (59, 0)),
    ((1974, 1), (1974, 8), (59, 4)),
    ((1974, 9), (1975, 4), (59, 8)),
    ((1975, 5), (1999, 12), (60, 0)),
]
ROWS = [("male", *row) for row in MEN] + [("female", *row) for row in WOMEN]


@pytest.fixture
def table(db) -> RetirementTable:
    return RetirementTable.load()


def row_of(table, gender, month) -> int | None:
    """Return the age, in months, by which the table says that people born in `month` retire."""
    reached = retirement_month(Month(*month), gender, table.ages)
    return reached and reached.number - Month(*month).number


@pytest.mark.parametrize(("gender", "first", "last", "age"), ROWS)
def test_the_first_and_the_last_month_of_a_row_are_inside_it(table, gender, first, last, age):
    years, months = age

    assert row_of(table, gender, first) == years * 12 + months
    assert row_of(table, gender, last) == years * 12 + months


@pytest.mark.parametrize(("gender", "first", "last", "age"), ROWS)
def test_the_month_before_a_row_is_outside_it(table, gender, first, last, age):
    before = Month(*first).plus(-1)
    expected = {"male": 3, "female": 4}[gender]  # the age grows by as many months from row to row
    years, months = age
    age_before = row_of(table, gender, (before.year, before.month))

    assert age_before == (None if first in ((1961, 1), (1966, 1)) else years * 12 + months - expected)


@pytest.mark.parametrize(("gender", "born"), [("male", date(1960, 12, 31)), ("female", date(1965, 12, 31))])
def test_nothing_is_said_of_those_born_before_the_table(table, gender, born):
    assert table.estimate(born, "day", gender) is None


@pytest.mark.parametrize(
    ("gender", "born", "last_day"),
    [
        ("male", date(1961, 1, 1), date(2021, 4, 30)),
        ("male", date(1961, 1, 31), date(2021, 4, 30)),
        ("male", date(1961, 9, 30), date(2021, 12, 31)),
        ("male", date(1961, 10, 1), date(2022, 4, 30)),
        ("male", date(1966, 4, 15), date(2028, 4, 30)),
        ("male", date(1966, 2, 15), date(2027, 11, 30)),
        ("male", date(1968, 2, 29), date(2030, 2, 28)),
        ("male", date(1970, 2, 1), date(2032, 2, 29)),
        ("female", date(1966, 1, 31), date(2021, 5, 31)),
        ("female", date(1966, 8, 31), date(2021, 12, 31)),
        ("female", date(1966, 10, 3), date(2022, 6, 30)),
        ("female", date(1975, 5, 1), date(2035, 5, 31)),
    ],
)
def test_work_ends_with_the_month_in_which_the_age_is_reached(table, gender, born, last_day):
    assert table.estimate(born, "day", gender) == RetirementEstimate(last_day, last_day, verified=False)


def test_a_month_is_known_as_well_as_a_day(table):
    by_month = table.estimate(date(1970, 3, 1), "month", "male")

    assert by_month == table.estimate(date(1970, 3, 31), "day", "male")
    assert by_month.is_exact


@pytest.mark.parametrize(
    ("gender", "year", "earliest", "latest"),
    [
        ("male", 1970, date(2032, 1, 31), date(2032, 12, 31)),
        ("male", 1961, date(2021, 4, 30), date(2022, 6, 30)),
        ("male", 1963, date(2023, 10, 31), date(2024, 12, 31)),
        ("female", 1966, date(2021, 5, 31), date(2022, 8, 31)),
    ],
)
def test_of_a_year_alone_every_month_is_reckoned(table, gender, year, earliest, latest):
    estimate = table.estimate(date(year, 1, 1), "year", gender)

    assert (estimate.earliest, estimate.latest) == (earliest, latest)
    assert not estimate.is_exact


def test_of_a_year_that_the_table_knows_in_part_nothing_is_said(table):
    RetirementAge.objects.filter(gender="male", valid_from=date(1961, 1, 1)).update(valid_from=date(1961, 2, 1))

    assert RetirementTable.load().estimate(date(1961, 5, 1), "year", "male") is None
    assert RetirementTable.load().estimate(date(1961, 5, 1), "month", "male") is not None


@pytest.mark.parametrize("grade", Grade.values)
def test_an_estimate_is_as_verified_as_the_rows_that_it_rests_on(table, grade):
    RetirementAge.objects.filter(gender="male", valid_from=date(1961, 1, 1)).update(grade=grade)
    table = RetirementTable.load()

    assert table.estimate(date(1961, 9, 1), "day", "male").verified is (grade in "AB")
    assert not table.estimate(date(1961, 9, 1), "year", "male").verified  # October to December rest on the next row


def test_the_table_takes_one_query(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        table = RetirementTable.load()
        for year in range(1960, 1980):
            table.estimate(date(year, 1, 1), "year", "female")


@pytest.mark.parametrize(
    ("month", "months", "result"),
    [
        (Month(1961, 1), 723, Month(2021, 4)),
        (Month(1961, 10), 3, Month(1962, 1)),
        (Month(1961, 9), 3, Month(1961, 12)),
        (Month(2020, 1), -1, Month(2019, 12)),
        (Month(2020, 12), 0, Month(2020, 12)),
    ],
)
def test_months_are_added_over_the_turn_of_the_year(month, months, result):
    assert month.plus(months) == result


@pytest.mark.parametrize(
    ("month", "day"),
    [
        (Month(2024, 2), date(2024, 2, 29)),
        (Month(2023, 2), date(2023, 2, 28)),
        (Month(2023, 4), date(2023, 4, 30)),
        (Month(2023, 12), date(2023, 12, 31)),
    ],
)
def test_the_last_working_day_ends_its_month(month, day):
    assert last_working_day(month) == day


@pytest.mark.parametrize(
    ("day", "month", "months"),
    [
        (date(2025, 6, 1), Month(2029, 6), 48),
        (date(2025, 6, 30), Month(2029, 6), 48),
        (date(2025, 6, 30), Month(2029, 5), 47),
        (date(2025, 6, 1), Month(2025, 6), 0),
        (date(2025, 6, 1), Month(2025, 5), -1),
    ],
)
def test_months_between_depend_on_no_day_of_the_month(day, month, months):
    assert months_between(day, month) == months


@pytest.mark.parametrize(("months", "words"), [(723, "60 tuổi 3 tháng"), (744, "62 tuổi"), (664, "55 tuổi 4 tháng")])
def test_an_age_in_words(months, words):
    assert RetirementAge(months=months).age == words
