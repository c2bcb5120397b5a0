"""Writes of planning: one function for each act, in the words of the domain."""

from planning.actions.ballots import VoteDraft, delete_ballot, record_ballot
from planning.actions.entries import introduce, reenter, remove_entries, remove_entry
from planning.actions.plans import approve_plans, return_plan, submit_plan
from planning.actions.reviews import VerdictDraft, review
from planning.actions.rounds import TargetDraft, close_round, open_round, set_legal_basis, set_target, set_targets

__all__ = [
    "TargetDraft",
    "VerdictDraft",
    "VoteDraft",
    "approve_plans",
    "close_round",
    "delete_ballot",
    "introduce",
    "open_round",
    "record_ballot",
    "reenter",
    "remove_entries",
    "remove_entry",
    "return_plan",
    "review",
    "set_legal_basis",
    "set_target",
    "set_targets",
    "submit_plan",
]
