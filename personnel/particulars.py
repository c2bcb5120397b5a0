"""What the register says of a person itself, in the order of the profile: to show, to compare, to choose from."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from common.dated import Precision, as_far_as_known
from common.formats import short_day
from personnel.models import Person


@dataclass(frozen=True)
class Particular:
    """One fact: its key and label, the fields of Person that hold it, and how it is said ("" while nobody knows)."""

    key: str
    label: str
    fields: tuple[str, ...]
    say: Callable[[Person], str]


@dataclass(frozen=True)
class Section:
    """Particulars that belong together."""

    title: str
    particulars: Sequence[Particular]


def known_day(day: date | None, precision: str) -> str:
    """Return 05/3/1980, 3/1980 or 1980; empty while nobody knows."""
    return as_far_as_known(day, precision) if day else ""


def _text(name: str, label: str) -> Particular:
    return Particular(name, label, (name,), lambda person: getattr(person, name))


def _choice(name: str, label: str) -> Particular:
    return Particular(name, label, (name,), lambda person: getattr(person, f"get_{name}_display")() or "")


def _day(key: str, label: str, day: str, precision: str) -> Particular:
    return Particular(
        key, label, (day, precision), lambda person: known_day(getattr(person, day), getattr(person, precision))
    )


def _retirement(person: Person) -> str:
    return f"{short_day(person.retires_on)} ({person.retires_on_source})" if person.retires_on else ""


SECTIONS: Sequence[Section] = (
    Section(
        "Sơ yếu",
        (
            _text("full_name", "Họ và tên"),
            _text("other_name", "Tên gọi khác"),
            _day("birth", "Ngày sinh", "birth_date", "birth_precision"),
            _choice("gender", "Giới tính"),
            _text("ethnic_group", "Dân tộc"),
            _text("religion", "Tôn giáo"),
            _text("birthplace", "Nơi sinh"),
            _text("hometown", "Quê quán"),
            _text("residence", "Nơi ở hiện nay"),
        ),
    ),
    Section(
        "Về Đảng và công tác",
        (
            _day("joined", "Ngày vào Đảng", "joined_party_on", "joined_party_precision"),
            _day("official", "Ngày chính thức", "official_on", "official_precision"),
            _text("card_number", "Số thẻ đảng viên"),
            _text("present_post", "Chức vụ hiện nay"),
            Particular("retirement", "Nghỉ hưu theo quyết định", ("retires_on", "retires_on_source"), _retirement),
        ),
    ),
    Section(
        "Trình độ",
        (
            _text("general_education", "Giáo dục phổ thông"),
            _choice("education", "Chuyên môn"),
            _text("field_of_study", "Ngành"),
            _choice("political_theory", "Lý luận chính trị"),
            _text("state_management", "Quản lý nhà nước"),
            _text("foreign_languages", "Ngoại ngữ"),
            _text("computer_skills", "Tin học"),
        ),
    ),
)
PARTICULARS = tuple(each for section in SECTIONS for each in section.particulars)
BY_KEY: Mapping[str, Particular] = {each.key: each for each in PARTICULARS}
FIELDS = tuple(name for each in PARTICULARS for name in each.fields)


@dataclass(frozen=True)
class Pair:
    """One particular in two records, or in two versions of one record."""

    particular: Particular
    mine: str
    theirs: str

    @property
    def differs(self) -> bool:
        return self.mine != self.theirs


def compare(mine: Person, theirs: Person) -> list[Pair]:
    """Return every particular of both, in the order of the profile."""
    return [Pair(each, each.say(mine), each.say(theirs)) for each in PARTICULARS]


def values_of(person: Person, particulars: Iterable[Particular] = PARTICULARS) -> dict[str, object]:
    """Return the fields that hold these particulars, with their values."""
    return {name: getattr(person, name) for each in particulars for name in each.fields}


def edition_of(person: Person) -> str:
    """Return a mark that changes with every change of a particular, by whatever hand or import."""
    told = "\n".join(f"{name}={getattr(person, name)}" for name in FIELDS)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def contradictions(person: Person) -> list[tuple[str, str]]:
    """Return what cannot be true of a person: the key of the particular, and a sentence that says what to mend."""
    found = []
    joined, official = known_day(*_joined(person)), known_day(person.official_on, person.official_precision)
    if person.joined_party_on and person.joined_party_on <= person.birth_date:
        found.append(("joined", f"Ngày vào Đảng ({joined}) không sau ngày sinh ({person.birth_display})."))
    if person.joined_party_on and person.official_on and person.official_on < person.joined_party_on:
        found.append(("official", f"Ngày chính thức ({official}) sớm hơn ngày vào Đảng ({joined})."))
    if bool(person.retires_on) != bool(person.retires_on_source):
        sentence = "Ngày nghỉ hưu và căn cứ phải cùng ghi hoặc cùng để trống."
        found.append(("retirement", sentence))
    return found


def _joined(person: Person) -> tuple[date | None, str]:
    return person.joined_party_on, person.joined_party_precision


def not_before(day: date | None, precision: str, other: date | None) -> date | None:
    """Return the day to store for a rough one that cannot be earlier than `other`: "2017" after 15/3/2017 is that day.

    A rough day is stored as the first of its month or year, which is earlier than an exact day inside it.
    """
    if day is None or other is None or precision == Precision.DAY or day >= other:
        return day
    inside = day.year == other.year and (precision == Precision.YEAR or day.month == other.month)
    return other if inside else day
