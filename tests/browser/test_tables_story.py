"""Standard tables in a browser: chosen, read, taken away; a long one is watched, and can be cancelled."""

import re
from io import BytesIO

from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from accounts.roles import Role

TABLES = "/bao-cao/bieu/"


def test_a_leader_chooses_a_quarter_and_takes_its_changes_away(page: Page, sign_in, assert_accessible):
    sign_in(page, Role.LEADER)
    page.goto(TABLES)
    assert_accessible(page)
    page.get_by_role("link", name="Danh sách biến động cấp ủy").click()
    page.get_by_text("Chọn lại").click()
    page.get_by_label("Kỳ báo cáo").select_option(label="Quý II")
    page.get_by_label("Năm", exact=True).fill("2022")
    page.get_by_role("button", name="Xem biểu").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Danh sách biến động cấp ủy quý II năm 2022")
    expect(page.locator(".sum-row").last).to_contain_text("lượt")
    assert_accessible(page)

    with page.expect_download() as taken:
        page.get_by_role("link", name="Tải Excel").click()
    [sheet] = load_workbook(BytesIO(taken.value.path().read_bytes()))
    code = re.search(r"Mã bản xuất: (\S+)\.", "\n".join(str(cell.value) for cell in sheet["A"]))[1]

    page.get_by_label("Tìm mọi thứ").fill(code)
    page.get_by_label("Tìm mọi thứ").press("Enter")
    page.get_by_role("link", name=code).click()
    expect(page.get_by_role("main")).to_contain_text("Đã lập xong")
    assert_accessible(page)


def test_a_long_table_is_made_while_its_page_tells_so(page: Page, sign_in):
    sign_in(page, Role.LEADER)
    page.goto(f"{TABLES}danh-sach-cap-uy/2022/")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Tải Excel").click()

    assert taken.value.suggested_filename == "danh-sach-cap-uy-2022-DEMO-KHOI.xlsx"
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bản xuất")
    expect(page.locator("#export-state")).to_contain_text("Đã lập xong")
    expect(page.get_by_role("main")).not_to_contain_text("Đang lập")
    expect(page.get_by_role("button", name="Hủy")).to_be_hidden()


def test_without_scripts_a_long_table_waits_for_a_word_and_can_be_cancelled(browser: Browser, server: str, sign_in):
    context = browser.new_context(base_url=server, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, Role.LEADER)
    page.goto(f"{TABLES}danh-sach-cap-uy/2022/")
    page.get_by_role("link", name="Tải Word").click()
    expect(page.locator("#export-state")).to_contain_text("Chưa lập tệp")
    page.get_by_role("button", name="Hủy").click()

    expect(page.locator("#export-state")).to_contain_text("Đã hủy, không có tệp nào")
    context.close()


def test_tables_fit_a_phone(page: Page, sign_in):
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(page, Role.LEADER)
    for key in ("bien-dong", "danh-sach-cap-uy", "co-cau-cap-uy", "ket-qua-quy-hoach"):
        page.goto(f"{TABLES}{key}/2022/")
        assert page.evaluate("document.documentElement.scrollWidth") == 360, key
