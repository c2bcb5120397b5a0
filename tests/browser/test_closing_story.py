"""A leader chooses a period; a confirmer closes its books, a change comes late, and the books say which."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect


@pytest.fixture
def confirmer(page: Page, sign_in: Callable[..., None]) -> Page:
    sign_in(page, "confirmer")
    return page


def test_a_period_is_chosen_and_compared_with_the_one_before(page: Page, sign_in, assert_accessible) -> None:
    sign_in(page, "leader")
    page.goto("/bao-cao/tong-hop/2022/")
    expect(page.get_by_label("Từ ngày")).to_have_count(2)
    expect(page.get_by_label("Từ ngày").first).to_be_hidden()  # asked for only with "Từ ngày đến ngày"

    page.get_by_label("Kỳ báo cáo").select_option(label="Quý I")
    page.get_by_label("So với", exact=True).select_option(label="Kỳ liền trước")
    page.get_by_role("button", name="Xem báo cáo").click()

    expect(page).to_have_url(re.compile(r"/2022-quy-1/\?.*so-sanh=2021-quy-4"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Tổng hợp quý I năm 2022")
    expect(page.get_by_role("columnheader", name="Quý IV năm 2021")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Kỳ báo cáo").select_option(label="Từ ngày đến ngày")
    expect(page.get_by_label("Từ ngày").first).to_be_visible()


def test_a_figure_is_counted_in_another_unit(page: Page, sign_in) -> None:
    sign_in(page, "leader")
    page.goto("/bao-cao/tong-hop/2022/so-lieu/grassroots.turns/")
    page.get_by_role("link", name=re.compile(r"cấp ủy$")).first.click()

    panel = page.get_by_role("dialog")
    expect(panel.locator("[aria-current=true]")).to_have_text(re.compile(r"^\d+ cấp ủy$"))


def test_books_are_closed_and_opened_again(confirmer: Page, assert_accessible) -> None:
    confirmer.goto("/bao-cao/tong-hop/2021/")
    confirmer.get_by_role("link", name="Khóa sổ năm 2021").click()
    confirmer.get_by_label("Ghi chú").fill("Đã gửi báo cáo năm")
    confirmer.get_by_role("main").get_by_role("button", name="Khóa sổ năm 2021").click()

    expect(confirmer.get_by_role("status").first).to_contain_text("Đã khóa sổ năm 2021")
    expect(confirmer.get_by_role("main")).to_contain_text("Không có gì khác")
    assert_accessible(confirmer)
    with confirmer.expect_download() as download:
        confirmer.get_by_role("link", name=re.compile(r"tong-hop-2021-.*\.xlsx")).click()
    assert download.value.suggested_filename.startswith("tong-hop-2021-")

    confirmer.get_by_label("Lý do mở lại sổ").fill("Bổ sung số liệu")
    confirmer.get_by_role("button", name="Mở lại sổ năm 2021").click()
    expect(confirmer.get_by_role("main")).to_contain_text("Lý do: Bổ sung số liệu")


@pytest.mark.parametrize("address", ["/bao-cao/khoa-so/", "/bao-cao/tong-hop/2022/doi-chieu/"])
def test_the_pages_fit_a_phone(phone_page: Page, sign_in, assert_accessible, address: str) -> None:
    sign_in(phone_page, "leader")
    phone_page.goto(address)

    assert phone_page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert_accessible(phone_page)
