"""The kind of import "tổ chức đảng": the tree through time, terms with their sizes, member counts."""

from collections.abc import Sequence
from datetime import date

from intake.kinds.base import Kind, Listed, Rows, in_columns
from intake.kinds.organizations_columns import (
    COUNTS,
    TERMS,
    VERSIONS,
    count_cells,
    joined,
    term_cells,
    version_cells,
)
from intake.kinds.organizations_read import SUMMARY, MeantVersion, Reading
from intake.papers import Papers, record_cited
from organizations.actions.registers import (
    record_decisions,
    record_past_counts,
    record_past_organizations,
    record_past_terms,
)
from organizations.models import MemberCount, OrganizationVersion, Term
from organizations.scope import Right, Scope


def understand(rows: Rows, *, scope: Scope, day: date) -> list[Listed]:
    """Return what each row comes to: new organisations with their history, terms, counts; or what stands already."""
    return Reading(rows, scope, day).understand()


def write(listed: Sequence[Listed], *, by) -> None:
    """Enter what is new, each superior before those beneath it. Part of an act."""
    of_versions = [each for each in listed if each.sheet == VERSIONS.name]
    record_past_organizations(_superiors_first([each.meant.version for each in of_versions if each.is_new]), by=by)
    of_terms = [each for each in listed if each.sheet == TERMS.name]
    for each in of_terms:
        each.meant.term.organization = each.meant.term.organization  # takes over the key that it has by now
    record_past_terms(
        [each.meant.term for each in of_terms if each.is_new],
        [body for each in of_terms for body in each.meant.new_bodies],
        [body for each in of_terms for body in each.meant.resized],
        by=by,
    )
    _write_decisions([each.meant for each in of_versions if each.meant.citation], by)
    counts = [each for each in listed if each.sheet == COUNTS.name]
    record_past_counts(
        [each.meant for each in counts if each.is_new], [each.meant for each in counts if not each.is_new], by=by
    )


def _write_decisions(cited: Sequence[MeantVersion], by) -> None:
    """Enter the decisions that versions cite, now that their issuers' terms are there, and rest the versions on them.

    A version that was split where its superior moved rests on its decision in its first piece.
    """
    if not cited:
        return
    papers = Papers.load([meant.citation for meant in cited])
    documents = [papers.document(meant.citation, SUMMARY) for meant in cited]
    record_cited(documents, by=by)
    begun = {
        (meant.version.organization.pk, meant.version.valid_from): document
        for meant, document in zip(cited, documents, strict=True)
    }
    found = OrganizationVersion.objects.filter(organization__in={key for key, _ in begun}).select_related(
        "organization"
    )
    decided = [version for version in found if (version.organization_id, version.valid_from) in begun]
    for version in decided:
        version.decision = begun[version.organization_id, version.valid_from]
    record_decisions(decided, by=by)


def _superiors_first(versions: Sequence[OrganizationVersion]) -> list[OrganizationVersion]:
    """Order the versions so that each organisation has all its versions before those beneath it have theirs."""
    by_organization: dict[int, list[OrganizationVersion]] = {}
    for version in versions:
        by_organization.setdefault(id(version.organization), []).append(version)
    ordered: list[OrganizationVersion] = []
    placed: set[int] = set()

    def place(key: int) -> None:
        if key in placed or key not in by_organization:
            return
        placed.add(key)
        for version in by_organization[key]:
            if version.parent is not None:
                place(id(version.parent))
        ordered.extend(sorted(by_organization[key], key=lambda each: each.valid_from))

    for key in by_organization:
        place(key)
    return ordered


def export(scope: Scope, day: date) -> dict[str, list[list[object]]]:
    """Return every version, term and count that the scope sees, in the columns of the sheets."""
    versions = OrganizationVersion.objects.visible_to(scope).select_related(
        "organization", "parent", "decision__issuer"
    )
    terms = Term.objects.visible_to(scope).select_related("organization").prefetch_related("bodies")
    counts = MemberCount.objects.visible_to(scope).select_related("organization")
    return {
        VERSIONS.name: [
            in_columns(VERSIONS, version_cells(each))
            for each in joined(versions.order_by("organization", "valid_from"))
        ],
        TERMS.name: [
            in_columns(TERMS, term_cells(each, {body.kind: body.authorized_size for body in each.bodies.all()}))
            for each in terms.order_by("organization__code", "valid_from")
        ],
        COUNTS.name: [
            in_columns(COUNTS, count_cells(each)) for each in counts.order_by("organization__code", "counted_on")
        ],
    }


ORGANIZATIONS = Kind(
    code="to-chuc",
    label="Tổ chức đảng",
    right=Right.KEEP_REGISTER,
    sheets=(VERSIONS, TERMS, COUNTS),
    understand=understand,
    write=write,
    export=export,
)
