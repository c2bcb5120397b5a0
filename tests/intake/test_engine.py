"""A file on its way into the register: sent, read, mapped, looked at, written once, taken back; and who may do so."""

from io import BytesIO

import pytest
from auditlog.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from accounts.roles import Role
from common.errors import NotAllowed, Refused, WrongState
from common.workbooks import OfficeWorkbook
from intake.actions import commit_import, discard_import, map_columns, send_file, undo_import
from intake.kinds.people import PEOPLE
from intake.models import ColumnMapping, Import
from intake.reading import Unmapped, own_sheets
from intake.registry import KINDS
from intake.workbooks import blank_workbook, marked_workbook
from intake.workflow import commit_file, outcome_of, read_file
from organizations.scope import Right
from personnel.models import Membership, Person
from tests import factories
from tests.pages import as_role

pytestmark = pytest.mark.django_db

HEADINGS = ["Số thẻ đảng viên", "Họ và tên", "Ngày sinh", "Nam/nữ", "Mã nơi sinh hoạt đảng", "Sinh hoạt từ ngày"]
AN = ["0001", "Nguyễn Văn An", "05/3/1970", "Nam", "CS-01", "2015"]
BINH = ["0002", "Trần Thị Bình", "8/1975", "Nữ", "CS-01", "01/02/2016"]


@pytest.fixture
def bloc():
    return factories.organization(code="KHOI", name="Đảng bộ Khối")


@pytest.fixture
def place(bloc):
    return factories.organization(bloc, code="CS-01", name="Đảng bộ Sở Xây dựng")


@pytest.fixture
def office(bloc, place):
    return factories.office()


def file_of(*rows, headings=HEADINGS, name="dang-vien.xlsx", sheet="Đảng viên") -> SimpleUploadedFile:
    book = Workbook()
    book.active.title = sheet
    for row in (headings, *rows):
        book.active.append(row)
    stream = BytesIO()
    book.save(stream)
    return SimpleUploadedFile(name, stream.getvalue())


def sent(by, *rows, **options) -> Import:
    made = send_file(PEOPLE, upload=file_of(*rows, **options), by=by)
    read_file(made, by=by)
    made.refresh_from_db()
    return made


def faults(made: Import) -> list[tuple[int, str, str]]:
    return [(row.line, heading, reason) for row in outcome_of(made).rows for heading, _, reason in row.told_faults]


class TestAFile:
    def test_is_read_and_written_in_one_act(self, office):
        made = sent(office, AN, BINH)
        assert made.counts == {"new": 2, "changed": 0, "unchanged": 0, "wrong": 0}
        assert not Person.objects.exists()

        commit_file(made, by=office)

        an, binh = Person.objects.order_by("card_number")
        assert (an.full_name, an.birth_display, an.sort_key != "") == ("Nguyễn Văn An", "05/3/1970", True)
        assert (binh.birth_display, binh.gender) == ("8/1975", "female")
        assert [each.from_display for each in Membership.objects.order_by("pk")] == ["năm 2015", "01/02/2016"]
        told = LogEntry.objects.get_for_model(Person)
        assert {each.additional_data["act"] for each in told} == {"Nhập dữ liệu từ Excel"}
        assert {each.additional_data["reason"] for each in told} == {f"Tệp “dang-vien.xlsx”, SHA-256 {made.sha256}"}

    def test_changes_nothing_the_second_time(self, office):
        commit_file(sent(office, AN, BINH), by=office)
        before = LogEntry.objects.get_for_model(Person).count()

        again = sent(office, AN, BINH)

        assert again.counts == {"new": 0, "changed": 0, "unchanged": 2, "wrong": 0}
        commit_file(again, by=office)
        assert LogEntry.objects.get_for_model(Person).count() == before

    def test_is_written_once_by_a_second_click(self, office):
        made = sent(office, AN)
        commit_file(made, by=office)
        commit_file(made, by=office)
        assert Person.objects.count() == 1

    def test_says_what_it_would_change(self, office):
        commit_file(sent(office, AN), by=office)
        headings, row = [*HEADINGS, "Quê quán"], [*AN, "Xã Tân Lập"]

        made = sent(office, row, headings=headings)

        [shown] = outcome_of(made).rows
        assert (shown.state, shown.differences) == ("changed", [("Quê quán", "", "Xã Tân Lập")])
        commit_file(made, by=office)
        assert Person.objects.get().hometown == "Xã Tân Lập"

    def test_with_a_wrong_row_is_not_written_at_all(self, office):
        made = sent(office, AN, ["0002", "Trần Thị Bình", "31/02/1975", "Nữ", "CS-99", "2016"])
        assert made.counts["wrong"] == 1
        assert [(line, heading) for line, heading, _ in faults(made)] == [(3, "Ngày sinh")]
        with pytest.raises(Refused, match="Có 1 dòng cần sửa"):
            commit_file(made, by=office)
        assert not Person.objects.exists()

    def test_rests_on_the_register_of_the_moment(self, office, place):
        made = sent(office, AN)
        factories.person(place, "Người Khác", card_number="0001")
        with pytest.raises(Refused):
            commit_file(made, by=office)
        assert Person.objects.count() == 1

    def test_goes_back_to_the_preview_when_the_register_has_moved(self, office, place):
        commit_file(sent(office, AN), by=office)
        headings, row = [*HEADINGS, "Quê quán"], [*AN, "Xã Tân Lập"]
        made = sent(office, row, headings=headings)
        Person.objects.update(hometown="Xã Đông")  # somebody else has said where he is from
        with pytest.raises(Refused, match="Sổ đã thay đổi từ lúc xem trước"):
            commit_file(made, by=office)
        assert Person.objects.get().hometown == "Xã Đông"
        read_file(made, by=office)
        assert outcome_of(Import.objects.get(pk=made.pk)).rows[0].differences == [("Quê quán", "Xã Đông", "Xã Tân Lập")]
        commit_file(made, by=office)
        assert Person.objects.get().hometown == "Xã Tân Lập"

    def test_of_the_same_people_sent_twice_is_written_once(self, office):
        first, second = sent(office, AN, BINH), sent(office, AN, BINH)
        commit_file(first, by=office)
        with pytest.raises(Refused, match="Sổ đã thay đổi"):
            commit_file(second, by=office)
        assert Person.objects.count() == 2

    def test_is_read_before_it_is_written(self, office):
        made = send_file(PEOPLE, upload=file_of(AN), by=office)
        with pytest.raises(Refused, match="xem trước"):
            commit_file(made, by=office)

    def test_names_a_column_that_is_not_there_by_the_template(self, office):
        made = sent(office, AN[1:4], headings=HEADINGS[1:4])
        [(_, heading, _)] = faults(made)
        assert heading == "Mã nơi sinh hoạt đảng"

    def test_reads_no_sheet_twice(self, office):
        made = sent(office, AN, sheet="Sheet1")
        assert made.counts == {"new": 1, "changed": 0, "unchanged": 0, "wrong": 0}


class TestTakingBack:
    def test_leaves_the_register_as_it_was(self, office):
        commit_file(sent(office, AN), by=office)
        headings, row = [*HEADINGS, "Quê quán"], [*AN, "Xã Tân Lập"]
        made = sent(office, row, [*BINH, ""], headings=headings)
        commit_file(made, by=office)
        made.refresh_from_db()

        undo_import(made, by=office, reason="Nhầm tệp")

        assert [(each.full_name, each.hometown) for each in Person.objects.all()] == [("Nguyễn Văn An", "")]
        assert Membership.objects.count() == 1
        made.refresh_from_db()
        assert (made.state, made.undo_reason) == (Import.State.UNDONE, "Nhầm tệp")
        with pytest.raises(WrongState):
            undo_import(made, by=office, reason="Lần nữa")

    def test_throws_the_file_away(self, office, django_capture_on_commit_callbacks):
        made = commit_file(sent(office, AN), by=office)
        kept, storage = [made.content.name, made.outcome.name], made.content.storage
        assert all(storage.exists(name) for name in kept)  # of a committed one it is kept
        with django_capture_on_commit_callbacks(execute=True):
            undo_import(made, by=office, reason="Nhầm tệp")
        assert not any(storage.exists(name) for name in kept)

    def test_is_refused_when_something_was_built_on_it(self, office, place):
        factories.term(place)
        made = sent(office, AN)
        commit_file(made, by=office)
        factories.seated(Person.objects.get(), place)
        with pytest.raises(Refused, match="Hãy"):
            undo_import(made, by=office, reason="Nhầm tệp")
        assert Person.objects.count() == 1

    def test_wants_a_reason(self, office):
        made = commit_file(sent(office, AN), by=office)
        with pytest.raises(Refused, match="lý do"):
            undo_import(made, by=office, reason=" ")


class TestItsHeadings:
    OWN = ["TT", "Đồng chí ấy", "Sinh ngày", "Phái", "Đơn vị", "Vào từ"]
    ROW = ["1", "Nguyễn Văn An", "05/3/1970", "Nam", "CS-01", "2015"]
    MAPPING = {
        "Đảng viên": {
            "sheet": "Sheet1",
            "columns": {
                "name": "Đồng chí ấy",
                "born": "Sinh ngày",
                "gender": "Phái",
                "organization": "Đơn vị",
                "begins": "Vào từ",
            },
        }
    }

    def test_that_say_nothing_are_mapped_and_remembered(self, office):
        made = send_file(PEOPLE, upload=file_of(self.ROW, headings=self.OWN, sheet="Sheet1"), by=office)
        with pytest.raises(Unmapped):
            read_file(made, by=office)
        map_columns(made, mapping=self.MAPPING, by=office)
        made.refresh_from_db()
        read_file(made, by=office)
        made.refresh_from_db()
        assert made.counts["new"] == 1

        other = ["2", "Lê Thị Hai", "1980", "Nữ", "CS-01", "2016"]
        next_one = sent(office, other, headings=self.OWN, sheet="Sheet1")
        assert next_one.counts["new"] == 1
        assert ColumnMapping.objects.count() == 1

    def test_are_remembered_whatever_the_sheet_is_called_and_when_the_file_comes_back_marked(self, office):
        made = send_file(PEOPLE, upload=file_of(self.ROW, headings=self.OWN, sheet="Sheet1"), by=office)
        map_columns(made, mapping=self.MAPPING, by=office)
        assert sent(office, self.ROW, headings=self.OWN, sheet="Tháng 5").counts["new"] == 1

        wrong = [*self.ROW[:2], "31/02/1970", *self.ROW[3:]]
        faulty = sent(office, wrong, headings=self.OWN, sheet="Sheet1")
        content = marked_workbook(PEOPLE, faulty, outcome_of(faulty), made_by="Người lập")
        again = send_file(PEOPLE, upload=SimpleUploadedFile("can-sua.xlsx", content), by=office)
        read_file(again, by=office)
        again.refresh_from_db()
        assert again.counts == faulty.counts

    def test_of_another_kind_of_file_are_not_read_by_them(self, office):
        made = send_file(PEOPLE, upload=file_of(self.ROW, headings=self.OWN, sheet="Sheet1"), by=office)
        map_columns(made, mapping=self.MAPPING, by=office)
        other = send_file(PEOPLE, upload=file_of(self.ROW[:5], headings=self.OWN[:5], sheet="Sheet1"), by=office)
        with pytest.raises(Unmapped):
            read_file(other, by=office)

    def test_of_a_page_offer_what_stands_there(self, office, client):
        client.force_login(office)
        made = send_file(PEOPLE, upload=file_of(self.ROW, headings=self.OWN, sheet="Sheet1"), by=office)
        with made.content.open("rb") as content:
            from common.sheets import open_workbook

            [own] = own_sheets(open_workbook(content.read()))
        assert own.headings == self.OWN


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


class TestWhoMay:
    def test_only_with_the_right(self, bloc):
        with pytest.raises(NotAllowed):
            send_file(PEOPLE, upload=file_of(AN), by=factories.holder_of(Right.VIEW))

    def test_only_the_sender(self, office, bloc):
        made = sent(office, AN)
        other = factories.holder_of(Right.KEEP_REGISTER)
        for act in (commit_import, discard_import):
            with pytest.raises(NotAllowed):
                act(made, by=other)

    def test_places_outside_the_scope_tell_no_name(self, bloc, place):
        other = factories.organization(bloc, code="CS-02", name="Đảng bộ Sở Kín")
        clerk = factories.holder_of(Right.KEEP_REGISTER, Right.VIEW, path=place.path)
        made = sent(clerk, ["", "Lê Thị Hai", "1980", "Nữ", other.code, "2016"])
        [(_, heading, reason)] = faults(made)
        assert heading == "Mã nơi sinh hoạt đảng"
        assert "phạm vi" in reason
        assert other.name not in reason

    def test_pages_of_others_are_not_found(self, office, bloc):
        made = sent(office, AN)
        client = as_role(Role.ORGANIZATION_BOARD, bloc)
        for name in ("import_detail", "import_map", "import_marked", "import_undo", "import_progress"):
            assert client.get(reverse(f"intake:{name}", args=[made.pk])).status_code == 404


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
        page = self.upload(client, TestItsHeadings.ROW, headings=TestItsHeadings.OWN, sheet="Sheet1")
        assert client.post(f"{page}doc/").headers["Location"] == f"{page}ghep-cot/"
        assert client.get(f"{page}ghep-cot/").status_code == 200
        columns = TestItsHeadings.MAPPING["Đảng viên"]["columns"]
        typed = {"sheet-0": "Sheet1"} | {f"0-{key}": heading for key, heading in columns.items()}
        assert client.post(f"{page}ghep-cot/", typed).headers["Location"] == page
        client.post(f"{page}doc/")
        assert "1 dòng mới" in " ".join(client.get(page).content.decode().replace("</strong>", "").split()).replace(
            "<strong>", ""
        )

    def test_a_column_that_must_be_there_is_asked_for(self, client):
        page = self.upload(client, TestItsHeadings.ROW, headings=TestItsHeadings.OWN, sheet="Sheet1")
        response = client.post(f"{page}ghep-cot/", {"sheet-0": "Sheet1", "0-name": "Đồng chí ấy"})
        assert response.status_code == 422
        assert "Cột này phải có." in response.content.decode()

    def test_one_heading_stands_for_one_column(self, client):
        page = self.upload(client, TestItsHeadings.ROW, headings=TestItsHeadings.OWN, sheet="Sheet1")
        columns = TestItsHeadings.MAPPING["Đảng viên"]["columns"] | {"hometown": "Đơn vị"}
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


def test_a_file_thrown_away_leaves_nothing(office, django_capture_on_commit_callbacks):
    made = sent(office, AN)
    storage, kept = made.content.storage, [made.content.name, made.outcome.name]
    with django_capture_on_commit_callbacks(execute=True):
        discard_import(made, by=office)
    assert not any(storage.exists(name) for name in kept)
    assert not Import.objects.kept().exists()


def test_an_office_workbook_is_no_import_by_itself(office):
    book = OfficeWorkbook(title="x", creator="y")
    book.add_page("Trang", widths=[10]).paragraph("Chỉ có chữ")
    made = send_file(PEOPLE, upload=SimpleUploadedFile("a.xlsx", book.to_bytes()), by=office)
    with pytest.raises(Unmapped):
        read_file(made, by=office)
