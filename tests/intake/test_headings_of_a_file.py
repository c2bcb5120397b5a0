"""The headings of a file: those of the office mapped and remembered, the template, the file given back marked."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from intake.actions import map_columns, send_file
from intake.kinds.people import PEOPLE
from intake.models import ColumnMapping
from intake.reading import Unmapped, own_sheets
from intake.registry import KINDS
from intake.workbooks import blank_workbook, marked_workbook
from intake.workflow import outcome_of, read_file
from tests.intake.people_files import AN, OWN_HEADINGS, OWN_MAPPING, OWN_ROW, file_of, sent

pytestmark = pytest.mark.django_db


class TestItsHeadings:
    def test_that_say_nothing_are_mapped_and_remembered(self, office):
        made = send_file(PEOPLE, upload=file_of(OWN_ROW, headings=OWN_HEADINGS, sheet="Sheet1"), by=office)
        with pytest.raises(Unmapped):
            read_file(made, by=office)
        map_columns(made, mapping=OWN_MAPPING, by=office)
        made.refresh_from_db()
        read_file(made, by=office)
        made.refresh_from_db()
        assert made.counts["new"] == 1

        other = ["2", "Lê Thị Hai", "1980", "Nữ", "CS-01", "2016"]
        next_one = sent(office, other, headings=OWN_HEADINGS, sheet="Sheet1")
        assert next_one.counts["new"] == 1
        assert ColumnMapping.objects.count() == 1

    def test_are_remembered_whatever_the_sheet_is_called_and_when_the_file_comes_back_marked(self, office):
        made = send_file(PEOPLE, upload=file_of(OWN_ROW, headings=OWN_HEADINGS, sheet="Sheet1"), by=office)
        map_columns(made, mapping=OWN_MAPPING, by=office)
        assert sent(office, OWN_ROW, headings=OWN_HEADINGS, sheet="Tháng 5").counts["new"] == 1

        wrong = [*OWN_ROW[:2], "31/02/1970", *OWN_ROW[3:]]
        faulty = sent(office, wrong, headings=OWN_HEADINGS, sheet="Sheet1")
        content = marked_workbook(PEOPLE, faulty, outcome_of(faulty), made_by="Người lập")
        again = send_file(PEOPLE, upload=SimpleUploadedFile("can-sua.xlsx", content), by=office)
        read_file(again, by=office)
        again.refresh_from_db()
        assert again.counts == faulty.counts

    def test_of_another_kind_of_file_are_not_read_by_them(self, office):
        made = send_file(PEOPLE, upload=file_of(OWN_ROW, headings=OWN_HEADINGS, sheet="Sheet1"), by=office)
        map_columns(made, mapping=OWN_MAPPING, by=office)
        other = send_file(PEOPLE, upload=file_of(OWN_ROW[:5], headings=OWN_HEADINGS[:5], sheet="Sheet1"), by=office)
        with pytest.raises(Unmapped):
            read_file(other, by=office)

    def test_of_a_page_offer_what_stands_there(self, office, client):
        client.force_login(office)
        made = send_file(PEOPLE, upload=file_of(OWN_ROW, headings=OWN_HEADINGS, sheet="Sheet1"), by=office)
        with made.content.open("rb") as content:
            from common.sheets import open_workbook

            [own] = own_sheets(open_workbook(content.read()))
        assert own.headings == OWN_HEADINGS


class TestTheTemplate:
    @pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
    def test_of_each_kind_is_read_back_without_a_row(self, office, kind):
        upload = SimpleUploadedFile("mau.xlsx", blank_workbook(kind, made_by="Người lập"))
        made = send_file(kind, upload=upload, by=office)
        read_file(made, by=office)
        made.refresh_from_db()
        assert sum(made.counts.values()) == 0
        assert all("ví dụ" in each for each in outcome_of(made).skipped)


class TestTheMarkedFile:
    def test_says_what_is_wrong_and_is_read_again(self, office):
        made = sent(office, AN, ["", "Trần Thị Bình", "31/02/1975", "Nữ", "CS-01", "2016"])

        content = marked_workbook(PEOPLE, made, outcome_of(made), made_by="Người lập")

        sheet = load_workbook(BytesIO(content)).active
        texts = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
        assert any("tháng 2/1975 chỉ có 28 ngày" in text for text in texts)
        again = send_file(PEOPLE, upload=SimpleUploadedFile("can-sua.xlsx", content), by=office)
        read_file(again, by=office)
        again.refresh_from_db()
        assert again.counts == made.counts
