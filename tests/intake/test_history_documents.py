"""Papers taken over in bulk: each known by number, day and issuer; only what is said about it may be told better."""

from datetime import date

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.errors import NotAllowed
from common.journal import act
from common.undoing import undo
from intake.kinds.documents import DOCUMENTS
from intake.papers import Citation, CitedIn, Papers, record_cited
from organizations.models import Document, DocumentType
from organizations.scope import Right, Scope
from tests import factories
from tests.factories import holder_of, office
from tests.intake.sheets import DAY, commit, faults_of, states_of, take_in, typed, understood

PAPER = {
    "document_number": "12-QĐ/ĐUK",
    "document_day": date(2021, 3, 5),
    "document_issuer": "KHOI",
    "summary": "Chuẩn y kết quả bầu bổ sung",
}
OUTSIDE = {
    "document_number": "Quy định 15-QĐ/TU",
    "document_day": date(2022, 3, 23),
    "document_issuer": "Ban Thường vụ Tỉnh ủy",
    "summary": "Về công tác cán bộ",
}


def test_papers_are_entered_with_the_term_of_their_issuer(old):
    take_in(DOCUMENTS, by=office(), s0=[PAPER | {"signed_by": "Lê Văn Ký", "classification": "Mật"}, OUTSIDE])

    inside, outside = Document.objects.order_by("issued_on")
    assert (inside.full_number, inside.issuer, inside.issuer_term.label) == ("12-QĐ/ĐUK", old.bloc, "2020-2025")
    assert (inside.issuer_name, inside.issuer_level) == ("Ban Thường vụ Đảng ủy Khối", 3)
    assert (inside.signed_by, inside.classification) == ("Lê Văn Ký", "confidential")
    assert "12 qd duk" in inside.search_key
    assert (outside.type, outside.full_number, outside.issuer_level) == ("QyĐ", "15-QĐ/TU", 2)


def test_a_second_time_changes_nothing_and_what_is_told_better_is_kept(old):
    take_in(DOCUMENTS, by=office(), s0=[PAPER, OUTSIDE])
    assert states_of(DOCUMENTS, s0=[PAPER, OUTSIDE]) == ["unchanged", "unchanged"]
    entries = LogEntry.objects.count()
    take_in(DOCUMENTS, by=office(), s0=[PAPER, OUTSIDE])
    assert LogEntry.objects.count() == entries

    better = [PAPER | {"summary": "Chuẩn y bổ sung Ban Chấp hành", "effective": date(2021, 3, 10)}]
    [changed] = take_in(DOCUMENTS, by=office(), s0=better)

    assert changed.differences == [
        ("Trích yếu", "Chuẩn y kết quả bầu bổ sung", "Chuẩn y bổ sung Ban Chấp hành"),
        ("Ngày có hiệu lực", "", "10/3/2021"),
    ]
    document = Document.objects.get(number=12)
    assert (document.effective_on, "bo sung ban chap hanh" in document.search_key) == (date(2021, 3, 10), True)


def test_an_import_is_taken_back(old):
    @act("Hủy lần nhập")
    def take_back(cid, *, by):
        undo(cid)

    take_in(DOCUMENTS, by=office(), s0=[PAPER])
    take_in(DOCUMENTS, by=office(), s0=[PAPER | {"summary": "Khác"}, OUTSIDE])

    take_back(LogEntry.objects.order_by("-pk").first().cid, by=office())

    document = Document.objects.get()
    assert (document.summary, "bau bo sung" in document.search_key) == (PAPER["summary"], True)


@pytest.mark.parametrize(
    ("fields", "key", "words"),
    [
        ({"document_number": "12/QĐ"}, "document_number", "không phải là số, ký hiệu văn bản"),
        ({"document_number": "12-XX/ĐUK"}, "document_number", "có loại văn bản không rõ"),
        ({"document_number": "Chỉ thị 12-QĐ/ĐUK"}, "document_number", "có loại văn bản không rõ"),
        ({"document_day": None}, "document_day", "không được để trống"),
        ({"document_day": "3/2021"}, "document_day", "chưa đủ ngày, tháng, năm"),
        (
            {"document_day": date(2012, 1, 1)},
            "document_day",
            "Trong sổ: 2015-2020 từ 15/6/2015; 2020-2025 từ 15/6/2020",
        ),
        ({"document_issuer": "Cơ quan lạ"}, "level", "phải ghi Cấp ban hành"),
        ({"summary": None}, "summary", "không được để trống"),
        ({"level": "Cấp xã"}, "level", "không thuộc danh mục"),
        ({"summary": "x" * 501}, "summary", "quá 500 chữ"),
    ],
)
def test_the_cell_that_is_wrong_is_named(old, fields, key, words):
    [faults] = faults_of(DOCUMENTS, s0=[PAPER | fields])

    assert list(faults) == [key]
    assert words in faults[key]


def test_a_number_used_on_another_day_or_with_another_symbol_is_wrong(old):
    take_in(DOCUMENTS, by=office(), s0=[PAPER])

    another_day, another_symbol = faults_of(
        DOCUMENTS, s0=[PAPER | {"document_day": date(2021, 4, 5)}, PAPER | {"document_number": "12-QĐ/ĐU"}]
    )

    assert "là ngày 05/3/2021" in another_day["document_day"]
    assert "văn bản này là 12-QĐ/ĐUK" in another_symbol["document_number"]


def test_rows_of_one_file_may_not_contradict_each_other(old):
    first, again, another_day = faults_of(DOCUMENTS, s0=[PAPER, PAPER, PAPER | {"document_day": date(2021, 4, 5)}])

    assert first == {}
    assert "đã có ở dòng" in again["document_number"]
    assert "Dòng khác trong tệp ghi văn bản này là 12-QĐ/ĐUK ngày 05/3/2021" in another_day["document_day"]


def test_an_outside_issuer_is_entered_with_its_level(old):
    strange = OUTSIDE | {"document_issuer": "Đoàn giám sát", "level": "Trung ương"}
    take_in(DOCUMENTS, by=office(), s0=[strange])

    assert Document.objects.get().issuer_level == 1


def test_whoever_keeps_no_register_there_enters_nothing(old):
    scope = Scope.of([(Right.VIEW, ["/"]), (Right.KEEP_REGISTER, [old.place.path])])
    [faults] = faults_of(DOCUMENTS, scope, s0=[PAPER])
    assert "bạn không được ghi văn bản của “KHOI”" in faults["document_issuer"]

    for rows in ([PAPER], [OUTSIDE]):
        with pytest.raises(NotAllowed):
            commit(DOCUMENTS, understood(DOCUMENTS, s0=rows), by=holder_of(Right.VIEW, Right.DRAFT))


def test_what_is_known_outside_the_scope_is_not_told_better(old):
    factories.document(old.bloc, date(2021, 3, 5), number=12)
    scope = Scope.of([(Right.VIEW, ["/"]), (Right.KEEP_REGISTER, [old.place.path])])

    [faults] = faults_of(DOCUMENTS, scope, s0=[PAPER])

    assert "nằm ngoài phạm vi của bạn" in faults["document_number"]


def test_export_is_what_is_imported(old):
    take_in(DOCUMENTS, by=office(), s0=[PAPER, OUTSIDE])
    exported = DOCUMENTS.export(Scope.everything(), DAY)

    keys = [column.key for column in DOCUMENTS.sheets[0].columns]
    rows = [dict(zip(keys, row, strict=True)) for row in exported["Văn bản"]]
    assert states_of(DOCUMENTS, s0=rows) == ["unchanged", "unchanged"]


def test_the_number_of_queries_does_not_grow_with_the_rows(old):
    counts = []
    for size in (1, 30):
        rows = typed(DOCUMENTS, s0=[PAPER | {"document_number": f"{number}-QĐ/ĐUK"} for number in range(1, size + 1)])
        with CaptureQueriesContext(connection) as queries:
            DOCUMENTS.understand(rows, scope=Scope.everything(), day=DAY)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_paper_of_an_organisation_that_the_same_file_brings_waits_for_it(old):
    at = CitedIn.called("decision")
    citation = Citation(DocumentType.DECISION, 3, "ĐU", date(2021, 3, 5), "CS-50")
    coming = Papers.load([citation], {"CS-50": [(date(2020, 6, 1), None)]})
    too_late = Papers.load([citation], {"CS-50": [(date(2022, 6, 1), None)]})

    assert coming.fault_of(citation, at, Scope.everything()) is None
    assert too_late.fault_of(citation, at, Scope.everything())[0] == "decision_day"

    place = factories.organization(old.bloc, code="CS-50")
    factories.term(place, date(2020, 6, 1))
    made = Papers.load([citation]).document(citation, "Thành lập chi bộ")
    record_cited_in_an_act([made, made, None], by=office())
    assert Document.objects.get().issuer == place
    assert Papers.load([citation]).find(citation) == made


@act("Nhập dữ liệu")
def record_cited_in_an_act(documents, *, by):
    record_cited(documents, by=by)
