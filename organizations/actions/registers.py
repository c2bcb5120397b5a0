"""Writes of organisations in bulk: the tree through time, terms and counts, as an office's own register has them."""

from collections.abc import Sequence

from common import journal
from common.errors import NotAllowed, Refused
from common.journal import act
from common.periods import today
from organizations.codes import UNADDRESSABLE, is_addressable
from organizations.models import Body, MemberCount, Organization, OrganizationVersion, Term
from organizations.scope import Right

MIRRORED = ("name", "short_name", "kind", "parent", "path")
TERM_FIELDS = ["valid_to", "planned_end", "ordinal", "congress_on"]


@act("Ghi nhận tổ chức đảng từ hồ sơ cũ")
def record_past_organizations(versions: Sequence[OrganizationVersion], *, by) -> None:
    """Enter new organisations with all their versions, each version's superior entered before or in the register.

    A version is split where its superior moves while it lasts: its path follows. `versions` name unsaved organisations
    and superiors; they are ordered by whoever calls so that a superior comes before those beneath it. Raises
    `NotAllowed` where `by` does not keep the register above them.
    """
    organizations = list({id(each.organization): each.organization for each in versions}.values())
    for version in versions:
        parent = version.parent
        if (parent is None or parent.pk) and not by.scope.covers(parent.path if parent else "/", Right.KEEP_REGISTER):
            raise NotAllowed("Bạn không có quyền lập tổ chức đảng dưới cấp trên đã ghi.")
    for organization in organizations:
        if not is_addressable(organization.code):
            raise Refused(UNADDRESSABLE.format(code=organization.code))
        organization.parent = None
        organization.compute_keys()
    journal.bulk_create(organizations)
    spans = _spans_of({each.parent_id for each in versions if each.parent and each.parent.pk})
    made: list[OrganizationVersion] = []
    for version in versions:
        version.organization, version.parent = version.organization, version.parent  # take over their keys
        pieces = list(_split(version, spans))
        spans.setdefault(version.organization_id, []).extend(pieces)
        made += pieces
    journal.bulk_create(made)
    for organization in organizations:
        _mirror(organization, spans[organization.pk])
    journal.bulk_update(organizations, list(MIRRORED))


@act("Ghi nhận quyết định về tổ chức đảng từ hồ sơ cũ")
def record_decisions(versions: Sequence[OrganizationVersion], *, by) -> None:
    """Save the decisions on which versions rest. Raises `NotAllowed` where `by` does not keep the register."""
    for organization in {each.organization for each in versions}:
        _require_keeping(by, organization)
    journal.bulk_update(versions, ["decision"])


def _spans_of(parents: set[int]) -> dict[int, list[OrganizationVersion]]:
    spans: dict[int, list[OrganizationVersion]] = {}
    for version in OrganizationVersion.objects.filter(organization__in=parents).order_by("valid_from"):
        spans.setdefault(version.organization_id, []).append(version)
    return spans


def _split(version: OrganizationVersion, spans: dict[int, list[OrganizationVersion]]):
    """Yield the version in as many pieces as its superior has paths while it lasts."""
    if version.parent_id is None:
        version.path = f"/{version.organization_id}/"
        yield version
        return
    begins, end = version.valid_from, version.valid_to
    last: OrganizationVersion | None = None
    for above in sorted(spans[version.parent_id], key=lambda each: each.valid_from):
        if (above.valid_to and above.valid_to <= begins) or (end and above.valid_from >= end):
            continue
        path = f"{above.path}{version.organization_id}/"
        if last is not None and last.path == path:
            continue
        piece = OrganizationVersion(
            organization=version.organization,
            name=version.name,
            short_name=version.short_name,
            kind=version.kind,
            parent_id=version.parent_id,
            path=path,
            valid_from=max(begins, above.valid_from),
            valid_to=end,
        )
        if last is not None:
            last.valid_to = piece.valid_from
            yield last
        last = piece
    if last is not None:
        yield last


def _mirror(organization: Organization, versions: Sequence[OrganizationVersion]) -> None:
    """Show on the organisation its version of today, or the last one that has begun, or its first."""
    in_order = sorted(versions, key=lambda each: each.valid_from)
    begun = [each for each in in_order if each.valid_from <= today()]
    shown = begun[-1] if begun else in_order[0]
    organization.name, organization.short_name = shown.name, shown.short_name
    organization.kind, organization.parent_id, organization.path = shown.kind, shown.parent_id, shown.path
    organization.compute_keys()


@act("Ghi nhận nhiệm kỳ từ hồ sơ cũ")
def record_past_terms(terms: Sequence[Term], sizes: Sequence[Body], resized: Sequence[Body] = (), *, by) -> None:
    """Enter terms with their bodies, bodies of terms that stand, and sizes that were not known. Raises `NotAllowed`."""
    for organization in {term.organization for term in (*terms, *(body.term for body in (*sizes, *resized)))}:
        _require_keeping(by, organization)
    journal.bulk_create(terms)
    for body in sizes:
        body.term = body.term
    journal.bulk_create(sizes)
    journal.bulk_update(resized, ["authorized_size"])


@act("Ghi nhận số lượng đảng viên từ hồ sơ cũ")
def record_past_counts(new: Sequence[MemberCount], corrected: Sequence[MemberCount] = (), *, by) -> None:
    """Enter member counts, and the numbers of those that stand and were wrong. Raises `NotAllowed`."""
    for organization in {each.organization for each in (*new, *corrected)}:
        _require_keeping(by, organization)
    for count in new:
        count.organization = count.organization
    journal.bulk_create(new)
    journal.bulk_update(corrected, ["official", "probationary"])


def _require_keeping(by, organization: Organization) -> None:
    if not by.scope.covers(organization.path, Right.KEEP_REGISTER):
        raise NotAllowed(f"Bạn không có quyền ghi sổ của {organization.name}.")
