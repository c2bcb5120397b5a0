"""The grid of targets of a round."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from organizations.models import Organization
from planning.actions import close_round, set_target
from planning.forms.targets import CoefficientField, as_typed
from planning.models import PlanningRound, PlanTarget, PositionGroup
from planning.seats import proposed_seats
from tests import factories
from tests.pages import as_board, as_role, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def bloc() -> Organization:
    return factories.organization(name="Đảng bộ Khối", code="KHOI")


@pytest.fixture
def grassroots(bloc) -> Organization:
    return factories.organization(bloc, name="Đảng bộ Sở Xây dựng", code="SXD")


@pytest.fixture
def first(bloc) -> PlanningRound:
    return factories.planning_round(bloc)


def grid_of(planning_round: PlanningRound) -> str:
    return reverse("planning:round_targets", args=[planning_round.pk])


def cell(of: Organization, key: str, seats: object = "", coefficient: str = "") -> dict[str, str]:
    return {f"t{of.pk}-{key}-seats": str(seats), f"t{of.pk}-{key}-coefficient": coefficient}


def stands(planning_round: PlanningRound) -> set[tuple]:
    rows = planning_round.targets.values_list("organization__code", "group", "position", "seats", "coefficient")
    return set(rows)


def said_after(client: Client, url: str, sent: dict) -> str:
    response = client.post(url, sent)
    assert response.status_code == 302
    return text_of(client.get(response["Location"]))


def test_saves_the_targets_of_many_organisations_in_one_act(bloc, grassroots, first):
    sent = cell(bloc, "committee", 27, "1,5") | cell(grassroots, "committee", 15, "1.25")
    said = said_after(as_board(bloc), grid_of(first), sent)
    assert "Đã lưu chỉ tiêu: 02 ô thay đổi" in said
    assert stands(first) == {
        ("KHOI", "committee", None, 27, Decimal("1.50")),
        ("SXD", "committee", None, 15, Decimal("1.25")),
    }
    assert "→ 27–40 người" in said
    assert "→ 15–18 người" in said


def test_an_empty_coefficient_is_that_of_the_rules_of_the_day(bloc, grassroots, first):
    client = as_board(bloc)
    shown = text_of(client.get(grid_of(first)))
    assert "Hệ số quy hoạch cao nhất: 1,5 lần số vị trí (chưa kiểm chứng)" in shown
    assert "Số người quy hoạch một chức danh: 3 người (Quy định 377-QĐ/TW)" in shown
    client.post(grid_of(first), cell(bloc, "standing", 9) | cell(bloc, "secretaries", 3))
    assert stands(first) == {
        ("KHOI", "standing", None, 9, Decimal("1.50")),
        ("KHOI", "secretaries", None, 3, Decimal("3.00")),
    }


def test_before_the_regulation_the_coefficient_of_officers_is_the_common_one(bloc, first):
    client = as_board(bloc, date(2021, 12, 26))
    client.post(grid_of(first), cell(bloc, "secretaries", 2))
    assert stands(first) == {("KHOI", "secretaries", None, 2, Decimal("1.50"))}


def test_clearing_the_seats_takes_the_target_away_and_what_was_not_sent_stays(bloc, grassroots, first):
    office = factories.office()
    for group in (PositionGroup.COMMITTEE, PositionGroup.STANDING):
        set_target(first, organization=bloc, group=group, seats=9, coefficient=Decimal("1.5"), by=office)
    said = said_after(as_board(bloc), grid_of(first), cell(bloc, "committee", "", "1,5"))
    assert "01 ô thay đổi" in said
    assert stands(first) == {("KHOI", "standing", None, 9, Decimal("1.50"))}


def test_saving_what_stands_changes_nothing(bloc, first):
    set_target(first, organization=bloc, group="committee", seats=9, coefficient=Decimal("1.5"), by=factories.office())
    sent = cell(bloc, "committee", 9, "1,50") | cell(bloc, "standing")
    assert "Không có ô nào thay đổi" in said_after(as_board(bloc), grid_of(first), sent)


@pytest.mark.parametrize(
    ("key", "seats", "coefficient", "said"),
    [
        ("committee", "0", "1,5", "Số này phải từ 1 trở lên"),
        ("committee", "mười", "1,5", "Hãy nhập một số nguyên"),
        ("committee", "15", "0,9", "Hệ số phải từ 1 trở lên"),
        ("committee", "15", "nhiều", "Hệ số là một số như 1,5"),
        ("committee", "15", "1,555", "nhiều nhất hai chữ số sau dấu phẩy"),
        ("committee", "15", "12", "Hệ số phải nhỏ hơn 10"),
        ("committee", "", "1,5", "Có hệ số thì hãy nhập cả số vị trí"),
        ("secretaries", "2", "3,01", "Hệ số không quá 3"),
    ],
)
def test_says_beside_the_cell_what_is_wrong_and_saves_nothing(bloc, grassroots, first, key, seats, coefficient, said):
    sent = cell(bloc, key, seats, coefficient) | cell(grassroots, "committee", 15)
    response = as_board(bloc).post(grid_of(first), sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count(said) == 2  # on top, and beside the cell
    assert f'value="{seats}"' in page
    assert f'value="{coefficient}"' in page
    assert not PlanTarget.objects.exists()


def test_three_for_each_officer_is_just_allowed(bloc, first):
    said_after(as_board(bloc), grid_of(first), cell(bloc, "secretaries", 2, "3"))
    assert stands(first) == {("KHOI", "secretaries", None, 2, Decimal("3.00"))}


def test_sets_the_seats_of_a_single_office(bloc, first):
    client, url = as_board(bloc), f"{grid_of(first)}?columns=single"
    assert "Phó Chủ nhiệm Ủy ban Kiểm tra" in text_of(client.get(url))
    said_after(client, url, cell(bloc, "deputy_secretary", 3))
    assert stands(first) == {("KHOI", "secretaries", "deputy_secretary", 3, Decimal("3.00"))}
    assert "→ 3–9 người" in text_of(client.get(url))


def test_suggests_the_seats_that_were_approved_and_saves_none_of_them(bloc, grassroots, first):
    factories.term(bloc, date(2025, 6, 1), committee=27, standing=9, inspection=7)
    set_target(first, organization=bloc, group="standing", seats=8, coefficient=Decimal("1.5"), by=factories.office())
    sent = {"lay-theo": "1"} | cell(bloc, "committee") | cell(bloc, "standing", 8, "1,5") | cell(bloc, "secretaries")
    response = as_board(bloc, date(2026, 1, 1)).post(grid_of(first), sent)
    shown, page = text_of(response), response.content.decode()
    assert "Đã điền 03 ô còn trống" in shown
    assert f'name="t{bloc.pk}-committee-seats" id="id_t{bloc.pk}-committee-seats" value="27"' in page
    assert f'name="t{bloc.pk}-standing-seats" id="id_t{bloc.pk}-standing-seats" value="8"' in page
    assert stands(first) == {("KHOI", "standing", None, 8, Decimal("1.50"))}


def test_says_when_nothing_can_be_suggested(bloc, first):
    assert "Không có ô trống nào điền được" in text_of(as_board(bloc).post(grid_of(first), {"lay-theo": "1"}))


def test_seats_of_offices_are_those_held_and_at_least_one(bloc):
    factories.term(bloc, committee=27, standing=9, inspection=0)
    for _ in range(3):
        someone = factories.person(bloc)
        factories.seated(someone, bloc, "committee_member")
        factories.seated(someone, bloc, "deputy_secretary", on=date(2022, 3, 11))
    assert proposed_seats([bloc.pk], date(2022, 4, 1)) == {
        bloc.pk: {"committee": 27, "standing": 9, "secretary": 1, "deputy_secretary": 3, "secretaries": 4}
    }


def test_shows_only_the_organisations_that_the_user_plans_for(bloc, grassroots, first):
    factories.organization(bloc, name="Đảng bộ Sở Khác")
    client = as_board(grassroots)
    shown = text_of(client.get(grid_of(first)))
    assert "Đảng bộ Sở Xây dựng" in shown
    assert "Đảng bộ Sở Khác" not in shown
    client.post(grid_of(first), cell(bloc, "committee", 27, "1,5"))
    assert not PlanTarget.objects.exists()
    assert as_role(Role.CONFIRMER, bloc).get(grid_of(first)).status_code == 403


def test_finds_organisations_by_name_and_kind(bloc, grassroots, first):
    factories.organization(grassroots, kind="subordinate_cell", name="Chi bộ Văn phòng")
    client = as_board(bloc)
    assert "Chi bộ Văn phòng" not in text_of(client.get(grid_of(first)))
    assert "Chi bộ Văn phòng" in text_of(client.get(grid_of(first), {"kind": "subordinate_cell"}))
    assert "1 kết quả" in text_of(client.get(grid_of(first), {"q": "xay dung"}))
    assert "Không có tổ chức nào khớp" in text_of(client.get(grid_of(first), {"q": "khong co"}))


def test_a_closed_round_takes_no_targets(bloc, first):
    close_round(first, by=factories.office(), on=date(2022, 12, 1))
    client = as_board(bloc)
    assert "Đợt quy hoạch đã kết thúc ngày 01/12/2022" in said_after(client, grid_of(first), cell(bloc, "committee", 9))
    assert not PlanTarget.objects.exists()


def test_a_coefficient_is_typed_with_comma_or_dot():
    field = CoefficientField()
    assert field.clean("1,25") == field.clean(" 1.25 ") == Decimal("1.25")
    assert [as_typed(each) for each in (Decimal("1.50"), Decimal("3.00"), Decimal(10), None)] == ["1,5", "3", "10", ""]
