"""What rules ask besides the seats: the rules of the day, ages of retirement, measures in force, the organisation."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Self

from organizations.models import Closing, Organization
from personnel.models import Person
from regulations.retirement import RetirementTable
from regulations.rulebook import RuleHistory


@dataclass(frozen=True)
class Facts:
    """Facts on `day`. `disciplines` are the measures in force then, by person; `official_members` may be unknown.

    `books_closed_to` is the end of the last closed period in whose books `organization` stood, if there is one.
    """

    day: date
    rules: RuleHistory
    ages: RetirementTable
    kind: str
    official_members: int | None
    disciplines: Mapping[int, str]
    organization: int | None = None
    books_closed_to: date | None = None

    def closings_on(self, day: date | None) -> Sequence[Closing]:
        """Return the closings that a change in effect on `day` may touch; asks the database only before such an end."""
        if day is None or self.books_closed_to is None or day >= self.books_closed_to:
            return ()
        return self._closings

    @cached_property
    def _closings(self) -> Sequence[Closing]:
        return tuple(Closing.objects.standing().covering([self.organization]))

    @classmethod
    def load(cls, organization: Organization, people: Iterable[Person], day: date) -> Self:
        """Load them by at most four queries.

        Two, when the organisation and the people were read `with_facts_on` and `with_discipline_on` the day already.
        """
        people = list(people)
        if not hasattr(organization, "kind_on_day"):
            organization = Organization.objects.with_facts_on(day).get(pk=organization.pk)
        if not all(hasattr(person, "discipline_on_day") for person in people):
            people = list(Person.objects.filter(pk__in=[each.pk for each in people]).with_discipline_on(day))
        return cls(
            day=day,
            rules=RuleHistory.load(),
            ages=RetirementTable.load(),
            kind=organization.kind_on_day,
            official_members=organization.official_on_day,
            disciplines={person.pk: person.discipline_on_day for person in people if person.discipline_on_day},
            organization=organization.pk,
            books_closed_to=organization.books_closed_to,
        )
