"""What an office writes once and every report prints: paragraphs, each with what stands there when there is no news."""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from common.vietnamese import normalize


@dataclass(frozen=True)
class Wording:
    """One paragraph as it is written: its text, and what stands there in its place. Empty: the paragraph is left out.

    `nothing` is for a period in which nothing of it happened, `unknown` for one of which the register has no data.
    """

    text: str
    nothing: str = ""
    unknown: str = ""

    @property
    def is_blank(self) -> bool:
        return not (self.text or self.nothing or self.unknown)

    def cleaned(self) -> "Wording":
        """Return the same as it is stored: NFC, single spaces, nothing that cannot be seen."""
        return Wording(*(clean(getattr(self, each.name)) for each in fields(self)))


@dataclass(frozen=True)
class Prose:
    """The paragraphs of a report, and whose they are: `owner` None for the standard prose of the product."""

    wordings: tuple[Wording, ...]
    owner: object = None  # the organisation for whose reports, and those of all beneath it, they were written
    saved_by: str = ""
    saved_at: datetime | None = None


def clean(text: str) -> str:
    """Return a text on one line, NFC, without control characters and others that have no look of their own."""
    seen = "".join(char for char in text if char.isspace() or not unicodedata.category(char).startswith("C"))
    return normalize(seen)


def stored(wordings: Iterable[Wording]) -> list[dict[str, str]]:
    """Return the paragraphs as plain data."""
    return [asdict(wording) for wording in wordings]


def read(paragraphs: Sequence[dict[str, str]]) -> tuple[Wording, ...]:
    """Return the paragraphs that `stored` made plain data of."""
    return tuple(Wording(**paragraph) for paragraph in paragraphs)


def edition_of(wordings: Iterable[Wording]) -> str:
    """Return a mark that changes with every change of the paragraphs, by whatever hand."""
    told = json.dumps(stored(wordings), ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:16]
