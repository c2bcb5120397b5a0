"""Two records of one person into one: what moves, what is joined, what stands in the way. Nothing is written here.

The page that asks and the act that merges use the same plan, so that what is shown is what happens (ADR 0021).
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db import models
from django.db.models.fields.reverse_related import ForeignObjectRel

from common.dated import Dated, NoOverlap
from organizations.scope import Scope
from personnel.models import DistinctPeople, Membership, Person
from personnel.particulars import edition_of

UNSEEN = (
    "Hai hồ sơ có dữ liệu vướng nhau ở phần bạn không được xem nên chưa gộp được. "
    "Hãy đề nghị người có đủ quyền xem cả hai hồ sơ gộp."
)
# Tables whose rows move by a rule of their own: places of membership are joined, statements "không trùng" are kept.
BY_THEIR_OWN_RULE = (Membership, DistinctPeople)


@dataclass(frozen=True)
class Obstacle:
    """Why the two cannot be merged: a sentence, and the rows that it tells of."""

    sentence: str
    rows: Sequence[models.Model]


@dataclass(frozen=True)
class Move:
    """What of one table goes over to the record that is kept; what both have alike stays with the double."""

    field: models.ForeignKey
    rows: Sequence[models.Model]
    alike: Sequence[models.Model] = ()

    @property
    def model(self) -> type[models.Model]:
        return self.field.model

    @property
    def label(self) -> str:
        name = str(self.model._meta.verbose_name)
        return name[:1].upper() + name[1:]


@dataclass
class Memberships:
    """The memberships of both as one line: `line` in order, `gone` those that another one includes."""

    line: list[Membership] = field(default_factory=list)
    gone: list[Membership] = field(default_factory=list)
    obstacles: list[Obstacle] = field(default_factory=list)


@dataclass(frozen=True)
class Merging:
    """All that merging `double` into `kept` comes to."""

    kept: Person
    double: Person
    moves: Sequence[Move]
    memberships: Memberships
    obstacles: Sequence[Obstacle]

    @cached_property
    def edition(self) -> str:
        """A mark that changes when either record, or what would move, changes."""
        told = [edition_of(self.kept), edition_of(self.double)]
        told += [f"{move.model._meta.label}:{[row.pk for row in move.rows]}" for move in self.moves]
        told += [f"{row.pk}:{row.valid_from}:{row.valid_to}" for row in self.memberships.line]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]

    def objections(self, scope: Scope) -> list[str]:
        """Return why it cannot be done, as far as this scope may know; the rest as one sentence that tells nothing."""
        seen = [each.sentence for each in self.obstacles if _all_seen(each.rows, scope)]
        return seen if len(seen) == len(self.obstacles) else [*seen, UNSEEN]


def _all_seen(rows: Iterable[models.Model], scope: Scope) -> bool:
    return all(seen_of([row], scope) for row in rows)


def seen_of(rows: Sequence[models.Model], scope: Scope) -> list[models.Model]:
    """Return those of the rows, of one model, that the scope may see."""
    if not rows:
        return []
    manager = type(rows[0])._default_manager
    if not hasattr(manager, "visible_to"):
        return []
    keys = set(manager.visible_to(scope).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    return [row for row in rows if row.pk in keys]


def references() -> list[models.ForeignKey]:
    """Return every foreign key to Person that there is, so that no table of the future is forgotten."""
    relations: Iterable[ForeignObjectRel] = (
        each for each in Person._meta.get_fields(include_hidden=True) if each.auto_created and not each.concrete
    )
    return [each.field for each in relations if isinstance(each.field, models.ForeignKey)]


def merging(kept: Person, double: Person) -> Merging:
    """Return what merging comes to; all that belongs to either, in the scope of whoever asks or not."""
    moves, obstacles = [], []
    for reference in references():
        if reference.model in BY_THEIR_OWN_RULE:
            continue
        move = _move(reference, kept, double)
        obstacles += _clashes(move, kept)
        if move.rows or move.alike:
            moves.append(move)
    memberships = join_memberships(
        *(list(person.memberships.select_related("organization").order_by("valid_from")) for person in (kept, double))
    )
    return Merging(kept, double, moves, memberships, [*obstacles, *memberships.obstacles])


def _move(reference: models.ForeignKey, kept: Person, double: Person) -> Move:
    manager = reference.model._base_manager
    rows = list(manager.filter(**{reference.name: double}).select_related(*_named_by(reference.model)).order_by("pk"))
    if not rows or not _states_facts(reference.model):
        return Move(reference, rows)
    there = {_content(row, reference) for row in manager.filter(**{reference.name: kept})}
    alike = [row for row in rows if _content(row, reference) in there]
    return Move(reference, [row for row in rows if row not in alike], alike)


def _named_by(model: type[models.Model]) -> list[str]:
    """Return the relations that a row is told by, fetched with it."""
    names = {each.name for each in model._meta.concrete_fields if each.is_relation}
    deeper = {"body": "body__term__organization", "dossier": "dossier__organization"}
    return sorted(names | {path for name, path in deeper.items() if name in names})


def _states_facts(model: type[models.Model]) -> bool:
    """Whether rows are dated facts that nothing else rests on: of two that say the same, one is enough."""
    return issubclass(model, Dated) and not model._meta.related_objects


def _content(row: models.Model, reference: models.ForeignKey) -> tuple:
    columns = [each for each in row._meta.concrete_fields if not each.primary_key and each is not reference]
    return tuple(getattr(row, each.attname) for each in columns)


# What stands in the way


def _clashes(move: Move, kept: Person) -> list[Obstacle]:
    """Return the rows that the database would not take beside those of the record that is kept."""
    name = move.field.name
    constraints = [each for each in move.model._meta.constraints if name in getattr(each, "fields", ())]
    if not move.rows or not constraints:
        return []
    there = list(move.model._base_manager.filter(**{name: kept}).order_by("pk"))
    pairs: dict[tuple, tuple] = {}
    for constraint in constraints:
        for row, other in _meeting(constraint, move, there):
            pairs.setdefault((row.pk, other.pk), (row, other))
    return [Obstacle(_sentence(move, *pair), pair) for pair in pairs.values()]


def _meeting(constraint, move: Move, there: Sequence[models.Model]) -> Iterable[tuple]:
    columns = [move.model._meta.get_field(each).attname for each in constraint.fields if each != move.field.name]
    may_meet: Callable[[models.Model, models.Model], bool] = lambda row, other: True  # noqa: E731
    if isinstance(constraint, NoOverlap):
        may_meet = _at_one_time
    elif constraint.condition is not None:
        held = move.model._base_manager.filter(constraint.condition, pk__in=[row.pk for row in (*move.rows, *there)])
        keys = set(held.values_list("pk", flat=True))
        may_meet = lambda row, other: row.pk in keys and other.pk in keys  # noqa: E731
    for row in move.rows:
        for other in there:
            same = all(getattr(row, column) == getattr(other, column) for column in columns)
            if same and may_meet(row, other):
                yield row, other


def _at_one_time(row: Dated, other: Dated) -> bool:
    if row.valid_from is None or other.valid_from is None:
        return False
    return (row.valid_to is None or other.valid_from < row.valid_to) and (
        other.valid_to is None or row.valid_from < other.valid_to
    )


def _sentence(move: Move, row: models.Model, other: models.Model) -> str:
    return (
        f"{move.label} “{row}” có ở cả hai hồ sơ trong cùng thời gian{_where(row)}. "
        "Hãy đính chính một trong hai bản ghi rồi gộp."
    )


def _where(row: models.Model) -> str:
    organization = getattr(row, "organization", None) or getattr(getattr(row, "body", None), "term", None)
    organization = getattr(organization, "organization", organization)
    return f" ({organization})" if organization else ""


# Places of membership


def join_memberships(of_kept: Sequence[Membership], of_double: Sequence[Membership]) -> Memberships:
    """Return the places of both as one line without overlap; the rows bear the days that they get.

    Overlapping times in one organisation are joined. In two organisations the later one begins where the earlier one
    ends, as a transfer would have it; one that lies wholly inside another cannot be told.
    """
    joined = Memberships()
    kept_keys = {row.pk for row in of_kept}
    for row in sorted([*of_kept, *of_double], key=lambda row: (row.valid_from, row.pk not in kept_keys)):
        last = joined.line[-1] if joined.line else None
        if last is None or (last.valid_to and last.valid_to <= row.valid_from):
            joined.line.append(row)
        elif last.organization_id == row.organization_id:
            joined.gone.append(row)
            if last.valid_to and (row.valid_to is None or row.valid_to > last.valid_to):
                last.valid_to, last.to_precision = row.valid_to, row.to_precision
        elif row.valid_from > last.valid_from and _ends_no_earlier(row, last):
            last.valid_to, last.to_precision = row.valid_from, row.from_precision
            joined.line.append(row)
        else:
            joined.obstacles.append(Obstacle(_two_places(last, row), (last, row)))
    return joined


def _ends_no_earlier(row: Membership, last: Membership) -> bool:
    return row.valid_to is None or (last.valid_to is not None and row.valid_to >= last.valid_to)


def _two_places(one: Membership, other: Membership) -> str:
    return (
        f"Hai hồ sơ ghi hai nơi sinh hoạt đảng trong cùng thời gian: {one.organization} từ {one.from_display} và "
        f"{other.organization} từ {other.from_display}. Chưa biết nơi nào đúng nên chưa gộp được."
    )


def chosen_values(kept: Person, values: Mapping[str, object]) -> Person:
    """Return the record as it would be kept with these values, not saved."""
    merged = Person.objects.get(pk=kept.pk)
    for name, value in values.items():
        setattr(merged, name, value)
    merged.compute_keys()
    return merged


# What the page shows of it


@dataclass(frozen=True)
class MoveShown:
    """A table whose rows move, as far as the reader may see them; `alike` stay because the other record has them."""

    label: str
    rows: Sequence[str]
    alike: Sequence[str]


def preview(plan: Merging, scope: Scope) -> list[MoveShown]:
    """Return what moves that the scope may see; tables of which it sees nothing are left out, so nothing is told."""
    shown = []
    for move in plan.moves:
        rows, alike = seen_of(move.rows, scope), seen_of(move.alike, scope)
        if rows or alike:
            shown.append(MoveShown(move.label, [_said(each) for each in rows], [_said(each) for each in alike]))
    return shown


def _said(row: models.Model) -> str:
    """Return the row in words without the name of the person, which the page bears."""
    name = str(getattr(row, "person", ""))
    words = str(row).removeprefix(f"{name}: ")
    return f"{words}{_where(row)}"
