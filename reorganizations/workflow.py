"""The act together with the paper that it rests on: both are entered or neither."""

from django.db import transaction

from common.vietnamese import normalize
from organizations.models import Document, Reorganization
from personnel.recording import NewPaper
from reorganizations.actions import reorganize, take_back
from reorganizations.drafts import Draft, Kind


@transaction.atomic
def reorganize_by(
    draft: Draft, *, by, explanation: str, document: Document | None = None, paper: NewPaper | None = None
) -> Reorganization:
    """Carry it out under `document`, or under the new `paper`. Raises what both acts raise."""
    decision = paper.record(by) if paper else document
    return reorganize(draft, decision=decision, by=by, explanation=explanation)


@transaction.atomic
def take_back_by(
    reorganization: Reorganization, *, reason: str, by, document: Document | None = None, paper: NewPaper | None = None
) -> Reorganization:
    """Take it back under `document`, or under the new `paper`. Raises what both acts raise."""
    decision = paper.record(by) if paper else document
    return take_back(reorganization, decision=decision, reason=reason, by=by)


def made_before(draft: Draft) -> Reorganization | None:
    """Return the act that a first click has made of the same draft; None when there is none in force."""
    same = Reorganization.objects.filter(kind=draft.kind, effective_on=draft.effective_on, correction__isnull=True)
    for made in same.order_by("-pk").prefetch_related("parts__organization", "versions__organization"):
        if _is_of(draft, made):
            return made
    return None


def _is_of(draft: Draft, made: Reorganization) -> bool:
    """Whether the act came out of the same organisations and made the same of them."""
    sides = {part.side: set() for part in made.parts.all()}
    for part in made.parts.all():
        sides[part.side].add(part.organization.code)
    origins = {each.code for each in draft.sources}
    outcomes = {each.code if each.is_new else each.organization.code for each in draft.successors}
    if not origins <= sides.get("from", set()) or not outcomes <= sides.get("to", set()):
        return False
    begun = {(each.organization.code, each.name, each.parent_id) for each in made.versions.all()}
    new = {
        (each.code, normalize(each.name), each.parent and each.parent.pk) for each in draft.successors if each.is_new
    }
    if not new <= begun:  # somebody else has used the code that day
        return False
    if draft.kind == Kind.TRANSFERRED:
        return draft.new_parent is not None and draft.new_parent.code in sides["to"]
    if draft.kind not in (Kind.RENAMED, Kind.KIND_CHANGED):
        return True
    return any(
        (draft.name.strip() or version.name, draft.new_kind or version.kind) == (version.name, version.kind)
        for version in made.versions.all()
        if version.organization_id == draft.source.pk
    )
