"""Acts that belong together on one page: the paper entered and the fact about a person that it tells, or neither."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from organizations.models import Document, Organization
from personnel.actions import conclude_politically, discipline
from personnel.models import Discipline, Person, PoliticalConclusion
from personnel.workflow import record_paper


@dataclass(frozen=True)
class NewPaper:
    """A paper as it is typed, not entered yet: of an organisation in the register, or of an outside one (None)."""

    type: str
    issuer: Organization | None
    fields: Mapping[str, object]

    def record(self, by) -> Document:
        """Enter it. Raises `PaperRefused` with the sentence for the user when that cannot be."""
        return record_paper(self.type, self.issuer, by, self.fields)


@transaction.atomic
def discipline_by(
    person: Person,
    *,
    kind: str,
    valid_from: date,
    valid_to: date | None,
    by,
    document: Document | None = None,
    paper: NewPaper | None = None,
) -> Discipline:
    """Enter a disciplinary measure under `document`, or under the new `paper`. Raises what both acts raise."""
    document = paper.record(by) if paper else document
    return discipline(person, kind=kind, valid_from=valid_from, valid_to=valid_to, by=by, document=document)


@transaction.atomic
def conclude_by(
    person: Person,
    *,
    valid_from: date,
    valid_to: date | None,
    by,
    document: Document | None = None,
    paper: NewPaper | None = None,
) -> PoliticalConclusion:
    """Enter a political conclusion under `document`, or under the new `paper`. Raises what both acts raise."""
    document = paper.record(by) if paper else document
    return conclude_politically(person, valid_from=valid_from, valid_to=valid_to, by=by, document=document)
