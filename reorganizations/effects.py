"""What a reorganisation will do, computed once by pure reads: the preview shows it, the action writes just that.

Nothing here writes (ADR 0018). What stands in the way comes as findings that block.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from organizations.models import Closing, MemberCount, Organization, OrganizationVersion, ReorganizationPart, Term
from personnel.checks.books import check_stock
from personnel.models import Holding, Membership
from planning.models import PlanEntry
from regulations.findings import Finding
from reorganizations.conservation import Flow, Tally, flows_of, tally
from reorganizations.drafts import ENDING, STAYS, Draft, Kind, Plans
from reorganizations.numbers import CountAfter, counts_after, last_counts, with_numbers
from reorganizations.objections import immovable, incomplete, objections
from reorganizations.seating import Seating, seat
from reorganizations.superiors import check_superiors

Side = ReorganizationPart.Side


@dataclass(frozen=True)
class MovedOrganization:
    """An organisation that comes directly beneath the successor of this number."""

    version: OrganizationVersion
    to: int


@dataclass(frozen=True)
class MovedMember:
    """Somebody whose membership goes over to the successor of this number."""

    membership: Membership
    to: int


@dataclass(frozen=True)
class Part:
    """An organisation on a side; the number of a successor stands for one that is not written yet."""

    side: str
    organization: Organization | None
    successor: int | None = None
    members: tuple[int, int] | None = None


@dataclass
class Effects:
    """All that the act does; `versions` are the sources as they stand on the day, before it."""

    draft: Draft
    versions: list[OrganizationVersion] = field(default_factory=list)
    organizations: list[MovedOrganization] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    seats: list[Holding] = field(default_factory=list)
    members: list[MovedMember] = field(default_factory=list)
    entries: list[PlanEntry] = field(default_factory=list)
    carried: list[tuple[PlanEntry, int]] = field(default_factory=list)
    seatings: list[Seating] = field(default_factory=list)
    counts: list[CountAfter] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    before: Tally = field(default_factory=Tally)
    to_review: list[Holding] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def blocking(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.blocks]

    @property
    def warnings(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.warns]

    @property
    def notes(self) -> list[Finding]:
        return [finding for finding in self.findings if not finding.blocks and not finding.warns]

    @property
    def ended(self) -> list[OrganizationVersion]:
        """The organisations that end."""
        keys = {each.pk for each in self.draft.ended}
        return [version for version in self.versions if version.organization_id in keys]

    @property
    def people_unseated(self) -> int:
        return len({holding.person_id for holding in self.seats})

    def moved_to(self, number: int) -> list[MovedMember]:
        return [each for each in self.members if each.to == number]


def _of_closed_books(draft: Draft) -> list[Finding]:
    """Return what is said of closed books in which an organisation concerned stands, or comes to stand."""
    concerned = {*draft.sources, *(each.organization for each in draft.successors), *_superiors(draft)} - {None}
    closings = Closing.objects.standing().covering([each.pk for each in concerned])
    return check_stock(draft.effective_on, list(closings))


def _superiors(draft: Draft) -> set[Organization | None]:
    return {draft.new_parent, *(each.parent for each in draft.successors)}


def effects_of(draft: Draft) -> Effects:
    """Return what the act would do, and what is said of it. A fixed number of queries for each organisation named."""
    known = last_counts(draft)
    draft = with_numbers(draft, known)
    effects = Effects(draft, versions=_standing(draft))
    effects.findings += incomplete(draft)
    if effects.findings:  # it cannot be looked into before it is whole
        return effects
    effects.findings += objections(draft, effects.versions) + _of_closed_books(draft)
    effects.before = tally(parties_of(draft), draft.effective_on)
    effects.organizations = _organizations(draft)
    effects.findings += check_superiors(draft, effects.organizations)
    effects.members = _members(draft)
    if draft.goes_on:
        effects.findings += immovable([each.membership for each in effects.members], draft.effective_on)
    if draft.ended:
        terms = Term.objects.filter(organization__in=draft.ended).select_related("organization")
        effects.terms = list(_lasting(terms, draft.effective_on))
        effects.seats = _seats(draft)
        effects.entries = _entries(draft)
        if draft.plans == Plans.CARRY and draft.successors:
            effects.carried = _carried(draft, effects.entries)
    effects.counts, said = counts_after(draft, known, effects.versions)
    effects.findings += said
    effects.parts = _parts(draft, known)
    moved = Tally(len(effects.members), len(effects.organizations))
    effects.flows, said = flows_of(draft, known, effects.before, moved)
    effects.findings += said
    for number, successor in enumerate(draft.successors):
        if successor.seats or successor.term:
            effects.seatings.append(seat(draft, number))
            effects.findings += effects.seatings[-1].findings
    effects.to_review = _to_review(draft, effects)
    return effects


def _standing(draft: Draft) -> list[OrganizationVersion]:
    versions = OrganizationVersion.objects.as_of(draft.effective_on).filter(organization__in=draft.sources)
    return list(versions.select_related("organization", "parent").order_by("path"))


def parties_of(draft: Draft) -> list[int]:
    """Return the keys of the organisations between which the act moves people and organisations, before it."""
    return [each.pk for each in (*draft.sources, *(one.organization for one in draft.successors)) if each]


def _organizations(draft: Draft) -> list[MovedOrganization]:
    """The organisations directly beneath the sources, each to its successor; those that stay are left out."""
    if draft.kind not in ENDING or not draft.successors:
        return []
    here = OrganizationVersion.objects.as_of(draft.effective_on).filter(parent__in=draft.sources)
    here = here.exclude(organization__in=draft.sources).select_related("organization", "parent")
    placed = [MovedOrganization(each, draft.places.get(each.organization_id, draft.default)) for each in here.as_tree()]
    return [each for each in placed if each.to != STAYS]


def _members(draft: Draft) -> list[MovedMember]:
    """The people of the sources themselves, each to their successor; those who stay are left out."""
    if draft.kind not in ENDING or not draft.successors:
        return []
    here = Membership.objects.as_of(draft.effective_on).filter(organization__in=draft.sources)
    here = here.select_related("person", "organization").order_by("person__sort_key", "pk")
    placed = [MovedMember(each, draft.members.get(each.person_id, draft.default)) for each in here]
    return [each for each in placed if each.to != STAYS]


def _lasting(rows, day: date):
    """Return the dated rows that would last beyond the day."""
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day)).order_by("pk")


def _seats(draft: Draft) -> list[Holding]:
    held = Holding.objects.filter(body__term__organization__in=draft.ended)
    held = _lasting(held, draft.effective_on).select_related("person", "position", "body__term__organization")
    return sorted(held, key=lambda each: (each.body.term.organization_id, each.position.rank, each.person.sort_key))


def _entries(draft: Draft) -> list[PlanEntry]:
    planned = PlanEntry.objects.filter(organization__in=draft.ended, valid_from__isnull=False)
    return list(_lasting(planned, draft.effective_on).select_related("person", "position", "organization", "round"))


def _carried(draft: Draft, entries: Iterable[PlanEntry]) -> list[tuple[PlanEntry, int]]:
    """Each goes where the person goes, once for a position; whoever is planned there already is not planned twice."""
    standing = [each.organization for each in draft.successors if each.organization]
    planned = _lasting(PlanEntry.objects.filter(organization__in=standing), draft.effective_on)
    numbers = {each.organization.pk: number for number, each in enumerate(draft.successors) if each.organization}
    taken = {
        (person, numbers[organization], position, term)
        for person, organization, position, term in planned.values_list(
            "person", "organization", "position", "plan_term"
        )
    }
    carried = []
    for entry in entries:
        to = draft.members.get(entry.person_id, draft.default)
        seat = entry.person_id, to, entry.position_id, entry.plan_term
        if seat not in taken:
            taken.add(seat)
            carried.append((entry, to))
    return carried


def _parts(draft: Draft, known: dict[int, MemberCount]) -> list[Part]:
    """Who stands on which side, with the members who leave and those who come."""
    if draft.kind == Kind.TRANSFERRED:
        parts = [Part(side, draft.source, None, _of(known.get(draft.source.pk))) for side in (Side.FROM, Side.TO)]
        above = draft.source.standing_on(draft.effective_on).parent
        parts += [Part(Side.FROM, above)] if above else []
        return [*parts, Part(Side.TO, draft.new_parent)]
    if draft.kind in (Kind.RENAMED, Kind.KIND_CHANGED):
        return [Part(side, draft.source) for side in (Side.FROM, Side.TO)]
    parts = [Part(Side.FROM, each, None, _leaving(draft, each, known)) for each in draft.sources]
    parts += [Part(Side.TO, each.organization, number, each.members) for number, each in enumerate(draft.successors)]
    return parts + ([Part(Side.TO, draft.source)] if draft.goes_on else [])


def _of(count: MemberCount | None) -> tuple[int, int] | None:
    return (count.official, count.probationary) if count else None


def _leaving(draft: Draft, source: Organization, known: dict[int, MemberCount]) -> tuple[int, int] | None:
    """How many members leave the source: all where it ends, as many as come elsewhere where it goes on."""
    if not draft.goes_on:
        return _of(known.get(source.pk)) if draft.successors else None
    arriving = [each.members for each in draft.successors]
    if None in arriving:
        return None
    return sum(official for official, _ in arriving), sum(probationary for _, probationary in arriving)


def _to_review(draft: Draft, effects: Effects) -> list[Holding]:
    """The seats of people who move, in committees above where they were and not above where they come to (DOMAIN §5).

    Whether they leave these is for their superior to decide, not for this act.
    """
    lost = _committees_left(draft, effects)
    if not lost:
        return []
    day = draft.effective_on
    if draft.kind == Kind.TRANSFERRED:
        versions = OrganizationVersion.objects.as_of(day).beneath([each.path for each in effects.versions])
        people = Membership.objects.as_of(day).filter(organization__in=versions.values("organization")).values("person")
    else:
        people = [each.membership.person_id for each in effects.members]
    seats = Holding.objects.as_of(day).filter(body__term__organization__in=lost, person__in=people)
    seats = seats.select_related("person", "position", "body__term__organization")
    return list(seats.order_by("body__term__organization", "position__rank", "person__sort_key", "pk"))


def _committees_left(draft: Draft, effects: Effects) -> set[int]:
    """Return the keys of the organisations that stood above those who move, or were theirs, and no longer are."""
    above = {int(step) for version in effects.versions for step in version.path.split("/") if step}
    if draft.kind == Kind.TRANSFERRED:
        new = draft.new_parent and draft.new_parent.standing_on(draft.effective_on).path
        return above - {draft.source.pk} - {int(step) for step in (new or "").split("/") if step}
    if not effects.members:
        return set()
    tops = [each.organization or each.parent for each in draft.successors]
    paths = [each.standing_on(draft.effective_on).path for each in tops if each]
    return above - {each.pk for each in draft.ended} - {int(step) for path in paths for step in path.split("/") if step}
