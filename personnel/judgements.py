"""What the rules said of a dossier when it was submitted and confirmed, as its page shows it."""

from collections.abc import Sequence

from personnel.models import Dossier, Judgement
from regulations.findings import Finding


def judgements_of(dossier: Dossier) -> list[Judgement]:
    """Return them as they were made; what was said twice on one day (returned, submitted again) once."""
    said = {(each.stage, each.judged_on, each.message): each for each in dossier.judgements.order_by("pk")}
    return list(said.values())


def new_warnings(dossier: Dossier, findings: Sequence[Finding]) -> list[Finding]:
    """Return the warnings of rules that said nothing when the dossier was submitted: nobody has given a reason yet."""
    warnings = [finding for finding in findings if finding.warns]
    if not warnings:
        return []
    told = set(dossier.judgements.filter(stage=Judgement.Stage.SUBMISSION).values_list("rule", flat=True))
    return [finding for finding in warnings if finding.rule not in told]
