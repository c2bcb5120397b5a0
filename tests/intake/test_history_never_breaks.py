"""Whatever rows say: what is not told as wrong is taken by the database, and a second time changes nothing."""

from datetime import date
from random import Random

import pytest
from django.db import connection, transaction

from intake.kinds.changes import CHANGES
from intake.kinds.holdings import HOLDINGS
from intake.kinds.plans import PLANS_KIND
from organizations.scope import Scope
from tests.factories import office
from tests.intake.conftest import AN, BINH
from tests.intake.sheets import DAY, commit, typed
from tests.intake.test_history_changes import CORRECTION, DOSSIER, ITEM
from tests.intake.test_history_plans import APPROVED, ENTRY, PLAN, ROUND

PEOPLE = (AN, BINH | {"card": ""})
RUNS = 40


def tried(kind, rows) -> str:
    """Take the rows in where nothing is wrong with them, and take them back; return what came of it."""
    listed = kind.understand(rows, scope=Scope.everything(), day=DAY)
    if any(each.faults for each in listed):
        return "wrong"
    with transaction.atomic():
        commit(kind, listed, by=office())
        connection.check_constraints()
        again = kind.understand(rows, scope=Scope.everything(), day=DAY)
        assert {each.state.value for each in again} == {"unchanged"}, [each.faults for each in again]
        transaction.set_rollback(True)
    return "taken in"


def seat(dice: Random) -> dict:
    ends = dice.choice(["01/9/2018", "2018", "3/2019", "15/6/2020", "2020", "01/01/2022", "2022", None, None])
    return dice.choice(PEOPLE) | {
        "organization": "CS-01",
        "position": dice.choice(["Bí thư", "Phó Bí thư", "Ủy viên Ban Chấp hành", "Chủ nhiệm Ủy ban Kiểm tra"]),
        "term": dice.choice(["2015-2020", "2020-2025", None]),
        "begins": dice.choice(
            ["01/7/2015", "2015", "2017", "3/2017", "2018", "15/6/2020", "20/6/2020", "2021", "01/01/2022"]
        ),
        "ends": ends,
        "end_reason": ends and dice.choice(["Nghỉ hưu", "Hết nhiệm kỳ", "Giữ chức vụ cao hơn"]),
        "elected": dice.choice([None, None, date(2015, 7, 1), date(2020, 6, 15)]),
    }


def item(dice: Random, code: str, number: int) -> dict:
    outcome = dice.choice(["Đã chuẩn y", "Đã chuẩn y", "Không chuẩn y"])
    return (
        ITEM
        | dice.choice(PEOPLE)
        | {
            "code": code,
            "number": number,
            "outcome": outcome,
            "effective": dice.choice(["2021", "3/2021", "05/3/2021", "2020"]) if outcome == "Đã chuẩn y" else None,
            "elected": dice.choice([None, date(2021, 2, 19), date(2020, 6, 1)]),
            "corrects": dice.choice([1, 1, 2, None]) if code == CORRECTION["code"] else None,
        }
    )


def planned(dice: Random) -> dict:
    introduced, approved = dice.choice([date(2022, 7, 4), date(2022, 8, 1)]), dice.choice([True, True, False])
    left = dice.choice([None, None, date(2022, 9, 1), date(2023, 5, 10), date(2022, 7, 4)])
    return (
        ENTRY
        | dice.choice(PEOPLE)
        | {
            "introduced": introduced,
            "submitted": dice.choice([PLAN["submitted"], PLAN["submitted"], None]),
            "approved": APPROVED["approved"] if approved else None,
            "left": left,
            "removal_reason": left and dice.choice(["Bị kỷ luật", "Quá tuổi"]),
            "returns": dice.choice([None, None, "Có"]),
        }
    )


@pytest.mark.parametrize("seed", range(3))
def test_seats(old, seed):
    dice = Random(seed)
    came = [tried(HOLDINGS, typed(HOLDINGS, s0=[seat(dice) for _ in range(dice.randint(1, 4))])) for _ in range(RUNS)]

    assert set(came) == {"wrong", "taken in"}


def test_dossiers(old):
    dice = Random(4)
    came = []
    for _ in range(RUNS):
        items = [item(dice, DOSSIER["code"], 1), item(dice, DOSSIER["code"], 2), item(dice, CORRECTION["code"], 1)]
        items += [item(dice, CORRECTION["code"], 2)] * dice.choice([0, 1])
        came.append(tried(CHANGES, typed(CHANGES, s0=[DOSSIER, CORRECTION], s1=[], s2=items)))

    assert set(came) == {"wrong", "taken in"}


def test_plans(old):
    dice = Random(5)
    came = []
    for _ in range(RUNS):
        entries = [planned(dice) for _ in range(dice.randint(1, 4))]
        came.append(tried(PLANS_KIND, typed(PLANS_KIND, s0=[ROUND], s1=[], s2=[], s3=[PLAN | APPROVED], s4=entries)))

    assert set(came) == {"wrong", "taken in"}
