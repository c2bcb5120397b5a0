"""What the papers of a dossier rest on, fetched in a fixed number of queries: who proposes, who decides, about whom."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Prefetch

from organizations.models import Body, BodyKind, Document, Organization, OrganizationKind, OrganizationVersion, Position
from organizations.scope import Scope
from personnel.models import ChangeItem, Discipline, Dossier, Holding

OFFICERS = {Position.SECRETARY: "BÍ THƯ", Position.DEPUTY_SECRETARY: "PHÓ BÍ THƯ"}
STANDING = "Ban Thường vụ "
CELLS = (OrganizationKind.GRASSROOTS_CELL, OrganizationKind.SUBORDINATE_CELL)
BLANK = "……"


@dataclass(frozen=True)
class Issuer:
    """Who writes a paper: the name in its text, what its head and its signature say, the symbol of its numbers."""

    name: str  # Ban Thường vụ Đảng ủy Khối
    head: str  # ĐẢNG ỦY KHỐI
    above: str  # its superior in the head; empty when there is none to name
    on_behalf: str  # T/M BAN THƯỜNG VỤ
    title: str
    signer: str
    symbol: str


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
    decider = _decider(dossier.decision, place.parent, day, scope)
    return Facts(
        dossier=dossier,
        items=_items(dossier, day, scope),
        day=day,
        place=place,
        term_label=_term_label(dossier, day),
        proposer=_issuer(organization, submission, "TTr", day, scope, top=decider.head),
        decider=decider,
    )


def _items(dossier: Dossier, day: date, scope: Scope) -> list[ChangeItem]:
    seats = Holding.objects.visible_to(scope).as_of(day).with_organization_name(day).with_names()
    return list(
        dossier.items.select_related("person", "position", "vote", "body__term")
        .select_related("corrects__dossier", "corrects__person", "corrects__position")
        .prefetch_related(
            Prefetch("person__holdings", seats.order_by("position__rank", "pk"), to_attr="seats_on_day"),
            Prefetch("person__disciplines", Discipline.objects.as_of(day), to_attr="disciplines_on_day"),
        )
        .order_by("pk")
    )


def _term_label(dossier: Dossier, day: date) -> str:
    congress = getattr(dossier, "congress", None)
    term = congress or dossier.organization.terms.as_of(day).first()
    return term.label if term else BLANK


def _decider(decision: Document | None, superior: Organization | None, day: date, scope: Scope) -> Issuer:
    """Return who decided; until then the direct superior, who will."""
    if decision is not None:
        if decision.issuer is None:
            return _outside_issuer(decision.issuer_name, decision.signed_by)
        return _issuer(decision.issuer, decision, "QĐ", decision.issued_on, scope)
    if superior is None:
        return _outside_issuer(STANDING + settings.PAPER_TOP_SUPERIOR)
    return _issuer(superior, None, "QĐ", day, scope)


def _outside_issuer(name: str, signed_by: str = "") -> Issuer:
    head = name.removeprefix(STANDING)
    acting = STANDING.strip() if name.startswith(STANDING) else head
    return Issuer(
        name=name,
        head=head.upper(),
        above="",
        on_behalf=f"T/M {acting.upper()}",
        title=OFFICERS[Position.SECRETARY],
        signer=signed_by,
        symbol=BLANK,
    )


def _issuer(
    organization: Organization, paper: Document | None, type: str, day: date, scope: Scope, *, top: str = ""
) -> Issuer:
    """Return an organisation of the register as issuer; `top` is who stands above it at the top of the tree."""
    version = organization.standing_on(day)
    title, signer = _signer(organization, day, scope, paper.signed_by if paper else "")
    above = version.parent.standing_on(day).committee_name if version.parent else top or settings.PAPER_TOP_SUPERIOR
    return Issuer(
        name=paper.issuer_name if paper else version.issuing_name,
        head=version.committee_name.upper(),
        above=above.upper(),
        on_behalf=f"T/M {_acting_body(version, organization, day)}",
        title=title,
        signer=signer,
        symbol=paper.symbol if paper else _symbol(organization, type),
    )


def _signer(organization: Organization, day: date, scope: Scope, signed_by: str) -> tuple[str, str]:
    """Return the title and the name beneath a paper: of whoever signed it, or of the first officer of that day."""
    seats = Holding.objects.visible_to(scope).of_organization(organization).as_of(day).with_names()
    officers = {
        holding.person.full_name: OFFICERS[holding.position_id]
        for holding in seats.filter(position__in=OFFICERS).order_by("-position__rank", "-pk")
    }
    signer = signed_by or next(reversed(officers), "")
    return officers.get(signer, OFFICERS[Position.SECRETARY]), signer


def _acting_body(version: Organization | OrganizationVersion, organization: Organization, day: date) -> str:
    """Return whom the signer acts for: the standing committee where there is one, or the committee, or the cell."""
    kinds = set(Body.objects.as_of(day).filter(term__organization=organization).values_list("kind", flat=True))
    if BodyKind.STANDING in kinds:
        return "BAN THƯỜNG VỤ"
    if version.kind in CELLS and BodyKind.COMMITTEE not in kinds:
        return "CHI BỘ"
    return "CHI ỦY" if version.kind in CELLS else "ĐẢNG ỦY"


def _symbol(organization: Organization, type: str) -> str:
    """Return the symbol in the numbers of the organisation, as its last document of that type bears it."""
    documents = Document.objects.filter(issuer=organization)
    last = documents.filter(type=type).first() or documents.first()
    return last.symbol if last else BLANK
