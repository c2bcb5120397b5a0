"""Who sat in each seat of an organisation's bodies through the terms: a picture of each body, and a table beneath.

Rows are seats, bars are holdings, what is hatched stood vacant. Lengths are in pixels: text keeps its size on the
screen, where a wide picture scrolls in its own box; on paper the picture is as wide as the sheet.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from common.formats import short_day
from organizations.models import BodyKind, Organization, Position, Term
from organizations.scope import Scope
from personnel.models import Holding, Person
from personnel.pictures.seating import BodySeating, Stretch, seating

LABELS, MARGIN = 190, 12  # room for the names of the rows, and at the right
HEAD, FOOT = 48, 26  # room for terms and years above, and for what is pointed at below
ROW, BAR = 20, 16
WHOLE = 1060  # as wide as the picture is, while a year has room
NARROWEST, WIDEST = 40, 90  # of a year
SHORTEST = 4  # a bar of a day can still be pointed at
LETTER = 6.3  # the width of a letter in a bar, on average


@dataclass(frozen=True)
class Drawn:
    """A stretch in the picture."""

    stretch: Stretch
    x: int
    y: int
    width: int

    @property
    def height(self) -> int:
        return BAR

    @property
    def person(self) -> Person:
        return self.stretch.holding.person

    @property
    def is_rough(self) -> bool:
        holding = self.stretch.holding
        return holding.from_precision != "day" or (self.stretch.end is not None and holding.to_precision != "day")

    @property
    def label(self) -> str:
        """As much of the name as fits, the given name before all."""
        names = self.person.full_name.split()
        shorter = [" ".join(names[start:]) for start in range(len(names))]
        return next((each for each in shorter if len(each) * LETTER + 6 <= self.width), "")

    @property
    def label_x(self) -> int:
        return self.x + 4

    @property
    def label_y(self) -> int:
        return self.y + 12

    @property
    def in_words(self) -> str:
        return told(self.stretch).in_words


@dataclass(frozen=True)
class Told:
    """A stretch in words: a row of the table, and what its bar says."""

    stretch: Stretch
    who: str
    seat: str
    from_words: str
    to_words: str
    how: str
    why: str
    number: str = ""  # of the row, where the position has several

    @property
    def in_words(self) -> str:
        """Return "Đỗ Thị Hòa: Bí thư, nhiệm kỳ 2020-2025, từ 05/3/2021 (Đại hội bầu), đến 01/5/2022 (Nghỉ hưu)"."""
        how = f" ({self.how})" if self.how else ""
        why = f" ({self.why})" if self.why else ""
        until = f"đến {self.to_words}{why}" if self.to_words else self.lasting
        return f"{self.who}: {self.seat}, nhiệm kỳ {self.stretch.term.label}, từ {self.from_words}{how}, {until}"

    @property
    def lasting(self) -> str:
        return "đang giữ" if self.stretch.holding else "đang khuyết"


def told(stretch: Stretch) -> Told:
    """Return the stretch in words."""
    seat, holding = str(stretch.position), stretch.holding
    if holding is None:
        until = short_day(stretch.end) if stretch.end else ""
        return Told(stretch, "Khuyết", seat, short_day(stretch.first), until, "", "")
    is_over = stretch.end is not None
    return Told(
        stretch,
        who=holding.person.full_name,
        seat=seat,
        from_words=holding.from_display,
        to_words=holding.to_display if is_over else "",
        how=holding.get_method_display(),
        why=holding.get_end_reason_display() if is_over else "",
    )


@dataclass(frozen=True)
class Row:
    """A seat: its place in the picture; only the first of a position bears the position's name."""

    y: int
    name: str
    number: str

    @property
    def label_y(self) -> int:
        return self.y + 12

    @property
    def label_x(self) -> int:
        return 4 if self.name else LABELS - 8


@dataclass(frozen=True)
class Span:
    """A term on the axis, over `[x, x + width)`."""

    term: Term
    x: int
    width: int
    is_even: bool

    @property
    def label_x(self) -> int:
        return self.x + 4


@dataclass(frozen=True)
class Tick:
    """The first day of a year on the axis."""

    year: str
    x: int


@dataclass(frozen=True)
class Axis:
    """Days as lengths, over the terms shown."""

    terms: Sequence[Term]
    day: date

    @cached_property
    def first(self) -> date:
        return min(term.valid_from for term in self.terms)

    @cached_property
    def last(self) -> date:
        ends = [self.day, *(self._end(term) for term in self.terms)]
        return max(ends) + timedelta(days=30)

    def _end(self, term: Term) -> date:
        """The end of a term; of one that lasts the end planned, or the day when that has passed."""
        is_over = term.valid_to and term.valid_to <= self.day
        return term.valid_to if is_over else max(self.day, term.planned_end)

    @cached_property
    def per_day(self) -> float:
        days = (self.last - self.first).days
        a_year = (WHOLE - LABELS - MARGIN) * 365.25 / days
        return min(WIDEST, max(NARROWEST, a_year)) / 365.25

    @property
    def width(self) -> int:
        return self.x(self.last) + MARGIN

    def x(self, day: date) -> int:
        return LABELS + round((day - self.first).days * self.per_day)

    @property
    def today_x(self) -> int:
        return self.x(self.day)

    @property
    def spans(self) -> list[Span]:
        return [
            Span(term, self.x(term.valid_from), self.x(self._end(term)) - self.x(term.valid_from), number % 2 == 1)
            for number, term in enumerate(self.terms)
        ]

    @property
    def ticks(self) -> list[Tick]:
        years = range(self.first.year + 1, self.last.year + 1)
        return [Tick(str(year), self.x(date(year, 1, 1))) for year in years]


@dataclass(frozen=True)
class Picture:
    """The picture of one body."""

    axis: Axis
    seats: BodySeating

    @property
    def title(self) -> str:
        return BodyKind(self.seats.kind).label

    @cached_property
    def tops(self) -> dict[str, int]:
        """Where the rows of each position begin, by its code."""
        tops, y = {}, HEAD
        for position in self.seats.positions:
            tops[position.pk] = y
            y += self.seats.rows_of(position) * ROW
        return tops

    @property
    def rows(self) -> list[Row]:
        return [self._row(each, number) for each in self.seats.positions for number in range(self.seats.rows_of(each))]

    def _row(self, position: Position, number: int) -> Row:
        name = "" if number else position.name
        return Row(self.tops[position.pk] + number * ROW, name, str(number + 1) if number else "")

    @property
    def bars(self) -> list[Drawn]:
        return [self._drawn(each) for each in self.seats.stretches if each.holding]

    @property
    def gaps(self) -> list[Drawn]:
        return [self._drawn(each) for each in self.seats.stretches if each.holding is None]

    def _drawn(self, stretch: Stretch) -> Drawn:
        begins, ends = self.axis.x(stretch.first), self.axis.x(stretch.end or self.axis.day)
        y = self.tops[stretch.position.pk] + stretch.row * ROW + (ROW - BAR) // 2
        return Drawn(stretch, begins, y, max(SHORTEST, ends - begins - 1))

    @property
    def told(self) -> list[Told]:
        numbered = {each.pk for each in self.seats.positions if self.seats.rows_of(each) > 1}
        return [
            replace(told(each), number=str(each.row + 1) if each.position.pk in numbered else "")
            for each in self.seats.stretches
        ]

    @property
    def bottom(self) -> int:
        return HEAD + sum(self.seats.rows_of(each) for each in self.seats.positions) * ROW

    @property
    def height(self) -> int:
        return self.bottom + FOOT

    @property
    def tip_y(self) -> int:
        return self.bottom + 18

    @property
    def untold(self) -> str:
        """The terms in which nobody is known to have sat in the body."""
        return ", ".join(term.label for term in self.seats.untold)

    @property
    def in_words(self) -> str:
        people = {each.holding.person_id for each in self.seats.stretches if each.holding}
        return f"{self.title} qua các nhiệm kỳ: {len(people)} đồng chí, {len(self.bars)} lần giữ chức danh"


def seat_timeline(
    organization: Organization, terms: Sequence[Term], positions: Sequence[Position], scope: Scope, day: date
) -> list[Picture]:
    """Return the pictures of the organisation's bodies up to `day`; none while nobody is known to have sat.

    `terms` are those begun by `day`, the oldest first, with their bodies fetched; `positions` all there are.
    One query.
    """
    begun = Holding.objects.visible_to(scope).of_organization(organization).begun_by(day).with_names()
    holdings = list(begun.order_by("valid_from", "pk"))
    seated_in = {holding.body.term_id for holding in holdings}
    first = next((number for number, term in enumerate(terms) if term.pk in seated_in), len(terms))
    axis = Axis(terms[first:], day)  # terms before it of which nothing is known would only take room
    kinds = dict.fromkeys(position.body_kind for position in positions)
    seated = [
        seating(kind, terms, holdings, [each for each in positions if each.body_kind == kind], day) for kind in kinds
    ]
    return [Picture(axis, each) for each in seated if each.stretches]
