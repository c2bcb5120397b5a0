"""Acts on terms together with the paper that they rest on: both are entered or neither."""

from datetime import date

from django.db import transaction

from organizations.models import Document, Term
from personnel.actions import close_term, postpone_congress, reopen_term
from personnel.models import Dossier
from personnel.recording import NewPaper


@transaction.atomic
def close_term_by(
    term: Term, *, ended_on: date, by, document: Document | None = None, paper: NewPaper | None = None
) -> Dossier:
    """End a term under `document`, or under the new `paper`. Raises what both acts raise."""
    return close_term(term, ended_on=ended_on, decision=paper.record(by) if paper else document, by=by)


@transaction.atomic
def reopen_term_by(
    term: Term, *, reason: str, by, document: Document | None = None, paper: NewPaper | None = None
) -> Dossier:
    """Let a term that was closed by mistake go on, under `document` or the new `paper`. Raises what both acts raise."""
    return reopen_term(term, decision=paper.record(by) if paper else document, reason=reason, by=by)


@transaction.atomic
def postpone_congress_by(
    term: Term,
    *,
    planned_end: date,
    explanation: str,
    by,
    document: Document | None = None,
    paper: NewPaper | None = None,
) -> Dossier:
    """Put off the congress under `document`, or under the new `paper`. Raises what both acts raise."""
    decision = paper.record(by) if paper else document
    return postpone_congress(term, planned_end=planned_end, decision=decision, by=by, explanation=explanation)
