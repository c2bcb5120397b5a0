"""The profile of a person: what is known, the one timeline, alerts with their reckoning, papers, the sheet to print."""

from datetime import date

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from accounts.roles import Role
from organizations.models import Organization
from organizations.scope import Scope
from personnel.actions import discipline
from personnel.career import Career, Stretch
from personnel.models import Holding, Person
from personnel.profile import profile_of
from regulations.models import RetirementAge, Rule
from tests import factories
from tests.pages import as_board, as_role, text_of

pytestmark = pytest.mark.django_db
JUNE = date(2022, 6, 1)
LOCK = "Phần quy hoạch chỉ hiện với người được xem danh sách quy hoạch"


@pytest.fixture
def bloc() -> Organization:
    bloc = factories.organization(name="Đảng bộ Khối")
    factories.term(bloc)
    return bloc


@pytest.fixture
def place(bloc) -> Organization:
    place = factories.organization(bloc, name="Đảng bộ Sở Xây dựng")
    factories.term(place)
    return place


@pytest.fixture
def someone(place) -> Person:
    return factories.person(place, "Lê Thị An", birth_date=date(1985, 5, 20), gender="female")


def page_of(person: Person, of: Organization, day: date = JUNE) -> str:
    return text_of(as_board(of, day).get(person.get_absolute_url()))


def planned(bloc: Organization, place: Organization, person: Person, code: str = "secretary"):
    planning_round = factories.planning_round(bloc)
    entry = factories.plan_entry(planning_round, person, place, code)
    factories.approved(planning_round, place)
    return entry


class TestFacts:
    def test_what_nobody_knows_is_said_so(self, bloc, someone):
        page = page_of(someone, bloc)
        for label in ("Tên gọi khác", "Tôn giáo", "Nơi sinh", "Quản lý nhà nước", "Ngoại ngữ", "Tin học"):
            assert f"{label} chưa có số liệu" in page

    def test_party_days_are_said_as_far_as_they_are_known(self, bloc, place):
        person = factories.person(
            place, joined_party_on=date(2005, 1, 1), joined_party_precision="year", official_on=date(2006, 3, 1),
            official_precision="month",
        )  # fmt: skip
        page = page_of(person, bloc)
        assert "Ngày vào Đảng 2005 Ngày chính thức 3/2006" in page
        row = dict(profile_of(person, Scope.everything(), JUNE).extract)
        assert (row["Ngày vào Đảng"], row["Ngày chính thức"]) == ("2005", "3/2006")

    def test_days_of_seats_and_memberships_are_said_as_far_as_they_are_known(self, bloc, place, someone):
        factories.seated(someone, place, on=date(2021, 1, 1))
        Holding.objects.update(from_precision="year")
        someone.memberships.update(from_precision="month")
        page = page_of(someone, bloc)
        assert "2020-2025 năm 2021 Chỉ định" in page
        assert "Đảng bộ Sở Xây dựng tháng 1/2015" in page
        sheet = text_of(as_board(bloc, JUNE).get(reverse("personnel:person_sheet", args=[someone.pk])))
        assert "từ năm 2021, đang giữ" in sheet
        assert "từ tháng 1/2015" in sheet

    def test_what_rests_on_a_rough_day_is_told(self, bloc, place, someone):
        factories.seated(someone, place, on=date(2021, 1, 1))
        Holding.objects.update(from_precision="year")
        told = "dựa trên ngày chỉ biết tháng hoặc năm: chức danh Ủy viên Ban Chấp hành"
        assert told in page_of(someone, bloc, date(2021, 7, 1))
        assert told not in page_of(someone, bloc)


class TestTimeline:
    def test_seats_and_plans_stand_on_one(self, bloc, place, someone):
        factories.seated(someone, place)
        planned(bloc, place, someone)
        answer = as_board(bloc, JUNE).get(someone.get_absolute_url())
        html, page = answer.content.decode(), text_of(answer)
        sentences = (
            "Ủy viên Ban Chấp hành, Đảng bộ Sở Xây dựng, nhiệm kỳ 2020-2025: từ 10/3/2022, đang giữ",
            "Quy hoạch Bí thư, Đảng bộ Sở Xây dựng, nhiệm kỳ 2025-2030: từ 10/3/2022, đang trong quy hoạch",
        )
        for sentence in sentences:
            assert f"<title>{sentence}</title>" in html
        assert "<desc" in html
        assert "Quá trình từ năm 2022: 1 lần giữ chức danh và 1 lần trong quy hoạch." in page
        assert "Quy hoạch Bí thư Đảng bộ Sở Xây dựng 2025-2030 10/3/2022 Đã phê duyệt đang trong quy hoạch" in page
        assert LOCK in page

    def test_every_bar_leads_to_its_row(self, bloc, place, someone):
        factories.seated(someone, place)
        planned(bloc, place, someone)
        html = as_board(bloc, JUNE).get(someone.get_absolute_url()).content.decode()
        for stretch in profile_of(someone, Scope.everything(), JUNE).career.stretches:
            assert html.count(f'href="#{stretch.key}"') == html.count(f'id="{stretch.key}"') == 1

    def test_a_dossier_out_of_sight_is_named_without_a_link(self, bloc, place, someone):
        for organization in (bloc, place):
            factories.seated(someone, organization, on=date(2022, 3, 10))
        retired = factories.confirmed(bloc, factories.release(someone, proposed_on=date(2022, 5, 1)))
        assert someone.holdings.filter(ended_by=retired).count() == 2
        for of, links in ((bloc, 2), (place, 0)):
            html = as_board(of, JUNE).get(someone.get_absolute_url()).content.decode()
            table = html.partition('<tr id="chuc-danh')[2].partition("</table>")[0]
            assert table.count(f'href="{retired.get_absolute_url()}"') == links
            assert retired.code in table

    def test_is_as_of_the_day(self, bloc, place, someone):
        planned(bloc, place, someone)
        assert "Đã giới thiệu, chưa phê duyệt" in page_of(someone, bloc, date(2022, 2, 10))
        assert "Quy hoạch Bí thư" not in page_of(someone, bloc, date(2022, 1, 31))

    @pytest.mark.parametrize("role", [Role.LEADER, Role.INSPECTION])
    def test_plans_are_not_for_those_who_may_not_see_them(self, bloc, place, someone, role):
        factories.seated(someone, place)
        planned(bloc, place, someone)
        html = as_role(role, bloc, JUNE).get(someone.get_absolute_url()).content.decode().partition("<main")[2]
        for word in ("Quy hoạch", "quy hoạch", "2025-2030", "trình quy hoạch"):
            assert word not in html
        assert "đang giữ" in html
        assert not LogEntry.objects.filter(action=LogEntry.Action.ACCESS).exists()

    def test_plans_of_another_part_of_the_tree_are_not_told(self, bloc, place, someone):
        beside = factories.organization(bloc)
        factories.term(beside)
        factories.seated(someone, beside)
        planned(bloc, place, someone)
        page = text_of(as_board(beside, JUNE).get(someone.get_absolute_url()))
        assert LOCK not in page
        assert "Đã phê duyệt" not in page

    def test_each_look_is_journaled(self, bloc, someone):
        page_of(someone, bloc)
        [entry] = LogEntry.objects.get_for_object(someone).filter(action=LogEntry.Action.ACCESS)
        assert entry.additional_data["act"] == "Xem hồ sơ đảng viên kèm quy hoạch"

    def test_printing_it_is_journaled(self, bloc, someone):
        client = as_board(bloc, JUNE)
        address = {"page": someone.get_absolute_url()}
        page = client.get(someone.get_absolute_url()).content.decode()
        assert reverse("planning:entry_printed") in page
        assert client.post(reverse("planning:entry_printed"), address).status_code == 204
        told = [entry.additional_data["act"] for entry in LogEntry.objects.get_for_object(someone)]
        assert "In hồ sơ đảng viên kèm quy hoạch" in told
        leader = as_role(Role.LEADER, bloc)
        assert leader.post(reverse("planning:entry_printed"), address).status_code in (403, 404)

    def test_bars_lie_inside_the_picture_and_keep_their_order(self):
        days = [date(1999, 12, 31), date(2003, 1, 1), date(2020, 2, 29)]
        stretches = [
            Stretch(str(day), False, "Bí thư", "A", "A", "2020-2025", day, end, "", "", "")
            for day in days
            for end in (None, date(2022, 1, 1))
        ]
        course = Career(stretches, JUNE)
        for bar in course.bars:
            assert 0 <= bar.x < bar.x + bar.width <= course.width
            assert 0 < bar.y < course.height
        assert [tick.x for tick in course.ticks] == sorted(tick.x for tick in course.ticks)
        assert len({bar.y for bar in course.bars}) == len(stretches)


class TestAlerts:
    """By the seeded table a woman born in 05/1967 reaches her age of 56 years in 5/2023."""

    def steps(self, person: Person, day: date = JUNE) -> dict[str, str]:
        return {each.finding.message: each.steps for each in profile_of(person, Scope.everything(), day).alerts()}

    def test_nothing_to_think_of(self, someone, place):
        factories.seated(someone, place)
        assert self.steps(someone) == {}

    def test_retires_before_the_end_of_the_term(self, bloc, place):
        person = factories.person(place, birth_date=date(1967, 5, 20), gender="female")
        factories.seated(person, place)
        found = self.steps(person)
        told = "Nghỉ hưu trước khi hết nhiệm kỳ 2020-2025 của Đảng bộ Sở Xây dựng."
        assert found[told] == "Sinh 05/1967 · nữ · đủ 56 tuổi vào 5/2023 · nhiệm kỳ kết thúc 6/2025"
        page = page_of(person, bloc)
        assert told in page
        assert found[told] in page
        assert "chưa kiểm chứng" in page

    def test_a_decision_stands_above_the_table(self, place):
        person = factories.person(
            place, birth_date=date(1967, 5, 20), gender="female", retires_on=date(2030, 1, 31),
            retires_on_source="QĐ kéo dài",
        )  # fmt: skip
        factories.seated(person, place)
        assert not [message for message in self.steps(person) if message.startswith("Nghỉ hưu")]

    @pytest.mark.parametrize(("born", "needed"), [(date(1967, 3, 1), True), (date(1967, 6, 1), False)])
    def test_months_left_at_the_coming_congress_for_re_election(self, place, born, needed):
        """The congress is due in 6/2025; whoever works to 6/2029 has just the 48 months."""
        RetirementAge.objects.filter(gender="male").delete()
        RetirementAge.objects.create(gender="male", valid_from=date(1960, 1, 1), months=62 * 12, grade="C")
        person = factories.person(place, birth_date=born, gender="male")
        factories.seated(person, place)
        found = [message for message in self.steps(person) if "tái cử" in message]
        assert bool(found) is needed
        if needed:
            assert found == [
                "Không đủ thời gian công tác để tái cử cấp ủy Đảng bộ Sở Xây dựng: còn 45 tháng, cần 48 tháng."
            ]

    @pytest.mark.parametrize(("month", "needed"), [(5, True), (6, False)])
    def test_months_left_at_nomination(self, place, month, needed):
        RetirementAge.objects.filter(gender="male").delete()
        RetirementAge.objects.create(gender="male", valid_from=date(1960, 1, 1), months=62 * 12, grade="C")
        person = factories.person(place, birth_date=date(1968, month, 1), gender="male")
        found = [message for message in self.steps(person) if "được giới thiệu lần đầu" in message]
        assert bool(found) is needed

    def test_the_threshold_is_the_one_of_the_rulebook(self, place):
        person = factories.person(place, birth_date=date(1985, 5, 20), gender="female")
        factories.seated(person, place)
        Rule.objects.filter(code="reelection_months_left").update(value=600)
        assert [message for message in self.steps(person) if "cần 600 tháng" in message]

    def test_less_than_a_term_left_is_said_of_a_plan_to_those_who_see_plans(self, bloc, place):
        person = factories.person(place, birth_date=date(1985, 5, 20), gender="female")
        planned(bloc, place, person)
        Person.objects.filter(pk=person.pk).update(birth_date=date(1970, 5, 20))
        person.refresh_from_db()
        [(message, steps)] = [each for each in self.steps(person).items() if "một nhiệm kỳ" in each[0]]
        assert message.startswith("Còn ít hơn một nhiệm kỳ công tác, quy hoạch Bí thư 2025-2030: còn ")
        assert "nhiệm kỳ quy hoạch bắt đầu 6/2025" in steps
        leader = text_of(as_role(Role.LEADER, bloc, JUNE).get(person.get_absolute_url()))
        assert "một nhiệm kỳ" not in leader

    def test_a_measure_in_force(self, someone):
        discipline(
            someone, kind="warning", valid_from=date(2022, 3, 1), valid_to=date(2023, 3, 1), by=factories.office()
        )
        told = "Đang trong thời gian chịu kỷ luật cảnh cáo, từ 01/3/2022, hết hiệu lực từ 01/3/2023."
        assert told in self.steps(someone)
        assert told not in self.steps(someone, date(2023, 3, 1))

    @pytest.mark.parametrize(("precision", "lacks"), [("year", "ngày và tháng"), ("month", "ngày")])
    def test_a_birthday_known_in_part(self, place, precision, lacks):
        person = factories.person(place, birth_date=date(1967, 1, 1), birth_precision=precision, gender="female")
        found = self.steps(person)
        [(_, steps)] = [each for each in found.items() if each[0].startswith(f"Chưa biết {lacks} sinh")]
        if precision == "year":
            assert steps.startswith("Sinh 1967 · nữ · đủ tuổi nghỉ hưu trong khoảng ")


class TestPapers:
    def test_those_that_concern_the_person(self, bloc, place, someone):
        holding = factories.seated(someone, place)
        decision = holding.began_by.dossier.decision
        page = as_board(bloc, JUNE).get(someone.get_absolute_url()).content.decode()
        assert f'<a href="{decision.get_absolute_url()}">{decision.citation}</a>' in page
        assert f"quyết định hồ sơ {holding.began_by.dossier.code}" in page

    def test_of_plans_only_for_those_who_see_plans(self, bloc, place, someone):
        entry = planned(bloc, place, someone)
        entry.refresh_from_db()
        citation = entry.approval.decision.citation
        assert citation in page_of(someone, bloc)
        assert citation not in text_of(as_role(Role.LEADER, bloc, JUNE).get(someone.get_absolute_url()))

    def test_of_a_later_day_are_not_known_yet(self, bloc, place, someone):
        decision = factories.seated(someone, place).began_by.dossier.decision
        assert decision.citation not in page_of(someone, bloc, date(2022, 3, 1))


class TestSheetAndRow:
    def test_the_sheet_says_nothing_of_plans(self, bloc, place, someone):
        factories.seated(someone, place)
        planned(bloc, place, someone)
        sheet = text_of(as_board(bloc, JUNE).get(reverse("personnel:person_sheet", args=[someone.pk])))
        assert "2025-2030" not in sheet
        assert "Ủy viên Ban Chấp hành, Đảng bộ Sở Xây dựng, nhiệm kỳ 2020-2025: từ 10/3/2022, đang giữ" in sheet
        assert not LogEntry.objects.filter(action=LogEntry.Action.ACCESS).exists()

    def test_the_row_has_the_columns_of_an_extract_list(self, bloc, place, someone):
        factories.seated(someone, place)
        planned(bloc, place, someone)
        discipline(someone, kind="reprimand", valid_from=date(2022, 5, 1), valid_to=None, by=factories.office())
        row = dict(profile_of(someone, Scope.everything(), JUNE).extract)
        assert row["Chức vụ hiện nay"] == "Ủy viên Ban Chấp hành Đảng bộ Sở Xây dựng"
        assert row["Chức danh quy hoạch"] == "Bí thư 2025-2030"
        assert row["Kỷ luật"] == "Khiển trách"
        assert row["Xếp loại 3 năm gần nhất"] == "chưa có số liệu"
        blind = profile_of(someone, Scope.everything(), JUNE, with_plans=False).extract
        assert "Chức danh quy hoạch" not in dict(blind)
