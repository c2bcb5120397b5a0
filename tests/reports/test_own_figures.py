"""A figure from building blocks: its rule in words, the blocks that contradict each other, and what it counts.

What it counts is held against a slow reading of random records, in every unit.
"""

from datetime import date
from itertools import product

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from common.periods import Period
from organizations.models import Position
from organizations.scope import Scope
from personnel.models import ChangeItem
from reports.actions import add_own_figure
from reports.choices import choose
from reports.figures import Counted
from reports.own_figures import Blocks, objections, own_figure, rule_in_words
from reports.records import in_every_unit, record_table
from reports.summary import summarize
from tests import factories
from tests.reports.random_records import (
    BODIES,
    GRASSROOTS,
    World,
    build_world,
    days,
    items,
    periods,
    stands_under,
    write,
)

POSITIONS = {
    "secretary": Position(code="secretary", name="Bí thư", body_kind="committee"),
    "deputy_secretary": Position(code="deputy_secretary", name="Phó Bí thư", body_kind="committee"),
    "standing_member": Position(code="standing_member", name="Ủy viên Ban Thường vụ", body_kind="standing_committee"),
}


@pytest.mark.parametrize(
    ("blocks", "unit", "rule"),
    [
        (
            Blocks(act="release", positions=("secretary",), level="grassroots", reasons=("retirement",)),
            Counted.ITEMS,
            "Đếm lượt: cho thôi Bí thư ở cơ sở, lý do nghỉ hưu, đã chuẩn y, có hiệu lực trong kỳ.",
        ),
        (
            Blocks(act="appoint", positions=("secretary", "deputy_secretary"), level="itself", method="designation"),
            Counted.PEOPLE,
            "Đếm đồng chí, mỗi đồng chí một lần: bổ sung Bí thư hoặc Phó Bí thư ở chính tổ chức lập báo cáo, "
            "hình thức chỉ định, đã chuẩn y, có hiệu lực trong kỳ.",
        ),
        (
            Blocks(bodies=("inspection_committee",), method="designation", reasons=("death", "transfer")),
            Counted.DECISIONS,
            "Đếm quyết định, mỗi quyết định một lần: bổ sung hoặc cho thôi mọi chức danh trong Ủy ban Kiểm tra "
            "ở mọi cấp, bổ sung theo hình thức chỉ định, cho thôi vì lý do từ trần hoặc chuyển công tác, "
            "đã chuẩn y, có hiệu lực trong kỳ.",
        ),
        (
            Blocks(level="grassroots"),
            Counted.ORGANIZATIONS,
            "Đếm cấp ủy, mỗi cấp ủy một lần: bổ sung hoặc cho thôi mọi chức danh ở cơ sở, "
            "đã chuẩn y, có hiệu lực trong kỳ.",
        ),
    ],
)
def test_the_counting_rule_tells_the_blocks_in_words(blocks, unit, rule):
    assert rule_in_words(blocks, unit, POSITIONS) == rule


@pytest.mark.parametrize(
    ("blocks", "places"),
    [
        (Blocks(), [""]),
        (Blocks(level="grassroots"), []),
        (Blocks(act="appoint", reasons=("retirement",)), ["reasons"]),
        (Blocks(reasons=("retirement",)), []),
        (Blocks(act="release", method="designation"), ["method"]),
        (Blocks(act="appoint", method="designation"), []),
        (Blocks(positions=("secretary",), bodies=("standing_committee",)), ["positions", "bodies"]),
        (Blocks(positions=("secretary",), bodies=("committee", "standing_committee")), ["bodies"]),
        (Blocks(positions=("secretary", "standing_member"), bodies=("committee", "standing_committee")), []),
        (Blocks(positions=("secretary",), bodies=("committee",)), []),
        (Blocks(bodies=("committee", "standing_committee")), []),
        (Blocks(positions=("president",)), ["positions"]),
        (Blocks(act="annul"), ["act"]),
        (Blocks(method="congress"), ["method"]),
        (Blocks(reasons=("organization_ended",)), ["reasons"]),
        (Blocks(level="bloc"), ["level"]),
    ],
)
def test_blocks_that_contradict_each_other_are_told_where_it_is_mended(blocks, places):
    found = list(objections(blocks, POSITIONS))

    assert [each.place for each in found] == places
    assert all(each.message.endswith(".") for each in found)


@pytest.mark.parametrize("label", ["Bí thư / Phó Bí thư: [cả hai]?*\\", "x" * 120, "Cấp ủy 'mới'"])
def test_the_name_of_its_sheet_is_one_that_a_workbook_takes(label):
    sheet = own_figure("own.a", label, Counted.ITEMS, Blocks(act="appoint"), "").sheet

    assert sheet.startswith("Riêng ")
    assert len(f"99 {sheet}") <= 31
    assert not set(sheet) & set("[]:*?/\\'")


# Against a slow reading


@pytest.fixture
def world(db) -> World:
    return build_world()


@st.composite
def blocks(draw) -> tuple[Blocks, Counted]:
    act = draw(st.sampled_from(["", "appoint", "release"]))
    positions = draw(st.sets(st.sampled_from(sorted(BODIES)), max_size=2))
    bodies = {BODIES[position] for position in positions} or draw(st.sets(st.sampled_from(sorted(BODIES.values()))))
    drawn = Blocks(
        act=act,
        positions=tuple(sorted(positions)),
        bodies=tuple(sorted(bodies)) if draw(st.booleans()) else (),
        level=draw(st.sampled_from(["", "itself", "grassroots"])),
        method="" if act == "release" else draw(st.sampled_from(["", "designation", "supplementary_election"])),
        reasons=()
        if act == "appoint"
        else tuple(sorted(draw(st.sets(st.sampled_from(["retirement", "transfer", "death"]), max_size=2)))),
    )
    return (Blocks(level="grassroots") if drawn.is_empty else drawn), draw(st.sampled_from(Counted))


def fits(item: ChangeItem, blocks: Blocks, top, kind: str) -> bool:
    """Tell whether the blocks take the item in, told one by one; `kind` is that of its organisation on its day."""
    if blocks.act and item.act != blocks.act:
        return False
    if item.act == "appoint" and blocks.method and item.method != blocks.method:
        return False
    if item.act == "release" and blocks.reasons and item.release_reason not in blocks.reasons:
        return False
    if blocks.positions and item.position_id not in blocks.positions:
        return False
    if blocks.bodies and BODIES[item.position_id] not in blocks.bodies:
        return False
    if blocks.level == "itself":
        return item.dossier.organization_id == top.pk
    return not blocks.level or kind in GRASSROOTS


def slow_units(blocks: Blocks, top, period: Period, as_at: date) -> dict[Counted, set[int]]:
    """Return what the blocks take in, in each unit: the identities."""
    found: dict[Counted, set[int]] = {unit: set() for unit in Counted}
    for item in ChangeItem.objects.select_related("dossier__organization"):
        if item.outcome != "confirmed" or item.confirmed_on > as_at or as_at < period.first:
            continue
        if item.superseded_on and item.superseded_on <= as_at:
            continue
        if not period.first <= item.effective_on <= period.last or item.effective_on > as_at:
            continue
        then = stands_under(item.dossier.organization, top, item.effective_on)
        if then and fits(item, blocks, top, then.kind):
            found[Counted.ITEMS].add(item.pk)
            found[Counted.PEOPLE].add(item.person_id)
            found[Counted.ORGANIZATIONS].add(item.dossier.organization_id)
            found[Counted.DECISIONS].add(item.dossier.decision_id)
    return found


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a smaller example would take minutes to find
)
@given(
    changes=st.lists(items(), min_size=4, max_size=12),
    built=st.lists(blocks(), min_size=1, max_size=3),
    period=periods(),
    as_at=days,
    place=st.integers(0, 3),
)
def test_own_figures_are_what_a_slow_reading_finds_in_every_unit(world, changes, built, period, as_at, place):
    with transaction.atomic():
        write(world, changes, [], set())
        top = world.places[place]
        made = {
            add_own_figure(
                top, label=f"Riêng {chr(ord('A') + index)}", unit=unit, blocks=each, by=factories.office()
            ).key: each
            for index, (each, unit) in enumerate(built)
        }
        for key, unit in product(made, (None, *Counted)):
            _compare(key, made[key], unit, top, period, as_at)
        transaction.set_rollback(True)


def _compare(key: str, blocks: Blocks, unit: Counted | None, top, period: Period, as_at: date) -> None:
    frame = choose(scope=Scope.everything(), period=period, as_at=as_at, code=top.code, unit=unit or "").frame
    [result] = [each for each in summarize(frame).own if each.figure.key == key]
    expected = slow_units(blocks, top, period, as_at)
    assert unit in (None, result.figure.counts)
    assert (result.count or 0) == len(expected[result.figure.counts])
    assert (result.previous or 0) == len(slow_units(blocks, top, period.a_year_earlier(), as_at)[result.figure.counts])
    assert set(record_table(result.figure, frame).unit_ids) == expected[result.figure.counts]
    for each in in_every_unit(result.figure, frame):
        assert each.count == len(expected[each.unit])
