"""An organisation's page in a browser: its tabs, and the picture of seats by mouse and by keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

PLACE = "/to-chuc/CS-05/"
TABS = ["", "nhiem-ky/", "thay-doi/", "quy-hoach/", "van-ban/", "dang-vien/", "lich-su/"]


@pytest.mark.parametrize("size", ["page", "phone_page"])
def test_tabs_fit_their_screen_and_meet_wcag(size: str, request, sign_in, assert_accessible) -> None:
    page: Page = request.getfixturevalue(size)
    sign_in(page, "organization_board")
    for tab in TABS:
        page.goto(PLACE + tab)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{tab} scrolls sideways"
        assert_accessible(page)


def test_mouse_and_keyboard_reach_each_bar_and_are_told_the_same(page: Page, sign_in, assert_accessible) -> None:
    sign_in(page, "organization_board")
    page.goto(PLACE)
    page.get_by_role("link", name="Nhiệm kỳ", exact=True).click()
    expect(page.get_by_role("link", name="Nhiệm kỳ", exact=True)).to_have_attribute("aria-current", "page")

    picture = page.get_by_role("figure", name="Ban Chấp hành")
    bars = picture.locator("a.seat-bar")
    assert bars.count() > 10
    for number in range(bars.count()):
        bar = bars.nth(number)
        bar.locator("rect").hover(position={"x": 2, "y": 2})  # beside the name in it
        expect(bar.locator(".seat-tip")).to_be_visible()
        assert bar.locator(".seat-tip").text_content() == bar.locator("title").text_content()

    page.mouse.move(0, 0)
    bars.first.focus()
    for number in range(bars.count()):
        expect(bars.nth(number)).to_be_focused()
        page.keyboard.press("Tab")

    picture.get_by_text("Xem bảng số").click()
    told = picture.locator("tbody tr").count()
    assert told == bars.count() + picture.locator(".seat-gap").count()
    assert_accessible(page)
    bars.first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/nhan-su/"))
