"""The leaders' dashboard in a browser: with scripts and without, on a desk and on a phone."""

import re

from playwright.sync_api import Browser, Page, expect

from accounts.roles import Role
from tests.browser.conftest import fill_in

URL = "/bao-cao/bang-dieu-khien/?nam=2022"


def test_blocks_change_with_the_organisation_and_the_year_without_a_new_page(page: Page, sign_in, assert_accessible):
    sign_in(page, Role.LEADER)
    page.goto(URL)
    board = page.locator("#board")
    expect(board).to_contain_text("Năm 2022 đã củng cố, kiện toàn 29 lượt cấp ủy cơ sở")
    assert_accessible(page)

    page.get_by_label("Số liệu của năm").fill("2021")
    page.get_by_label("Số liệu của năm").press("Tab")

    expect(board).to_contain_text("Năm 2021 đã củng cố, kiện toàn")
    expect(page).to_have_url(re.compile("nam=2021"))


def test_a_number_opens_its_records_in_the_side_panel_and_a_bar_its_month(page: Page, sign_in):
    sign_in(page, Role.LEADER)
    page.goto(URL)
    page.locator(".number-strip a.figure").first.click()
    expect(page.locator("#side-panel-body")).to_contain_text("Đang chờ, chưa đếm vào số")
    expect(page.locator("#side-panel-title")).to_be_focused()  # while it still comes in, it does not go
    page.keyboard.press("Escape")
    expect(page.locator("#side-panel")).to_be_hidden()

    page.locator("a.chart-bar").nth(2).click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Tổng hợp tháng 3 năm 2022")


def test_a_phone_shows_all_of_it_without_scrolling_sideways(phone_page: Page, sign_in, assert_accessible):
    sign_in(phone_page, Role.LEADER)
    phone_page.goto(URL)

    expect(phone_page.locator("#board")).to_contain_text("Các tổ chức")
    assert phone_page.evaluate("document.documentElement.scrollWidth") <= 360
    assert_accessible(phone_page)


def test_works_without_scripts(browser: Browser, server: str):
    from demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD

    account = next(each for each in DEMO_ACCOUNTS if each.role == Role.LEADER)
    context = browser.new_context(base_url=server, java_script_enabled=False)
    page = context.new_page()
    fill_in(page, account.username, DEMO_PASSWORD)
    page.goto(URL)
    page.get_by_label("Số liệu của năm").fill("2021")
    page.get_by_role("main").get_by_role("button", name="Xem").click()

    expect(page.locator("#board")).to_contain_text("Năm 2021 đã củng cố, kiện toàn")
    context.close()
