"""The journal of acts: who did what, when, from where, to which object.

django-auditlog writes one `LogEntry` for each row that is created, changed or deleted. This module names the act and
the actor of those entries, writes the entries of rows saved in bulk, and records who looked at a confidential list.
"""

import functools
import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

from auditlog.context import set_actor
from auditlog.diff import model_instance_diff
from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

AT_ONCE = 500  # rows named in one statement
WRITTEN_AT_ONCE = 1000  # rows inserted before those who watch hear of them

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Act:
    """An act under way: its name in the office's words, its actor, the reason given."""

    name: str
    actor: models.Model
    reason: str = ""
    id: str = field(default_factory=lambda: str(uuid.uuid4()))


_current_act: ContextVar[Act | None] = ContextVar("current_act", default=None)
_origin: ContextVar[str | None] = ContextVar("origin", default=None)
Watcher = Callable[[Sequence[models.Model]], None]
_watcher: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


class Journaled(models.Model):
    """A row whose journal entries carry the name and the reason of the act that wrote them."""

    class Meta:
        abstract = True

    def get_additional_data(self) -> dict[str, str] | None:
        """Return what django-auditlog stores beside the change."""
        return _additional_data()


def keep_journal_of(model: type[models.Model], *, without: Collection[str] = ("sort_key", "search_key")) -> None:
    """Journal the changes of the model's own columns and of the lists of others that it keeps.

    Left alone, auditlog also lists all that points to a row.
    """
    columns = [field.name for field in model._meta.concrete_fields if field.name not in without]
    lists = {field.name for field in model._meta.many_to_many}
    auditlog.register(model, include_fields=[*columns, *lists], m2m_fields=lists)


def act(name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function an act of the domain: one transaction, journaled under `name`.

    The function takes the actor as `by=` and may take a `reason=`, or an `explanation=` of why it goes on where rules
    warn. An act inside another act belongs to the outer one.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
            with transaction.atomic(), _under_way(Act(name, kwargs["by"], _reason(kwargs))):
                return function(*args, **kwargs)

        wrapper.act_name = name
        return wrapper

    return decorate


def _reason(given: Mapping[str, object]) -> str:
    """Return why, in words: what is said where rules warn, else the reason; of one chosen from a list its label."""
    reason = given.get("explanation") or given.get("reason", "")
    return str(getattr(reason, "label", reason)).strip()


@contextmanager
def _under_way(new: Act) -> Iterator[None]:
    if _current_act.get() is not None:
        yield
        return
    token = _current_act.set(new)
    try:
        with set_actor(new.actor, remote_addr=_origin.get()):
            yield
    finally:
        _current_act.reset(token)


def act_id() -> str | None:
    """Return the key that all journal entries of the act under way share (`LogEntry.cid`); None outside an act."""
    current = _current_act.get()
    return current.id if current else None


@contextmanager
def coming_from(address: str | None) -> Iterator[None]:
    """Journal the acts inside the block as coming from this network address."""
    token = _origin.set(address)
    try:
        yield
    finally:
        _origin.reset(token)


@contextmanager
def watched_by(watcher: Watcher) -> Iterator[None]:
    """Let `watcher` hear of the rows written in bulk inside the block, portion by portion: a long act tells how far."""
    token = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(token)


def _tell(rows: Sequence[models.Model]) -> None:
    watcher = _watcher.get()
    if watcher:
        watcher(rows)


def bulk_create(rows: Sequence[Journaled], **options) -> None:
    """Insert rows of one model in bulk, with the journal entries that saving each would have left."""
    if not rows:
        return
    for first in range(0, len(rows), WRITTEN_AT_ONCE):
        some = rows[first : first + WRITTEN_AT_ONCE]
        type(rows[0])._default_manager.bulk_create(some, **options)
        made = [(row, model_instance_diff(None, row, use_json_for_changes=True)) for row in some]
        _write_entries(LogEntry.Action.CREATE, made)
        _tell(some)


def bulk_update(rows: Sequence[Journaled], fields: Sequence[str]) -> None:
    """Save `fields` of rows of one model in bulk, with the journal entries that saving each would have left."""
    if not rows:
        return
    for row in rows:
        _point_to_what_was_saved_since(row, fields)
    manager = type(rows[0])._default_manager
    before = manager.in_bulk([row.pk for row in rows])
    _update_alike_together(manager, rows, fields)
    _write_entries(
        LogEntry.Action.UPDATE,
        [(row, model_instance_diff(before[row.pk], row, fields, use_json_for_changes=True)) for row in rows],
    )
    _tell(rows)


def _point_to_what_was_saved_since(row: Journaled, fields: Sequence[str]) -> None:
    """Take over the keys of rows that were given to `row` before they were saved, as Django does when it inserts."""
    for name in fields:
        field = row._meta.get_field(name)
        if field.is_relation and getattr(row, field.attname) is None and field.is_cached(row):
            setattr(row, name, field.get_cached_value(row))


def bulk_delete(rows: Sequence[Journaled]) -> None:
    """Delete rows of one model in bulk, with the journal entries that deleting each would have left.

    Nothing may point to them any more: what would cascade is not looked for.
    """
    if not rows:
        return
    gone = [(row, model_instance_diff(row, None, use_json_for_changes=True)) for row in rows]
    _write_entries(LogEntry.Action.DELETE, gone)
    manager = type(rows[0])._base_manager
    keys = [row.pk for row in rows]
    for first in range(0, len(keys), AT_ONCE):
        some = manager.filter(pk__in=keys[first : first + AT_ONCE])
        some._raw_delete(some.db)


def _update_alike_together(manager: models.Manager, rows: Sequence[Journaled], fields: Sequence[str]) -> None:
    """Save rows that take the same values by one short statement; Django's bulk_update spells out every row."""
    columns = [rows[0]._meta.get_field(name).attname for name in fields]
    alike: dict[tuple, list] = defaultdict(list)
    for row in rows:
        alike[tuple(getattr(row, column) for column in columns)].append(row.pk)
    if len(alike) > 4:
        manager.bulk_update(rows, fields)
        return
    for values, keys in alike.items():
        manager.filter(pk__in=keys).update(**dict(zip(columns, values, strict=True)))


def record_access(subject: models.Model, *, by: models.Model, what: str) -> None:
    """Record that `by` looked at or exported a confidential list (`what`, in words) belonging to `subject`."""
    record_accesses([subject], by=by, what=what)


def record_accesses(subjects: Collection[models.Model], *, by: models.Model, what: str) -> None:
    """Record that `by` looked at or exported confidential lists of several subjects, an entry for each."""
    LogEntry.objects.bulk_create(
        [
            LogEntry(
                content_type=ContentType.objects.get_for_model(subject),
                object_pk=str(subject.pk),
                object_id=subject.pk if isinstance(subject.pk, int) else None,
                object_repr=str(subject),
                action=LogEntry.Action.ACCESS,
                actor=by,
                actor_email=by.email,
                remote_addr=_origin.get(),
                additional_data={"act": what},
            )
            for subject in subjects
        ]
    )


def _write_entries(action: int, changed: Sequence[tuple[Journaled, dict | None]]) -> None:
    current = _current_act.get()
    LogEntry.objects.bulk_create(
        [
            LogEntry(
                content_type=ContentType.objects.get_for_model(row),
                object_pk=str(row.pk),
                object_id=row.pk if isinstance(row.pk, int) else None,
                object_repr=str(row),
                action=action,
                changes=changes,
                actor=current.actor if current else None,
                actor_email=current.actor.email if current else None,
                remote_addr=_origin.get(),
                cid=act_id(),
                additional_data=_additional_data(),
            )
            for row, changes in changed
            if changes
        ]
    )


def _additional_data() -> dict[str, str] | None:
    current = _current_act.get()
    if current is None:
        return None
    return {"act": current.name} | ({"reason": current.reason} if current.reason else {})
