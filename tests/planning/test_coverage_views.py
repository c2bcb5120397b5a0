"""Pages of the coverage board: counts for whoever may look, names only on the page that is journaled."""

import re
from datetime import date

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from accounts.roles import Role
from organizations.models import Organization, OrganizationKind, Position
from planning.actions import remove_entry
from planning.models import PlanningRound, PositionGroup
from tests import factories
from tests.pages import MOST_QUERIES, as_board, as_role, count_queries, signed_in, text_of

pytestmark = pytest.mark.django_db

BOARD = reverse("planning:coverage")
MANY = reverse("planning:coverage_many_places")
ENTRIES = reverse("planning:entry_list")
APPROVED = date(2022, 3, 10)  # as factories.approved does


@pytest.fixture
def bloc() -> Organization:
    return factories.organization(name="Đảng bộ Khối", code="KHOI")


@pytest.fixture
def grassroots(bloc) -> Organization:
    made = factories.organization(bloc, name="Đảng bộ Sở Xây dựng", code="SXD")
    factories.term(made)
    return made


@pytest.fixture
def first(bloc) -> PlanningRound:
    return factories.planning_round(bloc)


def plan(first: PlanningRound, of: Organization, name: str | None = None, code: str = Position.SECRETARY):
    return factories.plan_entry(first, factories.person(of, name), of, code)


def plan_in_three_places(first: PlanningRound, bloc: Organization, of: Organization, name: str):
    person = factories.person(of, name)
    factories.plan_entry(first, person, of, Position.SECRETARY)
    factories.plan_entry(first, person, of, Position.DEPUTY_SECRETARY)
    factories.plan_entry(first, person, bloc, Position.COMMITTEE_MEMBER)
    return person


def board(client, **query):
    return client.get(BOARD, query)


def row_of(response, name: str) -> str:
    """Return what the row of an organisation says."""
    rows = re.findall(r"<tr>.*?</tr>", response.content.decode(), flags=re.S)
    [row] = [row for row in rows if f">{name}</a></th>" in row]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", row)).strip()


def rows_of(response) -> list[str]:
    """Return the organisations shown, in order."""
    return [row.version.name for row in response.context["page"]]


def cells_of(response, name: str) -> dict[str, object]:
    [row] = [row for row in response.context["page"] if row.version.name == name]
    return {cell.post.value: cell for cell in row.cells if cell}


def accesses() -> list[LogEntry]:
    return list(LogEntry.objects.filter(action=LogEntry.Action.ACCESS))


class TestCells:
    @pytest.mark.parametrize(
        ("day", "state"),
        [
            (date(2022, 1, 31), "missing"),  # the day before the introduction
            (date(2022, 2, 1), "in_progress"),
            (date(2022, 3, 9), "in_progress"),  # the day before the approval
            (APPROVED, "approved"),
            (date(2022, 8, 31), "approved"),
            (date(2022, 9, 1), "missing"),  # the day of the removal
        ],
    )
    def test_are_as_on_the_day_looked_at(self, bloc, grassroots, first, day, state):
        entry = plan(first, grassroots)
        factories.approved(first, grassroots)
        remove_entry(entry, on=date(2022, 9, 1), reason="transfer", by=factories.office())
        assert cells_of(board(as_board(bloc, day)), "Đảng bộ Sở Xây dựng")["secretary"].state == state

    def test_say_state_and_numbers_in_words_too(self, bloc, grassroots, first):
        plan(first, grassroots)
        factories.approved(first, grassroots)
        plan(first, grassroots, code=Position.COMMITTEE_MEMBER)
        said = row_of(board(as_board(bloc, date(2022, 6, 1))), "Đảng bộ Sở Xây dựng")
        assert "Đã duyệt 1 đồng chí trong quy hoạch Bí thư, Đảng bộ Sở Xây dựng/ cho 1 vị trí" in said
        assert "Chưa có 0 đồng chí trong quy hoạch/ cho 1 vị trí" in said
        assert "Đang làm 0 đồng chí trong quy hoạch/ cho 15 vị trí 1 chờ duyệt" in said

    def test_take_the_sizes_of_the_term_in_force(self, bloc, grassroots, first):
        client = as_board(bloc, date(2022, 6, 1))
        factories.term(grassroots, date(2025, 6, 20), committee=11, standing=0, inspection=0)
        assert cells_of(board(client), "Đảng bộ Sở Xây dựng")["standing"].seats == 5
        later = cells_of(board(as_board(bloc, date(2025, 7, 1))), "Đảng bộ Sở Xây dựng")
        assert later["committee"].seats == 11
        assert "standing" not in later

    def test_count_the_deputies_who_sit_on_the_day(self, bloc, grassroots, first):
        for on in (date(2022, 3, 10), date(2022, 5, 10)):
            deputy = factories.person(grassroots)
            factories.seated(deputy, grassroots, on=on)
            factories.seated(deputy, grassroots, Position.DEPUTY_SECRETARY, on=on)
        for day, seats in [(date(2022, 5, 9), 1), (date(2022, 5, 10), 2)]:
            cells = cells_of(board(as_board(bloc, day)), "Đảng bộ Sở Xây dựng")
            assert cells["deputy_secretary"].seats == seats

    def test_a_post_that_is_not_there_is_a_dash(self, bloc, first):
        cell = factories.organization(bloc, kind=OrganizationKind.GRASSROOTS_CELL, name="Chi bộ Kho bạc")
        factories.term(cell, committee=5, standing=0, inspection=0)
        said = row_of(board(as_board(bloc, date(2022, 6, 1))), "Chi bộ Kho bạc")
        assert said.count("— không có chức danh này") == 2

    def test_count_the_plan_term_asked_for_and_first_the_newest_with_anybody(self, bloc, grassroots, first):
        older = factories.planning_round(bloc, plan_term="2020-2025", opened_on=date(2021, 1, 5))
        factories.planning_round(bloc, plan_term="2030-2035", opened_on=date(2022, 2, 1))
        plan(first, grassroots)
        plan(older, grassroots, code=Position.DEPUTY_SECRETARY)
        client = as_board(bloc, date(2022, 6, 1))
        newest, former, next_term = (
            {post: cell.awaiting for post, cell in cells_of(board(client, **query), "Đảng bộ Sở Xây dựng").items()}
            for query in ({}, {"plan_term": "2020-2025"}, {"plan_term": "2030-2035"})
        )
        assert (newest["secretary"], newest["deputy_secretary"]) == (1, 0)
        assert (former["secretary"], former["deputy_secretary"]) == (0, 1)
        assert not any(next_term.values())


class TestRetiring:
    @pytest.fixture
    def secretary(self, grassroots):
        """One who is 61 years and 3 months old in May 2025; the term ends in June."""
        made = factories.person(grassroots, "Trịnh Văn Nghỉ", birth_date=date(1964, 2, 29))
        factories.seated(made, grassroots)
        factories.seated(made, grassroots, Position.SECRETARY)
        return made

    def test_a_holder_without_anybody_ready_is_marked_and_named(self, bloc, grassroots, first, secretary):
        response = board(as_role(Role.LEADER, bloc, date(2022, 6, 1)))
        said = row_of(response, "Đảng bộ Sở Xây dựng")
        assert "nghỉ hưu 5/2025, chưa có ai sẵn sàng chưa kiểm chứng" in said
        shown = text_of(response)
        assert "5/2025 chưa kiểm chứng Trịnh Văn Nghỉ Bí thư (chưa có ai); Ủy viên Ban Chấp hành (chưa có ai)" in shown
        assert "01 đồng chí nghỉ hưu trước hết nhiệm kỳ mà chưa ai sẵn sàng" in shown

    def test_a_holder_born_a_month_later_stays_until_the_term_ends(self, bloc, grassroots, first):
        factories.seated(factories.person(grassroots, birth_date=date(1964, 3, 1)), grassroots)
        assert not cells_of(board(as_board(bloc, date(2022, 6, 1))), "Đảng bộ Sở Xây dựng")["committee"].retiring

    def test_what_a_decision_says_is_verified(self, bloc, grassroots, first, secretary):
        secretary.retires_on, secretary.retires_on_source = date(2024, 10, 1), "Quyết định số 15"
        secretary.save()
        shown = text_of(board(as_board(bloc, date(2022, 6, 1))))
        assert "10/2024 Trịnh Văn Nghỉ" in shown
        assert "chưa kiểm chứng" not in shown

    def test_one_in_the_plan_who_stays_is_enough(self, bloc, grassroots, first, secretary):
        plan(first, grassroots)
        client = as_board(bloc, date(2022, 6, 1))
        assert cells_of(board(client), "Đảng bộ Sở Xây dựng")["secretary"].retiring
        factories.approved(first, grassroots)
        response = board(client)
        assert not cells_of(response, "Đảng bộ Sở Xây dựng")["secretary"].retiring
        assert "Trịnh Văn Nghỉ Ủy viên Ban Chấp hành (chưa có ai)" in text_of(response)

    def test_only_those_who_sit_on_the_day_are_looked_at(self, bloc, grassroots, first, secretary):
        assert "Trịnh Văn Nghỉ" not in text_of(board(as_board(bloc, date(2022, 3, 9))))
        factories.confirmed(grassroots, factories.release(secretary, proposed_on=date(2022, 7, 1)), on=date(2022, 7, 1))
        assert "Trịnh Văn Nghỉ" not in text_of(board(as_board(bloc, date(2022, 7, 1))))

    def test_holders_outside_the_scope_are_not_named(self, bloc, grassroots, first, secretary):
        other = factories.organization(bloc)
        assert "Trịnh Văn Nghỉ" not in text_of(board(as_role(Role.GRASSROOTS_CLERK, other, date(2022, 6, 1))))

    def test_where_nobody_is_without_a_successor_the_page_says_so(self, bloc, grassroots, first):
        shown = text_of(board(as_board(bloc, date(2022, 6, 1))))
        assert "Không có đồng chí nào." in shown
        assert "00 đồng chí" not in shown

    def test_the_list_stays_whole_when_a_situation_is_looked_for(self, bloc, grassroots, first, secretary):
        shown = text_of(board(as_board(bloc, date(2022, 6, 1)), situation="approved"))
        assert "Trịnh Văn Nghỉ" in shown


class TestNames:
    def test_no_planned_name_stands_on_the_board_even_for_those_who_may_see_plans(self, bloc, grassroots, first):
        plan_in_three_places(first, bloc, grassroots, "Nông Văn Hoạch")
        for client in (as_board(bloc), as_role(Role.LEADER, bloc), as_role(Role.GRASSROOTS_CLERK, grassroots)):
            assert "Nông Văn Hoạch" not in board(client).content.decode()
        assert accesses() == []

    def test_a_cell_leads_to_exactly_its_people(self, bloc, grassroots, first):
        beneath = factories.organization(grassroots, kind=OrganizationKind.SUBORDINATE_CELL)
        plan(first, grassroots, "Người Trong")
        factories.approved(first, grassroots)
        plan(first, beneath, "Người Cấp Dưới")
        review = factories.planning_round(bloc, date(2022, 4, 1), kind=PlanningRound.Kind.REVIEW)
        newcomer = factories.person(grassroots, "Phó Bí Thư")
        factories.plan_entry(review, newcomer, grassroots, Position.DEPUTY_SECRETARY, on=date(2022, 4, 5))
        client = as_board(bloc)
        links = _links_to_entries(board(client), "Đảng bộ Sở Xây dựng")
        in_plan, waiting = (text_of(client.get(link)) for link in links)
        assert "1–1 trong 1" in in_plan
        assert "Người Trong" in in_plan
        assert "1–1 trong 1" in waiting
        assert "Phó Bí Thư" in waiting

    def test_an_inspection_committee_leads_to_the_list_of_both_its_heads(self, bloc, grassroots, first):
        plan(first, grassroots, "Chủ Nhiệm", Position.INSPECTION_CHAIR)
        plan(first, grassroots, "Phó Chủ Nhiệm", Position.INSPECTION_DEPUTY_CHAIR)
        client = as_board(bloc)
        [link] = _links_to_entries(board(client), "Đảng bộ Sở Xây dựng")
        assert f"group={PositionGroup.INSPECTION_HEADS}" in link
        assert "1–2 trong 2" in text_of(client.get(link))

    def test_cells_lead_nowhere_without_the_right_to_plans(self, bloc, grassroots, first):
        plan(first, grassroots)
        factories.approved(first, grassroots)
        page = board(as_role(Role.LEADER, bloc))
        assert "Đã duyệt" in row_of(page, "Đảng bộ Sở Xây dựng")
        assert ENTRIES + "?" not in page.content.decode()

    def test_cells_lead_only_to_the_plans_that_one_may_see(self, bloc, grassroots, first):
        other = factories.organization(bloc, name="Đảng bộ Sở Y tế")
        for place in (grassroots, other):
            plan(first, place)
        viewer = factories.user(Role.LEADER, grassroots, sees_plans=True)
        viewer.assignments.create(role=Role.LEADER, organization=other)
        page = board(signed_in(viewer))
        assert _links_to_entries(page, "Đảng bộ Sở Xây dựng")
        assert not _links_to_entries(page, "Đảng bộ Sở Y tế")


def _links_to_entries(response, name: str) -> list[str]:
    rows = re.findall(r"<tr>.*?</tr>", response.content.decode(), flags=re.S)
    [row] = [row for row in rows if f">{name}</a></th>" in row]
    return [link.replace("&amp;", "&") for link in re.findall(rf'href="({re.escape(ENTRIES)}\?[^"]*)"', row)]


class TestRows:
    def test_are_the_organizations_of_the_scope(self, bloc, grassroots, first):
        other = factories.organization(bloc, name="Đảng bộ Sở Y tế")
        plan(first, other)
        response = board(as_role(Role.GRASSROOTS_CLERK, grassroots))
        assert rows_of(response) == ["Đảng bộ Sở Xây dựng"]
        assert "Đảng bộ Sở Y tế" not in response.content.decode()
        assert response.context["tallies"][0].in_progress == 0

    def test_are_those_that_stand_on_the_day(self, bloc, grassroots, first):
        factories.organization(bloc, name="Đảng bộ Mới", valid_from=date(2022, 6, 1))
        assert "Đảng bộ Mới" not in rows_of(board(as_board(bloc, date(2022, 5, 31))))
        assert "Đảng bộ Mới" in rows_of(board(as_board(bloc, date(2022, 6, 1))))

    def test_leave_out_what_lies_beneath_the_grassroots_unless_asked_for(self, bloc, grassroots, first):
        factories.organization(grassroots, kind=OrganizationKind.SUBORDINATE_CELL, name="Chi bộ Một")
        client = as_board(bloc)
        assert sorted(rows_of(board(client))) == ["Đảng bộ Khối", "Đảng bộ Sở Xây dựng"]
        assert rows_of(board(client, kind="subordinate_cell")) == ["Chi bộ Một"]
        assert len(rows_of(board(client, kind="every"))) == 3

    def test_are_one_organization_and_all_beneath_it_when_asked(self, bloc, grassroots, first):
        factories.organization(grassroots, kind=OrganizationKind.SUBORDINATE_CELL, name="Chi bộ Một")
        factories.organization(bloc, name="Đảng bộ Sở Y tế")
        client = as_board(bloc)
        assert rows_of(board(client, organization="SXD")) == ["Đảng bộ Sở Xây dựng"]
        assert sorted(rows_of(board(client, organization="SXD", kind="every"))) == ["Chi bộ Một", "Đảng bộ Sở Xây dựng"]

    def test_stand_gaps_first_then_by_name(self, bloc, first):
        for name in ("Đảng bộ Đa", "Đảng bộ Da", "Đảng bộ Ăn", "Đảng bộ An"):
            place = factories.organization(bloc, name=name)
            if name != "Đảng bộ Đa":
                plan(first, place)
        shown = rows_of(board(as_board(bloc), kind="grassroots_committee"))
        assert shown == ["Đảng bộ Đa", "Đảng bộ An", "Đảng bộ Ăn", "Đảng bộ Da"]

    def test_are_filtered_by_situation_and_post(self, bloc, grassroots, first):
        other = factories.organization(bloc, name="Đảng bộ Sở Y tế")
        plan(first, grassroots)
        factories.approved(first, grassroots)
        plan(first, other)
        client = as_board(bloc)
        for situation, shown in [
            ("approved", ["Đảng bộ Sở Xây dựng"]),
            ("in_progress", ["Đảng bộ Sở Y tế"]),
            ("missing", ["Đảng bộ Khối"]),
            ("gap", ["Đảng bộ Khối", "Đảng bộ Sở Y tế"]),
        ]:
            assert rows_of(board(client, post="secretary", situation=situation)) == shown, situation
        assert rows_of(board(client, post="inspection", situation="approved")) == []
        assert rows_of(board(client, situation="in_progress")) == ["Đảng bộ Sở Y tế"]

    def test_the_totals_do_not_change_when_a_situation_is_looked_for(self, bloc, grassroots, first):
        plan(first, grassroots)
        client = as_board(bloc)
        looked_for = board(client, post="secretary", situation="in_progress")
        assert looked_for.context["tallies"] == board(client).context["tallies"]
        assert "0/2 đã duyệt" in text_of(looked_for)

    def test_each_total_leads_to_its_rows(self, bloc, grassroots, first):
        plan(first, grassroots)
        client = as_board(bloc)
        page = board(client, kind="grassroots_committee").content.decode()
        links = re.findall(r'href="(\?[^"]*post=secretary[^"]*)#board"', page)
        shown = {link: rows_of(client.get(BOARD + link.replace("&amp;", "&"))) for link in links}
        assert [names for link, names in shown.items() if "in_progress" in link] == [["Đảng bộ Sở Xây dựng"]]
        assert [names for link, names in shown.items() if "approved" in link] == [[]]

    @pytest.mark.parametrize("name", ["plan_term", "organization", "kind", "post", "situation"])
    def test_an_unknown_choice_finds_nothing_and_is_explained(self, bloc, grassroots, first, name):
        shown = text_of(board(as_board(bloc), **{name: "bogus"}))
        assert "Không có lựa chọn “bogus”" in shown
        assert "Không có tổ chức nào khớp" in shown
        assert "chưa ai sẵn sàng" not in shown  # nothing is said of organisations that were not looked at

    def test_an_organization_outside_the_scope_cannot_be_chosen(self, bloc, grassroots, first):
        factories.organization(bloc, name="Đảng bộ Sở Y tế", code="SYT")
        page = board(as_role(Role.GRASSROOTS_CLERK, grassroots), organization="SYT")
        assert rows_of(page) == []
        assert "Đảng bộ Sở Y tế" not in page.content.decode()

    def test_an_office_without_any_round_sees_what_belongs_here(self, bloc, grassroots):
        assert "Chưa có đợt quy hoạch nào" in text_of(board(as_board(bloc)))

    def test_a_day_before_everything_is_empty(self, bloc, grassroots, first):
        assert "Chưa có đợt quy hoạch nào" in text_of(board(as_board(bloc, date(2014, 1, 1))))

    def test_are_shown_a_hundred_at_a_time(self, bloc, first, monkeypatch):
        monkeypatch.setattr("planning.views.coverage.PAGE_SIZE", 2)
        for _ in range(3):
            factories.organization(bloc)
        client = as_board(bloc)
        assert len(rows_of(board(client))) == 2
        assert "3–4 trong 4" in text_of(board(client, page=2))


class TestManyPlaces:
    def test_the_board_counts_them_in_the_scope(self, bloc, grassroots, first):
        plan_in_three_places(first, bloc, grassroots, "Nông Văn Hoạch")
        plan(first, grassroots)
        assert "01 đồng chí có từ ba chức danh quy hoạch trở lên" in text_of(board(as_role(Role.LEADER, bloc)))
        beneath = text_of(board(as_role(Role.LEADER, grassroots)))  # sees two of the three places
        assert "Không có đồng chí nào được quy hoạch từ ba" in beneath

    def test_are_named_with_their_places_to_those_who_may_see_plans(self, bloc, grassroots, first):
        plan_in_three_places(first, bloc, grassroots, "Nông Văn Hoạch")
        shown = text_of(as_board(bloc).get(MANY))
        assert "Nông Văn Hoạch 1975 3 Ủy viên Ban Chấp hành, Đảng bộ Khối (chưa phê duyệt)" in shown
        assert "Bí thư, Đảng bộ Sở Xây dựng (chưa phê duyệt) Phó Bí thư, Đảng bộ Sở Xây dựng (chưa phê duyệt)" in shown

    def test_two_places_are_not_many(self, bloc, grassroots, first):
        person = factories.person(grassroots)
        for code in (Position.SECRETARY, Position.DEPUTY_SECRETARY):
            factories.plan_entry(first, person, grassroots, code)
        assert "Không có ai" in text_of(as_board(bloc).get(MANY))
        assert "0 kết quả" in accesses()[0].additional_data["act"]  # that nobody is there was told too

    def test_a_post_that_somebody_left_and_came_back_to_counts_once(self, bloc, grassroots, first):
        person = factories.person(grassroots)
        left = factories.plan_entry(first, person, grassroots, Position.SECRETARY)
        remove_entry(left, on=date(2022, 9, 1), reason="transfer", by=factories.office())
        factories.plan_entry(first, person, grassroots, Position.SECRETARY, on=date(2022, 8, 15))
        factories.plan_entry(first, person, grassroots, Position.DEPUTY_SECRETARY)
        assert person.full_name not in text_of(as_board(bloc, date(2022, 8, 20)).get(MANY))

    def test_places_of_another_plan_term_or_left_before_the_day_do_not_count(self, bloc, grassroots, first):
        person = factories.person(grassroots)
        other = factories.planning_round(bloc, plan_term="2020-2025")
        left = factories.plan_entry(first, person, grassroots, Position.SECRETARY)
        factories.plan_entry(first, person, grassroots, Position.DEPUTY_SECRETARY)
        factories.plan_entry(first, person, bloc, Position.COMMITTEE_MEMBER)
        factories.plan_entry(other, person, bloc, Position.STANDING_MEMBER)
        remove_entry(left, on=date(2022, 9, 1), reason="transfer", by=factories.office())
        for day, found in [(date(2022, 8, 31), True), (date(2022, 9, 1), False)]:
            client = as_board(bloc, day)
            assert (person.full_name in text_of(client.get(MANY))) is found
            assert ("01 đồng chí có từ ba chức danh" in text_of(board(client))) is found

    def test_each_view_of_the_names_is_journaled(self, bloc, grassroots, first):
        plan_in_three_places(first, bloc, grassroots, "Nông Văn Hoạch")
        viewer = factories.user(Role.ORGANIZATION_BOARD, bloc)
        signed_in(viewer).get(MANY)
        [access] = accesses()
        assert access.actor == viewer
        assert access.object_repr == str(first)
        assert access.additional_data["act"] == (
            "Xem danh sách được quy hoạch từ ba chức danh trở lên (nhiệm kỳ quy hoạch: 2025-2030; trang 1/1, 1 kết quả)"
        )

    def test_without_any_round_nothing_is_shown_nor_journaled(self, bloc):
        assert "Không có ai" in text_of(as_board(bloc).get(MANY))
        assert accesses() == []

    def test_are_not_there_without_the_right(self, bloc, grassroots, first):
        plan_in_three_places(first, bloc, grassroots, "Nông Văn Hoạch")
        client = as_role(Role.LEADER, bloc)
        assert client.get(MANY).status_code == 403
        assert MANY not in board(client).content.decode()
        assert MANY in board(as_role(Role.LEADER, bloc, sees_plans=True)).content.decode()

    def test_whom_only_a_wider_look_makes_many_is_not_named(self, bloc, grassroots, first):
        """Looking at the whole does not open the names of the part in which one may see plans."""
        plan_in_three_places(first, bloc, grassroots, "Nông Văn Hoạch")
        viewer = factories.user(Role.LEADER, grassroots, sees_plans=True)
        viewer.assignments.create(role=Role.LEADER, organization=bloc)
        client = signed_in(viewer)
        assert "01 đồng chí có từ ba chức danh" in text_of(board(client))
        assert "Nông Văn Hoạch" not in text_of(client.get(MANY))


class TestEntryFilter:
    def test_reaches_one_organization_without_those_beneath(self, bloc, grassroots, first):
        plan(first, grassroots, "Người Cấp Dưới")
        plan(first, bloc, "Người Trong")
        shown = text_of(as_board(bloc).get(ENTRIES, {"organization": "KHOI", "reach": "own"}))
        assert "Người Trong" in shown
        assert "Người Cấp Dưới" not in shown

    def test_reach_alone_changes_nothing(self, bloc, grassroots, first):
        plan(first, grassroots, "Người Cấp Dưới")
        assert "Người Cấp Dưới" in text_of(as_board(bloc).get(ENTRIES, {"reach": "own"}))

    def test_finds_those_planned_for_one_position(self, bloc, grassroots, first):
        plan(first, grassroots, "Người Thứ Nhất")
        plan(first, grassroots, "Người Thứ Hai", Position.DEPUTY_SECRETARY)
        shown = text_of(as_board(bloc).get(ENTRIES, {"position": "deputy_secretary"}))
        assert "Người Thứ Hai" in shown
        assert "Người Thứ Nhất" not in shown


class TestQueries:
    def test_are_as_many_with_much_data_as_with_little(self, bloc, grassroots, first):
        client = as_board(bloc, date(2022, 6, 1))
        addresses = [BOARD, f"{BOARD}?kind=every&organization=SXD&post=secretary&situation=gap", MANY]
        plan_in_three_places(first, bloc, grassroots, "Nông Văn Hoạch")
        _seat_who_retires(grassroots)
        few = [count_queries(client, address) for address in addresses]
        for _ in range(4):
            place = factories.organization(bloc)
            factories.term(place)
            _seat_who_retires(place)
            plan_in_three_places(first, bloc, place, None)
        assert [count_queries(client, address) for address in addresses] == few
        assert max(few) <= MOST_QUERIES

    def test_an_empty_world_takes_no_more(self, bloc):
        assert count_queries(as_board(bloc), BOARD) <= MOST_QUERIES


def _seat_who_retires(of: Organization) -> None:
    factories.seated(factories.person(of, birth_date=date(1963, 5, 1)), of)


def test_the_board_is_closed_to_whoever_has_no_role(bloc, first):
    assert signed_in(factories.user(role=None)).get(BOARD).status_code == 403
