"""Acts that belong together on one page: the paper entered and the dossier moved on, both or neither."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db import transaction

from common.errors import Blocked, Refused
from common.periods import today
from organizations.actions import record_document
from organizations.models import Document, DocumentType, IssuerLevel, Organization
from personnel.actions import confirm, submit
from personnel.models import ChangeItem, Dossier


class PaperRefused(Refused):
    """The paper could not be entered; the dossier stays where it was."""


@transaction.atomic
def submit_with_paper(
    dossier: Dossier,
    *,
    by,
    on: date,
    explanation: str = "",
    submission: Document | None = None,
    paper: Mapping[str, object] | None = None,
) -> None:
    """Submit a draft on the day `on` under the tờ trình `submission`, or under a new one whose fields `paper` holds.

    Raises what both acts raise.
    """
    if paper:
        submission = _record(DocumentType.SUBMISSION, dossier.organization, by, paper)
    submit(dossier, by=by, on=on, submission=submission, explanation=explanation)


@transaction.atomic
def confirm_with_decision(
    dossier: Dossier,
    *,
    by,
    decision: Document | None,
    paper: Mapping[str, object] | None = None,
    refused: Collection[ChangeItem] = (),
    explanation: str = "",
) -> None:
    """Confirm a submitted dossier by a decision entered before, or by a new one whose fields `paper` holds.

    The direct superior on the day of the decision issues it; above the top of the tree that is an outside issuer, named
    in `paper`. The superior of today keeps the papers of the one before it, so its confirmers enter them.
    """
    if decision is None:
        paper = paper or {}
        issuer = superior_on(dossier, paper.get("issued_on") or today())
        decision = _record(DocumentType.DECISION, issuer, by, paper, keeper=dossier.organization.parent)
    confirm(dossier, by=by, decision=decision, refused=refused, explanation=explanation)


def superior_on(dossier: Dossier, day: date) -> Organization | None:
    """Return who decides on the dossier on `day`; None at the top of the tree."""
    return Superiors(dossier).on(day)


class Superiors:
    """The direct superiors of a dossier's organisation through time, fetched in one query.

    A dossier of an organisation handed over in 2025 was decided in 2022 by its superior of 2022.
    """

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._stood = list(dossier.organization.versions.select_related("parent").order_by("valid_from"))

    def on(self, day: date) -> Organization | None:
        """Return the superior of the day, None at the top of the tree; today's when the organisation did not stand."""
        stood = [version.parent for version in self._stood if version.is_in_force(day)]
        return stood[0] if stood else self._dossier.organization.parent

    def since_submission(self) -> list[Organization | None]:
        """Return who has been the superior since the day of the submission, in order, the one of today last."""
        first = self._dossier.submitted_on or today()
        days = [first, *(version.valid_from for version in self._stood if first < version.valid_from <= today())]
        return [self.on(day) for day in days]


def _record(
    type: DocumentType,
    issuer: Organization | None,
    by,
    paper: Mapping[str, object],
    *,
    keeper: Organization | None = None,
) -> Document:
    outside = {} if issuer else {"issuer_level": IssuerLevel.PROVINCIAL}
    try:
        return record_document(type=type, issuer=issuer, by=by, keeper=keeper, **outside, **paper)
    except Blocked as error:
        [finding] = error.findings
        raise PaperRefused(f"{finding.message} ({finding.label})" if finding.label else finding.message) from error
    except Refused as error:
        raise PaperRefused(str(error)) from error
