"""Việc của tôi: which queues a role has, what waits in them and in which order; overdue marks; filling a seat."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.roles import Role
from common.formats import short_day
from common.periods import today
from organizations.models import Organization, Position
from personnel import actions
from personnel.models import Dossier
from tests import factories
from tests.pages import MOST_QUERIES, as_role, count_queries, signed_in, text_of

pytestmark = pytest.mark.django_db

MY_WORK = reverse("personnel:my_work")
DOSSIERS = reverse("personnel:dossier_list")
NEW = reverse("personnel:dossier_new")


@pytest.fixture
def bloc() -> Organization:
    return factories.organization(name="Đảng bộ Khối", code="KHOI")


@pytest.fixture
def grassroots(bloc) -> Organization:
    made = factories.organization(bloc, name="Đảng bộ Sở Xây dựng", code="SXD")
    factories.term(made, committee=3, standing=0, inspection=3)
    return made


def draft(of: Organization, days_ago: int = 0, code: str = Position.COMMITTEE_MEMBER, **fields) -> Dossier:
    item = factories.appointment(factories.person(of), code)
    return factories.dossier(of, item, **({"opened_on": today() - timedelta(days=days_ago)} | fields))


def submitted(of: Organization, days_ago: int = 0, **fields) -> Dossier:
    made = draft(of, days_ago, **fields)
    day = today() - timedelta(days=days_ago)
    actions.submit(made, by=made.drafted_by, on=day, explanation=factories.EXPLANATION)
    return Dossier.objects.get(pk=made.pk)


def queues_of(client) -> dict[str, list[str]]:
    """Return the codes of the dossiers in each queue of the page."""
    return {queue.key: [each.code for each in queue.dossiers] for queue in client.get(MY_WORK).context["queues"]}


class TestQueues:
    @pytest.mark.parametrize(
        ("role", "keys"),
        [
            (Role.ORGANIZATION_BOARD, ["cua-toi", "cho-trinh", "qua-han"]),
            (Role.GRASSROOTS_CLERK, ["cua-toi", "cho-trinh", "qua-han"]),
            (Role.INSPECTION, ["cua-toi", "cho-trinh", "qua-han"]),
            (Role.CONFIRMER, ["cho-chuan-y", "qua-han"]),
            (Role.LEADER, ["qua-han"]),
            (Role.ADMINISTRATOR, ["qua-han"]),
        ],
    )
    def test_each_role_has_its_own(self, bloc, role, keys):
        assert list(queues_of(as_role(role, bloc))) == keys

    def test_without_a_role_there_is_no_page(self):
        assert signed_in(factories.user(role=None)).get(MY_WORK).status_code == 403

    def test_mine_are_those_that_i_drafted_the_returned_first(self, bloc, grassroots):
        me = factories.user(Role.ORGANIZATION_BOARD, bloc)
        old, new, returned = draft(grassroots, 9, by=me), draft(grassroots, 1, by=me), submitted(grassroots, by=me)
        actions.return_to_drafter(returned, by=factories.superior(), reason="Thiếu biên bản")
        submitted(grassroots, by=me)
        other = draft(grassroots, 5)
        page = signed_in(me)
        found = queues_of(page)
        assert found["cua-toi"] == [returned.code, old.code, new.code]
        assert found["cho-trinh"] == [other.code]
        assert "Thiếu biên bản" in text_of(page.get(MY_WORK))

    def test_to_confirm_are_those_submitted_in_my_part_the_oldest_first_and_none_of_my_own(self, bloc, grassroots):
        confirmer = factories.user(Role.CONFIRMER, grassroots)
        new, old = submitted(grassroots, 1), submitted(grassroots, 8)
        elsewhere = factories.organization(bloc)
        factories.term(elsewhere)
        submitted(elsewhere)
        draft(grassroots)
        Dossier.objects.filter(pk=submitted(grassroots).pk).update(drafted_by=confirmer)
        assert queues_of(signed_in(confirmer))["cho-chuan-y"] == [old.code, new.code]

    def test_overdue_are_those_past_the_report_or_the_decision_by_how_long(self, bloc, grassroots):
        late, later, in_time = submitted(grassroots), draft(grassroots), submitted(grassroots)
        Dossier.objects.filter(pk=late.pk).update(decision_due_on=today() - timedelta(days=1))
        Dossier.objects.filter(pk=later.pk).update(report_due_on=today() - timedelta(days=7))
        Dossier.objects.filter(pk=in_time.pk).update(decision_due_on=today())
        client = as_role(Role.LEADER, bloc)
        assert queues_of(client)["qua-han"] == [later.code, late.code]
        assert text_of(client.get(MY_WORK)).count("Quá hạn") == 3  # the title of the queue and a mark on each

    def test_the_inspections_clerk_has_the_drafts_of_its_committee_alone(self, bloc, grassroots):
        draft(grassroots)
        own = draft(grassroots, code=Position.INSPECTION_MEMBER)
        assert queues_of(as_role(Role.INSPECTION, bloc))["cho-trinh"] == [own.code]

    def test_nothing_of_other_parts_is_there(self, bloc, grassroots):
        elsewhere = draft(factories.organization(bloc))
        Dossier.objects.filter(pk=elsewhere.pk).update(report_due_on=date(2022, 1, 1))
        found = queues_of(as_role(Role.GRASSROOTS_CLERK, grassroots))
        assert all(elsewhere.code not in codes for codes in found.values())

    def test_an_empty_page_says_what_belongs_here_and_offers_the_first_step(self, bloc):
        drafter = as_role(Role.ORGANIZATION_BOARD, bloc).get(MY_WORK)
        assert "Không có việc nào đang chờ" in text_of(drafter)
        assert f'href="{NEW}"' in drafter.content.decode()
        confirmer = as_role(Role.CONFIRMER, bloc).get(MY_WORK)
        assert f'href="{NEW}"' not in confirmer.content.decode()
        assert f'href="{DOSSIERS}"' in confirmer.content.decode()

    def test_long_queues_say_how_many_more_there_are(self, bloc, grassroots, monkeypatch):
        monkeypatch.setattr("personnel.queues.SHOWN", 2)
        for _ in range(5):
            submitted(grassroots)
        shown = text_of(as_role(Role.CONFIRMER, bloc).get(MY_WORK))
        assert "Chờ chuẩn y (5)" in shown
        assert "Còn 3 hồ sơ nữa" in shown

    def test_takes_the_same_few_queries_however_much_waits(self, bloc, grassroots):
        me = factories.user(Role.ORGANIZATION_BOARD, bloc)
        client = signed_in(me)
        draft(grassroots, by=me)
        few = count_queries(client, MY_WORK)
        for _ in range(6):
            draft(grassroots, by=me)
            draft(grassroots)
        assert count_queries(client, MY_WORK) == few <= MOST_QUERIES

    def test_is_the_first_entry_of_the_navigation(self, bloc):
        first = as_role(Role.LEADER, bloc).get(MY_WORK).context["navigation"][0]
        assert (first.label, first.current) == ("Việc của tôi", True)


class TestList:
    def test_marks_and_filters_what_is_overdue(self, bloc, grassroots):
        late, in_time = submitted(grassroots), submitted(grassroots)
        due = today() - timedelta(days=3)
        Dossier.objects.filter(pk=late.pk).update(decision_due_on=due)
        client = as_role(Role.LEADER, bloc)
        assert f"hạn {short_day(due)} Quá hạn" in text_of(client.get(DOSSIERS))
        shown = text_of(client.get(DOSSIERS, {"due": "overdue"}))
        assert late.code in shown
        assert in_time.code not in shown
        assert "Thời hạn: Quá hạn" in shown

    def test_offers_a_new_dossier_to_those_who_draft(self, bloc):
        link = f'href="{NEW}"'
        for role in (Role.ORGANIZATION_BOARD, Role.INSPECTION):
            assert link in as_role(role, bloc).get(DOSSIERS).content.decode()
        for role in (Role.CONFIRMER, Role.LEADER):
            assert link not in as_role(role, bloc).get(DOSSIERS).content.decode()


class TestSeatMap:
    def links_of(self, client, organization) -> list[str]:
        page = client.get(reverse("personnel:organization_detail", args=[organization.code])).content.decode()
        return [
            part.partition('"')[0].replace("&amp;", "&") for part in page.split('href="')[1:] if part.startswith(NEW)
        ]

    def test_vacant_seats_and_posts_lead_to_a_dossier_filled_in(self, bloc, grassroots):
        links = self.links_of(as_role(Role.ORGANIZATION_BOARD, bloc), grassroots)
        assert links.count(f"{NEW}?to-chuc=SXD&chuc-danh=committee_member") == 3
        assert links.count(f"{NEW}?to-chuc=SXD&chuc-danh=inspection_member") == 3
        assert links.count(f"{NEW}?to-chuc=SXD&chuc-danh=secretary") == 1

    def test_the_inspections_clerk_fills_seats_of_its_committee(self, bloc, grassroots):
        links = self.links_of(as_role(Role.INSPECTION, bloc), grassroots)
        assert links
        assert all("chuc-danh=inspection_" in link for link in links)

    def test_others_are_not_offered_it_nor_is_anybody_on_another_day(self, bloc, grassroots):
        assert self.links_of(as_role(Role.LEADER, bloc), grassroots) == []
        assert self.links_of(as_role(Role.ORGANIZATION_BOARD, bloc, date(2022, 3, 1)), grassroots) == []
