"""A file that writes into closed books says so before it is written; what lies just outside them says nothing."""

from datetime import date

import pytest

from accounts.roles import Role
from common.errors import Refused
from common.periods import Period
from intake.actions import send_file
from intake.books import said_of_books
from intake.kinds.changes import CHANGES
from intake.kinds.people import PEOPLE
from intake.kinds.plans import PLANS_KIND
from intake.models import Import
from intake.workflow import commit_file, outcome_of, read_file
from organizations.models import Closing
from organizations.scope import Scope
from personnel.models import Person
from reports.actions import close_period, reopen_period
from tests import factories
from tests.factories import office
from tests.intake.people_files import AN as AN_TYPED
from tests.intake.people_files import HEADINGS, file_of
from tests.intake.sheets import take_in, understood
from tests.intake.test_history_changes import DOSSIER, ITEM
from tests.intake.test_history_changes import everything as of_changes
from tests.intake.test_history_plans import APPROVED, ENTRY, PLAN
from tests.intake.test_history_plans import everything as of_plans
from tests.pages import signed_in, text_of

pytestmark = pytest.mark.django_db


def closed(bloc, first: date, end: date, **fields) -> Closing:
    closing = close_period(bloc, period=Period(first, end), by=office())
    Closing.objects.filter(pk=closing.pk).update(**fields)
    return Closing.objects.get(pk=closing.pk)


def said(kind, sheets) -> list[str]:
    return said_of_books(understood(kind, **sheets), Scope.everything())


def told_more_of(*person: str, by) -> Import:
    """Return a file, read, that says where somebody is from."""
    made = send_file(PEOPLE, upload=file_of([*person, "Xã Tân Lập"], headings=[*HEADINGS[:4], "Quê quán"]), by=by)
    read_file(made, by=by)
    return Import.objects.get(pk=made.pk)


def an_is_counted(old) -> None:
    """Let the books of 2022, not closed yet, count a change of Nguyễn Văn An."""
    factories.confirmed(old.place, factories.appointment(old.an), on=date(2022, 3, 10))


class TestDossiers:
    @pytest.mark.parametrize(
        ("first", "end", "rows"),
        [
            (date(2021, 3, 5), date(2021, 3, 6), 1),  # just the day on which the change takes effect
            (date(2021, 3, 1), date(2021, 3, 5), 0),
            (date(2021, 3, 6), date(2021, 4, 1), 0),
        ],
    )
    def test_are_counted_on_the_day_on_which_their_items_take_effect(self, old, first, end, rows):
        closed(old.bloc, first, end)

        found = said(CHANGES, of_changes())

        assert len(found) == rows
        assert all(each.startswith("1 dòng của tệp được tính vào kỳ đã khóa sổ (") for each in found)

    def test_of_books_opened_again_or_of_others_nothing_is_said(self, old):
        reopen_period(closed(old.bloc, date(2021, 1, 1), date(2022, 1, 1)), by=office(), reason="Sửa số liệu")
        closed(factories.organization(code="KHAC", valid_from=date(2010, 1, 1)), date(2021, 1, 1), date(2022, 1, 1))

        assert said(CHANGES, of_changes()) == []

    def test_what_was_refused_is_counted_nowhere(self, old):
        closed(old.bloc, date(2021, 1, 1), date(2022, 1, 1))
        refused = ITEM | {"outcome": "Không chuẩn y", "effective": None}

        assert said(CHANGES, of_changes(items=[refused])) == []

    def test_that_stand_in_the_register_already_say_nothing(self, old):
        take_in(CHANGES, by=office(), **of_changes())
        closed(old.bloc, date(2021, 1, 1), date(2022, 1, 1))

        assert said(CHANGES, of_changes(dossiers=[DOSSIER])) == []


class TestPlans:
    YEAR = (date(2022, 1, 1), date(2023, 1, 1))

    def rows(self, approved: date, **entry) -> dict:
        days = {"approved": approved}
        return of_plans(plans=[PLAN | APPROVED | days], entries=[ENTRY | days | entry], targets=[])

    @pytest.mark.parametrize(("approved", "rows"), [(date(2022, 12, 31), 2), (date(2023, 1, 1), 0)])
    def test_are_counted_at_the_end_of_every_period_after_their_approval(self, old, approved, rows):
        closed(old.bloc, *self.YEAR, plan_term="2025-2030")

        found = said(PLANS_KIND, self.rows(approved))

        assert len(found) == (1 if rows else 0)
        assert all(each.startswith(f"{rows} dòng") for each in found)

    @pytest.mark.parametrize(("left", "rows"), [(date(2022, 12, 31), 1), (date(2023, 1, 1), 2)])
    def test_whoever_left_before_its_end_is_not_counted(self, old, left, rows):
        closed(old.bloc, *self.YEAR, plan_term="2025-2030")

        [found] = said(PLANS_KIND, self.rows(date(2022, 9, 30), left=left, removal_reason="Nguyện vọng cá nhân"))

        assert found.startswith(f"{rows} dòng")  # the plan itself, and the person in it

    def test_of_another_plan_term_are_counted_nowhere(self, old):
        closed(old.bloc, *self.YEAR, plan_term="2020-2025")

        assert said(PLANS_KIND, self.rows(date(2022, 9, 30))) == []


class TestPeople:
    @pytest.fixture
    def counted(self, old) -> Person:
        """Somebody who came into a committee in 2022, which the books of that year counted."""
        an_is_counted(old)
        closed(old.bloc, date(2022, 1, 1), date(2023, 1, 1))
        return old.an

    def test_whom_closed_books_counted_are_told(self, counted):
        made = told_more_of(*AN_TYPED[:4], by=office())

        assert made.counts["changed"] == 1
        [found] = outcome_of(made).books
        assert "có trong số liệu của kỳ đã khóa sổ (năm 2022" in found

    def test_whom_they_did_not_count_are_not(self, counted, old):
        made = told_more_of("", "Trần Thị Bình", "20/8/1975", "Nữ", by=office())

        assert made.counts["changed"] == 1, made.counts
        assert outcome_of(made).books == []


class TestTheFile:
    def test_says_it_in_its_preview_until_it_is_written(self, old):
        an_is_counted(old)
        closed(old.bloc, date(2022, 1, 1), date(2023, 1, 1))
        by = factories.user(Role.ORGANIZATION_BOARD, old.bloc)
        client = signed_in(by)
        made = told_more_of(*AN_TYPED[:4], by=by)

        shown = text_of(client.get(made.get_absolute_url()))
        assert "Cảnh báo: Tệp sửa thông tin của đồng chí có trong số liệu" in shown
        commit_file(made, by=by)
        assert "khóa sổ" not in text_of(client.get(made.get_absolute_url()))

    def test_goes_back_to_the_preview_when_books_were_closed_meanwhile(self, old):
        an_is_counted(old)
        by = office()
        made = told_more_of(*AN_TYPED[:4], by=by)
        closed(old.bloc, date(2022, 1, 1), date(2023, 1, 1))

        with pytest.raises(Refused, match="Sổ đã thay đổi từ lúc xem trước"):
            commit_file(made, by=by)
        read_file(made, by=by)
        commit_file(made, by=by)
        assert Person.objects.get(pk=old.an.pk).hometown == "Xã Tân Lập"
