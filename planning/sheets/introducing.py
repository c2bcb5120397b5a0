"""The act by which the people listed in a workbook are introduced."""

from collections.abc import Sequence
from datetime import date

from common.journal import act
from organizations.actions import require_right
from organizations.models import Organization
from organizations.scope import Right
from planning.actions.rounds import require_open
from planning.introducing import Addition, introduce_all
from planning.models import PlanEntry, PlanningRound


@act("Giới thiệu quy hoạch từ tệp Excel")
def introduce_listed(
    planning_round: PlanningRound,
    *,
    organization: Organization,
    additions: Sequence[Addition],
    on: date,
    by,
    reason: str,
) -> list[PlanEntry]:
    """Introduce those listed who are not planned there yet; all of them or none. `reason` names the file.

    A second run of the same list changes nothing, and so does a second click that came before the first was done.
    Raises what `introduce` raises.
    """
    require_right(by, Right.PLAN, organization)
    require_open(planning_round)  # locks the round: whoever comes second waits here, and then finds all of them planned
    there = PlanEntry.objects.filter(
        organization=organization, plan_term=planning_round.plan_term, valid_to__isnull=True
    )
    taken = set(there.values_list("person", "position"))
    new = [each for each in additions if (each.person.pk, each.position.pk) not in taken]
    return introduce_all(planning_round, organization=organization, additions=new, on=on, by=by)
