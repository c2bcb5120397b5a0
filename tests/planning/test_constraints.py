"""What the database itself refuses of planning."""

from datetime import date

import pytest

from planning.models import (
    BallotResult,
    BallotStep,
    PlanApproval,
    PlanEntry,
    PlanJudgement,
    PlanningRound,
    PlanTarget,
    ReviewVerdict,
)
from tests import factories
from tests.common.constraints import DAY, Rows, World, case, constraints_of, earlier, try_insert, try_update
from tests.factories import DECIDED

OPENED = date(2022, 1, 5)
SUBMITTED = date(2022, 2, 20)


@case("round_closes_after_it_opens")
def _(world):
    def planning_round(closed_on):
        return PlanningRound(
            authority=world.bloc, plan_term="2025-2030", kind="first", opened_on=OPENED, closed_on=closed_on
        )

    return Rows(
        refused=[planning_round(OPENED - DAY)],
        accepted=[planning_round(OPENED), planning_round(None)],
    )


def target(world: World, **fields) -> PlanTarget:
    defaults = {"round": world.round, "organization": world.organization, "group": "committee"}
    return PlanTarget(**(defaults | {"seats": 15, "coefficient": "1.50"} | fields))


@case("one_target_of_a_group_in_a_round")
def _(world):
    target(world).save()
    return Rows(
        refused=[target(world, seats=10)],
        accepted=[
            target(world, group="standing"),
            target(world, organization=world.bloc),
            target(world, position_id="committee_member"),  # beside that of the group, one of a single position
        ],
    )


@case("one_target_of_a_position_in_a_round")
def _(world):
    of_secretary = {"group": "secretaries", "position_id": "secretary"}
    target(world, **of_secretary).save()
    return Rows(
        refused=[target(world, **of_secretary, seats=2)],
        accepted=[
            target(world, group="secretaries", position_id="deputy_secretary"),
            target(world, group="secretaries"),
            target(world, **of_secretary, organization=world.bloc),
        ],
    )


@case("target_is_positive")
def _(world):
    return Rows(
        refused=[target(world, seats=0), target(world, coefficient="0.00")],
        accepted=[target(world, seats=1), target(world, coefficient="0.01")],
    )


def approval(world: World, **fields) -> PlanApproval:
    defaults = {"round": world.round, "organization": world.organization, "group": "committee"}
    return PlanApproval(**(defaults | {"submitted_on": SUBMITTED} | fields))


@case("one_approval_of_a_group_in_a_round")
def _(world):
    approval(world).save()
    return Rows(
        refused=[approval(world)],
        accepted=[
            approval(world, group="standing"),
            approval(world, organization=world.bloc),
            approval(world, returned_on=SUBMITTED, return_reason="Thiếu biên bản"),
        ],
    )


@case("plan_is_returned_unapproved_for_a_reason")
def _(world):
    returned = {"returned_on": SUBMITTED, "return_reason": "Thiếu biên bản"}
    return Rows(
        refused=[
            approval(world, **(returned | {"return_reason": ""})),
            approval(world, **(returned | {"returned_on": None})),
            approval(world, **(returned | {"returned_on": SUBMITTED - DAY})),
            approval(world, **returned, approved_on=DECIDED, decision=world.document),
        ],
        accepted=[approval(world, **returned), approval(world)],
    )


@case("plan_submitted_despite_a_warning_has_an_explanation")
def _(world):
    def judgement(**fields):
        defaults = {"approval": world.approval, "stage": "submission", "severity": "warn", "judged_on": SUBMITTED}
        return PlanJudgement(**(defaults | {"message": "Chưa có ai"} | fields))

    return Rows(
        refused=[judgement()],
        accepted=[
            judgement(explanation="Đã xem xét"),
            judgement(severity="info"),
            judgement(stage="approval"),
        ],
    )


@case("plan_is_approved_on_a_day_by_a_decision")
def _(world):
    return Rows(
        refused=[approval(world, approved_on=DECIDED), approval(world, decision=world.document)],
        accepted=[approval(world, approved_on=DECIDED, decision=world.document), approval(world)],
    )


@case("plan_is_approved_after_it_was_submitted")
def _(world):
    return Rows(
        refused=[approval(world, approved_on=SUBMITTED - DAY, decision=world.document)],
        accepted=[approval(world, approved_on=SUBMITTED, decision=world.document)],
    )


INTRODUCED = date(2022, 2, 1)


def entry(world: World, **fields) -> PlanEntry:
    """Return an entry for somebody else than the one planned already; not yet approved."""
    defaults = {
        "round": world.round,
        "person": world.other_person,
        "organization": world.organization,
        "position_id": "secretary",
        "plan_term": "2025-2030",
        "introduced_on": INTRODUCED,
    }
    return PlanEntry(**(defaults | fields))


def in_plan(world: World, **fields) -> PlanEntry:
    return entry(world, **({"approval": world.approval, "valid_from": DECIDED} | fields))


def taken_out(world: World, valid_to: date, **fields) -> PlanEntry:
    return entry(world, **({"valid_to": valid_to, "removal_reason": "over_age"} | fields))


@case("planning_planentry_ends_after_it_begins")
def _(world):
    approved = {"approval": world.approval, "valid_from": DECIDED}
    return Rows(
        refused=[taken_out(world, DECIDED, **approved)],
        accepted=[taken_out(world, DECIDED + DAY, **approved), taken_out(world, DECIDED)],
    )


@case("person_is_planned_once_for_a_position")
def _(world):
    last_year = earlier(DECIDED)
    before = {"approval": world.approval, "person": world.person, "introduced_on": last_year, "valid_from": last_year}
    return Rows(
        refused=[taken_out(world, DECIDED + DAY, **before)],
        accepted=[
            taken_out(world, DECIDED, **before),
            taken_out(world, DECIDED + DAY, **(before | {"plan_term": "2020-2025"})),
        ],
    )


@case("one_open_plan_entry_of_a_person_for_a_position")
def _(world):
    approved = in_plan(world)  # made before the open entry, so that its approval does not take that one in
    entry(world).save()
    return Rows(
        refused=[entry(world), approved],
        accepted=[
            taken_out(world, DECIDED),
            entry(world, position_id="deputy_secretary"),
            entry(world, plan_term="2020-2025"),
            entry(world, organization=world.bloc),
        ],
    )


@case("plan_entry_is_approved_after_it_was_introduced")
def _(world):
    return Rows(
        refused=[in_plan(world, introduced_on=DECIDED + DAY), in_plan(world, approval=None)],
        accepted=[in_plan(world, introduced_on=DECIDED), entry(world)],
    )


@case("plan_entry_leaves_for_a_reason")
def _(world):
    return Rows(
        refused=[
            taken_out(world, INTRODUCED, removal_reason=""),
            entry(world, removal_reason="over_age"),
            taken_out(world, INTRODUCED - DAY),
        ],
        accepted=[taken_out(world, INTRODUCED), entry(world)],
    )


def ballot_step(world: World, **fields) -> BallotStep:
    """Return a ballot in which fewer took part at each turn."""
    defaults = {"round": world.round, "organization": world.organization, "group": "committee", "number": 1}
    counts = {"summoned": 15, "present": 14, "issued": 13, "collected": 12, "valid": 11}
    return BallotStep(**(defaults | {"body": "Hội nghị Ban Chấp hành", "held_on": SUBMITTED} | counts | fields))


@case("ballot_step_has_a_number_of_its_own")
def _(world):
    ballot_step(world).save()
    return Rows(
        refused=[ballot_step(world, held_on=SUBMITTED + DAY)],
        accepted=[
            ballot_step(world, number=2),
            ballot_step(world, group="standing"),
            ballot_step(world, organization=world.bloc),
        ],
    )


@case("ballot_counts_narrow")
def _(world):
    equal = dict.fromkeys(("summoned", "present", "issued", "collected", "valid"), 15)
    return Rows(
        refused=[
            ballot_step(world, number=0),
            ballot_step(world, **dict.fromkeys(equal, 0)),
            *(ballot_step(world, **equal | {name: 16}) for name in equal if name != "summoned"),
        ],
        accepted=[
            ballot_step(world, **equal),
            ballot_step(world, **equal | {"valid": 0}),
            ballot_step(world, **dict.fromkeys(equal, 0) | {"summoned": 1}),
        ],
    )


@case("ballot_threshold_is_a_share")
def _(world):
    return Rows(
        refused=[ballot_step(world, percent="-0.01"), ballot_step(world, percent="100.01")],
        accepted=[ballot_step(world, percent="0.00"), ballot_step(world, percent="100.00")],
    )


@case("candidate_has_one_result_in_a_ballot")
def _(world):
    candidate, other = entry(world), entry(world, position_id="deputy_secretary")
    step, next_step = ballot_step(world, group="secretaries"), ballot_step(world, group="secretaries", number=2)
    for row in (candidate, other, step, next_step):
        row.save()
    BallotResult(step=step, entry=candidate, votes=9, goes_on=True).save()
    return Rows(
        refused=[BallotResult(step=step, entry=candidate, votes=8, goes_on=False)],
        accepted=[
            BallotResult(step=next_step, entry=candidate, votes=8, goes_on=True),
            BallotResult(step=step, entry=other, votes=8, goes_on=True),
        ],
    )


def verdict(world: World, entry: PlanEntry, **fields) -> ReviewVerdict:
    return ReviewVerdict(**({"round": world.round, "entry": entry, "verdict": "keep"} | fields))


@case("one_verdict_on_an_entry_in_a_review")
def _(world):
    here, elsewhere = entry(world), entry(world, position_id="deputy_secretary")
    for each in (here, elsewhere):
        each.save()
    verdict(world, here).save()
    another = factories.planning_round(world.bloc, kind="review")
    return Rows(
        refused=[verdict(world, here, verdict="remove", reason="transfer")],
        accepted=[verdict(world, elsewhere), verdict(world, here, round=another)],
    )


@case("review_takes_out_for_a_reason")
def _(world):
    here = entry(world)
    here.save()
    return Rows(
        refused=[verdict(world, here, verdict="remove"), verdict(world, here, reason="transfer")],
        accepted=[verdict(world, here), verdict(world, here, verdict="remove", reason="transfer")],
    )


@pytest.mark.django_db
@pytest.mark.parametrize("name", constraints_of("planning"))
def test_the_database_refuses_to_insert(name):
    try_insert(name)


@pytest.mark.django_db
@pytest.mark.parametrize("name", constraints_of("planning"))
def test_the_database_refuses_to_update(name):
    try_update(name)
