"""The sheet of the kind "chức danh đã giữ", and a seat in its cells."""

from common.sheets import day as rough_day
from common.sheets import full_day
from intake.kinds.base import Column, SheetSpec
from intake.kinds.fields import (
    ORGANIZATION_COLUMN,
    PERSON_COLUMNS,
    choice_of,
    cited_columns,
    day_cell,
    labels,
    person_cells,
    text_of,
)
from intake.papers import CitedIn
from personnel.models import EndReason, Holding, Method

BEGAN, ENDED = CitedIn.called("began"), CitedIn.called("ended")
ROUGHLY = "Ghi như 05/3/2017; chỉ biết đến đâu ghi đến đó: 3/2017 hoặc 2017."
SHEET = SheetSpec(
    name="Chức danh đã giữ",
    columns=(
        *PERSON_COLUMNS,
        ORGANIZATION_COLUMN,
        Column(
            key="position",
            heading="Chức danh",
            width=20,
            note="Ghi đủ tên hoặc tên viết tắt của chức danh trong danh mục.",
            must=True,
            reader=text_of(80),
        ),
        Column(
            key="term",
            heading="Nhiệm kỳ",
            width=11,
            note="Như 2015-2020. Cần ghi khi trong tháng, năm bắt đầu có hai nhiệm kỳ.",
            as_typed=True,
            reader=text_of(9),
        ),
        Column(
            key="begins",
            heading="Từ ngày",
            spellings=("Giữ từ ngày", "Ngày bắt đầu"),
            width=12,
            note=ROUGHLY,
            must=True,
            as_typed=True,
            reader=rough_day,
        ),
        Column(
            key="ends",
            heading="Thôi từ ngày",
            spellings=("Đến ngày", "Ngày thôi giữ", "Ngày kết thúc"),
            width=12,
            note=f"Ngày đầu tiên không còn giữ chức danh; còn giữ thì để trống. {ROUGHLY}",
            as_typed=True,
            reader=rough_day,
        ),
        Column(
            key="end_reason",
            heading="Lý do thôi",
            spellings=("Lý do kết thúc",),
            width=18,
            choices=labels(EndReason.choices),
            reader=choice_of(EndReason.choices),
        ),
        Column(
            key="method",
            heading="Hình thức",
            width=16,
            choices=labels(Method.choices),
            note="Để trống thì theo lượt bổ sung trong sổ; không có thì là Chỉ định.",
            reader=choice_of(Method.choices),
        ),
        Column(key="elected", heading="Ngày bầu", width=12, reader=full_day),
        *cited_columns(BEGAN, "quyết định giữ chức danh"),
        *cited_columns(ENDED, "quyết định thôi giữ"),
    ),
    example={
        "name": "Nguyễn Văn A",
        "born": "05/3/1980",
        "organization": "CS-04",
        "position": "Ủy viên Ban Chấp hành",
        "term": "2015-2020",
        "begins": "2017",
        "ends": "15/6/2020",
        "end_reason": EndReason.END_OF_TERM.label,
        "method": Method.DESIGNATION.label,
    },
    notes=(
        "Mỗi dòng là một chức danh của một đồng chí trong một nhiệm kỳ. Bí thư cũng là ủy viên: ghi từng chức danh.",
        "Ngày chỉ biết năm hoặc tháng thì ghi năm hoặc tháng; phần mềm giữ và báo đúng như vậy.",
    ),
)


def cells_of(holding: Holding) -> dict[str, object]:
    """Return the cells of a seat, but for the papers that it rests on."""
    term = holding.body.term
    return person_cells(holding.person) | {
        "organization": term.organization.code,
        "position": holding.position.name,
        "term": term.label,
        "begins": day_cell(holding.valid_from, holding.from_precision),
        "ends": day_cell(holding.valid_to, holding.to_precision),
        "end_reason": holding.get_end_reason_display(),
        "method": holding.get_method_display(),
        "elected": holding.elected_on,
    }
