"""The structure of committees: of each, how many are women, under 40, of a minority, re-elected, new, how educated."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.urls import reverse

from common.formats import grouped, with_comma
from organizations.models import BodyKind, OrganizationKind, OrganizationVersion
from personnel.ages import may_be_born, years_lived
from personnel.models import Education, PoliticalTheory
from reports.dashboards.standing import standing_of
from reports.dashboards.stock import Seats, read_seats
from reports.dashboards.structure import CRITERIA, Criterion, Member, members_of
from reports.frame import Frame
from reports.tables.base import UNKNOWN, Cell, Column, Group, Row, StandardTable, Table
from reports.tables.levels import LevelOptions, is_of_every_level
from reports.tables.shares import NO_SHARE, share_cells, share_columns

COMMITTEES = {
    OrganizationKind.BLOC: "Đảng ủy cấp trên trực tiếp cơ sở",
    OrganizationKind.GRASSROOTS_COMMITTEE: "Đảng ủy các đảng bộ cơ sở",
    OrganizationKind.GRASSROOTS_CELL: "Chi ủy các chi bộ cơ sở",
    OrganizationKind.SECTION_COMMITTEE: "Đảng ủy các đảng bộ bộ phận",
    OrganizationKind.SUBORDINATE_CELL: "Chi ủy các chi bộ trực thuộc",
}
GRADUATES = (Education.BACHELOR, Education.MASTER, Education.DOCTOR)
HIGHER_THEORY = (PoliticalTheory.ADVANCED, PoliticalTheory.BACHELOR)


def _is_one_of(field: str, values: Sequence[str]) -> Callable[[Member, date], bool | None]:
    def tells(member: Member, day: date) -> bool | None:
        value = getattr(member.person, field)
        return value in values if value else None

    return tells


LEVELS = (
    Criterion("dai-hoc", "Đại học trở lên", _is_one_of("education", GRADUATES)),
    Criterion("cao-cap", "Lý luận cao cấp, cử nhân", _is_one_of("political_theory", HIGHER_THEORY)),
)
COLUMNS = (
    Column("organization", "Tổ chức đảng", 36),
    Column("members", "Cấp ủy viên", 9, css="num", missing=UNKNOWN, summed=True),
    *(column for each in (*CRITERIA, *LEVELS) for column in share_columns(each.key, each.label)),
    Column("age", "Tuổi bình quân", 10, css="num", missing=UNKNOWN),
)


def make(frame: Frame, options: Mapping[str, object]) -> Table:
    """Return the committees as they stood on the frame's day: that of the organisation, then those beneath by kind."""
    standing = standing_of(frame, every_kind=is_of_every_level(options))
    seats = read_seats(standing.keys, standing.scope, standing.day)
    return Table(
        columns=COLUMNS,
        groups=list(_groups(frame, standing.places, seats)),
        unit="tổ chức đảng",
        notes=list(_notes(frame, standing.places, seats)),
    )


def _groups(frame: Frame, places: Sequence[OrganizationVersion], seats: Mapping[int, Seats]) -> Iterator[Group]:
    top = frame.organization
    own = [place for place in places if place.organization_id == top.organization_id]
    if own:
        yield Group(top.committee_name, [_row(place, seats, frame.day) for place in own])
    for kind, title in COMMITTEES.items():
        beneath = [place for place in places if place.kind == kind and place not in own]
        if beneath:
            yield Group(title, [_row(place, seats, frame.day) for place in beneath])


def _row(place: OrganizationVersion, seats: Mapping[int, Seats], day: date) -> Row:
    name = Cell(place.name, reverse("personnel:organization_detail", args=[place.code]))
    here = seats.get(place.organization_id)
    if here is None or BodyKind.COMMITTEE not in here.sizes:
        return name, Cell(None), *NO_SHARE * len((*CRITERIA, *LEVELS)), Cell(None)
    members = members_of([place], seats)
    shares = [share_cells(each.of(member, day) for member in members) for each in (*CRITERIA, *LEVELS)]
    return name, Cell(len(members)), *(cell for cells in shares for cell in cells), Cell(average_age(members, day))


def average_age(members: Sequence[Member], day: date) -> Decimal | str | None:
    """Return the mean of whole years lived; "47,3–47,9" where birthdays known in part leave it open, None of nobody."""
    if not members:
        return None
    born = [may_be_born(member.person.birth_date, member.person.birth_precision) for member in members]
    ends = [_mean([years_lived(each[side], day) for each in born]) for side in (1, 0)]
    return ends[0] if ends[0] == ends[1] else "–".join(map(with_comma, ends))


def _mean(numbers: Sequence[int]) -> Decimal:
    return (Decimal(sum(numbers)) / len(numbers)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _notes(frame: Frame, places: Sequence[OrganizationVersion], seats: Mapping[int, Seats]) -> Iterator[str]:
    beneath = [place for place in places if place.organization_id != frame.organization.organization_id]
    people = len(members_of(beneath, seats))
    turns = sum(len(members_of([place], seats)) for place in beneath)
    yield (
        "Đồng chí tham gia nhiều cấp ủy được tính ở từng cấp ủy."
        if people == turns
        else "Đồng chí tham gia nhiều cấp ủy được tính ở từng cấp ủy: "
        f"các cấp ủy trực thuộc cộng lại có {grouped(turns)} cấp ủy viên, là {grouped(people)} đồng chí."
    )
    yield "Tỷ lệ tính trên số cấp ủy viên đã có số liệu; ai chưa có số liệu thì không tính vào mẫu số."
    yield "Tham gia từ nhiệm kỳ trước, tham gia lần đầu: chỉ tính ở nơi sổ có ghi cấp ủy của nhiệm kỳ trước."
    unsure = sum(holding.is_unsure_on(frame.day) for here in seats.values() for holding in here.committee)
    if unsure:
        yield f"Trong đó {grouped(unsure)} vị trí chưa rõ có còn giữ vào ngày này hay không, vẫn tính là đang giữ."


TABLE = StandardTable(
    key="co-cau-cap-uy",
    name="Cơ cấu cấp ủy",
    sheet="Cơ cấu cấp ủy",
    answers="Mỗi cấp ủy có bao nhiêu nữ, cán bộ trẻ, người dân tộc thiểu số, người tái cử và người mới.",
    make=make,
    of_period=False,
    options=LevelOptions,
    empty="Không có tổ chức đảng nào trong phạm vi đã chọn.",
)
