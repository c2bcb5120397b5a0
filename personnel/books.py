"""Closed books whose figures counted what the register says of people."""

from collections.abc import Iterable, Iterator

from django.apps import apps

from organizations.models import Closing
from organizations.scope import Right, Scope
from personnel.models import Person

AT_ONCE = 200  # people named in one query
OF_CHANGES = "changes"  # the records that name nobody planned (reports.figures.Family)


def books_that_counted(people: Iterable[Person], scope: Scope) -> list[Closing]:
    """Return the closed books of which a figure counted a record of one of the people, the last first.

    What was kept stands on a floor above this one, so it is found by its name. That somebody was counted in a plan is
    told only to those who may see plans there.
    """
    keys = sorted(person.pk for person in people)
    found = set(_counted(keys))
    closings = Closing.objects.standing().select_related("organization")
    books = closings.filter(pk__in={closing for closing, _ in found}).order_by("-end", "pk")
    return [
        each
        for each in books
        if (each.pk, OF_CHANGES) in found or scope.covers(each.organization.path, Right.VIEW_PLANS)
    ]


def _counted(keys: list[int]) -> Iterator[tuple[int, str]]:
    """Return the closings, each with the family of the records, that speak of one of the people."""
    records = apps.get_model("reports", "ClosedRecord").objects.filter(closing__reopened_at__isnull=True).order_by()
    for first in range(0, len(keys), AT_ONCE):
        of_people = records.filter(**{"identities__personnel.person__in": keys[first : first + AT_ONCE]})
        yield from of_people.values_list("closing", "family").distinct()
