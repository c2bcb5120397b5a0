"""What every file of a report says of itself: of what and when, filtered by what, who made it, under which code."""

from dataclasses import dataclass

from django.utils.text import capfirst

from common.formats import short_day
from common.periods import now_in_words
from reports.frame import Frame
from reports.models import Export


@dataclass(frozen=True)
class Head:
    """`told` is what it is of ("Kỳ báo cáo: năm 2022"), empty where the title says so; `code` is as it is printed.

    `of_period`: of what happened; of what stood on a day the title says the day, and no other belongs beside it.
    """

    frame: Frame
    title: str
    told: str
    filtered_by: str
    made_by: str
    code: str
    of_period: bool = True

    @classmethod
    def of(cls, export: Export, frame: Frame, told: str = "", *, of_period: bool = True) -> "Head":
        by, code = str(export.made_by), export.shown_code
        return cls(frame, export.title, told, export.filtered_by, by, code, of_period)

    @property
    def of_what(self) -> list[str]:
        """The lines beneath the title, without a full stop."""
        frame = self.frame
        known = f"số liệu tính đến ngày {short_day(frame.as_at)}" if self.of_period else ""
        when = capfirst("; ".join(filter(None, [self.told, known])))
        of = f"{frame.organization.name} và các tổ chức trực thuộc"
        lines = [". ".join(filter(None, [of, when, f"Trạng thái sổ: {frame.books}"]))]
        return [*lines, *([f"Lọc theo: {self.filtered_by}"] if self.filtered_by else [])]

    @property
    def by_whom(self) -> str:
        return f"Người lập: {self.made_by}, lúc {now_in_words()}. Mã bản xuất: {self.code}"
