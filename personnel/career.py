"""The course of a person through seats and plans, as one picture and one table that say the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from common.formats import short_day
from personnel.models import Holding

WIDTH, LANE, TOP, BAR = 720, 40, 24, 12  # of the picture, in units of its own
LEFT, RIGHT = 4, 716
SHORTEST = 4  # a bar of a day can still be pointed at
WIDE = 8  # years that still have a line each
YEAR_WIDTH = 24


@dataclass(frozen=True)
class Stretch:
    """A seat held or a plan entry, over `[first, end)`; `end` is None while it lasts on the day looked at."""

    key: str
    is_plan: bool
    what: str
    organization: str
    organization_code: str
    term: str
    first: date
    end: date | None
    from_words: str
    to_words: str
    how: str
    why: str = ""
    begun_by: object = None  # the dossier, or nothing
    ended_by: object = None
    begin_opens: bool = False  # its page is in the scope
    end_opens: bool = False

    @property
    def kind(self) -> str:
        return "Quy hoạch" if self.is_plan else "Chức danh"

    @property
    def now(self) -> str:
        return "đang trong quy hoạch" if self.is_plan else "đang giữ"

    @property
    def in_words(self) -> str:
        """Return "Bí thư, Đảng bộ Sở Xây dựng, nhiệm kỳ 2020-2025: từ 05/3/2021, đang giữ"."""
        until = f"đến {self.to_words}" if self.end else self.now
        planned = "Quy hoạch " if self.is_plan else ""
        return f"{planned}{self.what}, {self.organization}, nhiệm kỳ {self.term}: từ {self.from_words}, {until}"


@dataclass(frozen=True)
class Bar:
    """A stretch in the picture."""

    stretch: Stretch
    x: int
    y: int
    width: int

    @property
    def label(self) -> str:
        planned = "QH " if self.stretch.is_plan else ""
        return f"{planned}{self.stretch.what} · {self.stretch.organization}"

    @property
    def label_y(self) -> int:
        return self.y - 5

    @property
    def label_x(self) -> int:
        return self.x if self.x < WIDTH // 2 else min(RIGHT, self.x + self.width)

    @property
    def anchor(self) -> str:
        return "start" if self.x < WIDTH // 2 else "end"


@dataclass(frozen=True)
class Tick:
    """The first day of a year on the axis."""

    year: str
    x: int


@dataclass(frozen=True)
class Career:
    """All stretches, the newest first; and the picture of them, the oldest on top."""

    stretches: Sequence[Stretch]
    day: date

    @property
    def _first(self) -> date:
        return date(min(each.first for each in self.stretches).year, 1, 1)

    @property
    def _last(self) -> date:
        return max([self.day, *(each.end or self.day for each in self.stretches)]) + timedelta(days=60)

    def _x(self, day: date) -> int:
        share = (day - self._first).days / (self._last - self._first).days
        return LEFT + round(share * (RIGHT - LEFT))

    @property
    def bars(self) -> list[Bar]:
        ordered = sorted(self.stretches, key=lambda each: (each.is_plan, each.first, each.key))
        return [self._bar(each, TOP + (number + 1) * LANE - BAR) for number, each in enumerate(ordered)]

    def _bar(self, stretch: Stretch, y: int) -> Bar:
        begins, ends = self._x(stretch.first), self._x(stretch.end or max(self.day, stretch.first))
        return Bar(stretch, begins, y, max(SHORTEST, ends - begins))

    @property
    def ticks(self) -> list[Tick]:
        years = range(self._first.year, self._last.year + 1)
        step = 1 if len(years) <= WIDE * 2 else 2 if len(years) <= WIDE * 4 else 5
        shown = [year for year in years if (year - years[0]) % step == 0 and date(year, 1, 1) < self._last]
        ticks = [Tick(str(year), self._x(date(year, 1, 1))) for year in shown]
        return [tick for tick in ticks if tick.x <= RIGHT - YEAR_WIDTH]

    @property
    def today_x(self) -> int:
        return self._x(self.day)

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def height(self) -> int:
        return TOP + len(self.stretches) * LANE + 12

    @property
    def has_plans(self) -> bool:
        return any(each.is_plan for each in self.stretches)

    @property
    def in_words(self) -> str:
        seats = sum(not each.is_plan for each in self.stretches)
        plans = len(self.stretches) - seats
        told = f"{seats} lần giữ chức danh" + (f" và {plans} lần trong quy hoạch" if plans else "")
        return f"Quá trình từ năm {self._first.year}: {told}."


def stretch_of_seat(holding: Holding, day: date) -> Stretch:
    """Return a seat as it was known on `day`; with all that `profile_of` fetches of it."""
    over = holding.valid_to is not None and holding.valid_to <= day
    return Stretch(
        key=f"chuc-danh-{holding.pk}",
        is_plan=False,
        what=str(holding.position),
        organization=holding.organization_name,
        organization_code=holding.body.term.organization.code,
        term=holding.body.term.label,
        first=holding.valid_from,
        end=holding.valid_to if over else None,
        from_words=holding.from_display,
        to_words=holding.to_display if over else "",
        how=holding.get_method_display(),
        why=holding.get_end_reason_display() if over else "",
        begun_by=holding.began_by.dossier,
        ended_by=holding.ended_by if over else None,
        begin_opens=holding.begin_opens,
        end_opens=holding.end_opens,
    )


def stretch_of_plan(entry, day: date) -> Stretch:
    """Return a plan entry as it was known on `day`; confidential as the entry is."""
    over = entry.valid_to is not None and entry.valid_to <= day
    approved = entry.valid_from is not None and entry.valid_from <= day
    first = entry.valid_from if approved else entry.introduced_on
    return Stretch(
        key=f"quy-hoach-{entry.pk}",
        is_plan=True,
        what=str(entry.position),
        organization=entry.organization_name,
        organization_code=entry.organization.code,
        term=entry.plan_term,
        first=first,
        end=entry.valid_to if over else None,
        from_words=short_day(first),
        to_words=short_day(entry.valid_to) if over else "",
        how="Đã phê duyệt" if approved else "Đã giới thiệu, chưa phê duyệt",
        why=entry.get_removal_reason_display() if over else "",
    )


def career(seats: Iterable[Holding], planned: Iterable, day: date) -> Career:
    """Return the course as of `day`; `planned` are plan entries that the user may see."""
    stretches = [stretch_of_seat(each, day) for each in seats]
    stretches += [stretch_of_plan(each, day) for each in planned if each.introduced_on <= day]
    return Career(sorted(stretches, key=lambda each: (each.first, each.key), reverse=True), day)
