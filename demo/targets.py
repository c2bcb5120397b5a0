"""Targets that the office set itself for who sits in committees: invented, so that no document is cited."""

from datetime import date
from decimal import Decimal

from demo.world import World
from regulations.actions import amend
from regulations.findings import Severity
from regulations.models import Grade, Rule, RuleCode

SET_ON = date(2020, 4, 1)  # before the congresses of 2020
# A target for ethnic minorities and one for new members are left unset: the dashboard says so.
TARGETS = {
    RuleCode.COMMITTEE_WOMEN_PERCENT: (15, "Nữ chiếm từ 15% trở lên trong cấp ủy."),
    RuleCode.COMMITTEE_YOUNG_PERCENT: (10, "Cấp ủy viên dưới 40 tuổi chiếm từ 10% trở lên."),
}


def schedule(world: World) -> None:
    world.at(SET_ON, _set_targets, world)


def _set_targets(world: World) -> None:
    for code, (share, statement) in TARGETS.items():
        target = Rule(
            code=code,
            statement=statement,
            value=Decimal(share),
            unit="%",
            severity=Severity.INFO.value,
            grade=Grade.MEMORY,
            valid_from=SET_ON,
            start_is_known=False,
        )
        amend(target, by=world.users["quantri"])
