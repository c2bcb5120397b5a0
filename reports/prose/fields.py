"""The fields that a paragraph may hold: texts of the frame, and figures under the names of their sheets or labels."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from common.formats import short_day
from common.vietnamese import normalize
from reports.catalogue import Catalogue
from reports.figures import Figure
from reports.own_figures import OWN as OWN_KEYS
from reports.summary import Summary

OWN_FIGURES = "Chỉ tiêu riêng"
NOT_IN_NAMES = frozenset("{}[]:;")


class Variant(StrEnum):
    """What may be asked of a figure behind a colon."""

    NUMBER = "số"
    POSITIONS = "chức danh"
    COMPARED = "kỳ so sánh"


@dataclass(frozen=True)
class TextField:
    """A text that the frame knows. `missing` is printed where there is none; empty: there always is one."""

    name: str
    told: Callable[[Summary], str]
    missing: str = ""


def in_period(summary: Summary) -> str:
    """Return "trong năm 2022", or the two days of a period that has no name."""
    period = summary.frame.period
    return f"trong {period}" if period.part else str(period)


def basis(summary: Summary) -> str:
    """Return all documents that the plans rest on, cited in full."""
    return "; ".join(document.citation for document in summary.legal_basis)


TEXT_FIELDS = (
    TextField("kỳ", lambda summary: str(summary.frame.period)),
    TextField("trong kỳ", in_period),
    TextField("kỳ so sánh", lambda summary: str(summary.frame.before.period)),
    TextField("tổ chức", lambda summary: summary.frame.organization.name),
    TextField("cấp ủy", lambda summary: summary.frame.organization.committee_name),
    TextField("nhiệm kỳ quy hoạch", lambda summary: summary.frame.plan_term, "chưa có nhiệm kỳ quy hoạch"),
    TextField("căn cứ", basis, "chưa có căn cứ"),
    TextField("tính đến", lambda summary: f"tính đến ngày {short_day(summary.frame.as_at)}"),
)


def key_of(name: str) -> str:
    """Return what two spellings of a name of a field have in common: case, spaces and Unicode form aside."""
    return normalize(name).casefold()


TEXTS = {key_of(field.name): field for field in TEXT_FIELDS}
OWN = key_of(OWN_FIGURES)


def name_of(figure: Figure) -> str:
    """Return the name of the figure as a field: the label that an office gave it, or the name of its sheet."""
    return figure.label if figure.key.startswith(OWN_KEYS) else figure.sheet


def can_be_named(figure: Figure) -> bool:
    """Whether a field can hold the figure: its name is no text field's and has no mark of the language."""
    return not NOT_IN_NAMES & set(name_of(figure)) and key_of(name_of(figure)) not in TEXTS.keys() | {OWN}


def figures_by_name(catalogue: Catalogue) -> dict[str, Figure]:
    return {key_of(name_of(figure)): figure for figure in catalogue if can_be_named(figure)}
