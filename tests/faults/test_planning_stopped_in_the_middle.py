"""The acts of planning leave nothing half done, at whichever write the server is stopped."""

from datetime import date
from decimal import Decimal

import pytest

from planning import actions
from planning.models import PositionGroup
from tests import factories
from tests.faults.stopping import try_at_every_write

pytestmark = pytest.mark.django_db
SECRETARIES = PositionGroup.SECRETARIES
MARCH = date(2022, 3, 10)


@pytest.fixture
def bloc():
    return factories.organization()


@pytest.fixture
def place(bloc):
    return factories.organization(bloc)


@pytest.fixture
def planning_round(bloc):
    return factories.planning_round(bloc)


@pytest.fixture
def introduced(planning_round, place):
    return [factories.plan_entry(planning_round, factories.person(place), place) for _ in range(3)]


def test_introducing(planning_round, place):
    people = [factories.person(place) for _ in range(3)]
    candidates = [(person, factories.position("secretary")) for person in people]
    facts = {"organization": place, "candidates": candidates, "on": MARCH, "by": factories.office()}

    assert try_at_every_write(lambda: actions.introduce(planning_round, **facts)) >= 2


def test_recording_a_ballot_and_entering_it_again(planning_round, place, introduced):
    ballot = {"body": "Hội nghị", "held_on": MARCH, "summoned": 15}
    ballot |= dict.fromkeys(("present", "issued", "collected", "valid"), 15)
    facts = {"organization": place, "group": SECRETARIES, "by": factories.office()}

    def votes(number):
        return [actions.VoteDraft(entry, number) for entry in introduced]

    def record(number, **again):
        return actions.record_ballot(planning_round, counts=ballot, votes=votes(number), **facts, **again)

    assert try_at_every_write(lambda: record(12)) >= 4
    step = planning_round.ballots.get()
    assert try_at_every_write(lambda: record(9, step=step, edition=1)) >= 4
    step.refresh_from_db()
    assert try_at_every_write(lambda: actions.delete_ballot(step, by=factories.office(), edition=2)) > 4


def test_submitting_what_the_ballots_left(planning_round, place, introduced):
    factories.ballot(*introduced)
    factories.plan_entry(planning_round, factories.person(place), place, "deputy_secretary")

    assert try_at_every_write(lambda: factories.submitted_plan(planning_round, place, on=MARCH)) > 5


def test_approving_the_plans_of_two_by_one_decision(bloc, planning_round, place, introduced):
    other = factories.organization(bloc)
    factories.plan_entry(planning_round, factories.person(other), other)
    plans = [factories.submitted_plan(planning_round, each, on=MARCH) for each in (place, other)]
    facts = {"by": factories.superior(), "decision": factories.document(), "explanation": factories.EXPLANATION}

    assert try_at_every_write(lambda: actions.approve_plans(plans, refused=introduced[:1], **facts)) > 7


def test_approving_a_review_that_takes_out(bloc, planning_round, place, introduced):
    factories.approved(planning_round, place)
    review = factories.planning_round(bloc, kind="review", opened_on=date(2023, 1, 5))
    verdicts = [actions.VerdictDraft(introduced[0], "remove", "own_wish"), actions.VerdictDraft(introduced[1], "keep")]
    facts = {"organization": place, "group": SECRETARIES, "verdicts": verdicts, "by": factories.office()}
    assert try_at_every_write(lambda: actions.review(review, **facts)) >= 2

    plan = factories.submitted_plan(review, place, on=date(2023, 2, 1))
    decision = factories.document(issued_on=date(2023, 3, 1))
    facts = {"by": factories.superior(), "decision": decision, "explanation": factories.EXPLANATION}
    assert try_at_every_write(lambda: actions.approve_plans([plan], **facts)) > 4


def test_returning(planning_round, place, introduced):
    plan, superior = factories.submitted_plan(planning_round, place, on=MARCH), factories.superior()

    assert try_at_every_write(lambda: actions.return_plan(plan, by=superior, reason="Thiếu")) > 3


def test_taking_out(planning_round, place, introduced):
    factories.approved(planning_round, place)
    removals = [(introduced[0], "discipline"), (introduced[1], "transfer")]
    facts = {"on": date(2023, 1, 5), "by": factories.office()}

    assert try_at_every_write(lambda: actions.remove_entries(removals, **facts)) >= 3


def test_taking_in_again(bloc, planning_round, place, introduced):
    factories.approved(planning_round, place)
    factories.left_for_a_measure(introduced[0])
    introduced[0].refresh_from_db()
    review = factories.planning_round(bloc, kind="review", opened_on=date(2025, 11, 5))
    facts = {"planning_round": review, "on": date(2025, 11, 6), "by": factories.office()}

    assert try_at_every_write(lambda: actions.reenter(introduced[0], **facts)) >= 3


def test_setting_targets_and_closing(planning_round, place, introduced):
    drafts = [actions.TargetDraft(place, group, 3, Decimal("1.5")) for group in PositionGroup]
    assert try_at_every_write(lambda: actions.set_targets(planning_round, targets=drafts, by=factories.office())) >= 8

    assert try_at_every_write(lambda: actions.close_round(planning_round, on=MARCH, by=factories.office())) > 3
