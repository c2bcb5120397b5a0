"""The congress grid: the whole committee of a new term in one form, from a blank one, from those who sit, pasted."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.roles import Role
from organizations.actions import record_member_count
from organizations.models import Organization, Term
from personnel.actions import confirm, record_vote, submit
from personnel.forms.congress_typed import parse_line, posts_of, with_defaults
from personnel.models import ChangeItem, Dossier, Holding, Person
from tests import factories
from tests.pages import MOST_QUERIES, as_board, as_role, count_queries, text_of

pytestmark = pytest.mark.django_db
DAY = date(2022, 3, 15)
ADDRESS = reverse("personnel:congress_new", args=["SXD"])
HEAD = {
    "congress-label": "2022-2027",
    "congress-ordinal": "8",
    "congress-congress_on": "1/3/2022",
    "congress-planned_end": "1/3/2027",
    "congress-committee_size": "3",
    "congress-standing_size": "",
    "congress-inspection_size": "",
    "form_key": "0a1b2c3d-0000-4000-8000-000000000001",
}


@pytest.fixture
def bloc() -> Organization:
    made = factories.organization(name="Đảng bộ Khối", code="KHOI")
    factories.term(made)
    return made


@pytest.fixture
def place(bloc) -> Organization:
    return factories.organization(bloc, name="Đảng bộ Sở Xây dựng", code="SXD")


@pytest.fixture
def board(bloc):
    return as_board(bloc, DAY)


def row(number: int, person: Person | None = None, **cells) -> dict[str, str]:
    fields = {"person": str(person.pk) if person else ""} | cells
    return {f"rows-{number}-{name}": value for name, value in fields.items()}


def seats(dossier: Dossier) -> list[tuple[str, str]]:
    return sorted(dossier.items.values_list("person__full_name", "position"))


class TestSaving:
    def test_every_tick_and_office_becomes_an_item(self, place, board):
        an, ba = factories.person(place, "Lê Văn An"), factories.person(place, "Đỗ Thị Ba")
        form = HEAD | {"congress-standing_size": "2", "congress-inspection_size": "1"}
        form |= row(0, an, office="secretary")
        form |= row(1, ba, committee="on", inspection_office="inspection_chair")
        response = board.post(ADDRESS, form | {"luu": "1"})
        dossier = Dossier.objects.get()
        assert response["Location"] == dossier.get_absolute_url()
        assert seats(dossier) == [
            ("Lê Văn An", "committee_member"),
            ("Lê Văn An", "secretary"),
            ("Lê Văn An", "standing_member"),
            ("Đỗ Thị Ba", "committee_member"),
            ("Đỗ Thị Ba", "inspection_chair"),
            ("Đỗ Thị Ba", "inspection_member"),
        ]
        assert set(dossier.items.values_list("method", "elected_on")) == {("congress", date(2022, 3, 1))}

    def test_a_secretary_without_a_standing_committee_sits_in_the_committee_alone(self, place, board):
        board.post(ADDRESS, HEAD | row(0, factories.person(place, "Lê Văn An"), office="secretary"))
        assert seats(Dossier.objects.get()) == [("Lê Văn An", "committee_member"), ("Lê Văn An", "secretary")]

    def test_confirmed_it_opens_the_term_with_all_its_seats(self, place, board):
        people = [factories.person(place) for _ in range(3)]
        form = HEAD | row(0, people[0], office="secretary")
        for number, person in enumerate(people[1:], start=1):
            form |= row(number, person, committee="on")
        board.post(ADDRESS, form)
        dossier = Dossier.objects.get()
        submit(dossier, by=factories.office(), on=date(2022, 3, 5), explanation=factories.EXPLANATION)
        decision = factories.document(issued_on=date(2022, 3, 14))
        confirm(dossier, by=factories.superior(), decision=decision, explanation=factories.EXPLANATION)
        assert Term.objects.get(organization=place).label == "2022-2027"
        assert Holding.objects.filter(valid_from=date(2022, 3, 1)).count() == 4

    def test_sent_twice_makes_one_dossier(self, place, board):
        form = HEAD | row(0, factories.person(place), committee="on")
        board.post(ADDRESS, form)
        again = board.post(ADDRESS, form)
        assert again["Location"] == Dossier.objects.get().get_absolute_url()

    def test_leads_on_to_submitting(self, place, board):
        response = board.post(ADDRESS, HEAD | row(0, factories.person(place), committee="on") | {"trinh": "1"})
        assert response["Location"] == reverse("personnel:dossier_submit", args=[Dossier.objects.get().pk])

    def test_a_newcomer_is_entered_once_for_all_seats(self, place, board):
        newcomer = {"new-full_name": "Phạm Thị Mới", "new-birth": "1985", "new-gender": "female"}
        newcomer |= {"new-ethnic_group": "Kinh", "new-card_number": ""}
        board.post(ADDRESS, HEAD | row(0, None, office="secretary", **newcomer))
        assert Person.objects.get().full_name == "Phạm Thị Mới"
        assert ChangeItem.objects.count() == 2

    def test_without_scripts_somebody_is_found_by_the_full_name(self, place, board):
        factories.person(place, "Lê Văn An")
        board.post(ADDRESS, HEAD | row(0, None, words="le van an", committee="on"))
        assert seats(Dossier.objects.get()) == [("Lê Văn An", "committee_member")]

    def test_empty_rows_say_nothing(self, place, board):
        form = HEAD | row(0, factories.person(place), committee="on") | row(1) | row(2, words=" ")
        assert board.post(ADDRESS, form).status_code == 302

    @pytest.mark.parametrize(
        ("kind", "planned_end", "label"),
        [("grassroots_committee", "01/03/2027", "2022-2027"), ("subordinate_cell", "01/09/2024", "2022-2024")],
    )
    def test_an_empty_planned_end_is_filled_by_the_rule_of_the_kind(self, kind, planned_end, label):
        typed = {"congress-congress_on": "1/3/2022", "congress-planned_end": "", "congress-label": ""}
        filled = with_defaults(typed, kind)
        assert (filled["congress-planned_end"], filled["congress-label"]) == (planned_end, label)

    def test_what_is_typed_stays_and_without_a_day_nothing_is_filled(self):
        typed = {"congress-congress_on": "1/3/2022", "congress-planned_end": "1/3/2025"}
        assert with_defaults(typed, "grassroots_committee")["congress-planned_end"] == "1/3/2025"
        assert with_defaults({"congress-congress_on": "x"}, "bloc") == {"congress-congress_on": "x"}


class TestWrong:
    def refused(self, board, form) -> str:
        response = board.post(ADDRESS, form)
        assert response.status_code == 422
        assert not Dossier.objects.exists()
        return response.content.decode()

    def test_nobody(self, place, board):
        assert "Hãy nhập ít nhất một đồng chí trúng cử." in self.refused(board, HEAD | row(0))

    def test_a_person_without_a_tick(self, place, board):
        answer = self.refused(board, HEAD | row(0, factories.person(place)))
        assert "Hãy đánh dấu ít nhất một ban hoặc chọn một chức vụ." in answer

    def test_a_tick_without_a_person(self, place, board):
        good = row(1, factories.person(place), committee="on")
        assert "Hãy chọn đồng chí cho các ô đã đánh dấu." in self.refused(board, HEAD | row(0, committee="on") | good)

    def test_a_person_in_two_rows(self, place, board):
        someone = factories.person(place, "Lê Văn An")
        form = HEAD | row(0, someone, committee="on") | row(1, someone, office="secretary")
        assert "Lê Văn An đã có ở dòng 1." in self.refused(board, form)

    def test_a_body_without_a_size(self, place, board):
        form = HEAD | row(0, factories.person(place), committee="on", inspection="on")
        assert "Chưa nhập số lượng Ủy ban Kiểm tra" in self.refused(board, form)

    def test_a_congress_that_says_too_little(self, place, board):
        form = HEAD | {"congress-congress_on": ""} | row(0, factories.person(place), committee="on")
        assert "Hãy nhập ngày đại hội." in self.refused(board, form)

    def test_an_invented_office(self, place, board):
        form = HEAD | row(0, factories.person(place), committee="on", office="emperor")
        assert "Không có lựa chọn “emperor”" in self.refused(board, form)

    def test_somebody_outside_the_scope(self, place):
        stranger = factories.person(factories.organization(name="Đảng bộ Khối khác"), "Lò Văn Lạ")
        answer = self.refused(as_role(Role.GRASSROOTS_CLERK, place, DAY), HEAD | row(0, stranger, committee="on"))
        assert "Không tìm thấy đồng chí này trong phạm vi của bạn." in answer
        assert "Lò Văn Lạ" not in answer

    def test_namesakes_are_told_apart_by_the_card(self, place, board):
        for _ in range(2):
            factories.person(place, "Lê Văn An")
        answer = self.refused(board, HEAD | row(0, None, words="Lê Văn An", committee="on"))
        assert "Có 2 đồng chí tên “Lê Văn An”" in answer

    def test_on_a_day_on_which_the_organization_does_not_stand(self, bloc, place):
        early = as_board(bloc, date(2014, 1, 1))
        answer = self.refused(early, HEAD | row(0, factories.person(place), committee="on"))
        assert "SXD" in answer


class TestOpening:
    def test_is_filled_in_from_the_last_term(self, place, board):
        factories.term(place, committee=11, standing=3, inspection=0, ordinal=7)
        grid = board.get(ADDRESS).context["grid"]
        assert grid.typed["congress-ordinal"] == "8"
        assert grid.typed["congress-committee_size"] == "11"
        assert "congress-inspection_size" not in grid.typed
        assert len(grid.rows) == 11

    def test_the_first_congress_is_the_first(self, place, board):
        assert board.get(ADDRESS).context["grid"].typed["congress-ordinal"] == "1"

    def test_offers_those_who_sit(self, place, board):
        factories.term(place)
        someone = factories.person(place, "Lê Văn An")
        for position in ("committee_member", "standing_member", "secretary"):
            factories.seated(someone, place, position)
        response = board.get(ADDRESS, {"duong-nhiem": "1"})
        assert "Lê Văn An, sinh 1975" in response.content.decode()
        typed = response.context["grid"].typed
        assert typed["rows-0-office"] == "secretary"
        assert typed["rows-0-standing"] == "on"

    def test_tells_of_another_dossier_of_a_congress(self, place, board):
        board.post(ADDRESS, HEAD | row(0, factories.person(place), committee="on"))
        assert Dossier.objects.get().code in text_of(board.get(ADDRESS))

    def test_more_rows_and_looking_ahead_work_without_scripts(self, place, board):
        form = HEAD | row(0, factories.person(place, "Lê Văn An"), committee="on")
        assert len(board.post(ADDRESS, form | {"them-dong": "1"}).context["grid"].rows) == 6
        assert "Lê Văn An: Ủy viên Ban Chấp hành" in text_of(board.post(ADDRESS, form | {"xem-truoc": "1"}))
        assert not Dossier.objects.exists()

    def test_the_panel_says_what_would_happen(self, place, board):
        record_member_count(place, counted_on=date(2022, 1, 1), official=40, probationary=0, by=factories.office())
        form = (
            HEAD | {"congress-planned_end": "1/1/2026"} | row(0, factories.person(place, "Lê Văn An"), committee="on")
        )
        answer = board.post(reverse("personnel:congress_preview", args=["SXD"]), form).content.decode()
        assert "Lê Văn An" in answer
        assert "Nhiệm kỳ dự kiến dài 46 tháng, thông thường 60 tháng." in answer

    def test_who_does_not_draft_there_is_led_away(self, bloc, place):
        other = factories.organization(bloc)
        assert as_role(Role.LEADER, place, DAY).get(ADDRESS).status_code == 403
        assert as_role(Role.GRASSROOTS_CLERK, other, DAY).get(ADDRESS).status_code == 404

    def test_takes_the_same_few_queries_however_many_sit(self, place, board):
        factories.term(place)
        address = f"{ADDRESS}?duong-nhiem=1"
        factories.seated(factories.person(place), place)
        few = count_queries(board, address)
        for _ in range(5):
            factories.seated(factories.person(place), place)
        assert count_queries(board, address) == few <= MOST_QUERIES


class TestPaste:
    LINES = "STT\tHọ và tên\n1\tLê Văn An\t20/5/1975\tBí thư\n2\tĐỗ Thị Ba\t1980\tUV BCH, Chủ nhiệm UBKT\n\tGhi chú\n"

    def pasted(self, board, lines: str, **form):
        return board.post(ADDRESS, HEAD | {"paste": lines, "dan": "1"} | form).context["grid"]

    def test_chooses_who_is_known_and_keeps_who_is_not(self, place, board):
        an = factories.person(place, "Lê Văn An")
        typed = self.pasted(board, self.LINES).typed
        assert typed["rows-0-person"] == str(an.pk)
        assert typed["rows-0-office"] == "secretary"
        assert typed["rows-1-new-full_name"] == "Đỗ Thị Ba"
        assert typed["rows-1-inspection_office"] == "inspection_chair"
        assert not Dossier.objects.exists()

    def test_goes_below_what_stands_there(self, place, board):
        an, bo = factories.person(place, "Lê Văn An"), factories.person(place, "Vũ Văn Bộ")
        typed = self.pasted(board, "Vũ Văn Bộ", **row(0, an, committee="on"), **row(1)).typed
        assert [typed["rows-0-person"], typed["rows-1-person"]] == [str(an.pk), str(bo.pk)]

    def test_a_year_of_birth_tells_namesakes_apart(self, place, board):
        factories.person(place, "Lê Văn An")
        younger = factories.person(place, "Lê Văn An", birth_date=date(1985, 1, 1))
        assert self.pasted(board, "Lê Văn An\t1985").typed["rows-0-person"] == str(younger.pk)
        assert self.pasted(board, "Lê Văn An").typed["rows-0-words"] == "Lê Văn An"

    @pytest.mark.parametrize(
        ("line", "name", "birth", "card"),
        [
            ("1. Lê Văn An; 5/1975; Bí thư", "Lê Văn An", "5/1975", ""),
            ("Lê Văn An\t04.123456\tBí thư", "Lê Văn An", "", "04123456"),
            ("Lê Văn An | Bí thư | 20/5/1975", "Lê Văn An", "20/5/1975", ""),
        ],
    )
    def test_reads_a_line(self, line, name, birth, card):
        found = parse_line(line)
        assert (found["name"], found["birth"], found["card"]) == (name, birth, card)
        assert "Bí thư" in found["post"]

    @pytest.mark.parametrize("line", ["", "\t\t", "An", "TT\tHọ và tên\tNgày sinh", "12"])
    def test_leaves_lines_without_a_name_out(self, line):
        assert parse_line(line) is None

    @pytest.mark.parametrize(
        ("words", "row"),
        [
            ("", {"committee": "on"}),
            ("Phó Bí thư", {"office": "deputy_secretary", "committee": "on"}),
            ("UV BTV", {"standing": "on", "committee": "on"}),
            ("Ủy viên UBKT", {"inspection": "on"}),
            ("Phó Chủ nhiệm UBKT", {"inspection_office": "inspection_deputy_chair", "inspection": "on"}),
            (
                "UVBTV, Chủ nhiệm Uỷ ban Kiểm tra",
                {"standing": "on", "committee": "on", "inspection_office": "inspection_chair", "inspection": "on"},
            ),
        ],
    )
    def test_understands_posts(self, words, row):
        assert posts_of(words) == row


class TestEditing:
    @pytest.fixture
    def draft(self, place, board) -> Dossier:
        form = HEAD | row(0, factories.person(place, "Lê Văn An"), office="secretary")
        board.post(ADDRESS, form | row(1, factories.person(place, "Đỗ Thị Ba"), committee="on"))
        return Dossier.objects.get()

    def test_goes_on_from_what_was_saved_and_keeps_votes(self, board, draft):
        address = reverse("personnel:congress_edit", args=[draft.pk])
        item = draft.items.get(position="secretary")
        record_vote(item, by=factories.office(), **factories.votes(9, 15))
        grid = board.get(address).context["grid"]
        form = grid.typed | {"congress-committee_size": "5"} | {"rows-1-office": "deputy_secretary"}
        assert board.post(address, form).status_code == 302
        draft.refresh_from_db()
        assert draft.congress.committee_size == 5
        assert ("Đỗ Thị Ba", "deputy_secretary") in seats(draft)
        assert draft.items.get(position="secretary").vote.in_favour == 9

    def test_another_day_of_the_congress_is_the_day_of_the_election_too(self, board, draft):
        address = reverse("personnel:congress_edit", args=[draft.pk])
        form = board.get(address).context["grid"].typed | {"congress-congress_on": "2/3/2022"}
        assert board.post(address, form).status_code == 302
        assert set(draft.items.values_list("elected_on", flat=True)) == {date(2022, 3, 2)}

    def test_an_edition_of_somebody_else_is_not_overwritten(self, board, draft):
        address = reverse("personnel:congress_edit", args=[draft.pk])
        form = board.get(address).context["grid"].typed
        assert board.post(address, form | {"congress-committee_size": "5"}).status_code == 302
        answer = board.post(address, form | {"congress-committee_size": "7"})
        assert answer.status_code == 409
        assert "vừa được người khác lưu" in answer.content.decode()
        draft.congress.refresh_from_db()
        assert draft.congress.committee_size == 5

    def test_what_is_submitted_is_not_edited(self, board, draft):
        submit(draft, by=factories.office(), on=date(2022, 3, 5), explanation=factories.EXPLANATION)
        response = board.get(reverse("personnel:congress_edit", args=[draft.pk]), follow=True)
        assert "không phải là kết quả đại hội còn ở dạng nháp" in text_of(response)
