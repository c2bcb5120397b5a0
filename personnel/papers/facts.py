"""What the papers of a dossier rest on, fetched in a fixed number of queries: who proposes, who decides, about whom."""

from dataclasses import dataclass
from datetime import date

from organizations.models import Organization, OrganizationVersion
from organizations.scope import Scope
from personnel.models import ChangeItem, Dossier
from personnel.papers.issuers import BLANK, CELLS, Issuer, decider_of, issuer_of
from personnel.papers.people import seats_and_measures


@dataclass(frozen=True)
class Facts:
    """A dossier with all that its papers say of it. `place` is its organisation as it stood on `day`."""

    dossier: Dossier
    items: list[ChangeItem]
    day: date
    place: Organization | OrganizationVersion
    term_label: str
    proposer: Issuer
    decider: Issuer

    @property
    def is_cell(self) -> bool:
        return self.place.kind in CELLS


def facts_of(dossier: Dossier, scope: Scope) -> Facts:
    """Return the facts as they stood on the day of the submission, or of the dossier while there is none."""
    submission, organization = dossier.submission, dossier.organization
    day = submission.issued_on if submission else dossier.submitted_on or dossier.opened_on
    place = organization.standing_on(day)
    decider = decider_of(dossier.decision, place.parent, day, scope)
    return Facts(
        dossier=dossier,
        items=_items(dossier, day, scope),
        day=day,
        place=place,
        term_label=_term_label(dossier, day),
        proposer=issuer_of(organization, submission, "TTr", day, scope, top=decider.head),
        decider=decider,
    )


def _items(dossier: Dossier, day: date, scope: Scope) -> list[ChangeItem]:
    return list(
        dossier.items.select_related("person", "position", "vote", "body__term")
        .select_related("corrects__dossier", "corrects__person", "corrects__position")
        .prefetch_related(*seats_and_measures(day, scope))
        .order_by("pk")
    )


def _term_label(dossier: Dossier, day: date) -> str:
    congress = getattr(dossier, "congress", None)
    term = congress or dossier.organization.terms.as_of(day).first()
    return term.label if term else BLANK
