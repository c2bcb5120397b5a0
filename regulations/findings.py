"""Finding: what a rule says about a set of facts."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

UNVERIFIED = "chưa kiểm chứng"


class Severity(StrEnum):
    """How far a finding reaches."""

    BLOCK = "block"  # the act cannot go on
    WARN = "warn"  # a reason is required to go on
    INFO = "info"


@dataclass(frozen=True)
class Finding:
    """One sentence for the user, the severity, and the source that the sentence rests on.

    `source` cites the rule as a paper would, `validity` says in words since when or until when it is in force; both are
    empty where the finding follows from the records alone. `rule` is the code of the rule. A finding is a value: it
    stays as it was made when the rule changes afterwards.
    """

    severity: Severity
    message: str
    source: str = ""
    rule: str = ""
    validity: str = ""
    verified: bool = True
    place: str = ""  # where on a form it belongs, such as "item-12-vote"; empty: to the whole

    @property
    def blocks(self) -> bool:
        return self.severity is Severity.BLOCK

    @property
    def warns(self) -> bool:
        return self.severity is Severity.WARN

    @property
    def label(self) -> str:
        """What stands beside the message: the source, "chưa kiểm chứng", or nothing when the records alone say it."""
        return self.source if self.verified else UNVERIFIED

    def at(self, place: str) -> Self:
        """Return the same finding, belonging to this place of a form."""
        return replace(self, place=place)
