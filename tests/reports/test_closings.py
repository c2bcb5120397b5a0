"""Closed books: what is kept, what a late change does to the comparison, who may close, reopen and read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import StringIO

import pytest
import time_machine
from auditlog.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.roles import Role
from common.errors import NotAllowed, Refused, WrongState
from common.periods import Period, today
from organizations.actions import amend_organization
from organizations.models import Closing, Organization
from personnel import actions as personnel
from personnel.models import Dossier, Person
from personnel.particulars import edition_of
from planning import actions as planning
from planning.models import PlanEntry, PlanningRound
from reorganizations.drafts import Draft
from reorganizations.effects import effects_of
from reports.actions import close_period, reopen_period
from reports.closings import Difference, Since, compare
from reports.models import ClosedFigure, ClosedFile, ClosedRecord
from tests import factories

YEAR = Period.of_year(2022)
CLOSED = "2023-01-05 09:00:00+07:00"
ADDED, RELEASED, TURNS = "grassroots.member.added", "grassroots.member.released", "grassroots.turns"


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "private": {"BACKEND": "common.uploads.PrivateStorage", "OPTIONS": {"location": tmp_path}}
    }


@dataclass(frozen=True)
class Office:
    """A bloc with two grassroots organisations, six people seated in 2022, and a plan with two people."""

    bloc: Organization
    other_bloc: Organization
    one: Organization
    two: Organization
    people: list[Person]
    dossiers: list[Dossier]
    round: PlanningRound
    entries: list[PlanEntry]
    waiting: PlanEntry


@pytest.fixture
def office(db) -> Office:
    with time_machine.travel("2023-01-04 09:00:00+07:00"):  # the journal tells what was before the closing
        return build_office()


def build_office() -> Office:
    bloc, other = factories.organization(code="KHOI", name="Đảng bộ Khối"), factories.organization(code="KHAC")
    one = factories.organization(bloc, code="CS1", name="Đảng bộ Sở Một")
    two = factories.organization(bloc, code="CS2", name="Đảng bộ Sở Hai")
    for place in (bloc, other, one, two):
        factories.term(place)
    names = ["An", "Bình", "Chi", "Dũng", "Giang", "Hà"]
    people = [factories.person(one if index < 4 else two, f"Nguyễn Văn {name}") for index, name in enumerate(names)]
    dossiers = [
        factories.confirmed(one if index < 4 else two, factories.appointment(person))
        for index, person in enumerate(people)
    ]
    planning_round = factories.planning_round(bloc)
    entries = [factories.plan_entry(planning_round, person, bloc) for person in people[:2]]
    factories.approved(planning_round, bloc)
    waiting = factories.plan_entry(planning_round, people[4], two)
    factories.submitted_plan(planning_round, two)
    return Office(bloc, other, one, two, people, dossiers, planning_round, entries, waiting)


@pytest.fixture
def closing(office) -> Closing:
    with time_machine.travel(CLOSED):
        return close_period(office.bloc, period=YEAR, by=factories.office(), note="Báo cáo năm")


def differences(closing: Closing) -> list[Difference]:
    return list(compare(closing, today()).differences)


def named(closing: Closing) -> list[tuple[Since, str]]:
    """Return of each difference what became of the record, and the name or place that comes first in it."""
    return [(each.since, each.told[0][1]) for each in differences(closing)]


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


def late_addition(office: Office) -> list:
    newcomer = factories.person(office.one, "Nguyễn Văn Khoa")
    factories.confirmed(office.one, factories.appointment(newcomer), on=date(2022, 12, 20))
    return [(Since.CAME, "Nguyễn Văn Khoa")]


def late_release(office: Office) -> list:
    release = factories.release(office.people[0], proposed_on=date(2022, 12, 20))
    asked = factories.submitted(office.one, release, on=date(2022, 12, 10))
    decision = factories.document(issued_on=date(2022, 12, 20))
    personnel.confirm(asked, by=factories.superior(), decision=decision, explanation=factories.EXPLANATION)
    return [(Since.CAME, "Nguyễn Văn An")]


def annulment(office: Office) -> list:
    [item] = office.dossiers[1].items.all()
    factories.correction(office.dossiers[1], factories.annulment(item), on=date(2023, 2, 1))
    return [(Since.WENT, "Nguyễn Văn Bình")]


def correction_to_another_person(office: Office) -> list:
    [item] = office.dossiers[2].items.all()
    other = factories.person(office.one, "Nguyễn Văn Lâm")
    factories.correction(
        office.dossiers[2],
        factories.appointment(other, proposed_on=date(2022, 3, 10), corrects=item),
        on=date(2023, 2, 1),
    )
    return [(Since.WENT, "Nguyễn Văn Chi"), (Since.CAME, "Nguyễn Văn Lâm")]


def name_of_a_person(office: Office) -> list:
    person = Person.objects.get(pk=office.people[3].pk)
    personnel.amend_person(person, by=factories.office(), edition=edition_of(person), full_name="Nguyễn Văn Dung")
    return [(Since.CHANGED, "Nguyễn Văn Dung")]


def merger_of_two_records_of_a_person(office: Office) -> list:
    double = factories.person(office.two, "Nguyễn Văn Giang", birth_date=office.people[4].birth_date)
    personnel.merge_people(double, office.people[4], {}, by=factories.office(), reason="Trùng")
    return [(Since.CHANGED, "Nguyễn Văn Giang")]


def name_of_an_organization(office: Office) -> list:
    amend_organization(office.two, effective_on=date(2022, 3, 1), by=factories.office(), name="Đảng bộ Sở Hai mới")
    return [(Since.CHANGED, "Nguyễn Văn Giang"), (Since.CHANGED, "Nguyễn Văn Hà")]


def transfer_of_an_organization(office: Office) -> list:
    amend_organization(office.two, effective_on=date(2022, 3, 1), by=factories.office(), parent=office.other_bloc)
    return [(Since.WENT, "Nguyễn Văn Giang"), (Since.WENT, "Nguyễn Văn Hà")]


def removal_from_the_plan(office: Office) -> list:
    reason = PlanEntry.RemovalReason.OWN_WISH
    planning.remove_entry(office.entries[0], on=date(2022, 12, 1), reason=reason, by=factories.office())
    return [(Since.WENT, "Nguyễn Văn An")]


def late_approval_of_a_plan(office: Office) -> list:
    plan = office.round.approvals.get(organization=office.two)
    planning.approve_plans(
        [plan],
        by=factories.superior(),
        decision=factories.document(issued_on=date(2022, 12, 30)),
        explanation=factories.EXPLANATION,
    )
    return [(Since.CAME, "Đảng bộ Sở Hai")]


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


# Pages


@pytest.fixture
def confirmer(client, office):
    made = factories.user(Role.CONFIRMER, office.bloc, full_name="Lê Chuẩn Y")
    client.force_login(made)
    return made


def test_a_confirmer_closes_on_the_page_and_sees_what_differs(client, confirmer, office):
    summary = client.get(reverse("reports:summary", args=[2022])).content.decode()
    assert "Khóa sổ năm 2022" in summary

    response = client.post(reverse("reports:close_books", args=[2022]) + "?to-chuc=KHOI", {"note": "Đã gửi"})
    closing = Closing.objects.get()
    assert response.url == reverse("reports:closing_detail", args=[closing.pk])
    late_addition(office)
    page = client.get(response.url).content.decode()

    assert "Nguyễn Văn Khoa" in page
    assert "Thêm vào" in page
    assert "So sổ đã khóa với hôm nay" in client.get(reverse("reports:summary", args=[2022])).content.decode()
    assert client.get(reverse("reports:closing_list")).status_code == 200


def test_a_second_click_closes_nothing_more(client, confirmer, office):
    address = reverse("reports:close_books", args=[2022]) + "?to-chuc=KHOI"
    client.post(address)

    page = client.post(address).content.decode()

    assert "đã khóa rồi" in page
    assert Closing.objects.count() == 1


def test_reopening_on_the_page(client, confirmer, closing):
    address = reverse("reports:reopen", args=[closing.pk])

    assert "Hãy ghi lý do mở lại sổ." in client.post(address).content.decode()
    client.post(address, {"reason": "Sửa số liệu"})

    assert "Lý do: Sửa số liệu" in client.get(reverse("reports:closing_detail", args=[closing.pk])).content.decode()


def test_names_in_plans_are_withheld_from_those_who_may_not_see_them(client, office, closing):
    removal_from_the_plan(office)
    client.force_login(factories.user(Role.LEADER, office.bloc))
    page = client.get(reverse("reports:closing_detail", args=[closing.pk]))

    assert "Nguyễn Văn An" not in page.content.decode()
    assert "Có 1 bản ghi quy hoạch đã khác" in page.content.decode()
    kept = closing.files.get()
    assert client.get(reverse("reports:closing_file", args=[closing.pk, kept.pk])).status_code == 403

    client.force_login(factories.user(Role.LEADER, office.bloc, sees_plans=True))
    assert "Nguyễn Văn An" in client.get(reverse("reports:closing_detail", args=[closing.pk])).content.decode()
    answer = client.get(reverse("reports:closing_file", args=[closing.pk, kept.pk]))
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert LogEntry.objects.filter(action=LogEntry.Action.ACCESS).count() == 2


def test_books_outside_the_scope_are_not_found(client, office, closing):
    client.force_login(factories.user(Role.CONFIRMER, office.other_bloc))

    for name, args in (("closing_detail", [closing.pk]), ("closing_file", [closing.pk, closing.files.get().pk])):
        assert client.get(reverse(f"reports:{name}", args=args)).status_code == 404
    assert client.post(reverse("reports:reopen", args=[closing.pk]), {"reason": "x"}).status_code == 404


def test_books_of_a_superior_are_told_without_a_link_to_what_is_out_of_sight(client, office, closing):
    client.force_login(factories.user(Role.LEADER, office.one))
    page = client.get(reverse("reports:summary", args=[2022])).content.decode()

    assert "theo sổ của Đảng bộ Khối" in page
    assert reverse("reports:closing_detail", args=[closing.pk]) not in page
    assert client.get(reverse("reports:closing_detail", args=[closing.pk])).status_code == 404


def test_a_closing_is_read_when_its_plan_term_has_no_round_any_more(office, closing):
    Closing.objects.update(plan_term="2099-2104")

    assert {since for since, _ in named(Closing.objects.get())} == {Since.WENT}


# Commands


def run(command: str, *options: str) -> str:
    out = StringIO()
    call_command(command, *options, stdout=out)
    return out.getvalue()


def test_the_commands_close_and_compare(office):
    factories.user(Role.CONFIRMER, office.bloc, username="chuany")

    assert "Đã khóa sổ năm 2022 của Đảng bộ Khối" in run("close_period", "--year", "2022", "--by", "chuany")
    assert "Không có gì khác." in run("compare_closing", "--year", "2022")
    late_addition(office)
    out = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("compare_closing", "--year", "2022", stdout=out)

    assert stopped.value.code == 1
    assert "Bổ sung cấp ủy viên: 6 → 7" in out.getvalue()
    assert "Thêm vào: Nguyễn Văn Khoa" in out.getvalue()


@pytest.mark.parametrize(
    ("command", "options", "told"),
    [
        ("close_period", ["--year", "2022", "--by", "khong-co"], "Không có người dùng"),
        ("close_period", ["--year", "2022", "--by", "chuany", "--organization", "KHONG"], "Không có tổ chức đảng mã"),
        ("close_period", ["--year", "2099", "--by", "chuany"], "chưa hết"),
        ("close_period", ["--year", "2022", "--by", "chuany", "--plan-term", "2099-2104"], "Không có đợt quy hoạch"),
        ("compare_closing", ["--year", "2022"], "Chưa khóa sổ năm 2022."),
    ],
)
def test_what_the_commands_cannot_do_is_told_in_a_line(office, command, options, told):
    factories.user(Role.CONFIRMER, office.bloc, username="chuany")

    with pytest.raises(CommandError, match=told) as refused:
        run(command, *options)
    assert refused.value.returncode == 2
