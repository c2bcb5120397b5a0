"""What the database refuses of closed books, of what was given out, and of what offices made their own."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from reports.models import ClosedFigure, ClosedFile, ClosedRecord, Export, OfficeFigure, ProseTemplate
from tests import factories
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


def _export(world, code="ABCD2345", **fields):
    told = {"table": "bien-dong", "title": "Biến động", "format": "excel", "address": "/", "made_at": timezone.now()}
    days = {"first": date(2022, 1, 1), "end": date(2023, 1, 1), "as_at": date(2022, 12, 31)}
    by = {"organization": world.closing.organization, "made_by": factories.office()}
    return Export(**({"code": code} | told | days | by | fields))


DONE = {"state": "done", "finished_at": datetime(2022, 1, 1, tzinfo=UTC), "rows": 3, "sha256": "0" * 64}


@case("export_is_of_at_least_one_day")
def _(world):
    return Rows(
        refused=[_export(world, end=date(2022, 1, 1)), _export(world, end=date(2021, 12, 31))],
        accepted=[_export(world, end=date(2022, 1, 2))],
    )


@case("export_is_finished_when_it_is_no_longer_made")
def _(world):
    return Rows(
        refused=[_export(world, state="cancelled"), _export(world, finished_at=DONE["finished_at"])],
        accepted=[_export(world), _export(world, "EFGH2345", state="failed", finished_at=DONE["finished_at"])],
    )


@case("export_has_a_checksum_exactly_when_done")
def _(world):
    return Rows(
        refused=[
            _export(world, **(DONE | {"sha256": ""})),
            _export(world, **(DONE | {"rows": None})),
            _export(world, rows=3),
            _export(world, **(DONE | {"state": "failed"})),
        ],
        accepted=[_export(world, **DONE)],
    )


def _template(world, **fields):
    told = {"paragraphs": [{"text": "Báo cáo.", "nothing": "", "unknown": ""}], "saved_by": world.drafter}
    saved_at = datetime(2023, 1, 5, tzinfo=UTC)
    return ProseTemplate(**({"organization": world.bloc, "saved_at": saved_at} | told | fields))


@case("one_prose_template_of_an_organization")
def _(world):
    _template(world).save()
    return Rows(refused=[_template(world)], accepted=[_template(world, organization=world.organization)])


@case("prose_template_has_paragraphs")
def _(world):
    return Rows(refused=[_template(world, paragraphs=[])], accepted=[_template(world)])


MADE, RETIRED = datetime(2023, 1, 5, tzinfo=UTC), datetime(2023, 2, 5, tzinfo=UTC)


def _standard(world, **fields):
    fields = {"organization": world.bloc, "key": "grassroots.turns", "unit": "people"} | fields
    return OfficeFigure(made_by=world.drafter, made_at=MADE, **fields)


def _own(world, **fields):
    return _standard(world, **({"key": "own.a", "label": "A", "act": "appoint", "rule": "Đếm lượt"} | fields))


def _retired(world, figure):
    figure.retired_by, figure.retired_at = world.drafter, RETIRED
    return figure


@case("figure_is_set_once_at_an_organization")
def _(world):
    _standard(world).save()
    elsewhere = _standard(world, organization=world.organization)
    return Rows(
        refused=[_standard(world, unit="decisions")],
        accepted=[_standard(world, key="grassroots.member.added"), elsewhere, _retired(world, _standard(world))],
    )


@case("own_figure_has_a_key_of_its_own")
def _(world):
    _retired(world, _own(world)).save()
    return Rows(refused=[_own(world, organization=world.organization)], accepted=[_own(world, key="own.b")])


@case("one_own_figure_of_a_name_in_use")
def _(world):
    _own(world).save()
    namesake = _own(world, key="own.b")
    elsewhere = _own(world, key="own.b", organization=world.organization)
    return Rows(
        refused=[namesake],
        accepted=[_own(world, key="own.b", label="B"), elsewhere, _retired(world, _own(world, key="own.b"))],
    )


@case("office_figure_counts_a_known_unit")
def _(world):
    return Rows(refused=[_own(world, unit="votes"), _standard(world, unit="")], accepted=[_own(world)])


@case("office_figure_is_of_known_blocks")
def _(world):
    return Rows(
        refused=[_own(world, act="annul"), _own(world, level="bloc"), _own(world, method="congress")],
        accepted=[_own(world, level="itself", method="designation"), _own(world, act="", level="grassroots")],
    )


@case("own_figure_has_blocks_and_a_standard_one_none")
def _(world):
    return Rows(
        refused=[
            _own(world, act=""),
            _own(world, label=""),
            _own(world, rule=""),
            _own(world, key="grassroots.turns"),
            _standard(world, act="appoint"),
            _standard(world, positions=["secretary"]),
            _standard(world, key="own.b"),
        ],
        accepted=[_own(world), _own(world, act="", positions=["secretary"]), _standard(world)],
    )


@case("figure_of_appointments_has_no_release_reason")
def _(world):
    return Rows(
        refused=[_own(world, reasons=["retirement"])],
        accepted=[_own(world), _own(world, act="", reasons=["retirement"])],
    )


@case("figure_of_releases_has_no_method")
def _(world):
    return Rows(
        refused=[_own(world, act="release", method="designation")],
        accepted=[_own(world, act="release"), _own(world, act="", method="designation")],
    )


@case("office_figure_is_retired_by_somebody")
def _(world):
    return Rows(
        refused=[_own(world, retired_at=RETIRED), _own(world, retired_by=world.drafter)],
        accepted=[_own(world), _retired(world, _own(world))],
    )


@pytest.mark.django_db
@pytest.mark.parametrize("name", constraints_of("reports"))
def test_the_database_refuses_to_insert(name):
    try_insert(name)


@pytest.mark.django_db
@pytest.mark.parametrize("name", constraints_of("reports"))
def test_the_database_refuses_to_update(name):
    try_update(name)
