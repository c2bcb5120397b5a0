"""Who writes a paper: what its head, its text and its signature say of a party organisation on a day."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from organizations.models import Body, BodyKind, Document, Organization, OrganizationKind, OrganizationVersion, Position
from organizations.scope import Scope
from personnel.models import Holding

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


def decider_of(decision: Document | None, superior: Organization | None, day: date, scope: Scope) -> Issuer:
    """Return who decided; until then the direct superior, who will."""
    if decision is not None:
        if decision.issuer is None:
            return outside_issuer(decision.issuer_name, decision.signed_by)
        return issuer_of(decision.issuer, decision, "QĐ", decision.issued_on, scope)
    if superior is None:
        return outside_issuer(STANDING + settings.PAPER_TOP_SUPERIOR)
    return issuer_of(superior, None, "QĐ", day, scope)


def outside_issuer(name: str, signed_by: str = "") -> Issuer:
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


def issuer_of(
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
