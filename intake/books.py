"""What is said of closed books in which the rows of a file would be counted."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from common.formats import grouped
from intake.kinds.base import Listed, State
from organizations.models import Closing, OrganizationVersion
from organizations.scope import Scope
from personnel.books import books_that_counted
from personnel.checks.books import told
from personnel.models import Act, ChangeItem, Dossier, Method, Person
from planning.models import PlanApproval, PlanEntry

WRITTEN = (State.NEW, State.CHANGED)
# Dossiers that bring no change of a term: no figure counts their items.
UNCOUNTED = (Dossier.Kind.REORGANIZATION, Dossier.Kind.HISTORY)


@dataclass(frozen=True)
class Counted:
    """From when until when the record of a row counts, in an organisation; of a plan, for which term.

    `end` None: for ever. What happens on one day counts on that day alone.
    """

    organization: int
    first: date
    end: date | None
    happens: bool
    plan_term: str = ""

    def is_in(self, closing: Closing) -> bool:
        """Whether the closing counted, or counts now, the record of the row by its days."""
        if self.happens:
            return closing.first <= self.first < closing.end
        if self.plan_term != closing.plan_term:
            return False
        return self.first < closing.end and (self.end is None or self.end >= closing.end)


def said_of_books(listed: Iterable[Listed], scope: Scope) -> list[str]:
    """Return a sentence for each closed period whose books what the file brings would have been in; none blocks.

    By a fixed number of queries, and one for each two hundred people told more of.
    """
    written = [each for each in listed if each.state in WRITTEN]
    rows = [counted for each in written if (counted := _counted(each))]
    people = [each.record for each in written if each.state is State.CHANGED and isinstance(each.record, Person)]
    return [*_of_rows(rows), *_of_people(people, scope)]


def _counted(each: Listed) -> Counted | None:
    record = each.meant
    if isinstance(record, ChangeItem):
        counts = record.outcome == ChangeItem.Outcome.CONFIRMED and record.dossier.kind not in UNCOUNTED
        if counts and record.method != Method.CONGRESS and record.act != Act.ANNUL:
            return Counted(record.dossier.organization_id, record.effective_on, None, happens=True)
    if isinstance(record, PlanApproval) and record.approved_on:
        return Counted(record.organization_id, record.approved_on, None, False, record.round.plan_term)
    if isinstance(record, PlanEntry) and record.valid_from:
        end = record.valid_to if each.is_new else None  # whoever leaves now was counted until then
        return Counted(record.organization_id, record.valid_from, end, False, record.plan_term)
    return None


def _of_rows(rows: Sequence[Counted]) -> Iterator[str]:
    organizations = {each.organization for each in rows}
    closings = Closing.objects.standing().covering(organizations).order_by("-end", "pk") if rows else ()
    stood = _versions(organizations) if closings else {}
    for closing in closings:
        here = [each for each in rows if each.is_in(closing) and _stood(stood[each.organization], closing)]
        if here:
            yield (
                f"{grouped(len(here))} dòng của tệp được tính vào kỳ đã khóa sổ {told(closing)}: số đã báo cáo giữ "
                "nguyên, thay đổi sẽ được nêu khi so sổ đã khóa với hôm nay."
            )


def _versions(organizations: Iterable[int]) -> dict[int, list[OrganizationVersion]]:
    found: dict[int, list[OrganizationVersion]] = defaultdict(list)
    for version in OrganizationVersion.objects.filter(organization__in=organizations):
        found[version.organization_id].append(version)
    return found


def _stood(versions: Iterable[OrganizationVersion], closing: Closing) -> bool:
    """Whether the organisation stood in these books during their period."""
    return any(
        f"/{closing.organization_id}/" in version.path
        and version.valid_from < closing.end
        and (version.valid_to is None or version.valid_to > closing.first)
        for version in versions
    )


def _of_people(people: Sequence[Person], scope: Scope) -> Iterator[str]:
    for closing in books_that_counted(people, scope) if people else ():
        yield (
            f"Tệp sửa thông tin của đồng chí có trong số liệu của kỳ đã khóa sổ {told(closing)}: số đã báo cáo giữ "
            "nguyên, nội dung thay đổi sẽ được nêu khi so sổ đã khóa với hôm nay."
        )
