"""The list of changes: each turn stands once, under the figure that counts it, and the subtotals are the figures."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.periods import Period
from organizations.actions import amend_organization
from organizations.scope import Right, Scope
from reports.families import records
from reports.figures import FIGURES, Family
from reports.summary import summarize
from reports.tables.changes import TABLE
from tests import factories
from tests.reports.tables.conftest import Office

pytestmark = pytest.mark.django_db


def groups(office, **asked) -> dict[str, list[str]]:
    table = TABLE.make(office.frame(**asked), {})
    return {group.title: [row[0].value for row in group.rows] for group in table.groups}


def test_each_turn_stands_under_its_figure(changed):
    assert groups(changed) == {
        "Bổ sung Ủy viên Ban Chấp hành Đảng bộ Khối": ["Vũ Văn Dũng"],
        "Bổ sung cấp ủy viên": ["Đỗ Văn Cường", "Lê Văn An", "Trần Thị Bình", "Ngô Thị Em"],
        "Cho thôi nhiệm vụ cấp ủy viên": ["Ngô Thị Em"],
    }


def test_what_no_figure_counts_stands_at_the_end(changed):
    promoted = factories.person(changed.one, "Hà Văn Giang")
    factories.seated(promoted, changed.one)
    factories.seated(promoted, changed.one, "standing_member")

    [*_, (title, names)] = groups(changed).items()
    assert (title, names) == ("Thay đổi khác trong kỳ, không thuộc chỉ tiêu nào ở trên", ["Hà Văn Giang"])


def test_it_holds_every_counted_record_once_and_as_many_as_its_figures_say(changed):
    frame = changed.frame()
    table = TABLE.make(frame, {})
    counted = {
        item.pk for figure in FIGURES.values() if figure.family is Family.CHANGES for item in records(figure, frame)
    }

    assert table.count == len(counted)
    assert [len(group.rows) for group in table.groups] == [group.value for group in table.groups]


def test_what_was_of_another_level_before_a_change_of_kind_is_no_longer_told_of_that_level(changed):
    amend_organization(changed.bloc, kind="grassroots_committee", effective_on=date(2022, 9, 1), by=factories.office())
    frame = changed.frame()
    summary = summarize(frame)

    [*_, (title, names)] = groups(changed).items()
    assert (title, names) == (summary.outside.label, ["Vũ Văn Dũng"])  # of the bloc that it was: not lost
    assert summary.outside.count == 1
    assert list(records(summary.outside.figure, frame))


def test_days_are_half_open(changed):
    def count(first: date, last: date) -> int:
        return TABLE.make(changed.frame(period=Period.between(first, last)), {}).count

    assert count(date(2022, 11, 1), date(2022, 11, 1)) == 1
    assert count(date(2022, 10, 1), date(2022, 10, 31)) == 0
    assert count(date(2022, 11, 2), date(2022, 12, 31)) == 0


def test_nobody_outside_the_scope_or_the_organisation_stands_in_it(changed):
    narrow = Scope.of([(Right.VIEW, [changed.two.path])])

    assert groups(changed, scope=narrow, code="CS2") == {"Bổ sung cấp ủy viên": ["Đỗ Văn Cường"]}
    assert "Người Ngoài" not in str(groups(changed))


def test_it_takes_as_many_queries_for_one_change_as_for_many(changed):
    def queries() -> int:
        frame = changed.frame()
        with CaptureQueriesContext(connection) as made:
            TABLE.make(frame, {})
        return len(made)

    before = queries()
    for number in range(5):
        factories.seated(factories.person(changed.two, f"Người Thứ {number}"), changed.two)
    assert queries() == before


def test_an_empty_register_gives_an_empty_table(db):
    bloc = factories.organization(code="KHOI")

    assert TABLE.make(Office(bloc, bloc, bloc, bloc).frame(), {}).count == 0
