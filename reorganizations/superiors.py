"""Superiors of new organisations that move along: they stand beneath what the act divides, and go elsewhere with it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from organizations.models import OrganizationVersion
from personnel.checks.structure import block
from regulations.findings import Finding, Severity
from reorganizations.drafts import Draft


class Moved(Protocol):
    """An organisation that comes directly beneath the successor of the number `to`."""

    version: OrganizationVersion
    to: int


def check_superiors(draft: Draft, moved: Sequence[Moved]) -> Iterator[Finding]:
    """Say of each new organisation whose superior moves where it goes; it blocks where that is beneath itself."""
    carried = {number: each for number in range(len(draft.successors)) if (each := _carrier(draft, number, moved))}
    for number, carrier in carried.items():
        superior, name = draft.successors[number].parent, draft.successors[number].called
        where = f"{superior.name}, cấp trên của {name}, chuyển về {draft.called(carrier.to)}"
        if _comes_back(number, carried):
            yield block(
                f"{where}, nên {name} sẽ nằm dưới chính mình. Hãy chọn cấp trên khác cho {name}, hoặc chuyển "
                f"{carrier.version.name} đến nơi khác."
            )
        else:
            yield Finding(Severity.INFO, f"{where}; {name} chuyển theo.")


def _carrier(draft: Draft, number: int, moved: Sequence[Moved]) -> Moved | None:
    """Return what moves of the organisations at or above the superior of the successor; None while it stays."""
    parent = draft.successors[number].parent
    version = parent and parent.versions.as_of(draft.effective_on).first()
    return next((each for each in moved if version and version.path.startswith(each.version.path)), None)


def _comes_back(number: int, carried: Mapping[int, Moved]) -> bool:
    """Whether going up from superior to superior leads back to the successor."""
    at, seen = number, set()
    while at in carried and at not in seen:
        seen.add(at)
        at = carried[at].to
    return at == number
