"""Pages of planning: the confidential list of names, and the rounds without names."""

from datetime import date
from decimal import Decimal

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from accounts.roles import Role
from common.vietnamese import sort_key
from organizations.models import Organization, Position
from planning.actions import close_round, remove_entry, set_target
from planning.models import PlanningRound, PositionGroup
from tests import factories
from tests.pages import MOST_QUERIES, as_board, as_role, count_queries, signed_in, text_of

pytestmark = pytest.mark.django_db

ENTRIES = reverse("planning:entry_list")
ROUNDS = reverse("planning:round_list")


@pytest.fixture
def bloc() -> Organization:
    return factories.organization(name="Đảng bộ Khối", code="KHOI")


@pytest.fixture
def grassroots(bloc) -> Organization:
    return factories.organization(bloc, name="Đảng bộ Sở Xây dựng", code="SXD")


@pytest.fixture
def first(bloc) -> PlanningRound:
    return factories.planning_round(bloc)


def plan(first: PlanningRound, of: Organization, name: str | None = None, code: str = Position.SECRETARY):
    return factories.plan_entry(first, factories.person(of, name), of, code)


def accesses() -> list[LogEntry]:
    return list(LogEntry.objects.filter(action=LogEntry.Action.ACCESS))


class TestEntries:
    def test_lists_who_is_planned_for_what_and_by_which_decision(self, bloc, grassroots, first):
        plan(first, grassroots, "Đỗ Thị Hòa")
        approval = factories.approved(first, grassroots)
        shown = text_of(as_board(bloc).get(ENTRIES))
        assert "Đỗ Thị Hòa 1975 Đảng bộ Sở Xây dựng Bí thư 1 01/02/2022 10/3/2022" in shown
        assert f"số {approval.decision.full_number} Trong quy hoạch" in shown

    def test_lists_the_names_of_a_position_in_vietnamese_order(self, bloc, grassroots, first):
        names = ["Nguyễn Văn Ước", "Trần Thị Ánh", "Đỗ Văn Ân", "Lê Thị Đào", "Phạm Văn Dũng"]
        for name in names:
            plan(first, grassroots, name)
        shown = text_of(as_board(bloc).get(ENTRIES))
        assert sorted(names, key=shown.index) == sorted(names, key=sort_key)

    @pytest.mark.parametrize(
        ("day", "state"),
        [
            (date(2022, 2, 1), "Chưa phê duyệt"),
            (date(2022, 3, 10), "Trong quy hoạch"),
            (date(2022, 9, 1), "Đã đưa ra"),
        ],
    )
    def test_shows_the_state_of_the_day_looked_at(self, bloc, grassroots, first, day, state):
        entry = plan(first, grassroots)
        factories.approved(first, grassroots)
        remove_entry(entry, on=date(2022, 9, 1), reason="transfer", by=factories.office())
        assert f"{state} 1–1" in text_of(as_board(bloc, day).get(ENTRIES))

    def test_hides_who_was_introduced_later(self, bloc, grassroots, first):
        plan(first, grassroots)
        shown = text_of(as_board(bloc, date(2022, 1, 31)).get(ENTRIES))
        assert "Chưa có ai trong danh sách quy hoạch" in shown

    def test_shows_the_newest_plan_term_unless_asked_for_another(self, bloc, grassroots, first):
        older = factories.planning_round(bloc, plan_term="2020-2025", opened_on=date(2021, 1, 5))
        plan(first, grassroots, "Người Mới")
        plan(older, grassroots, "Người Cũ")
        client = as_board(bloc)
        newest, former = (text_of(client.get(ENTRIES, query)) for query in ({}, {"plan_term": "2020-2025"}))
        assert "Người Mới" in newest
        assert "Người Cũ" not in newest
        assert "Người Cũ" in former
        assert "Người Mới" not in former

    def test_a_plan_term_without_anybody_does_not_hide_the_one_before(self, bloc, grassroots, first):
        plan(first, grassroots, "Đỗ Thị Hòa")
        factories.planning_round(bloc, plan_term="2030-2035", opened_on=date(2026, 9, 1))
        client = as_board(bloc, date(2026, 10, 1))
        assert "Đỗ Thị Hòa" in text_of(client.get(ENTRIES))
        assert "Không có kết quả nào khớp" in text_of(client.get(ENTRIES, {"plan_term": "2030-2035"}))

    def test_filters_by_words_group_organization_and_state(self, bloc, grassroots, first):
        plan(first, grassroots, "Đỗ Thị Hòa")
        plan(first, bloc, "Nguyễn Văn Nam", Position.COMMITTEE_MEMBER)
        factories.approved(first, bloc, PositionGroup.COMMITTEE)
        client = as_board(bloc)
        for query in ({"q": "hoa so"}, {"group": "secretaries"}, {"organization": "SXD"}, {"state_on_day": "awaiting"}):
            shown = text_of(client.get(ENTRIES, query))
            assert "Đỗ Thị Hòa" in shown
            assert "Nguyễn Văn Nam" not in shown

    @pytest.mark.parametrize("name", ["plan_term", "organization", "group", "state_on_day"])
    def test_an_unknown_choice_finds_nothing_and_is_explained(self, bloc, grassroots, first, name):
        plan(first, grassroots)
        shown = text_of(as_board(bloc).get(ENTRIES, {name: "bogus"}))
        assert "Không có lựa chọn “bogus”" in shown
        assert "0 kết quả" in shown
        assert accesses() == []

    def test_a_clerk_sees_only_the_own_organization(self, bloc, grassroots, first):
        plan(first, grassroots, "Người Trong")
        plan(first, factories.organization(bloc), "Người Ngoài")
        shown = text_of(as_role(Role.GRASSROOTS_CLERK, grassroots).get(ENTRIES))
        assert "Người Trong" in shown
        assert "Người Ngoài" not in shown

    def test_a_leader_sees_names_only_when_entrusted_with_them(self, bloc, grassroots, first):
        plan(first, grassroots)
        assert as_role(Role.LEADER, bloc).get(ENTRIES).status_code == 403
        assert as_role(Role.LEADER, bloc, sees_plans=True).get(ENTRIES).status_code == 200
        assert as_role(Role.ADMINISTRATOR, bloc).get(ENTRIES).status_code == 403

    def test_rights_over_two_parts_do_not_mix(self, bloc, grassroots, first):
        """Seeing plans of one organisation does not open the names of another where one may only look."""
        other = factories.organization(bloc)
        plan(first, grassroots, "Được Xem")
        plan(first, other, "Không Được Xem")
        viewer = factories.user(Role.LEADER, grassroots, sees_plans=True)
        viewer.assignments.create(role=Role.LEADER, organization=other)
        shown = text_of(signed_in(viewer).get(ENTRIES))
        assert "Không Được Xem" not in shown
        assert "Được Xem" in shown

    def test_each_view_of_names_is_journaled_once_with_its_filters(self, bloc, grassroots, first):
        plan(first, grassroots)
        viewer = factories.user(Role.ORGANIZATION_BOARD, bloc)
        client = signed_in(viewer)
        client.get(ENTRIES)
        client.get(ENTRIES, {"organization": "SXD", "group": "secretaries"})
        of_organization, of_round = accesses()
        assert of_round.actor == of_organization.actor == viewer
        assert of_round.object_repr == str(first)
        assert of_round.additional_data["act"] == (
            "Xem danh sách quy hoạch (nhiệm kỳ quy hoạch: 2025-2030; trang 1/1, 1 kết quả)"
        )
        assert of_organization.object_repr == "Đảng bộ Sở Xây dựng"
        assert "nhóm chức danh: Bí thư, Phó Bí thư" in of_organization.additional_data["act"]

    def test_a_list_without_names_is_not_journaled(self, bloc, first):
        as_board(bloc).get(ENTRIES)
        assert accesses() == []

    def test_an_office_without_any_round_sees_an_empty_page(self, bloc):
        assert "Chưa có ai trong danh sách quy hoạch" in text_of(as_board(bloc).get(ENTRIES))

    def test_cuts_the_list_into_pages_of_fifty(self, bloc, grassroots, first):
        for _ in range(51):
            plan(first, grassroots)
        assert "51–51 trong 51" in text_of(as_board(bloc).get(ENTRIES, {"page": "2"}))
        assert "trang 2/2, 51 kết quả" in accesses()[0].additional_data["act"]

    def test_takes_the_same_few_queries_however_many_are_planned(self, bloc, grassroots, first):
        client = as_board(bloc)
        url = f"{ENTRIES}?q=nguyen&organization=SXD"
        plan(first, grassroots)
        small = count_queries(client, url)
        for _ in range(12):
            plan(first, grassroots)
        assert count_queries(client, url) == small <= MOST_QUERIES


class TestRounds:
    def test_lists_the_rounds_opened_by_the_day(self, bloc, first):
        close_round(first, by=factories.office(), on=date(2022, 12, 1))
        assert "Giới thiệu lần đầu 2025-2030 Đảng bộ Khối 05/01/2022 —" in text_of(
            as_board(bloc, date(2022, 6, 1)).get(ROUNDS)
        )
        assert "05/01/2022 01/12/2022" in text_of(as_board(bloc).get(ROUNDS))
        assert "Chưa có đợt quy hoạch nào" in text_of(as_board(bloc, date(2021, 6, 1)).get(ROUNDS))

    def test_shows_basis_targets_and_approvals_by_group(self, bloc, grassroots, first):
        first.legal_basis.add(factories.document(type="HD", summary="Về công tác quy hoạch"))
        office = factories.office()
        set_target(
            first,
            organization=grassroots,
            group=PositionGroup.SECRETARIES,
            seats=2,
            coefficient=Decimal("1.5"),
            by=office,
        )
        plan(first, grassroots)
        factories.approved(first, grassroots)
        shown = text_of(as_board(bloc).get(reverse("planning:round_detail", args=[first.pk])))
        assert "Về công tác quy hoạch" in shown
        assert "Bí thư, Phó Bí thư 1 2 1,5 1 1 1 0" in shown

    def test_counts_as_of_the_day_looked_at(self, bloc, grassroots, first):
        plan(first, grassroots)
        factories.approved(first, grassroots)
        url = reverse("planning:round_detail", args=[first.pk])
        assert "Bí thư, Phó Bí thư — — — 1 0 0 1" in text_of(as_board(bloc, date(2022, 2, 20)).get(url))
        assert "Bí thư, Phó Bí thư — — — 1 1 1 0" in text_of(as_board(bloc, date(2022, 3, 10)).get(url))

    def test_shows_no_names_and_so_opens_to_a_leader(self, bloc, grassroots, first):
        plan(first, grassroots, "Đỗ Thị Hòa")
        url = reverse("planning:round_detail", args=[first.pk])
        page = as_role(Role.LEADER, bloc).get(url)
        assert "Đỗ Thị Hòa" not in text_of(page)
        assert f'href="{ENTRIES}"' not in page.content.decode()
        assert accesses() == []

    def test_counts_only_what_lies_in_the_scope(self, bloc, grassroots, first):
        plan(first, grassroots)
        plan(first, factories.organization(bloc))
        url = reverse("planning:round_detail", args=[first.pk])
        assert "— — — 0 0 0 1" in text_of(as_role(Role.GRASSROOTS_CLERK, grassroots).get(url))

    def test_is_not_there_outside_the_scope_nor_without_the_right(self, bloc, grassroots):
        own = factories.planning_round(grassroots)
        url = reverse("planning:round_detail", args=[own.pk])
        assert as_role(Role.GRASSROOTS_CLERK, factories.organization(bloc)).get(url).status_code == 404
        nobody = signed_in(factories.user(role=None))
        assert nobody.get(url).status_code == 403
        assert nobody.get(ROUNDS).status_code == 403

    def test_take_the_same_few_queries_however_large(self, bloc, grassroots, first):
        client = as_board(bloc)
        url = reverse("planning:round_detail", args=[first.pk])
        plan(first, grassroots)
        small = count_queries(client, ROUNDS), count_queries(client, url)
        for _ in range(6):
            plan(first, factories.organization(bloc))
            factories.planning_round(bloc)
        assert (count_queries(client, ROUNDS), count_queries(client, url)) == small
        assert max(small) <= MOST_QUERIES
