"""Writes of people and dossiers: one function for each act, in the words of the domain."""

from personnel.actions.confirmation import confirm
from personnel.actions.dossiers import (
    draft,
    record_vote,
    refuse,
    return_to_drafter,
    save_draft,
    submit,
    withdraw,
)
from personnel.actions.people import (
    conclude_politically,
    discipline,
    register_people,
    register_person,
    transfer_membership,
)
from personnel.actions.unfinished import discard_unfinished, keep_unfinished
from personnel.items import ItemDraft

__all__ = [
    "ItemDraft",
    "conclude_politically",
    "confirm",
    "discard_unfinished",
    "discipline",
    "draft",
    "keep_unfinished",
    "record_vote",
    "refuse",
    "register_people",
    "register_person",
    "return_to_drafter",
    "save_draft",
    "submit",
    "transfer_membership",
    "withdraw",
]
