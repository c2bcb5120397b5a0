"""Taking somebody out of a plan whom closed books count: the clerk is warned, and says why it is done so late."""

from datetime import date

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from common.errors import NeedsExplanation
from organizations.models import Closing
from personnel.actions import discipline
from planning import actions as planning
from planning.models import PlanEntry
from reports.actions import reopen_period
from tests import factories
from tests.pages import as_board, text_of
from tests.reports.books import named

pytestmark = pytest.mark.django_db

LATER = date(2023, 6, 1)
INSIDE, OUTSIDE = date(2022, 12, 31), date(2023, 1, 1)
SAID = "ảnh hưởng đến kỳ đã khóa sổ (năm 2022, khóa ngày 05/01/2023)"
PROPOSALS = reverse("planning:proposals")


def take_out(entry: PlanEntry, on: date, **more) -> None:
    planning.remove_entry(entry, on=on, reason=PlanEntry.RemovalReason.OWN_WISH, by=factories.office(), **more)


def has_left(entry: PlanEntry) -> bool:
    return PlanEntry.objects.get(pk=entry.pk).valid_to is not None


class TestTheAct:
    def test_inside_closed_books_it_wants_a_reason_and_outside_none(self, office, closing):
        one, other = office.entries

        with pytest.raises(NeedsExplanation, match="khóa sổ"):
            take_out(one, INSIDE)
        assert not has_left(one)
        take_out(one, INSIDE, explanation="Đơn về muộn")
        take_out(other, OUTSIDE)

        assert has_left(one)
        assert has_left(other)

    def test_the_reason_stands_in_the_journal_in_words(self, office, closing):
        take_out(office.entries[0], INSIDE, explanation=" Đơn về muộn ")
        take_out(office.entries[1], OUTSIDE)

        told = [LogEntry.objects.get_for_object(entry).first().additional_data for entry in office.entries]
        assert [each["reason"] for each in told] == ["Đơn về muộn", "Nguyện vọng cá nhân"]

    def test_several_at_once_want_a_reason_where_one_is_counted(self, office, closing):
        several = [(entry, PlanEntry.RemovalReason.OWN_WISH) for entry in office.entries]

        with pytest.raises(NeedsExplanation):
            planning.remove_entries(several, on=INSIDE, by=factories.office())
        assert not any(has_left(entry) for entry in office.entries)
        planning.remove_entries(several, on=INSIDE, by=factories.office(), explanation="Đơn về muộn")
        assert all(has_left(entry) for entry in office.entries)

    def test_books_opened_again_want_none(self, office, closing):
        reopen_period(closing, by=factories.office(), reason="Sửa số liệu")

        take_out(office.entries[0], INSIDE)

        assert has_left(office.entries[0])

    def test_whoever_was_never_approved_is_counted_nowhere(self, office, closing):
        take_out(office.waiting, INSIDE)

        assert has_left(office.waiting)

    def test_books_of_another_plan_term_count_nobody_of_this_one(self, office, closing):
        Closing.objects.update(plan_term="2020-2025")

        take_out(office.entries[0], INSIDE)

        assert has_left(office.entries[0])


class TestThePage:
    def url(self, entry) -> str:
        return reverse("planning:entry_remove", args=[entry.pk])

    def data(self, on: str, **more):
        return {"reason": "own_wish", "on": on, "document": "", "note": ""} | more

    def test_says_before_which_day_closed_books_want_a_reason(self, office, closing):
        shown = text_of(as_board(office.bloc, LATER).get(self.url(office.entries[0])))

        assert "Lý do vẫn đưa ra khi kỳ đã khóa sổ Chỉ ghi khi ngày ra trước ngày 01/01/2023: sổ năm 2022 đã" in shown

    def test_asks_for_nothing_where_no_books_are_closed(self, office):
        assert "khóa sổ" not in text_of(as_board(office.bloc, LATER).get(self.url(office.entries[0])))

    def test_inside_closed_books_nothing_is_saved_without_a_reason(self, office, closing):
        client, entry = as_board(office.bloc, LATER), office.entries[0]
        refused = client.post(self.url(entry), self.data("31/12/2022"))

        assert refused.status_code == 422
        assert "Ngày ra nằm trong kỳ đã khóa sổ. Hãy ghi lý do vẫn đưa ra." in refused.content.decode()
        assert not has_left(entry)
        client.post(self.url(entry), self.data("31/12/2022", explanation="Đơn về muộn"))
        assert has_left(entry)

    def test_outside_them_none_is_wanted(self, office, closing):
        as_board(office.bloc, LATER).post(self.url(office.entries[0]), self.data("01/01/2023"))

        assert has_left(office.entries[0])


class TestThoseProposed:
    @pytest.fixture
    def entry(self, office, closing) -> PlanEntry:
        entry = office.entries[0]
        measure = {"kind": "reprimand", "valid_from": date(2022, 11, 1), "valid_to": date(2023, 11, 1)}
        discipline(entry.person, **measure, by=factories.office())
        return entry

    def data(self, entry, **more):
        return {"chosen": [str(entry.pk)], "on": "31/12/2022", "document": ""} | more

    def test_are_named_with_the_warning_and_leave_once_a_reason_is_given(self, office, entry):
        client = as_board(office.bloc, LATER)
        asked = text_of(client.post(PROPOSALS, self.data(entry)))
        again = text_of(client.post(PROPOSALS, self.data(entry, **{"xac-nhan": "1"})))

        assert SAID in asked
        assert "Lý do vẫn đưa ra khi kỳ đã khóa sổ" in again
        assert not has_left(entry)
        client.post(PROPOSALS, self.data(entry, explanation="Quyết định về muộn", **{"xac-nhan": "1"}))
        assert has_left(entry)

    def test_outside_closed_books_leave_as_ever(self, office, entry):
        client = as_board(office.bloc, LATER)

        assert "khóa sổ" not in text_of(client.post(PROPOSALS, self.data(entry, on="01/01/2023")))
        client.post(PROPOSALS, self.data(entry, on="01/01/2023", **{"xac-nhan": "1"}))
        assert has_left(entry)


def test_whoever_is_introduced_again_is_counted_nowhere_until_approved(office, closing):
    before = named(closing)
    again = factories.plan_entry(office.round, office.people[5], office.two, "committee_member", on=date(2022, 12, 20))

    assert again.valid_from is None
    assert named(closing) == before == []
