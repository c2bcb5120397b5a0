"""What each user chose for the list of people: its columns, and filters kept by name."""

import unicodedata
from datetime import date

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from accounts.models import Assignment, ListName, ListPreference, SavedFilter
from accounts.roles import Role
from personnel.columns import BY_KEY, COLUMNS
from tests import factories
from tests.pages import as_board, signed_in, text_of
from tests.personnel.person_list.lists import (
    COLUMNS_URL,
    DAY,
    PEOPLE,
    WORKBOOK,
    choose,
    headings_of,
    names,
    sheet_of,
    table_of,
)

pytestmark = pytest.mark.django_db


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
