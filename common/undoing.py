"""Taking back one act as a whole, from what the journal says that it wrote, while nothing has been built on it.

The journal keeps each row that an act created, changed or deleted, with every value before and after. So an act can be
taken back exactly, and what was written since stands in the way instead of being lost.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import UTC
from itertools import groupby

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Max
from django.utils import timezone

from common import journal
from common.errors import Refused

CREATE, UPDATE, DELETE, ACCESS = (
    LogEntry.Action.CREATE,
    LogEntry.Action.UPDATE,
    LogEntry.Action.DELETE,
    LogEntry.Action.ACCESS,
)
CHANGED_UNSEEN = (
    "Một phần của dữ liệu này đã được sửa sau đó, ngoài phạm vi của bạn. Hãy nhờ người phụ trách phần đó đính chính "
    "trước."
)
RESTS_UNSEEN = (
    "Có phần khác trong sổ, ngoài phạm vi của bạn, đã dựa vào dữ liệu này. Hãy nhờ người phụ trách phần đó hủy hoặc "
    "đính chính trước."
)
AT_ONCE = 500  # keys named in one statement

Model = type[models.Model]
Rows = dict[str, models.Model]  # by their keys as the journal writes them
Seen = Callable[[models.Model], bool]  # whether whoever takes back may be told of the row


def undo(act_id: str, *, keep: Iterable[models.Model] = (), seen: Seen = lambda row: True) -> int:
    """Take back all that the act wrote, except the rows `keep`; return how many rows it had touched.

    Part of an act of its own: inside one transaction and journaled there. Raises `Refused` when a row was changed
    since (and that not taken back), or when another row rests on one that the act created; then nothing is taken back.
    What stands in the way is named where it is `seen`.
    """
    kept = {(ContentType.objects.get_for_model(row).pk, str(row.pk)) for row in keep}
    entries = LogEntry.objects.filter(cid=act_id).exclude(action=ACCESS).select_related("content_type").order_by("pk")
    written = [each for each in entries if (each.content_type_id, each.object_pk) not in kept]
    by_model: dict[Model, list[LogEntry]] = defaultdict(list)
    for entry in written:
        by_model[entry.content_type.model_class()].append(entry)
    for model, theirs in by_model.items():
        _require_untouched(model, theirs, act_id, seen)
    created = {model: _rows_created(model, theirs) for model, theirs in by_model.items()}
    for model, theirs in by_model.items():
        _restore_lists(model, theirs, created[model])
    _require_unused(created, by_model, seen)
    for model in _each_before_what_it_points_to(created):  # first, for they stand where the former rows stood
        _delete(model, list(created[model].values()))
    for model, theirs in by_model.items():
        _restore_changed(model, theirs)
    for model, theirs in by_model.items():
        _restore_deleted(model, theirs)
    return len({(entry.content_type_id, entry.object_pk) for entry in written})


def created_by(act_id: str, model: Model) -> list[object]:
    """Return the keys of the rows of the model that the act created."""
    content_type = ContentType.objects.get_for_model(model)
    entries = LogEntry.objects.filter(cid=act_id, action=CREATE, content_type=content_type)
    return [_key(entry) for entry in entries.order_by("pk")]


def rows_written_by(act_id: str) -> Iterator[tuple[Model, list[object]]]:
    """Return the keys of the rows that the act wrote, by model, in portions."""
    entries = LogEntry.objects.filter(cid=act_id).exclude(action=ACCESS).select_related("content_type")
    keys: dict[Model, set[object]] = defaultdict(set)
    for entry in entries:
        keys[entry.content_type.model_class()].add(_key(entry))
    for model, theirs in keys.items():
        for some in _in_portions(sorted(theirs)):
            yield model, some


# What stands in the way


def require_unused(
    rows: Iterable[models.Model],
    *,
    act_id: str,
    spare: Iterable[models.Model] = (),
    seen: Seen = lambda row: True,
) -> None:
    """Raise `Refused` when a row that the act did not write points to one of these; for rows kept when it is undone.

    Rows `spare` may point to them: what they are part of has been taken back itself.
    """
    by_model: dict[Model, list[LogEntry]] = defaultdict(list)
    for entry in LogEntry.objects.filter(cid=act_id).exclude(action=ACCESS).select_related("content_type"):
        by_model[entry.content_type.model_class()].append(entry)
    kept: dict[Model, Rows] = defaultdict(dict)
    for row in rows:
        kept[type(row)][str(row.pk)] = row
    _require_unused(kept, by_model, seen, {(type(row), str(row.pk)) for row in spare})


def _require_untouched(model: Model, entries: list[LogEntry], act_id: str, seen: Seen) -> None:
    """Raise `Refused` when the journal tells of a later change of one of the rows, that was not taken back."""
    last = {entry.object_pk: entry.pk for entry in entries}
    content_type = ContentType.objects.get_for_model(model)
    since = LogEntry.objects.filter(content_type=content_type, pk__gt=min(last.values())).exclude(action=ACCESS)
    since = since.exclude(cid=act_id)
    newest = since.order_by().values("object_pk").annotate(newest=Max("pk"))
    later = [row["object_pk"] for row in newest if row["newest"] > last.get(row["object_pk"], row["newest"])]
    for some in _in_portions(later):
        for key, theirs in groupby(since.filter(object_pk__in=some).order_by("object_pk", "pk"), _object_pk):
            changes = [entry for entry in theirs if entry.pk > last[key]]
            if _differ(model, changes):
                _refuse_changed(model, changes[-1], seen)


def _object_pk(entry: LogEntry) -> str:
    return entry.object_pk


def _differ(model: Model, entries: list[LogEntry]) -> bool:
    """Whether a row is another after the entries than before them: a change that was taken back leaves no trace."""
    told: dict[str, list] = {}  # by field, what was there before and what came to be there
    listed: dict[tuple[str, str], int] = defaultdict(int)
    for entry in entries:
        for name, change in (entry.changes or {}).items():
            if isinstance(change, dict):
                for each in change["objects"]:
                    listed[name, each] += 1 if change["operation"] == "add" else -1
            else:
                told[name] = [told.get(name, change)[0], change[1]]
    fields = {field.name: field for field in model._meta.concrete_fields}
    return any(listed.values()) or any(
        name in fields and _as_value(fields[name], before) != _as_value(fields[name], after)
        for name, (before, after) in told.items()
    )


def _refuse_changed(model: Model, entry: LogEntry, seen: Seen) -> None:
    changed = model._base_manager.filter(pk=_key(entry)).first()
    if changed is not None and not seen(changed):
        raise Refused(CHANGED_UNSEEN)
    raise Refused(f"{_called(model)} “{entry.object_repr}” đã được sửa sau đó. Hãy đính chính thay đổi sau trước.")


def _require_unused(
    created: dict[Model, Rows],
    by_model: dict[Model, list[LogEntry]],
    seen: Seen,
    spare: Collection[tuple[Model, str]] = (),
) -> None:
    """Raise `Refused` when a row that the act did not write points to one that it created.

    Rows that it changed are as it left them, so whatever they point to goes when they get their former values.
    """
    written = {model: {entry.object_pk for entry in entries} for model, entries in by_model.items()}
    for model, rows in created.items():
        keys = [row.pk for row in rows.values()]
        for other, field in _pointing_to(model):
            for some in _in_portions(keys):
                found = other._base_manager.filter(**{f"{field.name}__in": some}).order_by("pk")
                if other._meta.auto_created:  # a list kept by a row that goes, goes with it
                    owner = next(each for each in other._meta.concrete_fields if each.is_relation)
                    keepers = [row.pk for row in created.get(owner.related_model, {}).values()]
                    found = found.exclude(**{f"{owner.name}__in": keepers})
                for key in found.values_list("pk", flat=True):
                    if str(key) not in written.get(other, ()) and (other, str(key)) not in spare:
                        _refuse_for(other, key, seen)


def _pointing_to(model: Model) -> Iterator[tuple[Model, models.Field]]:
    """Return every column that points to the model, with the model that has it; its own lists of others aside."""
    own_lists = {field.remote_field.through for field in model._meta.many_to_many}
    for relation in model._meta.get_fields(include_hidden=True):
        points_here = relation.auto_created and not relation.concrete and not relation.many_to_many
        if points_here and relation.related_model not in own_lists:
            yield relation.related_model, relation.field


def _refuse_for(model: Model, key: object, seen: Seen) -> None:
    row = model._base_manager.get(pk=key)
    if model._meta.auto_created:  # an entry in a list that another row keeps
        owner = next(field for field in model._meta.concrete_fields if field.is_relation)
        row = getattr(row, owner.name)
    if not seen(row):
        raise Refused(RESTS_UNSEEN)
    raise Refused(f"{_called(type(row))} “{row}” đã dựa vào dữ liệu này. Hãy hủy hoặc đính chính phần đó trước.")


def _called(model: Model) -> str:
    name = str(model._meta.verbose_name)
    return name[:1].upper() + name[1:]


# What the act created


def _rows_created(model: Model, entries: list[LogEntry]) -> Rows:
    gone = {entry.object_pk for entry in entries if entry.action == DELETE}
    keys = [_key(entry) for entry in entries if entry.action == CREATE and entry.object_pk not in gone]
    named = model._base_manager.select_related()  # their names in the journal tell of what they point to
    return {str(row.pk): row for some in _in_portions(keys) for row in named.filter(pk__in=some)}


def _key(entry: LogEntry) -> object:
    return entry.object_id or entry.object_pk


def _in_portions(keys: list) -> Iterator[list]:
    for first in range(0, len(keys), AT_ONCE):
        yield keys[first : first + AT_ONCE]


def _each_before_what_it_points_to(created: dict[Model, Rows]) -> list[Model]:
    ordered: list[Model] = []

    def visit(model: Model, trail: tuple = ()) -> None:
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


def _delete(model: Model, rows: list[models.Model]) -> None:
    for field in model._meta.many_to_many:
        for some in _in_portions([row.pk for row in rows]):
            listed = field.remote_field.through._base_manager.filter(**{f"{field.m2m_field_name()}__in": some})
            listed._raw_delete(listed.db)
    journal.bulk_delete(rows)


# What the act changed or deleted


def _restore_changed(model: Model, entries: list[LogEntry]) -> None:
    """Give the rows the values that they had, the last changed first: so no two of them ever stand in one place."""
    passing = {entry.object_pk for entry in entries if entry.action in (CREATE, DELETE)}
    changed: dict[str, list[LogEntry]] = defaultdict(list)
    for entry in reversed(entries):
        if entry.action == UPDATE and entry.object_pk not in passing:
            changed[entry.object_pk].append(entry)
    keys = [_key(theirs[0]) for theirs in changed.values()]
    rows = {str(row.pk): row for some in _in_portions(keys) for row in model._base_manager.filter(pk__in=some)}
    mended = []
    for key, theirs in changed.items():
        fields = set().union(*(_set_former(rows[key], entry) for entry in theirs))
        if fields:
            mended.append((tuple(sorted(fields)), rows[key]))
    for fields, group in groupby(mended, key=lambda pair: pair[0]):
        _save(model, [row for _, row in group], list(fields))


def _save(model: Model, rows: list[models.Model], fields: list[str]) -> None:
    """Save the fields, with the stored keys that follow from them and that the journal leaves out."""
    if hasattr(model, "compute_keys"):
        keys = {field.name for field in model._meta.concrete_fields} & {"sort_key", "search_key"}
        for row in rows:
            row.compute_keys()
        journal.bulk_update(rows, [*fields, *sorted(keys)])
    elif model.save is not models.Model.save:  # it computes something on its way
        for row in rows:
            row.save()
    else:
        journal.bulk_update(rows, fields)


def _restore_deleted(model: Model, entries: list[LogEntry]) -> None:
    created = {entry.object_pk for entry in entries if entry.action == CREATE}
    changes: dict[str, list[LogEntry]] = defaultdict(list)
    for entry in reversed(entries):
        if entry.action == UPDATE:
            changes[entry.object_pk].append(entry)
    for gone in entries:
        if gone.action == DELETE and gone.object_pk not in created:
            row = model(pk=_key(gone))
            _set_former(row, gone)
            for entry in changes[gone.object_pk]:  # those before it was deleted
                _set_former(row, entry)
            row.save(force_insert=True)


def _set_former(row: models.Model, entry: LogEntry) -> set[str]:
    """Set the values that the entry tells of as they were before it; return the names of the fields."""
    fields = set()
    for name, told in (entry.changes or {}).items():
        try:
            field = row._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if field.concrete and not field.many_to_many and not field.primary_key:
            setattr(row, field.attname, _as_value(field, told[0]))
            fields.add(name)
    return fields


def _as_value(field: models.Field, told: object) -> object:
    """Return the value as the journal tells it: a day as text, a moment as text without its zone, a row by its key."""
    if told is None or (told == "None" and field.get_internal_type() not in ("CharField", "TextField")):
        return None
    target = field.target_field if field.is_relation else field
    value = target.to_python(told)
    if isinstance(target, models.DateTimeField) and timezone.is_naive(value):
        return timezone.make_aware(value, UTC)
    return value


# Lists of others that a row keeps


def _restore_lists(model: Model, entries: list[LogEntry], created: Rows) -> None:
    """Take out of the lists what the act put in, and put back what it took out; the journal tells their names."""
    for entry in reversed(entries):
        if entry.object_pk in created:
            continue
        for name, told in (entry.changes or {}).items():
            if isinstance(told, dict) and told.get("type") == "m2m":
                listed = getattr(model._base_manager.get(pk=_key(entry)), name)
                if told["operation"] == "add":
                    listed.remove(*_named(listed.all(), told["objects"]))
                else:
                    listed.add(*_named(listed.model._base_manager.all(), told["objects"]))


def _named(rows: Iterable[models.Model], names: list[str]) -> list[models.Model]:
    """Return the rows of these names. Raises `Refused` when that cannot be told for sure."""
    found = [row for row in rows if str(row) in names]
    if sorted(map(str, found)) != sorted(names):
        raise Refused(f"Không xác định được chắc chắn: {', '.join(names)}. Hãy sửa lại bằng tay.")
    return found
