"""The kind "đảng viên": who is meant, what is told of them, where they are members, measures; and who may say so."""

from datetime import date

import pytest
from auditlog.models import LogEntry

from intake.kinds.people import PEOPLE
from organizations.models import Document
from organizations.scope import Right, Scope
from personnel.models import Discipline, Membership, Person, Precision
from tests import factories
from tests.intake.conftest import AN, BINH
from tests.intake.sheets import DAY, commit, faults_of, read, states_of, take_in, understood, workbook

pytestmark = pytest.mark.django_db

HERE = {"gender": "Nam", "organization": "CS-01", "begins": "2015"}
EVERYTHING = {
    "card": "0077",
    "name": "Lê Thị Hoa",
    "born": "8/1980",
    "gender": "Nữ",
    "ethnic_group": "Tày",
    "religion": "Không",
    "other_name": "Hoa Lê",
    "birthplace": "Xã Đông",
    "hometown": "Xã Tây",
    "residence": "Phường Nam",
    "joined_party_on": "3/2005",
    "official_on": "2006",
    "general_education": "12/12",
    "education": "Thạc sĩ",
    "field_of_study": "Luật",
    "political_theory": "Cao cấp",
    "state_management": "Chuyên viên chính",
    "foreign_languages": "Tiếng Anh B1",
    "computer_skills": "Cơ bản",
    "present_post": "Trưởng phòng",
    "retires_on": "01/9/2040",
    "retires_on_source": "Theo lộ trình",
    "organization": "CS-01",
    "begins": "2010",
}


def since_of(person: Person) -> str:
    return f"{person.memberships.get(valid_to=None).valid_from:%d/%m/%Y}"


class TestTheSheetOfPeople:
    def test_takes_in_all_that_it_has_columns_for_and_gives_it_out_again(self, old):
        take_in(PEOPLE, by=factories.office(), s0=[EVERYTHING])
        hoa = Person.objects.get(card_number="0077")
        assert (hoa.birth_display, hoa.birth_precision, hoa.education) == ("8/1980", Precision.MONTH, "master")
        assert (hoa.joined_party_on, hoa.joined_party_precision) == (date(2005, 3, 1), Precision.MONTH)
        assert (hoa.official_on, hoa.official_precision) == (date(2006, 1, 1), Precision.YEAR)
        assert hoa.memberships.get().from_display == "năm 2010"

        exported = PEOPLE.export(Scope.everything(), DAY)
        listed = PEOPLE.understand(read(PEOPLE, workbook(PEOPLE, exported)), scope=Scope.everything(), day=DAY)
        assert {each.state.value for each in listed} == {"unchanged"}

    def test_tells_more_of_somebody_known_and_leaves_the_rest(self, old):
        [each] = understood(PEOPLE, s0=[AN | {"gender": "Nam", "hometown": "Xã Tây", "education": "Đại học"}])
        assert each.differences == [("Quê quán", "", "Xã Tây"), ("Trình độ chuyên môn", "", "Đại học")]
        commit(PEOPLE, [each], by=factories.office())
        old.an.refresh_from_db()
        assert (old.an.hometown, old.an.education, old.an.ethnic_group) == ("Xã Tây", "bachelor", "Kinh")

    def test_takes_a_birthday_known_better_and_no_rougher_one(self, old):
        Person.objects.filter(pk=old.binh.pk).update(birth_date=date(1975, 1, 1), birth_precision=Precision.YEAR)
        row = BINH | {"gender": "Nữ"}
        [each] = understood(PEOPLE, s0=[row])
        assert each.differences == [("Ngày sinh", "1975", "20/8/1975")]
        commit(PEOPLE, [each], by=factories.office())
        assert states_of(PEOPLE, s0=[row]) == ["unchanged"]
        assert states_of(PEOPLE, s0=[row | {"born": "1975"}]) == ["unchanged"]

    @pytest.mark.parametrize(
        ("changed", "key", "said"),
        [
            ({"gender": "Nữ"}, "gender", "là Nam"),
            ({"joined_party_on": "1960"}, "joined_party_on", "không sau ngày sinh"),
            ({"joined_party_on": "2000", "official_on": "1999"}, "official_on", "sớm hơn ngày vào Đảng"),
            ({"retires_on": "01/01/2030"}, "retires_on_source", "cùng ghi hoặc cùng để trống"),
            ({"born": "06/3/1970"}, "born", "số thẻ này sinh 05/3/1970"),
            ({"name": "Nguyễn Văn Bảy"}, "card", "số thẻ này là của Nguyễn Văn An, sinh 05/3/1970"),
            ({"begins": "1999", "organization": "CS-01"}, "begins", "Trong sổ ghi"),
            ({"organization": "KHOI"}, "organization", "trang Nơi sinh hoạt của tệp"),
            ({"is_new": "x", "hometown": "Xã Tây"}, "is_new", "đã có đúng người này"),
            ({"education": "Tiến sỹ giỏi"}, "education", "Tiến sĩ"),
            ({"name": ""}, "name", "không được để trống"),
        ],
    )
    def test_says_what_is_wrong_of_somebody_known(self, old, changed, key, said):
        [faults] = faults_of(PEOPLE, s0=[AN | {"gender": "Nam"} | changed])
        assert list(faults) == [key]
        assert said in faults[key]

    def test_wants_a_place_and_since_when_of_somebody_new(self, old):
        new = {"name": "Người Mới", "born": "1980", "gender": "Nam"}
        assert "phải có nơi sinh hoạt đảng" in faults_of(PEOPLE, s0=[new])[0]["organization"]
        assert "từ bao giờ" in faults_of(PEOPLE, s0=[new | {"organization": "CS-01"}])[0]["begins"]
        assert "Không có tổ chức" in faults_of(PEOPLE, s0=[new | HERE | {"organization": "CS-77"}])[0]["organization"]

    def test_has_each_person_and_each_card_once(self, old):
        rows = [AN | {"gender": "Nam"}, AN | {"gender": "Nam"}]
        assert "đã có ở dòng 4" in faults_of(PEOPLE, s0=rows)[1]["name"]
        rows = [{"name": name, "born": "1980", "card": "55"} | HERE for name in ("Lê A", "Lê B")]
        assert "đã có ở dòng 4" in faults_of(PEOPLE, s0=rows)[1]["card"]
        rows = [{"name": "Lê A", "born": "1980"} | HERE] * 2
        assert "Dòng 4 có cùng họ tên và ngày sinh" in faults_of(PEOPLE, s0=rows)[1]["name"]

    def test_has_each_person_once_however_roughly_the_birthday_is_known(self, old):
        rows = [{"name": "Lê A", "born": born} | HERE for born in ("1980", "3/1980", "05/3/1980", "05/4/1981")]
        faults = faults_of(PEOPLE, s0=rows)
        assert [list(each) for each in faults] == [[], ["name"], ["name"], []]
        assert "Dòng 4 có cùng họ tên và ngày sinh khớp nhau" in faults[2]["name"]
        assert states_of(PEOPLE, s0=[rows[0], rows[2] | {"is_new": "x"}]) == ["new", "new"]
        cards = [row | {"card": card} for row, card in zip(rows[:2], ("11", "12"), strict=True)]
        assert states_of(PEOPLE, s0=cards) == ["new", "new"]

    def test_has_each_card_once_with_and_without_zeros_before_it(self, old):
        rows = [{"name": name, "born": "1980", "card": card} | HERE for name, card in (("Lê A", "055"), ("Lê B", 55))]
        assert "đã có ở dòng 4" in faults_of(PEOPLE, s0=rows)[1]["card"]


class TestDoubles:
    def test_a_namesake_of_another_year_is_somebody_else(self, old):
        assert states_of(PEOPLE, s0=[{"name": "Nguyễn Văn An", "born": "01/02/1990"} | HERE]) == ["new"]

    def test_a_namesake_of_the_year_is_asked_after_unless_both_have_cards(self, old):
        row = {"name": "Nguyễn Văn An", "born": "01/02/1970"} | HERE
        [faults] = faults_of(PEOPLE, s0=[row])
        assert "Nguyễn Văn An, sinh 05/3/1970" in faults["born"]
        assert "ghi x ở cột Người mới" in faults["born"]
        assert states_of(PEOPLE, s0=[row | {"is_new": "x"}]) == ["new"]
        assert states_of(PEOPLE, s0=[row | {"card": "0099"}]) == ["new"]

    def test_several_who_fit_are_named(self, old):
        factories.person(old.place, "Nguyễn Văn An", birth_date="1970-03-05", card_number="0002")
        [faults] = faults_of(PEOPLE, s0=[{"name": "Nguyễn Văn An", "born": "05/3/1970"} | HERE])
        assert faults["card"].count("Nguyễn Văn An, sinh 05/3/1970") == 2

    def test_another_card_of_the_same_birthday_is_asked_after(self, old):
        row = {"name": "Nguyễn Văn An", "born": "05/3/1970", "card": "0099"} | HERE
        assert "0001" in faults_of(PEOPLE, s0=[row])[0]["card"]
        assert states_of(PEOPLE, s0=[row | {"is_new": "x"}]) == ["new"]

    def test_a_twin_marked_as_new_is_entered_once_however_often_the_file_comes(self, old):
        row = {"name": "Trần Thị Bình", "born": "20/8/1975", "is_new": "x"} | HERE | {"gender": "Nữ"}
        for rows in ([row], [row, row]):  # the second file has yet another one
            take_in(PEOPLE, by=factories.office(), s0=rows)
            written = LogEntry.objects.count()
            assert states_of(PEOPLE, s0=rows) == ["unchanged"] * len(rows)
            take_in(PEOPLE, by=factories.office(), s0=rows)
            assert LogEntry.objects.count() == written
        assert Person.objects.filter(full_name="Trần Thị Bình").count() == 3

    def test_a_row_of_another_sheet_is_never_given_to_one_of_two(self, old):
        twins = [{"name": "Lê A", "born": "1980", "card": card, "is_new": "x"} | HERE for card in ("11", "12")]
        measure = {"name": "Lê A", "born": "1980", "kind": "Khiển trách", "begins": "01/02/2020"}
        assert "nhiều người" in understood(PEOPLE, s0=twins, s2=[measure])[2].faults["card"]

        take_in(PEOPLE, by=factories.office(), s0=twins, s2=[measure | {"card": "12"}])
        assert Discipline.objects.get().person.card_number == "12"
        new_twin = BINH | {"gender": "Nữ", "organization": "CS-01", "begins": "2015", "is_new": "x"}
        about = BINH | {"kind": "Khiển trách", "begins": "01/02/2020"}
        assert "nhiều người" in understood(PEOPLE, s0=[new_twin], s2=[about])[1].faults["card"]

    def test_somebody_merged_is_the_person_of_the_other_record(self, old):
        double = factories.person(old.place, "Trần Thị Bính", birth_date="1975-08-20")
        Person.objects.filter(pk=double.pk).update(merged_into=old.binh)
        [each] = understood(PEOPLE, s0=[BINH | {"name": "Trần Thị Bính", "gender": "Nữ", "hometown": "Xã Tây"}])
        assert (each.state, each.meant.person) == ("changed", old.binh)


class TestMemberships:
    def test_of_the_past_and_of_roughly_known_days(self, old):
        new = {"name": "Lê A", "born": "1980", "gender": "Nam"}
        homes = [
            {"name": "Lê A", "born": "1980", "organization": "KHOI", "begins": "3/2010", "ends": "2015"},
            {"name": "Lê A", "born": "1980", "organization": "CS-01", "begins": "01/01/2016"},
        ]
        take_in(PEOPLE, by=factories.office(), s0=[new], s1=homes)
        first, second = Membership.objects.filter(person__full_name="Lê A").order_by("valid_from")
        assert (first.from_display, first.to_display) == ("tháng 3/2010", "năm 2015")
        assert (first.valid_to, second.valid_to) == (date(2015, 12, 31), None)
        assert states_of(PEOPLE, s0=[new], s1=homes) == ["unchanged"] * 3

    def test_a_transfer_ends_one_and_begins_another(self, old):
        rows = [
            BINH | {"organization": "CS-01", "begins": since_of(old.binh), "ends": "01/02/2022"},
            BINH | {"organization": "KHOI", "begins": "01/02/2022"},
        ]
        present = BINH | {"gender": "Nữ", "organization": "KHOI", "begins": "01/02/2022"}
        listed = take_in(PEOPLE, by=factories.office(), s0=[present], s1=rows)
        assert [each.state for each in listed] == ["unchanged", "changed", "new"]
        assert listed[1].differences == [("Đến trước ngày", "", "01/02/2022")]
        assert old.binh.memberships.get(valid_to=None).organization == old.bloc
        assert states_of(PEOPLE, s0=[present], s1=rows) == ["unchanged"] * 3

    def test_an_end_that_stands_is_not_moved(self, old):
        row = BINH | {"organization": "CS-01", "begins": since_of(old.binh), "ends": "01/02/2022"}
        take_in(PEOPLE, by=factories.office(), s1=[row])
        assert "Trong sổ ghi “01/02/2022”" in faults_of(PEOPLE, s1=[row | {"ends": "01/03/2022"}])[0]["ends"]

    def test_nobody_is_a_member_in_two_places(self, old):
        row = BINH | {"organization": "KHOI", "begins": "01/02/2022"}
        assert "còn sinh hoạt ở Đảng bộ Sở Xây dựng" in faults_of(PEOPLE, s1=[row])[0]["begins"]

    def test_lie_within_the_life_of_the_organisation(self, old):
        past = BINH | {"organization": "CS-01", "begins": "3/2009", "ends": "2009"}
        assert "thành lập ngày" in faults_of(PEOPLE, s1=[past])[0]["begins"]
        gone = factories.organization(old.bloc, code="CS-09", valid_from=date(2010, 1, 1))
        gone.versions.update(valid_to=date(2019, 7, 1))
        new = {"name": "Lê A", "born": "1980", "gender": "Nam"}
        there = {"organization": "CS-09", "begins": "2015"}
        assert "đã kết thúc hoạt động từ ngày 01/7/2019" in faults_of(PEOPLE, s0=[new | there])[0]["organization"]
        home = {"name": "Lê A", "born": "1980"} | there
        assert "đã kết thúc" in understood(PEOPLE, s0=[new], s1=[home])[1].faults["ends"]
        assert "đã kết thúc" in understood(PEOPLE, s0=[new], s1=[home | {"ends": "01/8/2019"}])[1].faults["ends"]
        for end in ("01/7/2019", "2019", "7/2019"):
            assert states_of(PEOPLE, s0=[new], s1=[home | {"ends": end}]) == ["new", "new"]

    def test_sheets_that_contradict_each_other(self, old):
        new = {"name": "Lê A", "born": "1980"}
        [_, faults] = faults_of(
            PEOPLE, s0=[new | HERE], s1=[new | {"organization": "CS-01", "begins": "2015", "ends": "2018"}]
        )
        assert "Trang Đảng viên, dòng 4 ghi khác" in faults["ends"]

    def test_an_end_comes_after_the_begin(self, old):
        row = BINH | {"organization": "KHOI", "begins": "01/02/2002", "ends": "01/02/2001"}
        assert "phải sau ngày bắt đầu" in faults_of(PEOPLE, s1=[row])[0]["ends"]


class TestMeasures:
    ROW = AN | {"kind": "Cảnh cáo", "begins": "05/3/2021", "ends": "05/3/2022"}
    PAPER = {"decision_number": "12-QĐ/ĐUK", "decision_day": "05/3/2021", "decision_issuer": "KHOI"}

    def test_rest_on_the_paper_that_they_cite(self, old):
        take_in(PEOPLE, by=factories.office(), s2=[self.ROW | self.PAPER])
        measure = Discipline.objects.get()
        assert (measure.kind, measure.document.number, measure.document.issuer) == ("warning", 12, old.bloc)
        assert states_of(PEOPLE, s2=[self.ROW | self.PAPER]) == ["unchanged"]
        assert Document.objects.count() == 1

    def test_stand_once(self, old):
        assert "dòng khác" in faults_of(PEOPLE, s2=[self.ROW, self.ROW])[1]["kind"]

    def test_say_what_is_wrong(self, old):
        assert "còn thiếu" in faults_of(PEOPLE, s2=[self.ROW | {"decision_day": "05/3/2021"}])[0]["decision_number"]
        assert "phải sau" in faults_of(PEOPLE, s2=[self.ROW | {"ends": "05/3/2021"}])[0]["ends"]
        nobody = {"name": "Không Có Ai", "born": "1980", "kind": "Cảnh cáo", "begins": "05/3/2021"}
        assert "Không có đồng chí nào" in faults_of(PEOPLE, s2=[nobody])[0]["name"]


class TestScope:
    @pytest.fixture
    def hidden(self, old):
        other = factories.organization(old.bloc, code="CS-02", name="Đảng bộ Sở Kín")
        return factories.person(other, "Phạm Văn Kín", birth_date="1970-01-01", card_number="0500")

    @pytest.fixture
    def clerk(self, old):
        return factories.holder_of(Right.KEEP_REGISTER, Right.VIEW, path=old.place.path)

    def test_nothing_is_told_of_whoever_is_outside(self, old, hidden, clerk):
        rows = [
            {"name": "Phạm Văn Kín", "born": "1970", "card": "0500"} | HERE,
            {"name": "Lê B", "born": "1981"} | HERE | {"organization": "CS-02"},
        ]
        card, place = faults_of(PEOPLE, clerk.scope, s0=rows)
        assert card == {"card": "Số thẻ này đã thuộc về một người khác trong sổ. Hãy sửa số thẻ."}
        assert "nằm ngoài phạm vi" in place["organization"]
        assert "Kín" not in str([card, place])
        assert states_of(PEOPLE, clerk.scope, s0=[{"name": "Phạm Văn Kín", "born": "1970"} | HERE]) == ["new"]

    def test_exports_are_of_the_scope(self, old, hidden, clerk):
        told = PEOPLE.export(clerk.scope, DAY)
        assert len(told["Đảng viên"]) == 2
        assert "Kín" not in str(told)

    def test_somebody_only_seen_is_not_described(self, old, hidden):
        reader = factories.holder_of(Right.VIEW, path=old.bloc.path)
        clerk_there = Scope.of(
            [(Right.VIEW, {old.bloc.path}), (Right.KEEP_REGISTER, {hidden.memberships.get().organization.path})]
        )
        assert reader.scope.covers(old.place.path)
        [faults] = faults_of(PEOPLE, clerk_there, s0=[AN | {"gender": "Nam", "hometown": "Xã Tây"}])
        assert "ngoài phạm vi mà bạn được sửa" in faults["name"]
