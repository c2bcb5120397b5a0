"""The records behind a figure as a table: the page, the side panel, the workbook and JSON all show this one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Model, QuerySet
from django.urls import reverse

from common.workbooks import Year
from reports.catalogue import UNITS, unit_word
from reports.families import FAMILIES, pending_records, records, unit_field
from reports.figures import Counted, Family, Figure
from reports.frame import Frame


@dataclass(frozen=True)
class InUnit:
    """How many the records of a figure are, counted in one unit; `chosen` is the unit that the figure states."""

    unit: Counted
    word: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Cell:
    """A value as it is (text, day or number) under its heading and, where it leads somewhere, the address."""

    heading: str
    value: str | date | int | None
    url: str = ""


@dataclass(frozen=True)
class Row:
    """One record; `number` counts units, and is None where the row belongs to the same unit as the one above,
    or to none (a record that rests on no decision, where decisions are counted; its `unit_id` is None then)."""

    number: int | None
    unit_id: int | None
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
        return list(dict.fromkeys(row.unit_id for row in self.rows if row.unit_id is not None))

    @property
    def record_ids(self) -> list[int]:
        return [row.record_id for row in self.rows]


def record_table(figure: Figure, frame: Frame) -> RecordTable:
    """Return the records that the figure counts in the frame."""
    return _table(figure, records(figure, frame), frame)


def pending_table(figure: Figure, frame: Frame) -> RecordTable:
    """Return the records that would belong to the figure and still wait for a decision."""
    return _table(figure, pending_records(figure, frame), frame)


def in_every_unit(figure: Figure, frame: Frame) -> list[InUnit]:
    """Return how many the same records are, counted in each unit (lượt, đồng chí, cấp ủy, quyết định)."""
    fields = FAMILIES[figure.family].unit_fields
    counts = records(figure, frame).aggregate(**{unit: Count(fields[unit], distinct=True) for unit in fields})
    return [
        InUnit(unit, unit_word(figure.family, unit), counts[unit], unit is figure.counts)
        for unit in UNITS[figure.family]
    ]


def _table(figure: Figure, rows: QuerySet, frame: Frame) -> RecordTable:
    layout = LAYOUTS[figure.family]
    rows = FAMILIES[figure.family].named(rows, frame)
    ordered = rows.select_related(*layout.related).order_by(*_units_first(figure, layout), *layout.order, "pk")
    made, number, last = [], 0, None
    for record in ordered.annotate(unit=F(unit_field(figure))):
        is_new = record.unit is not None and record.unit != last
        number, last = number + is_new, record.unit
        made.append(Row(number if is_new else None, record.unit, record.pk, layout.cells(record)))
    return RecordTable(layout.headings, tuple(made))


def _units_first(figure: Figure, layout: "Layout") -> tuple[object, ...]:
    """Return the order that keeps the records of one unit together; those of no unit come last."""
    field = unit_field(figure)
    if figure.counts is Counted.ITEMS:
        return ()
    if figure.counts is Counted.PEOPLE:
        return ("person__sort_key", "person")
    if figure.counts is Counted.ORGANIZATIONS:
        return (f"{field}__sort_key", field)
    return (F(f"{field}__issued_on").asc(nulls_last=True), F(field).asc(nulls_last=True))


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
