"""The consistency check: it agrees on a sound register, and names each thing that does not."""

from dataclasses import replace
from datetime import date

import pytest
from django.db.models import QuerySet
from django.urls import reverse

from accounts.roles import Role
from common.periods import Period
from organizations.models import Organization, ReorganizationPart
from organizations.scope import Scope
from reports import consistency
from reports.actions import close_period
from reports.choices import choose
from reports.consistency import check
from reports.models import ClosedFigure
from reports.summary import summarize
from tests import factories

YEAR, NOW = Period.of_year(2022), date(2026, 11, 1)


@pytest.fixture
def bloc(db):
    bloc = factories.organization(code="KHOI", name="Đảng bộ Khối")
    places = [factories.organization(bloc), factories.organization(bloc)]
    for place in (bloc, *places):
        factories.term(place)
    person = factories.person(places[0])
    factories.confirmed(places[0], factories.appointment(person), factories.appointment(person, "secretary"))
    factories.seated(factories.person(places[1]), places[1], "inspection_member")
    planning_round = factories.planning_round(bloc)
    factories.plan_entry(planning_round, factories.person(places[0]), places[0])
    factories.approved(planning_round, places[0])
    return bloc


def summary():
    return summarize(choose(scope=Scope.everything(), period=YEAR, as_at=NOW).frame)


def failing() -> list[str]:
    return [each.what for each in check(summary()) if not each.agrees]


def test_a_sound_register_agrees(bloc):
    close_period(bloc, period=YEAR, by=factories.office())
    checks = check(summary())

    assert failing() == []
    told = " ".join(each.what for each in checks if each.is_known)
    for words in ("số liệu và bảng kê", "tổng và các phần", "không vượt tổng số", "mẫu số", "Sổ đã khóa"):
        assert words in told


def test_members_lost_on_the_way_are_named(bloc):
    source, other = factories.organization(bloc, name="Đảng bộ Nguồn"), factories.organization(bloc)
    act = factories.reorganization(source, on=date(2022, 6, 1), heir=other)
    ReorganizationPart.objects.filter(reorganization=act, side="from").update(official=30, probationary=1)
    ReorganizationPart.objects.filter(reorganization=act, side="to").update(official=29, probationary=1)

    [told] = failing()
    assert "Đảng bộ Nguồn" in told
    assert told.endswith("đảng viên chuyển đi và chuyển đến")


def test_a_closed_figure_that_is_not_what_was_kept_is_named(bloc):
    closing = close_period(bloc, period=YEAR, by=factories.office())
    QuerySet(ClosedFigure).filter(closing=closing, key="grassroots.turns").update(value=5)  # past the product's guard

    assert failing() == ["Sổ đã khóa, Củng cố, kiện toàn cấp ủy cơ sở: số đã khóa và số lượt đã giữ"]


def test_a_figure_that_opens_onto_other_records_is_named(bloc, monkeypatch):
    real = consistency.record_table

    def without_the_last(figure, frame):
        table = real(figure, frame)
        return replace(table, rows=table.rows[:-1]) if figure.key == "grassroots.secretary.added" else table

    monkeypatch.setattr(consistency, "record_table", without_the_last)

    assert failing() == ["Bổ sung chức danh Bí thư: số liệu và bảng kê"]


def test_a_total_that_is_not_the_sum_of_its_parts_is_named(bloc):
    made = summary()
    [section] = [each for each in made.sections if "cơ sở" in each.title and each.results[0].parts]
    turns = section.results[0]
    broken = replace(section, results=(replace(turns, parts=turns.parts[1:]), *section.results[1:]))
    sections = tuple(broken if each is section else each for each in made.sections)

    assert [each.what for each in check(replace(made, sections=sections)) if not each.agrees] == [
        "Củng cố, kiện toàn cấp ủy cơ sở: tổng và các phần"
    ]


def test_closed_figures_of_a_superior_are_told_to_nobody_beneath(bloc, client):
    close_period(bloc, period=YEAR, by=factories.office())
    place = Organization.objects.filter(parent=bloc).first()
    client.force_login(factories.user(Role.LEADER, place))

    page = client.get(reverse("reports:consistency", args=[2022])).content.decode()

    assert "số liệu và bảng kê" in page
    assert "Sổ đã khóa" not in page


def test_the_page_says_so(bloc, client):
    client.force_login(factories.user(Role.LEADER, bloc))

    page = client.get(reverse("reports:consistency", args=[2022])).content.decode()

    assert "đều khớp" in page
    assert "không khớp" not in page


def test_an_empty_register_has_nothing_to_compare(client, db):
    alone = factories.organization(code="KHOI")
    client.force_login(factories.user(Role.LEADER, alone))

    assert client.get(reverse("reports:consistency", args=[1990])).status_code == 404
    assert client.get(reverse("reports:consistency", args=[2022])).status_code == 200
