"""Terms without a congress: ended before the next opens, put off; and how long a term is planned to last."""

from datetime import date, timedelta

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from accounts.roles import Role
from common.errors import Blocked, NeedsExplanation, NotAllowed, Refused, WrongState
from common.periods import today
from organizations.models import Document, Organization, Term
from organizations.scope import Right
from personnel.actions import close_term, postpone_congress, submit
from personnel.checks.terms import check_term_length, usual_months
from personnel.models import ChangeItem, Dossier, Holding
from regulations.findings import Severity
from regulations.rulebook import Rulebook
from tests import factories
from tests.pages import as_board, as_role, text_of

pytestmark = pytest.mark.django_db
ENDED = date(2025, 7, 1)
BEGINS = date(2025, 6, 15)


@pytest.fixture
def bloc() -> Organization:
    made = factories.organization(name="Đảng bộ Khối", code="KHOI")
    factories.term(made, planned_end=date(2027, 6, 15))
    return made


@pytest.fixture
def place(bloc) -> Organization:
    return factories.organization(bloc, name="Đảng bộ Sở Xây dựng", code="SXD")


@pytest.fixture
def term(place) -> Term:
    return factories.term(place)


@pytest.fixture
def cell(place) -> Organization:
    return factories.organization(place, "subordinate_cell", name="Chi bộ Văn phòng", code="VP")


class TestLength:
    def said(self, kind, months, ordinal=7):
        ends = date(BEGINS.year + (BEGINS.month - 1 + months) // 12, (BEGINS.month - 1 + months) % 12 + 1, 15)
        return [
            (each.rule, each.severity) for each in check_term_length(kind, ordinal, BEGINS, ends, Rulebook.of(BEGINS))
        ]

    @pytest.mark.parametrize(
        ("months", "rule"),
        [
            (23, "cell_term_months"),
            (24, "cell_term_leeway"),
            (29, "cell_term_leeway"),
            (30, None),
            (31, "cell_term_leeway"),
            (36, "cell_term_leeway"),
            (37, "cell_term_months"),
        ],
    )
    def test_of_a_subordinate_cell_is_two_and_a_half_years(self, months, rule):
        severity = {"cell_term_months": Severity.WARN, "cell_term_leeway": Severity.INFO}.get(rule)
        assert self.said("subordinate_cell", months) == ([(rule, severity)] if rule else [])

    @pytest.mark.parametrize("kind", ["bloc", "grassroots_committee", "grassroots_cell"])
    @pytest.mark.parametrize(("months", "is_said"), [(59, True), (60, False), (61, True)])
    def test_of_the_grassroots_and_above_is_five_years(self, kind, months, is_said):
        assert bool(self.said(kind, months)) is is_said

    def test_of_a_first_term_may_be_shorter_and_not_longer(self):
        assert self.said("grassroots_committee", 20, ordinal=1) == []
        assert self.said("grassroots_committee", 61, ordinal=1) == [("term_months", Severity.INFO)]

    def test_of_a_section_committee_no_rule_tells(self):
        assert self.said("section_committee", 12) == []
        assert usual_months("section_committee", Rulebook.of(BEGINS)) is None

    def test_is_judged_with_the_congress(self, cell):
        someone = factories.person(cell)
        late = {"planned_end": date(2025, 6, 15), "standing_size": None, "inspection_size": None}
        made = factories.dossier(
            cell,
            factories.appointment(someone, method="congress", elected_on=date(2022, 2, 15)),
            kind="congress",
            congress=factories.congress_fields(date(2022, 2, 15)) | late,
        )
        with pytest.raises(NeedsExplanation) as raised:
            submit(made, by=factories.office(), on=date(2022, 2, 20))
        assert "cell_term_months" in {finding.rule for finding in raised.value.findings}


class TestClosing:
    def close(self, term, ended_on=ENDED, by=None, **fields) -> Dossier:
        return close_term(term, ended_on=ended_on, decision=factories.document(), by=by or factories.office(), **fields)

    def test_ends_the_term_with_all_its_seats_by_the_paper(self, place, term):
        someone = factories.person(place)
        for position in ("committee_member", "standing_member"):
            factories.seated(someone, place, position)
        dossier = self.close(term)
        term.refresh_from_db()
        assert term.valid_to == ENDED
        ends = set(Holding.objects.values_list("valid_to", "end_reason", "ended_by"))
        assert ends == {(ENDED, "end_of_term", dossier.pk)}
        assert dossier.state == Dossier.State.CONFIRMED
        assert dossier.is_recorded

    def test_counts_in_no_figure(self, place, term):
        factories.seated(factories.person(place), place)
        before = ChangeItem.objects.count()
        dossier = self.close(term)
        assert ChangeItem.objects.count() == before
        assert not dossier.items.exists()

    def test_leaves_seats_that_ended_before_alone(self, place, term):
        someone = factories.person(place)
        factories.seated(someone, place)
        factories.confirmed(place, factories.release(someone, proposed_on=date(2023, 1, 1)), on=date(2023, 1, 1))
        self.close(term)
        assert Holding.objects.get().end_reason == "retirement"

    def test_a_congress_may_follow_later(self, place, term):
        self.close(term)
        someone = factories.person(place)
        factories.congress(place, (someone, "committee_member"), on=date(2025, 9, 1))
        first, second = place.terms.order_by("valid_from")
        assert (first.valid_to, second.valid_from) == (ENDED, date(2025, 9, 1))

    @pytest.mark.parametrize(
        ("ended_on", "sentence"),
        [
            (factories.TERM_BEGINS, "phải kết thúc sau ngày đó"),
            (today() + timedelta(days=1), "chưa đến"),
        ],
    )
    def test_refuses_a_day_out_of_order(self, term, ended_on, sentence):
        with pytest.raises(Refused, match=sentence):
            self.close(term, ended_on)

    def test_the_day_after_it_began_will_do(self, term):
        self.close(term, factories.TERM_BEGINS + timedelta(days=1))

    def test_a_seat_that_begins_later_stands_in_the_way(self, place, term):
        factories.seated(factories.person(place, "Lê Văn Sau"), place, on=date(2022, 5, 1))
        with pytest.raises(Blocked) as raised:
            self.close(term, date(2022, 5, 1))
        assert "Lê Văn Sau" in raised.value.findings[0].message
        self.close(term, date(2022, 5, 2))

    def test_a_seat_that_ends_later_stands_in_the_way(self, place, term):
        someone = factories.person(place)
        factories.seated(someone, place)
        factories.confirmed(place, factories.release(someone, proposed_on=date(2023, 1, 2)), on=date(2023, 1, 2))
        with pytest.raises(Blocked):
            self.close(term, date(2023, 1, 1))
        self.close(term, date(2023, 1, 2))

    def test_ends_once(self, term):
        self.close(term)
        with pytest.raises(WrongState):
            self.close(term)

    def test_needs_the_right_there(self, term):
        with pytest.raises(NotAllowed):
            self.close(term, by=factories.holder_of(Right.DRAFT, Right.CONFIRM))

    def test_is_journaled_as_one_act(self, place, term):
        factories.seated(factories.person(place), place)
        last = LogEntry.objects.order_by("-pk").first().pk
        self.close(term)
        entries = LogEntry.objects.filter(pk__gt=last).exclude(additional_data__act="Ghi nhận văn bản")
        assert {entry.additional_data["act"] for entry in entries} == {"Kết thúc nhiệm kỳ"}
        assert len({entry.cid for entry in entries}) == 1


class TestPostponing:
    def postpone(self, term, planned_end=date(2025, 9, 15), explanation="", by=None) -> date:
        given = {"planned_end": planned_end, "explanation": explanation}
        postpone_congress(term, decision=factories.document(), by=by or factories.office(), **given)
        return Term.objects.get(pk=term.pk).planned_end

    def test_moves_the_planned_end_and_records_the_paper(self, term):
        assert self.postpone(term, explanation="Chờ sắp xếp") == date(2025, 9, 15)
        dossier = Dossier.objects.get()
        assert dossier.decision == Document.objects.get()
        assert dossier.is_recorded
        assert "lùi từ ngày 15/6/2025 đến ngày 15/9/2025. Chờ sắp xếp" in dossier.explanation
        entry = LogEntry.objects.get_for_object(term).filter(action=LogEntry.Action.UPDATE).get()
        assert entry.additional_data["act"] == "Lùi thời gian đại hội"

    @pytest.mark.parametrize(("day", "goes"), [(date(2025, 6, 15), False), (date(2025, 6, 16), True)])
    def test_only_to_a_later_day(self, term, day, goes):
        if goes:
            assert self.postpone(term, day) == day
            return
        with pytest.raises(Refused, match="phải sau ngày đó"):
            self.postpone(term, day)

    def test_beyond_the_leeway_of_a_cell_a_reason_is_wanted(self, cell):
        term = factories.term(cell, planned_end=date(2022, 12, 15), standing=0, inspection=0)
        assert self.postpone(term, date(2023, 6, 15)) == date(2023, 6, 15)
        with pytest.raises(NeedsExplanation):
            self.postpone(term, date(2023, 7, 15))
        assert self.postpone(term, date(2023, 7, 15), "Dịch bệnh") == date(2023, 7, 15)

    def test_a_term_that_has_ended_stays(self, term):
        close_term(term, ended_on=ENDED, decision=factories.document(), by=factories.office())
        with pytest.raises(WrongState):
            self.postpone(term)

    def test_needs_the_right_there(self, term):
        with pytest.raises(NotAllowed):
            self.postpone(term, by=factories.holder_of(Right.DRAFT))


NEW_PAPER = {
    "source": "new",
    "type": "QĐ",
    "issued_by": "KHOI",
    "number": "12",
    "symbol": "ĐUK",
    "issued_on": "10/6/2025",
    "summary": "Về nhiệm kỳ",
}


class TestPages:
    def address(self, name, term) -> str:
        return reverse(f"personnel:{name}", args=[term.organization.code, term.pk])

    def test_closing_says_what_ends(self, bloc, place, term):
        someone = factories.person(place)
        for position in ("committee_member", "standing_member"):
            factories.seated(someone, place, position)
        shown = text_of(as_board(bloc).get(self.address("term_close", term)))
        assert "02 chức danh của 01 đồng chí" in shown

    def test_closes_under_a_new_paper(self, bloc, term):
        form = NEW_PAPER | {"ended_on": "1/7/2025"}
        response = as_board(bloc).post(self.address("term_close", term), form)
        assert response.status_code == 302, response.content.decode()
        term.refresh_from_db()
        assert term.valid_to == ENDED
        assert Document.objects.get(number=12).symbol == "ĐUK"

    def test_closes_under_a_known_paper_and_says_so_the_second_time(self, bloc, term):
        board = as_board(bloc)
        form = {"source": "existing", "existing": factories.document(bloc).pk, "ended_on": "1/7/2025"}
        assert board.post(self.address("term_close", term), form).status_code == 302
        again = board.post(self.address("term_close", term), form, follow=True)
        assert "đã kết thúc ngày 01/7/2025" in text_of(again)
        assert Dossier.objects.count() == 1

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"ended_on": ""}, "Hãy nhập ngày nhiệm kỳ kết thúc."),
            ({"ended_on": "1/1/2040"}, "chưa đến"),
            ({"ended_on": "15/6/2020"}, "phải kết thúc sau ngày đó"),
            ({"ended_on": "1/7/2025", "number": ""}, "Hãy ghi số văn bản."),
            ({"ended_on": "1/7/2025", "source": "none"}, "none"),
            ({"ended_on": "1/7/2025", "source": "existing"}, "Hãy chọn một văn bản trong danh sách."),
        ],
    )
    def test_closing_names_what_is_wrong_and_writes_nothing(self, bloc, term, changes, sentence):
        response = as_board(bloc).post(self.address("term_close", term), NEW_PAPER | changes)
        assert response.status_code == 422
        assert sentence in response.content.decode()
        assert not Document.objects.exists()

    def test_the_page_of_the_organization_leads_to_what_the_user_may_do(self, bloc, place, term):
        addresses = [self.address("term_close", term), reverse("personnel:congress_new", args=["SXD"])]
        page = reverse("personnel:organization_terms", args=["SXD"])
        offered = {
            role: [address in as_role(role, bloc).get(page).content.decode() for address in addresses]
            for role in (Role.ORGANIZATION_BOARD, Role.GRASSROOTS_CLERK, Role.LEADER)
        }
        assert offered == {
            Role.ORGANIZATION_BOARD: [True, True],
            Role.GRASSROOTS_CLERK: [False, True],
            Role.LEADER: [False, False],
        }

    def test_the_dossier_tells_what_was_done_and_which_seats_ended(self, bloc, place, term):
        factories.seated(factories.person(place, "Lê Văn An"), place)
        dossier = close_term(term, ended_on=ENDED, decision=factories.document(), by=factories.office())
        shown = text_of(as_board(bloc).get(dossier.get_absolute_url()))
        assert "Kết thúc nhiệm kỳ 2020-2025 từ ngày 01/7/2025, chưa mở nhiệm kỳ sau." in shown
        assert "Lê Văn An" in shown
        assert "0 lượt" not in shown

    def test_a_paper_is_not_kept_when_the_act_is_refused(self, bloc, place, term):
        factories.seated(factories.person(place, "Lê Văn Sau"), place, on=date(2022, 5, 1))
        papers = Document.objects.count()
        form = NEW_PAPER | {"ended_on": "1/5/2022"}
        response = as_board(bloc).post(self.address("term_close", term), form)
        assert response.status_code == 422
        assert "Lê Văn Sau" in response.content.decode()
        assert Document.objects.count() == papers

    def test_puts_off_a_congress(self, bloc, term):
        form = NEW_PAPER | {"planned_end": "15/9/2025", "explanation": "Chờ sắp xếp"}
        assert as_board(bloc).post(self.address("term_postpone", term), form).status_code == 302
        term.refresh_from_db()
        assert term.planned_end == date(2025, 9, 15)

    def test_putting_off_too_far_shows_the_rule_and_wants_a_reason(self, bloc, cell):
        term = factories.term(cell, planned_end=date(2022, 12, 15), standing=0, inspection=0)
        outside = {"issued_by": "outside", "issuer_name": "Ban Tổ chức Tỉnh ủy"}
        form = NEW_PAPER | outside | {"planned_end": "15/7/2023", "explanation": ""}
        response = as_board(bloc).post(self.address("term_postpone", term), form)
        assert response.status_code == 422
        assert "Thời gian này ngoài thông lệ. Hãy ghi lý do." in response.content.decode()
        assert "dự kiến dài 37 tháng" in response.content.decode()

    @pytest.mark.parametrize("name", ["term_close", "term_postpone"])
    def test_others_do_not_open(self, place, term, name):
        for role in (Role.LEADER, Role.CONFIRMER, Role.GRASSROOTS_CLERK):
            assert as_role(role, place).get(self.address(name, term)).status_code == 403

    @pytest.mark.parametrize("name", ["term_close", "term_postpone"])
    def test_a_term_of_another_organization_is_not_found(self, bloc, term, name):
        other = factories.organization(bloc)
        assert as_board(bloc).get(reverse(f"personnel:{name}", args=[other.code, term.pk])).status_code == 404
