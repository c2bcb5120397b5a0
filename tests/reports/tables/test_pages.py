"""Pages of the standard tables: what is chosen, what is shown, who may."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.roles import Role
from reports.tables import TABLES
from reports.tables.base import Cell, Column, Group, Table
from reports.tables.lines import lines_of
from reports.views import tables
from tests import factories
from tests.pages import MOST_QUERIES, as_role, count_queries, text_of
from tests.reports.tables.conftest import DAY

pytestmark = pytest.mark.django_db
CHANGES = reverse("reports:table", args=["bien-dong", 2022])


@pytest.fixture
def leader(changed):
    return as_role(Role.LEADER, changed.bloc, DAY)


def test_the_list_leads_to_every_table(leader):
    page = leader.get(reverse("reports:table_list")).content.decode()

    for key, definition in TABLES.items():
        assert reverse("reports:table", args=[key, 2023]) in page
        assert definition.answers in page


@pytest.mark.parametrize("key", TABLES)
def test_every_table_opens_without_any_data_and_says_that_nothing_is_there(key):
    client = as_role(Role.LEADER, factories.organization(code="KHOI"), DAY)

    assert TABLES[key].name in text_of(client.get(reverse("reports:table", args=[key, 2022])))


def test_lines_lead_to_people_organisations_and_dossiers(leader, changed):
    response = leader.get(CHANGES)
    text = text_of(response)

    assert "Danh sách biến động cấp ủy năm 2022" in text
    assert "Cộng 4 lượt" in text
    assert "Tổng 6 lượt" in text
    assert "Người Ngoài" not in text
    assert reverse("personnel:organization_detail", args=["CS1"]) in response.content.decode()


def test_a_choice_leads_to_an_address_that_says_it(leader):
    asked = {"ky": "quy-4", "nam": "2022", "to-chuc": "CS1", "don-vi": ""}
    response = leader.get(reverse("reports:latest_table", args=["bien-dong"]), asked)

    assert response.headers["Location"] == "/bao-cao/bieu/bien-dong/2022-quy-4/?to-chuc=CS1"
    assert "Tổng 1" not in text_of(leader.get(response.headers["Location"]))
    assert "Cộng 1 lượt" in text_of(leader.get(response.headers["Location"]))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"nam": "19"}, "Năm phải là số từ"),
        ({"nam": "2022", "ky": "hai-ngay", "tu": "05/3/2022", "den": "01/3/2022"}, "sớm hơn ngày đầu kỳ"),
    ],
)
def test_a_wrong_period_is_told_in_words(leader, asked, said):
    response = leader.get(reverse("reports:latest_table", args=["bien-dong"]), asked, follow=True)

    assert said in response.content.decode()


def test_without_a_choice_it_is_of_the_year_of_the_day_looked_at(leader):
    location = leader.get(reverse("reports:latest_table", args=["bien-dong"])).headers["Location"]

    assert location == reverse("reports:table", args=["bien-dong", 2023])


@pytest.mark.parametrize("address", [("latest_table", ["khong-co"]), ("table", ["khong-co", 2022])])
def test_an_unknown_table_is_not_found(leader, address):
    name, args = address
    assert leader.get(reverse(f"reports:{name}", args=args)).status_code == 404


def test_an_organisation_outside_the_scope_is_not_found(changed):
    client = as_role(Role.LEADER, changed.two, DAY)

    assert client.get(f"{CHANGES}?to-chuc=CS1").status_code == 404
    assert "Lê Văn An" not in text_of(client.get(CHANGES))


def test_a_period_in_which_the_organisation_did_not_stand_says_so(leader):
    response = leader.get(reverse("reports:table", args=["bien-dong", 1960]))

    assert "Chưa có tổ chức đảng để báo cáo" in text_of(response)


def test_long_tables_come_a_page_at_a_time(leader, monkeypatch):
    monkeypatch.setattr(tables, "LINES", 3)

    first, last = text_of(leader.get(CHANGES)), text_of(leader.get(f"{CHANGES}?page=99"))
    assert "Tổng 6 lượt" not in first
    assert "Tổng 6 lượt" in last


@pytest.mark.parametrize("key", TABLES)
def test_every_table_takes_a_fixed_number_of_queries(key, changed):
    url = reverse("reports:table", args=[key, 2022])
    before = count_queries(as_role(Role.LEADER, changed.bloc, DAY), url)
    for number in range(3):
        factories.seated(factories.person(changed.two, f"Người Thứ {number}"), changed.two)

    assert count_queries(as_role(Role.LEADER, changed.bloc, DAY), url) == before
    assert before <= MOST_QUERIES + 5


class TestLines:
    COLUMNS = (Column("name", "Tên", 20), Column("day", "Ngày", 10, css="day", missing="chưa có số liệu"))

    def test_a_table_of_one_nameless_group_has_its_total_alone(self):
        table = Table(self.COLUMNS, [Group("", [(Cell("A"), Cell(date(2022, 1, 5)))])], "dòng")

        assert [(line.kind, line.word) for line in lines_of(table)] == [("record", "1"), ("sum", "Tổng")]
        assert lines_of(table)[0].cells[1].text == "05/01/2022"

    def test_a_single_named_group_has_its_subtotal_alone(self):
        table = Table(self.COLUMNS, [Group("Nhóm", [(Cell("A"), Cell(None))])], "dòng")

        assert [(line.kind, line.word) for line in lines_of(table)] == [
            ("group", "Nhóm"),
            ("record", "1"),
            ("sum", "Cộng"),
        ]
        assert lines_of(table)[1].cells[1].text == "chưa có số liệu"
        assert lines_of(table)[1].cells[1].is_missing

    def test_no_rows_no_lines(self):
        assert lines_of(Table(self.COLUMNS, [Group("Nhóm", [])], "dòng")) == []
