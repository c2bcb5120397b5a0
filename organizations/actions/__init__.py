"""Writes of organisations and documents: one function for each act."""

from organizations.actions.documents import attach_file, may_enter_document, next_number, record_document
from organizations.actions.member_counts import (
    CountEntry,
    correct_member_count,
    record_member_count,
    record_member_counts,
)
from organizations.actions.organizations import (
    amend_organization,
    establish_organization,
    lock_organizations,
    open_term,
    refresh_mirrors,
    require_lasting,
    require_not_ended,
    require_standing,
)
from organizations.actions.papers import remove_paper_template, replace_paper_template
from organizations.actions.rights import require_right

__all__ = [
    "CountEntry",
    "amend_organization",
    "attach_file",
    "correct_member_count",
    "establish_organization",
    "lock_organizations",
    "may_enter_document",
    "next_number",
    "open_term",
    "record_document",
    "record_member_count",
    "record_member_counts",
    "refresh_mirrors",
    "remove_paper_template",
    "replace_paper_template",
    "require_lasting",
    "require_not_ended",
    "require_right",
    "require_standing",
]
