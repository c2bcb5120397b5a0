"""The steps that every round of planning takes, in the office's order: open, introduce, submit, approve."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from demo.world import World
from organizations.models import Document, Organization
from personnel.models import Person
from planning.actions import approve_plans, introduce, open_round, set_target, submit_plan
from planning.models import PlanApproval, PlanEntry, PlanningRound, PositionGroup

Candidate = tuple[Person, str]  # a person and the code of a position


def open_round_on(world: World, day: date, term: str, kind: str, legal_basis: Iterable[Document]) -> PlanningRound:
    return open_round(
        world.bloc, plan_term=term, kind=kind, opened_on=day, legal_basis=legal_basis, by=world.users["bantochuc"]
    )


def aim(
    world: World, planning_round: PlanningRound, code: str, group: PositionGroup, seats: int, coefficient: str = "1.50"
) -> None:
    """Set how many are to be planned for the group."""
    set_target(
        planning_round,
        organization=world.organizations[code],
        group=group,
        seats=seats,
        coefficient=Decimal(coefficient),
        by=world.users["bantochuc"],
    )


def introduce_on(
    world: World, planning_round: PlanningRound, code: str, candidates: Sequence[Candidate], day: date
) -> list[PlanEntry]:
    return introduce(
        planning_round,
        organization=world.organizations[code],
        candidates=[(person, world.positions[position]) for person, position in candidates],
        on=day,
        by=world.users["bantochuc"],
    )


def submit_on(world: World, planning_round: PlanningRound, code: str, group: PositionGroup, day: date) -> PlanApproval:
    return submit_plan(
        planning_round, organization=world.organizations[code], group=group, on=day, by=world.users["bantochuc"]
    )


def approve_on(
    world: World, organization: Organization, approvals: list[PlanApproval], day: date, summary: str
) -> None:
    """Approve plans by one decision: of the bloc for the grassroots, of the committee above for the bloc itself."""
    approve_plans(approvals, decision=world.decision_on(organization, day, summary), by=world.users["chuany"])
