"""What the rules of the day say beside a table, each with what it rests on."""

from collections.abc import Iterable

from regulations.findings import UNVERIFIED
from regulations.models import Rule, RuleCode
from regulations.rulebook import Rulebook


def rules_in_words(book: Rulebook, codes: Iterable[RuleCode]) -> list[str]:
    """Return the sentences of those of the rules that are in force."""
    return [_in_words(rule) for code in codes if (rule := book.get(code))]


def _in_words(rule: Rule) -> str:
    statement = rule.statement.removesuffix(".")
    if not (rule.is_verified or rule.needs_no_source):
        return f"{statement} ({UNVERIFIED})."
    if rule.is_verified and rule.citation:
        return f"{statement} ({rule.source}; {rule.validity})."
    return f"{statement}."
