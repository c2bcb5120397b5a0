"""Entering dated facts about a person: a disciplinary measure, a political conclusion; and who sees them."""

from datetime import date, timedelta

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from accounts.roles import Role
from common.errors import Refused
from common.periods import today
from organizations.models import Document, Organization
from personnel.actions import conclude_politically, discipline, transfer_membership
from personnel.models import Discipline, Person, PoliticalConclusion
from tests import factories
from tests.pages import as_board, as_role, text_of

pytestmark = pytest.mark.django_db

BEGINS = date(2023, 3, 1)
PROPOSALS = reverse("planning:proposals")


@pytest.fixture
def bloc() -> Organization:
    bloc = factories.organization(name="Đảng bộ Khối")
    factories.term(bloc)
    return bloc


@pytest.fixture
def agency(bloc) -> Organization:
    agency = factories.organization(bloc, name="Đảng bộ Sở Xây dựng", code="SXD")
    factories.term(agency)
    return agency


@pytest.fixture
def someone(agency) -> Person:
    return factories.person(agency, "Lê Văn An")


def url(person, page="person_discipline"):
    return reverse(f"personnel:{page}", args=[person.pk])


def measure(**more):
    return {"kind": "warning", "valid_from": "01/3/2023", "valid_to": "01/3/2024", "source": "none"} | more


def conclusion(**more):
    return {"valid_from": "01/3/2023", "valid_to": "", "source": "none"} | more


def new_paper(**more):
    fields = {"number": "12", "symbol": "QĐ", "issued_on": "28/02/2023", "summary": "Thi hành kỷ luật", "signed_by": ""}
    return {"source": "new", "issued_by": "SXD", "issuer_name": "", "type": "QĐ"} | fields | more


def plan_for(bloc, agency, person):
    first = factories.planning_round(bloc)
    entry = factories.plan_entry(first, person, agency)
    factories.approved(first, agency)
    return entry


class TestDiscipline:
    def test_is_entered_over_its_days_the_last_one_excluded(self, bloc, someone):
        response = as_board(bloc).post(url(someone), measure(), follow=True)
        [entered] = Discipline.objects.all()
        assert (entered.person, entered.kind, entered.document) == (someone, "warning", None)
        assert (entered.valid_from, entered.valid_to) == (BEGINS, date(2024, 3, 1))
        assert "Đã ghi kỷ luật cảnh cáo đối với Lê Văn An, có hiệu lực từ 01/3/2023." in text_of(response)
        assert "Cảnh cáo 01/3/2023 01/3/2024" in text_of(response)

    def test_its_end_may_be_unknown(self, bloc, someone):
        as_board(bloc).post(url(someone), measure(valid_to=""))
        assert Discipline.objects.get().valid_to is None

    def test_under_a_decision_entered_before(self, bloc, someone):
        decision = factories.document(issued_on=date(2023, 2, 28))
        as_board(bloc).post(url(someone), measure(source="existing", existing=str(decision.pk)))
        assert Discipline.objects.get().document == decision

    def test_under_a_new_decision_of_the_organisation(self, bloc, agency, someone):
        as_board(bloc).post(url(someone), measure(**new_paper()))
        decision = Discipline.objects.get().document
        assert (decision.type, decision.number, decision.issuer) == ("QĐ", 12, agency)
        assert decision.issued_on == date(2023, 2, 28)

    def test_under_a_new_decision_of_somebody_outside(self, bloc, someone):
        paper = new_paper(issued_by="outside", issuer_name="Ủy ban Kiểm tra Tỉnh ủy")
        as_board(bloc).post(url(someone), measure(**paper))
        decision = Discipline.objects.get().document
        assert (decision.issuer, decision.issuer_name) == (None, "Ủy ban Kiểm tra Tỉnh ủy")

    @pytest.mark.parametrize(
        ("given", "sentence"),
        [
            ({"kind": ""}, "Hãy chọn hình thức kỷ luật."),
            ({"valid_from": ""}, "Hãy nhập ngày có hiệu lực."),
            ({"valid_from": "31/12/2040"}, "chưa đến"),
            ({"valid_to": "01/3/2023"}, "phải sau ngày có hiệu lực"),
            ({"source": "existing"}, "Hãy chọn một văn bản"),
            (new_paper(number=""), "Hãy ghi số văn bản."),
            (new_paper(issued_by=""), "Hãy chọn cơ quan ban hành."),
            (new_paper(issued_by="outside"), "Hãy ghi tên cơ quan ban hành."),
            (new_paper(issued_on="31/12/2040"), "chưa đến"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_entered(self, bloc, someone, given, sentence):
        response = as_board(bloc).post(url(someone), measure(**given))
        assert response.status_code == 422
        assert sentence in response.content.decode()
        assert not Discipline.objects.exists()
        assert not Document.objects.exists()

    def test_a_number_used_already_keeps_the_measure_out_too(self, bloc, agency, someone):
        factories.document(agency, date(2023, 1, 5), number=12)
        response = as_board(bloc).post(url(someone), measure(**new_paper()))
        assert response.status_code == 422
        assert "Số 12 đã được dùng" in response.content.decode()
        assert not Discipline.objects.exists()

    def test_the_act_refuses_the_same_measure_a_second_time(self, someone):
        fields = {"valid_from": BEGINS, "by": factories.office()}
        discipline(someone, kind="warning", valid_to=None, **fields)
        with pytest.raises(Refused, match=r"Kỷ luật cảnh cáo từ ngày 01/3/2023 của Lê Văn An đã được ghi nhận\."):
            discipline(someone, kind="warning", valid_to=date(2024, 3, 1), **fields)
        assert discipline(someone, kind="reprimand", valid_to=None, **fields)

    def test_sent_twice_it_is_entered_once(self, bloc, someone):
        client = as_board(bloc)
        client.post(url(someone), measure(**new_paper()))
        response = client.post(url(someone), measure(**new_paper()), follow=True)
        assert "đã được ghi từ trước" in text_of(response)
        assert Discipline.objects.count() == Document.objects.count() == 1

    def test_of_somebody_in_a_plan_it_leads_to_the_proposals(self, bloc, agency, someone):
        plan_for(bloc, agency, someone)
        response = as_board(bloc).post(url(someone), measure(valid_to=""), follow=True)
        assert "Lê Văn An đang có trong quy hoạch 01 chức danh." in text_of(response)
        assert f'href="{PROPOSALS}"' in response.content.decode()

    @pytest.mark.parametrize(("ends", "told"), [(today(), False), (today() + timedelta(days=1), True)])
    def test_but_not_when_it_has_expired(self, bloc, agency, someone, ends, told):
        plan_for(bloc, agency, someone)
        response = as_board(bloc).post(url(someone), measure(valid_to=f"{ends:%d/%m/%Y}"), follow=True)
        assert ("đang có trong quy hoạch" in text_of(response)) is told

    def test_nor_of_a_plan_that_one_may_not_see(self, bloc, agency, someone):
        other = factories.organization(bloc)
        factories.term(other)
        plan_for(bloc, other, someone)
        response = as_role(Role.ORGANIZATION_BOARD, agency).post(url(someone), measure(valid_to=""), follow=True)
        assert "đang có trong quy hoạch" not in text_of(response)

    def test_is_the_work_of_those_who_draft_for_the_persons_organisation(self, bloc, agency, someone):
        clerk = as_role(Role.GRASSROOTS_CLERK, agency)
        assert clerk.post(url(someone), measure()).status_code == 302
        for role in (Role.CONFIRMER, Role.INSPECTION, Role.LEADER, Role.ADMINISTRATOR):
            assert as_role(role, bloc).post(url(someone), measure(kind="removal")).status_code == 403
        assert as_role(Role.GRASSROOTS_CLERK, factories.organization(bloc)).get(url(someone)).status_code == 404
        assert Discipline.objects.count() == 1

    def test_whoever_moved_away_is_left_to_the_new_organisation(self, bloc, agency, someone):
        other = factories.organization(bloc)
        transfer_membership(someone, to=other, effective_on=date(2024, 1, 1), by=factories.office())
        client = as_role(Role.GRASSROOTS_CLERK, agency)
        response = client.post(url(someone), measure(), follow=True)
        assert "Vai trò của bạn không bao gồm việc ghi kỷ luật" in text_of(response)
        assert not Discipline.objects.exists()


class TestConclusion:
    def test_is_entered_from_its_day_on(self, bloc, someone):
        response = as_board(bloc).post(url(someone, "person_conclusion"), conclusion(), follow=True)
        entered = PoliticalConclusion.objects.get()
        assert (entered.person, entered.valid_from, entered.valid_to) == (someone, BEGINS, None)
        assert "Không bảo đảm tiêu chuẩn chính trị 01/3/2023 — —" in text_of(response)

    def test_under_a_new_paper_of_its_type(self, bloc, someone):
        as_board(bloc).post(url(someone, "person_conclusion"), conclusion(**new_paper(type="KL")))
        assert PoliticalConclusion.objects.get().document.type == "KL"

    def test_sent_twice_it_is_entered_once(self, bloc, someone):
        client = as_board(bloc)
        client.post(url(someone, "person_conclusion"), conclusion())
        response = client.post(url(someone, "person_conclusion"), conclusion(), follow=True)
        assert "đã được ghi từ trước" in text_of(response)
        assert PoliticalConclusion.objects.count() == 1

    def test_another_one_in_force_then_is_refused(self, bloc, someone):
        conclude_politically(someone, valid_from=BEGINS, by=factories.office())
        response = as_board(bloc).post(url(someone, "person_conclusion"), conclusion(valid_from="01/4/2023"))
        assert response.status_code == 422
        assert "Đã có kết luận khác về Lê Văn An" in response.content.decode()

    def test_of_somebody_in_a_plan_it_leads_to_the_proposals(self, bloc, agency, someone):
        plan_for(bloc, agency, someone)
        response = as_board(bloc).post(url(someone, "person_conclusion"), conclusion(), follow=True)
        assert "đang có trong quy hoạch" in text_of(response)

    def test_is_the_work_of_those_who_plan(self, bloc, agency, someone):
        for role in (Role.GRASSROOTS_CLERK, Role.CONFIRMER, Role.INSPECTION, Role.LEADER):
            assert as_role(role, bloc).post(url(someone, "person_conclusion"), conclusion()).status_code == 403
        beside = factories.organization(bloc)
        assert as_role(Role.ORGANIZATION_BOARD, beside).get(url(someone, "person_conclusion")).status_code == 404
        assert not PoliticalConclusion.objects.exists()


class TestPersonPage:
    SENTENCE = "Không bảo đảm tiêu chuẩn chính trị"

    @pytest.fixture
    def concluded(self, someone) -> Person:
        conclude_politically(someone, valid_from=BEGINS, by=factories.office())
        return someone

    def accesses(self) -> list[str]:
        found = LogEntry.objects.filter(action=LogEntry.Action.ACCESS)
        return [entry.additional_data["act"] for entry in found]

    def test_a_conclusion_is_shown_to_those_who_see_plans_and_to_nobody_else(self, bloc, agency, concluded):
        seen = {
            role: self.SENTENCE in as_role(role, bloc).get(concluded.get_absolute_url()).content.decode()
            for role in Role.values
        }
        those = {role for role, sees in seen.items() if sees}
        assert those == {Role.ORGANIZATION_BOARD, Role.CONFIRMER, Role.GRASSROOTS_CLERK}
        entrusted = as_role(Role.LEADER, bloc, sees_plans=True).get(concluded.get_absolute_url())
        assert self.SENTENCE in entrusted.content.decode()

    def test_each_look_at_it_is_journaled(self, bloc, concluded):
        as_board(bloc).get(concluded.get_absolute_url())
        as_role(Role.LEADER, bloc).get(concluded.get_absolute_url())
        assert self.accesses().count("Xem kết luận về tiêu chuẩn chính trị") == 1

    def test_a_page_without_one_is_not(self, bloc, someone):
        as_board(bloc).get(someone.get_absolute_url())
        assert "Xem kết luận về tiêu chuẩn chính trị" not in self.accesses()

    def test_is_shown_from_its_day_on(self, bloc, concluded):
        before = as_board(bloc, date(2023, 2, 28)).get(concluded.get_absolute_url())
        assert self.SENTENCE not in before.content.decode()

    @pytest.mark.parametrize(
        ("role", "discipline", "conclusion"),
        [
            (Role.ORGANIZATION_BOARD, True, True),
            (Role.GRASSROOTS_CLERK, True, False),
            (Role.CONFIRMER, False, False),
            (Role.LEADER, False, False),
        ],
    )
    def test_offers_what_one_may_enter(self, bloc, someone, role, discipline, conclusion):
        page = as_role(role, bloc).get(someone.get_absolute_url()).content.decode()
        assert (url(someone) in page) is discipline
        assert (url(someone, "person_conclusion") in page) is conclusion
