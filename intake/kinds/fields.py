"""What the sheets of history have in common: how cells are read, how records are written into the same cells again."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial

from common.dated import Precision, as_far_as_known
from common.formats import short_day
from common.sheets import Cell, day, full_day, one_of, text
from common.vietnamese import search_key
from intake.kinds.base import Column, Listed, SheetSpec
from intake.papers import CitedIn, number_of
from organizations.models import Position
from personnel.models import Person

KNOWN = (
    "Trong sổ ghi “{old}”. Phần này đã có trong sổ nên không sửa bằng tệp được. "
    "Hãy sửa ô này, hoặc đính chính trong sổ."
)
Reader = Callable[[Cell], object]


def day_cell(known: date | None, precision: str = Precision.DAY) -> date | str | None:
    """Return a day for a cell: a real day, or as much of it as is known."""
    return known if known is None or precision == Precision.DAY else as_far_as_known(known, precision)


def text_of(longest: int) -> Reader:
    return partial(text, longest=longest)


def choice_of(choices: Iterable[tuple[object, str]]) -> Reader:
    """Return a reader of choices by their labels; those spelt as they drop down are known at once."""
    choices = list(choices)
    known = {label: value for value, label in choices} | {label.replace(",", ""): value for value, label in choices}

    def read(cell: Cell) -> object:
        return known[cell.value] if cell.value in known else one_of(cell, choices)

    return read


def code_of_organization(cell: Cell) -> str:
    return text(cell, longest=20)


def labels(choices: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return what drops down for the choices; Excel takes a comma for the end of one, and readers do not miss it."""
    return tuple(label.replace(",", "") for _, label in choices)


def cited_columns(at: CitedIn, what: str, *, must: bool = False) -> tuple[Column, ...]:
    """Return the three columns that cite a paper: "Số quyết định", "Ngày quyết định", "Cơ quan ban hành quyết định"."""
    return (
        Column(
            key=at.number,
            heading=f"Số {what}",
            spellings=(f"Số, ký hiệu {what}", f"Số hiệu {what}"),
            width=16,
            note="Số, ký hiệu như in trên văn bản: 812-QĐ/ĐUK. Quy định thì ghi: Quy định 15-QĐ/TU.",
            must=must,
            as_typed=True,
            reader=number_of,
        ),
        Column(
            key=at.day, heading=f"Ngày {what}", spellings=(f"Ngày ký {what}",), width=12, must=must, reader=full_day
        ),
        Column(
            key=at.issuer,
            heading=f"Cơ quan ban hành {what}",
            spellings=(f"Nơi ban hành {what}",),
            width=20,
            note="Mã của tổ chức đảng trong sổ; cơ quan ngoài sổ thì ghi tên như in trên văn bản.",
            must=must,
            as_typed=True,
            reader=text_of(255),
        ),
    )


class Positions:
    """The catalogue of positions, read from a cell by name or short name."""

    def __init__(self) -> None:
        self.by_code = {position.code: position for position in Position.objects.all()}
        self._named = [(each, each.name) for each in self.by_code.values()]
        self._short = [(each, each.short_name) for each in self.by_code.values()]
        self._by_name = {each.name: each for each in self.by_code.values()}
        self._short_keys = {search_key(label) for _, label in self._short}

    def read(self, cell: Cell) -> Position | None:
        """Return the position that the cell names. Raises `CellError`."""
        if cell.value in self._by_name:
            return self._by_name[cell.value]
        return one_of(cell, self._short if search_key(cell.shown) in self._short_keys else self._named)


def shown(value: object) -> str:
    """Return a cell's value as a comparison shows it."""
    if value is None:
        return ""
    return short_day(value) if isinstance(value, date) else str(value)


def differences(
    columns: Iterable[Column], old: Mapping[str, object], new: Mapping[str, object]
) -> list[tuple[str, str, str]]:
    """Return (heading, old, new) where the row says otherwise than the register; an empty cell says nothing."""
    return [
        (column.heading, shown(old.get(column.key)), shown(new.get(column.key)))
        for column in columns
        if shown(new.get(column.key)) and shown(new.get(column.key)) != shown(old.get(column.key))
    ]


def person_cells(person: Person) -> dict[str, object]:
    return {
        "card": person.card_number,
        "name": person.full_name,
        "born": day_cell(person.birth_date, person.birth_precision),
    }


PERSON_COLUMNS = (
    Column(
        key="card",
        heading="Số thẻ đảng viên",
        spellings=("Số thẻ", "Số thẻ đảng", "Số TĐV"),
        width=14,
        note="Có số thẻ thì tìm theo số thẻ; không có thì tìm theo họ tên và ngày sinh.",
        as_typed=True,
        reader=text_of(20),
    ),
    Column(
        key="name",
        heading="Họ và tên",
        spellings=("Họ tên", "Họ và tên đảng viên", "Đồng chí"),
        width=22,
        must=True,
        reader=text_of(120),
    ),
    Column(
        key="born",
        heading="Ngày sinh",
        spellings=("Ngày, tháng, năm sinh", "Năm sinh"),
        width=12,
        note="Ghi như 05/3/1980; chỉ biết đến đâu ghi đến đó: 3/1980 hoặc 1980.",
        as_typed=True,
        reader=day,
    ),
)
ORGANIZATION_COLUMN = Column(
    key="organization",
    heading="Mã tổ chức đảng",
    spellings=("Mã tổ chức", "Mã đơn vị"),
    width=14,
    note="Mã của tổ chức trong sổ, như CS-04.",
    must=True,
    as_typed=True,
    reader=text_of(20),
)


def tell_new(
    each: Listed, spec: SheetSpec, old: dict, said: dict, *, may_change: tuple[str, ...] = (), but: tuple[str, ...] = ()
) -> None:
    """Set the differences of a row that adds to a record: what the register leaves empty, and what may change.

    What else differs from the register is a fault.
    """
    columns = [column for column in spec.columns if column.key not in but]
    headings = {column.heading: column.key for column in columns}
    for heading, before, after in differences(columns, old, said):
        if before and headings[heading] not in may_change:
            each.fault(headings[heading], KNOWN.format(old=before))
        else:
            each.differences.append((heading, before, after))


def require_same(each: Listed, spec: SheetSpec, old: dict, said: dict, *, but: tuple[str, ...] = ()) -> None:
    """Say which cells tell otherwise than the register of what has been decided."""
    columns = [column for column in spec.columns if column.key not in but]
    headings = {column.heading: column.key for column in columns}
    for heading, before, _ in differences(columns, old, said):
        each.fault(headings[heading], KNOWN.format(old=before or "để trống"))
