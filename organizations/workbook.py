"""The tree of organisations as an Excel workbook: the rows of the page, in its order, with its totals."""

from collections.abc import Sequence
from datetime import date

from common.formats import grouped, short_day
from common.workbooks import OfficeWorkbook
from organizations.models import BodyKind
from organizations.tree import Branch, Totals

NO_NUMBER = "chưa có số liệu"
SEATED = ("được duyệt", "có", "khuyết")


def tree_workbook(branches: Sequence[Branch], *, day: date, filter_in_words: str, made_by: str) -> bytes:
    """Return the workbook. Members are given for each organisation by itself; the notes add them up once each."""
    book = OfficeWorkbook(title=f"Tổ chức đảng đến ngày {short_day(day)}", creator=made_by)
    kinds = [(kind, name) for kind, name in zip(BodyKind.values, ("BCH", "BTV", "UBKT"), strict=True)]
    book.add_table(
        "Tổ chức đảng",
        title=f"Danh sách tổ chức đảng, tính đến ngày {short_day(day)}",
        notes=[f"Lọc theo {filter_in_words}." if filter_in_words else "Không lọc.", totals_in_words(branches)],
        headings=[
            "STT",
            "Tổ chức đảng",
            "Mã",
            "Loại hình",
            "Trạng thái",
            "Đảng viên chính thức",
            "Đảng viên dự bị",
            "Số liệu đến ngày",
            "Tổ chức trực thuộc",
            *[f"{name} {what}" for _, name in kinds for what in SEATED],
        ],
        widths=[6, 44, 10, 22, 26, 11, 10, 13, 11, *[9] * (len(kinds) * len(SEATED))],
        rows=[_row(number, branch) for number, branch in enumerate(branches, start=1)],
        indents=[branch.depth for branch in branches],
    )
    return book.to_bytes()


def totals_in_words(branches: Sequence[Branch]) -> str:
    """Return what the rows come to, in one sentence or two."""
    totals = Totals.of(branches)
    members = NO_NUMBER if totals.members is None else grouped(totals.members)
    words = [f"Đảng viên ở các tổ chức cơ sở đảng: {members}."]
    if totals.members is not None:
        words.append(f"Trong đó {grouped(totals.official)} chính thức, {grouped(totals.probationary)} dự bị.")
    words.append(f"Cấp ủy: {grouped(totals.filled)} vị trí có người, {grouped(totals.vacant)} còn khuyết.")
    return " ".join(words)


def _row(number: int, branch: Branch) -> list[object]:
    seated = [branch.body(kind) for kind in BodyKind.values]
    return [
        number,
        branch.name,
        branch.code,
        branch.version.get_kind_display(),
        branch.status_label if branch.is_standing else f"{branch.status_label}: {branch.fate}",
        branch.official,
        branch.probationary,
        branch.members and branch.members.counted_on,
        branch.beneath,
        *[value for body in seated for value in ((body.authorized, body.filled, body.vacant) if body else (None,) * 3)],
    ]
