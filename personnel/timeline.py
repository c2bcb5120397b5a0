"""The course of a dossier, read from the journal: who did what, when, and for which reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from auditlog.models import LogEntry
from django.utils import timezone

from personnel.models import Dossier


@dataclass(frozen=True)
class Step:
    """One act on the dossier; `at` is in the office's time."""

    act: str
    who: str
    at: datetime
    reason: str


def timeline(dossier: Dossier) -> list[Step]:
    """Return the acts on the dossier, the first one first."""
    acts = LogEntry.objects.get_for_object(dossier).filter(additional_data__has_key="act")
    acts = acts.exclude(action=LogEntry.Action.ACCESS).select_related("actor")
    return list(_steps(acts.order_by("timestamp", "pk")))


def _steps(entries) -> Iterator[Step]:
    """One step for each act: an act that wrote the dossier several times left as many entries."""
    for _, same_act in groupby(entries, key=_act_of):
        entry = next(same_act)
        who = str(entry.actor) if entry.actor else entry.actor_email or "Hệ thống"
        at = timezone.localtime(entry.timestamp)
        yield Step(entry.additional_data["act"], who, at, entry.additional_data.get("reason", ""))


def _act_of(entry: LogEntry) -> tuple:
    return entry.additional_data["act"], entry.actor_id, entry.timestamp.replace(microsecond=0)
