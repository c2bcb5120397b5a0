"""What every file of a report says of itself: of what and when, filtered by what, who made it, under which code."""

from dataclasses import dataclass

from common.formats import short_day
from common.periods import now_in_words
from reports.frame import Frame
from reports.models import Export


@dataclass(frozen=True)
class Head:
    """`told` is what it is of ("Kỳ báo cáo: năm 2022"), empty where the title says so; `code` is as it is printed."""

    frame: Frame
    title: str
    told: str
    filtered_by: str
    made_by: str
    code: str

    @classmethod
    def of(cls, export: Export, frame: Frame, told: str) -> "Head":
        return cls(frame, export.title, told, export.filtered_by, str(export.made_by), export.shown_code)

    @property
    def of_what(self) -> list[str]:
        """The lines beneath the title, without a full stop."""
        frame = self.frame
        told = f"{self.told}; số" if self.told else "Số"
        lines = [
            f"{frame.organization.name} và các tổ chức trực thuộc. "
            f"{told} liệu tính đến ngày {short_day(frame.as_at)}. Trạng thái sổ: {frame.books}"
        ]
        return [*lines, *([f"Lọc theo: {self.filtered_by}"] if self.filtered_by else [])]

    @property
    def by_whom(self) -> str:
        return f"Người lập: {self.made_by}, lúc {now_in_words()}. Mã bản xuất: {self.code}"
