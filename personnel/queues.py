"""What waits for a user: one queue for each thing that the user's roles may do next, the longest waiting first."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, When
from django.db.models.functions import Coalesce

from organizations.scope import Right
from personnel.models import Dossier
from personnel.rights import may_draft_somewhere

SHOWN = 50
State = Dossier.State


@dataclass(frozen=True)
class Queue:
    """The dossiers of one queue: how many wait, the first of them; what it is called, means, and says when empty."""

    key: str
    title: str
    meaning: str
    empty: str
    count: int
    dossiers: list[Dossier]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.dossiers)


def queues_of(user, day: date) -> list[Queue]:
    """Return the queues that the user's roles have, by two queries for each."""
    scope = user.scope
    seen = Dossier.objects.visible_to(scope)
    queues = []
    if scope.may(Right.CONFIRM):
        waiting = seen.to_confirm(scope, user).order_by("submitted_on", "pk")
        meaning, empty = "Đã trình, chờ bạn quyết định.", "Hồ sơ cấp dưới trình lên sẽ có ở đây."
        queues.append(_queue("cho-chuan-y", "Chờ chuẩn y", meaning, empty, waiting, day))
    if may_draft_somewhere(scope):
        mine = seen.drafted_by(user).filter(state=State.DRAFT)
        mine = mine.order_by(Case(When(reason="", then=1), default=0), "opened_on", "pk")
        meaning, empty = "Nháp do bạn lập; hồ sơ bị trả lại đứng trước.", "Hồ sơ bạn lập mà chưa trình sẽ có ở đây."
        queues.append(_queue("cua-toi", "Hồ sơ của tôi", meaning, empty, mine, day))
        others = seen.to_submit(scope).exclude(drafted_by=user).order_by("opened_on", "pk")
        meaning, empty = (
            "Nháp do người khác lập, bạn trình được.",
            "Nháp của đồng nghiệp trong phạm vi của bạn sẽ có ở đây.",
        )
        queues.append(_queue("cho-trinh", "Chờ trình", meaning, empty, others, day))
    late = seen.overdue(day).order_by(Coalesce("decision_due_on", "report_due_on"), "pk")
    meaning = "Đã qua hạn báo cáo hoặc hạn chuẩn y."
    queues.append(_queue("qua-han", "Quá hạn", meaning, "Không có hồ sơ nào quá hạn.", late, day))
    return queues


def _queue(key: str, title: str, meaning: str, empty: str, dossiers, day: date) -> Queue:
    rows = list(dossiers.with_organization_name(day).with_item_count()[:SHOWN])
    for dossier in rows:
        dossier.overdue = dossier.is_overdue(day)
    return Queue(key, title, meaning, empty, dossiers.count(), rows)
