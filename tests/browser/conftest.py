"""A Chromium, and a server as production runs it: own folder and database, DEBUG off, strict CSP.

These tests never touch the test database of pytest-django; the server is another process with data of its own.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(settings.BASE_DIR)
HERE = Path(__file__).parent
CHROMIUM_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SIGN_IN_PATH = "/dang-nhap/"
WCAG_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]

expect.set_options(timeout=10_000)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder, before `-m` chooses."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("browser")


# The server


@pytest.fixture(scope="session")
def server_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server") / "server.log"


@pytest.fixture(scope="session")
def server(server_log: Path) -> Iterator[str]:
    """Serve the demonstration data on a free port; the value is the base address."""
    var_dir = server_log.parent
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "committee_tracker.settings",
        "VAR_DIR": str(var_dir),
        "DATABASE_URL": f"sqlite:///{var_dir / 'database.sqlite3'}",
        "SECRET_KEY": "only-for-the-browser-tests-" + "x" * 30,
        "DEBUG": "off",
        "HTTPS": "off",
        "ALLOWED_HOSTS": "127.0.0.1",
    }
    subprocess.run([sys.executable, "scripts/prepare.py"], cwd=ROOT, env=environment, check=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "1", "--blocking-threads", "4", "--no-ws", "committee_tracker.wsgi:application"]
    with server_log.open("w") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        wait_until_answers(f"{base}{settings.STATIC_URL}", process, server_log)
        yield base
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_answers(address: str, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5)
        except urllib.error.HTTPError:
            return  # an answer is an answer
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"The server does not answer:\n{log.read_text('utf-8')}")


# The browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if path is None:
        pytest.fail("No Chromium or Chrome found; set CHROMIUM to its program.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def problems(server: str, server_log: Path) -> Iterator[list[str]]:
    """What went wrong in the pages of this test: script errors, CSP violations, failed requests to the server.

    A test that provokes one looks at the list itself and clears it; anything left over fails the test.
    """
    found: list[str] = []
    logged_before = server_log.stat().st_size
    yield found
    if found:
        logged = server_log.read_bytes()[logged_before:].decode(errors="replace")
        pytest.fail("\n".join([*found, "The server says:", logged]), pytrace=False)


@pytest.fixture
def page(browser: Browser, server: str, problems: list[str]) -> Iterator[Page]:
    """A page on a desk: relative addresses are the server's."""
    yield from open_page(browser, server, problems, width=1280, height=900)


@pytest.fixture
def phone_page(browser: Browser, server: str, problems: list[str]) -> Iterator[Page]:
    yield from open_page(browser, server, problems, width=360, height=740, has_touch=True, is_mobile=True)


def open_page(
    browser: Browser, server: str, problems: list[str], *, width: int, height: int, **options: bool
) -> Iterator[Page]:
    context = browser.new_context(
        base_url=server,
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        viewport={"width": width, "height": height},
        accept_downloads=True,
        **options,
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    watch(page, server, problems)
    yield page
    context.close()


def watch(page: Page, server: str, problems: list[str]) -> None:
    """Note every problem of `page` in `problems`. CSP violations reach the console as errors."""

    def on_console(message) -> None:
        if message.type == "error":
            problems.append(f"console on {page.url}: {message.text}")

    def on_request_failed(request) -> None:
        # A download or a page left early aborts its request; that is no failure.
        if same_origin(request.url, server) and "ERR_ABORTED" not in (request.failure or ""):
            problems.append(f"request failed: {request.method} {request.url}: {request.failure}")

    def on_response(response) -> None:
        if same_origin(response.url, server) and response.status >= 400:
            problems.append(f"answer {response.status}: {response.request.method} {response.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: problems.append(f"script error on {page.url}: {error}"))
    page.on("requestfailed", on_request_failed)
    page.on("response", on_response)


def same_origin(address: str, server: str) -> bool:
    return urlsplit(address)[:2] == urlsplit(server)[:2]


# What tests do again and again


@pytest.fixture
def sign_in() -> Callable[..., None]:
    """`sign_in(page, role)` signs in with the demonstration account of that role.

    Where several have it, `sees_plans=True` or `False` chooses among them; otherwise the first one is taken.
    """

    def sign_in(page: Page, role: str, *, sees_plans: bool | None = None) -> None:
        from demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD

        account = next(
            account
            for account in DEMO_ACCOUNTS
            if account.role == role and (sees_plans is None or account.sees_plans == sees_plans)
        )
        fill_in(page, account.username, DEMO_PASSWORD)
        expect(page).not_to_have_url(re.compile(SIGN_IN_PATH))

    return sign_in


def fill_in(page: Page, username: str, password: str) -> None:
    """Fill in the sign-in form as a user does, and send it. A page that shows the form already stays where it is."""
    if urlsplit(page.url).path != SIGN_IN_PATH:
        page.goto(SIGN_IN_PATH)
    page.get_by_label("Tên đăng nhập").fill(username)
    page.locator("input[type=password]").fill(password)
    page.get_by_role("main").get_by_role("button", name="Đăng nhập").click()


@pytest.fixture(scope="session")
def assert_accessible() -> Callable[[Page], None]:
    """`assert_accessible(page)` fails on serious and critical violations of WCAG 2 A and AA."""
    axe = Axe()

    def assert_accessible(page: Page) -> None:
        results = axe.run(page, options={"runOnly": WCAG_AA, "resultTypes": ["violations"]})
        serious = [
            f"{violation['id']} ({violation['impact']}): {violation['help']}\n"
            + "\n".join(f"    {node['html'][:200]}\n    {node['failureSummary']}" for node in violation["nodes"])
            for violation in results.response["violations"]
            if violation["impact"] in ("serious", "critical")
        ]
        assert not serious, f"{page.url}\n" + "\n".join(serious)

    return assert_accessible
