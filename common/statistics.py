"""What the database's planner knows of the sizes of tables."""

from django.apps import apps
from django.db import connection


def refresh_statistics() -> None:
    """Let PostgreSQL count the rows of all tables anew, those of the open transaction included.

    For whoever writes thousands of rows in one transaction. Until it commits, others see the tables as empty, and an
    autovacuum that passes by writes that down: from then on PostgreSQL joins the tables row by row, for minutes.
    Counting also keeps autovacuum off the tables until the transaction ends. SQLite needs nothing of the kind.
    """
    if connection.vendor != "postgresql":
        return
    tables = [model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE " + ", ".join(map(connection.ops.quote_name, sorted(set(tables)))))
