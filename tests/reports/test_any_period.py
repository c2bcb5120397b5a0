"""Figures of any period, any part of the tree, in every unit, beside any other period: against a slow reading.

The reading goes through all records in plain Python, one by one. Records are written straight into the tables, so that
only the counting is under test.
"""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from common.periods import Period
from organizations.scope import Scope
from personnel.models import ChangeItem
from planning.models import PlanApproval, PlanEntry
from reports.catalogue import UNITS, counted_in
from reports.choices import choose
from reports.figures import Counted
from reports.records import in_every_unit, record_table
from reports.summary import summarize
from tests.reports.random_records import (
    GRASSROOTS,
    PLAN_TERM,
    World,
    build_world,
    days,
    entries,
    items,
    level_of,
    periods,
    stands_under,
    write,
)
from tests.reports.reading import figures_of_change


@pytest.fixture
def world(db) -> World:
    return build_world()


def slow_units(top, period: Period, as_at: date) -> dict[tuple[str, Counted], set[int]]:
    """Return what each figure counts, in each unit: the identities. Nothing is known before the period begins."""
    found: dict[tuple[str, Counted], set[int]] = {}
    if as_at < period.first:
        return found

    def count(key: str, **units: int) -> None:
        for unit, identity in units.items():
            found.setdefault((key, Counted(unit)), set()).add(identity)

    for item in ChangeItem.objects.select_related("dossier__organization"):
        if item.outcome != "confirmed" or item.confirmed_on > as_at:
            continue
        if item.superseded_on and item.superseded_on <= as_at:
            continue
        if not period.first <= item.effective_on <= period.last or item.effective_on > as_at:
            continue
        then = stands_under(item.dossier.organization, top, item.effective_on)
        keys = figures_of_change(level_of(item, top, then.kind), item.act, item.position_id) if then else ()
        for key in keys:
            units = {"items": item.pk, "people": item.person_id}
            count(key, **units, organizations=item.dossier.organization_id, decisions=item.dossier.decision_id)
    day = min(period.last, as_at)
    for entry in PlanEntry.objects.select_related("approval"):
        in_plan = entry.valid_from <= day and (entry.valid_to is None or day < entry.valid_to)
        if not in_plan or entry.organization_id != top.pk:
            continue
        key = "plan.bloc.committee" if entry.position_id == "committee_member" else "plan.bloc.secretaries"
        count(
            key,
            items=entry.pk,
            people=entry.person_id,
            organizations=entry.organization_id,
            decisions=entry.approval.decision_id,
        )
    for plan in PlanApproval.objects.select_related("organization"):
        then = stands_under(plan.organization, top, day)
        if plan.approved_on <= day and then and then.kind in GRASSROOTS:
            count(
                "plan.grassroots.approved",
                items=plan.pk,
                organizations=plan.organization_id,
                decisions=plan.decision_id,
            )
    return found


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a smaller example would take minutes to find
)
@given(
    changes=st.lists(items(), max_size=12),
    planned=st.lists(entries, max_size=6),
    approved=st.sets(st.integers(0, 3)),
    period=periods(),
    compared=st.none() | periods(),
    as_at=days,
    place=st.integers(0, 3),
)
def test_every_figure_in_every_unit_is_what_a_slow_reading_finds(
    world, changes, planned, approved, period, compared, as_at, place
):
    with transaction.atomic():
        write(world, changes, planned, approved)
        _compare(world.places[place], period, compared, as_at)
        transaction.set_rollback(True)


def _compare(top, period: Period, compared: Period | None, as_at: date) -> None:
    choices = choose(
        scope=Scope.everything(), period=period, as_at=as_at, code=top.code, plan_term=PLAN_TERM, compared=compared
    )
    expected = slow_units(top, period, as_at)
    beside = slow_units(top, compared or period.a_year_earlier(), as_at)
    for unit in Counted:
        frame = choose(
            scope=Scope.everything(),
            period=period,
            as_at=as_at,
            code=top.code,
            plan_term=PLAN_TERM,
            compared=compared,
            unit=unit,
        ).frame
        summary = summarize(frame)
        for result in (*summary, summary.outside):
            key, counted = result.figure.key, result.figure.counts
            assert counted is (unit if unit in UNITS[result.figure.family] else result.figure.counts)
            told = (result.count or 0, result.previous or 0)
            assert told == (len(expected.get((key, counted), ())), len(beside.get((key, counted), ()))), (key, unit)
            assert set(record_table(result.figure, frame).unit_ids) == expected.get((key, counted), set()), (key, unit)
    for figure in choices.frame.catalogue.by_key.values():
        for each in in_every_unit(figure, choices.frame):
            assert each.count == len(expected.get((figure.key, each.unit), ())), (figure.key, each.unit)
            assert counted_in(figure, each.unit).counts is each.unit
