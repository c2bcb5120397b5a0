"""The Word papers of a dossier: which there are, and what each says."""

from django.db.models import Count, Q

from common.papers import render
from organizations.models import PaperKind
from organizations.papers import template_in_use
from organizations.scope import Scope
from personnel.models import ChangeItem, Dossier
from personnel.papers.contexts import CONTEXTS
from personnel.papers.facts import facts_of

__all__ = ["papers_of", "write_paper"]


def papers_of(dossier: Dossier) -> list[tuple[str, str]]:
    """Return the kind and the name of each paper that can be written of the dossier as it stands.

    A decision needs items that wait for it or were confirmed by it; minutes of a ballot need a vote. None is
    written of what other papers did. One query.
    """
    if dossier.tells_of_a_past_act:
        return []
    found = dossier.items.aggregate(
        items=Count("pk"), votes=Count("vote"), decided=Count("pk", filter=Q(outcome=ChangeItem.Outcome.CONFIRMED))
    )
    decides = {Dossier.State.SUBMITTED: found["items"], Dossier.State.CONFIRMED: found["decided"]}
    there = {
        PaperKind.SUBMISSION: found["items"],
        PaperKind.DECISION: decides.get(dossier.state),
        PaperKind.EXTRACT: found["items"],
        PaperKind.BALLOT_MINUTES: found["votes"],
    }
    labels = {PaperKind.DECISION: "Dự thảo quyết định chuẩn y"} if dossier.state == Dossier.State.SUBMITTED else {}
    return [(kind.value, labels.get(kind, kind.label)) for kind, count in there.items() if count]


def write_paper(dossier: Dossier, kind: str, scope: Scope) -> bytes:
    """Return the Word file of the paper. Of officers and seats it names those that `scope` may see.

    Raises `common.papers.BadTemplate` when the office's own template fails.
    """
    return render(template_in_use(kind), CONTEXTS[kind](facts_of(dossier, scope)))
