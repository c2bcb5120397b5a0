"""Rulebook: the rules that judge the acts of one day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Self

from regulations.findings import Finding, Severity
from regulations.models import Rule


@dataclass(frozen=True)
class Rulebook:
    """The rules in force on `day`, by code. The day is that of the act which is judged, not today."""

    day: date
    rules: Mapping[str, Rule]

    @classmethod
    def of(cls, day: date) -> Self:
        """Load the rules of the day, by one query."""
        return cls(day, {rule.code: rule for rule in Rule.objects.as_of(day)})

    def get(self, code: str) -> Rule | None:
        """Return the rule of this code, None when none is in force on the day."""
        return self.rules.get(code)

    def value(self, code: str) -> Decimal | None:
        """Return the threshold of the rule, None when no rule is in force or it has no number."""
        rule = self.get(code)
        return rule and rule.value

    def finding(self, code: str, message: str, *, field: str = "", severity: Severity | None = None) -> Finding | None:
        """Return what the rule says of a set of facts, in `message`; None when no rule of this code is in force.

        `field` is the place of the form where it belongs. `severity` replaces the rule's own.
        """
        rule = self.get(code)
        if rule is None:
            return None
        return Finding(
            severity or Severity(rule.severity),
            message,
            source=rule.source,
            rule=rule.code,
            validity=rule.validity if rule.is_verified else "",
            verified=rule.is_verified or rule.needs_no_source,
            place=field,
        )


@dataclass(frozen=True)
class RuleHistory:
    """All rules of all days, loaded once, for acts that are judged on several days."""

    rules: Sequence[Rule]

    @classmethod
    def load(cls) -> Self:
        """Load every rule, by one query."""
        return cls(tuple(Rule.objects.all()))

    def on(self, day: date) -> Rulebook:
        """Return the rules in force on `day`."""
        return Rulebook(day, {rule.code: rule for rule in self.rules if rule.is_in_force(day)})
