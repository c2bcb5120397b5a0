"""The slow, obvious register: every fact in a plain list, every question answered by going through all of them.

A question about a day is answered by forgetting whatever came later and letting the rest happen again, in the order of
its days. No interval, no path and no query: nothing is shared with the product's way to the same answers.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

# Names as people would list them, so that the order of a list is the order here.
ORGANIZATIONS = (
    "Chi bộ An Bình",
    "Chi bộ Ắc quy",
    "Chi bộ Âm nhạc",
    "Chi bộ Báo chí",
    "Chi bộ Dân tộc",
    "Chi bộ Đê điều",
    "Đảng bộ Giáo dục",
    "Đảng bộ Kho bạc",
    "Đảng bộ Khối cơ quan",
    "Đảng bộ Nội vụ",
    "Đảng bộ Nông nghiệp",
    "Đảng bộ Ô tô",
    "Đảng bộ Tài chính",
    "Đảng bộ Thanh tra",
    "Đảng bộ Thành phố",
    "Đảng bộ Ủy ban",
    "Đảng bộ Ươm tạo",
    "Đảng bộ Y tế",
)
PEOPLE = (
    "Lê Văn An",
    "Trần Thị Ánh",
    "Vũ Văn Ân",
    "Đỗ Thị Bình",
    "Phạm Văn Bình",
    "Hoàng Văn Dũng",
    "Bùi Thị Đào",
    "Ngô Văn Ước",
)

# The catalogue of positions, the highest first, each with the body in which it is held.
BODY_OF = {
    "secretary": "committee",
    "deputy_secretary": "committee",
    "standing_member": "standing_committee",
    "committee_member": "committee",
    "inspection_chair": "inspection_committee",
    "inspection_deputy_chair": "inspection_committee",
    "inspection_member": "inspection_committee",
}
POSITIONS = tuple(BODY_OF)
HELD_BY_ONE = ("secretary", "inspection_chair")
LEFT_BY_RISING = {"secretary": "deputy_secretary", "inspection_chair": "inspection_deputy_chair"}
# What nobody holds on who has left the other (DOMAIN.md §3).
RESTING_ON = {
    "committee_member": ("secretary", "deputy_secretary", "standing_member"),
    "inspection_member": ("inspection_chair", "inspection_deputy_chair"),
}
LEAVES_EVERYTHING = ("retirement", "death")


class Seat(NamedTuple):
    """A position that a person holds in an organisation; `term` is its label."""

    person: str
    code: str
    term: str
    position: str

    @property
    def body(self) -> str:
        return BODY_OF[self.position]


class Change(NamedTuple):
    """What is so of an organisation from the day on; fields not named stay as they were. None: it has ended."""

    day: date
    code: str
    fields: Mapping[str, str | None] | None


class Membership(NamedTuple):
    day: date
    person: str
    code: str


class Count(NamedTuple):
    day: date
    code: str
    official: int
    probationary: int


class Term(NamedTuple):
    """`sizes` by kind of body; a body without a size there is none."""

    day: date
    code: str
    label: str
    sizes: Mapping[str, int]


class Move(NamedTuple):
    """A seat is taken (`reason` empty) or left, by the change item `item`."""

    day: date
    seat: Seat
    reason: str
    item: object


class Step(NamedTuple):
    """How far the plan entry `number` has come: "awaiting" approval, "in_plan", "removed"."""

    day: date
    number: int
    state: str


class Planned(NamedTuple):
    """Who is planned for what; `round` is the number of the planning round in which."""

    person: str
    code: str
    position: str
    round: int


class Sitting(NamedTuple):
    """A row of a person's page: a seat with the day it was taken and, once left, when and why."""

    seat: Seat
    since: date
    until: date | None = None
    reason: str = ""


@dataclass
class Reference:
    """The facts, each list in the order in which they were written down."""

    changes: list[Change] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    entries: list[Planned] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    def days(self) -> list[date]:
        """Return every day on which something happens."""
        lists = (self.changes, self.memberships, self.counts, self.terms, self.moves, self.steps)
        return sorted({fact.day for facts in lists for fact in facts})

    # Organisations

    def tree(self, day: date) -> dict[str, dict]:
        """Return name, kind and parent of every organisation that stands, by its code."""
        tree: dict[str, dict] = {}
        for change in _until(day, self.changes):
            if change.fields is None:
                del tree[change.code]
            else:
                tree[change.code] = tree.get(change.code, {}) | change.fields
        return tree

    def walk(self, day: date) -> list[tuple[str, int]]:
        """Return codes and depths: each organisation before those beneath it, sisters by name."""
        tree = self.tree(day)

        def walk(parent: str | None, depth: int) -> list[tuple[str, int]]:
            sisters = [code for code in tree if tree[code]["parent"] == parent]
            found = []
            for code in sorted(sisters, key=lambda code: ORGANIZATIONS.index(tree[code]["name"])):
                found += [(code, depth), *walk(code, depth + 1)]
            return found

        return walk(None, 0)

    def beneath(self, top: str, day: date) -> set[str]:
        """Return the organisation with all that stands beneath it; nothing when it does not stand."""
        tree = self.tree(day)
        return {code for code in tree if top in _line(tree, code)}

    def moves_after(self, code: str, day: date) -> bool:
        """Whether the organisation, or anything that it stands beneath, is to stand elsewhere after the day."""
        line = _line(self.tree(day), code)
        later = [change for change in self.changes if change.day > day and change.code in line]
        return any(change.fields is None or "parent" in change.fields for change in later)

    def name(self, code: str, day: date) -> str:
        return self.tree(day)[code]["name"]

    def count(self, code: str, day: date) -> Count | None:
        """Return the last count of the organisation's members by the day."""
        return _last(count for count in _until(day, self.counts) if count.code == code)

    def term(self, code: str, day: date) -> Term | None:
        """Return the term in force; an organisation that has ended is in none."""
        if any(change.code == code and change.fields is None for change in _until(day, self.changes)):
            return None
        return _last(term for term in _until(day, self.terms) if term.code == code)

    # People

    def members(self, day: date) -> dict[str, str]:
        """Return the organisation in which each person is a member."""
        return {membership.person: membership.code for membership in _until(day, self.memberships)}

    def members_beneath(self, top: str, day: date) -> set[str]:
        there = self.beneath(top, day)
        return {person for person, code in self.members(day).items() if code in there}

    # Seats

    def seats(self, day: date) -> set[Seat]:
        seats: set[Seat] = set()
        for move in _until(day, self.moves):
            if move.reason:
                seats.remove(move.seat)
            else:
                seats.add(move.seat)
        return seats

    def seats_of(self, person: str, day: date, code: str | None = None) -> set[Seat]:
        return {seat for seat in self.seats(day) if seat.person == person and code in (None, seat.code)}

    def sittings(self, person: str, day: date) -> list[Sitting]:
        """Return whatever the person has held by the day, whether left since or not."""
        rows: list[Sitting] = []
        for move in _until(day, self.moves):
            if move.seat.person != person:
                continue
            if not move.reason:
                rows.append(Sitting(move.seat, move.day))
                continue
            [index] = [number for number, row in enumerate(rows) if row.seat == move.seat and not row.until]
            rows[index] = rows[index]._replace(until=move.day, reason=move.reason)
        return rows

    def in_body(self, code: str, kind: str, day: date) -> dict[str, set[str]]:
        """Return who sits in the body of the term in force, with the positions held there."""
        term = self.term(code, day)
        people: dict[str, set[str]] = {}
        for seat in self.seats(day):
            if term and (seat.code, seat.term, seat.body) == (code, term.label, kind):
                people.setdefault(seat.person, set()).add(seat.position)
        return people

    def vacancies(self, code: str, kind: str, day: date) -> list[tuple[date, set[str]] | None]:
        """Return the seats approved and not filled, the longest vacant first.

        None for one that was never filled in the term; else the day since when, and who left on that day.
        """
        term, seated = self.term(code, day), self.in_body(code, kind, day)
        left: dict[str, date] = {}
        for move in _until(day, self.moves):
            if (move.seat.code, move.seat.term, move.seat.body) == (code, term.label, kind) and move.reason:
                left[move.seat.person] = move.day
        gone = sorted(when for person, when in left.items() if person not in seated)
        vacant = max(0, term.sizes[kind] - len(seated))
        gone = gone[-vacant:] if vacant else []
        leavers = [(when, {person for person, then in left.items() if then == when}) for when in gone]
        return [None] * (vacant - len(gone)) + leavers

    def headless(self, code: str, kind: str, day: date) -> list[str]:
        """Return the posts at the head of the body that nobody holds."""
        held = set().union(*self.in_body(code, kind, day).values())
        return [post for post in HELD_BY_ONE if BODY_OF[post] == kind and post not in held]

    # Plans

    def plan(self, day: date) -> dict[str, list[Planned]]:
        """Return whoever was introduced by the day, by how far their entry had come."""
        states = {step.number: step.state for step in _until(day, self.steps)}
        plan: dict[str, list[Planned]] = {"awaiting": [], "in_plan": [], "removed": []}
        for number, state in states.items():
            plan[state].append(self.entries[number])
        return plan

    def never_approved(self, of_round: int) -> list[int]:
        """Return the entries of the round that are neither in a plan nor out of it, as far as written down."""
        decided = {step.number for step in self.steps if step.state != "awaiting"}
        return [n for n, entry in enumerate(self.entries) if entry.round == of_round and n not in decided]

    # Writing down what a confirmed dossier does (DOMAIN.md §3, §5, §9)

    def appoint(self, seat: Seat, day: date, item: object) -> None:
        """Seat the person; whoever rises to the head of a body leaves the deputy's post."""
        lower = seat._replace(position=LEFT_BY_RISING.get(seat.position, ""))
        if lower in self.seats(day):
            self.moves.append(Move(day, lower, "promotion", item))
        self.moves.append(Move(day, seat, "", item))

    def release(self, seat: Seat, day: date, reason: str, item: object) -> None:
        """End the seat and what rests on it; retirement and death end all, a transfer all at and beneath the place."""
        resting = RESTING_ON.get(seat.position, ())
        beneath = self.beneath(seat.code, day) if reason == "transfer" else set()
        for each in sorted(self.seats_of(seat.person, day)):
            rests = (each.code, each.term) == (seat.code, seat.term) and each.position in resting
            if each == seat or rests or reason in LEAVES_EVERYTHING or each.code in beneath:
                self.moves.append(Move(day, each, reason, item))

    def hold_congress(self, term: Term, elected: Collection[Seat]) -> None:
        """End the former term with all its seats and open the new one with the elected."""
        for seat in sorted(self.seats(term.day)):
            if seat.code == term.code:
                self.moves.append(Move(term.day, seat, "end_of_term", term))
        self.terms.append(term)
        for seat in elected:
            self.moves.append(Move(term.day, seat, "", term))

    def merge(self, code: str, into: str, day: date) -> None:
        """End an organisation: all beneath it and its members pass to the other, its seats end."""
        tree = self.tree(day)
        for each in sorted(self.seats(day)):
            if each.code == code:
                self.moves.append(Move(day, each, "organization_ended", (code, into)))
        for index, change in enumerate(self.changes):  # what was to come beneath it comes beneath the other
            if change.day > day and change.fields and change.fields.get("parent") == code:
                self.changes[index] = change._replace(fields={**change.fields, "parent": into})
        for child in sorted(child for child in tree if tree[child]["parent"] == code):
            self.changes.append(Change(day, child, {"parent": into}))
        for person, place in sorted(self.members(day).items()):
            if place == code:
                self.memberships.append(Membership(day, person, into))
        self.changes.append(Change(day, code, None))

    def annul(self, item: object) -> None:
        self.moves = [move for move in self.moves if move.item != item]


def _until(day: date, facts: list) -> list:
    """Return what has happened by the day, in the order of the days; of one day, in the order it was written down."""
    return sorted((fact for fact in facts if fact.day <= day), key=lambda fact: fact.day)


def _last(facts: Iterable):
    return ([*facts] or [None])[-1]


def _line(tree: Mapping[str, dict], code: str | None) -> list[str]:
    """Return the organisation and whatever it stands beneath."""
    return [code, *_line(tree, tree[code]["parent"])] if code else []
