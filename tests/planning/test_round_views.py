"""Pages of rounds: the list, opening, the legal basis, closing, and how far each organisation has come. No names."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from common.periods import today
from organizations.models import Organization
from personnel.actions import conclude_politically, discipline
from planning.actions import close_round, remove_entry, return_plan, review, set_target
from planning.actions.reviews import VerdictDraft
from planning.forms.rounds import likely_plan_terms
from planning.models import PlanningRound, PositionGroup
from tests import factories
from tests.pages import as_board, as_role, signed_in, text_of

pytestmark = pytest.mark.django_db

ROUNDS, NEW = reverse("planning:round_list"), reverse("planning:round_new")
AFTER = date(2022, 3, 1)


@pytest.fixture
def bloc() -> Organization:
    return factories.organization(name="Đảng bộ Khối", code="KHOI")


@pytest.fixture
def grassroots(bloc) -> Organization:
    return factories.organization(bloc, name="Đảng bộ Sở Xây dựng", code="SXD")


@pytest.fixture
def first(bloc) -> PlanningRound:
    return factories.planning_round(bloc)


def page_of(planning_round: PlanningRound, name: str = "round_detail") -> str:
    return reverse(f"planning:{name}", args=[planning_round.pk])


def planned(planning_round: PlanningRound, of: Organization, name: str | None = None, code: str = "secretary"):
    return factories.plan_entry(planning_round, factories.person(of, name), of, code)


def aimed(planning_round: PlanningRound, of: Organization, group=PositionGroup.SECRETARIES, seats: int = 2) -> None:
    set_target(planning_round, organization=of, group=group, seats=seats, coefficient=3, by=factories.office())


def wrong(response) -> str:
    """Return the page on which something was refused."""
    assert response.status_code == 422
    return response.content.decode()


def message(client: Client, response) -> str:
    """Return what the page says to which the response leads."""
    assert response.status_code == 302
    return text_of(client.get(response["Location"]))


class TestTabs:
    def test_show_the_parts_that_the_rights_open_and_mark_the_one_shown(self, bloc):
        board = as_board(bloc).get(ROUNDS).content.decode()
        assert all(f'href="{reverse(f"planning:{name}")}"' in board for name in ("entry_list", "proposals", "coverage"))
        assert f'href="{ROUNDS}" aria-current="true"' in board
        leader = as_role(Role.LEADER, bloc).get(ROUNDS).content.decode()
        assert f'href="{reverse("planning:coverage")}"' in leader
        assert reverse("planning:proposals") not in leader
        assert reverse("planning:approval_list") not in leader


class TestList:
    def test_says_how_far_each_round_has_come(self, bloc, grassroots, first):
        client = as_board(bloc)
        assert "05/01/2022 — Đang mở" in text_of(client.get(ROUNDS))
        planned(first, grassroots)
        plan = factories.submitted_plan(first, grassroots)
        assert "— Đã trình" in text_of(client.get(ROUNDS))
        return_plan(plan, by=factories.superior(), reason="Bổ sung", on=date(2022, 2, 25))
        factories.approved(first, grassroots, submitted_on=date(2022, 3, 1))
        assert "— Đã phê duyệt" in text_of(client.get(ROUNDS))
        close_round(first, by=factories.office(), on=date(2022, 12, 1))
        assert "01/12/2022 Đã kết thúc" in text_of(client.get(ROUNDS))
        assert "— Đã phê duyệt" in text_of(as_board(bloc, date(2022, 6, 1)).get(ROUNDS))

    def test_filters_by_term_kind_and_state_newest_first(self, bloc, first):
        later = factories.planning_round(bloc, date(2023, 3, 1), plan_term="2030-2035", kind="review")
        client = as_board(bloc)
        shown = text_of(client.get(ROUNDS))
        assert shown.index("01/3/2023") < shown.index("05/01/2022")
        close_round(later, by=factories.office(), on=date(2023, 5, 1))
        for query in ({"plan_term": "2030-2035"}, {"kind": "review"}, {"state_on_day": "closed"}):
            assert "01/3/2023" in text_of(client.get(ROUNDS, query))
            assert "05/01/2022" not in text_of(client.get(ROUNDS, query))

    def test_offers_to_open_a_round_to_those_who_plan(self, bloc):
        assert NEW in as_board(bloc).get(ROUNDS).content.decode()
        assert NEW not in as_role(Role.CONFIRMER, bloc).get(ROUNDS).content.decode()


class TestOpening:
    @pytest.fixture
    def guidance(self):
        return factories.document(type="HD", summary="Về công tác quy hoạch")

    def sent(self, **fields) -> dict[str, object]:
        return {"authority": "KHOI", "plan_term": "2025-2030", "kind": "first", "opened_on": "05/3/2026"} | fields

    def test_opens_a_round_on_its_legal_basis(self, bloc, guidance):
        client = as_board(bloc)
        response = client.post(NEW, self.sent(plan_term=" 2025 – 2030 ", legal_basis=[str(guidance.pk)]))
        made = PlanningRound.objects.get()
        assert (made.authority, made.plan_term, made.kind) == (bloc, "2025-2030", "first")
        assert made.opened_on == date(2026, 3, 5)
        assert list(made.legal_basis.all()) == [guidance]
        assert response["Location"] == page_of(made)
        assert "Đã mở đợt Giới thiệu lần đầu nhiệm kỳ 2025-2030" in message(client, response)

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("authority", "", "Hãy chọn tổ chức chủ trì"),
            ("authority", "NGOAI", "Không có lựa chọn “NGOAI”"),
            ("plan_term", "2025", "Hãy ghi nhiệm kỳ theo dạng 2025-2030"),
            ("plan_term", "2030-2025", "năm đầu trước năm cuối"),
            ("kind", "", "Hãy chọn loại đợt"),
            ("opened_on", "", "Hãy nhập ngày mở đợt"),
            ("opened_on", "31/12/2040", "chưa đến"),
            ("opened_on", "01/01/2010", "chưa được thành lập vào ngày 01/01/2010"),
            ("legal_basis", ["999999"], "Không có văn bản “999999”"),
        ],
    )
    def test_says_beside_the_field_what_is_wrong_and_keeps_what_was_typed(self, bloc, field, value, said):
        page = wrong(as_board(bloc).post(NEW, self.sent(plan_term="2026-2031") | {field: value}))
        assert said in page
        assert field == "plan_term" or 'value="2026-2031"' in page
        assert not PlanningRound.objects.exists()

    def test_offers_the_organisations_of_today_from_the_grassroots_up_that_the_user_plans_for(self, bloc, grassroots):
        factories.organization(grassroots, kind="subordinate_cell", name="Chi bộ Văn phòng", code="VP")
        factories.organization(bloc, name="Đảng bộ Sở Khác", code="KHAC")
        page = as_board(grassroots).get(NEW).content.decode()
        assert 'value="SXD" selected' in page
        assert 'value="KHAC"' not in page
        assert 'value="VP"' not in page
        assert 'value="KHOI"' not in page

    def test_offers_as_basis_what_may_be_cited_and_never_a_decision_on_a_dossier(self, bloc, grassroots, guidance):
        factories.term(grassroots)
        seat = factories.seated(factories.person(grassroots), grassroots)
        minutes = factories.document(type="BB", summary="Biên bản hội nghị")
        page = as_board(bloc).get(NEW).content.decode()
        assert f'value="{guidance.pk}"' in page
        assert f'value="{minutes.pk}"' not in page
        assert seat.began_by.dossier.decision.full_number not in page

    def test_never_offers_the_papers_that_tell_of_one_person(self, bloc, grassroots, guidance):
        person, by = factories.person(grassroots), factories.office()
        days = {"valid_from": date(2025, 3, 1), "valid_to": None, "by": by}
        measure = factories.document(type="QĐ", summary="Kỷ luật một đảng viên")
        conclusion = factories.document(type="KL", summary="Kết luận về một đảng viên")
        discipline(person, kind="warning", document=measure, **days)
        conclude_politically(person, document=conclusion, **days)
        page = as_board(bloc).get(NEW).content.decode()
        assert f'value="{guidance.pk}"' in page
        assert f'value="{measure.pk}"' not in page
        assert f'value="{conclusion.pk}"' not in page

    def test_one_of_the_same_kind_that_is_still_open_is_gone_on_with(self, bloc, first):
        client = as_board(bloc)
        page = wrong(client.post(NEW, self.sent()))
        assert "Giới thiệu lần đầu nhiệm kỳ 2025-2030 của Đảng bộ Khối mở ngày" in page
        assert "kết thúc đợt đó trước khi mở đợt mới" in page
        for other in ({"kind": "review"}, {"plan_term": "2030-2035"}):
            assert client.post(NEW, self.sent(**other)).status_code == 302
        close_round(first, by=factories.office(), on=date(2022, 12, 1))
        assert client.post(NEW, self.sent()).status_code == 302

    def test_marks_what_must_be_filled_in(self, bloc):
        assert as_board(bloc).get(NEW).content.decode().count("asteriskField") == 4

    def test_is_the_first_step_on_an_empty_list(self, bloc):
        for client, offered in ((as_board(bloc), 2), (as_role(Role.LEADER, bloc), 0)):
            page = client.get(ROUNDS).content.decode()
            assert "Chưa có đợt quy hoạch nào" in page
            assert page.count(f'href="{NEW}"') == offered

    def test_is_not_open_to_those_who_do_not_plan(self, bloc):
        for role in (Role.CONFIRMER, Role.GRASSROOTS_CLERK, Role.LEADER, Role.ADMINISTRATOR):
            assert as_role(role, bloc).get(NEW).status_code == 403

    def test_the_terms_offered_are_those_not_over_and_the_next(self):
        assert likely_plan_terms(["2020-2025", "2025-2030", "VII"], 2026) == ["2030-2035", "2025-2030"]
        assert likely_plan_terms(["2020-2025"], 2022) == ["2025-2030", "2020-2025"]
        assert likely_plan_terms(["2015-2020"], 2026) == []


class TestBasis:
    def test_replaces_the_documents(self, bloc, first):
        former, new = factories.document(type="HD"), factories.document(type="QyĐ")
        first.legal_basis.add(former)
        client = as_board(bloc)
        url = page_of(first, "round_basis")
        assert f'value="{former.pk}" selected' in client.get(url).content.decode()
        client.post(url, {"legal_basis": [str(new.pk)]})
        assert list(first.legal_basis.all()) == [new]
        client.post(url, {})
        assert not first.legal_basis.exists()

    def test_leaves_alone_what_the_user_may_not_see(self, bloc, grassroots):
        own = factories.planning_round(grassroots)
        factories.term(bloc)
        hidden = factories.document(bloc, type="HD", classification="confidential")
        own.legal_basis.add(hidden)
        client = as_board(grassroots)
        url = page_of(own, "round_basis")
        page = text_of(client.get(url))
        assert "Còn 01 văn bản ngoài phạm vi của bạn" in page
        assert hidden.full_number not in page
        client.post(url, {"legal_basis": [str(factories.document(type="QyĐ").pk)]})
        assert hidden in own.legal_basis.all()
        assert own.legal_basis.count() == 2
        shown = text_of(client.get(page_of(own)))
        assert "một văn bản mật ngoài phạm vi của bạn" in shown
        assert hidden.full_number not in shown

    def test_of_a_closed_round_stays(self, bloc, first):
        close_round(first, by=factories.office(), on=date(2022, 12, 1))
        client = as_board(bloc)
        response = client.post(page_of(first, "round_basis"), {"legal_basis": [str(factories.document().pk)]})
        assert "đã kết thúc ngày 01/12/2022. Chưa ghi gì thêm" in message(client, response)
        assert not first.legal_basis.exists()

    def test_is_not_for_those_who_plan_for_a_part_only(self, bloc, grassroots, first):
        client = as_board(grassroots)
        for name in ("round_basis", "round_close"):
            assert "không bao gồm việc này" in message(client, client.get(page_of(first, name)))


class TestClosing:
    def test_says_who_leaves_by_number_and_closes(self, bloc, grassroots, first):
        entry = planned(first, grassroots, "Đỗ Thị Hòa")
        client = as_board(bloc)
        url = page_of(first, "round_close")
        asked = text_of(client.get(url))
        assert "01 đồng chí đã được giới thiệu mà chưa trình sẽ ra khỏi danh sách giới thiệu" in asked
        assert "Đỗ Thị Hòa" not in asked
        said = message(client, client.post(url, {"closed_on": "01/12/2022"}))
        assert "01 đồng chí chưa được trình đã ra khỏi danh sách" in said
        first.refresh_from_db()
        entry.refresh_from_db()
        assert first.closed_on == entry.valid_to == date(2022, 12, 1)

    def test_waits_for_plans_that_wait(self, bloc, grassroots, first):
        planned(first, grassroots)
        factories.submitted_plan(first, grassroots)
        client = as_board(bloc)
        url = page_of(first, "round_close")
        assert "Còn 01 quy hoạch đã trình mà chưa phê duyệt" in text_of(client.get(url))
        assert "Còn 01 quy hoạch đã trình" in wrong(client.post(url, {"closed_on": "01/12/2022"}))
        first.refresh_from_db()
        assert first.closed_on is None

    @pytest.mark.parametrize(
        ("day", "said"),
        [("01/01/2022", "không thể kết thúc trước ngày đó"), ("", "Hãy nhập ngày"), ("31/12/2040", "chưa đến")],
    )
    def test_refuses_a_day_that_cannot_be(self, bloc, first, day, said):
        assert said in wrong(as_board(bloc).post(page_of(first, "round_close"), {"closed_on": day}))

    def test_a_second_click_changes_nothing(self, bloc, first):
        client = as_board(bloc)
        url = page_of(first, "round_close")
        client.post(url, {"closed_on": "01/12/2022"})
        assert "đã kết thúc ngày 01/12/2022" in message(client, client.post(url, {"closed_on": "02/12/2022"}))


class TestRegulation:
    def test_is_the_one_of_the_day_on_which_the_round_was_opened(self, bloc, first):
        shown = text_of(as_board(bloc, date(2022, 6, 1)).get(page_of(first)))
        assert (
            "Quy định 50-QĐ/TW, ngày 27/12/2021; Hướng dẫn 16-HD/BTCTW, ngày 15/02/2022 (đến hết 07/10/2025)" in shown
        )
        assert "quy định đã thay đổi" not in shown

    def test_names_both_when_it_has_changed_while_the_round_was_open(self, bloc, first):
        shown = text_of(as_board(bloc, date(2025, 10, 8)).get(page_of(first)))
        assert "quy định đã thay đổi; việc làm từ nay theo: Quy định 377-QĐ/TW (từ 08/10/2025)" in shown
        assert "quy định đã thay đổi" not in text_of(as_board(bloc, date(2025, 10, 7)).get(page_of(first)))

    def test_does_not_change_a_round_that_was_closed_before(self, bloc, first):
        close_round(first, by=factories.office(), on=date(2022, 12, 1))
        assert "quy định đã thay đổi" not in text_of(as_board(bloc, date(2026, 1, 1)).get(page_of(first)))

    def test_says_when_the_register_of_rules_does_not_reach_back(self, bloc):
        early = factories.planning_round(bloc, date(2021, 12, 26))
        shown = text_of(as_board(bloc, date(2021, 12, 26)).get(page_of(early)))
        assert "chưa có trong sổ quy tắc" in shown


class TestProgress:
    def test_tells_each_plan_by_state_and_count(self, bloc, grassroots, first):
        aimed(first, grassroots)
        client = as_board(bloc, AFTER)
        assert "Đảng bộ Sở Xây dựng — — Chưa giới thiệu —" in text_of(client.get(page_of(first)))
        planned(first, grassroots, "Đỗ Thị Hòa")
        assert "Đang giới thiệu giới thiệu 1 người" in text_of(client.get(page_of(first)))
        plan = factories.submitted_plan(first, grassroots)
        shown = text_of(client.get(page_of(first)))
        assert "Đã trình ngày 20/02/2022" in shown
        assert "Đỗ Thị Hòa" not in shown
        return_plan(plan, by=factories.superior(), reason="Bổ sung", on=date(2022, 2, 25))
        assert "Trả lại ngày 25/02/2022 giới thiệu 1 người" in text_of(client.get(page_of(first)))
        factories.approved(first, grassroots, submitted_on=date(2022, 3, 1))
        approved = text_of(as_board(bloc, date(2022, 3, 10)).get(page_of(first)))
        assert "Đã phê duyệt ngày 10/3/2022 quy hoạch 1 người" in approved

    def test_shows_the_states_of_the_day_looked_at(self, bloc, grassroots, first):
        planned(first, grassroots)
        factories.approved(first, grassroots)
        url = page_of(first)
        assert "Đang giới thiệu" in text_of(as_board(bloc, date(2022, 2, 19)).get(url))
        assert "Đã trình ngày 20/02/2022" in text_of(as_board(bloc, date(2022, 3, 9)).get(url))

    def test_tells_when_the_first_plan_is_due_and_what_is_overdue(self, bloc, grassroots, first):
        planned(first, grassroots)
        plan = factories.submitted_plan(first, grassroots)
        due = plan.due_on
        on_time = text_of(as_board(bloc, due).get(page_of(first)))
        assert f"01 quy hoạch, hạn phê duyệt sớm nhất {due:%d}/{due.month}/2022" in on_time
        assert "Quá hạn: " not in on_time
        late = text_of(as_board(bloc, date(2022, 6, 1)).get(page_of(first)))
        assert "Quá hạn: 01 quy hoạch" in late
        assert "Quá hạn phê duyệt ngày 20/02/2022" in late

    def test_of_a_review_starts_from_the_plan_as_it_stands(self, bloc, grassroots, first):
        entry = planned(first, grassroots)
        factories.approved(first, grassroots)
        yearly = factories.planning_round(bloc, date(2023, 3, 1), kind="review")
        client = as_board(bloc)
        assert "Chưa rà soát quy hoạch 1 người" in text_of(client.get(page_of(yearly)))
        verdicts = [VerdictDraft(entry, "keep")]
        review(yearly, organization=grassroots, group="secretaries", verdicts=verdicts, by=factories.office())
        assert "Đang rà soát rà soát 1/1 người" in text_of(client.get(page_of(yearly)))

    def test_somebody_taken_out_counts_no_more(self, bloc, grassroots, first):
        aimed(first, grassroots)
        entry = planned(first, grassroots)
        remove_entry(entry, on=date(2022, 2, 10), reason="own_wish", by=factories.office())
        assert "Chưa giới thiệu —" in text_of(as_board(bloc).get(page_of(first)))

    def test_filters_by_name_and_state_and_shows_those_not_in_the_round_when_asked(self, bloc, grassroots, first):
        factories.organization(bloc, name="Đảng bộ Sở Nội vụ", code="SNV")
        planned(first, grassroots)
        aimed(first, bloc)
        client, url = as_board(bloc), page_of(first)
        everything = text_of(client.get(url))
        assert "Đảng bộ Sở Nội vụ" not in everything
        assert "Đảng bộ Sở Nội vụ" in text_of(client.get(url, {"reach": "all"}))
        assert "1 kết quả" in text_of(client.get(url, {"q": "xay dung"}))
        assert "1 kết quả" in text_of(client.get(url, {"state": "introducing"}))
        assert "Không có tổ chức nào khớp" in text_of(client.get(url, {"state": "approved"}))

    def test_leads_to_the_plan_where_its_names_may_be_seen(self, bloc, grassroots, first):
        planned(first, grassroots)
        plan = reverse("planning:plan_detail", args=[first.pk, "SXD"])
        assert plan in as_board(bloc).get(page_of(first)).content.decode()
        assert plan not in as_role(Role.LEADER, bloc).get(page_of(first)).content.decode()

    def test_counts_only_organisations_of_the_scope(self, bloc, grassroots, first):
        planned(first, factories.organization(bloc, name="Đảng bộ Sở Khác"))
        planned(first, grassroots)
        assert "Đảng bộ Sở Khác" not in text_of(as_role(Role.GRASSROOTS_CLERK, grassroots).get(page_of(first)))

    def test_offers_the_acts_by_right_and_only_on_the_day_itself(self, bloc, grassroots, first):
        acts = [page_of(first, name) for name in ("round_targets", "round_basis", "round_close")]
        offered = lambda client: [url in client.get(page_of(first)).content.decode() for url in acts]  # noqa: E731
        assert offered(as_board(bloc)) == [True, True, True]
        assert offered(as_board(grassroots)) == [True, False, False]
        assert offered(as_role(Role.CONFIRMER, bloc)) == [False, False, False]
        assert offered(as_board(bloc, date(2022, 6, 1))) == [False, False, False]
        close_round(first, by=factories.office(), on=today())
        assert offered(as_board(bloc)) == [False, False, False]

    def test_is_not_there_outside_the_scope(self, bloc, grassroots):
        own = factories.planning_round(grassroots)
        other = factories.organization(bloc)
        for name in ("round_detail", "round_basis", "round_close", "round_targets"):
            assert as_board(other).get(page_of(own, name)).status_code == 404
        assert signed_in(factories.user(role=None)).get(page_of(own)).status_code == 403
