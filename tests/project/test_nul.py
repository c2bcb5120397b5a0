"""NUL is in no text that PostgreSQL takes: wherever a request carries one, it is refused, on either engine."""

import pytest
from django.urls import reverse

from accounts.models import ListName, ListPreference, SavedFilter
from personnel.models import Person
from tests import factories
from tests.pages import as_board

pytestmark = pytest.mark.django_db


@pytest.fixture
def bloc():
    return factories.organization(name="Đảng bộ Khối", code="KHOI")


@pytest.mark.parametrize("address", ["/to-chuc/KHOI%00/", "/to-chuc/%00/dang-vien/", "/to-chuc/%00/quy-hoach/"])
def test_no_address_has_one(bloc, address):
    assert as_board(bloc).get(address).status_code == 400


def test_no_search_and_no_list_is_asked_with_one(bloc):
    client = as_board(bloc)

    assert client.get(reverse("personnel:person_choices"), {"q": "le\0 an"}).status_code == 400
    assert client.get(reverse("personnel:person_list"), {"\0sort": "a"}).status_code == 400


def test_nothing_is_kept_of_a_form_with_one(bloc):
    client = as_board(bloc)

    columns = client.post(reverse("accounts:list_columns", args=[ListName.PEOPLE]), {"cot": ["ag\0e", "born"]})
    named = client.post(reverse("accounts:save_filter", args=[ListName.PEOPLE]), {"ten": "N\0ữ", "query": ""})
    typed = {"organization": "KHOI", "member_from": "2017", "full_name": "Phạm\0 Thị Mới", "birth": "1980"}
    person = client.post(reverse("personnel:person_new"), typed)

    assert [answer.status_code for answer in (columns, named, person)] == [400, 400, 400]
    assert not ListPreference.objects.exists()
    assert not SavedFilter.objects.exists()
    assert not Person.objects.exists()
