"""Seats of old files: what they rest on, what the register could not hold, and that a second time changes nothing."""

from datetime import date

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.errors import NotAllowed, Refused
from common.journal import act
from common.undoing import undo
from intake.kinds.holdings import HOLDINGS
from organizations.models import Document
from organizations.scope import Right, Scope
from personnel.actions.history import record_past_seats
from personnel.models import ChangeItem, Dossier, Holding
from tests import factories
from tests.factories import holder_of, office
from tests.intake.conftest import AN, BINH
from tests.intake.sheets import DAY, commit, faults_of, states_of, take_in, typed, understood

MEMBER = {
    **AN,
    "organization": "CS-01",
    "position": "Ủy viên Ban Chấp hành",
    "begins": "05/3/2017",
    "ends": "15/6/2020",
    "end_reason": "Hết nhiệm kỳ",
}


def row(**fields) -> dict:
    return MEMBER | fields


# What is written


def test_a_seat_nobody_knows_the_paper_of_rests_on_a_recorded_dossier(old):
    take_in(HOLDINGS, by=office(), s0=[row()])

    [seat] = Holding.objects.all()
    assert (seat.person, seat.body.term, seat.position_id) == (old.an, old.former, "committee_member")
    assert (seat.valid_from, seat.valid_to, seat.end_reason) == (date(2017, 3, 5), date(2020, 6, 15), "end_of_term")
    began, ended = seat.began_by.dossier, seat.ended_by
    assert (began.kind, began.state, began.is_recorded, began.decision) == ("history", "confirmed", True, None)
    assert began.drafted_by == began.decided_by == office()
    assert (began.opened_on.year, began.decided_on) == (DAY.year, date(2017, 3, 5))
    assert (seat.method, seat.began_by.method, seat.began_by.confirmed_on) == (
        "designation",
        "designation",
        date(2017, 3, 5),
    )
    assert (ended.kind, seat.ended_by_item) == ("history", None)
    assert began.number != ended.number


def test_seats_of_one_paper_share_a_dossier_and_the_paper_is_entered(old):
    paper = {"began_number": "12-QĐ/ĐUK", "began_day": date(2017, 3, 1), "began_issuer": "KHOI"}
    take_in(HOLDINGS, by=office(), s0=[row(**paper), row(position="Phó Bí thư", **paper)])

    document = Document.objects.get()
    assert (document.full_number, document.issuer, document.issuer_term.label) == ("12-QĐ/ĐUK", old.bloc, "2015-2020")
    assert document.issuer_name == "Ban Thường vụ Đảng ủy Khối"
    began = {seat.began_by.dossier for seat in Holding.objects.all()}
    assert [dossier.decision for dossier in began] == [document]
    assert {each.decided_on for each in began} == {date(2017, 3, 1)}


def test_a_seat_rests_on_the_appointment_and_the_release_of_the_register(old):
    seat = factories.seated(old.an, old.place, "committee_member", on=date(2021, 3, 1))
    item = seat.began_by
    Holding.objects.all().delete()
    said = row(begins=date(2021, 3, 1), ends=None, end_reason=None)
    take_in(HOLDINGS, by=office(), s0=[said])

    seat = Holding.objects.get()
    assert (seat.began_by, seat.method, seat.elected_on) == (item, item.method, item.elected_on)
    assert not Dossier.objects.filter(kind="history").exists()


def test_a_release_is_written_for_an_end_with_a_reason_of_its_own(old):
    take_in(HOLDINGS, by=office(), s0=[row(ends="2019", end_reason="Nghỉ hưu")])

    seat = Holding.objects.get()
    assert (seat.valid_to, seat.to_precision, seat.to_display) == (date(2019, 12, 31), "year", "năm 2019")
    release = seat.ended_by_item
    assert (release.act, release.release_reason, release.dossier) == ("release", "retirement", seat.ended_by)
    assert (release.effective_on, release.effective_precision) == (date(2019, 12, 31), "year")


def test_rough_days_stay_rough_and_within_the_term(old):
    take_in(
        HOLDINGS,
        by=office(),
        s0=[row(begins="2015", ends="2020", term="2015-2020"), row(**BINH, card="", begins="3/2017")],
    )

    first, second = Holding.objects.order_by("valid_from")
    assert (first.valid_from, first.from_precision) == (date(2015, 6, 15), "year")
    assert (first.valid_to, first.to_precision) == (date(2020, 6, 15), "year")
    assert (second.valid_from, second.from_precision) == (date(2017, 3, 1), "month")
    assert first.is_unsure_on(date(2015, 12, 1))


def test_a_file_closes_a_seat_that_stands_open_and_lets_the_next_one_in(old):
    take_in(HOLDINGS, by=office(), s0=[row(position="Bí thư", begins="01/7/2020", ends=None, end_reason=None)])
    rows = [
        row(position="Bí thư", begins="01/7/2020", ends="01/8/2022", end_reason="Chuyển công tác"),
        row(**BINH, card="", position="Bí thư", begins="01/8/2022", ends=None, end_reason=None),
    ]
    assert states_of(HOLDINGS, s0=rows) == ["changed", "new"]
    [changed, _] = understood(HOLDINGS, s0=rows)
    assert changed.differences == [("Thôi từ ngày", "", "01/8/2022"), ("Lý do thôi", "", "Chuyển công tác")]

    take_in(HOLDINGS, by=office(), s0=rows)

    closed = Holding.objects.get(person=old.an)
    assert (closed.end_reason, closed.ended_by_item.release_reason) == ("transfer", "transfer")
    assert closed.ended_by == closed.ended_by_item.dossier
    assert Holding.objects.get(person=old.binh).valid_to is None
    assert states_of(HOLDINGS, s0=rows) == ["unchanged", "unchanged"]


def test_a_second_time_changes_nothing(old):
    rows = [row(), row(position="Bí thư", begins="2017"), row(**BINH, card="", ends="2019", end_reason="Từ trần")]
    take_in(HOLDINGS, by=office(), s0=rows)
    entries = LogEntry.objects.count()

    listed = take_in(HOLDINGS, by=office(), s0=rows)

    assert {each.state.value for each in listed} == {"unchanged"}
    assert LogEntry.objects.count() == entries


def test_an_import_is_taken_back_whole(old):
    @act("Hủy lần nhập")
    def take_back(cid, *, by):
        undo(cid)

    take_in(HOLDINGS, by=office(), s0=[row(position="Bí thư", begins="01/7/2020", ends=None, end_reason=None)])
    kept = Dossier.objects.count()
    rows = [row(), row(position="Bí thư", begins="01/7/2020", ends="01/8/2022", end_reason="Chuyển công tác")]
    take_in(HOLDINGS, by=office(), s0=rows)

    take_back(LogEntry.objects.order_by("-pk").first().cid, by=office())

    assert Holding.objects.get().valid_to is None
    assert (Dossier.objects.count(), ChangeItem.objects.count()) == (kept, 1)


# What is wrong


@pytest.mark.parametrize(
    ("fields", "key", "words"),
    [
        ({"organization": "CS-99"}, "organization", "Không có tổ chức đảng nào mã “CS-99”"),
        ({"name": "Lê Văn Không"}, "card", "là của Nguyễn Văn An"),
        ({"card": "", "name": "Lê Văn Không"}, "name", "Không có đồng chí nào tên “Lê Văn Không”"),
        ({"card": "", "born": "1971"}, "born", "sinh 05/3/1970; ngày sinh trong tệp không khớp"),
        ({"position": "Trưởng ban"}, "position", "không thuộc danh mục"),
        ({"begins": "01/01/2012", "ends": "01/01/2013"}, "begins", "không thuộc nhiệm kỳ nào của Đảng bộ Sở Xây dựng"),
        ({"begins": "2012"}, "begins", "Trong sổ: nhiệm kỳ 2015-2020 (từ 15/6/2015 đến trước 15/6/2020)"),
        ({"begins": "2020"}, "term", "có các nhiệm kỳ 2015-2020, 2020-2025"),
        ({"term": "2010-2015"}, "term", "không có nhiệm kỳ 2010-2015"),
        ({"term": "2020-2025"}, "begins", "05/3/2017 không thuộc nhiệm kỳ 2020-2025"),
        ({"ends": "05/3/2017"}, "ends", "phải sau ngày bắt đầu (05/3/2017)"),
        ({"ends": "16/6/2020"}, "ends", "sau ngày kết thúc nhiệm kỳ 2015-2020 (15/6/2020)"),
        ({"ends": None}, "ends", "Đã ghi lý do thôi thì phải ghi ngày thôi giữ"),
        ({"ends": None, "end_reason": None}, "ends", "Nhiệm kỳ 2015-2020 đã kết thúc nên phải có ngày thôi giữ"),
        ({"end_reason": None}, "end_reason", "phải ghi lý do"),
        ({"elected": date(2017, 3, 6)}, "begins", "sớm hơn ngày bầu (06/3/2017)"),
        ({"began_number": "12-QĐ/ĐUK", "began_issuer": "KHOI"}, "began_day", "còn thiếu ngày văn bản"),
        ({"began_number": "mười hai"}, "began_number", "không phải là số, ký hiệu văn bản"),
        (
            {"began_number": "12-QĐ/ĐUK", "began_day": date(2012, 1, 1), "began_issuer": "KHOI"},
            "began_day",
            "không có nhiệm kỳ nào vào ngày 01/01/2012",
        ),
        (
            {"began_number": "12-QĐ/ABC", "began_day": date(2017, 1, 1), "began_issuer": "Cơ quan lạ"},
            "began_issuer",
            "chưa biết cơ quan này thuộc cấp nào",
        ),
    ],
)
def test_the_cell_that_is_wrong_is_named_with_what_would_be_right(old, fields, key, words):
    [faults] = faults_of(HOLDINGS, s0=[row(**fields)])

    assert list(faults) == [key]
    assert words in faults[key]


def test_two_secretaries_at_once_are_told_before_the_database_says_so(old):
    first, second = faults_of(
        HOLDINGS, s0=[row(position="Bí thư"), row(**BINH, card="", position="Bí thư", begins="01/01/2020")]
    )

    assert first == {}
    assert "Đồng chí Nguyễn Văn An giữ chức Bí thư từ 05/3/2017, đến trước 15/6/2020 (dòng 4)" in second["begins"]


def test_a_secretary_of_the_register_stands_in_the_way(old):
    take_in(HOLDINGS, by=office(), s0=[row(position="Bí thư", begins="01/7/2020", ends=None, end_reason=None)])
    said = row(**BINH, card="", position="Bí thư", begins="01/7/2022", ends=None, end_reason=None)
    [faults] = faults_of(HOLDINGS, s0=[said])

    assert "từ 01/7/2020, chưa kết thúc (trong sổ)" in faults["begins"]
    before = row(**BINH, card="", position="Bí thư", begins="20/6/2020", ends="01/9/2020", end_reason="Từ trần")
    [faults] = faults_of(HOLDINGS, s0=[before])
    assert "(trong sổ)" in faults["ends"]


def test_one_person_sits_once_in_a_seat(old):
    first, second, third = faults_of(HOLDINGS, s0=[row(), row(), row(begins="2018")])

    assert first == {}
    assert "đã có ở dòng 4" in second["position"]
    assert "Đồng chí này giữ chức Ủy viên Ban Chấp hành" in third["begins"]


def test_what_the_register_says_otherwise_is_not_overwritten(old):
    take_in(HOLDINGS, by=office(), s0=[row()])

    [faults] = faults_of(HOLDINGS, s0=[row(ends="01/6/2020", method="Đại hội bầu")])
    assert "Trong sổ ghi “15/6/2020”" in faults["ends"]
    assert "Trong sổ ghi “Chỉ định”" in faults["method"]


def test_an_appointment_of_the_register_is_not_contradicted(old):
    factories.seated(old.an, old.place, "committee_member", on=date(2021, 3, 1))
    Holding.objects.all().delete()
    paper = {"began_number": "99-QĐ/ĐUK", "began_day": date(2021, 2, 1), "began_issuer": "KHOI"}
    said = row(begins=date(2021, 3, 1), ends=None, end_reason=None, method="Đại hội bầu", **paper)

    [faults] = faults_of(HOLDINGS, s0=[said])

    assert set(faults) == {"method", "began_number"}


# Whose register it is


def test_rows_outside_the_scope_are_wrong_and_the_act_refuses_them(old):
    scope = Scope.of([(Right.VIEW, ["/"]), (Right.KEEP_REGISTER, ["/999/"])])
    [faults] = faults_of(HOLDINGS, scope, s0=[row()])
    assert "nằm ngoài phạm vi của bạn" in faults["organization"]

    listed = understood(HOLDINGS, s0=[row()])
    with pytest.raises(NotAllowed):
        commit(HOLDINGS, listed, by=holder_of(Right.VIEW, Right.DRAFT, Right.CONFIRM))


def test_a_seat_closed_meanwhile_is_not_closed_again(old):
    opened = row(position="Bí thư", begins="01/7/2020", ends=None, end_reason=None)
    take_in(HOLDINGS, by=office(), s0=[opened])
    rows = [row(position="Bí thư", begins="01/7/2020", ends="01/8/2022", end_reason="Chuyển công tác")]
    late = understood(HOLDINGS, s0=rows)
    take_in(HOLDINGS, by=office(), s0=rows)

    with pytest.raises(Refused, match="vừa được người khác ghi kết thúc"):
        record_past_seats([], [each.meant for each in late], by=office())


def test_the_number_of_queries_does_not_grow_with_the_rows(old):
    few = typed(HOLDINGS, s0=[row()])
    many = typed(HOLDINGS, s0=[row(begins=f"{day:02d}/3/2017", ends=f"{day + 1:02d}/3/2017") for day in range(1, 25)])
    counts = []
    for rows in (few, many):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            HOLDINGS.understand(rows, scope=Scope.everything(), day=DAY)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_writing_many_asks_as_often_as_writing_few(old):
    counts = []
    for rows in (
        [row(begins="01/3/2017", ends="02/3/2017")],
        [row(begins=f"{day:02d}/4/2017", ends=f"{day + 1:02d}/4/2017") for day in range(1, 25)],
    ):
        listed = understood(HOLDINGS, s0=rows)
        with CaptureQueriesContext(connection) as queries:
            commit(HOLDINGS, listed, by=office())
        counts.append(len(queries))

    assert counts[0] == counts[1]
