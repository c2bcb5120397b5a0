"""The table of dossiers and deadlines: against the dashboard, the list of dossiers, and a slow reading."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.roles import Role
from common.periods import Period
from organizations.actions import amend_organization
from personnel import actions as personnel
from personnel.models import Dossier
from regulations.models import CalendarDay
from reports.tables import TABLES
from reports.tables.dossiers import DECIDED, OVERDUE, STATES, WAITING
from tests import factories
from tests.pages import as_role
from tests.reports.boards import board
from tests.reports.tables.reading import DAY, column, frame_of, over, queries_of, row_of, table

pytestmark = pytest.mark.django_db

KEY = "ho-so-thoi-han"
YEAR = Period.of_year(2022)
FRIDAY = date(2022, 3, 11)  # March 2022 begins on a Tuesday and has no holiday
LIST = reverse("personnel:dossier_list")


def opened(of, on: date = date(2022, 2, 1), elected_on: date | None = None) -> Dossier:
    fields = {"method": "supplementary_election", "elected_on": elected_on} if elected_on else {}
    return factories.dossier(of, factories.appointment(factories.person(of), **fields), opened_on=on)


def submitted(of, on: date = factories.SUBMITTED, opened_on: date | None = None) -> Dossier:
    item = factories.appointment(factories.person(of))
    return factories.submitted(of, item, on=on, opened_on=opened_on or min(on, date(2022, 2, 1)))


def confirmed(of, on: date = factories.DECIDED, submitted_on: date = factories.SUBMITTED) -> Dossier:
    made = submitted(of, submitted_on)
    decision = factories.document(issued_on=on)
    personnel.confirm(made, by=factories.superior(), decision=decision, explanation=factories.EXPLANATION)
    return Dossier.objects.get(pk=made.pk)


@pytest.fixture
def dossiers(bloc, place, other):
    """One dossier in each state on 10 March 2023, and some more."""
    opened(place)
    opened(other, elected_on=date(2022, 1, 28))
    returned = submitted(place)
    personnel.return_to_drafter(returned, by=factories.superior(), reason="Thiếu biên bản")
    submitted(bloc)
    submitted(other, date(2023, 3, 1))
    confirmed(place)
    refused = submitted(other)
    personnel.refuse(refused, by=factories.superior(), reason="Không đủ điều kiện", on=date(2022, 4, 1))
    withdrawn = opened(other)
    personnel.withdraw(withdrawn, by=factories.office(), reason="Trùng")


def codes(made) -> list[str]:
    return column(made, "code")


class TestStates:
    def test_dossiers_stand_by_state_what_waits_first(self, dossiers):
        made = table(KEY, frame_of(day=DAY, period=Period(date(2022, 1, 1), date(2024, 1, 1))))

        assert [(group.title, len(group.rows)) for group in made.groups] == [
            ("Đã trình, chờ chuẩn y", 2),
            ("Trả lại, chưa trình lại", 1),
            ("Nháp, chưa trình", 2),
            ("Đã chuẩn y", 1),
            ("Không chuẩn y", 1),
            ("Đã rút", 1),
        ]
        assert {group.title for group in made.groups} == set(STATES.values())

    def test_waiting_and_overdue_are_as_many_as_on_the_dashboard(self, dossiers):
        for code in ("KHOI", "MOT", "HAI"):
            for day in (DAY, factories.SUBMITTED, date(2022, 3, 8), date(2022, 3, 20)):
                counted = board(code, day=day, year=day.year).stock.dossiers
                frame = frame_of(code, day=day)
                assert table(KEY, frame, state=WAITING).count == counted.by_state.get("submitted", 0), (code, day)
                assert table(KEY, frame, state=OVERDUE).count == counted.overdue, (code, day)
        assert table(KEY, frame_of(), state=OVERDUE).count == 2

    def test_they_are_those_of_the_list_of_dossiers(self, dossiers, bloc):
        whole = Period(date(2022, 1, 1), date(2024, 1, 1))
        choices = {
            WAITING: ["state_on_day=submitted"],
            OVERDUE: ["due=overdue"],
            DECIDED: ["state_on_day=confirmed", "state_on_day=refused"],
            "": [""],
        }

        for day in (DAY, date(2022, 3, 8)):
            client = as_role(Role.LEADER, bloc, day)
            for choice, queries in choices.items():
                listed = [
                    row.record.code for query in queries for row in client.get(f"{LIST}?{query}").context["table"].rows
                ]
                assert sorted(codes(table(KEY, frame_of(day=day, period=whole), state=choice))) == sorted(listed)

    def test_what_came_after_the_day_is_not_told(self, place):
        made = confirmed(place)
        row = row_of(table(KEY, frame_of(day=date(2022, 3, 9))), code=made.code)

        assert (row["state"], row["decided_on"], row["decision"]) == ("Đã trình", None, None)
        assert row["submitted_on"] == factories.SUBMITTED
        early = row_of(table(KEY, frame_of(day=date(2022, 2, 14))), code=made.code)
        assert (early["state"], early["submitted_on"], early["decision_due_on"]) == ("Nháp", None, None)

    def test_a_dossier_decided_since_was_overdue_until_then(self, place):
        late = confirmed(place, on=date(2022, 3, 25))  # submitted on 15 February, due on 8 March
        days = {date(2022, 3, 8): [], date(2022, 3, 9): [late], date(2022, 3, 24): [late], date(2022, 3, 25): []}

        for day, expected in days.items():
            assert list(Dossier.objects.overdue(day)) == expected, day
            assert codes(table(KEY, frame_of(day=day), state=OVERDUE)) == [each.code for each in expected], day


class TestThePeriod:
    def test_what_was_opened_submitted_or_decided_in_it_and_what_is_open_at_its_end(self, place):
        before = confirmed(place, on=date(2022, 3, 31), submitted_on=date(2022, 3, 1))
        decided = confirmed(place, on=date(2022, 4, 1), submitted_on=date(2022, 3, 1))
        came = submitted(place, date(2022, 6, 30))
        waiting = submitted(place, date(2022, 3, 1))
        after = opened(place, on=date(2022, 7, 1))
        quarter = Period(date(2022, 4, 1), date(2022, 7, 1))

        shown = codes(table(KEY, frame_of(day=DAY, period=quarter)))
        assert sorted(shown) == sorted([decided.code, came.code, waiting.code])
        assert not {before.code, after.code} & set(shown)

    def test_is_a_slow_reading_of_all_dossiers(self, dossiers, place):
        confirmed(place, on=date(2023, 1, 1), submitted_on=date(2022, 12, 31))

        for period in (YEAR, Period.of_year(2023), *YEAR.months()):
            last = min(period.last, DAY)
            expected = set()
            for dossier in Dossier.objects.all():
                days = [day for day in (dossier.opened_on, dossier.submitted_on, dossier.decided_on) if day]
                there = dossier.opened_on <= last
                happened = any(period.first <= day <= last for day in days)
                is_open = dossier.state != "withdrawn" and not (dossier.decided_on and dossier.decided_on <= last)
                if there and (happened or is_open):
                    expected.add(dossier.code)
            assert set(codes(table(KEY, frame_of(day=DAY, period=period)))) == expected, period

    def test_of_a_period_that_has_not_begun_there_are_none(self, dossiers):
        assert table(KEY, frame_of(day=DAY, period=Period.of_year(2024))).count == 0

    def test_what_tells_of_past_acts_has_no_deadline_and_is_not_listed(self, place):
        made, told = confirmed(place), confirmed(place)
        Dossier.objects.filter(pk=told.pk).update(kind="history", is_recorded=True)

        assert codes(table(KEY, frame_of(period=YEAR))) == [made.code]


class TestDeadlines:
    def test_working_days_late_are_those_after_the_deadline(self, place):
        CalendarDay.objects.create(day=date(2022, 4, 6), kind="holiday", name="Nghỉ bù")
        made = submitted(place, FRIDAY)  # to be decided by Friday, 1 April
        days = {date(2022, 4, 1): 0, date(2022, 4, 3): 0, date(2022, 4, 4): 1, date(2022, 4, 7): 3}

        for day, late in days.items():
            row = row_of(table(KEY, frame_of(day=day)), code=made.code)
            assert (row["decision_due_on"], row["decision_late"]) == (date(2022, 4, 1), late), day

    def test_of_what_is_decided_they_end_with_the_decision(self, place):
        made = confirmed(place, on=date(2022, 4, 5), submitted_on=FRIDAY)

        assert row_of(table(KEY, frame_of(period=YEAR)), code=made.code)["decision_late"] == 2

    def test_a_vote_is_reported_by_its_own_deadline(self, place):
        made = opened(place, on=FRIDAY, elected_on=FRIDAY)  # to be reported by 22 March
        late = row_of(table(KEY, frame_of(day=date(2022, 3, 24))), code=made.code)
        personnel.submit(made, by=factories.office(), on=date(2022, 3, 23), explanation=factories.EXPLANATION)
        reported = row_of(table(KEY, frame_of(day=DAY, period=YEAR)), code=made.code)

        assert (late["report_due_on"], late["report_late"]) == (date(2022, 3, 22), 2)
        assert reported["report_late"] == 1

    def test_without_a_deadline_nothing_is_late_and_nothing_is_in_time(self, place):
        made = opened(place)
        row = row_of(table(KEY, frame_of()), code=made.code)

        assert (row["report_due_on"], row["report_late"], row["decision_late"]) == (None, None, None)

    def test_what_is_due_first_stands_first(self, place):
        later, first = submitted(place, date(2022, 3, 1)), submitted(place, date(2022, 2, 15))

        assert codes(table(KEY, frame_of())) == [first.code, later.code]

    def test_rules_are_told(self, place):
        notes = table(KEY, frame_of()).notes

        assert any("7 ngày làm việc" in note for note in notes)
        assert any("15 ngày làm việc" in note for note in notes)


class TestRows:
    def test_a_row_leads_to_its_dossier_and_says_what_decided_it(self, place):
        made = confirmed(place)
        shown = table(KEY, frame_of(period=YEAR))
        [row] = shown.rows

        assert row[0].url == made.get_absolute_url()
        told = row_of(shown, code=made.code)
        assert (told["organization"], told["kind"], told["items"]) == ("Đảng bộ Sở Một", "Kiện toàn trong nhiệm kỳ", 1)
        assert told["decision"] == str(made.decision)

    def test_names_are_those_of_the_day(self, place):
        submitted(place)
        amend_organization(place, name="Đảng bộ Sở Mới", effective_on=date(2023, 1, 1), by=factories.office())

        assert column(table(KEY, frame_of(period=YEAR)), "organization") == ["Đảng bộ Sở Một"]
        assert column(table(KEY, frame_of()), "organization") == ["Đảng bộ Sở Mới"]


class TestScope:
    def test_another_bloc_never_appears(self, dossiers):
        stranger = factories.organization(code="KHAC", name="Đảng bộ Khối Khác")
        factories.term(stranger)
        made = submitted(stranger)

        assert made.code not in codes(table(KEY, frame_of("KHOI")))
        assert codes(table(KEY, frame_of("KHAC"))) == [made.code]

    def test_a_clerk_of_one_organisation_sees_its_own(self, dossiers, place):
        made = table(KEY, frame_of(scope=over(place.path), period=YEAR))

        assert set(column(made, "organization")) == {"Đảng bộ Sở Một"}
        assert made.count == 3

    def test_nothing_at_all_is_an_empty_table(self, place):
        made = table(KEY, frame_of())

        assert (made.count, list(made.groups)) == (0, [])


def test_takes_a_fixed_number_of_queries(dossiers, place):
    few = queries_of(KEY, frame_of(period=YEAR))
    for number in range(4):
        confirmed(place, on=factories.DECIDED + timedelta(days=number))
        submitted(place)

    assert few == queries_of(KEY, frame_of(period=YEAR)) == 3


def test_chosen_state_is_told_in_words():
    form = TABLES[KEY].options({"state": OVERDUE})
    assert form.is_valid()
    assert form.in_words() == "quá hạn"
    assert not TABLES[KEY].options({"state": "gi-do"}).is_valid()
