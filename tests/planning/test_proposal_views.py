"""The page of proposals, and the pages on which one person leaves a plan or comes back."""

from datetime import date

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from accounts.roles import Role
from organizations.models import Organization
from personnel.actions import conclude_politically, discipline
from planning.actions import close_round, remove_entry
from planning.models import PlanEntry, PlanningRound, PositionGroup
from tests import factories
from tests.pages import as_board, as_role, count_queries, signed_in, text_of

pytestmark = pytest.mark.django_db

PROPOSALS = reverse("planning:proposals")
LOOKED_AT = date(2023, 6, 1)
NOW = date(2026, 3, 1)  # a rule lets people come back
MOST_QUERIES = 35


@pytest.fixture
def bloc() -> Organization:
    return factories.organization(name="Đảng bộ Khối", code="KHOI")


@pytest.fixture
def agency(bloc) -> Organization:
    agency = factories.organization(bloc, name="Đảng bộ Sở Xây dựng", code="SXD")
    factories.term(agency)
    return agency


@pytest.fixture
def first(bloc) -> PlanningRound:
    return factories.planning_round(bloc)


def planned(first, agency, *names, code="secretary") -> list[PlanEntry]:
    """Return people of these names, in the plan since 10/3/2022."""
    entries = [factories.plan_entry(first, factories.person(agency, name), agency, code) for name in names]
    factories.approved(first, agency, entries[0].group)
    return [PlanEntry.objects.get(pk=entry.pk) for entry in entries]


def measured(entry, begins=date(2023, 3, 1), ends=date(2024, 3, 1), **fields):
    by = factories.office()
    discipline(entry.person, kind="reprimand", valid_from=begins, valid_to=ends, by=by, **fields)


def accesses() -> list[str]:
    found = LogEntry.objects.filter(action=LogEntry.Action.ACCESS).order_by("pk")
    return [entry.additional_data["act"] for entry in found]


class TestList:
    def test_says_who_should_leave_by_which_fact_and_rule(self, bloc, agency, first):
        [entry] = planned(first, agency, "Lê Văn An")
        decision = factories.document(issued_on=date(2023, 3, 1), number=901)
        measured(entry, document=decision)
        shown = text_of(as_board(bloc, LOOKED_AT).get(PROPOSALS))
        assert "Đề nghị đưa ra ngay (1)" in shown
        assert "Lê Văn An Sinh 20/5/1975 Bí thư, Đảng bộ Sở Xây dựng" in shown
        assert "Quy hoạch nhiệm kỳ 2025-2030, từ 10/3/2022 Bị kỷ luật" in shown
        assert f"Bị kỷ luật khiển trách từ 01/3/2023. Theo {decision.citation}" in shown
        assert "Căn cứ: Quy định 50-QĐ/TW, ngày 27/12/2021 (đến hết 07/10/2025)" in shown

    def test_what_nobody_has_verified_is_told_as_such(self, bloc, agency, first):
        [entry] = planned(first, agency, "Lê Văn An")
        measured(entry, ends=None)
        assert "chưa kiểm chứng" in text_of(as_board(bloc, NOW).get(PROPOSALS))

    def test_says_who_may_come_back(self, bloc, agency, first):
        [entry] = planned(first, agency, "Lê Văn An")
        factories.left_for_a_measure(entry)
        page = as_board(bloc, NOW).get(PROPOSALS)
        shown = text_of(page)
        assert "Có thể đưa trở lại (1)" in shown
        assert "Quyết định khiển trách đã hết hiệu lực từ 01/3/2024. Căn cứ: Quy định 377-QĐ/TW" in shown
        assert reverse("planning:entry_reenter", args=[entry.pk]) in page.content.decode()

    def test_an_empty_list_says_what_belongs_there(self, bloc, agency, first):
        planned(first, agency, "Lê Văn An")
        shown = text_of(as_board(bloc, LOOKED_AT).get(PROPOSALS))
        assert "Không có ai cần đưa ra ngay" in shown
        assert "Không có ai có thể đưa trở lại" in shown
        assert accesses() == []

    def test_names_shown_are_journaled_once(self, bloc, agency, first):
        [entry] = planned(first, agency, "Lê Văn An")
        measured(entry)
        as_board(bloc, LOOKED_AT).get(PROPOSALS)
        assert accesses() == ["Xem đề xuất về quy hoạch (đề nghị đưa ra 01, có thể đưa trở lại 00)"]

    def test_whoever_only_sees_plans_may_accept_nothing(self, bloc, agency, first):
        [entry] = planned(first, agency, "Lê Văn An")
        measured(entry)
        for user in (
            factories.user(Role.CONFIRMER, bloc),
            factories.user(Role.GRASSROOTS_CLERK, agency),
            factories.user(Role.LEADER, bloc, sees_plans=True),
        ):
            client = signed_in(user, LOOKED_AT)
            page = client.get(PROPOSALS)
            assert "Lê Văn An" in text_of(page)
            assert 'name="chosen"' not in page.content.decode()
            data = {"chosen": [entry.pk], "on": "01/6/2023", "xac-nhan": "1"}
            client.post(PROPOSALS, data)
        assert PlanEntry.objects.get().valid_to is None

    def test_opens_to_nobody_else(self, bloc):
        assert as_role(Role.LEADER, bloc).get(PROPOSALS).status_code == 403
        assert as_role(Role.ADMINISTRATOR, bloc).get(PROPOSALS).status_code == 403

    def test_of_two_parts_of_the_tree_only_those_may_be_accepted_where_one_plans(self, bloc, agency, first):
        beside = factories.organization(bloc)
        factories.term(beside)
        [own], [other] = planned(first, agency, "Người Một"), planned(first, beside, "Người Hai")
        for entry in (own, other):
            measured(entry)
        board = factories.user(Role.ORGANIZATION_BOARD, agency)
        board.assignments.create(role=Role.LEADER, organization=beside, sees_plans=True)
        page = signed_in(board, LOOKED_AT).get(PROPOSALS).content.decode()
        assert f'name="chosen" value="{own.pk}"' in page
        assert f'name="chosen" value="{other.pk}"' not in page
        assert "Người Hai" in page

    def test_takes_the_same_queries_however_many_are_proposed(self, bloc, agency, first):
        [entry] = planned(first, agency, "Lê Văn An")
        measured(entry)
        client = as_board(bloc, LOOKED_AT)
        few = count_queries(client, PROPOSALS)
        for entry in planned(
            first, agency, *(f"Người {word}" for word in ["Một", "Hai", "Ba", "Bốn", "Năm"]), code="standing_member"
        ):
            measured(entry)
        assert count_queries(client, PROPOSALS) == few <= MOST_QUERIES


class TestAccepting:
    @pytest.fixture
    def entries(self, agency, first) -> list[PlanEntry]:
        """Two who are under a measure, and one of whom political standard is not met."""
        entries = planned(first, agency, "Lê Văn An", "Trần Thị Bích", "Đỗ Văn Cường", code="committee_member")
        for entry in entries[:2]:
            measured(entry)
        conclude_politically(entries[2].person, valid_from=date(2023, 3, 1), by=factories.office())
        return entries

    def data(self, *entries, on="01/6/2023", **more):
        return {"chosen": [str(entry.pk) for entry in entries], "on": on, "document": ""} | more

    def left(self):
        gone = PlanEntry.objects.filter(valid_to__isnull=False).order_by("pk")
        return [(entry.person.full_name, entry.removal_reason, entry.valid_to) for entry in gone]

    def test_first_names_what_will_happen(self, bloc, entries):
        decision = factories.document(issued_on=date(2023, 5, 20))
        data = self.data(entries[0], entries[2], document=str(decision.pk))
        shown = text_of(as_board(bloc, LOOKED_AT).post(PROPOSALS, data))
        assert "Lê Văn An: Ủy viên Ban Chấp hành, Đảng bộ Sở Xây dựng, nhiệm kỳ 2025-2030. Bị kỷ luật." in shown
        assert "Đỗ Văn Cường: Ủy viên Ban Chấp hành, Đảng bộ Sở Xây dựng, nhiệm kỳ 2025-2030. Không bảo đảm" in shown
        assert f"Từ ngày 01/6/2023, theo {decision.citation}" in shown
        assert "Trần Thị Bích" not in shown
        assert self.left() == []

    def test_then_takes_out_those_chosen_in_one_act_each_for_the_reason(self, bloc, entries):
        decision = factories.document(issued_on=date(2023, 5, 20))
        data = self.data(entries[0], entries[2], document=str(decision.pk), **{"xac-nhan": "1"})
        response = as_board(bloc, LOOKED_AT).post(PROPOSALS, data, follow=True)
        assert self.left() == [
            ("Lê Văn An", "discipline", date(2023, 6, 1)),
            ("Đỗ Văn Cường", "political_standard", date(2023, 6, 1)),
        ]
        assert {entry.removed_by for entry in PlanEntry.objects.exclude(valid_to=None)} == {decision}
        assert "Đã đưa ra khỏi quy hoạch từ ngày 01/6/2023: Lê Văn An (Ủy viên Ban Chấp hành), Đỗ Văn" in text_of(
            response
        )

    def test_sent_twice_the_second_says_that_it_is_done(self, bloc, entries):
        client = as_board(bloc, LOOKED_AT)
        data = self.data(entries[0], **{"xac-nhan": "1"})
        client.post(PROPOSALS, data)
        response = client.post(PROPOSALS, data, follow=True)
        assert "không còn trong danh sách đề nghị" in text_of(response)
        assert len(self.left()) == 1

    def test_when_one_of_them_left_meanwhile_nobody_is_taken_out_unseen(self, bloc, entries):
        remove_entry(entries[0], on=date(2023, 5, 1), reason="transfer", by=factories.office())
        data = self.data(entries[0], entries[1], **{"xac-nhan": "1"})
        response = as_board(bloc, LOOKED_AT).post(PROPOSALS, data)
        assert response.status_code == 422
        assert "Danh sách đề nghị vừa thay đổi" in response.content.decode()
        assert len(self.left()) == 1

    def test_nobody_chosen_is_said(self, bloc, entries):
        response = as_board(bloc, LOOKED_AT).post(PROPOSALS, self.data())
        assert response.status_code == 422
        assert "Chưa chọn ai" in response.content.decode()

    def test_a_day_on_which_somebody_was_not_in_the_plan_is_refused_and_takes_nobody_out(self, bloc, entries):
        data = self.data(entries[0], entries[2], on="10/3/2022", **{"xac-nhan": "1"})
        response = as_board(bloc, LOOKED_AT).post(PROPOSALS, data)
        assert response.status_code == 422
        assert "chưa có trong quy hoạch" in response.content.decode()
        assert self.left() == []


class TestRemovingOne:
    @pytest.fixture
    def entry(self, agency, first) -> PlanEntry:
        return planned(first, agency, "Lê Văn An")[0]

    def url(self, entry) -> str:
        return reverse("planning:entry_remove", args=[entry.pk])

    def data(self, **more):
        return {"reason": "transfer", "on": "01/6/2023", "document": "", "note": ""} | more

    def test_for_a_reason_from_a_day_by_a_paper(self, bloc, entry):
        decision = factories.document(issued_on=date(2023, 5, 20))
        data = self.data(document=str(decision.pk), note="Về cơ quan khác")
        response = as_board(bloc, LOOKED_AT).post(self.url(entry), data, follow=True)
        gone = PlanEntry.objects.get()
        assert (gone.valid_to, gone.removal_reason) == (date(2023, 6, 1), "transfer")
        assert (gone.removed_by, gone.note) == (decision, "Về cơ quan khác")
        assert "Đã đưa Lê Văn An ra khỏi quy hoạch Bí thư từ ngày 01/6/2023." in text_of(response)

    def test_leads_back_whence_one_came_but_to_no_other_site(self, bloc, entry):
        client = as_board(bloc, LOOKED_AT)
        plan = reverse("planning:plan_detail", args=[entry.round_id, "SXD"])
        for back, leads in ((PROPOSALS, PROPOSALS), ("https://example.com/", plan), ("", plan)):
            page = client.get(self.url(entry), {"ve": back}).content.decode()
            assert f'name="ve" value="{leads}"' in page
        assert client.post(self.url(entry), self.data(ve=PROPOSALS)).url == PROPOSALS

    def test_stands_beneath_the_plan_of_the_person(self, bloc, entry):
        page = as_board(bloc, LOOKED_AT).get(self.url(entry), {"ve": PROPOSALS})
        plan = reverse("planning:plan_detail", args=[entry.round_id, "SXD"])
        assert f'href="{plan}"' in page.content.decode()
        assert page.context["breadcrumbs"][-2:] == [("Đảng bộ Sở Xây dựng", plan), ("Đưa ra khỏi quy hoạch", None)]

    def test_what_a_fact_demands_is_chosen_beforehand(self, bloc, entry):
        measured(entry)
        page = as_board(bloc, LOOKED_AT).get(self.url(entry))
        assert '<option value="discipline" selected>' in page.content.decode()
        assert "Đề nghị: Bị kỷ luật khiển trách từ 01/3/2023." in text_of(page)

    @pytest.mark.parametrize(
        ("given", "sentence"),
        [
            ({"reason": ""}, "Hãy chọn lý do"),
            ({"reason": "other"}, "Hãy ghi rõ lý do khác"),
            ({"reason": "not_introduced"}, "Không có lựa chọn"),
            ({"on": ""}, "Hãy nhập ngày ra khỏi quy hoạch."),
            ({"on": "10/3/2022"}, "chưa có trong quy hoạch"),
        ],
    )
    def test_what_is_wrong_is_said_and_nobody_leaves(self, bloc, entry, given, sentence):
        response = as_board(bloc, LOOKED_AT).post(self.url(entry), self.data(**given))
        assert response.status_code == 422
        assert sentence in response.content.decode()
        assert PlanEntry.objects.get().valid_to is None

    def test_before_approval_one_may_also_fail_the_review(self, bloc, agency, first):
        waiting = factories.plan_entry(first, factories.person(agency), agency)
        as_board(bloc, LOOKED_AT).post(self.url(waiting), self.data(reason="not_introduced"))
        assert PlanEntry.objects.get().removal_reason == "not_introduced"

    def test_sent_twice_the_second_says_that_it_is_done(self, bloc, entry):
        client = as_board(bloc, LOOKED_AT)
        answers = [client.post(self.url(entry), self.data(), follow=True) for _ in range(2)]
        assert "Lê Văn An đã ra khỏi quy hoạch Bí thư từ ngày 01/6/2023." in text_of(answers[1])
        assert PlanEntry.objects.get().valid_to == date(2023, 6, 1)

    def test_is_the_work_of_those_who_plan_there(self, bloc, agency, entry):
        beside = factories.organization(bloc)
        assert as_role(Role.ORGANIZATION_BOARD, beside).get(self.url(entry)).status_code == 404
        for role in (Role.CONFIRMER, Role.GRASSROOTS_CLERK, Role.LEADER):
            assert as_role(role, bloc).post(self.url(entry), self.data()).status_code == 403
        assert PlanEntry.objects.get().valid_to is None

    def test_is_journaled(self, bloc, entry):
        as_board(bloc, LOOKED_AT).get(self.url(entry))
        assert accesses() == ["Xem để đưa ra khỏi quy hoạch (Lê Văn An: Bí thư 2025-2030)"]


class TestComingBack:
    @pytest.fixture
    def entry(self, agency, first) -> PlanEntry:
        """Somebody who left for a reprimand in force until 1/3/2024."""
        [entry] = planned(first, agency, "Lê Văn An")
        factories.left_for_a_measure(entry)
        return PlanEntry.objects.get()

    @pytest.fixture
    def yearly(self, bloc) -> PlanningRound:
        return factories.planning_round(bloc, date(2026, 1, 5), kind=PlanningRound.Kind.REVIEW)

    def url(self, entry) -> str:
        return reverse("planning:entry_reenter", args=[entry.pk])

    def data(self, planning_round, on="01/3/2026", note=""):
        return {"round": str(planning_round.pk), "on": on, "note": note}

    def test_in_an_open_round_of_the_plan_term(self, bloc, entry, yearly):
        response = as_board(bloc, NOW).post(self.url(entry), self.data(yearly, note="Hết kỷ luật"), follow=True)
        again = PlanEntry.objects.get(round=yearly)
        assert (again.person, again.position, again.returns) == (entry.person, entry.position, entry)
        assert (again.introduced_on, again.valid_from, again.note) == (NOW, None, "Hết kỷ luật")
        assert "Đã giới thiệu lại Lê Văn An vào quy hoạch Bí thư." in text_of(response)

    def test_giving_up_leads_back_to_the_proposals_and_changes_nothing(self, bloc, entry, yearly):
        page = as_board(bloc, NOW).get(self.url(entry))
        assert page.context["breadcrumbs"][-2:] == [("Đề xuất", PROPOSALS), ("Đưa trở lại quy hoạch", None)]
        assert f'href="{PROPOSALS}">Thôi' in page.content.decode()
        assert PlanEntry.objects.count() == 1

    def test_only_open_rounds_of_that_plan_term_are_offered(self, bloc, entry, first, yearly):
        other = factories.planning_round(bloc, date(2026, 1, 6), plan_term="2030-2035")
        later = factories.planning_round(bloc, date(2026, 3, 2), kind="review")
        close_round(first, by=factories.office(), on=date(2023, 12, 1))
        page = as_board(bloc, NOW).get(self.url(entry)).content.decode()
        offered = {each: f'<option value="{each.pk}"' in page for each in (first, yearly, other, later)}
        assert offered == {first: False, yearly: True, other: False, later: False}

    def test_without_an_open_round_it_says_what_to_do_first(self, bloc, entry, first):
        close_round(first, by=factories.office(), on=date(2023, 12, 1))
        page = as_board(bloc, NOW).get(self.url(entry))
        assert "Chưa có đợt quy hoạch nào của nhiệm kỳ 2025-2030 đang mở" in text_of(page)
        assert reverse("planning:round_new") in page.content.decode()

    @pytest.mark.parametrize(("on", "may"), [("07/10/2025", False), ("08/10/2025", True)])
    def test_only_from_the_day_on_which_a_rule_allows_it(self, bloc, entry, on, may):
        yearly = factories.planning_round(bloc, date(2025, 9, 1), kind=PlanningRound.Kind.REVIEW)
        response = as_board(bloc, NOW).post(self.url(entry), self.data(yearly, on=on))
        assert response.status_code == (302 if may else 422)
        assert PlanEntry.objects.filter(returns=entry).exists() is may

    def test_before_that_day_the_page_leads_away(self, bloc, entry):
        response = as_board(bloc, date(2025, 10, 7)).get(self.url(entry), follow=True)
        assert response.redirect_chain == [(PROPOSALS, 302)]
        assert "chưa đủ điều kiện đưa trở lại" in text_of(response)

    def test_not_before_the_round_was_opened(self, bloc, entry, yearly):
        response = as_board(bloc, NOW).post(self.url(entry), self.data(yearly, on="04/01/2026"))
        assert response.status_code == 422
        assert not PlanEntry.objects.filter(returns=entry).exists()

    def test_sent_twice_nobody_is_introduced_twice(self, bloc, entry, yearly):
        client = as_board(bloc, NOW)
        client.post(self.url(entry), self.data(yearly))
        response = client.post(self.url(entry), self.data(yearly), follow=True)
        assert response.redirect_chain == [(PROPOSALS, 302)]
        assert PlanEntry.objects.filter(returns=entry).count() == 1

    def test_into_a_submitted_plan_nobody_comes(self, bloc, agency, entry, yearly):
        factories.plan_entry(yearly, factories.person(agency), agency, on=date(2026, 2, 1))
        factories.submitted_plan(yearly, agency, PositionGroup.SECRETARIES, date(2026, 2, 20))
        response = as_board(bloc, NOW).post(self.url(entry), self.data(yearly), follow=True)
        assert "đã được trình trong đợt này" in text_of(response)
        assert not PlanEntry.objects.filter(returns=entry).exists()

    def test_somebody_still_in_the_plan_cannot(self, bloc, agency, first):
        [entry] = planned(first, agency, "Lê Văn An")
        response = as_board(bloc, NOW).get(self.url(entry))
        assert response.url == PROPOSALS

    def test_is_the_work_of_those_who_plan_there(self, bloc, entry, yearly):
        beside = factories.organization(bloc)
        assert as_role(Role.ORGANIZATION_BOARD, beside).get(self.url(entry)).status_code == 404
        for role in (Role.CONFIRMER, Role.GRASSROOTS_CLERK, Role.LEADER):
            assert as_role(role, bloc).post(self.url(entry), self.data(yearly)).status_code == 403
        assert not PlanEntry.objects.filter(returns=entry).exists()
