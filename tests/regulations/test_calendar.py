"""Working days: the week, the public holidays, and the days worked in their place."""

from datetime import date

import pytest

from regulations.calendar import WorkingCalendar, due_after
from regulations.models import CalendarDay

pytestmark = pytest.mark.django_db

# March 2022 begins on a Tuesday and has no holiday.
FRIDAY, SATURDAY, SUNDAY, MONDAY = date(2022, 3, 11), date(2022, 3, 12), date(2022, 3, 13), date(2022, 3, 14)


def holiday(*days: date) -> None:
    for day in days:
        CalendarDay.objects.create(day=day, kind="holiday", name="Nghỉ")


def worked(day: date) -> None:
    CalendarDay.objects.create(day=day, kind="working_day", name="Làm bù")


@pytest.mark.parametrize(
    ("day", "count", "due"),
    [
        (date(2022, 3, 7), 1, date(2022, 3, 8)),
        (date(2022, 3, 7), 4, FRIDAY),
        (date(2022, 3, 7), 5, MONDAY),
        (FRIDAY, 1, MONDAY),
        (SATURDAY, 1, MONDAY),
        (SUNDAY, 1, MONDAY),
        (FRIDAY, 7, date(2022, 3, 22)),
        (FRIDAY, 15, date(2022, 4, 1)),
    ],
)
def test_the_day_itself_and_weekends_are_not_counted(day, count, due):
    assert due_after(day, count) == due


@pytest.mark.parametrize(
    ("day", "count", "due"),
    [
        (date(2022, 4, 29), 1, date(2022, 5, 2)),  # 30/4 and 1/5 fell on a weekend; nobody entered the days in lieu
        (date(2024, 4, 29), 1, date(2024, 5, 2)),
        (date(2024, 4, 29), 2, date(2024, 5, 3)),
        (date(2024, 12, 31), 1, date(2025, 1, 2)),
    ],
)
def test_public_holidays_are_not_counted(day, count, due):
    assert due_after(day, count) == due


@pytest.mark.parametrize(
    ("done", "late"),
    [(date(2022, 3, 10), 0), (FRIDAY, 0), (SATURDAY, 0), (SUNDAY, 0), (MONDAY, 1), (date(2022, 3, 18), 4)],
)
def test_late_are_the_working_days_after_the_due_day(done, late):
    holiday(date(2022, 3, 16))

    assert WorkingCalendar.load(FRIDAY, date(2022, 3, 31)).working_days_late(FRIDAY, done) == late


def test_a_holiday_that_was_entered_is_not_counted():
    holiday(date(2022, 5, 2), date(2022, 5, 3))

    assert due_after(date(2022, 4, 29), 1) == date(2022, 5, 4)


def test_a_weekend_day_that_is_worked_is_counted():
    worked(SATURDAY)

    assert due_after(FRIDAY, 1) == SATURDAY
    assert due_after(FRIDAY, 2) == MONDAY


def test_a_long_holiday_is_passed_over():
    holiday(*(date(2023, 1, day) for day in range(20, 27)))

    assert due_after(date(2023, 1, 19), 1) == date(2023, 1, 27)


@pytest.mark.parametrize(
    ("day", "is_worked"),
    [(FRIDAY, True), (SATURDAY, False), (SUNDAY, False), (MONDAY, True), (date(2024, 9, 2), False)],
)
def test_which_days_are_worked(day, is_worked):
    assert WorkingCalendar.load(day, day).is_working_day(day) is is_worked


def test_a_due_day_takes_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        due_after(date(2024, 4, 1), 60)


def test_many_due_days_take_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        calendar = WorkingCalendar.load(date(2024, 4, 1), date(2024, 12, 31))
        for day in range(1, 31):
            calendar.add_working_days(date(2024, 4, day), 15)


def test_days_that_were_not_loaded_are_not_guessed():
    calendar = WorkingCalendar.load(MONDAY, date(2022, 3, 18))

    assert calendar.add_working_days(MONDAY, 4) == date(2022, 3, 18)
    with pytest.raises(ValueError, match="outside the calendar"):
        calendar.add_working_days(MONDAY, 5)
    with pytest.raises(ValueError, match="outside the calendar"):
        calendar.is_working_day(SUNDAY)


@pytest.mark.parametrize("count", [0, -1])
def test_a_term_of_no_days_is_a_mistake(count):
    with pytest.raises(ValueError, match="at least one"):
        due_after(FRIDAY, count)
