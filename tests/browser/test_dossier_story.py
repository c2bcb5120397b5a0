"""A dossier of each kind from the form to the summary: entered by one user, confirmed by another, counted at once."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from common.formats import short_day
from common.periods import today
from tests.browser.conftest import open_page
from tests.browser.test_dossier_form import choose_organization, choose_person, drop_unfinished, fill_row

YEAR = today().year
ADDED, RELEASED = "grassroots.member.added", "grassroots.member.released"


@pytest.fixture
def clerk(page: Page, sign_in) -> Page:
    """The Organisation Board's clerk, at an empty form."""
    sign_in(page, "organization_board")
    page.on("dialog", lambda dialog: dialog.accept())
    drop_unfinished(page)
    return page


@pytest.fixture
def superior(browser: Browser, server: str, problems: list[str], sign_in) -> Iterator[Page]:
    """The one who confirms, at a browser of their own."""
    opened = open_page(browser, server, problems, width=1280, height=900)
    page = next(opened)
    sign_in(page, "confirmer")
    yield page
    next(opened, None)


def counted(page: Page, key: str) -> int:
    """Return how many changes the figure of this year opens onto."""
    page.goto(f"/bao-cao/tong-hop/{YEAR}/so-lieu/{key}/")
    said = page.get_by_text("Cũng những bản ghi này").inner_text()
    return int(re.search(r"(\d+) lượt", said)[1])


def submit(page: Page) -> str:
    """Save the form and submit it, with a reason in case a rule warns; return the address of the dossier."""
    page.get_by_role("button", name="Lưu và trình").click()
    expect(page.get_by_role("heading", name=re.compile("^Trình hồ sơ HS-"))).to_be_visible()
    reason = page.get_by_label("Lý do vẫn trình khi còn cảnh báo")
    if reason.count():
        reason.fill("Cấp ủy đã thảo luận, thống nhất đề nghị.")
    page.get_by_role("main").get_by_role("button", name="Trình", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("Đã trình hồ sơ HS-")
    return page.url


def confirm(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="Chuẩn y", exact=True).click()
    page.get_by_label("Người ký").fill("Đỗ Văn Ký")
    page.get_by_role("main").get_by_role("button", name="Chuẩn y", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("Đã chuẩn y hồ sơ HS-")


def test_a_supplement_moves_the_summary_and_its_correction_moves_it_back(clerk: Page, superior: Page) -> None:
    added = counted(superior, ADDED)

    clerk.goto("/ho-so/moi/")
    choose_organization(clerk, "dang bo so y te", "Đảng bộ Sở Y tế")
    clerk.get_by_label("Đồng chí chưa có trong danh sách").check()
    fill_row(clerk, 0, new__full_name="Phạm Thị Thêm", new__birth="5/1985", new__gender="Nữ")
    fill_row(clerk, 0, position="Ủy viên Ban Chấp hành", method="Chỉ định")
    supplement = submit(clerk)
    assert counted(superior, ADDED) == added  # submitted is not yet confirmed
    confirm(superior, supplement)
    assert counted(superior, ADDED) == added + 1
    expect(superior.get_by_role("main")).to_contain_text("Phạm Thị Thêm")

    clerk.goto(supplement)
    clerk.get_by_role("link", name="Đính chính").click()
    clerk.get_by_label("Cách đính chính").select_option(label="Hủy bỏ nội dung đã ghi")
    confirm(superior, submit(clerk))
    assert counted(superior, ADDED) == added
    superior.goto(supplement)
    expect(superior.get_by_role("main")).to_contain_text("đính chính")


def test_a_release_is_foreseen_confirmed_and_counted(clerk: Page, superior: Page) -> None:
    released = counted(superior, RELEASED)

    clerk.goto("/to-chuc/CS-10/")
    seats = clerk.locator(".seat").filter(has_text="Ủy viên Ban Chấp hành").filter(has_not_text="Chờ chuẩn y")
    member = seats.locator("a.seat-name").last.inner_text()
    name = clerk.get_by_role("heading", level=1).inner_text()
    clerk.goto("/ho-so/moi/")
    choose_organization(clerk, name, name)
    choose_person(clerk, 0, member)
    clerk.locator("#id_items-0-act").select_option(label="Cho thôi")
    fill_row(clerk, 0, position="Ủy viên Ban Chấp hành", release_reason="Nguyện vọng cá nhân")
    panel = clerk.get_by_role("complementary", name="Điều gì sẽ xảy ra")
    expect(panel).to_contain_text(f"{member}: Ủy viên Ban Chấp hành")
    expect(panel).to_contain_text("Thôi giữ")
    confirm(superior, submit(clerk))

    assert counted(superior, RELEASED) == released + 1


def test_a_congress_result_opens_its_term_and_is_no_change_of_the_year(clerk: Page, superior: Page) -> None:
    before = [counted(superior, key) for key in (ADDED, RELEASED)]
    day, label = short_day(today()), f"{YEAR}-{YEAR + 5}"

    clerk.goto("/to-chuc/CS-44/")
    name = clerk.get_by_role("heading", level=1).inner_text()
    clerk.goto("/ho-so/moi/")
    choose_organization(clerk, name, name)
    clerk.get_by_label("Kết quả đại hội").check()
    clerk.get_by_label("Nhiệm kỳ", exact=True).fill(label)
    clerk.get_by_label("Đại hội lần thứ").fill("9")
    clerk.get_by_label("Ngày đại hội").fill(day)
    clerk.get_by_label("Kết thúc theo kế hoạch").fill(short_day(today().replace(year=YEAR + 5, day=1)))
    clerk.get_by_label("Số lượng Ban Chấp hành").fill("3")
    person = choose_person(clerk, 0, "nguyen").split(",")[0]
    fill_row(clerk, 0, position="Ủy viên Ban Chấp hành")
    confirm(superior, submit(clerk))

    superior.goto("/to-chuc/CS-44/")
    expect(superior.get_by_role("main")).to_contain_text(f"Cấp ủy nhiệm kỳ {label}")
    expect(superior.locator(".seat").first).to_contain_text(person)
    assert [counted(superior, key) for key in (ADDED, RELEASED)] == before
