"""People to introduce, read from a workbook: who is meant, who is new, what is wrong, what the rules say."""

import unicodedata
from datetime import date, datetime, timedelta
from io import BytesIO
from random import Random

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from common.errors import NotAllowed, Refused, WrongState
from common.sheets import PartialDay
from organizations.models import Organization, Position
from organizations.scope import Right, Scope
from personnel.models import Person
from planning.actions import close_round, remove_entry
from planning.introducing import Addition
from planning.models import PlanEntry, PlanningRound, PositionGroup
from planning.sheets.columns import COLUMNS, chosen
from planning.sheets.intake import Preview, understand
from planning.sheets.introducing import introduce_listed
from planning.sheets.people import NotMeant, Register
from planning.sheets.template import blank_workbook
from planning.sheets.typed import MOST_ROWS, Typed, from_signed, from_upload
from tests import factories
from tests.faults.stopping import try_at_every_write
from tests.planning.plan_sheets import BORN, HEADINGS, row, workbook

pytestmark = pytest.mark.django_db

ON = date(2022, 2, 1)
DAY, MONTH, YEAR = (
    PartialDay(date(1975, 5, 20), "day"),
    PartialDay(date(1975, 5, 1), "month"),
    PartialDay(date(1975, 1, 1), "year"),
)


@pytest.fixture
def bloc() -> Organization:
    return factories.organization(name="Đảng bộ Khối", code="KHOI")


@pytest.fixture
def place(bloc) -> Organization:
    return factories.organization(bloc, name="Đảng bộ Sở Xây dựng", code="SXD")


@pytest.fixture
def first(bloc) -> PlanningRound:
    return factories.planning_round(bloc)


def typed(*rows, **options) -> Typed:
    return from_upload(ContentFile(workbook(*rows, **options), name="gioi-thieu.xlsx"))


def preview_of(first: PlanningRound, place: Organization, *rows, on: date = ON, scope=None, **options) -> Preview:
    scope = scope or Scope.everything()
    return understand(typed(*rows, **options), first, place, scope=scope, on=on)


def only_faults(preview: Preview) -> dict[str, str]:
    [listed] = preview.listed
    return listed.faults


class TestWhatIsRead:
    def test_reads_each_row_under_the_headings_whatever_stands_above(self):
        read = typed(row("An", note="Trẻ"), row("Bình"), above=["ĐẢNG BỘ KHỐI", "DANH SÁCH GIỚI THIỆU"])
        assert [(each.line, each["name"].value) for each in read.rows] == [(4, "An"), (5, "Bình")]
        assert read.rows[0]["note"].value == "Trẻ"
        assert read.rows[0]["gender"].is_empty
        assert len(read.sha256) == 64

    def test_titles_between_the_rows_are_skipped_and_told(self):
        read = typed(("I. Ban Chấp hành",), row("An"), ("1",), (2,))
        assert [each["name"].value for each in read.rows] == ["An"]
        assert read.skipped == ["Dòng 2: “I. Ban Chấp hành”, không phải là một người."]

    def test_a_sheet_without_the_columns_needed_is_refused(self):
        with pytest.raises(Refused, match="thiếu cột “Chức danh quy hoạch”"):
            typed(("An", BORN), headings=("Họ và tên", "Ngày sinh"))

    def test_a_sheet_without_anybody_is_refused(self):
        with pytest.raises(Refused, match="chưa ghi ai"):
            typed(("Danh sách này trống",))

    def test_takes_so_many_rows_and_no_more(self):
        assert len(typed(*[row("An")] * MOST_ROWS).rows) == MOST_ROWS
        with pytest.raises(Refused, match="quá 300 dòng"):
            typed(*[row("An")] * (MOST_ROWS + 1))

    def test_comes_back_signed_as_it_went(self):
        read = typed(
            row("An", born=datetime(1975, 5, 20), card=12345, object_group=2.0, note="x" * 500),
            row("Bình", born="=1/0", card=True),
            ("Trang 2",),
        )
        again, on = from_signed(read.signed(ON, user=1, round=2), user=1, round=2)
        assert on == ON
        assert (again.file_name, again.sha256, again.sheet, again.skipped) == (
            read.file_name,
            read.sha256,
            read.sheet,
            read.skipped,
        )
        assert [dict(each.cells) for each in again.rows] == [dict(each.cells) for each in read.rows]

    def test_is_taken_only_unchanged_in_time_and_for_what_it_was_signed(self):
        signed = typed(row("An")).signed(ON, user=1)
        for text, owner in ((signed + "x", 1), ("", 1), (signed, 2)):
            with pytest.raises(Refused, match="Hãy tải tệp lên lại"):
                from_signed(text, user=owner)
        later = timezone.now() + timedelta(hours=2, seconds=5)
        with time_machine.travel(later), pytest.raises(Refused, match="quá 2 giờ"):
            from_signed(signed, user=1)

    def test_a_sheet_with_too_much_to_carry_is_refused(self):
        letters = Random(4)  # the same noise each time, which nothing can compress

        def noise() -> str:
            return "".join(chr(letters.randrange(0x4E00, 0x9E00)) for _ in range(399))

        with pytest.raises(Refused, match="quá nhiều chữ"):
            typed(*[row(noise(), noise(), note=noise()) for _ in range(MOST_ROWS)]).signed(ON)


class TestTemplate:
    def read(self, first, place, fill=()) -> Typed:
        book = load_workbook(BytesIO(blank_workbook(first, place, made_by="Đỗ Thị Lập")))
        for cell, value in fill:
            book["Giới thiệu"][cell] = value
        stream = BytesIO()
        book.save(stream)
        return from_upload(ContentFile(stream.getvalue(), name="mau.xlsx"))

    def test_nobody_is_in_it_as_it_comes(self, first, place):
        with pytest.raises(Refused, match="chưa ghi ai"):
            self.read(first, place)

    def test_what_is_filled_in_is_read_and_the_example_is_not(self, first, place):
        read = self.read(first, place, [("B7", "Lê An"), ("C7", "1975"), ("F7", "Bí thư"), ("G7", 2)])
        [only] = read.rows
        assert [only[key].value for key in ("name", "born", "position", "object_group")] == [
            "Lê An",
            "1975",
            "Bí thư",
            2,
        ]
        assert read.skipped == ["Dòng 6: dòng ví dụ của mẫu."]

    def test_somebody_written_over_the_example_is_no_example(self, first, place):
        factories.person(place, "Lê An")
        read = self.read(first, place, [("B6", "Lê An"), ("C6", "1975")])
        [only] = understand(read, first, place, scope=Scope.everything(), on=ON).listed
        assert "còn ghi “Ví dụ”" in only.faults["number"]


class TestWhoIsMeant:
    def meant(self, place, name, born=DAY, card="") -> Person:
        return Register(Scope.everything(), ON, [name, card]).person(name, born, card)

    @pytest.mark.parametrize("spelt", ["Phạm Thị Thủy", "PHAM THI THUY", "Phạm Thị Thuỷ", "  phạm thị  thủy "])
    def test_accents_case_and_spaces_do_not_matter(self, place, spelt):
        person = factories.person(place, "Phạm Thị Thủy")
        for form in ("NFC", "NFD"):
            assert self.meant(place, unicodedata.normalize(form, spelt)) == person

    @pytest.mark.parametrize("registered", ["day", "month", "year"])
    @pytest.mark.parametrize("born", [DAY, MONTH, YEAR], ids=["day", "month", "year"])
    def test_a_birthday_known_in_part_agrees(self, place, born, registered):
        days = {"day": DAY.day, "month": MONTH.day, "year": YEAR.day}
        person = factories.person(place, "Lê An", birth_date=days[registered], birth_precision=registered)
        assert self.meant(place, "Lê An", born) == person

    @pytest.mark.parametrize(
        "born",
        [
            PartialDay(date(1975, 5, 21), "day"),
            PartialDay(date(1975, 6, 1), "month"),
            PartialDay(date(1976, 1, 1), "year"),
        ],
    )
    def test_another_birthday_is_somebody_else(self, place, born):
        factories.person(place, "Lê An")
        with pytest.raises(NotMeant, match="Lê An, sinh 20/5/1975, Đảng bộ Sở Xây dựng") as error:
            self.meant(place, "Lê An", born)
        assert error.value.key == "born"

    def test_nobody_of_that_name(self, place):
        with pytest.raises(NotMeant, match=r"Không có đồng chí nào tên “Lê An”.*ghi vào sổ đảng viên") as error:
            self.meant(place, "Lê An")
        assert error.value.key == "name"

    def test_two_who_may_be_meant_are_told_apart_by_the_card(self, bloc, place):
        first = factories.person(place, "Lê An", card_number="0123")
        other = factories.person(bloc, "Lê An", card_number="0456")
        with pytest.raises(NotMeant, match=r"Đảng bộ Khối.*Đảng bộ Sở|Đảng bộ Sở.*Đảng bộ Khối"):
            self.meant(place, "Lê An")
        assert self.meant(place, "Lê An", card="0123") == first
        assert self.meant(place, "Lê An", card="456") == other  # Excel took the zero

    def test_two_who_differ_in_accents_alone_are_told_apart_by_them(self, place):
        an, an_with_accent = factories.person(place, "Lê An"), factories.person(place, "Lê Ân")
        assert self.meant(place, "Lê An") == an
        assert self.meant(place, "LÊ ÂN") == an_with_accent
        with pytest.raises(NotMeant, match="nhiều người"):
            self.meant(place, "le an")

    def test_a_known_year_does_not_choose_between_two_birthdays(self, place):
        factories.person(place, "Lê An")
        other = factories.person(place, "Lê An", birth_date=date(1975, 6, 1))
        with pytest.raises(NotMeant, match="nhiều người"):
            self.meant(place, "Lê An", YEAR)
        assert self.meant(place, "Lê An", PartialDay(date(1975, 6, 1), "month")) == other

    def test_the_owner_of_the_card_must_bear_the_name_and_the_birthday(self, place):
        factories.person(place, "Lê An", card_number="123")
        with pytest.raises(NotMeant, match="Số thẻ 123 trong sổ là của Lê An") as error:
            self.meant(place, "Lê Bình", card="123")
        assert error.value.key == "card"
        with pytest.raises(NotMeant, match="sinh 20/5/1975") as error:
            self.meant(place, "Lê An", PartialDay(date(1975, 1, 2), "day"), "123")
        assert error.value.key == "born"

    def test_another_card_than_in_the_register_is_asked_about(self, place):
        factories.person(place, "Lê An", card_number="123")
        with pytest.raises(NotMeant, match="là 123, không phải 999") as error:
            self.meant(place, "Lê An", card="999")
        assert error.value.key == "card"

    def test_a_card_that_the_register_does_not_have_is_no_objection(self, place):
        person = factories.person(place, "Lê An")
        assert self.meant(place, "Lê An", card="999") == person

    def test_outside_the_scope_nobody_is_found_by_name_or_card(self, bloc, place):
        factories.person(factories.organization(bloc), "Lê An", card_number="123")
        scope = Scope.of([(Right.VIEW, [place.path])])
        for card in ("", "123"):
            with pytest.raises(NotMeant, match="Không có đồng chí nào"):
                Register(scope, ON, ["Lê An", card]).person("Lê An", DAY, card)


class TestPreview:
    def test_a_new_person_with_all_that_the_row_says(self, first, place):
        person = factories.person(place, "Lê An")
        [listed] = preview_of(first, place, row("le an", "bi thu", object_group=2, note="Trẻ")).listed
        assert (listed.person, listed.position.pk, listed.object_group, listed.note) == (person, "secretary", 2, "Trẻ")
        assert (listed.state, listed.differences) == ("new", ["Tên trong tệp: le an"])

    @pytest.mark.parametrize(
        ("spelt", "code"),
        [
            ("Ủy viên Ban Chấp hành", "committee_member"),
            ("Uỷ viên ban chấp hành", "committee_member"),
            ("UVBTV", "standing_member"),
            ("PBT", "deputy_secretary"),
            ("Chủ nhiệm Uỷ ban Kiểm tra", "inspection_chair"),
        ],
    )
    def test_positions_are_known_by_name_and_short_name(self, first, place, spelt, code):
        factories.person(place, "Lê An")
        [listed] = preview_of(first, place, row("Lê An", spelt)).listed
        assert listed.position.pk == code

    @pytest.mark.parametrize(
        ("wrong", "key", "reason"),
        [
            ({"position": "Trưởng ban"}, "position", "không thuộc danh mục. Hãy ghi một trong: “Bí thư”"),
            ({"position": "UV UBKT"}, "position", "không thuộc danh mục"),
            ({"position": ""}, "position", "không được để trống"),
            ({"born": None}, "born", "không được để trống"),
            ({"born": "30/02/1975"}, "born", "không có thật"),
            ({"born": "20/5/75"}, "born", "bốn chữ số"),
            ({"object_group": 3}, "object_group", "không thuộc danh mục"),
            ({"note": "x" * 301}, "note", "quá 300 chữ"),
            ({"card": "1" * 21}, "card", "quá 20 chữ"),
        ],
    )
    def test_a_cell_that_is_wrong_says_why(self, first, place, wrong, key, reason):
        factories.person(place, "Lê An")
        preview = preview_of(first, place, row("Lê An", **wrong))
        assert reason in only_faults(preview)[key]
        assert not preview.can_go_on

    def test_a_row_without_a_name_is_wrong(self, first, place):
        assert "để trống" in only_faults(preview_of(first, place, row("")))["name"]

    def test_a_row_says_all_that_is_wrong_with_it_at_once(self, first, place):
        assert set(only_faults(preview_of(first, place, row("Lê An", "?", object_group=9)))) == {
            "name",
            "position",
            "object_group",
        }

    def test_who_is_introduced_or_planned_already_stays_as_he_is(self, first, place):
        planned, introduced = factories.person(place, "Lê An"), factories.person(place, "Lê Bình")
        factories.plan_entry(first, planned, place)
        factories.approved(first, place)
        later = factories.planning_round(place, kind="review")
        factories.plan_entry(later, introduced, place, Position.COMMITTEE_MEMBER)
        rows = row("Lê An", object_group=2), row("Lê Bình", "UVBCH")
        preview = preview_of(later, place, *rows, on=date(2022, 6, 1))
        assert [each.label for each in preview.listed] == ["Đã trong quy hoạch", "Đã giới thiệu"]
        assert preview.listed[0].differences == ["Trong sổ là đối tượng 1, không thay đổi"]
        assert preview.new == []
        assert not preview.can_go_on

    def test_the_same_position_elsewhere_or_another_here_is_new(self, bloc, first, place):
        person = factories.person(place, "Lê An")
        factories.plan_entry(first, person, bloc)
        factories.plan_entry(first, person, place, Position.COMMITTEE_MEMBER)
        assert [each.state for each in preview_of(first, place, row("Lê An")).listed] == ["new"]

    def test_who_has_left_the_plan_may_come_again(self, first, place):
        entry = factories.plan_entry(first, factories.person(place, "Lê An"), place)
        remove_entry(entry, on=date(2022, 3, 1), reason="own_wish", by=factories.office())
        assert [each.state for each in preview_of(first, place, row("Lê An"), on=date(2022, 4, 1)).listed] == ["new"]

    def test_a_row_that_repeats_another_names_it(self, first, place):
        factories.person(place, "Lê An")
        preview = preview_of(first, place, row("Lê An"), row("Lê An", "Phó Bí thư"), row("lê an"))
        assert [each.state for each in preview.listed] == ["new", "new", "error"]
        assert "đã có ở dòng 2" in preview.listed[2].faults["position"]

    def test_a_plan_that_is_submitted_takes_nobody_more(self, first, place):
        factories.plan_entry(first, factories.person(place, "Lê Bình"), place)
        factories.submitted_plan(first, place)
        factories.person(place, "Lê An")
        preview = preview_of(first, place, row("Lê An"), row("Lê An", "UVBCH"), row("Lê Bình"))
        assert [each.state for each in preview.listed] == ["error", "new", "standing"]
        assert "đã được trình trong đợt này" in preview.listed[0].faults["position"]

    @pytest.mark.parametrize(
        ("heading", "value", "is_right"),
        [
            ("Tổ chức", "Đảng bộ Sở Xây dựng", True),
            ("Tổ chức đảng", "dang bo so xay dung", True),
            ("Tổ chức", "SXD", True),
            ("Tổ chức", None, True),
            ("Tổ chức", "Đảng bộ Sở Y tế", False),
            ("Nhiệm kỳ", "2025 – 2030", True),
            ("Nhiệm kỳ", "2020-2025", False),
            ("Trạng thái", "Trong quy hoạch", True),
            ("Trạng thái", "Đã đưa ra", False),
            ("Nam/Nữ", "Nam", True),
            ("Nam/Nữ", "Nữ", False),
        ],
    )
    def test_what_else_a_row_says_must_not_speak_against_it(self, first, place, heading, value, is_right):
        factories.person(place, "Lê An")
        preview = preview_of(first, place, (*row("Lê An"), value), headings=(*HEADINGS, heading))
        assert preview.can_go_on is is_right

    def test_counts_people_once(self, first, place):
        factories.person(place, "Lê An")
        preview = preview_of(first, place, row("Lê An"), row("Lê An", "UVBCH"))
        assert (preview.people, len(preview.new)) == (1, 2)

    def test_a_cell_with_a_formula_that_failed_is_wrong(self, first, place):
        assert "công thức" in only_faults(preview_of(first, place, row("=A1", "Bí thư")))["name"]


class TestRules:
    def messages(self, preview: Preview) -> list[str]:
        said = [*preview.outcome.said, *(each for person in preview.outcome.people for each in person.said)]
        return [message for each in said for message in each.messages]

    def test_people_behind_one_seat_just_inside_and_just_outside_the_limit(self, first, place):
        young = {"birth_date": date(1990, 5, 20)}
        names = ["Lê An", "Lê Bình", "Lê Cao", "Lê Dũng"]
        for name in names:
            factories.person(place, name, **young)
        rows = [row(name, born="20/5/1990") for name in names]
        limit = "Chức danh Bí thư có 4 người"
        inside = self.messages(preview_of(first, place, *rows[:3]))
        outside = self.messages(preview_of(first, place, *rows))
        assert not any(limit in message for message in inside)
        assert any(limit in message for message in outside)

    def test_counts_who_is_in_the_plan_already(self, first, place):
        for name in ("Lê Bình", "Lê Cao", "Lê Dũng"):
            factories.plan_entry(first, factories.person(place, name), place)
        factories.person(place, "Lê An")
        said = self.messages(preview_of(first, place, row("Lê An")))
        assert any("Bí thư có 4 người" in message for message in said)

    def test_positions_of_one_person_are_counted_over_all_groups_of_the_sheet(self, first, place):
        factories.person(place, "Lê An")
        positions = ["Bí thư", "Phó Bí thư", "UVBTV", "UVBCH"]
        three = preview_of(first, place, *[row("Lê An", each) for each in positions[:3]])
        four = preview_of(first, place, *[row("Lê An", each) for each in positions])
        assert not any("chức danh ở cùng một cấp" in message for message in self.messages(three))
        assert any("4 chức danh ở cùng một cấp" in message for message in self.messages(four))

    def test_ballots_are_not_asked_for_before_they_can_be_held(self, first, place):
        factories.person(place, "Lê An")
        said = self.messages(preview_of(first, place, row("Lê An")))
        assert said
        assert not any("lấy phiếu" in message for message in said)

    def test_are_those_of_the_day_of_introduction(self, first, place):
        factories.person(place, "Lê An")
        later, before = (
            preview_of(first, place, row("Lê An"), on=day).outcome.said
            for day in (date(2025, 10, 8), date(2025, 10, 7))
        )
        assert {(said.label, said.validity) for said in later} != {(said.label, said.validity) for said in before}


class TestIntroducing:
    def additions(self, place) -> list[Addition]:
        an, binh = factories.person(place, "Lê An"), factories.person(place, "Lê Bình")
        return [
            Addition(an, factories.position("secretary"), 2, "Trẻ"),
            Addition(an, factories.position("committee_member")),
            Addition(binh, factories.position("committee_member")),
        ]

    def introduce(self, first, place, additions, **options) -> list[PlanEntry]:
        given = {"on": ON, "by": factories.office(), "reason": "Tệp “a.xlsx”, SHA-256 ab"} | options
        return introduce_listed(first, organization=place, additions=additions, **given)

    def test_introduces_all_groups_at_once_as_the_rows_say(self, first, place):
        made = self.introduce(first, place, self.additions(place))
        assert {(e.person.full_name, e.position_id, e.object_group, e.note) for e in made} == {
            ("Lê An", "secretary", 2, "Trẻ"),
            ("Lê An", "committee_member", 1, ""),
            ("Lê Bình", "committee_member", 1, ""),
        }
        assert PlanEntry.objects.count() == 3

    def test_a_second_run_changes_nothing(self, first, place):
        additions = self.additions(place)
        self.introduce(first, place, additions)
        assert self.introduce(first, place, additions) == []
        assert PlanEntry.objects.count() == 3

    def test_all_or_none(self, first, place):
        additions = self.additions(place)
        factories.plan_entry(first, factories.person(place), place, Position.COMMITTEE_MEMBER)
        factories.submitted_plan(first, place, PositionGroup.COMMITTEE)
        with pytest.raises(WrongState, match="đã được trình"):
            self.introduce(first, place, additions)
        assert PlanEntry.objects.count() == 1

    def test_a_server_that_stops_in_the_middle_leaves_nobody_introduced(self, first, place):
        additions = self.additions(place)
        assert try_at_every_write(lambda: self.introduce(first, place, additions)) > 2

    def test_needs_the_right_to_run_planning_there_and_an_open_round(self, first, place):
        additions = self.additions(place)
        with pytest.raises(NotAllowed):
            self.introduce(first, place, additions, by=factories.holder_of(Right.VIEW_PLANS, path=place.path))
        close_round(first, by=factories.office())
        with pytest.raises(WrongState, match="đã kết thúc"):
            self.introduce(first, place, additions)
        assert PlanEntry.objects.count() == 0


def test_previewing_takes_the_same_few_queries_however_long_the_sheet(first, place):
    factories.term(place)
    people = [factories.person(place, f"Lê An {chr(65 + number)}") for number in range(12)]
    positions = ["UVBCH", "Bí thư"]
    counts = []
    for some in (people[:1], people):
        rows = [row(person.full_name, position) for person in some for position in positions]
        with CaptureQueriesContext(connection) as queries:
            assert preview_of(first, place, *rows).can_go_on
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 25


def test_the_columns_chosen_come_in_the_order_of_the_list():
    assert [column.key for column in chosen(["note", "name", "bogus"])] == ["name", "note"]
    assert chosen([]) == chosen(["bogus"]) == [column for column in COLUMNS if column.usual]
