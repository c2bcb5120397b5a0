"""What a workbook of people to introduce comes to: who is new or planned already, what is wrong, what rules say."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from common.sheets import Cell, CellError, PartialDay, day, filled, one_of, text
from common.vietnamese import search_key
from organizations.models import Organization, Position
from organizations.scope import Scope
from personnel.models import Gender, Person
from planning.filters.entries import ENTRY_STATES
from planning.introducing import Addition, Outcome, outcome_of
from planning.models import GROUP_OF_POSITION, PlanEntry, PlanningRound
from planning.sheets.people import NotMeant, Register
from planning.sheets.typed import EXAMPLE, Typed, TypedRow, is_marked_example

OBJECT_GROUPS = [*PlanEntry._meta.get_field("object_group").choices, (1, "1"), (2, "2")]
Seat = tuple[int, str]  # a person and a position


@dataclass
class Listed:
    """A row of the sheet as it is understood. `person` and `position` are None where they are not.

    `standing` is the entry, in the plan or introduced already, that the row names.
    """

    row: TypedRow
    person: Person | None = None
    born: PartialDay | None = None
    position: Position | None = None
    object_group: int = 1
    note: str = ""
    standing: PlanEntry | None = None
    faults: dict[str, str] = field(default_factory=dict)  # what is wrong, by the key of the column

    @property
    def is_new(self) -> bool:
        return not self.faults and self.standing is None

    @property
    def state(self) -> str:
        return "error" if self.faults else "new" if self.is_new else "standing"

    @property
    def told_faults(self) -> list[tuple[str, str]]:
        """What is wrong: the column, and why, with what stands there and what would be right."""
        return [(self.row[key].heading.rstrip(" *"), reason) for key, reason in self.faults.items()]

    @property
    def label(self) -> str:
        if self.faults:
            return "Có lỗi"
        if self.standing is None:
            return "Mới"
        return "Đã trong quy hoạch" if self.standing.valid_from else "Đã giới thiệu"

    @property
    def differences(self) -> list[str]:
        """Where the register says otherwise than the sheet, and stays as it is."""
        told = []
        if self.person and self.person.full_name != self.row["name"].shown:
            told.append(f"Tên trong tệp: {self.row['name'].shown}")
        if self.person and self.born and self.person.birth_precision != self.born.precision:
            told.append(f"Ngày sinh trong tệp: {self.row['born'].shown}")
        if self.standing and self.standing.object_group != self.object_group and not self.row["object_group"].is_empty:
            told.append(f"Trong sổ là đối tượng {self.standing.object_group}, không thay đổi")
        return told


@dataclass(frozen=True)
class Preview:
    """A sheet as it would be taken in on `day`. `outcome` is what the rules say then; None when nobody is new."""

    typed: Typed
    day: date
    listed: Sequence[Listed]
    outcome: Outcome | None

    @property
    def new(self) -> list[Listed]:
        return [each for each in self.listed if each.is_new]

    @property
    def standing(self) -> list[Listed]:
        return [each for each in self.listed if each.state == "standing"]

    @property
    def wrong(self) -> list[Listed]:
        return [each for each in self.listed if each.faults]

    @property
    def people(self) -> int:
        """How many people are new; one may be introduced for several positions."""
        return len({each.person.pk for each in self.new})

    @property
    def additions(self) -> list[Addition]:
        return [Addition(each.person, each.position, each.object_group, each.note) for each in self.new]

    @property
    def can_go_on(self) -> bool:
        return bool(self.new) and not self.wrong


def understand(
    typed: Typed, planning_round: PlanningRound, organization: Organization, *, scope: Scope, on: date
) -> Preview:
    """Return what introducing those in the sheet on the day `on` comes to, by a fixed number of queries."""
    reader = _Reader(planning_round, organization, on)
    listed = [reader.read(row) for row in typed.rows]
    words = {word for row in typed.rows for word in (row["name"].shown, row["card"].shown.replace(" ", ""))}
    register = Register(scope, on, words)
    for each in listed:
        _find_person(each, register)
    _compare_with_plan(listed, planning_round, organization)
    preview = Preview(typed, on, listed, None)
    if not preview.new:
        return preview
    return replace(preview, outcome=outcome_of(planning_round, organization, preview.additions, on))


class _Reader:
    """Reads the cells of a row, each by itself."""

    def __init__(self, planning_round: PlanningRound, organization: Organization, on: date) -> None:
        self.positions = {position.pk: position for position in Position.objects.filter(pk__in=GROUP_OF_POSITION)}
        named = [(position.pk, position.name) for position in self.positions.values()]
        short = [(position.pk, position.short_name) for position in self.positions.values()]
        names = {organization.name, organization.short_name, organization.code}
        names.update(*organization.versions.values_list("name", "short_name"))
        self.readers: Mapping[str, Callable[[Cell], object]] = {
            "number": _no_example,
            "name": lambda cell: text(filled(cell), longest=120),
            "born": lambda cell: day(filled(cell)),
            "card": _card,
            "gender": partial(one_of, choices=Gender.choices),
            "position": partial(_position, named=named, short=short),
            "object_group": partial(one_of, choices=OBJECT_GROUPS),
            "note": partial(text, longest=300),
            "organization": partial(_same, wanted=names, here=organization.name),
            "plan_term": partial(_same, wanted={planning_round.plan_term}, here=f"nhiệm kỳ {planning_round.plan_term}"),
            "state": _not_removed,
        }

    def read(self, row: TypedRow) -> Listed:
        listed = Listed(row)
        values = {}
        for key, reader in self.readers.items():
            try:
                values[key] = reader(row[key])
            except CellError as error:
                listed.faults[key] = error.reason
        listed.born = values.get("born")
        listed.position = self.positions.get(values.get("position"))
        listed.object_group = values.get("object_group") or 1
        listed.note = values.get("note") or ""
        return listed


def _no_example(cell: Cell) -> str:
    if is_marked_example(cell):
        raise CellError(cell, f"Dòng này còn ghi “{EXAMPLE}”. Hãy ghi số thứ tự nếu là người cần giới thiệu.")
    return cell.shown


def _card(cell: Cell) -> str:
    """Return a card number without the spaces in it."""
    return text(cell, longest=20).replace(" ", "")


def _position(cell: Cell, named: list[tuple[str, str]], short: list[tuple[str, str]]) -> str:
    """Return the code of a position; its short name is understood too, but not offered."""
    known = {search_key(label) for _, label in short}
    return one_of(filled(cell), short if search_key(cell.shown) in known else named)


def _same(cell: Cell, wanted: set[str], here: str) -> None:
    """Raise `CellError` when the cell says that the row is meant for another organisation, or another plan term."""
    found = text(cell)
    if found and search_key(found) not in map(search_key, wanted):
        raise CellError(
            cell, f"Dòng này ghi “{found}”, còn đây là nhập cho {here}. Hãy bỏ dòng này, hoặc sửa ô này nếu ghi sai."
        )


def _not_removed(cell: Cell) -> None:
    if search_key(text(cell)) == search_key(ENTRY_STATES["removed"]):
        raise CellError(
            cell, "Dòng này là người đã đưa ra khỏi quy hoạch. Hãy bỏ dòng, hoặc sửa ô này nếu giới thiệu lại."
        )


def _find_person(listed: Listed, register: Register) -> None:
    row = listed.row
    if {"name", "born", "card"} & listed.faults.keys():
        return
    try:
        listed.person = register.person(row["name"].shown, listed.born, _card(row["card"]))
    except NotMeant as error:
        listed.faults[error.key] = error.reason
        return
    gender = one_of(row["gender"], Gender.choices) if "gender" not in listed.faults else None
    if gender and gender != listed.person.gender:
        ours = listed.person.get_gender_display()
        listed.faults["gender"] = (
            f"Trong sổ, đồng chí {listed.person.full_name} là {ours}. Hãy xem lại có đúng người không."
        )


def _compare_with_plan(listed: Sequence[Listed], planning_round: PlanningRound, organization: Organization) -> None:
    """See which rows name somebody who is planned already, which repeat another row, which come too late."""
    there = PlanEntry.objects.filter(
        organization=organization, plan_term=planning_round.plan_term, valid_to__isnull=True
    )
    standing: dict[Seat, PlanEntry] = {(entry.person_id, entry.position_id): entry for entry in there}
    live = planning_round.approvals.live().filter(organization=organization)
    submitted = set(live.values_list("group", flat=True))
    seen: dict[Seat, int] = {}
    for each in listed:
        if not (each.person and each.position):
            continue
        seat = (each.person.pk, each.position.pk)
        group = GROUP_OF_POSITION[each.position.pk]
        each.standing = standing.get(seat)
        if seat in seen:
            each.faults["position"] = f"Đồng chí này và chức danh này đã có ở dòng {seen[seat]}. Hãy bỏ một dòng."
        elif each.standing is None and group in submitted:
            each.faults["position"] = (
                f"Quy hoạch {group.label} đã được trình trong đợt này nên không giới thiệu thêm được. Hãy bỏ dòng này."
            )
        seen.setdefault(seat, each.row.line)
