"""`manage.py import_workbook` and `export_workbook`."""

from io import StringIO
from pathlib import Path

import pytest
from auditlog.models import LogEntry
from django.core.management import CommandError, call_command
from openpyxl import Workbook, load_workbook

from accounts.roles import Role
from intake.models import Import
from organizations.models import Organization
from personnel.models import Person
from tests import factories

pytestmark = pytest.mark.django_db

HEADINGS = ["Họ và tên", "Ngày sinh", "Nam/nữ", "Mã nơi sinh hoạt đảng", "Sinh hoạt từ ngày"]
RIGHT = ["Lê A", "1970", "Nam", "CS-01", "2015"]
WRONG = ["Lê B", "31/02/1971", "Nam", "CS-01", "2015"]


@pytest.fixture
def office(db):
    bloc = factories.organization(code="KHOI")
    factories.organization(bloc, code="CS-01")
    return factories.user(Role.ORGANIZATION_BOARD, bloc, username="van-phong")


@pytest.fixture
def write(tmp_path):
    def write(*rows: list) -> Path:
        book = Workbook()
        book.active.title = "Đảng viên"
        for row in (HEADINGS, *rows):
            book.active.append(row)
        book.save(tmp_path / "tep.xlsx")
        return tmp_path / "tep.xlsx"

    return write


def run(file: Path, *options: str) -> str:
    out = StringIO()
    call_command("import_workbook", "dang-vien", str(file), "--by", "van-phong", *options, stdout=out, stderr=out)
    return out.getvalue()


def test_a_workbook_is_written_and_a_second_time_changes_nothing(office, write):
    file = write(RIGHT)
    assert "Mới: 1, Thay đổi: 0, Không đổi: 0, Cần sửa: 0" in run(file)
    assert Person.objects.get().full_name == "Lê A"
    assert "Mới: 0, Thay đổi: 0, Không đổi: 1, Cần sửa: 0" in run(file)
    assert [each.state for each in Import.objects.order_by("pk")] == ["committed", "discarded"]


def test_a_dry_run_writes_nothing(office, write):
    assert "Mới: 1" in run(write(RIGHT), "--dry-run")
    assert not Person.objects.exists()
    assert not Import.objects.kept().exists()


def test_wrong_rows_are_told_and_given_back_in_red(office, write, tmp_path):
    report, told = tmp_path / "sua.xlsx", StringIO()
    with pytest.raises(CommandError, match="Có 1 dòng cần sửa; chưa ghi gì") as refused:
        call_command(
            "import_workbook", "dang-vien", str(write(RIGHT, WRONG)), by="van-phong", report=report,
            stdout=StringIO(), stderr=told,
        )  # fmt: skip
    assert refused.value.returncode == 1
    assert "Trang “Đảng viên”, dòng 3, cột “Ngày sinh” (“31/02/1971”)" in told.getvalue()
    texts = [str(cell.value) for row in load_workbook(report).active.iter_rows() for cell in row]
    assert any("chỉ có 28 ngày" in text for text in texts)
    assert not Person.objects.exists()
    assert not Import.objects.kept().exists()


def test_who_imports_is_said_unless_only_one_may(office, write):
    out = StringIO()
    call_command("import_workbook", "dang-vien", str(write(RIGHT)), stdout=out)
    assert Import.objects.get().made_by == office

    factories.user(username="cai-dat", role=None, is_superuser=True)
    with pytest.raises(CommandError, match="cai-dat, van-phong"):
        call_command("import_workbook", "dang-vien", str(write(RIGHT)), stdout=out)
    with pytest.raises(CommandError, match="Không có tài khoản “ai”"):
        call_command("import_workbook", "dang-vien", str(write(RIGHT)), by="ai", stdout=out)


def test_headings_that_say_nothing_and_files_that_are_not_there(office, write, tmp_path):
    book = Workbook()
    book.active.append(["A", "B"])
    book.save(tmp_path / "la.xlsx")
    with pytest.raises(CommandError) as refused:
        run(tmp_path / "la.xlsx")
    assert refused.value.returncode == 2
    assert not Import.objects.kept().exists()
    with pytest.raises(CommandError):
        run(tmp_path / "khong-co.xlsx")


def test_a_report_that_cannot_be_written(office, write, tmp_path):
    with pytest.raises(CommandError, match="Không ghi được tệp"):
        run(write(RIGHT), "--report", str(tmp_path / "khong" / "co.xlsx"))
    assert not Person.objects.exists()


def test_the_register_is_exported_and_comes_back_unchanged(office, write, tmp_path):
    run(write(RIGHT))
    out = tmp_path / "so.xlsx"
    call_command("export_workbook", "dang-vien", str(out))
    assert "Mới: 0, Thay đổi: 0, Không đổi: 2, Cần sửa: 0" in run(out)
    with pytest.raises(CommandError, match="Không ghi được tệp"):
        call_command("export_workbook", "dang-vien", str(tmp_path / "khong" / "so.xlsx"))


def test_who_takes_the_names_in_plans_is_journaled(office, tmp_path):
    out = tmp_path / "quy-hoach.xlsx"
    with pytest.raises(CommandError, match="hãy ghi rõ ai xuất"):
        call_command("export_workbook", "quy-hoach", str(out))
    with pytest.raises(CommandError, match="Không có tài khoản “ai”"):
        call_command("export_workbook", "quy-hoach", str(out), by="ai")
    clerk = factories.user(Role.LEADER, Organization.objects.get(code="CS-01"), username="thu-ky")
    with pytest.raises(CommandError, match="không được xuất loại dữ liệu này"):
        call_command("export_workbook", "quy-hoach", str(out), by=clerk.username)
    assert not out.exists()

    planning_round = factories.planning_round(Organization.objects.get(code="KHOI"))
    call_command("export_workbook", "quy-hoach", str(out), by=office.username)
    looked = LogEntry.objects.get_for_object(planning_round).filter(action=LogEntry.Action.ACCESS)
    assert [each.actor for each in looked] == [office]
    assert load_workbook(out)["Đợt quy hoạch"].max_row > 3
