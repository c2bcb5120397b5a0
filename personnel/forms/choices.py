"""What may be chosen in the form of a dossier: each kind of thing is loaded once, however many rows ask for it."""

import re
from collections.abc import Iterable
from datetime import date
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, Subquery

from common.vietnamese import search_key
from organizations.models import Body, BodyKind, Organization, OrganizationVersion, Position
from organizations.querysets import name_on
from organizations.scope import Right, Scope
from personnel.models import Act, ChangeItem, Discipline, Membership, Person
from personnel.querysets import PersonQuerySet
from personnel.rights import may_draft

PEOPLE_OFFERED = 20
YEAR = re.compile(r"(?:19|20)[0-9]{2}")


class Choices:
    """What somebody with this scope may choose on this day."""

    def __init__(self, scope: Scope, day: date) -> None:
        self.scope = scope
        self.day = day
        self.people: dict[int, Person] = {}
        self._correctable: dict[int, list[ChangeItem]] = {}

    @cached_property
    def organizations(self) -> list[OrganizationVersion]:
        """The organisations of the day in which the user may draft, as a tree."""
        versions = OrganizationVersion.objects.as_of(self.day).visible_to(self.scope).with_codes()
        mine = versions.select_related("organization").as_tree()
        return [version for version in mine if may_draft(self.scope, version.organization)]

    def organization(self, code: str) -> Organization | None:
        """Return the organisation of this code in which the user may draft, with the facts that rules ask for."""
        found = Organization.objects.visible_to(self.scope).with_facts_on(self.day).filter(code=code).first()
        return found if found and may_draft(self.scope, found) else None

    @cached_property
    def positions(self) -> dict[str, Position]:
        """The catalogue by code; for the inspection's clerks the positions of inspection committees alone."""
        everything = self.scope.may(Right.DRAFT)
        return {each.pk: each for each in Position.objects.all() if everything or each.body_kind == BodyKind.INSPECTION}

    @cached_property
    def bodies(self) -> dict[str, list[str]]:
        """The kinds of body in whose positions the user may draft, by the code of the organisation."""
        seated: dict[str, list[str]] = {}
        for code, kind in Body.objects.as_of(self.day).values_list("term__organization__code", "kind"):
            seated.setdefault(code, []).append(kind)
        return {
            version.code: [kind for kind in seated.get(version.code, []) if self._may_draft_in(version, kind)]
            for version in self.organizations
        }

    def _may_draft_in(self, version: OrganizationVersion, kind: str) -> bool:
        path = version.organization.path
        return self.scope.covers(path, Right.DRAFT) or (
            kind == BodyKind.INSPECTION and self.scope.covers(path, Right.DRAFT_INSPECTION)
        )

    def load_people(self, keys: Iterable[str], words: Iterable[str] = ()) -> None:
        """Load the people of these primary keys, and those of exactly these names or card numbers, by one query."""
        wanted = {int(key) for key in keys if key.isdecimal() and len(key) < 19} - set(self.people)
        words = [each for each in map(str.strip, words) if each]
        if not wanted and not words:
            return
        named = Q(card_number__in=words) | Q(search_key__in=map(search_key, words))
        found = self.choosable_people().filter(Q(pk__in=wanted) | named if words else Q(pk__in=wanted))
        self.people |= {person.pk: person for person in found}

    def person(self, key: str) -> Person | None:
        return self.people.get(int(key)) if key.isdecimal() else None

    def people_named(self, words: str) -> list[Person]:
        """Return the people loaded whose name or card number is exactly this."""
        key = search_key(words)
        return [each for each in self.people.values() if words.strip() == each.card_number or key == each.search_key]

    def choosable_people(self) -> PersonQuerySet:
        """Return whom the user may see, each with `member_of`, the name of the organisation (None: not to be seen)."""
        memberships = Membership.objects.visible_to(self.scope).as_of(self.day).filter(person=OuterRef("pk"))
        names = memberships.annotate(name=name_on(self.day)).values("name")
        people = Person.objects.visible_to(self.scope).with_discipline_on(self.day)
        return people.annotate(member_of=Subquery(names[:1]))

    def search_people(self, words: str, organization_code: str = "") -> PersonQuerySet:
        """Return the first people by name, year of birth or card number, members of the organisation before others."""
        people = self.choosable_people()
        years = [int(word) for word in words.split() if YEAR.fullmatch(word)]
        for year in years:
            people = people.filter(birth_date__year=year)
        people = people.matching(" ".join(word for word in words.split() if not YEAR.fullmatch(word)))
        here = Membership.objects.as_of(self.day).filter(organization__code=organization_code)
        people = people.annotate(is_here=Exists(here.filter(person=OuterRef("pk"))))
        return people.order_by("-is_here", "sort_key", "pk")[:PEOPLE_OFFERED]

    def correctable_items(self, dossier_pk: int) -> list[ChangeItem]:
        """Return the items of the confirmed dossier that still stand; the people in them count as loaded."""
        if dossier_pk not in self._correctable:
            self._correctable[dossier_pk] = [item for item in self._items_of(dossier_pk) if item.stands]
        return self._correctable[dossier_pk]

    def _items_of(self, dossier_pk: int) -> list[ChangeItem]:
        measures = Discipline.objects.as_of(self.day).filter(person=OuterRef("person")).order_by("-valid_from")
        items = ChangeItem.objects.visible_to(self.scope).filter(dossier=dossier_pk).exclude(act=Act.ANNUL)
        items = items.annotate(discipline_on_day=Subquery(measures.values("kind")[:1])).order_by("pk")
        found = list(items.select_related("person", "position", "vote", "body__term"))
        for item in found:
            item.person.discipline_on_day = item.discipline_on_day
            self.people[item.person_id] = item.person
        return found


def describe(person: Person) -> str:
    """Return "Nguyễn Văn An, sinh 1975, Đảng bộ Sở Xây dựng": enough to tell namesakes apart."""
    parts = [person.full_name, f"sinh {person.birth_date.year}"]
    return ", ".join([*parts, person.member_of] if getattr(person, "member_of", None) else parts)
