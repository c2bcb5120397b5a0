"""Dossiers of old files: as they were decided, without a seat; and what cannot be taken in."""

from datetime import date

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.errors import NotAllowed
from common.journal import act
from common.undoing import undo
from intake.kinds.changes import CHANGES
from intake.kinds.holdings import HOLDINGS
from organizations.models import Document
from organizations.scope import Right, Scope
from personnel.models import ChangeItem, CongressResult, Dossier, Holding, Vote
from tests import factories
from tests.factories import holder_of, office
from tests.intake.conftest import AN, BINH
from tests.intake.sheets import DAY, commit, faults_of, states_of, take_in, typed, understood

DECISION = {"decision_number": "12-QĐ/ĐUK", "decision_day": date(2021, 3, 5), "decision_issuer": "KHOI"}
DOSSIER = {
    "code": "HS-2021-003",
    "organization": "CS-01",
    "kind": "Kiện toàn trong nhiệm kỳ",
    "state": "Đã chuẩn y",
    "opened": date(2021, 2, 20),
    "submitted": date(2021, 2, 22),
    "decided": date(2021, 3, 5),
    **DECISION,
}
VOTE = {"summoned": 15, "present": 15, "issued": 15, "collected": 15, "valid": 14, "in_favour": 13}
ITEM = {
    **AN,
    "code": "HS-2021-003",
    "number": 1,
    "position": "Ủy viên Ban Chấp hành",
    "act": "Bổ sung",
    "method": "Bầu bổ sung",
    "elected": date(2021, 2, 19),
    "effective": date(2021, 3, 5),
    "outcome": "Đã chuẩn y",
    **VOTE,
}
CORRECTION = DOSSIER | {
    "code": "HS-2021-007",
    "kind": "Đính chính",
    "corrects": "HS-2021-003",
    "opened": date(2021, 5, 4),
    "submitted": date(2021, 5, 5),
    "decided": date(2021, 5, 20),
    "decision_number": "20-QĐ/ĐUK",
    "decision_day": date(2021, 5, 20),
}
MENDED = ITEM | BINH | {"card": "", "code": "HS-2021-007", "corrects": 1}
CONGRESS = {
    "code": "HS-2021-003",
    "label": "2020-2025",
    "ordinal": 7,
    "congress_on": date(2020, 6, 15),
    "planned_end": date(2025, 6, 15),
    "committee_size": 15,
}


def everything(dossiers=(DOSSIER,), congresses=(), items=(ITEM,)) -> dict:
    return {"s0": list(dossiers), "s1": list(congresses), "s2": list(items)}


# What is written


def test_a_dossier_is_recorded_by_one_hand_and_writes_no_seat(old):
    take_in(CHANGES, by=office(), **everything())

    dossier = Dossier.objects.get()
    assert (dossier.code, dossier.kind, dossier.state, dossier.is_recorded) == (
        "HS-2021-003",
        "supplement",
        "confirmed",
        True,
    )
    assert dossier.drafted_by == dossier.submitted_by == dossier.decided_by == office()
    assert (dossier.decision.full_number, dossier.decision.issuer) == ("12-QĐ/ĐUK", old.bloc)
    item = dossier.items.get()
    assert (item.person, item.body.term, item.confirmed_on) == (old.an, old.present, date(2021, 3, 5))
    assert (item.stands, item.vote.in_favour) == (True, 13)
    assert not Holding.objects.exists()


def test_a_correction_takes_the_place_of_what_it_mends(old):
    take_in(CHANGES, by=office(), **everything([CORRECTION, DOSSIER], items=[MENDED, ITEM]))

    first, second = ChangeItem.objects.order_by("dossier__number")
    assert (second.corrects, second.dossier.corrects) == (first, first.dossier)
    assert (first.superseded_on, second.superseded_on) == (date(2021, 5, 20), None)


def test_dossiers_that_wait_go_on_through_the_hands_of_the_office(old):
    draft = {key: DOSSIER[key] for key in ("organization", "kind", "opened")} | {"code": "HS-2021-004", "state": "Nháp"}
    submitted = draft | {"code": "HS-2021-005", "state": "Đã trình", "submitted": date(2021, 3, 1)}
    pending = ITEM | {"outcome": "Chưa chuẩn y", "effective": None, "proposed": date(2021, 4, 1)}
    items = [pending | {"code": "HS-2021-004"}, pending | BINH | {"code": "HS-2021-005", "card": ""}]
    take_in(CHANGES, by=office(), **everything([draft, submitted], items=items))

    assert set(Dossier.objects.values_list("state", "is_recorded")) == {("draft", False), ("submitted", False)}
    assert set(ChangeItem.objects.values_list("outcome", "body")) == {("pending", None)}


def test_a_congress_keeps_its_result_and_seats_find_it(old):
    congress = DOSSIER | {"kind": "Kết quả đại hội"}
    item = ITEM | {"method": "Đại hội bầu", "elected": date(2020, 6, 15), "effective": date(2020, 6, 15)}
    take_in(CHANGES, by=office(), **everything([congress], [CONGRESS], [item]))
    assert CongressResult.objects.get().committee_size == 15

    former = AN | {"organization": "CS-01", "position": "Bí thư", "begins": "2016", "ends": "15/6/2020"}
    seat = AN | {"organization": "CS-01", "position": "Ủy viên Ban Chấp hành", "begins": date(2020, 6, 15)}
    take_in(HOLDINGS, by=office(), s0=[former | {"end_reason": "Hết nhiệm kỳ"}, seat])

    dossier = Dossier.objects.get(kind="congress")
    assert Holding.objects.get(position="secretary").ended_by == dossier
    assert Holding.objects.get(position="committee_member").began_by == dossier.items.get()


def test_a_second_time_changes_nothing(old):
    rows = everything([DOSSIER, CORRECTION], items=[ITEM, MENDED])
    take_in(CHANGES, by=office(), **rows)
    entries = LogEntry.objects.count()

    listed = take_in(CHANGES, by=office(), **rows)

    assert [each.state.value for each in listed] == ["unchanged"] * 4
    assert LogEntry.objects.count() == entries


def test_an_import_is_taken_back_whole(old):
    @act("Hủy lần nhập")
    def take_back(cid, *, by):
        undo(cid)

    take_in(CHANGES, by=office(), **everything([DOSSIER, CORRECTION], items=[ITEM, MENDED]))

    take_back(LogEntry.objects.order_by("-pk").first().cid, by=office())

    for model in (Dossier, ChangeItem, Vote, Document):
        assert not model.objects.exists()


# What is wrong


@pytest.mark.parametrize(
    ("fields", "key", "words"),
    [
        ({"code": "HS-21-3"}, "code", "không phải là số hồ sơ"),
        ({"code": "HS-2020-003"}, "code", "Số hồ sơ là của năm 2020"),
        ({"organization": "CS-99"}, "organization", "Không có tổ chức đảng nào mã “CS-99”"),
        ({"kind": "Sắp xếp tổ chức"}, "kind", "không thuộc danh mục"),
        ({"submitted": None}, "submitted", "phải có ngày trình"),
        ({"decided": None}, "decided", "phải có ngày quyết định"),
        ({"decided": date(2021, 2, 1)}, "decided", "sớm hơn ngày trình (22/02/2021)"),
        ({"state": "Đã trình"}, "decided", "chưa có ngày quyết định"),
        ({"state": "Nháp", "decided": None}, "submitted", "chưa có ngày trình"),
        (dict.fromkeys(DECISION), "decision_number", "phải có quyết định"),
        ({"corrects": "HS-2021-001"}, "corrects", "Chỉ hồ sơ loại “Đính chính”"),
        ({"kind": "Đính chính"}, "corrects", "phải nêu số của hồ sơ được đính chính"),
        ({"kind": "Đính chính", "corrects": "HS-2021-001"}, "corrects", "Trong tệp không có hồ sơ này"),
        ({"kind": "Đính chính", "corrects": "HS-2021-003"}, "corrects", "được đính chính bởi chính hồ sơ"),
        ({"kind": "Kết quả đại hội"}, "kind", "phải có một dòng ở trang Kết quả đại hội"),
    ],
)
def test_a_dossier_that_cannot_be_taken_in(old, fields, key, words):
    [faults] = faults_of(CHANGES, **everything([DOSSIER | fields], items=[]))

    assert list(faults) == [key]
    assert words in faults[key]


@pytest.mark.parametrize(
    ("fields", "key", "words"),
    [
        ({"code": "HS-2021-009"}, "code", "Không có hồ sơ này ở trang Hồ sơ"),
        ({"number": 3}, "number", "chưa có dòng số 2"),
        ({"name": "Lê Văn Không", "card": ""}, "name", "Không có đồng chí nào tên"),
        ({"position": "Trưởng ban"}, "position", "không thuộc danh mục"),
        ({"method": None}, "method", "phải ghi hình thức"),
        ({"act": "Cho thôi", "method": None}, "release_reason", "phải ghi lý do"),
        ({"act": "Cho thôi", "release_reason": "Nghỉ hưu"}, "method", "Chỉ ghi hình thức khi bổ sung"),
        ({"release_reason": "Nghỉ hưu"}, "release_reason", "Chỉ ghi lý do khi cho thôi"),
        ({"outcome": "Chưa chuẩn y", "effective": None}, "outcome", "“Đã chuẩn y” hoặc “Không chuẩn y”"),
        ({"outcome": "Không chuẩn y"}, "effective", "chưa có ngày có hiệu lực"),
        ({"effective": None}, "effective", "phải có ngày có hiệu lực"),
        ({"effective": date(2012, 1, 1), "elected": None}, "effective", "không thuộc nhiệm kỳ nào"),
        ({"effective": date(2021, 2, 1)}, "effective", "sớm hơn ngày bầu (19/02/2021)"),
        ({"present": None}, "present", "phải ghi đủ số triệu tập"),
        ({"present": 16}, "present", "(16) lớn hơn số ở cột “Triệu tập” (15)"),
        ({"in_favour": 15}, "in_favour", "lớn hơn số ở cột “Phiếu hợp lệ” (14)"),
        ({"excluded": 15, "excluded_reason": "Ốm"}, "excluded", "phải ít hơn số triệu tập"),
        ({"excluded": 1}, "excluded_reason", "phải ghi lý do"),
        ({"seats": 3}, "seats", "phải ghi cả hai"),
        ({"corrects": 1}, "corrects", "Chỉ hồ sơ đính chính"),
        ({"act": "Hủy bỏ nội dung đã ghi", "method": None}, "corrects", "phải nêu STT của nội dung đó"),
    ],
)
def test_an_item_that_cannot_be_taken_in(old, fields, key, words):
    _, faults = faults_of(CHANGES, **everything(items=[ITEM | fields]))

    assert list(faults) == [key]
    assert words in faults[key]


def test_rows_that_repeat_each_other(old):
    *_, again = faults_of(CHANGES, **everything([DOSSIER, DOSSIER], items=[]))
    assert "đã có ở dòng" in again["code"]

    *_, again = faults_of(CHANGES, **everything(items=[ITEM, ITEM | BINH | {"card": ""}]))
    assert "đã có ở dòng" in again["number"]


def test_a_congress_belongs_to_a_dossier_of_that_kind(old):
    _, strange, missing = faults_of(
        CHANGES, **everything(congresses=[CONGRESS, CONGRESS | {"code": "HS-2021-1"}], items=[])
    )

    assert "không phải loại “Kết quả đại hội”" in strange["code"]
    assert "Không có hồ sơ này" in missing["code"]


@pytest.mark.parametrize(
    ("mended", "key"),
    [({"label": "khóa VII"}, "label"), ({"ordinal": 100}, "ordinal"), ({"planned_end": "15/6/2020"}, "planned_end")],
)
def test_a_congress_that_cannot_be(old, mended, key):
    dossier = DOSSIER | {"kind": "Kết quả đại hội"}
    [_, faults] = faults_of(CHANGES, **everything([dossier], [CONGRESS | mended], items=[]))
    assert list(faults) == [key]


@pytest.mark.parametrize(
    ("mended", "words"),
    [
        ([MENDED | {"corrects": 2}], "không có nội dung số 2"),
        ([MENDED, MENDED | AN | {"number": 2}], "đã được đính chính ở dòng khác"),
    ],
)
def test_an_item_is_corrected_once_and_must_be_there(old, mended, words):
    *_, faults = faults_of(CHANGES, **everything([DOSSIER, CORRECTION], items=[ITEM, *mended]))

    assert words in faults["corrects"]


def test_a_dossier_of_another_organisation_is_not_corrected(old):
    factories.organization(old.bloc, code="CS-02")
    _, faults = faults_of(CHANGES, **everything([DOSSIER, CORRECTION | {"organization": "CS-02"}], items=[]))

    assert "tổ chức đảng khác" in faults["corrects"]


def test_what_the_register_has_is_not_changed_by_a_file(old):
    take_in(CHANGES, by=office(), **everything())

    dossier, item, more = faults_of(
        CHANGES,
        **everything(
            [DOSSIER | {"submitted": date(2021, 2, 23), "state": "Đã rút"}],
            items=[ITEM | BINH | {"card": "", "in_favour": 12}, ITEM | {"number": 2}],
        ),
    )

    assert "Trong sổ ghi “22/02/2021”" in dossier["submitted"]
    assert "Trong sổ ghi “Đã chuẩn y”" in dossier["state"]
    assert "Trong sổ ghi “Nguyễn Văn An”" in item["name"]
    assert "Trong sổ ghi “13”" in item["in_favour"]
    assert "chỉ có 1 nội dung" in more["number"]


def test_a_correction_of_what_is_in_the_register_is_drawn_up_there(old):
    take_in(CHANGES, by=office(), **everything())

    _, faults = faults_of(CHANGES, **everything([DOSSIER, CORRECTION], items=[]))

    assert "hãy đính chính trên trang hồ sơ" in faults["corrects"]


def test_rows_outside_the_scope_are_wrong_and_the_act_refuses_them(old):
    scope = Scope.of([(Right.VIEW, ["/"]), (Right.KEEP_REGISTER, ["/999/"])])
    faults, _ = faults_of(CHANGES, scope, **everything())
    assert "nằm ngoài phạm vi của bạn" in faults["organization"]

    with pytest.raises(NotAllowed):
        commit(CHANGES, understood(CHANGES, **everything()), by=holder_of(Right.VIEW, Right.DRAFT, Right.CONFIRM))


def test_export_is_what_is_imported(old):
    take_in(CHANGES, by=office(), **everything([DOSSIER, CORRECTION], items=[ITEM, MENDED]))
    exported = CHANGES.export(Scope.everything(), DAY)

    rows = {
        f"s{place}": [
            dict(zip([column.key for column in spec.columns], row, strict=True)) for row in exported[spec.name]
        ]
        for place, spec in enumerate(CHANGES.sheets)
    }
    assert states_of(CHANGES, **rows) == ["unchanged"] * 4


def test_the_number_of_queries_does_not_grow_with_the_rows(old):
    counts = []
    for size in (1, 20):
        dossiers = [DOSSIER | {"code": f"HS-2021-{n}", "decision_number": f"{n}-QĐ/ĐUK"} for n in range(1, size + 1)]
        rows = typed(
            CHANGES, **everything(dossiers, items=[ITEM | {"code": f"HS-2021-{n}"} for n in range(1, size + 1)])
        )
        with CaptureQueriesContext(connection) as queries:
            listed = CHANGES.understand(rows, scope=Scope.everything(), day=DAY)
        with CaptureQueriesContext(connection) as writing:
            commit(CHANGES, listed, by=office())
        counts.append((len(queries), len(writing)))
        Vote.objects.all().delete()
        ChangeItem.objects.all().delete()
        Dossier.objects.all().delete()
        Document.objects.all().delete()

    assert counts[0] == counts[1]
