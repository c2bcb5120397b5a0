"""What a reorganisation will do, put together for the page that shows it before it is done."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from organizations.models import BodyKind, Organization, OrganizationKind
from organizations.scope import Scope
from personnel.models import ChangeItem, Holding
from reorganizations.drafts import STAYS, Successor, TermDraft
from reorganizations.effects import Effects, MovedMember, MovedOrganization


@dataclass
class Destination:
    """Where some go: a successor, or the organisation that goes on."""

    name: str
    successor: Successor | None
    term: TermDraft | None = None
    sizes: str = ""
    items: list[ChangeItem] = field(default_factory=list)
    organizations: list[MovedOrganization] = field(default_factory=list)
    members: list[MovedMember] = field(default_factory=list)
    planned: int = 0
    official: int | None = None  # how many members it has afterwards
    probationary: int | None = None

    @property
    def kind(self) -> str:
        """The kind of a new organisation, in words."""
        known = self.successor and self.successor.kind in OrganizationKind.values
        return OrganizationKind(self.successor.kind).label if known else ""


def destinations(effects: Effects) -> list[Destination]:
    """Return each successor with all that comes to it; last what goes on, where something does."""
    draft = effects.draft
    found = [_destination(effects, number) for number in range(len(draft.successors))]
    if draft.goes_on:
        found.append(Destination(draft.source.name, None))
    for count in effects.counts:
        where = _place_of(found, effects, count.organization, count.successor)
        where.official, where.probationary = count.official, count.probationary
    return found


def _destination(effects: Effects, number: int) -> Destination:
    successor = effects.draft.successors[number]
    seating = next((each for each in effects.seatings if each.number == number), None)
    return Destination(
        successor.called,
        successor,
        successor.term,
        _in_words(successor.term),
        seating.items if seating else [],
        [each for each in effects.organizations if each.to == number],
        [each for each in effects.members if each.to == number],
        len({entry.person_id for entry, to in effects.carried if to == number and to != STAYS}),
    )


def _in_words(term: TermDraft | None) -> str:
    """Return "Ban Chấp hành 9, Ban Thường vụ 3"."""
    sizes = term.sizes if term else {}
    return ", ".join(f"{kind.label} {sizes[kind]}" for kind in BodyKind if sizes.get(kind))


def _place_of(
    found: list[Destination], effects: Effects, organization: Organization | None, number: int | None
) -> Destination:
    if number is not None:
        return found[number]
    standing = [each.organization for each in effects.draft.successors]
    return found[standing.index(organization)] if organization in standing else found[-1]


@dataclass(frozen=True)
class ToReview:
    """The seats of one person in a committee above where they were: the superior decides whether they go on."""

    holding: Holding
    positions: tuple[str, ...]

    @property
    def leads_to(self) -> str:
        """The position whose release ends them all: the membership of the committee where it is held."""
        return "committee_member" if "committee_member" in self.positions else self.holding.position_id


def to_review(seats: Iterable[Holding], scope: Scope) -> list[ToReview]:
    """Put the seats together by person and organisation, as far as the scope covers them."""
    found: dict[tuple[int, int], ToReview] = {}
    for holding in seats:
        organization = holding.body.term.organization
        if scope.covers(organization.path):
            key = organization.pk, holding.person_id
            known = found.get(key)
            positions = (*(known.positions if known else ()), holding.position_id)
            found[key] = replace(known, positions=positions) if known else ToReview(holding, positions)
    return list(found.values())
