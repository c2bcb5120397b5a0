"""What a reorganisation has done, read back from what it wrote: for its own page."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from accounts.models import Assignment
from organizations.models import Organization, OrganizationVersion, Reorganization, ReorganizationPart
from organizations.scope import Right, Scope
from personnel.models import ChangeItem, Dossier, Holding, Membership
from planning.models import PlanEntry
from reorganizations.drafts import ENDING

Side = ReorganizationPart.Side


@dataclass(frozen=True)
class Account:
    """`versions` are what it began, parts of it and those moved beneath them; the rest are numbers and dossiers."""

    origins: list[ReorganizationPart]
    outcomes: list[ReorganizationPart]
    moved: list[OrganizationVersion]
    dossiers: list[Dossier]
    items: list[ChangeItem]
    members: int
    planned: int
    to_review: list[Holding]
    assignments: list[Assignment]

    @property
    def is_plain(self) -> bool:
        """Whether it did nothing but what its parts tell."""
        return not (self.moved or self.dossiers or self.items or self.members or self.planned)


def account_of(made: Reorganization, scope: Scope) -> Account:
    """Return what is to be told of it, as far as the scope sees. A fixed number of queries.

    `made` comes `with_everything`. Of one taken back nothing is left but its parts and dossiers.
    """
    parts = list(made.parts.all())
    keys = [part.organization_id for part in parts]
    moved = _on_both_sides(parts)
    for part in parts:
        is_superior = made.kind == Reorganization.Kind.TRANSFERRED and part.organization_id not in moved
        part.role = "cấp trên trực tiếp" if is_superior else ""
    versions = OrganizationVersion.objects.visible_to(scope).filter(reorganization=made)
    dossiers = Dossier.objects.visible_to(scope).filter(reorganization=made)
    items = ChangeItem.objects.visible_to(scope).filter(dossier__reorganization=made)
    entries = PlanEntry.objects.filter(
        organization__in=keys,
        removed_by=made.decision_id,
        removal_reason=PlanEntry.RemovalReason.ORGANIZATION_ENDED,
        valid_to=made.effective_on,
    )
    return Account(
        origins=[part for part in parts if part.side == Side.FROM],
        outcomes=[part for part in parts if part.side == Side.TO],
        moved=list(versions.exclude(organization__in=keys).select_related("parent", "organization").as_tree()),
        dossiers=list(
            dossiers.select_related("organization")
            .annotate(seats_ended=Count("holdings_ended", distinct=True))
            .order_by("year", "number")
        ),
        items=list(items.select_related("person", "position", "dossier__organization").order_by("pk")),
        members=_members(made, keys),
        planned=entries.order_by().values("person").distinct().count(),
        to_review=_to_review(made, parts),
        assignments=assignments_left(_ended(made, parts), scope),
    )


def assignments_left(ended: Iterable[Organization], scope: Scope) -> list[Assignment]:
    """Return the roles that users hold over what ends: nobody gives them others, so an administrator is to be told.

    As far as the scope administers these organisations or keeps their register.
    """
    told = [
        each
        for each in ended
        if scope.covers(each.path, Right.KEEP_REGISTER) or scope.covers(each.path, Right.ADMINISTER)
    ]
    return list(Assignment.objects.held_at(told)) if told else []


def _ended(made: Reorganization, parts: list[ReorganizationPart]) -> list[Organization]:
    if made.kind not in ENDING or made.state != "standing":
        return []
    on_both = _on_both_sides(parts)
    return [part.organization for part in parts if part.side == Side.FROM and part.organization_id not in on_both]


def _on_both_sides(parts: list[ReorganizationPart]) -> set[int]:
    """Return the keys of the organisations that it came from and led to: what was transferred, between two others."""
    origins, outcomes = ({part.organization_id for part in parts if part.side == side} for side in Side)
    return origins & outcomes


def _members(made: Reorganization, keys: list[int]) -> int:
    """Return how many people of the register went over on that day."""
    left = Membership.objects.filter(organization__in=keys, valid_to=made.effective_on)
    came = Membership.objects.filter(organization__in=keys, valid_from=made.effective_on)
    return came.filter(person__in=left.values("person")).count()


def _to_review(made: Reorganization, parts: list[ReorganizationPart]) -> list[Holding]:
    """Seats that still last of people of what was transferred, in committees that it no longer stands beneath.

    Only of a transfer that stands: where others move, the page before the act has told of it.
    """
    if made.kind != Reorganization.Kind.TRANSFERRED or made.state != "standing":
        return []
    on_both = _on_both_sides(parts)
    above = [part.organization_id for part in parts if part.side == Side.FROM and part.organization_id not in on_both]
    there = OrganizationVersion.objects.as_of(made.effective_on).filter(path__contains=f"/{min(on_both)}/")
    members = Membership.objects.as_of(made.effective_on).filter(organization__in=there.values("organization"))
    seats = Holding.objects.as_of(made.effective_on).filter(
        body__term__organization__in=above, person__in=members.values("person"), valid_to__isnull=True
    )
    seats = seats.select_related("person", "position", "body__term__organization")
    return list(seats.order_by("position__rank", "person__sort_key", "pk"))
