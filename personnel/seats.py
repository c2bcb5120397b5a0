"""The seat map: who sits in the bodies of a term on a day, which seats are vacant, who waits to be confirmed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from common.formats import short_day
from common.periods import today
from organizations.models import Body, Position, Term
from organizations.scope import Scope
from personnel.alerts import reckoning
from personnel.checks.people import last_day_of_work
from personnel.models import Act, ChangeItem, Dossier, Holding, Person
from personnel.rights import may_draft
from regulations.findings import UNVERIFIED
from regulations.retirement import RetirementTable

# What changes seats of the term under way: a congress opens the next one, a correction mends what stands already.
IN_THE_TERM = (Dossier.Kind.SUPPLEMENT, Dossier.Kind.REORGANIZATION, Dossier.Kind.HISTORY)


@dataclass(frozen=True)
class Waiting:
    """What is asked for one person in one body, and neither confirmed nor in effect on `day`: a change item each."""

    person: Person
    items: Sequence[ChangeItem]
    day: date

    @property
    def asked(self) -> str:
        """What is asked: "Bí thư, Ủy viên Ban Chấp hành", "thôi Ủy viên Ban Thường vụ"."""
        return ", ".join(f"{'thôi ' if item.act == Act.RELEASE else ''}{item.position}" for item in self.items)

    @property
    def dossier(self) -> Dossier:
        return self.items[0].dossier

    @property
    def stage(self) -> str:
        """How far it has come."""
        item = self.items[0]
        if item.outcome == ChangeItem.Outcome.CONFIRMED and item.confirmed_on <= self.day:
            return f"đã chuẩn y, có hiệu lực từ {short_day(item.effective_on)}"
        if self.dossier.submitted_on and self.dossier.submitted_on <= self.day:
            return f"trình {short_day(self.dossier.submitted_on)}, chưa chuẩn y"
        return f"bầu {short_day(item.elected_on)}, chưa trình"


@dataclass(frozen=True)
class Retiring:
    """That somebody retires, or may retire, before the term is planned to end; `steps` is the reckoning in one line."""

    is_sure: bool
    steps: str


@dataclass(frozen=True)
class Seat:
    """One person in a body, with the positions held there, the highest first.

    `office` names an officer elsewhere; `waiting` is what is asked for this person here and not yet in effect.
    """

    person: Person
    holdings: list[Holding]
    office: str
    retiring: Retiring | None = None
    waiting: Waiting | None = None


@dataclass(frozen=True)
class Vacancy:
    """A vacant seat; `left` is the holding whose end vacated it, None when the seat was never filled in the term.

    `waiting` is who is to take it, once confirmed.
    """

    left: Holding | None
    waiting: Waiting | None = None


@dataclass(frozen=True)
class EmptyPost:
    """A post at the head of a body that nobody holds.

    `left` is the last holding of it in the term, None when there was none. `waiting` is who is to take it, once
    confirmed: often somebody who sits in the body already.
    """

    position: Position
    left: Holding | None = None
    waiting: Waiting | None = None


@dataclass(frozen=True)
class BodySeats:
    """A body with its seats, its vacancies (longest first) and the posts at its head that nobody holds.

    `waiting` are those who are to come into the body; the longest vacant seats are theirs, in the order of their
    papers. `member` is the position of its plain members; `may_fill` says whether the user may ask for somebody to take
    a seat. `unsure` are the holdings of which nobody knows whether they were in force on the day.
    """

    body: Body
    seats: list[Seat]
    vacancies: list[Vacancy]
    headless: list[EmptyPost]
    member: Position | None
    may_fill: bool
    waiting: Sequence[Waiting] = ()
    unsure: Sequence[Holding] = ()

    @property
    def filled(self) -> int:
        return len(self.seats)

    @property
    def surplus(self) -> int:
        """By how many the body is over its authorised size."""
        size = self.body.authorized_size
        return 0 if size is None else max(0, self.filled - size)

    @property
    def without_a_seat(self) -> Sequence[Waiting]:
        """Those who are to come although no seat is vacant."""
        return self.waiting[len(self.vacancies) :]


def seat_map(term: Term, day: date, scope: Scope) -> list[BodySeats]:
    """Return the bodies of the term as they were seated on `day`, in the order of the catalogue of positions.

    The same number of queries however many sit there.
    """
    return seat_maps([term], day, scope)[term.pk]


def seat_maps(terms: Sequence[Term], day: date, scope: Scope) -> dict[int, list[BodySeats]]:
    """Return the seat map of each of the terms, by their keys.

    Four queries however many there are, if their organisations and bodies are fetched with them.
    """
    begun = Holding.objects.visible_to(scope).in_terms(terms).begun_by(day).with_names()
    holdings: dict[int, list[Holding]] = defaultdict(list)
    for holding in begun.order_by("position__rank", "pk"):
        holdings[holding.body.term_id].append(holding)
    items: dict[int, list[ChangeItem]] = defaultdict(list)
    for item in _items_waiting(terms, day, scope):
        items[item.dossier.organization_id].append(item)
    positions, ages = list(Position.objects.all()), RetirementTable.load()
    return {
        term.pk: _bodies(
            _Map(term, day, holdings[term.pk], positions, items[term.organization_id], ages),
            _fillable_kinds(term, positions, scope) if day == today() else set(),
        )
        for term in terms
    }


def _bodies(made: "_Map", fillable: set[str]) -> list[BodySeats]:
    return [made.of(body, body.kind in fillable) for body in in_order(made.term.bodies.all(), made.positions)]


def in_order(bodies: Iterable[Body], positions: Sequence[Position]) -> list[Body]:
    """Return the bodies of a term, the committee first, then as their highest members rank."""
    ranks: dict[str, int] = {}
    for position in positions:
        ranks[position.body_kind] = min(position.rank, ranks.get(position.body_kind, position.rank))
    return sorted(bodies, key=lambda body: (body.kind not in ranks, ranks.get(body.kind, 0)))


def _items_waiting(terms: Iterable[Term], day: date, scope: Scope) -> list[ChangeItem]:
    organizations = [term.organization_id for term in terms]
    items = ChangeItem.objects.visible_to(scope).of_organizations(organizations).waiting_on(day)
    items = items.filter(dossier__kind__in=IN_THE_TERM, corrects__isnull=True)
    return list(items.with_papers().order_by("dossier__year", "dossier__number", "position__rank", "pk"))


def _fillable_kinds(term: Term, positions: list[Position], scope: Scope) -> set[str]:
    """The kinds of body in whose positions the user may draft; vacant seats are filled today, not in the past."""
    return {each.body_kind for each in positions if may_draft(scope, term.organization, [each])}


@dataclass(frozen=True)
class _Map:
    """All that the seat map of a term rests on; `holdings` have begun by `day`, the highest position first."""

    term: Term
    day: date
    holdings: list[Holding]
    positions: list[Position]
    items: list[ChangeItem]
    ages: RetirementTable

    def of(self, body: Body, may_fill: bool) -> BodySeats:
        seated = [holding for holding in self.holdings if holding.is_in_force(self.day)]
        begun = [holding for holding in self.holdings if holding.body_id == body.pk]
        here = [holding for holding in begun if holding.is_in_force(self.day)]
        people = {holding.person_id for holding in here}
        departed = [each for each in begun if each not in here and each.person_id not in people]
        positions = [each for each in self.positions if each.body_kind == body.kind]
        asked = self._asked(body)
        coming = [each for each in asked.values() if each.person.pk not in people and _is_coming(each)]
        return BodySeats(
            body=body,
            seats=[self._marked(seat, asked.get(seat.person.pk)) for seat in seats_of(here, seated)],
            vacancies=_promised(_vacancies(body, len(people), departed), coming),
            headless=_empty_posts(positions, begun, here, asked.values()),
            member=next((each for each in positions if not each.is_officer), None),
            may_fill=may_fill,
            waiting=coming,
            unsure=[holding for holding in begun if holding.is_unsure_on(self.day)],
        )

    def _asked(self, body: Body) -> dict[int, Waiting]:
        """Return what is asked in the body, by person; the body of an item is known once it is confirmed."""
        items = [
            each for each in self.items if each.position.body_kind == body.kind and each.body_id in (None, body.pk)
        ]
        by_person: dict[int, list[ChangeItem]] = {}
        for item in items:
            by_person.setdefault(item.person_id, []).append(item)
        return {key: Waiting(theirs[0].person, theirs, self.day) for key, theirs in by_person.items()}

    def _marked(self, seat: Seat, waiting: Waiting | None) -> Seat:
        return replace(seat, retiring=retiring_in(self.term, seat.person, self.ages), waiting=waiting)


def retiring_in(term: Term, person: Person, ages: RetirementTable) -> Retiring | None:
    """Return that the person retires, or may retire, before the term is planned to end; None when not."""
    retires = last_day_of_work(person, ages)
    if retires is None or retires.earliest >= term.planned_end:
        return None
    end = f"nhiệm kỳ kết thúc {term.planned_end.month}/{term.planned_end.year}"
    steps = [*reckoning(person, retires), end, *([] if retires.verified else [UNVERIFIED])]
    return Retiring(retires.is_exact, " · ".join(steps))


def _is_coming(waiting: Waiting) -> bool:
    return any(item.act == Act.APPOINT for item in waiting.items)


def _empty_posts(
    positions: Iterable[Position], begun: Sequence[Holding], here: Sequence[Holding], asked: Collection[Waiting]
) -> list[EmptyPost]:
    """The posts of one holder that nobody holds, each with who held it last and who is to take it."""
    found = []
    for position in positions:
        if position.max_holders != 1 or any(holding.position_id == position.pk for holding in here):
            continue
        ended = [holding for holding in begun if holding.position_id == position.pk]
        left = max(ended, key=lambda holding: (holding.valid_to, holding.pk), default=None)
        found.append(EmptyPost(position, left, next((each for each in asked if _is_to_be(each, position)), None)))
    return found


def _is_to_be(waiting: Waiting, position: Position) -> bool:
    return any(item.act == Act.APPOINT and item.position_id == position.pk for item in waiting.items)


def _promised(vacancies: list[Vacancy], coming: Sequence[Waiting]) -> list[Vacancy]:
    """The vacancies, each with whoever is to take it."""
    theirs = [*coming, *[None] * len(vacancies)]
    return [replace(vacancy, waiting=waiting) for vacancy, waiting in zip(vacancies, theirs, strict=False)]


def seats_of(here: Sequence[Holding], seated: Sequence[Holding]) -> list[Seat]:
    """Return one seat for each person, in the order of the highest position that the person holds in the organisation.

    `here` are the holdings in one body, `seated` those in all bodies of the term, both the highest position first.
    """
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
