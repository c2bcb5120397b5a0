"""Who is meant by a card number, a name and a birthday in a row: one person of the register, or a reason why not."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Q

from common.sheets import PartialDay
from common.vietnamese import normalize, search_key
from organizations.scope import Scope
from personnel.models import Person, Precision

KEYS = ("card", "name", "born")


class People:
    """The people of the register, within a scope, who may be meant by the rows of a file."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._by_card: dict[str, list[Person]] = defaultdict(list)
        self._by_name: dict[str, list[Person]] = defaultdict(list)
        for person in people:
            self._by_name[person.search_key].append(person)
            if person.card_number:
                self._by_card[_card_key(person.card_number)].append(person)

    @classmethod
    def load(cls, rows: Iterable[Mapping[str, object]], scope: Scope) -> "People":
        """Load whoever bears one of the names or card numbers of the rows, by one query."""
        rows = list(rows)
        cards = {str(row["card"]) for row in rows if row.get("card")}
        cards |= {card.lstrip("0") for card in cards}
        names = {search_key(str(row["name"])) for row in rows if row.get("name")}
        if not (cards or names):
            return cls(())
        visible = Person.objects.visible_to(scope).order_by().values("pk")
        people = Person.objects.filter(Q(pk__in=visible) | Q(merged_into__in=visible)).select_related("merged_into")
        return cls(people.filter(Q(card_number__in=cards) | Q(search_key__in=names)).order_by("sort_key", "pk"))

    def all(self) -> list[Person]:
        """Return everybody who was loaded."""
        return list({person.pk: person for people in self._by_name.values() for person in people}.values())

    def bearing(self, name: str) -> list[Person]:
        """Return whoever bears the name, accents and case aside."""
        return self._by_name.get(search_key(name), [])

    def bearing_card(self, card: str) -> list[Person]:
        """Return whose card it is, spaces and zeros before it aside."""
        return self._by_card.get(_card_key(card), []) if card else []

    def find(self, values: Mapping[str, object], faults: dict[str, str]) -> Person | None:
        """Return who is meant by the `card`, `name` and `born` of a row; else say in `faults` which cell is wrong.

        A card number decides, as long as name and birthday do not speak against it; without one, name and birthday
        must fit one person alone. A birthday known in part agrees with all that it may be. Whoever is named as in a
        record that was merged into another is the person of the other.
        """
        if any(key in faults for key in KEYS):
            return None
        card, name, born = str(values.get("card") or ""), str(values.get("name") or ""), values.get("born")
        owners = self.bearing_card(card)
        if owners:
            found = self._checked(_best(owners, card, name), name, born, faults)
        else:
            found = self._by_name_and_birthday(card, name, born, faults)
        return found and (found.merged_into or found)

    def _checked(self, owner: Person, name: str, born: PartialDay | None, faults: dict[str, str]) -> Person | None:
        if name and owner.search_key != search_key(name):
            faults["card"] = f"Trong sổ, số thẻ này là của {_described(owner)}. Hãy sửa số thẻ, hoặc sửa họ tên."
        elif born and not _agrees(owner, born):
            faults["born"] = (
                f"Trong sổ, đồng chí {owner.full_name} có số thẻ này sinh {owner.birth_display}. Hãy sửa ngày sinh, "
                "hoặc sửa trong sổ nếu sổ ghi sai."
            )
        else:
            return owner
        return None

    def _by_name_and_birthday(
        self, card: str, name: str, born: PartialDay | None, faults: dict[str, str]
    ) -> Person | None:
        namesakes = self._by_name.get(search_key(name), [])
        if not namesakes:
            faults["name"] = (
                f"Không có đồng chí nào tên “{name}” trong sổ, trong phạm vi của bạn. Hãy nhập đảng viên trước."
            )
            return None
        if born is None:
            faults["born"] = "Không có số thẻ đảng viên của ai trong sổ thì phải ghi ngày sinh để biết chắc là ai."
            return None
        alike = [person for person in namesakes if _agrees(person, born)]
        spelt = [each for each in alike if normalize(each.full_name).casefold() == normalize(name).casefold()]
        meant = list({(person.merged_into or person).pk: person for person in spelt or alike}.values())
        if not meant:
            faults["born"] = (
                f"Trong sổ có {_listed(namesakes)}; ngày sinh trong tệp không khớp. Hãy sửa ngày sinh, hoặc sửa trong "
                "sổ nếu sổ ghi sai."
            )
        elif len(meant) > 1:
            faults["card"] = f"Trong sổ có nhiều người khớp: {_listed(meant)}. Hãy ghi số thẻ đảng viên để phân biệt."
        elif card and meant[0].card_number:
            faults["card"] = (
                f"Số thẻ trong sổ của đồng chí {meant[0].full_name} là {meant[0].card_number}. Hãy sửa số thẻ, hoặc "
                "xem lại có đúng người không."
            )
        else:
            return meant[0]
        return None


def _best(owners: Iterable[Person], card: str, name: str) -> Person:
    """Return whose card it is; Excel may have taken the zeros before it, so a namesake's comes first."""
    return min(
        owners, key=lambda person: (person.card_number != card, person.search_key != search_key(name), person.pk)
    )


def _card_key(card: str) -> str:
    return search_key(card).replace(" ", "").lstrip("0")


def _agrees(person: Person, born: PartialDay) -> bool:
    """Whether both may be the same birthday, as far as either is known."""
    ours, theirs = person.birth_date, born.day
    known = {person.birth_precision, born.precision}
    if ours.year != theirs.year or Precision.YEAR in known:
        return ours.year == theirs.year
    return ours.month == theirs.month and (Precision.MONTH in known or ours.day == theirs.day)


def _described(person: Person) -> str:
    return f"{person.full_name}, sinh {person.birth_display}"


def _listed(people: Iterable[Person]) -> str:
    return "; ".join(_described(person) for person in people)
