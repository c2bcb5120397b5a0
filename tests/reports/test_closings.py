"""Closed books: what is kept, what a late change does to the comparison, who may close and reopen, who is warned."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from auditlog.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.roles import Role
from common.errors import NotAllowed, Refused, WrongState
from common.periods import today
from organizations.actions import amend_organization
from organizations.models import Closing
from personnel import actions as personnel
from personnel.models import Person
from personnel.particulars import edition_of
from planning import actions as planning
from planning.models import PlanEntry
from reorganizations.drafts import Draft
from reorganizations.effects import effects_of
from reports.actions import close_period, reopen_period
from reports.closings import Since, compare
from reports.models import ClosedFigure, ClosedFile, ClosedRecord
from tests import factories
from tests.reports.books import (
    YEAR,
    Office,
    annulment,
    correction_to_another_person,
    differences,
    late_addition,
    late_approval_of_a_plan,
    late_release,
    merger_of_two_records_of_a_person,
    name_of_a_person,
    name_of_an_organization,
    named,
    removal_from_the_plan,
    transfer_of_an_organization,
)

ADDED, TURNS = "grassroots.member.added", "grassroots.turns"


# What is kept


def test_the_figures_and_their_records_are_kept_as_they_stood(office, closing):
    values = {figure.key: figure.value for figure in closing.figures.all()}

    assert (values[TURNS], values[ADDED], values["plan.bloc.secretaries"]) == (6, 6, 2)
    assert values["bloc.inspection.elected"] == 0
    records = closing.records.filter(family="changes")
    assert sorted(record.told[0][1] for record in records) == sorted(person.full_name for person in office.people)
    assert {tuple(record.figures) for record in records} == {(TURNS, ADDED)}
    assert closing.as_at == date(2023, 1, 5)
    assert closing.plan_term == "2025-2030"


def test_nothing_differs_when_nothing_was_changed(closing):
    comparison = compare(closing, today())

    assert comparison.is_same
    assert comparison.differences == ()
    assert all(figure.difference == 0 for figure in comparison.figures)


def test_the_workbook_is_kept_and_the_paper_that_was_handed_in(office):
    paper = SimpleUploadedFile("bao-cao.pdf", b"%PDF-1.7\n%%EOF\n", content_type="application/pdf")

    closing = close_period(office.bloc, period=YEAR, by=factories.office(), paper=paper)

    kept = {file.kind: file for file in closing.files.all()}
    assert kept["workbook"].content.open().read()[:2] == b"PK"
    assert kept["paper"].name == "bao-cao.pdf"
    assert all(len(file.sha256) == 64 for file in kept.values())


@pytest.mark.parametrize("model", [ClosedFigure, ClosedRecord, ClosedFile])
def test_what_was_kept_is_never_changed(closing, model):
    row = model.objects.first()

    for change in (row.save, row.delete, model.objects.all().delete, lambda: model.objects.update(closing=closing)):
        with pytest.raises(TypeError):
            change()


# Ten kinds of late change: the difference names each of them and nothing else


LATE_CHANGES = [
    late_addition,
    late_release,
    annulment,
    correction_to_another_person,
    name_of_a_person,
    merger_of_two_records_of_a_person,
    name_of_an_organization,
    transfer_of_an_organization,
    removal_from_the_plan,
    late_approval_of_a_plan,
]


CONFIRMED = ("Chuẩn y hồ sơ", "superior")
WHO_DID = {
    name_of_a_person: ("Sửa thông tin đảng viên", "office"),
    merger_of_two_records_of_a_person: ("Gộp hồ sơ trùng", "office"),
    name_of_an_organization: ("Thay đổi tổ chức đảng", "office"),
    transfer_of_an_organization: ("Thay đổi tổ chức đảng", "office"),
    removal_from_the_plan: ("Đưa ra khỏi quy hoạch", "office"),
    late_approval_of_a_plan: ("Phê duyệt quy hoạch", "superior"),
}


@pytest.mark.parametrize("change", LATE_CHANGES, ids=lambda change: change.__name__)
def test_a_late_change_is_named_and_nothing_else(office, closing, change: Callable[[Office], list]):
    expected = change(office)

    assert sorted(named(closing)) == sorted(expected)
    for difference in differences(closing):
        acts = [(done.act, done.actor) for done in difference.acts]
        assert acts[-1] == WHO_DID.get(change, CONFIRMED)  # before it, at most the drafting and the submission
        assert {act for act, _ in acts[:-1]} <= {"Lập hồ sơ", "Trình hồ sơ"}
        assert difference.figures


def outside_the_period(office: Office) -> None:
    newcomer = factories.person(office.one, "Nguyễn Văn Khoa")
    factories.seated(newcomer, office.one, on=date(2023, 3, 1))


def congress_result(office: Office) -> None:
    factories.congress(office.bloc, (office.people[0], "committee_member"), on=date(2022, 12, 28), ordinal=8)


def seat_elsewhere(office: Office) -> None:
    newcomer = factories.person(office.other_bloc, "Nguyễn Văn Khoa")
    factories.seated(newcomer, office.other_bloc, on=date(2022, 5, 5))


def another_fact_of_a_person(office: Office) -> None:
    person = Person.objects.get(pk=office.people[3].pk)
    personnel.amend_person(person, by=factories.office(), edition=edition_of(person), ethnic_group="Tày")


@pytest.mark.parametrize(
    "change",
    [outside_the_period, congress_result, seat_elsewhere, another_fact_of_a_person],
    ids=lambda change: change.__name__,
)
def test_a_change_that_no_figure_counts_makes_no_difference(office, closing, change):
    change(office)

    assert named(closing) == []


def test_a_record_that_other_figures_count_now_says_which(office, closing):
    amend_organization(office.two, effective_on=date(2022, 3, 1), by=factories.office(), kind="subordinate_cell")

    for difference in differences(closing):
        assert (difference.since, difference.is_counted_elsewhere) == (Since.CHANGED, True)
        assert not difference.is_other_identity
        assert difference.figures_before == ("Củng cố, kiện toàn cấp ủy cơ sở", "Bổ sung cấp ủy viên")
        assert difference.figures == ("Thay đổi khác trong kỳ, không thuộc chỉ tiêu nào ở trên",)
        assert [done.actor for done in difference.acts] == ["office"]
    assert len(differences(closing)) == 2


def test_all_changes_together_are_named_with_what_they_altered(office, closing):
    name_of_a_person(office)
    late_addition(office)

    came, changed = sorted(differences(closing), key=lambda each: each.since)
    assert [(cell.heading, cell.before, cell.after) for cell in changed.altered] == [
        ("Họ và tên", "Nguyễn Văn Dũng", "Nguyễn Văn Dung")
    ]
    assert came.figures == ("Củng cố, kiện toàn cấp ủy cơ sở", "Bổ sung cấp ủy viên")
    comparison = compare(closing, today())
    assert {figure.closed.key: figure.difference for figure in comparison.figures if figure.difference} == {
        TURNS: 1,
        ADDED: 1,
    }


def test_a_closing_is_read_when_its_plan_term_has_no_round_any_more(office, closing):
    Closing.objects.update(plan_term="2099-2104")

    assert {since for since, _ in named(Closing.objects.get())} == {Since.WENT}


# Who may close and reopen


def test_only_a_confirmer_closes(office):
    drafter = factories.user(Role.ORGANIZATION_BOARD, office.bloc)

    with pytest.raises(NotAllowed):
        close_period(office.bloc, period=YEAR, by=drafter)


def test_a_period_that_is_not_over_is_not_closed(office):
    with time_machine.travel("2022-12-30 10:00:00+07:00"), pytest.raises(Refused, match="chưa hết"):
        close_period(office.bloc, period=YEAR, by=factories.office())


def test_a_period_is_closed_once_until_it_is_reopened(office, closing):
    with pytest.raises(WrongState, match="đã khóa"):
        close_period(office.bloc, period=YEAR, by=factories.office())

    reopen_period(closing, by=factories.office(), reason="Sửa số liệu")
    again = close_period(office.bloc, period=YEAR, by=factories.office())

    assert again.is_standing
    assert not Closing.objects.get(pk=closing.pk).is_standing


def test_reopening_needs_a_reason_and_is_journaled(office, closing):
    with pytest.raises(Refused, match="lý do"):
        reopen_period(closing, by=factories.office(), reason="  ")
    reopen_period(closing, by=factories.office(), reason="Sửa số liệu")
    with pytest.raises(WrongState):
        reopen_period(closing, by=factories.office(), reason="Sửa số liệu")

    entry = LogEntry.objects.get_for_object(closing).first()
    assert entry.additional_data == {"act": "Mở lại sổ đã khóa", "reason": "Sửa số liệu"}


# The clerk is warned


def warnings_of(place, *items) -> list[str]:
    from personnel.foresight import foresee

    return [finding.message for finding in foresee(place, items, kind="supplement", day=date(2022, 12, 20)).warnings]


def test_a_change_in_closed_books_warns_the_clerk(office, closing):
    newcomer = factories.person(office.one, "Nguyễn Văn Khoa")
    item = factories.appointment(newcomer, proposed_on=date(2022, 12, 20))

    [told] = [message for message in warnings_of(office.one, item) if "khóa sổ" in message]
    assert told.startswith("Ngày 20/12/2022 ảnh hưởng đến kỳ đã khóa sổ (năm 2022, khóa ngày 05/01/2023)")

    reopen_period(closing, by=factories.office(), reason="Sửa số liệu")
    assert not [message for message in warnings_of(office.one, item) if "khóa sổ" in message]


def test_books_closed_after_the_submission_want_a_reason_of_the_one_who_confirms(office):
    over = factories.appointment(factories.person(office.one, "Nguyễn Văn Khoa"), proposed_on=date(2022, 12, 20))
    asked = factories.submitted(office.one, over, on=date(2022, 12, 21))
    close_period(office.bloc, period=YEAR, by=factories.office())
    late = {"by": factories.superior(), "decision": factories.document(issued_on=date(2022, 12, 28))}

    with pytest.raises(Refused, match="khóa sổ"):
        personnel.confirm(asked, **late)
    personnel.confirm(asked, **late, explanation="Quyết định về muộn")

    assert asked.judgements.filter(rule="closed_books", stage="confirmation").exists()


def test_books_of_another_organization_warn_nobody(office):
    close_period(office.other_bloc, period=YEAR, by=factories.office())
    item = factories.appointment(factories.person(office.one, "Nguyễn Văn Khoa"), proposed_on=date(2022, 12, 20))

    assert not [message for message in warnings_of(office.one, item) if "khóa sổ" in message]


def test_a_plan_approved_into_closed_books_wants_a_reason(office, closing):
    plan = office.round.approvals.get(organization=office.two)
    late = {"by": factories.superior(), "decision": factories.document(issued_on=date(2022, 12, 30))}

    with pytest.raises(Refused, match="khóa sổ"):
        planning.approve_plans([plan], **late)
    planning.approve_plans([plan], **late, explanation="Quyết định về muộn")

    assert PlanEntry.objects.get(pk=office.waiting.pk).valid_from == date(2022, 12, 30)


def test_a_reorganization_of_closed_books_warns_the_clerk(office, closing):
    def told(day: date) -> list[str]:
        draft = Draft("renamed", day, (office.two,), name="Đảng bộ Sở Hai mới")
        return [finding.message for finding in effects_of(draft).findings if "khóa sổ" in finding.message]

    assert len(told(date(2022, 6, 1))) == 1
    assert told(date(2023, 1, 1)) == []
