"""The plan term that a report is of when none is asked for, read as a part of another query."""

from datetime import date

import pytest

from organizations.models import Organization
from planning.models import PlanningRound
from reports.choices import newest_plan_term
from tests import factories

pytestmark = pytest.mark.django_db

PRESENT, NEXT = "2020-2025", "2025-2030"


def told(day: date) -> str:
    return Organization.objects.annotate(told=PlanningRound.objects.newest_plan_term(day)).first().told


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2021, 3, 14), PRESENT),  # none was open yet: the first that came
        (date(2021, 3, 15), PRESENT),
        (date(2022, 6, 19), PRESENT),
        (date(2022, 6, 20), NEXT),
        (date(2023, 1, 1), NEXT),  # the present term is reviewed again, the next one is under way still
    ],
)
def test_is_the_last_of_which_a_round_is_open_as_the_reports_have_it(day, expected):
    bloc = factories.organization()
    rounds = [(PRESENT, date(2021, 3, 15)), (NEXT, date(2022, 6, 20)), (PRESENT, date(2022, 12, 5))]
    for term, opened_on in rounds:
        factories.planning_round(bloc, plan_term=term, opened_on=opened_on)

    assert told(day) == expected
    assert newest_plan_term({PRESENT: date(2021, 3, 15), NEXT: date(2022, 6, 20)}, day) == expected


def test_is_empty_without_any_round():
    factories.organization()

    assert told(date(2022, 1, 1)) == ""
