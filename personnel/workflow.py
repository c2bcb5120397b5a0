"""Acts that belong together on one page: the paper entered and the dossier moved on, both or neither."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db import transaction

from common.errors import Refused
from organizations.actions import record_document
from organizations.models import Document, DocumentType, IssuerLevel, Organization
from personnel.actions import confirm, submit
from personnel.models import ChangeItem, Dossier


class PaperRefused(Refused):
    """The paper could not be entered; the dossier stays where it was."""


@transaction.atomic
def submit_with_paper(
    dossier: Dossier, *, by, on: date, explanation: str = "", paper: Mapping[str, object] | None = None
) -> None:
    """Submit a draft on the day `on`; `paper` holds the fields of the tờ trình under which it goes.

    Raises what both acts raise.
    """
    submission = _record(DocumentType.SUBMISSION, dossier.organization, by, paper) if paper else None
    submit(dossier, by=by, on=on, submission=submission, explanation=explanation)


@transaction.atomic
def confirm_with_decision(
    dossier: Dossier,
    *,
    by,
    decision: Document | None,
    paper: Mapping[str, object] | None = None,
    refused: Collection[ChangeItem] = (),
) -> None:
    """Confirm a submitted dossier by a decision entered before, or by a new one whose fields `paper` holds.

    The direct superior of today issues it; above the top of the tree that is an outside issuer, named in `paper`.
    """
    if decision is None:
        decision = _record(DocumentType.DECISION, direct_superior(dossier), by, paper or {})
    confirm(dossier, by=by, decision=decision, refused=refused)


def direct_superior(dossier: Dossier) -> Organization | None:
    """Return who decides on the dossier today; None at the top of the tree."""
    return dossier.organization.parent


def _record(type: DocumentType, issuer: Organization | None, by, paper: Mapping[str, object]) -> Document:
    outside = {} if issuer else {"issuer_level": IssuerLevel.PROVINCIAL}
    try:
        return record_document(type=type, issuer=issuer, by=by, **outside, **paper)
    except Refused as error:
        raise PaperRefused(str(error)) from error
