"""The coverage board: who stands behind every seat, by count and state. No planned name is kept here.

Pure: from the facts of organisations to cells, rows and totals. `planning.coverage.reads` reads the facts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import models

from common.vietnamese import text_sort_key
from organizations.models import BodyKind, OrganizationVersion, Position
from personnel.checks.people import last_day_of_work
from personnel.models import Holding, Person
from planning.models import PositionGroup
from regulations.retirement import Month, RetirementEstimate, RetirementTable


class Post(models.TextChoices):
    """The columns of the board. The two heads of an inspection committee are planned together."""

    SECRETARY = "secretary", "Bí thư"
    DEPUTY_SECRETARY = "deputy_secretary", "Phó Bí thư"
    COMMITTEE = "committee", "Ban Chấp hành"
    STANDING = "standing", "Ban Thường vụ"
    INSPECTION = "inspection", "Ủy ban Kiểm tra"

    @property
    def positions(self) -> tuple[str, ...]:
        """The codes of the positions in the column."""
        return POSITIONS_OF_POST[self]

    @property
    def people(self) -> str:
        """Who is planned, in words: of the inspection committee its heads alone."""
        return "Chủ nhiệm, Phó Chủ nhiệm" if self is Post.INSPECTION else ""

    @property
    def entry_filter(self) -> str:
        """The part of an address by which the list of planned people shows those of the column."""
        whole_group = next((group for group in PositionGroup if group.positions == self.positions), None)
        return f"group={whole_group}" if whole_group else f"position={self.positions[0]}"


POSITIONS_OF_POST = {
    Post.SECRETARY: (Position.SECRETARY,),
    Post.DEPUTY_SECRETARY: (Position.DEPUTY_SECRETARY,),
    Post.COMMITTEE: (Position.COMMITTEE_MEMBER,),
    Post.STANDING: (Position.STANDING_MEMBER,),
    Post.INSPECTION: (Position.INSPECTION_CHAIR, Position.INSPECTION_DEPUTY_CHAIR),
}
BODY_OF_POST = {
    Post.COMMITTEE: BodyKind.COMMITTEE,
    Post.STANDING: BodyKind.STANDING,
    Post.INSPECTION: BodyKind.INSPECTION,
}
BOARD_POSITIONS = tuple(code for codes in POSITIONS_OF_POST.values() for code in codes)


class Situation(models.TextChoices):
    """What may be so of a cell. The first three exclude each other; `GAP` is any but `APPROVED`."""

    APPROVED = "approved", "Đã duyệt"
    IN_PROGRESS = "in_progress", "Đang làm"
    MISSING = "missing", "Chưa có"
    RETIRING = "retiring", "Nghỉ hưu, chưa ai sẵn sàng"
    THIN = "thin", "Ít người hơn số vị trí"
    GAP = "gap", "Còn khoảng trống (mọi loại)"


@dataclass(frozen=True)
class Planned:
    """Somebody planned for a position, without the name: in the plan (`is_in_plan`) or awaiting approval.

    The other fields are a person's, as `last_day_of_work` and the shares in a plan ask for them.
    """

    person: int
    position: str
    is_in_plan: bool
    birth_date: date
    birth_precision: str
    gender: str
    retires_on: date | None
    ethnic_group: str = ""


@dataclass
class Facts:
    """Of one organisation on the day: the bodies of its term in force with their sizes, who holds, who is planned."""

    sizes: dict[str, int | None] = field(default_factory=dict)  # by kind of body; None: no size on record
    holdings: list[Holding] = field(default_factory=list)
    planned: list[Planned] = field(default_factory=list)


@dataclass(frozen=True)
class Retiring:
    """A holder who retires before the term ends, while nobody in the plan for the position stays until then.

    `in_plan` are planned for the position all the same. Not `verified`: reckoned by ages that nobody has verified.
    """

    holding: Holding
    last_day: RetirementEstimate
    term_end: date
    in_plan: int
    verified: bool


@dataclass(frozen=True)
class Cell:
    """A post of an organisation. Each person counts once in it, in the plan before awaiting. `seats` None: unknown."""

    post: Post
    in_plan: int
    awaiting: int
    seats: int | None
    retiring: tuple[Retiring, ...] = ()

    @property
    def state(self) -> Situation:
        if self.in_plan:
            return Situation.APPROVED
        return Situation.IN_PROGRESS if self.awaiting else Situation.MISSING

    @property
    def is_thin(self) -> bool:
        """Whether the plan has somebody, and fewer people than there are seats."""
        return 0 < self.in_plan < (self.seats or 0)

    @property
    def situations(self) -> set[Situation]:
        gaps = {Situation.RETIRING: bool(self.retiring), Situation.THIN: self.is_thin}
        there = {self.state} | {situation for situation, is_so in gaps.items() if is_so}
        return there if there == {Situation.APPROVED} else there | {Situation.GAP}

    @property
    def first_retirement(self) -> Retiring:
        """The one of `retiring` who goes first."""
        return min(self.retiring, key=lambda each: each.last_day.earliest)

    @property
    def is_verified(self) -> bool:
        return all(each.verified for each in self.retiring)


@dataclass(frozen=True)
class Row:
    """An organisation as it stood on the day, with a cell for each post; None where it has no such post.

    `opens`: whether the names in its plan may be seen.
    """

    version: OrganizationVersion
    cells: tuple[Cell | None, ...]
    opens: bool = False

    def cells_of(self, post: str = "") -> list[Cell]:
        """Return the cells that are there: all, or that of one post."""
        return [cell for cell in self.cells if cell and post in ("", cell.post)]

    def is_in(self, situation: str, post: str = "") -> bool:
        """Whether the organisation is in the situation: approved when all its posts are, else when any of them is."""
        cells = [situation in cell.situations for cell in self.cells_of(post)]
        return bool(cells) and (all(cells) if situation == Situation.APPROVED else any(cells))

    def count(self, situation: str, post: str = "") -> int:
        return sum(situation in cell.situations for cell in self.cells_of(post))


@dataclass(frozen=True)
class Tally:
    """How many organisations are in which situation, for one post or (`post` empty) for all of them together."""

    post: str
    label: str
    total: int
    approved: int
    in_progress: int
    missing: int
    retiring: int
    thin: int
    gap: int


@dataclass(frozen=True)
class Departure:
    """A holder who retires before the term ends with nobody ready, and what each post so left has in the plan."""

    version: OrganizationVersion
    person: Person
    posts: list[Retiring]

    @property
    def last_day(self) -> RetirementEstimate:
        return self.posts[0].last_day

    @property
    def term_end(self) -> date:
        return self.posts[0].term_end

    @property
    def verified(self) -> bool:
        return all(each.verified for each in self.posts)


def make_row(version: OrganizationVersion, facts: Facts, ages: RetirementTable, *, opens: bool = False) -> Row:
    return Row(version, tuple(_cell(post, facts, ages) for post in Post), opens)


def in_order(rows: Iterable[Row], post: str = "") -> list[Row]:
    """Return the rows gaps first: the most missing, then holders retiring, then in progress; then by name."""
    gaps = (Situation.MISSING, Situation.RETIRING, Situation.IN_PROGRESS)
    return sorted(rows, key=lambda row: (*(-row.count(gap, post) for gap in gaps), text_sort_key(row.version.name)))


def matching(rows: Iterable[Row], *, situation: str = "", post: str = "") -> list[Row]:
    """Return the rows that have the post and are, in that post or in any, in the situation."""
    there = [row for row in rows if row.cells_of(post)]
    return [row for row in there if row.is_in(situation, post)] if situation else there


def tallies(rows: Sequence[Row]) -> list[Tally]:
    """Return the totals: over all posts, then of each post."""
    return [_tally(rows, "", "Mọi chức danh"), *(_tally(rows, post.value, post.label) for post in Post)]


def departures(rows: Iterable[Row]) -> list[Departure]:
    """Return whoever retires with nobody ready, the first to go first; each once for an organisation."""
    found: dict[tuple[int, int], Departure] = {}
    for row in rows:
        for retiring in (each for cell in row.cells_of() for each in cell.retiring):
            person = retiring.holding.person
            there = found.setdefault((row.version.pk, person.pk), Departure(row.version, person, []))
            there.posts.append(retiring)
    return sorted(found.values(), key=lambda each: (each.last_day.earliest, each.person.sort_key, each.person.pk))


def _tally(rows: Sequence[Row], post: str, label: str) -> Tally:
    there = matching(rows, post=post)
    counts = {situation.value: sum(row.is_in(situation, post) for row in there) for situation in Situation}
    return Tally(post=post, label=label, total=len(there), **counts)


def _cell(post: Post, facts: Facts, ages: RetirementTable) -> Cell | None:
    planned = [each for each in facts.planned if each.position in post.positions]
    if not planned and not _has_post(post, facts):
        return None
    in_plan = {each.person for each in planned if each.is_in_plan}
    holdings = [holding for holding in facts.holdings if holding.position_id in post.positions]
    return Cell(
        post=post,
        in_plan=len(in_plan),
        awaiting=len({each.person for each in planned} - in_plan),
        seats=_seats(post, facts, holdings),
        retiring=tuple(_retiring(holdings, [each for each in planned if each.is_in_plan], ages)),
    )


def _has_post(post: Post, facts: Facts) -> bool:
    """Whether the organisation has the post; one without a term on record is taken to have a committee."""
    if post not in BODY_OF_POST:
        return True
    return BODY_OF_POST[post] in facts.sizes or (post is Post.COMMITTEE and not facts.sizes)


def _seats(post: Post, facts: Facts, holdings: Sequence[Holding]) -> int | None:
    """Return the size of the body; of posts as many seats as hold them, at least one for each position."""
    if post in (Post.COMMITTEE, Post.STANDING):
        return facts.sizes.get(BODY_OF_POST[post])
    held = [len({each.person_id for each in holdings if each.position_id == code}) for code in post.positions]
    return sum(max(1, holders) for holders in held)


def _retiring(holdings: Iterable[Holding], in_plan: Sequence[Planned], ages: RetirementTable) -> Iterable[Retiring]:
    for holding in holdings:
        term_end = holding.body.term.valid_to or holding.body.term.planned_end
        last_day = last_day_of_work(holding.person, ages)
        if last_day is None or _stays_until(term_end, last_day):
            continue
        last_days = {
            each.person: last_day_of_work(each, ages) for each in in_plan if each.position == holding.position_id
        }
        if any(each and _stays_until(term_end, each) for each in last_days.values()):
            continue
        verified = last_day.verified and all(each and each.verified for each in last_days.values())
        yield Retiring(holding, last_day, term_end, len(last_days), verified)


def _stays_until(term_end: date, last_day: RetirementEstimate) -> bool:
    """Whether somebody surely works in the month in which the term ends: reckoned in months (DOMAIN.md §8)."""
    return Month.of(last_day.earliest) >= Month.of(term_end)
