"""Understanding rows of organisations: what is new, what stands already, and what the register could not hold."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from common.formats import short_day
from common.vietnamese import normalize, search_key
from intake.kinds.base import Listed, Rows, read_rows
from intake.kinds.fields import require_same, tell_new
from intake.kinds.organizations_columns import (
    COUNTS,
    DECIDED,
    SIZES,
    TERMS,
    VERSIONS,
    count_cells,
    joined,
    term_cells,
    version_cells,
)
from intake.papers import Citation, Papers
from organizations.codes import UNADDRESSABLE, is_addressable
from organizations.models import Body, MemberCount, Organization, OrganizationKind, OrganizationVersion, Term
from organizations.scope import Right, Scope

STANDS = (
    "Tổ chức này đã có trong sổ và không có giai đoạn nào bắt đầu ngày này. "
    "Hãy ghi thay đổi của tổ chức đã có ở trang Sắp xếp tổ chức."
)

SECOND_TOP = (
    "Trong thời gian này, đứng đầu cây tổ chức là {other}, và chỉ một tổ chức đứng đầu. "
    "Hãy ghi mã cấp trên trực tiếp của tổ chức này."
)
SUMMARY = "Về tổ chức đảng"
CITED = (DECIDED.number, DECIDED.day, DECIDED.issuer)


@dataclass
class MeantVersion:
    """A version of a row, and the decision that it cites: it can be entered once the issuer's term is there."""

    version: OrganizationVersion
    citation: Citation | None = None


@dataclass
class MeantTerm:
    """A term of a row, with the bodies to make for it and those whose size becomes known."""

    term: Term
    new_bodies: list[Body] = field(default_factory=list)
    resized: list[Body] = field(default_factory=list)


class Reading:
    """The rows of a workbook of organisations while they are understood. Takes a fixed number of queries."""

    def __init__(self, rows: Rows, scope: Scope, day: date) -> None:
        self.scope, self.day = scope, day
        self.versions, self.terms, self.counts = (read_rows(spec, rows) for spec in (VERSIONS, TERMS, COUNTS))
        codes = {code for each in self._all() for code in _codes(each)}
        found = Organization.objects.filter(code__in=codes | {code.upper() for code in codes})
        self.register = {search_key(each.code): each for each in found}
        keys = [each.pk for each in self.register.values()]
        self.standing: dict[int, list[OrganizationVersion]] = defaultdict(list)
        for version in OrganizationVersion.objects.filter(organization__in=keys).select_related(
            "organization", "parent", "decision__issuer"
        ):
            self.standing[version.organization_id].append(version)
        self.tops = list(OrganizationVersion.objects.filter(parent=None).select_related("organization"))
        self.known_terms: dict[int, list[Term]] = defaultdict(list)
        terms = Term.objects.filter(organization__in=keys).select_related("organization").prefetch_related("bodies")
        for term in terms:
            self.known_terms[term.organization_id].append(term)
        counts = MemberCount.objects.filter(organization__in=keys).select_related("organization")
        self.known_counts = {(each.organization_id, each.counted_on): each for each in counts}
        self.cited = {id(each): DECIDED.read(each.values, each.faults) for each in self.versions}
        self.papers = Papers.load(filter(None, self.cited.values()), self._coming_terms())
        self.coming: dict[str, Organization] = {}
        self.spans: dict[str, list[Listed]] = defaultdict(list)

    def _all(self) -> list[Listed]:
        return [*self.versions, *self.terms, *self.counts]

    def _coming_terms(self) -> dict[str, list[tuple[date, date | None]]]:
        """Return the terms that the file brings, by the code of the organisation: papers may rest on them."""
        coming = defaultdict(list)
        for each in self.terms:
            if not each.faults:
                coming[str(each.values["organization"])].append((each.values["congress"], each.values.get("ends")))
        return coming

    def understand(self) -> list[Listed]:
        for each in self.versions:
            code = search_key(str(each.values.get("organization") or ""))
            if code and code not in self.register:
                self.coming.setdefault(code, Organization(code=str(each.values["organization"])))
                self.spans[code].append(each)
        for each in self.versions:
            self._version(each)
        self._check_tree()
        for each in self.terms:
            self._term(each)
        _check_terms(self.terms, self.known_terms)
        for each in self.counts:
            self._count(each)
        return self._all()

    # Organisations

    def _version(self, each: Listed) -> None:
        code, begins = search_key(str(each.values.get("organization") or "")), each.values.get("begins")
        if each.faults or not code:
            return
        ends = each.values.get("ends")
        if ends and ends <= begins:
            each.fault("ends", "Ngày kết thúc phải sau ngày bắt đầu.")
        elif code in self.register:
            self._known_version(each, self.register[code], begins)
        else:
            self._new_version(each, code)
        citation = self.cited[id(each)]
        fault = citation and self.papers.fault_of(citation, DECIDED, self.scope)
        if fault:
            each.fault(*fault)

    def _known_version(self, each: Listed, organization: Organization, begins: date) -> None:
        if not self.scope.covers(organization.path, Right.KEEP_REGISTER):
            each.fault("organization", "Tổ chức có mã này nằm ngoài phạm vi của bạn. Hãy bỏ dòng này.")
            return
        found = next((version for version in self._joined(organization) if version.valid_from == begins), None)
        if found is None:
            each.fault("begins", STANDS)
            return
        require_same(each, VERSIONS, version_cells(found), self._said(each), but=CITED)
        citation = self.cited[id(each)]
        if citation is None or self.papers.fault_of(citation, DECIDED, self.scope):
            return
        others = tuple(column.key for column in VERSIONS.columns if column.key not in CITED)
        said = DECIDED.written(self.papers.document(citation, SUMMARY))
        tell_new(each, VERSIONS, DECIDED.written(found.decision), said, but=others)
        each.meant = MeantVersion(found, citation)

    def _joined(self, organization: Organization) -> list[OrganizationVersion]:
        return joined(sorted(self.standing[organization.pk], key=lambda version: version.valid_from))

    def _said(self, each: Listed) -> dict[str, object]:
        values = each.values
        parent = self._organization(values.get("parent"))
        return {
            "organization": None,
            "name": normalize(str(values["name"])),
            "short_name": values.get("short_name"),
            "kind": OrganizationKind(values["kind"]).label,
            "parent": parent.code if parent else values.get("parent"),
            "ends": values.get("ends"),
        }

    def _new_version(self, each: Listed, code: str) -> None:
        values = each.values
        parent = self._organization(values.get("parent"))
        if values.get("parent") and parent is None:
            each.fault("parent", f"Không có tổ chức đảng nào mã “{values['parent']}” trong sổ hoặc trong tệp.")
            return
        if parent is self.coming[code]:
            each.fault("parent", "Một tổ chức không thể là cấp trên của chính nó.")
            return
        if (parent is None or parent.pk) and not self.scope.covers(parent.path if parent else "/", Right.KEEP_REGISTER):
            each.fault("parent", "Bạn không có quyền lập tổ chức đảng dưới cấp trên này.")
            return
        if parent is None and (other := self._top_beside(each)):
            each.fault("parent", SECOND_TOP.format(other=other))
            return
        organization = self.coming[code]
        if not is_addressable(organization.code):
            each.fault("organization", UNADDRESSABLE.format(code=organization.code))
            return
        organization.name, organization.kind = str(values["name"]), values["kind"]
        each.is_new = True
        version = OrganizationVersion(
            organization=organization,
            name=normalize(str(values["name"])),
            short_name=str(values.get("short_name") or ""),
            kind=values["kind"],
            parent=parent,
            valid_from=values["begins"],
            valid_to=values.get("ends"),
        )
        each.meant = MeantVersion(version, self.cited[id(each)])

    def _top_beside(self, each: Listed) -> str:
        """Return what the register has at the top of the tree while the row's organisation would stand there too.

        Empty where there is nothing. A file that fills an empty register may have several, as the register that it
        came from: an organisation handed over may have gone to one outside the office's own tree.
        """
        begins, ends = each.values["begins"], each.values.get("ends")
        for other in self.tops:
            if (ends is None or other.valid_from < ends) and (other.valid_to is None or begins < other.valid_to):
                return f"{other.name} (mã {other.organization.code})"
        return ""

    def _organization(self, code: object) -> Organization | None:
        key = search_key(str(code or ""))
        return self.register.get(key) or self.coming.get(key)

    def _check_tree(self) -> None:
        """Say where versions of one organisation overlap, and where a superior does not stand for as long."""
        for rows in self.spans.values():
            new = sorted((each for each in rows if each.meant), key=lambda each: each.meant.version.valid_from)
            for before, after in pairwise(new):
                if (
                    before.meant.version.valid_to is None
                    or before.meant.version.valid_to > after.meant.version.valid_from
                ):
                    after.fault("begins", f"Dòng {before.line} của tổ chức này còn kéo dài đến sau ngày này.")
            for each in new:
                self._check_superior(each)

    def _check_superior(self, each: Listed) -> None:
        version, parent = each.meant.version, each.meant.version.parent
        if parent is None:
            return
        if self._stands_under(parent, version.organization, set()):
            each.fault("parent", "Cấp trên này lại đứng dưới chính tổ chức ở dòng này.")
            return
        day, spans = version.valid_from, self._spans_of(parent)
        if not spans:  # its own rows are wrong, which is said there
            return
        for begins, ends in sorted(spans, key=lambda span: span[0]):
            if begins <= day and (ends is None or ends > day):
                day = ends
            if day is None or (version.valid_to and day >= version.valid_to):
                return
        if day is not None:
            each.fault("parent", f"Cấp trên {parent.code} không hoạt động vào ngày {short_day(day)}.")

    def _spans_of(self, organization: Organization) -> list[tuple[date, date | None]]:
        if organization.pk:
            return [(version.valid_from, version.valid_to) for version in self.standing[organization.pk]]
        rows = self.spans[search_key(organization.code)]
        return [(each.meant.version.valid_from, each.meant.version.valid_to) for each in rows if each.meant]

    def _stands_under(self, parent: Organization, organization: Organization, seen: set[int]) -> bool:
        """Whether the superior stands beneath the organisation, at any time, as the file has it."""
        if parent is organization:
            return True
        if parent.pk or id(parent) in seen:
            return False
        seen.add(id(parent))
        versions = [each.meant.version for each in self.spans[search_key(parent.code)] if each.meant]
        above = [version.parent for version in versions if version.parent]
        return any(self._stands_under(each, organization, seen) for each in above)

    # Terms and counts

    def _place(self, each: Listed) -> Organization | None:
        """Return the organisation of a row about one, where it may be written."""
        if "organization" in each.faults:
            return None
        code = each.values["organization"]
        organization = self._organization(code)
        if organization is None:
            each.fault("organization", f"Không có tổ chức đảng nào mã “{code}” trong sổ hoặc trong tệp.")
        elif organization.pk and not self.scope.covers(organization.path, Right.KEEP_REGISTER):
            each.fault("organization", "Tổ chức có mã này nằm ngoài phạm vi của bạn. Hãy bỏ dòng này.")
            return None
        return organization

    def _require_standing(self, each: Listed, organization: Organization, key: str) -> None:
        """Say where the organisation did not stand on the day of the row; nothing where its own rows are wrong."""
        day, spans = each.values[key], self._spans_of(organization)
        if spans and not any(begins <= day and (ends is None or day < ends) for begins, ends in spans):
            first = short_day(min(begins for begins, _ in spans))
            each.fault(key, f"Ngày này {organization.code} không hoạt động (thành lập ngày {first}).")

    def _term(self, each: Listed) -> None:
        organization, values = self._place(each), each.values
        if each.faults or organization is None:
            return
        self._require_standing(each, organization, "congress")
        if values["planned"] <= values["congress"]:
            each.fault("planned", "Ngày kết thúc theo kế hoạch phải sau ngày đại hội.")
        if values.get("ends") and values["ends"] <= values["congress"]:
            each.fault("ends", "Ngày kết thúc phải sau ngày đại hội.")
        if each.faults:
            return
        label = str(values["label"])
        known = next((term for term in self.known_terms[organization.pk or 0] if term.label == label), None)
        sizes = {kind: values.get(key) for key, kind in SIZES.items() if values.get(key)}
        if known is None:
            term = Term(
                organization=organization,
                label=label,
                ordinal=values["ordinal"],
                opening=values.get("opening") or Term.Opening.CONGRESS,
                congress_on=values["congress"],
                valid_from=values["congress"],
                planned_end=values["planned"],
                valid_to=values.get("ends"),
            )
            bodies = [Body(term=term, kind=kind, authorized_size=size) for kind, size in sizes.items()]
            each.is_new, each.meant = True, MeantTerm(term, bodies)
            return
        bodies = {body.kind: body for body in known.bodies.all()}
        said = term_cells(known, {}) | {key: values.get(key) for key in SIZES}
        said |= {"congress": values["congress"], "planned": values["planned"], "ordinal": values["ordinal"]}
        said |= {"ends": values.get("ends"), "organization": None}
        old = term_cells(known, {kind: body.authorized_size for kind, body in bodies.items()})
        tell_new(each, TERMS, old, said, but=("organization",))
        if not each.differences:
            return
        each.meant = MeantTerm(known)
        for kind, size in sizes.items():
            if kind not in bodies:
                each.meant.new_bodies.append(Body(term=known, kind=kind, authorized_size=size))
            elif bodies[kind].authorized_size is None:
                bodies[kind].authorized_size = size
                each.meant.resized.append(bodies[kind])
        if any(heading == TERMS.column("ends").heading for heading, _, _ in each.differences):
            each.fault("ends", "Nhiệm kỳ này đã có trong sổ. Hãy ghi việc kết thúc nhiệm kỳ ở trang của tổ chức.")

    def _count(self, each: Listed) -> None:
        organization, values = self._place(each), each.values
        if each.faults or organization is None:
            return
        if values["day"] > self.day:
            each.fault("day", "Ngày này chưa đến.")
            return
        self._require_standing(each, organization, "day")
        if each.faults:
            return
        key = (organization.pk or id(organization), values["day"])
        known = self.known_counts.get(key)
        numbers = {"official": values["official"], "probationary": values.get("probationary") or 0}
        if known is None:
            each.is_new = True
            each.meant = MemberCount(organization=organization, counted_on=values["day"], **numbers)
            self.known_counts[key] = each.meant
            return
        if known.pk is None:
            each.fault("day", "Số lượng của tổ chức này vào ngày này đã có ở dòng khác trong tệp.")
            return
        old = count_cells(known)
        each.differences = [
            (COUNTS.column(name).heading, str(old[name]), str(number))
            for name, number in numbers.items()
            if number != old[name]
        ]
        if each.differences:
            known.official, known.probationary = numbers["official"], numbers["probationary"]
            each.meant = known


def _codes(each: Listed) -> Iterable[str]:
    for key in ("organization", "parent"):
        if each.values.get(key):
            yield str(each.values[key])


def _check_terms(rows: Iterable[Listed], known: dict[int, list[Term]]) -> None:
    """Say which terms of one organisation are there twice, or overlap."""
    by_place: dict[int, list[tuple[Term, Listed | None]]] = defaultdict(list)
    places: dict[int, Organization] = {}
    for each in rows:
        if each.is_new and isinstance(each.meant, MeantTerm):
            organization = each.meant.term.organization
            key = organization.pk or id(organization)
            places[key] = organization
            by_place[key].append((each.meant.term, each))
    for key, new in by_place.items():
        terms = [*new, *((term, None) for term in known.get(places[key].pk or 0, ()))]
        terms.sort(key=lambda pair: pair[0].valid_from)
        labels: dict[str, Listed | None] = {}
        for term, each in terms:
            if each is not None and term.label in labels:
                each.fault("label", f"Nhiệm kỳ {term.label} của tổ chức này có hai lần.")
            labels.setdefault(term.label, each)
        for (before, first), (after, second) in pairwise(terms):
            if before.valid_to is None or before.valid_to > after.valid_from:
                row = second or first
                reason = f"Nhiệm kỳ {before.label} chưa kết thúc khi nhiệm kỳ {after.label} bắt đầu."
                if row is not None:
                    row.fault("congress" if row is second else "ends", reason)
