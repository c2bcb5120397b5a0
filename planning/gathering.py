"""Findings gathered for reading: what one rule says of several people stands under one source."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from regulations.findings import Finding
from regulations.models import KeptFinding

AT_ONCE = 5  # what is more is folded away


@dataclass(frozen=True)
class Said:
    """What one rule says, a sentence for each that it is about; `label` is the source, or "chưa kiểm chứng"."""

    severity: str
    label: str
    validity: str
    verified: bool
    messages: Sequence[str]

    @property
    def first(self) -> Sequence[str]:
        return self.messages[:AT_ONCE]

    @property
    def others(self) -> Sequence[str]:
        return self.messages[AT_ONCE:]


def gathered(findings: Iterable[Finding | KeptFinding]) -> list[Said]:
    """Return the findings by rule and source, in the order in which these first appear."""
    by_rule: dict[tuple, list[str]] = {}
    for each in findings:
        key = (each.rule, str(each.severity), each.label, each.validity, each.verified)
        by_rule.setdefault(key, []).append(each.message)
    return [Said(*key[1:], messages) for key, messages in by_rule.items()]
