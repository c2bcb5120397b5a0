"""The sheets of the kind "quy hoạch": rounds, what they rest on, targets, plans of organisations, people in them."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from common.sheets import Cell, CellError, full_day, text, whole_number, yes_no
from common.sheets.cells import filled
from intake.kinds.base import Column, SheetSpec
from intake.kinds.fields import (
    ORGANIZATION_COLUMN,
    PERSON_COLUMNS,
    choice_of,
    cited_columns,
    labels,
    person_cells,
    text_of,
)
from intake.papers import CitedIn
from planning.models import PlanApproval, PlanEntry, PlanningRound, PlanTarget, PositionGroup

BASIS, SUBMISSION, DECISION, REMOVAL = (CitedIn.called(each) for each in ("basis", "submission", "decision", "removal"))
TERM = re.compile(r"([0-9]{4}) ?[-–] ?([0-9]{4})")
REASONS = PlanEntry.RemovalReason.choices
GROUPS = PositionGroup.choices
OBJECTS = [(1, "1"), (2, "2"), (1, "Đối tượng 1"), (2, "Đối tượng 2")]
YES = "Có"


def plan_term(cell: Cell) -> str:
    """Read a plan term, "2025-2030"."""
    found = TERM.fullmatch(text(filled(cell)))
    if not found or int(found[1]) >= int(found[2]):
        raise CellError(cell, f"“{cell.shown}” không phải là nhiệm kỳ. Hãy ghi như 2025-2030.")
    return f"{found[1]}-{found[2]}"


def coefficient(cell: Cell) -> Decimal:
    """Read a coefficient from 1 up to 9,99."""
    try:
        number = Decimal(text(filled(cell)).replace(",", "."))
    except InvalidOperation:
        number = Decimal(0)
    if not (number.is_finite() and 1 <= number < 10 and number == round(number, 2)):
        raise CellError(cell, f"“{cell.shown}” không phải là hệ số. Hãy ghi một số từ 1 đến dưới 10, như 1,5.")
    return number


def _number(cell: Cell) -> int | None:
    return whole_number(cell, least=1, most=32_000)


def _day(key: str, heading: str, *, must: bool = False, note: str = "") -> Column:
    return Column(key=key, heading=heading, width=12, must=must, note=note, reader=full_day)


ROUND = Column(
    key="round",
    heading="Mã đợt",
    width=14,
    note="Tự đặt, để các trang khác của tệp nêu đợt này: QH-2022-1.",
    must=True,
    as_typed=True,
    reader=text_of(30),
)
GROUP = Column(
    key="group", heading="Nhóm chức danh", width=18, choices=labels(GROUPS), must=True, reader=choice_of(GROUPS)
)
POSITION_NOTE = "Ghi đủ tên hoặc tên viết tắt của chức danh trong danh mục."
ROUNDS = SheetSpec(
    name="Đợt quy hoạch",
    columns=(
        ROUND,
        ORGANIZATION_COLUMN,
        Column(key="plan_term", heading="Nhiệm kỳ quy hoạch", width=12, must=True, as_typed=True, reader=plan_term),
        Column(
            key="kind",
            heading="Loại đợt",
            width=18,
            choices=labels(PlanningRound.Kind.choices),
            must=True,
            reader=choice_of(PlanningRound.Kind.choices),
        ),
        _day("opened", "Ngày mở đợt", must=True),
        _day("closed", "Ngày kết thúc đợt"),
    ),
    example={
        "round": "QH-2022-1",
        "organization": "KHOI",
        "plan_term": "2025-2030",
        "kind": PlanningRound.Kind.FIRST.label,
        "opened": date(2022, 6, 20),
    },
    notes=(
        "Mã tổ chức đảng ở trang này là tổ chức chủ trì đợt.",
        "Phiếu giới thiệu từng bước không nhập bằng tệp này.",
    ),
)
LEGAL_BASIS = SheetSpec(
    name="Căn cứ",
    required=False,
    columns=(ROUND, *cited_columns(BASIS, "văn bản", must=True)),
    example={"round": "QH-2022-1", BASIS.number: "06-HD/ĐUK", BASIS.day: date(2022, 5, 25), BASIS.issuer: "KHOI"},
    notes=("Mỗi văn bản làm căn cứ của đợt ghi một dòng.",),
)
TARGETS = SheetSpec(
    name="Chỉ tiêu",
    required=False,
    columns=(
        ROUND,
        ORGANIZATION_COLUMN,
        GROUP,
        Column(
            key="position",
            heading="Chức danh",
            width=18,
            note="Để trống khi chỉ tiêu là của cả nhóm.",
            reader=text_of(80),
        ),
        Column(key="seats", heading="Số vị trí", width=9, must=True, reader=_number),
        Column(key="coefficient", heading="Hệ số", width=8, must=True, as_typed=True, reader=coefficient),
    ),
    example={
        "round": "QH-2022-1",
        "organization": "KHOI",
        "group": PositionGroup.COMMITTEE.label,
        "seats": 27,
        "coefficient": "1,5",
    },
)
PLANS = SheetSpec(
    name="Quy hoạch của tổ chức",
    required=False,
    columns=(
        ROUND,
        ORGANIZATION_COLUMN,
        GROUP,
        _day("submitted", "Ngày trình", must=True),
        *cited_columns(SUBMISSION, "tờ trình"),
        _day("due", "Hạn phê duyệt"),
        Column(key="explanation", heading="Lý do vẫn trình khi còn cảnh báo", width=24, reader=text_of(2000)),
        _day("approved", "Ngày phê duyệt"),
        *cited_columns(DECISION, "quyết định"),
        _day("returned", "Ngày trả lại"),
        Column(key="return_reason", heading="Lý do trả lại", width=24, reader=text_of(2000)),
    ),
    example={
        "round": "QH-2022-1",
        "organization": "CS-04",
        "group": PositionGroup.SECRETARIES.label,
        "submitted": date(2022, 8, 15),
        "approved": date(2022, 9, 30),
        DECISION.number: "45-QĐ/ĐUK",
        DECISION.day: date(2022, 9, 30),
        DECISION.issuer: "KHOI",
    },
    notes=("Mỗi dòng là quy hoạch của một tổ chức cho một nhóm chức danh, trình một lần.",),
)
ENTRIES = SheetSpec(
    name="Nhân sự quy hoạch",
    required=False,
    columns=(
        ROUND,
        ORGANIZATION_COLUMN,
        *PERSON_COLUMNS,
        Column(
            key="position",
            heading="Chức danh quy hoạch",
            width=20,
            note=POSITION_NOTE,
            must=True,
            reader=text_of(80),
        ),
        Column(key="object_group", heading="Đối tượng", width=8, as_typed=True, reader=choice_of(OBJECTS)),
        _day("introduced", "Ngày giới thiệu", must=True),
        _day("submitted", "Ngày trình", note="Ngày trình ở trang Quy hoạch của tổ chức; chưa trình thì để trống."),
        _day("approved", "Ngày phê duyệt", note="Người chuyển từ quy hoạch của tổ chức khác thì ghi ngày chuyển."),
        Column(
            key="carried_from",
            heading="Chuyển từ quy hoạch của (mã tổ chức)",
            spellings=("Chuyển từ quy hoạch của",),
            width=14,
            note="Khi sắp xếp tổ chức: mã của tổ chức có quy hoạch đã phê duyệt người này. Còn lại thì để trống.",
            as_typed=True,
            reader=text_of(20),
        ),
        _day("left", "Ngày đưa ra"),
        Column(
            key="removal_reason",
            heading="Lý do đưa ra",
            width=20,
            note="Một trong: " + "; ".join(labels(REASONS)) + ".",
            reader=choice_of(REASONS),
        ),
        *cited_columns(REMOVAL, "văn bản đưa ra"),
        Column(
            key="returns",
            heading="Đưa trở lại",
            width=8,
            choices=(YES,),
            note="Ghi “Có” khi đưa trở lại sau khi đã đưa ra vì bị kỷ luật.",
            reader=yes_no,
        ),
        Column(key="note", heading="Ghi chú", width=20, reader=text_of(300)),
    ),
    example={
        "round": "QH-2022-1",
        "organization": "CS-04",
        "name": "Nguyễn Văn A",
        "born": "05/3/1980",
        "position": "Phó Bí thư",
        "object_group": "1",
        "introduced": date(2022, 7, 4),
        "submitted": date(2022, 8, 15),
        "approved": date(2022, 9, 30),
    },
    notes=("Danh sách này là tài liệu mật trong nội bộ; mỗi lần xuất tệp được ghi vào nhật ký.",),
)


def round_cells(planning_round: PlanningRound) -> dict[str, object]:
    return {
        "organization": planning_round.authority.code,
        "plan_term": planning_round.plan_term,
        "kind": planning_round.get_kind_display(),
        "opened": planning_round.opened_on,
        "closed": planning_round.closed_on,
    }


def target_cells(target: PlanTarget) -> dict[str, object]:
    return {
        "organization": target.organization.code,
        "group": target.get_group_display(),
        "position": target.position.name if target.position else None,
        "seats": target.seats,
        "coefficient": f"{Decimal(target.coefficient).normalize():f}".replace(".", ","),
    }


def plan_cells(approval: PlanApproval) -> dict[str, object]:
    return (
        SUBMISSION.written(approval.submission)
        | DECISION.written(approval.decision)
        | {
            "organization": approval.organization.code,
            "group": approval.get_group_display(),
            "submitted": approval.submitted_on,
            "due": approval.due_on,
            "explanation": approval.explanation,
            "approved": approval.approved_on,
            "returned": approval.returned_on,
            "return_reason": approval.return_reason,
        }
    )


def entry_cells(entry: PlanEntry) -> dict[str, object]:
    return (
        person_cells(entry.person)
        | REMOVAL.written(entry.removed_by)
        | {
            "organization": entry.organization.code,
            "position": entry.position.name,
            "object_group": str(entry.object_group),
            "introduced": entry.introduced_on,
            "submitted": entry.approval.submitted_on if entry.approval else None,
            "approved": entry.valid_from,
            "carried_from": entry.approval.organization.code if _is_carried(entry) else None,
            "left": entry.valid_to,
            "removal_reason": entry.get_removal_reason_display(),
            "returns": YES if entry.returns_id else None,
            "note": entry.note,
        }
    )


def _is_carried(entry: PlanEntry) -> bool:
    """Whether it was another organisation's plan that the person was approved in."""
    return entry.approval is not None and entry.approval.organization_id != entry.organization_id
