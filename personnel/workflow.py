"""Acts that belong together on one page: the paper entered and the dossier moved on, both or neither."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Self

from django.db import transaction

from common.errors import Blocked, Refused
from common.periods import today
from organizations.actions import record_document
from organizations.models import Document, DocumentType, IssuerLevel, Organization, OrganizationVersion
from personnel.actions import confirm, submit
from personnel.models import ChangeItem, Dossier


class PaperRefused(Refused):
    """The paper could not be entered; what rests on it stays where it was."""


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
        submission = record_paper(DocumentType.SUBMISSION, dossier.organization, by, paper)
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
        issuer = superior_on(dossier.organization, paper.get("issued_on") or today())
        decision = record_paper(DocumentType.DECISION, issuer, by, paper, keeper=dossier.organization.parent)
    confirm(dossier, by=by, decision=decision, refused=refused, explanation=explanation)


def superior_on(organization: Organization, day: date) -> Organization | None:
    """Return the direct superior of the organisation on `day`; None at the top of the tree."""
    return Superiors(organization).on(day)


class Superiors:
    """The direct superiors of an organisation through time.

    What an organisation handed over in 2025 had submitted in 2022 was decided by its superior of 2022.
    """

    def __init__(self, organization: Organization, versions: Sequence[OrganizationVersion] | None = None) -> None:
        """`versions` are the organisation's, oldest first with their parents; without them, one query asks."""
        self._organization = organization
        self._stood = list(_versions([organization])) if versions is None else versions

    @classmethod
    def of_each(cls, organizations: Iterable[Organization]) -> dict[int, Self]:
        """Return those of many organisations by their keys, fetched in one query."""
        organizations = list(organizations)
        stood: dict[int, list[OrganizationVersion]] = defaultdict(list)
        for version in _versions(organizations):
            stood[version.organization_id].append(version)
        return {each.pk: cls(each, stood[each.pk]) for each in organizations}

    def on(self, day: date) -> Organization | None:
        """Return the superior of the day, None at the top of the tree; today's when the organisation did not stand."""
        stood = [version.parent for version in self._stood if version.is_in_force(day)]
        return stood[0] if stood else self._organization.parent

    def since(self, first: date) -> list[Organization | None]:
        """Return who has been the superior since the day `first`, in order, the one of today last."""
        days = [first, *(version.valid_from for version in self._stood if first < version.valid_from <= today())]
        return [self.on(day) for day in days]


def _versions(organizations: Iterable[Organization]) -> Iterable[OrganizationVersion]:
    versions = OrganizationVersion.objects.filter(organization__in=organizations)
    return versions.select_related("parent").order_by("valid_from")


def record_paper(
    type: DocumentType,
    issuer: Organization | None,
    by,
    paper: Mapping[str, object],
    *,
    keeper: Organization | None = None,
) -> Document:
    """Enter the paper whose fields `paper` holds; without an `issuer`, of an outside one of the province.

    Raises `PaperRefused` with the sentence for the user when it cannot be entered.
    """
    outside = {} if issuer else {"issuer_level": IssuerLevel.PROVINCIAL}
    try:
        return record_document(type=type, issuer=issuer, by=by, keeper=keeper, **outside, **paper)
    except Blocked as error:
        [finding] = error.findings
        raise PaperRefused(f"{finding.message} ({finding.label})" if finding.label else finding.message) from error
    except Refused as error:
        raise PaperRefused(str(error)) from error
