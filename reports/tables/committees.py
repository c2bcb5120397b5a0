"""The committee lists: who sits in the chosen body of each organisation on the day, one line (trích ngang) for each."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.db.models import prefetch_related_objects

from common.dated import Precision
from common.formats import padded
from organizations.models import BodyKind, OrganizationVersion, Term
from organizations.tree import BodyCount
from personnel.ages import retirement_basis
from personnel.columns import BY_KEY, Reckoning
from personnel.models import Holding, Person
from personnel.papers.people import measures_in_words, seats_and_measures
from personnel.seats import Seat, retiring_in, seats_of
from planning.models import PlanEntry
from regulations.retirement import RetirementTable
from reports.dashboards.stock import Seats, read_seats
from reports.frame import Frame
from reports.tables.base import UNKNOWN, Cell, Column, Group, Row, StandardTable, Table, Value
from reports.tables.places import BODY_CHOICES, BODY_SLUGS, PlaceOptions, body_name, organizations_of, without_term

NAME = Column("person", "Họ và tên", 22)
PLANNED = "planned"


@dataclass(frozen=True)
class Line:
    """Somebody in the body, with all that the columns ask.

    `titles` are the highest position in the committee of the organisation, then that in its inspection committee.
    """

    seat: Seat
    titles: Sequence[Holding]
    term: Term
    reckoning: Reckoning
    planned: Sequence[PlanEntry]

    @property
    def person(self) -> Person:
        return self.seat.person


@dataclass(frozen=True)
class Shown:
    """A column that can be chosen. What is not `usual` is asked for."""

    column: Column
    value: Callable[[Line], Value]
    usual: bool = True


def _of_person(key: str, width: int | None = None, *, heading: str = "") -> Shown:
    known = BY_KEY[key]
    column = Column(key, heading or known.heading, width or known.width, css=known.css, missing=known.missing)
    return Shown(column, lambda line: known.value(line.person, line.reckoning))


def _since(line: Line) -> Value:
    first = line.titles[0]
    return first.valid_from if first.from_precision == Precision.DAY else first.from_display


def _planned(line: Line) -> str:
    return "; ".join(f"{each.position} {each.organization_name} {each.plan_term}" for each in line.planned)


def _note(line: Line) -> str:
    retiring = retiring_in(line.term, line.person, line.reckoning.ages)
    notes = []
    if retiring:
        notes.append(f"{'Nghỉ hưu' if retiring.is_sure else 'Có thể nghỉ hưu'} trước hết nhiệm kỳ")
    if any(holding.is_unsure_on(line.reckoning.day) for holding in line.seat.holdings):
        notes.append("Ngày giữ chức danh chỉ biết tháng hoặc năm, có thể không đúng vào ngày này")
    return "; ".join(notes)


COLUMNS: Sequence[Shown] = (
    _of_person("gender"),
    _of_person("born"),
    _of_person("ethnic_group"),
    _of_person("hometown"),
    _of_person("joined"),
    _of_person("official"),
    _of_person("education"),
    _of_person("theory"),
    _of_person("posts", heading="Chức vụ hiện nay (Đảng, chính quyền)"),
    Shown(
        Column("title", "Chức danh trong cấp ủy", 22),
        lambda line: ", ".join(holding.position.name for holding in line.titles),
    ),
    Shown(Column("since", "Giữ chức danh từ ngày", 12, css="day"), _since),
    Shown(
        Column("method", "Hình thức", 12, missing=UNKNOWN),
        lambda line: line.titles[0].get_method_display(),
        usual=False,
    ),
    Shown(Column("rating", "Xếp loại 3 năm gần nhất", 14, missing=UNKNOWN), lambda line: None, usual=False),
    Shown(Column("discipline", "Kỷ luật", 18), lambda line: measures_in_words(line.person), usual=False),
    _of_person("retirement"),
    Shown(Column(PLANNED, "Chức danh quy hoạch", 28), _planned, usual=False),
    Shown(Column("note", "Ghi chú", 20), _note, usual=False),
)


class ColumnsField(forms.MultipleChoiceField):
    """Columns to choose; where none is chosen, the usual ones."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: object) -> list[str]:
        return super().clean(value) or list(self.initial)

    def bound_data(self, data: object, initial: object) -> object:
        return data or initial


class CommitteeOptions(PlaceOptions):
    ban = forms.ChoiceField(label="Cơ quan", choices=BODY_CHOICES, required=False)
    cot = ColumnsField(
        label="Cột",
        choices=[(each.column.key, each.column.heading) for each in COLUMNS],
        initial=[each.column.key for each in COLUMNS if each.usual],
        required=False,
        help_text="Chức danh quy hoạch chỉ hiện với người được xem danh sách quy hoạch.",
    )
    field_order = ("ban", "cap", "cot")

    def chosen_words(self) -> Iterable[str]:
        return [dict(BODY_CHOICES)[self.cleaned_data["ban"] or BODY_CHOICES[0][0]]]


def make(frame: Frame, options: Mapping[str, object]) -> Table:
    """Return who sits in the body chosen, by organisation; six queries, one more with the posts planned for."""
    kind = BODY_SLUGS[options.get("ban") or BODY_CHOICES[0][0]]
    shown = _shown(options, frame)
    places = organizations_of(frame, options)
    seats = read_seats([place.organization_id for place in places], frame.scope, frame.day)
    holdings = [each for here in seats.values() for each in here.holdings if each.body.kind == kind]
    prefetch_related_objects(holdings, *seats_and_measures(frame.day, frame.scope))
    reckoning = Reckoning(frame.day, RetirementTable.load())
    names_planned = any(each.column.key == PLANNED for each in shown)
    planned = _read_planned(holdings, frame) if names_planned else {}
    seated = [(place, seats[place.organization_id]) for place in places if place.organization_id in seats]
    groups = [
        Group(_title(place, here, kind), [_row(line, shown) for line in lines], len(lines))
        for place, here in seated
        if (lines := list(_lines(here, kind, reckoning, planned)))
    ]
    return Table(
        columns=[NAME, *(each.column for each in shown)],
        groups=groups,
        unit="đồng chí",
        notes=[
            *_on_counts(holdings, groups),
            *_on_nobody(seated, kind),
            *without_term(places, seats),
            *_on_columns(shown, reckoning, options),
        ],
        names_planned_people=names_planned,
    )


def _shown(options: Mapping[str, object], frame: Frame) -> list[Shown]:
    """Return the columns chosen, in their own order; the posts planned for only with the right to their names."""
    chosen = options.get("cot") or [each.column.key for each in COLUMNS if each.usual]
    shown = [each for each in COLUMNS if each.column.key in chosen]
    return [each for each in shown if each.column.key != PLANNED or frame.shows_plan_names]


def _read_planned(holdings: Iterable[Holding], frame: Frame) -> dict[int, list[PlanEntry]]:
    """Return the posts for which people are in a plan on the day, by person. One query."""
    people = {holding.person_id for holding in holdings}
    entries = PlanEntry.objects.visible_to(frame.scope).as_of(frame.day).filter(person__in=people)
    entries = entries.select_related("position", "organization").with_organization_name(frame.day)
    planned: dict[int, list[PlanEntry]] = defaultdict(list)
    for entry in entries.order_by("plan_term", "position__rank", "pk"):
        planned[entry.person_id].append(entry)
    return planned


def _lines(here: Seats, kind: str, reckoning: Reckoning, planned: Mapping[int, Sequence[PlanEntry]]) -> Iterator[Line]:
    in_body = [holding for holding in here.holdings if holding.body.kind == kind]
    theirs: dict[int, list[Holding]] = defaultdict(list)
    for holding in here.holdings:
        theirs[holding.person_id].append(holding)
    for seat in seats_of(in_body, here.holdings):
        key = seat.person.pk
        yield Line(seat, _titles(theirs[key], kind), here.term, reckoning, planned.get(key, ()))


def _titles(held: Iterable[Holding], kind: str) -> list[Holding]:
    """Return the highest position in the committee, then in the inspection committee; in the list of that one alone."""
    inspection = [holding for holding in held if holding.body.kind == BodyKind.INSPECTION]
    if kind == BodyKind.INSPECTION:
        return inspection[:1]
    return [*[holding for holding in held if holding not in inspection][:1], *inspection[:1]]


def _row(line: Line, shown: Iterable[Shown]) -> Row:
    name = Cell(line.person.full_name, line.person.get_absolute_url())
    return (name, *(Cell(each.value(line) or None) for each in shown))


def _title(place: OrganizationVersion, here: Seats, kind: str) -> str:
    """Return whose list it is, and how many sit there of how many approved."""
    body = _body(here, kind)
    size = "chưa có số lượng được duyệt" if body.authorized is None else f"được duyệt {padded(body.authorized)}"
    told = [f"{padded(body.filled)} đồng chí", size]
    told += [f"khuyết {padded(body.vacant)}"] if body.vacant else []
    told += [f"vượt {padded(body.surplus)}"] if body.surplus else []
    return f"{body_name(place, kind)}, nhiệm kỳ {here.term.label}: {', '.join(told)}"


def _body(here: Seats, kind: str) -> BodyCount | None:
    return next((body for body in here.bodies if body.kind == kind), None)


def _on_counts(holdings: Iterable[Holding], groups: Iterable[Group]) -> Iterator[str]:
    people = len({holding.person_id for holding in holdings})
    if people != sum(len(group.rows) for group in groups):
        yield f"Có người tham gia nhiều nơi, kê ở từng nơi; tính mỗi người một lần là {padded(people)} đồng chí."


def _on_nobody(seated: Iterable[tuple[OrganizationVersion, Seats]], kind: str) -> Iterator[str]:
    empty = [body_name(place, kind) for place, here in seated if (body := _body(here, kind)) and not body.filled]
    if empty:
        yield f"Chưa ghi ai đang giữ chức danh: {'; '.join(empty)}."


def _on_columns(shown: Iterable[Shown], reckoning: Reckoning, options: Mapping[str, object]) -> Iterator[str]:
    keys = {each.column.key for each in shown}
    if keys & {"since", "method"}:
        yield "Ngày giữ chức danh và hình thức là của chức danh cao nhất."
    if keys & {"retirement", "note"}:
        yield retirement_basis(reckoning.ages)
    if PLANNED in (options.get("cot") or ()) and PLANNED not in keys:
        yield "Chức danh quy hoạch không hiện: bạn không được xem danh sách quy hoạch của tổ chức này."


TABLE = StandardTable(
    key="danh-sach-cap-uy",
    name="Danh sách trích ngang cấp ủy",
    sheet="Danh sách cấp ủy",
    answers="Ai đang ở trong cấp ủy của từng tổ chức, chức danh cao nhất đứng trước.",
    make=make,
    of_period=False,
    options=CommitteeOptions,
    empty="Sổ chưa ghi ai trong cơ quan này vào ngày đã chọn.",
)
