"""An import leaves nothing half done, at whichever write the server is stopped; nor does taking it back."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from intake.actions import send_file, undo_import
from intake.kinds.people import PEOPLE
from intake.models import Import
from intake.workflow import commit_file, read_file
from personnel.models import Person
from tests import factories
from tests.faults.stopping import try_at_every_write

pytestmark = pytest.mark.django_db

HEADINGS = ["Họ và tên", "Ngày sinh", "Nam/nữ", "Mã nơi sinh hoạt đảng", "Sinh hoạt từ ngày", "Quê quán"]
ROWS = [
    ["Nguyễn Văn An", "05/3/1970", "Nam", "CS-01", "2015", "Xã Tân Lập"],
    ["Trần Thị Bình", "8/1975", "Nữ", "CS-01", "2016", ""],
    ["Lê Văn Cũ", "1960", "Nam", "", "", "Xã Đông"],
]


@pytest.fixture
def sent() -> Import:
    place = factories.organization(factories.organization(), code="CS-01")
    factories.person(place, "Lê Văn Cũ", birth_date="1960-04-01")
    book = Workbook()
    book.active.title = "Đảng viên"
    for row in (HEADINGS, *ROWS):
        book.active.append(row)
    stream = BytesIO()
    book.save(stream)
    made = send_file(PEOPLE, upload=SimpleUploadedFile("a.xlsx", stream.getvalue()), by=factories.office())
    read_file(made, by=factories.office())
    made.refresh_from_db()
    assert made.counts == {"new": 2, "changed": 1, "unchanged": 0, "wrong": 0}
    return made


def test_writing_and_taking_back(sent):
    assert try_at_every_write(lambda: commit_file(sent, by=factories.office())) >= 6
    assert Person.objects.count() == 3

    made = Import.objects.get()
    assert try_at_every_write(lambda: undo_import(made, by=factories.office(), reason="Nhầm")) >= 6
    assert Person.objects.get().hometown == ""
