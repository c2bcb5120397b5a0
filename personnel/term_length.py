"""How long a term of an organisation would last, by the rules of the day on which it began."""

from datetime import date

from organizations.models import Organization, Term
from personnel.checks.terms import check_term_length
from regulations.findings import Finding
from regulations.rulebook import Rulebook


def length_findings(organization: Organization, term: Term, planned_end: date) -> list[Finding]:
    """Return what the rules say of the term, were it to last up to `planned_end`."""
    kind = organization.standing_on(term.valid_from).kind
    return check_term_length(kind, term.ordinal, term.valid_from, planned_end, Rulebook.of(term.valid_from))
