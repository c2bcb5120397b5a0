"""What a dashboard reads of the day, by six queries: terms and bodies, seats, ages, rules, who is planned, dossiers."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Subquery

from organizations.models import BodyKind, Position, Term
from organizations.scope import Scope
from organizations.tree import BodyCount
from personnel.models import Dossier, Holding
from planning.coverage.reads import current_entries, read_plans
from planning.coverage.reckoning import Facts
from regulations.retirement import RetirementTable
from regulations.rulebook import Rulebook
from reports.dashboards.standing import Standing


@dataclass
class Seats:
    """The term of an organisation on the day, its bodies, and those who sit in them, the highest position first.

    The term bears `secretary_left`, the last day on which a secretary of it left, and `tells_of_before`: whether the
    register knows who sat in the committee before this term. A holding bears `sat_before`: whether its person did.
    """

    term: Term
    sizes: dict[str, int | None] = field(default_factory=dict)  # by kind of body
    holdings: list[Holding] = field(default_factory=list)

    @property
    def bodies(self) -> list[BodyCount]:
        people = defaultdict(set)
        for holding in self.holdings:
            people[holding.body.kind].add(holding.person_id)
        return [BodyCount(kind, self.sizes[kind], len(people[kind])) for kind in BodyKind.values if kind in self.sizes]

    @property
    def committee(self) -> list[Holding]:
        """The seats in the committee, those of one person behind each other."""
        return [holding for holding in self.holdings if holding.body.kind == BodyKind.COMMITTEE]

    @property
    def has_secretary(self) -> bool:
        return any(holding.position_id == Position.SECRETARY for holding in self.holdings)


@dataclass(frozen=True)
class Dossiers:
    """How many dossiers are in each state on the day (personnel.filters.DOSSIER_STATES), and how many are late."""

    by_state: dict[str, int]
    overdue: int


@dataclass(frozen=True)
class Stock:
    """What stands on the day, by the identity of organisations."""

    seats: dict[int, Seats]
    plans: dict[int, Facts]  # what the coverage board rests on
    ages: RetirementTable
    rules: Rulebook
    dossiers: Dossiers

    @property
    def holdings(self) -> list[Holding]:
        """All seats held, the highest position first."""
        everybody = [holding for seats in self.seats.values() for holding in seats.holdings]
        return sorted(everybody, key=lambda each: (each.position.rank, each.pk))


def read(asked: Standing) -> Stock:
    organizations = asked.keys
    seats = read_seats(organizations, asked.scope, asked.day)
    plans: dict[int, Facts] = defaultdict(Facts)
    for organization, here in seats.items():
        plans[organization].sizes.update(here.sizes)
        plans[organization].holdings.extend(here.holdings)
    entries = current_entries(asked.plan_term, asked.scope, asked.day)
    read_plans(plans, entries.filter(organization__in=organizations), asked.day)
    return Stock(seats, plans, RetirementTable.load(), Rulebook.of(asked.day), _dossiers(asked))


def read_seats(organizations: Collection[int], scope: Scope, day: date) -> dict[int, Seats]:
    """Return the terms in force with those who sit in them, by the identity of organisations. Two queries."""
    seats = _terms(organizations, scope, day)
    for holding in _holdings(organizations, scope, day):
        here = seats.get(holding.body.term.organization_id)
        if here and here.term.pk == holding.body.term_id:
            here.holdings.append(holding)
    return seats


def _terms(organizations: Collection[int], scope: Scope, day: date) -> dict[int, Seats]:
    """Return the terms in force; each comes once for each of its bodies."""
    held = Holding.objects.visible_to(scope)
    secretaries = held.filter(body__term=OuterRef("pk"), position=Position.SECRETARY, valid_to__lte=day)
    sat_before = held.filter(
        body__kind=BodyKind.COMMITTEE,
        body__term__organization=OuterRef("organization"),
        body__term__valid_from__lt=OuterRef("valid_from"),
    )
    terms = Term.objects.visible_to(scope).as_of(day).filter(organization__in=organizations)
    found: dict[int, Seats] = {}
    for term in terms.annotate(
        body_kind=F("bodies__kind"),
        body_size=F("bodies__authorized_size"),
        secretary_left=Subquery(secretaries.order_by("-valid_to").values("valid_to")[:1]),
        tells_of_before=Exists(sat_before),
    ):
        here = found.setdefault(term.organization_id, Seats(term))
        if term.body_kind:
            here.sizes[term.body_kind] = term.body_size
    return found


def _holdings(organizations: Collection[int], scope: Scope, day: date):
    held = Holding.objects.visible_to(scope)
    before = held.filter(
        body__kind=BodyKind.COMMITTEE,
        person=OuterRef("person"),
        body__term__organization=OuterRef("body__term__organization"),
        body__term__valid_from__lt=OuterRef("body__term__valid_from"),
    )
    here = held.as_of(day).filter(body__term__organization__in=organizations)
    here = here.select_related("person", "position", "body__term").order_by("position__rank", "pk")
    return here.annotate(sat_before=Exists(before))


def _dossiers(asked: Standing) -> Dossiers:
    """Count what the list of dossiers shows of the organisation chosen and those beneath it."""
    paths = [asked.chosen.path] if asked.chosen else []
    dossiers = Dossier.objects.visible_to(asked.scope).opened_by(asked.day).with_state_on(asked.day).beneath(paths)
    late = Dossier.objects.overdue(asked.day).filter(pk=OuterRef("pk"))
    counted = dossiers.order_by().annotate(late=Exists(late)).values_list("state_on_day", "late").annotate(Count("pk"))
    by_state: dict[str, int] = defaultdict(int)
    overdue = 0
    for state, is_late, count in counted:
        by_state[state] += count
        overdue += count if is_late else 0
    return Dossiers(dict(by_state), overdue)
