"""The pages of reports: what they show, to whom, and how many queries they take."""

from datetime import date
from io import BytesIO

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.roles import Role
from tests import factories

SUMMARY = reverse("reports:summary", args=[2022])
MOST_QUERIES = 13  # the figures that the office set are the thirteenth


@pytest.fixture
def bloc(db):
    made = factories.organization(code="KHOI", name="Đảng bộ Khối")
    factories.term(made)
    return made


@pytest.fixture
def grassroots(bloc):
    made = factories.organization(bloc, code="CS1", name="Đảng bộ Sở Một")
    factories.term(made)
    return made


@pytest.fixture
def leader(client, bloc):
    """A leader who may not see plan names, signed in."""
    made = factories.user(Role.LEADER, bloc, full_name="Đỗ Lãnh Đạo")
    client.force_login(made)
    return made


@pytest.fixture
def planner(client, bloc):
    made = factories.user(Role.ORGANIZATION_BOARD, bloc)
    client.force_login(made)
    return made


@pytest.fixture
def plan(bloc):
    planning_round = factories.planning_round(bloc)
    person = factories.person(bloc, "Nông Văn Hoạch")
    factories.plan_entry(planning_round, person, bloc, "secretary")
    factories.approved(planning_round, bloc, "secretaries")
    return person


def figure_url(key: str, query: str = "") -> str:
    return reverse("reports:figure", args=[2022, key]) + query


def test_summary_shows_prose_table_and_links(client, leader, grassroots):
    factories.seated(factories.person(grassroots), grassroots)

    page = client.get(SUMMARY).content.decode()

    assert "củng cố, kiện toàn" in page
    assert "01 đồng chí" in page
    assert f'href="{figure_url("grassroots.member.added")}"' in page
    assert "Đếm lượt" in page


def test_year_without_records_shows_no_zeros(client, leader, grassroots):
    page = client.get(SUMMARY).content.decode()

    assert "Chưa có số liệu" in page
    assert '<td class="num"' not in page


def test_summary_takes_few_queries_whatever_the_data(client, leader, bloc, grassroots, plan):
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(SUMMARY)
    for _ in range(10):
        place = factories.organization(bloc)
        factories.term(place)
        factories.seated(factories.person(place), place)
        factories.planning_round(bloc, legal_basis=[factories.document()])
    with CaptureQueriesContext(connection) as many:
        client.get(SUMMARY)

    assert len(many) == len(few) <= MOST_QUERIES


def test_organization_can_be_chosen(client, leader, grassroots):
    page = client.get(f"{SUMMARY}?to-chuc=CS1").content.decode()

    assert "Đảng ủy Sở Một" in page


@pytest.mark.parametrize("query", ["?to-chuc=KHONG-CO", "?quy-hoach=2099-2104"])
def test_unknown_choice_is_not_found(client, leader, grassroots, query):
    for name, args in (("summary", [2022]), ("figure", [2022, "grassroots.turns"]), ("summary_file", [2022, "excel"])):
        assert client.get(reverse(f"reports:{name}", args=args) + query).status_code == 404


def test_organization_that_did_not_stand_yet_says_so(client, leader, bloc):
    factories.organization(bloc, code="MOI", valid_from=date(2024, 1, 1))

    response = client.get(f"{SUMMARY}?to-chuc=MOI")

    assert response.status_code == 200
    assert "chưa thành lập" in response.content.decode()


def test_plan_term_stays_chosen_on_a_day_before_its_first_round(client, leader, plan):
    client.post(reverse("choose_day"), {"day": "01/12/2021"})

    response = client.get(f"{SUMMARY}?quy-hoach=2025-2030")

    assert response.status_code == 200


def test_organization_outside_the_scope_is_not_found(client, bloc, grassroots):
    other = factories.organization(bloc, code="CS2")
    client.force_login(factories.user(Role.LEADER, other))

    assert client.get(f"{SUMMARY}?to-chuc=CS1").status_code == 404
    assert client.get(figure_url("grassroots.turns", "?to-chuc=CS1")).status_code == 404
    assert client.get(reverse("reports:summary_file", args=[2022, "excel"]) + "?to-chuc=CS1").status_code == 404


@pytest.mark.parametrize("year", [0, 1929, 2101, 99999])
def test_impossible_year_is_not_found(client, leader, year):
    assert client.get(reverse("reports:summary", args=[year])).status_code == 404


def test_unknown_figure_is_not_found(client, leader, grassroots):
    assert client.get(figure_url("bloc.committee.forgotten")).status_code == 404


def test_form_leads_to_the_year_typed(client, leader):
    response = client.get(reverse("reports:latest_summary"), {"nam": "2022", "to-chuc": "KHOI", "quy-hoach": ""})

    assert response.headers["Location"] == f"{SUMMARY}?to-chuc=KHOI"


def test_wrong_year_in_the_form_says_what_would_be_right(client, leader):
    response = client.get(reverse("reports:latest_summary"), {"nam": "hai nghìn"}, follow=True)

    assert "Năm phải là số từ 1930 đến 2100." in response.content.decode()


def test_day_switch_shows_the_summary_as_it_was_known_then(client, leader, grassroots):
    factories.seated(factories.person(grassroots), grassroots)
    client.post(reverse("choose_day"), {"day": "09/3/2022"})

    page = client.get(SUMMARY).content.decode()

    assert "01 đồng chí" not in page


# The records of a figure


def test_figure_opens_as_a_page_and_as_a_panel(client, leader, grassroots):
    person = factories.person(grassroots, "Trần Văn Bình")
    factories.seated(person, grassroots)

    page = client.get(figure_url("grassroots.member.added"))
    panel = client.get(figure_url("grassroots.member.added"), headers={"HX-Request": "true"})

    for response in (page, panel):
        text = response.content.decode()
        assert "Trần Văn Bình" in text
        assert person.get_absolute_url() in text
        assert "10/3/2022" in text
    assert "<html" in page.content.decode()
    assert "<html" not in panel.content.decode()
    assert "data-panel-title" in panel.content.decode()
    assert "HX-Request" in page.headers["Vary"]


def test_figure_of_the_rest_opens_too(client, leader, grassroots):
    assert client.get(figure_url("changes.outside")).status_code == 200


def test_plan_names_are_closed_to_who_may_not_see_them(client, leader, plan):
    assert client.get(figure_url("plan.bloc.secretaries")).status_code == 403
    page = client.get(SUMMARY).content.decode()
    assert "01 đồng chí" in page
    assert figure_url("plan.bloc.secretaries") not in page


def test_looking_at_plan_names_is_journaled(client, planner, plan):
    client.get(figure_url("plan.bloc.secretaries"))

    entry = LogEntry.objects.get(action=LogEntry.Action.ACCESS)
    assert entry.actor == planner
    assert "Quy hoạch Bí thư, Phó Bí thư Đảng ủy Khối" in entry.additional_data["act"]


def printed_url(key: str, query: str = "") -> str:
    return reverse("reports:figure_printed", args=[2022, key]) + query


def test_printing_plan_names_is_journaled_as_a_print(client, planner, plan, bloc):
    chosen = f"?to-chuc={bloc.code}"
    watch = f'data-plan-list="{printed_url("plan.bloc.secretaries", chosen)}"'
    assert watch in client.get(figure_url("plan.bloc.secretaries", chosen)).content.decode()
    assert client.post(printed_url("plan.bloc.secretaries", chosen)).status_code == 204

    entry = LogEntry.objects.filter(action=LogEntry.Action.ACCESS).latest("pk")
    assert (entry.actor, entry.object_pk) == (planner, str(bloc.pk))
    assert entry.additional_data["act"].startswith("In danh sách “Quy hoạch Bí thư, Phó Bí thư Đảng ủy Khối”")


def test_what_names_no_planned_people_is_not_watched(client, planner, plan):
    for key in ("grassroots.turns", "plan.grassroots.approved"):
        assert "data-plan-list" not in client.get(figure_url(key)).content.decode()
        assert client.post(printed_url(key)).status_code == 404
    assert client.get(printed_url("plan.bloc.secretaries")).status_code == 405
    assert not LogEntry.objects.filter(action=LogEntry.Action.ACCESS).exists()


def test_a_print_cannot_be_told_by_who_may_not_see_the_names(client, leader, plan):
    assert client.post(printed_url("plan.bloc.secretaries")).status_code == 403
    assert not LogEntry.objects.filter(action=LogEntry.Action.ACCESS).exists()


# The workbook


def workbook_of(client):
    response = client.get(reverse("reports:summary_file", args=[2022, "excel"]))
    assert response.status_code == 200
    assert 'filename="tong-hop-2022-KHOI.xlsx"' in response.headers["Content-Disposition"]
    return load_workbook(BytesIO(response.content))


def cells_of(book) -> set[object]:
    return {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}


def test_workbook_with_plan_names_is_journaled(client, planner, plan):
    assert "Nông Văn Hoạch" in cells_of(workbook_of(client))

    assert LogEntry.objects.filter(action=LogEntry.Action.ACCESS, actor=planner).count() == 1


def test_workbook_withholds_plan_names_from_who_may_not_see_them(client, leader, plan):
    cells = cells_of(workbook_of(client))

    assert "Nông Văn Hoạch" not in cells
    assert any(isinstance(cell, str) and "không được phân quyền" in cell for cell in cells)
    assert not LogEntry.objects.filter(action=LogEntry.Action.ACCESS).exists()


# The first page and the search


def test_first_page_counts_what_the_scope_holds(client, leader, bloc, grassroots):
    factories.submitted(grassroots, factories.appointment(factories.person(grassroots)))
    factories.organization(code="KHAC", name="Đảng bộ Khác")

    page = client.get(reverse("home")).content.decode()

    assert "1 tổ chức cơ sở đảng" in page
    assert "Đã trình" in page


def test_first_page_of_an_account_without_roles_says_what_to_do(client, db):
    client.force_login(factories.user(role=None))

    assert "chưa được phân quyền" in client.get(reverse("home")).content.decode()


@pytest.mark.parametrize("words", ["tran van binh", "TRẦN VĂN BÌNH", "binh tran"])
def test_search_finds_people_without_accents(client, leader, grassroots, words):
    factories.person(grassroots, "Trần Văn Bình")

    assert "Trần Văn Bình" in client.get(reverse("search"), {"q": words}).content.decode()


def test_search_stays_inside_the_scope(client, bloc, grassroots):
    other = factories.organization(bloc)
    factories.person(grassroots, "Trần Văn Bình")
    client.force_login(factories.user(Role.LEADER, other))

    page = client.get(reverse("search"), {"q": "tran van binh"}).content.decode()

    assert "Trần Văn Bình" not in page
    assert "Không tìm thấy" in page


# Any period, beside any other, in every unit


def chosen(client, **typed: str):
    return client.get(reverse("reports:latest_summary"), {"nam": "2022", **typed})


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ({}, "2022/"),
        ({"ky": "quy-1"}, "2022-quy-1/"),
        ({"ky": "thang-12", "so_voi": "lien-truoc"}, "2022-thang-12/?so-sanh=2022-thang-11"),
        ({"ky": "hai-ngay", "tu": "05/3/2022", "den": "31/3/2022"}, "2022-03-05_2022-03-31/"),
        ({"ky": "2020-06-15_2025-06-14", "so_voi": "cung-ky"}, "2020-06-15_2025-06-14/"),
        (
            {"so_voi": "hai-ngay", "ss_tu": "1/1/2020", "ss_den": "31/12/2020", "don-vi": "people"},
            "2022/?so-sanh=2020&don-vi=people",
        ),
    ],
)
def test_what_is_chosen_has_an_address(client, leader, typed, address):
    assert chosen(client, **typed).url == f"/bao-cao/tong-hop/{address}"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"nam": "22"}, "Năm phải là số từ 1930 đến 2100."),
        ({"ky": "hai-ngay", "tu": "05/3/2022"}, "Hãy nhập ngày đầu và ngày cuối của kỳ"),
        ({"ky": "hai-ngay", "tu": "5/3/2022", "den": "4/3/2022"}, "Ngày cuối kỳ (04/3/2022) sớm hơn ngày đầu kỳ"),
        ({"ky": "hai-ngay", "tu": "31/2/2022", "den": "4/3/2022"}, "Không đọc được ngày “31/2/2022”"),
        ({"ky": "khong-co"}, "Không có kỳ báo cáo “khong-co”."),
    ],
)
def test_what_cannot_be_chosen_is_told(client, leader, typed, told):
    response = client.get(reverse("reports:latest_summary"), {"nam": "2022", **typed}, follow=True)

    assert response.status_code == 200
    assert told in response.content.decode()


@pytest.mark.parametrize("query", ["?so-sanh=khong-co", "?don-vi=khong-co"])
def test_an_unknown_comparison_or_unit_is_not_found(client, leader, grassroots, query):
    assert client.get(SUMMARY + query).status_code == 404


def test_a_page_says_its_period_and_the_one_beside(client, leader, grassroots):
    factories.seated(factories.person(grassroots), grassroots, on=date(2022, 3, 10))
    page = client.get("/bao-cao/tong-hop/2022-quy-1/?so-sanh=2021-quy-4").content.decode()

    assert "Tổng hợp quý I năm 2022" in page
    assert '<th scope="col" class="num">Quý IV năm 2021</th>' in page
    assert "Trong quý I năm 2022" in page


def test_the_table_counts_in_another_unit_and_the_prose_stays(client, leader, grassroots):
    person = factories.person(grassroots)
    factories.confirmed(grassroots, factories.appointment(person), factories.appointment(person, "secretary"))

    page = client.get(f"{SUMMARY}?don-vi=organizations").content.decode()

    assert "02 lượt" in page
    assert '<td class="unit" data-label="Đơn vị">cấp ủy</td>' in page


def test_the_records_of_a_figure_are_numbered_by_the_unit_chosen(client, leader, grassroots):
    person = factories.person(grassroots)
    factories.confirmed(grassroots, factories.appointment(person), factories.appointment(person, "secretary"))

    page = client.get(figure_url("grassroots.turns", "?don-vi=people")).content.decode()

    assert '<strong aria-current="true">1 đồng chí</strong>' in page
    assert "2 lượt</a>" in page


def test_the_terms_of_the_organization_are_offered_as_periods(client, leader, grassroots):
    page = client.get(SUMMARY).content.decode()

    assert '<option value="2020-06-15_2025-06-14">Nhiệm kỳ 2020-2025</option>' in page
