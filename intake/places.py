"""The organisations that rows name by code, with their terms and bodies; and the term in which a seat of a day lies."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from common.dated import Precision, day_in_words
from common.formats import short_day
from common.sheets import PartialDay
from common.vietnamese import search_key
from organizations.models import Body, BodyKind, Organization, Term
from organizations.scope import Right, Scope

NOT_COVERED = "nằm ngoài phạm vi của bạn. Hãy bỏ dòng này, hoặc nhờ người phụ trách nhập."


class Misplaced(Exception):
    """A day that lies in no term, or in more than one. `what` is "day", "term" or "body"; the message says more."""

    def __init__(self, what: str, reason: str) -> None:
        self.what = what
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class Placed:
    """Where a seat lies: the body, and the day with the precision with which it is stored."""

    body: Body
    day: date
    precision: str


class Places:
    """Organisations by code, their terms in order, their bodies."""

    def __init__(self, organizations: Iterable[Organization], terms: Iterable[Term], bodies: Iterable[Body]) -> None:
        self.organizations = {search_key(each.code): each for each in organizations}
        self._terms: dict[int, list[Term]] = {}
        for term in terms:
            self._terms.setdefault(term.organization_id, []).append(term)
        self._bodies = {(body.term_id, body.kind): body for body in bodies}

    @classmethod
    def load(cls, codes: Iterable[str]) -> "Places":
        """Load the organisations of these codes by three queries."""
        wanted = {spelling for code in codes for spelling in (code, code.upper())}
        organizations = list(Organization.objects.filter(code__in=wanted))
        by_key = {each.pk: each for each in organizations}
        terms = list(Term.objects.filter(organization__in=by_key).order_by("valid_from"))
        for term in terms:
            term.organization = by_key[term.organization_id]
        by_term = {term.pk: term for term in terms}
        bodies = list(Body.objects.filter(term__organization__in=by_key))
        for body in bodies:
            body.term = by_term[body.term_id]
        return cls(organizations, terms, bodies)

    def organization(self, code: str) -> Organization | None:
        return self.organizations.get(search_key(code))

    def fault_of(self, code: str, scope: Scope, right: Right) -> str | None:
        """Return why rows about the organisation of this code cannot be taken in; None where they can."""
        organization = self.organization(code)
        if organization is None:
            return f"Không có tổ chức đảng nào mã “{code}”. Hãy sửa mã, hoặc nhập tổ chức này trước."
        if not scope.covers(organization.path, right):
            return f"Tổ chức mã “{code}” {NOT_COVERED}"  # its name is not for whoever has no right there
        return None

    def terms(self, organization: Organization) -> list[Term]:
        return self._terms.get(organization.pk, [])

    def body(self, term: Term, kind: str) -> Body | None:
        return self._bodies.get((term.pk, kind))

    def place(self, organization: Organization, kind: str, day: PartialDay, label: str = "") -> Placed:
        """Return the body of this kind in the term in which the day lies, with the day as it is stored.

        A day known in part lies where any of the days that it may be does, and is stored as the first of them that the
        term has. `label` says which term, where there are two. Raises `Misplaced`.
        """
        first, last = span_of(day)
        terms = self.terms(organization)
        if label:
            terms = [term for term in terms if search_key(term.label) == search_key(label)]
            if not terms:
                raise Misplaced("term", f"{organization.name} không có nhiệm kỳ {label}. {self.told(organization)}")
        found = [term for term in terms if term.valid_from <= last and (not term.valid_to or first < term.valid_to)]
        if not found:
            when = day_in_words(day.day, day.precision)
            which = f" {label}" if label else " nào"
            raise Misplaced(
                "day",
                f"{when[:1].upper()}{when[1:]} không thuộc nhiệm kỳ{which} của {organization.name}. "
                f"{self.told(organization)}",
            )
        if len(found) > 1:
            labels = ", ".join(term.label for term in found)
            raise Misplaced("term", f"{day_in_words(*day)} có các nhiệm kỳ {labels}. Hãy ghi rõ nhiệm kỳ nào.")
        [term] = found
        body = self.body(term, kind)
        if body is None:
            raise Misplaced("body", self._without_body(term, kind))
        return Placed(body, max(first, term.valid_from), day.precision)

    def told(self, organization: Organization) -> str:
        """Return which terms there are, for a message."""
        terms = "; ".join(span_in_words(term) for term in self.terms(organization))
        return f"Trong sổ: {terms}." if terms else "Trong sổ chưa có nhiệm kỳ nào; hãy nhập nhiệm kỳ trước."

    def _without_body(self, term: Term, kind: str) -> str:
        name = BodyKind(kind).label
        return (
            f"Nhiệm kỳ {term.label} của {term.organization.name} không có {name}. Hãy sửa chức danh, hoặc ghi số lượng "
            f"{name} cho nhiệm kỳ này trước."
        )


def span_in_words(term: Term) -> str:
    """Return "nhiệm kỳ 2020-2025 (từ 15/6/2020 đến trước 20/5/2025)"."""
    until = f" đến trước {short_day(term.valid_to)}" if term.valid_to else ""
    return f"nhiệm kỳ {term.label} (từ {short_day(term.valid_from)}{until})"


def span_of(day: PartialDay) -> tuple[date, date]:
    """Return the first and the last day that a day known in part may be."""
    known = day.day
    if day.precision == Precision.YEAR:
        return date(known.year, 1, 1), date(known.year, 12, 31)
    if day.precision == Precision.MONTH:
        return known.replace(day=1), known.replace(day=monthrange(known.year, known.month)[1])
    return known, known
