"""The page of a yearly review, and the comparison that ends it."""

from datetime import date

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from accounts.roles import Role
from organizations.models import Organization
from personnel.actions import discipline
from personnel.models import Person
from planning.actions import VerdictDraft, close_round, remove_entry, review, set_target
from planning.models import PlanEntry, PlanningRound, PositionGroup, ReviewVerdict
from tests import factories
from tests.pages import as_board, as_role, count_queries, text_of

pytestmark = pytest.mark.django_db

OPENED, LOOKED_AT = date(2023, 1, 5), date(2023, 2, 1)
COMMITTEE = PositionGroup.COMMITTEE
MOST_QUERIES = 50  # the form, the facts of everybody in it, what the rules say, the frame
KEEP, REMOVE = ReviewVerdict.Verdict.KEEP, ReviewVerdict.Verdict.REMOVE


@pytest.fixture
def bloc() -> Organization:
    return factories.organization(name="Đảng bộ Khối", code="KHOI")


@pytest.fixture
def agency(bloc) -> Organization:
    agency = factories.organization(bloc, name="Đảng bộ Sở Xây dựng", code="SXD")
    factories.term(agency)
    return agency


@pytest.fixture
def plan(bloc, agency) -> list[PlanEntry]:
    """Lê Văn An and Trần Thị Bích in the plan for the committee since 10/3/2022."""
    first = factories.planning_round(bloc)
    names = ("Lê Văn An", "Trần Thị Bích")
    entries = [
        factories.plan_entry(first, factories.person(agency, name), agency, "committee_member") for name in names
    ]
    factories.approved(first, agency, COMMITTEE)
    return [PlanEntry.objects.get(pk=entry.pk) for entry in entries]


@pytest.fixture
def yearly(bloc) -> PlanningRound:
    return factories.planning_round(bloc, OPENED, kind=PlanningRound.Kind.REVIEW)


def address(yearly, group=COMMITTEE, page="plan_review", code="SXD") -> str:
    return reverse(f"planning:{page}", args=[yearly.pk, code, group])


def sent(*rows, add: dict[int, list[Person]] | None = None, on="01/02/2023", **more) -> dict[str, object]:
    """Return what the page sends: rows of (entry, verdict, reason, note), and people to add by row."""
    typed: dict[str, object] = {"introduced_on": on}
    for entry, verdict, *why in rows:
        reason, note = [*why, "", ""][:2]
        start = f"entry-{entry.pk}"
        typed |= {f"{start}-verdict": verdict, f"{start}-reason": reason, f"{start}-note": note}
    for number, people in (add or {}).items():
        start = f"rows-{number}"
        typed |= {f"{start}-people": [str(person.pk) for person in people], f"{start}-position": "committee_member"}
        typed |= {f"{start}-object_group": "1", f"{start}-note": ""}
    return typed | more


def verdicts() -> dict[PlanEntry, tuple[str, str, str]]:
    return {each.entry: (each.verdict, each.reason, each.note) for each in ReviewVerdict.objects.all()}


def is_checked(response, entry, verdict) -> bool:
    _, found, rest = response.content.decode().partition(f'name="entry-{entry.pk}-verdict" value="{verdict}"')
    assert found
    return "checked" in rest.partition(">")[0]


class TestReview:
    def test_starts_from_the_plan_as_it_stands(self, bloc, plan, yearly):
        response = as_board(bloc, LOOKED_AT).get(address(yearly))
        shown = text_of(response)
        assert "Lê Văn An Trong quy hoạch từ 10/3/2022 Sinh 20/5/1975 (47 tuổi) Nghỉ hưu tháng 5/2037" in shown
        assert "chưa kiểm chứng" in shown
        assert "Chưa giữ chức danh trong cấp ủy" in shown
        assert all(is_checked(response, entry, KEEP) for entry in plan)

    def test_what_a_fact_demands_is_chosen_beforehand_and_not_saved(self, bloc, plan, yearly):
        by = factories.office()
        discipline(plan[0].person, kind="warning", valid_from=date(2023, 1, 20), valid_to=None, by=by)
        response = as_board(bloc, LOOKED_AT).get(address(yearly))
        assert is_checked(response, plan[0], REMOVE)
        assert is_checked(response, plan[1], KEEP)
        assert "Kỷ luật: cảnh cáo từ 20/01/2023" in text_of(response)
        assert "Đề nghị đưa ra: Bị kỷ luật cảnh cáo từ 20/01/2023. Quy định 50-QĐ/TW" in text_of(response)
        assert not ReviewVerdict.objects.exists()

    def test_what_was_said_before_goes_before_what_a_fact_demands(self, bloc, plan, yearly, agency):
        by = factories.office()
        discipline(plan[0].person, kind="warning", valid_from=date(2023, 1, 20), valid_to=None, by=by)
        review(yearly, organization=agency, group=COMMITTEE, verdicts=[VerdictDraft(plan[0], KEEP)], by=by)
        assert is_checked(as_board(bloc, LOOKED_AT).get(address(yearly)), plan[0], KEEP)

    def test_saves_who_stays_who_leaves_and_who_is_added(self, bloc, plan, yearly, agency):
        newcomer = factories.person(agency, "Đỗ Thị Mới")
        data = sent((plan[0], KEEP), (plan[1], REMOVE, "transfer", "Theo nguyện vọng"), add={0: [newcomer]})
        response = as_board(bloc, LOOKED_AT).post(address(yearly), data | {"luu": "1"}, follow=True)
        assert verdicts() == {plan[0]: (KEEP, "", ""), plan[1]: (REMOVE, "transfer", "Theo nguyện vọng")}
        [added] = PlanEntry.objects.filter(round=yearly)
        assert (added.person, added.introduced_on) == (newcomer, date(2023, 2, 1))
        assert "Đã lưu kết quả rà soát: giữ 01, đưa ra 01, giới thiệu thêm 01" in text_of(response)
        assert "Đã giới thiệu trong đợt này, chưa phê duyệt: Đỗ Thị Mới" in text_of(response)

    def test_leads_to_the_comparison_when_asked(self, bloc, plan, yearly):
        data = sent(*((entry, KEEP) for entry in plan))
        response = as_board(bloc, LOOKED_AT).post(address(yearly), data | {"so-sanh": "1"})
        assert response.url == address(yearly, page="plan_comparison")

    def test_sent_twice_it_is_saved_once(self, bloc, plan, yearly, agency):
        newcomer = factories.person(agency)
        client = as_board(bloc, LOOKED_AT)
        data = sent((plan[0], KEEP), (plan[1], REMOVE, "transfer"), add={0: [newcomer]})
        answers = [client.post(address(yearly), data).status_code for _ in range(2)]
        assert answers == [302, 302]
        assert PlanEntry.objects.filter(round=yearly).count() == 1
        assert ReviewVerdict.objects.count() == 2

    @pytest.mark.parametrize(
        ("why", "sentence"),
        [
            (("", ""), "Hãy chọn lý do đưa Lê Văn An ra khỏi quy hoạch."),
            (("other", ""), "Hãy ghi rõ lý do khác là gì."),
            (("not_chosen", ""), "Không có lựa chọn “not_chosen”"),
        ],
    )
    def test_without_a_reason_nothing_is_saved_and_all_that_was_typed_stays(self, bloc, plan, yearly, why, sentence):
        data = sent((plan[0], REMOVE, *why), (plan[1], KEEP, "", "Cán bộ trẻ"))
        response = as_board(bloc, LOOKED_AT).post(address(yearly), data)
        page = response.content.decode()
        assert response.status_code == 422
        assert sentence in page
        assert f'href="#entry-{plan[0].pk}"' in page
        assert 'value="Cán bộ trẻ"' in page
        assert is_checked(response, plan[0], REMOVE)
        assert not ReviewVerdict.objects.exists()

    def test_of_somebody_who_joined_the_plan_meanwhile_something_is_to_be_said(self, bloc, plan, yearly):
        response = as_board(bloc, LOOKED_AT).post(address(yearly), sent((plan[0], KEEP)))
        assert response.status_code == 422
        assert "Hãy chọn Giữ hoặc Đưa ra." in response.content.decode()

    def test_whoever_left_meanwhile_is_no_more_asked_for(self, bloc, plan, yearly):
        remove_entry(plan[1], on=date(2023, 1, 20), reason="over_age", by=factories.office())
        data = sent((plan[0], KEEP), (plan[1], KEEP))
        assert as_board(bloc, LOOKED_AT).post(address(yearly), data).status_code == 302
        assert set(verdicts()) == {plan[0]}

    def test_whoever_is_in_the_plan_is_not_added(self, bloc, plan, yearly):
        data = sent(*((entry, KEEP) for entry in plan), add={0: [plan[1].person]})
        response = as_board(bloc, LOOKED_AT).post(address(yearly), data)
        assert response.status_code == 422
        assert "Trần Thị Bích đã có trong quy hoạch" in response.content.decode()
        assert not ReviewVerdict.objects.exists()

    def test_one_more_row_keeps_what_was_typed(self, bloc, plan, yearly, agency):
        newcomer = factories.person(agency, "Đỗ Thị Mới")
        data = sent((plan[0], REMOVE, "own_wish", "Đơn xin"), (plan[1], KEEP), add={0: [newcomer]})
        response = as_board(bloc, LOOKED_AT).post(address(yearly), data | {"them-dong": "1"})
        page = response.content.decode()
        assert response.status_code == 200
        assert 'id="rows-0"' in page
        assert 'id="rows-1"' in page
        assert "Đỗ Thị Mới, sinh 1975" in page
        assert is_checked(response, plan[0], REMOVE)
        assert 'value="Đơn xin"' in page
        assert not ReviewVerdict.objects.exists()

    def test_one_row_less(self, bloc, plan, yearly, agency):
        data = sent(add={0: [factories.person(agency)], 1: [factories.person(agency)]})
        page = as_board(bloc, LOOKED_AT).post(address(yearly), data | {"bo-dong": "rows-0"}).content.decode()
        assert 'id="rows-0"' not in page
        assert 'id="rows-1"' in page

    def test_a_row_is_answered_to_the_page_as_a_part(self, bloc, plan, yearly):
        headers = {"HX-Request": "true"}
        answer = as_board(bloc, LOOKED_AT).post(address(yearly), sent() | {"them-dong": "1"}, headers=headers)
        assert answer.content.decode().lstrip().startswith('<div id="introduce-rows">')

    def test_counts_what_it_comes_to_as_the_form_stands(self, bloc, plan, yearly, agency):
        set_target(yearly, organization=agency, group=COMMITTEE, seats=3, coefficient=1, by=factories.office())
        data = sent((plan[0], KEEP), (plan[1], REMOVE), add={0: [factories.person(agency)]})
        headers = {"HX-Request": "true"}
        client = as_board(bloc, LOOKED_AT)
        part = client.post(address(yearly), data | {"xem-truoc": "1"}, headers=headers)
        whole = client.post(address(yearly), data | {"xem-truoc": "1"})
        told = text_of_part(part)
        assert "Cả nhóm 2 1 1 1 2" in told
        assert "Chỉ tiêu: từ 3 đến 3 đồng chí (3 vị trí, hệ số 1)." in told
        assert "Quy hoạch Ban Chấp hành có 2 người, ít hơn 3 người theo hệ số." in told
        assert "Cả nhóm 2 1 1 1 2" in text_of(whole)
        assert not ReviewVerdict.objects.exists()

    def test_is_journaled_once_each_time_it_is_opened(self, bloc, plan, yearly):
        as_board(bloc, LOOKED_AT).get(address(yearly))
        [access] = LogEntry.objects.filter(action=LogEntry.Action.ACCESS)
        assert "Xem để rà soát quy hoạch Ban Chấp hành" in access.additional_data["act"]

    def test_a_first_introduction_is_not_reviewed(self, bloc, plan):
        first = factories.planning_round(bloc, OPENED)
        self.is_led_away(bloc, first, "giới thiệu quy hoạch lần đầu")

    def test_a_closed_round_is_not_reviewed(self, bloc, plan, yearly):
        close_round(yearly, by=factories.office(), on=LOOKED_AT)
        self.is_led_away(bloc, yearly, "đã kết thúc")

    def test_a_submitted_plan_is_not_reviewed(self, bloc, plan, yearly, agency):
        factories.submitted_plan(yearly, agency, COMMITTEE, LOOKED_AT)
        self.is_led_away(bloc, yearly, "đã được trình")

    def is_led_away(self, bloc, planning_round, sentence):
        client = as_board(bloc, LOOKED_AT)
        plan = reverse("planning:plan_detail", args=[planning_round.pk, "SXD"])
        for ask in (client.get, client.post):
            response = ask(address(planning_round), follow=True)
            assert response.redirect_chain == [(plan, 302)]
            assert sentence in text_of(response)
        assert not ReviewVerdict.objects.exists()

    def test_opens_to_those_who_plan_in_their_part_of_the_tree(self, bloc, plan, yearly, agency):
        beside = factories.organization(bloc)
        assert as_role(Role.ORGANIZATION_BOARD, agency).get(address(yearly)).status_code == 200
        assert as_role(Role.ORGANIZATION_BOARD, beside).get(address(yearly)).status_code == 404
        for role in (Role.CONFIRMER, Role.GRASSROOTS_CLERK, Role.LEADER):
            assert as_role(role, bloc).get(address(yearly)).status_code == 403
            assert as_role(role, bloc).post(address(yearly), sent()).status_code == 403

    def test_an_unknown_group_is_not_found(self, bloc, yearly, agency):
        assert as_board(bloc).get(address(yearly, group="nobody")).status_code == 404

    def test_takes_the_same_queries_however_many_are_in_the_plan(self, bloc, plan, yearly, agency):
        client = as_board(bloc, LOOKED_AT)
        few = count_queries(client, address(yearly))
        first = factories.planning_round(bloc, date(2022, 6, 1))
        for _ in range(8):
            factories.plan_entry(first, factories.person(agency), agency, "committee_member", on=date(2022, 6, 1))
        factories.approved(first, agency, COMMITTEE, submitted_on=date(2022, 6, 2), on=date(2022, 6, 3))
        assert count_queries(client, address(yearly)) == few <= MOST_QUERIES


def text_of_part(response) -> str:
    return text_of(type("Page", (), {"status_code": 200, "content": b"<main>" + response.content + b"</main>"}))


class TestComparison:
    def url(self, yearly):
        return address(yearly, page="plan_comparison")

    def say(self, yearly, agency, *verdicts):
        review(yearly, organization=agency, group=COMMITTEE, verdicts=verdicts, by=factories.office())

    def test_says_who_comes_who_leaves_who_stays(self, bloc, plan, yearly, agency):
        new = factories.person(agency, "Đỗ Thị Mới")
        factories.plan_entry(yearly, new, agency, "committee_member", on=LOOKED_AT)
        self.say(yearly, agency, VerdictDraft(plan[1], REMOVE, "own_wish", "Đơn xin"))
        shown = text_of(as_board(bloc, LOOKED_AT).get(self.url(yearly)))
        assert "Chưa trình; dưới đây là kết quả nếu được phê duyệt như hiện nay." in shown
        assert "Cả nhóm 2 1 1 1 2" in shown
        assert "Vào quy hoạch (1)" in shown
        assert "Đỗ Thị Mới 20/5/1975 01/02/2023 khi phê duyệt" in shown
        assert "Trần Thị Bích 20/5/1975 Nguyện vọng cá nhân: Đơn xin khi phê duyệt" in shown
        assert "Lê Văn An 20/5/1975 01/02/2022 10/3/2022" in shown

    def test_says_by_which_decision_it_was_approved(self, bloc, plan, yearly, agency):
        self.say(yearly, agency, VerdictDraft(plan[1], REMOVE, "own_wish"))
        remove_entry(plan[0], on=date(2023, 1, 20), reason="discipline", by=factories.office())
        approval = factories.approved(yearly, agency, COMMITTEE, submitted_on=LOOKED_AT, on=date(2023, 3, 1))
        shown = text_of(as_board(bloc, date(2023, 6, 1)).get(self.url(yearly)))
        assert f"Đã phê duyệt ngày 01/3/2023 theo {approval.decision.citation}." in shown
        assert "Lê Văn An 20/5/1975 Bị kỷ luật 20/01/2023" in shown
        assert "Trần Thị Bích 20/5/1975 Nguyện vọng cá nhân 01/3/2023" in shown
        assert "Không có ai giữ." in shown

    def test_is_open_to_whoever_sees_plans_and_journaled(self, bloc, plan, yearly, agency):
        assert as_role(Role.GRASSROOTS_CLERK, agency).get(self.url(yearly)).status_code == 200
        [access] = LogEntry.objects.filter(action=LogEntry.Action.ACCESS)
        assert access.object_repr == "Đảng bộ Sở Xây dựng"
        assert "Xem so sánh quy hoạch Ban Chấp hành" in access.additional_data["act"]
        assert as_role(Role.LEADER, bloc).get(self.url(yearly)).status_code == 403
        beside = factories.organization(bloc)
        assert as_role(Role.GRASSROOTS_CLERK, beside).get(self.url(yearly)).status_code == 404

    def test_offers_to_go_on_to_those_who_plan(self, bloc, plan, yearly, agency):
        link = f'href="{address(yearly)}"'
        assert link in as_board(bloc).get(self.url(yearly)).content.decode()
        assert link not in as_role(Role.GRASSROOTS_CLERK, agency).get(self.url(yearly)).content.decode()


class TestTwoWriters:
    """Two clerks at one review: neither overwrites what the other has said without seeing it."""

    def opened(self, client, plan, yearly) -> dict[str, str]:
        """Return the marks of what was said when the page was opened."""
        rows = client.get(address(yearly)).context["form"].rows
        return {f"{row.prefix}-seen": row["seen"].value() or "" for row in rows}

    def test_what_one_did_not_touch_stays_as_the_other_said(self, bloc, plan, yearly):
        first, second = as_board(bloc, LOOKED_AT), as_board(bloc, LOOKED_AT)
        first.post(address(yearly), sent((plan[0], KEEP), (plan[1], KEEP)) | self.opened(first, plan, yearly))
        marks = self.opened(second, plan, yearly)
        first.post(
            address(yearly),
            sent((plan[0], REMOVE, "own_wish"), (plan[1], KEEP)) | self.opened(first, plan, yearly),
        )

        second.post(address(yearly), sent((plan[0], KEEP), (plan[1], REMOVE, "transfer")) | marks)

        assert verdicts() == {plan[0]: (REMOVE, "own_wish", ""), plan[1]: (REMOVE, "transfer", "")}

    def test_what_both_touched_is_shown_to_the_second_who_may_insist(self, bloc, plan, yearly):
        first, second = as_board(bloc, LOOKED_AT), as_board(bloc, LOOKED_AT)
        marks = self.opened(second, plan, yearly)
        first.post(
            address(yearly),
            sent((plan[0], REMOVE, "own_wish"), (plan[1], KEEP)) | self.opened(first, plan, yearly),
        )
        typed = sent((plan[0], REMOVE, "transfer"), (plan[1], KEEP))

        response = second.post(address(yearly), typed | marks)

        assert response.status_code == 422
        assert "người khác đã lưu kết luận khác: Lê Văn An (đưa ra, nguyện vọng cá nhân)" in response.content.decode()
        assert verdicts()[plan[0]] == (REMOVE, "own_wish", "")
        rows = response.context["form"].rows
        assert [row["reason"].value() for row in rows] == ["transfer", ""]
        again = {f"{row.prefix}-seen": row["seen"].value() for row in rows}
        second.post(address(yearly), typed | again)
        assert verdicts()[plan[0]] == (REMOVE, "transfer", "")

    def test_who_says_the_same_is_not_bothered(self, bloc, plan, yearly):
        first, second = as_board(bloc, LOOKED_AT), as_board(bloc, LOOKED_AT)
        marks = self.opened(second, plan, yearly)
        typed = sent((plan[0], REMOVE, "own_wish"), (plan[1], KEEP))
        first.post(address(yearly), typed | marks)
        assert second.post(address(yearly), typed | marks).status_code == 302
        assert len(verdicts()) == 2
