"""Terms and congresses: each organisation with its term on the day, what is past its end, how bodies are seated."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django import forms

from common.formats import grouped
from organizations.models import BodyKind, MemberCount, OrganizationKind, OrganizationVersion, Position, Term
from organizations.tree import SHORT_NAMES, BodyCount
from personnel.outlook import Outlook, congresses_due
from regulations.retirement import Month, months_between
from reports.dashboards.stock import Seats, read_seats
from reports.frame import Frame
from reports.tables.base import UNKNOWN, Cell, Column, Group, Row, StandardTable, Table
from reports.tables.places import PlaceOptions, organization_cell, organizations_of

DUE, OVERDUE = "12-thang", "qua-han"
MONTHS_AHEAD = 12
NO_TERM, ENDED = "Chưa có nhiệm kỳ trong sổ", "Đã kết thúc, chưa có nhiệm kỳ mới"
NO_SECRETARY = "chưa có"

COLUMNS = (
    Column("organization", "Tổ chức đảng", 34),
    Column("term", "Nhiệm kỳ", 11, css="day"),
    Column("ordinal", "Đại hội lần thứ", 10),
    Column("from", "Bắt đầu", 12, css="day"),
    Column("planned_end", "Dự kiến kết thúc", 12, css="day"),
    Column("ended", "Kết thúc", 12, css="day"),
    Column("left", "Còn lại (tháng)", 9, css="num"),
    Column("late", "Quá hạn (tháng)", 9, css="num"),
    Column("state", "Tình trạng", 24),
    *(
        Column(f"{kind}_{key}", f"{short}{what}", 9, css="num", missing=missing, summed=True)
        for kind, short in SHORT_NAMES.items()
        for missing in [UNKNOWN if kind == BodyKind.COMMITTEE else "—"]  # every organisation has a committee
        for key, what in (("size", " được duyệt"), ("filled", " đang có"))
    ),
    Column("secretary", "Bí thư", 22),
    Column("members", "Đảng viên", 9, css="num", missing=UNKNOWN),
)


@dataclass(frozen=True)
class Place:
    """An organisation with its term on the day; else `ended` is the last that ended by then, if any is on record."""

    version: OrganizationVersion
    seats: Seats | None
    ended: Term | None
    members: MemberCount | None
    is_overdue: bool
    is_due: bool

    @property
    def term(self) -> Term | None:
        return self.seats.term if self.seats else self.ended

    @property
    def state(self) -> str:
        if self.seats is None:
            return ENDED if self.ended else NO_TERM
        if self.is_overdue:
            return "Quá hạn đại hội"
        return f"Đến hạn trong {MONTHS_AHEAD} tháng tới" if self.is_due else "Trong nhiệm kỳ"

    def is_asked_for(self, due: str) -> bool:
        return {DUE: self.is_due, OVERDUE: self.is_overdue}.get(due, True)


class TermOptions(PlaceOptions):
    han = forms.ChoiceField(
        label="Hạn đại hội",
        choices=[("", "Tất cả"), (DUE, f"Đến hạn trong {MONTHS_AHEAD} tháng tới"), (OVERDUE, "Đã quá hạn")],
        required=False,
    )
    field_order = ("han", "cap")

    def chosen_words(self) -> Iterable[str]:
        return [self.label_of("han")]


def make(frame: Frame, options: Mapping[str, object]) -> Table:
    """Return the terms by kind of organisation, the first to end first; five queries."""
    everywhere = _read(organizations_of(frame, options), frame)
    places = [place for place in everywhere if place.is_asked_for(options.get("han") or "")]
    places.sort(key=lambda place: (place.seats is None, place.term is None, place.term and place.term.planned_end))
    return Table(
        columns=COLUMNS,
        groups=[
            Group(kind.label, [_row(place, frame) for place in theirs], len(theirs))
            for kind in OrganizationKind
            if (theirs := [place for place in places if place.version.kind == kind])
        ],
        unit="tổ chức",
        notes=list(_notes(everywhere, places)),
    )


def _read(versions: Sequence[OrganizationVersion], frame: Frame) -> list[Place]:
    keys = [version.organization_id for version in versions]
    seats = read_seats(keys, frame.scope, frame.day)
    begun = Term.objects.visible_to(frame.scope).begun_by(frame.day).filter(organization__in=keys)
    ended = {term.organization_id: term for term in begun.order_by("valid_from")}
    counts = MemberCount.objects.visible_to(frame.scope).latest_by(frame.day).filter(organization__in=keys)
    members = {count.organization_id: count for count in counts}
    by_key = {version.organization_id: version for version in versions}
    coming = Outlook.of(congresses_due(by_key, [each.term for each in seats.values()]), (), frame.day, MONTHS_AHEAD)
    overdue = {congress.version.pk for congress in coming.overdue_congresses}
    due = {congress.version.pk for congress in coming.congresses}
    return [
        Place(version, seats.get(key), ended.get(key), members.get(key), version.pk in overdue, version.pk in due)
        for key, version in by_key.items()
    ]


def _row(place: Place, frame: Frame) -> Row:
    return (organization_cell(place.version), *_of_term(place, frame), *_of_bodies(place.seats), _members(place))


def _of_term(place: Place, frame: Frame) -> Iterator[Cell]:
    term = place.term
    if term is None:
        yield from [Cell(None)] * 7
    else:
        months = months_between(frame.day, Month.of(term.planned_end)) if place.seats else None
        yield Cell(term.label)
        yield Cell(f"{term.ordinal_roman}{' (chỉ định)' if term.opening == Term.Opening.DESIGNATION else ''}")
        yield Cell(term.valid_from)
        yield Cell(term.planned_end)
        yield Cell(term.valid_to if term.valid_to and term.valid_to <= frame.day else None)
        yield Cell(None if months is None or place.is_overdue else months)
        yield Cell(-months if place.is_overdue else None)
    yield Cell(place.state)


def _of_bodies(seats: Seats | None) -> Iterator[Cell]:
    counts: dict[str, BodyCount] = {body.kind: body for body in seats.bodies} if seats else {}
    for kind in SHORT_NAMES:
        body = counts.get(kind)
        yield Cell(body and body.authorized)
        yield Cell(body and body.filled)
    yield _secretary(seats)


def _secretary(seats: Seats | None) -> Cell:
    if seats is None:
        return Cell(None)
    person = next((each.person for each in seats.holdings if each.position_id == Position.SECRETARY), None)
    return Cell(person.full_name, person.get_absolute_url()) if person else Cell(NO_SECRETARY)


def _members(place: Place) -> Cell:
    return Cell(place.members and place.members.total)


def _notes(everywhere: Sequence[Place], shown: Sequence[Place]) -> Iterator[str]:
    yield "Số tháng tính theo tháng lịch: 0 là ngay trong tháng. Đảng viên theo số lượng đã báo cáo gần nhất."
    for state, told in ((NO_TERM, "chưa có nhiệm kỳ trong sổ"), (ENDED, "đã hết nhiệm kỳ, chưa có nhiệm kỳ mới")):
        count = sum(place.state == state for place in everywhere)
        if count:
            yield f"{grouped(count)} tổ chức {told} vào ngày này{_and_left_out(state, shown)}."
    unsized = sum(body.authorized is None for place in shown if place.seats for body in place.seats.bodies)
    if unsized:
        yield f"{grouped(unsized)} cơ quan chưa có số lượng được duyệt."


def _and_left_out(state: str, shown: Sequence[Place]) -> str:
    return "" if any(place.state == state for place in shown) else ", không kê ở đây"


TABLE = StandardTable(
    key="nhiem-ky-dai-hoi",
    name="Nhiệm kỳ và đại hội",
    sheet="Nhiệm kỳ, đại hội",
    answers="Tổ chức nào đang ở nhiệm kỳ nào, bao giờ đến hạn đại hội, nơi nào đã quá hạn.",
    make=make,
    of_period=False,
    options=TermOptions,
    empty="Không có tổ chức nào như đã chọn.",
)
