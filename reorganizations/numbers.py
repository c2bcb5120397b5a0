"""The numbers of members after a reorganisation, from what was last counted and from who comes and goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from common.formats import short_day
from organizations.models import MemberCount, Organization, OrganizationVersion
from personnel.checks.structure import block
from regulations.findings import Finding, Severity
from reorganizations.drafts import ENDING, Draft

Counts = Mapping[int, MemberCount]  # by the key of the organisation


@dataclass(frozen=True)
class CountAfter:
    """How many members an organisation has from the day on; the number of a successor that is new (None: it stands)."""

    organization: Organization | None
    successor: int | None
    official: int
    probationary: int


def last_counts(draft: Draft) -> dict[int, MemberCount]:
    """Return the last counts of the organisations concerned on or before the day. One query."""
    keys = [each.pk for each in draft.sources]
    keys += [each.organization.pk for each in draft.successors if each.organization]
    counts = MemberCount.objects.filter(organization__in=keys).latest_by(draft.effective_on)
    return {count.organization_id: count for count in counts.select_related("organization")}


def with_numbers(draft: Draft, known: Counts) -> Draft:
    """Return the draft with the number who come to the only successor, where it goes without saying."""
    counts = [known.get(each.pk) for each in draft.sources]
    said = [each.members for each in draft.successors]
    if draft.kind not in ENDING or draft.goes_on or None in counts or said != [None]:
        return draft
    official, probationary = (sum(getattr(count, name) for count in counts) for name in ("official", "probationary"))
    return replace(draft, successors=(replace(draft.successors[0], official=official, probationary=probationary),))


def counts_after(
    draft: Draft, known: Counts, versions: Sequence[OrganizationVersion]
) -> tuple[list[CountAfter], list[Finding]]:
    """Return the counts that hold from the day on, and what stands in their way."""
    if draft.kind not in ENDING:
        return [], []
    findings = _incomplete(draft, known)
    if findings or not draft.successors or any(each.members is None for each in draft.successors):
        return [], findings
    counts = [_of_successor(draft, number, known, versions) for number in range(len(draft.successors))]
    if draft.goes_on:
        counts.append(_of_what_goes_on(draft, known[draft.source.pk], versions[0] if versions else None))
    counts = [count for count in counts if count]
    findings += [_already_counted(each, known, draft) for each in counts if _is_counted_that_day(each, known, draft)]
    if any(min(each.official, each.probationary) < 0 for each in counts):
        findings.append(block(f"Số đảng viên chuyển đi nhiều hơn số đảng viên của {draft.source.name}."))
    return counts, findings


def _incomplete(draft: Draft, known: Counts) -> list[Finding]:
    """Numbers are given for all or for none, and only where it is known how many there were."""
    uncounted = [each.name for each in draft.sources if each.pk not in known]
    given = [each for each in draft.successors if each.members is not None]
    if uncounted and given:
        names = ", ".join(uncounted)
        return [
            block(
                f"{names} chưa có số lượng đảng viên nên không đối chiếu được số chuyển đến. "
                "Hãy ghi số lượng trước, hoặc để trống số chuyển đến."
            )
        ]
    if uncounted:
        sentence = f"{', '.join(uncounted)} chưa có số lượng đảng viên: lần này không ghi số lượng sau sắp xếp."
        return [Finding(Severity.INFO, sentence)]
    missing = [each.called for each in draft.successors if each.members is None]
    return [block(f"Hãy ghi số đảng viên chuyển đến {name}.") for name in missing]


def _of_successor(
    draft: Draft, number: int, known: Counts, versions: Sequence[OrganizationVersion]
) -> CountAfter | None:
    successor = draft.successors[number]
    official, probationary = successor.members
    if successor.is_new:
        return CountAfter(None, number, official, probationary)
    count = known.get(successor.organization.pk)
    if count is None:  # nobody knows how many there were, so nobody knows how many there are
        return None
    for version in versions:
        if f"/{successor.organization.pk}/" in version.path:  # it counts those beneath it among its own already
            return None
    return CountAfter(successor.organization, None, count.official + official, count.probationary + probationary)


def _of_what_goes_on(draft: Draft, count: MemberCount, version: OrganizationVersion | None) -> CountAfter | None:
    official, probationary = count.official, count.probationary
    for successor in draft.successors:
        path = successor.parent.path if successor.parent else ""
        if version is None or not path.startswith(version.path):  # whoever goes beneath it is still among its own
            official -= successor.members[0]
            probationary -= successor.members[1]
    return CountAfter(draft.source, None, official, probationary)


def _is_counted_that_day(after: CountAfter, known: Counts, draft: Draft) -> bool:
    count = known.get(after.organization.pk) if after.organization else None
    return count is not None and count.counted_on == draft.effective_on


def _already_counted(after: CountAfter, known: Counts, draft: Draft) -> Finding:
    return block(
        f"{after.organization.name} đã có số lượng đảng viên tính đến đúng ngày {short_day(draft.effective_on)}. "
        "Hãy sửa ngày của số liệu đó về trước ngày sắp xếp."
    )
