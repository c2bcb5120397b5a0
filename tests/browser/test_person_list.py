"""The list of people as a clerk uses it: columns chosen and put in order, a filter kept, rows picked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

PEOPLE = "/nhan-su/"


@pytest.fixture
def clerk(page: Page, sign_in) -> Iterator[Page]:
    """The Organisation Board's clerk at the list; it looks as before when the test is over."""
    sign_in(page, "organization_board")
    page.goto(PEOPLE)
    yield page
    page.goto(PEOPLE)
    open_tool(page, "Chọn cột")
    page.get_by_role("button", name="Trở về các cột ban đầu").click()


def open_tool(page: Page, name: str) -> None:
    page.locator("summary", has_text=name).first.click()


def headings(page: Page) -> list[str]:
    return [text.strip() for text in page.locator("thead th").all_inner_texts()][1:]


def test_columns_are_chosen_and_put_in_order_with_the_keyboard(clerk: Page, assert_accessible) -> None:
    open_tool(clerk, "Chọn cột")
    for key in ("gender", "ethnic_group", "membership"):
        clerk.locator(f"#column-{key}").uncheck()
    clerk.get_by_label("Tuổi", exact=True).check()
    up = clerk.get_by_role("button", name="Đưa cột Tuổi lên trước")
    up.focus()
    for _ in range(5):
        clerk.keyboard.press("Enter")
        expect(up).to_be_focused()
    assert_accessible(clerk)
    clerk.get_by_role("button", name="Dùng các cột này").click()
    expect(clerk.get_by_role("status").first).to_contain_text("Đã ghi nhớ các cột")
    assert headings(clerk) == ["Họ và tên", "Tuổi", "Ngày sinh", "Chức danh đang giữ"]


def test_a_filter_is_kept_by_name_and_opened_again(clerk: Page, assert_accessible) -> None:
    clerk.get_by_label("Giới tính").select_option("female")
    expect(clerk.get_by_role("link", name="Giới tính: Nữ")).to_be_visible()
    found = clerk.locator(".chips strong").first.inner_text()
    open_tool(clerk, "Lưu bộ lọc")
    clerk.get_by_label("Lưu bộ lọc đang dùng với tên").fill("Đảng viên nữ")
    clerk.get_by_role("button", name="Lưu bộ lọc", exact=True).click()
    expect(clerk.get_by_text("Đã lưu bộ lọc “Đảng viên nữ”.")).to_be_visible()
    clerk.goto(PEOPLE)
    clerk.get_by_role("link", name="Đảng viên nữ").click()
    expect(clerk.locator(".chips strong").first).to_have_text(found)
    open_tool(clerk, "Lưu bộ lọc")
    assert_accessible(clerk)
    clerk.get_by_role("button", name="Xóa bộ lọc Đảng viên nữ").click()
    expect(clerk.get_by_role("link", name="Đảng viên nữ")).to_have_count(0)


def test_rows_are_picked_and_given_as_a_workbook(clerk: Page, tmp_path: Path) -> None:
    boxes = clerk.locator("input[name=chon]")
    picked = [clerk.locator("tbody tr").nth(row).locator("a").inner_text() for row in (0, 2)]
    boxes.nth(0).check()
    boxes.nth(2).check()
    expect(clerk.get_by_text("Đã chọn 2 dòng của trang này")).to_be_visible()
    with clerk.expect_download() as download:
        clerk.get_by_role("button", name="Xuất Excel các dòng đã chọn").click()
    download.value.save_as(tmp_path / "list.xlsx")
    rows = list(load_workbook(tmp_path / "list.xlsx").active.iter_rows(values_only=True))
    assert [row[1] for row in rows if row[0] in (1, 2)] == picked

    clerk.get_by_label("Chọn cả trang này").check()
    expect(clerk.get_by_text("Đã chọn 50 dòng của trang này")).to_be_visible()
    clerk.get_by_label("Chọn tất cả").check()
    expect(boxes.nth(1)).to_be_disabled()


def test_on_a_phone_the_page_does_not_scroll_sideways(phone_page: Page, sign_in, assert_accessible) -> None:
    sign_in(phone_page, "organization_board")
    phone_page.goto(f"{PEOPLE}?age_from=40&planned=in_plan")
    open_tool(phone_page, "Chọn cột")
    assert phone_page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert_accessible(phone_page)
