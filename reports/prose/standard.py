"""The prose of a report until an office writes its own: a template like any other, in the phrases of the figures."""

from collections.abc import Iterable

from reports.catalogue import STANDARD, Catalogue
from reports.figures import GRASSROOTS_INSPECTION, GRASSROOTS_TURNS, Family, Figure, Level
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


def standard_prose(catalogue: Catalogue) -> Prose:
    """Return the template in the phrases of a catalogue: a figure printed in another unit is worded for it."""
    turns, inspection = (catalogue.by_key[figure.key] for figure in (GRASSROOTS_TURNS, GRASSROOTS_INSPECTION))

    def every(family: Family, level: Level) -> str:
        found = [each.figures for each in catalogue.sections if each.family is family and each.level is level]
        return _list(figure for figures in found for figure in figures)

    return Prose(
        (
            Wording(
                f"{{Trong kỳ}}, {{cấp ủy}} đã {every(Family.CHANGES, Level.BLOC)}.",
                nothing="{Trong kỳ} không có thay đổi nào về cấp ủy ở {cấp ủy}.",
                unknown="{Trong kỳ} chưa có số liệu kiện toàn cấp ủy ở {cấp ủy}.",
            ),
            Wording(
                f"Ở cơ sở, đã {_phrase(turns)}, gồm: {_list(turns.parts)}. Ngoài ra, đã {_phrase(inspection)}.",
                nothing="{Trong kỳ} không có thay đổi nào về cấp ủy ở cơ sở.",
                unknown="{Trong kỳ} chưa có số liệu kiện toàn cấp ủy ở cơ sở.",
            ),
            Wording("Theo các chỉ tiêu riêng của cơ quan, {trong kỳ} có: {Chỉ tiêu riêng}."),
            Wording(
                "Về quy hoạch nhiệm kỳ {nhiệm kỳ quy hoạch}, đã đưa vào quy hoạch "
                f"{every(Family.ENTRIES, Level.BLOC)}. Đã {every(Family.APPROVALS, Level.GRASSROOTS)}.",
                nothing="Chưa có quy hoạch nhiệm kỳ {nhiệm kỳ quy hoạch} nào được phê duyệt.",
                unknown="Chưa có số liệu về quy hoạch nhiệm kỳ {nhiệm kỳ quy hoạch}.",
            ),
            Wording("Việc quy hoạch được thực hiện theo {căn cứ}."),
        )
    )


STANDARD_PROSE = standard_prose(STANDARD)
