"""The calendar as an Excel workbook: the congresses on one sheet, the seats on another."""

from datetime import date

from common.formats import short_day
from common.workbooks import OfficeWorkbook
from personnel.models import Person
from personnel.outlook import CongressDue, Leaving, Outlook


def calendar_workbook(coming: Outlook, *, day: date, filter_in_words: str, made_by: str) -> bytes:
    """Return the workbook; what is overdue stands first on each sheet."""
    book = OfficeWorkbook(title=f"Lịch đại hội và vị trí sẽ khuyết, từ ngày {short_day(day)}", creator=made_by)
    notes = [f"Lọc theo {filter_in_words}."]
    congresses = [*coming.overdue_congresses, *coming.congresses]
    leaving = [*coming.overdue_leaving, *coming.leaving]
    book.add_table(
        "Đại hội",
        title=f"Đại hội đến hạn, từ ngày {short_day(day)}",
        notes=notes,
        headings=["STT", "Tổ chức đảng", "Mã", "Loại hình", "Nhiệm kỳ", "Kết thúc theo kế hoạch", "Ghi chú"],
        widths=[6, 50, 10, 26, 14, 16, 16],
        rows=[_congress(number, each, day) for number, each in enumerate(congresses, start=1)],
    )
    book.add_table(
        "Vị trí sẽ khuyết",
        title=f"Vị trí sẽ khuyết do nghỉ hưu, từ ngày {short_day(day)}",
        notes=[
            *notes,
            "Tháng nghỉ hưu là tháng đạt tuổi nghỉ hưu; người chỉ biết năm sinh thì tính từ tháng sớm nhất.",
        ],
        headings=["STT", "Họ và tên", "Ngày sinh", "Tổ chức đảng", "Chức danh", "Nghỉ hưu", "Căn cứ", "Ghi chú"],
        widths=[6, 28, 12, 40, 40, 22, 24, 26],
        rows=[_leaving(number, each, day) for number, each in enumerate(leaving, start=1)],
    )
    return book.to_bytes()


def _congress(number: int, due: CongressDue, day: date) -> list[object]:
    late = "quá hạn" if due.day < day else ""
    version = due.version
    return [number, version.name, version.code, version.get_kind_display(), due.term.label, due.day, late]


def _leaving(number: int, each: Leaving, day: date) -> list[object]:
    notes = ["đã quá thời điểm"] if each.day < day else []
    notes += ["đại hội dự kiến trước đó"] if each.is_after_congress else []
    return [
        number,
        each.person.full_name,
        _birthday(each.person),
        each.version.name,
        each.positions,
        each.when,
        each.basis,
        "; ".join(notes),
    ]


def _birthday(person: Person) -> object:
    return person.birth_date if person.birth_precision == "day" else person.birth_display
