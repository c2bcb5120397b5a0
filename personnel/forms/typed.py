"""Between records and the fields of the form of a dossier, as they would have been typed."""

import re
import uuid
from collections.abc import Mapping
from datetime import date

from django.http import QueryDict

from personnel.forms.choices import Choices
from personnel.forms.items import AMEND, ANNUL
from personnel.models import Act, ChangeItem, CongressResult, Dossier, Vote

# What an address may fill in: the parameter, the field. "Điền vị trí này" on the seat map opens the form so.
PREFILLED = {
    "to-chuc": "organization",
    "loai": "kind",
    "chuc-danh": "items-0-position",
    "noi-dung": "items-0-act",
    "dong-chi": "items-0-person",
}
CORRECTS = "dinh-chinh"  # the parameter that names the dossier to correct
NO_ENTRIES = ("csrfmiddlewaretoken", "luu", "trinh", "them-dong", "xem-truoc", "sua-tiep")
CONGRESS_FIELDS = [field.name for field in CongressResult._meta.fields if field.name not in ("id", "dossier")]
VOTE_FIELDS = [field.name for field in Vote._meta.fields if field.name not in ("id", "item")]
ROW = re.compile(r"items-([0-9]{1,3})-")
LARGEST = 200_000  # letters; a form of the most rows has a tenth of it


def typed_in(sent: QueryDict) -> dict[str, str]:
    """Return the fields that a browser sent, by name."""
    return {name: value for name, value in sent.items() if name not in NO_ENTRIES}


def blank(asked: QueryDict) -> dict[str, str]:
    """Return a new form with one row, filled in as far as its address says."""
    typed = {field: asked[name] for name, field in PREFILLED.items() if asked.get(name)}
    return {"kind": Dossier.Kind.SUPPLEMENT.value, "items-0-note": "", "form_key": str(uuid.uuid4()), **typed}


def goes_on(asked: QueryDict, unfinished: Mapping[str, str]) -> bool:
    """Whether an address asks for no more than to go on with what was left unfinished."""
    if asked.get(CORRECTS):
        return asked[CORRECTS] == unfinished.get("corrects")
    return not any(asked.get(name) for name in PREFILLED)


def form_key_of(typed: Mapping[str, str]) -> uuid.UUID | None:
    """Return the key drawn when the form was opened; None when there is none that can be read."""
    try:
        return uuid.UUID(typed.get("form_key", ""))
    except ValueError:
        return None


def row_indexes(typed: Mapping[str, str]) -> list[int]:
    """Return the numbers of the rows, as their fields bear them."""
    return sorted({int(found[1]) for name in typed if (found := ROW.match(name))})


def with_another_row(typed: Mapping[str, str]) -> dict[str, str]:
    return {**typed, f"items-{max(row_indexes(typed), default=-1) + 1}-note": ""}


def typed_of(dossier: Dossier, choices: Choices) -> dict[str, str]:
    """Return a draft as it would have been typed; of a correction also the items that it leaves as they are."""
    typed = {
        "organization": dossier.organization.code,
        "kind": dossier.kind,
        "edition": str(dossier.edition),
        "corrects": _text(dossier.corrects_id),
    }
    if dossier.kind == Dossier.Kind.CONGRESS:
        typed |= {f"congress-{name}": _text(getattr(dossier.congress, name)) for name in CONGRESS_FIELDS}
    items = list(dossier.items.select_related("person", "position", "vote").order_by("pk"))
    rows = [_row(item, ANNUL if item.act == Act.ANNUL else AMEND, item.corrects_id) for item in items]
    mended = {item.corrects_id for item in items}
    originals = choices.correctable_items(dossier.corrects_id) if dossier.corrects_id else []
    rows += [_row(item, "", item.pk) for item in originals if item.pk not in mended]
    for index, row in enumerate(rows):
        typed |= {f"items-{index}-{name}": value for name, value in row.items()}
    return typed


def correction_of(dossier: Dossier, choices: Choices) -> dict[str, str]:
    """Return a new correction of the dossier, which leaves everything as it is."""
    typed = {"organization": dossier.organization.code, "kind": Dossier.Kind.CORRECTION.value}
    typed |= {"corrects": str(dossier.pk), "form_key": str(uuid.uuid4())}
    for index, original in enumerate(choices.correctable_items(dossier.pk)):
        typed |= {f"items-{index}-{name}": value for name, value in _row(original, "", original.pk).items()}
    return typed


def _row(item: ChangeItem, mending: str, corrects: int | None) -> dict[str, str]:
    row = {
        "corrects": _text(corrects),
        "mending": mending,
        "person": str(item.person_id),
        "act": Act.APPOINT.value if item.act == Act.ANNUL else item.act,
        "position": item.position_id,
        "method": item.method,
        "release_reason": item.release_reason,
        "elected_on": _text(item.elected_on),
        "proposed_on": _text(item.proposed_on or item.effective_on),
        "note": item.note,
    }
    vote = getattr(item, "vote", None)
    return row | ({f"vote-{name}": _text(getattr(vote, name)) for name in VOTE_FIELDS} if vote else {})


def _text(value: object) -> str:
    if value is None:
        return ""
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
