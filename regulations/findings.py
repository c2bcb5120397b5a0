"""Finding: what a rule says about a set of facts."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How far a finding reaches."""

    BLOCK = "block"  # the act cannot go on
    WARN = "warn"  # a reason is required to go on
    INFO = "info"


@dataclass(frozen=True)
class Finding:
    """One sentence for the user, the severity, and the source that the sentence rests on.

    `source` cites the rule as a paper would; empty where the finding follows from the records alone.
    """

    severity: Severity
    message: str
    source: str = ""

    @property
    def blocks(self) -> bool:
        return self.severity is Severity.BLOCK
