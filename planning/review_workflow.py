"""The acts of one review page, which belong together: who stays, who is to leave, who is introduced. All or none."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from organizations.models import Organization
from planning.actions import VerdictDraft, review
from planning.introducing import Addition, introduce_all
from planning.models import PlanEntry, PlanningRound
from planning.reviewing import introduced_in


@transaction.atomic
def review_and_introduce(
    planning_round: PlanningRound,
    *,
    organization: Organization,
    group: str,
    verdicts: Sequence[VerdictDraft],
    additions: Sequence[Addition],
    on: date,
    by,
) -> list[PlanEntry]:
    """Save a review as one page sends it; people are introduced on the day `on`. Return the introduced.

    Whoever the round has introduced there already is left as he is: the page was sent twice. Raises what both acts
    raise.
    """
    review(planning_round, organization=organization, group=group, verdicts=verdicts, by=by)
    there = {(entry.person_id, entry.position_id) for entry in introduced_in(planning_round, organization, group)}
    new = [each for each in additions if (each.person.pk, each.position.pk) not in there]
    return introduce_all(planning_round, organization=organization, additions=new, on=on, by=by)
