"""The columns of the extract list (trích ngang, DOMAIN.md §10): what stands in each, and how other sheets call it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from common.formats import short_day
from personnel import columns as personnel
from personnel.papers.people import measures_in_words
from planning.filters.entries import ENTRY_STATES
from planning.models import PlanEntry

Value = str | int | date | None


@dataclass(frozen=True)
class Column:
    """A column of the list. `value` takes an entry, as `export.with_people` fetches it, and the day looked at.

    `spellings` are other headings by which it is known in a sheet that is read. What is not `usual` must be asked for.
    """

    key: str
    heading: str
    width: int
    value: Callable[[PlanEntry, date], Value]
    spellings: tuple[str, ...] = ()
    usual: bool = True


def chosen(keys: Collection[str]) -> list[Column]:
    """Return the columns of these keys in the order of the list; the usual ones when none of the keys is known."""
    found = [column for column in COLUMNS if column.key in keys]
    return found or [column for column in COLUMNS if column.usual]


def _of_person(key: str, *spellings: str, usual: bool = True) -> Column:
    """Return the column of the person's own, as the list of people shows it too."""
    about = personnel.BY_KEY[key]
    return Column(
        key,
        about.heading,
        about.width,
        lambda entry, day: about.value(entry.person, personnel.Reckoning(day)),
        spellings,
        usual,
    )


def _approved_on(entry: PlanEntry, day: date) -> date | None:
    return entry.valid_from if entry.valid_from and entry.valid_from <= day else None


def _decision(entry: PlanEntry, day: date) -> str:
    if not _approved_on(entry, day):
        return ""
    decision = entry.approval.decision
    return f"{decision.full_number}, {short_day(decision.issued_on)}"


def _measures(entry: PlanEntry, day: date) -> str:
    """Return the measures in force, as far as the person's own page may be opened."""
    if not entry.person_opens:
        return ""
    return measures_in_words(entry.person) or "Không"


COLUMNS: Sequence[Column] = (
    Column("name", "Họ và tên", 22, lambda entry, _: entry.person.full_name, ("Họ tên", "Họ và tên đảng viên")),
    _of_person("gender", "Giới tính"),
    _of_person("born", "Ngày, tháng, năm sinh", "Năm sinh"),
    _of_person("card", "Số thẻ", "Số thẻ đảng", "Số TĐV", usual=False),
    _of_person("ethnic_group"),
    _of_person("hometown"),
    _of_person("joined"),
    _of_person("official"),
    _of_person("education", "Trình độ chuyên môn"),
    _of_person("theory"),
    _of_person("posts", "Chức vụ, đơn vị công tác"),
    Column(
        "organization",
        "Tổ chức",
        26,
        lambda entry, _: entry.organization_name,
        ("Tổ chức đảng",),
    ),
    Column(
        "position",
        "Chức danh quy hoạch",
        20,
        lambda entry, _: entry.position.name,
        ("Chức danh dự kiến", "Quy hoạch chức danh"),
    ),
    Column("plan_term", "Nhiệm kỳ", 11, lambda entry, _: entry.plan_term, ("Nhiệm kỳ quy hoạch",)),
    Column(
        "object_group", "Đối tượng", 8, lambda entry, _: entry.object_group, ("Đối tượng quy hoạch", "Nhóm đối tượng")
    ),
    Column("introduced", "Ngày giới thiệu", 12, lambda entry, _: entry.introduced_on),
    Column("approved", "Ngày phê duyệt", 12, _approved_on),
    Column("decision", "Quyết định", 20, _decision, ("Quyết định phê duyệt",)),
    Column("state", "Trạng thái", 14, lambda entry, _: ENTRY_STATES[entry.state_on_day]),
    Column("measures", "Kỷ luật", 18, _measures, usual=False),
    Column("note", "Ghi chú", 18, lambda entry, _: entry.note),
)
BY_KEY = {column.key: column for column in COLUMNS}
