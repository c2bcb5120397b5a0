"""Whatever is reorganised and taken back, nothing that lasts refers to an organisation that has ended.

Random sequences of acts (hypothesis), some on one day, some entered late; read over by slow and obvious code.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from common.errors import Refused
from organizations.actions import record_member_count
from organizations.models import MemberCount, Organization, OrganizationVersion, Reorganization, Term
from personnel import actions as personnel
from personnel.models import Dossier, Holding, Membership, Person
from planning.models import PlanEntry, PlanningRound
from reorganizations.actions import take_back
from reorganizations.drafts import Plans, Successor
from tests import factories
from tests.common.constraints import undone

pytestmark = pytest.mark.django_db
BEGINS = date(2022, 3, 1)
OPEN = (Dossier.State.DRAFT, Dossier.State.SUBMITTED)


# The slow reading


def dangling() -> list[str]:
    return [*_outlasting(), *_undecided()]


def _outlasting() -> Iterator[str]:
    rows = [(each, each.body.term.organization) for each in Holding.objects.all()]
    rows += [(each, each.organization) for model in (Membership, Term, PlanEntry) for each in model.objects.all()]
    rows += [(each, each.parent) for each in OrganizationVersion.objects.all() if each.parent]
    for row, organization in rows:
        end = _end_of(organization)
        if end and (row.valid_to is None or row.valid_to > end):
            yield f"{row!r} outlasts {organization.code}, which ended on {end}"


def _undecided() -> Iterator[str]:
    for dossier in Dossier.objects.all():
        if dossier.state in OPEN and not dossier.corrects and _end_of(dossier.organization):
            yield f"{dossier!r} waits for a decision on {dossier.organization.code}"
    for planning_round in PlanningRound.objects.all():
        if planning_round.closed_on is None and _end_of(planning_round.authority):
            yield f"{planning_round!r} is conducted by {planning_round.authority.code}"
    for count in MemberCount.objects.all():
        if count.counted_on > (_end_of(count.organization) or date.max):
            yield f"{count!r} is of a day on which {count.organization.code} had ended"


def _end_of(organization: Organization) -> date | None:
    """Return when it ended; None while it stands. One that stands on no day has ended before anything that lasts."""
    versions = list(organization.versions.all())
    if not versions:
        return date.max
    return max(versions, key=lambda each: each.valid_from).valid_to


# The acts


class Register:
    """A bloc with two organisations, each with its term, people, plan and cell; and what is done to it."""

    def __init__(self) -> None:
        self.day = BEGINS
        self.done = 0
        self.bloc = factories.organization(code="K")
        self.round = factories.planning_round(self.bloc)
        for code in ("A", "B"):
            made = factories.organization(self.bloc, code=code)
            factories.term(made)
            people = [factories.person(made) for _ in range(2)]
            factories.seated(people[0], made, on=date(2021, 3, 1))
            factories.organization(made, kind="subordinate_cell", code=f"{code}1")

    def do(self, act: tuple) -> None:
        """Do one act; raises `Refused` when the product refuses it, or when there is nothing to do it with."""
        name, later, *numbers = act
        self.day += timedelta(days=later)
        self.done += 1
        getattr(self, name)(*numbers)

    def place(self, number: int) -> Organization:
        """Return any organisation but the topmost, ended and undone ones among them."""
        return _chosen(number, Organization.objects.exclude(pk=self.bloc.pk))

    def new(self, parent: Organization, number: int = 0) -> Successor:
        code = f"N{self.done}.{number}"
        seats = ((_chosen(number, Person.objects), factories.position("committee_member")),)
        return factories.successor(parent, code, term=factories.first_term(self.day), seats=seats)

    def reorganize(self, kind: str, *sources: Organization, **fields) -> None:
        factories.reorganize(kind, *sources, on=self.day, decision=factories.document(issued_on=BEGINS), **fields)

    def establish(self, parent: int, other: int) -> None:
        self.reorganize("established", successors=[self.new(self.place(parent), other)])

    def rename(self, which: int, _: int) -> None:
        self.reorganize("renamed", self.place(which), name=f"Đảng bộ Mới {self.done}")

    def transfer(self, which: int, to: int) -> None:
        self.reorganize("transferred", self.place(which), new_parent=self.place(to))

    def merge(self, which: int, other: int) -> None:
        sources = {each.pk: each for each in (self.place(which), self.place(other))}.values()
        self.reorganize("merged", *sources, successors=[self.new(self.bloc)], plans=Plans.CARRY)

    def absorb(self, which: int, into: int) -> None:
        self.reorganize("merged", self.place(which), successors=[Successor(self.place(into))], plans=Plans.CARRY)

    def split(self, which: int, where: int) -> None:
        people = {each.pk: number % 2 for number, each in enumerate(Person.objects.order_by("pk"))}
        parts = [self.new(self.place(where) if where % 2 else self.bloc, number) for number in range(2)]
        self.reorganize("split", self.place(which), successors=parts, members=people, plans=Plans.CARRY)

    def split_off(self, which: int, who: int) -> None:
        members = {_chosen(who, Person.objects).pk: 0}
        self.reorganize("split", self.place(which), successors=[self.new(self.bloc)], goes_on=True, members=members)

    def dissolve(self, which: int, into: int) -> None:
        self.reorganize("dissolved", self.place(which), successors=[Successor(self.place(into))] if into % 3 else [])

    def take_back(self, which: int, _: int) -> None:
        made = _chosen(which, Reorganization.objects, newest_first=True)
        take_back(made, decision=factories.document(issued_on=self.day), reason="Ghi nhầm", by=factories.office())

    def enter(self, where: int, _: int) -> None:
        factories.person(self.place(where), member_from=self.day)

    def move(self, who: int, to: int) -> None:
        person = _chosen(who, Person.objects)
        personnel.transfer_membership(person, to=self.place(to), effective_on=self.day, by=factories.office())

    def appoint(self, who: int, where: int) -> None:
        factories.seated(_chosen(who, Person.objects), self.place(where), on=self.day)

    def leave(self, which: int, reason: int) -> None:
        held = _chosen(which, Holding.objects.filter(valid_to=None))
        reason = ("retirement", "own_wish", "transfer")[reason % 3]
        item = factories.release(held.person, held.position_id, proposed_on=self.day, release_reason=reason)
        factories.confirmed(held.body.term.organization, item, on=self.day)

    def annul(self, which: int, _: int) -> None:
        confirmed = Dossier.objects.filter(kind=Dossier.Kind.SUPPLEMENT, state=Dossier.State.CONFIRMED)
        dossier = _chosen(which, confirmed, newest_first=True)
        factories.correction(dossier, factories.annulment(dossier.items.first()), on=max(self.day, dossier.decided_on))

    def congress(self, where: int, who: int) -> None:
        factories.congress(self.place(where), (_chosen(who, Person.objects), "committee_member"), on=self.day)

    def draft(self, where: int, who: int) -> None:
        factories.dossier(self.place(where), factories.appointment(_chosen(who, Person.objects)), opened_on=self.day)

    def withdraw(self, which: int, _: int) -> None:
        dossier = _chosen(which, Dossier.objects.filter(state__in=OPEN))
        personnel.withdraw(dossier, by=factories.office(), reason="Thôi")

    def plan(self, who: int, where: int) -> None:
        place = self.place(where)
        factories.plan_entry(self.round, _chosen(who, Person.objects), place, on=self.day)
        factories.approved(self.round, place, submitted_on=self.day, on=self.day)

    def introduce(self, who: int, where: int) -> None:
        factories.plan_entry(self.round, _chosen(who, Person.objects), self.place(where), "committee_member", self.day)

    def count(self, where: int, official: int) -> None:
        record_member_count(
            self.place(where), counted_on=self.day, official=official, probationary=0, by=factories.office()
        )


def _chosen(number: int, among, *, newest_first: bool = False):
    found = list(among.order_by("-pk" if newest_first else "pk"))
    if not found:
        raise Refused("there is none")
    return found[number % len(found)]


REORGANIZING = (
    *("establish", "rename", "transfer", "merge", "absorb", "split", "split_off", "dissolve", "dissolve"),
    *("take_back",) * 4,
)
BETWEEN = (
    *("enter", "move", "appoint", "leave", "annul", "congress", "draft", "withdraw", "plan", "introduce", "count"),
)
LATER = (0, 0, 1, 20, -1, -15)  # days after the act before: some on one day, some entered late
number = st.integers(0, 7)
act = st.tuples(st.sampled_from([*REORGANIZING, *REORGANIZING, *BETWEEN]), st.sampled_from(LATER), number, number)
acts = st.lists(act, min_size=8, max_size=12)
# Each act at least once, and most of them let through.
STORY = [
    ("plan", 1, 1, 0),
    ("establish", 0, 0, 1),
    ("merge", 1, 0, 2),
    ("rename", 0, 5, 0),
    ("take_back", 1, 0, 0),
    ("take_back", 0, 2, 0),
    ("appoint", 1, 1, 0),
    ("leave", 1, 0, 1),
    ("annul", 1, 0, 0),
    ("enter", 0, 2, 0),
    ("move", 1, 1, 1),
    ("draft", 0, 0, 1),
    ("withdraw", 0, 0, 0),
    ("transfer", 1, 1, 2),
    ("split_off", 1, 0, 0),
    ("count", 0, 3, 5),
    ("split", 5, 0, 1),
    ("absorb", 1, 2, 6),
    ("dissolve", 20, 7, 1),
    ("introduce", 1, 0, 6),
    ("congress", 1, 6, 2),
]


def test_the_product_lets_every_act_of_the_story_through():
    register = Register()
    for each in STORY:
        try:
            register.do(each)
        except Refused as error:
            pytest.fail(f"{each}: {error}")
    assert {name for name, *_ in STORY} == {*REORGANIZING, *BETWEEN}


def test_the_reading_tells_of_all_that_dangles():
    """The guard itself: an organisation is ended behind the product's back, with all that rests on it."""
    register = Register()
    place = register.place(0)
    register.do(("plan", 1, 0, 0))
    register.do(("draft", 1, 0, 0))
    register.do(("count", 30, 0, 5))
    assert dangling() == []
    place.versions.update(valid_to=BEGINS)
    told = " ".join(dangling())
    for word in ("<Holding", "<Membership", "<Term", "<PlanEntry", "<OrganizationVersion", "<Dossier", "<MemberCount"):
        assert word in told


@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking would take minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(acts=STORY)
@given(acts=acts)
def test_nothing_dangles(acts):
    with undone():
        register = Register()
        for act in acts:
            with suppress(Refused), transaction.atomic():
                register.do(act)
            assert dangling() == [], act
