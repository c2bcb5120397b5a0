"""The pages of one person: the sheet is one page of paper, and no name makes a page wider than a phone."""

import re

import pytest
from playwright.sync_api import Page

PEOPLE = "/nhan-su/"
IN_MOST_SEATS = "Vương Văn Tài"  # of the demonstration data
UNBROKEN = "Trần " + "Aa" * 57


def open_person(page: Page, name: str) -> str:
    """Open the profile of a person; return its address."""
    page.goto(f"{PEOPLE}?q={name}")
    page.locator("tbody").get_by_role("link", name=name).first.click()
    page.wait_for_url(re.compile(r"/nhan-su/\d+/$"))
    return page.url


def test_the_sheet_of_whoever_sat_in_most_seats_is_one_page(page: Page, sign_in) -> None:
    sign_in(page, "organization_board")
    page.goto(f"{open_person(page, IN_MOST_SEATS)}phieu/")
    assert page.locator(".sheet-lines li").count() > 16
    sheet = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1


@pytest.mark.parametrize("part", ["", "phieu/"])
def test_a_name_without_a_place_to_break_at_is_broken(phone_page: Page, sign_in, part) -> None:
    sign_in(phone_page, "organization_board")
    phone_page.goto(f"{open_person(phone_page, IN_MOST_SEATS)}{part}")
    written = "h1, .sheet > h2, dd, .breadcrumb-item.active, .breadcrumb-item a"
    phone_page.locator(written).evaluate_all(
        "(all, name) => all.forEach((each) => (each.textContent = name))", UNBROKEN
    )
    assert phone_page.evaluate("document.documentElement.scrollWidth") <= 360
