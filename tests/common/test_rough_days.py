"""Days known by month or year only: stored as widely as they may be, shown as far as they are known, and told of."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.dated import Precision, as_far_as_known, day_in_words
from personnel.models import Membership
from tests import factories
from tests.common.constraints import undone

DAY, MONTH, YEAR = Precision.DAY, Precision.MONTH, Precision.YEAR
CIVIL = st.dates(date(2015, 1, 1), date(2020, 12, 31))


@pytest.mark.parametrize(
    ("precision", "short", "in_words"),
    [(DAY, "05/3/2017", "05/3/2017"), (MONTH, "3/2017", "tháng 3/2017"), (YEAR, "2017", "năm 2017")],
)
def test_a_day_is_written_as_far_as_it_is_known(precision, short, in_words):
    day = date(2017, 3, 5)
    assert as_far_as_known(day, precision) == short
    assert day_in_words(day, precision) == in_words


def membership(begins: date, from_precision: str, ends: date | None = None, to_precision: str = DAY) -> Membership:
    return Membership(valid_from=begins, from_precision=from_precision, valid_to=ends, to_precision=to_precision)


@pytest.mark.parametrize(
    ("row", "day", "unsure"),
    [
        (membership(date(2017, 1, 1), YEAR), date(2016, 12, 31), False),
        (membership(date(2017, 1, 1), YEAR), date(2017, 1, 1), True),
        (membership(date(2017, 1, 1), YEAR), date(2017, 12, 31), True),
        (membership(date(2017, 1, 1), YEAR), date(2018, 1, 1), False),
        (membership(date(2017, 3, 1), MONTH), date(2017, 3, 31), True),
        (membership(date(2017, 3, 1), MONTH), date(2017, 4, 1), False),
        (membership(date(2017, 3, 1), MONTH), date(2018, 3, 1), False),
        (membership(date(2017, 1, 1), DAY), date(2017, 1, 1), False),
        (membership(date(2010, 1, 1), DAY, date(2017, 12, 31), YEAR), date(2017, 1, 1), True),
        (membership(date(2010, 1, 1), DAY, date(2017, 12, 31), YEAR), date(2018, 1, 1), False),
    ],
)
def test_an_answer_rests_on_a_rough_day_within_its_month_or_year(row, day, unsure):
    assert row.is_unsure_on(day) is unsure


def test_an_end_that_has_not_come_has_no_words():
    row = membership(date(2017, 1, 1), YEAR)
    assert (row.from_display, row.to_display) == ("năm 2017", "")


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    begins=CIVIL,
    lasts=st.none() | st.integers(1, 900),
    precisions=st.tuples(*[st.sampled_from(Precision.values)] * 2),
    day=CIVIL,
)
def test_the_database_and_the_row_agree(begins, lasts, precisions, day):
    with undone():
        someone = factories.person(factories.organization())
        ends = lasts and begins + timedelta(days=lasts)
        row = someone.memberships.get()
        row.valid_from, row.valid_to, (row.from_precision, row.to_precision) = begins, ends, precisions
        row.save()

        assert Membership.objects.unsure_on(day).exists() is row.is_unsure_on(day)
        assert someone.memberships.unsure_on(day).as_of(day).exists() is (
            row.is_unsure_on(day) and row.is_in_force(day)
        )
