"""How a test stops the process at each write of an act, and sees that nothing is left half done."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

from django.apps import apps
from django.db import connection

WRITES = ("INSERT", "UPDATE", "DELETE")


class Stopped(BaseException):
    """What no code catches: the process is gone."""


@contextmanager
def stopped_at(write: int) -> Iterator[None]:
    """Let the process end at the write of this number in the block."""
    writes = count(1)

    def stop(execute, sql, params, many, context):
        if sql.lstrip().startswith(WRITES) and next(writes) == write:
            raise Stopped
        return execute(sql, params, many, context)

    with connection.execute_wrapper(stop):
        yield


def everything() -> dict[str, list[tuple]]:
    """Return every row of every table."""
    models = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: sorted(model._base_manager.values_list(), key=repr) for model in models}


def try_at_every_write(act: Callable[[], object]) -> int:
    """Stop the act at its first write, at its second and so on, until it comes through; return how many it wrote."""
    before = everything()
    for write in count(1):
        try:
            with stopped_at(write):
                act()
        except Stopped:
            assert everything() == before, f"something is left when it stops at write {write}"
        else:
            assert everything() != before
            return write - 1
    raise AssertionError
