"""What plans come to once approved, in words and numbers; people are counted once (DOMAIN.md §9)."""

from collections.abc import Sequence
from dataclasses import dataclass

from common.formats import grouped
from planning.checks.numbers import BY_COEFFICIENT, number_range
from planning.facts import PlanFacts
from planning.models import PlanEntry
from regulations.models import RuleCode


@dataclass(frozen=True)
class Number:
    """How many people stand in a plan for a group or a position, and how many may; None where nothing says so."""

    label: str
    count: int
    seats: int | None = None
    least: int | None = None
    most: int | None = None

    @property
    def is_outside(self) -> bool:
        """Whether there are fewer or more than there should be."""
        return (self.least or 0) > self.count or (self.most is not None and self.count > self.most)


def numbers_of(facts: PlanFacts) -> list[Number]:
    """Return the numbers of a plan beside its targets: of a committee as a whole, of officers by position."""
    if facts.group in BY_COEFFICIENT:
        count = _people(facts.everybody)
        if facts.target is None:
            return [Number(facts.group.label, count)]
        least, most = number_range(facts.target, facts.book.value(RuleCode.PLAN_LEAST_COEFFICIENT))
        return [Number(facts.group.label, count, facts.target.seats, least, most)]
    per_seat = facts.book.value(RuleCode.PLAN_PEOPLE_PER_POSITION)
    numbers = []
    for code in facts.group.positions:
        seats = facts.seats_of(code)
        count = _people([entry for entry in facts.everybody if entry.position_id == code])
        most = int(per_seat * seats) if per_seat else None
        numbers.append(Number(str(facts.positions[code]), count, seats, None, most))
    return numbers


def effect_in_words(plans: Sequence[PlanFacts], refused: int = 0) -> str:
    """Return "210 đồng chí vào quy hoạch, 3 đồng chí ra, không phê duyệt 2 đồng chí"."""
    coming = _people([entry for facts in plans for entry in facts.added])
    leaving = _people([verdict.entry for facts in plans for verdict in facts.leaving])
    staying = _people([entry for facts in plans if facts.round.is_review for entry in facts.kept])
    parts = [f"{grouped(coming)} đồng chí vào quy hoạch"] if coming else []
    parts += [f"{grouped(leaving)} đồng chí ra"] if leaving and coming else []
    parts += [f"{grouped(leaving)} đồng chí ra khỏi quy hoạch"] if leaving and not coming else []
    parts += [f"giữ nguyên {grouped(staying)} đồng chí"] if staying else []
    parts += [f"không phê duyệt {grouped(refused)} đồng chí"] if refused else []
    return ", ".join(parts) or "không có ai vào hoặc ra"


def _people(entries: Sequence[PlanEntry]) -> int:
    return len({entry.person_id for entry in entries})
