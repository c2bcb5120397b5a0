"""The changes of 2022: exactly what the yearly summary counts, and beside it everything that it must not count.

Whoever changes a case here changes a figure: 29 turns at the grassroots are 3 secretaries, 5 deputy secretaries, 18
committee members and 3 releases; the bloc has 3 committee members and 1 member of the standing committee.
"""

from datetime import date

from demo.accounts import BLOC_CODE
from demo.cases import ELECTED, Case, annul, leave, seat
from organizations.models import Position
from personnel.models import ReleaseReason

SECRETARY, DEPUTY = Position.SECRETARY, Position.DEPUTY_SECRETARY
STANDING, MEMBER = Position.STANDING_MEMBER, Position.COMMITTEE_MEMBER
CHAIR, DEPUTY_CHAIR = Position.INSPECTION_CHAIR, Position.INSPECTION_DEPUTY_CHAIR
INSPECTOR = Position.INSPECTION_MEMBER
ONE_NEWCOMER = (seat(MEMBER, "newcomer"),)


def day(month: int, number: int, year: int = 2022) -> date:
    return date(year, month, number)


BLOC = [
    Case(BLOC_CODE, (seat(MEMBER, "newcomer"), seat(MEMBER, "newcomer")), decided=day(4, 12)),
    # The new member of the standing committee takes over the inspection committee, whose chair left in 2021.
    Case(BLOC_CODE, (seat(STANDING, "inspection deputy", ELECTED, tag="new chair"),), decided=day(5, 10)),
    Case(
        BLOC_CODE,
        (
            seat(CHAIR, "=new chair.person", ELECTED),
            seat(DEPUTY_CHAIR, "inspector", ELECTED),
            seat(INSPECTOR, "newcomer", ELECTED),
        ),
        decided=day(6, 3),
        by="kiemtra",
    ),
    Case(BLOC_CODE, ONE_NEWCOMER, decided=day(10, 27)),
]

# Secretaries 3, deputy secretaries 5; two of these eight come into the committee by the same decision.
OFFICERS = [
    Case("CS-03", (seat(SECRETARY, "deputy_secretary", ELECTED),), decided=day(2, 18)),  # trap: promotion, no release
    Case(
        "CS-12",
        (seat(MEMBER, "newcomer", tag="from outside"), seat(SECRETARY, "=from outside.person")),
        decided=day(3, 10),
    ),
    Case("CS-03", (seat(DEPUTY, "member outside standing", ELECTED),), decided=day(4, 25)),
    Case("CS-45", (seat(DEPUTY, "member", ELECTED),), decided=day(4, 20)),
    Case("CS-08", (seat(MEMBER, "newcomer", tag="new deputy"), seat(DEPUTY, "=new deputy.person")), decided=day(6, 8)),
    Case(
        "CS-22",  # the release of the secretary who retires, and the deputy takes over the same day
        (
            leave(MEMBER, "elder", ReleaseReason.RETIREMENT, on=day(9, 1)),
            seat(SECRETARY, "deputy_secretary", ELECTED, on=day(9, 1)),
        ),
        decided=day(8, 30),
    ),
    Case("CS-22", (seat(DEPUTY, "standing member", ELECTED),), decided=day(10, 14)),
    Case("CS-31", (seat(DEPUTY, "member", ELECTED),), decided=day(11, 21)),
]

# Committee members: 2 above, 16 here.
MEMBERS = [
    # Trap: decided in 2021, in effect on the first day of 2022.
    Case("CS-60", ONE_NEWCOMER, decided=day(12, 29, 2021), effective=day(1, 1)),
    Case("CS-05", (seat(MEMBER, "newcomer"), seat(MEMBER, "newcomer")), decided=day(1, 24), by="coso"),
    Case("CS-14", ONE_NEWCOMER, decided=day(3, 22)),
    Case("CS-17", (seat(MEMBER, "newcomer", ELECTED), seat(MEMBER, "newcomer", ELECTED)), decided=day(4, 28)),
    Case("CS-25", ONE_NEWCOMER, decided=day(5, 26)),
    Case("CS-28", ONE_NEWCOMER, decided=day(6, 22)),
    Case("CS-33", ONE_NEWCOMER, decided=day(7, 6)),
    Case("CS-36", ONE_NEWCOMER, decided=day(7, 29)),
    Case("CS-39", (seat(MEMBER, "newcomer", ELECTED),), decided=day(8, 11)),
    Case("CS-52", ONE_NEWCOMER, decided=day(9, 20)),
    # Trap: one of two is refused.
    Case("CS-30", (seat(MEMBER, "newcomer"), seat(MEMBER, "newcomer")), decided=day(9, 14), refused=(1,)),
    Case("CS-10", ONE_NEWCOMER, decided=day(12, 28), effective=day(12, 31)),  # trap: the last day of the year
    # Trap: the paper named the wrong person; the correction counts, what it mends does not.
    Case("CS-19", (seat(MEMBER, "newcomer", tag="wrong person"),), decided=day(5, 16), tag="mistaken"),
    Case(
        "CS-19",
        (seat(MEMBER, "newcomer", on=day(5, 16), corrects="wrong person"),),
        decided=day(7, 4),
        corrects="mistaken",
        tag="correction",
    ),
    # Trap: the day was wrong by a month; the same person, the right day.
    Case("CS-38", (seat(MEMBER, "newcomer", tag="wrong day"),), decided=day(3, 4), tag="misdated"),
    Case(
        "CS-38",
        (seat(MEMBER, "=wrong day.person", on=day(4, 4), corrects="wrong day"),),
        decided=day(4, 15),
        corrects="misdated",
        tag="redating",
    ),
]

# Releases: 1 above, 2 here.
RELEASES = [
    Case("CS-16", (leave(MEMBER, "member", ReleaseReason.OWN_WISH),), decided=day(5, 4)),
    Case("CS-57", (leave(MEMBER, "elder", ReleaseReason.RETIREMENT, on=day(12, 1)),), decided=day(11, 25)),
]

# Four people of grassroots inspection committees; outside the 29.
INSPECTION = [
    Case("CS-02", (seat(CHAIR, "inspection deputy", ELECTED),), decided=day(3, 30), by="kiemtra"),
    Case("CS-07", (seat(DEPUTY_CHAIR, "inspector", ELECTED),), decided=day(6, 15), by="kiemtra"),
    Case("CS-11", (seat(INSPECTOR, "newcomer", ELECTED),), decided=day(8, 24), by="kiemtra"),
    Case("CS-24", (leave(INSPECTOR, "inspector"),), decided=day(10, 5), by="kiemtra"),
]

# Confirmed in 2022 and in effect then, yet in no figure of the summary.
REMAINDER = [
    Case("CS-06", (seat(STANDING, "member outside standing", ELECTED),), decided=day(7, 12)),
    # Trap: below the grassroots level.
    Case("CS-24.2", ONE_NEWCOMER, decided=day(5, 19)),
    Case("CS-05.1", (seat(DEPUTY, "member", ELECTED),), decided=day(9, 7), by="coso"),
    Case("CS-33.1", (leave(MEMBER, "member", ReleaseReason.RESIGNATION),), decided=day(8, 3)),
    # Trap: recorded for the wrong organisation and annulled; neither the item nor its annulment counts.
    Case("CS-48", (seat(MEMBER, "newcomer", tag="never"),), decided=day(6, 20), tag="recorded in error"),
    Case("CS-48", (annul(MEMBER, "never"),), decided=day(8, 15), corrects="recorded in error", tag="annulment"),
]

# Trap: in effect the day before the year begins, or the day after it ends.
BESIDE_THE_YEAR = [
    Case("CS-12", (leave(MEMBER, "secretary", on=day(12, 31, 2021)),), decided=day(12, 20, 2021)),
    Case("CS-26", ONE_NEWCOMER, decided=day(12, 22, 2021), effective=day(12, 31, 2021)),
    Case(BLOC_CODE, ONE_NEWCOMER, decided=day(12, 21, 2021), effective=day(12, 31, 2021)),
    # Decided in 2022, in effect on the first day of 2023.
    Case("CS-27", ONE_NEWCOMER, decided=day(12, 22), effective=day(1, 1, 2023)),
    Case("CS-18", (leave(MEMBER, "member"),), decided=day(12, 26), effective=day(1, 1, 2023)),
    Case(
        BLOC_CODE,
        (leave(MEMBER, "member"), seat(MEMBER, "newcomer")),
        decided=day(12, 23),
        effective=day(1, 1, 2023),
    ),
]

# Trap: asked for in 2022 and never confirmed.
WITHOUT_EFFECT = [
    Case("CS-29", (seat(MEMBER, "newcomer", on=day(12, 20)),), submitted=day(12, 12), tag="pending member"),
    Case(
        "CS-34",
        (leave(SECRETARY, "secretary", ReleaseReason.OWN_WISH), seat(SECRETARY, "deputy_secretary", ELECTED)),
        submitted=day(12, 6),
        tag="pending secretary",
    ),
    Case(BLOC_CODE, (seat(MEMBER, "newcomer", on=day(12, 1)),), submitted=day(11, 25), tag="pending bloc member"),
    Case("CS-37", (seat(MEMBER, "newcomer", on=day(11, 1)),), opened=day(10, 10), tag="draft"),
    Case(
        "CS-40",
        (seat(MEMBER, "newcomer", on=day(10, 1)),),
        decided=day(9, 19),
        fate="returned",
        reason="Thiếu biên bản kiểm phiếu và danh sách trích ngang.",
        tag="returned",
    ),
    Case(
        "CS-42",
        (seat(DEPUTY, "member", ELECTED),),
        decided=day(6, 30),
        fate="withdrawn",
        reason="Chi bộ xin lùi thời gian kiện toàn.",
        tag="withdrawn",
    ),
    Case(
        "CS-44",
        (seat(MEMBER, "newcomer", on=day(8, 1)),),
        decided=day(8, 9),
        fate="refused",
        reason="Nhân sự chưa đủ thời gian công tác còn lại.",
        tag="refused",
    ),
]

CASES = [*BLOC, *OFFICERS, *MEMBERS, *RELEASES, *INSPECTION, *REMAINDER, *BESIDE_THE_YEAR, *WITHOUT_EFFECT]
