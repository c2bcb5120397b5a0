"""Pages on which a dossier moves on: every act by every role in every state; what is offered, said and shown beside."""

from datetime import timedelta

import pytest
from django.urls import reverse

from common.periods import today
from organizations.models import Document
from personnel import actions
from personnel.models import ChangeItem, Dossier
from tests import factories
from tests.pages import signed_in, text_of
from tests.personnel.moving_dossiers import (
    ACTS,
    EVERYBODY,
    HOLDERS,
    STATES,
    WITHOUT_THE_ROLE,
    brought_to,
    draft,
    filled_in,
    sentences_of,
    url_of,
    written,
)

pytestmark = pytest.mark.django_db


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
