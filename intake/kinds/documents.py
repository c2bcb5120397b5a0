"""The kind of import "văn bản": the papers of an office's shelves, one a row."""

from collections.abc import Sequence
from datetime import date

from common.sheets import full_day
from intake.kinds.base import Column, Kind, Listed, Rows, SheetSpec, in_columns, read_rows
from intake.kinds.fields import choice_of, cited_columns, differences, labels, text_of
from intake.papers import Citation, CitedIn, Papers
from organizations.actions.history import record_past_documents
from organizations.models import Document, IssuerLevel
from organizations.scope import Right, Scope

AT = CitedIn.called("document")
SUMMARY = "Chưa ghi trích yếu"
_NUMBER, _DAY, _ISSUER = cited_columns(AT, "văn bản", must=True)
COLUMNS = (
    _NUMBER,
    _DAY,
    _ISSUER,
    Column(
        key="issuer_name",
        heading="Tên cơ quan như in trên văn bản",
        width=30,
        note="Để trống thì lấy theo tên của tổ chức đảng vào ngày văn bản.",
        reader=text_of(255),
    ),
    Column(
        key="level",
        heading="Cấp ban hành",
        width=16,
        choices=labels(IssuerLevel.choices),
        note="Phải ghi khi cơ quan ban hành không có trong sổ.",
        reader=choice_of(IssuerLevel.choices),
    ),
    Column(
        key="summary",
        heading="Trích yếu",
        spellings=("Nội dung", "Trích yếu nội dung"),
        width=44,
        must=True,
        reader=text_of(500),
    ),
    Column(key="effective", heading="Ngày có hiệu lực", spellings=("Hiệu lực từ",), width=12, reader=full_day),
    Column(key="signed_by", heading="Người ký", width=20, reader=text_of(120)),
    Column(
        key="classification",
        heading="Độ mật",
        width=9,
        choices=labels(Document.Classification.choices),
        reader=choice_of(Document.Classification.choices),
    ),
)
SHEET = SheetSpec(
    name="Văn bản",
    columns=COLUMNS,
    example={
        AT.number: "12-QĐ/ĐUK",
        AT.day: date(2021, 3, 5),
        AT.issuer: "KHOI",
        "level": IssuerLevel.UPPER.label,
        "summary": "Chuẩn y kết quả bầu bổ sung Ban Chấp hành",
        "classification": Document.Classification.ORDINARY.label,
    },
    notes=(
        "Mỗi dòng là một văn bản. Văn bản đã có trong sổ (trùng số, ngày, cơ quan) chỉ sửa được phần mô tả.",
        "Cơ quan ban hành ghi mã tổ chức đảng; cơ quan ngoài sổ thì ghi tên và Cấp ban hành.",
    ),
)


def understand(rows: Rows, *, scope: Scope, day: date) -> list[Listed]:
    """Return what each row comes to."""
    listed = read_rows(SHEET, rows)
    cited = {id(each): AT.read(each.values, each.faults) for each in listed}
    papers = Papers.load(filter(None, cited.values()))
    numbers = {citation.number for citation in cited.values() if citation}
    visible = set(Document.objects.visible_to(scope).filter(number__in=numbers).values_list("pk", flat=True))
    seen: dict[int, int] = {}
    for each in listed:
        citation = cited[id(each)]
        if citation is not None and _is_possible(each, citation, papers, scope):
            document = papers.document(citation, str(each.values.get("summary") or SUMMARY))
            first = seen.setdefault(id(document), each.line)
            if first != each.line:
                each.fault(AT.number, f"Văn bản này đã có ở dòng {first}. Hãy bỏ một dòng.")
            else:
                _compare(each, document, scope, is_seen=document.pk in visible)
    return listed


def _is_possible(each: Listed, citation: Citation, papers: Papers, scope: Scope) -> bool:
    """Whether the paper is in the register or can be entered; else say what is wrong."""
    level = each.values.get("level")
    if papers.issuer_of(citation) is None and level:
        papers.take_level(citation.issuer, level)
    elif papers.issuer_of(citation) is None and papers.level_of(citation.issuer) is None:
        each.fault("level", "Không có tổ chức đảng nào mã như ở cột Cơ quan ban hành, nên phải ghi Cấp ban hành.")
        return False
    fault = papers.fault_of(citation, AT, scope)
    if fault:
        each.fault(*fault)
    return not fault


def _compare(each: Listed, document: Document, scope: Scope, *, is_seen: bool) -> None:
    """Set what the row says otherwise than the register, which only whoever sees the document is told."""
    before = cells_of(document) if document.pk else {}
    each.is_new, each.meant = not document.pk, document
    _describe(document, each)
    told = differences(COLUMNS, before, cells_of(document)) if document.pk else []
    may_describe = _may_describe(document, scope, is_seen=is_seen)
    if told and not may_describe:
        each.fault(AT.number, "Văn bản này nằm ngoài phạm vi của bạn nên không sửa được. Hãy bỏ dòng này.")
    if may_describe or is_seen:
        each.differences = told


def _may_describe(document: Document, scope: Scope, *, is_seen: bool) -> bool:
    if document.issuer:
        return scope.covers(document.issuer.path, Right.KEEP_REGISTER)
    return is_seen and scope.may(Right.KEEP_REGISTER)


def _describe(document: Document, each: Listed) -> None:
    """Put what the row says into the document; an empty cell says nothing."""
    for key, name in (
        ("issuer_name", "issuer_name"),
        ("level", "issuer_level"),
        ("summary", "summary"),
        ("effective", "effective_on"),
        ("signed_by", "signed_by"),
        ("classification", "classification"),
    ):
        value = each.values.get(key)
        if value and not (key == "issuer_name" and document.issuer is None):
            setattr(document, name, value)


def write(listed: Sequence[Listed], *, by) -> None:
    """Enter the new documents, and what is now said of those of the register. Part of an act."""
    new = [each.meant for each in listed if each.is_new]
    described = [each.meant for each in listed if each.meant and not each.is_new and each.differences]
    record_past_documents(new, described, by=by)


def cells_of(document: Document) -> dict[str, object]:
    """Return the cells of a document, by the keys of the columns."""
    return AT.written(document) | {
        "issuer_name": document.issuer_name,
        "level": IssuerLevel(document.issuer_level).label if document.issuer_level else "",
        "summary": document.summary,
        "effective": document.effective_on,
        "signed_by": document.signed_by,
        "classification": document.get_classification_display(),
    }


def export(scope: Scope, day: date) -> dict[str, list[list[object]]]:
    """Return every document that the scope sees, in the columns of the sheet."""
    documents = (
        Document.objects.visible_to(scope).select_related("issuer").order_by("issued_on", "type", "number", "pk")
    )
    return {SHEET.name: [in_columns(SHEET, cells_of(document)) for document in documents]}


DOCUMENTS = Kind(
    code="van-ban",
    label="Văn bản",
    right=Right.KEEP_REGISTER,
    sheets=(SHEET,),
    understand=understand,
    write=write,
    export=export,
)
