"""The regulation under which a round stands: the one in force on the day on which it was opened."""

from dataclasses import dataclass
from datetime import date

from planning.models import PlanningRound
from regulations.models import Rule, RuleCode
from regulations.rulebook import RuleHistory


@dataclass(frozen=True)
class Regulation:
    """What was in force when the round was opened, and what has taken its place since; None: nothing is entered."""

    at_opening: Rule | None
    since: Rule | None

    @property
    def has_changed(self) -> bool:
        return self.since is not None and self.since != self.at_opening


def regulation_of(planning_round: PlanningRound, day: date) -> Regulation:
    """Return the regulation of the round, and the one in force on `day`, or when it was closed, by one query."""
    history = RuleHistory.load()
    until = min(day, planning_round.closed_on or day)
    first, last = history.on(planning_round.opened_on), history.on(max(until, planning_round.opened_on))
    return Regulation(first.get(RuleCode.PLANNING_REGULATION), last.get(RuleCode.PLANNING_REGULATION))
