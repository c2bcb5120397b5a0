"""What a correction puts back, and what it keeps, so that what was corrected stays readable."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from django.db.models import Model, Q

from common import journal
from common.errors import Refused
from common.undoing import created_by, require_unused, undo
from organizations.models import Body, Organization, Reorganization, ReorganizationPart, Term
from organizations.querysets import is_seen
from organizations.scope import Scope
from personnel.models import ChangeItem, Dossier, Judgement

LONGEST_CODE = Organization._meta.get_field("code").max_length


def put_back(made: Reorganization, parts: Sequence[ReorganizationPart], *, on: date, scope: Scope) -> None:
    """Put back all that the act wrote but its own account: the act, its parts, its dossiers, what it established.

    Items of its dossiers are superseded from `on`. Raises `Refused` with what was built on it since, named where the
    `scope` sees it.
    """
    dossiers = list(Dossier.objects.filter(reorganization=made))
    items = list(ChangeItem.objects.filter(dossier__in=dossiers).select_related("person", "position"))
    judgements = list(Judgement.objects.filter(dossier__in=dossiers))
    established = _established(made, parts)
    terms = list(Term.objects.filter(organization__in=established))
    bodies = list(Body.objects.filter(term__in=terms).select_related("term"))
    account = [made, *parts, *dossiers, *items, *judgements]
    _require_no_correction(dossiers)
    kept = [*established, *terms, *bodies, *dossiers, *items]
    seen = partial(is_seen, scope)
    require_unused(kept, act_id=made.act_id, spare=_taken_back(established), seen=seen)
    undo(made.act_id, keep=[*account, *established, *terms, *bodies], seen=seen)
    for item in items:
        item.superseded_on = on
    journal.bulk_update(items, ["superseded_on"])
    _stand_no_more(established, terms, made)


def _established(made: Reorganization, parts: Sequence[ReorganizationPart]) -> list[Organization]:
    """Return the organisations that the act wrote; one that was established that day by another act is none of them."""
    ours = set(created_by(made.act_id, Organization))
    return [part.organization for part in parts if part.organization_id in ours]


def _taken_back(organizations: Sequence[Organization]) -> list[Model]:
    """Return the account of what was built on these organisations and has been taken back since: it stays readable."""
    gone = Reorganization.objects.filter(Q(corrects__isnull=False) | Q(correction__isnull=False))
    gone = gone.filter(parts__organization__in=organizations).order_by().values("pk")
    return [
        *Organization.objects.filter(parent__in=organizations, versions__isnull=True),
        *ReorganizationPart.objects.filter(reorganization__in=gone),
        *Dossier.objects.filter(reorganization__in=gone),
        *ChangeItem.objects.filter(dossier__reorganization__in=gone),
    ]


def _require_no_correction(dossiers: Sequence[Dossier]) -> None:
    for correction in Dossier.objects.filter(corrects__in=dossiers).select_related("corrects"):
        raise Refused(f"Hồ sơ {correction.corrects.code} đã có hồ sơ đính chính {correction.code}.")


def _stand_no_more(established: Sequence[Organization], terms: Sequence[Term], made: Reorganization) -> None:
    """Free their codes, and let no term of theirs last: an item that stands readable needs the body it was for."""
    for organization in established:
        mark = f"-HUY{made.pk}"
        organization.code = organization.code[: LONGEST_CODE - len(mark)] + mark
        organization.save()
    for term in terms:
        term.valid_to = term.valid_from + timedelta(days=1)  # a term lasts a day at least
    journal.bulk_update(terms, ["valid_to"])
