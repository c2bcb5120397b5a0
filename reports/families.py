"""The records that figures count: for each family, which rows lie in a frame, which count and which still wait.

All three answer the same questions: `rows(frame)`, `condition(figure, frame)`, `counted(frame)`, `pending(frame)`,
`unit_fields`, the field that tells one unit (item, person, organisation, decision) from another, and `named(rows,
frame)`, the rows with the organisation's name as the report writes it (`name_then`).
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable

from organizations.models import OrganizationVersion
from organizations.querysets import name_on
from organizations.scope import Right
from personnel.models import ChangeItem, Dossier, Method
from personnel.models.dossiers import Act
from personnel.querysets import in_effect, waiting
from planning.models import PlanApproval, PlanEntry
from planning.querysets import approved, awaiting_approval, in_plan, submitted
from reports.figures import Counted, Family, Figure, Level
from reports.frame import Frame

# Dossiers whose items are no turns of strengthening a committee (lượt củng cố, kiện toàn); nor are what mends them.
NO_CHANGES_OF_A_TERM = (Dossier.Kind.REORGANIZATION, Dossier.Kind.HISTORY)
TOLD_BY = ("dossier", "dossier__corrects", "dossier__corrects__corrects")


def _standing(frame: Frame, organization: str, day: date | Combinable) -> QuerySet:
    """Return the version, on `day`, of a row's organisation, where it stands in the frame's part of the tree."""
    versions = OrganizationVersion.objects.as_of(day).under(frame.organization.organization_id)
    return versions.filter(organization=OuterRef(organization))


class Changes:
    """Change items: each placed by its own day, in the tree as it stood on that day."""

    unit_fields = {
        Counted.ITEMS: "pk",
        Counted.PEOPLE: "person",
        Counted.ORGANIZATIONS: "dossier__organization",
        Counted.DECISIONS: "dossier__decision",
    }

    def rows(self, frame: Frame) -> QuerySet:
        """Return the items of the frame's period and of the one that it is compared with; what a congress, a
        reorganisation or an old file brings is no change of a term."""
        periods = [Q(day__gte=each.period.first, day__lt=each.period.end) for each in (frame, frame.before)]
        items = ChangeItem.objects.visible_to(frame.scope).filter(periods[0] | periods[1])
        version = _standing(frame, "dossier__organization", OuterRef("day"))
        return (
            items.exclude(Q(method=Method.CONGRESS) | Q(act=Act.ANNUL) | _tells_of_a_past_act())
            .annotate(kind_then=Subquery(version.values("kind")[:1]), name_then=Subquery(version.values("name")[:1]))
            .filter(kind_then__isnull=False)
        )

    def condition(self, figure: Figure, frame: Frame) -> Q:
        condition = figure.where & self._at_level(figure.level, frame)
        for excluded in figure.excludes:
            if frame.tells_of(excluded.level):  # what is not told counts nothing
                condition &= ~self.condition(excluded, frame)
        return condition

    def _at_level(self, level: Level | None, frame: Frame) -> Q:
        if level is None:
            return Q()
        at_level = Q(kind_then__in=level.kinds)
        if level is not Level.GRASSROOTS:
            at_level &= Q(dossier__organization=frame.organization.organization_id)
        return at_level

    def counted(self, frame: Frame) -> Q:
        return in_effect(frame.period, frame.as_at)

    def pending(self, frame: Frame) -> Q:
        return waiting(frame.period, frame.as_at)

    def named(self, rows: QuerySet, frame: Frame) -> QuerySet:
        """Return the rows as they are: each has the name of its own day already."""
        return rows


def _tells_of_a_past_act() -> Q:
    """Return the condition that an item stands in such a dossier, or in one that corrects it."""
    condition = Q()
    for dossier in TOLD_BY:
        condition |= Q(**{f"{dossier}__kind__in": NO_CHANGES_OF_A_TERM})
    return condition


class Entries:
    """Plan entries: a stock, counted on the last day of the period."""

    unit_fields = {
        Counted.ITEMS: "pk",
        Counted.PEOPLE: "person",
        Counted.ORGANIZATIONS: "organization",
        Counted.DECISIONS: "approval__decision",
    }

    def rows(self, frame: Frame) -> QuerySet:
        """Return the entries of the frame's plan term. Counting them takes no right to the names in them."""
        return PlanEntry.objects.visible_to(frame.scope, Right.VIEW).filter(plan_term=frame.plan_term)

    def condition(self, figure: Figure, frame: Frame) -> Q:
        if figure.level is Level.BLOC:
            return figure.where & Q(organization=frame.organization.organization_id)
        return figure.where & Q(Exists(_standing(frame, "organization", frame.day).filter(kind__in=figure.level.kinds)))

    def counted(self, frame: Frame) -> Q:
        return in_plan(frame.period.last, frame.as_at)

    def pending(self, frame: Frame) -> Q:
        return awaiting_approval(frame.period.last, frame.as_at)

    def named(self, rows: QuerySet, frame: Frame) -> QuerySet:
        return _named_on(frame.day, rows)


class Approvals:
    """Plans of organisations: a stock, counted on the last day of the period in the tree of that day."""

    unit_fields = {Counted.ITEMS: "pk", Counted.ORGANIZATIONS: "organization", Counted.DECISIONS: "decision"}

    def rows(self, frame: Frame) -> QuerySet:
        return PlanApproval.objects.visible_to(frame.scope).filter(round__plan_term=frame.plan_term)

    def condition(self, figure: Figure, frame: Frame) -> Q:
        standing = _standing(frame, "organization", frame.day).filter(kind__in=figure.level.kinds)
        return figure.where & Q(Exists(standing))

    def counted(self, frame: Frame) -> Q:
        return approved(frame.period.last, frame.as_at)

    def pending(self, frame: Frame) -> Q:
        return submitted(frame.period.last, frame.as_at)

    def named(self, rows: QuerySet, frame: Frame) -> QuerySet:
        return _named_on(frame.day, rows)


def _named_on(day: date, rows: QuerySet) -> QuerySet:
    """Annotate `name_then`, the name that the row's organisation bore on `day`."""
    return rows.annotate(name_then=name_on(day))


FAMILIES = {Family.CHANGES: Changes(), Family.ENTRIES: Entries(), Family.APPROVALS: Approvals()}


def records(figure: Figure, frame: Frame) -> QuerySet:
    """Return the rows that the figure counts, in the frame: none before its period begins.

    They may be more than its value, which counts units.
    """
    family = FAMILIES[figure.family]
    rows = family.rows(frame).filter(family.counted(frame), family.condition(figure, frame))
    return rows if frame.has_begun else rows.none()


def pending_records(figure: Figure, frame: Frame) -> QuerySet:
    """Return the rows that would belong to the figure and still wait for a decision."""
    family = FAMILIES[figure.family]
    return family.rows(frame).filter(family.pending(frame), family.condition(figure, frame))


def has_any(family: Family, frame: Frame) -> bool:
    """Whether the register holds anything of the family in the frame, counted or waiting: else nothing is known."""
    rows = FAMILIES[family]
    return frame.has_begun and rows.rows(frame).filter(rows.counted(frame) | rows.pending(frame)).exists()


def unit_field(figure: Figure) -> str:
    """Return the field of a row that tells which unit (item, person, organisation) it belongs to."""
    return FAMILIES[figure.family].unit_fields[figure.counts]
