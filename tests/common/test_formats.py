"""Days and numbers as the office writes them (DOMAIN.md §9 and §10)."""

from datetime import date
from decimal import Decimal

import pytest
from django.template import Context, Template

from common import formats


@pytest.mark.parametrize(
    ("day", "short", "long"),
    [
        (date(2026, 2, 5), "05/02/2026", "ngày 05 tháng 02 năm 2026"),
        (date(2022, 3, 9), "09/3/2022", "ngày 09 tháng 3 năm 2022"),
        (date(2022, 1, 10), "10/01/2022", "ngày 10 tháng 01 năm 2022"),
        (date(2022, 12, 31), "31/12/2022", "ngày 31 tháng 12 năm 2022"),
    ],
)
def test_days_to_9_and_months_to_2_have_a_leading_zero(day, short, long):
    assert (formats.short_day(day), formats.long_day(day)) == (short, long)


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0"), (999, "999"), (1000, "1.000"), (4558, "4.558"), (10**6, "1.000.000")]
)
def test_thousands_are_parted_by_a_dot(number, text):
    assert formats.grouped(number) == text


@pytest.mark.parametrize(
    ("number", "text"), [(0, "00"), (3, "03"), (9, "09"), (10, "10"), (38, "38"), (99, "99"), (4558, "4.558")]
)
def test_prose_has_at_least_two_digits(number, text):
    assert formats.padded(number) == text


@pytest.mark.parametrize(("number", "text"), [("1.50", "1,50"), ("47.3", "47,3"), ("3", "3")])
def test_decimals_stand_after_a_comma_as_many_as_there_are(number, text):
    assert formats.with_comma(Decimal(number)) == text


@pytest.mark.parametrize(
    ("part", "base", "text"),
    [
        (6, 39, "15,38 % (6/39)"),
        (0, 5, "0,00 % (0/5)"),
        (1, 8, "12,50 % (1/8)"),
        (1, 800, "0,13 % (1/800)"),
        (3, 0, "—"),
    ],
)
def test_a_share_carries_its_base_and_rounds_half_up(part, base, text):
    assert formats.percent(part, base) == text


@pytest.mark.parametrize(
    ("markup", "value", "text"),
    [
        ("{{ value|day }}", date(2022, 3, 5), "05/3/2022"),
        ("{{ value|day }}", None, "—"),
        ("{{ value|long_day }}", date(2022, 3, 5), "ngày 05 tháng 3 năm 2022"),
        ("{{ value|long_day }}", None, "—"),
        ("{{ value|grouped }}", 4558, "4.558"),
        ("{{ value|grouped }}", 0, "0"),
        ("{{ value|grouped }}", None, "—"),
        ("{{ value|padded }}", 3, "03"),
        ("{{ value|padded }}", None, "—"),
    ],
)
def test_templates_write_them_the_same_way_and_no_data_is_not_zero(markup, value, text):
    assert Template(markup).render(Context({"value": value})) == text
