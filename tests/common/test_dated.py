"""Validity is half open: the first day is in, the day it ends is out."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from common.periods import Period
from personnel.models import Discipline, Membership
from tests import factories

BEGINS, ENDS = date(2022, 3, 1), date(2022, 6, 1)
DAY_BEFORE, LAST_DAY = date(2022, 2, 28), date(2022, 5, 31)


@pytest.fixture
def someone(db):
    return factories.person(factories.organization())


@pytest.fixture
def measure(someone):
    return Discipline.objects.create(person=someone, kind="warning", valid_from=BEGINS, valid_to=ENDS)


@pytest.fixture
def open_measure(someone):
    return Discipline.objects.create(person=someone, kind="warning", valid_from=BEGINS)


@pytest.mark.parametrize(
    ("day", "in_force"),
    [(DAY_BEFORE, False), (BEGINS, True), (LAST_DAY, True), (ENDS, False)],
)
def test_a_row_is_in_force_from_its_first_day_to_the_day_before_it_ends(measure, day, in_force):
    assert Discipline.objects.as_of(day).exists() is in_force
    assert measure.is_in_force(day) is in_force


@pytest.mark.parametrize(("day", "in_force"), [(DAY_BEFORE, False), (BEGINS, True), (date(2099, 1, 1), True)])
def test_a_row_without_an_end_lasts(open_measure, day, in_force):
    assert Discipline.objects.as_of(day).exists() is in_force
    assert open_measure.is_in_force(day) is in_force


@pytest.mark.parametrize(
    ("first", "last", "touches"),
    [
        (date(2022, 1, 1), DAY_BEFORE, False),
        (date(2022, 1, 1), BEGINS, True),
        (LAST_DAY, date(2022, 12, 31), True),
        (ENDS, date(2022, 12, 31), False),
        (date(2022, 4, 1), date(2022, 4, 2), True),
        (date(2022, 1, 1), date(2022, 12, 31), True),
    ],
)
def test_a_row_is_met_during_a_period_that_shares_a_day_with_it(measure, first, last, touches):
    assert Discipline.objects.during(Period.between(first, last)).exists() is touches


def test_a_row_without_an_end_is_met_in_every_later_period(open_measure):
    assert Discipline.objects.during(Period.of_year(2050)).exists()
    assert not Discipline.objects.during(Period.of_year(2021)).exists()


class TestNoOverlapInForms:
    """NoOverlap answers full_clean() with a sentence, before the database has to refuse."""

    def membership(self, someone, valid_from, valid_to=None):
        organization = factories.organization()
        return Membership(person=someone, organization=organization, valid_from=valid_from, valid_to=valid_to)

    @pytest.fixture
    def someone(self, db):
        someone = factories.person(factories.organization(), member_from=BEGINS)
        someone.memberships.update(valid_to=ENDS)
        return someone

    @pytest.mark.parametrize(
        ("valid_from", "valid_to"),
        [(date(2022, 1, 1), None), (LAST_DAY, None), (date(2022, 1, 1), date(2022, 3, 2)), (BEGINS, ENDS)],
    )
    def test_an_overlap_is_refused(self, someone, valid_from, valid_to):
        with pytest.raises(ValidationError, match="cùng thời gian"):
            self.membership(someone, valid_from, valid_to).full_clean()

    @pytest.mark.parametrize(("valid_from", "valid_to"), [(ENDS, None), (date(2022, 1, 1), BEGINS)])
    def test_a_neighbour_that_only_touches_is_accepted(self, someone, valid_from, valid_to):
        self.membership(someone, valid_from, valid_to).full_clean()

    def test_a_row_does_not_overlap_itself(self, someone):
        someone.memberships.get().full_clean()

    def test_another_persons_row_is_no_overlap(self, someone):
        other = factories.person(factories.organization(), member_from=ENDS)

        self.membership(other, BEGINS, ENDS).full_clean()

    def test_the_limit_to_some_values_holds_in_forms_too(self, db):
        organization = factories.organization()
        factories.term(organization)
        person = factories.person(organization)
        factories.seated(person, organization, "committee_member")
        sitting = factories.seated(person, organization, "secretary")
        second = type(sitting)(**{field.attname: getattr(sitting, field.attname) for field in sitting._meta.fields})
        second.pk, second.person = None, factories.person(organization)

        with pytest.raises(ValidationError, match=r"cùng thời gian|đã có Bí thư"):
            second.full_clean()
        second.position = factories.position("deputy_secretary")
        second.full_clean()
