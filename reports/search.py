"""Searching everything: people, organisations, dossiers by words without accents, exports by their code."""

from dataclasses import dataclass

from common.vietnamese import search_key
from organizations.models import Organization
from organizations.scope import Scope
from personnel.models import Dossier, Person
from reports.models import Export

SHOWN = 20


@dataclass(frozen=True)
class Found:
    """The first of each that match."""

    people: list[Person]
    organizations: list[Organization]
    dossiers: list[Dossier]
    exports: list[Export]

    @property
    def nothing(self) -> bool:
        return not (self.people or self.organizations or self.dossiers or self.exports)


def find(words: str, scope: Scope) -> Found:
    """Return what matches all of the words in the scope; nothing for an empty search."""
    if not search_key(words):
        return Found([], [], [], [])
    return Found(
        people=list(Person.objects.visible_to(scope).matching(words).in_name_order()[:SHOWN]),
        organizations=list(Organization.objects.visible_to(scope).matching(words)[:SHOWN]),
        dossiers=list(Dossier.objects.visible_to(scope).matching(words).select_related("organization")[:SHOWN]),
        exports=list(Export.objects.visible_to(scope).with_code(words)),
    )
