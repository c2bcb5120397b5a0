"""Closed books in which people in plans are counted."""

from collections.abc import Collection
from datetime import date

from organizations.models import Closing
from personnel.checks.books import check_stock
from planning.models import PlanEntry
from regulations.findings import Finding


def books_counting(entries: Collection[PlanEntry]) -> list[Closing]:
    """Return the closed books that count plans of the same terms, and in which the organisations of the entries stood.

    Without those who were never approved: no figure counts them.
    """
    counted = [entry for entry in entries if entry.valid_from]
    if not counted:
        return []
    closings = Closing.objects.standing().covering({entry.organization_id for entry in counted})
    return list(closings.filter(plan_term__in={entry.plan_term for entry in counted}).order_by("-end", "pk"))


def check_leaving(entries: Collection[PlanEntry], on: date) -> list[Finding]:
    """Return what is said of closed books when people leave plans from the day `on`."""
    return check_stock(on, books_counting(entries))
