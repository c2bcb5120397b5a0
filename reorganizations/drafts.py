"""What is asked for in a reorganisation, before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from organizations.models import Organization, Position, Reorganization
from personnel.models import Person

Kind = Reorganization.Kind
STAYS = -1  # in place of the number of a successor: it stays with the organisation that goes on

ENDING = (Kind.MERGED, Kind.SPLIT, Kind.DISSOLVED)  # an organisation ends, a split one unless it goes on


class Plans(StrEnum):
    """What becomes of those in the plan of an organisation that ends."""

    CLOSE = "close"
    CARRY = "carry"


@dataclass(frozen=True)
class TermDraft:
    """The first term of a new organisation, opened by designation; `sizes` by kind of body."""

    label: str
    planned_end: date
    sizes: Mapping[str, int]
    ordinal: int = 1


@dataclass(frozen=True)
class Successor:
    """An organisation that members, organisations beneath and plans go to.

    A new one has a code, name, kind and superior (None: at the top of the tree); an `organization` stands already.
    `official` and `probationary` are how many members come to it; None where nobody counts them.
    """

    organization: Organization | None = None
    code: str = ""
    name: str = ""
    short_name: str = ""
    kind: str = ""
    parent: Organization | None = None
    term: TermDraft | None = None
    seats: tuple[tuple[Person, Position], ...] = ()
    official: int | None = None
    probationary: int | None = None

    @property
    def is_new(self) -> bool:
        return self.organization is None

    @property
    def called(self) -> str:
        return self.name if self.is_new else self.organization.name

    @property
    def members(self) -> tuple[int, int] | None:
        """Official and probationary members who come; None while they are not counted."""
        return None if self.official is None else (self.official, self.probationary or 0)


@dataclass(frozen=True)
class Draft:
    """One act on organisations.

    `sources` are those it begins from: the one renamed, changed, transferred, split or dissolved, those merged; none
    when one is established. `places` and `members` name the successor (its number, or STAYS) of organisations directly
    beneath and of people, by their keys; whoever is not named goes to the first, or stays where the source goes on.
    """

    kind: str
    effective_on: date
    sources: tuple[Organization, ...] = ()
    successors: tuple[Successor, ...] = ()
    name: str = ""
    short_name: str = ""
    new_kind: str = ""
    new_parent: Organization | None = None
    goes_on: bool = False  # a split source that is not ended
    plans: str = Plans.CLOSE
    places: Mapping[int, int] = field(default_factory=dict)
    members: Mapping[int, int] = field(default_factory=dict)
    note: str = ""

    @property
    def source(self) -> Organization:
        """The only one it begins from."""
        return self.sources[0]

    @property
    def ended(self) -> tuple[Organization, ...]:
        """The organisations that end."""
        return self.sources if self.kind in ENDING and not self.goes_on else ()

    @property
    def default(self) -> int:
        """Where all go of whom nothing else is said."""
        return STAYS if self.goes_on else 0

    @property
    def concerned(self) -> list[Organization]:
        """Every organisation of the register that the act touches by name: over each of them it needs the right."""
        named = [*self.sources, *(each.organization or each.parent for each in self.successors), self.new_parent]
        return list({each.pk: each for each in named if each}.values())

    @property
    def makes_a_top(self) -> bool:
        """Whether an organisation at the top of the tree is new."""
        return any(each.is_new and each.parent is None for each in self.successors)

    def called(self, number: int) -> str:
        """Return the name of the successor of this number, or of the source where it stays."""
        return self.source.name if number == STAYS else self.successors[number].called

    @property
    def sentence(self) -> str:
        """What it does, in one sentence: it stays readable on the act when a correction has taken it back."""
        froms = ", ".join(each.name for each in self.sources)
        into = ", ".join(each.called for each in self.successors)
        label = Reorganization.Kind(self.kind)
        if label is Kind.ESTABLISHED:
            return f"Thành lập {into}"
        if label is Kind.RENAMED:
            return f"Đổi tên {froms} thành {self.name}"
        if label is Kind.KIND_CHANGED:
            return f"Chuyển loại hình {froms}" + (f" thành {self.name}" if self.name else "")
        if label is Kind.TRANSFERRED:
            return f"Chuyển giao {froms} về {self.new_parent.name if self.new_parent else 'cấp trên mới'}"
        if label is Kind.MERGED:
            joins = "Hợp nhất" if all(each.is_new for each in self.successors) else "Sáp nhập"
            return f"{joins} {froms} {'thành' if joins == 'Hợp nhất' else 'vào'} {into}"
        if label is Kind.SPLIT:
            return f"{'Tách' if self.goes_on else 'Chia'} {froms} thành {into}"
        return f"Kết thúc hoạt động {froms}" + (f", chuyển về {into}" if into else "")
