"""The lineage of an organisation: what it came out of and what it went into, in the names of the day."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from organizations.models import Document, Organization, Reorganization, ReorganizationPart
from organizations.scope import Scope


@dataclass(frozen=True)
class Relative:
    """An organisation on one side of a reorganisation; `opens`: its own page is in the scope."""

    part: ReorganizationPart
    opens: bool

    @property
    def name(self) -> str:
        """The name that it bore there."""
        return self.part.organization_name

    @property
    def code(self) -> str:
        return self.part.organization.code


@dataclass(frozen=True)
class Event:
    """A reorganisation with the organisations before and after it; `url` is its own page, if it has one."""

    act: Reorganization
    before: Sequence[Relative]
    after: Sequence[Relative]
    url: str
    decision_opens: bool

    @property
    def taken_back_by(self) -> Reorganization | None:
        return getattr(self.act, "correction", None)


def lineage(acts: Iterable[Reorganization], scope: Scope, page_of: Callable[[Reorganization], str]) -> list[Event]:
    """Return the acts, fetched with everything, as events. Two more queries, however many there are."""
    acts = list(acts)
    keys = {part.organization_id for act in acts for part in act.parts.all()}
    visible = set(Organization.objects.visible_to(scope).filter(pk__in=keys).values_list("pk", flat=True))
    cited = {act.decision_id for act in acts}
    opening = set(Document.objects.visible_to(scope).filter(pk__in=cited).values_list("pk", flat=True))

    def on(act: Reorganization, side: str) -> list[Relative]:
        return [Relative(each, each.organization_id in visible) for each in act.parts.all() if each.side == side]

    sides = ReorganizationPart.Side
    return [
        Event(act, on(act, sides.FROM), on(act, sides.TO), page_of(act), act.decision_id in opening) for act in acts
    ]
