"""The list of people: its filters on the edge, the columns each user chose, filters kept by name, its workbook."""

import re
import unicodedata
from datetime import date, datetime
from io import BytesIO
from urllib.parse import urlencode

import pytest
from auditlog.models import LogEntry
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from accounts.models import Assignment, ListName, ListPreference, SavedFilter
from accounts.roles import Role
from common.formats import short_day
from common.vietnamese import sort_key
from organizations.models import Organization
from organizations.scope import Right
from personnel.ages import age_in_words, retirement_in_words, retirement_order, retires_in, years_lived
from personnel.checks.people import last_day_of_work
from personnel.columns import BY_KEY, COLUMNS
from personnel.models import Person
from regulations.models import RetirementAge
from regulations.retirement import Month, RetirementTable, births_retiring_in, retirement_month
from tests import factories
from tests.pages import MOST_QUERIES, as_board, as_role, count_queries, signed_in, text_of

pytestmark = pytest.mark.django_db

PEOPLE = reverse("personnel:person_list")
WORKBOOK = reverse("personnel:person_workbook")
COLUMNS_URL = reverse("accounts:list_columns", args=[ListName.PEOPLE])
DAY = date(2022, 12, 31)


@pytest.fixture
def bloc() -> Organization:
    return factories.organization(name="Đảng bộ Khối", code="KHOI")


@pytest.fixture
def place(bloc) -> Organization:
    made = factories.organization(bloc, name="Đảng bộ Sở Xây dựng", code="SXD")
    factories.term(made)
    return made


def names(response) -> list[str]:
    """Return the names in the table of the page, in its order."""
    page = response.content.decode()
    return re.findall(r'<a href="/nhan-su/\d+/"[^>]*>([^<]+)</a>', page)


def found(bloc: Organization, day: date = DAY, **asked: object) -> set[str]:
    return set(names(as_board(bloc, day).get(PEOPLE, asked)))


def table_of(response) -> list[list[str]]:
    """Return the rows of the table of the page as a reader sees them, without the boxes."""
    body = response.content.decode().partition("<tbody")[2].partition("</tbody>")[0]
    rows = re.findall(r"<tr.*?</tr>", body, flags=re.S)
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, flags=re.S) for row in rows]
    return [[re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", cell)).strip() for cell in row[1:]] for row in cells]


def headings_of(response) -> list[str]:
    head = response.content.decode().partition("<thead")[2].partition("</thead>")[0]
    cells = re.findall(r"<th[^>]*>(.*?)</th>", head, flags=re.S)
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in cells][1:]


def sheet_of(response) -> list[list[object]]:
    """Return the rows of the workbook from the headings on."""
    assert response.status_code == 200, response.status_code
    rows = [list(row) for row in load_workbook(BytesIO(response.getvalue())).active.iter_rows(values_only=True)]
    first = next(index for index, row in enumerate(rows) if row[0] == "STT")
    return rows[first:]


def notes_of(response) -> str:
    rows = load_workbook(BytesIO(response.getvalue())).active.iter_rows(values_only=True)
    return "\n".join(str(row[0]) for row in rows if isinstance(row[0], str))


def choose(client, *keys: str):
    return client.post(COLUMNS_URL, {"cot": keys, "next": PEOPLE} | {f"thu-tu-{k}": n for n, k in enumerate(keys)})


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


class TestPlanned:
    """Who is planned is told to those alone who may see the names in plans, and the journal says so."""

    @pytest.fixture
    def people(self, bloc, place) -> None:
        planned = factories.person(place, "Người Quy Hoạch")
        waiting = factories.person(place, "Người Chờ Duyệt")
        factories.person(place, "Người Khác")
        first = factories.planning_round(bloc)
        factories.plan_entry(first, planned, place)
        factories.approved(first, place)
        factories.plan_entry(first, waiting, place, "committee_member")

    def accesses(self) -> list[str]:
        entries = LogEntry.objects.filter(action=LogEntry.Action.ACCESS)
        return [entry.additional_data["act"] for entry in entries]

    @pytest.mark.parametrize(
        ("asked", "name"),
        [("in_plan", "Người Quy Hoạch"), ("awaiting", "Người Chờ Duyệt"), ("none", "Người Khác")],
    )
    def test_tells_who_is_planned(self, bloc, people, asked, name):
        assert found(bloc, planned=asked) == {name}

    def test_as_of_the_day_looked_at(self, bloc, people):
        before = date(2022, 3, 9)  # the plan is approved on the day after
        assert found(bloc, before, planned="in_plan") == set()
        assert found(bloc, before, planned="awaiting") == {"Người Quy Hoạch", "Người Chờ Duyệt"}
        assert found(bloc, date(2022, 3, 10), planned="in_plan") == {"Người Quy Hoạch"}

    def test_is_journaled_each_time_even_when_it_finds_nobody(self, bloc, people):
        client = as_board(bloc, DAY)
        client.get(PEOPLE)
        assert self.accesses() == []
        client.get(PEOPLE, {"planned": "in_plan"})
        client.get(PEOPLE, {"planned": "none", "q": "không ai"})
        client.get(WORKBOOK, {"planned": "in_plan", "organization": "SXD"})
        told = "\n".join(sorted(self.accesses()))
        assert len(self.accesses()) == 3
        assert "Xem danh sách nhân sự lọc theo quy hoạch (quy hoạch: Trong quy hoạch; trang 1/1, 1 kết quả)" in told
        assert "tìm: không ai; quy hoạch: Không có trong quy hoạch; trang 1/1, 0 kết quả" in told
        assert "Xuất Excel danh sách nhân sự lọc theo quy hoạch (nơi sinh hoạt" in told
        assert LogEntry.objects.filter(action=LogEntry.Action.ACCESS).first().object_repr == "Đảng bộ Sở Xây dựng"

    def test_a_wrong_value_tells_nothing(self, bloc, people):
        assert found(bloc, planned="x") == set()
        assert self.accesses() == []

    def test_printing_is_journaled_while_it_tells_who_is_planned(self, bloc, people):
        client, printed = as_board(bloc, DAY), reverse("planning:entry_printed")
        assert "data-plan-list" not in client.get(PEOPLE).content.decode()
        assert "data-plan-list" in client.get(PEOPLE, {"planned": "in_plan"}).content.decode()
        assert client.post(printed, {"page": PEOPLE}).status_code == 404
        assert client.post(printed, {"page": f"{PEOPLE}?planned=in_plan"}).status_code == 204
        assert "In danh sách nhân sự lọc theo quy hoạch (quy hoạch: Trong quy hoạch; trang 1/1, 1 kết quả)" in "".join(
            self.accesses()
        )

    def test_without_the_right_it_is_not_offered_and_does_nothing_typed_by_hand(self, bloc, people):
        client = as_role(Role.LEADER, bloc, DAY)
        page = client.get(PEOPLE, {"planned": "in_plan"})
        assert len(names(page)) == 3
        assert 'name="planned"' not in page.content.decode().replace('type="hidden" name="planned"', "")
        assert "Trong quy hoạch" not in page.content.decode()
        assert len(sheet_of(client.get(WORKBOOK, {"planned": "in_plan"}))) == 1 + 3
        assert "quy hoạch" not in notes_of(client.get(WORKBOOK, {"planned": "in_plan"})).lower()
        assert self.accesses() == []

    def test_only_plans_of_the_scope_are_asked(self, bloc, place, people):
        elsewhere = factories.organization(bloc, name="Đảng bộ Sở Y tế", code="SYT")
        user = factories.holder_of(Right.VIEW)
        user.__dict__["scope"] = user.scope.of([(Right.VIEW, ["/"]), (Right.VIEW_PLANS, [elsewhere.path])])
        shown = Person.objects.visible_to(user.scope)
        assert not shown.planned_on(DAY, user.scope).exists()
        assert not shown.unplanned_on(DAY, user.scope).exists()  # of these nobody knows whether they are planned
        there = factories.person(elsewhere, "Người Ở Đây")
        assert list(shown.unplanned_on(DAY, user.scope)) == [there]


class TestColumns:
    def test_the_usual_ones_at_first(self, bloc):
        factories.person(bloc)
        headings = headings_of(as_board(bloc).get(PEOPLE))
        assert headings == ["Họ và tên", *(column.heading for column in COLUMNS if column.usual)]

    def test_those_chosen_are_remembered_in_their_order_for_this_user_alone(self, bloc):
        factories.person(bloc, hometown="Xã An Bình")
        mine, other = as_board(bloc), as_board(bloc)
        answer = mine.post(
            COLUMNS_URL,
            {
                "cot": ["hometown", "age", "born"],
                "thu-tu-hometown": "3",
                "thu-tu-age": "1",
                "thu-tu-born": "2",
                "next": f"{PEOPLE}?q=an",
            },
        )
        assert answer.url == f"{PEOPLE}?q=an"
        assert headings_of(mine.get(PEOPLE)) == ["Họ và tên", "Tuổi", "Ngày sinh", "Quê quán"]
        assert "Tuổi" not in headings_of(other.get(PEOPLE))
        choose(mine, "gender")
        assert headings_of(mine.get(PEOPLE)) == ["Họ và tên", "Nam/Nữ"]
        assert ListPreference.objects.count() == 1

    def test_none_chosen_is_explained_and_changes_nothing(self, bloc):
        factories.person(bloc)
        client = as_board(bloc)
        choose(client, "age")
        client.post(COLUMNS_URL, {"next": PEOPLE})
        page = client.get(PEOPLE)
        assert "Hãy chọn ít nhất một cột." in text_of(page)
        assert headings_of(page) == ["Họ và tên", "Tuổi"]

    def test_back_to_the_usual_ones(self, bloc):
        factories.person(bloc)
        client = as_board(bloc)
        choose(client, "age")
        client.post(COLUMNS_URL, {"mac-dinh": "1", "cot": "age", "next": PEOPLE})
        assert "Ngày sinh" in headings_of(client.get(PEOPLE))

    def test_what_is_no_column_is_left_out(self, bloc):
        factories.person(bloc)
        client = as_board(bloc)
        choose(client, "password", "age", "x" * 500)
        assert headings_of(client.get(PEOPLE)) == ["Họ và tên", "Tuổi"]
        choose(client, "planned")
        assert "Ngày sinh" in headings_of(client.get(PEOPLE))

    def test_each_column_says_what_is_known_and_what_is_not(self, bloc, place):
        fields = {
            "birth_date": date(1980, 3, 1),
            "birth_precision": "month",
            "joined_party_on": date(2005, 1, 1),
            "joined_party_precision": "year",
            "official_on": date(2006, 5, 19),
            "education": "master",
            "field_of_study": "Luật",
            "political_theory": "advanced",
            "general_education": "12/12",
            "religion": "Không",
            "card_number": "12.345678",
        }
        person = factories.person(place, "Đỗ Thị Hòa", **fields)
        factories.seated(person, place)
        client = as_board(bloc, date(2022, 12, 31))
        choose(client, *BY_KEY)
        page = client.get(PEOPLE)
        [row] = table_of(page)
        shown = dict(zip(headings_of(page), row, strict=True))
        assert shown["Ngày sinh"] == "3/1980"
        assert shown["Tuổi"] == "42"
        assert shown["Ngày vào Đảng"] == "2005"
        assert shown["Ngày chính thức"] == "19/5/2006"
        assert shown["Tháng nghỉ hưu"] == "3/2042"
        assert "Tháng nghỉ hưu tính theo bảng tuổi nghỉ hưu (chưa kiểm chứng)" in text_of(page)
        assert shown["Chuyên môn"] == "Thạc sĩ, Luật"
        assert shown["Nơi sinh hoạt"] == "Đảng bộ Sở Xây dựng"
        assert shown["Chức danh đang giữ"] == "Ủy viên Ban Chấp hành"
        assert shown["Chức vụ hiện nay"] == "Ủy viên Ban Chấp hành Đảng bộ Sở Xây dựng"
        assert shown["Tên gọi khác"] == "—"
        assert shown["Quê quán"] == "chưa có số liệu"
        assert shown["Giáo dục phổ thông"] == "12/12"

    def test_every_column_that_sorts_does_so_both_ways(self, bloc):
        factories.person(
            bloc, "Trần Văn Bình", joined_party_on=date(2001, 1, 1), education="doctor", ethnic_group="Ê Đê"
        )
        factories.person(bloc, "Lê Văn Anh", education="college", birth_date=date(1990, 1, 1), ethnic_group="Dao")
        client = as_board(bloc)
        choose(client, *BY_KEY)
        for column in (each for each in COLUMNS if each.order):
            up, down = (names(client.get(PEOPLE, {"sort": sign + column.key})) for sign in ("", "-"))
            assert len(up) == len(down) == 2, column.key
        assert names(client.get(PEOPLE, {"sort": "joined"}))[0] == "Trần Văn Bình"  # unknown days come last
        assert names(client.get(PEOPLE, {"sort": "education"}))[0] == "Lê Văn Anh"  # by level, not by word
        assert names(client.get(PEOPLE, {"sort": "age"}))[0] == "Lê Văn Anh"
        assert names(client.get(PEOPLE, {"sort": "ethnic_group"}))[0] == "Lê Văn Anh"  # D before Ê in the alphabet

    def test_another_list_is_not_known(self, bloc):
        client = as_board(bloc)
        assert client.post(reverse("accounts:list_columns", args=["khac"]), {"cot": "age"}).status_code == 404

    def test_what_rests_on_a_rough_day_is_told_there_and_in_the_workbook(self, bloc, place):
        person = factories.person(place, "Lê Thô", date(2017, 1, 1), member_from_precision="year")
        factories.seated(person, place, on=date(2022, 3, 1))
        person.holdings.update(from_precision="month")
        for day, membership, seats in (
            (date(2017, 6, 1), "Đảng bộ Sở Xây dựng (từ năm 2017, chưa chắc)", "—"),
            (
                date(2022, 3, 9),
                "Đảng bộ Sở Xây dựng",
                "Ủy viên Ban Chấp hành (từ tháng 3/2022, chưa chắc)",
            ),
            (date(2022, 4, 1), "Đảng bộ Sở Xây dựng", "Ủy viên Ban Chấp hành"),
        ):
            client = as_board(bloc, day)
            assert table_of(client.get(PEOPLE))[0][-2:] == [membership, seats]
            assert sheet_of(client.get(WORKBOOK))[1][-2] == membership


class TestSavedFilters:
    def url(self, act: str) -> str:
        return reverse(f"accounts:{act}_filter", args=[ListName.PEOPLE])

    def save(self, client, name: str, query: str = "gender=female&age_from=40&page=2"):
        client.post(self.url("save"), {"ten": name, "query": query, "next": PEOPLE})
        return client.get(PEOPLE)

    @pytest.mark.parametrize("asked", ["in_plan", "awaiting", "none"])
    def test_a_filter_by_plans_neither_fails_nor_tells_once_the_right_is_lost(self, bloc, place, asked):
        planned, other = (factories.person(place, name, gender="female") for name in ("Người Quy Hoạch", "Người Khác"))
        factories.person(place, "Người Nam")
        first = factories.planning_round(bloc)
        factories.plan_entry(first, planned, place)
        factories.approved(first, place)
        user = factories.user(Role.LEADER, bloc, sees_plans=True)
        client = signed_in(user, DAY)
        self.save(client, "Nữ quy hoạch", f"gender=female&planned={asked}")
        Assignment.objects.filter(user=user).update(sees_plans=False)
        before = LogEntry.objects.filter(action=LogEntry.Action.ACCESS).count()

        page = client.get(f"{PEOPLE}?{SavedFilter.objects.get().query}")

        assert set(names(page)) == {str(planned), str(other)}
        assert "Danh sách không lọc theo quy hoạch: vai trò hiện nay của bạn" in text_of(page)
        assert len(sheet_of(client.get(f"{WORKBOOK}?{SavedFilter.objects.get().query}"))) == 1 + 2
        assert LogEntry.objects.filter(action=LogEntry.Action.ACCESS).count() == before

    def test_a_filter_is_saved_opened_renamed_and_deleted(self, bloc):
        factories.person(bloc, "Một", gender="female", birth_date=date(1970, 1, 1))
        factories.person(bloc, "Hai")
        client = as_board(bloc)
        page = self.save(client, "  Nữ trên 40  ")
        SavedFilter.objects.update(id=1_234_567)
        saved = SavedFilter.objects.get()
        assert 'name="bo-loc" value="1234567"' in client.get(PEOPLE).content.decode()
        assert (saved.name, saved.query) == ("Nữ trên 40", "age_from=40&gender=female")
        assert f'href="{PEOPLE}?age_from=40&amp;gender=female"' in page.content.decode()
        opened = client.get(f"{PEOPLE}?{saved.query}")
        assert names(opened) == ["Một"]
        assert 'aria-current="true"><i class="bi bi-bookmark-fill"' in opened.content.decode()
        client.post(self.url("rename"), {"bo-loc": saved.pk, "ten": "Nữ", "next": PEOPLE})
        assert "Đã đổi tên bộ lọc “Nữ trên 40” thành “Nữ”." in text_of(client.get(PEOPLE))
        client.post(self.url("delete"), {"bo-loc": saved.pk, "next": PEOPLE})
        assert "Đã xóa bộ lọc “Nữ”." in text_of(client.get(PEOPLE))
        assert not SavedFilter.objects.exists()

    def test_a_name_stands_once(self, bloc):
        client = as_board(bloc)
        self.save(client, "Nữ")
        page = self.save(client, unicodedata.normalize("NFD", "Nữ"), "gender=male")
        assert "Bạn đã có bộ lọc tên “Nữ”. Hãy đặt tên khác." in text_of(page)
        self.save(client, "Nam", "gender=male")
        other = SavedFilter.objects.get(name="Nam")
        client.post(self.url("rename"), {"bo-loc": other.pk, "ten": "Nữ", "next": PEOPLE})
        assert sorted(SavedFilter.objects.values_list("name", flat=True)) == ["Nam", "Nữ"]
        self.save(as_board(bloc), "Nữ")
        assert SavedFilter.objects.filter(name="Nữ").count() == 2

    @pytest.mark.parametrize(
        ("name", "query", "told"),
        [
            ("  ", "gender=male", "Hãy đặt tên cho bộ lọc."),
            ("x" * 61, "gender=male", "Tên bộ lọc dài quá 60 ký tự"),
            ("Tất cả", "page=3&q=", "Danh sách chưa lọc theo gì"),
            ("Dài", "q=" + "x" * 1001, "Bộ lọc này quá dài"),
        ],
    )
    def test_what_cannot_be_saved_is_explained(self, bloc, name, query, told):
        assert told in text_of(self.save(as_board(bloc), name, query))
        assert not SavedFilter.objects.exists()

    def test_there_is_an_end_to_how_many(self, bloc):
        user = factories.user(Role.ORGANIZATION_BOARD, bloc)
        SavedFilter.objects.bulk_create(
            SavedFilter(owner=user, list_name=ListName.PEOPLE, name=str(number), query="q=a") for number in range(30)
        )
        assert "Bạn đã lưu 30 bộ lọc" in text_of(self.save(signed_in(user), "Nữa"))

    def test_those_of_others_are_not_found(self, bloc):
        self.save(as_board(bloc), "Của tôi")
        saved = SavedFilter.objects.get()
        other = as_board(bloc)
        assert "Của tôi" not in text_of(other.get(PEOPLE))
        for act in ("rename", "delete"):
            for key in (saved.pk, "x", "", "9" * 30):
                assert other.post(self.url(act), {"bo-loc": key, "ten": "Khác"}).status_code == 404
        assert SavedFilter.objects.get().name == "Của tôi"

    def test_they_leave_no_trace_in_the_journal(self, bloc):
        client = as_board(bloc)
        before = LogEntry.objects.count()
        self.save(client, "Nữ")
        choose(client, "age")
        assert LogEntry.objects.count() == before

    def test_another_site_is_not_gone_back_to(self, bloc):
        answer = as_board(bloc).post(self.url("save"), {"ten": "Nữ", "query": "q=a", "next": "https://example.com/"})
        assert answer.url == "/"


class TestWorkbook:
    @pytest.fixture
    def people(self, bloc, place) -> list[Person]:
        for number in range(55):
            gender = "female" if number % 2 else "male"
            person = factories.person(
                place, f"Nguyễn Thị Số {number}", gender=gender, birth_date=date(1960 + number // 2, 3, 2)
            )
            if number < 3:
                factories.seated(person, place)
        factories.person(bloc, "=cmd|'/c calc'!A1", birth_date=date(1980, 1, 1), birth_precision="year")
        return list(Person.objects.all())

    def test_is_what_the_pages_show(self, bloc, people):
        client = as_board(bloc, DAY)
        choose(client, "seats", "age", "born", "retirement", "hometown")
        asked = {"q": "nguyen", "age_from": "20", "sort": "-age"}
        pages = [client.get(PEOPLE, asked | {"page": page}) for page in (1, 2)]
        headings, *rows = sheet_of(client.get(WORKBOOK, asked))
        assert headings == ["STT", *headings_of(pages[0])]
        read = [[self.as_shown(*cell) for cell in zip(row[1:], headings[1:], strict=True)] for row in rows]
        assert read == [row for page in pages for row in table_of(page)]
        assert [row[0] for row in rows] == list(range(1, 56))

    def as_shown(self, value: object, heading: str) -> str:
        if isinstance(value, datetime):
            return short_day(value.date())
        missing = "—" if heading == "Chức danh đang giữ" else "chưa có số liệu"
        return missing if value in (None, "") else str(value)

    def test_holds_all_pages_in_vietnamese_order_and_no_formula(self, bloc, people):
        client = as_board(bloc, DAY)
        _, *rows = sheet_of(client.get(WORKBOOK))
        assert len(rows) == 56
        assert [row[1] for row in rows] == sorted((row[1] for row in rows), key=sort_key)
        sheet = load_workbook(BytesIO(client.get(WORKBOOK).getvalue())).active
        assert {cell.data_type for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=")} == {"s"}

    def test_its_head_says_filter_day_who_and_when(self, bloc, people):
        user = factories.user(Role.ORGANIZATION_BOARD, bloc, full_name="Lê Thị Cúc")
        notes = notes_of(signed_in(user, DAY).get(WORKBOOK, {"gender": "female", "age_from": "40"}))
        assert "Giới tính: Nữ; tuổi từ: 40. Có " in notes
        assert re.search(r"Số liệu tính đến ngày 31/12/2022. Người lập: Lê Thị Cúc, lúc \d\d:\d\d ngày ", notes)
        assert "Tất cả trong phạm vi của người lập. Có 56 đồng chí." in notes_of(as_board(bloc).get(WORKBOOK))

    def test_of_the_rows_picked_alone(self, bloc, people):
        client = as_board(bloc, DAY)
        picked = [person.pk for person in people[:2]]
        answer = client.get(f"{WORKBOOK}?{urlencode({'pham-vi': 'chon', 'chon': picked}, doseq=True)}")
        assert {row[1] for row in sheet_of(answer)[1:]} == {person.full_name for person in people[:2]}
        assert "Chọn 2 trong 56 kết quả." in notes_of(answer)

    def test_all_results_when_they_are_picked_at_once(self, bloc, people):
        answer = as_board(bloc).get(WORKBOOK, {"pham-vi": "chon", "chon": people[0].pk, "tat-ca": "1"})
        assert len(sheet_of(answer)) == 1 + 56

    def test_no_row_picked_leads_back_to_the_list_as_it_was(self, bloc, people):
        client = as_board(bloc)
        answer = client.get(WORKBOOK, {"pham-vi": "chon", "gender": "female", "chon": "x"})
        assert answer.url == f"{PEOPLE}?gender=female"
        assert "Chưa chọn dòng nào" in text_of(client.get(answer.url))

    def test_nobody_outside_the_scope_can_be_picked(self, bloc, place):
        outside, inside = factories.person(bloc, "Người Ngoài"), factories.person(place, "Người Trong")
        client = as_role(Role.GRASSROOTS_CLERK, place)
        answer = client.get(WORKBOOK, {"pham-vi": "chon", "chon": [outside.pk, inside.pk]})
        assert [row[1] for row in sheet_of(answer)[1:]] == ["Người Trong"]

    def test_of_nobody_has_its_headings(self, bloc):
        assert len(sheet_of(as_board(bloc).get(WORKBOOK))) == 1


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
