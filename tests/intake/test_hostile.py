"""Files that mean harm, or are none: refused by a clear sentence, on the page and by the command; nothing is kept."""

from io import BytesIO, StringIO

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from accounts.roles import Role
from intake.models import Import
from intake.workflow import outcome_of
from personnel.models import Person
from tests import factories
from tests.common.test_sheets_hostile import OLD_OFFICE, SHEET, TYPES, packed, parts
from tests.files import PDF, archive, word
from tests.pages import as_role

pytestmark = pytest.mark.django_db

ENTITY = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><worksheet><sheetData>&a;</sheetData></worksheet>'
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData>&b;</sheetData></worksheet>'
BOMB = b"<worksheet><sheetData>" + b" " * (140 * 2**20) + b"</sheetData></worksheet>"
HOSTILE = {
    "empty": (lambda: b"", "trống"),
    "text": (lambda: b"khong phai tep excel", "không phải là sổ Excel"),
    "pdf": (lambda: PDF, "không phải là sổ Excel"),
    "word": (lambda: word("Kính gửi"), "không phải là sổ Excel"),
    "cut off": (lambda: packed()[:-30], "bị hỏng"),
    "old": (lambda: OLD_OFFICE, "dạng Office cũ"),
    "protected": (lambda: OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), "có mật khẩu"),
    "macros": (lambda: archive(**parts() | {"xl/vbaProject.bin": b"x"}), "có macro"),
    "binary": (lambda: archive(**{TYPES: b"x", "xl/workbook.bin": b"x"}), "Excel nhị phân"),
    "foreign entity": (lambda: archive(**parts() | {SHEET: ENTITY}), "có khai báo lạ"),
    "entities in entities": (lambda: archive(**parts() | {SHEET: LAUGHS}), "có khai báo lạ"),
    "bomb": (lambda: archive(**parts() | {SHEET: BOMB}), "lớn bất thường"),
}


@pytest.fixture
def client(db):
    bloc = factories.organization(code="KHOI")
    factories.organization(bloc, code="CS-01")
    return as_role(Role.ORGANIZATION_BOARD, bloc)


@pytest.mark.parametrize("name", HOSTILE)
def test_is_refused_and_nothing_is_kept(client, name, tmp_path, monkeypatch):
    make, sentence = HOSTILE[name]
    content = make()
    monkeypatch.setattr(FileSystemStorage, "_save", lambda *wanted: pytest.fail("kept"))
    response = client.post(
        reverse("intake:import_new", args=["dang-vien"]), {"upload": SimpleUploadedFile("la.xlsx", content)}
    )
    assert response.status_code == 422
    assert sentence in response.content.decode()

    file = tmp_path / "la.xlsx"
    file.write_bytes(content)
    factories.user(username="cai-dat", role=None, is_superuser=True)
    with pytest.raises(CommandError, match=sentence) as refused:
        call_command("import_workbook", "dang-vien", str(file), by="cai-dat", stdout=StringIO())
    assert refused.value.returncode == 2
    assert not Import.objects.exists()


def test_two_hundred_megabytes_are_refused_unread(client, tmp_path):
    file = tmp_path / "lon.xlsx"
    with file.open("wb") as sparse:
        sparse.truncate(200 * 2**20)
    factories.user(username="cai-dat", role=None, is_superuser=True)
    with pytest.raises(CommandError, match="quá mức 20 MB"):
        call_command("import_workbook", "dang-vien", str(file), by="cai-dat", stdout=StringIO())


def test_a_large_upload_is_refused(client, settings):
    settings.LARGEST_UPLOAD_MB = 1
    upload = SimpleUploadedFile("lon.xlsx", b"PK\x03\x04" + b"x" * 2**20)
    response = client.post(reverse("intake:import_new", args=["dang-vien"]), {"upload": upload})
    assert response.status_code == 422
    assert "quá mức 1 MB" in response.content.decode()


def sent(client, book: Workbook | bytes) -> Import:
    content = book
    if isinstance(book, Workbook):
        stream = BytesIO()
        book.save(stream)
        content = stream.getvalue()
    response = client.post(
        reverse("intake:import_new", args=["dang-vien"]), {"upload": SimpleUploadedFile("a.xlsx", content)}
    )
    made = Import.objects.latest("pk")
    assert response.headers["Location"] == made.get_absolute_url()
    client.post(reverse("intake:import_read", args=[made.pk]))
    made.refresh_from_db()
    return made


def people(*rows: list) -> Workbook:
    book = Workbook()
    book.active.title = "Đảng viên"
    for row in (["Họ và tên", "Ngày sinh", "Nam/nữ", "Mã nơi sinh hoạt đảng", "Sinh hoạt từ ngày"], *rows):
        book.active.append(row)
    return book


def test_a_million_empty_rows_are_passed_over(client):
    book = people(["Lê A", "1970", "Nam", "CS-01", "2015"])
    book.active.cell(1_048_576, 1).font = Font(bold=True)  # formatted down to the last row
    for row in range(10, 2_000):
        book.active.row_dimensions[row].height = 15
    assert sent(client, book).counts == {"new": 1, "changed": 0, "unchanged": 0, "wrong": 0}


def test_too_many_rows_are_refused(client, monkeypatch):
    monkeypatch.setattr("intake.reading.MOST_ROWS", 2)
    made = sent(client, people(*(["Lê A", "1970", "Nam", "CS-01", "2015"] for _ in range(3))))
    assert not made.has_been_read
    assert "Tệp có quá 2 dòng" in client.get(reverse("intake:overview")).content.decode()


def test_formulas_are_not_computed_nor_given_back(client):
    made = sent(client, people(["=HYPERLINK(1)", "=1970+0", "Nam", "CS-01", "2015"], ["Lê B", "x", "Nam", "CS-01", ""]))
    assert made.counts["wrong"] == 2
    assert not Person.objects.exists()
    marked = client.get(reverse("intake:import_marked", args=[made.pk])).content
    cells = [cell for row in load_workbook(BytesIO(marked)).active.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]


def test_text_that_would_be_a_formula_comes_back_as_text(client):
    book = people(["x", "01/01/1970", "Nam", "CS-01", "2015"])
    book.active["A2"].value = "=cmd|' /C calc'!A0"
    book.active["A2"].data_type = "s"
    made = sent(client, book)
    assert outcome_of(made).rows
    marked = client.get(reverse("intake:import_marked", args=[made.pk])).content
    cells = [cell for row in load_workbook(BytesIO(marked)).active.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]


def test_markup_in_cells_is_shown_as_text(client):
    made = sent(client, people(["<script>alert(1)</script>", "31/02/1970", "Nam", "CS-01", "2015"]))
    page = client.get(made.get_absolute_url()).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
