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
from personnel.actions.merging import merge_people, tell_apart
from personnel.actions.people import (
    amend_person,
    conclude_politically,
    discipline,
    register_people,
    register_person,
    transfer_membership,
)
from personnel.actions.terms import close_term, postpone_congress, reopen_term
from personnel.actions.unfinished import discard_unfinished, keep_unfinished
from personnel.items import ItemDraft

__all__ = [
    "ItemDraft",
    "amend_person",
    "close_term",
    "conclude_politically",
    "confirm",
    "discard_unfinished",
    "discipline",
    "draft",
    "keep_unfinished",
    "merge_people",
    "postpone_congress",
    "record_vote",
    "refuse",
    "register_people",
    "register_person",
    "reopen_term",
    "return_to_drafter",
    "save_draft",
    "submit",
    "tell_apart",
    "transfer_membership",
    "withdraw",
]
