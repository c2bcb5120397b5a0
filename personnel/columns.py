"""The columns that say something of a person: in the list, in its workbook, and in extract lists (trích ngang)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from common.dated import DatedRoughly, as_far_as_known, day_in_words, is_rough
from common.formats import short_day
from personnel.ages import age_in_words, retirement_in_words
from personnel.models import Person, Precision
from personnel.papers.frame import UNKNOWN
from personnel.papers.people import line_of
from regulations.retirement import RetirementTable

NONE = "—"
NO_TABLE = RetirementTable(())
Value = str | int | date | None


@dataclass(frozen=True)
class Reckoning:
    """What a column needs to know besides the person: the day looked at, and the table of ages of retirement."""

    day: date
    ages: RetirementTable = NO_TABLE


@dataclass(frozen=True)
class Column:
    """A column. `value` takes a person as PersonQuerySet.with_place_on fetches one.

    `order` are the fields to sort by, as PersonQuerySet.with_orders names them; none where a sort would say nothing.
    `missing` is shown where there is no value: not known, or nothing of the kind. What is not `usual` is asked for.
    """

    key: str
    heading: str
    width: int
    value: Callable[[Person, Reckoning], Value]
    order: Sequence[str] = ()
    missing: str = UNKNOWN
    css: str = ""
    usual: bool = False

    def shown(self, person: Person, reckoning: Reckoning) -> str:
        """Return the value as pages show it."""
        value = self.value(person, reckoning)
        if value is None or value == "":
            return self.missing
        return short_day(value) if isinstance(value, date) else str(value)


def known_day(day: date | None, precision: str) -> date | str | None:
    """Return a day, as text where only the month or the year is known."""
    if day is None or precision == Precision.DAY:
        return day
    return as_far_as_known(day, precision)


def _told(key: str) -> Callable[[Person, Reckoning], str]:
    """Return what an extract list says of the person under `key`; an empty cell where it says that nothing is known."""

    def value(person: Person, _: Reckoning) -> str:
        told = line_of(person)[key]
        return "" if told == UNKNOWN else told

    return value


def _field(name: str) -> Callable[[Person, Reckoning], str]:
    return lambda person, _: getattr(person, name)


def _doubt(row: DatedRoughly, day: date) -> str:
    """Return " (từ năm 2017, chưa chắc)" where nobody knows whether the row held on `day`; empty where it is sure."""
    ends = [("từ", row.valid_from, row.from_precision), ("đến", row.valid_to, row.to_precision)]
    rough = [f"{word} {day_in_words(end, precision)}" for word, end, precision in ends if is_rough(end, precision, day)]
    return f" ({' '.join(rough)}, chưa chắc)" if rough else ""


def _membership(person: Person, reckoning: Reckoning) -> str:
    return "; ".join(f"{each.organization_name}{_doubt(each, reckoning.day)}" for each in person.memberships_on_day)


def _seats(person: Person, reckoning: Reckoning) -> str:
    """Return the seats of each organisation, the highest in full; the organisation where it is not the person's own."""
    own = [membership.organization_name for membership in person.memberships_on_day]
    places: dict[str, list[str]] = {}
    for seat in person.seats_on_day:
        said = places.setdefault(seat.organization_name, [])
        name = seat.position.short_name if said else seat.position.name
        said.append(f"{name}{_doubt(seat, reckoning.day)}")
    return "; ".join(
        ", ".join(said) if place in own else f"{', '.join(said)} ({place})" for place, said in places.items()
    )


BY_NAME = ("sort_key", "pk")
COLUMNS: Sequence[Column] = (
    Column(
        "born",
        "Ngày sinh",
        12,
        lambda person, _: known_day(person.birth_date, person.birth_precision),
        order=("birth_date", *BY_NAME),
        css="day",
        usual=True,
    ),
    Column(
        "age",
        "Tuổi",
        7,
        lambda person, reckoning: age_in_words(person, reckoning.day),
        order=("-birth_date", *BY_NAME),
        css="num",
    ),
    Column(
        "gender",
        "Nam/Nữ",
        7,
        lambda person, _: person.get_gender_display(),
        order=("gender", *BY_NAME),
        usual=True,
    ),
    Column("ethnic_group", "Dân tộc", 9, _told("dan_toc"), order=("ethnic_group_order", *BY_NAME), usual=True),
    Column("membership", "Nơi sinh hoạt", 28, _membership, missing=NONE, usual=True),
    Column("seats", "Chức danh đang giữ", 30, _seats, missing=NONE, usual=True),
    Column("posts", "Chức vụ hiện nay", 30, _told("chuc_vu")),
    Column("card", "Số thẻ đảng viên", 14, _field("card_number"), css="day"),
    Column(
        "joined",
        "Ngày vào Đảng",
        12,
        lambda person, _: known_day(person.joined_party_on, person.joined_party_precision),
        order=("joined_order", *BY_NAME),
        css="day",
    ),
    Column(
        "official",
        "Ngày chính thức",
        12,
        lambda person, _: known_day(person.official_on, person.official_precision),
        order=("official_order", *BY_NAME),
        css="day",
    ),
    Column(
        "retirement",
        "Tháng nghỉ hưu",
        14,
        lambda person, reckoning: retirement_in_words(person, reckoning.ages),
        order=("retirement_order", *BY_NAME),
        css="day",
    ),
    Column("education", "Chuyên môn", 18, _told("chuyen_mon"), order=("education_order", *BY_NAME)),
    Column("theory", "Lý luận chính trị", 11, _told("ly_luan"), order=("political_theory_order", *BY_NAME)),
    Column("general_education", "Giáo dục phổ thông", 11, _field("general_education")),
    Column("state_management", "Quản lý nhà nước", 14, _field("state_management")),
    Column("foreign_languages", "Ngoại ngữ", 14, _field("foreign_languages")),
    Column("computer_skills", "Tin học", 14, _field("computer_skills")),
    Column("other_name", "Tên gọi khác", 16, _field("other_name"), missing=NONE),
    Column("religion", "Tôn giáo", 10, _field("religion")),
    Column("birthplace", "Nơi sinh", 22, _field("birthplace")),
    Column("hometown", "Quê quán", 22, _told("que_quan")),
    Column("residence", "Nơi ở hiện nay", 22, _field("residence")),
)
BY_KEY = {column.key: column for column in COLUMNS}
NAME_WIDTH = 22
