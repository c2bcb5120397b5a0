"""The page of a dashboard: its blocks, each with the one sentence that says what it means."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from common.formats import grouped
from planning.coverage.reckoning import Situation
from reports.dashboards.asked import Asked
from reports.dashboards.coming import Coming, coming_to
from reports.dashboards.course import Course, Trend, course_of
from reports.dashboards.pictures import Column, Part, Picture, stacked_bars
from reports.dashboards.places import BodyTotal, Place, body_totals, places_of, without_secretary
from reports.dashboards.stock import Stock, read
from reports.dashboards.structure import Group, groups_of
from reports.figures import Figure

STATES = (Situation.APPROVED, Situation.IN_PROGRESS, Situation.MISSING)
DOSSIER_STATES_SHOWN = (("submitted", "Đã trình, chờ chuẩn y"), ("returned", "Trả lại"), ("draft", "Nháp"))


@dataclass(frozen=True)
class Board:
    """All blocks of a dashboard. `course` None: the organisation did not stand in the year."""

    asked: Asked
    course: Course | None
    stock: Stock
    places: Sequence[Place]
    coming: Coming
    groups: Sequence[Group]

    # The year

    @property
    def year_in_words(self) -> str:
        number = self.course.numbers[0]
        if number.result.count is None:
            return f"Sổ chưa ghi thay đổi cấp ủy nào trong năm {self.course.year}."
        told = f"Năm {self.course.year} đã củng cố, kiện toàn {grouped(number.result.count)} lượt cấp ủy cơ sở"
        if number.last_year is None:
            return f"{told}; năm {self.course.year - 1} chưa có số liệu."
        return f"{told}; năm {self.course.year - 1} là {grouped(number.last_year)} lượt."

    @property
    def months_in_words(self) -> str:
        known = [month for month in self.course.months if month.total is not None]
        most = max(known, key=lambda month: month.total, default=None)
        if most is None or not most.total:
            return f"Chưa có thay đổi nào có hiệu lực trong năm {self.course.year}."
        total = sum(month.total for month in known)
        return (
            f"Cả năm {grouped(total)} lượt, mọi cấp; nhiều nhất là tháng {most.period.first.month} "
            f"với {grouped(most.total)} lượt."
        )

    @cached_property
    def months_picture(self) -> Picture:
        columns = []
        for month in self.course.months:
            url = reverse("reports:summary", args=[month.period]) + self.query
            name = f"Tháng {month.period.first.month}"
            parts = (
                Part("appointed", month.appointed, f"{name}: bổ sung {month.appointed} lượt", url),
                Part("released", month.released, f"{name}: cho thôi {month.released} lượt", url),
            )
            columns.append(Column(f"T{month.period.first.month}", () if month.total is None else parts))
        title = f"Lượt bổ sung và cho thôi theo tháng, năm {self.course.year}"
        return stacked_bars("months", title, self.months_in_words, columns, step=64)

    @property
    def trends(self) -> list[tuple[Trend, Picture]]:
        return [(trend, self._trend_picture(trend)) for trend in self.course.trends]

    def _trend_picture(self, trend: Trend) -> Picture:
        columns = [
            Column(
                str(each.year),
                ()
                if each.count is None
                else [Part("appointed", each.count, f"Năm {each.year}: {each.count} {trend.figure.unit}", url)],
            )
            for each in trend.counts
            for url in [self._figure_address(each.year, trend.figure)]
        ]
        key = f"trend-{trend.figure.key.replace('.', '-')}"
        return stacked_bars(key, trend.figure.label, f"{_trend_in_words(trend).capitalize()}", columns, step=48)

    def _figure_address(self, year: int, figure: Figure) -> str:
        """Return the address of a figure's records, counted as it is told here: the office may print another unit."""
        return f"{reverse('reports:figure', args=[year, figure.key])}{self.query}&don-vi={figure.counts}"

    @property
    def trend_in_words(self) -> str:
        trend = self.course.trends[0]
        return f"{trend.figure.label}, {_trend_in_words(trend)}"

    # The day

    @cached_property
    def bodies(self) -> list[BodyTotal]:
        return body_totals(self.places)

    @cached_property
    def without_secretary(self) -> list[Place]:
        return without_secretary(self.places)

    @property
    def without_term(self) -> int:
        return sum(place.seats is None for place in self.places)

    @property
    def unsure(self) -> int:
        """How many seats are counted although nobody knows whether they were held on the day."""
        return sum(holding.is_unsure_on(self.asked.day) for holding in self.stock.holdings)

    @property
    def seats_in_words(self) -> str:
        vacant, surplus = (sum(getattr(body, name) for body in self.bodies) for name in ("vacant", "surplus"))
        told = f"Đang khuyết {grouped(vacant)} vị trí" if vacant else "Không có vị trí nào khuyết"
        told += f", vượt {grouped(surplus)}" if surplus else ""
        lacking = len(self.without_secretary)
        return (
            f"{told}; {grouped(lacking)} tổ chức chưa có Bí thư." if lacking else f"{told}; tổ chức nào cũng có Bí thư."
        )

    @property
    def coming_in_words(self) -> str:
        year = self.coming.spans[0]
        due = f"{grouped(year.congresses)} đại hội đến hạn" if year.congresses else "không có đại hội đến hạn"
        leaving = f"{grouped(year.people)} đồng chí nghỉ hưu, để khuyết {grouped(year.seats)} vị trí"
        told = f"Trong {year.months} tháng tới {due}, {leaving if year.seats else 'không có ai nghỉ hưu'}"
        late = self.coming.overdue_congresses
        return f"{grouped(late)} tổ chức đã quá hạn đại hội. {told}." if late else f"{told}."

    @cached_property
    def retirements_picture(self) -> Picture:
        columns = []
        for month, outlook in self.coming.months:
            seats = outlook.seats if outlook else 0
            url = f"{self.calendar(24)}#{outlook.anchor}" if seats else ""
            words = f"Tháng {month.month}/{month.year}: {seats} vị trí"
            label = f"{month.month}/{month.year % 100:02d}" if month.month in (1, 4, 7, 10) else ""
            columns.append(Column(label, [Part("released", seats, words, url)]))
        title = "Vị trí sẽ khuyết do nghỉ hưu, theo tháng, 24 tháng tới"
        span = next(span for span in self.coming.spans if span.months == 24)
        words = f"Trong 24 tháng tới {grouped(span.people)} đồng chí nghỉ hưu, để khuyết {grouped(span.seats)} vị trí."
        return stacked_bars("retirements", title, words, columns, step=24, is_sparse=True)

    @property
    def plan_counts(self) -> list[tuple[Situation, int]]:
        states = [place.plan_state for place in self.places]
        return [(state, states.count(state)) for state in STATES]

    @property
    def plans_in_words(self) -> str:
        if not self.asked.plan_term:
            return "Chưa có đợt quy hoạch nào."
        approved = self.plan_counts[0][1]
        count = f"{grouped(approved)}/{grouped(len(self.places))}"
        return f"{count} tổ chức đã duyệt quy hoạch nhiệm kỳ {self.asked.plan_term} cho mọi chức danh."

    @property
    def dossier_counts(self) -> list[tuple[str, str, int]]:
        counts = self.stock.dossiers.by_state
        return [(state, label, counts.get(state, 0)) for state, label in DOSSIER_STATES_SHOWN]

    @property
    def dossiers_in_words(self) -> str:
        waiting, late = self.stock.dossiers.by_state.get("submitted", 0), self.stock.dossiers.overdue
        told = f"{grouped(waiting)} hồ sơ chờ chuẩn y" if waiting else "Không có hồ sơ nào chờ chuẩn y"
        return f"{told}; {grouped(late)} hồ sơ quá hạn." if late else f"{told}; không có hồ sơ quá hạn."

    @property
    def structure_in_words(self) -> str:
        group = self.groups[0]
        share = group.shares[0]
        return f"{group.label} có {grouped(len(group.members))} đồng chí, nữ chiếm {share.in_words}."

    @property
    def places_in_words(self) -> str:
        lacking = sum(place.has_gap for place in self.places)
        told = f"{grouped(len(self.places))} tổ chức từ cấp cơ sở trở lên"
        what = "Bí thư, vị trí, đại hội hoặc quy hoạch"
        return f"{told}; {grouped(lacking)} tổ chức còn thiếu {what}." if lacking else f"{told}; không thiếu {what}."

    # Where numbers lead

    @property
    def query(self) -> str:
        """The organisation, as it stands in the addresses of reports."""
        return "?" + urlencode({"to-chuc": self.asked.code})

    def calendar(self, months: int, what: str = "seats") -> str:
        """Return the address of the calendar of the same organisations."""
        asked = {"months": months, "what": what, "organization": self.asked.code, "level": "leading"}
        return f"{reverse('personnel:calendar')}?{urlencode(asked)}"

    @property
    def spans(self) -> list[dict[str, object]]:
        return [
            {
                "span": span,
                "congresses": self.calendar(span.months, "congresses"),
                "seats": self.calendar(span.months),
            }
            for span in self.coming.spans
        ]

    def dossier_list(self, **filters: str) -> str:
        return f"{reverse('personnel:dossier_list')}?{urlencode({'organization': self.asked.code} | filters)}"

    @property
    def dossiers(self) -> list[tuple[str, str, int, str]]:
        """Each state, its name, how many, and the list of them; then those overdue."""
        rows = [(*each, self.dossier_list(state_on_day=each[0])) for each in self.dossier_counts]
        return [*rows, ("overdue", "Quá hạn", self.stock.dossiers.overdue, self.dossier_list(due="overdue"))]

    def coverage(self, code: str = "", **filters: str) -> str:
        asked = {"plan_term": self.asked.plan_term, "organization": code or self.asked.code}
        return f"{reverse('planning:coverage')}?{urlencode(asked | filters)}"

    @property
    def coverage_url(self) -> str:
        return self.coverage()

    @property
    def approved_url(self) -> str:
        return self.coverage(situation=Situation.APPROVED.value) + "#board"

    @property
    def plan_cells(self) -> list[tuple[Place, str]]:
        """The organisations with where their plans are looked at, what lacks most first."""
        order = list(reversed(STATES))
        cells = sorted(self.places, key=lambda place: order.index(place.plan_state))
        return [(place, self.coverage(place.version.code)) for place in cells]


def _trend_in_words(trend: Trend) -> str:
    """Say the years of which something is known: năm 2021: 12; năm 2022: 29 lượt."""
    if not trend.known:
        return "chưa có số liệu."
    told = "; ".join(f"năm {each.year}: {grouped(each.count)}" for each in trend.known)
    return f"{told} {trend.figure.unit}."


def make_board(asked: Asked) -> Board:
    """Read and reckon all of a dashboard, by a fixed number of queries."""
    stock = read(asked)
    return Board(
        asked=asked,
        course=course_of(asked.frame) if asked.frame else None,
        stock=stock,
        places=places_of(asked, stock),
        coming=coming_to(asked, stock),
        groups=groups_of(asked.chosen, asked.places, stock.seats, asked.day, stock.rules.rules) if asked.chosen else [],
    )
