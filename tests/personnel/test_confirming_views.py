"""The page on which a dossier is confirmed, and its preview."""

import re
from datetime import date, timedelta

import pytest

from common.errors import WrongState
from common.periods import today
from organizations.models import Document
from personnel import actions
from personnel.models import ChangeItem, Dossier, Holding, Person
from tests import factories
from tests.pages import MOST_QUERIES, count_queries, signed_in, text_of
from tests.personnel.moving_dossiers import (
    brought_to,
    count_posted,
    draft,
    filled_in,
    newcomers,
    sentences_of,
    url_of,
    written,
)

pytestmark = pytest.mark.django_db


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
        assert late.status_code == 204
        assert "HX-Redirect" not in late.headers
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
