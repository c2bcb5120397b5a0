"""The tree of organisations on a day: which stand, which have ended or are still to come, with their counts.

Everything is read by a fixed number of queries and put together in memory, so that a tree of hundreds of organisations
costs no more questions than one of three.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from django.apps import apps
from django.db.models import Count, OuterRef

from common.formats import short_day
from organizations.models import (
    Body,
    BodyKind,
    MemberCount,
    OrganizationKind,
    OrganizationVersion,
    Reorganization,
    ReorganizationPart,
)
from organizations.querysets import name_on
from organizations.scope import Scope

STANDING, ENDED, TO_COME = "standing", "ended", "to_come"
STATUSES = ((STANDING, "Đang hoạt động"), (ENDED, "Đã kết thúc"), (TO_COME, "Chưa thành lập"))
SHORT_NAMES = {BodyKind.COMMITTEE: "BCH", BodyKind.STANDING: "BTV", BodyKind.INSPECTION: "UBKT"}
ENDING_KINDS = (Reorganization.Kind.MERGED, Reorganization.Kind.SPLIT, Reorganization.Kind.DISSOLVED)


@dataclass(frozen=True)
class BodyCount:
    """How many people sit in a body, of how many that were approved for it (None: not known)."""

    kind: str
    authorized: int | None
    filled: int

    @property
    def name(self) -> str:
        return SHORT_NAMES[BodyKind(self.kind)]

    @property
    def full_name(self) -> str:
        return BodyKind(self.kind).label

    @property
    def vacant(self) -> int:
        return max(0, (self.authorized or 0) - self.filled)

    @property
    def surplus(self) -> int:
        return 0 if self.authorized is None else max(0, self.filled - self.authorized)


@dataclass(repr=False)  # the records in it would ask the database for their names
class Branch:
    """An organisation of the tree. `beneath` counts those that stand directly beneath it on the day.

    Of one that does not stand, the version is its last, or its first to come, and there are no counts. `fate` says what
    became of it. `hidden` counts the rows folded away beneath it; None for one with nothing beneath it in the list.
    """

    version: OrganizationVersion
    status: str
    depth: int = 0
    beneath: int = 0
    members: MemberCount | None = None
    bodies: list[BodyCount] = field(default_factory=list)
    fate: str = ""
    has_rows_beneath: bool = False
    hidden: int = 0
    fold_url: str = ""

    @property
    def code(self) -> str:
        return self.version.code

    @property
    def name(self) -> str:
        return self.version.name

    @property
    def status_label(self) -> str:
        return dict(STATUSES)[self.status]

    @property
    def is_standing(self) -> bool:
        return self.status == STANDING

    @property
    def official(self) -> int | None:
        return self.members and self.members.official

    @property
    def probationary(self) -> int | None:
        return self.members and self.members.probationary

    def body(self, kind: str) -> BodyCount | None:
        return next((each for each in self.bodies if each.kind == kind), None)


@dataclass(frozen=True)
class Totals:
    """What the rows come to. Members are added up at the grassroots, where every member is counted once.

    `official` and `probationary` are None while no grassroots organisation has reported; `not_reported` counts those
    that have not.
    """

    kinds: list[tuple[str, int]]
    official: int | None
    probationary: int | None
    not_reported: int
    filled: int
    vacant: int
    surplus: int

    @classmethod
    def of(cls, branches: Iterable[Branch]) -> Self:
        standing = [each for each in branches if each.is_standing]
        counted = [OrganizationKind(each.version.kind).label for each in standing]
        grassroots = [each for each in standing if each.version.is_grassroots]
        reported = [each.members for each in grassroots if each.members]
        bodies = [body for each in standing for body in each.bodies]
        return cls(
            kinds=[(label, counted.count(label)) for label in OrganizationKind.labels if label in counted],
            official=sum(each.official for each in reported) if reported else None,
            probationary=sum(each.probationary for each in reported) if reported else None,
            not_reported=len(grassroots) - len(reported),
            filled=sum(body.filled for body in bodies),
            vacant=sum(body.vacant for body in bodies),
            surplus=sum(body.surplus for body in bodies),
        )

    @property
    def members(self) -> int | None:
        return None if self.official is None else self.official + self.probationary


def versions_on(scope: Scope, day: date) -> dict[int, str]:
    """Return the version (its key) that stands for each organisation of the scope on `day`, with its status.

    The one in force; else the last that ended by then; else the first still to come. One query.
    """
    chosen: dict[int, tuple[OrganizationVersion, str]] = {}
    for version in OrganizationVersion.objects.of_organizations_ever_in(scope).order_by("organization", "valid_from"):
        status = STANDING if version.is_in_force(day) else TO_COME if version.valid_from > day else ENDED
        known = chosen.get(version.organization_id)
        if known is None or status == STANDING or (status == ENDED and known[1] == ENDED):
            chosen[version.organization_id] = version, status
    return {version.pk: status for version, status in chosen.values() if scope.covers(version.path)}


def branches_of(
    versions: Iterable[OrganizationVersion], statuses: Mapping[int, str], scope: Scope, day: date
) -> list[Branch]:
    """Return the versions as branches with their counts, in the order given. `statuses` are those of `versions_on`."""
    branches = [Branch(each, statuses[each.pk], each.depth) for each in versions]
    standing = {each.version.organization_id: each for each in branches if each.is_standing}
    _count_beneath(standing, scope, day)
    for count in MemberCount.objects.visible_to(scope).latest_by(day):
        if count.organization_id in standing:
            standing[count.organization_id].members = count
    _count_seats(standing, scope, day)
    _tell_fates([each for each in branches if not each.is_standing], day)
    return branches


def _count_beneath(standing: Mapping[int, Branch], scope: Scope, day: date) -> None:
    beneath = OrganizationVersion.objects.as_of(day).visible_to(scope).values_list("parent").annotate(Count("pk"))
    for parent, count in beneath.order_by():
        if parent in standing:
            standing[parent].beneath = count


def _count_seats(standing: Mapping[int, Branch], scope: Scope, day: date) -> None:
    """Say how many people sit in the bodies of the day. Holdings stand on a floor above this one."""
    holdings = apps.get_model("personnel", "Holding").objects.visible_to(scope).as_of(day).order_by()
    seated = dict(holdings.values_list("body").annotate(Count("person", distinct=True)))
    bodies = Body.objects.visible_to(scope).as_of(day)
    for pk, kind, size, organization in bodies.values_list("pk", "kind", "authorized_size", "term__organization"):
        if organization in standing:
            standing[organization].bodies.append(BodyCount(kind, size, seated.get(pk, 0)))
    for branch in standing.values():
        branch.bodies.sort(key=lambda body: BodyKind.values.index(body.kind))


def _tell_fates(branches: Iterable[Branch], day: date) -> None:
    """Say of those that do not stand what became of them, as the reorganisations in force say."""
    branches = {each.version.organization_id: each for each in branches}
    for branch in branches.values():
        version = branch.version
        if branch.status == TO_COME:
            branch.fate = f"thành lập từ ngày {short_day(version.valid_from)}"
        else:
            branch.fate = f"kết thúc hoạt động từ ngày {short_day(version.valid_to)}"
    parts = ReorganizationPart.objects.standing().filter(reorganization__kind__in=ENDING_KINDS)
    parts = parts.filter(reorganization__effective_on__lte=day).select_related("reorganization")
    named = parts.annotate(organization_name=name_on(OuterRef("reorganization__effective_on")))
    heirs: dict[int, list[str]] = {}
    for part in named.filter(side=ReorganizationPart.Side.TO):
        heirs.setdefault(part.reorganization_id, []).append(part.organization_name)
    for part in parts.filter(side=ReorganizationPart.Side.FROM, organization__in=branches):
        branch, act = branches[part.organization_id], part.reorganization
        if branch.version.valid_to != act.effective_on:
            continue
        led_to = ", ".join(heirs.get(act.pk, []))
        branch.fate = f"{act.get_kind_display().lower()} từ ngày {short_day(act.effective_on)}"
        branch.fate += f" thành {led_to}" if led_to else ""


def fold(branches: list[Branch], folded: Iterable[str]) -> list[Branch]:
    """Return the branches that show when those of the codes `folded` are folded; count what each one hides."""
    by_key = {str(each.version.organization_id): each for each in branches}
    codes, shown = set(folded), []
    for branch in branches:
        above = [by_key[step] for step in branch.version.path.strip("/").split("/")[:-1] if step in by_key]
        for each in above:
            each.has_rows_beneath = True
        folding = next((each for each in above if each.code in codes), None)
        if folding:
            folding.hidden += 1
        else:
            shown.append(branch)
    return shown
