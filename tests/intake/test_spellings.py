"""Cells and headings as offices write them: understood as they are meant, or refused with a reason, never guessed."""

import unicodedata
from datetime import date, datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from intake.actions import send_file
from intake.kinds.organizations import ORGANIZATIONS
from intake.kinds.people import PEOPLE
from intake.models import Import
from intake.workflow import commit_file, outcome_of, read_file
from organizations.models import Organization
from personnel.models import Person
from tests import factories

pytestmark = pytest.mark.django_db

HEADINGS = ["Họ và tên", "Ngày sinh", "Nam/nữ", "Mã nơi sinh hoạt đảng", "Sinh hoạt từ ngày"]


@pytest.fixture
def office(db):
    bloc = factories.organization(code="KHOI", valid_from=date(2010, 1, 1))
    factories.organization(bloc, code="CS-01", name="Đảng bộ Sở Xây dựng", valid_from=date(2010, 1, 1))
    return factories.office()


def taken(book: Workbook, by, kind=PEOPLE) -> Import:
    stream = BytesIO()
    book.save(stream)
    made = send_file(kind, upload=SimpleUploadedFile("a.xlsx", stream.getvalue()), by=by)
    read_file(made, by=by)
    made.refresh_from_db()
    return made


def book_of(*rows: list, sheet: str = "Đảng viên") -> Workbook:
    book = Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    return book


def person_of(office, born: object, since: object = "2015", name: str = "Lê A", gender: str = "Nam") -> Person:
    made = taken(book_of(HEADINGS, [name, born, gender, "CS-01", since]), office)
    assert made.counts["wrong"] == 0, outcome_of(made).rows[0].told_faults
    commit_file(made, by=office)
    return Person.objects.get()


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("05/3/1970", "05/3/1970"),
        ("5-3-1970", "05/3/1970"),
        ("05.03.1970", "05/3/1970"),
        ("1970-03-05", "05/3/1970"),
        ("ngày 5 tháng 3 năm 1970", "05/3/1970"),
        (datetime(1970, 3, 5), "05/3/1970"),
        (25632, "05/3/1970"),
        ("03/1970", "3/1970"),
        ("1970", "1970"),
        (1970, "1970"),
    ],
)
def test_a_day_of_any_spelling(office, written, shown):
    assert person_of(office, written).birth_display == shown


@pytest.mark.parametrize("written", ["31/02/1970", "05/3/70", "13/13/1970", "khoảng 1970", "05/03/1970?", "=A1"])
def test_a_day_that_is_none_is_refused(office, written):
    made = taken(book_of(HEADINGS, ["Lê A", written, "Nam", "CS-01", "2015"]), office)
    [row] = outcome_of(made).rows
    assert [heading for heading, _, _ in row.told_faults] == ["Ngày sinh"]


def test_decomposed_letters_spaces_and_both_ways_to_set_the_tone(office):
    name = unicodedata.normalize("NFD", "  Nguyễn  Thị Thuỷ ")
    made = person_of(office, "1970", name=name, gender="NỮ ")
    assert (made.full_name, made.gender) == ("Nguyễn Thị Thuỷ", "female")
    again = taken(book_of(HEADINGS, ["NGUYỄN THỊ THỦY", "1970", "nữ", "cs-01", "2015"]), office)
    assert again.counts == {"new": 0, "changed": 0, "unchanged": 1, "wrong": 0}


def test_headings_in_any_case_under_a_title_and_merged(office):
    book = book_of(
        ["DANH SÁCH ĐẢNG VIÊN"],
        [],
        ["STT", "HỌ VÀ TÊN", "Năm sinh (ghi đủ)", "Giới  tính", "Sinh hoạt đảng", ""],
        ["", "", "", "", "Mã tổ chức", "Từ ngày"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        [1, "Lê A", 1970, "Nam", "CS-01", "2015"],
        [2, "Lê B", 1971, "Nữ", "CS-01", "2016"],
        ["Tổng số: 2"],
        sheet="DANG VIEN",
    )
    for area in ("A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:F3", "A1:F1"):
        book.active.merge_cells(area)
    made = taken(book, office)
    assert made.counts == {"new": 2, "changed": 0, "unchanged": 0, "wrong": 0}
    assert outcome_of(made).skipped == ["Trang “DANG VIEN”, dòng 8: chỉ có “Tổng số: 2”."]


def test_a_place_merged_over_its_people(office):
    book = book_of(HEADINGS, ["Lê A", "1970", "Nam", "CS-01", "2015"], ["Lê B", "1971", "Nữ", None, "2016"])
    book.active.merge_cells("D2:D3")
    assert taken(book, office).counts["new"] == 2


def test_dots_for_thousands_and_the_office_of_inspection(office):
    book = book_of(
        ["Mã tổ chức", "Nhiệm kỳ", "Lần thứ", "Ngày đại hội", "Dự kiến kết thúc", "Số lượng Uỷ ban Kiểm tra"],
        ["CS-01", "2015–2020", 5, "15/6/2015", "15/6/2020", "7"],
        sheet="Nhiệm kỳ",
    )
    counts = book.create_sheet("Số lượng đảng viên")
    counts.append(["Mã tổ chức", "Tính đến ngày", "Chính thức", "Dự bị"])
    counts.append(["CS-01", "31/12/2021", "1.204", 3.0])
    made = taken(book, office, ORGANIZATIONS)
    assert made.counts == {"new": 2, "changed": 0, "unchanged": 0, "wrong": 0}
    commit_file(made, by=office)
    place = Organization.objects.get(code="CS-01")
    assert list(place.terms.get().bodies.values_list("kind", "authorized_size")) == [("inspection_committee", 7)]
    assert place.member_counts.get().official == 1204
