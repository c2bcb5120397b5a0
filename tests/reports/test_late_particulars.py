"""Amending or merging records of people whom closed books counted: the page says so before anything is saved."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from personnel.books import books_that_counted
from reports.actions import reopen_period
from tests import factories
from tests.pages import as_board, text_of

pytestmark = pytest.mark.django_db

COUNTED = "Đồng chí này có trong số liệu của kỳ đã khóa sổ (năm 2022, khóa ngày 05/01/2023)"


def amending(client, person) -> str:
    return text_of(client.get(reverse("personnel:person_amend", args=[person.pk])))


def test_amending_somebody_whom_closed_books_counted_says_so(office, closing):
    client = as_board(office.bloc)
    newcomer = factories.person(office.one, "Nguyễn Văn Khoa")

    assert COUNTED in amending(client, office.people[3])
    assert "khóa sổ" not in amending(client, newcomer)


def test_books_opened_again_say_nothing(office, closing):
    reopen_period(closing, by=factories.office(), reason="Sửa số liệu")

    assert "khóa sổ" not in amending(as_board(office.bloc), office.people[3])


def test_merging_says_so_whichever_of_the_two_they_counted(office, closing):
    client = as_board(office.bloc)
    counted = office.people[4]
    double = factories.person(office.two, "Nguyễn Văn Giang", birth_date=counted.birth_date)
    other, third = (factories.person(office.two, "Nguyễn Văn Khoa") for _ in range(2))

    for kept, merged in ((double, counted), (counted, double)):
        assert COUNTED in text_of(client.get(reverse("personnel:person_merge", args=[kept.pk, merged.pk])))
    assert "khóa sổ" not in text_of(client.get(reverse("personnel:person_merge", args=[other.pk, third.pk])))


def test_that_somebody_was_counted_in_a_plan_is_told_to_those_alone_who_see_plans(office, closing):
    records = closing.records
    records.model.objects.filter(closing=closing)._raw_delete("default")
    planned = office.people[0]
    keep = {"figures": ["x"], "told": [], "identities": {"personnel.person": planned.pk}}
    records.model.objects.create(closing=closing, family="entries", record=1, **keep)

    seeing = factories.user(Role.ORGANIZATION_BOARD, office.bloc)
    blind = factories.user(Role.INSPECTION, office.bloc)
    assert books_that_counted([planned], seeing.scope) == [closing]
    assert books_that_counted([planned], blind.scope) == []
