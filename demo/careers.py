"""What happens to people outside the committees: discipline, and moving to another organisation."""

from datetime import date

from demo.world import World
from personnel.actions import discipline, transfer_membership
from personnel.models import Discipline

# From which day until which, where, the number of the member in the organisation, the measure.
DISCIPLINES = (
    (date(2021, 5, 18), date(2022, 5, 18), "CS-06", 20, Discipline.Kind.REPRIMAND),
    (date(2022, 9, 13), date(2023, 9, 13), "CS-17", 21, Discipline.Kind.WARNING),
    (date(2023, 4, 11), date(2024, 4, 11), "CS-51", 12, Discipline.Kind.REPRIMAND),
    (date(2024, 7, 2), date(2025, 7, 2), "CS-29", 22, Discipline.Kind.REMOVAL),
    (date(2025, 11, 25), None, "CS-38", 23, Discipline.Kind.WARNING),
    (date(2026, 6, 16), None, "CS-64", 13, Discipline.Kind.REPRIMAND),
)
# The day, from where, the number of the member, to where.
MOVES = (
    (date(2021, 10, 1), "CS-01", 24, "CS-14"),
    (date(2022, 4, 1), "CS-08", 25, "CS-41"),
    (date(2023, 2, 1), "CS-16", 24, "CS-29"),
    (date(2024, 9, 1), "CS-36", 25, "CS-40"),
    (date(2026, 5, 1), "CS-19", 24, "CS-74"),
)


def schedule(world: World) -> None:
    """Lay down the disciplinary measures and the moves."""
    for valid_from, valid_to, code, number, kind in DISCIPLINES:
        world.at(valid_from, _discipline, world, valid_from, valid_to, code, number, kind)
    for day, code, number, to in MOVES:
        world.at(day, _move, world, day, code, number, to)


def _discipline(world: World, valid_from: date, valid_to: date | None, code: str, number: int, kind: str) -> None:
    person = world.members[code][number]
    discipline(
        person,
        kind=kind,
        valid_from=valid_from,
        valid_to=valid_to,
        document=world.decision(valid_from, f"Thi hành kỷ luật đảng viên thuộc {world.organizations[code]}"),
        by=world.users["bantochuc"],
    )


def _move(world: World, day: date, code: str, number: int, to: str) -> None:
    person = world.members[code][number]
    transfer_membership(person, to=world.organizations[to], effective_on=day, by=world.users["bantochuc"])
