"""The papers that rows cite: found in the register, or made for it from number, day and issuer.

A row cites a paper in three cells: "Quyết định 812-QĐ/ĐUK" or "812-QĐ/ĐUK", its day, and who issued it: the code of an
organisation in the register, or the name that the paper bears. Whoever reads rows loads `Papers` once for all of them,
asks `fault_of` each citation and lets `document` find or make what each cites; `record_cited` writes the new ones.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from common.formats import short_day
from common.sheets import Cell, CellError, text
from common.vietnamese import search_key
from organizations.actions.history import record_past_documents
from organizations.models import Document, DocumentType, IssuerLevel, Organization, OrganizationVersion, Term
from organizations.scope import Right, Scope

NUMBER = re.compile(
    r"(?P<words>.*?)(?:số )?(?P<number>[0-9]{1,6}) ?- ?(?P<type>[^\W\d_]+) ?/ ?(?P<symbol>\S.{0,29})", re.I
)
WAYS = "Hãy ghi như 812-QĐ/ĐUK."
SHORT_TYPES = {search_key(kind.value): kind for kind in DocumentType if kind is not DocumentType.REGULATION}
LONG_TYPES = {search_key(kind.label): kind for kind in DocumentType}
# What the name of an issuer outside the register says of its level; other names must be entered with their level first.
LEVEL_WORDS = (
    (IssuerLevel.CENTRAL, ("trung uong", "bo chinh tri", "ban bi thu", "quoc hoi", "chinh phu")),
    (IssuerLevel.PROVINCIAL, ("tinh uy", "thanh uy", "tinh", "thanh pho")),
)
Span = tuple[date, date | None]  # first day, end


@dataclass(frozen=True)
class Citation:
    """A paper as a row cites it. `issuer` is as it was typed: a code or a name."""

    type: DocumentType
    number: int
    symbol: str
    issued_on: date
    issuer: str

    @property
    def written(self) -> str:
        return f"{self.number:02d}-{self.type.abbreviation}/{self.symbol} ngày {short_day(self.issued_on)}"


@dataclass(frozen=True)
class CitedIn:
    """The keys of the three columns in which a row cites a paper."""

    number: str
    day: str
    issuer: str

    @classmethod
    def called(cls, prefix: str) -> "CitedIn":
        return cls(f"{prefix}_number", f"{prefix}_day", f"{prefix}_issuer")

    def read(self, values: Mapping[str, object], faults: dict[str, str]) -> Citation | None:
        """Return the paper that the values read by `number_of`, `full_day` and `text` cite; None where none is cited.

        What is missing of the three goes to `faults`.
        """
        if any(key in faults for key in (self.number, self.day, self.issuer)):
            return None
        number, day, issuer = (values.get(key) for key in (self.number, self.day, self.issuer))
        if not (number or day or issuer):
            return None
        for key, value, what in (
            (self.number, number, f"số, ký hiệu văn bản. {WAYS}"),
            (self.day, day, "ngày văn bản, như 05/3/2022."),
            (self.issuer, issuer, "cơ quan ban hành: mã tổ chức đảng, hoặc tên như in trên văn bản."),
        ):
            if not value:
                faults[key] = f"Văn bản này còn thiếu {what}"
        if any(key in faults for key in (self.number, self.day, self.issuer)):
            return None
        kind, digits, symbol = number
        return Citation(kind, digits, symbol, day, issuer)

    def written(self, document: Document | None) -> dict[str, object]:
        """Return the three cells that cite the document."""
        if document is None:
            return {}
        issuer = document.issuer.code if document.issuer else document.issuer_name
        return {self.number: number_in_full(document), self.day: document.issued_on, self.issuer: issuer}


def number_in_full(document: Document) -> str:
    """Return 812-QĐ/ĐUK, and "Quy định 15-QĐ/TU" where the number alone would be taken for another type's."""
    is_plain = DocumentType(document.type) is not DocumentType.REGULATION
    return document.full_number if is_plain else f"{document.get_type_display()} {document.full_number}"


def number_of(cell: Cell) -> tuple[DocumentType, int, str] | None:
    """Read "812-QĐ/ĐUK", "Quyết định số 812-QĐ/ĐUK": return type, number and symbol of the office."""
    found = text(cell)
    if not found:
        return None
    match = NUMBER.fullmatch(found)
    if not match or not int(match["number"]):
        raise CellError(cell, f"“{found}” không phải là số, ký hiệu văn bản. {WAYS}")
    kind = SHORT_TYPES.get(search_key(match["type"])) if match["type"].upper() != "QYĐ" else DocumentType.REGULATION
    named = LONG_TYPES.get(search_key(match["words"])) if match["words"].strip() else None
    if kind is None or (match["words"].strip() and (named is None or named.abbreviation != kind.abbreviation)):
        known = ", ".join(each.value for each in DocumentType)
        raise CellError(cell, f"“{found}” có loại văn bản không rõ. {WAYS} Các loại: {known}.")
    return named or kind, int(match["number"]), match["symbol"].strip()


def record_cited(documents: Iterable[Document | None], *, by) -> None:
    """Write those of the documents that were made for rows and are not saved yet, each once. Part of an act."""
    new = {id(document): document for document in documents if document and not document.pk}
    record_past_documents(list(new.values()), by=by)


class Papers:
    """The papers of the register that rows may mean, and those made for rows that cite one not entered yet."""

    def __init__(
        self,
        documents: Iterable[Document],
        organizations: Iterable[Organization],
        terms: Iterable[Term],
        versions: Iterable[OrganizationVersion],
        coming: Mapping[str, Sequence[Span]],
        levels: Mapping[str, int],
    ) -> None:
        self.organizations = {search_key(each.code): each for each in organizations}
        self.coming = {search_key(code): spans for code, spans in coming.items()}
        self.levels = dict(levels)
        self.made: dict[tuple, Document] = {}
        self._cited: dict[tuple, Citation] = {}
        self._terms: dict[int, list[Term]] = {}
        for term in terms:
            self._terms.setdefault(term.organization_id, []).append(term)
        self._versions: dict[int, list[OrganizationVersion]] = {}
        for version in versions:
            self._versions.setdefault(version.organization_id, []).append(version)
        self._found: dict[tuple, Document] = {}
        self._by_number: dict[tuple, Document] = {}
        for document in documents:
            issuer = document.issuer_id or search_key(document.issuer_name)
            self._found[document.type, document.number, document.issued_on, issuer] = document
            if document.issuer_id:
                self._by_number[document.type, document.number, document.issuer_id, document.issuer_term_id] = document

    @classmethod
    def load(cls, citations: Iterable[Citation], coming: Mapping[str, Sequence[Span]] | None = None) -> "Papers":
        """Load what the citations may mean by five queries.

        `coming` are the terms of organisations that the same file brings, by code: their papers can be made once they
        are there.
        """
        citations = list(citations)
        codes = {each.issuer for each in citations} | {each.issuer.upper() for each in citations}
        organizations = list(Organization.objects.filter(code__in=codes))
        documents = Document.objects.filter(number__in={each.number for each in citations})
        outside = Document.objects.filter(issuer__isnull=True).order_by("pk").values_list("issuer_name", "issuer_level")
        return cls(
            documents.select_related("issuer", "issuer_term"),
            organizations,
            Term.objects.filter(organization__in=organizations).select_related("organization"),
            OrganizationVersion.objects.filter(organization__in=organizations),
            coming or {},
            {search_key(name): level for name, level in outside},
        )

    def issuer_of(self, citation: Citation) -> Organization | None:
        """Return the issuer in the register; None for an outside one, or one that the file still brings."""
        return self.organizations.get(search_key(citation.issuer))

    def find(self, citation: Citation) -> Document | None:
        """Return the document of the register that is cited."""
        return self._found.get(self._key(citation))

    def fault_of(self, citation: Citation, at: CitedIn, scope: Scope) -> tuple[str, str] | None:
        """Return which cell is wrong and why, when the paper is neither in the register nor can be entered."""
        found = self.find(citation)
        if found:
            same = search_key(found.symbol) == search_key(citation.symbol)
            return None if same else (at.number, f"Trong sổ, văn bản này là {found.full_number}. Hãy sửa ký hiệu.")
        issuer = self.issuer_of(citation)
        if issuer is None:
            return self._fault_of_outsider(citation, at, scope)
        if not scope.covers(issuer.path, Right.KEEP_REGISTER):
            return at.issuer, f"Văn bản chưa có trong sổ, mà bạn không được ghi văn bản của “{citation.issuer}”."
        term = self.term_of(issuer, citation.issued_on)
        if term is None:
            if self._is_coming(citation):
                return None
            return at.day, f"{issuer.name} {self._without_term(issuer, citation.issued_on)}"
        other = self._by_number.get((citation.type, citation.number, issuer.pk, term.pk))
        if other:
            return at.day, (
                f"Trong sổ, văn bản số {other.full_number} của {issuer.name} nhiệm kỳ {term} là ngày "
                f"{short_day(other.issued_on)}. Hãy sửa số hoặc sửa ngày."
            )
        return self._fault_beside_others(citation, at, term.pk)

    def document(self, citation: Citation | None, summary: str) -> Document | None:
        """Return the document cited, of the register or made now (once for all rows that cite it), not saved yet.

        Only for citations without fault. `summary` says what a new one is about; the register may be told better later.
        """
        if citation is None:
            return None
        key = self._key(citation)
        found = self._found.get(key) or self.made.get(key)
        if found is None:
            found = self.made[key] = self._make(citation, summary)
        return found

    def term_of(self, issuer: Organization, day: date) -> Term | None:
        return next((term for term in self._terms.get(issuer.pk, ()) if term.is_in_force(day)), None)

    def level_of(self, name: str) -> int | None:
        """Return the level of an outside issuer: as other papers of it say, or as its name does."""
        key = search_key(name)
        if key in self.levels:
            return self.levels[key]
        words = f" {key} "
        return next((level for level, said in LEVEL_WORDS if any(f" {each} " in words for each in said)), None)

    def take_level(self, name: str, level: int) -> None:
        """Take the level of an outside issuer from a row that says it, unless papers of it are in the register."""
        self.levels.setdefault(search_key(name), level)

    def _fault_of_outsider(self, citation: Citation, at: CitedIn, scope: Scope) -> tuple[str, str] | None:
        if self._is_coming(citation):
            return None
        if search_key(citation.issuer) in self.coming:
            return at.day, f"Tổ chức đảng {citation.issuer} chưa có nhiệm kỳ nào vào ngày này."
        if not scope.may(Right.KEEP_REGISTER):
            return at.issuer, "Văn bản chưa có trong sổ, mà bạn không được ghi văn bản."
        if self.level_of(citation.issuer) is None:
            return at.issuer, (
                f"Không có tổ chức đảng nào mã “{citation.issuer}”, và chưa biết cơ quan này thuộc cấp nào. Hãy ghi mã "
                "tổ chức đảng, hoặc ghi văn bản ở tệp Văn bản (có cột Cấp ban hành) trước."
            )
        return self._fault_beside_others(citation, at, citation.issued_on)

    def _fault_beside_others(self, citation: Citation, at: CitedIn, series: object) -> tuple[str, str] | None:
        """Return what is wrong with a new paper when another row has cited it by another day or symbol."""
        key = (citation.type, citation.number, search_key(citation.issuer), series)
        first = self._cited.setdefault(key, citation)
        if first.issued_on != citation.issued_on:
            return at.day, f"Dòng khác trong tệp ghi văn bản này là {first.written}. Hãy sửa cho khớp."
        if search_key(first.symbol) != search_key(citation.symbol):
            return at.number, f"Dòng khác trong tệp ghi văn bản này là {first.written}. Hãy sửa cho khớp."
        return None

    def _is_coming(self, citation: Citation) -> bool:
        spans = self.coming.get(search_key(citation.issuer), ())
        return any(first <= citation.issued_on and (not end or citation.issued_on < end) for first, end in spans)

    def _without_term(self, issuer: Organization, day: date) -> str:
        terms = sorted(self._terms.get(issuer.pk, ()), key=lambda term: term.valid_from)
        there = "; ".join(f"{term} từ {short_day(term.valid_from)}" for term in terms) or "chưa ghi nhiệm kỳ nào"
        return f"không có nhiệm kỳ nào vào ngày {short_day(day)}. Trong sổ: {there}."

    def _key(self, citation: Citation) -> tuple:
        issuer = self.issuer_of(citation)
        who = issuer.pk if issuer else search_key(citation.issuer)
        return citation.type, citation.number, citation.issued_on, who

    def _make(self, citation: Citation, summary: str) -> Document:
        issuer, day = self.issuer_of(citation), citation.issued_on
        document = Document(
            type=citation.type, number=citation.number, symbol=citation.symbol, issued_on=day, summary=summary
        )
        if issuer is None:
            document.issuer_name, document.issuer_level = citation.issuer, self.level_of(citation.issuer)
            return document
        standing = next((each for each in self._versions.get(issuer.pk, ()) if each.is_in_force(day)), issuer)
        document.issuer, document.issuer_term = issuer, self.term_of(issuer, day)
        document.issuer_name = standing.issuing_name
        document.issuer_level = IssuerLevel.GRASSROOTS if standing.is_grassroots else IssuerLevel.UPPER
        return document
