"""Which seat of a body each holding is drawn in, and when the seats stood vacant.

A position has as many rows as people held it at once. A person keeps the row through a term, and into the next one
where it can be; whoever is seated in a vacated seat continues its row. The longest vacant seat is filled first, as on
the seat map.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from organizations.models import Body, BodyKind, Position, Term
from personnel.models import Holding


@dataclass(frozen=True)
class Stretch:
    """What one row shows over `[first, end)`, `end` None while it lasts: a holding, or a vacancy (`holding` None)."""

    term: Term
    position: Position
    row: int  # among the rows of the position, from 0
    first: date
    end: date | None
    holding: Holding | None = None


@dataclass(frozen=True)
class BodySeating:
    """The bodies of one kind through the terms. `untold` are the terms in which nobody is known to have sat in it."""

    kind: str
    positions: Sequence[Position]  # those with rows, the highest first
    stretches: Sequence[Stretch]  # by position and row, then by day
    untold: Sequence[Term]

    def rows_of(self, position: Position) -> int:
        return max((each.row + 1 for each in self.stretches if each.position == position), default=0)


def seating(
    kind: str, terms: Sequence[Term], holdings: Sequence[Holding], positions: Sequence[Position], day: date
) -> BodySeating:
    """Return how the bodies of this kind were seated up to and on `day`.

    `terms` with their bodies fetched, the oldest first; `holdings` begun by `day`, `positions` of the kind by rank.
    What ends after `day` lasts.
    """
    theirs = [holding for holding in holdings if holding.body.kind == kind]
    drawn = [_Drawn(term, body, theirs, day) for term in terms for body in term.bodies.all() if body.kind == kind]
    told = [each for each in drawn if each.holdings]
    stretches = [stretch for position in positions for stretch in _of_position(position, told, positions)]
    stretches.sort(key=lambda each: (each.position.rank, each.row, each.first))
    shown = [position for position in positions if any(each.position == position for each in stretches)]
    known = {each.term.pk for each in told}
    there = {each.term.pk for each in drawn}
    untold = [term for term in terms if term.pk not in known and (term.pk in there or kind == BodyKind.COMMITTEE)]
    return BodySeating(kind, shown, stretches, untold)


@dataclass(frozen=True)
class _Drawn:
    """A body of a term, as far as `day` knows it."""

    term: Term
    body: Body
    of_kind: Sequence[Holding]
    day: date

    @property
    def holdings(self) -> list[Holding]:
        return [holding for holding in self.of_kind if holding.body_id == self.body.pk]

    @property
    def last(self) -> date | None:
        """The end of the term; None while it lasts."""
        return self.end(self.term.valid_to)

    def end(self, day: date | None) -> date | None:
        return day if day and day <= self.day else None


def _of_position(position: Position, drawn: Iterable[_Drawn], positions: Sequence[Position]) -> list[Stretch]:
    member = next((each for each in positions if not each.is_officer), None)
    before: dict[int, int] = {}
    stretches = []
    for each in drawn:
        seats = (each.body.authorized_size or 0) if position == member else (position.max_holders or 0)
        rows = _rows(position, each, seats, before)
        stretches += rows
        before = {stretch.holding.person_id: stretch.row for stretch in rows}
        if position == member or position.max_holders == 1:
            stretches += _vacancies(position, each, seats, rows, is_whole_body=position == member)
    return stretches


def _rows(position: Position, drawn: _Drawn, seats: int, before: dict[int, int]) -> list[Stretch]:
    """Put each holding of the position in the term in a row; `before` are the rows of people in the term before."""
    placed: list[Stretch] = []
    own: dict[int, int] = {}
    held = [holding for holding in drawn.holdings if holding.position_id == position.pk]
    for first in sorted({holding.valid_from for holding in held}):
        coming = sorted((each for each in held if each.valid_from == first), key=lambda each: _order(each, drawn))
        known = {**before, **own}
        for holding in sorted(coming, key=lambda each: each.person_id not in known):  # stable: the known first
            free = _free_rows(placed, first, max(seats, len(coming)), drawn.term)
            kept = known.get(holding.person_id)
            row = kept if kept in free[:-1] else free[0]
            own[holding.person_id] = row
            end = drawn.end(holding.valid_to)
            placed.append(Stretch(drawn.term, position, row, first, end, holding))
    return placed


def _order(holding: Holding, drawn: _Drawn) -> tuple:
    """Officers first, then by name."""
    ranks = [each.position.rank for each in drawn.holdings if each.person_id == holding.person_id]
    return (min(ranks), holding.person.sort_key, holding.pk)


def _free_rows(placed: Sequence[Stretch], day: date, least: int, term: Term) -> list[int]:
    """Return the rows in which nobody sits on `day`, the longest vacant first; after the last, a new one."""
    rows = max([least, *(each.row + 1 for each in placed)])
    since = dict.fromkeys(range(rows), term.valid_from)
    for each in placed:
        until = each.holding.valid_to
        if until is None or until > day:
            since.pop(each.row, None)
        elif each.row in since:
            since[each.row] = max(since[each.row], until)
    return [*sorted(since, key=lambda row: (since[row], row)), rows]


def _vacancies(
    position: Position, drawn: _Drawn, seats: int, placed: Sequence[Stretch], *, is_whole_body: bool
) -> list[Stretch]:
    """Return when rows of the position stood vacant.

    Of a body as many as people lacked in it: somebody may sit there by a higher position alone.
    """
    here = drawn.holdings if is_whole_body else [each.holding for each in placed]
    ends = [each.valid_to for each in here if drawn.end(each.valid_to)]
    days = {drawn.term.valid_from, *(each.valid_from for each in here), *ends}
    days = sorted(day for day in days if day >= drawn.term.valid_from and (not drawn.last or day < drawn.last))
    found: list[Stretch] = []
    for first, end in zip(days, [*days[1:], drawn.last], strict=True):
        people = {each.person_id for each in here if each.is_in_force(first)}
        lacking = max(0, seats - len(people))
        free = _free_rows([each for each in placed if each.first <= first], first, seats, drawn.term)[:-1]
        found += [Stretch(drawn.term, position, row, first, end) for row in (free[-lacking:] if lacking else [])]
    return _joined(found)


def _joined(vacancies: Iterable[Stretch]) -> list[Stretch]:
    """Join what follows on in one row."""
    joined: dict[int, list[Stretch]] = {}
    for each in vacancies:
        row = joined.setdefault(each.row, [])
        if row and row[-1].end == each.first:
            each = Stretch(each.term, each.position, each.row, row.pop().first, each.end)
        row.append(each)
    return [each for row in joined.values() for each in row]
