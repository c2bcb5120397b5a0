"""The seat map: who sits in the bodies of a term on a day, which seats are vacant, since when and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from common.periods import today
from organizations.models import Body, Position, Term
from organizations.scope import Scope
from personnel.models import Holding, Person
from personnel.rights import may_draft


@dataclass(frozen=True)
class Seat:
    """One person in a body, with the positions held there, the highest first; `office` names an officer elsewhere."""

    person: Person
    holdings: list[Holding]
    office: str


@dataclass(frozen=True)
class Vacancy:
    """A vacant seat; `left` is the holding whose end vacated it, None when the seat was never filled in the term."""

    left: Holding | None


@dataclass(frozen=True)
class BodySeats:
    """A body with its seats, its vacancies (longest first) and the posts at its head that nobody holds.

    `member` is the position of its plain members; `may_fill` says whether the user may ask for somebody to take a seat.
    """

    body: Body
    seats: list[Seat]
    vacancies: list[Vacancy]
    headless: list[Position]
    member: Position | None
    may_fill: bool

    @property
    def filled(self) -> int:
        return len(self.seats)

    @property
    def surplus(self) -> int:
        """By how many the body is over its authorised size."""
        size = self.body.authorized_size
        return 0 if size is None else max(0, self.filled - size)


def seat_map(term: Term, day: date, scope: Scope) -> list[BodySeats]:
    """Return the bodies of the term as they were seated on `day`, in the order of the catalogue of positions."""
    begun = Holding.objects.visible_to(scope).in_term(term).begun_by(day).with_names().order_by("position__rank", "pk")
    holdings = list(begun)
    seated = [holding for holding in holdings if holding.is_in_force(day)]
    positions = list(Position.objects.all())
    bodies = sorted(term.bodies.all(), key=lambda body: _rank(body, positions))
    fillable = _fillable_kinds(term, positions, scope) if day == today() else set()
    return [_body_seats(body, positions, holdings, seated, day, body.kind in fillable) for body in bodies]


def _fillable_kinds(term: Term, positions: list[Position], scope: Scope) -> set[str]:
    """The kinds of body in whose positions the user may draft; vacant seats are filled today, not in the past."""
    return {each.body_kind for each in positions if may_draft(scope, term.organization, [each])}


def _rank(body: Body, positions: list[Position]) -> tuple[bool, int]:
    """The committee first, then as their members rank."""
    ranks = [position.rank for position in positions if position.body_kind == body.kind]
    return (not ranks, min(ranks, default=0))


def _body_seats(
    body: Body,
    positions: list[Position],
    holdings: list[Holding],
    seated: list[Holding],
    day: date,
    may_fill: bool,
) -> BodySeats:
    here = [holding for holding in seated if holding.body_id == body.pk]
    people = {holding.person_id for holding in here}
    departed = [h for h in holdings if h.body_id == body.pk and not h.is_in_force(day) and h.person_id not in people]
    held = {holding.position_id for holding in here}
    here_positions = [each for each in positions if each.body_kind == body.kind]
    return BodySeats(
        body=body,
        seats=_seats(here, seated),
        vacancies=_vacancies(body, len(people), departed),
        headless=[each for each in here_positions if each.max_holders == 1 and each.pk not in held],
        member=next((each for each in here_positions if not each.is_officer), None),
        may_fill=may_fill,
    )


def _seats(here: list[Holding], seated: list[Holding]) -> list[Seat]:
    """One seat for each person, in the order of the highest position that the person holds in the organisation."""
    ranks = {holding.person_id: holding.position.rank for holding in reversed(seated)}
    offices = {h.person_id: str(h.position) for h in reversed(seated) if h.position.is_officer and h not in here}
    in_order = sorted(here, key=lambda each: (ranks[each.person_id], each.person.sort_key, each.person_id))
    people = groupby(in_order, key=lambda holding: holding.person)
    return [Seat(person, list(theirs), offices.get(person.pk, "")) for person, theirs in people]


def _vacancies(body: Body, filled: int, departed: Iterable[Holding]) -> list[Vacancy]:
    """The seats not filled. The longest vacant is filled first: the last to leave left the ones still empty."""
    vacant = max(0, (body.authorized_size or 0) - filled)
    last_holding = {holding.person_id: holding for holding in sorted(departed, key=lambda each: each.valid_to)}
    by_departure = sorted(last_holding.values(), key=lambda holding: (holding.valid_to, holding.pk))
    left = by_departure[-vacant:] if vacant else []
    return [Vacancy(None)] * (vacant - len(left)) + [Vacancy(holding) for holding in left]
