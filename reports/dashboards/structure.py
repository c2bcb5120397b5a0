"""Who sits in committees: the shares of women, of people under 40, of ethnic minorities, of those re-elected.

A share is of those of whom the fact is known; whoever it is not known of is told apart, never counted as no.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from common.formats import percent
from organizations.models import OrganizationVersion
from personnel.ages import may_be_born, years_lived
from personnel.models import Gender, Holding, Person
from planning.checks.numbers import YOUNG, is_of_minority
from reports.dashboards.stock import Stock

OWN, BENEATH = "cap-uy", "cap-duoi"


@dataclass(frozen=True)
class Member:
    """Somebody in one committee or several of a group, with the seats held there, the highest first."""

    person: Person
    seats: Sequence[Holding]
    places: Sequence[OrganizationVersion]  # of the seats
    sat_before: bool | None  # in one of these committees in an earlier term; None: not known


@dataclass(frozen=True)
class Criterion:
    """A fact that a share is of, by its name in addresses; `of` answers None where it is not known."""

    key: str
    label: str
    of: Callable[[Member, date], bool | None]


def _is_woman(member: Member, day: date) -> bool | None:
    return member.person.gender == Gender.FEMALE if member.person.gender in Gender.values else None


def _is_young(member: Member, day: date) -> bool | None:
    answers = {
        years_lived(born, day) < YOUNG for born in may_be_born(member.person.birth_date, member.person.birth_precision)
    }
    return answers.pop() if len(answers) == 1 else None


def _is_of_minority(member: Member, day: date) -> bool | None:
    return is_of_minority(member.person) if member.person.ethnic_group else None


def _is_new(member: Member, day: date) -> bool | None:
    return None if member.sat_before is None else not member.sat_before


CRITERIA = (
    Criterion("nu", "Nữ", _is_woman),
    Criterion("duoi-40", f"Dưới {YOUNG} tuổi", _is_young),
    Criterion("dan-toc-thieu-so", "Dân tộc thiểu số", _is_of_minority),
    Criterion("tai-cu", "Tham gia từ nhiệm kỳ trước", lambda member, day: member.sat_before),
    Criterion("moi", "Tham gia lần đầu", _is_new),
)
BY_KEY = {criterion.key: criterion for criterion in CRITERIA}


@dataclass(frozen=True)
class Share:
    """How many of a group the fact is true of, out of those of whom it is known."""

    criterion: Criterion
    part: int
    base: int
    unknown: int

    @property
    def in_words(self) -> str:
        """15,38 % (6/39)."""
        return percent(self.part, self.base)


@dataclass(frozen=True)
class Group:
    """The committee of the organisation itself, or those of all beneath it; each person once."""

    key: str
    label: str
    members: Sequence[Member]
    day: date

    @property
    def shares(self) -> list[Share]:
        return [self.share(criterion) for criterion in CRITERIA]

    def share(self, criterion: Criterion) -> Share:
        answers = [criterion.of(member, self.day) for member in self.members]
        known = [answer for answer in answers if answer is not None]
        return Share(criterion, sum(known), len(known), len(answers) - len(known))

    def those(self, criterion: Criterion, *, known: bool = True) -> list[Member]:
        """Return those of whom the fact is true; with `known` False those of whom nobody knows."""
        wanted = True if known else None
        return [member for member in self.members if criterion.of(member, self.day) is wanted]


def groups_of(top: OrganizationVersion, places: Iterable[OrganizationVersion], stock: Stock, day: date) -> list[Group]:
    """Return the group of the organisation itself and of those beneath it, as far as somebody sits there."""
    beneath = [place for place in places if place.organization_id != top.organization_id]
    label = "Cấp ủy các tổ chức trực thuộc"
    groups = [
        Group(OWN, top.committee_name, _members([top], stock), day),
        Group(BENEATH, label, _members(beneath, stock), day),
    ]
    return [group for group in groups if group.members]


def _members(places: Iterable[OrganizationVersion], stock: Stock) -> list[Member]:
    found: dict[int, list[tuple[Holding, OrganizationVersion]]] = {}
    for place in places:
        here = stock.seats.get(place.organization_id)
        for holding in here.committee if here else ():
            found.setdefault(holding.person_id, []).append((holding, place))
    members = [_member(theirs, stock) for theirs in found.values()]
    return sorted(members, key=lambda each: (each.person.sort_key, each.person.pk))


def _member(theirs: Sequence[tuple[Holding, OrganizationVersion]], stock: Stock) -> Member:
    places = list({place.organization_id: place for _, place in theirs}.values())
    is_told = any(stock.seats[place.organization_id].term.tells_of_before for place in places)
    sat_before = any(holding.sat_before for holding, _ in theirs) if is_told else None
    return Member(theirs[0][0].person, [holding for holding, _ in theirs], places, sat_before)
