"""The prose of a report until an office writes its own: a template like any other, in the phrases of the figures."""

from collections.abc import Iterable

from reports.figures import GRASSROOTS_INSPECTION, GRASSROOTS_TURNS, SECTIONS, Family, Figure, Level
from reports.prose.wording import Prose, Wording

NAMES = {"organization": "{tổ chức}", "committee": "{cấp ủy}", "plan_term": "{nhiệm kỳ quy hoạch}"}


def _phrase(figure: Figure) -> str:
    """Return the phrase of a figure with fields in it: "bổ sung {Bổ sung Bí thư cơ sở} giữ chức danh Bí thư"."""
    if figure.unit is None:
        return f"{{{figure.sheet}}}"
    places = {"number": f"{{{figure.sheet}}}", "positions": f"{{{figure.sheet}: chức danh}}"}
    return figure.phrase.format(**NAMES, **places)


def _list(figures: Iterable[Figure]) -> str:
    return f"[{'; '.join(_phrase(figure) for figure in figures)}]"


def _figures(family: Family, level: Level) -> list[Figure]:
    found = [section.figures for section in SECTIONS if section.family is family and section.level is level]
    return [figure for figures in found for figure in figures]


STANDARD_PROSE = Prose(
    (
        Wording(
            f"{{Trong kỳ}}, {{cấp ủy}} đã {_list(_figures(Family.CHANGES, Level.BLOC))}.",
            nothing="{Trong kỳ} không có thay đổi nào về cấp ủy ở {cấp ủy}.",
            unknown="{Trong kỳ} chưa có số liệu kiện toàn cấp ủy ở {cấp ủy}.",
        ),
        Wording(
            f"Ở cơ sở, đã {_phrase(GRASSROOTS_TURNS)}, gồm: {_list(GRASSROOTS_TURNS.parts)}. "
            f"Ngoài ra, đã {_phrase(GRASSROOTS_INSPECTION)}.",
            nothing="{Trong kỳ} không có thay đổi nào về cấp ủy ở cơ sở.",
            unknown="{Trong kỳ} chưa có số liệu kiện toàn cấp ủy ở cơ sở.",
        ),
        Wording(
            "Về quy hoạch nhiệm kỳ {nhiệm kỳ quy hoạch}, đã đưa vào quy hoạch "
            f"{_list(_figures(Family.ENTRIES, Level.BLOC))}. "
            f"Đã {_list(_figures(Family.APPROVALS, Level.GRASSROOTS))}.",
            nothing="Chưa có quy hoạch nhiệm kỳ {nhiệm kỳ quy hoạch} nào được phê duyệt.",
            unknown="Chưa có số liệu về quy hoạch nhiệm kỳ {nhiệm kỳ quy hoạch}.",
        ),
        Wording("Theo các chỉ tiêu riêng của cơ quan, {trong kỳ} có: {Chỉ tiêu riêng}."),
        Wording("Việc quy hoạch được thực hiện theo {căn cứ}."),
    )
)
