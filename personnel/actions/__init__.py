"""Writes of people and dossiers: one function for each act, in the words of the domain."""

from personnel.actions.confirmation import confirm
from personnel.actions.dossiers import ItemDraft, draft, record_vote, refuse, return_to_drafter, submit, withdraw
from personnel.actions.people import discipline, register_people, register_person, transfer_membership

__all__ = [
    "ItemDraft",
    "confirm",
    "discipline",
    "draft",
    "record_vote",
    "refuse",
    "register_people",
    "register_person",
    "return_to_drafter",
    "submit",
    "transfer_membership",
    "withdraw",
]
