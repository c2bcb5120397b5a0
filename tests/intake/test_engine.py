"""A file on its way into the register: sent, read, written once, taken back; and who may do so."""

import pytest
from auditlog.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.roles import Role
from common.errors import NotAllowed, Refused, WrongState
from common.workbooks import OfficeWorkbook
from intake.actions import commit_import, discard_import, send_file, undo_import
from intake.kinds.people import PEOPLE
from intake.models import Import
from intake.reading import Unmapped
from intake.workflow import commit_file, outcome_of, read_file
from organizations.scope import Right
from personnel.models import Membership, Person
from tests import factories
from tests.intake.people_files import AN, BINH, HEADINGS, faults, file_of, sent
from tests.pages import as_role

pytestmark = pytest.mark.django_db


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
