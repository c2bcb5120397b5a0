"""Writing down what was decided long ago: dossiers as they were, and the seats that people held (ADR 0020).

One hand writes it: nobody decides anything here. What is handed over has been looked through (`intake.kinds`); the
database refuses what must not be.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from common import journal
from common.errors import Refused
from common.journal import act
from common.periods import today
from organizations.actions.rights import require_right
from organizations.models import Document, Organization
from organizations.scope import Right
from personnel.actions.dossiers import next_number
from personnel.models import ChangeItem, CongressResult, Dossier, Holding, Vote

DECIDED = (Dossier.State.CONFIRMED, Dossier.State.REFUSED)
ENDS = ["valid_to", "to_precision", "ended_by", "ended_by_item", "end_reason"]


@dataclass(eq=False)
class PastDossier:
    """A dossier as old files have it, its rows not saved yet; items and dossiers may correct others handed over too."""

    row: Dossier
    congress: CongressResult | None = None
    items: list[ChangeItem] = field(default_factory=list)
    votes: list[Vote] = field(default_factory=list)


@dataclass(frozen=True)
class Source:
    """What a seat of old files rests on: a paper, or where none is known the day alone."""

    organization: Organization
    day: date
    decision: Document | None = None

    @property
    def decided_on(self) -> date:
        return self.decision.issued_on if self.decision else self.day


@dataclass(eq=False)
class PastSeat:
    """A seat of old files, its rows not saved yet.

    `item` is the appointment to be written for its begin, resting on `began`; None where one of the register stands.
    An end that no dossier of the register brought about rests on `ended`, with a release to be written (`end_item`)
    where the reason asks for one.
    """

    row: Holding
    item: ChangeItem | None = None
    began: Source | None = None
    end_item: ChangeItem | None = None
    ended: Source | None = None


@act("Ghi nhận hồ sơ kiện toàn đã giải quyết")
def record_past_dossiers(dossiers: Sequence[PastDossier], *, by) -> None:
    """Enter dossiers with their items, votes and congresses as they were; no seat begins or ends by it.

    A decided one is marked as recorded, so that one hand may have drafted and decided it; one that waits still goes on
    through the hands of the office. Raises `NotAllowed` outside the register that `by` keeps.
    """
    _require_keeping(by, (each.row.organization for each in dossiers))
    for each in dossiers:
        _sign(each.row, by)
    for some in _each_after_what_it_corrects(dossiers):
        journal.bulk_create([each.row for each in some])
        journal.bulk_create([each.congress for each in some if each.congress])
        journal.bulk_create([item for each in some for item in each.items])
        journal.bulk_create([vote for each in some for vote in each.votes])


@act("Ghi nhận chức danh đã giữ")
def record_past_seats(new: Sequence[PastSeat], ended: Sequence[PastSeat] = (), *, by) -> None:
    """Enter `new` seats, and close those `ended` that stand open in the register.

    What no dossier of the register tells of gets one: a recorded dossier "ghi nhận từ hồ sơ cũ" for each organisation
    and paper, or each day without paper, numbered among those of today. Raises `NotAllowed` outside the register that
    `by` keeps, and `Refused` when one of the seats has been closed meanwhile.
    """
    everything = [*new, *ended]
    _require_keeping(by, (each.row.body.term.organization for each in everything))
    _require_open(ended)
    dossiers = _dossiers_for(everything, by)
    journal.bulk_create(list(dossiers.values()))
    for each in everything:
        if each.item:
            each.item.dossier = dossiers[each.began]
            each.item.confirmed_on = dossiers[each.began].decided_on
        if each.ended:
            each.row.ended_by = dossiers[each.ended]
        if each.end_item:
            each.end_item.dossier = dossiers[each.ended]
            each.end_item.confirmed_on = dossiers[each.ended].decided_on
    items = [item for each in everything for item in (each.item, each.end_item) if item]
    journal.bulk_create(items)
    journal.bulk_update([each.row for each in ended], ENDS)
    journal.bulk_create([each.row for each in new])


def _require_keeping(by, organizations: Iterable[Organization]) -> None:
    for organization in set(organizations):
        require_right(by, Right.KEEP_REGISTER, organization)


def _require_open(ended: Sequence[PastSeat]) -> None:
    keys = [each.row.pk for each in ended]
    closed = Holding.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    for holding in closed.select_related("person", "position"):
        if holding.valid_to:
            raise Refused(f"Chức danh “{holding}” vừa được người khác ghi kết thúc. Hãy xem trước lại.")


def _sign(dossier: Dossier, by) -> None:
    """Say whose hand wrote it down, at each of its steps."""
    dossier.drafted_by = by
    dossier.is_recorded = dossier.state in DECIDED
    dossier.submitted_by = by if dossier.submitted_on else None
    dossier.decided_by = by if dossier.decided_on else None


def _dossiers_for(seats: Sequence[PastSeat], by) -> dict[Source, Dossier]:
    """Return a dossier for each source that a seat rests on, not saved yet, numbered on from the last of this year."""
    used = [source for each in seats for source in (each.item and each.began, each.ended) if source]
    sources = sorted(set(used), key=lambda source: (source.decided_on, source.organization.code, str(source.decision)))
    day = today()
    first = next_number(day.year) if sources else 0
    made = {}
    for number, source in enumerate(sources, start=first):
        made[source] = Dossier(
            organization=source.organization,
            kind=Dossier.Kind.HISTORY,
            state=Dossier.State.CONFIRMED,
            year=day.year,
            number=number,
            opened_on=day,
            submitted_on=source.decided_on,
            decided_on=source.decided_on,
            decision=source.decision,
        )
        _sign(made[source], by)
    return made


def _each_after_what_it_corrects(dossiers: Sequence[PastDossier]) -> Iterator[list[PastDossier]]:
    """Yield the dossiers in groups, each to be inserted before the next; the caller inserts them on the way."""
    waiting = list(dossiers)
    while waiting:
        ready = [each for each in waiting if each.row.corrects is None or each.row.corrects.pk]
        if not ready:
            raise Refused("Các hồ sơ đính chính nêu lẫn nhau nên không ghi được.")
        yield ready
        done = set(ready)
        waiting = [each for each in waiting if each not in done]
