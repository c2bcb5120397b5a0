"""Whether the figures of a report agree with their records, with each other, and with what was closed."""

from collections.abc import Iterator
from dataclasses import dataclass

from common.formats import grouped
from organizations.models import Reorganization, ReorganizationPart
from reports.catalogue import unit_word
from reports.dashboards.standing import standing_of
from reports.dashboards.stock import read_seats
from reports.dashboards.structure import groups_of
from reports.figures import Counted, Family
from reports.frame import Frame
from reports.models import ClosedRecord
from reports.office import catalogue_of_closing
from reports.records import record_table
from reports.summary import Result, Summary

IDENTITY_OF = {
    Counted.PEOPLE: "personnel.person",
    Counted.ORGANIZATIONS: "organizations.organization",
    Counted.DECISIONS: "organizations.document",
}


@dataclass(frozen=True)
class Checked:
    """One comparison: what was compared, the two numbers, and whether they agree. None: not known, so not compared."""

    what: str
    one: int | None
    other: int | None
    agrees: bool

    @property
    def is_known(self) -> bool:
        return self.one is not None and self.other is not None

    @property
    def in_words(self) -> str:
        if not self.is_known:
            return "chưa có số liệu để đối chiếu"
        return f"{grouped(self.one)} và {grouped(self.other)}"


def check(summary: Summary) -> list[Checked]:
    """Return all comparisons of a summary, those that fail first."""
    found = [
        *_figures_and_records(summary),
        *_totals_and_parts(summary),
        *_parts_of_a_whole(summary),
        *_structure(summary.frame),
        *_members_moved(summary.frame),
        *_closed_books(summary.frame),
    ]
    return sorted(found, key=lambda each: each.agrees)


def _equal(what: str, one: int | None, other: int | None) -> Checked:
    return Checked(what, one, other, agrees=None in (one, other) or one == other)


def _figures_and_records(summary: Summary) -> Iterator[Checked]:
    """A figure is as many as the records that it opens onto."""
    for result in summary.every:
        counted = None if result.count is None else len(record_table(result.figure, summary.frame).unit_ids)
        yield _equal(f"{result.label}: số liệu và bảng kê", result.count, counted)


def _totals_and_parts(summary: Summary) -> Iterator[Checked]:
    """A total of turns is the sum of its parts; people and organisations may stand in two parts and are not added."""
    for result in summary:
        if result.parts and all(each.figure.counts is Counted.ITEMS for each in result):
            parts = None if result.count is None else sum(part.count for part in result.parts)
            yield _equal(f"{result.label}: tổng và các phần", result.count, parts)


def _parts_of_a_whole(summary: Summary) -> Iterator[Checked]:
    """What is told out of a whole is not more than the whole."""
    for result in summary:
        if result.out_of is not None:
            what = f"{result.label}: số đã có không vượt tổng số"
            yield Checked(what, result.count, result.out_of, agrees=not _exceeds(result))


def _exceeds(result: Result) -> bool:
    return result.count is not None and result.count > result.out_of


def _structure(frame: Frame) -> Iterator[Checked]:
    """Each share of a committee's structure has a base: with those of whom it is not known, all members."""
    standing = standing_of(frame)
    for group in groups_of(
        frame.organization, standing.places, read_seats(standing.keys, standing.scope, standing.day), frame.day
    ):
        for share in group.shares:
            label = f"Cơ cấu {group.label}, {share.criterion.label.lower()}"
            yield _equal(f"{label}: mẫu số và tổng số", share.base + share.unknown, len(group.members))
            yield _equal(f"{label}: tử số và danh sách", share.part, len(group.those(share.criterion)))


def _members_moved(frame: Frame) -> Iterator[Checked]:
    """As many members left as came, in each reorganisation of the period that was not taken back."""
    standing = Reorganization.objects.visible_to(frame.scope).filter(corrects__isnull=True, correction__isnull=True)
    period = {"effective_on__gte": frame.period.first, "effective_on__lt": frame.period.end}
    below = ReorganizationPart.objects.filter(organization__path__contains=f"/{frame.organization.organization_id}/")
    here = standing.filter(**period, pk__in=below.values("reorganization")).prefetch_related("parts__organization")
    for act in here.order_by("effective_on", "pk"):
        sides = {side: _members(act, side) for side in ReorganizationPart.Side}
        if any(part.side == ReorganizationPart.Side.FROM for part in act.parts.all()):
            names = ", ".join(dict.fromkeys(part.organization.name for part in act.parts.all()))
            yield _equal(f"{act} ({names}): đảng viên chuyển đi và chuyển đến", *sides.values())


def _members(act: Reorganization, side: str) -> int | None:
    parts = [part for part in act.parts.all() if part.side == side]
    if not parts or any(part.official is None for part in parts):
        return None
    return sum(part.official + part.probationary for part in parts)


def _closed_books(frame: Frame) -> Iterator[Checked]:
    """A closed figure is as many as the fingerprints kept with it; asked of the organisation's own books alone."""
    if frame.closing is None or frame.closing.organization_id != frame.organization.organization_id:
        return
    records = list(ClosedRecord.objects.filter(closing=frame.closing))
    counted_then = catalogue_of_closing(frame.closing.figures.all()).by_key
    for figure in frame.closing.figures.all():
        known = counted_then.get(figure.key)
        if known is None or figure.value is None:
            continue
        mine = [record for record in records if figure.key in record.figures]
        units = {_unit_of(record, known.counts) for record in mine} - {None}
        word = unit_word(Family(known.family), known.counts)
        yield _equal(f"Sổ đã khóa, {figure.label}: số đã khóa và số {word} đã giữ", figure.value, len(units))


def _unit_of(record: ClosedRecord, unit: Counted) -> object:
    return record.record if unit is Counted.ITEMS else record.identities.get(IDENTITY_OF[unit])
