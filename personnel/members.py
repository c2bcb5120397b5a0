"""Member counts as pages show them: quarter beside quarter, what the rules say of them, and the line they draw."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from common.formats import grouped, short_day
from organizations.models import BodyKind, MemberCount, OrganizationVersion, Position
from organizations.quarters import Quarter
from organizations.scope import Right, Scope
from personnel.checks.members import CommitteeCount, check_members
from personnel.models import Holding
from regulations.findings import Finding
from regulations.rulebook import Rulebook

WIDTH, HEIGHT, MARGIN = 720, 180, 16  # of the picture of a trend, in units of its own


@dataclass
class QuarterRow:
    """An organisation in a quarter: its last count inside it, and the one before the quarter, either of them None."""

    version: OrganizationVersion
    depth: int
    may_write: bool
    now: MemberCount | None = None
    before: MemberCount | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def change(self) -> int | None:
        """By how many members the quarter differs from what was known before it."""
        return self.now.total - self.before.total if self.now and self.before else None

    @property
    def change_in_words(self) -> str:
        """The change with its sign: +3, −1, 0; an em dash where there is nothing to compare."""
        return signed(self.change)


def signed(number: int | None) -> str:
    if number is None:
        return "—"
    sign = "+" if number > 0 else "−" if number < 0 else ""
    return f"{sign}{grouped(abs(number))}"


def quarter_rows(versions: Sequence[OrganizationVersion], quarter: Quarter, scope: Scope) -> list[QuarterRow]:
    """Return the organisations of a tree with their counts of the quarter and before, and what the rules say of them.

    Four queries, however many organisations there are.
    """
    keys = [version.organization_id for version in versions]
    now = _latest(keys, scope, quarter.last, since=quarter.first)
    before = _latest(keys, scope, quarter.before.last)
    committees = committees_on(quarter.last, scope)
    book = Rulebook.of(quarter.last)
    rows = []
    for version in versions:
        may_write = scope.covers(version.organization.path, Right.KEEP_REGISTER)
        row = QuarterRow(version, version.depth, may_write, now.get(version.organization_id))
        row.before = before.get(version.organization_id)
        if row.now:
            row.findings = findings_of(row.now, version.kind, committees, book)
        rows.append(row)
    return rows


def _latest(keys: Iterable[int], scope: Scope, day: date, since: date | None = None) -> dict[int, MemberCount]:
    counts = MemberCount.objects.visible_to(scope).latest_by(day).filter(organization__in=keys)
    if since:
        counts = counts.filter(counted_on__gte=since)
    return {count.organization_id: count for count in counts}


def committees_on(day: date, scope: Scope) -> dict[int, CommitteeCount]:
    """Return how the committees of organisations were seated on `day`, by the key of the organisation. One query."""
    seats = Holding.objects.visible_to(scope).as_of(day).filter(body__kind=BodyKind.COMMITTEE).order_by()
    held: Mapping[int, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for organization, person, position in seats.values_list("body__term__organization", "person", "position"):
        held[organization][person].add(position)
    return {organization: _committee(people.values()) for organization, people in held.items()}


def _committee(people: Iterable[set[str]]) -> CommitteeCount:
    people = list(people)
    offices = {Position.SECRETARY, Position.DEPUTY_SECRETARY}
    return CommitteeCount(
        people=len(people),
        deputies=sum(Position.DEPUTY_SECRETARY in positions for positions in people),
        plain=sum(not positions & offices for positions in people),
    )


def findings_of(
    count: MemberCount, kind: str, committees: Mapping[int, CommitteeCount], book: Rulebook
) -> list[Finding]:
    """Return what the rules say of a count."""
    committee = committees.get(count.organization_id, CommitteeCount())
    return check_members(kind, count.official, count.probationary, committee, book)


@dataclass(frozen=True)
class Point:
    """A count in the picture of a trend; coordinates are text, as SVG wants them."""

    count: MemberCount
    x: str
    y: str

    @property
    def label(self) -> str:
        return f"{short_day(self.count.counted_on)}: {grouped(self.count.total)} đảng viên"


@dataclass(frozen=True)
class Trend:
    """The line that the counts of an organisation draw, oldest first; its words say the same."""

    points: list[Point]
    least: int
    most: int
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def line(self) -> str:
        return " ".join(f"{point.x},{point.y}" for point in self.points)

    @property
    def in_words(self) -> str:
        first, last = self.points[0].count, self.points[-1].count
        return (
            f"Từ {grouped(first.total)} đảng viên ngày {short_day(first.counted_on)} "
            f"đến {grouped(last.total)} đảng viên ngày {short_day(last.counted_on)}."
        )


def trend(counts: Iterable[MemberCount]) -> Trend | None:
    """Return the line of the counts; None when there are fewer than two."""
    counts = sorted(counts, key=lambda count: count.counted_on)
    if len(counts) < 2:
        return None
    least, most = min(each.total for each in counts), max(each.total for each in counts)
    first, days = counts[0].counted_on, (counts[-1].counted_on - counts[0].counted_on).days
    points = [
        Point(
            count,
            x=f"{MARGIN + (WIDTH - 2 * MARGIN) * (count.counted_on - first).days / days:.1f}",
            y=f"{HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * (count.total - least) / ((most - least) or 1):.1f}",
        )
        for count in counts
    ]
    return Trend(points, least, most)
