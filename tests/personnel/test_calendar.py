"""The calendar: congresses by the planned end of terms, seats by the retirement of who holds them."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.roles import Role
from organizations.models import Organization, OrganizationVersion
from organizations.scope import Scope
from personnel.models import Person
from personnel.outlook import Outlook, outlook
from tests import factories
from tests.pages import MOST_QUERIES, as_board, as_role, count_queries, text_of

pytestmark = pytest.mark.django_db
URL = reverse("personnel:calendar")
DAY = date(2025, 3, 10)  # terms of the factories are planned to end on 15/6/2025


@pytest.fixture
def bloc() -> Organization:
    return factories.organization(name="Đảng bộ Khối", code="KHOI")


@pytest.fixture
def place(bloc) -> Organization:
    made = factories.organization(bloc, name="Đảng bộ Sở Xây dựng", code="SXD")
    factories.term(made)
    return made


def seat(place, born: date, *positions: str, **fields) -> Person:
    person = factories.person(place, birth_date=born, **fields)
    for position in ("committee_member", *positions):
        factories.seated(person, place, position, on=date(2022, 3, 1))
    return person


def coming(day=DAY, months=12) -> Outlook:
    versions = OrganizationVersion.objects.as_of(day).with_codes()
    return outlook(versions, Scope.everything(), day, months)


class TestCongresses:
    @pytest.mark.parametrize(
        ("day", "months", "is_late", "is_coming"),
        [
            (date(2025, 6, 15), 12, False, True),
            (date(2025, 6, 16), 12, True, False),
            (date(2024, 7, 1), 12, False, True),
            (date(2024, 6, 30), 12, False, False),
            (date(2024, 6, 30), 24, False, True),
        ],
    )
    def test_are_due_by_the_planned_end(self, place, day, months, is_late, is_coming):
        found = coming(day, months)
        assert bool(found.overdue_congresses) is is_late
        assert bool(found.congresses) is is_coming

    def test_stand_in_their_month(self, place):
        [month] = coming().months
        assert str(month) == "Tháng 6/2025"
        assert month.anchor == "thang-2025-06"

    def test_a_term_that_has_ended_is_not_due(self, place):
        place.terms.update(valid_to=date(2025, 1, 1))
        assert coming().is_empty

    def test_an_organization_that_has_ended_has_none(self, place):
        place.versions.update(valid_to=date(2025, 1, 1))
        assert coming().is_empty

    def test_a_past_day_knows_the_term_of_that_day(self, place):
        factories.term(place, date(2025, 6, 20))
        assert [each.term.label for each in coming(DAY).congresses] == ["2020-2025"]


class TestSeats:
    """A man born in 5/1963 retires at 61 years: on 31/5/2024."""

    BORN = date(1963, 5, 20)

    @pytest.mark.parametrize(
        ("day", "is_late", "is_coming"),
        [
            (date(2024, 5, 31), False, True),
            (date(2024, 6, 1), True, False),
            (date(2023, 6, 1), False, True),
            (date(2023, 5, 31), False, False),
        ],
    )
    def test_fall_vacant_with_the_last_working_day(self, place, day, is_late, is_coming):
        seat(place, self.BORN)
        found = coming(day)
        assert bool(found.overdue_leaving) is is_late
        assert bool(found.leaving) is is_coming

    def test_all_seats_of_one_person_stand_together_the_highest_first(self, place):
        seat(place, self.BORN, "standing_member", "secretary")
        [leaving] = coming(date(2024, 1, 1)).leaving
        assert leaving.positions.startswith("Bí thư")
        assert coming(date(2024, 1, 1)).seats == 3

    def test_a_decision_goes_before_the_table(self, place):
        person = seat(place, self.BORN)
        Person.objects.filter(pk=person.pk).update(retires_on=date(2024, 5, 31), retires_on_source="Quyết định")
        [leaving] = coming(date(2024, 1, 1)).leaving
        assert leaving.when == "tháng 5/2024"
        assert leaving.basis == "theo quyết định"

    def test_of_a_birthday_known_by_its_year_the_earliest_month_counts(self, place):
        seat(place, date(1963, 1, 1), birth_precision="year")
        [leaving] = coming(date(2023, 6, 1), 24).leaving
        assert leaving.when.startswith("có thể từ tháng ")
        assert leaving.day == date(2023, 10, 31)

    def test_the_grade_of_the_ages_is_told(self, place):
        seat(place, self.BORN)
        assert coming(date(2024, 1, 1)).leaving[0].basis == "theo tuổi nghỉ hưu, chưa kiểm chứng"

    def test_a_congress_before_it_is_told(self, place):
        seat(place, date(1964, 5, 20))  # 61 years and 3 months: 8/2025, after the congress of 6/2025
        assert coming().leaving[0].is_after_congress
        assert not coming(date(2024, 1, 1), 60).congresses[0].day > date(2025, 6, 15)

    def test_whoever_has_left_the_seat_is_not_there(self, place):
        person = seat(place, self.BORN)
        factories.confirmed(place, factories.release(person, release_reason="own_wish", proposed_on=date(2023, 6, 1)))
        assert not coming(date(2024, 1, 1)).leaving


class TestPage:
    def test_shows_counts_that_lead_to_their_lists(self, bloc, place):
        seat(place, date(1963, 5, 20))
        page = as_board(bloc, date(2024, 1, 5)).get(URL, {"months": "24"})
        shown = text_of(page)
        assert "Tháng 5/2024" in shown
        assert "Đại hội đến hạn (1)" in shown
        assert 'href="#thang-2024-05"' in page.content.decode()
        assert 'id="thang-2024-05"' in page.content.decode()

    def test_what_is_overdue_stands_first(self, bloc, place):
        seat(place, date(1963, 9, 20))
        shown = text_of(as_board(bloc, date(2025, 7, 1)).get(URL))
        assert "Đã quá hạn" in shown
        assert "15/6/2025" in shown

    @pytest.mark.parametrize(("what", "congresses", "seats"), [("congresses", True, False), ("seats", False, True)])
    def test_looks_at_one_of_both(self, bloc, place, what, congresses, seats):
        seat(place, date(1963, 5, 20))
        shown = text_of(as_board(bloc, date(2024, 1, 5)).get(URL, {"months": "24", "what": what}))
        assert ("Đại hội đến hạn (1)" in shown) is congresses
        assert ("Đồng chí đến tuổi nghỉ hưu (1)" in shown) is seats

    def test_keeps_to_an_organization_and_a_level(self, bloc, place):
        cell = factories.organization(place, "subordinate_cell", name="Chi bộ Văn phòng")
        factories.term(cell, standing=0, inspection=0)
        board = as_board(bloc, DAY)
        beneath = text_of(board.get(URL, {"level": "beneath"}))
        assert "Chi bộ Văn phòng" in beneath
        assert "Đảng bộ Sở Xây dựng" not in beneath
        assert "2 kết quả" in text_of(board.get(URL, {"organization": "SXD"}))
        other = factories.organization(bloc, code="SYT")
        assert "0 kết quả" in text_of(board.get(URL, {"organization": other.code}))

    def test_an_unknown_number_of_months_is_explained(self, bloc, place):
        assert "Không có lựa chọn “13”" in text_of(as_board(bloc, DAY).get(URL, {"months": "13"}))

    def test_says_so_when_nothing_is_due(self, bloc):
        assert "Không có việc nào đến hạn" in text_of(as_board(bloc, DAY).get(URL))

    def test_shows_nobody_outside_the_scope(self, bloc, place):
        other = factories.organization(bloc, name="Đảng bộ Sở Lạ")
        factories.term(other)
        stranger = seat(other, date(1963, 5, 20), full_name="Lò Văn Lạ")
        shown = text_of(as_role(Role.GRASSROOTS_CLERK, place, date(2024, 1, 5)).get(URL, {"months": "24"}))
        assert "Đảng bộ Sở Xây dựng" in shown
        assert "Sở Lạ" not in shown
        assert stranger.full_name not in shown

    def test_takes_the_same_few_queries_however_many_there_are(self, bloc, place):
        client = as_board(bloc, date(2024, 1, 5))
        address = f"{URL}?months=60"
        seat(place, date(1963, 5, 20))
        few = count_queries(client, address)
        for _ in range(5):
            other = factories.organization(bloc)
            factories.term(other)
            seat(other, date(1963, 5, 20), "standing_member")
        assert count_queries(client, address) == few <= MOST_QUERIES

    def test_goes_out_as_a_workbook(self, bloc, place):
        person = seat(place, date(1963, 5, 20))
        board = as_board(bloc, date(2024, 1, 5))
        book = load_workbook(BytesIO(board.get(f"{reverse('personnel:calendar_xlsx')}?months=24").getvalue()))
        [congress] = [row for row in book["Đại hội"].iter_rows(values_only=True) if row[0] == 1]
        assert congress[1:5] == ("Đảng bộ Sở Xây dựng", "SXD", "Đảng bộ cơ sở", "2020-2025")
        [leaving] = [row for row in book["Vị trí sẽ khuyết"].iter_rows(values_only=True) if row[0] == 1]
        assert leaving[1] == person.full_name
        assert leaving[5] == "tháng 5/2024"

    def test_the_workbook_of_a_wrong_filter_leads_back(self, bloc):
        response = as_board(bloc).get(reverse("personnel:calendar_xlsx"), {"months": "13"})
        assert response["Location"] == f"{URL}?months=13"
