"""What a dossier does, in one sentence: how many people come into which body, hold which post, leave which."""

from collections import Counter
from collections.abc import Iterable

from organizations.models import BodyKind
from personnel.models import Act, ChangeItem

NOTHING = "không có nội dung nào"


def effect_in_words(items: Iterable[ChangeItem]) -> str:
    """Return "2 đồng chí vào Ban Chấp hành, 1 đồng chí thôi tham gia Ban Thường vụ, sửa lại 1 nội dung đã ghi"."""
    items = list(items)
    mended = sum(1 for item in items if item.corrects_id and item.act != Act.ANNUL)
    annulled = sum(1 for item in items if item.act == Act.ANNUL)
    changes = Counter((item.act, item.position) for item in items if not item.corrects_id)
    in_order = sorted(changes.items(), key=lambda change: (change[0][0], change[0][1].rank))
    parts = [f"{count} đồng chí {_change(act, position)}" for (act, position), count in in_order]
    parts += [
        f"{words} {count} nội dung đã ghi" for words, count in (("sửa lại", mended), ("hủy bỏ", annulled)) if count
    ]
    return ", ".join(parts) or NOTHING


def _change(act: str, position) -> str:
    """Return "vào Ban Chấp hành", "giữ chức Bí thư", "thôi tham gia Ban Thường vụ", "thôi giữ chức Chủ nhiệm"."""
    if position.is_officer:
        return f"{'giữ' if act == Act.APPOINT else 'thôi giữ'} chức {position.name}"
    return f"{'vào' if act == Act.APPOINT else 'thôi tham gia'} {BodyKind(position.body_kind).label}"
