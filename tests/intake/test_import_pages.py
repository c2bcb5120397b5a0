"""The pages on which a file is sent, looked at, written and taken back."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from accounts.roles import Role
from intake.actions import map_columns
from intake.models import Import
from intake.registry import KINDS
from personnel.models import Person
from tests import factories
from tests.intake.people_files import AN, BINH, OWN_HEADINGS, OWN_MAPPING, OWN_ROW, file_of
from tests.pages import as_role

pytestmark = pytest.mark.django_db


class TestPages:
    @pytest.fixture
    def client(self, bloc, place):
        return as_role(Role.ORGANIZATION_BOARD, bloc)

    def upload(self, client, *rows, **options) -> str:
        url = reverse("intake:import_new", args=["dang-vien"])
        return client.post(url, {"upload": file_of(*rows, **options)}).headers["Location"]

    def test_the_whole_way(self, client):
        page = self.upload(client, AN, ["", "Trần Thị Bình", "31/02/1975", "Nữ", "CS-01", "2016"])
        assert "Đọc tệp" in client.get(page).content.decode()
        assert client.post(f"{page}doc/").headers["Location"] == page
        shown = client.get(page).content.decode()
        assert "Có 1 dòng cần sửa" in shown
        assert "31/02/1975" in shown
        assert client.post(f"{page}ghi/", follow=True).status_code == 200
        assert not Person.objects.exists()

        mended = self.upload(client, AN, BINH)
        client.post(f"{mended}doc/")
        done = client.post(f"{mended}ghi/", follow=True).content.decode()
        assert "Đã ghi vào sổ: 2 dòng mới" in done
        undone = client.post(f"{mended}hoan-tac/", {"reason": "Nhầm"}, follow=True).content.decode()
        assert "sổ trở lại như trước khi nhập" in undone
        assert not Person.objects.exists()
        assert "Đã hoàn tác" in client.get(reverse("intake:overview")).content.decode()
        assert "Tệp đã xóa" in client.get(mended).content.decode()
        for name in ("doc", "can-sua", "ghep-cot", "ghi"):
            response = (
                client.get(f"{mended}{name}/") if name in ("can-sua", "ghep-cot") else client.post(f"{mended}{name}/")
            )
            assert response.headers["Location"] == mended

    def test_a_commit_that_finds_the_register_moved_shows_the_new_preview(self, client, place):
        page = self.upload(client, AN)
        client.post(f"{page}doc/")
        factories.person(place, "Nguyễn Văn An", birth_date="1970-03-05", card_number="0001")
        told = client.post(f"{page}ghi/", follow=True).content.decode()
        assert "cần sửa" in told or "Sổ đã thay đổi" in told
        assert Person.objects.count() == 1

    def test_progress_is_told_while_the_page_waits(self, client):
        page = self.upload(client, AN)
        assert "Đang chờ" in client.get(f"{page}tien-do/").content.decode()
        client.post(f"{page}doc/")
        bar = client.get(f"{page}tien-do/").content.decode()
        assert 'value="100"' in bar
        assert "every 1s" in bar
        shown = client.get(page).content.decode()
        assert 'hx-trigger="submit from:#commit"' in shown
        assert 'hx-trigger="every' not in shown  # it asks only once the writing has begun

    def test_the_checklist_says_what_has_been_written(self, client):
        overview = reverse("intake:overview")
        assert "Đã ghi 1 tệp" not in client.get(overview).content.decode()
        page = self.upload(client, AN)
        client.post(f"{page}doc/")
        client.post(f"{page}ghi/")
        shown = client.get(overview).content.decode()
        assert "Đã ghi 1 tệp" in shown
        assert f'href="{page}hoan-tac/"' in shown

    def test_own_headings_lead_to_the_mapping(self, client):
        page = self.upload(client, OWN_ROW, headings=OWN_HEADINGS, sheet="Sheet1")
        assert client.post(f"{page}doc/").headers["Location"] == f"{page}ghep-cot/"
        assert client.get(f"{page}ghep-cot/").status_code == 200
        columns = OWN_MAPPING["Đảng viên"]["columns"]
        typed = {"sheet-0": "Sheet1"} | {f"0-{key}": heading for key, heading in columns.items()}
        assert client.post(f"{page}ghep-cot/", typed).headers["Location"] == page
        client.post(f"{page}doc/")
        assert "1 dòng mới" in " ".join(client.get(page).content.decode().replace("</strong>", "").split()).replace(
            "<strong>", ""
        )

    def test_a_column_that_must_be_there_is_asked_for(self, client):
        page = self.upload(client, OWN_ROW, headings=OWN_HEADINGS, sheet="Sheet1")
        response = client.post(f"{page}ghep-cot/", {"sheet-0": "Sheet1", "0-name": "Đồng chí ấy"})
        assert response.status_code == 422
        assert "Cột này phải có." in response.content.decode()

    def test_one_heading_stands_for_one_column(self, client):
        page = self.upload(client, OWN_ROW, headings=OWN_HEADINGS, sheet="Sheet1")
        columns = OWN_MAPPING["Đảng viên"]["columns"] | {"hometown": "Đơn vị"}
        typed = {"sheet-0": "Sheet1"} | {f"0-{key}": heading for key, heading in columns.items()}
        response = client.post(f"{page}ghep-cot/", typed)
        assert response.status_code == 422
        assert "“Đơn vị” đã được chọn cho cột" in response.content.decode()

    def test_a_commit_after_the_columns_were_mapped_otherwise_leads_to_the_mapping(self, client):
        page = self.upload(client, AN)
        client.post(f"{page}doc/")
        sent = Import.objects.get()
        columns = {"name": "Họ và tên", "born": "Cột đã mất", "gender": "Nam/nữ"}
        map_columns(sent, mapping={"Đảng viên": {"sheet": "Đảng viên", "columns": columns}}, by=sent.made_by)
        response = client.post(f"{page}ghi/")
        assert response.headers["Location"] == f"{page}ghep-cot/"
        assert not Person.objects.exists()

    @pytest.mark.parametrize("name", ["template", "export"])
    @pytest.mark.parametrize("code", KINDS)
    def test_workbooks_come_out(self, client, name, code):
        response = client.get(reverse(f"intake:{name}", args=[code]))
        assert response.status_code == 200
        assert load_workbook(BytesIO(response.content)).sheetnames == [sheet.name for sheet in KINDS[code].sheets]

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [(b"", "trống"), (b"khong phai tep excel", "Excel"), (b"PK\x03\x04 nua chung", "")],
    )
    def test_what_is_no_workbook_is_refused(self, client, content, sentence):
        url = reverse("intake:import_new", args=["dang-vien"])
        response = client.post(url, {"upload": SimpleUploadedFile("la.xlsx", content)})
        assert response.status_code == 422
        assert sentence in response.content.decode()
        assert not Import.objects.exists()

    def test_an_unknown_kind_is_not_found(self, client):
        assert client.get("/nhap-du-lieu/mau/la/").status_code == 404
