"""Pages on which a dossier moves on: every act by every role in every state, every sentence, every second click."""

import re
from datetime import date, timedelta

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Assignment, User
from accounts.roles import Role
from common.errors import WrongState
from common.formats import short_day
from common.periods import today
from organizations.models import Document, Organization
from personnel import actions
from personnel.models import ChangeItem, Dossier, Holding, Judgement, Person
from tests import factories
from tests.pages import MOST_QUERIES, count_queries, signed_in, text_of

pytestmark = pytest.mark.django_db

STATES = ("draft", "submitted", "confirmed", "refused", "withdrawn")
ACTS = {  # name of the page: by whom, from which states, to which
    "dossier_submit": ("drafters", {"draft"}, "submitted"),
    "dossier_withdraw": ("drafters", {"draft", "submitted"}, "withdrawn"),
    "dossier_confirm": ("deciders", {"submitted"}, "confirmed"),
    "dossier_return": ("deciders", {"submitted"}, "draft"),
    "dossier_refuse": ("deciders", {"submitted"}, "refused"),
}
DRAFTERS = ("board", "clerk", "drafter")
DECIDERS = ("confirmer",)
HOLDERS = {"drafters": DRAFTERS, "deciders": DECIDERS}
WITHOUT_THE_ROLE = {  # whose roles do not open the page at all
    "drafters": {"confirmer", "leader", "administrator", "nobody"},
    "deciders": {"board", "clerk", "clerk_elsewhere", "inspection", "leader", "administrator", "nobody"},
}
EVERYBODY = (*DRAFTERS, *DECIDERS, "clerk_elsewhere", "inspection", "leader", "administrator", "nobody")


@pytest.fixture
def bloc() -> Organization:
    made = factories.organization(name="Đảng bộ Khối", code="KHOI")
    factories.term(made, begins=date(today().year - 1, 6, 15))
    return made


@pytest.fixture
def grassroots(bloc) -> Organization:
    made = factories.organization(bloc, name="Đảng bộ Sở Xây dựng", code="SXD")
    factories.term(made, begins=date(today().year - 1, 6, 15))
    return made


@pytest.fixture
def users(bloc, grassroots) -> dict[str, User]:
    """One of each; the drafter has drafted every dossier here and may confirm, too, but not these."""
    made = {
        "drafter": factories.user(Role.ORGANIZATION_BOARD, bloc, full_name="Người Lập"),
        "board": factories.user(Role.ORGANIZATION_BOARD, bloc),
        "clerk": factories.user(Role.GRASSROOTS_CLERK, grassroots),
        "confirmer": factories.user(Role.CONFIRMER, bloc, full_name="Người Chuẩn Y"),
        "clerk_elsewhere": factories.user(Role.GRASSROOTS_CLERK, factories.organization(bloc)),
        "inspection": factories.user(Role.INSPECTION, bloc),
        "leader": factories.user(Role.LEADER, bloc),
        "administrator": factories.user(Role.ADMINISTRATOR, bloc),
        "nobody": factories.user(role=None),
    }
    Assignment.objects.create(user=made["drafter"], role=Role.CONFIRMER, organization=bloc)
    return made


@pytest.fixture
def dossier(grassroots, users) -> Dossier:
    """A draft that nothing is to be said against."""
    return draft(grassroots, users)


def draft(grassroots: Organization, users: dict[str, User], *items, **fields) -> Dossier:
    items = items or [factories.appointment(factories.person(grassroots, "Đỗ Thị Hòa"))]
    return factories.dossier(grassroots, *items, by=users["drafter"], opened_on=today(), **fields)


def brought_to(state: str, dossier: Dossier, users: dict[str, User]) -> Dossier:
    """Bring a draft to the state, by the actions."""
    if state in ("submitted", "confirmed", "refused"):
        actions.submit(dossier, by=users["drafter"], explanation=factories.EXPLANATION)
    if state == "confirmed":
        issuer = dossier.organization.parent
        actions.confirm(dossier, by=users["confirmer"], decision=factories.document(issuer, today()))
    if state == "refused":
        actions.refuse(dossier, by=users["confirmer"], reason="Chưa đủ điều kiện")
    if state == "withdrawn":
        actions.withdraw(dossier, by=users["drafter"], reason="Lập nhầm")
    return Dossier.objects.get(pk=dossier.pk)


def url_of(page: str, dossier: Dossier) -> str:
    return reverse(f"personnel:{page}", args=[dossier.pk])


def filled_in(page: str, dossier: Dossier, **fields) -> dict[str, object]:
    """Return what a user sends with this page."""
    if page == "dossier_confirm":
        accepted = [item.pk for item in dossier.items.all()]
        day = f"{today():%d/%m/%Y}"
        new = {"number": "17", "symbol": "ĐUK", "issued_on": day, "signed_by": "Bùi Văn Ký", "summary": "Chuẩn y"}
        return {"accepted": accepted, "source": "new"} | new | fields
    if page == "dossier_submit":
        return {"explanation": ""} | fields
    return {"reason": "Thiếu biên bản kiểm phiếu"} | fields


def written() -> tuple:
    """Return what changes as soon as anything is written."""
    states = list(Dossier.objects.order_by("pk").values_list("state", "reason", "submitted_on", "decided_on"))
    return states, LogEntry.objects.count(), Document.objects.count(), Holding.objects.count()


def sentences_of(client: Client, url: str) -> list[str]:
    """Return the messages that the next page shows."""
    return [str(message) for message in client.get(url).context["messages"]]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("page", ACTS)
def test_an_act_goes_on_for_its_roles_in_its_states_and_writes_nothing_otherwise(page, state, grassroots, users):
    holders, begins, ends = ACTS[page]
    for name in EVERYBODY:
        dossier = brought_to(
            state, draft(grassroots, users, factories.appointment(factories.person(grassroots))), users
        )
        before = written()
        number = str(Document.objects.count() + 100)
        answer = signed_in(users[name]).post(url_of(page, dossier), filled_in(page, dossier, number=number))
        case = f"{name} {page} {state}"
        if name in WITHOUT_THE_ROLE[holders]:
            assert answer.status_code == 403, case
        elif name == "clerk_elsewhere":
            assert answer.status_code == 404, case
        else:
            assert (answer.status_code, answer.headers["Location"]) == (302, dossier.get_absolute_url()), case
        if name in HOLDERS[holders] and state in begins:
            dossier.refresh_from_db()
            assert dossier.state == ends, case
        else:
            assert written() == before, case


@pytest.mark.parametrize("state", STATES)
def test_the_page_of_a_dossier_offers_what_may_be_done_next_and_no_more(state, grassroots, users, dossier):
    dossier = brought_to(state, dossier, users)
    for name in ("board", "clerk", "drafter", "confirmer", "inspection", "leader", "administrator"):
        steps = signed_in(users[name]).get(dossier.get_absolute_url()).context["steps"]
        pages = {page for page in ACTS if url_of(page, dossier) in [step.url for step in steps]}
        may = {page for page, (who, begins, _) in ACTS.items() if state in begins and name in HOLDERS[who]}
        assert pages == may, f"{name} {state}"
        assert sum(step.is_primary for step in steps) <= 1


def test_nothing_is_offered_while_another_day_is_looked_at(users, dossier):
    yesterday = today() - timedelta(days=1)
    assert signed_in(users["drafter"], yesterday).get(dossier.get_absolute_url()).context["steps"] == []


class TestSubmit:
    def send(self, users, dossier, **fields):
        return signed_in(users["clerk"]).post(url_of("dossier_submit", dossier), fields)

    def test_the_page_says_what_will_happen_before_it_does(self, users, dossier):
        shown = signed_in(users["clerk"]).get(url_of("dossier_submit", dossier)).content.decode()
        assert f"Trình hồ sơ {dossier.code}: 1 đồng chí vào Ban Chấp hành." in shown
        assert "Đỗ Thị Hòa" in shown

    def test_says_by_when_it_is_to_be_decided(self, users, dossier):
        client = signed_in(users["clerk"])
        client.post(url_of("dossier_submit", dossier), {"explanation": ""})
        dossier.refresh_from_db()
        due = short_day(dossier.decision_due_on)
        [sentence] = sentences_of(client, dossier.get_absolute_url())
        assert sentence == f"Đã trình hồ sơ {dossier.code}, hạn chuẩn y {due}."

    def test_enters_the_paper_with_it(self, users, dossier, grassroots):
        day = f"{today():%d/%m/%Y}"
        paper = {"number": "5", "symbol": "ĐU", "issued_on": day, "signed_by": "Bùi Văn Ký", "summary": "Đề nghị"}
        self.send(users, dossier, source="new", **paper)
        dossier.refresh_from_db()
        assert dossier.submission.full_number == "05-TTr/ĐU"
        assert dossier.submission.issuer == grassroots

    def test_proposes_the_next_number_of_the_organization(self, users, dossier, grassroots):
        factories.document(grassroots, today(), type="TTr", number=6, symbol="ĐU")
        form = signed_in(users["clerk"]).get(url_of("dossier_submit", dossier)).context["form"]
        assert (form["number"].value(), form["symbol"].value()) == (7, "ĐU")

    @pytest.mark.parametrize(
        ("field", "value", "sentence"),
        [
            ("number", "", "Hãy ghi số tờ trình."),
            ("symbol", " ", "Hãy ghi ký hiệu cơ quan"),
            ("issued_on", "", "Hãy ghi ngày tờ trình."),
            ("issued_on", "32/13/2022", "Không đọc được ngày “32/13/2022”"),
            ("issued_on", "01/01/2020", "chưa có nhiệm kỳ nào vào ngày 01/01/2020"),
            ("issued_on", f"{today() + timedelta(days=2):%d/%m/%Y}", "chưa đến"),
            ("summary", "", "Hãy ghi trích yếu tờ trình."),
            ("number", "6", "Số tiếp theo chưa dùng là 07."),
            ("number", "abc", "Hãy nhập một số nguyên"),
        ],
    )
    def test_wrong_paper_gets_a_sentence_and_nothing_is_written(
        self, users, dossier, grassroots, field, value, sentence
    ):
        factories.document(grassroots, today(), type="TTr", number=6)
        before = written()
        good = {"number": "8", "symbol": "ĐU", "issued_on": f"{today():%d/%m/%Y}", "summary": "Đề nghị"}
        answer = self.send(users, dossier, source="new", **(good | {field: value}))
        assert answer.status_code == 422
        assert sentence in answer.context["form"].errors[field][0]
        assert f'href="#id_{field}"' in answer.content.decode()
        assert written() == before

    def test_an_old_dossier_is_submitted_on_its_own_day(self, users, dossier):
        day = today() - timedelta(days=40)
        assert self.send(users, dossier, submitted_on=f"{day:%d/%m/%Y}").status_code == 302
        dossier.refresh_from_db()
        assert dossier.submitted_on == day

    def test_without_a_day_it_is_submitted_today(self, users, dossier):
        assert self.send(users, dossier, submitted_on="").status_code == 302
        dossier.refresh_from_db()
        assert dossier.submitted_on == today()

    @pytest.mark.parametrize(("days", "sentence"), [(1, "chưa đến"), (-3, "muộn hơn ngày")])
    def test_a_wrong_day_of_submission_gets_a_sentence(self, users, grassroots, days, sentence):
        voted = {"method": "supplementary_election", "elected_on": today() - timedelta(days=2)}
        dossier = draft(grassroots, users, factories.appointment(factories.person(grassroots), **voted))
        before = written()
        day = today() + timedelta(days=days)
        answer = self.send(users, dossier, submitted_on=f"{day:%d/%m/%Y}")
        assert answer.status_code == 422
        assert sentence in answer.context["form"].errors["submitted_on"][0]
        assert written() == before

    def test_goes_under_a_paper_entered_before(self, users, dossier, grassroots):
        paper = factories.document(grassroots, today(), type="TTr", number=5, symbol="ĐU")
        client = signed_in(users["clerk"])
        form = client.get(url_of("dossier_submit", dossier)).context["form"]
        assert (form["source"].value(), form["existing"].value()) == ("none", None)
        assert self.send(users, dossier, source="existing", existing=paper.pk).status_code == 302
        dossier.refresh_from_db()
        assert dossier.submission == paper
        assert Document.objects.filter(type="TTr").count() == 1

    def test_a_returned_dossier_goes_again_under_the_paper_that_it_had(self, users, dossier):
        paper = {"number": "5", "symbol": "ĐU", "issued_on": f"{today():%d/%m/%Y}", "summary": "Đề nghị"}
        self.send(users, dossier, source="new", **paper)
        actions.return_to_drafter(dossier, by=users["confirmer"], reason="Thiếu biên bản")
        kept = Document.objects.get(type="TTr")
        shown = signed_in(users["clerk"]).get(url_of("dossier_submit", dossier)).content.decode()
        assert f'<option value="{kept.pk}">05-TTr/ĐU, {short_day(today())}: Đề nghị</option>' in shown
        assert self.send(users, dossier, source="existing", existing=kept.pk).status_code == 302
        dossier.refresh_from_db()
        assert dossier.submission == kept

    def test_offers_the_papers_of_the_organization_and_its_term_newest_first(self, users, dossier, grassroots, bloc):
        factories.document(grassroots, today() - timedelta(days=9), type="TTr")
        factories.term(grassroots, begins=today(), ordinal=8)
        first, second = (factories.document(grassroots, today(), type="TTr") for _ in range(2))
        factories.document(bloc, today(), type="TTr")
        factories.document(grassroots, today())
        form = signed_in(users["clerk"]).get(url_of("dossier_submit", dossier)).context["form"]
        assert [pk for pk, _ in form.fields["existing"].choices] == ["", str(second.pk), str(first.pk)]

    def test_a_paper_entered_before_must_be_chosen_and_be_the_organizations(self, users, dossier, bloc):
        alien = factories.document(bloc, today(), type="TTr")
        before = written()
        for value in ("", alien.pk, "x"):
            answer = self.send(users, dossier, source="existing", existing=value)
            assert answer.status_code == 422
            assert answer.context["form"].errors["existing"]
        assert written() == before

    def test_the_paper_is_not_asked_for_unless_there_is_one(self, users, dossier):
        assert self.send(users, dossier, number="", issued_on="").status_code == 302
        dossier.refresh_from_db()
        assert dossier.submission is None

    def test_an_empty_dossier_is_not_submitted(self, users, grassroots):
        empty = factories.dossier(grassroots, by=users["drafter"], opened_on=today())
        before = written()
        answer = self.send(users, empty, explanation="")
        assert answer.status_code == 422
        assert "Hồ sơ chưa có nội dung nào." in answer.content.decode()
        assert written() == before

    def test_warnings_want_a_reason(self, users, grassroots):
        old = factories.person(grassroots, "Lê Văn Cao", birth_date=date(today().year - 59, 1, 10))
        dossier = draft(grassroots, users, factories.appointment(old))
        page = signed_in(users["clerk"]).get(url_of("dossier_submit", dossier))
        assert page.context["foresight"].warnings
        before = written()
        answer = self.send(users, dossier, explanation=" ")
        assert answer.status_code == 422
        assert answer.context["form"].errors["explanation"] == ["Hồ sơ còn cảnh báo. Hãy ghi lý do vẫn trình."]
        assert written() == before
        assert self.send(users, dossier, explanation="Cấp ủy đã bàn kỹ").status_code == 302
        assert Judgement.objects.filter(dossier=dossier, explanation="Cấp ủy đã bàn kỹ").exists()
        shown = signed_in(users["clerk"]).get(dossier.get_absolute_url()).content.decode()
        assert "Nhận định theo quy tắc" in shown
        assert "Cấp ủy đã bàn kỹ" in shown

    def test_what_was_typed_comes_back(self, users, dossier):
        answer = self.send(users, dossier, source="new", summary="Đề nghị của chúng tôi", number="")
        assert "Đề nghị của chúng tôi" in answer.content.decode()

    def test_a_second_click_leads_to_the_dossier_and_writes_nothing(self, users, dossier):
        client = signed_in(users["clerk"])
        paper = {
            "source": "new",
            "number": "5",
            "symbol": "ĐU",
            "issued_on": f"{today():%d/%m/%Y}",
            "summary": "Đề nghị",
        }
        client.post(url_of("dossier_submit", dossier), paper)
        client.get(dossier.get_absolute_url())
        before = written()
        again = client.post(url_of("dossier_submit", dossier), paper)
        assert again.headers["Location"] == dossier.get_absolute_url()
        assert sentences_of(client, dossier.get_absolute_url()) == [f"Hồ sơ {dossier.code} đã được trình."]
        assert written() == before

    def test_when_somebody_else_was_faster_it_says_how_things_stand(self, users, dossier):
        actions.withdraw(dossier, by=users["drafter"], reason="Lập nhầm")
        client = signed_in(users["clerk"])
        client.post(url_of("dossier_submit", dossier), {"explanation": ""})
        [sentence] = sentences_of(client, dossier.get_absolute_url())
        assert sentence.startswith(f"Hồ sơ {dossier.code} đang ở trạng thái “Đã rút” nên không trình được.")

    def test_the_inspections_clerk_submits_what_touches_its_committee_alone(self, users, grassroots):
        item = factories.appointment(factories.person(grassroots), "inspection_member")
        own = draft(grassroots, users, item)
        client = signed_in(users["inspection"])
        client.post(url_of("dossier_submit", own), {"explanation": "Đã thống nhất"})
        own.refresh_from_db()
        assert own.state == "submitted"

    def test_takes_the_same_queries_however_many_items(self, users, grassroots):
        small, large = (draft(grassroots, users, *newcomers(grassroots, count)) for count in (1, 8))
        client = signed_in(users["clerk"])
        few = count_queries(client, url_of("dossier_submit", small))
        assert count_queries(client, url_of("dossier_submit", large)) == few


def newcomers(grassroots: Organization, count: int) -> list:
    return [factories.appointment(factories.person(grassroots)) for _ in range(count)]


class TestConfirm:
    @pytest.fixture
    def dossier(self, grassroots, users) -> Dossier:
        """A submitted dossier: two join the committee, one of them by election, and one leaves it."""
        leaver = factories.person(grassroots, "Lê Văn Rời")
        factories.seated(leaver, grassroots, on=today() - timedelta(days=90))
        elected = factories.appointment(
            factories.person(grassroots, "Đỗ Thị Hòa"),
            method="supplementary_election",
            elected_on=today() - timedelta(days=3),
            vote=factories.votes(12, 15),
        )
        designated = factories.appointment(factories.person(grassroots, "Vũ Thị Mai"))
        leaves = factories.release(leaver, release_reason="transfer")
        return brought_to("submitted", draft(grassroots, users, elected, designated, leaves), users)

    def send(self, users, dossier, **fields):
        client = signed_in(users["confirmer"])
        return client.post(url_of("dossier_confirm", dossier), filled_in("dossier_confirm", dossier, **fields))

    def test_the_page_names_the_thing_and_the_effect(self, users, dossier):
        shown = signed_in(users["confirmer"]).get(url_of("dossier_confirm", dossier)).content.decode()
        effect = "2 đồng chí vào Ban Chấp hành, 1 đồng chí thôi tham gia Ban Chấp hành"
        assert f"Chuẩn y hồ sơ {dossier.code}: {effect}." in shown
        assert "Sau khi chuẩn y chỉ có thể đính chính." in shown

    def test_proposes_the_next_number_of_the_direct_superior(self, users, dossier, bloc):
        factories.document(bloc, today(), number=41, symbol="ĐUK")
        form = signed_in(users["confirmer"]).get(url_of("dossier_confirm", dossier)).context["form"]
        assert (form["number"].value(), form["symbol"].value()) == (42, "ĐUK")

    def test_enters_the_decision_and_seats_people_from_its_effective_day(self, users, dossier, bloc):
        answer = self.send(users, dossier, effective_on=f"{today() - timedelta(days=1):%d/%m/%Y}", issued_on="")
        assert answer.status_code == 422
        self.send(users, dossier, effective_on=f"{today() - timedelta(days=1):%d/%m/%Y}")
        dossier.refresh_from_db()
        assert dossier.decision.full_number == "17-QĐ/ĐUK"
        assert (dossier.decision.issuer, dossier.decision.signed_by) == (bloc, "Bùi Văn Ký")
        seats = Holding.objects.filter(began_by__dossier=dossier)
        assert {seat.valid_from for seat in seats} == {today() - timedelta(days=1)}

    def test_a_decision_entered_before_may_confirm_several_dossiers(self, users, dossier, bloc):
        decision = factories.document(bloc, today(), number=41)
        before = Document.objects.count()
        answer = self.send(users, dossier, source="existing", existing=decision.pk, number="", issued_on="")
        assert answer.status_code == 302
        dossier.refresh_from_db()
        assert dossier.decision == decision
        assert Document.objects.count() == before

    def test_an_item_without_its_mark_is_refused(self, users, dossier):
        first, *others = dossier.items.order_by("pk")
        self.send(users, dossier, accepted=[item.pk for item in others])
        first.refresh_from_db()
        assert first.outcome == ChangeItem.Outcome.REFUSED
        assert not Holding.objects.filter(began_by=first).exists()
        assert Holding.objects.filter(began_by=others[0]).exists()

    @pytest.mark.parametrize(
        ("field", "value", "sentence"),
        [
            ("accepted", [], "hãy dùng “Không chuẩn y”"),
            ("accepted", ["999999"], "999999"),
            ("source", "", "Hãy chọn cách ghi quyết định."),
            ("number", "", "Hãy ghi số quyết định."),
            ("number", "41", "Số tiếp theo chưa dùng là 42. (chưa kiểm chứng)"),
            ("number", "0", "từ 1 trở lên"),
            ("symbol", "", "Hãy ghi ký hiệu cơ quan"),
            ("issued_on", "", "Hãy ghi ngày quyết định."),
            ("issued_on", "30/02/2026", "Không đọc được ngày “30/02/2026”"),
            ("issued_on", f"{today() + timedelta(days=1):%d/%m/%Y}", "chưa đến"),
            ("issued_on", "01/01/2019", "chưa có nhiệm kỳ nào"),
            ("issued_on", f"{today() - timedelta(days=1):%d/%m/%Y}", "sớm hơn ngày trình"),
            ("effective_on", f"{today() - timedelta(days=5):%d/%m/%Y}", "sớm hơn ngày bầu"),
            ("signed_by", "", "Hãy ghi người ký quyết định."),
            ("summary", "", "Hãy ghi trích yếu quyết định."),
        ],
    )
    def test_wrong_fields_get_a_sentence_and_nothing_is_written(self, users, dossier, bloc, field, value, sentence):
        factories.document(bloc, today(), number=41)
        before = written()
        answer = self.send(users, dossier, **{field: value})
        assert answer.status_code == 422
        assert sentence in " ".join(answer.context["form"].errors[field])
        assert "Chưa chuẩn y được" in answer.content.decode()
        assert written() == before

    def test_an_existing_decision_must_be_chosen_and_be_of_the_superior(self, users, dossier, grassroots):
        alien = factories.document(grassroots, today())
        for value in ("", alien.pk, "x"):
            answer = self.send(users, dossier, source="existing", existing=value)
            assert answer.status_code == 422
            assert answer.context["form"].errors["existing"]

    def test_an_existing_decision_that_works_before_the_vote_is_refused_beside_it(self, users, dossier, bloc):
        early = factories.document(bloc, today(), effective_on=today() - timedelta(days=8))
        answer = self.send(users, dossier, source="existing", existing=early.pk)
        assert "sớm hơn ngày bầu" in answer.context["form"].errors["existing"][0]

    def test_what_a_rule_forbids_stands_on_top(self, users, grassroots):
        twice = factories.person(grassroots, "Đỗ Thị Hòa")
        dossier = brought_to("submitted", draft(grassroots, users, factories.appointment(twice)), users)
        factories.seated(twice, grassroots, on=today())
        before = written()
        answer = self.send(users, dossier)
        assert answer.status_code == 422
        assert answer.context["form"].non_field_errors()
        assert written() == before

    def test_a_warning_that_is_new_wants_a_reason(self, users, grassroots):
        item = factories.appointment(factories.person(grassroots, "Lê Văn Cao"))
        dossier = brought_to("submitted", draft(grassroots, users, item), users)
        client = signed_in(users["confirmer"])
        assert hides_the_reason(client.get(url_of("dossier_confirm", dossier)))
        Person.objects.update(birth_date=date(today().year - 59, 1, 10))
        page = client.get(url_of("dossier_confirm", dossier))
        assert not hides_the_reason(page)
        assert "Có cảnh báo mới so với khi trình. Hãy ghi lý do vẫn chuẩn y." in page.content.decode()
        preview = client.post(url_of("confirm_preview", dossier), filled_in("dossier_confirm", dossier))
        assert not hides_the_reason(preview)
        before = written()
        answer = self.send(users, dossier, explanation=" ")
        assert answer.status_code == 422
        sentence = "Có cảnh báo mới so với khi trình. Hãy ghi lý do vẫn chuẩn y."
        assert answer.context["form"].errors["explanation"] == [sentence]
        assert written() == before
        assert self.send(users, dossier, explanation="Đã xem xét").status_code == 302
        assert dossier.judgements.filter(stage="confirmation", explanation="Đã xem xét").exists()

    def test_a_warning_that_submitting_gave_a_reason_for_wants_no_other(self, users, grassroots):
        old = factories.person(grassroots, birth_date=date(today().year - 59, 1, 10))
        dossier = brought_to("submitted", draft(grassroots, users, factories.appointment(old)), users)
        page = signed_in(users["confirmer"]).get(url_of("dossier_confirm", dossier))
        assert page.context["foresight"].warnings
        assert hides_the_reason(page)
        assert self.send(users, dossier).status_code == 302

    def test_whoever_drafted_is_told_why_not(self, users, dossier):
        client = signed_in(users["drafter"])
        page = client.get(dossier.get_absolute_url())
        assert "Bạn đã lập hồ sơ này nên người khác quyết định." in page.content.decode()
        for page in ("dossier_confirm", "dossier_refuse", "dossier_return"):
            client.get(url_of(page, dossier))
            [sentence] = sentences_of(client, dossier.get_absolute_url())
            assert sentence.startswith(f"Bạn đã lập hồ sơ {dossier.code} nên không được quyết định hồ sơ này.")

    def test_takes_the_same_queries_however_many_items(self, users, grassroots):
        small, large = (
            brought_to("submitted", draft(grassroots, users, *newcomers(grassroots, count)), users) for count in (1, 8)
        )
        client = signed_in(users["confirmer"])
        few = count_queries(client, url_of("dossier_confirm", small))
        assert count_queries(client, url_of("dossier_confirm", large)) == few

    def test_a_second_click_confirms_once(self, users, dossier):
        client = signed_in(users["confirmer"])
        sent = filled_in("dossier_confirm", dossier)
        client.post(url_of("dossier_confirm", dossier), sent)
        client.get(dossier.get_absolute_url())
        before = written()
        client.post(url_of("dossier_confirm", dossier), sent)
        assert sentences_of(client, dossier.get_absolute_url()) == [f"Hồ sơ {dossier.code} đã được chuẩn y."]
        assert written() == before

    def test_a_dossier_withdrawn_meanwhile_is_not_confirmed(self, users, dossier):
        actions.withdraw(dossier, by=users["drafter"], reason="Lập nhầm")
        before = written()
        client = signed_in(users["confirmer"])
        client.post(url_of("dossier_confirm", dossier), filled_in("dossier_confirm", dossier))
        [sentence] = sentences_of(client, dossier.get_absolute_url())
        assert "đang ở trạng thái “Đã rút” nên không chuẩn y được" in sentence
        assert written() == before

    def test_when_it_moves_on_at_the_last_moment_nothing_of_the_paper_stays(self, users, dossier, monkeypatch):
        def moved_on(*args, **kwargs):
            raise WrongState("Hồ sơ đã sang trạng thái khác.")

        monkeypatch.setattr("personnel.workflow.confirm", moved_on)
        before = written()
        answer = self.send(users, dossier)
        assert answer.headers["Location"] == dossier.get_absolute_url()
        assert written() == before

    def test_the_dossier_of_the_top_is_decided_by_an_outside_issuer(self, users, bloc):
        own = brought_to("submitted", draft(bloc, users), users)
        without = self.send(users, own)
        assert without.context["form"].errors["issuer_name"] == ["Hãy ghi cơ quan ban hành quyết định."]
        self.send(users, own, issuer_name="Ban Thường vụ Tỉnh ủy")
        own.refresh_from_db()
        assert own.decision.issuer_name == "Ban Thường vụ Tỉnh ủy"

    def test_a_congress_is_confirmed_and_opens_its_term(self, users, bloc):
        new = factories.organization(bloc)
        held = today() - timedelta(days=2)
        elected = factories.appointment(factories.person(new), method="congress", elected_on=held)
        own = draft(new, users, elected, kind="congress", congress=factories.congress_fields(held))
        own = brought_to("submitted", own, users)
        assert self.send(users, own).status_code == 302
        assert new.terms.get().valid_from == held


def hides_the_reason(answer) -> bool:
    [marker] = re.findall('<div[^>]* id="new-warnings"[^>]*>', answer.content.decode())
    return "hidden" in marker


class TestConfirmPreview:
    @pytest.fixture
    def dossier(self, grassroots, users) -> Dossier:
        return brought_to("submitted", draft(grassroots, users, *newcomers(grassroots, 2)), users)

    def ask(self, users, dossier, **fields):
        client = signed_in(users["confirmer"])
        return client.post(url_of("confirm_preview", dossier), filled_in("dossier_confirm", dossier, **fields))

    def test_follows_the_marks(self, users, dossier):
        first, _ = dossier.items.all()
        shown = self.ask(users, dossier, accepted=[first.pk]).content.decode()
        assert "1 đồng chí vào Ban Chấp hành." in shown
        assert "Không chuẩn y 1 nội dung." in shown
        assert "<html" not in shown

    def test_follows_the_day(self, users, dossier):
        day = today() - timedelta(days=9)
        answer = self.ask(users, dossier, effective_on=f"{day:%d/%m/%Y}")
        assert {begins.day for begins in answer.context["foresight"].begins} == {day}

    @pytest.mark.parametrize("fields", [{"accepted": []}, {"effective_on": "?"}, {"issued_on": "", "source": "x"}])
    def test_answers_whatever_is_typed(self, users, dossier, fields):
        assert self.ask(users, dossier, **fields).status_code == 200

    def test_leads_the_window_away_when_the_dossier_has_moved_on(self, users, dossier):
        actions.withdraw(dossier, by=users["drafter"], reason="Lập nhầm")
        answer = signed_in(users["confirmer"]).post(url_of("confirm_preview", dossier), headers={"HX-Request": "true"})
        assert answer.headers["HX-Redirect"] == dossier.get_absolute_url()

    def test_asked_for_just_before_the_act_takes_no_word_from_it(self, users, dossier):
        client = signed_in(users["confirmer"])
        client.post(url_of("dossier_confirm", dossier), filled_in("dossier_confirm", dossier))
        late = client.post(url_of("confirm_preview", dossier), headers={"HX-Request": "true"})
        assert late.headers["HX-Redirect"] == dossier.get_absolute_url()
        page = text_of(client.get(dossier.get_absolute_url()))
        assert f"Đã chuẩn y hồ sơ {dossier.code}" in page
        assert f"Hồ sơ {dossier.code} đã được chuẩn y." not in page

    def test_writes_nothing(self, users, dossier):
        before = written()
        self.ask(users, dossier)
        assert written() == before

    def test_takes_the_same_queries_however_many_items(self, users, grassroots, dossier):
        large = brought_to("submitted", draft(grassroots, users, *newcomers(grassroots, 9)), users)
        few, many = (count_posted(users["confirmer"], "confirm_preview", each) for each in (dossier, large))
        assert many == few <= MOST_QUERIES


def count_posted(user: User, page: str, dossier: Dossier) -> int:
    client = signed_in(user)
    sent = filled_in("dossier_confirm", dossier)
    client.post(url_of(page, dossier), sent)
    with CaptureQueriesContext(connection) as queries:
        client.post(url_of(page, dossier), sent)
    return len(queries)


class TestPapers:
    def test_a_paper_is_a_link_for_those_who_may_open_it(self, users, dossier):
        decision = brought_to("confirmed", dossier, users).decision
        link = f'href="{decision.get_absolute_url()}"'
        assert link in signed_in(users["board"]).get(dossier.get_absolute_url()).content.decode()
        assert signed_in(users["clerk"]).get(decision.get_absolute_url()).status_code == 404
        page = signed_in(users["clerk"]).get(dossier.get_absolute_url()).content.decode()
        assert link not in page
        assert decision.full_number in page


class TestReasons:
    @pytest.mark.parametrize("page", ["dossier_return", "dossier_refuse", "dossier_withdraw"])
    @pytest.mark.parametrize("reason", ["", "   "])
    def test_no_reason_is_asked_for_beside_its_field(self, users, dossier, page, reason):
        dossier = brought_to("submitted", dossier, users)
        user = users["clerk" if page == "dossier_withdraw" else "confirmer"]
        before = written()
        answer = signed_in(user).post(url_of(page, dossier), {"reason": reason})
        assert answer.status_code == 422
        assert answer.context["form"].errors["reason"] == ["Hãy ghi rõ lý do."]
        assert written() == before

    def test_a_returned_dossier_says_why_and_may_be_submitted_again(self, users, dossier):
        dossier = brought_to("submitted", dossier, users)
        signed_in(users["confirmer"]).post(url_of("dossier_return", dossier), {"reason": "Thiếu biên bản"})
        client = signed_in(users["clerk"])
        assert "Lý do trả lại: Thiếu biên bản" in text_of(client.get(dossier.get_absolute_url()))
        client.post(url_of("dossier_submit", dossier), {"explanation": ""})
        dossier.refresh_from_db()
        assert (dossier.state, dossier.reason) == ("submitted", "")

    def test_a_second_click_on_returning_writes_nothing(self, users, dossier):
        dossier = brought_to("submitted", dossier, users)
        client = signed_in(users["confirmer"])
        client.post(url_of("dossier_return", dossier), {"reason": "Thiếu biên bản"})
        client.get(dossier.get_absolute_url())
        before = written()
        client.post(url_of("dossier_return", dossier), {"reason": "Thiếu biên bản"})
        assert sentences_of(client, dossier.get_absolute_url()) == [f"Hồ sơ {dossier.code} đang ở chỗ người lập."]
        assert written() == before


class TestTimeline:
    def test_many_saves_of_the_draft_on_end_are_one_line(self, users, dossier):
        for edition in (1, 2, 3, 4):
            item = factories.appointment(dossier.items.get().person)
            actions.save_draft(dossier, by=users["clerk"], edition=edition, items=[item])
        brought_to("submitted", dossier, users)
        timeline = signed_in(users["clerk"]).get(dossier.get_absolute_url()).context["timeline"]
        assert [str(step) for step in timeline] == ["Lập hồ sơ", "Sửa hồ sơ nháp 4 lần", "Trình hồ sơ"]

    def test_saves_of_two_people_stay_apart(self, users, dossier):
        for edition, name in ((1, "clerk"), (2, "board"), (3, "clerk")):
            item = factories.appointment(dossier.items.get().person)
            actions.save_draft(dossier, by=users[name], edition=edition, items=[item])
        timeline = signed_in(users["clerk"]).get(dossier.get_absolute_url()).context["timeline"]
        assert [str(step) for step in timeline] == ["Lập hồ sơ", *["Sửa hồ sơ nháp"] * 3]


class TestDueDays:
    def test_overdue_stands_beside_the_state(self, users, dossier):
        dossier = brought_to("submitted", dossier, users)
        client = signed_in(users["clerk"])
        assert "Quá hạn" not in client.get(dossier.get_absolute_url()).content.decode()
        Dossier.objects.filter(pk=dossier.pk).update(decision_due_on=today() - timedelta(days=1))
        assert "Quá hạn" in client.get(dossier.get_absolute_url()).content.decode()


class TestCorrect:
    def test_leads_to_the_form_of_a_correction(self, users, dossier):
        dossier = brought_to("confirmed", dossier, users)
        client = signed_in(users["clerk"])
        answer = client.get(url_of("dossier_correct", dossier))
        assert answer.headers["Location"] == f"{reverse('personnel:dossier_new')}?dinh-chinh={dossier.pk}"
        assert "Đỗ Thị Hòa" in client.get(answer.headers["Location"]).content.decode()
        steps = client.get(dossier.get_absolute_url()).context["steps"]
        assert [(step.label, step.is_primary) for step in steps] == [("Đính chính", False)]

    @pytest.mark.parametrize("state", [state for state in STATES if state != "confirmed"])
    def test_only_a_confirmed_dossier_is_corrected(self, users, dossier, state):
        dossier = brought_to(state, dossier, users)
        client = signed_in(users["clerk"])
        assert client.get(url_of("dossier_correct", dossier)).headers["Location"] == dossier.get_absolute_url()
        [sentence] = sentences_of(client, dossier.get_absolute_url())
        assert "nên không đính chính được" in sentence

    def test_what_was_corrected_whole_is_not_corrected_again(self, users, dossier, grassroots):
        dossier = brought_to("confirmed", dossier, users)
        annulled = factories.annulment(ChangeItem.objects.get(dossier=dossier))
        brought_to("confirmed", draft(grassroots, users, annulled, kind="correction", corrects=dossier), users)
        client = signed_in(users["clerk"])
        client.get(url_of("dossier_correct", dossier))
        sentence = f"Hồ sơ {dossier.code} không còn nội dung nào để đính chính."
        assert sentences_of(client, dossier.get_absolute_url()) == [sentence]

    @pytest.mark.parametrize(("name", "status"), [("confirmer", 403), ("leader", 403), ("clerk_elsewhere", 404)])
    def test_others_may_not(self, users, dossier, name, status):
        dossier = brought_to("confirmed", dossier, users)
        assert signed_in(users[name]).get(url_of("dossier_correct", dossier)).status_code == status
