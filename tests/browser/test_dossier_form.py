"""The form of a dossier in a browser: rows, the panel beside them, what is kept when the session ends."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

NEW = "/ho-so/moi/"
DROP = "Bỏ nội dung nhập dở"


@pytest.fixture
def form(page: Page, sign_in: Callable[..., None]) -> Iterator[Page]:
    """The form of a new dossier, empty, on a desk; what was left unfinished is dropped before and after."""
    sign_in(page, "organization_board")
    page.on("dialog", lambda dialog: dialog.accept())  # leaving a changed form asks first
    drop_unfinished(page)
    yield page
    drop_unfinished(page)


def drop_unfinished(page: Page) -> None:
    page.goto(NEW)
    if page.get_by_role("button", name=DROP).count():
        page.get_by_role("button", name=DROP).click()
        expect(page.get_by_role("button", name=DROP)).to_have_count(0)


def choose_organization(page: Page, words: str, name: str) -> None:
    box = page.locator("#id_organization + .ts-wrapper")
    box.locator(".ts-control").click()
    expect(box.get_by_role("combobox")).to_be_focused()
    expect(box.get_by_role("listbox")).to_be_visible()  # what is typed before the list is open is lost
    page.keyboard.type(words)
    expect(box.locator(".highlight").first).to_be_visible()  # the list has been narrowed
    box.get_by_role("option", name=name, exact=True).click()
    expect(box.get_by_role("listbox")).to_be_hidden()


def choose_person(page: Page, row: int, words: str) -> str:
    """Find somebody by typing and choose the first; return the line that names them."""
    box = page.locator(f"#id_items-{row}-person + .ts-wrapper")
    box.locator(".ts-control").click()
    expect(box.get_by_role("combobox")).to_be_focused()
    with page.expect_response(lambda answer: parse_qs(urlsplit(answer.url).query).get("q") == [words]):
        page.keyboard.type(words, delay=50)
    first = box.locator(".ts-dropdown .option").first
    line = first.inner_text()
    first.click()
    return line


def fill_row(page: Page, row: int, **fields: str) -> None:
    for name, value in fields.items():
        field = page.locator(f"#id_items-{row}-{name.replace('__', '-')}")
        if field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)


def assert_fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "scrolls sideways"


def type_supplement(page: Page) -> None:
    """Type two rows: somebody of the list, elected, and somebody new, designated."""
    choose_organization(page, "dang bo so y te", "Đảng bộ Sở Y tế")
    choose_person(page, 0, "an")
    fill_row(page, 0, position="Ủy viên Ban Chấp hành", method="Bầu bổ sung", elected_on="10/11/2026")
    page.locator("#items-0 summary").click()
    numbers = {"summoned": "15", "present": "14", "issued": "14", "collected": "14", "valid": "14", "in_favour": "9"}
    fill_row(page, 0, **{f"vote__{name}": number for name, number in numbers.items()})
    page.get_by_role("button", name="Thêm dòng").click()
    page.locator("#items-1").get_by_label("Đồng chí chưa có trong danh sách").check()
    fill_row(page, 1, new__full_name="Phạm Thị Mới", new__birth="5/1985", new__gender="Nữ")
    fill_row(page, 1, position="Ủy viên Ban Chấp hành", method="Chỉ định")


def test_a_supplement_is_typed_looked_ahead_from_saved_and_opened_again(form: Page, assert_accessible) -> None:
    type_supplement(form)

    panel = form.get_by_role("complementary", name="Điều gì sẽ xảy ra")
    expect(panel).to_contain_text("Phạm Thị Mới: Ủy viên Ban Chấp hành, Đảng bộ Sở Y tế")
    expect(panel).to_contain_text(re.compile(r"Ban Chấp hành: (\d+) → "))
    expect(form.locator("#items-0-verdict")).to_have_text("Cần ít nhất 8/15 phiếu; được 9: trúng cử.")
    fill_row(form, 0, vote__in_favour="7")
    expect(form.locator("#items-0-verdict")).to_have_text("Cần ít nhất 8/15 phiếu; được 7: không trúng cử.")
    expect(panel).to_contain_text("Phải sửa:")
    assert_accessible(form)
    assert_fits(form)
    fill_row(form, 0, vote__in_favour="9")

    form.get_by_role("button", name="Lưu nháp").click()
    expect(form.get_by_role("status").first).to_contain_text("Đã lưu nháp hồ sơ")
    form.goto(f"{form.url}sua/")
    expect(form.locator("#items-1 .ts-control")).to_contain_text("Phạm Thị Mới, sinh 1985, Đảng bộ Sở Y tế")
    expect(form.locator("#id_items-0-vote-in_favour")).to_have_value("9")


def test_a_row_is_given_up_and_taken_back(form: Page) -> None:
    choose_organization(form, "dang bo so y te", "Đảng bộ Sở Y tế")
    choose_person(form, 0, "an")
    fill_row(form, 0, position="Ủy viên Ban Chấp hành", method="Chỉ định")
    panel = form.get_by_role("complementary", name="Điều gì sẽ xảy ra")
    expect(panel).to_contain_text("Bắt đầu giữ")

    form.get_by_role("button", name="Bỏ dòng này").click()
    expect(panel).not_to_contain_text("Bắt đầu giữ")
    form.get_by_role("button", name="Lấy lại").click()
    expect(panel).to_contain_text("Bắt đầu giữ")


def test_positions_are_those_that_the_organization_has(form: Page) -> None:
    offered = form.locator("#id_items-0-position option:not([hidden])")
    everything = offered.count()
    choose_organization(form, "chi bo phong", "Chi bộ Phòng Nghiệp vụ, Sở Y tế")
    expect(offered.filter(has_text="Ủy ban Kiểm tra")).to_have_count(0)
    form.get_by_label("Kết quả đại hội").check()
    expect(offered).to_have_count(everything)
    expect(form.get_by_label("Đại hội lần thứ")).to_be_visible()
    expect(form.get_by_label("Hình thức")).to_be_hidden()


def test_what_is_typed_saves_itself_and_leaving_asks_first(form: Page) -> None:
    fill_row(form, 0, note="Nhập dở trưa nay")
    expect(form.locator("#autosave-state")).to_contain_text(re.compile(r"Đã tự lưu lúc \d\d:\d\d"))

    asked = []
    form.on("dialog", lambda dialog: asked.append(dialog.type))
    form.goto("/ho-so/")
    assert asked == ["beforeunload"]
    form.goto(NEW)
    expect(form.get_by_role("status").first).to_contain_text("Đã khôi phục nội dung bạn nhập dở lúc")
    expect(form.locator("#id_items-0-note")).to_have_value("Nhập dở trưa nay")


def test_a_session_that_ended_loses_nothing(form: Page, sign_in) -> None:
    form.context.clear_cookies(name="sessionid")
    fill_row(form, 0, note="Trước khi hết phiên")
    form.get_by_role("button", name="Lưu nháp").click()
    expect(form.get_by_role("alert")).to_contain_text("Phiên làm việc đã hết.")

    form.get_by_role("link", name="Đăng nhập lại").click()
    sign_in(form, "organization_board")
    expect(form.get_by_role("status").first).to_contain_text("Đã khôi phục nội dung bạn nhập dở lúc")
    expect(form.locator("#id_items-0-note")).to_have_value("Trước khi hết phiên")


def test_a_server_that_is_gone_for_a_while_loses_nothing(form: Page, problems: list[str]) -> None:
    form.route("**/ho-so/**", lambda route: route.abort())
    fill_row(form, 0, note="Máy chủ đang khởi động lại")
    expect(form.locator("#autosave-state")).to_contain_text("Chưa tự lưu được")
    form.unroute("**/ho-so/**")
    problems.clear()  # the requests that failed were meant to

    form.goto(NEW)
    expect(form.get_by_role("status").first).to_contain_text("Đã khôi phục nội dung bạn nhập dở lúc")
    expect(form.locator("#id_items-0-note")).to_have_value("Máy chủ đang khởi động lại")


def test_a_wrong_field_is_reached_from_the_summary(form: Page, problems: list[str], assert_accessible) -> None:
    choose_organization(form, "dang bo so y te", "Đảng bộ Sở Y tế")
    fill_row(form, 0, position="Ủy viên Ban Chấp hành", method="Chỉ định", elected_on="31/2/2026")
    form.get_by_role("button", name="Lưu nháp").click()
    expect(form.get_by_role("alert").first).to_contain_text("Chưa lưu được. Hãy sửa các chỗ sau:")
    assert_accessible(form)
    form.get_by_role("link", name="Dòng 1 · Ngày bầu").click()
    expect(form.locator("#id_items-0-elected_on")).to_be_focused()
    problems[:] = [each for each in problems if "422" not in each]


def test_it_fits_a_phone_and_meets_wcag(phone_page: Page, sign_in, assert_accessible) -> None:
    sign_in(phone_page, "organization_board")
    phone_page.on("dialog", lambda dialog: dialog.accept())
    drop_unfinished(phone_page)
    type_supplement(phone_page)
    expect(phone_page.get_by_role("complementary")).to_contain_text("Bắt đầu giữ")
    assert_fits(phone_page)
    assert_accessible(phone_page)
    drop_unfinished(phone_page)
