"""The grid of a ballot in a browser: keys, shares and ticks while typing, paste from Excel, nothing lost."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import ROOT, open_page

# Introduces people of these names in the newest open round of the demonstration, in three organisations, through the
# acts that the forms call; the last of them ten days after the others.
INTRODUCE = """
from datetime import date, timedelta
from decimal import Decimal
from accounts.models import User
from organizations.models import Organization, Position
from personnel.actions import register_person
from planning.actions import introduce, set_target
from planning.models import PlanningRound

by = User.objects.get(username="bantochuc")
planning_round = PlanningRound.objects.filter(closed_on=None).order_by("opened_on", "pk").last()
names = ["Lương Văn An", "Lương Văn Ân", "Ma Thị Bình", "Đặng Văn Đạt", "Triệu Thị Lan", "Triệu Thị Lan", "Vi Văn Muộn"]
for code in ("CS-60", "CS-61", "CS-62"):
    place = Organization.objects.get(code=code)
    for index, name in enumerate(names):
        born = date(1980 + index, 3, 8)
        someone = register_person(
            organization=place, member_from=date(2020, 1, 1), by=by, full_name=name, birth_date=born, gender="male"
        )
        on = planning_round.opened_on + timedelta(days=10 * (name == names[-1]))
        candidates = [(someone, Position.objects.get(pk="committee_member"))]
        introduce(planning_round, organization=place, candidates=candidates, on=on, by=by)
    set_target(planning_round, organization=place, group="committee", seats=4, coefficient=Decimal("1.50"), by=by)
print(planning_round.pk, f"{planning_round.opened_on:%d/%m/%Y}")
"""
STEP = {"summoned": 12, "present": 12, "issued": 11, "collected": 11, "valid": 11}


@pytest.fixture(scope="module")
def plans(server: str, server_log: Path) -> tuple[str, str]:
    """The address beneath which the plans stand, and the day on which their people were introduced."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "committee_tracker.settings",
        "VAR_DIR": str(server_log.parent),
        "DATABASE_URL": f"sqlite:///{server_log.parent / 'database.sqlite3'}",
    }
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", INTRODUCE]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    pk, day = done.stdout.split()
    return f"/quy-hoach/dot/{pk}/to-chuc/", day


@pytest.fixture
def grid(page: Page, sign_in: Callable[..., None], plans: tuple[str, str]) -> Page:
    """The grid of a first step, with its numbers typed and no votes yet."""
    sign_in(page, "organization_board")
    open_grid(page, plans)
    return page


def open_grid(page: Page, plans: tuple[str, str], code: str = "CS-60") -> None:
    address, day = plans
    page.on("dialog", lambda dialog: dialog.accept())  # leaving a changed form asks first
    page.goto(f"{address}{code}/committee/phieu/")
    page.get_by_label("Hội nghị").fill("Hội nghị Ban Chấp hành")
    page.get_by_label("Ngày lấy phiếu").fill(day)
    for name, count in STEP.items():
        page.locator(f"#id_{name}").fill(str(count))


def votes(page: Page) -> Locator:
    """The boxes of those who stand on that day, in the order of names."""
    return page.locator("[data-votes]:enabled")


def column(page: Page) -> list[str]:
    return [each.input_value() for each in votes(page).all()]


def shares(page: Page) -> list[str]:
    return page.locator("tr[data-row] [data-share]").all_inner_texts()


def ticks(page: Page) -> list[bool]:
    return [each.is_checked() for each in page.locator("[data-tick]").all()]


def paste(page: Page, place: int, text: str) -> None:
    votes(page).nth(place).evaluate(
        """(element, text) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            element.focus();
            element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        text,
    )


def focused(page: Page) -> str:
    """Return whose box or tick has the focus."""
    return page.evaluate("document.activeElement.closest('[data-row]')?.dataset.year ?? document.activeElement.id")


# The six who stand, by name: An 1980, Ân 1981, Bình 1982, Đạt 1983, Lan 1984, Lan 1985; Muộn joined later.


def test_typing_goes_down_the_column_and_shows_what_it_comes_to(grid: Page, assert_accessible) -> None:
    expect(votes(grid)).to_have_count(6)
    expect(grid.get_by_role("row", name="Vi Văn Muộn")).to_contain_text("sau ngày lấy phiếu")

    votes(grid).first.focus()
    for count in ("7", "6", "11"):
        grid.keyboard.type(count)
        grid.keyboard.press("Enter")
    grid.keyboard.type("12")
    grid.keyboard.press("Tab")
    grid.keyboard.type("0")

    assert column(grid) == ["7", "6", "11", "12", "0", ""]
    assert shares(grid)[:5] == [
        "58,33 % (7/12)",
        "50,00 % (6/12)",
        "91,67 % (11/12)",
        "quá số phiếu hợp lệ (11)",
        "0,00 % (0/12)",
    ]
    assert ticks(grid)[:5] == [True, False, True, True, False]
    totals = grid.locator("#ballot-totals")
    expect(totals).to_contain_text("Ngưỡng: 7 phiếu trong 12. Đi tiếp: 3 trong 5 dòng đã ghi phiếu.")
    expect(totals).to_contain_text(re.compile("3 người.*ít hơn chỉ tiêu"))
    assert_accessible(grid)

    grid.get_by_label("Mức").select_option(label="từ … trở lên")
    assert ticks(grid)[:2] == [True, True]
    grid.get_by_label("Tỷ lệ (%)").fill("66,67")
    grid.get_by_label("Tính trên").select_option(label="số phiếu hợp lệ")
    expect(totals).to_contain_text("Ngưỡng: 8 phiếu trong 11.")
    assert ticks(grid)[:3] == [False, False, True]


def test_the_keys_lead_up_down_and_to_the_tick(grid: Page) -> None:
    moves = [
        ("Enter", "1981"),
        ("Enter", "1982"),
        ("Shift+Enter", "1981"),
        ("ArrowDown", "1982"),
        ("ArrowUp", "1981"),
        ("Tab", "1982"),
        ("Shift+Tab", "1981"),
    ]
    votes(grid).first.focus()
    for key, year in moves:
        grid.keyboard.press(key)
        assert focused(grid) == year, key

    grid.keyboard.type("9")
    grid.keyboard.press("ArrowRight")
    expect(grid.locator("[data-tick]").nth(1)).to_be_focused()
    grid.keyboard.press("Space")
    expect(grid.locator("[data-tick]").nth(1)).not_to_be_checked()
    grid.keyboard.press("Tab")
    expect(grid.locator("[data-reason]").nth(1)).to_be_focused()
    grid.keyboard.press("Enter")
    assert focused(grid) == "1982"
    votes(grid).last.focus()
    grid.keyboard.press("Enter")
    expect(grid.locator(".form-actions").get_by_role("button", name="Lưu kết quả")).to_be_focused()

    grid.get_by_label("Hội nghị").focus()
    grid.keyboard.press("Enter")
    expect(grid.get_by_label("Ngày lấy phiếu")).to_be_focused()
    grid.get_by_label("Tính trên").focus()
    grid.keyboard.press("Enter")
    assert focused(grid) == "1980"


def test_a_tick_set_by_hand_stays_and_asks_for_the_reason(grid: Page) -> None:
    reason = grid.locator("[data-reason-box]").first
    votes(grid).first.fill("3")
    expect(reason).to_be_hidden()
    grid.locator("[data-tick]").first.check()
    expect(reason).to_be_visible()
    votes(grid).first.fill("4")
    assert ticks(grid)[0]
    votes(grid).first.fill("7")
    expect(reason).to_be_hidden()
    votes(grid).first.fill("2")
    expect(reason).to_be_visible()
    grid.locator("[data-tick]").first.uncheck()
    votes(grid).first.fill("8")
    assert ticks(grid)[0]  # it follows the threshold again


def test_a_column_pasted_fills_downwards(grid: Page) -> None:
    paste(grid, 1, "9\r\n8\r\n 10 \r\n")

    assert column(grid) == ["", "9", "8", "10", "", ""]
    expect(grid.locator("#paste-report")).to_contain_text("Đã dán 3 số phiếu.")
    assert ticks(grid)[1:4] == [True, True, True]
    grid.get_by_role("button", name="Bỏ lần dán này").click()
    assert column(grid) == [""] * 6


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Số phiếu\n9\n8", "Chưa dán gì: ô thứ 1 “Số phiếu” không phải là số phiếu."),
        ("9\n\n8", "Chưa dán gì: ô thứ 2 để trống."),
        ("9\n8,5", "Chưa dán gì: ô thứ 2 “8,5” không phải là số phiếu."),
        ("1\n2\n3\n4\n5\n6\n7", "Chưa dán gì: có 7 số mà từ dòng đang chọn xuống chỉ còn 6 người."),
    ],
)
def test_a_column_that_does_not_fit_is_not_pasted_at_all(grid: Page, text: str, said: str) -> None:
    paste(grid, 0, text)

    expect(grid.locator("#paste-report")).to_contain_text(said)
    assert column(grid) == [""] * 6


def test_names_pasted_find_their_rows_and_what_is_uncertain_is_said(grid: Page) -> None:
    lines = [
        "Họ và tên\tSố phiếu",
        "ĐẶNG VĂN ĐẠT\t10",
        "luong van an\t9",  # An or Ân
        "Lương Văn Ân\t8",
        "Ma  Thi Binh\t7",
        "Triệu Thị Lan\t6",
        "Nông Thị Lạ\t5",
        "Vi Văn Muộn\t4",
    ]
    paste(grid, 0, "\n".join(lines))

    assert column(grid) == ["", "8", "7", "10", "", ""]
    report = grid.locator("#paste-report")
    expect(report).to_contain_text("Đã dán 3 số phiếu.")
    expect(report).to_contain_text("Không tìm thấy trong danh sách: Nông Thị Lạ.")
    expect(report).to_contain_text("Trùng tên, hãy tự ghi số phiếu: luong van an, Triệu Thị Lan.")
    expect(report).to_contain_text("Được giới thiệu sau ngày lấy phiếu nên không ghi: Vi Văn Muộn.")


def test_other_columns_tell_people_of_one_name_apart(grid: Page) -> None:
    lines = [
        "1\tTriệu Thị Lan\t1985\tỦy viên Ban Chấp hành\t11\t91,67 %",
        "2\tTriệu Thị Lan\t1984\tỦy viên Ban Chấp hành\t3\t25,00 %",
        "3\tLương Văn An\t9\t75",  # two numbers, and the first is no year of birth
        "4\tMa Thị Bình\tnăm",
        "5\tĐặng Văn Đạt\t6\t",
        "6\tĐặng Văn Đạt\t7\t",
    ]
    paste(grid, 0, "\n".join(lines))

    assert column(grid) == ["", "", "", "", "3", "11"]
    report = grid.locator("#paste-report")
    expect(report).to_contain_text("Không rõ ô nào là số phiếu: Lương Văn An, Ma Thị Bình.")
    expect(report).to_contain_text("Có từ hai dòng trở lên, hãy tự ghi số phiếu: Đặng Văn Đạt.")


def test_what_is_saved_is_what_was_shown(page: Page, sign_in: Callable[..., None], plans: tuple[str, str]) -> None:
    sign_in(page, "organization_board")
    open_grid(page, plans, "CS-61")
    paste(page, 0, "7\n6\n11\n1\n9\n3")
    page.locator("[data-tick]").nth(1).check()
    page.locator("[data-reason]").nth(1).fill("Cấp ủy thống nhất")
    shown = [share for share, tick in zip(shares(page), ticks(page), strict=True) if tick]
    page.get_by_role("button", name="Lưu kết quả").first.click()
    expect(page.get_by_role("status").first).to_contain_text(
        "Đã ghi bước 1 (Hội nghị Ban Chấp hành): 04 trong 06 đi tiếp."
    )

    page.goto(f"{plans[0]}CS-61/committee/phieu/1/?xem=ket-qua")
    going_on = page.get_by_role("row").filter(has_text=re.compile("Đi tiếp"))
    expect(going_on).to_have_count(4)
    said = [re.search(r"\d+,\d\d % \(\d+/\d+\)", line)[0] for line in going_on.all_inner_texts()]
    assert sorted(said) == sorted(shown)
    expect(page.get_by_role("row", name="Lương Văn Ân")).to_contain_text("Cấp ủy thống nhất")

    page.goto(f"{plans[0]}CS-61/committee/phieu/1/")  # as it was recorded: nothing is taken for changed
    assert ticks(page)[1]
    expect(page.locator("[data-reason]").nth(1)).to_have_value("Cấp ủy thống nhất")
    page.goto(f"{plans[0]}CS-61/committee/phieu/")
    expect(page.locator("[data-row]")).to_have_count(5)  # the four, and who has joined since


def test_a_session_that_ended_loses_nothing(grid: Page, sign_in: Callable[..., None]) -> None:
    paste(grid, 0, "7\n6\n11\n1\n9\n3")
    grid.locator("[data-tick]").nth(1).check()
    grid.locator("[data-reason]").nth(1).fill("Cấp ủy thống nhất")
    grid.context.clear_cookies(name="sessionid")
    grid.get_by_role("button", name="Lưu kết quả").first.click()
    sign_in(grid, "organization_board")

    expect(grid.locator("#restored")).to_be_visible()
    assert column(grid) == ["7", "6", "11", "1", "9", "3"]
    assert ticks(grid)[:3] == [True, True, True]
    expect(grid.locator("[data-reason]").nth(1)).to_have_value("Cấp ủy thống nhất")
    expect(grid.get_by_label("Hội nghị")).to_have_value("Hội nghị Ban Chấp hành")


def test_what_is_wrong_leads_into_the_row(grid: Page, problems: list[str], assert_accessible) -> None:
    paste(grid, 0, "7\n6\n11\n1\n9")
    grid.get_by_role("button", name="Lưu kết quả").first.click()
    expect(grid.get_by_role("alert")).to_contain_text("Triệu Thị Lan · Số phiếu: Hãy ghi số phiếu")
    assert column(grid) == ["7", "6", "11", "1", "9", ""]
    assert_accessible(grid)
    grid.get_by_role("link", name="Triệu Thị Lan · Số phiếu").click()
    assert focused(grid) == "1985"
    problems[:] = [each for each in problems if "422" not in each]


def test_it_fits_a_phone_and_meets_wcag(
    phone_page: Page, sign_in: Callable[..., None], plans: tuple[str, str], assert_accessible
) -> None:
    sign_in(phone_page, "organization_board")
    open_grid(phone_page, plans)
    paste(phone_page, 0, "7\n6\n11\n12\n9\n3")
    phone_page.locator("[data-tick]").nth(1).check()
    assert phone_page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "scrolls sideways"
    assert_accessible(phone_page)


def test_it_works_without_scripts(
    browser: Browser, server: str, problems: list[str], sign_in: Callable[..., None], plans: tuple[str, str]
) -> None:
    opened = open_page(browser, server, problems, width=1280, height=900, java_script_enabled=False)
    page = next(opened)
    sign_in(page, "organization_board")
    open_grid(page, plans, "CS-62")
    for place, count in enumerate((7, 6, 11, 1, 9, 3)):
        votes(page).nth(place).fill(str(count))
    page.get_by_label("Lý do khác với tỷ lệ").nth(1).fill("Cấp ủy thống nhất")
    page.get_by_role("button", name="Lưu kết quả").first.click()

    page.goto(f"{plans[0]}CS-62/committee/phieu/1/?xem=ket-qua")
    expect(page.get_by_role("heading", name="Kết quả: 4 trong 6 đi tiếp")).to_be_visible()
    expect(page.get_by_role("row", name="Lương Văn Ân")).to_contain_text("50,00 % (6/12) Đi tiếp")
    next(opened, None)
