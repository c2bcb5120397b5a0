"""Changes within the term in the years around 2022, and the dossiers that wait on the desk in autumn 2026."""

from collections import Counter
from datetime import date

from demo.accounts import BLOC_CODE
from demo.cases import ELECTED, Case, leave, seat
from demo.changes_2022 import CHAIR, DEPUTY, DEPUTY_CHAIR, INSPECTOR, MEMBER, ONE_NEWCOMER, SECRETARY, STANDING
from personnel.models import Act, ReleaseReason

RETIREMENT = ReleaseReason.RETIREMENT

# What leaves seats free for 2022, and what else happened in 2021.
IN_2021 = [
    Case("CS-09", (leave(MEMBER, "elder", RETIREMENT, on=date(2021, 7, 1)),), decided=date(2021, 6, 24)),
    Case("CS-09", ONE_NEWCOMER, decided=date(2021, 9, 15)),
    Case("CS-04", (seat(MEMBER, "newcomer", ELECTED),), decided=date(2021, 4, 7)),
    Case("CS-15", (leave(MEMBER, "member"), seat(MEMBER, "newcomer")), decided=date(2021, 5, 20)),
    Case("CS-63", (leave(MEMBER, "member", ReleaseReason.DEATH),), decided=date(2021, 8, 17)),
    Case("CS-23", (seat(STANDING, "member outside standing", ELECTED),), decided=date(2021, 10, 6)),
    Case("CS-02", (leave(INSPECTOR, "inspection_chair"),), decided=date(2021, 11, 10), by="kiemtra"),
    Case("CS-03", (leave(MEMBER, "elder", RETIREMENT, on=date(2021, 12, 1)),), decided=date(2021, 11, 25)),
    # The chair of the bloc's inspection committee is transferred and leaves every body of the bloc.
    Case(
        BLOC_CODE,
        (leave(INSPECTOR, "inspection_chair", tag="former chair"), leave(MEMBER, "=former chair.person")),
        decided=date(2021, 11, 15),
    ),
    Case(BLOC_CODE, (leave(MEMBER, "member", ReleaseReason.RESIGNATION),), decided=date(2021, 9, 8)),
]

IN_2023 = [
    Case("CS-13", (leave(MEMBER, "elder", RETIREMENT, on=date(2023, 7, 1)),), decided=date(2023, 6, 22)),
    Case("CS-13", (seat(SECRETARY, "deputy_secretary", ELECTED),), decided=date(2023, 8, 3)),
    Case("CS-13", (seat(DEPUTY, "member outside standing", ELECTED),), decided=date(2023, 9, 12)),
    Case(
        "CS-35",
        (leave(MEMBER, "elder", RETIREMENT, on=date(2023, 10, 1)), seat(MEMBER, "newcomer")),
        decided=date(2023, 10, 4),
    ),
    Case("CS-01", (leave(MEMBER, "member"), seat(MEMBER, "newcomer")), decided=date(2023, 3, 15)),
    Case("CS-07", (seat(MEMBER, "newcomer"), seat(MEMBER, "newcomer")), decided=date(2023, 4, 20)),
    Case("CS-55", (seat(MEMBER, "newcomer"),), decided=date(2023, 5, 11)),
    Case("CS-29", (seat(INSPECTOR, "newcomer", ELECTED),), decided=date(2023, 11, 2), by="kiemtra"),
    Case("CS-26.2", (seat(MEMBER, "newcomer"),), decided=date(2023, 6, 6)),
    Case(BLOC_CODE, (seat(DEPUTY, "standing member", ELECTED),), decided=date(2023, 3, 28)),
]

IN_2024 = [
    Case("CS-21", (leave(MEMBER, "elder", RETIREMENT, on=date(2024, 6, 1)),), decided=date(2024, 5, 23)),
    Case("CS-47", (leave(MEMBER, "elder", RETIREMENT, on=date(2024, 11, 1)),), decided=date(2024, 10, 22)),
    Case("CS-47", (seat(SECRETARY, "deputy_secretary", ELECTED),), decided=date(2024, 11, 28)),
    Case("CS-16", (seat(MEMBER, "newcomer", ELECTED),), decided=date(2024, 1, 18)),
    Case(
        "CS-05",
        (leave(MEMBER, "member", ReleaseReason.RESIGNATION), seat(MEMBER, "newcomer")),
        decided=date(2024, 3, 26),
        by="coso",
    ),
    Case("CS-20", (seat(STANDING, "member outside standing", ELECTED),), decided=date(2024, 4, 16)),
    Case("CS-32", (leave(MEMBER, "member", ReleaseReason.DISCIPLINE),), decided=date(2024, 7, 9), tag="disciplined"),
    Case("CS-37", (leave(INSPECTOR, "inspection_chair"),), decided=date(2024, 8, 13), by="kiemtra"),
    Case("CS-37", (seat(CHAIR, "inspection deputy", ELECTED),), decided=date(2024, 9, 10), by="kiemtra"),
    Case(BLOC_CODE, (leave(MEMBER, "member"), seat(MEMBER, "newcomer")), decided=date(2024, 5, 14)),
]

# Additions stop before the congresses of spring 2025 and go on after them.
IN_2025 = [
    Case("CS-72", ONE_NEWCOMER, decided=date(2025, 1, 14)),
    Case("CS-11", (leave(MEMBER, "member"), seat(MEMBER, "newcomer")), decided=date(2025, 10, 9)),
    Case("CS-18", (seat(DEPUTY, "member outside standing", ELECTED),), decided=date(2025, 10, 30)),
    Case("CS-46", (seat(MEMBER, "newcomer"),), decided=date(2025, 11, 13)),
    Case("CS-25", (seat(INSPECTOR, "newcomer", ELECTED),), decided=date(2025, 12, 4), by="kiemtra"),
    Case(BLOC_CODE, (seat(MEMBER, "newcomer"),), decided=date(2025, 12, 18)),
]

IN_2026 = [
    Case("CS-04", (leave(MEMBER, "secretary"),), decided=date(2026, 1, 20), effective=date(2026, 2, 1)),
    Case("CS-04", (seat(SECRETARY, "deputy_secretary", ELECTED),), decided=date(2026, 3, 3)),
    Case("CS-05", (seat(MEMBER, "newcomer", ELECTED),), decided=date(2026, 3, 19), by="coso"),
    Case("CS-14", (leave(MEMBER, "member"), seat(MEMBER, "newcomer")), decided=date(2026, 4, 14)),
    Case("CS-27", (seat(DEPUTY_CHAIR, "inspector", ELECTED),), decided=date(2026, 5, 21), by="kiemtra"),
    Case("CS-50", (leave(MEMBER, "member", ReleaseReason.OWN_WISH),), decided=date(2026, 6, 11)),
    Case("CS-50", (seat(MEMBER, "newcomer"),), decided=date(2026, 7, 23)),
    Case("CS-02", (seat(MEMBER, "newcomer"), seat(MEMBER, "newcomer")), decided=date(2026, 8, 18)),
    Case("CS-39", (seat(STANDING, "member outside standing", ELECTED),), decided=date(2026, 9, 22)),
    Case(BLOC_CODE, (seat(STANDING, "member outside standing", ELECTED),), decided=date(2026, 10, 6)),
    Case("CS-74", (seat(MEMBER, "newcomer"),), decided=date(2026, 10, 29)),
]

# The desk on 23/11/2026.
WAITING = [
    Case("CS-09", (seat(MEMBER, "newcomer", on=date(2026, 11, 1)),), submitted=date(2026, 10, 19)),  # overdue
    Case("CS-12", (seat(DEPUTY, "member outside standing", ELECTED),), submitted=date(2026, 11, 5)),
    Case("CS-58", (leave(MEMBER, "member"), seat(MEMBER, "newcomer")), submitted=date(2026, 11, 10)),
    Case("CS-05", (seat(MEMBER, "newcomer", ELECTED),), submitted=date(2026, 11, 17), by="coso"),
    Case("CS-31", (seat(INSPECTOR, "newcomer", ELECTED),), submitted=date(2026, 11, 18), by="kiemtra"),
    Case(BLOC_CODE, (seat(MEMBER, "newcomer"),), submitted=date(2026, 11, 19)),
    Case("CS-05", (leave(MEMBER, "member", ReleaseReason.OWN_WISH),), opened=date(2026, 11, 20), by="coso"),
    Case("CS-36", (seat(MEMBER, "newcomer"), seat(MEMBER, "newcomer")), opened=date(2026, 11, 20)),
    Case(
        "CS-65",
        (seat(MEMBER, "newcomer"),),
        decided=date(2026, 11, 23),
        fate="returned",
        reason="Bổ sung kết luận về tiêu chuẩn chính trị.",
    ),
]

CASES = [*IN_2021, *IN_2023, *IN_2024, *IN_2025, *IN_2026, *WAITING]


def seats_to_leave_open(cases: list[Case], organization: str, begins: date, ends: date) -> dict[str, int]:
    """Return how many seats of each position a congress on `begins` leaves open, so that additions do not overfill."""
    most: dict[str, int] = {}
    balance: Counter[str] = Counter()
    here = [case for case in cases if case.organization == organization and begins < case.opened_on < ends]
    for case in sorted(here, key=lambda case: case.decided or ends):
        if case.fate != "confirmed" or case.corrects:
            continue
        for change in sorted(case.changes, key=lambda change: change.act, reverse=True):  # releases first
            balance[change.position] += 1 if change.act == Act.APPOINT else -1
            most[change.position] = max(most.get(change.position, 0), balance[change.position])
    return most
