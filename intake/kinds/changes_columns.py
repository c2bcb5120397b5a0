"""The sheets of the kind "hồ sơ kiện toàn": dossiers, the congresses they tell of, their items with the votes."""

import re
from datetime import date

from common.sheets import Cell, CellError, day, full_day, text, whole_number
from intake.kinds.base import Column, SheetSpec
from intake.kinds.fields import ORGANIZATION_COLUMN, PERSON_COLUMNS, choice_of, cited_columns, labels, text_of
from intake.kinds.organizations_columns import term_label
from intake.papers import CitedIn
from personnel.models import Act, ChangeItem, Dossier, Method, ReleaseReason

CODE = re.compile(r"(?:HS)?[- ]?(?P<year>[0-9]{4})[-/ ](?P<number>[0-9]{1,6})", re.I)
SUBMISSION, DECISION = CitedIn.called("submission"), CitedIn.called("decision")
KINDS = [each for each in Dossier.Kind.choices if each[0] in ("congress", "supplement", "correction")]
STATES = Dossier.State.choices
OUTCOMES = ChangeItem.Outcome.choices
VOTE = {
    "summoned": "Triệu tập",
    "excluded": "Không tính",
    "present": "Có mặt",
    "issued": "Phiếu phát ra",
    "collected": "Phiếu thu về",
    "valid": "Phiếu hợp lệ",
    "in_favour": "Phiếu đồng ý",
    "seats": "Số lượng cần bầu",
    "slate": "Số người trong danh sách bầu",
}


def code_of(cell: Cell) -> tuple[int, int] | None:
    """Read the code of a dossier, HS-2022-017: return its year and its number in the year."""
    found = text(cell)
    match = CODE.fullmatch(found)
    if found and not (match and int(match["number"])):
        raise CellError(cell, f"“{found}” không phải là số hồ sơ. Hãy ghi như HS-2022-017.")
    return (int(match["year"]), int(match["number"])) if match else None


def _dossier_column(heading: str = "Số hồ sơ", key: str = "code", *, must: bool = True) -> Column:
    return Column(
        key=key,
        heading=heading,
        spellings=("Mã hồ sơ",) if key == "code" else (),
        width=14,
        note="Như HS-2022-017: năm lập hồ sơ và số thứ tự trong năm.",
        must=must,
        as_typed=True,
        reader=code_of,
    )


def _number(
    key: str, heading: str, *, must: bool = False, least: int = 0, most: int = 32_000, width: int = 9
) -> Column:
    return Column(
        key=key,
        heading=heading,
        width=width,
        must=must,
        reader=lambda cell: whole_number(cell, least=least, most=most),
    )


DOSSIERS = SheetSpec(
    name="Hồ sơ",
    columns=(
        _dossier_column(),
        ORGANIZATION_COLUMN,
        Column(key="kind", heading="Loại hồ sơ", width=18, choices=labels(KINDS), must=True, reader=choice_of(KINDS)),
        Column(
            key="state", heading="Trạng thái", width=14, choices=labels(STATES), must=True, reader=choice_of(STATES)
        ),
        Column(key="opened", heading="Ngày lập", width=12, must=True, reader=full_day),
        Column(key="submitted", heading="Ngày trình", width=12, reader=full_day),
        *cited_columns(SUBMISSION, "tờ trình"),
        Column(key="decided", heading="Ngày quyết định chuẩn y", width=12, reader=full_day),
        *cited_columns(DECISION, "quyết định"),
        _dossier_column("Đính chính hồ sơ", "corrects", must=False),
        Column(key="report_due", heading="Hạn báo cáo", width=12, reader=full_day),
        Column(key="decision_due", heading="Hạn chuẩn y", width=12, reader=full_day),
        Column(key="reason", heading="Lý do trả lại, không chuẩn y hoặc rút", width=24, reader=text_of(2000)),
        Column(key="explanation", heading="Lý do vẫn trình khi còn cảnh báo", width=24, reader=text_of(2000)),
    ),
    example={
        "code": "HS-2021-003",
        "organization": "CS-04",
        "kind": Dossier.Kind.SUPPLEMENT.label,
        "state": Dossier.State.CONFIRMED.label,
        "opened": date(2021, 2, 20),
        "submitted": date(2021, 2, 22),
        SUBMISSION.number: "03-TTr/ĐU",
        SUBMISSION.day: date(2021, 2, 22),
        SUBMISSION.issuer: "CS-04",
        "decided": date(2021, 3, 5),
        DECISION.number: "12-QĐ/ĐUK",
        DECISION.day: date(2021, 3, 5),
        DECISION.issuer: "KHOI",
    },
    notes=(
        "Mỗi dòng là một hồ sơ như đã giải quyết; các lượt thay đổi ghi ở trang Nội dung.",
        "Hồ sơ không tạo ra chức danh đã giữ: chức danh nhập ở tệp Chức danh đã giữ.",
        "Hồ sơ đã có trong sổ không sửa được bằng tệp này; sai thì lập hồ sơ đính chính.",
    ),
)
CONGRESSES = SheetSpec(
    name="Kết quả đại hội",
    required=False,
    columns=(
        _dossier_column(),
        Column(key="label", heading="Nhiệm kỳ", width=12, must=True, as_typed=True, reader=term_label),
        _number("ordinal", "Đại hội lần thứ", must=True, least=1, most=99),
        Column(key="congress_on", heading="Ngày đại hội", width=12, must=True, reader=full_day),
        Column(key="planned_end", heading="Kết thúc theo kế hoạch", width=12, must=True, reader=full_day),
        _number("committee_size", "Số lượng Ban Chấp hành", must=True, least=1),
        _number("standing_size", "Số lượng Ban Thường vụ", least=1),
        _number("inspection_size", "Số lượng Ủy ban Kiểm tra", least=1),
    ),
    example={
        "code": "HS-2020-001",
        "label": "2020-2025",
        "ordinal": 7,
        "congress_on": date(2020, 6, 15),
        "planned_end": date(2025, 6, 15),
        "committee_size": 15,
        "standing_size": 5,
        "inspection_size": 5,
    },
    notes=("Mỗi hồ sơ loại “Kết quả đại hội” ở trang Hồ sơ có một dòng ở đây.",),
)
ITEMS = SheetSpec(
    name="Nội dung",
    required=False,
    columns=(
        _dossier_column(),
        _number("number", "STT trong hồ sơ", must=True, least=1),
        *PERSON_COLUMNS,
        Column(
            key="position",
            heading="Chức danh",
            width=20,
            note="Ghi đủ tên hoặc tên viết tắt của chức danh trong danh mục.",
            must=True,
            reader=text_of(80),
        ),
        Column(
            key="act",
            heading="Nội dung",
            width=10,
            choices=labels(Act.choices),
            must=True,
            reader=choice_of(Act.choices),
        ),
        Column(
            key="method",
            heading="Hình thức",
            width=16,
            choices=labels(Method.choices),
            note="Ghi khi bổ sung.",
            reader=choice_of(Method.choices),
        ),
        Column(
            key="release_reason",
            heading="Lý do thôi",
            width=16,
            choices=labels(ReleaseReason.choices),
            note="Ghi khi cho thôi.",
            reader=choice_of(ReleaseReason.choices),
        ),
        Column(key="elected", heading="Ngày bầu", width=12, reader=full_day),
        Column(key="proposed", heading="Ngày đề nghị có hiệu lực", width=12, reader=full_day),
        Column(
            key="effective",
            heading="Ngày có hiệu lực",
            width=12,
            note="Chỉ biết đến đâu ghi đến đó: 3/2017 hoặc 2017.",
            as_typed=True,
            reader=day,
        ),
        Column(
            key="outcome", heading="Kết quả", width=14, choices=labels(OUTCOMES), must=True, reader=choice_of(OUTCOMES)
        ),
        _number("corrects", "Đính chính nội dung số", least=1),
        Column(key="note", heading="Ghi chú", width=20, reader=text_of(500)),
        *(_number(key, heading) for key, heading in VOTE.items()),
        Column(key="excluded_reason", heading="Lý do không tính", width=20, reader=text_of(255)),
    ),
    example={
        "code": "HS-2021-003",
        "number": 1,
        "name": "Nguyễn Văn A",
        "born": "05/3/1980",
        "position": "Ủy viên Ban Chấp hành",
        "act": Act.APPOINT.label,
        "method": Method.SUPPLEMENTARY_ELECTION.label,
        "elected": date(2021, 2, 19),
        "effective": "05/3/2021",
        "outcome": ChangeItem.Outcome.CONFIRMED.label,
        "summoned": 15,
        "present": 15,
        "issued": 15,
        "collected": 15,
        "valid": 15,
        "in_favour": 15,
    },
    notes=(
        "Mỗi dòng là một lượt: một đồng chí, một chức danh. Có bầu thì ghi đủ các cột số phiếu.",
        "Hồ sơ đính chính: cột “Đính chính nội dung số” ghi STT của nội dung trong hồ sơ được đính chính.",
    ),
)
