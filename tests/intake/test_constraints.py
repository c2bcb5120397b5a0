"""What the database itself refuses of imports."""

from datetime import UTC, datetime

import pytest

from intake.models import ColumnMapping, Import
from tests.common.constraints import Rows, World, case, constraints_of, try_insert, try_update

THEN = datetime(2022, 3, 1, tzinfo=UTC)


def sent(world: World, **fields) -> Import:
    defaults = {
        "kind": "dang-vien",
        "file_name": "a.xlsx",
        "sha256": "0" * 64,
        "size": 10,
        "made_by": world.drafter,
        "made_at": THEN,
        "content": "imports/a.xlsx",
    }
    return Import(**(defaults | fields))


@case("import_is_committed_at_a_time")
def _(world):
    return Rows(
        refused=[sent(world, state="committed"), sent(world, committed_at=THEN)],
        accepted=[sent(world, state="committed", committed_at=THEN), sent(world), sent(world, state="discarded")],
    )


@case("import_is_undone_at_a_time_for_a_reason")
def _(world):
    undone = {"state": "undone", "committed_at": THEN}
    return Rows(
        refused=[
            sent(world, **undone, undone_at=THEN),
            sent(world, **undone, undo_reason="Nhầm"),
            sent(world, undone_at=THEN),
        ],
        accepted=[sent(world, **undone, undone_at=THEN, undo_reason="Nhầm"), sent(world)],
    )


@case("one_mapping_of_the_same_headings")
def _(world):
    def mapping(**fields):
        defaults = {"kind": "dang-vien", "signature": "a", "mapping": {}, "made_by": world.drafter}
        return ColumnMapping(**(defaults | fields))

    mapping().save()
    return Rows(refused=[mapping()], accepted=[mapping(kind="to-chuc"), mapping(signature="b")])


@pytest.mark.django_db
@pytest.mark.parametrize("name", constraints_of("intake"))
def test_the_database_refuses_to_insert(name):
    try_insert(name)


@pytest.mark.django_db
@pytest.mark.parametrize("name", constraints_of("intake"))
def test_the_database_refuses_to_update(name):
    try_update(name)
