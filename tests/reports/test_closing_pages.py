"""The pages and commands of closed books."""

from io import StringIO

import pytest
from auditlog.models import LogEntry
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.roles import Role
from organizations.models import Closing
from tests import factories
from tests.reports.books import late_addition, removal_from_the_plan


@pytest.fixture
def confirmer(client, office):
    made = factories.user(Role.CONFIRMER, office.bloc, full_name="Lê Chuẩn Y")
    client.force_login(made)
    return made


def test_a_confirmer_closes_on_the_page_and_sees_what_differs(client, confirmer, office):
    summary = client.get(reverse("reports:summary", args=[2022])).content.decode()
    assert "Khóa sổ năm 2022" in summary

    response = client.post(reverse("reports:close_books", args=[2022]) + "?to-chuc=KHOI", {"note": "Đã gửi"})
    closing = Closing.objects.get()
    assert response.url == reverse("reports:closing_detail", args=[closing.pk])
    late_addition(office)
    page = client.get(response.url).content.decode()

    assert "Nguyễn Văn Khoa" in page
    assert "Thêm vào" in page
    assert "So sổ đã khóa với hôm nay" in client.get(reverse("reports:summary", args=[2022])).content.decode()
    assert client.get(reverse("reports:closing_list")).status_code == 200


def test_a_second_click_closes_nothing_more(client, confirmer, office):
    address = reverse("reports:close_books", args=[2022]) + "?to-chuc=KHOI"
    client.post(address)

    page = client.post(address).content.decode()

    assert "đã khóa rồi" in page
    assert Closing.objects.count() == 1


def test_reopening_on_the_page(client, confirmer, closing):
    address = reverse("reports:reopen", args=[closing.pk])

    assert "Hãy ghi lý do mở lại sổ." in client.post(address).content.decode()
    client.post(address, {"reason": "Sửa số liệu"})

    assert "Lý do: Sửa số liệu" in client.get(reverse("reports:closing_detail", args=[closing.pk])).content.decode()


def test_names_in_plans_are_withheld_from_those_who_may_not_see_them(client, office, closing):
    removal_from_the_plan(office)
    client.force_login(factories.user(Role.LEADER, office.bloc))
    page = client.get(reverse("reports:closing_detail", args=[closing.pk]))

    assert "Nguyễn Văn An" not in page.content.decode()
    assert "Có 1 bản ghi quy hoạch đã khác" in page.content.decode()
    kept = closing.files.get()
    assert client.get(reverse("reports:closing_file", args=[closing.pk, kept.pk])).status_code == 403

    client.force_login(factories.user(Role.LEADER, office.bloc, sees_plans=True))
    assert "Nguyễn Văn An" in client.get(reverse("reports:closing_detail", args=[closing.pk])).content.decode()
    answer = client.get(reverse("reports:closing_file", args=[closing.pk, kept.pk]))
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert LogEntry.objects.filter(action=LogEntry.Action.ACCESS).count() == 2


def test_books_outside_the_scope_are_not_found(client, office, closing):
    client.force_login(factories.user(Role.CONFIRMER, office.other_bloc))

    for name, args in (("closing_detail", [closing.pk]), ("closing_file", [closing.pk, closing.files.get().pk])):
        assert client.get(reverse(f"reports:{name}", args=args)).status_code == 404
    assert client.post(reverse("reports:reopen", args=[closing.pk]), {"reason": "x"}).status_code == 404


def test_books_of_a_superior_are_told_without_a_link_to_what_is_out_of_sight(client, office, closing):
    client.force_login(factories.user(Role.LEADER, office.one))
    page = client.get(reverse("reports:summary", args=[2022])).content.decode()

    assert "theo sổ của Đảng bộ Khối" in page
    assert reverse("reports:closing_detail", args=[closing.pk]) not in page
    assert client.get(reverse("reports:closing_detail", args=[closing.pk])).status_code == 404


# Commands


def run(command: str, *options: str) -> str:
    out = StringIO()
    call_command(command, *options, stdout=out)
    return out.getvalue()


def test_the_commands_close_and_compare(office):
    factories.user(Role.CONFIRMER, office.bloc, username="chuany")

    assert "Đã khóa sổ năm 2022 của Đảng bộ Khối" in run("close_period", "--year", "2022", "--by", "chuany")
    assert "Không có gì khác." in run("compare_closing", "--year", "2022")
    late_addition(office)
    out = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("compare_closing", "--year", "2022", stdout=out)

    assert stopped.value.code == 1
    assert "Bổ sung cấp ủy viên: 6 → 7" in out.getvalue()
    assert "Thêm vào: Nguyễn Văn Khoa" in out.getvalue()


@pytest.mark.parametrize(
    ("command", "options", "told"),
    [
        ("close_period", ["--year", "2022", "--by", "khong-co"], "Không có người dùng"),
        ("close_period", ["--year", "2022", "--by", "chuany", "--organization", "KHONG"], "Không có tổ chức đảng mã"),
        ("close_period", ["--year", "2099", "--by", "chuany"], "chưa hết"),
        ("close_period", ["--year", "2022", "--by", "chuany", "--plan-term", "2099-2104"], "Không có đợt quy hoạch"),
        ("compare_closing", ["--year", "2022"], "Chưa khóa sổ năm 2022."),
    ],
)
def test_what_the_commands_cannot_do_is_told_in_a_line(office, command, options, told):
    factories.user(Role.CONFIRMER, office.bloc, username="chuany")

    with pytest.raises(CommandError, match=told) as refused:
        run(command, *options)
    assert refused.value.returncode == 2
