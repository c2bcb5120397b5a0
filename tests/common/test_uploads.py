"""What an upload really is, whatever its name says."""

import pytest

from common.errors import Refused
from common.uploads import FileKind, inspect, private_storage, random_name
from tests.files import JPEG, PDF, PNG, archive, upload, word

TYPES = "[Content_Types].xml"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("scan.pdf", PDF, "pdf"),
        ("SCAN.PDF", PDF, "pdf"),
        ("anh.jpg", JPEG, "jpeg"),
        ("anh.jpeg", JPEG, "jpeg"),
        ("anh.png", PNG, "png"),
        ("Tờ trình.docx", word("Kính gửi"), "docx"),
    ],
)
def test_each_kind_is_known_by_its_content(name, content, kind):
    found = inspect(upload(content, name))

    assert (found.kind, found.name, found.size) == (FileKind(kind), name, len(content))


def test_looking_leaves_the_upload_at_its_beginning():
    sent = upload(word("x"), "x.docx")
    inspect(sent)
    assert sent.read(2) == b"PK"


def test_equal_content_has_an_equal_digest():
    assert inspect(upload(PDF, "a.pdf")).sha256 == inspect(upload(PDF, "b.pdf")).sha256
    assert inspect(upload(PDF)).sha256 != inspect(upload(PDF + b" ")).sha256


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("trong.pdf", b"", "Tệp “trong.pdf” trống"),
        ("a.pdf", b"MZ\x90\x00 a program", "không phải là PDF, JPEG, PNG hoặc DOCX"),
        ("a.html", b"<html><script>alert(1)</script>", "không phải là PDF, JPEG, PNG hoặc DOCX"),
        ("a.pdf", b" " + PDF, "không phải là PDF"),
        ("a.pdf", PNG, "có đuôi “.pdf” nhưng nội dung là PNG"),
        ("a.pdf", PNG, "đổi đuôi của tên tệp thành “.png”"),
        ("a", PDF, "không có đuôi nhưng nội dung là PDF"),
        ("a.html", PDF, "có đuôi “.html” nhưng nội dung là PDF"),
        ("a.zip", archive(readme=b"x"), "không phải là PDF"),
        ("a.docx", archive(readme=b"x"), "không phải là PDF"),
        ("a.docx", archive(**{TYPES: b"x", "xl/workbook.xml": b"x"}), "không phải là PDF"),
        ("a.docx", b"PK\x03\x04 not an archive", "không phải là PDF"),
        ("a.docx", archive(**{TYPES: b"x", "word/document.xml": b"x", "word/vbaProject.bin": b"x"}), "có macro"),
    ],
)
def test_what_is_not_kept_is_refused_in_a_sentence(name, content, sentence):
    with pytest.raises(Refused, match=sentence):
        inspect(upload(content, name))


def test_a_file_at_the_limit_is_kept_and_one_byte_more_is_not(settings):
    settings.LARGEST_UPLOAD_MB = 1
    inspect(upload(PDF.ljust(2**20, b" ")))

    with pytest.raises(Refused, match="nặng 1,0 MB, quá mức 1 MB"):
        inspect(upload(PDF.ljust(2**20 + 1, b" ")))


def test_a_zip_bomb_is_refused_without_unfolding_it(monkeypatch):
    bomb = archive(**{TYPES: b"x", "word/document.xml": b"\0" * 2**20})
    inspect(upload(bomb, "a.docx"))
    monkeypatch.setattr("common.uploads.LARGEST_UNFOLDED", 2**20)

    with pytest.raises(Refused, match="lớn bất thường"):
        inspect(upload(bomb, "a.docx"))


def test_an_archive_of_countless_parts_is_refused(monkeypatch):
    monkeypatch.setattr("common.uploads.MOST_PARTS", 2)

    with pytest.raises(Refused, match="lớn bất thường"):
        inspect(upload(archive(**{TYPES: b"x", "word/document.xml": b"x", "a": b"x"}), "a.docx"))


def test_only_kinds_that_are_asked_for_are_taken():
    with pytest.raises(Refused, match="không phải là DOCX"):
        inspect(upload(PDF), allowed=[FileKind.DOCX])


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Tờ trình\r\nx.pdf", "Tờ trình x.pdf"),
        ("a\u202efdp.exe.pdf", "a fdp.exe.pdf"),
        ("Tờ trình.pdf", "Tờ trình.pdf"),
        ("x" * 300 + ".pdf", "x" * 251 + ".pdf"),
    ],
)
def test_the_name_is_kept_on_one_line_composed_and_not_too_long(sent, kept):
    made = upload(PDF)
    made._name = sent  # as a careless server would pass it on

    assert inspect(made).name == kept


def test_files_are_kept_under_names_of_their_own_in_a_place_without_address(settings):
    kept = random_name("documents", "../../danh sách.pdf")

    assert kept.startswith("documents/")
    assert kept.endswith(".pdf")
    assert "danh" not in kept
    assert kept != random_name("documents", "../../danh sách.pdf")
    storage = private_storage()
    assert not str(storage.location).startswith(str(settings.STATIC_ROOT))
    with pytest.raises(ValueError, match="served by a view"):
        storage.url(kept)
