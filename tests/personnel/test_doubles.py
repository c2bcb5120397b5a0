"""Likely doubles: who is taken for one person, what the list shows, and pairs that were told apart."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.roles import Role
from common.errors import NotAllowed
from common.journal import LogEntry
from organizations.models import Organization
from organizations.scope import Right, Scope
from personnel.actions import tell_apart
from personnel.doubles import Likeness, card_key, double_pairs, doubles_of, likeness
from personnel.models import DistinctPeople, Person
from tests import factories
from tests.pages import as_board, as_role, count_queries, text_of

pytestmark = pytest.mark.django_db
LIST = reverse("personnel:doubles")
APART = reverse("personnel:tell_doubles_apart")
NAME = "Phạm Thị Mới"
BORN = date(1980, 5, 12)


@pytest.fixture
def bloc() -> Organization:
    return factories.organization(name="Đảng bộ Khối")


@pytest.fixture
def place(bloc) -> Organization:
    return factories.organization(bloc, name="Đảng bộ Sở Xây dựng")


def named(**fields) -> Person:
    return Person(**({"full_name": NAME, "birth_date": BORN, "gender": "female"} | fields))


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({}, Likeness.BIRTHDAY),
        ({"full_name": "PHAM THI MOI"}, Likeness.BIRTHDAY),
        ({"birth_date": date(1980, 5, 1), "birth_precision": "month"}, Likeness.BIRTHDAY),
        ({"birth_date": date(1980, 1, 1), "birth_precision": "year"}, Likeness.BIRTHDAY),
        ({"birth_date": date(1980, 6, 1), "birth_precision": "month"}, Likeness.YEAR),
        ({"birth_date": date(1980, 5, 13)}, Likeness.YEAR),
        ({"birth_date": date(1981, 5, 12)}, None),
        ({"full_name": "Phạm Thị Mười"}, None),
        ({"full_name": "Lê Thị Khác", "birth_date": date(1970, 1, 1), "card_number": "012.345"}, Likeness.CARD),
        ({"full_name": "Lê Thị Khác", "card_number": ""}, None),
    ],
)
def test_who_seems_to_be_one_person(other, expected):
    assert likeness(named(card_number="12345"), named(**other)) is expected
    assert likeness(named(**other), named(card_number="12345")) is expected


@pytest.mark.parametrize("spelling", ["12345", "0012345", "12.345", "012 345", "12-345"])
def test_one_card_has_many_spellings(spelling):
    assert card_key(spelling) == "12345"


def test_nobody_has_no_card_in_common():
    assert likeness(named(full_name="A B"), named(full_name="C D")) is None


def test_those_typed_are_looked_for_by_one_query(place, django_assert_num_queries):
    by_card = factories.person(place, "Lê Văn Thẻ", card_number="00.123")
    by_name = factories.person(place, NAME, birth_date=BORN)
    typed = [named(), named(full_name="Ai Đó", birth_date=date(1960, 1, 1), card_number="123"), named(full_name="X Y")]
    with django_assert_num_queries(1):
        found = doubles_of(typed, Person.objects.all())
    assert [[(double.person, double.likeness) for double in doubles] for doubles in found] == [
        [(by_name, Likeness.BIRTHDAY)],
        [(by_card, Likeness.CARD)],
        [],
    ]


class TestList:
    def test_shows_the_surest_first(self, bloc, place):
        year, card = factories.person(place, NAME, birth_date=BORN), factories.person(place, "Lê Văn Thẻ")
        factories.person(place, NAME, birth_date=date(1980, 6, 1))
        Person.objects.filter(pk=card.pk).update(card_number="0099")
        other_card = factories.person(place, "Lê Văn Thé", card_number="99", birth_date=date(1960, 1, 1))
        assert [pair[2] for pair in double_pairs(Scope.everything())] == [Likeness.CARD, Likeness.YEAR]
        page = text_of(as_board(bloc).get(LIST))
        assert page.index("Cùng số thẻ đảng viên") < page.index("Cùng họ tên và năm sinh, khác ngày sinh")
        assert (
            reverse("personnel:person_merge", args=[card.pk, other_card.pk])
            in as_board(bloc).get(LIST).content.decode()
        )
        assert year.full_name in page

    def test_is_of_the_scope_alone(self, bloc, place):
        beside = factories.organization(bloc)
        factories.person(place, NAME, birth_date=BORN)
        factories.person(beside, NAME, birth_date=BORN)
        assert "Không thấy hồ sơ nào trùng" in text_of(as_board(place).get(LIST))
        assert "Cùng họ tên" in text_of(as_board(bloc).get(LIST))

    def test_is_for_those_who_draft(self, bloc):
        for role in (Role.CONFIRMER, Role.INSPECTION, Role.LEADER):
            assert as_role(role, bloc).get(LIST).status_code == 403

    def test_the_list_of_people_leads_there_whoever_may_merge(self, bloc):
        people = reverse("personnel:person_list")
        seen = {role: as_role(role, bloc).get(people).content.decode() for role in (Role.LEADER, Role.GRASSROOTS_CLERK)}
        for address in (LIST, reverse("personnel:person_new")):
            assert address in seen[Role.GRASSROOTS_CLERK]
            assert address not in seen[Role.LEADER]

    def test_takes_the_same_few_queries_however_many(self, bloc, place):
        for _ in range(2):
            factories.person(place, NAME, birth_date=BORN)
        client = as_board(bloc)
        few = count_queries(client, LIST)
        for _ in range(6):
            factories.person(place, NAME, birth_date=BORN)
        assert count_queries(client, LIST) == few

    def test_is_paged(self, bloc, place):
        for _ in range(9):
            factories.person(place, NAME, birth_date=BORN)
        assert "1–25 trong 36 kết quả" in text_of(as_board(bloc).get(LIST))
        assert "26–36 trong 36 kết quả" in text_of(as_board(bloc).get(LIST, {"page": 2}))


class TestToldApart:
    @pytest.fixture
    def pair(self, place) -> tuple[Person, Person]:
        return tuple(factories.person(place, NAME, birth_date=BORN) for _ in range(2))

    def test_a_pair_is_not_shown_again(self, bloc, pair):
        one, other = pair
        response = as_board(bloc).post(APART, {"mot": other.pk, "hai": one.pk}, follow=True)
        assert "là hai người, không trùng" in text_of(response)
        assert "Không thấy hồ sơ nào trùng" in text_of(response)
        told = DistinctPeople.objects.get()
        assert (told.first, told.second) == (one, other)
        assert LogEntry.objects.get_for_object(told).get().additional_data["act"] == "Xác định không trùng hồ sơ"

    def test_twice_is_once(self, pair):
        one, other = pair
        assert tell_apart(one, other, by=factories.office()) == tell_apart(other, one, by=factories.office())

    def test_needs_the_right_over_both(self, bloc, place, pair):
        one, _ = pair
        beside = factories.organization(bloc)
        far = factories.person(beside, NAME, birth_date=BORN)
        with pytest.raises(NotAllowed):
            tell_apart(one, far, by=factories.holder_of(Right.VIEW, Right.DRAFT, path=place.path))
        assert as_board(place).post(APART, {"mot": one.pk, "hai": far.pk}).status_code == 404

    @pytest.mark.parametrize("sent", [{}, {"mot": "1"}, {"mot": "x", "hai": "2"}, {"mot": "1", "hai": "1"}])
    def test_nonsense_is_not_found(self, bloc, sent):
        assert as_board(bloc).post(APART, sent).status_code == 404
