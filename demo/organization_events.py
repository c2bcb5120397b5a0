"""What happens to organisations after 2020: established, renamed, turned into another kind, handed over; and how many
members they report."""

from datetime import date, timedelta

from demo.accounts import BLOC_CODE
from demo.organizations import CELLS, Plan, establish
from demo.people import PEOPLE_OF_A_GRASSROOTS_CELL, register_members
from demo.world import World
from organizations.actions import amend_organization, establish_organization, record_member_count
from organizations.models import OrganizationKind

SUCCESSOR_CODE = "DEMO-CQD"
COUNT_DAYS = [*[date(year, 12, 31) for year in range(2020, 2026)], date(2026, 6, 30), date(2026, 9, 30)]


def schedule(world: World) -> None:
    """Lay down the events of the organisations and their yearly counts."""
    established_2021 = Plan(
        "CS-73", f"Chi bộ {CELLS[-1]}", OrganizationKind.GRASSROOTS_CELL, BLOC_CODE, date(2021, 9, 1)
    )
    established_2023 = Plan(
        "CS-74",
        "Chi bộ Trung tâm Phục vụ hành chính công",
        OrganizationKind.GRASSROOTS_CELL,
        BLOC_CODE,
        date(2023, 4, 1),
    )
    for plan in (established_2021, established_2023):
        world.at(plan.valid_from - timedelta(days=8), _establish, world, plan)
    world.at(date(2024, 2, 20), _rename, world)
    world.at(date(2024, 5, 22), _turn_into_committee, world)
    world.at(date(2025, 6, 20), _hand_over, world)
    for day in COUNT_DAYS:
        world.at(day, _count_members, world, day)


def _establish(world: World, plan: Plan) -> None:
    day = plan.valid_from - timedelta(days=8)
    decision = world.decision(day, f"Thành lập {plan.name}", effective_on=plan.valid_from)
    establish(world, plan, decision)
    register_members(world, plan.code, PEOPLE_OF_A_GRASSROOTS_CELL, member_from=plan.valid_from)


def _rename(world: World) -> None:
    day, effective_on = date(2024, 2, 20), date(2024, 3, 1)
    name = "Đảng bộ Sở Nông nghiệp và Môi trường nông thôn"
    amend_organization(
        world.organizations["CS-04"],
        effective_on=effective_on,
        name=name,
        decision=world.decision(day, f"Đổi tên Đảng bộ Sở Nông nghiệp thành {name}", effective_on=effective_on),
        by=world.users["bantochuc"],
    )


def _turn_into_committee(world: World) -> None:
    """A grassroots cell that grew past thirty members becomes a grassroots committee (DOMAIN.md §2)."""
    day, effective_on = date(2024, 5, 22), date(2024, 6, 1)
    name = "Đảng bộ Trung tâm Công nghệ thông tin"
    amend_organization(
        world.organizations["CS-61"],
        effective_on=effective_on,
        name=name,
        kind=OrganizationKind.GRASSROOTS_COMMITTEE,
        decision=world.decision(day, f"Nâng cấp Chi bộ Trung tâm Công nghệ thông tin thành {name}", effective_on),
        by=world.users["bantochuc"],
    )


def _hand_over(world: World) -> None:
    """In 2025 one organisation passes to another upper-level committee, which is new in the register."""
    day, effective_on = date(2025, 6, 20), date(2025, 7, 15)
    successor = establish_organization(
        code=SUCCESSOR_CODE,
        name="Đảng bộ các cơ quan Đảng",
        kind=OrganizationKind.BLOC,
        valid_from=date(2025, 7, 1),
        by=world.users["caidat"],
    )
    world.organizations[SUCCESSOR_CODE] = successor
    handed_over = world.organizations["CS-30"]
    amend_organization(
        handed_over,
        effective_on=effective_on,
        parent=successor,
        decision=world.decision(day, f"Chuyển giao {handed_over.name} về {successor.name}", effective_on=effective_on),
        by=world.users["bantochuc"],
    )


# Member counts


def _count_members(world: World, day: date) -> None:
    """Every grassroots organisation reports; together they had about 5,300 members at the end of 2022."""
    for number in range(1, 75):
        code = f"CS-{number:02d}"
        handed_over = code == "CS-30" and day > date(2025, 7, 15)
        if handed_over or code not in world.organizations:
            continue
        total = members_on(number, day)
        probationary = max(1, total // 40)
        record_member_count(
            world.organizations[code],
            counted_on=day,
            official=total - probationary,
            probationary=probationary,
            by=world.users["bantochuc"],
        )


def members_on(number: int, day: date) -> int:
    """Return how many members the organisation of this number had: steady growth, and no two quite alike."""
    half_years = (day.year - 2022) * 2 - (12 - day.month) // 6
    if number == 61:  # the cell that became a committee in 2024
        return 31 + half_years * 2 // 3 if day >= date(2024, 6, 1) else 27 + half_years // 2
    if number > 40:
        return 16 + number * 7 % 12 + (half_years + number) // 6 % 2
    return 60 + number * 29 % 109 + half_years * (1 + number % 2) // 2
