"""Who is meant by a name, a birthday and a card number in a sheet: one person of the register, or a reason why not."""

from collections.abc import Iterable
from datetime import date

from common.sheets import PartialDay
from common.vietnamese import normalize, search_key
from organizations.scope import Scope
from personnel.forms.choices import Choices, describe
from personnel.models import Person, Precision


class NotMeant(Exception):
    """Nobody, or more than one, is meant. `key` names the column to mend; the message says how."""

    def __init__(self, key: str, reason: str) -> None:
        self.key = key
        self.reason = reason
        super().__init__(reason)


class Register:
    """The people of the register, within the scope, who bear one of the names or card numbers of a sheet."""

    def __init__(self, scope: Scope, day: date, words: Iterable[str]) -> None:
        choices = Choices(scope, day)
        choices.load_people((), words)
        self.people = sorted(choices.people.values(), key=lambda person: (person.sort_key, person.pk))

    def person(self, name: str, born: PartialDay, card: str = "") -> Person:
        """Return who is meant: whose card it is, or else the only one of that name and birthday.

        Accents and case of the name do not matter, unless they tell two people apart; a birthday known in part, here or
        in the register, agrees with all it may be. Raises `NotMeant`.
        """
        owner = self._owner(card, name)
        if owner:
            return _checked(owner, name, born, card)
        namesakes = [person for person in self.people if person.search_key == search_key(name)]
        alike = [person for person in namesakes if _agrees(person, born)]
        spelt = [person for person in alike if normalize(person.full_name).casefold() == normalize(name).casefold()]
        meant = spelt or alike
        if not meant:
            raise _unknown(name, namesakes)
        if len(meant) > 1:
            raise NotMeant("name", f"Trong sổ có nhiều người khớp: {_listed(meant)}. {TELL_APART}")
        if card and meant[0].card_number:
            raise NotMeant(
                "card",
                f"Số thẻ trong sổ của đồng chí {meant[0].full_name} là {meant[0].card_number}, không phải {card}. "
                "Hãy sửa số thẻ, hoặc xem lại có đúng người không.",
            )
        return meant[0]

    def _owner(self, card: str, name: str) -> Person | None:
        """Return whose card it is. Excel may have taken the zeros before it, so a namesake's comes first."""
        owners = [person for person in self.people if card and _is_card(card, person.card_number)]
        owners.sort(key=lambda person: (person.card_number != card, person.search_key != search_key(name)))
        return next(iter(owners), None)


TELL_APART = "Hãy ghi số thẻ đảng viên để phân biệt, hoặc giới thiệu riêng người này trên trang Giới thiệu."


def _checked(owner: Person, name: str, born: PartialDay, card: str) -> Person:
    """Return the one whose card it is, if name and birthday do not say that somebody else is meant."""
    if owner.search_key != search_key(name):
        raise NotMeant("card", f"Số thẻ {card} trong sổ là của {_described(owner)}. Hãy sửa số thẻ, hoặc sửa họ tên.")
    if not _agrees(owner, born):
        who = f"đồng chí {owner.full_name} có số thẻ {card} sinh {owner.birth_display}"
        raise NotMeant("born", f"Trong sổ, {who}. Hãy sửa ngày sinh, hoặc sửa trong sổ nếu sổ ghi sai.")
    return owner


def _unknown(name: str, namesakes: list[Person]) -> NotMeant:
    if namesakes:
        wrong = f"Trong sổ có {_listed(namesakes)}; ngày sinh trong tệp không khớp."
        return NotMeant("born", f"{wrong} Hãy sửa ngày sinh, hoặc sửa trong sổ nếu sổ ghi sai.")
    return NotMeant(
        "name",
        f"Không có đồng chí nào tên “{name}” trong sổ, trong phạm vi của bạn. "
        "Hãy kiểm tra họ tên; người mới thì ghi vào sổ đảng viên trước rồi nhập lại.",
    )


def _agrees(person: Person, born: PartialDay) -> bool:
    """Whether both may be the same birthday, as far as either is known."""
    ours, theirs = person.birth_date, born.day
    known = {person.birth_precision, born.precision}
    if ours.year != theirs.year or Precision.YEAR in known:
        return ours.year == theirs.year
    return ours.month == theirs.month and (Precision.MONTH in known or ours.day == theirs.day)


def _is_card(typed: str, registered: str) -> bool:
    """Whether it is the same number, dots and spaces aside; Excel may have taken the zeros before it."""
    ours, theirs = (search_key(number).replace(" ", "").lstrip("0") for number in (registered, typed))
    return ours == theirs != ""


def _listed(people: list[Person]) -> str:
    return "; ".join(_described(person) for person in people)


def _described(person: Person) -> str:
    return describe(person).replace(f"sinh {person.birth_date.year}", f"sinh {person.birth_display}")
