"""What the records behind the figures say: kept when books are closed, and read anew to be compared with that."""

from dataclasses import dataclass, field
from datetime import date

from reports.families import FAMILIES
from reports.figures import Family
from reports.records import record_table
from reports.summary import Summary

Key = tuple[str, int]  # the family, the record

# What a record speaks of, by family: the model, and the field of the record that leads there.
SUBJECTS: dict[Family, dict[str, str]] = {
    Family.CHANGES: {
        "personnel.person": "person",
        "organizations.organization": "dossier__organization",
        "organizations.document": "dossier__decision",
        "personnel.dossier": "dossier",
    },
    Family.ENTRIES: {
        "personnel.person": "person",
        "organizations.organization": "organization",
        "organizations.document": "approval__decision",
        "planning.planapproval": "approval",
    },
    Family.APPROVALS: {"organizations.organization": "organization", "organizations.document": "decision"},
}


@dataclass
class Fingerprint:
    """One record: the figures that count it, its cells under their headings, the keys of what it speaks of."""

    family: Family
    record: int
    figures: list[str] = field(default_factory=list)
    told: list[list[str]] = field(default_factory=list)
    identities: dict[str, int | None] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        return self.family, self.record

    def differs_from(self, other: "Fingerprint") -> bool:
        return (self.figures, self.told, self.identities) != (other.figures, other.told, other.identities)


def fingerprints(summary: Summary) -> dict[Key, Fingerprint]:
    """Return the fingerprints of all records that a figure of the summary counts, in the figures' order.

    Takes a query for each figure, and one for each family.
    """
    frame, found = summary.frame, {}
    for figure in (result.figure for result in summary.every):
        for row in record_table(figure, frame).rows:
            mark = found.setdefault((figure.family, row.record_id), Fingerprint(figure.family, row.record_id))
            mark.figures.append(figure.key)
            mark.told = [[cell.heading, _in_words(cell.value)] for cell in row.cells]
    for name, fields in SUBJECTS.items():
        family = FAMILIES[name]
        counted = family.rows(frame).filter(family.counted(frame)).order_by()
        for record, *keys in counted.values_list("pk", *fields.values()):
            if (name, record) in found:
                found[name, record].identities = dict(zip(fields, keys, strict=True))
    return found


def _in_words(value: str | date | int | None) -> str:
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)
