"""Who sits in committees: the shares of women, of people under 40, of ethnic minorities, of those re-elected.

A share is of those of whom the fact is known; whoever it is not known of is told apart, never counted as no. What an
office wants of it is a target of the day looked at (regulations.models.OFFICE_TARGETS); the product brings none.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil
from typing import Protocol

from common.formats import percent
from organizations.models import OrganizationVersion
from personnel.ages import may_be_born, years_lived
from personnel.models import Gender, Holding, Person
from planning.checks.numbers import YOUNG, is_of_minority
from regulations.models import Rule, RuleCode
from reports.dashboards.stock import Seats

OWN, BENEATH = "cap-uy", "cap-duoi"


class SomePerson(Protocol):
    """What is asked of a person, whether the name is known or not."""

    birth_date: date
    birth_precision: str
    gender: str
    ethnic_group: str


@dataclass(frozen=True)
class Member:
    """Somebody in one committee or several of a group, with the seats held there, the highest first."""

    person: Person
    seats: Sequence[Holding]
    places: Sequence[OrganizationVersion]  # of the seats
    sat_before: bool | None  # in one of these committees in an earlier term; None: not known


@dataclass(frozen=True)
class Criterion:
    """A fact that a share is of, by its name in addresses; `of` answers None where it is not known.

    `target` is the rule that says how great the share is to be; None: an office sets no target for it.
    """

    key: str
    label: str
    of: Callable[[Member, date], bool | None]
    target: RuleCode | None = None


def is_woman(person: SomePerson, day: date) -> bool | None:
    return person.gender == Gender.FEMALE if person.gender in Gender.values else None


def is_young(person: SomePerson, day: date) -> bool | None:
    """Whether the person is under 40 on `day`; None where the birthday, known in part, does not tell."""
    answers = {years_lived(born, day) < YOUNG for born in may_be_born(person.birth_date, person.birth_precision)}
    return answers.pop() if len(answers) == 1 else None


def is_of_a_minority(person: SomePerson, day: date) -> bool | None:
    return is_of_minority(person) if person.ethnic_group else None


# The facts that are a person's alone: by the names of criteria, their labels, what tells them.
OF_PEOPLE = (
    ("nu", "Nữ", is_woman),
    ("duoi-40", f"Dưới {YOUNG} tuổi", is_young),
    ("dan-toc-thieu-so", "Dân tộc thiểu số", is_of_a_minority),
)


TARGETS = {
    "nu": RuleCode.COMMITTEE_WOMEN_PERCENT,
    "duoi-40": RuleCode.COMMITTEE_YOUNG_PERCENT,
    "dan-toc-thieu-so": RuleCode.COMMITTEE_MINORITY_PERCENT,
}


def _of_person(key: str, label: str, tells: Callable[[SomePerson, date], bool | None]) -> Criterion:
    return Criterion(key, label, lambda member, day: tells(member.person, day), TARGETS[key])


def _is_new(member: Member, day: date) -> bool | None:
    return None if member.sat_before is None else not member.sat_before


CRITERIA = (
    *(_of_person(*each) for each in OF_PEOPLE),
    Criterion("tai-cu", "Tham gia từ nhiệm kỳ trước", lambda member, day: member.sat_before),
    Criterion("moi", "Tham gia lần đầu", _is_new, RuleCode.COMMITTEE_NEW_PERCENT),
)
BY_KEY = {criterion.key: criterion for criterion in CRITERIA}


@dataclass(frozen=True)
class Share:
    """How many of a group the fact is true of, out of those of whom it is known."""

    criterion: Criterion
    part: int
    base: int
    unknown: int
    target: Rule | None = None  # what the office wants on the day, if it set a target

    @property
    def in_words(self) -> str:
        """15,38 % (6/39)."""
        return percent(self.part, self.base)

    @property
    def lacking(self) -> int:
        """How many more of as many people the target wants; 0 where it is reached. Asked only where there is one."""
        return max(ceil(self.target.value * self.base / 100) - self.part, 0)


@dataclass(frozen=True)
class Group:
    """The committee of the organisation itself, or those of all beneath it; each person once."""

    key: str
    label: str
    members: Sequence[Member]
    day: date
    targets: Mapping[str, Rule] = field(default_factory=dict)  # rules of the day, by code

    @property
    def shares(self) -> list[Share]:
        return [self.share(criterion) for criterion in CRITERIA]

    def share(self, criterion: Criterion) -> Share:
        answers = [criterion.of(member, self.day) for member in self.members]
        known = [answer for answer in answers if answer is not None]
        target = self.targets.get(criterion.target) if criterion.target else None
        return Share(criterion, sum(known), len(known), len(answers) - len(known), target)

    def those(self, criterion: Criterion, *, known: bool = True) -> list[Member]:
        """Return those of whom the fact is true; with `known` False those of whom nobody knows."""
        wanted = True if known else None
        return [member for member in self.members if criterion.of(member, self.day) is wanted]


def groups_of(
    top: OrganizationVersion,
    places: Iterable[OrganizationVersion],
    seats: Mapping[int, Seats],
    day: date,
    targets: Mapping[str, Rule] | None = None,
) -> list[Group]:
    """Return the group of the organisation itself and of those beneath it, as far as somebody sits there.

    `targets` are the rules of the day by their codes, where shares are to be told beside them.
    """
    beneath = [place for place in places if place.organization_id != top.organization_id]
    label = "Cấp ủy các tổ chức trực thuộc"
    groups = [
        Group(OWN, top.committee_name, members_of([top], seats), day, targets or {}),
        Group(BENEATH, label, members_of(beneath, seats), day, targets or {}),
    ]
    return [group for group in groups if group.members]


def members_of(places: Iterable[OrganizationVersion], seats: Mapping[int, Seats]) -> list[Member]:
    """Return who sits in the committees of the places, each once, in the order of names; `seats` are of all."""
    found: dict[int, list[tuple[Holding, OrganizationVersion]]] = {}
    for place in places:
        here = seats.get(place.organization_id)
        for holding in here.committee if here else ():
            found.setdefault(holding.person_id, []).append((holding, place))
    members = [_member(theirs, seats) for theirs in found.values()]
    return sorted(members, key=lambda each: (each.person.sort_key, each.person.pk))


def _member(theirs: Sequence[tuple[Holding, OrganizationVersion]], seats: Mapping[int, Seats]) -> Member:
    places = list({place.organization_id: place for _, place in theirs}.values())
    is_told = any(seats[place.organization_id].term.tells_of_before for place in places)
    sat_before = any(holding.sat_before for holding, _ in theirs) if is_told else None
    return Member(theirs[0][0].person, [holding for holding, _ in theirs], places, sat_before)
