"""Proof that nobody and nothing is lost: what leaves equals what arrives, reckoned before and counted again after."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from organizations.models import MemberCount, OrganizationVersion
from organizations.querysets import beneath
from personnel.checks.structure import block
from personnel.models import Membership
from regulations.findings import Finding
from reorganizations.drafts import ENDING, STAYS, Draft, Kind

Members = tuple[int, int]  # official, probationary


@dataclass(frozen=True)
class Tally:
    """How many people of the register belong to some organisations and to all beneath; how many stand beneath."""

    people: int = 0
    organizations: int = 0


def tally(keys: Collection[int], day: date) -> Tally:
    """Count on `day` at and beneath the organisations of these keys, as far as they stand then. Three queries."""
    versions = OrganizationVersion.objects.as_of(day)
    paths = list(versions.filter(organization__in=keys).values_list("path", flat=True)) if keys else []
    if not paths:
        return Tally()
    there = versions.filter(beneath(paths)).order_by()
    people = Membership.objects.as_of(day).filter(organization__in=there.values("organization"))
    return Tally(people.count(), there.exclude(organization__in=keys).count())


@dataclass(frozen=True)
class Flow:
    """What leaves and what arrives of one thing; those who stay with an organisation that goes on are on both sides."""

    label: str
    leaves: int
    arrives: int

    @property
    def is_balanced(self) -> bool:
        return self.leaves == self.arrives


def flows_of(
    draft: Draft, known: Mapping[int, MemberCount], before: Tally, moved: Tally
) -> tuple[list[Flow], list[Finding]]:
    """Return the flows of the act, and a finding for each that is not balanced.

    `before` is the tally of the parties before it, `moved` what directly belongs to the sources and goes elsewhere.
    """
    if draft.kind == Kind.TRANSFERRED:
        flows = _members_flows(_sum(known, draft), _sum(known, draft))
        flows += [Flow("Đảng viên có tên trong sổ", before.people, before.people)]
        everything = before.organizations + 1
        return [*flows, Flow("Tổ chức đảng (kể cả cấp dưới)", everything, everything)], []
    if draft.kind not in ENDING:
        return [], []
    flows = _members_flows(_sum(known, draft), _arriving(draft, known))
    here = Membership.objects.as_of(draft.effective_on).filter(organization__in=draft.sources)
    staying = _staying(list(here.values_list("person", flat=True)), draft.members, draft)
    flows.append(Flow("Đảng viên có tên trong sổ", here.count(), moved.people + staying))
    under = OrganizationVersion.objects.as_of(draft.effective_on).filter(parent__in=draft.sources)
    under = list(under.exclude(organization__in=draft.sources).values_list("organization", flat=True))
    staying = _staying(under, draft.places, draft)
    flows.append(Flow("Tổ chức trực thuộc trực tiếp", len(under), moved.organizations + staying))
    return flows, [_unbalanced(flow, draft) for flow in flows if not flow.is_balanced]


def _staying(keys: list[int], places: Mapping[int, int], draft: Draft) -> int:
    return sum(1 for key in keys if places.get(key, draft.default) == STAYS)


def _sum(known: Mapping[int, MemberCount], draft: Draft) -> Members | None:
    """Return the members of the sources together; None when one of them has never been counted."""
    counts = [known.get(each.pk) for each in draft.sources]
    if None in counts:
        return None
    return sum(count.official for count in counts), sum(count.probationary for count in counts)


def _arriving(draft: Draft, known: Mapping[int, MemberCount]) -> Members | None:
    arriving = [each.members for each in draft.successors]
    if None in arriving:
        return None
    come = [sum(official for official, _ in arriving), sum(probationary for _, probationary in arriving)]
    if draft.goes_on and (count := known.get(draft.source.pk)):
        come[0] += max(0, count.official - come[0])  # those who stay
        come[1] += max(0, count.probationary - come[1])
    return come[0], come[1]


def _members_flows(leaves: Members | None, arrives: Members | None) -> list[Flow]:
    if leaves is None or arrives is None:
        return []
    labels = ("Đảng viên chính thức", "Đảng viên dự bị")
    return [Flow(label, out, come) for label, out, come in zip(labels, leaves, arrives, strict=True)]


def _unbalanced(flow: Flow, draft: Draft) -> Finding:
    sentence = f"{flow.label}: rời đi {flow.leaves}, chuyển đến {flow.arrives}; hai bên phải bằng nhau."
    hint = "Hãy sửa số chuyển đến." if draft.successors else "Hãy chọn tổ chức tiếp nhận."
    return block(f"{sentence} {hint}")
