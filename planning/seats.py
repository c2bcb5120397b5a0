"""How many seats there may be to plan for: a suggestion from the sizes approved, and from who holds office."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Count

from organizations.models import Body, BodyKind
from personnel.models import Holding
from planning.models import POSITIONS_OF_GROUP, PositionGroup

MEMBERS = {BodyKind.COMMITTEE: PositionGroup.COMMITTEE, BodyKind.STANDING: PositionGroup.STANDING}
HEADS = {BodyKind.COMMITTEE: PositionGroup.SECRETARIES, BodyKind.INSPECTION: PositionGroup.INSPECTION_HEADS}


def proposed_seats(organizations: Collection[int], day: date) -> dict[int, dict[str, int]]:
    """Return the seats of each group and of each single office, by organisation, by two queries.

    Of a committee as many as were approved; of an office one, or as many as hold it on `day`. Nothing of a body that
    the organisation does not have.
    """
    bodies = Body.objects.as_of(day).filter(term__organization__in=organizations)
    holders = _holders(organizations, day)
    proposed: dict[int, dict[str, int]] = defaultdict(dict)
    for organization, kind, size in bodies.values_list("term__organization", "kind", "authorized_size"):
        seats = proposed[organization]
        if kind in MEMBERS and size:
            seats[MEMBERS[kind]] = size
        if kind in HEADS:
            offices = {code: max(1, holders[organization, code]) for code in POSITIONS_OF_GROUP[HEADS[kind]]}
            seats |= offices | {HEADS[kind]: sum(offices.values())}
    return proposed


def _holders(organizations: Collection[int], day: date) -> dict[tuple[int, str], int]:
    offices = [code for group in HEADS.values() for code in POSITIONS_OF_GROUP[group]]
    held = Holding.objects.as_of(day).filter(body__term__organization__in=organizations, position__in=offices)
    rows = held.order_by().values_list("body__term__organization", "position").annotate(count=Count("pk"))
    counts: dict[tuple[int, str], int] = defaultdict(int)
    counts.update({(organization, position): count for organization, position, count in rows})
    return counts
