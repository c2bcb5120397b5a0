"""The records behind a figure as a table: the page, the side panel, the workbook and JSON all show this one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Model, QuerySet
from django.urls import reverse

from common.workbooks import Year
from reports.families import FAMILIES, pending_records, records, unit_field
from reports.figures import Counted, Family, Figure
from reports.frame import Frame

UNIT_WORDS = {
    Counted.PEOPLE: "đồng chí",
    Counted.ORGANIZATIONS: "tổ chức đảng",
    Counted.DECISIONS: "quyết định",
}
ITEM_WORDS = {
    Family.CHANGES: "lượt",
    Family.ENTRIES: "lượt quy hoạch chức danh",
    Family.APPROVALS: "bản quy hoạch",
}


@dataclass(frozen=True)
class Cell:
    """A value as it is (text, day or number) under its heading and, where it leads somewhere, the address."""

    heading: str
    value: str | date | int | None
    url: str = ""


@dataclass(frozen=True)
class Row:
    """One record; `number` counts units, and is None where the row belongs to the same unit as the one above."""

    number: int | None
    unit_id: int
    record_id: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class RecordTable:
    """Records under their headings, those of one unit (person, organisation) together."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def unit_ids(self) -> list[int]:
        """The identities of what was counted, each once: as many as the figure's value."""
        return list(dict.fromkeys(row.unit_id for row in self.rows))

    @property
    def record_ids(self) -> list[int]:
        return [row.record_id for row in self.rows]


def record_table(figure: Figure, frame: Frame) -> RecordTable:
    """Return the records that the figure counts in the frame."""
    return _table(figure, records(figure, frame), frame)


def pending_table(figure: Figure, frame: Frame) -> RecordTable:
    """Return the records that would belong to the figure and still wait for a decision."""
    return _table(figure, pending_records(figure, frame), frame)


def in_every_unit(figure: Figure, frame: Frame) -> dict[str, int]:
    """Return how many the same records are, counted in each unit (lượt, đồng chí, cấp ủy, quyết định)."""
    fields = FAMILIES[figure.family].unit_fields
    counts = records(figure, frame).aggregate(
        **{unit.value: Count(field, distinct=True) for unit, field in fields.items()}
    )
    words = UNIT_WORDS | {Counted.ITEMS: ITEM_WORDS[figure.family]}
    return {words[unit]: counts[unit.value] for unit in fields}


def _table(figure: Figure, rows: QuerySet, frame: Frame) -> RecordTable:
    layout = LAYOUTS[figure.family]
    rows = FAMILIES[figure.family].named(rows, frame)
    by_unit = {Counted.ITEMS: (), Counted.PEOPLE: ("person__sort_key", "person")}.get(figure.counts, layout.order)
    ordered = rows.select_related(*layout.related).order_by(*by_unit, *layout.order, "pk")
    made, number, last = [], 0, None
    for record in ordered.annotate(unit=F(unit_field(figure))):
        is_new = record.unit != last
        number, last = number + is_new, record.unit
        made.append(Row(number if is_new else None, record.unit, record.pk, layout.cells(record)))
    return RecordTable(layout.headings, tuple(made))


# How a record of each family is shown: who, where, which position, which day, which papers.


Value = tuple[str | date | int | None, str]  # with the address that it leads to, or ""


@dataclass(frozen=True)
class Layout:
    headings: tuple[str, ...]
    related: Sequence[str]
    order: Sequence[str]
    values: Callable[[Model], Iterator[Value]]

    def cells(self, record: Model) -> tuple[Cell, ...]:
        values = zip(self.headings, self.values(record), strict=True)
        return tuple(Cell(heading, value, url) for heading, (value, url) in values)


def _change_values(item) -> Iterator[Value]:
    organization, decision = item.dossier.organization, item.dossier.decision
    yield item.person.full_name, item.person.get_absolute_url()
    yield item.name_then, reverse("personnel:organization_detail", args=[organization.code])
    yield item.position.name, ""
    yield item.get_act_display(), ""
    yield item.how, ""
    yield item.day, ""
    yield decision and str(decision), ""
    yield item.dossier.code, item.dossier.get_absolute_url()


def _entry_values(entry) -> Iterator[Value]:
    decision = entry.approval and entry.approval.decision
    yield entry.person.full_name, entry.person.get_absolute_url()
    yield Year(entry.person.birth_date.year), ""
    yield entry.name_then, reverse("personnel:organization_detail", args=[entry.organization.code])
    yield entry.position.name, ""
    yield entry.introduced_on, ""
    yield entry.valid_from, ""
    yield decision and str(decision), ""


def _approval_values(approval) -> Iterator[Value]:
    yield approval.name_then, reverse("personnel:organization_detail", args=[approval.organization.code])
    yield approval.get_group_display(), ""
    yield approval.submitted_on, ""
    yield approval.approved_on, ""
    yield approval.decision and str(approval.decision), ""


LAYOUTS = {
    Family.CHANGES: Layout(
        headings=(
            "Họ và tên",
            "Tổ chức đảng",
            "Chức danh",
            "Nội dung",
            "Hình thức, lý do",
            "Ngày có hiệu lực",
            "Quyết định",
            "Hồ sơ",
        ),
        related=("person", "position", "dossier__organization", "dossier__decision"),
        order=("day", "dossier__organization__sort_key", "position__rank", "person__sort_key"),
        values=_change_values,
    ),
    Family.ENTRIES: Layout(
        headings=(
            "Họ và tên",
            "Năm sinh",
            "Tổ chức đảng",
            "Chức danh quy hoạch",
            "Ngày giới thiệu",
            "Ngày phê duyệt",
            "Quyết định",
        ),
        related=("person", "position", "organization", "approval__decision"),
        order=("position__rank",),
        values=_entry_values,
    ),
    Family.APPROVALS: Layout(
        headings=("Tổ chức cơ sở đảng", "Chức danh quy hoạch", "Ngày trình", "Ngày phê duyệt", "Quyết định"),
        related=("organization", "decision"),
        order=("organization__sort_key", "organization"),
        values=_approval_values,
    ),
}
