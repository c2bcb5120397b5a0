"""Dossiers of change, written down as data: who is asked for what, and what becomes of the dossier.

A case names people by their place ("deputy", "newcomer"), and they are looked up on the day the dossier is drafted.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from demo.world import World
from organizations.models import DocumentType, Organization, Position
from personnel.actions import ItemDraft, confirm, draft, refuse, return_to_drafter, submit, withdraw
from personnel.models import Act, ChangeItem, Dossier, Method, Person, ReleaseReason

ELECTED = Method.SUPPLEMENTARY_ELECTION
DESIGNATED = Method.DESIGNATION
UPPER_SYMBOL = "ĐUK"
EXPLANATION = "Cấp ủy đã thảo luận, thống nhất đề nghị; có báo cáo giải trình kèm theo."  # where a rule warns


@dataclass(frozen=True)
class Change:
    """One change asked for. `who` is a place in the organisation or, as "=tag", a person met before."""

    act: str
    position: str
    who: str
    method: str = ""
    reason: str = ""
    on: date | None = None  # asked for from this day; empty: from the decision's effective day
    tag: str = ""
    corrects: str = ""  # the tag of the item that this one mends


def seat(position: str, who: str, method: str = DESIGNATED, **more) -> Change:
    return Change(Act.APPOINT, position, who, method=method, **more)


def leave(position: str, who: str, reason: str = ReleaseReason.TRANSFER, **more) -> Change:
    return Change(Act.RELEASE, position, who, reason=reason, **more)


def annul(position: str, corrects: str) -> Change:
    return Change(Act.ANNUL, position, f"={corrects}.person", corrects=corrects)


@dataclass(frozen=True)
class Case:
    """A dossier and its fate: `decided` empty leaves it submitted, `submitted` empty too leaves it a draft."""

    organization: str
    changes: tuple[Change, ...]
    decided: date | None = None
    effective: date | None = None
    submitted: date | None = None
    opened: date | None = None
    fate: str = "confirmed"  # or refused, returned, withdrawn
    reason: str = ""
    by: str = "bantochuc"
    refused: tuple[int, ...] = ()  # which of the changes the decision leaves out
    corrects: str = ""  # the tag of the dossier that this one mends
    tag: str = ""

    @property
    def submitted_on(self) -> date | None:
        return self.submitted or (self.decided and self.decided - timedelta(days=12))

    @property
    def opened_on(self) -> date:
        return self.opened or self.submitted_on - timedelta(days=6)


def schedule(world: World, cases: list[Case]) -> None:
    """Lay the cases down, each on the day its dossier is drafted."""
    for case in cases:
        world.at(case.opened_on, _open, world, case)


def _open(world: World, case: Case) -> None:
    organization = world.organizations[case.organization]
    picked: list[Person] = []
    items = [_item(world, case, change, picked) for change in case.changes]
    dossier = draft(
        organization,
        kind=Dossier.Kind.CORRECTION if case.corrects else Dossier.Kind.SUPPLEMENT,
        items=items,
        corrects=_as_it_stands(world, case.corrects),
        opened_on=case.opened_on,
        by=world.users[case.by],
    )
    _remember(world, case, dossier)
    if case.submitted_on is None:
        return
    world.at(case.submitted_on, _submit, world, case, dossier)
    if case.decided:
        world.at(case.decided, _decide, world, case, dossier)


def _remember(world: World, case: Case, dossier: Dossier) -> None:
    if case.tag:
        world.tagged[case.tag] = dossier
    items = dossier.items.order_by("pk").select_related("person", "position")
    for change, item in zip(case.changes, items, strict=True):
        if change.tag:
            world.tagged[change.tag] = item
            world.tagged[f"{change.tag}.person"] = item.person


def _as_it_stands(world: World, tag: str) -> Dossier | ChangeItem | None:
    """Return what the tag names as the database holds it today: it was drafted, and has been confirmed since."""
    if not tag:
        return None
    world.tagged[tag].refresh_from_db()
    return world.tagged[tag]


def _item(world: World, case: Case, change: Change, picked: list[Person]) -> ItemDraft:
    person = find(world, case.organization, change.who, case.opened_on, picked)
    picked.append(person)
    if change.tag:
        world.tagged[f"{change.tag}.person"] = person
    elected_on = case.opened_on if change.method == ELECTED else None
    return ItemDraft(
        act=change.act,
        person=person,
        position=world.positions[change.position],
        method=change.method,
        release_reason=change.reason,
        elected_on=elected_on,
        proposed_on=change.on,
        corrects=_as_it_stands(world, change.corrects),
        vote=_vote(world, case) if elected_on else None,
    )


def _vote(world: World, case: Case) -> dict[str, int]:
    """Return a vote of the committee's conference: nearly all came, nearly all agreed."""
    summoned = max(3, len(world.holders(case.organization, Position.COMMITTEE_MEMBER, case.opened_on)))
    present = summoned - world.rng.choice((0, 0, 0, 1) if summoned > 4 else (0,))
    valid = present - world.rng.choice((0, 0, 0, 1) if present > 5 else (0,))
    in_favour = valid - world.rng.choice((0, 0, 1) if valid > 4 else (0,))
    return {
        "summoned": summoned,
        "present": present,
        "issued": present,
        "collected": present,
        "valid": valid,
        "in_favour": in_favour,
    }


# Finding people by their place


def find(world: World, code: str, who: str, day: date, picked: list[Person]) -> Person:
    """Return the person at the place `who` in the organisation on the day, none of whom `picked` holds already."""
    if who.startswith("="):
        return world.tagged[who[1:]]
    if who == "newcomer":
        return world.newcomer(code)
    if who == "elder":
        return world.elders[code]
    held = world.seats(code, day)
    if who in (Position.SECRETARY, Position.DEPUTY_SECRETARY, Position.INSPECTION_CHAIR):
        return held[who][0]
    inside, outside = PLACES[who]
    avoided = {person for position in outside for person in held[position]} | set(picked)
    avoided |= {world.elders[code]} if code in world.elders else set()
    for person in reversed(held[inside]):
        if person not in avoided:
            return person
    raise LookupError(f"nobody is “{who}” in {code} on {day}")


OFFICERS = (Position.SECRETARY, Position.DEPUTY_SECRETARY)
# A place: a position held, and the positions that whoever is meant does not hold.
PLACES = {
    "member": (Position.COMMITTEE_MEMBER, (*OFFICERS, Position.STANDING_MEMBER, Position.INSPECTION_MEMBER)),
    "member outside standing": (Position.COMMITTEE_MEMBER, (*OFFICERS, Position.STANDING_MEMBER)),
    "standing member": (Position.STANDING_MEMBER, OFFICERS),
    "inspector": (Position.INSPECTION_MEMBER, (Position.INSPECTION_CHAIR, Position.INSPECTION_DEPUTY_CHAIR)),
    "inspector in committee": (Position.COMMITTEE_MEMBER, (*OFFICERS, Position.INSPECTION_CHAIR)),
    "inspection deputy": (Position.INSPECTION_DEPUTY_CHAIR, ()),
}


# What becomes of the dossier


def _submit(world: World, case: Case, dossier: Dossier) -> None:
    by = world.users[case.by]
    submission = _submission(world, case, dossier.organization)
    submit(dossier, on=case.submitted_on, by=by, submission=submission, explanation=EXPLANATION)


def _submission(world: World, case: Case, organization: Organization):
    """Record the paper that asks for the confirmation: of the organisation itself, in its own numbering."""
    symbol = {world.bloc.pk: UPPER_SYMBOL}.get(organization.pk) or (
        "ĐU" if organization.name.startswith("Đảng bộ") else "CB"
    )
    summary = f"Đề nghị chuẩn y kiện toàn {organization.committee_name}"
    return world.paper(DocumentType.SUBMISSION, organization, symbol, case.submitted_on, summary, by=case.by)


def _decide(world: World, case: Case, dossier: Dossier) -> None:
    chuany = world.users["chuany"]
    if case.fate == "refused":
        refuse(dossier, reason=case.reason, on=case.decided, by=chuany)
    elif case.fate == "returned":
        return_to_drafter(dossier, reason=case.reason, by=chuany)
    elif case.fate == "withdrawn":
        withdraw(dossier, reason=case.reason, by=world.users[case.by])
    else:
        organization = dossier.organization
        summary = f"Chuẩn y kiện toàn {organization.committee_name}"
        decision = world.decision_on(organization, case.decided, summary, case.effective)
        items = list(dossier.items.order_by("pk"))
        refused = [items[number] for number in case.refused]
        confirm(dossier, decision=decision, refused=refused, by=chuany, explanation=EXPLANATION)
