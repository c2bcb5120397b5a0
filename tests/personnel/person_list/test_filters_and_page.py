"""The list of people: its filters on the edge, and its page."""

import unicodedata
from datetime import date
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personnel.ages import age_in_words, retirement_in_words, retirement_order, retires_in, years_lived
from personnel.checks.people import last_day_of_work
from personnel.columns import BY_KEY
from personnel.models import Person
from regulations.models import RetirementAge
from regulations.retirement import Month, RetirementTable, births_retiring_in, retirement_month
from tests import factories
from tests.pages import MOST_QUERIES, as_board, count_queries, text_of
from tests.personnel.person_list.lists import DAY, PEOPLE, WORKBOOK, choose, found, names

pytestmark = pytest.mark.django_db


class TestFilters:
    def test_a_name_typed_in_decomposed_letters_is_found(self, bloc):
        factories.person(bloc, "Đỗ Thị Hòa")
        factories.person(bloc, "Nguyễn Văn Nam")
        for typed in (unicodedata.normalize("NFD", "đỗ thị hòa"), "DO THI HOA", "hoà đỗ"):
            assert found(bloc, q=typed) == {"Đỗ Thị Hòa"}

    @pytest.mark.parametrize(
        ("born", "precision", "asked", "is_found"),
        [
            (date(1982, 12, 31), "day", {"age_from": 40}, True),
            (date(1983, 1, 1), "day", {"age_from": 40}, False),
            (date(1982, 1, 1), "day", {"age_to": 40}, True),
            (date(1981, 12, 31), "day", {"age_to": 40}, False),
            (date(1982, 12, 1), "month", {"age_from": 40, "age_to": 40}, True),
            (date(1983, 1, 1), "month", {"age_from": 40}, False),
            (date(1981, 12, 5), "month", {"age_to": 40}, False),
            (date(1982, 1, 1), "year", {"age_from": 40}, True),
            (date(1983, 1, 1), "year", {"age_from": 40}, False),
            (date(1981, 6, 1), "year", {"age_to": 40}, False),
        ],
    )
    def test_age_just_inside_and_just_outside(self, bloc, born, precision, asked, is_found):
        factories.person(bloc, "Đỗ Thị Hòa", birth_date=born, birth_precision=precision)
        assert found(bloc, **asked) == ({"Đỗ Thị Hòa"} if is_found else set())

    def test_of_a_birthday_known_by_its_year_both_ages_may_be_true(self, bloc):
        person = factories.person(bloc, "Đỗ Thị Hòa", birth_date=date(1980, 1, 1), birth_precision="year")
        day = date(2022, 6, 1)
        assert age_in_words(person, day) == "41–42"
        assert found(bloc, day, age_from=42)
        assert found(bloc, day, age_to=41)
        assert not found(bloc, day, age_from=43)
        assert not found(bloc, day, age_to=40)

    def test_who_was_born_on_a_leap_day_is_older_on_the_first_of_march(self, bloc):
        factories.person(bloc, "Đỗ Thị Hòa", birth_date=date(1980, 2, 29))
        assert years_lived(date(1980, 2, 29), date(2022, 2, 28)) == 41
        assert not found(bloc, date(2022, 2, 28), age_from=42)
        assert found(bloc, date(2022, 3, 1), age_from=42)
        assert found(bloc, date(2024, 2, 29), age_from=44)

    def test_ages_the_wrong_way_round_find_nothing_and_are_explained(self, bloc):
        factories.person(bloc)
        shown = text_of(as_board(bloc).get(PEOPLE, {"age_from": "50", "age_to": "40"}))
        assert "Tuổi đến (40) nhỏ hơn tuổi từ (50)" in shown
        assert "0 kết quả" in shown

    @pytest.mark.parametrize("typed", ["bốn mươi", "17", "121", "-1", "40.5"])
    def test_an_age_that_is_none_is_explained(self, bloc, typed):
        factories.person(bloc)
        shown = text_of(as_board(bloc).get(PEOPLE, {"age_from": typed}))
        assert "Hãy ghi " in shown
        assert "0 kết quả" in shown

    def test_education_and_theory(self, bloc):
        factories.person(bloc, "Một", education="master", political_theory="advanced")
        factories.person(bloc, "Hai", education="bachelor", political_theory="intermediate")
        factories.person(bloc, "Ba")
        assert found(bloc, education="master") == {"Một"}
        assert found(bloc, political_theory="intermediate") == {"Hai"}
        assert found(bloc, education="not_known", political_theory="not_known") == {"Ba"}

    def test_ethnic_minorities_together(self, bloc):
        factories.person(bloc, "Một")
        factories.person(bloc, "Hai", ethnic_group="Tày")
        factories.person(bloc, "Ba", ethnic_group="Ê Đê")
        assert found(bloc, ethnic_group="minorities") == {"Hai", "Ba"}
        assert found(bloc, ethnic_group="Kinh") == {"Một"}

    def test_a_merged_double_is_not_in_the_list(self, bloc):
        kept = factories.person(bloc, "Đỗ Thị Hòa")
        double = factories.person(bloc, "Đỗ Thị Hoà Trùng")
        double.memberships.update(person=kept, valid_from=date(2014, 1, 1), valid_to=date(2014, 6, 1))
        Person.objects.filter(pk=double.pk).update(merged_into=kept)
        assert found(bloc) == {"Đỗ Thị Hòa"}


class TestCardNumbers:
    @pytest.mark.parametrize("typed", ["12.345678", "12345678", "12 345 678", " 12.345.678 ", "1 2.3"])
    @pytest.mark.parametrize("kept", ["12.345678", "12345678", "12 345678"])
    def test_are_found_however_spaces_and_dots_are_written(self, bloc, typed, kept):
        factories.person(bloc, "Có Thẻ", card_number=kept)
        factories.person(bloc, "Không Thẻ")

        assert found(bloc, q=typed) == ({"Có Thẻ"} if typed != "1 2.3" else set())

    def test_dots_alone_are_nobodys(self, bloc):
        factories.person(bloc, "Không Thẻ")

        assert found(bloc, q=" . ") == set()


class TestRetirementYear:
    @pytest.mark.parametrize(
        ("gender", "born", "year"),
        # men born from 4/1966: 62 years; women born from 5/1975: 60 years
        [
            ("male", date(1966, 12, 31), 2028),
            ("male", date(1967, 1, 1), 2029),
            ("female", date(1976, 12, 31), 2036),
            ("female", date(1977, 1, 1), 2037),
        ],
    )
    def test_just_inside_and_just_outside(self, bloc, gender, born, year):
        factories.person(bloc, "Đỗ Thị Hòa", birth_date=born, gender=gender)
        assert [each for each in range(year - 2, year + 3) if found(bloc, retirement_year=each)] == [year]

    def test_a_decision_goes_before_the_table(self, bloc):
        fields = {"retires_on": date(2030, 6, 30), "retires_on_source": "Quyết định"}
        factories.person(bloc, "Đỗ Thị Hòa", birth_date=date(1967, 5, 1), **fields)
        assert found(bloc, retirement_year=2030) == {"Đỗ Thị Hòa"}
        assert found(bloc, retirement_year=2029) == set()

    def test_the_condition_says_what_the_reckoning_says_of_everybody(self, bloc):
        table = RetirementTable.load()
        for year in range(1955, 1982, 2):
            for month in (1, 4, 5, 9, 12):
                for precision in ("day", "month", "year"):
                    for gender in ("male", "female"):
                        fields = {"birth_date": date(year, month, 28), "gender": gender, "birth_precision": precision}
                        Person.objects.create(full_name=f"{gender} {precision} {year}-{month}", **fields)
        people = list(Person.objects.all())
        for year in range(2020, 2040):
            retire = set()
            for person in people:
                told = last_day_of_work(person, table)
                if told and told.earliest.year <= year <= told.latest.year:
                    retire.add(person.pk)
            assert set(Person.objects.filter(retires_in(year, table)).values_list("pk", flat=True)) == retire, year

    def test_sorted_by_month_those_of_whom_nothing_is_known_last(self, bloc):
        table = RetirementTable.load()
        factories.person(bloc, "Trước", birth_date=date(1970, 1, 5))
        factories.person(bloc, "Sau", birth_date=date(1975, 1, 5))
        decided = {"retires_on": date(2031, 1, 31), "retires_on_source": "Quyết định"}
        factories.person(bloc, "Sớm", birth_date=date(1975, 1, 5), **decided)
        RetirementAge.objects.filter(gender="female").delete()
        unknown = factories.person(bloc, "Không rõ", birth_date=date(1970, 1, 5), gender="female")
        table = RetirementTable.load()
        assert retirement_in_words(unknown, table) == ""
        ordered = Person.objects.annotate(order=retirement_order(table.ages)).order_by("order")
        assert [person.full_name for person in ordered] == ["Sớm", "Trước", "Sau", "Không rõ"]


@given(year=st.integers(2015, 2070), born=st.dates(date(1940, 1, 1), date(2010, 12, 31)), row=st.integers(0, 3))
def test_births_are_the_reverse_of_the_month_of_retirement(year, born, row):
    ages = [
        RetirementAge(gender="male", valid_from=date(1950, 1, 1), valid_to=date(1961, 5, 1), months=720),
        RetirementAge(gender="male", valid_from=date(1961, 5, 1), valid_to=date(1966, 4, 1), months=727),
        RetirementAge(gender="male", valid_from=date(1966, 4, 1), valid_to=None, months=744),
    ][: row + 1]
    month = retirement_month(Month.of(born), "male", ages)
    ranges = births_retiring_in(year, ages)
    inside = any(each.first <= Month.of(born) <= each.last for each in ranges)
    assert inside == (month is not None and month.year == year)


class TestPage:
    def test_takes_the_same_few_queries_with_every_column_and_filter(self, bloc, place):
        client = as_board(bloc, DAY)
        choose(client, *BY_KEY)
        factories.seated(factories.person(place), place)
        asked = {
            "q": "nguyen",
            "organization": "SXD",
            "retirement_year": "2037",
            "age_from": "18",
            "sort": "retirement",
        }
        url, workbook = (f"{address}?{urlencode(asked)}" for address in (PEOPLE, WORKBOOK))
        small, in_sheet = count_queries(client, url), count_queries(client, workbook)
        for _ in range(12):
            factories.seated(factories.person(place), place)
        assert count_queries(client, url) == small <= MOST_QUERIES + 2  # the user's columns and filters
        assert count_queries(client, workbook) == in_sheet <= MOST_QUERIES + 2

    def test_a_very_long_name_is_shown_whole(self, bloc):
        name = "Nguyễn Phước Hoàng " + "Bảo Anh " * 12 + "Quỳnh"
        factories.person(bloc, name)
        assert names(as_board(bloc).get(PEOPLE)) == [name]

    def test_an_empty_register_offers_no_workbook(self, bloc):
        page = as_board(bloc).get(PEOPLE)
        assert "Chưa có đảng viên nào" in text_of(page)
        assert "Xuất Excel" not in text_of(page)

    def test_rows_can_be_picked_with_the_filter_kept(self, bloc):
        person = factories.person(bloc, gender="female", pk=1_234_567)  # not 1.234.567
        page = as_board(bloc).get(PEOPLE, {"gender": "female", "page": "1"}).content.decode()
        assert f'name="chon" value="{person.pk}" form="picked-rows" aria-label="Chọn {person}"' in page
        form = page.partition('id="picked-rows"')[2].partition("</form>")[0]
        assert 'name="gender" value="female"' in form
        assert 'name="page"' not in form
        assert "Chọn tất cả 1 kết quả" in form
