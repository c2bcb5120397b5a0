"""Succession planning (quy hoạch): rounds, targets, ballots, plans and what reviews say of them."""

from planning.models.ballots import BallotResult, BallotStep
from planning.models.plans import PlanApproval, PlanEntry, PlanJudgement
from planning.models.reviews import ReviewVerdict
from planning.models.rounds import GROUP_OF_POSITION, POSITIONS_OF_GROUP, PlanningRound, PlanTarget, PositionGroup

__all__ = [
    "GROUP_OF_POSITION",
    "POSITIONS_OF_GROUP",
    "BallotResult",
    "BallotStep",
    "PlanApproval",
    "PlanEntry",
    "PlanJudgement",
    "PlanTarget",
    "PlanningRound",
    "PositionGroup",
    "ReviewVerdict",
]
