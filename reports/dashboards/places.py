"""The organisations of a dashboard: how each is seated, since when it has no secretary, how far its plan has come."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from common.vietnamese import text_sort_key
from organizations.models import BodyKind, OrganizationVersion
from organizations.tree import BodyCount
from planning.coverage.reckoning import Row, Situation, make_row
from reports.dashboards.standing import Standing
from reports.dashboards.stock import Seats, Stock


class OfBodies:
    """What several bodies come to together."""

    bodies: Sequence[BodyCount]

    @property
    def vacant(self) -> int:
        return sum(body.vacant for body in self.bodies)

    @property
    def surplus(self) -> int:
        return sum(body.surplus for body in self.bodies)


@dataclass(frozen=True)
class Place(OfBodies):
    """An organisation as it stood on the day. `seats` None: no term on record; `plan` None: no plan term at all."""

    version: OrganizationVersion
    day: date
    seats: Seats | None
    bodies: Sequence[BodyCount]
    plan: Row | None

    @property
    def lacks_secretary(self) -> bool:
        return self.seats is not None and not self.seats.has_secretary

    @property
    def without_secretary_since(self) -> date:
        """The day on which the last secretary of the term left, else its first day."""
        return self.seats.term.secretary_left or self.seats.term.valid_from

    @property
    def had_a_secretary(self) -> bool:
        return self.seats.term.secretary_left is not None

    @property
    def committee(self) -> BodyCount | None:
        return next((body for body in self.bodies if body.kind == BodyKind.COMMITTEE), None)

    @property
    def is_past_its_term(self) -> bool:
        """Whether the term was planned to end before the day, without a congress since."""
        return self.seats is not None and self.seats.term.planned_end < self.day

    @property
    def plan_state(self) -> Situation | None:
        """Approved: for every post; missing: for none is anybody planned; in progress: all between."""
        if self.plan is None:
            return None
        cells = self.plan.cells_of()
        if self.plan.is_in(Situation.APPROVED):
            return Situation.APPROVED
        return Situation.MISSING if all(cell.state == Situation.MISSING for cell in cells) else Situation.IN_PROGRESS

    @property
    def gaps(self) -> tuple[int, int, int, int, int]:
        """What is missing, the gravest first: sorts before what lacks less."""
        ended, planless = self.seats is None or self.is_past_its_term, self.plan_state == Situation.MISSING
        return (-self.lacks_secretary, -self.vacant, -ended, -planless, -(self.plan_state == Situation.IN_PROGRESS))

    @property
    def has_gap(self) -> bool:
        return any(self.gaps[:4])


def places_of(asked: Standing, stock: Stock) -> list[Place]:
    """Return the organisations of the dashboard in the order of the tree."""
    found = []
    for version in asked.places:
        seats = stock.seats.get(version.organization_id)
        plan = make_row(version, stock.plans[version.organization_id], stock.ages) if asked.plan_term else None
        found.append(Place(version, asked.day, seats, seats.bodies if seats else [], plan))
    return found


@dataclass(frozen=True)
class BodyTotal(OfBodies):
    """The bodies of a kind in all organisations. Of `unsized` no size is on record: nothing is vacant there."""

    kind: str
    bodies: Sequence[BodyCount]

    @property
    def name(self) -> str:
        return BodyKind(self.kind).label

    @property
    def authorized(self) -> int:
        return sum(body.authorized or 0 for body in self.bodies)

    @property
    def filled(self) -> int:
        return sum(body.filled for body in self.bodies)

    @property
    def unsized(self) -> int:
        return sum(body.authorized is None for body in self.bodies)


def body_totals(places: Iterable[Place]) -> list[BodyTotal]:
    bodies = [body for place in places for body in place.bodies]
    totals = [BodyTotal(kind, [body for body in bodies if body.kind == kind]) for kind in BodyKind.values]
    return [total for total in totals if total.bodies]


def without_secretary(places: Iterable[Place]) -> list[Place]:
    """Return those that have a term and no secretary, the longest first."""
    lacking = [place for place in places if place.lacks_secretary]
    return sorted(lacking, key=lambda each: (each.without_secretary_since, text_sort_key(each.version.name)))


def _by_term(place: Place) -> tuple:
    return (place.seats is not None, place.seats.term.planned_end if place.seats else date.min)


def _by_plan(place: Place) -> int:
    order = [Situation.MISSING, Situation.IN_PROGRESS, Situation.APPROVED, None]
    return order.index(place.plan_state)


# The orders of the table by their names in addresses, what lacks most first; the name decides between equals.
ORDERS: dict[str, Callable[[Place], object]] = {
    "con-thieu": lambda place: place.gaps,
    "ten": lambda place: 0,
    "bi-thu": lambda place: not place.lacks_secretary,
    "khuyet": lambda place: (-place.vacant, -place.surplus),
    "nhiem-ky": _by_term,
    "quy-hoach": _by_plan,
}


def in_order(places: Iterable[Place], order: str) -> list[Place]:
    """Return the places in one of `ORDERS`; gaps first where there is no such order."""
    key = ORDERS.get(order, ORDERS["con-thieu"])
    return sorted(places, key=lambda each: (key(each), text_sort_key(each.version.name), each.version.pk))
