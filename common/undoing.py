"""Taking back one act as a whole, from what the journal says that it wrote, while nothing has been built on it.

The journal keeps each row that an act created, changed or deleted, with every value before and after. So an act can be
taken back exactly, and what was written since stands in the way instead of being lost.
"""

from collections import defaultdict
from collections.abc import Iterable

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Max, ProtectedError
from django.db.models.deletion import Collector

from common import journal
from common.errors import Refused

CREATE, UPDATE, DELETE, ACCESS = (
    LogEntry.Action.CREATE,
    LogEntry.Action.UPDATE,
    LogEntry.Action.DELETE,
    LogEntry.Action.ACCESS,
)


def undo(act_id: str, *, keep: Iterable[models.Model] = ()) -> int:
    """Take back all that the act wrote, except the rows `keep`; return how many rows it had touched.

    Part of an act of its own: inside one transaction and journaled there. Raises `Refused` when a row was changed
    since, or when another row rests on one that the act created; then nothing is taken back.
    """
    kept = {(ContentType.objects.get_for_model(row).pk, str(row.pk)) for row in keep}
    entries = LogEntry.objects.filter(cid=act_id).exclude(action=ACCESS).order_by("pk")
    written = [each for each in entries if (each.content_type_id, each.object_pk) not in kept]
    by_model: dict[type[models.Model], list[LogEntry]] = defaultdict(list)
    for entry in written:
        by_model[entry.content_type.model_class()].append(entry)
    for model, theirs in by_model.items():
        _require_untouched(model, theirs, act_id)
    _restore_values(by_model)
    _delete_created(by_model)
    return len({(entry.content_type_id, entry.object_pk) for entry in written})


def _require_untouched(model: type[models.Model], entries: list[LogEntry], act_id: str) -> None:
    """Raise `Refused` when the journal tells of a later change of one of the rows."""
    last = {entry.object_pk: entry.pk for entry in entries}
    content_type = ContentType.objects.get_for_model(model)
    since = LogEntry.objects.filter(content_type=content_type, pk__gt=min(last.values())).exclude(action=ACCESS)
    newest = since.exclude(cid=act_id).order_by().values("object_pk").annotate(newest=Max("pk"))
    for row in newest:
        if row["newest"] > last.get(row["object_pk"], row["newest"]):
            name = LogEntry.objects.get(pk=row["newest"]).object_repr
            raise Refused(f"{_called(model)} “{name}” đã được sửa sau đó. Hãy đính chính thay đổi sau trước.")


def _restore_values(by_model: dict[type[models.Model], list[LogEntry]]) -> None:
    """Bring back what was deleted, then give changed rows the values that they had; the last change first."""
    for model, entries in by_model.items():
        created = {entry.object_pk for entry in entries if entry.action == CREATE}
        deleted = {entry.object_pk: entry for entry in entries if entry.action == DELETE}
        for key, entry in deleted.items():
            if key not in created:
                row = model(pk=entry.object_id or entry.object_pk)
                _set_former(row, entry)
                row.save(force_insert=True)
        changed: dict[str, list[LogEntry]] = defaultdict(list)
        for entry in entries:
            if entry.action == UPDATE and entry.object_pk not in created:
                changed[entry.object_pk].append(entry)
        rows = model._base_manager.in_bulk(
            [entry.object_id or entry.object_pk for each in changed.values() for entry in each[:1]]
        )
        groups: dict[tuple[str, ...], list[models.Model]] = defaultdict(list)
        for key, row in rows.items():
            fields: set[str] = set()
            for entry in reversed(changed[str(key)]):
                fields |= _set_former(row, entry)
            groups[tuple(sorted(fields))].append(row)
        for fields, alike in groups.items():
            for row in alike:
                if hasattr(row, "compute_keys"):
                    row.compute_keys()
            journal.bulk_update(alike, [*fields, *_keys_of(model)])


def _keys_of(model: type[models.Model]) -> list[str]:
    """The stored keys that follow from other columns, and that the journal leaves out."""
    names = {field.name for field in model._meta.concrete_fields}
    return sorted(names & {"sort_key", "search_key"}) if hasattr(model, "compute_keys") else []


def _set_former(row: models.Model, entry: LogEntry) -> set[str]:
    """Set the values that the entry tells of as they were before it; return the names of the fields."""
    fields = set()
    for name, told in (entry.changes or {}).items():
        try:
            field = row._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if not field.concrete or field.many_to_many or field.primary_key:
            continue
        former = told[0]
        if former == "None" and field.get_internal_type() not in ("CharField", "TextField"):
            former = None
        target = field.target_field if field.is_relation else field
        setattr(row, field.attname, None if former is None else target.to_python(former))
        fields.add(name)
    return fields


def _delete_created(by_model: dict[type[models.Model], list[LogEntry]]) -> None:
    """Delete what the act created, each row after those that rest on it; nothing else may rest on them."""
    created: dict[type[models.Model], dict[str, models.Model]] = {}
    for model, entries in by_model.items():
        gone = {entry.object_pk for entry in entries if entry.action == DELETE}
        keys = [entry.object_id or entry.object_pk for entry in entries if entry.action == CREATE]
        rows = model._base_manager.in_bulk([key for key in keys if str(key) not in gone])
        created[model] = {str(key): row for key, row in rows.items()}
    for model in _in_order(created):
        rows = list(created[model].values())
        _require_unused(rows, created)
        journal.bulk_delete(rows)


def _in_order(created: dict[type[models.Model], dict]) -> list[type[models.Model]]:
    """Return the models so that each stands before those that it points to."""
    ordered: list[type[models.Model]] = []

    def visit(model: type[models.Model], trail: tuple = ()) -> None:
        if model in ordered or model in trail:
            return
        for other in created:
            pointed = {field.related_model for field in other._meta.concrete_fields if field.is_relation}
            if other is not model and model in pointed:
                visit(other, (*trail, model))
        ordered.append(model)

    for model in created:
        visit(model)
    return ordered


def _require_unused(rows: list[models.Model], created: dict[type[models.Model], dict]) -> None:
    """Raise `Refused` when a row that the act did not create points to one of these."""
    collector = Collector(using="default")
    try:
        collector.collect(rows)
    except ProtectedError as error:
        other = next(iter(error.protected_objects))
        raise Refused(_rests(other)) from error
    for model, found in collector.data.items():
        if model in created:
            found = [row for row in found if str(row.pk) not in created[model]]
        for other in found:
            raise Refused(_rests(other))


def _rests(other: models.Model) -> str:
    return f"{_called(type(other))} “{other}” đã dựa vào dữ liệu này. Hãy hủy hoặc đính chính phần đó trước."


def _called(model: type[models.Model]) -> str:
    name = str(model._meta.verbose_name)
    return name[:1].upper() + name[1:]
