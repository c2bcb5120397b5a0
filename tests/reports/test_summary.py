"""What the summary says besides the numbers of a full year: pending, unknown, corrected, not yet begun."""

from datetime import date

import pytest

from common.periods import Period
from organizations.actions import amend_organization
from organizations.scope import Right, Scope
from reports.choices import UnknownChoice, choose
from reports.figures import FIGURES, OUTSIDE
from reports.narrative import narrate
from reports.records import in_every_unit, pending_table, record_table
from reports.summary import summarize
from tests import factories

NOW = date(2026, 11, 1)


@pytest.fixture
def bloc(db):
    made = factories.organization(code="KHOI", name="Đảng bộ Khối")
    factories.term(made)
    return made


@pytest.fixture
def grassroots(bloc):
    made = factories.organization(bloc, code="CS1", name="Đảng bộ Sở Một")
    factories.term(made)
    return made


def frame_of(year: int = 2022, as_at: date = NOW, **chosen):
    return choose(scope=Scope.everything(), period=Period.of_year(year), as_at=as_at, **chosen).frame


def summary_of(year: int = 2022, as_at: date = NOW, **chosen):
    return summarize(frame_of(year, as_at, **chosen))


def prose(summary) -> str:
    return "\n".join(paragraph.text for paragraph in narrate(summary))


def all_results(summary):
    return {result.figure.key: result for result in summary}


def test_year_without_records_is_unknown_and_not_zero(grassroots):
    summary = summary_of(2022)

    assert not summary.has_data
    assert {result.count for result in all_results(summary).values()} == {None}
    assert "chưa có số liệu" in prose(summary).lower()
    assert "00" not in prose(summary)


def test_real_zero_is_zero(grassroots):
    factories.seated(factories.person(grassroots), grassroots)

    results = all_results(summary_of())

    assert results["grassroots.member.added"].count == 1
    assert results["grassroots.secretary.added"].count == 0


def test_submitted_item_is_pending_and_not_counted(grassroots):
    waiting = factories.appointment(factories.person(grassroots), elected_on=date(2022, 5, 4))
    factories.submitted(grassroots, waiting)
    factories.dossier(grassroots, factories.appointment(factories.person(grassroots), elected_on=date(2022, 5, 4)))

    result = all_results(summary_of())["grassroots.member.added"]

    assert (result.count, result.pending) == (0, 1)
    assert len(pending_table(FIGURES["grassroots.member.added"], frame_of()).rows) == 1


def test_looked_at_before_the_decision_the_item_is_still_pending(grassroots):
    person = factories.person(grassroots)
    factories.confirmed(
        grassroots,
        factories.appointment(person, elected_on=date(2022, 3, 1)),
        on=date(2022, 3, 10),
        opened_on=date(2022, 3, 2),
    )

    before = all_results(summary_of(as_at=date(2022, 3, 9)))["grassroots.member.added"]
    after = all_results(summary_of(as_at=date(2022, 3, 10)))["grassroots.member.added"]

    assert (before.count, before.pending) == (0, 1)
    assert (after.count, after.pending) == (1, 0)


def test_corrected_item_counts_until_the_day_of_its_correction(grassroots):
    wrong, right = factories.person(grassroots), factories.person(grassroots)
    dossier = factories.confirmed(grassroots, factories.appointment(wrong))
    [item] = dossier.items.all()
    factories.correction(dossier, factories.annulment(item), factories.appointment(right), on=date(2022, 9, 1))
    figure = FIGURES["grassroots.member.added"]

    before = record_table(figure, frame_of(as_at=date(2022, 8, 31)))
    after = record_table(figure, frame_of(as_at=date(2022, 9, 1)))

    assert [row.cells[0].value for row in before.rows] == [wrong.full_name]
    assert [row.cells[0].value for row in after.rows] == [right.full_name]


def test_period_that_has_not_begun_says_so(grassroots):
    summary = summary_of(2022, as_at=date(2021, 6, 1))

    assert prose(summary) == "Tính đến ngày xem số liệu, kỳ báo cáo năm 2022 chưa bắt đầu."


def test_person_with_two_changes_counts_once_where_people_are_counted(grassroots):
    person = factories.person(grassroots)
    factories.confirmed(
        grassroots,
        factories.appointment(person, "inspection_member"),
        factories.appointment(person, "inspection_chair"),
    )

    figure = FIGURES["grassroots.inspection.changed"]
    table = record_table(figure, frame_of())

    assert all_results(summary_of())[figure.key].value == 1
    assert len(table.rows) == 2
    assert table.unit_ids == [person.pk]
    assert [row.number for row in table.rows] == [1, None]
    told = {each.word: each.count for each in in_every_unit(figure, frame_of())}
    assert told == {"lượt": 2, "đồng chí": 1, "cấp ủy": 1, "quyết định": 1}


def test_plain_fact_has_no_number_and_names_the_positions_that_changed(bloc):
    factories.confirmed(bloc, factories.appointment(factories.person(bloc), "inspection_member"))

    summary = summary_of()
    result = summary.by_key["bloc.inspection.elected"]

    assert (result.value, result.count) == (None, 1)
    assert "bầu bổ sung Ủy viên Ủy ban Kiểm tra Đảng ủy Khối" in prose(summary)
    assert "Chủ nhiệm" not in prose(summary)


def test_plain_fact_that_did_not_happen_is_left_out(bloc):
    factories.seated(factories.person(bloc), bloc)

    assert "Kiểm tra" not in prose(summary_of())
    assert "bổ sung 01 đồng chí Ủy viên Ban Chấp hành Đảng bộ Khối" in prose(summary_of())


def test_promotion_that_closes_a_lower_post_is_no_release(grassroots):
    person = factories.person(grassroots)
    factories.confirmed(grassroots, factories.appointment(person), factories.appointment(person, "deputy_secretary"))
    factories.confirmed(grassroots, factories.appointment(person, "secretary", proposed_on=date(2022, 6, 1)))

    results = all_results(summary_of())

    assert results["grassroots.member.released"].value == 0
    assert results["grassroots.turns"].value == 3


def test_congress_results_are_no_changes_within_the_term(bloc):
    place = factories.organization(bloc)
    person = factories.person(place)
    factories.congress(place, (person, "committee_member"), (person, "secretary"), on=date(2022, 4, 4))

    summary = summary_of()

    assert not summary.has_data


def test_change_in_no_figure_is_shown_as_the_rest(grassroots):
    person = factories.person(grassroots)
    factories.confirmed(grassroots, factories.appointment(person), factories.appointment(person, "standing_member"))

    summary = summary_of()

    assert all_results(summary)["grassroots.turns"].value == 1
    assert summary.outside.value == 1
    assert [row.cells[2].value for row in record_table(OUTSIDE, frame_of()).rows] == ["Ủy viên Ban Thường vụ"]


def test_organization_handed_over_later_still_counts_where_it_stood(bloc, grassroots):
    factories.seated(factories.person(grassroots), grassroots, on=date(2022, 3, 10))
    other = factories.organization(code="KHAC", name="Đảng bộ các cơ quan")
    amend_organization(
        grassroots, effective_on=date(2025, 2, 1), by=factories.office(), parent=other, name="Đảng bộ Sở Một mới"
    )

    before, after = frame_of(code="KHOI"), frame_of(code="KHAC")

    assert summarize(before).by_key["grassroots.turns"].value == 1
    assert summarize(after).by_key["grassroots.turns"].count is None
    [row] = record_table(FIGURES["grassroots.member.added"], before).rows
    assert row.cells[1].value == "Đảng bộ Sở Một"  # the name valid on the day of the act


def test_report_of_a_grassroots_organization_has_no_figures_of_the_upper_level(grassroots):
    factories.seated(factories.person(grassroots), grassroots)

    results = all_results(summary_of(code="CS1"))

    assert results["grassroots.member.added"].value == 1
    assert not any(key.startswith("bloc.") for key in results)


def test_year_before_stands_beside(grassroots):
    factories.seated(factories.person(grassroots), grassroots, on=date(2021, 3, 10))
    factories.seated(factories.person(grassroots), grassroots, on=date(2022, 3, 10))

    result = all_results(summary_of())["grassroots.member.added"]

    assert (result.value, result.previous) == (1, 1)
    assert all_results(summary_of(2021))["grassroots.member.added"].previous is None


# Plans


def planned(bloc, *codes, round, person=None):
    person = person or factories.person(bloc)
    for code in codes:
        factories.plan_entry(round, person, bloc, code)
    return person


def test_person_planned_for_two_positions_of_a_figure_counts_once(bloc):
    planning_round = factories.planning_round(bloc)
    planned(bloc, "secretary", "deputy_secretary", round=planning_round)
    factories.approved(planning_round, bloc, "secretaries")

    frame = frame_of(plan_term="2025-2030")

    assert summarize(frame).by_key["plan.bloc.secretaries"].value == 1
    assert len(record_table(FIGURES["plan.bloc.secretaries"], frame).rows) == 2


def test_plan_not_yet_approved_is_pending(bloc):
    planned(bloc, "committee_member", round=factories.planning_round(bloc))

    result = summary_of(plan_term="2025-2030").by_key["plan.bloc.committee"]

    assert (result.value, result.pending) == (0, 1)


def test_plans_of_another_term_are_another_figure(bloc):
    planned(bloc, "committee_member", round=factories.planning_round(bloc, plan_term="2020-2025"))
    factories.planning_round(bloc)

    assert summary_of(plan_term="2025-2030").by_key["plan.bloc.committee"].count is None
    assert summary_of(plan_term="2020-2025").by_key["plan.bloc.committee"].pending == 1


def test_plans_are_counted_on_the_last_day_of_the_period(bloc, grassroots):
    planning_round = factories.planning_round(bloc)
    planned(grassroots, "secretary", round=planning_round)
    factories.plan_entry(planning_round, factories.person(grassroots), grassroots)
    factories.approved(planning_round, grassroots, on=date(2023, 1, 1))

    last_year = summary_of(2022, plan_term="2025-2030").by_key["plan.grassroots.approved"]
    this_year = summary_of(2023, plan_term="2025-2030").by_key["plan.grassroots.approved"]

    assert (last_year.value, last_year.out_of, last_year.pending) == (0, 1, 1)
    assert (this_year.value, this_year.out_of, this_year.pending) == (1, 1, 0)


def test_plans_are_listed_under_the_names_of_their_day(bloc, grassroots):
    planning_round = factories.planning_round(bloc)
    planned(bloc, "committee_member", round=planning_round)
    planned(grassroots, "secretary", round=planning_round)
    factories.approved(planning_round, grassroots)
    amend_organization(bloc, effective_on=date(2025, 2, 1), by=factories.office(), name="Đảng bộ các cơ quan")
    amend_organization(grassroots, effective_on=date(2025, 2, 1), by=factories.office(), name="Đảng bộ Sở Một mới")
    frame = frame_of(plan_term="2025-2030")

    [entry] = pending_table(FIGURES["plan.bloc.committee"], frame).rows
    [plan] = record_table(FIGURES["plan.grassroots.approved"], frame).rows
    assert entry.cells[2].value == "Đảng bộ Khối"
    assert plan.cells[0].value == "Đảng bộ Sở Một"


def test_legal_basis_is_that_of_the_rounds_behind_the_figures(bloc):
    cited = factories.document(issued_on=date(2022, 3, 23), type="QyĐ", number=15)
    other = factories.document(issued_on=date(2021, 3, 23), type="QyĐ", number=16)
    planning_round = factories.planning_round(bloc, legal_basis=[cited])
    factories.planning_round(bloc, plan_term="2020-2025", legal_basis=[other])
    planned(bloc, "committee_member", round=planning_round)
    factories.approved(planning_round, bloc, "committee")

    summary = summary_of(plan_term="2025-2030")

    assert summary.legal_basis == (cited,)
    assert "Quy định số 15-QĐ/TU, ngày 23/3/2022 của Ban Thường vụ Tỉnh ủy" in prose(summary)


# Choosing


def test_unknown_organization_or_plan_term_is_refused(bloc):
    with pytest.raises(UnknownChoice, match="KHONG"):
        frame_of(code="KHONG")
    with pytest.raises(UnknownChoice, match="2040-2045"):
        frame_of(plan_term="2040-2045")


def test_organization_outside_the_scope_is_unknown(bloc, grassroots):
    elsewhere = factories.organization(bloc, code="CS2")
    scope = Scope.of([(Right.VIEW, [grassroots.path])])

    assert choose(scope=scope, period=Period.of_year(2022), as_at=NOW).frame.organization.organization == grassroots
    with pytest.raises(UnknownChoice):
        choose(scope=scope, period=Period.of_year(2022), as_at=NOW, code=elsewhere.code)
