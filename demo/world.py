"""What the modules of the demonstration share: the dice, the actors, what stands, and the papers."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import partial
from random import Random

from accounts.models import User
from demo.accounts import BLOC_CODE
from demo.timeline import Timeline
from organizations.actions import next_number, record_document
from organizations.models import Document, DocumentType, IssuerLevel, Organization, Position
from personnel.models import Holding, Person

SEED = 20220601
FIRST_DECISION_OF_THE_REGISTER = 812  # the term 2015-2020 of the bloc was nearly over when the register begins
PROVINCE = "Ban Thường vụ Tỉnh ủy"


class World:
    """The demonstration while it is built. Everything random comes from `rng`, nothing from the clock."""

    def __init__(self) -> None:
        self.rng = Random(SEED)
        self.timeline = Timeline()
        self.users: dict[str, User] = {}
        self.organizations: dict[str, Organization] = {}
        self.positions: dict[str, Position] = {}
        self.members: dict[str, list[Person]] = {}  # of an organisation and all beneath it, by its code
        self.elders: dict[str, Person] = {}  # committee members who retire within the term, by organisation
        self.seated: dict[str, set[int]] = {}  # whoever had a seat, or was proposed for one, by organisation
        self.tagged: dict[str, object] = {}  # people, items and dossiers that a later step refers to
        self.provincial_numbers = 900  # the last number used by the committee above
        self.cards = 0  # the last number of a party card

    @property
    def bloc(self) -> Organization:
        return self.organizations[BLOC_CODE]

    def at(self, day: date, step, *args, **kwargs) -> None:
        """Let `step(*args, **kwargs)` happen on the day."""
        self.timeline.at(day, partial(step, *args, **kwargs))

    # People

    def holders(self, code: str, position: str, day: date) -> list[Person]:
        """Return who holds the position in the organisation on the day, longest first."""
        return self.seats(code, day)[position]

    def seats(self, code: str, day: date) -> dict[str, list[Person]]:
        """Return who holds what in the organisation on the day, by position."""
        held = Holding.objects.of_organization(self.organizations[code]).as_of(day).select_related("person")
        seats: dict[str, list[Person]] = defaultdict(list)
        for holding in held.order_by("valid_from", "pk"):
            seats[holding.position_id].append(holding.person)
        return seats

    def seats_everywhere(self, day: date) -> dict[str, dict[str, list[Person]]]:
        """Return who holds what on the day in every organisation, by its code and by position, in one query."""
        held = Holding.objects.as_of(day).select_related("person", "body__term__organization")
        seats: dict[str, dict[str, list[Person]]] = defaultdict(lambda: defaultdict(list))
        for holding in held.order_by("valid_from", "pk"):
            seats[holding.body.term.organization.code][holding.position_id].append(holding.person)
        return seats

    def newcomer(self, code: str) -> Person:
        """Return a member of the organisation who never had a seat in it, and reserve the person for one."""
        taken = self.seated.setdefault(code, set())
        person = next(person for person in self.members[code] if person.pk not in taken)
        taken.add(person.pk)
        return person

    def seat(self, code: str, people: Iterable[Person]) -> None:
        self.seated.setdefault(code, set()).update(person.pk for person in people)

    # Papers

    def decision(self, day: date, summary: str, effective_on: date | None = None) -> Document:
        """Record a decision of the bloc under its next number."""
        return self.paper(DocumentType.DECISION, self.bloc, "ĐUK", day, summary, effective_on=effective_on)

    def paper(
        self, type: str, issuer: Organization, symbol: str, day: date, summary: str, *, by: str = "bantochuc", **days
    ) -> Document:
        """Record a paper of an organisation in the register under its next number."""
        number = next_number(issuer, type, day)
        if number == 1 and day < date(2020, 8, 1):
            number = FIRST_DECISION_OF_THE_REGISTER
        return record_document(
            type=type,
            number=number,
            symbol=symbol,
            issuer=issuer,
            issued_on=day,
            summary=summary,
            by=self.users[by],
            **days,
        )

    def provincial_decision(self, day: date, summary: str, effective_on: date | None = None) -> Document:
        """Record a decision of the committee above the bloc, which is not in the register."""
        self.provincial_numbers += self.rng.randint(3, 15)
        return record_document(
            type=DocumentType.DECISION,
            number=self.provincial_numbers,
            symbol="TU",
            issuer_name=PROVINCE,
            issuer_level=IssuerLevel.PROVINCIAL,
            issued_on=day,
            effective_on=effective_on,
            summary=summary,
            by=self.users["bantochuc"],
        )

    def decision_on(self, organization: Organization, day: date, summary: str, effective_on: date | None = None):
        """Record the decision of whoever confirms for this organisation: the committee that leads it."""
        if organization.pk == self.bloc.pk:
            return self.provincial_decision(day, summary, effective_on)
        above, _, is_cell = organization.code.partition(".")
        if is_cell:
            issuer = self.organizations[above]
            return self.paper(DocumentType.DECISION, issuer, "ĐU", day, summary, effective_on=effective_on)
        return self.decision(day, summary, effective_on)
