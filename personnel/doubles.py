"""Likely doubles: records that seem to be of one person, by the party card or by name and birthday."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from itertools import combinations
from typing import Protocol

from django.db.models import F, Q, Value
from django.db.models.functions import Replace

from common.dated import Precision
from common.vietnamese import search_key
from organizations.scope import Scope
from personnel.models import DistinctPeople, Person
from personnel.querysets import PersonQuerySet

FILLING = re.compile(r"[\s./-]")  # what offices put between the digits of a card


class Named(Protocol):
    """Whoever is compared: a record, or somebody as typed."""

    full_name: str
    birth_date: date
    birth_precision: str
    card_number: str


class Likeness(IntEnum):
    """Why two records seem to be of one person; the surest first."""

    CARD = 1
    BIRTHDAY = 2
    YEAR = 3

    @property
    def label(self) -> str:
        return {
            Likeness.CARD: "Cùng số thẻ đảng viên",
            Likeness.BIRTHDAY: "Cùng họ tên, ngày sinh khớp nhau",
            Likeness.YEAR: "Cùng họ tên và năm sinh, khác ngày sinh",
        }[self]


@dataclass(frozen=True)
class Double:
    """A record that seems to be of the same person, and why."""

    person: Person
    likeness: Likeness


@dataclass(frozen=True)
class DoublePair:
    """Two records that seem to be of one person; the older one first."""

    first: Person
    second: Person
    likeness: Likeness


def card_key(card_number: str) -> str:
    """Return a party card as two spellings of one share it: without dots, spaces, dashes and leading zeros."""
    return FILLING.sub("", card_number).lstrip("0").lower()


def births_agree(one: Named, other: Named) -> bool:
    """Whether both birthdays may be one day, as far as each is known."""
    if one.birth_date.year != other.birth_date.year:
        return False
    known = {one.birth_precision, other.birth_precision}
    if Precision.YEAR in known:
        return True
    same_month = one.birth_date.month == other.birth_date.month
    return same_month and (Precision.MONTH in known or one.birth_date.day == other.birth_date.day)


def likeness(one: Named, other: Named) -> Likeness | None:
    """Return why these two seem to be one person, None when they do not."""
    card = card_key(one.card_number)
    if card and card == card_key(other.card_number):
        return Likeness.CARD
    if search_key(one.full_name) != search_key(other.full_name) or one.birth_date.year != other.birth_date.year:
        return None
    return Likeness.BIRTHDAY if births_agree(one, other) else Likeness.YEAR


def doubles_of(typed: Sequence[Named], among: PersonQuerySet) -> list[list[Double]]:
    """Return, for each of those typed, the records among which it seems to be, the surest first. One query."""
    if not typed:
        return []
    condition = Q(pk__in=[])
    for each in typed:
        condition |= Q(search_key=search_key(each.full_name), birth_date__year=each.birth_date.year)
        if card := card_key(each.card_number):
            condition |= Q(plain_card__iendswith=card)
    found = list(_with_plain_card(among).filter(condition).order_by("pk"))
    return [_alike(each, found) for each in typed]


def tells_apart(typed: Named, double: Double) -> bool:
    """Whether the party cards of both are known and differ: whoever gives a card of their own is believed."""
    return double.likeness is not Likeness.CARD and bool(typed.card_number and double.person.card_number)


def _alike(one: Named, found: Iterable[Person]) -> list[Double]:
    doubles = [Double(other, why) for other in found if (why := likeness(one, other))]
    return sorted(doubles, key=lambda double: (double.likeness, double.person.pk))


def _with_plain_card(people: PersonQuerySet) -> PersonQuerySet:
    """Annotate `plain_card`, the party card without what stands between its digits."""
    plain = F("card_number")
    for filling in (".", " ", "-", "/"):
        plain = Replace(plain, Value(filling), Value(""))
    return people.annotate(plain_card=plain)


def double_pairs(scope: Scope) -> list[tuple[int, int, Likeness]]:
    """Return the keys of all pairs in the scope that seem to be one person and were not told apart, the surest first.

    Two queries, however many people there are.
    """
    people = list(
        Person.objects.visible_to(scope)
        .in_name_order()
        .only("pk", "full_name", "search_key", "birth_date", "birth_precision", "card_number")
    )
    apart = set(DistinctPeople.objects.values_list("first", "second"))
    found: dict[tuple[int, int], Likeness] = {}
    for group in [*_grouped(people, _name_and_year), *_grouped(people, lambda person: card_key(person.card_number))]:
        for pair in combinations(sorted(group, key=lambda person: person.pk), 2):
            key = (pair[0].pk, pair[1].pk)
            if key not in apart and (why := likeness(*pair)):
                found[key] = why
    return sorted(((*key, why) for key, why in found.items()), key=lambda pair: pair[2])


def _grouped(people: Iterable[Person], key) -> Collection[list[Person]]:
    groups: dict[object, list[Person]] = defaultdict(list)
    for person in people:
        if shared := key(person):
            groups[shared].append(person)
    return [group for group in groups.values() if len(group) > 1]


def _name_and_year(person: Person) -> tuple[str, int]:
    return person.search_key, person.birth_date.year


def loaded(pairs: Sequence[tuple[int, int, Likeness]], scope: Scope, day: date) -> list[DoublePair]:
    """Return the pairs with both people, each with its seats and memberships on `day`."""
    keys = {key for first, second, _ in pairs for key in (first, second)}
    people = Person.objects.visible_to(scope).with_place_on(day, scope).in_bulk(keys)
    return [DoublePair(people[first], people[second], why) for first, second, why in pairs]


def are_told_apart(one: Person, other: Person) -> bool:
    first, second = sorted((one.pk, other.pk))
    return DistinctPeople.objects.filter(first=first, second=second).exists()
