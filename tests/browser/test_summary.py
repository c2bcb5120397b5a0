"""The main job in a browser: the summary of 2022, from a figure to its records and back, and the workbook."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

SUMMARY = "/bao-cao/tong-hop/2022/"


def open_summary(page: Page, sign_in: Callable[..., None], **account: object) -> None:
    sign_in(page, "leader", **account)
    page.goto("/")
    page.get_by_role("link", name="Năm 2022").click()
    expect(page.get_by_role("heading", name="Tổng hợp năm 2022")).to_be_visible()


def test_leader_opens_a_figure_beside_the_page_and_goes_back(page: Page, sign_in, assert_accessible) -> None:
    open_summary(page, sign_in, sees_plans=True)
    figure = page.get_by_role("article").get_by_role("link", name="29 lượt")
    figure.click()

    panel = page.get_by_role("dialog")
    expect(panel.get_by_role("heading", name="Củng cố, kiện toàn cấp ủy cơ sở")).to_be_focused()
    expect(panel.locator("tbody tr")).to_have_count(29 + 2)  # two still wait, in a table of their own
    assert_accessible(page)

    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(figure).to_be_focused()
    expect(page).to_have_url(f"{page.url.split('/bao-cao')[0]}{SUMMARY}")


def test_figure_has_an_address_of_its_own_that_leads_on_to_people(page: Page, sign_in, assert_accessible) -> None:
    open_summary(page, sign_in, sees_plans=True)
    page.get_by_role("article").get_by_role("link", name="07 đồng chí").click()
    page.get_by_role("dialog").get_by_role("link", name="Mở thành trang riêng").click()

    expect(page.get_by_role("heading", name="Quy hoạch Bí thư, Phó Bí thư Đảng ủy Khối")).to_be_visible()
    assert_accessible(page)
    page.locator("tbody tr").first.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile("/nhan-su/"))
    page.go_back()
    page.get_by_role("link", name="Về báo cáo năm 2022").click()
    expect(page.get_by_role("heading", name="Tổng hợp năm 2022")).to_be_visible()


def test_leader_downloads_the_workbook(page: Page, sign_in, tmp_path: Path) -> None:
    open_summary(page, sign_in, sees_plans=True)
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải bảng tính Excel").click()

    assert download.value.suggested_filename == "tong-hop-2022-DEMO-KHOI.xlsx"
    download.value.save_as(tmp_path / "summary.xlsx")
    book = load_workbook(tmp_path / "summary.xlsx")
    figures = {row[1]: row[2] for row in book["Số liệu"].iter_rows(values_only=True)}
    assert figures["Củng cố, kiện toàn cấp ủy cơ sở"] == 29


def test_leader_without_the_right_sees_plan_numbers_without_links(page: Page, sign_in) -> None:
    open_summary(page, sign_in, sees_plans=False)
    article = page.get_by_role("article")

    expect(article).to_contain_text("38 đồng chí")
    expect(article.get_by_role("link", name="38 đồng chí")).to_have_count(0)
    expect(article.get_by_role("link", name="29 lượt")).to_be_visible()


def test_year_and_day_can_be_chosen(page: Page, sign_in) -> None:
    open_summary(page, sign_in, sees_plans=True)
    page.get_by_label("Năm", exact=True).fill("2023")
    page.get_by_role("button", name="Xem báo cáo").click()
    expect(page.get_by_role("heading", name="Tổng hợp năm 2023")).to_be_visible()

    page.get_by_label("Tính đến ngày").fill("15/3/2022")
    page.get_by_role("button", name="Xem", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("15/3/2022")
    expect(page.get_by_role("article")).to_contain_text("chưa bắt đầu")


PAGES = [
    "/",
    SUMMARY,
    "/bao-cao/tong-hop/1990/",
    "/bao-cao/tong-hop/2022/so-lieu/grassroots.turns/",
    "/to-chuc/",
    "/to-chuc/DEMO-KHOI/",
    "/to-chuc/CS-05/",
    "/nhan-su/?q=nguyen",
    "/ho-so/",
    "/quy-hoach/",
    "/quy-hoach/dot/",
    "/tim/?q=nguyen",
    "/doi-mat-khau/",
]


@pytest.mark.parametrize("size", ["page", "phone_page"])
def test_pages_fit_their_screen_and_meet_wcag(size: str, request, sign_in, assert_accessible) -> None:
    page: Page = request.getfixturevalue(size)
    sign_in(page, "organization_board")
    for address in PAGES:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{address} scrolls sideways"
        assert_accessible(page)
