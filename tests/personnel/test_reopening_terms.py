"""A term closed by mistake goes on again, by a correcting paper, with all the seats that ended with it."""

from datetime import date

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from accounts.roles import Role
from common.errors import NotAllowed, Refused, WrongState
from organizations.models import Document, Organization, Term
from organizations.scope import Right
from personnel.actions import close_term, reopen_term
from personnel.models import Dossier, Holding
from reorganizations.drafts import Successor
from tests import factories
from tests.common.test_undoing import rows
from tests.pages import as_board, as_role, text_of

pytestmark = pytest.mark.django_db
ENDED, CORRECTED = date(2023, 7, 1), date(2023, 8, 1)
PAPER = {
    "source": "new",
    "type": "QĐ",
    "issued_by": "KHOI",
    "number": "12",
    "symbol": "ĐUK",
    "issued_on": "01/8/2023",
    "summary": "Về nhiệm kỳ",
    "reason": "Ghi nhầm tổ chức",
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
def term(place) -> Term:
    """A term with a seat that goes on and one that ended before."""
    made = factories.term(place)
    for name in ("Lê Văn An", "Lê Văn Bình"):
        factories.seated(factories.person(place, name), place)
    left = Holding.objects.get(person__full_name="Lê Văn Bình").person
    factories.confirmed(place, factories.release(left, proposed_on=date(2023, 1, 1)), on=date(2023, 1, 1))
    return made


def close(term: Term) -> Dossier:
    return close_term(term, ended_on=ENDED, decision=factories.document(issued_on=ENDED), by=factories.office())


def reopen(term: Term, **fields) -> Dossier:
    fields = {"reason": "Ghi nhầm", "by": factories.office()} | fields
    return reopen_term(term, decision=fields.pop("decision", None) or factories.document(issued_on=CORRECTED), **fields)


class TestReopening:
    def test_puts_the_term_and_its_seats_back(self, term):
        before = rows()
        closed = close(term)
        reopen(term)
        after = rows()
        readable = {Dossier._meta.db_table, Document._meta.db_table}
        assert {table for table in after if after[table] != before[table]} == readable
        assert Dossier.objects.filter(pk=closed.pk).exists()

    def test_is_told_by_a_dossier_that_corrects_the_closing(self, place, term):
        closed = close(term)
        made = reopen(term)
        assert (made.kind, made.corrects, made.is_recorded) == (Dossier.Kind.CORRECTION, closed, True)
        assert made.explanation.endswith("không kết thúc từ ngày 01/7/2023 mà tiếp tục cùng mọi chức danh. Ghi nhầm")
        board = as_board(place.parent)
        assert closed.code in text_of(board.get(made.get_absolute_url()))
        assert board.get(closed.get_absolute_url()).status_code == 200

    def test_is_journaled_as_one_act_with_its_reason(self, term):
        close(term)
        decision, last = factories.document(issued_on=CORRECTED), LogEntry.objects.order_by("-pk").first().pk
        reopen(term, decision=decision)
        entries = LogEntry.objects.filter(pk__gt=last)
        assert {(each.additional_data["act"], each.additional_data["reason"]) for each in entries} == {
            ("Mở lại nhiệm kỳ", "Ghi nhầm")
        }

    def test_may_be_followed_by_a_closing_and_that_by_another_reopening(self, term):
        for _ in range(2):
            close(term)
            reopen(term)
        term.refresh_from_db()
        assert term.valid_to is None
        assert Holding.objects.filter(valid_to=None).count() == 1

    def test_a_term_that_goes_on_stays(self, term):
        with pytest.raises(WrongState, match="đang tiếp tục"):
            reopen(term)

    def test_not_once_a_later_term_has_opened(self, place, term):
        close(term)
        factories.congress(place, (factories.person(place), "committee_member"), on=date(2023, 9, 1))
        with pytest.raises(Refused, match="Đã có nhiệm kỳ 2023-2028 sau đó"):
            reopen(term)

    def test_not_of_an_organization_that_has_ended(self, bloc, place, term):
        close(term)
        heir = factories.organization(bloc)
        factories.reorganize("merged", place, on=date(2023, 9, 1), successors=(Successor(heir),))
        with pytest.raises(Refused, match="đã kết thúc hoạt động từ ngày 01/9/2023"):
            reopen(term)

    def test_not_of_a_term_that_ended_otherwise(self, place, term):
        term.valid_to = ENDED
        term.save()
        with pytest.raises(Refused, match="không kết thúc bằng việc"):
            reopen(term)

    def test_not_when_a_seat_was_changed_since(self, term):
        close(term)
        seat = Holding.objects.get(person__full_name="Lê Văn An")
        seat.valid_to = date(2023, 6, 1)
        seat.save()
        before = rows()
        with pytest.raises(Refused, match="đã được sửa sau đó"):
            reopen(term, decision=Document.objects.order_by("issued_on").last())
        assert rows() == before

    def test_wants_a_reason_and_a_paper_not_older_than_the_closing(self, term):
        close(term)
        with pytest.raises(Refused, match="lý do"):
            reopen(term, reason=" ")
        with pytest.raises(Refused, match="phải từ ngày 01/7/2023"):
            reopen(term, decision=factories.document(issued_on=date(2023, 6, 30)))

    @pytest.mark.parametrize("right", [right for right in Right if right != Right.KEEP_REGISTER])
    def test_needs_the_right_to_keep_the_register(self, term, right):
        close(term)
        with pytest.raises(NotAllowed):
            reopen(term, by=factories.holder_of(right))


class TestPages:
    @pytest.fixture
    def address(self, term) -> str:
        return reverse("personnel:term_reopen", args=["SXD", term.pk])

    def test_leads_to_it_whoever_may(self, bloc, term, address):
        page = reverse("personnel:organization_terms", args=["SXD"])
        assert address not in as_board(bloc).get(page).content.decode()
        close(term)
        offered = {role: address in as_role(role, bloc).get(page).content.decode() for role in Role}
        assert offered == dict.fromkeys(Role, False) | {Role.ORGANIZATION_BOARD: True}

    def test_reopens_under_a_new_paper_and_says_so_the_second_time(self, bloc, term, address):
        close(term)
        board = as_board(bloc)
        assert "01/7/2023" in text_of(board.get(address))
        assert "lại tiếp tục" in text_of(board.post(address, PAPER, follow=True))
        term.refresh_from_db()
        assert term.valid_to is None
        assert "đang tiếp tục" in text_of(board.post(address, PAPER, follow=True))
        assert Dossier.objects.filter(kind=Dossier.Kind.CORRECTION).count() == 1

    def test_names_what_is_wrong_and_writes_nothing(self, bloc, term, address):
        close(term)
        papers = Document.objects.count()
        for changes, sentence in (
            ({"reason": ""}, "Hãy ghi rõ lý do mở lại."),
            ({"issued_on": "30/6/2023"}, "phải từ ngày 01/7/2023"),
        ):
            answer = as_board(bloc).post(address, PAPER | changes)
            assert answer.status_code == 422
            assert sentence in answer.content.decode()
        assert Document.objects.count() == papers

    def test_others_do_not_open(self, place, term, address):
        close(term)
        for role in (Role.LEADER, Role.CONFIRMER, Role.GRASSROOTS_CLERK):
            assert as_role(role, place).get(address).status_code == 403
