"""Two guards under which every page falls by itself, generated from the URL configuration.

Who may open it: every page with every role, for records inside and outside the scope. And how many queries it takes:
as many with little data as with much.
"""

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from common.papers import CONTENT_TYPE as WORD
from common.workbooks import CONTENT_TYPE as EXCEL
from organizations.access import ANYONE, SIGNED_IN
from organizations.scope import Right
from tests.addresses import Page, addresses_of, every_page
from tests.files import text_of_word
from tests.lasting import lasting_for_the_module
from tests.world import NAMES, PLANNED, World, build_world, grow

pytestmark = pytest.mark.django_db  # else pytest-django makes no database when this module runs alone
PAGES = every_page()
OURS = [page for page in PAGES if not page.in_admin]
ADMIN = [page for page in PAGES if page.in_admin and page.name not in ("admin:login", "admin:logout")]
POST_ONLY = 405
OF_ITS_SENDER = {page.name for page in PAGES if page.name.startswith("intake:import_")}  # tests/intake tells who


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    with lasting_for_the_module(django_db_blocker):
        yield build_world()


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    text: str


@pytest.fixture(scope="module")
def answers(world) -> Callable[[Page, str], list[Answer]]:
    """Ask for a page as one of the world's users, for each of its addresses inside the scope; each is asked once."""

    @functools.cache
    def ask(page: Page, case: str) -> list[Answer]:
        responses = [get(page, world.users[case], parameters) for parameters in addresses_of(page, world.inside)]
        return [Answer(each.status_code, each.headers.get("Location", ""), text_of(each)) for each in responses]

    return ask


def get(page: Page, user: User | None, parameters: dict[str, object]):
    client = Client()
    if user is not None:
        client.force_login(user)
    return client.get(page.address(parameters))


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_page_declares_who_may_open_it(page):
    declared = page.access in (ANYONE, SIGNED_IN) or (page.access and set(page.access) <= set(Right))
    assert declared, f"{page.name} declares no rule (organizations/access.py)"


@pytest.mark.parametrize("page", OURS, ids=str)
def test_page_opens_to_those_whose_role_has_the_right_and_to_nobody_else(world, answers, page):
    for case, user in world.users.items():
        for answer in answers(page, case):
            assert answer.status in _expected(page, user), f"{case} opens {page.name}: {answer.status}"


def _expected(page: Page, user: User | None) -> set[int]:
    if page.access == ANYONE:
        return {200, 302}
    if user is None:
        return {302}
    if not page.opens_to(user.scope):
        return {403}
    if page.name in ("reports:figure", "reports:closing_file") and not user.scope.may(Right.VIEW_PLANS):
        return {200, 403}  # tests/reports tells which figures and files name planned people
    if page.name in OF_ITS_SENDER:
        return {200, 302, 404}
    return {200, 302, POST_ONLY}


@pytest.mark.parametrize("page", [page for page in OURS if page.access != ANYONE], ids=str)
def test_visitor_is_led_to_the_sign_in_page(answers, page):
    for answer in answers(page, "visitor"):
        assert answer.status == 302
        assert answer.location.startswith(reverse("accounts:sign_in"))


@pytest.mark.parametrize("page", [page for page in OURS if {"pk", "code"} & set(page.parameters)], ids=str)
def test_record_outside_the_scope_is_not_found(world, page):
    those_who_may = {case: user for case, user in world.users.items() if user and page.opens_to(user.scope)}
    assert those_who_may
    for case, user in those_who_may.items():
        for parameters in addresses_of(page, world.outside):
            assert get(page, user, parameters).status_code == 404, case


@pytest.mark.parametrize("page", OURS, ids=str)
def test_no_page_names_anybody_outside_the_scope(world, answers, page):
    for case in world.users:
        for answer in answers(page, case):
            assert NAMES["outside"] not in answer.text, case
            assert PLANNED["outside"] not in answer.text, case


@pytest.mark.parametrize("page", OURS, ids=str)
def test_no_page_names_planned_people_to_those_who_may_not_see_plans(world, answers, page):
    for case, user in world.users.items():
        if user is None or not user.scope.may(Right.VIEW_PLANS):
            for answer in answers(page, case):
                assert PLANNED["inside"] not in answer.text, case


def test_plan_names_are_there_for_those_who_may_see_them(answers):
    # The two tests above could not fail if no page named anybody.
    [page] = [page for page in OURS if page.name == "planning:entry_list"]
    assert PLANNED["inside"] in answers(page, "leader_with_plans")[0].text


def text_of(response) -> str:
    """Return what the response says: the page, the text of every cell of a workbook, the text of a paper."""
    content = response.getvalue()
    if response.headers["Content-Type"] == WORD:
        return text_of_word(content)
    if response.headers["Content-Type"] != EXCEL:
        return content.decode(errors="replace")
    book = load_workbook(BytesIO(content))
    return "\n".join(str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row)


@pytest.mark.parametrize("page", ADMIN, ids=str)
def test_administration_does_not_exist_for_others(world, page):
    parameters = dict.fromkeys(page.parameters, "1")
    for case, user in world.users.items():
        if user is None:
            response = get(page, None, parameters)
            assert response.status_code == 302
            assert response.headers["Location"].startswith((reverse("accounts:sign_in"), reverse("admin:login")))
        elif not user.scope.may(Right.ADMINISTER):
            assert get(page, user, parameters).status_code == 404, case


@pytest.fixture(scope="module")
def grown_world(world) -> World:
    """Another world beside the first, with much more in it."""
    made = build_world()
    return replace(made, inside=grow(made.inside, times=8))


@pytest.mark.parametrize("page", OURS, ids=str)
def test_number_of_queries_does_not_grow_with_the_data(world, grown_world, page):
    few, many = (
        [_queries(page, each.users["organization_board"], parameters) for parameters in addresses_of(page, each.inside)]
        for each in (world, grown_world)
    )
    assert many == few


def _queries(page: Page, user: User, parameters: dict[str, object]) -> int:
    client = Client()
    client.force_login(user)
    address = page.address(parameters)
    client.get(address)  # content types and the like are fetched once in a process
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)
