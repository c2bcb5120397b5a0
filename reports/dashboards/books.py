"""Whether the books of a dashboard's year are closed: read along with the organisations, by no query of its own."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce, JSONObject

from common.periods import Period
from organizations.models import Closing, OrganizationVersion
from organizations.scope import Scope

FIELDS = ("pk", "as_at", "organization", "organization__name", "organization__path")


@dataclass(frozen=True)
class Books:
    """The books of an organisation, closed with the figures of `as_at`.

    `superior` names the organisation whose books these are, empty where they are its own. `closing` is the key of the
    closing for those who may look at it, None for the others.
    """

    as_at: date
    superior: str
    closing: int | None

    @classmethod
    def told(cls, scope: Scope, *versions: OrganizationVersion) -> Self | None:
        """Return the books that `books_of` found for the versions of one organisation; None while they are open."""
        closed = next((version.closed_books for version in versions), None)
        if closed is None:
            return None
        pk, as_at, organization, name, path = (closed[field] for field in FIELDS)
        own = organization == versions[0].organization_id
        return cls(date.fromisoformat(as_at), "" if own else name, pk if scope.covers(path) else None)


def books_of(name: str, period: Period) -> Coalesce:
    """Return, as a part of a query, the standing closing of just this period for the organisation at the field `name`.

    Its own before a superior's, as the summary has it (reports.choices.closing_of).
    """
    closings = Closing.objects.standing().covering_outer(name).filter(first=period.first, end=period.end)
    told = closings.order_by("-closed_at", "-pk").values_list(JSONObject(**{field: field for field in FIELDS}))
    # no order by "its own first": SQLite knows no outer query in an ORDER BY
    return Coalesce(Subquery(told.filter(organization=OuterRef(name))[:1]), Subquery(told[:1]))
