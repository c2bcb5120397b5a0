"""Frame: what a summary is asked about. Every figure, record and rendering is of one frame."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from common.formats import short_day
from common.periods import Period
from organizations.models import Closing, OrganizationKind, OrganizationVersion
from organizations.scope import Right, Scope
from reports.catalogue import STANDARD, Catalogue
from reports.figures import Level
from reports.prose.standard import STANDARD_PROSE
from reports.prose.wording import Prose


@dataclass(frozen=True)
class Frame:
    """An organisation and all beneath it, a period, what was confirmed by `as_at`, a plan term, and who asks.

    `organization` is its version on `day`, so that names are those valid on the day reported.
    """

    organization: OrganizationVersion
    period: Period
    as_at: date
    plan_term: str
    scope: Scope
    grassroots: int  # how many grassroots organisations stand in it on its day
    closing: Closing | None = None  # of this period, its own or that of a superior, if the books are closed
    compared: Period | None = None  # the period beside it; None: the same a year earlier
    catalogue: Catalogue = STANDARD  # its figures, each in the unit in which it is asked for
    printed: Catalogue = STANDARD  # the same, each in the unit in which the report is printed
    prose: Prose = STANDARD_PROSE  # the template by which the report is worded

    @property
    def day(self) -> date:
        """The day on which stocks (plans) are counted: the last of the period that `as_at` has reached."""
        return last_day_known(self.period, self.as_at)

    @property
    def has_begun(self) -> bool:
        return self.as_at >= self.period.first

    @property
    def is_of_upper_level(self) -> bool:
        """Whether the organisation leads grassroots organisations, so that figures of its own level apply."""
        return self.organization.kind == OrganizationKind.BLOC

    def tells_of(self, level: Level | None) -> bool:
        """Whether figures of a level are told of its organisation: those of an upper level of such alone."""
        return self.is_of_upper_level or level is not Level.BLOC

    @cached_property
    def before(self) -> "Frame":
        """The period that this one is compared with, as known now."""
        return replace(self, period=self.compared or self.period.a_year_earlier())

    @property
    def as_printed(self) -> "Frame":
        """The same with each figure in the unit of the report, whatever the reader looks at."""
        return replace(self, catalogue=self.printed)

    @property
    def shows_plan_names(self) -> bool:
        """Whether the one who asks may see who is planned in this organisation and all beneath it."""
        return self.scope.covers(self.organization.path, Right.VIEW_PLANS)

    @property
    def books(self) -> str:
        """Whether the books of the period are closed, as a report says it."""
        if self.closing is None:
            return "Đang mở"
        closed, told = short_day(self.closing.as_at), short_day(self.as_at)
        return f"Đã khóa với số liệu tính đến ngày {closed}; báo cáo này lập lại từ hồ sơ tính đến ngày {told}"

    def in_words(self, text: str) -> str:
        """Return a label or phrase with the names of this frame in their places."""
        return text.format(**self.names)

    @property
    def names(self) -> dict[str, str]:
        return {
            "organization": self.organization.name,
            "committee": self.organization.committee_name,
            "plan_term": self.plan_term,
        }


def last_day_known(period: Period, as_at: date) -> date:
    """Return the last day of the period, or `as_at` while the period still runs."""
    return min(period.last, as_at)
