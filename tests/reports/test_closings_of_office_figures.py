"""Closed books with an office's own figures and units: they are read again by the figures and in the units of then."""

import time_machine
from django.db import connection

from common.periods import today
from reports.actions import add_own_figure, choose_printed_units, close_period, retire_own_figure
from reports.choices import choose
from reports.closings import Since, compare
from reports.consistency import check
from reports.figures import Counted
from reports.own_figures import Blocks
from reports.summary import summarize
from tests import factories
from tests.reports.books import CLOSED, YEAR, annulment, late_addition, named

TURNS = "grassroots.turns"
DESIGNATED = Blocks(act="appoint", method="designation")


def add(office, label: str = "Chỉ định"):
    return add_own_figure(
        office.bloc, label=label, unit=Counted.ORGANIZATIONS, blocks=DESIGNATED, by=factories.office()
    )


def choose_unit(office, unit: str) -> None:
    choose_printed_units(office.bloc, chosen={TURNS: unit}, by=factories.office())


def close(office):
    with time_machine.travel(CLOSED):
        return close_period(office.bloc, period=YEAR, by=factories.office())


def figures(closing) -> dict[str, tuple[int | None, int | None]]:
    return {each.closed.key: (each.closed.value, each.today) for each in compare(closing, today()).figures}


def test_books_keep_own_figures_in_their_unit_and_the_units_printed(office):
    made = add(office)
    choose_unit(office, "organizations")
    closing = close(office)

    kept = {each.key: (each.value, each.unit, each.counts) for each in closing.figures.all()}

    assert kept[made.key] == (2, "cấp ủy", "organizations")
    assert kept[TURNS] == (2, "cấp ủy", "organizations")
    assert compare(closing, today()).is_same


def test_books_are_compared_in_the_unit_in_which_they_were_closed(office):
    choose_unit(office, "organizations")
    closing = close(office)
    choose_unit(office, "items")
    assert compare(closing, today()).is_same

    late_addition(office)

    assert figures(closing)[TURNS] == (2, 2)
    assert figures(closing)["grassroots.member.added"] == (6, 7)
    assert named(closing) == [(Since.CAME, "Nguyễn Văn Khoa")]


def test_books_closed_before_units_could_be_chosen_are_read_as_declared(office, closing):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reports_closedfigure SET counts = ''")
    choose_unit(office, "people")

    assert compare(closing, today()).is_same
    assert figures(closing)[TURNS] == (6, 6)


def test_a_figure_made_after_the_closing_makes_no_difference(office):
    closing = close(office)
    made = add(office)

    assert compare(closing, today()).is_same
    assert made.key not in figures(closing)


def test_a_retired_figure_is_compared_still_and_its_differences_are_named(office):
    made = add(office)
    closing = close(office)
    retire_own_figure(made, by=factories.office())
    assert compare(closing, today()).is_same

    annulment(office)
    [difference] = compare(closing, today()).differences

    assert difference.since is Since.WENT
    assert "Chỉ định" in difference.figures
    assert figures(closing)[made.key] == (2, 2)


def test_a_retired_figure_is_held_against_the_records_kept_with_it(office):
    made = add(office)
    close(office)
    retire_own_figure(made, by=factories.office())
    choose_unit(office, "people")

    checked = check(summarize(choose(scope=factories.office().scope, period=YEAR, as_at=today(), code="KHOI").frame))

    closed = {each.what: (each.one, each.other) for each in checked if each.what.startswith("Sổ đã khóa")}
    assert closed["Sổ đã khóa, Chỉ định: số đã khóa và số cấp ủy đã giữ"] == (2, 2)
    assert all(each.agrees for each in checked)


def test_closing_a_part_keeps_what_its_superior_set(office):
    made = add(office)
    with time_machine.travel(CLOSED):
        closing = close_period(office.one, period=YEAR, by=factories.office())

    assert figures(closing)[made.key] == (1, 1)
