"""The office's formats as pages use them."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "—"),
        (date(2022, 3, 5), "05/3/2022"),
        (datetime(2022, 3, 4, 16, 59, tzinfo=UTC), "04/3/2022"),
        (datetime(2022, 3, 4, 17, 0, tzinfo=UTC), "05/3/2022"),  # midnight in Hanoi
    ],
)
def test_a_moment_is_of_the_day_by_the_clock_of_the_office(value, shown):
    assert Template("{{ value|day }}").render(Context({"value": value})) == shown
