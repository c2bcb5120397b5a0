"""An office words its reports in a browser: fields put at the cursor, mistakes told while typing, saved, printed."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import open_page

SUMMARY = "/bao-cao/tong-hop/2022/?to-chuc=DEMO-KHOI"


def open_words(page: Page, sign_in) -> None:
    sign_in(page, "organization_board")
    page.goto(SUMMARY)
    page.get_by_role("link", name="Sửa lời văn báo cáo").click()
    expect(page.get_by_role("heading", name="Lời văn báo cáo")).to_be_visible()


def test_a_clerk_words_a_report_with_fields_and_goes_back_to_the_standard(page: Page, sign_in, assert_accessible):
    open_words(page, sign_in)
    preview = page.locator("#prose-preview")
    expect(preview).to_contain_text("đã củng cố, kiện toàn 29 lượt cấp ủy cơ sở")
    assert_accessible(page)

    page.get_by_role("button", name="Thêm đoạn").click()
    text = page.locator("[data-prose-row]").last.get_by_label("Nội dung")
    expect(text).to_be_focused()
    text.fill("Toàn Đảng bộ có 3 Bí thư mới, là .")
    expect(page.locator("[data-prose-row]").last).to_contain_text("Không gõ tay số “3”")
    expect(text).to_have_attribute("aria-invalid", "true")
    expect(preview).to_contain_text("Đoạn 6 còn chỗ phải sửa nên chưa in được.")
    assert_accessible(page)

    text.fill("Toàn Đảng bộ có Bí thư mới, là .")
    text.press("End")
    text.press("ArrowLeft")
    page.get_by_role("button", name="{Bổ sung Bí thư cơ sở}").click()
    expect(text).to_have_value("Toàn Đảng bộ có Bí thư mới, là {Bổ sung Bí thư cơ sở}.")
    expect(preview).to_contain_text("Toàn Đảng bộ có Bí thư mới, là 03 đồng chí.")
    for _ in range(5):
        page.locator("[data-prose-row]", has=page.locator("textarea:focus, button:focus")).get_by_role(
            "button", name="Đưa đoạn này lên trên"
        ).click()
    page.locator("[data-prose-row]").nth(1).get_by_label("Xóa đoạn này").check()
    expect(preview.locator("p").first).to_contain_text("Toàn Đảng bộ có Bí thư mới")
    page.get_by_role("button", name="Lưu lời văn").first.click()
    expect(page.get_by_text("Đã lưu lời văn báo cáo của Đảng bộ Khối.")).to_be_visible()

    page.get_by_role("link", name="Về báo cáo").click()
    paragraphs = page.get_by_role("article").locator(".sheet-paragraph")
    expect(paragraphs.first).to_have_text("Toàn Đảng bộ có Bí thư mới, là 03 đồng chí.")
    expect(paragraphs).to_have_count(4)
    page.get_by_role("article").get_by_role("link", name="03 đồng chí").first.click()
    expect(page.get_by_role("dialog").locator("table").first.locator("tbody tr")).to_have_count(3)

    page.get_by_role("button", name="Đóng").click()
    page.get_by_role("link", name="Sửa lời văn báo cáo").click()
    page.get_by_text("Bỏ mẫu riêng…").click()
    page.get_by_role("button", name="Bỏ mẫu riêng của Đảng bộ Khối").click()
    expect(page.get_by_text("Đang dùng mẫu chuẩn.")).to_be_visible()


def test_the_page_fits_a_phone(phone_page: Page, sign_in, assert_accessible):
    sign_in(phone_page, "organization_board")
    phone_page.goto("/bao-cao/loi-van/DEMO-KHOI/?ky=2022")

    assert phone_page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert_accessible(phone_page)


@pytest.fixture
def plain_page(browser: Browser, server: str, problems: list[str]):
    yield from open_page(browser, server, problems, width=1280, height=900, java_script_enabled=False)


def test_the_page_works_without_scripts(plain_page: Page, sign_in):
    page = plain_page
    sign_in(page, "organization_board")
    page.goto("/bao-cao/loi-van/DEMO-KHOI/?ky=2022")
    blank = page.locator("[data-prose-row]").nth(5)
    blank.get_by_label("Nội dung").fill("Có {Bổ sung Bí thư cơ sở}.")
    blank.get_by_label("Thứ tự").fill("1")
    page.get_by_role("button", name="Xem thử").click()

    expect(page.locator("#prose-preview")).to_contain_text("Có 03 đồng chí.")
    page.get_by_role("button", name="Thêm đoạn").click()
    expect(page.locator("[data-prose-row]")).to_have_count(8)
    expect(page.locator("#prose-preview")).to_contain_text("Có 03 đồng chí.")
