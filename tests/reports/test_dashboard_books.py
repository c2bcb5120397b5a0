"""The leaders' dashboard says whether the books of its year are closed, and leads those there who may look."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from accounts.roles import Role
from common.periods import Period
from organizations.scope import Scope
from reports.actions import close_period, reopen_period
from reports.choices import closing_of
from reports.dashboards.asked import ask
from tests import factories
from tests.pages import MOST_QUERIES, as_role, count_queries, text_of
from tests.reports.boards import URL, board
from tests.reports.books import CLOSED, YEAR

pytestmark = pytest.mark.django_db

LATER = date(2023, 6, 1)
CLOSED_IN_WORDS = "Sổ năm 2022: đã khóa, số liệu tính đến ngày 05/01/2023"


def page(client, **asked) -> str:
    return text_of(client.get(URL, {"nam": 2022} | asked))


def test_open_books_are_said_to_be_open(office):
    assert "Sổ năm 2022: đang mở." in page(as_role(Role.LEADER, office.bloc, LATER))


def test_closed_books_lead_to_their_closing(office, closing):
    client = as_role(Role.LEADER, office.bloc, LATER)
    response = client.get(URL, {"nam": 2022})

    assert CLOSED_IN_WORDS + ". Trang này" in text_of(response)
    assert reverse("reports:closing_detail", args=[closing.pk]) in response.content.decode()
    assert "Sổ năm 2021: đang mở." in page(client, nam=2021)


def test_books_opened_again_are_open(office, closing):
    reopen_period(closing, by=factories.office(), reason="Sửa số liệu")

    assert "Sổ năm 2022: đang mở." in page(as_role(Role.LEADER, office.bloc, LATER))


def test_a_superiors_closing_is_told_and_not_opened_beneath_it(office, closing):
    response = as_role(Role.LEADER, office.one, LATER).get(URL, {"nam": 2022})

    assert CLOSED_IN_WORDS + " (theo sổ của Đảng bộ Khối)" in text_of(response)
    assert reverse("reports:closing_detail", args=[closing.pk]) not in response.content.decode()


def test_its_own_closing_comes_before_that_of_a_superior(office, closing):
    with time_machine.travel(CLOSED):
        own = close_period(office.one, period=YEAR, by=factories.office())

    for place, expected in ((office.one, own), (office.two, closing), (office.other_bloc, None)):
        books = board(place.code, LATER).asked.books
        assert (books and books.closing) == (expected and expected.pk), place
        assert closing_of(place.pk, YEAR) == expected


def test_a_closing_of_another_period_closes_no_year(office):
    with time_machine.travel(CLOSED):
        close_period(office.bloc, period=Period(date(2022, 10, 1), date(2023, 1, 1)), by=factories.office())

    assert board(day=LATER).asked.books is None


def test_what_is_asked_takes_one_query_whether_books_are_closed_or_not(office, closing, django_assert_num_queries):
    for year in (2021, 2022):
        with django_assert_num_queries(1):
            ask(scope=Scope.everything(), day=LATER, year=year)


def test_the_page_of_closed_books_takes_no_more_queries(office, closing):
    client = as_role(Role.LEADER, office.bloc, LATER)

    for year in (2021, 2022):
        assert count_queries(client, f"{URL}?nam={year}") <= MOST_QUERIES
