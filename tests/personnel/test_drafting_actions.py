"""Writing drafts: saving again, two writers, the same form twice, due days, forms not finished."""

from datetime import date
from uuid import uuid4

import pytest

from common.errors import NotAllowed, Outdated, Refused, WrongState
from personnel import actions
from personnel.models import ChangeItem, Dossier, UnfinishedForm, Vote
from regulations.models import CalendarDay
from tests import factories
from tests.factories import appointment, release

pytestmark = pytest.mark.django_db
FRIDAY = date(2022, 3, 11)


@pytest.fixture
def place():
    organization = factories.organization(factories.organization())
    factories.term(organization)
    return organization


@pytest.fixture
def someone(place):
    return factories.person(place, "Lê Văn An")


@pytest.fixture
def office():
    return factories.office()


class TestSaving:
    def test_the_items_are_replaced_with_their_votes(self, place, someone, office):
        dossier = factories.dossier(place, appointment(someone, vote=factories.votes(9, 15), elected_on=FRIDAY))
        other = factories.person(place, "Lê Thị Bình")

        saved = actions.save_draft(dossier, by=office, edition=1, items=[appointment(other), release(someone)])

        assert saved.edition == 2
        assert list(saved.items.values_list("person", "act")) == [(other.pk, "appoint"), (someone.pk, "release")]
        assert not Vote.objects.exists()

    def test_the_second_writer_is_told_and_nothing_is_lost(self, place, someone, office):
        dossier = factories.dossier(place, appointment(someone))
        actions.save_draft(dossier, by=office, edition=1, items=[appointment(someone, note="của người thứ nhất")])

        with pytest.raises(Outdated, match="vừa được người khác lưu"):
            actions.save_draft(dossier, by=office, edition=1, items=[])
        assert dossier.items.get().note == "của người thứ nhất"

        actions.save_draft(dossier, by=office, edition=2, items=[])
        assert not dossier.items.exists()

    def test_only_a_draft_is_saved(self, place, someone, office):
        dossier = factories.submitted(place, appointment(someone))

        with pytest.raises(WrongState):
            actions.save_draft(dossier, by=office, edition=1, items=[])
        assert dossier.items.count() == 1

    def test_only_by_who_may_draft_there(self, place, someone):
        dossier = factories.dossier(place, appointment(someone))
        stranger = factories.user("organization_board", factories.organization())

        with pytest.raises(NotAllowed):
            actions.save_draft(dossier, by=stranger, edition=1, items=[])

    def test_what_is_said_of_a_congress_is_saved_too(self, place, someone, office):
        congress = factories.congress_fields(date(2025, 5, 20))
        dossier = factories.dossier(place, kind="congress", congress=congress)
        item = appointment(someone, method="congress", elected_on=date(2025, 5, 20))

        with pytest.raises(Refused, match="phải có thông tin đại hội"):
            actions.save_draft(dossier, by=office, edition=1, items=[item])
        saved = actions.save_draft(
            dossier, by=office, edition=1, items=[item], congress=congress | {"committee_size": 9}
        )
        assert Dossier.objects.get(pk=saved.pk).congress.committee_size == 9


class TestTheSameFormTwice:
    def test_makes_one_dossier(self, place, someone, office):
        key = uuid4()
        first = factories.dossier(place, appointment(someone), form_key=key)
        second = factories.dossier(place, appointment(someone), form_key=key)

        assert first == second
        assert (Dossier.objects.count(), ChangeItem.objects.count()) == (1, 1)

    def test_another_form_makes_another(self, place, someone):
        for _ in range(2):
            factories.dossier(place, appointment(someone), form_key=uuid4())

        assert Dossier.objects.count() == 2


class TestDueDays:
    def test_a_vote_is_reported_within_seven_working_days(self, place, someone):
        CalendarDay.objects.create(day=date(2022, 3, 15), kind="holiday", name="Nghỉ bù")
        dossier = factories.dossier(place, appointment(someone, elected_on=FRIDAY), opened_on=FRIDAY)

        # Saturday, Sunday and the holiday do not count: 14, 16, 17, 18, 21, 22, 23 March.
        assert dossier.report_due_on == date(2022, 3, 23)
        assert dossier.due_on == date(2022, 3, 23)
        assert [dossier.is_overdue(date(2022, 3, day)) for day in (23, 24)] == [False, True]

    def test_without_a_vote_there_is_nothing_to_report(self, place, someone):
        assert factories.dossier(place, appointment(someone)).report_due_on is None

    def test_it_is_decided_within_fifteen_working_days(self, place, someone):
        dossier = factories.submitted(place, appointment(someone), on=FRIDAY)

        assert dossier.decision_due_on == date(2022, 4, 1)
        assert [dossier.is_overdue(day) for day in (date(2022, 4, 1), date(2022, 4, 2))] == [False, True]
        overdue = Dossier.objects.overdue(date(2022, 4, 2))
        assert list(overdue) == [dossier]
        assert not Dossier.objects.overdue(date(2022, 4, 1)).exists()

    def test_what_is_decided_since_was_overdue_on_the_days_before(self, place, someone):
        dossier = factories.submitted(place, appointment(someone), on=FRIDAY)
        decision = factories.document(issued_on=date(2022, 4, 8))
        actions.confirm(dossier, by=factories.superior(), decision=decision, explanation=factories.EXPLANATION)
        days = [date(2022, 4, day) for day in (1, 2, 7, 8)]

        assert [Dossier.objects.overdue(day).exists() for day in days] == [False, True, True, False]

    def test_a_returned_dossier_waits_for_no_decision(self, place, someone):
        dossier = factories.submitted(place, appointment(someone), on=FRIDAY)
        actions.return_to_drafter(dossier, by=factories.superior(), reason="Thiếu biên bản")

        assert Dossier.objects.get().decision_due_on is None

    def test_a_confirmed_one_is_no_longer_due(self, place, someone):
        dossier = factories.confirmed(place, appointment(someone))

        assert dossier.due_on is None
        assert not Dossier.objects.overdue(date(2030, 1, 1)).exists()


class TestQueues:
    def test_who_drafted_does_not_find_it_among_those_to_confirm(self, place, someone):
        dossier = factories.submitted(place, appointment(someone))
        superior, office = factories.superior(), factories.office()

        assert list(Dossier.objects.to_confirm(superior.scope, superior)) == [dossier]
        assert not Dossier.objects.to_confirm(office.scope, office).exists()

    def test_the_inspections_clerks_find_those_of_inspection_committees(self, place, someone):
        theirs = factories.dossier(place, appointment(someone, "inspection_member"))
        mixed = factories.dossier(place, appointment(someone, "inspection_member"), appointment(someone))
        clerk = factories.user("inspection", place)
        board = factories.user("organization_board", place)

        assert list(Dossier.objects.to_submit(clerk.scope)) == [theirs]
        assert set(Dossier.objects.to_submit(board.scope)) == {theirs, mixed}


class TestUnfinishedForms:
    def test_the_last_typing_is_kept_for_each_dossier_and_writer(self, place, office):
        dossier = factories.dossier(place)
        for typed in ({"a": "1"}, {"a": "2"}):
            actions.keep_unfinished(owner=office, dossier=dossier, edition=1, typed=typed)
            actions.keep_unfinished(owner=office, dossier=None, edition=0, typed=typed)
        actions.keep_unfinished(owner=factories.superior(), dossier=dossier, edition=1, typed={"a": "3"})

        assert UnfinishedForm.objects.count() == 3
        assert UnfinishedForm.objects.of(office, dossier).get().typed == {"a": "2"}

    def test_it_is_thrown_away(self, place, office):
        actions.keep_unfinished(owner=office, dossier=None, edition=0, typed={"a": "1"})
        actions.discard_unfinished(owner=office, dossier=None)

        assert not UnfinishedForm.objects.exists()
