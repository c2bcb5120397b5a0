"""Saving a dossier together with the people who were entered in its form: all of it or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction

from organizations.models import Organization
from personnel.actions import ItemDraft, discard_unfinished, draft, register_person, save_draft
from personnel.models import Dossier, Person

NEWCOMER_FIELDS = ("full_name", "birth_date", "birth_precision", "gender", "ethnic_group", "card_number")


@transaction.atomic
def draft_with_newcomers(
    organization: Organization,
    *,
    kind: str,
    by,
    items: Sequence[ItemDraft],
    congress: Mapping[str, object] | None = None,
    corrects: Dossier | None = None,
    form_key: UUID | None = None,
    day: date,
) -> Dossier:
    """Open a dossier; people in its items who are not saved are entered first, members from their item's day or `day`.

    Each of them is told from the others by a key that no record bears. The same `form_key` again returns the dossier
    made the first time and enters nobody. Raises what `draft` raises.
    """
    _wait_for_own_turn(by)
    made = Dossier.objects.filter(form_key=form_key).first() if form_key else None
    if made is None:
        items = _with_newcomers(items, organization, by, day)
        made = draft(
            organization, kind=kind, by=by, items=items, congress=congress, corrects=corrects, form_key=form_key
        )
    discard_unfinished(owner=by, dossier=None)
    return made


@transaction.atomic
def save_with_newcomers(
    dossier: Dossier,
    *,
    by,
    edition: int,
    items: Sequence[ItemDraft],
    congress: Mapping[str, object] | None = None,
    day: date,
) -> Dossier:
    """Save a draft; people in its items who are not saved are entered first. Raises what `save_draft` raises."""
    _wait_for_own_turn(by)
    items = _with_newcomers(items, dossier.organization, by, day)
    saved = save_draft(dossier, by=by, edition=edition, items=items, congress=congress)
    discard_unfinished(owner=by, dossier=dossier)
    return saved


def _wait_for_own_turn(by) -> None:
    """Let the second of two sendings of one form wait for the first, so that it sees what that one made."""
    get_user_model().objects.select_for_update(no_key=True).filter(pk=by.pk).first()


def _with_newcomers(items: Sequence[ItemDraft], organization: Organization, by, day: date) -> list[ItemDraft]:
    entered: dict[Person, Person] = {}
    for item in items:
        newcomer = item.person
        if newcomer._state.adding and newcomer not in entered:
            entered[newcomer] = register_person(
                organization=organization,
                member_from=item.elected_on or item.proposed_on or day,
                by=by,
                **{name: getattr(newcomer, name) for name in NEWCOMER_FIELDS},
            )
    return [replace(item, person=entered.get(item.person, item.person)) for item in items]
