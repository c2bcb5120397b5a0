"""What counts in a period, what waits, and how the register stood as at a day."""

from datetime import date, timedelta

import pytest

from common.periods import Period
from personnel.actions import confirm, discipline, refuse, transfer_membership, withdraw
from personnel.models import (
    ChangeItem,
    CongressResult,
    Discipline,
    Dossier,
    Holding,
    Membership,
    Person,
    Vote,
)
from personnel.profile import profile_of
from personnel.querysets import in_effect, waiting
from tests import factories
from tests.factories import appointment, confirmed, release

pytestmark = pytest.mark.django_db

YEAR = Period.of_year(2022)
LONG_AFTER = date(2024, 1, 1)
DAY = timedelta(days=1)


@pytest.fixture
def organization():
    organization = factories.organization(factories.organization())
    factories.term(organization)
    return organization


@pytest.fixture
def someone(organization):
    return factories.person(organization)


def counted(period=YEAR, as_at=LONG_AFTER):
    return ChangeItem.objects.filter(in_effect(period, as_at)).count()


def left_waiting(period=YEAR, as_at=LONG_AFTER):
    return ChangeItem.objects.with_day().filter(waiting(period, as_at)).count()


class TestInEffect:
    @pytest.mark.parametrize(
        ("effective", "in_year"),
        [
            (date(2021, 12, 31), False),
            (date(2022, 1, 1), True),
            (date(2022, 12, 31), True),
            (date(2023, 1, 1), False),
        ],
    )
    def test_the_day_of_effect_places_an_item(self, organization, someone, effective, in_year):
        confirmed(organization, appointment(someone, proposed_on=effective), on=date(2021, 12, 1))

        assert counted() == in_year

    def test_the_day_of_the_vote_and_of_the_decision_do_not(self, organization, someone):
        voted = {"elected_on": date(2021, 12, 20), "proposed_on": date(2022, 1, 1)}
        confirmed(organization, appointment(someone, **voted), on=date(2023, 2, 1))

        assert counted() == 1
        assert counted(Period.of_year(2021)) == counted(Period.of_year(2023)) == 0

    @pytest.mark.parametrize(("as_at", "known"), [(date(2022, 5, 9), 0), (date(2022, 5, 10), 1)])
    def test_it_counts_from_the_day_of_the_decision_on(self, organization, someone, as_at, known):
        confirmed(organization, appointment(someone, proposed_on=date(2022, 3, 1)), on=date(2022, 5, 10))

        assert counted(as_at=as_at) == known

    @pytest.mark.parametrize(("as_at", "known"), [(date(2022, 7, 31), 0), (date(2022, 8, 1), 1)])
    def test_what_takes_effect_later_does_not_count_before(self, organization, someone, as_at, known):
        confirmed(organization, appointment(someone, proposed_on=date(2022, 8, 1)), on=date(2022, 5, 10))

        assert counted(as_at=as_at) == known

    @pytest.mark.parametrize(("as_at", "known"), [(date(2022, 8, 31), 1), (date(2022, 9, 1), 0)])
    def test_it_stands_until_the_day_of_its_correction(self, organization, someone, as_at, known):
        wrong = confirmed(organization, appointment(someone, proposed_on=date(2022, 3, 1)), on=date(2022, 3, 1))
        factories.correction(
            wrong, appointment(someone, proposed_on=date(2021, 3, 1), corrects=wrong.items.get()), on=date(2022, 9, 1)
        )

        assert counted(as_at=as_at) == known
        assert counted(Period.of_year(2021), as_at=date(2022, 9, 1)) == 1

    def test_refused_and_undecided_items_do_not_count(self, organization, someone):
        dossier = factories.submitted(organization, appointment(someone, proposed_on=date(2022, 3, 1)))
        assert counted() == 0

        refuse(dossier, by=factories.superior(), reason="Chưa đủ điều kiện")
        assert counted() == 0


class TestWaiting:
    @pytest.fixture
    def dossier(self, organization, someone):
        """Voted on 10/3, submitted on 15/3."""
        item = appointment(someone, elected_on=date(2022, 3, 10))
        return factories.submitted(organization, item, on=date(2022, 3, 15))

    @pytest.mark.parametrize(("as_at", "waits"), [(date(2022, 3, 14), 0), (date(2022, 3, 15), 1), (LONG_AFTER, 1)])
    def test_it_waits_from_its_submission_on(self, dossier, as_at, waits):
        assert left_waiting(as_at=as_at) == waits

    @pytest.mark.parametrize(("as_at", "waits"), [(date(2022, 4, 9), 1), (date(2022, 4, 10), 0)])
    @pytest.mark.parametrize("decided", ["confirmed", "refused"])
    def test_it_waits_until_the_day_of_the_decision(self, dossier, as_at, waits, decided):
        if decided == "confirmed":
            confirm(dossier, by=factories.superior(), decision=factories.document(issued_on=date(2022, 4, 10)))
        else:
            refuse(dossier, by=factories.superior(), reason="Chưa đủ điều kiện", on=date(2022, 4, 10))

        assert left_waiting(as_at=as_at) == waits

    @pytest.mark.parametrize(("as_at", "waits"), [(date(2022, 5, 31), 1), (date(2022, 6, 1), 0)])
    def test_what_is_confirmed_for_later_waits_for_its_day(self, organization, someone, as_at, waits):
        confirmed(organization, appointment(someone, proposed_on=date(2022, 6, 1)), on=date(2022, 4, 10))

        assert left_waiting(as_at=as_at) == waits
        assert counted(as_at=as_at) == 1 - waits

    @pytest.mark.parametrize(
        ("as_at", "waits"), [(date(2022, 2, 14), 0), (date(2022, 2, 15), 1), (date(2022, 4, 10), 1)]
    )
    def test_it_does_not_wait_before_it_was_submitted(self, organization, someone, as_at, waits):
        confirmed(organization, appointment(someone, proposed_on=date(2022, 6, 1)), on=date(2022, 4, 10))

        assert left_waiting(as_at=as_at) == waits

    @pytest.mark.parametrize(("as_at", "waits"), [(date(2022, 4, 30), 1), (date(2022, 5, 1), 0)])
    def test_it_waits_until_the_day_of_its_correction(self, organization, someone, as_at, waits):
        wrong = confirmed(organization, appointment(someone, proposed_on=date(2022, 6, 1)), on=date(2022, 4, 10))
        factories.correction(wrong, factories.annulment(wrong.items.get()), on=date(2022, 5, 1))

        assert ChangeItem.objects.with_day().filter(waiting(YEAR, as_at), pk=wrong.items.get().pk).count() == waits

    @pytest.mark.parametrize(
        ("elected", "in_year"),
        [
            (date(2021, 12, 31), 0),
            (date(2022, 1, 1), 1),
            (date(2022, 12, 31), 1),
            (date(2023, 1, 1), 0),
        ],
    )
    def test_the_day_of_the_vote_places_what_has_no_effect_yet(self, organization, someone, elected, in_year):
        factories.submitted(organization, appointment(someone, elected_on=elected), on=date(2021, 12, 1))

        assert left_waiting() == in_year

    def test_drafts_and_withdrawn_dossiers_do_not_wait(self, organization, someone, dossier):
        factories.dossier(organization, appointment(someone))
        withdraw(dossier, by=factories.office(), reason="Lập nhầm")

        assert left_waiting() == 0

    def test_nothing_both_counts_and_waits(self, organization, someone):
        confirmed(organization, appointment(someone, proposed_on=date(2022, 3, 1)), on=date(2022, 4, 10))

        for as_at in (date(2022, 2, 14), date(2022, 2, 15), date(2022, 3, 1), date(2022, 4, 9), date(2022, 4, 10)):
            assert counted(as_at=as_at) + left_waiting(as_at=as_at) <= 1


class TestDayOfAnItem:
    @pytest.mark.parametrize(
        ("fields", "day"),
        [
            ({"elected_on": date(2022, 1, 10), "proposed_on": date(2022, 1, 20)}, date(2022, 1, 10)),
            ({"proposed_on": date(2022, 1, 20)}, date(2022, 1, 20)),
            ({}, date(2022, 2, 15)),
        ],
    )
    def test_the_database_and_the_model_agree(self, organization, someone, fields, day):
        item = factories.submitted(organization, appointment(someone, **fields)).items.get()

        assert item.day == day
        assert ChangeItem.objects.with_day().filter(day=day).get() == item

    def test_a_draft_without_any_day_lies_on_the_day_that_it_was_opened(self, organization, someone):
        item = factories.dossier(organization, appointment(someone), opened_on=date(2022, 2, 1)).items.get()

        assert item.day == date(2022, 2, 1)
        assert ChangeItem.objects.with_day().filter(day=date(2022, 2, 1)).get() == item


class TestSeatsAndMembers:
    def test_who_sat_on_a_day(self, organization, someone):
        confirmed(organization, appointment(someone, proposed_on=date(2022, 3, 1)))
        confirmed(organization, release(someone, proposed_on=date(2022, 6, 1)))

        sat = {
            day: Holding.objects.as_of(day).count() for day in (date(2022, 3, 1), date(2022, 5, 31), date(2022, 6, 1))
        }
        assert sat == {date(2022, 3, 1): 1, date(2022, 5, 31): 1, date(2022, 6, 1): 0}
        assert not Holding.objects.as_of(date(2022, 3, 1) - DAY).exists()

    def test_members_of_an_organisation_and_of_all_beneath_it(self, organization, someone):
        bloc = organization.parent
        cell = factories.organization(organization, kind="subordinate_cell")
        in_cell = factories.person(cell)
        factories.person(factories.organization(bloc))

        members = Person.objects.members_of(organization, date(2022, 1, 1))

        assert set(members) == {someone, in_cell}
        assert Person.objects.members_of(bloc, date(2022, 1, 1)).count() == 3
        assert Membership.objects.as_of(factories.STANDS_FROM - DAY).count() == 0

    def test_what_belongs_to_a_person_or_dossier_is_visible_with_it(self, organization, someone):
        discipline(someone, kind="warning", valid_from=date(2022, 1, 1), valid_to=None, by=factories.office())
        elected = appointment(someone, method="congress", vote=factories.votes(20, 30))
        congress = factories.congress_fields(date(2025, 5, 20))
        confirmed(organization, elected, kind="congress", congress=congress, on=date(2025, 5, 25))
        here = factories.user("leader", organization).scope
        elsewhere = factories.user("leader", factories.organization()).scope

        for model in (Discipline, CongressResult, Vote, Dossier, ChangeItem, Holding):
            assert model.objects.visible_to(here).count() == 1, model
            assert not model.objects.visible_to(elsewhere).exists(), model

    def test_measures_are_no_matter_of_the_organisation_that_was_left_before(self, organization, someone):
        beside, seat = (factories.organization(organization.parent) for _ in range(2))
        factories.term(seat)
        measures = [
            discipline(someone, kind="reprimand", valid_from=first, valid_to=None, by=factories.office())
            for first in (date(2021, 1, 1), date(2023, 1, 1))
        ]
        transfer_membership(someone, to=beside, effective_on=date(2023, 1, 1), by=factories.office())
        measures.append(
            discipline(someone, kind="warning", valid_from=date(2023, 1, 2), valid_to=None, by=factories.office())
        )
        factories.seated(someone, seat, on=date(2023, 6, 1))
        for place, seen in ((organization, measures[:2]), (beside, measures), (seat, measures)):
            scope = factories.user("leader", place).scope
            assert set(Discipline.objects.visible_to(scope)) == set(seen), place
            assert set(profile_of(someone, scope, date(2025, 1, 1)).disciplines) == set(seen), place

    def test_people_are_visible_where_they_are_members_or_hold_a_seat(self, organization, someone):
        elsewhere = factories.organization()
        factories.term(elsewhere)
        factories.seated(someone, elsewhere)
        stranger = factories.person(factories.organization())

        for place in (organization, elsewhere):
            visible = Person.objects.visible_to(factories.user("leader", place).scope)
            assert someone in visible
            assert stranger not in visible
