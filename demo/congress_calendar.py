"""When each organisation held its congresses, and how large its bodies are."""

from datetime import date, timedelta

from demo import changes_2022, other_years
from demo.accounts import BLOC_CODE
from demo.congresses import Congress, hold
from demo.organizations import COMMITTEES, SUBORDINATE
from demo.world import World
from organizations.actions import open_term
from organizations.models import Position

CASES = [*changes_2022.CASES, *other_years.CASES]
FORMER_CONGRESS = date(2015, 8, 12)
BLOC_CONGRESSES = (date(2020, 8, 6), date(2025, 8, 7))
WITHOUT_DEPUTY_IN_2020 = {"CS-45"}
# The organisations born within a term, with the day and the label of their first congress.
FIRST_CONGRESSES = {"CS-73": (date(2022, 2, 25), "2022-2025"), "CS-74": (date(2023, 9, 14), "2023-2025")}
CONGRESS_IN_2022 = ("CS-05.1", "CS-05.2", "CS-20.1", "CS-27.1", "CS-27.2", "CS-32.1")


def schedule(world: World) -> None:
    """Lay down every congress from 2020 to 2025."""
    world.at(FORMER_CONGRESS, _open_former_term, world)
    for number in range(1, 75):
        code = f"CS-{number:02d}"
        if code in FIRST_CONGRESSES:
            day, label = FIRST_CONGRESSES[code]
            hold(world, _grassroots(code, number, day, label, 1))
        else:
            day = date(2020, 4, 20) + timedelta(days=number * 7 // 6 + number % 3)
            hold(world, _grassroots(code, number, day, "2020-2025", 4 + number % 9))
        day = date(2025, 4, 7) + timedelta(days=number * 7 // 9 + number % 4)
        ordinal = 2 if code in FIRST_CONGRESSES else 5 + number % 9
        hold(world, _grassroots(code, number, day, "2025-2030", ordinal))
    for ordinal, (day, label) in enumerate(zip(BLOC_CONGRESSES, ("2020-2025", "2025-2030"), strict=True), start=7):
        world.at(day - timedelta(days=1), _gather_bloc_candidates, world, day)
        hold(world, _bloc(day, label, ordinal), reported_after=1, confirmed_after=2)
    _schedule_cells(world)


def _open_former_term(world: World) -> None:
    """The register begins before the congress of 2020: the bloc's papers of that spring belong to its former term."""
    open_term(
        world.bloc, label="2015-2020", ordinal=6, congress_on=FORMER_CONGRESS, planned_end=date(2020, 8, 12), sizes={}
    )


def _grassroots(code: str, number: int, day: date, label: str, ordinal: int) -> Congress:
    end = date(int(label[-4:]), 5, 30)
    left_open = other_years.seats_to_leave_open(CASES, code, day, min(end, date(2026, 12, 1)))
    is_committee = number <= len(COMMITTEES) or (code == "CS-61" and day.year == 2025)  # turned into one in 2024
    if not is_committee:
        deputies = 0 if code in WITHOUT_DEPUTY_IN_2020 and day.year == 2020 else 1
        return Congress(code, day, label, ordinal, end, 3 + number % 3, deputies=deputies, left_open=left_open)
    size = 7 + number * 5 % 7
    return Congress(
        code,
        day,
        label,
        ordinal,
        end,
        size,
        standing=3 + number % 3 if size >= 9 else 0,
        inspection=3 + number % 3,
        deputies=2 if size >= 11 else 1,
        left_open=left_open,
    )


def _bloc(day: date, label: str, ordinal: int) -> Congress:
    end = date(day.year + 5, 8, 1)
    left_open = {Position.COMMITTEE_MEMBER: 2, Position.STANDING_MEMBER: 1}
    return Congress(BLOC_CODE, day, label, ordinal, end, 25, standing=8, inspection=7, deputies=2, left_open=left_open)


def _gather_bloc_candidates(world: World, day: date) -> None:
    """The bloc's committee is made of its own staff and of the secretaries and deputies of the grassroots."""
    seats = world.seats_everywhere(day)
    staff = sorted(world.members["CS-41"], key=lambda person: (person.birth_date, person.pk))[:9]
    officers = [
        person
        for position in (Position.SECRETARY, Position.DEPUTY_SECRETARY)
        for number in range(1, 41)
        for person in seats[f"CS-{number:02d}"][position][:1]
        if person not in world.elders.values()
    ]
    world.members[BLOC_CODE] = list(dict.fromkeys([*staff, *officers]))


def _schedule_cells(world: World) -> None:
    """Subordinate cells hold congress twice in five years (DOMAIN.md §3); the register keeps those of two in each."""
    cells = [f"{code}.{number}" for code in SUBORDINATE for number in (1, 2)]
    for number, code in enumerate(cells):
        early = code in CONGRESS_IN_2022
        first = date(2020, 6, 29) + timedelta(days=number // 3)
        second = (date(2022, 12, 1) if early else date(2023, 1, 9)) + timedelta(days=number // 3)
        third = date(2025, 1, 13) + timedelta(days=number // 3)
        terms = ((first, second), (second, third), (third, date(2027, 6, 30)))
        for ordinal, (day, end) in enumerate(terms, start=8 + number % 5):
            left_open = other_years.seats_to_leave_open(CASES, code, day, end)
            congress = Congress(code, day, f"{day.year}-{end.year}", ordinal, end, 3, left_open=left_open)
            hold(world, congress, reported_after=3, confirmed_after=9)
