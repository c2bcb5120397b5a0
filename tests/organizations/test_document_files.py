"""Files of documents: attaching them, and the pages of documents that show and serve them."""

from datetime import date
from pathlib import Path

import pytest
from auditlog.models import LogEntry
from django.db import IntegrityError
from django.urls import reverse

from accounts.roles import Role
from common.errors import NotAllowed, Refused
from organizations.actions import attach_file, documents, record_document
from organizations.models import Document, DocumentFile
from organizations.scope import Right
from tests import factories
from tests.files import JPEG, PDF, PNG, attached, upload, word
from tests.pages import MOST_QUERIES, as_board, as_role, count_queries, signed_in, text_of

pytestmark = pytest.mark.django_db
LIST = reverse("organizations:document_list")


@pytest.fixture
def bloc():
    made = factories.organization(name="Đảng bộ Khối")
    factories.term(made)
    return made


@pytest.fixture
def agency(bloc):
    made = factories.organization(bloc, name="Đảng bộ Sở Y tế")
    factories.term(made)
    return made


@pytest.fixture
def document(bloc):
    return factories.document(bloc, type="HD", number=6, summary="Hướng dẫn công tác cán bộ")


def page(document: Document) -> str:
    return reverse("organizations:document_detail", args=[document.pk])


def address(file: DocumentFile) -> str:
    return reverse("organizations:document_file", args=[file.document_id, file.pk])


def stored(settings) -> set[Path]:
    return {path for path in Path(settings.PAPERS_ROOT).rglob("*") if path.is_file()}


class TestAttach:
    def test_it_keeps_what_the_file_is_and_who_sent_it(self, document):
        file = attached(document, PDF, "Hướng dẫn.pdf")

        assert (file.name, file.kind, file.size) == ("Hướng dẫn.pdf", "pdf", len(PDF))
        assert file.uploaded_by == factories.office()
        assert file.content.read() == PDF

    def test_it_lies_outside_the_web_root_under_a_name_of_its_own(self, document, settings):
        file = attached(document, PDF, "Hướng dẫn.pdf")

        path = Path(file.content.path)
        assert path.is_relative_to(settings.PAPERS_ROOT)
        assert not path.is_relative_to(settings.STATIC_ROOT)
        assert "dẫn" not in path.name
        assert path.stat().st_mode & 0o077 == 0

    def test_the_journal_names_the_act(self, document):
        file = attached(document)

        entry = LogEntry.objects.get_for_object(file).get()
        assert entry.additional_data["act"] == "Đính kèm tệp vào văn bản"
        assert entry.actor == factories.office()

    def test_the_same_file_twice_is_refused_politely(self, document, settings):
        attached(document, PDF, "lần một.pdf")
        before = stored(settings)

        with pytest.raises(Refused, match=r"Văn bản số 06-HD/ĐUK đã có tệp này, với tên “lần một.pdf”"):
            attached(document, PDF, "lần hai.pdf")
        assert document.files.count() == 1
        assert stored(settings) == before

    def test_another_document_may_have_the_same_file(self, bloc, document):
        attached(document)
        attached(factories.document(bloc))

        assert DocumentFile.objects.count() == 2

    def test_nothing_is_left_of_a_file_that_could_not_be_entered(self, document, settings, monkeypatch):
        before = stored(settings)

        def fail(self, *args, **kwargs):
            raise IntegrityError

        monkeypatch.setattr(DocumentFile, "save", fail)
        with pytest.raises(IntegrityError):
            attached(document)
        assert stored(settings) == before

    @pytest.mark.parametrize("right", [Right.DRAFT, Right.DRAFT_INSPECTION])
    def test_whoever_drafts_for_the_issuer_may(self, agency, document, right):
        own = factories.document(agency)
        clerk = factories.holder_of(right, path=agency.path)

        assert attach_file(own, upload=upload(), by=clerk).uploaded_by == clerk
        with pytest.raises(NotAllowed):
            attach_file(document, upload=upload(), by=clerk)

    @pytest.mark.parametrize("right", [Right.DRAFT, Right.DRAFT_INSPECTION, Right.CONFIRM])
    def test_whoever_drafts_or_confirms_anywhere_may_for_an_outside_document(self, agency, right):
        outside = factories.document()

        with pytest.raises(NotAllowed):
            attach_file(outside, upload=upload(), by=factories.holder_of(Right.VIEW, Right.KEEP_REGISTER))
        assert attach_file(outside, upload=upload(), by=factories.holder_of(Right.VIEW, right, path=agency.path))


class TestNumberTakenMeanwhile:
    """Two clerks take one number: the second has looked before the first has written."""

    @pytest.fixture
    def record(self, monkeypatch):
        """Record a document whose number is found free at first, as it was a moment ago."""
        really, looks = documents._with_its_number, []

        def look(document):
            looks.append(document)
            return really(document) if len(looks) > 1 else Document.objects.none()

        def record(**fields):
            monkeypatch.setattr(documents, "_with_its_number", look)
            facts = {"type": "QĐ", "number": 7, "issued_on": factories.DECIDED, "summary": "Trùng số"}
            return record_document(by=factories.office(), **facts, **fields)

        return record

    def test_the_second_is_told_and_offered_the_next_number(self, bloc, record):
        factories.document(bloc, number=7)

        with pytest.raises(Refused, match=r"Số 07 đã được dùng .* Số tiếp theo chưa dùng là 08"):
            record(issuer=bloc, symbol="ĐUK")
        assert not Document.objects.filter(summary="Trùng số").exists()

    def test_an_outside_document_is_not_entered_twice_either(self, record):
        factories.document(number=7)

        with pytest.raises(Refused, match="Văn bản số 07, ngày 10/3/2022 của Ban Thường vụ Tỉnh ủy đã được ghi nhận"):
            record(issuer_name="Ban Thường vụ Tỉnh ủy", issuer_level=2, symbol="TU")

    def test_another_fault_is_not_taken_for_it(self, bloc):
        with pytest.raises(IntegrityError):
            factories.document(bloc, number=-1)


class TestPage:
    def test_it_shows_the_facts_and_the_files(self, bloc, document):
        attached(document, PDF, "bản quét.pdf")

        shown = text_of(as_board(bloc).get(page(document)))

        assert "Hướng dẫn số 06-HD/ĐUK, ngày 10/3/2022 của Ban Thường vụ Đảng ủy Khối" in shown
        assert "Người ký chưa có số liệu" in shown
        assert "bản quét.pdf PDF" in shown

    def test_without_files_it_says_what_belongs_there(self, bloc, document):
        assert "Chưa có tệp nào" in text_of(as_board(bloc).get(page(document)))

    def test_a_clerk_attaches_a_file(self, bloc, document):
        response = as_board(bloc).post(page(document), {"upload": upload(word("x"), "Hướng dẫn.docx")}, follow=True)

        assert "Đã đính kèm tệp “Hướng dẫn.docx”." in text_of(response)
        assert document.files.get().kind == "docx"

    @pytest.mark.parametrize(
        ("content", "name", "sentence"),
        [
            (b"MZ", "a.pdf", "không phải là PDF, JPEG, PNG hoặc DOCX"),
            (PNG, "a.pdf", "có đuôi “.pdf” nhưng nội dung là PNG"),
            (b"", "a.pdf", "Tệp “a.pdf” trống"),
        ],
    )
    def test_a_wrong_file_gets_a_sentence_and_nothing_is_written(self, bloc, document, content, name, sentence):
        response = as_board(bloc).post(page(document), {"upload": upload(content, name)})

        assert response.status_code == 422
        assert sentence in response.content.decode()
        assert not document.files.exists()

    def test_no_file_gets_a_sentence(self, bloc, document):
        response = as_board(bloc).post(page(document), {})

        assert response.status_code == 422
        assert "Hãy chọn một tệp." in response.content.decode()

    def test_a_double_click_attaches_once(self, bloc, document):
        client = as_board(bloc)
        client.post(page(document), {"upload": upload()})

        response = client.post(page(document), {"upload": upload()})

        assert response.status_code == 422
        assert "đã có tệp này" in response.content.decode()
        assert document.files.count() == 1

    @pytest.mark.parametrize("role", [Role.LEADER, Role.ADMINISTRATOR])
    def test_those_who_only_read_have_no_form_and_cannot_post(self, bloc, document, role):
        client = as_role(role, bloc)

        assert "Đính kèm tệp" not in text_of(client.get(page(document)))
        assert client.post(page(document), {"upload": upload()}).status_code == 403
        assert not document.files.exists()

    def test_a_document_of_others_is_not_found(self, agency, bloc):
        elsewhere = factories.organization(bloc)
        factories.term(elsewhere)
        client = as_role(Role.GRASSROOTS_CLERK, agency)

        assert client.get(page(factories.document(elsewhere))).status_code == 404
        assert client.post(page(factories.document(elsewhere)), {"upload": upload()}).status_code == 404

    def test_a_long_summary_and_marks_in_it_are_shown(self, bloc):
        summary = "Về <b>kiện toàn</b> & “bổ sung” " * 15
        shown = as_board(bloc).get(page(factories.document(bloc, summary=summary.strip()[:500]))).content.decode()
        assert "Về &lt;b&gt;kiện toàn&lt;/b&gt; &amp; “bổ sung”" in shown

    def test_takes_the_same_few_queries_whatever_the_number_of_files(self, bloc, document):
        client = as_board(bloc)
        attached(document)
        few = count_queries(client, page(document))
        for number in range(10):
            attached(document, PDF + str(number).encode())
        assert count_queries(client, page(document)) == few <= MOST_QUERIES


class TestDownload:
    @pytest.mark.parametrize(
        ("content", "name", "kind", "disposition"),
        [
            (PDF, "a.pdf", "application/pdf", "inline"),
            (JPEG, "a.jpg", "image/jpeg", "inline"),
            (PNG, "a.png", "image/png", "inline"),
            (word("x"), "a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "attach"),
        ],
    )
    def test_it_is_sent_as_what_it_is(self, bloc, document, content, name, kind, disposition):
        response = as_board(bloc).get(address(attached(document, content, name)))

        assert response.getvalue() == content
        assert response["Content-Type"] == kind
        assert response["Content-Disposition"].startswith(disposition)
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == "private, no-store"

    def test_it_is_saved_under_the_name_that_it_came_with(self, bloc, document):
        response = as_board(bloc).get(address(attached(document, PDF, 'Tờ "trình".pdf')))

        assert response["Content-Disposition"] == "inline; filename*=utf-8''T%E1%BB%9D%20%22tr%C3%ACnh%22.pdf"

    def test_a_file_of_others_is_not_found(self, bloc, agency):
        elsewhere = factories.organization(bloc)
        factories.term(elsewhere)
        file = attached(factories.document(elsewhere))

        assert as_role(Role.GRASSROOTS_CLERK, agency).get(address(file)).status_code == 404
        assert as_role(Role.GRASSROOTS_CLERK, elsewhere).get(address(file)).status_code == 200

    def test_a_file_is_found_at_its_own_document_alone(self, bloc, document):
        file = attached(factories.document(bloc))
        file.document_id = document.pk

        assert as_board(bloc).get(address(file)).status_code == 404

    def test_it_needs_a_role(self, document):
        file = attached(document)

        assert signed_in(factories.user(role=None)).get(address(file)).status_code == 403


class TestConfidential:
    def looks(self, document):
        entries = LogEntry.objects.get_for_object(document).filter(action=LogEntry.Action.ACCESS).order_by("pk")
        return [(entry.actor.full_name, entry.additional_data["act"]) for entry in entries]

    @pytest.fixture
    def secret(self, bloc):
        return factories.document(bloc, classification=Document.Classification.CONFIDENTIAL)

    def test_each_opening_is_journaled(self, bloc, secret):
        file = attached(secret, PDF, "mật.pdf")
        client = as_role(Role.LEADER, bloc)

        client.get(page(secret))
        client.get(address(file))

        assert self.looks(secret) == [
            ("Trần Thị Bình", "Xem văn bản mật"),
            ("Trần Thị Bình", "Mở tệp “mật.pdf” của văn bản mật"),
        ]

    def test_openings_of_others_are_not(self, bloc, document):
        as_board(bloc).get(page(document))
        as_board(bloc).get(address(attached(document)))

        assert self.looks(document) == []


class TestList:
    def test_it_shows_documents_in_scope_and_of_outside_issuers(self, agency, bloc):
        factories.document(agency, summary="Của Sở Y tế")
        factories.document(bloc, summary="Của Khối")
        factories.document(summary="Của Tỉnh ủy")

        shown = text_of(as_role(Role.GRASSROOTS_CLERK, agency).get(LIST))

        assert "Của Sở Y tế" in shown
        assert "Của Tỉnh ủy" in shown
        assert "Của Khối" not in shown

    @pytest.mark.parametrize("typed", ["06-hd/duk", "huong dan can bo", "6-HD", "ĐẢNG ỦY KHỐI"])
    def test_it_finds_by_number_summary_and_issuer_without_accents(self, bloc, document, typed):
        factories.document(bloc, number=99, symbol="CB", summary="Việc khác", issuer_name="Chi bộ Khác")

        shown = text_of(as_board(bloc).get(LIST, {"q": typed}))

        assert "06-HD/ĐUK" in shown
        assert "1 kết quả" in shown

    def test_it_filters_by_type_and_year(self, bloc, document):
        factories.document(bloc, type="BC", issued_on=date(2022, 5, 1))
        factories.document(bloc, type="BC", issued_on=date(2023, 5, 1))
        factories.document(bloc, type="KH", issued_on=date(2023, 6, 1))

        shown = text_of(as_board(bloc).get(LIST, {"type": "BC", "year": "2023"}))

        assert "1 kết quả" in shown
        assert "01/5/2023" in shown
        assert "Năm: 2023" in shown

    def test_the_day_looked_at_ends_the_list(self, bloc, document):
        assert "06-HD/ĐUK" in text_of(as_board(bloc, date(2022, 3, 10)).get(LIST))
        assert "Chưa có văn bản nào đến ngày này" in text_of(as_board(bloc, date(2022, 3, 9)).get(LIST))

    def test_the_newest_stands_first(self, bloc, document):
        factories.document(bloc, number=50, issued_on=date(2022, 3, 11))
        factories.document(bloc, number=51, issued_on=date(2022, 3, 9))

        shown = text_of(as_board(bloc).get(LIST))

        in_order = ["50-QĐ/ĐUK", "06-HD/ĐUK", "51-QĐ/ĐUK"]
        assert sorted(in_order, key=shown.index) == in_order

    def test_it_counts_files_and_links_to_the_page(self, bloc, document):
        attached(document)
        response = as_board(bloc).get(LIST)
        assert page(document) in response.content.decode()
        assert "Hướng dẫn công tác cán bộ 1" in text_of(response)

    @pytest.mark.parametrize("sort", ["full_number", "-issued_on", "type", "issuer_name", "file_count", "bogus"])
    def test_it_can_be_sorted(self, bloc, document, sort):
        assert as_board(bloc).get(LIST, {"sort": sort}).status_code == 200

    def test_it_is_cut_into_pages_with_few_queries(self, bloc, document):
        client = as_board(bloc)
        few = count_queries(client, LIST)
        for _ in range(54):
            factories.document(bloc)
        assert "51–55 trong 55" in text_of(client.get(LIST, {"page": 2}))
        assert count_queries(client, LIST) == few <= MOST_QUERIES
