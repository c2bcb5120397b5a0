"""The sheets of the kind "tổ chức đảng", and their records in cells."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial

from common.sheets import Cell, CellError, full_day, text, whole_number
from intake.kinds.base import Column, SheetSpec
from intake.kinds.fields import ORGANIZATION_COLUMN, choice_of, cited_columns, labels, text_of
from intake.papers import CitedIn
from organizations.models import BodyKind, MemberCount, OrganizationKind, OrganizationVersion, Term

DECIDED = CitedIn.called("decision")
LABEL = re.compile(r"([0-9]{4}) ?[-–—] ?([0-9]{4})")


def term_label(cell: Cell) -> str:
    """Read "2020-2025", with spaces or a longer dash, too."""
    found = text(cell)
    match = LABEL.fullmatch(found)
    if not match or int(match[2]) <= int(match[1]):
        raise CellError(cell, f"“{found}” không phải là nhiệm kỳ. Hãy ghi như 2020-2025.")
    return f"{match[1]}-{match[2]}"


count = partial(whole_number, least=0, most=100_000)


def size(cell: Cell) -> int | None:
    """Read how many seats a body has; 0 says the same as an empty cell: there is no such body."""
    return count(cell) or None


SIZES = {
    "committee": BodyKind.COMMITTEE,
    "standing": BodyKind.STANDING,
    "inspection": BodyKind.INSPECTION,
}
VERSIONS = SheetSpec(
    name="Tổ chức",
    columns=(
        ORGANIZATION_COLUMN,
        Column(
            "name",
            "Tên tổ chức đảng",
            ("Tên tổ chức", "Tổ chức đảng", "Tên đơn vị"),
            40,
            must=True,
            reader=text_of(255),
        ),
        Column("short_name", "Tên viết tắt", (), 16, reader=text_of(80)),
        Column(
            "kind",
            "Loại hình",
            ("Loại hình tổ chức",),
            26,
            choices=labels(OrganizationKind.choices),
            must=True,
            reader=choice_of(OrganizationKind.choices),
        ),
        Column(
            "parent",
            "Mã cấp trên trực tiếp",
            ("Mã cấp trên", "Cấp trên trực tiếp"),
            16,
            note="Để trống khi là tổ chức cao nhất.",
            as_typed=True,
            reader=text_of(20),
        ),
        Column(
            "begins",
            "Từ ngày",
            ("Ngày thành lập", "Có hiệu lực từ ngày"),
            12,
            note="Ngày thành lập, hoặc ngày bắt đầu mang tên, loại hình, cấp trên này.",
            must=True,
            reader=full_day,
        ),
        Column(
            "ends",
            "Đến trước ngày",
            ("Kết thúc từ ngày",),
            12,
            note="Ngày đầu tiên không còn như vậy; còn như vậy thì để trống.",
            reader=full_day,
        ),
        *cited_columns(DECIDED, "quyết định"),
    ),
    example={
        "organization": "CS-04",
        "name": "Đảng bộ Sở Nông nghiệp",
        "kind": "Đảng bộ cơ sở",
        "parent": "KHOI",
        "begins": date(2015, 1, 1),
    },
    notes=(
        "Mỗi dòng là một giai đoạn của một tổ chức: đổi tên, đổi loại hình hoặc chuyển cấp trên thì thêm một dòng.",
        "Chỉ nhập tổ chức chưa có trong sổ; thay đổi của tổ chức đã có thì ghi ở trang Sắp xếp tổ chức.",
    ),
)
TERMS = SheetSpec(
    name="Nhiệm kỳ",
    columns=(
        ORGANIZATION_COLUMN,
        Column("label", "Nhiệm kỳ", (), 12, note="Như 2020-2025.", must=True, as_typed=True, reader=term_label),
        Column(
            "ordinal", "Đại hội lần thứ", ("Lần thứ",), 9, must=True, reader=partial(whole_number, least=1, most=99)
        ),
        Column(
            "opening",
            "Mở đầu bằng",
            (),
            12,
            choices=labels(Term.Opening.choices),
            note="Để trống là Đại hội.",
            reader=choice_of(Term.Opening.choices),
        ),
        Column("congress", "Ngày đại hội", ("Ngày bắt đầu", "Ngày chỉ định"), 12, must=True, reader=full_day),
        Column("planned", "Kết thúc theo kế hoạch", ("Dự kiến kết thúc",), 12, must=True, reader=full_day),
        Column(
            "ends", "Kết thúc thực tế", ("Kết thúc",), 12, note="Nhiệm kỳ còn đang chạy thì để trống.", reader=full_day
        ),
        Column("committee", "Số lượng BCH", ("Số lượng Ban Chấp hành", "Số lượng cấp ủy"), 10, reader=size),
        Column("standing", "Số lượng BTV", ("Số lượng Ban Thường vụ",), 10, reader=size),
        Column("inspection", "Số lượng UBKT", ("Số lượng Ủy ban Kiểm tra",), 10, reader=size),
    ),
    example={
        "organization": "CS-04",
        "label": "2020-2025",
        "ordinal": 7,
        "congress": date(2020, 6, 15),
        "planned": date(2025, 6, 15),
        "committee": 15,
        "standing": 5,
        "inspection": 5,
    },
    notes=("Mỗi dòng là một nhiệm kỳ. Ban nào không có thì để trống ô số lượng.",),
    required=False,
)
COUNTS = SheetSpec(
    name="Số lượng đảng viên",
    columns=(
        ORGANIZATION_COLUMN,
        Column("day", "Tính đến ngày", ("Ngày",), 12, must=True, reader=full_day),
        Column("official", "Chính thức", ("Đảng viên chính thức",), 10, must=True, reader=count),
        Column("probationary", "Dự bị", ("Đảng viên dự bị",), 10, note="Để trống là 0.", reader=count),
    ),
    example={"organization": "CS-04", "day": date(2022, 12, 31), "official": 86, "probationary": 2},
    required=False,
)


def version_cells(version: OrganizationVersion) -> dict[str, object]:
    return {
        "organization": version.organization.code,
        "name": version.name,
        "short_name": version.short_name,
        "kind": OrganizationKind(version.kind).label,
        "parent": version.parent.code if version.parent else "",
        "begins": version.valid_from,
        "ends": version.valid_to,
    } | DECIDED.written(version.decision)


def term_cells(term: Term, sizes: Mapping[str, int | None]) -> dict[str, object]:
    return {
        "organization": term.organization.code,
        "label": term.label,
        "ordinal": term.ordinal,
        "opening": Term.Opening(term.opening).label,
        "congress": term.congress_on,
        "planned": term.planned_end,
        "ends": term.valid_to,
    } | {key: sizes.get(kind) for key, kind in SIZES.items()}


def count_cells(counted: MemberCount) -> dict[str, object]:
    return {
        "organization": counted.organization.code,
        "day": counted.counted_on,
        "official": counted.official,
        "probationary": counted.probationary,
    }


def joined(versions: Iterable[OrganizationVersion]) -> list[OrganizationVersion]:
    """Join versions that differ only in the path: they follow from the superior's moves."""
    found: list[OrganizationVersion] = []
    for version in versions:
        last = found[-1] if found else None
        same = last is not None and all(
            getattr(last, name) == getattr(version, name)
            for name in ("organization_id", "name", "short_name", "kind", "parent_id")
        )
        if same and last.valid_to == version.valid_from:
            last.valid_to = version.valid_to
        else:
            found.append(version)
    return found
