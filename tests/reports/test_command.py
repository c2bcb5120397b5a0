"""`manage.py summary`: its forms, and what it says when asked something impossible."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from tests import factories


@pytest.fixture
def grassroots(db):
    bloc = factories.organization(code="KHOI", name="Đảng bộ Khối")
    place = factories.organization(bloc, code="CS1", name="Đảng bộ Sở Một")
    factories.term(place)
    factories.seated(factories.person(place), place, on=date(2022, 3, 10))
    return place


def run(*options: str) -> str:
    out = StringIO()
    call_command("summary", *options, stdout=out)
    return out.getvalue()


def test_text_is_the_prose_and_the_figures(grassroots):
    text = run("--year", "2022")

    assert "củng cố, kiện toàn 01 lượt cấp ủy cơ sở" in text
    assert "Bổ sung cấp ủy viên: 1 đồng chí" in text


def test_json_gives_each_figure_with_its_records(grassroots):
    answer = json.loads(run("--year", "2022", "--format", "json"))
    figures = {figure["key"]: figure for figure in answer["figures"]}

    assert answer["period"] == {"from": "2022-01-01", "to": "2022-12-31"}
    assert answer["organization"] == {"code": "KHOI", "name": "Đảng bộ Khối"}
    added = figures["grassroots.member.added"]
    assert (added["value"], added["unit"], added["pending"], len(added["records"])) == (1, "đồng chí", 0, 1)


def test_workbook_goes_to_a_file(grassroots, tmp_path):
    run("--year", "2022", "--format", "xlsx", "--output", str(tmp_path / "x.xlsx"))

    assert "Số liệu" in load_workbook(tmp_path / "x.xlsx").sheetnames


@pytest.mark.parametrize(
    ("first", "last", "count"), [("2022-03-10", "2022-03-10", "1"), ("11/3/2022", "31/12/2022", None)]
)
def test_any_two_days(grassroots, first, last, count):
    answer = json.loads(run("--from", first, "--to", last, "--format", "json"))

    [value] = [each["value"] for each in answer["figures"] if each["key"] == "grassroots.member.added"]
    assert value == (int(count) if count else None)


def test_as_at_a_day_before_the_decision(grassroots):
    answer = json.loads(run("--year", "2022", "--as-at", "2022-03-09", "--format", "json"))

    assert {figure["value"] for figure in answer["figures"]} <= {0, None}


def test_one_organization(grassroots):
    assert (
        json.loads(run("--year", "2022", "--organization", "CS1", "--format", "json"))["organization"]["code"] == "CS1"
    )


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ([], "--year"),
        (["--year", "2022", "--from", "1/1/2022"], "một trong hai"),
        (["--from", "1/1/2022"], "--to"),
        (["--from", "2/1/2022", "--to", "1/1/2022"], "sớm hơn"),
        (["--from", "31/2/2022", "--to", "1/3/2022"], "31/2/2022"),
        (["--year", "22"], "không hợp lệ"),
        (["--year", "hai"], "--year"),
        (["--year", "2022", "--organization", "KHONG"], "KHONG"),
        (["--year", "2022", "--plan-term", "2099-2104"], "2099-2104"),
        (["--year", "2022", "--format", "pdf"], "--format"),
        (["--year", "2022", "--format", "xlsx"], "--output"),
        (["--year", "2022", "--forget"], "--forget"),
        (["--year", "2022", "--output", "/no/such/folder/x"], "Không ghi được"),
    ],
)
def test_wrong_use_says_so_in_one_line_with_exit_code_2(grassroots, options, says):
    with pytest.raises(CommandError) as refusal:
        run(*options)

    assert refusal.value.returncode == 2
    assert says in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_empty_database_says_so(db):
    with pytest.raises(CommandError, match="Không có tổ chức đảng nào"):
        run("--year", "2022")
