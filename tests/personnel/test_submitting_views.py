"""The page on which a dossier is submitted: every sentence, every second click."""

from datetime import date, timedelta

import pytest

from common.formats import short_day
from common.periods import today
from organizations.models import Document
from personnel import actions
from personnel.models import Judgement
from tests import factories
from tests.pages import count_queries, signed_in
from tests.personnel.moving_dossiers import draft, newcomers, sentences_of, url_of, written

pytestmark = pytest.mark.django_db


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
