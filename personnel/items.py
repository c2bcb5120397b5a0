"""What is asked for, as an action takes it: one change of one person in one position."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

from organizations.models import Position
from personnel.models import ChangeItem, Person, Vote


@dataclass(frozen=True)
class ItemDraft:
    """One change asked for. Days are local days; `proposed_on` empty means "from the decision's effective day".

    `place` names the row of the form that it was typed in; findings about it come back with that place.
    """

    act: str
    person: Person
    position: Position
    method: str = ""
    release_reason: str = ""
    elected_on: date | None = None
    proposed_on: date | None = None
    corrects: ChangeItem | None = None
    note: str = ""
    vote: Mapping[str, int | str] | None = None
    place: str = ""

    def as_row(self, dossier=None) -> ChangeItem:
        """Return it as an item that is not saved, with its vote."""
        row = ChangeItem(dossier=dossier, **{name: getattr(self, name) for name in ITEM_FIELDS})
        row.place = self.place
        if self.vote:
            row.vote = Vote(**self.vote)
        return row


ITEM_FIELDS = [field.name for field in fields(ItemDraft) if field.name not in ("vote", "place")]
