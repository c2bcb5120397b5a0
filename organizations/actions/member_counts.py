"""Writes of member counts: one count, the counts of a whole quarter, the correction of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from common import journal
from common.errors import Outdated, Refused
from common.formats import short_day
from common.journal import act
from common.periods import today
from organizations.actions.organizations import lock_organizations
from organizations.actions.rights import require_right
from organizations.models import MemberCount, Organization
from organizations.scope import Right

NUMBERS = ["official", "probationary"]


@dataclass(frozen=True)
class CountEntry:
    """How many members an organisation had on a day, as it is typed.

    `known` is the count that stood there when the typing began, which the entry replaces; None where none stood.
    """

    organization: Organization
    counted_on: date
    official: int
    probationary: int
    known: MemberCount | None = None

    @property
    def is_unchanged(self) -> bool:
        known = self.known
        return bool(known) and (known.official, known.probationary) == (self.official, self.probationary)


@act("Ghi nhận số lượng đảng viên")
def record_member_count(
    organization: Organization, *, counted_on: date, official: int, probationary: int, by
) -> MemberCount:
    """Enter how many members the organisation had on a day. Raises `Refused` for a day that has not come."""
    require_right(by, Right.KEEP_REGISTER, organization)
    _require_past(counted_on)
    return MemberCount.objects.create(
        organization=organization, counted_on=counted_on, official=official, probationary=probationary
    )


@act("Ghi nhận số lượng đảng viên theo quý")
def record_member_counts(entries: Sequence[CountEntry], *, by) -> int:
    """Enter or correct many counts, all or none; return how many were written. What is unchanged is left alone.

    Raises `NotAllowed` when one lies outside the right, `Refused` for a day that has not come, and `Outdated` when
    somebody has entered, moved or corrected one of the counts since the typing began.
    """
    changed = [entry for entry in entries if not entry.is_unchanged]
    for entry in changed:
        require_right(by, Right.KEEP_REGISTER, entry.organization)
        _require_past(entry.counted_on)
    standing = _lock(changed)
    for entry in changed:
        _require_as_seen(entry, standing)
    new = [_row(entry) for entry in changed if entry.known is None]
    mended = []
    for entry in changed:
        if entry.known is not None:
            row = standing[entry.organization.pk, entry.known.counted_on]
            row.official, row.probationary = entry.official, entry.probationary
            mended.append(row)
    journal.bulk_create(new)
    journal.bulk_update(mended, NUMBERS)
    return len(changed)


def _row(entry: CountEntry) -> MemberCount:
    return MemberCount(
        organization=entry.organization,
        counted_on=entry.counted_on,
        official=entry.official,
        probationary=entry.probationary,
    )


def _lock(entries: Sequence[CountEntry]) -> dict[tuple[int, date], MemberCount]:
    """Lock the organisations, so that two who enter the same quarter wait for each other; return their counts."""
    keys = [entry.organization.pk for entry in entries]
    lock_organizations(keys)
    days = {entry.known.counted_on if entry.known else entry.counted_on for entry in entries}
    counts = MemberCount.objects.filter(organization__in=keys, counted_on__in=days).select_related("organization")
    return {(each.organization_id, each.counted_on): each for each in counts}


def _require_as_seen(entry: CountEntry, standing: dict[tuple[int, date], MemberCount]) -> None:
    known = entry.known
    found = standing.get((entry.organization.pk, known.counted_on if known else entry.counted_on))
    seen = known and (known.official, known.probationary)
    if (found and (found.official, found.probationary)) != seen:
        raise Outdated(f"Số liệu của {entry.organization} vừa được người khác ghi. Hãy tải lại trang rồi nhập tiếp.")


@act("Sửa số lượng đảng viên")
def correct_member_count(
    count: MemberCount, *, official: int, probationary: int, by, reason: str, counted_on: date | None = None
) -> MemberCount:
    """Correct a count, and its day where `counted_on` is another; the journal keeps what it said, and why.

    Raises `Refused` without a reason, for a day that has not come, or where another count of that day stands.
    """
    count = MemberCount.objects.select_for_update(of=("self",)).select_related("organization").get(pk=count.pk)
    require_right(by, Right.KEEP_REGISTER, count.organization)
    if not reason.strip():
        raise Refused("Hãy ghi rõ lý do sửa.")
    day = counted_on or count.counted_on
    _require_past(day)
    if MemberCount.objects.filter(organization=count.organization, counted_on=day).exclude(pk=count.pk).exists():
        raise Refused(f"Đã có số liệu tính đến ngày {short_day(day)} của {count.organization}.")
    count.counted_on, count.official, count.probationary = day, official, probationary
    count.save(update_fields=["counted_on", *NUMBERS])
    return count


def _require_past(day: date) -> None:
    if day > today():
        raise Refused(f"Ngày {short_day(day)} chưa đến nên chưa có số liệu.")
