"""The demonstration as a fixture, for every test module that asks questions of it.

    from tests.demo_data import demo_data  # noqa: F401

    pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_data")]

Each test runs in its own transaction on top and is rolled back; at the end of the module the demonstration itself is
rolled back, so that other modules find an empty database. The first module of a run (of an xdist worker) builds it
through the actions; later ones get the same rows inserted as they were, which takes a moment. Not for transactional
tests (live servers, threads): those see only what was committed; let them call `load_demo` themselves.
"""

from contextlib import ExitStack

import pytest
from django.apps import apps
from django.db import connection, transaction

from common.statistics import refresh_statistics
from demo.loader import build

Rows = dict[str, tuple[list[str], list[tuple]]]  # the columns and the rows of each table
_snapshot: Rows = {}


@pytest.fixture(scope="module")
def demo_data(django_db_setup, django_db_blocker):
    """Let the tests of the module run on the demonstration."""
    with ExitStack() as at_the_end:
        with django_db_blocker.unblock():
            at_the_end.callback(_roll_back, django_db_blocker, _begin())
            load_once()
        yield


def load_once() -> None:
    """Build the demonstration in the open transaction, or restore what an earlier module of this process built."""
    if _snapshot:
        _restore(_snapshot)
        return
    seeded = {table: _rows(table)[1] for table in _tables()}
    build()
    for table, there in seeded.items():
        columns, rows = _rows(table)
        _snapshot[table] = (columns, [row for row in rows if row not in there] if there else rows)


def _begin() -> transaction.Atomic:
    outermost = transaction.atomic()
    outermost.__enter__()
    return outermost


def _roll_back(django_db_blocker, outermost: transaction.Atomic) -> None:
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        outermost.__exit__(None, None, None)


def _tables() -> list[str]:
    models = apps.get_models(include_auto_created=True)
    return [model._meta.db_table for model in models if model._meta.managed and not model._meta.proxy]


def _rows(table: str) -> tuple[list[str], list[tuple]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        return [column[0] for column in cursor.description], cursor.fetchall()


def _restore(snapshot: Rows) -> None:
    """Insert the rows as they were. Foreign keys are checked at the end, so the order of the tables does not matter."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table, (columns, rows) in snapshot.items():
            if rows:
                names, marks = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
                cursor.executemany(f"INSERT INTO {quote(table)} ({names}) VALUES ({marks})", rows)
    refresh_statistics()
