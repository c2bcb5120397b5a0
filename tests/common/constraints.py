"""How the tests try the constraints of the database: rows are written by raw SQL, past every check in Python.

An app's `test_constraints.py` holds one case for each constraint of its models, under the constraint's name:

    @case("term_is_planned_to_last")
    def _(world):
        return Rows(
            refused=[term(world, planned_end=TERM_BEGINS)],
            accepted=[term(world, planned_end=TERM_BEGINS + DAY)],
        )

The rows are unsaved instances. `accepted` are the nearest rows that the constraint lets through.
"""

from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from common.dated import NoOverlap
from organizations.models import BodyKind, Closing
from tests import factories

APPS = ("regulations", "organizations", "accounts", "personnel", "planning", "intake", "reports")
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Rows:
    """Rows that the constraint refuses, and the nearest ones that it accepts; none of them saved."""

    refused: Sequence[models.Model]
    accepted: Sequence[models.Model]


CASES: dict[str, Callable[["World"], Rows]] = {}
WITHOUT: dict[str, str] = {}  # constraint → the one that refuses the same rows first and is taken away to reach it


def case(constraint: str, without: str | None = None):
    """Register the rows that try a constraint; `without` names another that would refuse them first."""

    def register(rows):
        CASES[constraint] = rows
        if without:
            WITHOUT[constraint] = without
        return rows

    return register


def constraints_of(app: str) -> list[str]:
    """Return the names of the constraints that the app's models declare."""
    return [
        constraint.name for model in apps.get_app_config(app).get_models() for constraint in model._meta.constraints
    ]


def find(name: str) -> tuple[type[models.Model], models.BaseConstraint]:
    """Return the constraint of that name and its model."""
    return next(
        (model, constraint)
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
        if constraint.name == name
    )


class World:
    """The records that the rows refer to, each made when first asked for."""

    @cached_property
    def bloc(self):
        return factories.organization()

    @cached_property
    def organization(self):
        """A grassroots organisation with a term since `factories.TERM_BEGINS`."""
        organization = factories.organization(self.bloc)
        factories.term(organization)
        return organization

    @cached_property
    def other_organization(self):
        """A grassroots organisation without a term."""
        return factories.organization(self.bloc)

    @cached_property
    def term(self):
        return self.organization.terms.get()

    @cached_property
    def committee(self):
        return self.term.bodies.get(kind=BodyKind.COMMITTEE)

    @cached_property
    def inspection(self):
        return self.term.bodies.get(kind=BodyKind.INSPECTION)

    @cached_property
    def person(self):
        return factories.person(self.organization)

    @cached_property
    def other_person(self):
        return factories.person(self.organization)

    @cached_property
    def document(self):
        return factories.document()

    @cached_property
    def reorganization(self):
        return factories.reorganization(self.organization)

    @cached_property
    def draft(self):
        return factories.dossier(self.organization, factories.appointment(self.person))

    @cached_property
    def item(self):
        return self.draft.items.get()

    @cached_property
    def dossier(self):
        """A confirmed dossier: `person` on the committee since `factories.DECIDED`."""
        return factories.confirmed(self.organization, factories.appointment(self.person))

    @cached_property
    def drafter(self):
        return factories.office()

    @cached_property
    def decider(self):
        return factories.superior()

    @cached_property
    def round(self):
        return factories.planning_round(self.bloc)

    @cached_property
    def closing(self):
        """Closed books of `bloc` for 2022."""
        day = date(2023, 1, 5)
        return Closing.objects.create(
            organization=self.bloc,
            first=date(2022, 1, 1),
            end=date(2023, 1, 1),
            as_at=day,
            closed_by=self.decider,
            closed_at=datetime(2023, 1, 5, tzinfo=UTC),
        )

    @cached_property
    def approval(self):
        """The approved plan of `organization` for its secretaries, with one entry for `person`."""
        factories.plan_entry(self.round, self.person, self.organization)
        return factories.approved(self.round, self.organization)


def insert(row: models.Model) -> int:
    """Insert the row by raw SQL; return its key."""
    columns = _columns(row)
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    marks = ", ".join(["%s"] * len(columns))
    key = connection.ops.quote_name(row._meta.pk.column)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {row._meta.db_table} ({names}) VALUES ({marks}) RETURNING {key}", list(columns.values())
        )
        return cursor.fetchone()[0]


def update(key: int, row: models.Model) -> None:
    """Give the stored row `key` the values of `row`, by raw SQL."""
    columns = _columns(row)
    values = ", ".join(f"{connection.ops.quote_name(name)} = %s" for name in columns)
    key_column = connection.ops.quote_name(row._meta.pk.column)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {row._meta.db_table} SET {values} WHERE {key_column} = %s", [*columns.values(), key])


def _columns(row: models.Model) -> dict[str, object]:
    fields = [field for field in row._meta.concrete_fields if not (field.primary_key and row.pk is None)]
    return {field.column: field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields}


@contextmanager
def refused_by(name: str):
    """Expect the database to refuse what the block writes, in the name of the constraint where the engine gives it."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield
    model, constraint = find(name)
    if connection.vendor == "sqlite" and isinstance(constraint, models.UniqueConstraint):
        fields = [model._meta.get_field(field) for field in constraint.fields]
        expected = ", ".join(f"{model._meta.db_table}.{field.column}" for field in fields)
    else:
        expected = name
    assert expected in str(caught.value)


@contextmanager
def undone():
    """Let the block write, then forget it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def take_away(name: str) -> None:
    """Drop a no-overlap constraint for the rest of the test."""
    model, constraint = find(name)
    assert isinstance(constraint, NoOverlap)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {model._meta.db_table} DROP CONSTRAINT {name}")
            return
        for event in ("insert", "update"):
            cursor.execute(f"DROP TRIGGER {name}_on_{event}")


def try_insert(name: str) -> None:
    """Assert that the constraint refuses and accepts the rows of its case when they are inserted."""
    rows = CASES[name](World())
    if name in WITHOUT:
        take_away(WITHOUT[name])
    assert rows.refused
    assert rows.accepted
    for row in rows.refused:
        with refused_by(name):
            insert(row)
    for row in rows.accepted:
        with undone():
            insert(row)


def try_update(name: str) -> None:
    """Assert the same when a stored row is changed."""
    rows = CASES[name](World())
    if name in WITHOUT:
        take_away(WITHOUT[name])
    with transaction.atomic():
        key = insert(rows.accepted[0])
    for row in rows.refused:
        with refused_by(name):
            update(key, row)
    for row in rows.accepted:
        with undone():
            update(key, row)


def earlier(day: date, years: int = 1) -> date:
    return day.replace(year=day.year - years)
