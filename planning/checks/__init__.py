"""The rules of planning (DOMAIN.md §6): pure functions from the facts of a plan to findings."""

from planning.checks.numbers import check_missing, check_number, check_people_per_position, check_shares
from planning.checks.people import (
    check_ballots,
    check_higher_position,
    check_positions_per_person,
    check_standing,
    check_working_time,
)
from planning.facts import PlanFacts
from regulations.findings import Finding, Severity

# In the order in which they are said; within a severity.
CHECKS = (
    check_people_per_position,
    check_positions_per_person,
    check_higher_position,
    check_standing,
    check_working_time,
    check_ballots,
    check_missing,
    check_number,
    check_shares,
)
BY_SEVERITY = list(Severity)


def check_plan(facts: PlanFacts) -> list[Finding]:
    """Return what every rule of the day says of the plan, what blocks first."""
    findings = [finding for check in CHECKS for finding in check(facts)]
    return sorted(findings, key=lambda finding: BY_SEVERITY.index(finding.severity))
