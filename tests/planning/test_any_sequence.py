"""Whatever acts of planning follow each other, the plan is what a slow reading of the acts says (hypothesis)."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from common.errors import Refused
from planning import actions
from planning.models import PlanApproval, PlanEntry, PositionGroup
from planning.querysets import awaiting_approval, in_plan
from tests import factories
from tests.common.constraints import undone

pytestmark = pytest.mark.django_db
SECRETARIES = PositionGroup.SECRETARIES
FIRST = date(2022, 2, 1)
A_DAY = timedelta(days=1)

ACTS = st.one_of(
    st.tuples(st.just("introduce"), st.integers(0, 4), st.sampled_from(["secretary", "deputy_secretary"])),
    st.tuples(st.just("ballot"), st.lists(st.booleans(), min_size=8, max_size=8)),
    st.tuples(st.just("submit")),
    st.tuples(st.just("approve"), st.integers(0, 3)),
    st.tuples(st.just("return")),
    st.tuples(st.just("remove"), st.integers(0, 7)),
    st.tuples(st.just("verdict"), st.integers(0, 7)),
    st.tuples(st.just("next round")),
)


# An ordinary round; a sequence begins with as much of it as is drawn, so that many get as far as an approval.
BEGINNING = (
    ("introduce", 0, "secretary"),
    ("introduce", 1, "secretary"),
    ("introduce", 1, "deputy_secretary"),
    ("introduce", 2, "deputy_secretary"),
    ("ballot", [True, True, True, False]),
    ("submit",),
    ("approve", 3),
    ("next round",),
    ("verdict", 0),
)


class Book:
    """The same acts on plain dictionaries: who is waiting, who is in, since when, until when."""

    def __init__(self) -> None:
        self.spans: list[dict] = []  # of entries: key, introduced, begins, ends

    def open_of(self, key) -> dict | None:
        return next((span for span in self.spans if span["key"] == key and span["ends"] is None), None)

    def introduce(self, key, day: date) -> None:
        self.spans.append({"key": key, "introduced": day, "begins": None, "ends": None, "stopped": None})

    def in_plan(self, day: date) -> set:
        return {
            span["key"]
            for span in self.spans
            if span["begins"] and span["begins"] <= day and (span["ends"] is None or day < span["ends"])
        }

    def waiting(self, day: date) -> set:
        return {
            span["key"]
            for span in self.spans
            if span["introduced"] <= day
            and (span["begins"] is None or day < span["begins"])
            and (span["ends"] is None or day < span["ends"])
        }


class Office:
    """Does each act on the product and, when the product lets it through, in the book; a day passes after each."""

    def __init__(self) -> None:
        self.day = FIRST
        self.bloc = factories.organization()
        self.place = factories.organization(self.bloc)
        self.people = [factories.person(self.place, birth_date=date(1990, 1, 1)) for _ in range(5)]
        self.round = factories.planning_round(self.bloc)
        self.book = Book()

    def entries(self):
        return PlanEntry.objects.filter(valid_to=None).select_related("person", "position").order_by("pk")

    def key(self, entry: PlanEntry):
        return entry.person_id, entry.position_id

    def do(self, act: tuple) -> None:
        name, *arguments = act
        with suppress(Refused):
            getattr(self, f"do_{name.replace(' ', '_')}")(*arguments)
        self.day += A_DAY

    def do_introduce(self, number: int, code: str) -> None:
        person = self.people[number]
        factories.plan_entry(self.round, person, self.place, code, on=self.day)
        self.book.introduce((person.pk, code), self.day)

    def do_ballot(self, passes: list[bool]) -> None:
        candidates = [entry for entry in self.entries() if entry.round_id == self.round.pk and not entry.valid_from]
        standing = [entry for entry in candidates if not self.book.open_of(self.key(entry))["stopped"]]
        counts = {"body": "Hội nghị", "held_on": self.day, "summoned": 15}
        counts |= dict.fromkeys(("present", "issued", "collected", "valid"), 15)
        votes = [actions.VoteDraft(entry, 15 if yes else 0) for entry, yes in zip(standing, passes, strict=False)]
        actions.record_ballot(
            self.round,
            organization=self.place,
            group=SECRETARIES,
            counts=counts,
            votes=votes,
            by=factories.office(),
        )
        for draft in votes:
            if not draft.votes:
                self.book.open_of(self.key(draft.entry))["stopped"] = self.day

    def do_submit(self) -> None:
        factories.submitted_plan(self.round, self.place, on=self.day)
        for span in self.book.spans:
            if span["stopped"] and span["ends"] is None:
                span["ends"] = span["stopped"]

    def do_approve(self, refuse: int) -> None:
        plan = self.waiting_plan()
        submitted = list(plan.entries.filter(valid_to=None).order_by("pk"))
        refused = submitted[refuse : refuse + 1]
        leaving = [verdict.entry for verdict in self.round.verdicts.filter(verdict="remove", entry__valid_to=None)]
        actions.approve_plans(
            [plan],
            by=factories.superior(),
            decision=factories.document(issued_on=self.day),
            refused=refused,
            explanation=factories.EXPLANATION,
        )
        for entry in submitted:
            self.book.open_of(self.key(entry))["ends" if entry in refused else "begins"] = self.day
        for entry in leaving:
            self.book.open_of(self.key(entry))["ends"] = self.day

    def do_return(self) -> None:
        actions.return_plan(self.waiting_plan(), by=factories.superior(), reason="Thiếu giấy tờ", on=self.day)

    def waiting_plan(self) -> PlanApproval:
        plan = self.round.approvals.waiting().first()
        if plan is None:
            raise Refused("nothing waits")
        return plan

    def do_remove(self, number: int) -> None:
        entry = self.chosen(number)
        actions.remove_entry(entry, on=self.day, reason="own_wish", by=factories.office())
        self.book.open_of(self.key(entry))["ends"] = self.day

    def do_verdict(self, number: int) -> None:
        entry = self.chosen(number)
        verdict = actions.VerdictDraft(entry, "remove", "own_wish")
        actions.review(
            self.round, organization=self.place, group=SECRETARIES, verdicts=[verdict], by=factories.office()
        )

    def chosen(self, number: int) -> PlanEntry:
        entries = list(self.entries())
        if number >= len(entries):
            raise Refused("there are not so many")
        return entries[number]

    def do_next_round(self) -> None:
        actions.close_round(self.round, by=factories.office(), on=self.day)
        for span in self.book.spans:
            if span["begins"] is None and span["ends"] is None:
                span["ends"] = self.day
        self.round = factories.planning_round(self.bloc, kind="review", opened_on=self.day)


@settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(begun=st.integers(0, len(BEGINNING)), acts=st.lists(ACTS, min_size=4, max_size=16))
def test_who_is_in_the_plan_and_who_waits_on_every_day(begun, acts):
    with undone():
        office = Office()
        for act in [*BEGINNING[:begun], *acts]:
            office.do(act)
        days = [FIRST + number * A_DAY for number in range(-1, len(BEGINNING) + len(acts) + 2)]
        for day in days:
            assert _people(in_plan(day, day)) == office.book.in_plan(day), day
            assert _people(awaiting_approval(day, day)) == office.book.waiting(day), day


def _people(condition) -> set:
    return set(PlanEntry.objects.filter(condition).values_list("person", "position"))
