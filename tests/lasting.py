"""Data that is made once for a module of tests and gone after it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def lasting_for_the_module(blocker) -> Iterator[None]:
    """Open the test database until the module's tests are done, then take back all that was written.

    `blocker` is pytest-django's django_db_blocker. For a module-scoped fixture that also asks for django_db_setup. The
    tests themselves do not ask for `db`, and leave no change that others of the module would trip over.
    """
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
