"""Dossiers, congresses and items in the cells of their sheets."""

from intake.kinds.changes_columns import CONGRESSES, DECISION, SUBMISSION, VOTE
from intake.kinds.fields import day_cell, person_cells
from personnel.models import ChangeItem, CongressResult, Dossier, Vote


def dossier_cells(dossier: Dossier) -> dict[str, object]:
    return (
        SUBMISSION.written(dossier.submission)
        | DECISION.written(dossier.decision)
        | {
            "code": dossier.code,
            "organization": dossier.organization.code,
            "kind": dossier.get_kind_display(),
            "state": dossier.get_state_display(),
            "opened": dossier.opened_on,
            "submitted": dossier.submitted_on,
            "decided": dossier.decided_on,
            "corrects": dossier.corrects.code if dossier.corrects else None,
            "report_due": dossier.report_due_on,
            "decision_due": dossier.decision_due_on,
            "reason": dossier.reason,
            "explanation": dossier.explanation,
        }
    )


def congress_cells(congress: CongressResult) -> dict[str, object]:
    fields = [column.key for column in CONGRESSES.columns if column.key != "code"]
    return {"code": congress.dossier.code} | {name: getattr(congress, name) for name in fields}


def item_cells(
    item: ChangeItem, vote: Vote | None, number: int, corrects: int | None = None, code: str | None = None
) -> dict[str, object]:
    """Return the cells of an item: the `number`-th of its dossier, correcting the `corrects`-th of another."""
    counts = {key: getattr(vote, key) for key in VOTE} if vote else {}
    if vote:
        counts |= {"excluded": vote.excluded or None, "excluded_reason": vote.excluded_reason}
    return (
        person_cells(item.person)
        | counts
        | {
            "code": code,
            "number": number,
            "position": item.position.name,
            "act": item.get_act_display(),
            "method": item.get_method_display(),
            "release_reason": item.get_release_reason_display(),
            "elected": item.elected_on,
            "proposed": item.proposed_on,
            "effective": day_cell(item.effective_on, item.effective_precision),
            "outcome": item.get_outcome_display(),
            "corrects": corrects,
            "note": item.note,
        }
    )
