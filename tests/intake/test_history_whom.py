"""Who is meant by a row: by card, by name and birthday, never by a guess."""

from datetime import date

import pytest

from common.sheets import PartialDay
from intake.whom import People
from organizations.scope import Right, Scope
from personnel.models import Person
from tests import factories

BORN = PartialDay(date(1970, 3, 5), "day")


def found(scope: Scope | None = None, **values) -> tuple[Person | None, dict[str, str]]:
    faults: dict[str, str] = {}
    people = People.load([values], scope or Scope.everything())
    return people.find(values, faults), faults


@pytest.mark.parametrize(
    "values",
    [
        {"card": "0001"},
        {"card": "1", "name": "nguyen van an"},
        {"card": "0001", "name": "Nguyễn Văn An", "born": PartialDay(date(1970, 1, 1), "year")},
        {"name": "NGUYỄN VĂN AN", "born": BORN},
        {"name": "Nguyễn Văn An", "born": PartialDay(date(1970, 3, 1), "month")},
    ],
)
def test_one_person_is_meant(old, values):
    assert found(**{"name": "Nguyễn Văn An"} | values) == (old.an, {})


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"card": "0001", "name": "Trần Văn Khác"}, "card"),
        ({"card": "0001", "born": PartialDay(date(1971, 1, 1), "year")}, "born"),
        ({}, "born"),
        ({"born": PartialDay(date(1970, 4, 1), "month")}, "born"),
        ({"card": "0009", "born": BORN}, "card"),
        ({"name": "Lê Văn Không", "born": BORN}, "name"),
    ],
)
def test_nobody_is_meant(old, values, key):
    person, faults = found(**{"name": "Nguyễn Văn An"} | values)

    assert person is None
    assert list(faults) == [key]


def test_two_of_one_name_and_birthday_are_told_apart_by_their_cards(old):
    twin = factories.person(old.place, "Nguyễn Văn An", birth_date=BORN.day, card_number="0002")

    person, faults = found(name="Nguyễn Văn An", born=BORN)
    assert person is None
    assert "nhiều người khớp" in faults["card"]
    assert found(name="Nguyễn Văn An", born=BORN, card="0002") == (twin, {})


def test_a_record_merged_into_another_leads_to_it(old):
    double = factories.person(old.place, "Nguyễn Văn Ân", birth_date=date(1970, 3, 6), card_number="0007")
    double.merged_into = old.an
    double.save()

    assert found(name="Nguyễn Văn Ân", card="0007") == (old.an, {})
    assert found(name="Nguyễn Văn Ân", born=PartialDay(date(1970, 3, 6), "day")) == (old.an, {})
    assert found(name="Nguyễn Văn Ân", born=PartialDay(date(1970, 1, 1), "year")) == (old.an, {})


def test_nobody_outside_the_scope_is_found(old):
    scope = Scope.of([(Right.VIEW, ["/999/"])])

    person, faults = found(scope, card="0001", name="Nguyễn Văn An", born=BORN)

    assert person is None
    assert "trong phạm vi của bạn" in faults["name"]
