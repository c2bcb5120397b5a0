"""The workbook to fill in with people to introduce for one organisation in one round."""

from collections.abc import Sequence

from common.workbooks import FormColumn, OfficeWorkbook
from organizations.models import Organization, Position
from personnel.models import Gender
from planning.models import GROUP_OF_POSITION, PlanningRound
from planning.sheets.columns import BY_KEY
from planning.sheets.typed import EXAMPLE, EXAMPLE_PERSON

SHEET = "Giới thiệu"
BLANK_ROWS = 60
GUIDE = (
    "Mỗi dòng là một đồng chí và một chức danh. Một đồng chí được giới thiệu hai chức danh thì ghi hai dòng.",
    "Đồng chí được giới thiệu phải có trong sổ đảng viên: tìm theo số thẻ đảng viên, hoặc theo họ tên và ngày sinh. "
    "Nếu có hai người trùng cả họ tên và ngày sinh, hãy ghi số thẻ.",
    "Ngày sinh ghi như 05/3/1980. Chỉ biết đến đâu ghi đến đó: 3/1980 hoặc 1980.",
    "Chức danh quy hoạch chọn trong danh sách của ô, không ghi khác đi.",
    "Đối tượng ghi 1 hoặc 2; để trống là đối tượng 1.",
    "Dòng xám ghi “Ví dụ” không được nhập. Có thể xóa dòng đó; đừng ghi đè lên dòng đó.",
    "Ngày giới thiệu không ghi trong tệp này: khi tải lên, phần mềm hỏi một lần cho cả tệp.",
    "Tải lên rồi xem trước từng dòng, chỗ nào sai được chỉ ra; chưa ghi gì vào sổ cho đến khi bấm Giới thiệu.",
)


def blank_workbook(planning_round: PlanningRound, organization: Organization, *, made_by: str) -> bytes:
    """Return the workbook, with drop-down lists of what may be chosen and an example that is never taken in."""
    title = f"Giới thiệu nhân sự quy hoạch nhiệm kỳ {planning_round.plan_term}"
    book = OfficeWorkbook(title=title, creator=made_by)
    positions = list(Position.objects.filter(pk__in=GROUP_OF_POSITION).order_by("rank"))
    columns = _columns([position.name for position in positions])
    book.add_form(
        SHEET,
        title=title,
        notes=[
            f"Tổ chức đảng: {organization.name}. Đợt: {planning_round}.",
            "Cột có dấu * phải ghi. Cách ghi xem ở trang Hướng dẫn và ở ghi chú trên từng tiêu đề.",
        ],
        columns=columns,
        example=_example(positions[0].name),
        blank_rows=BLANK_ROWS,
    )
    guide = book.add_page("Hướng dẫn", widths=[92])
    guide.heading("Cách ghi")
    for number, line in enumerate(GUIDE, start=1):
        guide.paragraph(f"{number}. {line}")
    return book.to_bytes()


def _columns(positions: Sequence[str]) -> list[FormColumn]:
    return [
        FormColumn("STT", 8),
        _column("name", "Ghi đủ họ và tên, như trong sổ đảng viên.", must=True, width=28),
        _column(
            "born",
            "Ghi như 05/3/1980; chỉ biết tháng, năm hoặc năm thì ghi 3/1980 hoặc 1980.",
            must=True,
            as_typed=True,
        ),
        _column("card", "Nên ghi: tìm được đúng người dù trùng tên.", as_typed=True),
        _column("gender", "Chọn Nam hoặc Nữ; để trống cũng được.", choices=Gender.labels),
        _column("position", "Chọn trong danh sách của ô.", must=True, choices=positions, width=30),
        _column("object_group", "1 hoặc 2; để trống là đối tượng 1.", choices=("1", "2")),
        _column("note", "Điều cần nói thêm, nếu có.", width=30),
    ]


def _column(key: str, note: str, *, width: int | None = None, **options) -> FormColumn:
    column = BY_KEY[key]
    return FormColumn(column.heading, width or column.width, note=note, **options)


def _example(position: str) -> tuple[object, ...]:
    return (
        EXAMPLE,
        EXAMPLE_PERSON["name"],
        EXAMPLE_PERSON["born"],
        "01234567",
        "Nam",
        position,
        1,
        "Dòng ví dụ, không được nhập",
    )
