"""The form of a dossier: what it takes and refuses, what it looks ahead to, what it keeps and never loses."""

import json
import uuid
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from organizations.models import Organization, Position
from personnel.actions import save_draft, submit, withdraw
from personnel.models import Act, ChangeItem, Dossier, Membership, Person, UnfinishedForm
from tests import factories
from tests.pages import as_board, as_role, signed_in, text_of

pytestmark = pytest.mark.django_db

NEW = reverse("personnel:dossier_new")
ROW = reverse("personnel:dossier_row")
PREVIEW = reverse("personnel:dossier_preview")
AUTOSAVE = reverse("personnel:dossier_autosave")
DISCARD = reverse("personnel:discard_typed")
PEOPLE = reverse("personnel:person_choices")
DAY = date(2022, 3, 15)


@pytest.fixture
def bloc() -> Organization:
    return factories.organization(name="Đảng bộ Khối", code="KHOI")


@pytest.fixture
def own(bloc) -> Organization:
    made = factories.organization(bloc, name="Đảng bộ Sở Xây dựng", code="SXD")
    factories.term(made, committee=3, standing=0, inspection=3)
    return made


@pytest.fixture
def board(bloc) -> Client:
    return as_board(bloc, DAY)


def row(index: int, person: Person | None = None, /, **fields: object) -> dict[str, str]:
    """Return the fields of a row that designates the person as a committee member, unless `fields` say other."""
    whole = {"act": "appoint", "position": Position.COMMITTEE_MEMBER, "method": "designation"}
    whole |= {"person": person.pk} if person else {}
    return {f"items-{index}-{name.replace('__', '-')}": str(value) for name, value in (whole | fields).items()}


def newcomer(**fields: object) -> dict[str, object]:
    """Return the fields of a row that enter a new person."""
    typed = {"full_name": "Phạm Thị Mới", "birth": "5/1980", "gender": "female", "ethnic_group": "Tày"}
    return {"is_new": "on"} | {f"new__{name}": value for name, value in (typed | fields).items()}


def ballots(**numbers: object) -> dict[str, object]:
    """Return the fields of the vote of a row: nine of fifteen."""
    whole = {"summoned": 15, "present": 14, "issued": 14, "collected": 14, "valid": 14, "in_favour": 9}
    return {f"vote__{name}": number for name, number in (whole | numbers).items()}


def form(of: Organization, *rows: dict[str, str], **fields: str) -> dict[str, str]:
    """Return what the form of a new dossier sends."""
    sent = {"organization": of.code, "kind": "supplement", "form_key": str(uuid.uuid4())} | fields
    for each in rows:
        sent |= each
    return sent


def edit_page(dossier: Dossier) -> str:
    return reverse("personnel:dossier_edit", args=[dossier.pk])


def sent_again(dossier: Dossier, *rows: dict[str, str], **fields: object) -> dict[str, str]:
    """Return what the form of a saved draft sends, begun on the edition that is stored now."""
    edition = Dossier.objects.get(pk=dossier.pk).edition
    sent = {"dossier": dossier.pk, "edition": edition, "organization": dossier.organization.code, "kind": dossier.kind}
    sent = {name: str(value) for name, value in (sent | fields).items()}
    for each in rows:
        sent |= each
    return sent


def shown(response, status: int = 422) -> str:
    """Return what a reader sees of a page with this status."""
    assert response.status_code == status, (response.status_code, response.headers.get("Location"))
    response.status_code = 200
    words = text_of(response)
    response.status_code = status
    return words


class TestSaving:
    def test_a_row_becomes_an_item_of_a_draft(self, own, board):
        someone = factories.person(own)
        sent = row(0, someone, method="supplementary_election", elected_on="10/3/2022", note="Đủ phiếu", **ballots())
        response = board.post(NEW, form(own, sent))
        dossier = Dossier.objects.get()
        assert response.headers["Location"] == dossier.get_absolute_url()
        assert dossier.state == Dossier.State.DRAFT
        item = dossier.items.get()
        assert (item.person, item.position_id, item.method) == (someone, "committee_member", "supplementary_election")
        assert (item.elected_on, item.note) == (date(2022, 3, 10), "Đủ phiếu")
        assert (item.vote.summoned, item.vote.excluded, item.vote.in_favour) == (15, 0, 9)

    def test_a_release_has_a_reason_and_no_method(self, own, board):
        someone = factories.person(own)
        board.post(NEW, form(own, row(0, someone, act="release", release_reason="retirement", proposed_on="1/4/2022")))
        item = ChangeItem.objects.get()
        assert (item.act, item.method, item.release_reason) == ("release", "", "retirement")
        assert item.proposed_on == date(2022, 4, 1)

    def test_save_and_submit_leads_to_the_page_that_submits(self, own, board):
        response = board.post(NEW, form(own, row(0, factories.person(own)), trinh="1"))
        assert response.headers["Location"] == reverse("personnel:dossier_submit", args=[Dossier.objects.get().pk])

    def test_a_newcomer_is_entered_with_the_dossier(self, own, board):
        board.post(NEW, form(own, row(0, elected_on="10/3/2022", **newcomer(card_number="0123"))))
        person = ChangeItem.objects.get().person
        assert (person.full_name, person.gender, person.ethnic_group) == ("Phạm Thị Mới", "female", "Tày")
        assert (person.birth_display, person.card_number) == ("5/1980", "0123")
        membership = Membership.objects.get(person=person)
        assert (membership.organization, membership.valid_from) == (own, date(2022, 3, 10))

    def test_two_rows_about_one_newcomer_enter_one_person(self, own, board):
        rows = row(0, **newcomer()), row(1, position=Position.SECRETARY, **newcomer(full_name="PHẠM THỊ MỚI"))
        board.post(NEW, form(own, *rows))
        assert Person.objects.count() == 1
        assert ChangeItem.objects.filter(person=Person.objects.get()).count() == 2

    @pytest.mark.parametrize("cards", [("", "0123"), ("0123", ""), ("0123", "0123")])
    def test_a_card_typed_in_one_of_two_rows_about_a_newcomer_is_kept(self, own, board, cards):
        first, second = (newcomer(card_number=card) for card in cards)
        board.post(NEW, form(own, row(0, **first), row(1, position=Position.INSPECTION_MEMBER, **second)))
        assert Person.objects.get().card_number == "0123"
        assert ChangeItem.objects.filter(person=Person.objects.get()).count() == 2

    def test_newcomers_of_one_name_and_birthday_with_different_cards_are_two_people(self, own, board):
        board.post(NEW, form(own, row(0, **newcomer(card_number="1")), row(1, **newcomer(card_number="2"))))
        assert {item.person.card_number for item in ChangeItem.objects.all()} == {"1", "2"}
        assert Person.objects.count() == 2

    def test_a_row_that_may_be_about_either_of_two_newcomers_wants_a_card(self, own, board):
        rows = [row(index, **newcomer(card_number=card)) for index, card in enumerate(("1", "2", ""))]
        answer = shown(board.post(NEW, form(own, *rows)))
        assert "Dòng 3 · Số thẻ đảng viên (nếu có): Hồ sơ có nhiều đồng chí mới cùng họ tên và ngày sinh." in answer
        assert answer.count("Hãy ghi số thẻ để biết dòng này về ai.") == 2  # on top and beside its field
        assert not Person.objects.exists()

    def test_one_look_at_a_namesake_is_enough_for_all_rows_of_a_newcomer(self, own, board):
        factories.person(own, "Phạm Thị Mới", birth_date=date(1980, 5, 1), birth_precision="month")
        inspector = row(1, position=Position.INSPECTION_MEMBER, **newcomer(is_other="on"))
        assert board.post(NEW, form(own, row(0, **newcomer()), inspector)).status_code == 302
        assert Person.objects.count() == 2

    @pytest.mark.parametrize("alike", [{"full_name": "pham thi moi"}, {"birth": "6/1980"}, {"card_number": "0123"}])
    def test_a_newcomer_whom_the_register_seems_to_have_is_to_be_looked_at(self, own, board, alike):
        known = factories.person(own, "Phạm Thị Mới", birth_date=date(1980, 5, 1), birth_precision="month")
        answer = board.post(NEW, form(own, row(0, **newcomer(**alike))))
        assert answer.status_code == 422
        assert "Danh sách đã có đồng chí Phạm Thị Mới, sinh 5/1980. Hãy chọn trong danh sách" in shown(answer)
        assert f'href="{known.get_absolute_url()}"' in answer.content.decode()
        assert list(Person.objects.all()) == [known]
        after_a_look = newcomer(**alike, is_other="on")
        assert board.post(NEW, form(own, row(0, **after_a_look))).status_code == 302
        assert Person.objects.count() == 2

    def test_whoever_is_told_apart_is_entered(self, own, board):
        factories.person(own, "Phạm Thị Mới", birth_date=date(1980, 5, 1), card_number="0999")
        other_name, other_card = newcomer(full_name="Phạm Thị Mười"), newcomer(card_number="0123")
        for number, each in enumerate((other_name, other_card), start=2):
            assert board.post(NEW, form(own, row(0, **each))).status_code == 302
            assert Person.objects.count() == number

    def test_nobody_is_entered_when_the_dossier_is_refused(self, own, board, monkeypatch):
        monkeypatch.setattr("personnel.drafting.draft", _refuse)
        answer = shown(board.post(NEW, form(own, row(0, **newcomer()))))
        assert "Không lập được hồ sơ này." in answer
        assert not Person.objects.exists()
        assert not Membership.objects.exists()

    def test_rows_left_empty_and_rows_given_up_are_left_out(self, own, board):
        given_up = row(1, factories.person(own), position="", DELETE="on")
        empty = row(2, position="")
        board.post(NEW, form(own, row(0, factories.person(own)), given_up, empty))
        assert ChangeItem.objects.count() == 1

    def test_a_row_left_empty_is_not_blamed_when_something_else_is_wrong(self, own, board):
        answer = board.post(NEW, form(own, row(0, position=""), kind="congress"))
        assert answer.status_code == 422
        assert "Đại hội · Ngày đại hội" in shown(answer)
        for blame in ("Hãy chọn đồng chí", "Hãy chọn chức danh", "Hãy nhập đủ họ và tên"):
            assert blame not in shown(answer)

    def test_what_a_row_does_not_ask_for_is_not_blamed(self, own, board):
        half = {name: value for name, value in newcomer(birth="").items() if name != "is_new"}
        given_up = row(1, DELETE="on", **ballots(summoned=""))
        answer = shown(board.post(NEW, form(own, row(0, factories.person(own), elected_on="?", **half), given_up)))
        assert "Không đọc được ngày “?”" in answer
        assert "Hãy nhập ngày sinh." not in answer
        assert "Hãy nhập số này" not in answer

    def test_a_congress_opens_its_term_with_those_elected(self, bloc, board):
        own = factories.organization(bloc, code="MOI")
        someone = factories.person(own)
        rows = row(0, someone, method=""), row(1, someone, position=Position.SECRETARY)
        board.post(NEW, form(own, *rows, kind="congress") | CONGRESS)
        dossier = Dossier.objects.get()
        assert (dossier.kind, dossier.congress.label, dossier.congress.standing_size) == ("congress", "2020-2025", None)
        items = dossier.items.all()
        assert {(item.method, item.elected_on) for item in items} == {("congress", date(2022, 3, 1))}

    def test_without_scripts_a_person_is_found_by_card_or_whole_name(self, own, board):
        someone = factories.person(own, "Đỗ Thị Hòa", card_number="555")
        board.post(NEW, form(own, row(0, person_words="555")))
        board.post(NEW, form(own, row(0, person_words="do thi hoa")))
        assert [item.person for item in ChangeItem.objects.all()] == [someone, someone]

    def test_without_scripts_a_row_is_added_and_looked_ahead_from(self, own, board):
        someone = factories.person(own, "Đỗ Thị Hòa")
        added = board.post(NEW, form(own, row(0, someone), **{"them-dong": "1"}))
        assert "Dòng 2" in text_of(added)
        ahead = board.post(NEW, form(own, row(0, someone), **{"xem-truoc": "1"}))
        assert "Đỗ Thị Hòa: Ủy viên Ban Chấp hành" in text_of(ahead)
        assert not Dossier.objects.exists()


def _refuse(*args, **kwargs):
    from common.errors import Refused

    raise Refused("Không lập được hồ sơ này.")


CONGRESS = {
    "congress-label": "2020-2025",
    "congress-ordinal": "7",
    "congress-congress_on": "1/3/2022",
    "congress-planned_end": "1/3/2027",
    "congress-committee_size": "15",
}
BAD_ROWS = [
    ({"person": ""}, "Dòng 1 · Đồng chí: Hãy chọn đồng chí, hoặc đánh dấu “Đồng chí chưa có trong danh sách”"),
    ({"person": "999999"}, "Không tìm thấy đồng chí này trong phạm vi của bạn."),
    ({"person": "1 OR 1"}, "Không tìm thấy đồng chí này trong phạm vi của bạn."),
    ({"position": ""}, "Dòng 1 · Chức danh: Hãy chọn chức danh."),
    ({"position": "emperor"}, "Không có lựa chọn “emperor”."),
    ({"position": "standing_member"}, "Đảng bộ Sở Xây dựng không có Ban Thường vụ vào ngày 15/3/2022"),
    ({"method": ""}, "Hãy chọn hình thức: bầu bổ sung hay chỉ định."),
    ({"act": "release"}, "Hãy chọn lý do thôi."),
    ({"act": "annul"}, "Không có lựa chọn “annul”."),
    ({"elected_on": "31/2/2022"}, "Không đọc được ngày “31/2/2022”. Hãy nhập theo dạng ngày/tháng/năm"),
    ({"proposed_on": "1/1/1022"}, "Năm 1022 không hợp lý."),
    ({"note": "x" * 501}, "Dòng 1 · Ghi chú"),
    (newcomer(full_name="Mới"), "Dòng 1 · Họ và tên: Hãy nhập đủ họ và tên."),
    (newcomer(birth=""), "Hãy nhập ngày sinh."),
    (newcomer(birth="30/2/1980"), "Không đọc được ngày sinh “30/2/1980”."),
    (newcomer(birth="2021"), "Năm sinh 2021 không hợp lý"),
    (newcomer(gender=""), "Hãy chọn giới tính."),
    (newcomer(card_number="777"), "Số thẻ đảng viên này đã thuộc về một người khác."),
    (ballots(summoned=""), "Hãy nhập số này, hoặc để trống tất cả các ô của kết quả bầu."),
    (ballots(present=16), "Số có mặt (16) nhiều hơn số triệu tập (15)."),
    (ballots(valid=15), "Số phiếu hợp lệ (15) nhiều hơn số phiếu thu về (14)."),
    (ballots(in_favour="chín"), "Hãy nhập một số nguyên, ví dụ 15."),
    (ballots(in_favour=-1), "Số này phải từ 0 trở lên."),
    (ballots(excluded=2), "Hãy ghi vì sao không tính 2 đồng chí."),
    (ballots(excluded=15, excluded_reason="Ốm"), "Số không tính (15) phải ít hơn số triệu tập (15)."),
    (ballots(seats=1), "hãy nhập cả số người trong danh sách bầu."),
    (ballots(slate=2), "hãy nhập cả số lượng cần bầu."),
    (ballots(seats=3, slate=2), "Danh sách bầu (2) ít hơn số lượng cần bầu (3)."),
]


class TestBadInput:
    @pytest.mark.parametrize(
        ("fields", "sentence"), BAD_ROWS, ids=lambda value: value if isinstance(value, str) else ""
    )
    def test_is_named_beside_its_field_and_on_top_and_nothing_is_written(self, own, board, fields, sentence):
        someone = factories.person(own, card_number="777")
        answer = shown(board.post(NEW, form(own, row(0, someone, **fields), row(1, **newcomer(birth="1990")))))
        assert sentence in answer
        assert "Chưa lưu được. Hãy sửa các chỗ sau:" in answer
        assert not Dossier.objects.exists()
        assert Person.objects.count() == 1

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"congress-label": "2025"}, "Hãy ghi nhiệm kỳ theo dạng 2025-2030"),
            ({"congress-label": "2025-2020"}, "năm đầu trước năm cuối"),
            ({"congress-ordinal": ""}, "Hãy nhập đại hội lần thứ mấy"),
            ({"congress-congress_on": ""}, "Hãy nhập ngày đại hội."),
            ({"congress-planned_end": ""}, "Hãy nhập ngày kết thúc nhiệm kỳ theo kế hoạch."),
            ({"congress-planned_end": "1/3/2022"}, "Nhiệm kỳ phải kết thúc sau ngày đại hội."),
            ({"congress-committee_size": "0"}, "Số này phải từ 1 trở lên."),
            ({"items-0-position": "standing_member"}, "Chưa nhập số lượng Ban Thường vụ ở mục Đại hội"),
        ],
    )
    def test_of_a_congress(self, own, board, fields, sentence):
        sent = form(own, row(0, factories.person(own)), kind="congress") | CONGRESS | fields
        assert sentence in shown(board.post(NEW, sent))
        assert not Dossier.objects.exists()

    @pytest.mark.parametrize("code", ["", "KHONGCO"])
    def test_of_the_organization(self, own, board, code):
        answer = shown(board.post(NEW, form(own, row(0, factories.person(own)), organization=code)))
        assert "Tổ chức đảng: " in answer
        assert not Dossier.objects.exists()

    def test_leads_to_the_field_and_keeps_what_was_typed(self, own, board):
        answer = board.post(NEW, form(own, row(0, **newcomer(full_name="Lê Thị Còn"), elected_on="hôm qua")))
        page = answer.content.decode()
        assert 'href="#id_items-0-elected_on"' in page
        assert 'id="id_items-0-elected_on"' in page
        assert 'value="hôm qua"' in page
        assert 'value="Lê Thị Còn"' in page

    def test_of_as_many_rows_as_a_dossier_takes_is_still_answered_in_words(self, own, board):
        rows = [row(index, note="x", **newcomer(full_name="Mới"), **ballots(seats=1, slate=1)) for index in range(60)]
        assert "Dòng 60 · Họ và tên: Hãy nhập đủ họ và tên." in shown(board.post(NEW, form(own, *rows)))

    def test_of_more_rows_than_a_dossier_takes(self, own, board):
        rows = [row(index, factories.person(own)) for index in (0, 1)] + [row(index) for index in range(2, 61)]
        assert "Một hồ sơ nhiều nhất 60 dòng." in shown(board.post(NEW, form(own, *rows)))

    def test_what_an_action_says_against_a_row_stands_beside_the_row(self, own, board, monkeypatch):
        def block(*args, **kwargs):
            from common.errors import Blocked
            from regulations.findings import Finding, Severity

            raise Blocked([Finding(Severity.BLOCK, "Không được như vậy.", place="items-1")])

        monkeypatch.setattr("personnel.drafting.draft", block)
        rows = row(0, factories.person(own)), row(1, factories.person(own))
        page = board.post(NEW, form(own, *rows))
        assert page.status_code == 422
        assert "Không được như vậy." in page.content.decode().partition('id="items-1"')[2].partition("</fieldset>")[0]


class TestOpening:
    def test_an_address_fills_in_the_first_row(self, own, board):
        someone = factories.person(own, "Đỗ Thị Hòa")
        asked = {"to-chuc": "SXD", "chuc-danh": "secretary", "noi-dung": "release", "dong-chi": someone.pk}
        page = board.get(NEW, asked).content.decode()
        for chosen in ('value="SXD" selected', 'value="secretary" selected', 'value="release" selected'):
            assert chosen in page.replace(' data-body="committee"', "")
        assert f'<option value="{someone.pk}" selected>Đỗ Thị Hòa, sinh 1975, Đảng bộ Sở Xây dựng</option>' in page

    def test_an_address_of_nonsense_fills_in_nothing(self, own, board):
        asked = {"to-chuc": "x", "chuc-danh": "x", "noi-dung": "x", "dong-chi": "x", "loai": "x"}
        assert board.get(NEW, asked).status_code == 200

    def test_a_draft_opens_as_it_was_saved(self, own, board):
        someone = factories.person(own, "Đỗ Thị Hòa")
        item = factories.appointment(someone, elected_on=date(2022, 3, 10), vote=factories.votes(9, 15, excluded=1))
        page = board.get(edit_page(factories.dossier(own, item))).content.decode()
        assert "Đỗ Thị Hòa, sinh 1975" in page
        assert 'value="10/03/2022"' in page
        assert 'name="items-0-vote-excluded_reason" value="Vắng có lý do"' in page

    @pytest.mark.parametrize("state", ["submitted", "withdrawn", "confirmed"])
    def test_only_drafts_are_edited(self, own, board, state):
        item = factories.appointment(factories.person(own))
        dossier = factories.confirmed(own, item) if state == "confirmed" else factories.dossier(own, item)
        if state == "submitted":
            submit(dossier, by=factories.office(), on=DAY, explanation="Đúng hồ sơ")
        if state == "withdrawn":
            withdraw(dossier, by=factories.office(), reason="Lập nhầm")
        response = board.get(edit_page(dossier), follow=True)
        assert response.redirect_chain == [(dossier.get_absolute_url(), 302)]
        assert "nên không sửa được nữa" in text_of(response)

    def test_a_row_is_made_with_the_number_asked_for(self, board):
        page = board.get(ROW, {"thu-tu": "7", "loai": "supplement"}).content.decode()
        assert 'name="items-7-position"' in page
        assert board.get(ROW, {"thu-tu": "-1", "loai": "x"}).status_code == 200

    def test_takes_the_same_queries_with_one_row_and_with_twelve(self, own, board):
        few, many = (
            factories.dossier(own, *(factories.appointment(factories.person(own)) for _ in range(count)))
            for count in (1, 12)
        )
        assert queries(board, edit_page(many)) == queries(board, edit_page(few)) <= 15


def queries(client: Client, url: str, data: dict | None = None) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(NEW)  # content types and the like are fetched once in a process
    with CaptureQueriesContext(connection) as captured:
        response = client.post(url, data) if data else client.get(url)
    assert response.status_code == 200
    return len(captured)


class TestLookingAhead:
    def test_says_what_begins_what_ends_and_what_results(self, own, board):
        leaving = factories.person(own, "Đỗ Thị Hòa")
        factories.seated(leaving, own, on=date(2021, 3, 1))
        factories.seated(leaving, own, Position.SECRETARY, on=date(2021, 3, 1))
        release = row(0, leaving, act="release", release_reason="retirement")
        answer = ahead(board, form(own, release, row(1, **newcomer())))
        assert "Phạm Thị Mới: Ủy viên Ban Chấp hành, Đảng bộ Sở Xây dựng, từ 15/3/2022 (Chỉ định)" in answer
        assert (
            "Đỗ Thị Hòa: Bí thư, Đảng bộ Sở Xây dựng, từ 15/3/2022 (Nghỉ hưu) hệ quả, không tính là một lượt" in answer
        )
        assert "Ban Chấp hành: 1 → 1, được duyệt 3 · khuyết 2" in answer
        assert "Chỗ khuyết mới Bí thư" in answer

    def test_says_what_rules_say_and_on_what_they_rest(self, own, board):
        answer = ahead(board, form(own, row(0, factories.person(own), **ballots(in_favour=7))))
        assert "Phải sửa:" in answer
        assert "Căn cứ: " in answer

    @pytest.mark.parametrize(
        ("numbers", "verdict"),
        [
            (ballots(), "Cần ít nhất 8/15 phiếu; được 9: trúng cử."),
            (ballots(in_favour=7), "Cần ít nhất 8/15 phiếu; được 7: không trúng cử."),
            (ballots(excluded=1, in_favour=8), "Cần ít nhất 8/14 phiếu; được 8: trúng cử."),
            (ballots(in_favour="", valid=""), "Cần ít nhất 8/15 phiếu."),
            (ballots(summoned="x"), ""),
            (ballots(excluded=15), ""),
        ],
    )
    def test_says_the_verdict_of_each_vote(self, own, board, numbers, verdict):
        page = board.post(PREVIEW, form(own, row(0, **numbers))).content.decode()
        assert f'<span id="items-0-verdict" hx-swap-oob="innerHTML">{verdict}</span>' in page

    @pytest.mark.parametrize(
        "fields", [{"position": ""}, {"method": ""}, {"person": "x"}, {"act": "x"}, newcomer(birth="1")]
    )
    def test_leaves_rows_out_that_are_not_whole(self, own, board, fields):
        whole = factories.person(own, "Đỗ Thị Hòa")
        answer = ahead(board, form(own, row(0, factories.person(own, "Lê Dở Dang"), **fields), row(1, whole)))
        assert "Đỗ Thị Hòa" in answer
        assert "Dở Dang" not in answer

    @pytest.mark.parametrize("organization", ["", "x"])
    def test_says_what_is_missing_while_nothing_is_whole(self, own, board, organization):
        answer = ahead(board, form(own, row(0, factories.person(own)), organization=organization))
        assert "Chọn tổ chức đảng và nhập đủ một nội dung" in answer

    def test_of_a_congress_needs_the_congress(self, bloc, board):
        own = factories.organization(bloc, code="MOI")
        sent = form(own, row(0, factories.person(own)), kind="congress")
        assert "Chọn tổ chức đảng" in ahead(board, sent)
        assert "Ủy viên Ban Chấp hành" in ahead(board, sent | CONGRESS)

    def test_writes_nothing(self, own, board):
        ahead(board, form(own, row(0, **newcomer())))
        assert not Person.objects.exists()
        assert not Dossier.objects.exists()

    def test_is_not_told_of_an_organization_outside_the_scope(self, bloc, own):
        elsewhere = factories.organization(bloc)
        factories.term(elsewhere)
        clerk = as_role(Role.GRASSROOTS_CLERK, own, DAY)
        answer = ahead(clerk, form(elsewhere, row(0, factories.person(own))))
        assert "Chọn tổ chức đảng" in answer

    @pytest.mark.parametrize("newcomers", [False, True])
    def test_takes_at_most_ten_queries_however_many_rows(self, own, board, newcomers):
        few, many = (
            form(own, *(row(index, factories.person(own), **ballots()) for index in range(count))) for count in (1, 12)
        )
        if newcomers:
            many |= row(12, **newcomer())
        assert queries(board, PREVIEW, many) == queries(board, PREVIEW, few) <= 10

    def test_takes_at_most_ten_queries_for_a_correction_too(self, own, board):
        items = [factories.appointment(factories.person(own)) for _ in range(2)]
        sent = correction(factories.confirmed(own, *items), mending="amend")
        assert queries(board, PREVIEW, sent) <= 10

    def test_names_no_seat_outside_the_scope(self, bloc, own):
        elsewhere = factories.organization(bloc, name="Đảng bộ Sở Khác")
        factories.term(elsewhere)
        someone = factories.person(own, "Đỗ Thị Hòa")
        for place in (own, elsewhere):
            factories.seated(someone, place)
        sent = form(own, row(0, someone, act="release", release_reason="retirement", proposed_on="1/4/2022"))
        clerk = as_role(Role.GRASSROOTS_CLERK, own, date(2022, 4, 1))
        looks = ahead(clerk, sent), text_of(clerk.post(NEW, sent | {"xem-truoc": "1"}))
        clerk.post(NEW, sent)
        looks += (text_of(clerk.get(reverse("personnel:dossier_submit", args=[Dossier.objects.latest("pk").pk]))),)
        for look in looks:
            assert "Đỗ Thị Hòa: Ủy viên Ban Chấp hành, Đảng bộ Sở Xây dựng, từ 01/4/2022" in look
            assert "và 1 chức danh ở tổ chức đảng ngoài phạm vi của bạn." in look
            assert "Sở Khác" not in look
        assert "Sở Khác" in ahead(as_board(bloc, date(2022, 4, 1)), sent)

    def test_counts_nothing_elsewhere_when_all_lies_in_the_scope(self, own, board):
        assert "ngoài phạm vi" not in ahead(board, form(own, row(0, factories.person(own))))


def ahead(client: Client, sent: dict[str, str]) -> str:
    response = client.post(PREVIEW, sent)
    assert response.status_code == 200
    response.content = b"<main>" + response.content + b"</main>"
    return text_of(response)


class TestPeopleToChooseFrom:
    def test_are_found_without_accents_by_year_and_by_card(self, own, board):
        hoa = factories.person(own, "Đỗ Thị Hòa", card_number="555", birth_date=date(1980, 2, 1))
        factories.person(own, "Đỗ Thị Hoa")
        for words in ("hoa 1980", "555", "đỗ hòa 1980"):
            [found] = board.get(PEOPLE, {"q": words}).json()["people"]
            assert found == {"value": str(hoa.pk), "text": "Đỗ Thị Hòa, sinh 1980, Đảng bộ Sở Xây dựng"}

    def test_are_at_most_twenty_members_of_the_organization_first(self, bloc, own, board):
        for _ in range(21):
            factories.person(bloc, "An Văn An")
        factories.person(own, "Vũ Thị Yến")
        found = board.get(PEOPLE, {"to-chuc": own.code}).json()["people"]
        assert len(found) == 20
        assert found[0]["text"].startswith("Vũ Thị Yến")

    def test_are_those_of_the_scope(self, bloc, own):
        factories.person(bloc, "Người Ngoài")
        assert as_role(Role.GRASSROOTS_CLERK, own).get(PEOPLE, {"q": "ngoai"}).json() == {"people": []}


class TestRights:
    def test_a_clerk_drafts_for_the_own_organization_alone(self, bloc, own):
        elsewhere = factories.organization(bloc, name="Đảng bộ Sở Khác")
        factories.term(elsewhere)
        clerk = as_role(Role.GRASSROOTS_CLERK, own, DAY)
        assert "Đảng bộ Sở Khác" not in clerk.get(NEW).content.decode()
        assert clerk.post(NEW, form(elsewhere, row(0, factories.person(own)))).status_code == 422
        assert clerk.post(NEW, form(own, row(0, factories.person(own)))).status_code == 302
        assert Dossier.objects.get().organization == own

    def test_somebody_outside_the_scope_cannot_be_named(self, bloc, own):
        clerk = as_role(Role.GRASSROOTS_CLERK, own, DAY)
        outsider = factories.person(bloc)
        assert "Không tìm thấy đồng chí này" in shown(clerk.post(NEW, form(own, row(0, outsider))))

    def test_the_inspections_clerk_enters_inspection_positions_alone(self, bloc, own):
        inspector = as_role(Role.INSPECTION, bloc, DAY)
        page = inspector.get(NEW).content.decode()
        assert 'value="inspection_member"' in page
        assert 'value="committee_member"' not in page
        someone = factories.person(own)
        assert inspector.post(NEW, form(own, row(0, someone))).status_code == 422
        allowed = row(0, someone, position=Position.INSPECTION_MEMBER, method="supplementary_election")
        assert inspector.post(NEW, form(own, allowed)).status_code == 302

    def test_the_inspections_clerk_does_not_open_what_others_draft(self, bloc, own):
        dossier = factories.dossier(own, factories.appointment(factories.person(own)))
        inspector = as_role(Role.INSPECTION, bloc)
        assert inspector.get(edit_page(dossier)).headers["Location"] == dossier.get_absolute_url()
        assert inspector.post(edit_page(dossier), sent_again(dossier)).status_code == 302
        assert dossier.items.count() == 1
        assert inspector.post(AUTOSAVE, sent_again(dossier)).status_code == 403
        confirmed = factories.confirmed(own, factories.appointment(factories.person(own)))
        assert inspector.get(NEW, {"dinh-chinh": confirmed.pk}).status_code == 403

    @pytest.mark.parametrize("role", [Role.LEADER, Role.CONFIRMER, Role.ADMINISTRATOR])
    def test_others_open_nothing(self, bloc, own, role):
        client = as_role(role, bloc)
        dossier = factories.dossier(own)
        for address in (NEW, ROW, PEOPLE, edit_page(dossier)):
            assert client.get(address).status_code == 403
        for address in (NEW, PREVIEW, AUTOSAVE, DISCARD):
            assert client.post(address, form(own)).status_code == 403

    def test_what_lies_outside_the_scope_is_not_there(self, bloc, own):
        clerk = as_role(Role.GRASSROOTS_CLERK, factories.organization(bloc))
        dossier = factories.dossier(own, factories.appointment(factories.person(own)))
        sent = {"dossier": str(dossier.pk)}
        assert clerk.get(edit_page(dossier)).status_code == 404
        assert clerk.post(edit_page(dossier), sent_again(dossier)).status_code == 404
        assert clerk.post(AUTOSAVE, sent).status_code == 404
        assert clerk.post(DISCARD, sent).status_code == 404
        confirmed = factories.confirmed(own, factories.appointment(factories.person(own)))
        assert clerk.get(NEW, {"dinh-chinh": confirmed.pk}).status_code == 404
        assert clerk.post(NEW, form(own, corrects=str(confirmed.pk))).status_code == 404


class TestTwoWriters:
    def test_a_second_sending_makes_no_second_dossier(self, own, board):
        sent = form(own, row(0, factories.person(own)), row(1, **newcomer(card_number="99")))
        first, second = board.post(NEW, sent), board.post(NEW, sent)
        assert first.headers["Location"] == second.headers["Location"]
        assert Dossier.objects.count() == 1
        assert Person.objects.count() == 2

    def test_the_form_of_a_dossier_already_made_changes_it_only_when_told_so(self, own, board):
        sent = form(own, row(0, factories.person(own, "Đỗ Thị Hòa")))
        board.post(NEW, sent)
        answer = shown(board.post(NEW, sent | row(1, factories.person(own, "Lê Văn Thêm"))), 409)
        assert "Lê Văn Thêm" in answer
        assert ChangeItem.objects.count() == 1

    def test_the_second_writer_sees_both_versions_and_nothing_is_lost(self, own, board):
        dossier, sent = self.overtaken(own)
        page = board.post(edit_page(dossier), sent)
        answer = shown(page, 409)
        assert "Bổ sung Ủy viên Ban Chấp hành: Lê Của Tôi, sinh 1975 Chỉ định; ghi chú: của tôi không có khác" in answer
        assert "Bổ sung Ủy viên Ban Chấp hành: Vũ Của Họ, sinh 1975 không có Chỉ định khác" in answer
        assert dossier.items.get().person.full_name == "Vũ Của Họ"

    def test_the_second_writer_saves_over_it_when_told_so(self, own, board):
        dossier, sent = self.overtaken(own)
        hidden = hidden_fields(board.post(edit_page(dossier), sent))
        assert board.post(edit_page(dossier), hidden | {"luu": "1"}).status_code == 302
        assert dossier.items.get().note == "của tôi"

    def test_the_second_writer_goes_on_writing(self, own, board):
        dossier, sent = self.overtaken(own)
        hidden = hidden_fields(board.post(edit_page(dossier), sent))
        page = board.post(edit_page(dossier), hidden | {"sua-tiep": "1"}).content.decode()
        assert 'value="của tôi"' in page
        assert 'name="edition" value="2"' in page

    def test_saving_twice_what_is_the_same_is_no_conflict(self, own, board):
        dossier = factories.dossier(own)
        sent = sent_again(dossier, row(0, **newcomer(card_number="99")))
        first, second = (board.post(edit_page(dossier), sent) for _ in range(2))
        assert first.status_code == second.status_code == 302
        assert Dossier.objects.get().edition == 2

    def test_a_draft_that_moved_on_meanwhile_is_not_changed(self, own, board):
        dossier = factories.dossier(own, factories.appointment(factories.person(own)))
        sent = sent_again(dossier, row(0, factories.person(own)))
        submit(dossier, by=factories.office(), on=DAY, explanation="Đúng hồ sơ")
        assert board.post(edit_page(dossier), sent).headers["Location"] == dossier.get_absolute_url()

    def overtaken(self, own: Organization) -> tuple[Dossier, dict[str, str]]:
        """Return a draft that somebody else has saved since the form was opened, and what that form sends."""
        dossier = factories.dossier(own)
        sent = sent_again(dossier, row(0, factories.person(own, "Lê Của Tôi"), note="của tôi"))
        theirs = factories.appointment(factories.person(own, "Vũ Của Họ"))
        save_draft(dossier, by=factories.office(), edition=dossier.edition, items=[theirs])
        return dossier, sent


def hidden_fields(response) -> dict[str, str]:
    return response.context["typed"]


class TestUnfinished:
    def test_is_kept_and_comes_back(self, own, board):
        answer = board.post(AUTOSAVE, form(own, row(0, elected_on="1/3/", **newcomer(full_name="Lê Thị Dở"))))
        assert answer.json()["saved_at"]
        page = board.get(NEW)
        assert "Đã khôi phục nội dung bạn nhập dở lúc" in text_of(page)
        assert 'value="1/3/"' in page.content.decode()
        assert 'value="Lê Thị Dở"' in page.content.decode()
        assert "Chưa lưu được" not in text_of(page)

    def test_of_a_draft_comes_back_with_the_draft(self, own, board):
        dossier = factories.dossier(own)
        board.post(AUTOSAVE, sent_again(dossier, row(0, note="dở dang")))
        assert "Đã khôi phục" not in text_of(board.get(NEW))
        assert 'value="dở dang"' in board.get(edit_page(dossier)).content.decode()

    def test_is_its_owners_alone(self, bloc, own, board):
        board.post(AUTOSAVE, form(own, row(0, note="dở dang")))
        assert "Đã khôi phục" not in text_of(as_board(bloc).get(NEW))

    def test_is_dropped_on_demand(self, own, board):
        board.post(AUTOSAVE, form(own, row(0, note="dở dang")))
        assert board.post(DISCARD).headers["Location"] == NEW
        assert "Đã khôi phục" not in text_of(board.get(NEW))

    def test_is_dropped_when_the_form_is_saved(self, own, board):
        sent = form(own, row(0, factories.person(own)))
        board.post(AUTOSAVE, sent)
        board.post(NEW, sent)
        dossier = Dossier.objects.get()
        again = sent_again(dossier, row(0, factories.person(own)))
        board.post(AUTOSAVE, again)
        board.post(edit_page(dossier), again)
        assert not UnfinishedForm.objects.exists()

    def test_is_not_kept_again_after_saving(self, own, board):
        sent = form(own, row(0, factories.person(own)))
        board.post(NEW, sent)
        assert board.post(AUTOSAVE, sent).json() == {"saved_at": None}
        assert not UnfinishedForm.objects.exists()

    def test_of_a_draft_saved_by_somebody_else_is_a_conflict_when_sent(self, own, board):
        dossier = factories.dossier(own)
        board.post(AUTOSAVE, sent_again(dossier, row(0, factories.person(own))))
        save_draft(dossier, by=factories.office(), edition=dossier.edition, items=[])
        assert 'name="edition" value="1"' in board.get(edit_page(dossier)).content.decode()

    def test_gives_way_to_an_address_that_fills_in_and_is_not_lost_by_it(self, own, board):
        board.post(AUTOSAVE, form(own, row(0, note="dở dang")))
        page = board.get(NEW, {"to-chuc": own.code})
        assert "Bạn còn một hồ sơ nhập dở lúc" in text_of(page)
        assert 'value="dở dang"' not in page.content.decode()
        assert UnfinishedForm.objects.exists()

    def test_of_no_sensible_size_is_not_kept(self, own, board):
        assert board.post(AUTOSAVE, form(own, row(0, note="x" * 300_000))).json() == {"saved_at": None}

    def test_is_not_kept_for_a_visitor(self, own):
        assert Client().post(AUTOSAVE, form(own)).status_code == 302
        assert signed_in(factories.user(role=None)).post(AUTOSAVE, form(own)).status_code == 403


def correction(of: Dossier, **fields: str) -> dict[str, str]:
    """Return what the form of a correction sends, with these fields in each row and the rest as it was recorded."""
    sent = {"organization": of.organization.code, "kind": "correction", "corrects": str(of.pk)}
    sent["form_key"] = str(uuid.uuid4())
    for index, item in enumerate(of.items.order_by("pk")):
        sent |= row(index, item.person, corrects=item.pk, **fields)
    return sent


class TestCorrecting:
    def test_opens_with_each_item_as_it_was_recorded(self, own, board):
        dossier = factories.confirmed(own, factories.appointment(factories.person(own, "Đỗ Thị Hòa")))
        page = board.get(NEW, {"dinh-chinh": dossier.pk})
        assert f"Đính chính hồ sơ {dossier.code}" in text_of(page)
        assert "Đã ghi: Bổ sung Ủy viên Ban Chấp hành: Đỗ Thị Hòa, từ 10/3/2022" in text_of(page)
        assert 'value="10/03/2022"' in page.content.decode()

    def test_mends_and_annuls_and_leaves_the_rest(self, own, board):
        items = [factories.appointment(factories.person(own)) for _ in range(3)]
        dossier = factories.confirmed(own, *items)
        sent = correction(dossier) | {"items-0-mending": "amend", "items-0-proposed_on": "12/3/2022"}
        assert board.post(NEW, sent | {"items-1-mending": "annul"}).status_code == 302
        mending = Dossier.objects.get(corrects=dossier)
        amended, annulled = mending.items.order_by("pk")
        first, second, _ = dossier.items.order_by("pk")
        assert (amended.corrects, amended.act, amended.proposed_on) == (first, Act.APPOINT, date(2022, 3, 12))
        assert (annulled.corrects, annulled.act) == (second, Act.ANNUL)

    def test_is_edited_as_a_draft_with_what_it_leaves_as_it_is(self, own, board):
        items = [factories.appointment(factories.person(own)) for _ in range(2)]
        dossier = factories.confirmed(own, *items)
        board.post(NEW, correction(dossier) | {"items-0-mending": "annul"})
        mending = Dossier.objects.get(corrects=dossier)
        page = board.get(edit_page(mending))
        assert text_of(page).count("Đã ghi:") == 2
        assert page.content.decode().count('value="annul" selected') == 1

    def test_looks_ahead(self, own, board):
        someone = factories.person(own, "Đỗ Thị Hòa")
        dossier = factories.confirmed(own, factories.appointment(someone))
        answer = ahead(board, correction(dossier, mending="amend", proposed_on="12/3/2022"))
        assert "Đỗ Thị Hòa: Ủy viên Ban Chấp hành, Đảng bộ Sở Xây dựng, từ 12/3/2022" in answer

    def test_is_only_of_what_is_confirmed(self, own, board):
        draft = factories.dossier(own, factories.appointment(factories.person(own)))
        assert board.get(NEW, {"dinh-chinh": draft.pk}).status_code == 404
        assert board.get(NEW, {"dinh-chinh": "x"}).status_code == 404

    def test_unfinished_goes_on_where_it_was(self, own, board):
        dossier = factories.confirmed(own, factories.appointment(factories.person(own)))
        board.post(AUTOSAVE, correction(dossier, note="dở dang"))
        for asked in ({}, {"dinh-chinh": dossier.pk}):
            page = board.get(NEW, asked)
            assert "Đã khôi phục" in text_of(page)
            assert f"Đính chính hồ sơ {dossier.code}" in text_of(page)

    def test_unfinished_that_can_no_longer_be_opened_may_be_thrown_away(self, bloc, own):
        user = factories.user(Role.GRASSROOTS_CLERK, own)
        clerk = signed_in(user, DAY)
        mended = factories.confirmed(own, factories.appointment(factories.person(own)))
        clerk.post(AUTOSAVE, correction(mended, note="dở dang"))
        moved = factories.organization(bloc, code="MOI")
        user.assignments.update(organization=moved)
        page = clerk.get(NEW)
        assert "hồ sơ được đính chính không còn mở được trong phạm vi của bạn" in text_of(page)
        assert f'action="{DISCARD}"' in page.content.decode()
        assert "dở dang" not in page.content.decode()
        assert clerk.get(NEW, {"dinh-chinh": mended.pk}).status_code == 404
        clerk.post(DISCARD)
        assert "không còn mở được" not in text_of(clerk.get(NEW))

    def test_unfinished_of_a_dossier_that_may_no_longer_be_written_may_be_thrown_away(self, bloc, own):
        user = factories.user(Role.ORGANIZATION_BOARD, bloc)
        board = signed_in(user, DAY)
        mended = factories.confirmed(own, factories.appointment(factories.person(own)))
        board.post(AUTOSAVE, correction(mended, note="dở dang"))
        user.assignments.update(role=Role.INSPECTION)
        assert "không còn mở được" in text_of(board.get(NEW))


def test_the_page_is_told_which_bodies_each_organization_has(own, board):
    page = board.get(NEW)
    assert json.loads(page.context["entry"].bodies_in_json)["SXD"] == ["committee", "inspection_committee"]
