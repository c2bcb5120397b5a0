"""A small round from the targets to the review: entered by one user, approved by another, seen on the board."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from common.formats import short_day
from common.periods import today
from tests.browser.conftest import open_page

PLACE, PLAN_TERM = "CS-58", "2035-2040"
SECRETARY, DEPUTY = "Bí thư", "Phó Bí thư"
COUNTS = ("summoned", "present", "issued", "collected", "valid")


def ago(days: int) -> str:
    return short_day(today() - timedelta(days=days))


@pytest.fixture
def clerk(page: Page, sign_in) -> Page:
    """The Organisation Board's clerk."""
    sign_in(page, "organization_board")
    page.on("dialog", lambda dialog: dialog.accept())
    return page


@pytest.fixture
def superior(browser: Browser, server: str, problems: list[str], sign_in) -> Iterator[Page]:
    """The one who approves, at a browser of their own."""
    opened = open_page(browser, server, problems, width=1280, height=900)
    page = next(opened)
    sign_in(page, "confirmer")
    yield page
    next(opened, None)


def open_round(page: Page, kind: str, day: str) -> str:
    """Open a round of the bloc; return its address."""
    page.goto("/quy-hoach/dot/moi/")
    expect(page.locator("#id_authority")).to_have_value("DEMO-KHOI")  # the highest that the clerk plans for
    page.get_by_label("Nhiệm kỳ quy hoạch").fill(PLAN_TERM)
    page.get_by_role("radio", name=kind).check()
    page.get_by_label("Ngày mở đợt").fill(day)
    page.get_by_role("main").get_by_role("button", name="Mở đợt").click()
    expect(page).to_have_url(re.compile(r"/quy-hoach/dot/\d+/"))
    return re.search(r"(.*/quy-hoach/dot/\d+/)", page.url)[1]


def set_target(page: Page, address: str, seats: int, coefficient: str) -> None:
    page.goto(f"{address}chi-tieu/?q={PLACE}")
    page.locator("input[name$='-seats'][aria-label*='Bí thư, Phó Bí thư']").fill(str(seats))
    page.locator("input[name$='-coefficient'][aria-label*='Bí thư, Phó Bí thư']").fill(coefficient)
    expect(page.locator("[data-range]").filter(has_text="→").first).to_contain_text(str(seats * int(coefficient)))
    page.get_by_role("button", name="Lưu chỉ tiêu").first.click()
    expect(page.get_by_role("status").first).to_contain_text("chỉ tiêu")


def pick(page: Page, born: int, row: int = 0) -> str:
    """Choose the first person born in that year; return the name."""
    box = page.locator(f"#id_rows-{row}-people-ts-control")
    with page.expect_response(lambda answer: f"q={born}" in answer.url):
        box.press_sequentially(str(born), delay=40)
    first = page.locator(f"#id_rows-{row}-people-ts-dropdown .option").first
    name = first.inner_text().split(",")[0]
    first.click()
    return name


def introduce(page: Page, address: str, day: str, position: str, years: list[int]) -> list[str]:
    """Introduce somebody born in each of the years for the position; return their names."""
    page.goto(f"{address}to-chuc/{PLACE}/gioi-thieu/?nhom=secretaries")
    page.get_by_label("Ngày giới thiệu").fill(day)
    page.locator("#id_rows-0-position").select_option(label=position)
    names = [pick(page, year) for year in years]
    expect(page.locator("#outcome")).to_contain_text(f"{position}: {len(years)}/3 người")
    page.get_by_role("button", name="Giới thiệu", exact=True).first.click()
    expect(page.get_by_role("status").first).to_contain_text("iới thiệu")
    return names


def fill_ballot(page: Page, address: str, body: str, day: str) -> None:
    page.goto(f"{address}to-chuc/{PLACE}/secretaries/phieu/")
    page.get_by_label("Hội nghị").fill(body)
    page.get_by_label("Ngày lấy phiếu").fill(day)
    for name in COUNTS:
        page.locator(f"#id_{name}").fill("15")


def save_ballot(page: Page) -> None:
    page.get_by_role("button", name="Lưu kết quả").first.click()
    expect(page.get_by_role("status").first).to_contain_text("Đã ghi bước")


def submit(page: Page, address: str, day: str) -> None:
    page.goto(f"{address}to-chuc/{PLACE}/secretaries/trinh/")
    page.get_by_label("Ngày trình").fill(day)
    reason = page.get_by_label("Lý do vẫn trình")
    if reason.count():
        reason.fill("Cấp ủy đã xem xét, thống nhất đề nghị.")
    page.get_by_role("main").get_by_role("button", name="Trình", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("Đã trình")


def approve(page: Page, day: str) -> None:
    """Approve the plan of the place that waits, by a new decision of that day."""
    page.goto(f"/quy-hoach/phe-duyet/?plan_term={PLAN_TERM}")
    page.get_by_role("main").get_by_role("checkbox").last.check()
    page.get_by_role("button", name=re.compile("^Phê duyệt")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Phê duyệt 1 quy hoạch")
    page.get_by_label("Ngày quyết định").fill(day)
    page.get_by_label("Người ký").fill("Đỗ Văn Ký")
    page.get_by_role("main").get_by_role("button", name="Phê duyệt", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("Đã phê duyệt")


def test_a_round_from_its_targets_to_its_review(clerk: Page, superior: Page, assert_accessible, tmp_path: Path) -> None:
    first = open_round(clerk, "Giới thiệu lần đầu", ago(60))
    set_target(clerk, first, seats=2, coefficient="3")
    heads = introduce(clerk, first, ago(50), SECRETARY, [1993, 1994])
    deputies = introduce(clerk, first, ago(50), DEPUTY, [1995, 1996])
    assert_accessible(clerk)

    # The first ballot is typed, from one box down to the next; it stops the last of them.
    fill_ballot(clerk, first, "Hội nghị cán bộ chủ chốt", ago(40))
    boxes = clerk.locator("[data-votes]:enabled")
    boxes.first.focus()
    for votes in ("15", "12", "9", "5"):
        clerk.keyboard.type(votes)
        clerk.keyboard.press("Enter")
    stopped = clerk.locator("[data-row]").last.get_attribute("data-name")
    expect(clerk.locator("[data-row]").last).to_contain_text("33,33 % (5/15)")
    save_ballot(clerk)

    # The second is pasted, a column from a workbook.
    fill_ballot(clerk, first, "Hội nghị cấp ủy", ago(35))
    boxes = clerk.locator("[data-votes]:enabled")
    expect(boxes).to_have_count(3)
    boxes.first.focus()
    boxes.first.evaluate(
        """box => {
            const data = new DataTransfer();
            data.setData("text/plain", "14\\n13\\n11\\n");
            box.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }"""
    )
    expect(boxes.nth(2)).to_have_value("11")
    save_ballot(clerk)

    submit(clerk, first, ago(30))
    approve(superior, ago(20))
    planned = [name for name in (*heads, *deputies) if name != stopped]
    clerk.goto(f"{first}to-chuc/{PLACE}/")
    for name in planned:
        expect(clerk.get_by_role("row", name=name)).to_contain_text("Trong quy hoạch")

    # The review: one goes, one comes.
    review = open_round(clerk, "Rà soát, bổ sung hằng năm", ago(10))
    clerk.goto(f"{review}to-chuc/{PLACE}/secretaries/ra-soat/")
    leaves = clerk.locator("tr.review-row").first
    gone = leaves.get_by_role("rowheader").inner_text().splitlines()[0]
    leaves.get_by_label("Đưa ra", exact=True).check()
    leaves.get_by_label("Lý do").select_option(label="Chuyển công tác")
    clerk.locator("#id_rows-0-position").select_option(label=SECRETARY)
    come = pick(clerk, 1997)
    clerk.get_by_label("Ngày giới thiệu").fill(ago(9))
    clerk.get_by_role("button", name="Lưu và so sánh").click()
    expect(clerk.get_by_role("main")).to_contain_text(gone)
    expect(clerk.get_by_role("main")).to_contain_text(come)
    submit(clerk, review, ago(7))
    approve(superior, ago(1))

    clerk.goto(f"{review}to-chuc/{PLACE}/secretaries/so-sanh/")
    expect(clerk.get_by_role("region", name="Vào quy hoạch (1)")).to_contain_text(come)
    expect(clerk.get_by_role("region", name="Ra khỏi quy hoạch (1)")).to_contain_text(gone)
    expect(clerk.get_by_role("region", name="Giữ trong quy hoạch (2)")).to_be_visible()
    assert_accessible(clerk)

    # The board shows it, and the list comes out as a workbook.
    clerk.goto(f"/quy-hoach/do-phu/?plan_term={PLAN_TERM}&organization={PLACE}")
    row = clerk.get_by_role("row").filter(has_text="Đã duyệt").last
    expect(row).to_be_visible()
    clerk.goto(f"/quy-hoach/?plan_term={PLAN_TERM}&state_on_day=in_plan")
    with clerk.expect_download() as download:
        clerk.get_by_role("link", name=re.compile("Excel")).first.click()
    target = tmp_path / "danh-sach.xlsx"
    download.value.save_as(target)
    cells = {str(cell) for row in load_workbook(target).active.iter_rows(values_only=True) for cell in row if cell}
    assert {*planned, come} - {gone} <= cells
    assert gone not in cells
    assert stopped not in cells
