"""Two hands at one moment: while a reorganisation ends an organisation, nobody else begins anything there.

What is committed here is written without the journal, and is gone when the test ends.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWaiting
from datetime import date
from types import SimpleNamespace
from typing import TypeVar

import pytest
from django.db import connection, transaction

from common.errors import Refused
from organizations.actions import lock_organizations
from organizations.models import Organization, OrganizationVersion
from organizations.scope import Scope
from personnel.actions import draft, register_people, register_person
from planning.actions import introduce, open_round
from planning.models import PlanningRound

T = TypeVar("T")

BEGINS, ENDS = date(2015, 1, 1), date(2023, 1, 1)
OFFICE = SimpleNamespace(pk=None, scope=Scope.everything())
PERSON = {"full_name": "Lê Văn An", "gender": "male", "birth_date": date(1980, 1, 1)}


def opened_round(place: Organization) -> PlanningRound:
    return PlanningRound.objects.get(authority=place)


ACTS: dict[str, Callable[[Organization], object]] = {
    "register_person": lambda place: register_person(organization=place, member_from=BEGINS, by=OFFICE, **PERSON),
    "register_people": lambda place: register_people(
        organization=place, people=[PERSON], member_from=BEGINS, by=OFFICE
    ),
    "draft": lambda place: draft(place, kind="supplement", by=OFFICE),
    "introduce": lambda place: introduce(
        opened_round(place), organization=place, candidates=[], on=date(2022, 3, 1), by=OFFICE
    ),
    "open_round": lambda place: open_round(
        place, plan_term="2025-2030", kind="first", opened_on=date(2022, 3, 1), by=OFFICE
    ),
}


@pytest.fixture
def place(db) -> Iterator[Organization]:
    """An organisation that every connection sees, with a round of its own."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one writer in at a time: the second transaction begins when the first is over")
    try:
        yield elsewhere(_committed)
    finally:
        elsewhere(_remove)


def elsewhere(work: Callable[..., T], *args) -> T:
    """Do it in a connection of its own, outside of the test's transaction."""

    def alone() -> T:
        try:
            return work(*args)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(alone).result(timeout=60)


def _committed() -> Organization:
    made = Organization(code="CUNG-LUC", name="Đảng bộ Cùng Lúc", kind="bloc", path="/", sort_key="", search_key="")
    [made] = Organization.objects.bulk_create([made])
    Organization.objects.filter(pk=made.pk).update(path=f"/{made.pk}/")
    made.refresh_from_db()
    version = {"name": made.name, "kind": made.kind, "path": made.path, "valid_from": BEGINS}
    OrganizationVersion.objects.bulk_create([OrganizationVersion(organization=made, **version)])
    round_ = {"plan_term": "2025-2030", "kind": "first", "opened_on": date(2022, 1, 1)}
    PlanningRound.objects.bulk_create([PlanningRound(authority=made, **round_)])
    return made


def _remove() -> None:
    here = Organization.objects.filter(code="CUNG-LUC")
    for rows in (
        PlanningRound.objects.filter(authority__in=here),
        OrganizationVersion.objects.filter(organization__in=here),
        here,
    ):
        rows._raw_delete(rows.db)


def attempt(act: Callable[[Organization], object], place: Organization) -> str:
    """Return how the act ended; nothing of it is kept."""
    try:
        with transaction.atomic():
            act(place)
            transaction.set_rollback(True)
    except Refused as error:
        return str(error)
    return "done"


def end_while_another_acts(place: Organization, act: Callable[[Organization], object]) -> str:
    """End the organisation as `reorganize` does, while another hand acts; return how the other's act ended."""
    with ThreadPoolExecutor(1) as another:
        with transaction.atomic():
            lock_organizations([place.pk])
            place.versions.update(valid_to=ENDS)
            late = another.submit(elsewhere, attempt, act, place)
            with pytest.raises(StillWaiting):
                late.result(timeout=2)
        return late.result(timeout=30)


@pytest.mark.parametrize("name", ACTS)
def test_an_act_waits_for_the_reorganisation_and_finds_the_organisation_ended(place, name):
    assert "đã kết thúc hoạt động" in elsewhere(end_while_another_acts, place, ACTS[name])
