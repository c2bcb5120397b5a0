"""Member counts: a quarter in one form, one organisation through time, corrections, and what the rules say of them."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from auditlog.models import LogEntry
from django.urls import reverse
from openpyxl import load_workbook

from accounts.roles import Role
from common.errors import NotAllowed, Outdated, Refused
from common.periods import today
from organizations.actions import CountEntry, correct_member_count, record_member_count, record_member_counts
from organizations.models import MemberCount, Organization
from organizations.quarters import Quarter, recent_quarters
from organizations.scope import Right, Scope
from personnel.checks.members import CommitteeCount, check_members
from personnel.members import committees_on, trend
from regulations.rulebook import Rulebook
from tests import factories
from tests.pages import MOST_QUERIES, as_board, as_role, count_queries, text_of

pytestmark = pytest.mark.django_db
GRID = reverse("personnel:member_counts")
LOOKED_AT = date(2022, 5, 10)  # the last quarter that has ended is the first of 2022
QUARTER = Quarter(2022, 1)


@pytest.fixture
def bloc() -> Organization:
    return factories.organization(name="Đảng bộ Khối", code="KHOI")


@pytest.fixture
def place(bloc) -> Organization:
    return factories.organization(bloc, name="Đảng bộ Sở Xây dựng", code="SXD")


@pytest.fixture
def board(bloc):
    return as_board(bloc, LOOKED_AT)


def count(place, day=date(2022, 3, 31), official=40, probationary=2) -> MemberCount:
    return record_member_count(
        place, counted_on=day, official=official, probationary=probationary, by=factories.office()
    )


class TestQuarters:
    @pytest.mark.parametrize(
        ("day", "ended"),
        [
            (date(2022, 3, 30), Quarter(2021, 4)),
            (date(2022, 3, 31), Quarter(2022, 1)),
            (date(2022, 4, 1), Quarter(2022, 1)),
            (date(2022, 12, 31), Quarter(2022, 4)),
            (date(2023, 1, 1), Quarter(2022, 4)),
        ],
    )
    def test_the_last_one_ended_by_a_day(self, day, ended):
        assert Quarter.ended_by(day) == ended

    def test_first_and_last_day(self):
        assert (QUARTER.first, QUARTER.last) == (date(2022, 1, 1), date(2022, 3, 31))
        assert Quarter(2023, 4).last == date(2023, 12, 31)

    def test_follow_each_other_backwards(self):
        assert recent_quarters(LOOKED_AT, 3) == [Quarter(2022, 1), Quarter(2021, 4), Quarter(2021, 3)]

    @pytest.mark.parametrize("key", ["", "2022", "2022-5", "2022-0", "0022-1", "x-1", "22-1", "2022-1-1"])
    def test_a_key_that_is_none(self, key):
        assert Quarter.read(key) is None

    def test_are_read_and_named(self):
        assert Quarter.read("2022-1") == QUARTER
        assert str(QUARTER) == "Quý I/2022"


def said(kind, official, probationary=0, **committee) -> set[str]:
    book = Rulebook.of(date(2022, 3, 31))
    return {each.rule for each in check_members(kind, official, probationary, CommitteeCount(**committee), book)}


class TestRules:
    @pytest.mark.parametrize(("official", "is_said"), [(2, True), (3, False)])
    def test_a_cell_has_at_least_three_official_members(self, official, is_said):
        assert ("cell_least_members" in said("subordinate_cell", official)) is is_said
        assert "cell_least_members" not in said("grassroots_committee", official)

    @pytest.mark.parametrize(
        ("official", "committee", "is_said"),
        [
            (8, {"people": 3, "plain": 1}, True),
            (8, {"people": 2, "plain": 0}, False),
            (9, {"people": 3, "plain": 1}, False),
            (9, {"people": 2, "plain": 0}, True),
            (9, {}, False),  # nobody has been elected yet
        ],
    )
    def test_a_cell_has_a_committee_from_nine_official_members_on(self, official, committee, is_said):
        assert ("cell_committee_min_members" in said("grassroots_cell", official, **committee)) is is_said

    def test_probationary_members_do_not_count_as_official(self):
        assert "cell_least_members" in said("subordinate_cell", 2, 5)

    @pytest.mark.parametrize(("people", "is_said"), [(7, False), (8, True)])
    def test_a_committee_of_a_cell_has_at_most_seven(self, people, is_said):
        assert ("cell_committee_max" in said("grassroots_cell", 20, people=people, plain=5)) is is_said

    @pytest.mark.parametrize(("deputies", "is_said"), [(1, False), (2, True)])
    def test_a_cell_has_one_deputy_secretary(self, deputies, is_said):
        answer = said("grassroots_cell", 20, people=5, plain=2, deputies=deputies)
        assert ("cell_most_deputies" in answer) is is_said

    @pytest.mark.parametrize(
        ("kind", "official", "probationary", "is_said"),
        [
            ("grassroots_committee", 27, 2, True),
            ("grassroots_committee", 28, 2, False),
            ("grassroots_cell", 27, 2, False),
            ("grassroots_cell", 28, 2, True),
            ("subordinate_cell", 40, 0, False),
            ("bloc", 5, 0, False),
        ],
    )
    def test_thirty_members_part_a_committee_from_a_cell(self, kind, official, probationary, is_said):
        answer = said(kind, official, probationary)
        assert ("grassroots_committee_members" in answer) is is_said

    def test_nothing_is_said_on_a_day_without_rules(self):
        empty = Rulebook(date(2022, 1, 1), {})
        for kind in ("grassroots_cell", "grassroots_committee"):
            assert check_members(kind, 1, 0, CommitteeCount(people=9, plain=9, deputies=3), empty) == []

    def test_the_committee_is_counted_on_the_day(self, place):
        factories.term(place, standing=0, inspection=0)
        secretary = factories.person(place)
        factories.seated(secretary, place, on=date(2022, 3, 1))
        factories.seated(secretary, place, "secretary", on=date(2022, 3, 1))
        factories.seated(factories.person(place), place, on=date(2022, 3, 20))
        assert committees_on(date(2022, 3, 19), Scope.everything())[place.pk] == CommitteeCount(1, 0, 0)
        assert committees_on(date(2022, 3, 20), Scope.everything())[place.pk] == CommitteeCount(2, 0, 1)


class TestActs:
    def entry(self, place, official=40, known=None, day=date(2022, 3, 31)) -> CountEntry:
        return CountEntry(place, day, official, 2, known=known)

    def test_writes_new_counts_and_corrects_known_ones(self, bloc, place):
        other = factories.organization(bloc)
        known = count(place)
        written = record_member_counts([self.entry(place, 41, known), self.entry(other)], by=factories.office())
        assert written == 2
        assert sorted(MemberCount.objects.values_list("official", flat=True)) == [40, 41]

    def test_leaves_what_is_unchanged_alone(self, place):
        known = count(place)
        before = LogEntry.objects.count()
        assert record_member_counts([self.entry(place, 40, known)], by=factories.office()) == 0
        assert LogEntry.objects.count() == before

    def test_journals_what_it_corrects(self, place):
        known = count(place)
        record_member_counts([self.entry(place, 41, known)], by=factories.office())
        entry = LogEntry.objects.get_for_object(known).filter(action=LogEntry.Action.UPDATE).get()
        assert entry.changes["official"] == [40, 41]
        assert entry.additional_data["act"] == "Ghi nhận số lượng đảng viên theo quý"

    def test_refuses_when_somebody_has_corrected_it_meanwhile(self, place):
        seen = count(place)
        correct_member_count(seen, official=50, probationary=2, by=factories.office(), reason="Nhầm")
        with pytest.raises(Outdated):
            record_member_counts([self.entry(place, 41, seen)], by=factories.office())

    def test_refuses_when_somebody_has_entered_one_meanwhile(self, bloc, place):
        count(place)
        other = factories.organization(bloc)
        with pytest.raises(Outdated):
            record_member_counts([self.entry(other), self.entry(place, 41)], by=factories.office())
        assert not other.member_counts.exists()

    @pytest.mark.parametrize("ahead", [0, 1])
    def test_only_a_day_that_has_come_has_a_count(self, place, ahead):
        day = today() + timedelta(days=ahead)
        if not ahead:
            assert record_member_counts([self.entry(place, day=day)], by=factories.office()) == 1
            return
        with pytest.raises(Refused, match="chưa đến"):
            record_member_counts([self.entry(place, day=day)], by=factories.office())
        with pytest.raises(Refused, match="chưa đến"):
            count(place, day)

    def test_all_or_none_by_the_right(self, bloc, place):
        other = factories.organization(bloc)
        clerk = factories.holder_of(Right.KEEP_REGISTER, path=place.path)
        with pytest.raises(NotAllowed):
            record_member_counts([self.entry(place), self.entry(other)], by=clerk)
        assert not MemberCount.objects.exists()

    def test_corrects_a_count_with_its_day_and_keeps_the_reason(self, place):
        known = count(place)
        mended = correct_member_count(
            known,
            official=39,
            probationary=0,
            counted_on=date(2022, 4, 1),
            by=factories.office(),
            reason="Nhầm cột",
        )
        assert (mended.official, mended.probationary, mended.counted_on) == (39, 0, date(2022, 4, 1))
        entry = LogEntry.objects.get_for_object(known).filter(action=LogEntry.Action.UPDATE).get()
        assert entry.additional_data["reason"] == "Nhầm cột"

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"reason": " "}, "Hãy ghi rõ lý do sửa"),
            ({"counted_on": date(2022, 6, 30)}, "Đã có số liệu tính đến ngày 30/6/2022"),
            ({"counted_on": date(2200, 1, 1)}, "chưa đến"),
        ],
    )
    def test_refuses_a_wrong_correction(self, place, changes, sentence):
        count(place, date(2022, 6, 30))
        known = count(place)
        given = {"official": 1, "probationary": 0, "by": factories.office(), "reason": "Nhầm"} | changes
        with pytest.raises(Refused, match=sentence):
            correct_member_count(known, **given)

    def test_correcting_needs_the_right(self, place):
        with pytest.raises(NotAllowed):
            correct_member_count(
                count(place), official=1, probationary=0, by=factories.holder_of(Right.DRAFT), reason="Nhầm"
            )


def sent(client, url=GRID) -> dict[str, str]:
    """Return what a browser would send of the grid as it was opened: the counts that it showed."""
    form = client.get(url).context["grid"]
    fields = {"seen": form.seen_in_words}
    for row, each in form.pairs:
        if each:
            key = f"tc-{row.version.organization_id}"
            fields |= {f"{key}-official": row.now.official if row.now else ""}
            fields |= {f"{key}-probationary": row.now.probationary if row.now else ""}
    return fields


def typed(place, official, probationary) -> dict[str, object]:
    return {f"tc-{place.pk}-official": official, f"tc-{place.pk}-probationary": probationary}


class TestGrid:
    def test_shows_the_quarter_with_the_one_before_it(self, board, place):
        count(place, date(2021, 12, 31), official=38)
        count(place)
        shown = text_of(board.get(GRID))
        assert "Quý I/2022" in shown
        assert "+2" in shown
        assert "Cộng 40 chính thức, 2 dự bị." in shown
        assert "Trước quý: 38 chính thức, 2 dự bị." in shown

    def test_writes_many_organizations_from_one_form(self, board, bloc, place):
        other = factories.organization(bloc, "grassroots_cell")
        response = board.post(GRID, sent(board) | typed(place, "1.040", 2) | typed(other, 15, 0))
        assert response.status_code == 302
        stored = {each.organization_id: (each.counted_on, each.total) for each in MemberCount.objects.all()}
        assert stored == {place.pk: (date(2022, 3, 31), 1042), other.pk: (date(2022, 3, 31), 15)}

    def test_sent_twice_it_is_written_once(self, board, place):
        form = sent(board) | typed(place, 40, 2)
        board.post(GRID, form)
        written = LogEntry.objects.count()
        assert board.post(GRID, form).status_code == 302
        assert LogEntry.objects.count() == written

    def test_corrects_the_count_that_stands_in_the_quarter_on_its_own_day(self, board, place):
        known = count(place, date(2022, 3, 15))
        board.post(GRID, sent(board) | typed(place, 41, 2))
        known.refresh_from_db()
        assert (known.counted_on, known.official) == (date(2022, 3, 15), 41)

    def test_an_empty_row_stays_without_data(self, board, place):
        board.post(GRID, sent(board))
        assert not MemberCount.objects.exists()

    @pytest.mark.parametrize(
        ("numbers", "sentence"),
        [
            ((40, ""), "Hãy nhập cả hai số"),
            (("", 2), "Hãy nhập cả hai số"),
            (("bốn", 2), "Hãy nhập một số nguyên"),
            ((-1, 2), "Số này phải từ 0 trở lên."),
            ((40, "1,5"), "Hãy nhập một số nguyên"),
        ],
    )
    def test_names_what_is_wrong_and_writes_nothing(self, board, bloc, place, numbers, sentence):
        other = factories.organization(bloc)
        response = board.post(GRID, sent(board) | typed(place, *numbers) | typed(other, 30, 1))
        assert response.status_code == 422
        assert sentence in response.content.decode()
        assert "Đảng bộ Sở Xây dựng, " in response.content.decode()
        assert not MemberCount.objects.exists()

    def test_what_is_known_cannot_be_emptied(self, board, place):
        count(place)
        response = board.post(GRID, sent(board) | typed(place, "", ""))
        assert response.status_code == 422
        assert "Số liệu đã ghi không bỏ trống được" in response.content.decode()

    def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(self, board, place):
        form = sent(board) | typed(place, 41, 2)
        count(place)
        response = board.post(GRID, form)
        assert response.status_code == 422
        assert "vừa được người khác ghi" in response.content.decode()
        assert MemberCount.objects.get().official == 40

    def test_only_who_keeps_the_register_writes(self, bloc, place):
        client = as_role(Role.LEADER, bloc, LOOKED_AT)
        assert "Ghi số liệu" not in text_of(client.get(GRID))
        assert client.post(GRID, typed(place, 40, 2)).status_code == 403
        assert not MemberCount.objects.exists()

    def test_rows_of_others_are_not_there(self, place):
        factories.organization(name="Đảng bộ Khối khác")
        client = as_role(Role.ORGANIZATION_BOARD, place, LOOKED_AT)
        stranger = factories.organization(Organization.objects.get(name="Đảng bộ Khối khác"), name="Đảng bộ Sở Lạ")
        assert "Sở Lạ" not in text_of(client.get(GRID))
        client.post(GRID, typed(stranger, 40, 2))
        assert not MemberCount.objects.exists()

    def test_another_quarter_and_level_can_be_asked_for(self, board, place):
        factories.organization(place, "subordinate_cell", name="Chi bộ Văn phòng")
        shown = text_of(board.get(GRID, {"quarter": "2021-4", "level": "beneath"}))
        assert "Quý IV/2021" in shown
        assert "Chi bộ Văn phòng" in shown
        assert "Đảng bộ Sở Xây dựng" not in shown

    def test_a_quarter_that_has_not_ended_finds_nothing(self, board, place):
        shown = text_of(board.get(GRID, {"quarter": "2022-2"}))
        assert "0 kết quả" in shown
        assert "Không có lựa chọn “2022-2”" in shown

    def test_rules_are_told_beside_the_row_with_their_grade(self, board, place):
        count(place, official=20)
        shown = text_of(board.get(GRID))
        assert "Đảng bộ cơ sở có 22 đảng viên, thường có từ 30 trở lên." in shown
        assert "Căn cứ: Đảng bộ cơ sở thường có từ 30 đảng viên trở lên" in shown

    def test_an_empty_tree_says_so(self, bloc):
        shown = text_of(as_board(bloc, LOOKED_AT).get(GRID))
        assert "Không có tổ chức đảng nào trong danh sách này" in shown

    def test_takes_the_same_few_queries_however_many_rows(self, bloc, place, board):
        count(place)
        few = count_queries(board, GRID)
        for _ in range(6):
            count(factories.organization(bloc))
        assert count_queries(board, GRID) == few <= MOST_QUERIES

    def test_goes_out_as_a_workbook(self, board, place):
        count(place)
        response = board.get(reverse("personnel:member_counts_workbook"))
        rows = list(load_workbook(BytesIO(response.getvalue())).active.iter_rows(values_only=True))
        [row] = [row for row in rows if row[1] == "Đảng bộ Sở Xây dựng"]
        assert row[6:9] == (40, 2, row[8])
        assert row[8].date() == date(2022, 3, 31)

    def test_the_workbook_of_a_wrong_filter_leads_back(self, board):
        response = board.get(reverse("personnel:member_counts_workbook"), {"level": "bogus"})
        assert response["Location"] == f"{GRID}?level=bogus"


class TestOneOrganization:
    ADDRESS = reverse("personnel:organization_member_counts", args=["SXD"])

    def test_shows_the_counts_up_to_the_day_with_their_change_and_a_line(self, bloc, place):
        for day, official in ((date(2021, 12, 31), 38), (date(2022, 3, 31), 40), (date(2022, 6, 30), 55)):
            count(place, day, official)
        response = as_board(bloc, LOOKED_AT).get(self.ADDRESS)
        shown = text_of(response)
        assert "+2" in shown
        assert "55" not in shown
        assert "Từ 40 đảng viên ngày 31/12/2021 đến 42 đảng viên ngày 31/3/2022." in shown
        assert 'class="trend-line"' in response.content.decode()

    def test_one_count_draws_no_line(self, place):
        assert trend([count(place)]) is None

    def test_a_level_line_stays_inside_its_picture(self, place):
        drawn = trend([count(place, date(2021, 12, 31)), count(place)])
        assert [float(point.y) for point in drawn.points] == [drawn.height - 16] * 2

    def test_without_counts_it_says_what_belongs_here(self, board, place):
        assert "Chưa có số liệu nào đến ngày này" in text_of(board.get(self.ADDRESS))

    def test_enters_a_count(self, board, place):
        form = {"counted_on": "31/3/2022", "official": "40", "probationary": "0"}
        assert board.post(self.ADDRESS, form).status_code == 302
        assert MemberCount.objects.get().total == 40

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"counted_on": "1/1/2040"}, "chưa đến"),
            ({"counted_on": "1/1/2010"}, "không hoạt động vào ngày 01/01/2010"),
            ({"counted_on": "31/12/2021"}, "Đã có số liệu tính đến ngày 31/12/2021"),
            ({"counted_on": ""}, "Hãy nhập ngày tính số liệu."),
            ({"official": ""}, "Hãy nhập số đảng viên; không có thì ghi 0."),
        ],
    )
    def test_refuses_a_wrong_count(self, board, place, changes, sentence):
        count(place, date(2021, 12, 31))
        form = {"counted_on": "31/3/2022", "official": "40", "probationary": "0"} | changes
        response = board.post(self.ADDRESS, form)
        assert response.status_code == 422
        assert sentence in response.content.decode()
        assert MemberCount.objects.count() == 1

    def test_who_does_not_keep_the_register_only_reads(self, bloc, place):
        client = as_role(Role.LEADER, bloc, LOOKED_AT)
        assert "Ghi số liệu" not in text_of(client.get(self.ADDRESS))
        assert client.post(self.ADDRESS, {"counted_on": "31/3/2022"}).status_code == 403


class TestCorrection:
    def address(self, known: MemberCount) -> str:
        return reverse("personnel:member_count_correct", args=[known.organization.code, known.pk])

    def test_corrects_with_a_reason(self, board, place):
        known = count(place)
        form = {"counted_on": "31/3/2022", "official": "41", "probationary": "2", "reason": "Nhầm"}
        assert board.post(self.address(known), form).status_code == 302
        known.refresh_from_db()
        assert known.official == 41

    def test_wants_a_reason(self, board, place):
        known = count(place)
        form = {"counted_on": "31/3/2022", "official": "41", "probationary": "2"}
        response = board.post(self.address(known), form)
        assert response.status_code == 422
        assert "Hãy ghi rõ lý do sửa." in response.content.decode()

    def test_belongs_to_its_organization(self, board, bloc, place):
        other = factories.organization(bloc, code="SYT")
        address = reverse("personnel:member_count_correct", args=[other.code, count(place).pk])
        assert board.get(address).status_code == 404
