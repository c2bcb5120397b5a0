"""A person entered in the row that needs them: who is not in the register yet."""

from collections.abc import Sequence
from datetime import date

from django import forms

from common.vietnamese import normalize, search_key
from personnel.doubles import Double
from personnel.forms.fields import BirthField, OfferedField, readable
from personnel.models import Gender, Person


class NewcomerForm(forms.Form):
    """A party member who is not in the register yet."""

    full_name = forms.CharField(label="Họ và tên", max_length=120, required=False)
    birth = BirthField(label="Ngày sinh")
    gender = OfferedField(Gender.choices, label="Giới tính")
    ethnic_group = forms.CharField(label="Dân tộc", max_length=40, required=False, initial="Kinh")
    card_number = forms.CharField(label="Số thẻ đảng viên (nếu có)", max_length=20, required=False)
    is_other = forms.BooleanField(label="Đã xem, đồng chí này là người khác", required=False)

    doubles: Sequence[Double] = ()  # records that the newcomer seems to be

    @property
    def particulars(self) -> list[forms.BoundField]:
        """The fields that are always asked; whether it is somebody else only once records alike are found."""
        return [field for field in self if field.name != "is_other"]

    def clean(self) -> dict[str, object]:
        """Name what is missing; whoever is entered needs a name of at least two words, a birthday and a gender."""
        cleaned = super().clean()
        if "full_name" in cleaned and len(cleaned["full_name"].split()) < 2:
            self.add_error("full_name", "Hãy nhập đủ họ và tên.")
        if "birth" in cleaned and not cleaned["birth"]:
            self.add_error("birth", "Hãy nhập ngày sinh.")
        if "gender" in cleaned and not cleaned["gender"]:
            self.add_error("gender", "Hãy chọn giới tính.")
        return cleaned

    @property
    def is_blank(self) -> bool:
        return not any((self[name].value() or "").strip() for name in ("full_name", "birth", "card_number"))

    def person(self) -> Person | None:
        """Return the person as typed, not saved; None while name or birthday is missing."""
        typed = readable(self)
        if not typed.get("full_name") or not typed.get("birth"):
            return None
        born, precision = typed["birth"]
        person = Person(
            full_name=normalize(typed["full_name"]),
            birth_date=born,
            birth_precision=precision,
            gender=typed.get("gender") or Gender.MALE,
            ethnic_group=normalize(typed.get("ethnic_group") or "Kinh"),
            card_number=typed.get("card_number") or "",
        )
        person.discipline_on_day = None
        return person


def name_and_birthday(person: Person) -> tuple[str, date]:
    """Return what namesakes born on one day share; a party card tells them apart."""
    return search_key(person.full_name), person.birth_date


def united(typed: Sequence[Person]) -> list[Person]:
    """Return whom each of the newcomers typed in one form is: those of one name and birthday are one person.

    He bears the card that one of them names. Different cards make different people, and whoever then bears none is
    taken for the first of them. Each gets a key that no record bears.
    """
    cards: dict[tuple[str, date], str] = {}
    for each in typed:
        key = name_and_birthday(each)
        cards[key] = cards.get(key) or each.card_number
    people: dict[tuple, Person] = {}
    for each in typed:
        key = name_and_birthday(each)
        each.card_number = each.card_number or cards[key]
        people.setdefault((key, each.card_number), each)
    for number, person in enumerate(people.values(), start=1):
        person.pk = -number
    return [people[name_and_birthday(each), each.card_number] for each in typed]
