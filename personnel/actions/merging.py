"""Acts on records that seem to be of one person: told apart, or merged."""

from collections.abc import Mapping, Sequence

from django.db.models import Q

from common import journal
from common.errors import Outdated, Refused, WrongState
from common.journal import act
from common.periods import today
from organizations.actions import require_right
from organizations.scope import Right
from personnel.merging import Memberships, Merging, merging
from personnel.models import DistinctPeople, Membership, Person
from personnel.particulars import FIELDS, contradictions
from personnel.rights import place_of


@act("Xác định không trùng hồ sơ")
def tell_apart(one: Person, other: Person, *, by) -> DistinctPeople:
    """Keep that two records that look alike are of two people. A second time returns what was kept the first time."""
    first, second = _locked(one, other)
    for person in (first, second):
        require_right(by, Right.DRAFT, place_of(person))
    told, _ = DistinctPeople.objects.get_or_create(
        first=first, second=second, defaults={"said_on": today(), "said_by": by}
    )
    return told


@act("Gộp hồ sơ trùng")
def merge_people(
    kept: Person, double: Person, values: Mapping[str, object], *, by, reason: str, edition: str | None = None
) -> Person:
    """Move all that belongs to `double` to `kept`, which takes the `values` (fields of Person); return `kept`.

    The double stays, without anything of its own, and names the record that it went into. `edition` is that of the
    plan that the writer saw (`Merging.edition`). Raises `NotAllowed` without the right to draft where both are
    members, `WrongState` when one of them was merged before, `Outdated` when something changed since, and `Refused`
    when the two have what cannot be of one person, or the values contradict each other.
    """
    if kept.pk == double.pk:
        raise Refused("Hãy chọn hai hồ sơ khác nhau để gộp.")
    if not reason.strip():
        raise Refused("Hãy ghi rõ lý do gộp.")
    people = {person.pk: person for person in _locked(kept, double)}
    kept, double = people[kept.pk], people[double.pk]
    for person in (kept, double):
        require_right(by, Right.DRAFT, place_of(person))
        if person.merged_into_id:
            raise WrongState(f"Hồ sơ của {person} đã được gộp trước đó.")
    plan = merging(kept, double)
    if edition is not None and edition != plan.edition:
        raise Outdated("Một trong hai hồ sơ vừa được thay đổi. Hãy xem lại trước khi gộp.")
    if objections := plan.objections(by.scope):
        raise Refused(" ".join(objections))
    _move_rows(plan)
    _join(plan.memberships, kept)
    _keep_told_apart(kept, double)
    _give_values(kept, double, values)
    return kept


def _locked(one: Person, other: Person) -> Sequence[Person]:
    """Return both as the database holds them, the older record first, locked until the transaction ends."""
    return list(Person.objects.select_for_update().filter(pk__in=(one.pk, other.pk)).order_by("pk"))


def _move_rows(plan: Merging) -> None:
    for move in plan.moves:
        for row in move.rows:
            setattr(row, move.field.name, plan.kept)
        journal.bulk_update(move.rows, [move.field.name])


def _join(memberships: Memberships, kept: Person) -> None:
    """Write the line: what is included goes, what is cut is cut before anything grows, then all is of one person."""
    journal.bulk_delete(memberships.gone)
    before = Membership.objects.in_bulk([row.pk for row in memberships.line])
    cut = [row for row in memberships.line if row.valid_to and _ended_later(before[row.pk], row)]
    grown = [row for row in memberships.line if row not in cut and before[row.pk].valid_to != row.valid_to]
    for rows in (cut, grown):
        journal.bulk_update(rows, ["valid_to", "to_precision"])
    moved = [row for row in memberships.line if row.person_id != kept.pk]
    for row in moved:
        row.person = kept
    journal.bulk_update(moved, ["person"])


def _ended_later(before: Membership, after: Membership) -> bool:
    return before.valid_to is None or before.valid_to > after.valid_to


def _keep_told_apart(kept: Person, double: Person) -> None:
    """Whoever was told apart from the double is told apart from the one kept; what was said of the double stays."""
    pairs = DistinctPeople.objects.filter(Q(first=double) | Q(second=double)).select_related("first", "second")
    for pair in pairs:
        other = pair.second if pair.first_id == double.pk else pair.first
        if other.pk != kept.pk:
            first, second = sorted((kept, other), key=lambda person: person.pk)
            said = {"said_on": pair.said_on, "said_by_id": pair.said_by_id}
            DistinctPeople.objects.get_or_create(first=first, second=second, defaults=said)


def _give_values(kept: Person, double: Person, values: Mapping[str, object]) -> None:
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise ValueError(f"no particulars of a person: {sorted(unknown)}")
    for name, value in values.items():
        setattr(kept, name, value)
    if found := contradictions(kept):
        raise Refused(" ".join(sentence for _, sentence in found))
    if kept.card_number and kept.card_number == double.card_number:
        double.card_number = ""  # a card belongs to one record
    double.merged_into = kept
    double.save()
    kept.save()
