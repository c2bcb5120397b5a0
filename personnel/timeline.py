"""The course of a dossier, read from the journal: who did what, when, and for which reason."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from auditlog.models import LogEntry
from django.utils import timezone

from personnel.models import Dossier


@dataclass(frozen=True)
class Step:
    """One act on the dossier, or the same act of one person several times on end; `at` (the last) is office time."""

    act: str
    who: str
    at: datetime
    reason: str
    times: int = 1

    def __str__(self) -> str:
        return f"{self.act} {self.times} lần" if self.times > 1 else self.act


def timeline(dossier: Dossier) -> list[Step]:
    """Return the acts on the dossier, the first one first."""
    acts = LogEntry.objects.get_for_object(dossier).filter(additional_data__has_key="act")
    acts = acts.exclude(action=LogEntry.Action.ACCESS).select_related("actor")
    return list(_steps(acts.order_by("timestamp", "pk")))


def _steps(entries: Iterable[LogEntry]) -> Iterator[Step]:
    """One step for each act: an act that wrote the dossier several times left as many entries."""
    for _, same_act in groupby(entries, key=_act_and_actor):
        same_act = list(same_act)
        last = same_act[-1]
        who = str(last.actor) if last.actor else last.actor_email or "Hệ thống"
        at = timezone.localtime(last.timestamp)
        reason = last.additional_data.get("reason", "")
        yield Step(last.additional_data["act"], who, at, reason, max(1, _editions(same_act)))


def _act_and_actor(entry: LogEntry) -> tuple:
    return entry.additional_data["act"], entry.actor_id


def _editions(entries: list[LogEntry]) -> int:
    """How many saves of the draft the entries tell of: each raises its edition by one."""
    return sum(entry.action == LogEntry.Action.UPDATE and "edition" in (entry.changes or {}) for entry in entries)
