"""What is vacant: as the dashboard counts it, as the seat map of each organisation shows it."""

from datetime import date, timedelta

import pytest

from common.dated import Precision
from organizations.models import Body, BodyKind, Organization, Term
from organizations.scope import Right, Scope
from personnel.models import Holding
from personnel.seats import seat_map
from tests import factories
from tests.reports.boards import DAY, appoint, board, leave
from tests.reports.tables.asking import EVERYTHING, ask, cells, column, count_queries, titles, words

pytestmark = pytest.mark.django_db

KEY = "vi-tri-khuyet"
HEADS = "Chưa có người đứng đầu"
COMMITTEES, STANDING = "Vị trí khuyết trong Ban Chấp hành", "Vị trí khuyết trong Ban Thường vụ"
LEFT = date(2022, 9, 15)


@pytest.fixture
def cell(other) -> Organization:
    made = factories.organization(other, "subordinate_cell", name="Chi bộ Văn phòng", code="VP")
    factories.term(made, committee=2, standing=0, inspection=0)
    return made


@pytest.fixture
def story(bloc, place, other, cell) -> list[date]:
    """Seats filled and left, a committee over its size, one without a size, one without a term; the days of it all."""
    secretary = factories.person(place, "Đỗ Thị Hòa")
    days = [date(2021, 3, 1), date(2021, 6, 1), LEFT, date(2022, 11, 30), date(2023, 2, 1)]
    for code in ("committee_member", "standing_member", "secretary"):
        factories.seated(secretary, place, code, on=days[0])
    first, second, *_ = [appoint(other, days[1]) for _ in range(4)]
    appoint(cell, days[1])
    leave(Holding.objects.get(person=secretary, position="committee_member"), LEFT)
    leave(first, days[3])
    factories.seated(second.person, other, "secretary", on=days[4])
    factories.organization(bloc, name="Đảng bộ Sở Ba", code="BA")
    Body.objects.filter(term__organization=bloc, kind=BodyKind.INSPECTION).update(authorized_size=None)
    return days


def seats(table) -> dict[str, int]:
    return {group.title: group.value for group in table.groups if group.title != HEADS}


class TestAgreement:
    def test_with_the_dashboard_from_the_grassroots_up_on_every_day(self, story):
        for day in sorted({each + timedelta(days=number) for each in story for number in (-1, 0, 1)}):
            table, dashboard = ask(KEY, day, cap="co-so-tro-len"), board(day=day, year=day.year)
            vacant = {f"Vị trí khuyết trong {body.name}": body.vacant for body in dashboard.bodies if body.vacant}
            assert seats(table) == vacant, day
            secretaries = {
                (name.value, since.value)
                for name, what, since in zip(
                    cells(table, "organization"), cells(table, "what"), cells(table, "since"), strict=True
                )
                if what.value == "Bí thư"
            }
            lacking = {(each.version.name, each.without_secretary_since) for each in dashboard.without_secretary}
            assert secretaries == lacking, day

    def test_with_the_dashboard_where_no_committee_is_on_record(self, bloc, place):
        cell = factories.organization(bloc, "grassroots_cell", name="Chi bộ Một")
        factories.term(cell, committee=0, standing=0, inspection=0)
        table, dashboard = ask(KEY), board()

        heads = [row for row in table.groups[0].rows if row[2].value == "Bí thư"]
        assert {row[0].value for row in heads} == {each.version.name for each in dashboard.without_secretary}
        assert {row[0].value: row[6].value for row in heads}["Chi bộ Một"] == "Sổ chưa có Ban Chấp hành của nhiệm kỳ"
        assert "Chi bộ Một" not in column(ask(KEY, ban="ban-thuong-vu"), "organization")

    def test_with_the_seat_map_of_every_organisation(self, story):
        table = ask(KEY)
        shown = {}
        for row in table.rows:
            name, body = (row[table.index(key)].value for key in ("organization", "body"))
            shown.setdefault((name, body), []).append(row[table.index("left")].value)
        expected = {}
        for term in Term.objects.as_of(DAY).select_related("organization"):
            for body in seat_map(term, DAY, EVERYTHING):
                gaps = [each.left and each.left.person.full_name for each in (*body.headless, *body.vacancies)]
                if gaps:
                    expected[term.organization.name, body.body.get_kind_display()] = gaps
        assert shown == expected

    def test_what_the_dashboard_leaves_out_is_told(self, story):
        table = ask(KEY, code="HAI")
        [dashboard] = board("HAI").bodies

        assert dashboard.vacant == 0
        assert seats(table) == {COMMITTEES: 1}
        assert not any("bảng điều khiển" in note for note in table.notes)  # all are of one kind
        both = next(note for note in ask(KEY, ban="ban-chap-hanh").notes if "bảng điều khiển" in note)
        assert both == (
            "Trong 31 vị trí khuyết có 30 ở cấp cơ sở trở lên (số trên bảng điều khiển) và 1 ở đảng bộ bộ phận, "
            "chi bộ trực thuộc."
        )


class TestRows:
    def test_a_seat_is_vacant_from_the_day_on_which_it_ended(self, place):
        leave(appoint(place, date(2021, 3, 1), full_name="Đỗ Thị Hòa"), LEFT)
        factories.person(place)

        assert "Đỗ Thị Hòa" not in column(ask(KEY, LEFT - timedelta(days=1)), "left")
        on_the_day, later = (ask(KEY, day, "MOT") for day in (LEFT, date(2022, 9, 20)))
        for table, days in ((on_the_day, 0), (later, 5)):
            number = column(table, "left").index("Đỗ Thị Hòa")
            assert column(table, "since")[number] == LEFT
            assert column(table, "days")[number] == days
            assert column(table, "why")[number] == "Nghỉ hưu"

    def test_a_seat_never_filled_is_vacant_from_the_first_day_of_the_term(self, other):
        table = ask(KEY, code="HAI", ban="ban-chap-hanh")

        assert titles(table) == [HEADS, COMMITTEES]
        assert column(table, "what") == ["Bí thư", *["Ủy viên Ban Chấp hành"] * 3]
        assert set(column(table, "since")) == {factories.TERM_BEGINS}
        assert column(table, "why") == ["Chưa có từ đầu nhiệm kỳ", *["Chưa bầu đủ từ đầu nhiệm kỳ"] * 3]
        assert set(column(table, "left")) == {None}

    def test_the_longest_vacant_of_an_organisation_comes_first(self, other):
        early, late = appoint(other, date(2021, 3, 1)), appoint(other, date(2021, 3, 2))
        leave(late, date(2022, 10, 1))
        leave(early, date(2022, 7, 1))
        table = ask(KEY, code="HAI")

        since = [row[table.index("since")].value for row in table.groups[-1].rows]
        assert since == [factories.TERM_BEGINS, date(2022, 7, 1), date(2022, 10, 1)]

    def test_a_secretary_who_left_leaves_the_post_and_the_seat(self, other):
        someone = factories.person(other, "Đỗ Thị Hòa")
        for code in ("committee_member", "secretary"):
            held = factories.seated(someone, other, code, on=date(2021, 3, 1))
        leave(Holding.objects.get(person=someone, position="committee_member"), LEFT)
        table = ask(KEY, code="HAI")

        assert [group.rows[-1][table.index("left")].value for group in table.groups] == ["Đỗ Thị Hòa", "Đỗ Thị Hòa"]
        assert table.groups[0].rows[0][table.index("since")].value == LEFT
        assert next(cells(table, "left")).url == held.person.get_absolute_url()
        assert any("kê ở cả hai nhóm" in note for note in table.notes)

    def test_an_end_known_roughly_is_told_as_far_as_it_is_known(self, other):
        left = appoint(other, date(2021, 3, 1), full_name="Đỗ Thị Hòa")
        leave(left, date(2022, 12, 31))
        Holding.objects.filter(pk=left.pk).update(to_precision=Precision.YEAR)
        table = ask(KEY, code="HAI")

        assert column(table, "since")[-1] == "năm 2022"
        assert column(table, "days")[-1] == "ít nhất 69"

    def test_who_waits_stands_with_the_dossier(self, other):
        waits = factories.appointment(factories.person(other, "Lê Văn Chờ"))
        dossier = factories.submitted(other, waits, opened_on=date(2023, 3, 1), on=date(2023, 3, 2))
        table = ask(KEY, code="HAI")

        place = column(table, "dossier").index(dossier.code)
        assert column(table, "coming")[place] == ("Lê Văn Chờ: Ủy viên Ban Chấp hành (trình 02/3/2023, chưa chuẩn y)")
        assert list(cells(table, "dossier"))[place].url == dossier.get_absolute_url()
        assert column(table, "coming").count(None) == table.count - 1
        assert set(column(ask(KEY, date(2023, 3, 1), "HAI"), "coming")) == {None}

    def test_somebody_who_sits_there_may_wait_for_the_post_at_the_head(self, other):
        someone = factories.person(other, "Lê Văn Chờ")
        factories.seated(someone, other, on=date(2021, 3, 1))
        asked = factories.appointment(someone, "secretary")
        factories.submitted(other, asked, opened_on=date(2023, 3, 1), on=date(2023, 3, 2))
        table = ask(KEY, code="HAI")

        assert column(table, "coming") == ["Lê Văn Chờ: Bí thư (trình 02/3/2023, chưa chuẩn y)", None, None]

    def test_an_organisation_is_named_and_led_to_as_it_stood(self, other):
        long = "Đảng bộ " + "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông và dân dụng " * 3
        long = long[:240].strip()
        made = factories.organization(other.parent, name=long, code="DAI")
        factories.term(made, committee=1, standing=0, inspection=0)
        [head, seat] = cells(ask(KEY, code="DAI"), "organization")

        assert head == seat
        assert head.value == long
        assert head.url == "/to-chuc/DAI/"


class TestNotes:
    def test_tell_what_is_over_its_size_without_one_and_without_a_term(self, story):
        notes = ask(KEY, date(2022, 3, 1)).notes

        assert "Vượt số được duyệt, không bù vào chỗ khuyết nơi khác: Đảng ủy Sở Hai (1)." in notes
        assert "1 cơ quan chưa có số lượng được duyệt, nên không tính khuyết." in notes
        assert "1 tổ chức chưa có nhiệm kỳ trong sổ vào ngày này, nên không có trong danh sách." in notes

    def test_tell_what_rests_on_a_rough_day(self, other):
        held = appoint(other, date(2023, 1, 1))
        Holding.objects.filter(pk=held.pk).update(from_precision=Precision.YEAR)

        assert any(note.startswith("1 chức danh chỉ biết tháng hoặc năm") for note in ask(KEY).notes)
        assert not any("chỉ biết tháng" in note for note in ask(KEY, date(2024, 3, 1)).notes)

    def test_of_an_office_with_nothing_there_is_nothing_to_tell(self, db):
        factories.organization(name="Đảng bộ Khối")
        table = ask(KEY)

        assert table.groups == []
        assert any("1 tổ chức chưa có nhiệm kỳ" in note for note in table.notes)


class TestChoices:
    def test_a_body_alone(self, place):
        table = ask(KEY, ban="ban-thuong-vu", code="MOT")

        assert titles(table) == [STANDING]
        assert set(column(table, "body")) == {"Ban Thường vụ"}
        assert table.count == 5
        assert titles(ask(KEY, ban="uy-ban-kiem-tra", code="MOT"))[0] == HEADS  # nobody chairs it

    @pytest.mark.parametrize(
        ("level", "names"),
        [
            ("moi-cap", {"Đảng bộ Khối", "Đảng bộ Sở Hai", "Chi bộ Văn phòng"}),
            ("", {"Đảng bộ Khối", "Đảng bộ Sở Hai", "Chi bộ Văn phòng"}),
            ("co-so-tro-len", {"Đảng bộ Khối", "Đảng bộ Sở Hai"}),
            ("co-so", {"Đảng bộ Sở Hai"}),
            ("duoi-co-so", {"Chi bộ Văn phòng"}),
        ],
    )
    def test_a_level(self, bloc, other, cell, level, names):
        assert set(column(ask(KEY, cap=level), "organization")) == names

    def test_of_a_cell_itself_from_the_grassroots_up_as_its_dashboard(self, cell):
        assert set(column(ask(KEY, code="VP", cap="co-so-tro-len"), "organization")) == {"Chi bộ Văn phòng"}

    def test_are_told_in_words(self, db):
        assert words(KEY) == ""
        assert words(KEY, ban="ban-thuong-vu", cap="co-so") == "Ban Thường vụ; Tổ chức cơ sở đảng"


class TestScope:
    def test_another_part_of_the_tree_never_appears(self, bloc, place, other):
        elsewhere = factories.organization(name="Đảng bộ Khối khác", code="KHAC")
        factories.term(elsewhere)
        assert set(column(ask(KEY, code="KHOI"), "organization")) == {bloc.name, place.name, other.name}
        own = Scope.of([(Right.VIEW, [other.path])])
        assert set(column(ask(KEY, scope=own), "organization")) == {other.name}

    def test_takes_the_same_few_queries_however_much_is_vacant(self, story, bloc):
        small = count_queries(KEY)
        for number in range(4):
            made = factories.organization(bloc, name=f"Đảng bộ Sở {number}")
            factories.term(made, committee=4, standing=2, inspection=2)
            leave(appoint(made, date(2022, 3, 1)), date(2022, 8, 1))
            factories.submitted(made, factories.appointment(factories.person(made)))
        assert count_queries(KEY) == small == 7
