"""What will happen: the seats that the items of a dossier begin and end, the sizes and vacancies that result.

Nothing is written. The panel beside the form, and the pages on which a dossier is submitted and confirmed, show it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self

from organizations.models import Body, BodyKind, Organization, Position, Term
from organizations.scope import Scope
from personnel.facts import Facts
from personnel.items import ItemDraft
from personnel.ledger import Ledger
from personnel.models import ChangeItem, CongressResult, Dossier, Holding, Person
from personnel.trial import try_items
from regulations.findings import Finding, Severity


@dataclass(frozen=True)
class Begins:
    """A seat that somebody takes on `day`; `how` is the method in words."""

    person: Person
    position: Position
    organization_name: str
    path: str
    day: date
    how: str


@dataclass(frozen=True)
class Ends:
    """A seat that somebody leaves on `day`; a consequence is no release of its own and is not counted as one."""

    person: Person
    position: Position
    organization_name: str
    path: str
    day: date
    why: str
    is_consequence: bool


@dataclass(frozen=True)
class Size:
    """How many people sit in a body, before and after."""

    body_name: str
    authorized: int | None
    before: int
    after: int

    @property
    def surplus(self) -> int:
        return max(0, self.after - (self.authorized or self.after))

    @property
    def vacant(self) -> int:
        return max(0, (self.authorized or 0) - self.after)


@dataclass(frozen=True)
class Opening:
    """A post that is left without anybody from `day` on."""

    position: Position
    organization_name: str
    path: str
    person_leaving: Person
    day: date


@dataclass
class Foresight:
    """All that a dossier would bring about, and what the rules say of it."""

    begins: list[Begins] = field(default_factory=list)
    ends: list[Ends] = field(default_factory=list)
    sizes: list[Size] = field(default_factory=list)
    vacancies: list[Opening] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    elsewhere: int = 0

    def within(self, scope: Scope) -> Self:
        """Return what of it lies in the scope; seats that begin and end outside are only counted, in `elsewhere`."""
        begins = [each for each in self.begins if scope.covers(each.path)]
        ends = [each for each in self.ends if scope.covers(each.path)]
        return replace(
            self,
            begins=begins,
            ends=ends,
            vacancies=[each for each in self.vacancies if scope.covers(each.path)],
            elsewhere=len(self.begins) + len(self.ends) - len(begins) - len(ends),
        )

    @property
    def blocking(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity is Severity.BLOCK]

    @property
    def warnings(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity is Severity.WARN]

    @property
    def notes(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity is Severity.INFO]

    @property
    def is_empty(self) -> bool:
        return not (self.begins or self.ends or self.findings or self.elsewhere)


def foresee(
    organization: Organization,
    items: Sequence[ItemDraft],
    *,
    kind: str,
    day: date,
    congress: Mapping[str, object] | None = None,
) -> Foresight:
    """Return what a dossier of these items would bring about, were it confirmed on `day`.

    An item without a day of its own takes effect on `day`. No items: nothing.
    """
    if not items:
        return Foresight()
    result = CongressResult(**congress) if congress and kind == Dossier.Kind.CONGRESS else None
    return _foresee(organization, [item.as_row() for item in items], result, day, day)


def foresee_dossier(
    dossier: Dossier, *, day: date, effective_on: date | None = None, refused: Collection[int] = ()
) -> Foresight:
    """Return what the saved dossier would bring about, were it decided on `day` without the items refused (their pks).

    `effective_on` is the effective day of the decision, where it is another than `day`.
    """
    items = [item for item in items_to_try(dossier) if item.pk not in refused]
    congress = dossier.congress if dossier.kind == Dossier.Kind.CONGRESS else None
    return _foresee(dossier.organization, items, congress, day, effective_on or day)


def items_to_try(dossier: Dossier) -> list[ChangeItem]:
    """Return the items of a saved dossier with all that trying them reads."""
    return list(dossier.items.select_related("person", "position", "vote", "corrects__body__term").order_by("pk"))


def _foresee(
    organization: Organization, items: list[ChangeItem], congress: CongressResult | None, day: date, effective_on: date
) -> Foresight:
    people = [item.person for item in items]
    ledger = Ledger.load(organization, people)
    facts = Facts.load(organization, people, day)
    for item in items:
        item.effective_on = (congress and congress.congress_on) or item.proposed_on or effective_on
    before = _counts(ledger, items)
    findings = try_items(
        ledger, facts, items, congress=congress, open_bodies=lambda: _imagined_bodies(organization, congress)
    )
    return Foresight(
        begins=[_begins(holding) for holding in ledger.begun],
        ends=[_ends(ending.holding, ending.asked_for) for ending in ledger.endings],
        sizes=_sizes(ledger, items, before, is_congress=congress is not None),
        vacancies=_openings(ledger),
        findings=findings,
    )


def _imagined_bodies(organization: Organization, congress: CongressResult) -> dict[str, Body]:
    """Return the bodies of the term that the congress would open, under keys that no row has."""
    term = Term(
        pk=-1,
        organization=organization,
        label=congress.label,
        ordinal=congress.ordinal,
        congress_on=congress.congress_on,
        valid_from=congress.congress_on,
        planned_end=congress.planned_end,
    )
    sizes = [(kind, congress.sizes[kind]) for kind in BodyKind.values if congress.sizes[kind]]
    return {
        kind: Body(pk=-number, term=term, kind=kind, authorized_size=size)
        for number, (kind, size) in enumerate(sizes, start=1)
    }


def _begins(holding: Holding) -> Begins:
    place = holding.body.term.organization
    how = holding.get_method_display()
    return Begins(holding.person, holding.position, place.name, place.path, holding.valid_from, how)


def _ends(holding: Holding, asked_for: bool) -> Ends:
    place = holding.body.term.organization
    why = holding.get_end_reason_display()
    return Ends(holding.person, holding.position, place.name, place.path, holding.valid_to, why, not asked_for)


def _counts(ledger: Ledger, items: Sequence[ChangeItem]) -> dict[Body, int]:
    """Return how many sit in each body of the organisation on the last of the items' days."""
    last = max(item.effective_on for item in items) if items else None
    return {body: ledger.size_on(body, last) for body in ledger.bodies if last and body.term.is_in_force(last)}


def _sizes(ledger: Ledger, items: Sequence[ChangeItem], before: Mapping[Body, int], *, is_congress: bool) -> list[Size]:
    """Return the sizes of the bodies that the items touch; of a congress those of the new term, beside the former."""
    touched = {holding.body for holding in ledger.begun}
    if not is_congress:
        touched |= {ending.holding.body for ending in ledger.endings}
    last = max((item.effective_on for item in items), default=None)
    former = {body.kind: count for body, count in before.items()}
    here = [body for body in touched if body.term.organization_id == ledger.organization.pk]
    return [
        Size(
            body.get_kind_display(),
            body.authorized_size,
            before.get(body, former.get(body.kind, 0)),
            ledger.size_on(body, last),
        )
        for body in sorted(here, key=lambda body: BodyKind.values.index(body.kind))
        if body.term.is_in_force(last)
    ]


def _openings(ledger: Ledger) -> list[Opening]:
    """Return the posts that endings leave without anybody; when some are filled again, the last to leave stay open."""
    openings = []
    filled = [(holding.body, holding.position_id) for holding in ledger.begun]
    for ending in ledger.endings:
        holding = ending.holding
        post = holding.body, holding.position_id
        if holding.body.term.valid_to or holding.end_reason == "end_of_term":
            continue
        if post in filled:
            filled.remove(post)
            continue
        place = holding.body.term.organization
        openings.append(Opening(holding.position, place.name, place.path, holding.person, holding.valid_to))
    return openings
