"""The page on which the plan of an organisation is made. It names people, so each look at it is journaled."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from auditlog.models import LogEntry
from django.urls import reverse

from accounts.roles import Role
from organizations.models import Organization
from personnel.actions import discipline
from planning.actions import approve_plans, close_round, remove_entry, return_plan, review, set_target, submit_plan
from planning.actions.reviews import VerdictDraft
from planning.models import PlanningRound, PositionGroup
from tests import factories
from tests.pages import as_board, as_role, signed_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def bloc() -> Organization:
    return factories.organization(name="Đảng bộ Khối", code="KHOI")


@pytest.fixture
def grassroots(bloc) -> Organization:
    return factories.organization(bloc, name="Đảng bộ Sở Xây dựng", code="SXD")


@pytest.fixture
def first(bloc) -> PlanningRound:
    return factories.planning_round(bloc)


def page_of(planning_round: PlanningRound, of: Organization) -> str:
    return reverse("planning:plan_detail", args=[planning_round.pk, of.code])


def link_to(name: str, planning_round: PlanningRound, of: Organization, *place: object) -> str:
    return reverse(f"planning:{name}", args=[planning_round.pk, of.code, *place])


def young(of: Organization, name: str):
    return factories.person(of, name, birth_date=date(1990, 5, 20), gender="female", ethnic_group="Tày")


def planned(planning_round: PlanningRound, of: Organization, name: str = "Đỗ Thị Hòa", code: str = "secretary"):
    return factories.plan_entry(planning_round, young(of, name), of, code)


def accesses() -> list[LogEntry]:
    return list(LogEntry.objects.filter(action=LogEntry.Action.ACCESS))


def test_shows_a_group_with_its_target_people_and_state(bloc, grassroots, first):
    set_target(
        first, organization=grassroots, group="committee", seats=15, coefficient=Decimal("1.5"), by=factories.office()
    )
    planned(first, grassroots, code="committee_member")
    shown = text_of(as_board(bloc).get(page_of(first, grassroots)))
    assert "Ban Chấp hành Đang giới thiệu 1/22 người" in shown
    assert "từ 15 đến 22 đồng chí (15 vị trí, hệ số 1,5); hiện có 1/22 đồng chí" in shown
    assert "Đỗ Thị Hòa 1990 1 01/02/2022 — Đang giới thiệu Đưa ra" in shown
    assert "Ban Thường vụ chưa có trong đợt này" in shown


def test_whoever_takes_somebody_out_comes_back_to_this_plan(bloc, grassroots, first):
    entry = planned(first, grassroots)
    factories.approved(first, grassroots)
    yearly = factories.planning_round(bloc, date(2023, 3, 1), kind="review")
    here = page_of(yearly, grassroots)
    client = as_board(bloc)
    leave = f"{reverse('planning:entry_remove', args=[entry.pk])}?ve={here}"
    assert f'href="{leave}"' in client.get(here).content.decode()
    assert f'href="{here}"' in client.get(leave).content.decode()


def test_a_submitted_plan_is_taken_back_by_whoever_submits_and_returned_by_whoever_decides(bloc, grassroots, first):
    planned(first, grassroots)
    sent = {"on": date(2022, 3, 1), "explanation": factories.EXPLANATION, "by": factories.office()}
    submit_plan(first, organization=grassroots, group="secretaries", **sent)
    for role, verb in ((Role.ORGANIZATION_BOARD, "Rút lại"), (Role.CONFIRMER, "Trả lại")):
        shown = text_of(as_role(role, bloc).get(page_of(first, grassroots)))
        assert [word for word in ("Rút lại", "Trả lại") if word in shown] == [verb]


def test_shows_the_last_ballot_of_each_and_who_was_stopped(bloc, grassroots, first):
    through, stopped = (planned(first, grassroots, name, "committee_member") for name in ("Đỗ Thị Hòa", "Lê Thị Mai"))
    factories.ballot(through, stopped, votes=12)
    step = factories.ballot(through, stopped, votes=7, on=date(2022, 2, 15))
    shown = text_of(as_board(bloc).get(page_of(first, grassroots)))
    assert "46,67 % (7/15) bước 2, không đi tiếp Không đủ phiếu" in shown
    assert f"{step}, ngày 15/02/2022: có mặt 15/15, 0/2 người đi tiếp (trên 50 % số người được triệu tập)" in shown
    page = as_board(bloc).get(page_of(first, grassroots)).content.decode()
    assert link_to("ballot_edit", first, grassroots, "committee", 2) in page
    assert link_to("ballot_paper", first, grassroots, "committee", 1) in page


def test_says_what_the_rules_say_while_the_plan_is_made(bloc, grassroots, first):
    entry = planned(first, grassroots)
    discipline(
        entry.person, kind="reprimand", valid_from=date(2026, 1, 1), valid_to=date(2027, 1, 1), by=factories.office()
    )
    with time_machine.travel("2026-03-01 10:00:00+07:00"):
        shown = text_of(as_board(bloc).get(page_of(first, grassroots)))
    assert "Đỗ Thị Hòa đang trong thời gian chịu kỷ luật khiển trách. chưa kiểm chứng" in shown
    assert "Chưa có ai được quy hoạch chức danh Phó Bí thư." in shown
    with time_machine.travel("2025-03-01 10:00:00+07:00"):
        shown = text_of(as_board(bloc).get(page_of(first, grassroots)))
    assert "chịu kỷ luật" not in shown


def test_gathers_what_one_rule_says_of_many(bloc, grassroots, first):
    factories.ballot(planned(first, grassroots, code="committee_member"))
    for number in range(6):
        planned(first, grassroots, f"Lê Thị Mai {number}", "committee_member")
    shown = text_of(as_board(bloc).get(page_of(first, grassroots)))
    assert shown.count("chưa có kết quả ở bước lấy phiếu 1") == 6
    assert "và 1 trường hợp nữa" in shown


def test_of_a_submitted_plan_tells_its_course_and_what_was_said_then(bloc, grassroots, first):
    planned(first, grassroots)
    plan = factories.submitted_plan(first, grassroots)
    client, url = as_board(bloc), page_of(first, grassroots)
    shown = text_of(client.get(url))
    assert "Đã trình ngày 20/02/2022, office trình" in shown
    assert f"Lý do vẫn trình {factories.EXPLANATION}" in shown
    assert "Theo quy định khi trình" in shown
    assert reverse("planning:plan_paper", args=[plan.pk, "to-trinh-quy-hoach"]) in client.get(url).content.decode()
    return_plan(plan, by=factories.superior(), reason="Thiếu danh sách", on=date(2022, 2, 25))
    shown = text_of(client.get(url))
    assert "Trả lại ngày 25/02/2022 (trình ngày 20/02/2022): Thiếu danh sách" in shown
    factories.approved(first, grassroots, submitted_on=date(2022, 3, 1))
    shown = text_of(client.get(url))
    assert "Đã phê duyệt ngày 10/3/2022, Quyết định số" in shown
    assert "Theo quy định khi phê duyệt" in shown
    assert "Trong quy hoạch từ 10/3/2022" in shown


def test_tells_when_a_plan_is_due_and_that_it_is_overdue(bloc, grassroots, first):
    planned(first, grassroots)
    due = factories.submitted_plan(first, grassroots).due_on
    words = f"Hạn phê duyệt {due:%d}/{due.month}/{due.year}"
    on_time = text_of(as_board(bloc, due).get(page_of(first, grassroots)))
    assert words in on_time
    assert "Quá hạn" not in on_time
    assert f"{words} Quá hạn" in text_of(as_board(bloc).get(page_of(first, grassroots)))


def test_keeps_whoever_left_since_the_round_was_opened_with_the_reason(bloc, grassroots, first):
    entry = planned(first, grassroots)
    remove_entry(entry, on=date(2022, 2, 10), reason="own_wish", by=factories.office())
    assert "Đã đưa ra 10/02/2022: nguyện vọng cá nhân" in text_of(as_board(bloc).get(page_of(first, grassroots)))


def test_a_review_shows_the_plan_as_it_stands_with_what_was_said_of_each(bloc, grassroots, first):
    staying, leaving = planned(first, grassroots), planned(first, grassroots, "Lê Thị Mai", "deputy_secretary")
    factories.approved(first, grassroots)
    yearly = factories.planning_round(bloc, date(2023, 3, 1), kind="review")
    client, url = as_board(bloc), page_of(yearly, grassroots)
    assert text_of(client.get(url)).count("từ 10/3/2022; chưa rà soát") == 2
    verdicts = [VerdictDraft(staying, "keep"), VerdictDraft(leaving, "remove", "transfer")]
    review(yearly, organization=grassroots, group="secretaries", verdicts=verdicts, by=factories.office())
    shown = text_of(client.get(url))
    assert "Trong quy hoạch từ 10/3/2022; rà soát: giữ" in shown
    assert "Sẽ đưa ra trong quy hoạch từ 10/3/2022; đưa ra vì: chuyển công tác" in shown
    assert "hiện có Bí thư 1/3 đồng chí, Phó Bí thư 0/3 đồng chí" in shown
    page = client.get(url).content.decode()
    for name in ("plan_review", "plan_comparison"):
        assert link_to(name, yearly, grassroots, "secretaries") in page


def test_a_closed_round_shows_the_plan_as_it_was_then(bloc, grassroots, first):
    entry = planned(first, grassroots)
    factories.approved(first, grassroots)
    close_round(first, by=factories.office(), on=date(2022, 12, 1))
    remove_entry(entry, on=date(2023, 1, 10), reason="transfer", by=factories.office())
    shown = text_of(as_board(bloc).get(page_of(first, grassroots)))
    assert "Đợt này đã kết thúc ngày 01/12/2022" in shown
    assert "Trong quy hoạch từ 10/3/2022" in shown
    assert "hiện có Bí thư 1/3 đồng chí" in shown
    assert "Đưa ra" not in shown


def test_shows_a_day_gone_by(bloc, grassroots, first):
    planned(first, grassroots)
    factories.approved(first, grassroots)
    shown = text_of(as_board(bloc, date(2022, 2, 10)).get(page_of(first, grassroots)))
    assert "Đang giới thiệu 01" not in shown
    assert "Bí thư, Phó Bí thư Đang giới thiệu" in shown
    assert "Đã phê duyệt" not in shown


class TestNextActs:
    def acts(self, client, planning_round: PlanningRound, of: Organization) -> set[str]:
        page = client.get(page_of(planning_round, of)).content.decode()
        links = {
            "introduce": f'href="{link_to("plan_introduce", planning_round, of)}"',
            "ballot": link_to("ballot_new", planning_round, of, "secretaries"),
            "submit": link_to("plan_submit", planning_round, of, "secretaries"),
            "review": link_to("plan_review", planning_round, of, "secretaries"),
            "decide": reverse("planning:approval_decide"),
            "return": "/tra-lai/",
            "remove": "/dua-ra/",
        }
        return {name for name, link in links.items() if link in page}

    def test_follow_the_state(self, bloc, grassroots, first):
        client = as_board(bloc)
        assert self.acts(client, first, grassroots) == {"introduce"}
        planned(first, grassroots)
        assert self.acts(client, first, grassroots) == {"introduce", "ballot", "submit", "remove"}
        plan = factories.submitted_plan(first, grassroots)
        assert self.acts(client, first, grassroots) == {"introduce", "return", "remove"}
        approve_plans([plan], by=factories.superior(), decision=factories.document(), explanation="Đã xem")
        assert self.acts(client, first, grassroots) == {"introduce", "remove"}
        yearly = factories.planning_round(bloc, date(2023, 3, 1), kind="review")
        assert self.acts(client, yearly, grassroots) == {"introduce", "review", "submit", "remove"}

    def test_follow_the_rights(self, bloc, grassroots, first):
        planned(first, grassroots)
        assert self.acts(as_role(Role.GRASSROOTS_CLERK, grassroots), first, grassroots) == set()
        factories.submitted_plan(first, grassroots)
        assert self.acts(as_role(Role.CONFIRMER, bloc), first, grassroots) == {"decide", "return"}
        assert self.acts(as_role(Role.LEADER, bloc, sees_plans=True), first, grassroots) == set()

    def test_whoever_submitted_does_not_decide(self, bloc, grassroots, first):
        planned(first, grassroots)
        both = factories.user(Role.ORGANIZATION_BOARD, bloc)
        both.assignments.create(role=Role.CONFIRMER, organization=bloc)
        submit_plan(
            first,
            organization=grassroots,
            group=PositionGroup.SECRETARIES,
            on=date(2022, 2, 20),
            by=both,
            explanation="Đã xem",
        )
        assert self.acts(signed_in(both), first, grassroots) == {"introduce", "return", "remove"}

    def test_there_are_none_on_another_day_nor_in_a_closed_round(self, bloc, grassroots, first):
        planned(first, grassroots)
        assert self.acts(as_board(bloc, date(2022, 6, 1)), first, grassroots) == set()
        close_round(first, by=factories.office(), on=date(2022, 12, 1))
        assert self.acts(as_board(bloc), first, grassroots) == set()


class TestConfidence:
    def test_each_look_at_names_is_journaled(self, bloc, grassroots, first):
        client, url = as_board(bloc), page_of(first, grassroots)
        client.get(url)
        assert accesses() == []  # nobody is named yet
        planned(first, grassroots)
        client.get(url)
        [access] = accesses()
        assert access.object_repr == "Đảng bộ Sở Xây dựng"
        assert access.additional_data["act"] == (
            "Xem quy hoạch (Giới thiệu lần đầu nhiệm kỳ 2025-2030, Đảng bộ Sở Xây dựng)"
        )

    def test_is_not_there_outside_the_scope_nor_without_the_right_to_names(self, bloc, grassroots, first):
        planned(first, grassroots)
        url = page_of(first, grassroots)
        assert as_role(Role.LEADER, bloc).get(url).status_code == 403
        assert as_board(factories.organization(bloc)).get(url).status_code == 404
        assert as_role(Role.LEADER, grassroots, sees_plans=True).get(url).status_code == 200

    def test_right_over_one_part_opens_no_names_of_another(self, bloc, grassroots, first):
        planned(first, grassroots)
        viewer = factories.user(Role.LEADER, factories.organization(bloc), sees_plans=True)
        viewer.assignments.create(role=Role.LEADER, organization=grassroots)
        assert signed_in(viewer).get(page_of(first, grassroots)).status_code == 404
