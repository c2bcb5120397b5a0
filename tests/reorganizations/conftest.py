"""A bloc with two grassroots organisations: seats, members, cells, plans, numbers."""

from dataclasses import dataclass
from datetime import date

import pytest

from organizations.actions import record_member_count
from organizations.models import Organization
from personnel.models import Person
from planning.models import PlanningRound
from tests import factories

COUNTED = date(2021, 12, 31)


@dataclass(frozen=True)
class Place:
    """An organisation with two people in its committee, one of them secretary and in the plan, and a cell beneath."""

    organization: Organization
    secretary: Person
    member: Person
    cell: Organization


@pytest.fixture
def bloc(db) -> Organization:
    made = factories.organization(name="Đảng bộ Khối", code="KHOI")
    factories.term(made)
    return made


@pytest.fixture
def planning_round(bloc) -> PlanningRound:
    return factories.planning_round(bloc, date(2021, 1, 5))


@pytest.fixture
def build(bloc, planning_round):
    """Return a function that builds a place of this code beneath the bloc."""

    def build_one(code: str, official: int = 30, probationary: int = 2) -> Place:
        made = factories.organization(bloc, code=code, name=f"Đảng bộ {code}")
        factories.term(made)
        secretary, member = (factories.person(made, f"{name} {code}") for name in ("Bí Thư", "Ủy Viên"))
        day = date(2021, 3, 1)
        for person, position in (
            (secretary, "committee_member"),
            (secretary, "secretary"),
            (member, "committee_member"),
        ):
            factories.seated(person, made, position, on=day)
        factories.plan_entry(planning_round, member, made, on=date(2021, 2, 1))
        factories.approved(planning_round, made, submitted_on=date(2021, 2, 20), on=date(2021, 3, 10))
        record_member_count(
            made, counted_on=COUNTED, official=official, probationary=probationary, by=factories.office()
        )
        cell = factories.organization(made, kind="subordinate_cell", code=f"{code}.1", name=f"Chi bộ {code}.1")
        factories.person(cell, f"Của Chi Bộ {code}")
        return Place(made, secretary, member, cell)

    return build_one


@pytest.fixture
def first(build) -> Place:
    return build("A")


@pytest.fixture
def second(build) -> Place:
    return build("B", 20, 1)
