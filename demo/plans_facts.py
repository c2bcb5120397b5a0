"""What befalls people in the plan, so that somebody must leave it, may come back, or is proposed to."""

from datetime import date

from demo.world import World
from organizations.models import Position
from personnel.actions import conclude_politically, discipline
from personnel.models import Discipline
from planning.actions import remove_entry
from planning.models import PlanEntry

NEXT_TERM = "2025-2030"
Kind = Discipline.Kind
# From which day until which, in whose plan, the measure, whether the office has taken the person out at once.
MEASURES = (
    (date(2024, 5, 14), date(2025, 5, 14), "CS-26", Kind.REPRIMAND, True),
    (date(2024, 9, 10), date(2025, 9, 10), "CS-27", Kind.WARNING, True),
    (date(2026, 10, 5), None, "CS-28", Kind.REPRIMAND, False),
)
CONCLUDED = (date(2026, 10, 20), "CS-29")


def schedule(world: World) -> None:
    """Lay down measures against people in the plan, and one conclusion on the political standard."""
    for begins, ends, code, kind, taken_out in MEASURES:
        world.at(begins, _discipline, world, begins, ends, code, kind, taken_out)
    world.at(CONCLUDED[0], _conclude, world, *CONCLUDED)


def _discipline(world: World, begins: date, ends: date | None, code: str, kind: str, taken_out: bool) -> None:
    entry = _planned(world, code, begins)
    decision = world.decision(begins, f"Thi hành kỷ luật đảng viên thuộc {world.organizations[code]}")
    by = world.users["bantochuc"]
    discipline(entry.person, kind=kind, valid_from=begins, valid_to=ends, document=decision, by=by)
    if taken_out:
        for each in PlanEntry.objects.as_of(begins).filter(person=entry.person, valid_to__isnull=True):
            remove_entry(each, on=begins, reason=PlanEntry.RemovalReason.DISCIPLINE, document=decision, by=by)


def _conclude(world: World, day: date, code: str) -> None:
    conclude_politically(_planned(world, code, day).person, valid_from=day, by=world.users["bantochuc"])


def _planned(world: World, code: str, day: date) -> PlanEntry:
    """Return somebody planned to become deputy secretary of the organisation."""
    entries = PlanEntry.objects.as_of(day).filter(
        organization=world.organizations[code], plan_term=NEXT_TERM, position=Position.DEPUTY_SECRETARY
    )
    return entries.select_related("person").order_by("pk")[0]
