"""What the rules said of a dossier when it was submitted and confirmed, as its page shows it."""

from personnel.models import Dossier, Judgement


def judgements_of(dossier: Dossier) -> list[Judgement]:
    """Return them as they were made; what was said twice on one day (returned, submitted again) once."""
    said = {(each.stage, each.judged_on, each.message): each for each in dossier.judgements.order_by("pk")}
    return list(said.values())
