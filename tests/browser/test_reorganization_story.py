"""Organisations reorganised from the address of the page to what other pages then say: rename, transfer, merge."""

import re

import pytest
from playwright.sync_api import Page, expect

from common.formats import short_day
from common.periods import today

NEW = "/sap-xep/moi/"
DAY = short_day(today())


@pytest.fixture
def board(page: Page, sign_in) -> Page:
    """The Organisation Board's clerk."""
    sign_in(page, "organization_board")
    return page


def begin(page: Page, kind: str, *codes: str) -> None:
    """Choose the kind, the organisations and today, as a user does."""
    page.goto(NEW)
    page.get_by_role("link", name=kind, exact=True).click()
    expect(page.get_by_role("heading", name=kind, level=1)).to_be_visible()
    chosen = page.locator("#id_tu")
    if codes:
        chosen.evaluate("(select, codes) => select.tomselect.setValue(codes)", list(codes))
    page.get_by_label("Ngày có hiệu lực").fill(DAY)
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_role("button", name="Xem điều gì sẽ xảy ra")).to_be_visible()


def decide(page: Page, number: int, summary: str) -> None:
    """Write down the decision of the bloc, and look ahead."""
    page.get_by_label("Cơ quan ban hành", exact=True).select_option(label="Ban Thường vụ Đảng ủy Khối")
    fields = {"Số": str(number), "Ký hiệu": "ĐUK", "Ngày văn bản": DAY, "Người ký": "Đỗ Văn Ký", "Trích yếu": summary}
    for label, value in fields.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("button", name="Xem điều gì sẽ xảy ra").click()
    expect(page.get_by_role("heading", name="Điều gì sẽ xảy ra")).to_be_visible()


def confirm(page: Page) -> None:
    page.get_by_role("button", name="Xác nhận ghi nhận").click()
    expect(page.get_by_role("status").first).to_contain_text("Đã ghi nhận:")


def choose_person(page: Page, field: str, words: str) -> str:
    """Find somebody by typing and choose the first; return the name."""
    box = page.locator(f"#{field} + .ts-wrapper")
    box.locator(".ts-control").click()
    page.keyboard.type(words, delay=50)
    first = box.locator(".ts-dropdown .option").first
    line = first.inner_text()
    first.click()
    return line.split(",")[0]


def test_a_renaming_and_its_correction(board: Page, assert_accessible) -> None:
    board.goto("/to-chuc/CS-40/")
    former = board.get_by_role("heading", level=1).inner_text()

    begin(board, "Đổi tên", "CS-40")
    assert_accessible(board)
    board.get_by_label("Tên mới", exact=True).fill("Đảng bộ Chi cục Kiểm lâm và Phòng cháy rừng")
    decide(board, 801, "Đổi tên tổ chức đảng")
    assert_accessible(board)
    confirm(board)
    act = board.url
    board.goto("/to-chuc/CS-40/")
    expect(board.get_by_role("heading", level=1)).to_have_text("Đảng bộ Chi cục Kiểm lâm và Phòng cháy rừng")

    board.goto(act)
    assert_accessible(board)
    board.get_by_role("link", name="Đính chính").click()
    board.get_by_label("Lý do đính chính").fill("Ghi nhầm tổ chức.")
    board.get_by_label("Cơ quan ban hành", exact=True).select_option(label="Ban Thường vụ Đảng ủy Khối")
    for label, value in {"Số": "802", "Ký hiệu": "ĐUK", "Ngày văn bản": DAY, "Trích yếu": "Đính chính"}.items():
        board.get_by_label(label, exact=True).fill(value)
    assert_accessible(board)
    board.get_by_role("button", name=re.compile("^Đính chính: hủy")).click()
    expect(board.get_by_role("main")).to_contain_text("Đã bị đính chính")
    board.goto("/to-chuc/CS-40/")
    expect(board.get_by_role("heading", level=1)).to_have_text(former)


def test_a_transfer_takes_the_cell_along(board: Page) -> None:
    begin(board, "Chuyển giao", "CS-26.3")
    board.locator("#id_new_parent").evaluate("(select) => select.tomselect.setValue('CS-24')")
    decide(board, 803, "Chuyển giao chi bộ")
    main = board.get_by_role("main")
    expect(main).to_contain_text("mọi chức danh, nhiệm kỳ, quy hoạch và đảng viên")
    expect(main).not_to_contain_text("Chưa bằng nhau")
    confirm(board)
    board.goto("/to-chuc/CS-26.3/")
    expect(board.get_by_role("main")).to_contain_text("Đảng bộ Bệnh viện Đa khoa")


def test_a_merger_ends_two_and_seats_the_new_committee(board: Page, assert_accessible) -> None:
    begin(board, "Hợp nhất, sáp nhập", "CS-66", "CS-67")
    board.get_by_label("Mã tổ chức mới").fill("CS-90")
    board.get_by_label("Tên đầy đủ").fill("Chi bộ Công ty cổ phần Dược phẩm và Thiết bị")
    board.get_by_label("Loại hình").select_option(label="Chi bộ cơ sở")
    board.get_by_label("Nhiệm kỳ", exact=True).fill(f"{today().year}-{today().year + 4}")
    board.get_by_label("Dự kiến kết thúc").fill(short_day(date_in_four_years()))
    board.get_by_label("Số lượng Ban Chấp hành").fill("3")
    person = choose_person(board, "id_s0-seat0-person", "nguyen")
    board.get_by_label("Chức danh, Tổ chức sau sắp xếp, dòng 1").select_option(label="Ủy viên Ban Chấp hành")
    assert choose_person(board, "id_s0-seat1-person", "nguyen") == person
    board.get_by_label("Chức danh, Tổ chức sau sắp xếp, dòng 2").select_option(label="Bí thư")
    assert_accessible(board)
    decide(board, 804, "Hợp nhất hai chi bộ")
    main = board.get_by_role("main")
    expect(main).to_contain_text(f"{person}: Bí thư")
    expect(main).to_contain_text("lý do “Tổ chức kết thúc”")
    expect(main).not_to_contain_text("Chưa bằng nhau")
    reason = board.get_by_label("Lý do vẫn thực hiện khi còn cảnh báo")
    if reason.count():
        reason.fill("Theo chủ trương sắp xếp.")
    assert_accessible(board)
    confirm(board)

    board.goto("/to-chuc/CS-90/")
    expect(board.get_by_role("main")).to_contain_text(person)
    board.goto("/to-chuc/?status=ended")
    expect(board.get_by_role("main")).to_contain_text("thành Chi bộ Công ty cổ phần Dược phẩm và Thiết bị")


def date_in_four_years():
    return today().replace(year=today().year + 4, day=1)


def test_on_a_phone_no_page_scrolls_sideways(phone_page: Page, sign_in, assert_accessible) -> None:
    sign_in(phone_page, "organization_board")
    for address in (
        "/sap-xep/",
        NEW,
        f"{NEW}?hinh-thuc=split",
        f"{NEW}?hinh-thuc=split&tu=CS-33&ngay={DAY}",
        f"{NEW}?hinh-thuc=dissolved&tu=CS-33&ngay={DAY}",
    ):
        phone_page.goto(address)
        assert phone_page.evaluate("document.documentElement.scrollWidth") <= 360, address
        assert_accessible(phone_page)
