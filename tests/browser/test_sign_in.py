"""The sign-in page as a user meets it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import fill_in

SIGN_IN = re.compile(r"/dang-nhap/")


@pytest.mark.parametrize("size", ["page", "phone_page"])
def test_the_form_has_labels_and_meets_wcag(
    size: str, request: pytest.FixtureRequest, assert_accessible: Callable[[Page], None]
) -> None:
    page: Page = request.getfixturevalue(size)
    page.goto("/")
    expect(page).to_have_url(SIGN_IN)
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    expect(page.locator("input[name=username]")).to_have_accessible_name(re.compile("^Tên đăng nhập"))
    expect(page.locator("input[type=password]")).to_have_accessible_name(re.compile("^Mật khẩu"))
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways"
    assert_accessible(page)


def test_a_wrong_password_is_refused_in_vietnamese(page: Page, assert_accessible: Callable[[Page], None]) -> None:
    fill_in(page, "khong-co-ai", "không phải mật khẩu này")
    expect(page).to_have_url(SIGN_IN)
    expect(page.get_by_role("main")).to_contain_text("Không đúng tên đăng nhập hoặc mật khẩu")
    expect(page.get_by_label("Tên đăng nhập")).to_have_value("khong-co-ai")
    assert_accessible(page)


def test_signing_in_and_out(page: Page, sign_in: Callable[..., None]) -> None:
    sign_in(page, "leader")
    expect(page).not_to_have_url(SIGN_IN)
    page.locator(".user-menu summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page).to_have_url(SIGN_IN)
    expect(page.get_by_text("Bạn đã đăng xuất.")).to_be_visible()
    page.goto("/")
    expect(page).to_have_url(SIGN_IN)


def test_signing_in_leads_to_the_page_that_was_asked_for(page: Page, sign_in: Callable[..., None]) -> None:
    page.goto("/doi-mat-khau/")
    expect(page).to_have_url(re.compile(r"/dang-nhap/\?next=/doi-mat-khau/"))
    sign_in(page, "leader")
    expect(page).to_have_url(re.compile(r"/doi-mat-khau/$"))
