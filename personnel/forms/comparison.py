"""Two versions of one dossier side by side: as one person typed it and as another has saved it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from common.formats import short_day
from personnel.items import ItemDraft
from personnel.models import ChangeItem, CongressResult, Dossier


@dataclass(frozen=True)
class Pair:
    """One item in both versions, in words; empty where a version does not have it."""

    what: str
    mine: str
    theirs: str

    @property
    def differs(self) -> bool:
        return self.mine != self.theirs


def compare(items: Iterable[ItemDraft], congress: Mapping[str, object] | None, saved: Dossier) -> list[Pair]:
    """Return what was typed beside what the dossier says, first what was typed in its order, then what it lacks."""
    mine = _by_subject([item.as_row() for item in items])
    stored = saved.items.select_related("person", "position", "vote", "corrects").order_by("pk")
    theirs = _by_subject(stored)
    pairs = [Pair(subject, mine.get(subject, ""), theirs.get(subject, "")) for subject in {**mine, **theirs}]
    if saved.kind != Dossier.Kind.CONGRESS:
        return pairs
    typed = _congress(CongressResult(**congress)) if congress else ""
    return [Pair("Đại hội", typed, _congress(saved.congress)), *pairs]


def _by_subject(items: Iterable[ChangeItem]) -> dict[str, str]:
    """Return the items in words by what they are about; repeats of one subject are numbered."""
    found: dict[str, str] = {}
    for item in items:
        subject = f"{item.get_act_display()} {item.position}: {item.person}, sinh {item.person.birth_date.year}"
        while subject in found:
            subject += " (nữa)"
        found[subject] = _item(item)
    return found


def _item(item: ChangeItem) -> str:
    parts = [item.how or item.get_act_display()]
    parts += [f"bầu ngày {short_day(item.elected_on)}"] if item.elected_on else []
    parts += [f"đề nghị từ {short_day(item.proposed_on)}"] if item.proposed_on else []
    vote = getattr(item, "vote", None)
    if vote:
        parts.append(
            f"triệu tập {vote.summoned}, không tính {vote.excluded}, có mặt {vote.present}, phát ra {vote.issued}, "
            f"thu về {vote.collected}, hợp lệ {vote.valid}, đồng ý {vote.in_favour}"
        )
        parts += [f"danh sách {vote.slate} người bầu {vote.seats}"] if vote.seats else []
        parts += [f"không tính vì {vote.excluded_reason}"] if vote.excluded_reason else []
    parts += [f"đính chính nội dung số {item.corrects_id}"] if item.corrects_id else []
    parts += [f"ghi chú: {item.note}"] if item.note else []
    return "; ".join(parts)


def _congress(congress: CongressResult) -> str:
    sizes = "/".join("—" if size is None else str(size) for size in congress.sizes.values())
    days = f"ngày {short_day(congress.congress_on)}, kết thúc {short_day(congress.planned_end)}"
    return f"{congress.label}, lần thứ {congress.ordinal}, {days}; số lượng BCH/BTV/UBKT {sizes}"
