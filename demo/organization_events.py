"""How many members the organisations report, and what happens to the organisations themselves."""

from datetime import date

from demo import reorganizations
from demo.reorganizations import (
    BORN,
    DISSOLVED,
    DIVIDED,
    ENDED,
    HEIR,
    MERGED,
    MERGED_INTO,
    SPLIT_OFF,
    SPLIT_OFF_MEMBERS,
)
from demo.world import World
from organizations.actions import record_member_count

COUNT_DAYS = [*[date(year, 12, 31) for year in range(2020, 2026)], date(2026, 6, 30), date(2026, 9, 30)]


def schedule(world: World) -> None:
    """Lay down the reorganisations and the yearly counts."""
    reorganizations.schedule(world)
    for day in COUNT_DAYS:
        world.at(day, _count_members, world, day)


def _count_members(world: World, day: date) -> None:
    """Every grassroots organisation reports; together they had about 5,300 members at the end of 2022."""
    for number in range(1, 77):
        code = f"CS-{number:02d}"
        handed_over = code == "CS-30" and day > date(2025, 7, 15)
        if handed_over or code not in world.organizations or ENDED.get(code, day) < day:
            continue
        total = _total_on(code, day)
        probationary = max(1, total // 40)
        record_member_count(
            world.organizations[code],
            counted_on=day,
            official=total - probationary,
            probationary=probationary,
            by=world.users["bantochuc"],
        )


def _total_on(code: str, day: date) -> int:
    """Return how many members it had, those counted who came and went by a reorganisation."""
    if code == MERGED_INTO:
        return sum(members_on(int(each[-2:]), day) for each in MERGED)
    if code == SPLIT_OFF:
        return sum(SPLIT_OFF_MEMBERS)
    total = members_on(int(code[-2:]), day)
    if code == DIVIDED and day >= BORN[SPLIT_OFF]:
        total -= sum(SPLIT_OFF_MEMBERS)
    if code == HEIR and day >= ENDED[DISSOLVED]:
        total += members_on(int(DISSOLVED[-2:]), day)
    return total


def members_on(number: int, day: date) -> int:
    """Return how many members the organisation of this number had: steady growth, and no two quite alike."""
    half_years = (day.year - 2022) * 2 - (12 - day.month) // 6
    if number == 61:  # the cell that became a committee in 2024
        return 31 + half_years * 2 // 3 if day >= date(2024, 6, 1) else 27 + half_years // 2
    if number > 40:
        return 16 + number * 7 % 12 + (half_years + number) // 6 % 2
    return 60 + number * 29 % 109 + half_years * (1 + number % 2) // 2
