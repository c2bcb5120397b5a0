"""How a term ended, as the journal tells it."""

from auditlog.models import LogEntry

from organizations.models import Term

CLOSE_TERM = "Kết thúc nhiệm kỳ"  # the act that ends a term before the next one opens


def act_that_closed(term: Term) -> str | None:
    """Return the journal's key to the act by which the term was closed; None when it ended otherwise."""
    for entry in LogEntry.objects.get_for_object(term).filter(action=LogEntry.Action.UPDATE).order_by("-pk"):
        if "valid_to" in entry.changes:
            return entry.cid if (entry.additional_data or {}).get("act") == CLOSE_TERM else None
    return None
