"""The tree of organisations."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.roles import Role
from organizations.actions import amend_organization, record_member_count
from organizations.models import Organization, OrganizationVersion
from organizations.scope import Scope
from organizations.tree import Totals, branches_of, versions_on
from tests import factories
from tests.pages import MOST_QUERIES, as_board, as_role, count_queries, signed_in, text_of

pytestmark = pytest.mark.django_db
URL = reverse("organizations:organization_list")


@pytest.fixture
def bloc() -> Organization:
    return factories.organization(name="Đảng bộ Khối các cơ quan", code="KHOI")


def test_shows_the_tree_with_siblings_in_vietnamese_order(bloc):
    for name in ("Đảng bộ Sở Xây dựng", "Chi bộ Ủy ban Dân tộc", "Đảng bộ Sở Ăn uống", "Đảng bộ Sở Anh"):
        factories.organization(bloc, name=name)
    factories.organization(Organization.objects.get(name="Đảng bộ Sở Anh"), "subordinate_cell", name="Chi bộ Văn phòng")
    shown = text_of(as_board(bloc).get(URL))
    in_order = ["Khối", "Ủy ban Dân tộc", "Sở Anh", "Chi bộ Văn phòng", "Sở Ăn uống", "Sở Xây dựng"]
    assert sorted(in_order, key=shown.rindex) == in_order


def test_indents_by_depth_and_links_to_each_organization(bloc):
    factories.organization(bloc, code="SXD")
    page = as_board(bloc).get(URL).content.decode()
    assert "depth-0 tree-cell" in page
    assert "depth-1 tree-cell" in page
    assert reverse("personnel:organization_detail", args=["SXD"]) in page


def test_finds_a_name_typed_without_accents(bloc):
    factories.organization(bloc, name="Đảng bộ Sở Xây dựng")
    factories.organization(bloc, name="Đảng bộ Sở Y tế")
    shown = text_of(as_board(bloc).get(URL, {"q": "so xay dung"}))
    assert "Sở Xây dựng" in shown
    assert "Sở Y tế" not in shown
    assert "1 kết quả" in shown


def test_filters_by_kind_and_names_the_filter(bloc):
    factories.organization(bloc, "grassroots_cell", name="Chi bộ Tạp chí")
    shown = text_of(as_board(bloc).get(URL, {"kind": "grassroots_cell"}))
    assert "Chi bộ Tạp chí" in shown
    assert "Đảng bộ Khối" not in shown
    assert "Loại hình: Chi bộ cơ sở" in shown


def test_an_unknown_kind_finds_nothing_and_is_explained(bloc):
    shown = text_of(as_board(bloc).get(URL, {"kind": "bogus"}))
    assert "Không có lựa chọn “bogus”" in shown
    assert "0 kết quả" in shown


def test_the_day_looked_at_decides_names_and_members(bloc):
    renamed = factories.organization(bloc, name="Đảng bộ Sở Cũ")
    amend_organization(renamed, name="Đảng bộ Sở Mới", effective_on=date(2022, 7, 1), by=factories.office())
    for day, official in ((date(2021, 12, 31), 30), (date(2022, 12, 31), 42)):
        record_member_count(renamed, counted_on=day, official=official, probationary=1, by=factories.office())
    before = text_of(as_board(bloc, date(2022, 3, 15)).get(URL))
    after = text_of(as_board(bloc, date(2023, 3, 15)).get(URL))
    assert "Đảng bộ Sở Cũ" in before
    assert "cơ sở đảng: 31." in before
    assert "Đảng bộ Sở Mới" in after
    assert "cơ sở đảng: 43." in after


def test_finds_an_organization_by_the_name_of_the_day_looked_at(bloc):
    renamed = factories.organization(bloc, name="Đảng bộ Sở Cũ")
    amend_organization(renamed, name="Đảng bộ Sở Mới", effective_on=date(2022, 7, 1), by=factories.office())
    assert "1 kết quả" in text_of(as_board(bloc, date(2022, 3, 15)).get(URL, {"q": "so cu"}))
    assert "0 kết quả" in text_of(as_board(bloc, date(2023, 3, 15)).get(URL, {"q": "so cu"}))


def test_a_missing_count_is_not_zero(bloc):
    factories.organization(bloc)
    assert "chưa có số liệu" in text_of(as_board(bloc).get(URL))


def test_shows_only_the_part_of_the_tree_in_scope(bloc):
    own = factories.organization(bloc, name="Đảng bộ Sở Nhà")
    factories.organization(bloc, name="Đảng bộ Sở Bạn")
    shown = text_of(as_role(Role.GRASSROOTS_CLERK, own).get(URL))
    assert "Sở Nhà" in shown
    assert "Sở Bạn" not in shown
    assert "1 kết quả" in shown


def test_refuses_somebody_without_the_right(bloc):
    assert signed_in(factories.user(role=None)).get(URL).status_code == 403


def test_only_reads(bloc):
    client = as_board(bloc)
    assert client.post(URL).status_code == 405
    assert client.head(URL).status_code == 200


def test_says_that_nothing_stood_before_the_first_organization(bloc):
    assert "Chưa có tổ chức đảng nào vào ngày này" in text_of(as_board(bloc, date(2001, 1, 1)).get(URL))


def test_a_long_name_is_shown_whole(bloc):
    name = "Đảng bộ " + "Ban Quản lý Dự án Đầu tư Xây dựng các Công trình " * 5
    factories.organization(bloc, name=name.strip())
    assert name.strip() in text_of(as_board(bloc).get(URL))


@pytest.mark.parametrize("page", ["2", "99", "0", "-1", "x"])
def test_cuts_the_list_into_pages_of_fifty(bloc, page):
    for _ in range(54):
        factories.organization(bloc)
    shown = text_of(as_board(bloc).get(URL, {"page": page, "per_page": "7"}))
    assert ("1–50 trong 55" if page == "x" else "51–55 trong 55") in shown


def test_takes_the_same_few_queries_whatever_the_number_of_organizations(bloc):
    client = as_board(bloc)
    url = f"{URL}?q=dang"
    factories.organization(bloc)
    small = count_queries(client, url)
    for _ in range(20):
        record_member_count(
            factories.organization(bloc), counted_on=date(2022, 1, 1), official=3, probationary=0, by=factories.office()
        )
    assert count_queries(client, url) == small <= MOST_QUERIES


class TestStatus:
    """What stands, what has ended, what is still to come on the day looked at."""

    @pytest.fixture
    def ended(self, bloc) -> Organization:
        made = factories.organization(bloc, name="Đảng bộ Sở Thôi")
        made.versions.update(valid_to=date(2022, 7, 1))
        return made

    @pytest.mark.parametrize(
        ("day", "status", "is_listed"),
        [
            (date(2022, 6, 30), "standing", True),
            (date(2022, 7, 1), "standing", False),
            (date(2022, 7, 1), "ended", True),
            (date(2022, 6, 30), "ended", False),
            (date(2014, 12, 31), "to_come", True),
            (date(2015, 1, 1), "to_come", False),
            (date(2022, 7, 1), "all", True),
        ],
    )
    def test_is_that_of_the_day_looked_at(self, bloc, ended, day, status, is_listed):
        shown = text_of(as_board(bloc, day).get(URL, {"status": status}))
        assert ("Sở Thôi" in shown) is is_listed

    def test_only_the_standing_show_when_nothing_is_asked(self, bloc, ended):
        assert "Sở Thôi" not in text_of(as_board(bloc).get(URL))

    def test_says_what_became_of_an_ended_organization(self, bloc):
        heir = factories.organization(bloc, name="Đảng bộ Sở Nối")
        factories.reorganization(factories.organization(bloc), date(2022, 7, 1), heir)
        shown = text_of(as_board(bloc).get(URL, {"status": "ended"}))
        assert "hợp nhất, sáp nhập từ ngày 01/7/2022 thành Đảng bộ Sở Nối" in shown

    def test_says_since_when_where_no_reorganization_tells(self, bloc, ended):
        shown = text_of(as_board(bloc).get(URL, {"status": "ended"}))
        assert "kết thúc hoạt động từ ngày 01/7/2022" in shown

    def test_what_was_handed_over_has_not_ended(self, bloc):
        elsewhere = factories.organization(name="Đảng bộ Khối khác")
        moved = factories.organization(bloc, name="Đảng bộ Sở Đi")
        amend_organization(moved, parent=elsewhere, effective_on=date(2022, 7, 1), by=factories.office())
        assert "Sở Đi" not in text_of(as_board(bloc).get(URL, {"status": "ended"}))

    def test_takes_the_same_queries_with_ended_ones(self, bloc, ended):
        client = as_board(bloc)
        few = count_queries(client, f"{URL}?status=all")
        for _ in range(4):
            factories.organization(bloc).versions.update(valid_to=date(2022, 7, 1))
        assert count_queries(client, f"{URL}?status=all") == few <= MOST_QUERIES


class TestSeats:
    def test_tells_filled_and_vacant_seats_of_the_day(self, bloc):
        place = factories.organization(bloc, name="Đảng bộ Sở Xây dựng")
        factories.term(place, committee=3, standing=0, inspection=0)
        factories.seated(factories.person(place), place, on=date(2022, 3, 1))
        shown = text_of(as_board(bloc).get(URL))
        assert "BCH 1/3, khuyết 2" in shown
        assert "1 vị trí có người, 2 còn khuyết" in shown
        assert "BCH 0/3, khuyết 3" in text_of(as_board(bloc, date(2022, 2, 28)).get(URL))

    def test_tells_a_body_that_is_over_its_size(self, bloc):
        place = factories.organization(bloc)
        factories.term(place, committee=1, standing=0, inspection=0)
        for _ in range(2):
            factories.seated(factories.person(place), place, on=date(2022, 3, 1))
        assert "BCH 2/1, vượt 1" in text_of(as_board(bloc).get(URL))

    def test_the_totals_are_those_of_the_rows(self, bloc):
        places = [factories.organization(bloc) for _ in range(3)]
        for number, place in enumerate(places):
            factories.term(place, committee=4, standing=0, inspection=0)
            record_member_count(
                place, counted_on=date(2022, 1, 1), official=30 + number, probationary=1, by=factories.office()
            )
        rows = branches(bloc)
        totals = Totals.of(rows)
        assert totals.members == sum(row.official + row.probationary for row in rows if row.version.is_grassroots)
        assert totals.vacant == sum(body.vacant for row in rows for body in row.bodies) == 12


def branches(bloc: Organization) -> list:
    scope, day = Scope.everything(), date(2023, 1, 1)
    statuses = versions_on(scope, day)
    versions = OrganizationVersion.objects.filter(pk__in=statuses).with_codes().as_tree()
    return branches_of(versions, statuses, scope, day)


class TestFolding:
    @pytest.fixture
    def cell(self, bloc) -> Organization:
        place = factories.organization(bloc, code="SXD", name="Đảng bộ Sở Xây dựng")
        return factories.organization(place, "subordinate_cell", name="Chi bộ Văn phòng")

    def test_hides_what_lies_beneath_and_says_how_much(self, bloc, cell):
        shown = text_of(as_board(bloc).get(URL, {"gap": "SXD"}))
        assert "Chi bộ Văn phòng" not in shown
        assert "còn 1 tổ chức bên dưới" in shown
        assert "3 kết quả" in shown

    def test_a_branch_within_a_folded_branch_is_hidden_once(self, bloc, cell):
        shown = text_of(as_board(bloc).get(URL, {"gap": "KHOI,SXD"}))
        assert "Sở Xây dựng" not in shown
        assert "còn 2 tổ chức bên dưới" in shown

    def test_links_fold_and_unfold(self, bloc, cell):
        open_page = as_board(bloc).get(URL).content.decode()
        assert 'href="/to-chuc/?gap=SXD"' in open_page
        folded = as_board(bloc).get(URL, {"gap": "SXD", "kind": ""}).content.decode()
        assert 'aria-expanded="false"' in folded

    def test_a_code_that_nothing_bears_folds_nothing(self, bloc, cell):
        assert "Chi bộ Văn phòng" in text_of(as_board(bloc).get(URL, {"gap": "XYZ,,"}))


class TestWorkbook:
    ADDRESS = reverse("organizations:organization_workbook")

    def sheet(self, client, **query):
        response = client.get(self.ADDRESS, query)
        assert response.status_code == 200
        return load_workbook(BytesIO(response.getvalue())).active

    def test_has_the_rows_and_the_totals_of_the_page(self, bloc):
        place = factories.organization(bloc, name="Đảng bộ Sở Xây dựng")
        factories.term(place, committee=3, standing=0, inspection=0)
        record_member_count(place, counted_on=date(2022, 1, 1), official=40, probationary=2, by=factories.office())
        rows = list(self.sheet(as_board(bloc)).iter_rows(values_only=True))
        [row] = [row for row in rows if row[1] == "Đảng bộ Sở Xây dựng"]
        assert row[5:7] == (40, 2)
        assert row[9:12] == (3, 0, 3)
        assert any("cơ sở đảng: 42." in str(row[0]) for row in rows)

    def test_keeps_to_the_filter(self, bloc):
        factories.organization(bloc, name="Đảng bộ Sở Xây dựng")
        names = [row[1] for row in self.sheet(as_board(bloc), q="xay dung").iter_rows(values_only=True)]
        assert "Đảng bộ Sở Xây dựng" in names
        assert "Đảng bộ Khối các cơ quan" not in names

    def test_a_filter_that_cannot_be_right_leads_back_to_the_page(self, bloc):
        response = as_board(bloc).get(self.ADDRESS, {"kind": "bogus"})
        assert response.status_code == 302
        assert response["Location"] == f"{URL}?kind=bogus"
