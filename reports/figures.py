"""The figures of the yearly summary, each declared once: what it counts, in which unit, in which words.

A figure is a condition over one family of records (reports/families.py). Its value and its records come from that one
condition, so they cannot disagree. Labels and phrases may name {organization}, {committee} and {plan_term}; a phrase
has {number} where the number and its unit stand, and {positions} where the posts that really changed are named.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from organizations.models import OrganizationKind, Position
from personnel.models import Act, Method
from planning.models import PositionGroup


class Family(StrEnum):
    """The kinds of records that figures count."""

    CHANGES = "changes"  # change items (lượt)
    ENTRIES = "entries"  # plan entries
    APPROVALS = "approvals"  # plans of organisations, approved


class Counted(StrEnum):
    """What one is, in the number of a figure."""

    ITEMS = "items"
    PEOPLE = "people"
    ORGANIZATIONS = "organizations"
    DECISIONS = "decisions"


class Level(StrEnum):
    """Whose records: those of an upper-level organisation itself, of the grassroots organisations beneath it, or of the
    reporting organisation itself, whatever its kind."""

    BLOC = "bloc"
    GRASSROOTS = "grassroots"
    ITSELF = "itself"

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of organisation at this level."""
        if self is Level.BLOC:
            return (OrganizationKind.BLOC,)
        if self is Level.ITSELF:
            return tuple(OrganizationKind.values)
        return (OrganizationKind.GRASSROOTS_COMMITTEE, OrganizationKind.GRASSROOTS_CELL)


@dataclass(frozen=True)
class Figure:
    """One figure. `unit` None: the summary states that it happened, without a number. `level` None: at every level."""

    key: str
    label: str
    sheet: str  # its name as a sheet of a workbook, at most 31 characters
    unit: str | None
    counts: Counted
    family: Family
    level: Level | None
    where: Q
    rule: str
    phrase: str
    parts: tuple["Figure", ...] = ()
    names_positions: tuple[str, ...] = ()
    out_of_grassroots: bool = False
    excludes: tuple["Figure", ...] = ()  # what one of these counts is left out

    def __iter__(self) -> Iterator["Figure"]:
        """Go through this figure and all its parts, in reading order."""
        yield self
        for part in self.parts:
            yield from part


@dataclass(frozen=True)
class Section:
    """Figures that stand together in the summary, under one heading."""

    title: str
    family: Family
    level: Level
    figures: tuple[Figure, ...]


APPOINTED = Q(act=Act.APPOINT, method__in=[Method.SUPPLEMENTARY_ELECTION, Method.DESIGNATION])
RELEASED = Q(act=Act.RELEASE)
INSPECTION_POSITIONS = (Position.INSPECTION_MEMBER, Position.INSPECTION_CHAIR, Position.INSPECTION_DEPUTY_CHAIR)

ONE_BY_ONE = "Đếm lượt: mỗi lần một đồng chí được bổ sung (bầu bổ sung hoặc chỉ định) vào chức danh này, đã chuẩn y, "
ONE_BY_ONE += "có hiệu lực trong kỳ."
RELEASES = "Đếm lượt: mỗi lần một đồng chí thôi tham gia cấp ủy, đã chuẩn y, có hiệu lực trong kỳ; "
RELEASES += "thôi chức danh thấp hơn do được giữ chức danh cao hơn thì không tính."
PLANNED = "Đếm người: mỗi đồng chí có tên trong quy hoạch đã phê duyệt vào ngày cuối kỳ được tính một lần, "
PLANNED += "dù quy hoạch nhiều chức danh trong nhóm."


def _appointed(key: str, label: str, sheet: str, level: Level, position: str, phrase: str) -> Figure:
    return Figure(
        key=key,
        label=label,
        sheet=sheet,
        unit="đồng chí",
        counts=Counted.ITEMS,
        family=Family.CHANGES,
        level=level,
        where=APPOINTED & Q(position=position),
        rule=ONE_BY_ONE,
        phrase=phrase,
    )


def _planned(key: str, label: str, sheet: str, group: PositionGroup, phrase: str) -> Figure:
    return Figure(
        key=key,
        label=label,
        sheet=sheet,
        unit="đồng chí",
        counts=Counted.PEOPLE,
        family=Family.ENTRIES,
        level=Level.BLOC,
        where=Q(position__in=group.positions),
        rule=PLANNED,
        phrase=phrase,
    )


BLOC_COMMITTEE_ADDED = _appointed(
    "bloc.committee.added",
    "Bổ sung Ủy viên Ban Chấp hành {organization}",
    "Bổ sung UVBCH",
    Level.BLOC,
    Position.COMMITTEE_MEMBER,
    "bổ sung {number} Ủy viên Ban Chấp hành {organization}",
)
BLOC_STANDING_ADDED = _appointed(
    "bloc.standing.added",
    "Bổ sung Ủy viên Ban Thường vụ {committee}",
    "Bổ sung UVBTV",
    Level.BLOC,
    Position.STANDING_MEMBER,
    "bổ sung {number} Ủy viên Ban Thường vụ {committee}",
)
BLOC_INSPECTION_ELECTED = Figure(
    key="bloc.inspection.elected",
    label="Bầu bổ sung Ủy viên, Chủ nhiệm, Phó Chủ nhiệm Ủy ban Kiểm tra {committee}",
    sheet="Bầu bổ sung UBKT",
    unit=None,
    counts=Counted.ITEMS,
    family=Family.CHANGES,
    level=Level.BLOC,
    where=APPOINTED & Q(position__in=INSPECTION_POSITIONS),
    rule="Chỉ nêu việc, không nêu số: có ít nhất một lượt bầu bổ sung đã chuẩn y, có hiệu lực trong kỳ.",
    phrase="bầu bổ sung {positions} Ủy ban Kiểm tra {committee}",
    names_positions=INSPECTION_POSITIONS,
)
SECRETARY_ADDED = _appointed(
    "grassroots.secretary.added",
    "Bổ sung chức danh Bí thư",
    "Bổ sung Bí thư cơ sở",
    Level.GRASSROOTS,
    Position.SECRETARY,
    "bổ sung {number} giữ chức danh Bí thư",
)
DEPUTY_ADDED = _appointed(
    "grassroots.deputy.added",
    "Bổ sung chức danh Phó Bí thư",
    "Bổ sung Phó Bí thư cơ sở",
    Level.GRASSROOTS,
    Position.DEPUTY_SECRETARY,
    "bổ sung {number} giữ chức danh Phó Bí thư",
)
MEMBER_ADDED = _appointed(
    "grassroots.member.added",
    "Bổ sung cấp ủy viên",
    "Bổ sung cấp ủy viên cơ sở",
    Level.GRASSROOTS,
    Position.COMMITTEE_MEMBER,
    "bổ sung {number} tham gia cấp ủy",
)
MEMBER_RELEASED = Figure(
    key="grassroots.member.released",
    label="Cho thôi nhiệm vụ cấp ủy viên",
    sheet="Thôi cấp ủy viên cơ sở",
    unit="cấp ủy viên",
    counts=Counted.ITEMS,
    family=Family.CHANGES,
    level=Level.GRASSROOTS,
    where=RELEASED & Q(position=Position.COMMITTEE_MEMBER),
    rule=RELEASES,
    phrase="cho thôi nhiệm vụ {number}",
)
TURNS_PARTS = (SECRETARY_ADDED, DEPUTY_ADDED, MEMBER_ADDED, MEMBER_RELEASED)
GRASSROOTS_TURNS = Figure(
    key="grassroots.turns",
    label="Củng cố, kiện toàn cấp ủy cơ sở",
    sheet="Kiện toàn cấp ủy cơ sở",
    unit="lượt",
    counts=Counted.ITEMS,
    family=Family.CHANGES,
    level=Level.GRASSROOTS,
    where=SECRETARY_ADDED.where | DEPUTY_ADDED.where | MEMBER_ADDED.where | MEMBER_RELEASED.where,
    rule="Đếm lượt: tổng các lượt bổ sung và cho thôi nêu ngay dưới; Ủy ban Kiểm tra cơ sở tính riêng.",
    phrase="củng cố, kiện toàn {number} cấp ủy cơ sở",
    parts=TURNS_PARTS,
)
GRASSROOTS_INSPECTION = Figure(
    key="grassroots.inspection.changed",
    label="Kiện toàn Ủy viên, Chủ nhiệm, Phó Chủ nhiệm Ủy ban Kiểm tra cơ sở",
    sheet="Kiện toàn UBKT cơ sở",
    unit="người",
    counts=Counted.PEOPLE,
    family=Family.CHANGES,
    level=Level.GRASSROOTS,
    where=(APPOINTED | RELEASED) & Q(position__in=INSPECTION_POSITIONS),
    rule="Đếm người: mỗi đồng chí được bổ sung hoặc cho thôi ở Ủy ban Kiểm tra cơ sở được tính một lần; "
    "không nằm trong tổng số lượt cấp ủy.",
    phrase="kiện toàn {number} là {positions} Ủy ban Kiểm tra cơ sở",
    names_positions=INSPECTION_POSITIONS,
)
PLAN_APPROVED = Figure(
    key="plan.grassroots.approved",
    label="Tổ chức cơ sở đảng đã được phê duyệt quy hoạch Bí thư, Phó Bí thư nhiệm kỳ {plan_term}",
    sheet="Phê duyệt QH cơ sở",
    unit="tổ chức cơ sở đảng",
    counts=Counted.ORGANIZATIONS,
    family=Family.APPROVALS,
    level=Level.GRASSROOTS,
    where=Q(group=PositionGroup.SECRETARIES),
    rule="Đếm tổ chức: tổ chức cơ sở đảng đang hoạt động vào ngày cuối kỳ và đã được phê duyệt quy hoạch "
    "Bí thư, Phó Bí thư đến ngày đó, mỗi tổ chức tính một lần.",
    phrase="phê duyệt quy hoạch Bí thư, Phó Bí thư nhiệm kỳ {plan_term} cho {number}",
    out_of_grassroots=True,
)

SECTIONS = (
    Section(
        "Củng cố, kiện toàn {committee}",
        Family.CHANGES,
        Level.BLOC,
        (BLOC_COMMITTEE_ADDED, BLOC_STANDING_ADDED, BLOC_INSPECTION_ELECTED),
    ),
    Section(
        "Củng cố, kiện toàn cấp ủy cơ sở",
        Family.CHANGES,
        Level.GRASSROOTS,
        (GRASSROOTS_TURNS, GRASSROOTS_INSPECTION),
    ),
    Section(
        "Quy hoạch nhiệm kỳ {plan_term} của {organization}",
        Family.ENTRIES,
        Level.BLOC,
        (
            _planned(
                "plan.bloc.committee",
                "Quy hoạch Ban Chấp hành {organization}",
                "Quy hoạch BCH",
                PositionGroup.COMMITTEE,
                "{number} vào Ban Chấp hành {organization}",
            ),
            _planned(
                "plan.bloc.standing",
                "Quy hoạch Ban Thường vụ {committee}",
                "Quy hoạch BTV",
                PositionGroup.STANDING,
                "{number} vào Ban Thường vụ {committee}",
            ),
            _planned(
                "plan.bloc.secretaries",
                "Quy hoạch Bí thư, Phó Bí thư {committee}",
                "Quy hoạch BT, PBT",
                PositionGroup.SECRETARIES,
                "{number} vào chức danh Bí thư, Phó Bí thư",
            ),
            _planned(
                "plan.bloc.inspection_heads",
                "Quy hoạch Chủ nhiệm, Phó Chủ nhiệm Ủy ban Kiểm tra {committee}",
                "Quy hoạch CN, PCN UBKT",
                PositionGroup.INSPECTION_HEADS,
                "{number} vào chức danh Chủ nhiệm, Phó Chủ nhiệm Ủy ban Kiểm tra",
            ),
        ),
    ),
    Section(
        "Quy hoạch nhiệm kỳ {plan_term} ở các tổ chức cơ sở đảng",
        Family.APPROVALS,
        Level.GRASSROOTS,
        (PLAN_APPROVED,),
    ),
)
FIGURES = {figure.key: figure for section in SECTIONS for top in section.figures for figure in top}


# Changes of the period that no figure counts. Shown beneath the figures, so that nothing is silently left out.
OUTSIDE = Figure(
    key="changes.outside",
    label="Thay đổi khác trong kỳ, không thuộc chỉ tiêu nào ở trên",
    sheet="Thay đổi khác",
    unit="lượt",
    counts=Counted.ITEMS,
    family=Family.CHANGES,
    level=None,
    where=APPOINTED | RELEASED,
    rule="Đếm lượt: các lượt đã chuẩn y, có hiệu lực trong kỳ, ở mọi cấp, không nằm trong chỉ tiêu nào ở trên; "
    "không kể kết quả đại hội.",
    phrase="",
    excludes=tuple(figure for figure in FIGURES.values() if figure.family is Family.CHANGES),
)
