"""The tree of organisations."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.roles import Role
from organizations.actions import amend_organization, record_member_count
from organizations.models import Organization
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
