"""The pages of planning on a desk and on a phone: they meet WCAG and do not scroll sideways."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

PAGES = [
    "/quy-hoach/",
    "/quy-hoach/dot/",
    "/quy-hoach/dot/moi/",
    "/quy-hoach/phe-duyet/?state=every",
    "/quy-hoach/de-xuat/",
    "/quy-hoach/do-phu/?organization=CS-58",  # a few rows of it: they are all alike, and axe looks at each
    "/quy-hoach/do-phu/nhieu-noi/",
    "/bao-cao/tong-hop/2022/so-lieu/plan.bloc.secretaries/",
]
PLAN = re.compile(r"/quy-hoach/dot/\d+/to-chuc/[^/]+/$")


def assert_fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{page.url} scrolls sideways"


def address_of(page: Page, found: str) -> str:
    """Return where the first link of that kind in the page's main part leads."""
    return page.get_by_role("main").locator(found).first.get_attribute("href")


def pages_of_a_round(page: Page) -> list[str]:
    """Return the addresses of the newest round, of a plan in it with people, and of the forms beneath them."""
    page.goto("/quy-hoach/dot/")
    planning_round = address_of(page, "tbody a")
    page.goto(planning_round)
    plan = address_of(page, "tbody tr:has(.state) a[href*='/to-chuc/']").split("#")[0]
    addresses = [
        planning_round,
        f"{planning_round}can-cu/",
        f"{planning_round}chi-tieu/?q=CS-58",
        f"{planning_round}ket-thuc/",
    ]
    page.goto(plan)
    removal = address_of(page, "a[href*='/dua-ra/']")
    return [*addresses, plan, f"{plan}gioi-thieu/", f"{plan}nhap/", f"{plan}secretaries/trinh/", removal]


@pytest.mark.parametrize("size", ["page", "phone_page"])
@pytest.mark.usefixtures("server")
def test_they_fit_and_meet_wcag(
    request: pytest.FixtureRequest, size: str, sign_in: Callable[..., None], assert_accessible
) -> None:
    page: Page = request.getfixturevalue(size)
    sign_in(page, "organization_board")
    for address in [*PAGES, *pages_of_a_round(page)]:
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert_fits(page)
        assert_accessible(page)


def test_on_a_phone_each_value_of_a_list_stands_behind_its_heading(phone_page: Page, sign_in) -> None:
    sign_in(phone_page, "organization_board")
    phone_page.goto("/quy-hoach/")
    value = phone_page.locator("td[data-label='Trạng thái']").first
    expect(value).to_be_visible()
    assert value.evaluate("cell => getComputedStyle(cell, '::before').content") == '"Trạng thái: "'
    expect(phone_page.locator("thead").first).to_be_hidden()


def test_whoever_takes_nobody_out_after_all_is_back_on_the_plan(page: Page, sign_in) -> None:
    sign_in(page, "organization_board")
    plan = pages_of_a_round(page)[4]
    page.goto(plan)
    page.get_by_role("main").locator("a[href*='/dua-ra/']").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("ra khỏi quy hoạch")
    page.get_by_role("link", name="Thôi").click()
    expect(page).to_have_url(PLAN)
    assert page.url.endswith(plan)


def test_printing_the_people_of_a_figure_tells_the_journal(page: Page, sign_in) -> None:
    sign_in(page, "organization_board")
    page.goto("/bao-cao/tong-hop/2022/so-lieu/plan.bloc.secretaries/")
    with page.expect_response(lambda answer: answer.url.endswith("/plan.bloc.secretaries/in/")) as told:
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert told.value.status == 204
