"""The sheets of a file: those of the template are read or the file is not, and others are named as not read."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from accounts.roles import Role
from intake.actions import map_columns, send_file
from intake.kinds.people import PEOPLE
from intake.models import Import
from intake.reading import Unmapped
from intake.workflow import outcome_of, read_file
from tests import factories
from tests.intake.people_files import AN, HEADINGS
from tests.pages import as_role

pytestmark = pytest.mark.django_db

HOMES = ["Họ và tên", "Ngày sinh", "Mã tổ chức đảng", "Từ ngày", "Đến ngày"]
HOME = ["Nguyễn Văn An", "05/3/1970", "CS-01", "2012", "2014"]


@pytest.fixture
def bloc(db):
    made = factories.organization(code="KHOI", valid_from=date(2010, 1, 1))
    factories.organization(made, code="CS-01", valid_from=date(2010, 1, 1))
    return made


def book_of(**sheets: list) -> SimpleUploadedFile:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = BytesIO()
    book.save(stream)
    return SimpleUploadedFile("dang-vien.xlsx", stream.getvalue())


def sent(**sheets: list) -> Import:
    made = send_file(PEOPLE, upload=book_of(**sheets), by=factories.office())
    read_file(made, by=factories.office())
    made.refresh_from_db()
    return made


def test_one_of_the_template_that_lacks_a_column_is_not_passed_over(bloc):
    headings = ["Họ và tên", "Ngày sinh", "Đơn vị", "Từ ngày"]
    with pytest.raises(Unmapped, match=r"Trang “Nơi sinh hoạt”.*thiếu cột “Mã tổ chức đảng”"):
        sent(**{"Đảng viên": [HEADINGS, AN], "Nơi sinh hoạt": [headings, HOME]})


def test_one_of_the_template_that_is_empty_is_no_reason_to_stop(bloc):
    made = sent(**{"Đảng viên": [HEADINGS, AN], "Nơi sinh hoạt": []})
    assert made.counts["new"] == 1
    assert outcome_of(made).unread == []


def test_one_under_another_name_is_named_and_can_be_chosen(bloc):
    sheets = {"Đảng viên": [HEADINGS, AN], "Quá trình": [HOMES, HOME], "Trống": []}
    made = sent(**sheets)
    assert (made.counts["new"], outcome_of(made).unread) == (1, ["Quá trình"])
    client = as_role(Role.ORGANIZATION_BOARD, bloc)
    page = client.post("/nhap-du-lieu/tai-len/dang-vien/", {"upload": book_of(**sheets)}).headers["Location"]
    client.post(f"{page}doc/")
    assert "Không đọc trang “Quá trình”" in " ".join(client.get(page).content.decode().split())

    people = dict(zip(("card", "name", "born", "gender", "organization", "begins"), HEADINGS, strict=True))
    homes = dict(zip(("name", "born", "organization", "begins", "ends"), HOMES, strict=True))
    mapping = {
        "Đảng viên": {"sheet": "Đảng viên", "columns": people},
        "Nơi sinh hoạt": {"sheet": "Quá trình", "columns": homes},
    }
    map_columns(made, mapping=mapping, by=factories.office())
    made.refresh_from_db()
    read_file(made, by=factories.office())
    made.refresh_from_db()
    assert (made.counts["new"], outcome_of(made).unread) == (2, [])
