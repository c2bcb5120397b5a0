"""What the database itself refuses of what was kept of closed books."""

import pytest

from reports.models import ClosedFigure, ClosedFile, ClosedRecord
from tests.common.constraints import Rows, case, constraints_of, try_insert, try_update


@case("figure_is_kept_once_in_a_closing")
def _(world):
    def figure(**fields):
        return ClosedFigure(**({"closing": world.closing, "order": 1, "key": "a", "label": "A"} | fields))

    figure().save()
    return Rows(refused=[figure(order=2)], accepted=[figure(key="b")])


@case("record_is_kept_once_in_a_closing")
def _(world):
    def record(**fields):
        told = {"figures": [], "told": [], "identities": {}}
        return ClosedRecord(**({"closing": world.closing, "family": "changes", "record": 1} | told | fields))

    record().save()
    return Rows(refused=[record()], accepted=[record(record=2), record(family="entries")])


def _file(world, **fields):
    told = {"name": "a.xlsx", "content_type": "x", "size": 1, "sha256": "0" * 64, "content": "closings/a.xlsx"}
    return ClosedFile(**({"closing": world.closing, "kind": "workbook"} | told | fields))


@case("one_file_of_a_kind_in_a_closing")
def _(world):
    _file(world).save()
    return Rows(refused=[_file(world)], accepted=[_file(world, kind="paper")])


@case("closed_file_has_content")
def _(world):
    return Rows(refused=[_file(world, size=0)], accepted=[_file(world)])


@pytest.mark.django_db
@pytest.mark.parametrize("name", constraints_of("reports"))
def test_the_database_refuses_to_insert(name):
    try_insert(name)


@pytest.mark.django_db
@pytest.mark.parametrize("name", constraints_of("reports"))
def test_the_database_refuses_to_update(name):
    try_update(name)
