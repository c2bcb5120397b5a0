"""Nothing comes to rest on an organisation that has ended, whichever act would bring it there, in whichever order."""

from dataclasses import replace
from datetime import date

import pytest

from common.errors import Blocked, Refused
from organizations.actions.registers import record_past_organizations
from organizations.models import Organization, OrganizationVersion
from personnel import actions as personnel
from personnel.models import Dossier, Holding
from reorganizations.drafts import Plans, Successor
from tests import factories

pytestmark = pytest.mark.django_db
APRIL = date(2022, 4, 1)
ENDED = "Đảng bộ A đã kết thúc hoạt động từ ngày 10/3/2022"


@pytest.fixture
def ended(first, second) -> Organization:
    factories.reorganize("merged", first.organization, successors=(Successor(second.organization),))
    return first.organization


class TestOnceItHasEnded:
    def test_nobody_is_entered_there(self, ended):
        with pytest.raises(Refused, match=ENDED):
            factories.person(ended, member_from=APRIL)
        with pytest.raises(Refused, match=ENDED):
            personnel.register_people(organization=ended, people=[], member_from=APRIL, by=factories.office())

    def test_no_dossier_is_opened_there(self, ended, second):
        with pytest.raises(Refused, match=ENDED):
            factories.dossier(ended, factories.appointment(second.member), opened_on=APRIL)

    def test_it_holds_no_congress(self, ended, second):
        with pytest.raises(Refused, match=ENDED):
            factories.congress(ended, (second.member, "committee_member"), on=APRIL)

    def test_its_old_dossiers_may_be_corrected(self, ended, first):
        wrong = Dossier.objects.filter(organization=ended, kind=Dossier.Kind.SUPPLEMENT).order_by("pk").last()
        item = factories.annulment(wrong.items.get())
        made = factories.dossier(ended, item, kind=Dossier.Kind.CORRECTION, corrects=wrong, opened_on=APRIL)
        assert made.state == Dossier.State.DRAFT

    def test_nobody_is_introduced_for_its_plan(self, ended, bloc, second):
        another = factories.planning_round(bloc, APRIL)
        with pytest.raises(Refused, match=ENDED):
            factories.plan_entry(another, second.member, ended, on=APRIL)

    def test_it_conducts_no_round(self, ended):
        with pytest.raises(Refused, match=ENDED):
            factories.planning_round(ended, APRIL)

    def test_it_does_not_end_again(self, ended, bloc, second):
        for kind, where in (("merged", (Successor(second.organization),)), ("dissolved", ())):
            with pytest.raises(Refused, match=ENDED):
                factories.reorganize(kind, ended, on=date(2022, 3, 1), successors=where)

    def test_one_that_never_stood_bears_nothing_either(self):
        undone = Organization.objects.create(code="X", name="Đảng bộ X", kind="bloc", path="/0/")
        with pytest.raises(Refused, match="không hoạt động vào ngày nào"):
            factories.person(undone)


def test_a_seat_elsewhere_does_not_come_back_where_the_term_is_over(first, second):
    """Retirement ended the seat there too; the organisation ended since, so the release cannot be annulled."""
    factories.seated(first.member, second.organization, on=date(2021, 4, 1))
    left = factories.confirmed(first.organization, factories.release(first.member, proposed_on=date(2022, 2, 1)))
    factories.reorganize("dissolved", second.organization, on=APRIL, successors=(Successor(first.organization),))
    with pytest.raises(Blocked, match="không thể kéo dài hơn"):
        factories.correction(left, factories.annulment(left.items.get()))
    assert not Holding.objects.filter(body__term__organization=second.organization, valid_to=None).exists()


class TestSplittingOff:
    def split_off(self, bloc, place, person):
        part = replace(factories.successor(bloc, "C"), official=3, probationary=0)
        return factories.reorganize(
            "split", place.organization, successors=[part], goes_on=True, members={person.pk: 0}
        )

    def test_moves_nobody_who_came_that_day(self, bloc, first):
        newcomer = factories.person(first.organization, "Lê Văn Mới", member_from=factories.DECIDED)
        with pytest.raises(Blocked, match="Lê Văn Mới có thay đổi về nơi sinh hoạt"):
            self.split_off(bloc, first, newcomer)

    def test_moves_nobody_who_leaves_later(self, bloc, first, second):
        personnel.transfer_membership(first.member, to=second.organization, effective_on=APRIL, by=factories.office())
        with pytest.raises(Blocked, match=f"{first.member} có thay đổi về nơi sinh hoạt"):
            self.split_off(bloc, first, first.member)


def test_nobody_is_carried_into_a_plan_that_they_leave_later(bloc, first, second, planning_round):
    """The plan of the successor has the person until April: two places at a time there are none."""
    another = factories.planning_round(bloc, date(2022, 1, 10))
    entry = factories.plan_entry(another, first.member, second.organization)
    factories.approved(another, second.organization, on=date(2022, 2, 25))
    entry.refresh_from_db()
    factories.left_for_a_measure(entry, on=APRIL, until=date(2023, 4, 1))
    into = (Successor(second.organization),)
    factories.reorganize("merged", first.organization, successors=into, plans=Plans.CARRY)
    planned = second.organization.plan_entries.filter(person=first.member)
    assert [each.valid_to for each in planned] == [APRIL]


class TestCode:
    """A code stands in the address of every page of its organisation, so one that cannot breaks every list."""

    @pytest.mark.parametrize("code", ["CS/75", "CS\\75", "..", "."])
    def test_that_no_address_can_hold_is_refused(self, bloc, code):
        with pytest.raises(Refused, match="gạch chéo"):
            factories.organization(bloc, code=code)
        with pytest.raises(Blocked, match="gạch chéo"):
            factories.reorganize("established", successors=[factories.successor(bloc, code)])
        new = Organization(code=code, name="Đảng bộ Mới", kind="bloc")
        version = OrganizationVersion(organization=new, name=new.name, kind=new.kind, valid_from=APRIL)
        with pytest.raises(Refused, match="gạch chéo"):
            record_past_organizations([version], by=factories.office())

    @pytest.mark.parametrize("code", ["CS-75", "A.1", "CS 75", "Đ1", "1", "A?#%2F"])
    def test_of_any_other_kind_is_taken(self, bloc, code):
        assert factories.organization(bloc, code=code).code == code
