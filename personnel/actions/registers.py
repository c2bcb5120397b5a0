"""Writes of people in bulk: an office's own register of its members, where they are members, measures against them."""

from collections.abc import Sequence

from common import journal
from common.errors import NotAllowed
from common.journal import act
from organizations.models import Organization
from organizations.scope import Right
from personnel.models import Discipline, Membership, Person


@act("Ghi nhận đảng viên từ hồ sơ cũ")
def record_people(
    new: Sequence[Person],
    amended: Sequence[Person],
    memberships: Sequence[Membership],
    measures: Sequence[Discipline] = (),
    *,
    ended: Sequence[Membership] = (),
    fields: Sequence[str],
    by,
) -> None:
    """Enter new people, save `fields` of those amended, and enter memberships and measures of either.

    Memberships `ended` are of the register and have got an end; those that begin elsewhere come after them.

    Raises `NotAllowed` where `by` does not keep the register of an organisation that a membership is of. Rights over
    people who are amended are the caller's to check: it knows where they are members.
    """
    for organization in {each.organization for each in (*memberships, *ended)}:
        _require_keeping(by, organization)
    for person in (*new, *amended):
        person.compute_keys()
    journal.bulk_create(new)
    journal.bulk_update(amended, [*fields, "sort_key", "search_key"] if fields else [])
    for each in (*memberships, *measures):
        each.person = each.person  # takes over the key that it has by now, and keeps it at hand
    journal.bulk_update(ended, ["valid_to", "to_precision"])
    journal.bulk_create(memberships)
    journal.bulk_create(measures)


def _require_keeping(by, organization: Organization) -> None:
    if not by.scope.covers(organization.path, Right.KEEP_REGISTER):
        raise NotAllowed(f"Bạn không có quyền ghi đảng viên của {organization.name}.")
