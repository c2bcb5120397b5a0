"""Random histories, made through the product's own actions; what the product lets through goes into the reference."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta

from django.db import transaction
from hypothesis import strategies as st

from common.errors import Refused
from organizations.actions import amend_organization, record_member_count
from organizations.models import Organization
from personnel import actions as personnel
from personnel.models import ChangeItem, Dossier, Person, ReleaseReason
from planning import actions as planning
from planning.models import GROUP_OF_POSITION, PlanApproval, PlanEntry
from reorganizations.drafts import Successor
from tests import factories
from tests.asof.reference import (
    ORGANIZATIONS,
    PEOPLE,
    POSITIONS,
    RESTING_ON,
    Change,
    Count,
    Membership,
    Planned,
    Reference,
    Seat,
    Step,
    Term,
)

FIRST = date(2020, 1, 6)
PLAN_TERM = "2025-2030"
KINDS = ("grassroots_committee", "grassroots_cell", "section_committee", "subordinate_cell")
NEEDS_MEMBERSHIP = RESTING_ON["committee_member"]
SIZES = {"committee": 4, "standing_committee": 2, "inspection_committee": 2}

# An act is its name, how many days after the one before it is done, how much later (or earlier) it takes effect, and
# numbers by which it chooses among what there is. Many acts fall on one day, and on the days next to each other.
Act = tuple
LATER = (0, 0, 1, 1, 2, 30, 200)
EFFECT = (0, 0, 0, 0, 1, 2, -1, -2, -40, 40)
# How many numbers each act takes.
NUMBERS = {"establish": 2, "rename": 2, "change_kind": 2, "move": 2, "move_renamed": 3, "merge": 2}
NUMBERS |= {"register": 1, "transfer": 2, "count": 3}
NUMBERS |= {"appoint": 3, "take_in_and_raise": 3, "leave": 2, "replace": 3, "annul": 1, "congress": 3}
NUMBERS |= {"introduce": 3, "submit": 1, "approve": 2, "remove": 1, "next_round": 0}
# What histories are made of; what stands here twice happens twice as often.
ORGANIZING = ("establish", "establish", "rename", "change_kind", "move", "move_renamed", "merge")
PEOPLING = ("register", "transfer", "transfer", "transfer", "count", "count")
SEATING = (
    *("appoint", "appoint", "appoint", "take_in_and_raise", "take_in_and_raise"),
    *("leave", "leave", "leave", "replace", "replace", "annul", "congress"),
)
PLANNING = (
    *("introduce", "introduce", "introduce", "introduce", "submit", "submit", "submit"),
    *("approve", "approve", "approve", "remove", "remove", "next_round"),
)


def histories(names: Sequence[str], longest: int, after: Sequence[Act] = ()) -> st.SearchStrategy[list[Act]]:
    """Return histories of acts of these names, after the first few acts of `after`.

    `Office.live` does the acts of `BEGINNING` before.
    """
    number = st.integers(0, 11)
    drawn = st.tuples(st.sampled_from(names), st.sampled_from(LATER), st.sampled_from(EFFECT), number, number, number)
    acts = st.lists(drawn.map(lambda each: each[: 3 + NUMBERS[each[0]]]), min_size=longest * 3 // 4, max_size=longest)
    begun = st.integers(0, len(after))
    return st.builds(lambda begun, acts: [*after[:begun], *acts], begun, acts)


# A bloc, two grassroots organisations, a section beneath the second; five people; two committees.
BEGINNING: list[Act] = [
    *[("establish", 0, 0, parent, kind) for parent, kind in ((0, 0), (0, 0), (0, 0), (2, 2))],
    *[("register", 1, 0, place) for place in (1, 1, 2, 2, 3)],
    ("congress", 30, 0, 1, 0, 2),
    ("congress", 1, 0, 2, 1, 2),
    ("next_round", 1, 0),
]

# An ordinary plan; a history of plans begins with as much of it as is drawn, so that many get as far as an approval.
ORDINARY_PLAN: list[Act] = [
    *[
        ("introduce", 1, 0, who, where, position)
        for who, where, position in ((0, 1, 0), (1, 1, 1), (2, 1, 1), (3, 2, 2))
    ],
    ("submit", 1, 0, 0),
    ("approve", 1, 1, 0, 2),
    ("submit", 1, 0, 0),
    ("remove", 30, 0, 0),
]

# Each act at least once, all of them let through: the histories drawn are of such acts.
STORY: list[Act] = [
    ("establish", 1, -2, 3, 3),
    ("rename", 1, 0, 1, 3),
    ("change_kind", 0, 0, 2, 1),
    ("move", 1, 0, 2, 3),
    ("move_renamed", 30, 0, 2, 0, 5),
    ("establish", 1, 0, 1, 3),
    ("merge", 5, 0, 4, 2),
    ("register", 0, 0, 0),
    ("transfer", 1, 0, 0, 3),
    ("transfer", 1, 0, 0, 0),
    ("count", 1, -1, 1, 5, 1),
    ("count", 1, 0, 1, 6, 0),
    ("appoint", 1, 2, 5, 1, 3),
    ("take_in_and_raise", 1, 0, 0, 1, 1),
    ("replace", 1, 0, 6, 1, 1),
    ("leave", 30, 0, 0, 0),
    ("annul", 1, 0, 0),
    ("congress", 200, 0, 1, 0, 3),
    ("leave", 200, -1, 1, 1),
    ("leave", 1, 0, 0, 0),
    ("next_round", 1, 0),
    ("introduce", 1, 0, 0, 1, 0),
    ("introduce", 0, 0, 1, 1, 1),
    ("introduce", 0, 0, 2, 1, 2),
    ("submit", 1, 0, 0),
    ("approve", 1, 2, 0, 1),
    ("submit", 1, 0, 0),
    ("remove", 40, 0, 0),
    ("approve", 1, 2, 0, 1),
    ("next_round", 2, 0),
]


class Office:
    """Does each act on the product and, once the product has let it through, writes it into the reference."""

    def __init__(self, reference: Reference) -> None:
        self.day = FIRST
        self.reference = reference
        self.round = None
        self.rounds = 0
        self.entries: list[int] = []  # the keys of plan entries, by their numbers in the reference

    def live(self, acts: list[Act]) -> None:
        """Do the acts; what the rules refuse changes nothing."""
        for each in [*BEGINNING, *acts]:
            with suppress(Refused), transaction.atomic():
                self.do(each)

    def do(self, an_act: Act) -> None:
        """Do one act; raises `Refused` when the product refuses it, or when there is nothing to do it with."""
        name, later, effect, *numbers = an_act
        self.day += timedelta(days=later)
        getattr(self, name)(self.day + timedelta(days=effect), *numbers)

    # What there is to choose from

    def place(self, number: int, day: date) -> Organization:
        return Organization.objects.get(code=_chosen(number, sorted(self.reference.tree(day))))

    def people(self) -> list[str]:
        return sorted({each.person for each in self.reference.memberships})

    def person(self, number: int) -> Person:
        return Person.objects.get(full_name=_chosen(number, self.people()))

    def unborne_names(self, save_by: str = "") -> list[str]:
        """Return the names that no organisation ever bore, save the one of the code `save_by`."""
        borne = {(each.fields or {}).get("name") for each in self.reference.changes if each.code != save_by}
        return [name for name in ORGANIZATIONS if name not in borne]

    # Organisations

    def establish(self, day: date, parent: int, kind: int) -> None:
        standing = self.reference.tree(day)
        code = f"TC{len({change.code for change in self.reference.changes}):02d}"
        place = self.place(parent, day) if self.reference.changes else None
        name = _chosen(5 * len(standing), self.unborne_names())
        kind = _chosen(kind, KINDS) if place else "bloc"
        factories.organization(place, kind=kind, valid_from=day, name=name, code=code)
        self._changed(day, code, name=name, kind=kind, parent=place and place.code)

    def rename(self, day: date, number: int, name: int) -> None:
        place = self.place(number, day)
        self._amend(place, day, name=_chosen(name, self.unborne_names(save_by=place.code)))

    def change_kind(self, day: date, number: int, kind: int) -> None:
        self._amend(self.place(number, day), day, kind=_chosen(kind, KINDS))

    def move(self, day: date, number: int, parent: int, **fields: str) -> None:
        """Move any but the topmost to where it may stand: not beneath itself."""
        tree = self.reference.tree(day)
        code = _chosen(number, [code for code in sorted(tree) if tree[code]["parent"]])
        new_parent = _chosen(parent, sorted(tree.keys() - self.reference.beneath(code, day)))
        if self.reference.moves_after(new_parent, day):
            raise Refused("what it would stand beneath moves later")
        self._amend(Organization.objects.get(code=code), day, parent=new_parent, **fields)

    def move_renamed(self, day: date, number: int, parent: int, name: int) -> None:
        self.move(day, number, parent, name=_chosen(name, self.unborne_names()))

    def merge(self, day: date, number: int, into: int) -> None:
        """Merge any but the topmost into another not beneath it; neither counted nor planned for."""
        tree = self.reference.tree(day)
        code = _chosen(number, [code for code in sorted(tree) if tree[code]["parent"]])
        heir = _chosen(into, sorted(tree.keys() - self.reference.beneath(code, day)))
        if {code, heir} & {each.code for each in (*self.reference.counts, *self.reference.entries)}:
            raise Refused("what becomes of counts and plans is tested with the act")
        source, other = (Organization.objects.get(code=each) for each in (code, heir))
        factories.reorganize("merged", source, on=day, successors=(Successor(other),))
        self.reference.merge(code, heir, day)

    def _amend(self, place: Organization, day: date, **fields: str) -> None:
        changes: dict = dict(fields)
        if "parent" in fields:
            changes["parent"] = Organization.objects.get(code=fields["parent"])
        amend_organization(place, effective_on=day, by=factories.office(), **changes)
        self._changed(day, place.code, **fields)

    def _changed(self, day: date, code: str, **fields: str | None) -> None:
        self.reference.changes.append(Change(day, code, fields))

    # People

    def register(self, day: date, number: int) -> None:
        name = _chosen(2 * number, [name for name in PEOPLE if name not in self.people()])
        place = self.place(number, day)
        factories.person(place, name, member_from=day, birth_date=date(1985, 5, 20))
        self.reference.memberships.append(Membership(day, name, place.code))

    def transfer(self, day: date, who: int, to: int) -> None:
        person, place = self.person(who), self.place(to, day)
        personnel.transfer_membership(person, to=place, effective_on=day, by=factories.office())
        self.reference.memberships.append(Membership(day, person.full_name, place.code))

    def count(self, day: date, number: int, official: int, probationary: int) -> None:
        place = self.place(number, day)
        if any((count.day, count.code) == (day, place.code) for count in self.reference.counts):
            raise Refused("an organisation is counted once a day")
        numbers = {"official": 10 * official, "probationary": probationary}
        record_member_count(place, counted_on=day, by=factories.office(), **numbers)
        self.reference.counts.append(Count(day, place.code, **numbers))

    # Seats

    def appoint(self, day: date, who: int, where: int, position: int) -> None:
        person = self.person(who)
        seat = self._seat(person, self._led(where, day), _chosen(position, POSITIONS), day)
        if seat.position in NEEDS_MEMBERSHIP and not self._sits(seat, "committee_member", day):
            seat = seat._replace(position="committee_member")
        [item] = self._confirm(seat.code, _appointment(person, seat, day))
        self.reference.appoint(seat, day, item.pk)

    def take_in_and_raise(self, day: date, who: int, where: int, position: int) -> None:
        """Let somebody join the committee and, in the same dossier, hold a post that only its members hold."""
        code = self._led(where, day)
        members = self.reference.in_body(code, "committee", day)
        person = Person.objects.get(full_name=_chosen(who, [name for name in self.people() if name not in members]))
        seat = self._seat(person, code, _chosen(position, NEEDS_MEMBERSHIP), day)
        joined = seat._replace(position="committee_member")
        items = self._confirm(seat.code, _appointment(person, seat, day), _appointment(person, joined, day))
        self.reference.appoint(joined, day, items[1].pk)
        self.reference.appoint(seat, day, items[0].pk)

    def leave(self, day: date, which: int, reason: int) -> None:
        seat, reason = self._held(which, day), _chosen(reason, ReleaseReason.values)
        [item] = self._confirm(seat.code, _release(seat, day, reason))
        self.reference.release(seat, day, reason, item.pk)

    def replace(self, day: date, which: int, reason: int, comes: int) -> None:
        """Let somebody else take the seat on the day on which it is left."""
        seat, reason = self._held(which, day), _chosen(reason, ReleaseReason.values)
        newcomer = Person.objects.get(full_name=_chosen(comes, [name for name in self.people() if name != seat.person]))
        taken = seat._replace(person=newcomer.full_name)
        items = self._confirm(seat.code, _appointment(newcomer, taken, day), _release(seat, day, reason))
        self.reference.release(seat, day, reason, items[1].pk)
        self.reference.appoint(taken, day, items[0].pk)

    def annul(self, _: date, which: int) -> None:
        """Say of a confirmed item that it never took place."""
        standing = ChangeItem.objects.filter(outcome="confirmed", superseded_on=None).exclude(act="annul")
        standing = standing.exclude(dossier__kind=Dossier.Kind.CONGRESS).order_by("-pk")
        item = _chosen(which, list(standing[:4]))
        wrong = {"kind": Dossier.Kind.CORRECTION, "corrects": item.dossier}
        self._confirm(item.dossier.organization.code, factories.annulment(item), **wrong)
        self.reference.annul(item.pk)

    def congress(self, day: date, where: int, first: int, how_many: int) -> None:
        """Open a term with the people from the `first` on; the first of them leads, the second is in the inspection.

        Each term of an organisation is a year shorter than the one before: no two of one year are called the same.
        """
        place = self.place(where, day)
        years = 5 - sum(term.code == place.code for term in self.reference.terms)
        elected = [_chosen(first + number, self.people()) for number in range(min(how_many, 3) + 1)]
        term = Term(day, place.code, f"{day.year}-{day.year + years}", SIZES)
        seats = [Seat(name, place.code, term.label, "committee_member") for name in dict.fromkeys(elected)]
        seats += [seats[0]._replace(position=position) for position in ("standing_member", "secretary")]
        seats += [seat._replace(position="inspection_member") for seat in seats[1:2]]
        items = [_appointment(self._named(seat), seat, None, method="congress", elected_on=day) for seat in seats]
        result = {"label": term.label, "planned_end": day + timedelta(days=365 * years)}
        result |= {"committee_size": 4, "standing_size": 2, "inspection_size": 2}
        congress = factories.congress_fields(day, **result)
        self._confirm(place.code, *items, kind=Dossier.Kind.CONGRESS, congress=congress, since=day)
        self.reference.hold_congress(term, seats)

    def _led(self, number: int, day: date) -> str:
        """Return the code of an organisation that is in a term on the day."""
        codes = {term.code for term in self.reference.terms}
        return _chosen(number, sorted(code for code in codes if self.reference.term(code, day)))

    def _seat(self, person: Person, code: str, position: str, day: date) -> Seat:
        return Seat(person.full_name, code, self.reference.term(code, day).label, position)

    def _sits(self, seat: Seat, position: str, day: date) -> bool:
        return seat._replace(position=position) in self.reference.seats(day)

    def _held(self, which: int, day: date) -> Seat:
        return _chosen(which, sorted(self.reference.seats(day)))

    def _named(self, seat: Seat) -> Person:
        return Person.objects.get(full_name=seat.person)

    def _confirm(self, code: str, *items, since: date | None = None, **fields) -> list[ChangeItem]:
        """Draft, submit and confirm a dossier, all today (not before `since`); return its items as they were given."""
        day = max(self.day, since or self.day)
        place = Organization.objects.get(code=code)
        dossier = factories.dossier(place, *items, opened_on=day, **fields)
        personnel.submit(dossier, by=factories.office(), on=day, explanation=factories.EXPLANATION)
        decision = factories.document(issued_on=day)
        personnel.confirm(dossier, by=factories.superior(), decision=decision, explanation=factories.EXPLANATION)
        return list(dossier.items.order_by("pk"))

    # Plans

    def next_round(self, _: date) -> None:
        """Close the round, which takes out whoever was never submitted in it, and open another."""
        if self.round:
            planning.close_round(self.round, by=factories.office(), on=self.day)
            self._take_steps(self.reference.never_approved(self.rounds), self.day, "removed")
        self.round = factories.planning_round(self.place(0, self.day), self.day, plan_term=PLAN_TERM)
        self.rounds += 1

    def introduce(self, day: date, who: int, where: int, position: int) -> None:
        person, place = self.person(who), self.place(where % 3, day)
        planned = Planned(person.full_name, place.code, _chosen(position, list(GROUP_OF_POSITION)), self.rounds)
        entry = factories.plan_entry(self.round, person, place, planned.position, on=day)
        self.entries.append(entry.pk)
        self.reference.entries.append(planned)
        self._take_steps([len(self.entries) - 1], day, "awaiting")

    def submit(self, day: date, which: int) -> None:
        """Submit the plan to which one of those introduced belongs; nobody enters or leaves by that."""
        introduced = PlanEntry.objects.filter(round=self.round, approval=None, valid_to=None).order_by("pk")
        entry = _chosen(which, list(introduced))
        factories.submitted_plan(self.round, entry.organization, entry.group, on=day)

    def approve(self, day: date, which: int, refused: int) -> None:
        plan = _chosen(which, list(PlanApproval.objects.waiting().order_by("pk")))
        submitted = list(plan.entries.filter(valid_to=None).order_by("pk"))
        turned_down = submitted[refused : refused + 1]
        decision = factories.document(issued_on=min(day, self.day), effective_on=day)
        by = factories.superior()
        planning.approve_plans([plan], by=by, decision=decision, refused=turned_down, explanation=factories.EXPLANATION)
        for entry in submitted:
            self._take_steps([self.entries.index(entry.pk)], day, "removed" if entry in turned_down else "in_plan")

    def remove(self, day: date, which: int) -> None:
        gone = {step.number for step in self.reference.steps if step.state == "removed"}
        number = _chosen(which, [number for number in range(len(self.entries)) if number not in gone])
        entry = PlanEntry.objects.get(pk=self.entries[number])
        planning.remove_entry(entry, on=day, reason=PlanEntry.RemovalReason.OWN_WISH, by=factories.office())
        self._take_steps([number], day, "removed")

    def _take_steps(self, numbers: list[int], day: date, state: str) -> None:
        self.reference.steps += [Step(day, number, state) for number in numbers]


def _chosen(number: int, among):
    """Return one of them, whatever the number; there is nothing to do when there are none."""
    if not among:
        raise Refused("there is none")
    return among[number % len(among)]


def _appointment(person: Person, seat: Seat, day: date | None, **fields):
    return factories.appointment(person, seat.position, proposed_on=day, **fields)


def _release(seat: Seat, day: date, reason: str):
    person = Person.objects.get(full_name=seat.person)
    return factories.release(person, seat.position, release_reason=reason, proposed_on=day)
