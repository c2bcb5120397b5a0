"""Findings that the records alone prove: an administrator can word and date such a rule, but not switch it off."""

from regulations.findings import Finding, Severity
from regulations.rulebook import Rulebook


def block(message: str) -> Finding:
    """Return a finding that blocks and rests on no rule but the records."""
    return Finding(Severity.BLOCK, message)


def block_by(book: Rulebook, code: str, message: str) -> Finding:
    """Return what the rule says, as a finding that blocks, even on a day on which no such rule is in force."""
    return book.finding(code, message, severity=Severity.BLOCK) or block(message)


def said(*findings: Finding | None) -> list[Finding]:
    """Return the findings without those of rules not in force."""
    return [finding for finding in findings if finding is not None]
