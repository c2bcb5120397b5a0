"""The planner knows of the rows that a long transaction has written."""

import pytest
from django.db import connection

from common.statistics import refresh_statistics
from organizations.models import Organization
from tests import factories

pytestmark = pytest.mark.django_db


def test_rows_of_the_open_transaction_are_known_to_the_planner(django_assert_num_queries):
    with django_assert_num_queries(1 if connection.vendor == "postgresql" else 0):
        refresh_statistics()  # what an autovacuum leaves behind that passes by before the commit
    for _ in range(40):
        factories.organization()
    refresh_statistics()

    assert rows_expected(Organization) == 40


def rows_expected(model) -> int:
    """Return how many rows the planner takes the table for; SQLite keeps no such number and counts."""
    if connection.vendor != "postgresql":
        return model.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [model._meta.db_table])
        return cursor.fetchone()[0]
