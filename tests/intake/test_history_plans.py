"""Planning of old files: rounds, what they rest on, targets, plans and people, for those who see plans alone."""

from datetime import date

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.errors import NotAllowed
from common.journal import act
from common.undoing import undo
from intake.kinds.plans import PLANS_KIND, journal_export
from organizations.models import Document
from organizations.scope import Right, Scope
from planning.models import PlanApproval, PlanEntry, PlanningRound, PlanTarget
from tests import factories
from tests.factories import holder_of, office
from tests.intake.conftest import AN, BINH
from tests.intake.sheets import DAY, commit, faults_of, states_of, take_in, typed, understood

ROUND = {
    "round": "D1",
    "organization": "KHOI",
    "plan_term": "2025-2030",
    "kind": "Giới thiệu lần đầu",
    "opened": date(2022, 6, 20),
}
BASIS = {"round": "D1", "basis_number": "06-HD/ĐUK", "basis_day": date(2022, 5, 25), "basis_issuer": "KHOI"}
TARGET = {
    "round": "D1",
    "organization": "CS-01",
    "group": "Bí thư, Phó Bí thư",
    "position": "Phó Bí thư",
    "seats": 1,
    "coefficient": "2,5",
}
PLAN = {"round": "D1", "organization": "CS-01", "group": "Bí thư Phó Bí thư", "submitted": date(2022, 8, 15)}
APPROVED = {
    "approved": date(2022, 9, 30),
    "decision_number": "45-QĐ/ĐUK",
    "decision_day": date(2022, 9, 30),
    "decision_issuer": "KHOI",
}
DECISION = ("decision_number", "decision_day", "decision_issuer")
ENTRY = {
    **AN,
    "round": "D1",
    "organization": "CS-01",
    "position": "Phó Bí thư",
    "introduced": date(2022, 7, 4),
    "submitted": date(2022, 8, 15),
    "approved": date(2022, 9, 30),
}
LEFT = {"left": date(2023, 5, 10), "removal_reason": "Bị kỷ luật"}
OTHER = ENTRY | BINH | {"card": ""}


def everything(rounds=(ROUND,), basis=(BASIS,), targets=(TARGET,), plans=(PLAN | APPROVED,), entries=(ENTRY,)) -> dict:
    return {f"s{place}": list(rows) for place, rows in enumerate((rounds, basis, targets, plans, entries))}


# What is written


def test_rounds_come_with_all_that_belongs_to_them(old):
    take_in(PLANS_KIND, by=office(), **everything())

    planning_round = PlanningRound.objects.get()
    assert (planning_round.authority, planning_round.plan_term, planning_round.kind) == (old.bloc, "2025-2030", "first")
    assert [document.full_number for document in planning_round.legal_basis.all()] == ["06-HD/ĐUK"]
    target = PlanTarget.objects.get()
    assert (target.group, target.position_id, target.seats, str(target.coefficient)) == (
        "secretaries",
        "deputy_secretary",
        1,
        "2.50",
    )
    approval = PlanApproval.objects.get()
    assert (approval.decision.full_number, approval.submitted_by) == ("45-QĐ/ĐUK", None)
    entry = PlanEntry.objects.get()
    assert (entry.person, entry.approval, entry.valid_from, entry.object_group) == (
        old.an,
        approval,
        date(2022, 9, 30),
        1,
    )


def test_a_plan_that_waits_is_submitted_by_whoever_takes_it_in(old):
    waiting = ENTRY | {"approved": None}
    take_in(PLANS_KIND, by=office(), **everything(plans=[PLAN], entries=[waiting]))

    assert PlanApproval.objects.get().submitted_by == office()
    assert PlanEntry.objects.get().valid_from is None


def test_whoever_comes_back_follows_the_one_who_left(old):
    again = ENTRY | {"introduced": date(2024, 3, 1), "submitted": None, "approved": None, "returns": "Có"}
    take_in(PLANS_KIND, by=office(), **everything(entries=[again, ENTRY | LEFT]))

    first, second = PlanEntry.objects.order_by("introduced_on")
    assert second.returns == first
    assert states_of(PLANS_KIND, **everything(entries=[again, ENTRY | LEFT])) == ["unchanged"] * 6


def test_whoever_was_carried_over_stays_approved_in_the_plan_of_the_former_organisation(old):
    factories.organization(old.bloc, code="CS-02")
    carried = ENTRY | {"organization": "CS-02", "introduced": date(2024, 3, 1), "approved": date(2024, 3, 1)}
    rows = everything(entries=[carried | {"carried_from": "CS-01"}])
    take_in(PLANS_KIND, by=office(), **rows)

    entry = PlanEntry.objects.get()
    assert (entry.organization.code, entry.approval.organization, entry.valid_from) == (
        "CS-02",
        old.place,
        date(2024, 3, 1),
    )
    assert states_of(PLANS_KIND, **rows) == ["unchanged"] * 5
    *_, unknown = faults_of(PLANS_KIND, **everything(entries=[carried | {"carried_from": "CS-99"}]))
    assert "Không có tổ chức đảng nào mã “CS-99”" in unknown["carried_from"]
    *_, too_early = faults_of(
        PLANS_KIND,
        **everything(
            entries=[carried | {"carried_from": "CS-01", "introduced": date(2022, 8, 1), "approved": date(2022, 9, 1)}]
        ),
    )
    assert "Quy hoạch này phê duyệt ngày: 30/9/2022" in too_early["approved"]


def test_what_was_decided_since_is_added(old):
    take_in(PLANS_KIND, by=office(), **everything(plans=[PLAN], entries=[ENTRY | {"approved": None}]))

    later = everything(
        [ROUND | {"closed": date(2022, 12, 31)}],
        targets=[TARGET | {"seats": 2}],
        entries=[ENTRY | LEFT | {"note": "Theo đề nghị"}],
    )
    listed = take_in(PLANS_KIND, by=office(), **later)

    assert [each.state.value for each in listed] == ["changed", "unchanged", "changed", "changed", "changed"]
    assert PlanningRound.objects.get().closed_on == date(2022, 12, 31)
    assert PlanTarget.objects.get().seats == 2
    assert PlanApproval.objects.get().approved_on == date(2022, 9, 30)
    entry = PlanEntry.objects.get()
    assert (entry.valid_from, entry.valid_to, entry.note) == (date(2022, 9, 30), date(2023, 5, 10), "Theo đề nghị")
    assert states_of(PLANS_KIND, **later) == ["unchanged"] * 5


def test_a_second_time_changes_nothing(old):
    rows = everything(entries=[ENTRY, OTHER | LEFT])
    take_in(PLANS_KIND, by=office(), **rows)
    entries = LogEntry.objects.count()

    listed = take_in(PLANS_KIND, by=office(), **rows)

    assert [each.state.value for each in listed] == ["unchanged"] * 6
    assert LogEntry.objects.count() == entries


def test_an_import_is_taken_back_whole(old):
    @act("Hủy lần nhập")
    def take_back(cid, *, by):
        undo(cid)

    again = ENTRY | {"introduced": date(2024, 3, 1), "submitted": None, "approved": None, "returns": "Có"}
    take_in(PLANS_KIND, by=office(), **everything(entries=[ENTRY | LEFT, again]))

    take_back(LogEntry.objects.order_by("-pk").first().cid, by=office())

    for model in (PlanEntry, PlanApproval, PlanTarget, PlanningRound, Document):
        assert not model.objects.exists()
    connection.check_constraints()


# What is wrong


@pytest.mark.parametrize(
    ("sheet", "fields", "key", "words"),
    [
        ("rounds", {"organization": "CS-99"}, "organization", "Không có tổ chức đảng nào mã"),
        ("rounds", {"plan_term": "2030-2025"}, "plan_term", "không phải là nhiệm kỳ"),
        ("rounds", {"closed": date(2022, 6, 1)}, "closed", "sớm hơn ngày mở đợt"),
        ("basis", {"round": "D9"}, "round", "Không có đợt mã này"),
        ("basis", {"basis_number": None}, "basis_number", "không được để trống"),
        ("targets", {"seats": 0}, "seats", "từ 1 đến"),
        ("targets", {"coefficient": "0,5"}, "coefficient", "không phải là hệ số"),
        ("targets", {"coefficient": "NaN"}, "coefficient", "không phải là hệ số"),
        ("targets", {"coefficient": "1.234"}, "coefficient", "không phải là hệ số"),
        ("targets", {"group": "Ban Chấp hành"}, "position", "không thuộc nhóm Ban Chấp hành"),
        ("targets", {"position": "Ủy viên Ủy ban Kiểm tra"}, "position", "Không quy hoạch chức danh"),
        (
            "plans",
            {"decision_number": None, "decision_day": None, "decision_issuer": None},
            "decision_number",
            "phải có",
        ),
        ("plans", {"approved": None}, "approved", "phải ghi ngày phê duyệt"),
        ("plans", {"approved": date(2022, 8, 1)}, "approved", "sớm hơn ngày trình"),
        (
            "plans",
            {"returned": date(2022, 10, 1), "return_reason": "Thiếu"},
            "returned",
            "đã phê duyệt thì không trả lại",
        ),
        ("plans", {"return_reason": "Thiếu"}, "returned", "phải ghi ngày trả lại"),
        ("entries", {"name": "Lê Văn Không", "card": ""}, "name", "Không có đồng chí nào tên"),
        ("entries", {"position": "Ủy viên Ủy ban Kiểm tra"}, "position", "Không quy hoạch chức danh"),
        ("entries", {"introduced": date(2022, 12, 1)}, "approved", "sớm hơn ngày giới thiệu"),
        ("entries", {"submitted": None}, "submitted", "phải ghi ngày trình"),
        ("entries", {"submitted": date(2022, 8, 16)}, "submitted", "không có quy hoạch Bí thư, Phó Bí thư trình ngày"),
        ("entries", {"approved": date(2022, 10, 1)}, "approved", "Quy hoạch này phê duyệt ngày: 30/9/2022"),
        ("entries", {"left": date(2023, 1, 1)}, "removal_reason", "phải ghi lý do"),
        ("entries", {"removal_reason": "Quá tuổi"}, "left", "phải ghi ngày đưa ra"),
        ("entries", {"removal_reason": "Quá tuổi", "left": date(2022, 9, 30)}, "left", "phải sau ngày phê duyệt"),
        ("entries", {"returns": "Có"}, "returns", "Không có lần nào trước đó"),
        ("entries", {"object_group": "3"}, "object_group", "không thuộc danh mục"),
    ],
)
def test_the_cell_that_is_wrong_is_named(old, sheet, fields, key, words):
    row = {"rounds": ROUND, "basis": BASIS, "targets": TARGET, "plans": PLAN | APPROVED, "entries": ENTRY}[sheet]
    listed = understood(PLANS_KIND, **everything(**{sheet: [row | fields]}))
    name = PLANS_KIND.sheets[["rounds", "basis", "targets", "plans", "entries"].index(sheet)].name

    [faults] = [each.faults for each in listed if each.sheet == name]
    assert list(faults) == [key]
    assert words in faults[key]


def test_rows_that_repeat_or_contradict_each_other(old):
    *_, again = faults_of(PLANS_KIND, **everything(entries=[ENTRY, ENTRY]))
    assert "đã có ở dòng" in again["position"]

    *_, twice = faults_of(PLANS_KIND, **everything(entries=[ENTRY, ENTRY | {"introduced": date(2022, 7, 5)}]))
    assert "mà chưa đưa ra trước đó" in twice["introduced"]

    plans = [PLAN | APPROVED, PLAN | {"submitted": date(2022, 7, 15)}]
    _, second = faults_of(PLANS_KIND, **everything(basis=[], targets=[], plans=plans, entries=[]))[1:]
    assert "mà không trả lại" in second["submitted"]


def test_a_returned_plan_is_followed_by_another(old):
    returned = PLAN | {"submitted": date(2022, 7, 15), "returned": date(2022, 7, 20), "return_reason": "Thiếu hồ sơ"}
    take_in(PLANS_KIND, by=office(), **everything(plans=[returned, PLAN | APPROVED]))

    assert PlanApproval.objects.live().get().approved_on == date(2022, 9, 30)


def test_what_the_register_has_is_not_overwritten(old):
    take_in(PLANS_KIND, by=office(), **everything())
    other = everything(
        plans=[PLAN | APPROVED | {"decision_number": "46-QĐ/ĐUK"}], entries=[ENTRY | {"object_group": "2"}]
    )

    *_, plan, entry = understood(PLANS_KIND, **other)

    assert "Trong sổ ghi “45-QĐ/ĐUK”" in plan.faults["decision_number"]
    assert (entry.state.value, entry.differences) == ("changed", [("Đối tượng", "1", "2")])


# Whose plans they are


def test_names_are_taken_in_only_by_those_who_plan_and_see_plans(old):
    plans_alone = Scope.of([(Right.VIEW, ["/"]), (Right.PLAN, ["/"]), (Right.KEEP_REGISTER, ["/"])])
    rounds, *_, entry = faults_of(PLANS_KIND, plans_alone, **everything())
    assert "nằm ngoài phạm vi của bạn" in rounds["organization"]
    assert "nằm ngoài phạm vi của bạn" in entry["organization"]

    with pytest.raises(NotAllowed):
        commit(PLANS_KIND, understood(PLANS_KIND, **everything()), by=holder_of(Right.VIEW, Right.KEEP_REGISTER))


def test_export_is_what_is_imported_and_each_is_recorded(old):
    rows = everything(entries=[ENTRY, OTHER | LEFT])
    take_in(PLANS_KIND, by=office(), **rows)
    exported = PLANS_KIND.export(Scope.everything(), DAY)
    journal_export(Scope.everything(), by=office())

    again = {
        f"s{place}": [
            dict(zip([column.key for column in spec.columns], row, strict=True)) for row in exported[spec.name]
        ]
        for place, spec in enumerate(PLANS_KIND.sheets)
    }
    assert states_of(PLANS_KIND, **again) == ["unchanged"] * 6
    access = LogEntry.objects.get(action=LogEntry.Action.ACCESS)
    assert (access.actor, access.object_repr) == (office(), str(PlanningRound.objects.get()))


def test_whoever_does_not_see_plans_exports_none(old):
    take_in(PLANS_KIND, by=office(), **everything())

    for scope in (Scope.of([(Right.VIEW, ["/"])]), Scope.of([(Right.VIEW, ["/"]), (Right.VIEW_PLANS, ["/999/"])])):
        exported = PLANS_KIND.export(scope, DAY)
        assert exported["Nhân sự quy hoạch"] == []
        assert exported["Quy hoạch của tổ chức"] == []


def test_the_number_of_queries_does_not_grow_with_the_rows(old):
    people = [factories.person(old.place, f"Lê Văn Số {number}") for number in range(20)]
    counts = []
    for some in (people[:1], people[1:]):
        entries = [ENTRY | {"card": "", "name": each.full_name, "born": "20/5/1975"} for each in some]
        rows = typed(PLANS_KIND, **everything(entries=entries))
        with CaptureQueriesContext(connection) as queries:
            PLANS_KIND.understand(rows, scope=Scope.everything(), day=DAY)
        counts.append(len(queries))

    assert counts[0] == counts[1]
