"""The figures of an office: the standard ones in the units that it prints, and its own."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from common.periods import Period
from organizations.models import OrganizationVersion
from organizations.scope import Scope
from reports.catalogue import STANDARD, Catalogue
from reports.families import has_any
from reports.figures import Counted, Figure
from reports.frame import Frame
from reports.models import ClosedFigure, OfficeFigure
from reports.records import InUnit, in_every_unit


@dataclass(frozen=True)
class Office:
    """The figures set for an organisation and in use, those of superiors first."""

    figures: tuple[OfficeFigure, ...] = ()

    @property
    def catalogue(self) -> Catalogue:
        """The standard figures as they are declared, and the office's own."""
        return replace(STANDARD, own=tuple(each.figure for each in self.figures if each.is_own))

    @property
    def printed(self) -> Catalogue:
        """The same in the units of the report; what was chosen nearest to the organisation holds."""
        return self.catalogue.printed_in(
            {each.key: Counted(each.unit) for each in self.figures if not each.is_own},
        )


def office_of(organization: OrganizationVersion, scope: Scope) -> Office:
    """Return the figures that hold for the organisation where it stood. One query."""
    found = OfficeFigure.objects.visible_to(scope).in_use().holding_at(organization.path)
    return Office(tuple(in_order(found, organization.path)))


def in_order(figures: Iterable[OfficeFigure], path: str) -> list[OfficeFigure]:
    """Return figures that hold at `path`, those set nearest to it last; of one organisation the oldest first."""
    places = path.split("/")
    return sorted(figures, key=lambda each: (places.index(str(each.organization_id)), each.pk))


def catalogue_of_closing(kept: Iterable[ClosedFigure]) -> Catalogue:
    """Return the figures by which closed books are read again: those of then, in the units of then.

    An own figure is among them when the books kept it, in use or not.
    """
    counted = {figure.key: Counted(figure.counts) for figure in kept if figure.counts}
    own = {each.key: each.figure for each in OfficeFigure.objects.own().filter(key__in=counted)}
    catalogue = replace(STANDARD, own=tuple(own[key] for key in counted if key in own))
    return catalogue.printed_in(counted)


@dataclass(frozen=True)
class InPeriod:
    """What a figure comes to in a period: in its own unit, then in the others. No data: the register knows nothing."""

    period: Period
    chosen: InUnit
    others: tuple[InUnit, ...]
    has_data: bool


@dataclass(frozen=True)
class Trial:
    """What a figure that is being put together would count: its rule, and how many in this year and the one before."""

    rule: str
    periods: tuple[InPeriod, ...]


def tried(figure: Figure | None, frame: Frame) -> Trial | None:
    """Return what the figure counts in the frame and in the period beside it; None for no figure. Four queries."""
    if figure is None:
        return None
    return Trial(figure.rule, tuple(_in_units(figure, each) for each in (frame, frame.before)))


def _in_units(figure: Figure, frame: Frame) -> InPeriod:
    units = in_every_unit(figure, frame)
    [chosen] = [each for each in units if each.chosen]
    others = tuple(each for each in units if not each.chosen)
    return InPeriod(frame.period, chosen, others, has_data=has_any(figure.family, frame))
