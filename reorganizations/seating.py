"""The designated seats of a successor, tried on the ledger by the rules that judge every dossier."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from organizations.models import Body, BodyKind, Organization, Term
from personnel.actions import ItemDraft
from personnel.facts import Facts
from personnel.ledger import Ledger
from personnel.models import Act, ChangeItem, Method
from personnel.trial import try_items
from regulations.findings import Finding
from reorganizations.drafts import Draft, Successor, TermDraft


@dataclass
class Seating:
    """What the designation comes to: items and the seats they begin and end, in bodies that may not be saved yet."""

    number: int  # of the successor
    term: TermDraft | None
    items: list[ChangeItem] = field(default_factory=list)
    ledger: Ledger | None = None
    findings: list[Finding] = field(default_factory=list)


def seat(draft: Draft, number: int) -> Seating:
    """Try the seats of the successor of this number on the day of the act. Nothing is written.

    Findings come with the place "successor-N-seat-M".
    """
    successor = draft.successors[number]
    seating = Seating(number, successor.term, items=_items(draft, number))
    people = [item.person for item in seating.items]
    organization = _imagined(draft, number) if successor.is_new else successor.organization
    if successor.is_new:
        bodies = _imagined_bodies(organization, successor.term, draft) if successor.term else []
        seating.ledger = Ledger(organization, bodies, [])
    else:
        seating.ledger = Ledger.load(organization, people)
    if seating.items:
        facts = Facts.load(organization, people, draft.effective_on)
        said = try_items(seating.ledger, facts, seating.items, congress=None, open_bodies=dict)
        seating.findings = [replace(finding, message=_named(finding, successor)) for finding in said]
    return seating


def _items(draft: Draft, number: int) -> list[ChangeItem]:
    rows = []
    for index, (person, position) in enumerate(draft.successors[number].seats):
        place = f"successor-{number}-seat-{index}"
        asked = ItemDraft(Act.APPOINT, person, position, method=Method.DESIGNATION, place=place)
        row = asked.as_row()
        row.effective_on = draft.effective_on
        rows.append(row)
    return rows


def _named(finding: Finding, successor: Successor) -> str:
    return f"{successor.called}: {finding.message}"


def _imagined(draft: Draft, number: int) -> Organization:
    """Return the organisation that is not written yet, with the facts that rules ask for; no row has its key."""
    successor = draft.successors[number]
    above = successor.parent.standing_on(draft.effective_on).path if successor.parent else "/"
    made = Organization(pk=-1 - number, code=successor.code, name=successor.name, kind=successor.kind)
    made.parent, made.path = successor.parent, f"{above}{made.pk}/"
    made.kind_on_day, made.official_on_day, made.books_closed_to = successor.kind, successor.official, None
    return made


def _imagined_bodies(organization: Organization, term: TermDraft, draft: Draft) -> list[Body]:
    row = Term(
        pk=organization.pk,
        organization=organization,
        label=term.label,
        ordinal=term.ordinal,
        opening=Term.Opening.DESIGNATION,
        congress_on=draft.effective_on,
        valid_from=draft.effective_on,
        planned_end=term.planned_end,
    )
    sizes = _sizes(term.sizes)
    return [Body(pk=-number, term=row, kind=kind, authorized_size=size) for number, (kind, size) in enumerate(sizes, 1)]


def _sizes(sizes: Mapping[str, int]) -> list[tuple[str, int]]:
    return [(kind, sizes[kind]) for kind in BodyKind.values if sizes.get(kind)]
