"""The yearly summary of 2022 states what the office's own summary stated: on the page, in JSON and in the workbook.

The facts come from tests/acceptance/summary_2022.yaml; the records from the demonstration data.
"""

import json
import re
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path

import pytest
import yaml
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from common.formats import padded, short_day
from reports.figures import FIGURES
from tests.demo_data import demo_data  # noqa: F401
from tests.pages import MOST_QUERIES, count_queries
from tests.reports.tables.sheets import subtotals

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_data")]

FACTS = yaml.safe_load((Path(__file__).parent.parent / "acceptance" / "summary_2022.yaml").read_text(encoding="utf-8"))
STATED = [fact for part in ("strengthening", "planning") for level in FACTS[part].values() for fact in level]
NUMBERED = [fact for fact in STATED if fact["value"] is not None]


def key_of(fact) -> str:
    return fact["key"]


def summary_json() -> dict:
    out = StringIO()
    call_command("summary", "--year", "2022", "--plan-term", FACTS["plan_term"], "--format", "json", stdout=out)
    return json.loads(out.getvalue())


def client() -> Client:
    browser = Client()
    browser.force_login(User.objects.get(username="lanhdao"))
    return browser


# JSON


def test_json_states_every_fact_and_no_other():
    figures = summary_json()["figures"]

    assert [figure["key"] for figure in figures] == [fact["key"] for fact in STATED]
    assert {figure["key"]: figure["value"] for figure in figures} == {fact["key"]: fact["value"] for fact in STATED}
    assert {figure["key"]: figure["unit"] for figure in figures} == {fact["key"]: fact["unit"] for fact in STATED}


def test_every_figure_opens_onto_as_many_records_as_it_counts():
    for figure in summary_json()["figures"]:
        if figure["value"] is None:
            assert figure["records"]
        else:
            assert len(set(figure["records"])) == len(figure["records"]) == figure["value"], figure["key"]


def test_parts_of_the_turns_add_up():
    [turns] = [fact for fact in STATED if "equals" in fact]
    figures = {figure["key"]: figure for figure in summary_json()["figures"]}
    parts = [figures[part.key] for part in FIGURES[turns["key"]].parts]

    assert [part["value"] for part in parts] == turns["equals"]
    assert sorted(record for part in parts for record in part["records"]) == sorted(figures[turns["key"]]["records"])


def test_share_of_organizations_is_of_the_whole():
    [stated] = [fact for fact in STATED if "out_of" in fact]
    [figure] = [figure for figure in summary_json()["figures"] if figure["key"] == stated["key"]]

    assert figure["out_of"] == stated["out_of"]


def test_legal_basis_is_cited_with_number_and_date():
    answer = summary_json()

    assert [(each["number"], each["date"]) for each in answer["legal_basis"]] == [
        (each["number"], each["date"].isoformat()) for each in FACTS["legal_basis"]
    ]
    for document in FACTS["legal_basis"]:
        cited = (
            f"{document['kind']} số {document['number']}, ngày {short_day(document['date'])} của {document['issuer']}"
        )
        assert cited in answer["narrative"][-1]


def test_items_still_waiting_stand_beside_and_not_inside():
    pending = {figure["key"]: figure["pending"] for figure in summary_json()["figures"]}

    assert pending["bloc.committee.added"] > 0
    assert pending["grassroots.turns"] > 0


def test_changes_in_no_figure_are_named_as_such():
    assert summary_json()["outside"]["value"] > 0


# Prose


def test_prose_states_the_numbers_in_order_and_in_two_digits():
    prose = "\n".join(summary_json()["narrative"])
    numbers = [re.escape(f"{padded(fact['value'])}") for fact in NUMBERED]
    stated = [rf"\b{number}(?:/\d+)? {re.escape(fact['unit'])}" for number, fact in zip(numbers, NUMBERED, strict=True)]

    assert re.search(".*".join(stated), prose, re.DOTALL), prose


def test_prose_has_a_phrase_without_a_number_for_the_plain_fact():
    prose = summary_json()["narrative"][0]

    assert "bầu bổ sung Ủy viên, Chủ nhiệm, Phó Chủ nhiệm Ủy ban Kiểm tra Đảng ủy Khối" in prose
    assert "00" not in prose


# The page


@pytest.mark.parametrize("fact", NUMBERED, ids=key_of)
def test_page_states_the_figure_as_a_link_to_its_records(fact):
    page = client().get(reverse("reports:summary", args=[2022]), {"quy-hoach": FACTS["plan_term"]}).content.decode()
    url = reverse("reports:figure", args=[2022, fact["key"]]) + f"?quy-hoach={FACTS['plan_term']}"
    out_of = f"/{fact['out_of']}" if "out_of" in fact else ""

    links = re.findall(rf'<a class="figure" href="{re.escape(url)}"[^>]*>([^<]*)</a>', page)
    assert f"{padded(fact['value'])}{out_of} {fact['unit']}" in links  # in the prose
    assert str(fact["value"]) in links  # in the table


@pytest.mark.parametrize("fact", STATED, ids=key_of)
def test_records_page_numbers_as_many_units_as_the_figure_states(fact):
    response = client().get(reverse("reports:figure", args=[2022, fact["key"]]), {"quy-hoach": FACTS["plan_term"]})
    counted = response.content.decode().split("Đang chờ, chưa đếm vào số")[0]
    numbers = [int(number) for number in re.findall(r'data-label="STT">\s*(\d+)\s*<', counted)]

    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) == (3 if fact["value"] is None else fact["value"])


# The workbook, read back


@pytest.fixture
def book():
    response = client().get(reverse("reports:summary_file", args=[2022, "excel"]), {"quy-hoach": FACTS["plan_term"]})
    return load_workbook(BytesIO(response.content))


def test_workbook_states_every_figure(book):
    rows = list(book["Số liệu"].iter_rows(values_only=True))
    labels = {FIGURES[fact["key"]].label: fact for fact in STATED}
    names = {"organization": "Đảng bộ Khối", "committee": "Đảng ủy Khối", "plan_term": FACTS["plan_term"]}

    for label, fact in labels.items():
        [row] = [row for row in rows if row[1] == label.format(**names)]
        assert row[2] == ("có" if fact["value"] is None else fact["value"]), label
        assert row[3] == fact["unit"]


def test_workbook_has_a_sheet_of_records_for_each_figure(book):
    for fact in NUMBERED:
        [name] = [name for name in book.sheetnames if name[3:] == FIGURES[fact["key"]].sheet]
        numbers = [row[0] for row in book[name].iter_rows(values_only=True) if isinstance(row[0], int)]
        assert numbers == list(range(1, fact["value"] + 1)), name
        assert subtotals(book[name])["Cộng"] == [fact["value"]], name


def test_workbook_has_real_days(book):
    [name] = [name for name in book.sheetnames if name[3:] == FIGURES["grassroots.turns"].sheet]
    days = [cell for row in book[name].iter_rows(values_only=True) for cell in row if isinstance(cell, datetime | date)]

    assert len(days) == FACTS["strengthening"]["grassroots"][0]["value"]
    assert {day.year for day in days} == {2022}


def test_workbook_carries_the_prose(book):
    text = "\n".join(str(row[0]) for row in book["Báo cáo"].iter_rows(values_only=True))

    for paragraph in summary_json()["narrative"]:
        assert paragraph in text


# The dashboard


def test_dashboard_states_the_numbers_of_the_summary_in_few_queries():
    address = reverse("reports:dashboard") + "?nam=2022"
    stated = {fact["key"]: fact["value"] for fact in NUMBERED}
    numbers = client().get(address).context["board"].course.numbers

    assert len(numbers) == 5
    for number in numbers:
        assert number.result.count == stated[number.result.figure.key], number.label
    assert count_queries(client(), address) <= MOST_QUERIES
