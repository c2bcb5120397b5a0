"""Writes of documents and of the files that were scanned from them."""

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from common.errors import Blocked, NotAllowed, Refused
from common.formats import short_day
from common.journal import act
from common.uploads import inspect, save_with_file
from organizations.models import Document, DocumentFile, DocumentType, IssuerLevel, Organization, Term
from organizations.scope import Right
from regulations.findings import Finding, Severity
from regulations.models import RuleCode
from regulations.rulebook import Rulebook

# Whoever drafts enters the papers of a dossier; whoever confirms it, the decision.
RECORDING = (Right.DRAFT, Right.DRAFT_INSPECTION, Right.CONFIRM)


@act("Ghi nhận văn bản")
def record_document(
    *,
    type: str,
    number: int,
    symbol: str,
    issued_on: date,
    summary: str,
    by,
    issuer: Organization | None = None,
    issuer_name: str = "",
    issuer_level: int | None = None,
    effective_on: date | None = None,
    signed_by: str = "",
    classification: str = Document.Classification.ORDINARY,
    keeper: Organization | None = None,
) -> Document:
    """Enter a document: of an organisation in the register (`issuer`) or of an outside issuer (`issuer_name`).

    `keeper` is who keeps the issuer's papers today, where that is another: the superior to which an organisation was
    handed over with its files. Whoever may enter papers of the keeper may then enter this one.

    The issuer's term is the one in force on the document's day. Raises `Refused` when there is none, for numbers run
    over a term, and when the number is used already; also when somebody else takes it at the same moment.
    """
    _require_right_to_enter(by, keeper or issuer)
    if issuer is None and not (issuer_name and issuer_level):
        raise Refused("Hãy ghi cơ quan ban hành và cấp ban hành của văn bản.")
    issuer_term = _term_of(issuer, issued_on) if issuer else None
    document = Document(
        type=type,
        number=number,
        symbol=symbol,
        issuer=issuer,
        issuer_term=issuer_term,
        issuer_name=issuer_name or issuer.standing_on(issued_on).issuing_name,
        issuer_level=issuer_level or (IssuerLevel.GRASSROOTS if issuer.is_grassroots else IssuerLevel.UPPER),
        issued_on=issued_on,
        effective_on=effective_on,
        signed_by=signed_by,
        summary=summary,
        classification=classification,
    )
    _require_unused_number(document)
    try:
        with transaction.atomic():
            document.save()
    except IntegrityError:
        _require_unused_number(document)
        raise
    return document


def may_enter_document(by, issuer: Organization | None) -> bool:
    """Whether `by` drafts or confirms for the issuer, be it only for its inspection committee.

    Outside papers (None) belong to no part of the tree, so whoever does so anywhere may enter them.
    """
    return any(by.scope.covers(issuer.path, right) if issuer else by.scope.may(right) for right in RECORDING)


def _require_right_to_enter(by, issuer: Organization | None) -> None:
    if not may_enter_document(by, issuer):
        raise NotAllowed("Bạn không có quyền ghi nhận văn bản của tổ chức đảng này.")


def _term_of(issuer: Organization, day: date) -> Term:
    term = issuer.terms.as_of(day).first()
    if term is None:
        raise Refused(f"{issuer.name} chưa có nhiệm kỳ nào vào ngày {short_day(day)}.")
    return term


def _require_unused_number(document: Document) -> None:
    if _with_its_number(document).exists():
        number, issuer = f"{document.number:02d}", document.issuer
        if issuer is None:
            day = short_day(document.issued_on)
            raise Refused(f"Văn bản số {number}, ngày {day} của {document.issuer_name} đã được ghi nhận.")
        message = (
            f"Số {number} đã được dùng trong nhiệm kỳ {document.issuer_term} của {issuer.name}. "
            f"Số tiếp theo chưa dùng là {next_number(issuer, document.type, document.issued_on):02d}."
        )
        book = Rulebook.of(document.issued_on)
        finding = book.finding(RuleCode.DOCUMENT_NUMBER_UNIQUE, message, severity=Severity.BLOCK)
        raise Blocked([finding or Finding(Severity.BLOCK, message)])


def _with_its_number(document: Document) -> QuerySet[Document]:
    """Return the documents that bear the number, and so are the same: in the issuer's term, or on the same day."""
    alike = Document.objects.filter(type=document.type, number=document.number, issuer=document.issuer)
    if document.issuer is None:
        return alike.filter(issuer_name=document.issuer_name, issued_on=document.issued_on)
    return alike.filter(issuer_term=document.issuer_term)


def next_number(issuer: Organization, type: DocumentType, day: date) -> int:
    """Return the next free number of the issuer for this type, in its term in force on `day`."""
    used = Document.objects.filter(issuer=issuer, issuer_term__in=issuer.terms.as_of(day), type=type)
    return max(used.values_list("number", flat=True), default=0) + 1


@act("Đính kèm tệp vào văn bản")
def attach_file(document: Document, *, upload: UploadedFile, by) -> DocumentFile:
    """Keep a scanned or written file of the document: PDF, JPEG, PNG or DOCX by its content, whatever its name says.

    Raises `NotAllowed` without the right to enter papers of the issuer or for an outside document that `by` does not
    see, and `Refused` for a file of another kind, one too large or empty, and one that the document has already.
    """
    _require_right_to_enter(by, document.issuer)
    if document.issuer is None and not Document.objects.visible_to(by.scope).filter(pk=document.pk).exists():
        raise NotAllowed("Bạn không có quyền đính kèm tệp vào văn bản này.")
    document = Document.objects.select_for_update().get(pk=document.pk)
    found = inspect(upload)
    twin = document.files.filter(sha256=found.sha256).first()
    if twin is not None:
        raise Refused(f"Văn bản số {document.full_number} đã có tệp này, với tên “{twin.name}”. Không cần tải lên lại.")
    attached = DocumentFile(
        document=document, name=found.name, kind=found.kind, size=found.size, sha256=found.sha256, uploaded_by=by
    )
    save_with_file(attached, upload, f"*.{found.kind}")
    return attached
