"""Congresses: who is elected, and the dossier by which the result is confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from demo.accounts import BLOC_CODE
from demo.cases import EXPLANATION
from demo.elders import ELDERS
from demo.world import World
from organizations.models import Organization, Position
from personnel.actions import ItemDraft, confirm, draft, submit
from personnel.models import Act, Dossier, Gender, Method, Person

# Whoever is born later can serve out a term that begins in 2025.
RE_ELECTED_BORN_AFTER = {Gender.MALE: date(1968, 6, 1), Gender.FEMALE: date(1972, 6, 1)}


@dataclass(frozen=True)
class Congress:
    """A congress to hold: its term, how many are elected, and which seats approved were left open."""

    organization: str
    day: date
    label: str
    ordinal: int
    planned_end: date
    committee: int
    standing: int = 0
    inspection: int = 0
    deputies: int = 1
    left_open: Mapping[str, int] = field(default_factory=dict)  # seats approved and not filled, by position


@dataclass
class Slate:
    """Who is elected to what."""

    committee: list[Person]
    secretary: Person
    deputies: list[Person] = field(default_factory=list)
    standing: list[Person] = field(default_factory=list)
    inspection: list[Person] = field(default_factory=list)

    def seats(self) -> list[tuple[Person, str]]:
        """Return every holding that the congress begins: an officer also holds the seats that the office needs."""
        seats = [(person, Position.COMMITTEE_MEMBER) for person in self.committee]
        seats += [(person, Position.STANDING_MEMBER) for person in self.standing]
        seats += [(self.secretary, Position.SECRETARY)]
        seats += [(person, Position.DEPUTY_SECRETARY) for person in self.deputies]
        seats += [(person, Position.INSPECTION_MEMBER) for person in self.inspection]
        if self.inspection:
            seats.append((self.inspection[0], Position.INSPECTION_CHAIR))
        if len(self.inspection) > 2:
            seats.append((self.inspection[1], Position.INSPECTION_DEPUTY_CHAIR))
        return seats


def hold(world: World, congress: Congress, *, reported_after: int = 4, confirmed_after: int = 16) -> None:
    """Lay down the congress: its dossier is drafted, reported (DOMAIN.md §4: within 7 working days) and confirmed."""
    world.at(congress.day + timedelta(days=1), _report, world, congress, reported_after, confirmed_after)


def _report(world: World, congress: Congress, reported_after: int, confirmed_after: int) -> None:
    organization = world.organizations[congress.organization]
    slate = elect(world, congress)
    world.seat(congress.organization, [person for person, _ in slate.seats()])
    dossier = draft(
        organization,
        kind=Dossier.Kind.CONGRESS,
        items=[_elected(world, congress, person, position) for person, position in slate.seats()],
        congress=_result(congress),
        opened_on=congress.day + timedelta(days=1),
        by=world.users["bantochuc"],
    )
    reported = congress.day + timedelta(days=reported_after)
    confirmed = congress.day + timedelta(days=confirmed_after)
    world.at(reported, submit, dossier, on=reported, by=world.users["bantochuc"], explanation=EXPLANATION)
    world.at(confirmed, _confirm, world, dossier, organization, confirmed, congress)


def _confirm(world: World, dossier: Dossier, organization: Organization, day: date, congress: Congress) -> None:
    summary = f"Chuẩn y kết quả bầu cử tại Đại hội {organization.name} nhiệm kỳ {congress.label}"
    decision = world.decision_on(organization, day, summary)
    confirm(dossier, decision=decision, by=world.users["chuany"], explanation=EXPLANATION)


def _elected(world: World, congress: Congress, person: Person, position: str) -> ItemDraft:
    return ItemDraft(
        act=Act.APPOINT,
        person=person,
        position=world.positions[position],
        method=Method.CONGRESS,
        elected_on=congress.day,
    )


def _result(congress: Congress) -> Mapping[str, object]:
    return {
        "label": congress.label,
        "ordinal": congress.ordinal,
        "congress_on": congress.day,
        "planned_end": congress.planned_end,
        "committee_size": _size(congress, congress.committee, Position.COMMITTEE_MEMBER),
        "standing_size": _size(congress, congress.standing, Position.STANDING_MEMBER),
        "inspection_size": _size(congress, congress.inspection, Position.INSPECTION_MEMBER),
    }


def _size(congress: Congress, elected: int, position: str) -> int | None:
    return elected + congress.left_open.get(position, 0) if elected else None


# Who is elected


def elect(world: World, congress: Congress) -> Slate:
    """Return the slate: those who can serve on are re-elected in their places, newcomers fill the rest."""
    code = congress.organization
    former = world.seats(code, congress.day)
    staying = _staying(world, former[Position.COMMITTEE_MEMBER])
    elders = [world.elders[code]] if code in world.elders and congress.day < ELDERS[code].leaves else []
    committee = [*elders, *[person for person in staying if person not in elders]][: congress.committee]
    while len(committee) < congress.committee:
        committee.append(world.newcomer(code))
    officers = _in_order_of_office(world, code, committee, former)
    if elders and not ELDERS[code].is_secretary:
        officers = [person for person in officers if person not in elders] + elders
    secretary, deputies = officers[0], officers[1 : 1 + congress.deputies]
    return Slate(
        committee=committee,
        secretary=secretary,
        deputies=deputies,
        standing=officers[: congress.standing],
        inspection=_inspection(world, congress, officers, former[Position.INSPECTION_MEMBER]),
    )


def _staying(world: World, sitting: list[Person]) -> list[Person]:
    """Return the sitting members who can serve another term; one in eight leaves all the same."""
    return [
        person
        for person in sitting
        if person.birth_date >= RE_ELECTED_BORN_AFTER[person.gender] and world.rng.random() > 0.12
    ]


def _in_order_of_office(
    world: World, code: str, committee: list[Person], former: Mapping[str, list[Person]]
) -> list[Person]:
    """Return the committee with its officers first, then the standing committee, then by age."""
    order = [world.elders[code]] if code in world.elders and ELDERS[code].is_secretary else []
    for position in (Position.SECRETARY, Position.DEPUTY_SECRETARY, Position.STANDING_MEMBER):
        order += former[position]
    by_age = sorted(committee, key=lambda person: (person.birth_date, person.pk))
    order += committee if code == BLOC_CODE else by_age  # the bloc's candidates come in order of office already
    return [person for person in dict.fromkeys(order) if person in committee]


def _inspection(world: World, congress: Congress, officers: list[Person], sitting: list[Person]) -> list[Person]:
    """Return the inspection committee, chair and deputy chair first: two from the committee, the others not."""
    if not congress.inspection:
        return []
    after_standing = max(congress.standing, 1 + congress.deputies)
    chair = officers[after_standing - 1]
    from_committee = [chair, *officers[after_standing : after_standing + 1]]
    outside = [person for person in sitting if person not in officers and world.rng.random() > 0.3]
    members = [*from_committee, *outside][: congress.inspection]
    while len(members) < congress.inspection:
        members.append(world.newcomer(congress.organization))
    return members
