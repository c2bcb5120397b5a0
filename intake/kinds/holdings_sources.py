"""What seats of old files rest on in the register: the appointment by which one began, the dossier that ended it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q

from organizations.models import Organization, Position
from personnel.ledger import LEAVES_EVERYTHING
from personnel.models import Act, ChangeItem, Dossier, EndReason, Holding, ReleaseReason

ENDS_ELSEWHERE = (*LEAVES_EVERYTHING, ReleaseReason.TRANSFER)
RESTED_ON = (Position.COMMITTEE_MEMBER, Position.INSPECTION_MEMBER)  # leaving it ends what depends on it
Ending = tuple[Dossier, ChangeItem | None]


class Sources:
    """Confirmed items that stand, congresses and reorganisations of the organisations concerned."""

    def __init__(self, items: Iterable[ChangeItem], dossiers: Iterable[Dossier]) -> None:
        self._appointments: dict[tuple, ChangeItem] = {}
        self._rises: dict[tuple, list[ChangeItem]] = defaultdict(list)
        self._releases: dict[tuple, list[ChangeItem]] = defaultdict(list)
        for item in items:
            if item.act == Act.APPOINT:
                self._appointments[item.person_id, item.body_id, item.position_id, item.effective_on] = item
                self._rises[item.person_id, item.body_id, item.effective_on].append(item)
            elif item.act == Act.RELEASE:
                self._releases[item.person_id, item.effective_on].append(item)
        self._congresses: dict[tuple, Dossier] = {}
        self._reorganizations: dict[tuple, Dossier] = {}
        for dossier in dossiers:
            if dossier.kind == Dossier.Kind.CONGRESS:
                self._congresses[dossier.organization_id, dossier.congress.congress_on] = dossier
            else:
                self._reorganizations[dossier.organization_id, dossier.reorganization.effective_on] = dossier

    @classmethod
    def load(cls, organizations: Sequence[Organization]) -> "Sources":
        """Load them by two queries; of other organisations the releases that end seats everywhere."""
        here = Q(dossier__organization__in=organizations)
        elsewhere = Q(act=Act.RELEASE, release_reason__in=ENDS_ELSEWHERE)
        items = ChangeItem.objects.filter(
            here | elsewhere, outcome=ChangeItem.Outcome.CONFIRMED, superseded_on__isnull=True
        )
        dossiers = Dossier.objects.filter(
            organization__in=organizations,
            state=Dossier.State.CONFIRMED,
            kind__in=(Dossier.Kind.CONGRESS, Dossier.Kind.REORGANIZATION),
        )
        return cls(
            items.select_related("dossier__decision", "position", "dossier__organization").order_by("pk"),
            dossiers.select_related("congress", "reorganization", "decision").order_by("pk"),
        )

    def appointment(self, holding: Holding) -> ChangeItem | None:
        """Return the standing confirmed appointment of this person to this seat, from this day."""
        return self._appointments.get((holding.person_id, holding.body_id, holding.position_id, holding.valid_from))

    def ending(self, holding: Holding) -> Ending | None:
        """Return the dossier that ended the seat on its day for its reason, with the item that did where one did."""
        organization, day = holding.body.term.organization_id, holding.valid_to
        if holding.end_reason == EndReason.END_OF_TERM:
            return _without_item(self._congresses.get((organization, day)))
        if holding.end_reason == EndReason.ORGANIZATION_ENDED and (organization, day) in self._reorganizations:
            return _without_item(self._reorganizations[organization, day])
        if holding.end_reason == EndReason.PROMOTION:
            return _by(self._rise(holding, day))
        return _by(self._release(holding))

    def _rise(self, holding: Holding, day: date) -> ChangeItem | None:
        risen = self._rises.get((holding.person_id, holding.body_id, day), ())
        higher = [item for item in risen if item.position.is_officer and item.position.rank < holding.position.rank]
        return higher[0] if higher else None

    def _release(self, holding: Holding) -> ChangeItem | None:
        """Return the release that names the seat, else one that ends what rests on it, else one from everything."""
        organization = holding.body.term.organization_id
        same = [
            item
            for item in self._releases.get((holding.person_id, holding.valid_to), ())
            if item.release_reason == holding.end_reason
        ]
        here = [item for item in same if item.dossier.organization_id == organization]
        named = [item for item in here if item.position_id == holding.position_id]
        resting = [item for item in here if item.position_id in RESTED_ON]
        elsewhere = [item for item in same if item.release_reason in ENDS_ELSEWHERE]
        return next(iter((*named, *resting, *elsewhere)), None)


def _by(item: ChangeItem | None) -> Ending | None:
    return (item.dossier, item) if item else None


def _without_item(dossier: Dossier | None) -> Ending | None:
    return (dossier, None) if dossier else None
