"""Filling the register from Excel in the browser: a file with errors, mended, written, taken back."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Page, expect

HEADINGS = ["Họ và tên", "Ngày sinh", "Nam/nữ", "Mã nơi sinh hoạt đảng", "Sinh hoạt từ ngày"]
RIGHT = ["Lò Văn Nhập", "05/3/1990", "Nam", "CS-01", "01/01/2020"]
WRONG = ["Lò Thị Nhập", "31/02/1991", "Nữ", "CS-01", "2021"]
OWN_HEADINGS = ["TT", "Đồng chí ấy", "Sinh ngày", "Phái", "Đơn vị", "Vào từ"]
OWN_ROW = ["1", "Lò Văn Riêng", "1988", "Nam", "CS-02", "2019"]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    return tmp_path


def write(path: Path, *rows: list[str], headings: list[str] = HEADINGS, sheet: str = "Đảng viên") -> Path:
    book = Workbook()
    book.active.title = sheet
    for row in (headings, *rows):
        book.active.append(row)
    book.save(path)
    return path


def send(page: Page, file: Path) -> None:
    page.goto("/nhap-du-lieu/tai-len/dang-vien/")
    page.get_by_label("Tệp Excel").set_input_files(file)
    page.get_by_role("button", name="Tải lên và xem trước").click()


def test_errors_are_mended_and_the_file_is_written_and_taken_back(page: Page, sign_in, files, assert_accessible):
    sign_in(page, "organization_board")
    page.goto("/nhap-du-lieu/")
    expect(page.get_by_role("heading", name="Đảng viên")).to_be_visible()
    assert_accessible(page)

    send(page, write(files / "co-loi.xlsx", RIGHT, WRONG))
    expect(page.get_by_text("Có 1 dòng cần sửa")).to_be_visible()
    expect(page.get_by_text("“31/02/1991” không có thật")).to_be_visible()
    expect(page.get_by_role("button", name="Ghi vào sổ")).to_have_count(0)
    assert_accessible(page)
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.set_viewport_size({"width": 1280, "height": 800})

    with page.expect_download() as download:
        page.get_by_role("link", name="Tải tệp có đánh dấu chỗ cần sửa").click()
    marked = files / "can-sua.xlsx"
    download.value.save_as(marked)
    book = load_workbook(marked)
    [cell] = [cell for row in book.active.iter_rows() for cell in row if cell.value == "31/02/1991"]
    cell.value = "28/02/1991"
    book.save(marked)

    send(page, marked)
    expect(page.get_by_role("link", name="Mới (2)")).to_be_visible()
    expect(page.locator("progress")).to_have_count(0)
    with page.expect_request(lambda request: request.url.endswith("/tien-do/")):  # the bar, while the file is written
        page.get_by_role("button", name="Ghi vào sổ").click()
    expect(page.get_by_text("Đã ghi vào sổ: 2 dòng mới, 0 dòng thay đổi.")).to_be_visible()
    page.goto("/nhan-su/?q=lo+thi+nhap")
    expect(page.get_by_role("link", name="Lò Thị Nhập")).to_be_visible()

    page.goto("/nhap-du-lieu/")
    page.get_by_role("link", name="can-sua.xlsx", exact=True).click()
    page.get_by_role("link", name="Hoàn tác").click()
    page.get_by_label("Lý do hoàn tác").fill("Nhập nhầm tệp")
    assert_accessible(page)
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("sổ trở lại như trước khi nhập")).to_be_visible()
    page.goto("/nhan-su/?q=lo+thi+nhap")
    expect(page.get_by_role("link", name="Lò Thị Nhập")).to_have_count(0)


def test_an_offices_own_headings_are_matched_on_the_page(page: Page, sign_in, files, assert_accessible):
    sign_in(page, "organization_board")
    send(page, write(files / "rieng.xlsx", OWN_ROW, headings=OWN_HEADINGS, sheet="Sheet1"))
    expect(page.get_by_role("heading", name="Ghép cột của tệp rieng.xlsx")).to_be_visible()
    assert_accessible(page)
    first = page.locator("fieldset").first
    first.get_by_label("Trang “Đảng viên” là trang").select_option("Sheet1")
    for column, heading in (
        ("Họ và tên *", "Đồng chí ấy"),
        ("Ngày sinh *", "Sinh ngày"),
        ("Nam/nữ *", "Phái"),
        ("Mã nơi sinh hoạt đảng", "Đơn vị"),
        ("Sinh hoạt từ ngày", "Vào từ"),
    ):
        first.get_by_label(column, exact=True).select_option(heading)
    page.get_by_role("button", name="Đọc tệp theo cách ghép này").click()
    expect(page.get_by_role("link", name="Mới (1)")).to_be_visible()
    page.get_by_role("button", name="Bỏ tệp này").click()
    expect(page.get_by_text("Đã bỏ tệp “rieng.xlsx”.")).to_be_visible()
