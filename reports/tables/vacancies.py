"""What is vacant on the day: seats of bodies and posts at their heads; who left them, who is to come."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django import forms

from common.dated import Precision
from common.formats import grouped
from organizations.models import BodyKind, OrganizationVersion, Term
from personnel.models import Holding
from personnel.seats import BodySeats, Waiting, seat_maps
from personnel.tree_filters import LEADING
from reports.frame import Frame
from reports.tables.base import Cell, Column, Group, Row, StandardTable, Table, Value
from reports.tables.places import (
    BODY_CHOICES,
    BODY_SLUGS,
    PlaceOptions,
    body_name,
    is_of,
    organization_cell,
    organizations_of,
    without_term,
)

COLUMNS = (
    Column("organization", "Tổ chức đảng", 34),
    Column("body", "Cơ quan", 18, only_in_excel=True),
    Column("what", "Chức danh còn khuyết", 24),
    Column("since", "Khuyết từ ngày", 13, css="day"),
    Column("days", "Số ngày khuyết", 10, css="num"),
    Column("left", "Người thôi giữ", 24),
    Column("why", "Lý do", 24),
    Column("coming", "Đang chờ chuẩn y", 32),
    Column("dossier", "Hồ sơ", 14, css="day"),
)
HEADS = "Chưa có người đứng đầu"


@dataclass(frozen=True)
class Gap:
    """A seat or a post that nobody holds. `left` None: never held in the term, which began on `begins`."""

    place: OrganizationVersion
    body: str
    what: str
    begins: date
    left: Holding | None
    waiting: Waiting | None
    never: str  # what is said of one that was never held

    @property
    def since(self) -> date:
        """The first day on which it was vacant; the last that it may have been, where that is known in part."""
        return self.left.valid_to if self.left else self.begins

    @property
    def is_rough(self) -> bool:
        return self.left is not None and self.left.to_precision != Precision.DAY


@dataclass(frozen=True)
class Found:
    """The bodies of the organisations that have a term; `places` are all, in the order of the tree.

    `without_committee` are terms of which no committee is on record: nobody can be seated, a secretary neither.
    """

    places: Sequence[OrganizationVersion]
    bodies: Sequence[tuple[OrganizationVersion, Term, BodySeats]]
    without_committee: Sequence[tuple[OrganizationVersion, Term]]

    def of(self, kind: str) -> list[Gap]:
        """Return the vacant seats in the bodies of a kind, the longest vacant of an organisation first."""
        return [
            Gap(place, _name(body), _seat(body), term.valid_from, each.left, each.waiting, NEVER)
            for place, term, body in self.bodies
            if body.body.kind == kind
            for each in body.vacancies
        ]

    @property
    def posts(self) -> list[Gap]:
        """Return the posts at the head that nobody holds, the longest vacant of an organisation first."""
        found = [
            Gap(place, _name(body), str(post.position), term.valid_from, post.left, post.waiting, NEVER_HELD)
            for place, term, body in self.bodies
            for post in body.headless
        ]
        found += [
            Gap(place, BodyKind.COMMITTEE.label, SECRETARY, term.valid_from, None, None, NO_COMMITTEE)
            for place, term in self.without_committee
        ]
        order = {place.pk: number for number, place in enumerate(self.places)}
        return sorted(found, key=lambda gap: (order[gap.place.pk], gap.since))


def _name(body: BodySeats) -> str:
    return body.body.get_kind_display()


def _seat(body: BodySeats) -> str:
    return str(body.member or _name(body))


NEVER, NEVER_HELD = "Chưa bầu đủ từ đầu nhiệm kỳ", "Chưa có từ đầu nhiệm kỳ"
NO_COMMITTEE, SECRETARY = "Sổ chưa có Ban Chấp hành của nhiệm kỳ", "Bí thư"


class VacancyOptions(PlaceOptions):
    ban = forms.ChoiceField(label="Cơ quan", choices=[("", "Tất cả"), *BODY_CHOICES], required=False)
    field_order = ("ban", "cap")

    def chosen_words(self) -> Iterable[str]:
        return [self.label_of("ban")]


def make(frame: Frame, options: Mapping[str, object]) -> Table:
    """Return what is vacant, posts at the head first, then by kind of body; seven queries."""
    kinds = [BODY_SLUGS[options["ban"]]] if options.get("ban") else list(BODY_SLUGS.values())
    places = organizations_of(frame, options)
    standing = Term.objects.visible_to(frame.scope).as_of(frame.day).select_related("organization")
    standing = standing.filter(organization__in=[place.organization_id for place in places])
    terms = {term.organization_id: term for term in standing.prefetch_related("bodies")}
    maps = seat_maps(list(terms.values()), frame.day, frame.scope)
    found = Found(
        places,
        [
            (place, term, body)
            for place in places
            if (term := terms.get(place.organization_id))
            for body in maps[term.pk]
            if body.body.kind in kinds
        ],
        [
            (place, term)
            for place in places
            if BodyKind.COMMITTEE in kinds and (term := terms.get(place.organization_id))
            if all(body.body.kind != BodyKind.COMMITTEE for body in maps[term.pk])
        ],
    )
    groups = [(HEADS, found.posts), *((f"Vị trí khuyết trong {kind.label}", found.of(kind)) for kind in kinds)]
    return Table(
        columns=COLUMNS,
        groups=[Group(title, [_row(gap, frame.day) for gap in gaps], len(gaps)) for title, gaps in groups if gaps],
        unit="vị trí, chức danh",
        notes=[*_notes(found, kinds, frame), *without_term(places, terms)],
    )


def _row(gap: Gap, day: date) -> Row:
    days = (day - gap.since).days
    since: Value = gap.left.to_display if gap.is_rough else gap.since
    dossier = gap.waiting and gap.waiting.dossier
    return (
        organization_cell(gap.place),
        Cell(gap.body),
        Cell(gap.what),
        Cell(since),
        Cell(f"ít nhất {grouped(days)}" if gap.is_rough else days),
        Cell(gap.left.person.full_name, gap.left.person.get_absolute_url()) if gap.left else Cell(None),
        Cell(gap.left.get_end_reason_display() if gap.left else gap.never),
        Cell(f"{gap.waiting.person}: {gap.waiting.asked} ({gap.waiting.stage})" if gap.waiting else None),
        Cell(dossier.code, dossier.get_absolute_url()) if dossier else Cell(None),
    )


def _notes(found: Found, kinds: Iterable[str], frame: Frame) -> Iterator[str]:
    yield "Vị trí khuyết là số được duyệt trừ số người đang có của từng cơ quan."
    if found.posts:
        yield "Một người thôi giữ có thể để khuyết cả chức danh đứng đầu và vị trí trong cơ quan, kê ở cả hai nhóm."
    yield from _on_levels([gap for kind in kinds for gap in found.of(kind)], frame)
    over = [f"{body_name(place, body.body.kind)} ({body.surplus})" for place, _, body in found.bodies if body.surplus]
    if over:
        yield f"Vượt số được duyệt, không bù vào chỗ khuyết nơi khác: {'; '.join(over)}."
    unsized = sum(body.body.authorized_size is None for _, _, body in found.bodies)
    if unsized:
        yield f"{grouped(unsized)} cơ quan chưa có số lượng được duyệt, nên không tính khuyết."
    unsure = sum(len(body.unsure) for _, _, body in found.bodies)
    if unsure:
        yield (
            f"{grouped(unsure)} chức danh chỉ biết tháng hoặc năm bắt đầu, kết thúc; có thể không đúng vào ngày này."
        )


def _on_levels(seats: Sequence[Gap], frame: Frame) -> Iterator[str]:
    """Say how many seats the dashboard counts, which looks at the grassroots and above, where there are others."""
    leading = sum(is_of(LEADING, gap.place, frame) for gap in seats)
    beneath = len(seats) - leading
    if beneath and leading:
        yield (
            f"Trong {grouped(len(seats))} vị trí khuyết có {grouped(leading)} ở cấp cơ sở trở lên (số trên bảng điều"
            f" khiển) và {grouped(beneath)} ở đảng bộ bộ phận, chi bộ trực thuộc."
        )


TABLE = StandardTable(
    key="vi-tri-khuyet",
    name="Danh sách vị trí khuyết trong cấp ủy",
    sheet="Vị trí khuyết",
    answers="Nơi nào còn thiếu người, thiếu từ bao giờ, vì sao, và ai đang chờ chuẩn y vào đó.",
    make=make,
    of_period=False,
    options=VacancyOptions,
    empty="Không có vị trí khuyết nào trong phạm vi đã chọn.",
)
