"""The seats of an organisation in memory, on which changes are tried: seen before they are made, then written as seen.

A change is tried by `appoint`, `release`, `supersede` or `close_term` and `seat_elected`; each returns what forbids
it, and then leaves the ledger as it was. Nothing here writes; `personnel.actions.confirmation` stores what a ledger has
come to, and `personnel.foresight` shows it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from django.db.models import Q

from organizations.models import Body, BodyKind, Organization, Position, Term
from personnel.checks.seats import (
    check_appointment,
    check_elsewhere,
    check_lower_posts,
    check_new_term,
    check_release,
    check_secretary_stands,
    check_term,
    no_body,
)
from personnel.checks.structure import block
from personnel.models import ChangeItem, CongressResult, EndReason, Holding, Person, ReleaseReason
from regulations.findings import Finding
from regulations.rulebook import Rulebook, RuleHistory

# Whoever leaves for one of these reasons leaves every seat everywhere, from the same day (DOMAIN.md §5).
LEAVES_EVERYTHING = (ReleaseReason.RETIREMENT, ReleaseReason.DEATH)


@dataclass(frozen=True)
class Ending:
    """A holding that a change ends; `asked_for` tells the seat named by an item from the consequences of leaving it."""

    holding: Holding
    asked_for: bool


@dataclass
class Ledger:
    """The bodies of an organisation and the seats in them, and all seats of the people concerned, wherever they sit."""

    organization: Organization
    bodies: list[Body]
    holdings: list[Holding]
    begun: list[Holding] = field(default_factory=list)
    endings: list[Ending] = field(default_factory=list)
    reopened: list[Holding] = field(default_factory=list)
    removed: list[Holding] = field(default_factory=list)
    superseded: list[ChangeItem] = field(default_factory=list)

    @classmethod
    def load(cls, organization: Organization, people: Iterable[Person], *, lock: bool = False) -> Self:
        """Load the ledger by two queries; with `lock`, the seats stay locked until the transaction ends."""
        bodies = Body.objects.filter(term__organization=organization).select_related("term__organization")
        theirs = Holding.objects.filter(person__in=[person.pk for person in people])
        holdings = Holding.objects.filter(
            Q(body__term__organization=organization) | Q(body__in=theirs.order_by().values("body"))
        )
        holdings = holdings.select_related("person", "position", "body__term__organization").order_by("pk")
        if lock:
            holdings = holdings.select_for_update(of=("self",))
        return cls(organization, list(bodies), list(holdings))

    # Reads

    @property
    def terms(self) -> list[Term]:
        return list({body.term_id: body.term for body in self.bodies}.values())

    def body_on(self, kind: str, day: date) -> Body | None:
        """Return the organisation's body of this kind in the term in force on `day`."""
        return next((body for body in self.bodies if body.kind == kind and body.term.is_in_force(day)), None)

    def in_term(self, term: Term) -> list[Holding]:
        return [holding for holding in self.holdings if holding.body.term == term]

    def size_on(self, body: Body, day: date) -> int:
        """Return how many people sit in the body on `day`."""
        return len({each.person_id for each in self.holdings if each.body == body and each.is_in_force(day)})

    # A change inside the term

    def place_item(self, item: ChangeItem) -> list[Finding]:
        """Find the body of the item's position on its effective day."""
        item.body = self.body_on(item.position.body_kind, item.effective_on)
        return [] if item.body else [no_body(item)]

    def appoint(self, item: ChangeItem, book: Rulebook) -> list[Finding]:
        """Seat the person; whoever rises to a higher office of the body leaves the lower one."""
        lower = self._lower_posts(item) if item.position.is_officer else []
        findings = check_lower_posts(item, lower)
        if findings:
            return findings
        findings = check_appointment(item, item.body, self.in_term(item.body.term), book)
        if findings:
            return findings
        for holding in lower:
            self._end(holding, item.effective_on, EndReason.PROMOTION, item, asked_for=False)
        self._begin(item)
        return []

    def _lower_posts(self, item: ChangeItem) -> list[Holding]:
        """A promotion closes the lower officer's post in the same body: a consequence, not a release (DOMAIN.md §9)."""
        return [
            holding
            for holding in self.holdings
            if holding.person_id == item.person_id
            and holding.body == item.body
            and holding.position.is_officer
            and holding.position.rank > item.position.rank
            and (holding.valid_to is None or holding.valid_to > item.effective_on)
        ]

    def release(self, item: ChangeItem) -> list[Finding]:
        """End the seat with all that depends on it (DOMAIN.md §3), and what the reason ends elsewhere (§5).

        A seat that another item of the dossier ends as a consequence, on the same day, may have an item of its own.
        """
        if self._claim(item):
            return []
        held = [
            holding
            for holding in self.in_term(item.body.term)
            if holding.person_id == item.person_id and holding.is_in_force(item.effective_on)
        ]
        named = [each for each in held if each.body == item.body and each.position_id == item.position_id]
        left = [each for each in held if each in named or (named and _depends(each, item))]
        findings = check_release(item, left)
        if findings:
            return findings
        elsewhere = [each for each in self._elsewhere(item) if each not in left]
        findings = check_elsewhere(item, elsewhere, self.organization)
        if findings:
            return findings
        for holding in left + elsewhere:
            self._end(holding, item.effective_on, EndReason(item.release_reason), item, asked_for=holding in named)
        return []

    def _claim(self, item: ChangeItem) -> bool:
        """Let the item stand for an ending that has come about as a consequence; say whether there was one."""
        for index, ending in enumerate(self.endings):
            holding = ending.holding
            is_named = (holding.person_id, holding.position_id, holding.body) == (
                item.person_id,
                item.position_id,
                item.body,
            )
            if is_named and not ending.asked_for and holding.valid_to == item.effective_on:
                holding.ended_by_item = item
                self.endings[index] = Ending(holding, asked_for=True)
                return True
        return False

    def _elsewhere(self, item: ChangeItem) -> list[Holding]:
        """The person's other seats that last beyond the day and that the reason ends (DOMAIN.md §5).

        Retirement and death end all, a transfer those at and beneath this organisation, other reasons none.
        """
        if item.release_reason not in (*LEAVES_EVERYTHING, ReleaseReason.TRANSFER):
            return []
        everywhere = item.release_reason in LEAVES_EVERYTHING
        return [
            holding
            for holding in self.holdings
            if holding.person_id == item.person_id
            and (holding.valid_to is None or holding.valid_to > item.effective_on)
            and (everywhere or holding.body.term.organization.path.startswith(self.organization.path))
        ]

    # A congress

    def close_term(self, congress: CongressResult) -> list[Finding]:
        """End all seats that last beyond the day of the congress."""
        day = congress.congress_on
        lasting = [
            holding
            for holding in self.holdings
            if holding.body.term.organization_id == self.organization.pk
            and (holding.valid_to is None or holding.valid_to > day)
        ]
        findings = check_new_term(congress, self.terms, lasting)
        if not findings:
            for holding in lasting:
                self._end(holding, day, EndReason.END_OF_TERM, None, asked_for=False)
        return findings

    def seat_elected(self, items: Sequence[ChangeItem], bodies: Mapping[str, Body]) -> list[Finding]:
        """Seat the elected in the bodies of the new term, by kind."""
        findings = []
        for item in items:
            item.body = bodies.get(item.position.body_kind)
            if item.body is None:
                findings.append(no_body(item).at(item.place))
            else:
                self._begin(item)
        return findings

    # A correction

    def supersede(self, original: ChangeItem, day: date) -> list[Finding]:
        """Take back what a confirmed item did, so that its correction can take its place; the item stays readable.

        Not possible when a later change has ended the seat that the item began, or filled the one that it ended.
        """
        if not original.stands:
            return [block(f"Nội dung “{original}” đã được đính chính trước đó.")]
        begun = [holding for holding in self.holdings if holding.began_by_id == original.pk]
        ended = [holding for holding in self.holdings if holding.ended_by_item_id == original.pk]
        if any(holding.valid_to for holding in begun) or any(self._is_filled(each, original) for each in ended):
            return [block(f"Đã có thay đổi khác sau “{original}”; hãy đính chính thay đổi sau trước.")]
        for holding in begun:
            self.holdings.remove(holding)
            self.removed.append(holding)
        for holding in ended:
            holding.valid_to = holding.ended_by = holding.ended_by_item = None
            holding.end_reason = ""
            self.reopened.append(holding)
        original.superseded_on = day
        self.superseded.append(original)
        return []

    def _is_filled(self, ended: Holding, original: ChangeItem) -> bool:
        """Whether a later holding leaves no room for the ended one, were it to last."""
        return any(
            holding.began_by_id != original.pk
            and holding is not ended
            and holding.body == ended.body
            and holding.position_id == ended.position_id
            and (holding.valid_to is None or holding.valid_to > ended.valid_to)
            and (ended.position.max_holders is not None or holding.person_id == ended.person_id)
            for holding in self.holdings
        )

    def check_terms(self, items: Iterable[ChangeItem]) -> list[Finding]:
        """Return where the items together leave a seat without the membership or the term that it rests on."""
        items = list(items)
        people = {item.person_id for item in items} | {each.person_id for each in self.reopened}
        bodies = [item.body for item in items if item.body] + [each.body for each in self.reopened]
        terms = {body.term_id: body.term for body in bodies}
        findings = []
        for term in terms.values():
            findings += check_term(term, [each for each in self.in_term(term) if each.person_id in people])
        return findings

    def check_officers(self, items: Iterable[ChangeItem], rules: RuleHistory) -> list[Finding]:
        """Return which secretaries, of those whom the items are about, would not sit in the standing committee."""
        findings = []
        for item in items:
            if item.body and item.position_id in (Position.SECRETARY, Position.STANDING_MEMBER):
                standing = self.body_on(BodyKind.STANDING, item.effective_on)
                theirs = [each for each in self.in_term(item.body.term) if each.person_id == item.person_id]
                said = check_secretary_stands(item, standing, theirs, rules.on(item.effective_on))
                findings += [finding.at(item.place) for finding in said]
        return findings

    # What has been tried

    def _begin(self, item: ChangeItem) -> None:
        holding = Holding(
            person=item.person,
            body=item.body,
            position=item.position,
            elected_on=item.elected_on,
            valid_from=item.effective_on,
            method=item.method,
            began_by=item,
        )
        self.holdings.append(holding)
        self.begun.append(holding)

    def _end(self, holding: Holding, day: date, reason: EndReason, item: ChangeItem | None, *, asked_for: bool) -> None:
        holding.valid_to = day
        holding.end_reason = reason
        holding.ended_by_item = item
        self.endings.append(Ending(holding, asked_for))


def _depends(holding: Holding, item: ChangeItem) -> bool:
    """Whether the holding cannot last without the seat that the item ends (DOMAIN.md §3)."""
    if item.position_id == Position.COMMITTEE_MEMBER:
        return holding.body.kind in (BodyKind.COMMITTEE, BodyKind.STANDING)
    return item.position_id == Position.INSPECTION_MEMBER and holding.body == item.body
