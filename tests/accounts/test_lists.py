"""How a user likes to see a list: what the form sends, and what of an address a saved filter keeps."""

import pytest
from django.http import QueryDict

from accounts.forms import MOST_COLUMNS, chosen_columns
from accounts.lists import kept_part


@pytest.mark.parametrize(
    ("sent", "columns"),
    [
        ("cot=a&cot=b&thu-tu-a=2&thu-tu-b=1", ["b", "a"]),
        ("cot=a&cot=b&thu-tu-a=10&thu-tu-b=9", ["b", "a"]),  # numbers, not texts
        ("cot=a&cot=b&thu-tu-a=1&thu-tu-b=1", ["a", "b"]),  # equal numbers: as they stood
        ("cot=a&cot=b&thu-tu-a=&thu-tu-b=3", ["b", "a"]),
        ("cot=a&cot=b&thu-tu-a=x&thu-tu-b=-1", ["a", "b"]),
        ("thu-tu-a=1", []),
        ("cot=&cot=" + "x" * 41, []),
    ],
)
def test_columns_come_in_the_order_of_their_numbers(sent, columns):
    assert chosen_columns(QueryDict(sent)) == columns


def test_there_is_an_end_to_the_columns_of_a_form():
    sent = QueryDict("&".join(f"cot={number}" for number in range(500)))
    assert len(chosen_columns(sent)) == MOST_COLUMNS


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("q=an&gender=female", [("gender", "female"), ("q", "an")]),
        ("gender=female&q=+an+", [("gender", "female"), ("q", "an")]),
        ("q=&gender=++", []),
        ("page=3&chon=1&chon=2&tat-ca=1&pham-vi=chon&sort=-age", [("sort", "-age")]),
        ("q=%C4%91%E1%BB%97", [("q", "đỗ")]),
        ("", []),
    ],
)
def test_a_saved_filter_keeps_what_filters_and_sorts(query, kept):
    assert kept_part(query) == kept
