"""Rules on a plan as a whole: how many, and who they are together."""

from calendar import monthrange
from datetime import date
from decimal import Decimal
from math import ceil, floor

from common.formats import percent
from personnel.checks.structure import said
from personnel.models import Gender, Person, Precision
from planning.facts import PlanFacts, level_of
from planning.models import PlanTarget, PositionGroup
from regulations.findings import Finding
from regulations.models import RuleCode

YOUNG = 40  # years; whoever has not reached them is young
MAJORITY = "Kinh"
BY_COEFFICIENT = (PositionGroup.COMMITTEE, PositionGroup.STANDING)


def check_people_per_position(facts: PlanFacts) -> list[Finding]:
    """Behind each seat of an officer stand at most so many people. Committees go by the coefficient instead."""
    most = facts.book.value(RuleCode.PLAN_PEOPLE_PER_POSITION)
    if most is None or facts.group in BY_COEFFICIENT:
        return []
    findings = []
    for code in facts.group.positions:
        count = len({entry.person_id for entry in facts.everybody if entry.position_id == code})
        seats = facts.seats_of(code)
        if count > most * seats:
            message = (
                f"Chức danh {facts.positions[code]} có {count} người được quy hoạch cho {seats} vị trí; "
                f"nhiều nhất là {int(most * seats)}."
            )
            findings.append(facts.book.finding(RuleCode.PLAN_PEOPLE_PER_POSITION, message))
    return findings


def check_number(facts: PlanFacts) -> list[Finding]:
    """A committee's plan holds between so many times and so many times its seats."""
    if facts.group not in BY_COEFFICIENT or facts.target is None:
        return []
    count = len({entry.person_id for entry in facts.everybody})
    least, most = number_range(facts.target, facts.book.value(RuleCode.PLAN_LEAST_COEFFICIENT))
    if count < least:
        message = f"Quy hoạch {facts.group.label} có {count} người, ít hơn {least} người theo hệ số."
        return said(facts.book.finding(RuleCode.PLAN_LEAST_COEFFICIENT, message))
    if count > most:
        message = f"Quy hoạch {facts.group.label} có {count} người, nhiều hơn {most} người theo hệ số."
        return said(facts.book.finding(RuleCode.PLAN_MOST_COEFFICIENT, message))
    return []


def number_range(target: PlanTarget, least_coefficient: Decimal | None) -> tuple[int, int]:
    """Return the fewest and the most people that a target wants, from its seats and coefficients."""
    least = ceil(target.seats * (least_coefficient if least_coefficient is not None else 1))
    return least, max(floor(target.seats * target.coefficient), least)


def check_shares(facts: PlanFacts) -> list[Finding]:
    """The shares of women, of people under 40 (at the upper level), of ethnic minorities, each with its base."""
    people = list({entry.person_id: entry.person for entry in facts.everybody}.values())
    if not people:
        return []
    base, where = len(people), facts.group.label
    women = sum(person.gender == Gender.FEMALE for person in people)
    findings = [_below(facts, RuleCode.PLAN_WOMEN_PERCENT, women, base, f"Tỷ lệ nữ trong quy hoạch {where}")]
    if facts.level == level_of("bloc"):
        young = sum(is_young(person, facts.day) for person in people)
        subject = f"Tỷ lệ cán bộ dưới {YOUNG} tuổi trong quy hoạch {where}"
        findings.append(_below(facts, RuleCode.PLAN_YOUNG_PERCENT, young, base, subject))
    minority = sum(is_of_minority(person) for person in people)
    if not minority:
        message = f"Quy hoạch {where} chưa có cán bộ người dân tộc thiểu số (0/{base})."
        findings.append(facts.book.finding(RuleCode.PLAN_ETHNIC_MINORITY, message))
    return said(*findings)


def _below(facts: PlanFacts, code: str, count: int, base: int, subject: str) -> Finding | None:
    wanted = facts.book.value(code)
    if wanted is None or count * 100 >= wanted * base:
        return None
    aim = f"{wanted.normalize():f}".replace(".", ",")
    return facts.book.finding(code, f"{subject} là {percent(count, base)}; phấn đấu từ {aim} % trở lên.")


def is_young(person: Person, day: date) -> bool:
    """Whether the person has not reached 40 years by `day`; of a birthday known in part, the latest is meant."""
    born = person.birth_date
    if person.birth_precision != Precision.DAY:
        month = 12 if person.birth_precision == Precision.YEAR else born.month
        born = date(born.year, month, monthrange(born.year, month)[1])
    return (born.year + YOUNG, born.month, born.day) > (day.year, day.month, day.day)


def is_of_minority(person: Person) -> bool:
    return bool(person.ethnic_group) and person.ethnic_group != MAJORITY


def check_missing(facts: PlanFacts) -> list[Finding]:
    """Each position of the group has somebody planned for it."""
    if not facts.everybody:
        return []
    planned = {entry.position_id for entry in facts.everybody}
    missing = [facts.positions[code] for code in facts.group.positions if code not in planned]
    return said(
        *(
            facts.book.finding(RuleCode.PLAN_POSITION_MISSING, f"Chưa có ai được quy hoạch chức danh {position}.")
            for position in missing
        )
    )
