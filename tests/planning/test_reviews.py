"""The yearly review: what is said of those in the plan, what comes of it, and the comparison that ends it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from auditlog.models import LogEntry

from accounts.roles import Role
from common.errors import NotAllowed, Refused, WrongState
from planning.actions import VerdictDraft, VoteDraft, close_round, record_ballot, remove_entry, review, set_target
from planning.comparison import compare
from planning.introducing import Addition
from planning.models import PlanEntry, PlanningRound, PositionGroup, ReviewVerdict
from planning.review_workflow import review_and_introduce
from planning.reviewing import LEAVING_REASONS, people_to_review, plan_to_review
from tests import factories
from tests.factories import office

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
OPENED, INTRODUCED = date(2023, 1, 5), date(2023, 2, 1)
SUBMITTED, DECIDED = date(2023, 2, 20), date(2023, 3, 10)
COMMITTEE, SECRETARIES = PositionGroup.COMMITTEE, PositionGroup.SECRETARIES
Reason = PlanEntry.RemovalReason
KEEP, REMOVE = ReviewVerdict.Verdict.KEEP, ReviewVerdict.Verdict.REMOVE


@pytest.fixture
def bloc():
    return factories.organization()


@pytest.fixture
def agency(bloc):
    agency = factories.organization(bloc)
    factories.term(agency)
    return agency


@pytest.fixture
def plan(bloc, agency):
    """Three people in the agency's plan for its committee since 10/3/2022."""
    first = factories.planning_round(bloc)
    entries = [factories.plan_entry(first, person, agency, "committee_member") for person in people(agency, 3)]
    factories.approved(first, agency, COMMITTEE)
    return [PlanEntry.objects.get(pk=entry.pk) for entry in entries]


@pytest.fixture
def yearly(bloc) -> PlanningRound:
    return factories.planning_round(bloc, OPENED, kind=PlanningRound.Kind.REVIEW)


def people(agency, count):
    return [factories.person(agency) for _ in range(count)]


def keep(entry):
    return VerdictDraft(entry, KEEP)


def take_out(entry, reason=Reason.TRANSFER, note=""):
    return VerdictDraft(entry, REMOVE, reason, note)


def say(yearly, agency, *verdicts, group=COMMITTEE, by=None):
    review(yearly, organization=agency, group=group, verdicts=verdicts, by=by or office())


def join(yearly, agency, code="committee_member"):
    return factories.plan_entry(yearly, factories.person(agency), agency, code, on=INTRODUCED)


def approve(yearly, agency, group=COMMITTEE, on=DECIDED):
    return factories.approved(yearly, agency, group, submitted_on=SUBMITTED, on=on)


def verdicts():
    return {verdict.entry: (verdict.verdict, verdict.reason) for verdict in ReviewVerdict.objects.all()}


class TestReview:
    def test_says_of_each_who_stays_and_who_is_to_leave(self, plan, yearly, agency):
        first, second, third = plan
        say(yearly, agency, keep(first), keep(second), take_out(third))
        assert verdicts() == {first: (KEEP, ""), second: (KEEP, ""), third: (REMOVE, Reason.TRANSFER)}

    def test_nobody_leaves_before_it_is_approved(self, plan, yearly, agency):
        say(yearly, agency, take_out(plan[0]))
        assert plan_to_review(yearly, agency, COMMITTEE).count() == 3

    def test_what_was_said_before_is_replaced(self, plan, yearly, agency):
        say(yearly, agency, take_out(plan[0]), keep(plan[1]))
        say(yearly, agency, keep(plan[0]))
        assert verdicts() == {plan[0]: (KEEP, ""), plan[1]: (KEEP, "")}

    def test_said_twice_nothing_is_written_again(self, plan, yearly, agency):
        said = [keep(plan[0]), take_out(plan[1])]
        say(yearly, agency, *said)
        before = LogEntry.objects.count()
        say(yearly, agency, *said)
        assert LogEntry.objects.count() == before

    def test_each_verdict_leaves_its_entry_in_the_journal(self, plan, yearly, agency):
        before = LogEntry.objects.count()
        say(yearly, agency, *map(keep, plan))
        written = LogEntry.objects.order_by("pk")[before:]
        assert [entry.additional_data["act"] for entry in written] == ["Rà soát quy hoạch"] * 3

    def test_the_reason_of_somebody_who_stays_is_forgotten(self, plan, yearly, agency):
        say(yearly, agency, VerdictDraft(plan[0], KEEP, Reason.TRANSFER))
        assert verdicts() == {plan[0]: (KEEP, "")}

    @pytest.mark.parametrize("reason", Reason.values)
    def test_a_reason_is_one_for_leaving_a_plan(self, plan, yearly, agency, reason):
        if reason in LEAVING_REASONS:
            say(yearly, agency, take_out(plan[0], reason))
        else:
            with pytest.raises(Refused, match="Hãy ghi lý do"):
                say(yearly, agency, take_out(plan[0], reason))
        assert ReviewVerdict.objects.exists() is (reason in LEAVING_REASONS)

    def test_without_a_reason_nobody_is_to_leave_and_nothing_is_said(self, plan, yearly, agency):
        with pytest.raises(Refused, match="Hãy ghi lý do"):
            say(yearly, agency, keep(plan[0]), take_out(plan[1], ""))
        assert not ReviewVerdict.objects.exists()

    def test_of_nobody_who_is_not_in_the_plan(self, plan, yearly, agency):
        waiting = join(yearly, agency)
        with pytest.raises(Refused, match="không còn trong quy hoạch"):
            say(yearly, agency, keep(waiting))

    def test_of_nobody_who_has_left_meanwhile(self, plan, yearly, agency):
        remove_entry(plan[0], on=date(2023, 1, 10), reason=Reason.OVER_AGE, by=office())
        with pytest.raises(Refused, match="không còn trong quy hoạch"):
            say(yearly, agency, keep(plan[0]))

    def test_of_nobody_in_another_group(self, plan, yearly, agency):
        with pytest.raises(Refused):
            say(yearly, agency, keep(plan[0]), group=SECRETARIES)

    def test_only_in_a_review(self, bloc, plan, agency):
        first = factories.planning_round(bloc, OPENED)
        with pytest.raises(WrongState, match="đợt rà soát"):
            say(first, agency, keep(plan[0]))

    def test_not_in_a_closed_one(self, plan, yearly, agency):
        close_round(yearly, by=office(), on=INTRODUCED)
        with pytest.raises(WrongState, match="đã kết thúc"):
            say(yearly, agency, keep(plan[0]))

    def test_not_once_the_plan_is_submitted(self, plan, yearly, agency):
        factories.submitted_plan(yearly, agency, COMMITTEE, SUBMITTED)
        with pytest.raises(WrongState, match="đã được trình"):
            say(yearly, agency, keep(plan[0]))

    @pytest.mark.parametrize("role", Role.values)
    def test_is_the_work_of_those_who_plan(self, bloc, plan, yearly, agency, role):
        by = factories.user(role, bloc)
        if role == Role.ORGANIZATION_BOARD:
            say(yearly, agency, keep(plan[0]), by=by)
        else:
            with pytest.raises(NotAllowed):
                say(yearly, agency, keep(plan[0]), by=by)

    def test_and_only_in_their_part_of_the_tree(self, bloc, plan, yearly, agency):
        beside = factories.user(Role.ORGANIZATION_BOARD, factories.organization(bloc))
        with pytest.raises(NotAllowed):
            say(yearly, agency, keep(plan[0]), by=beside)


class TestApproval:
    def test_takes_out_by_the_decision_from_its_effect_on(self, plan, yearly, agency):
        say(yearly, agency, keep(plan[0]), keep(plan[1]), take_out(plan[2], Reason.OWN_WISH, "Đơn ngày 15/01/2023"))
        approval = approve(yearly, agency)
        gone = PlanEntry.objects.get(pk=plan[2].pk)
        assert (gone.valid_to, gone.removal_reason) == (DECIDED, Reason.OWN_WISH)
        assert (gone.removed_by, gone.note) == (approval.decision, "Đơn ngày 15/01/2023")
        assert gone.is_in_force(DECIDED - DAY)
        assert not gone.is_in_force(DECIDED)

    def test_lets_those_in_who_were_added_and_leaves_the_others_alone(self, plan, yearly, agency):
        new = join(yearly, agency)
        say(yearly, agency, keep(plan[0]), take_out(plan[1]))
        approve(yearly, agency)
        in_it = set(PlanEntry.objects.as_of(DECIDED))
        assert in_it == {plan[0], plan[2], new}  # of plan[2] nothing was said

    def test_of_a_group_does_not_touch_another(self, bloc, plan, yearly, agency):
        first = factories.planning_round(bloc, date(2022, 4, 1))
        secretary = factories.plan_entry(first, factories.person(agency), agency, on=date(2022, 4, 1))
        factories.approved(first, agency, SECRETARIES, submitted_on=date(2022, 4, 2), on=date(2022, 4, 10))
        secretary.refresh_from_db()
        say(yearly, agency, take_out(secretary), group=SECRETARIES)
        approve(yearly, agency, COMMITTEE)
        assert PlanEntry.objects.get(pk=secretary.pk).valid_to is None
        approve(yearly, agency, SECRETARIES)
        assert PlanEntry.objects.get(pk=secretary.pk).valid_to == DECIDED

    def test_of_who_left_meanwhile_the_day_and_reason_stay(self, plan, yearly, agency):
        say(yearly, agency, take_out(plan[0], Reason.TRANSFER))
        remove_entry(plan[0], on=date(2023, 1, 20), reason=Reason.DISCIPLINE, by=office())
        approve(yearly, agency)
        gone = PlanEntry.objects.get(pk=plan[0].pk)
        assert (gone.valid_to, gone.removal_reason) == (date(2023, 1, 20), Reason.DISCIPLINE)


class TestComparison:
    def compare(self, yearly, agency, day=DECIDED, group=COMMITTEE):
        return compare(yearly, agency, group, day)

    def in_words(self, comparison):
        return [(each.entry, each.reason, each.when) for each in comparison.leaving]

    def test_before_approval_it_says_what_would_be(self, plan, yearly, agency):
        new = join(yearly, agency)
        say(yearly, agency, keep(plan[0]), take_out(plan[1]))
        made = self.compare(yearly, agency)
        assert (made.is_final, made.approval) == (False, None)
        assert made.coming == [new]
        assert self.in_words(made) == [(plan[1], "Chuyển công tác", None)]
        assert made.staying == [plan[0], plan[2]]

    def test_whoever_was_taken_out_at_once_is_in_it_with_the_day(self, plan, yearly, agency):
        say(yearly, agency, take_out(plan[1]))
        remove_entry(plan[0], on=date(2023, 1, 20), reason=Reason.DISCIPLINE, by=office(), note="Khiển trách")
        made = self.compare(yearly, agency)
        assert self.in_words(made) == [
            (plan[0], "Bị kỷ luật", date(2023, 1, 20)),
            (plan[1], "Chuyển công tác", None),
        ]
        assert made.leaving[0].note == "Khiển trách"
        assert (made.counts[-1].before, made.counts[-1].after) == (3, 1)

    @pytest.mark.parametrize(("on", "counted"), [(OPENED, False), (OPENED + DAY, True)])
    def test_before_is_the_plan_on_the_day_on_which_the_round_was_opened(self, plan, yearly, agency, on, counted):
        remove_entry(plan[0], on=on, reason=Reason.OVER_AGE, by=office())
        made = self.compare(yearly, agency)
        assert bool(made.leaving) is counted
        assert made.counts[-1].before == 2 + counted

    def test_after_approval_it_says_what_was_done_and_stays_so(self, plan, yearly, agency):
        new = join(yearly, agency)
        say(yearly, agency, keep(plan[0]), take_out(plan[1]))
        remove_entry(plan[2], on=date(2023, 1, 20), reason=Reason.DISCIPLINE, by=office())
        approval = approve(yearly, agency)
        remove_entry(new, on=date(2023, 6, 1), reason=Reason.OWN_WISH, by=office())  # later: no more of this review
        made = self.compare(yearly, agency, day=date(2024, 1, 1))
        assert (made.is_final, made.approval) == (True, approval)
        assert made.coming == [new]
        assert self.in_words(made) == [
            (plan[1], "Chuyển công tác", DECIDED),
            (plan[2], "Bị kỷ luật", date(2023, 1, 20)),
        ]
        assert made.staying == [plan[0]]

    def test_submitted_it_still_says_what_would_be(self, plan, yearly, agency):
        submitted = factories.submitted_plan(yearly, agency, COMMITTEE, SUBMITTED)
        made = self.compare(yearly, agency)
        assert (made.is_final, made.approval) == (False, submitted)

    def test_whoever_did_not_get_through_the_ballots_does_not_come(self, plan, yearly, agency):
        through, stopped = join(yearly, agency), join(yearly, agency)
        counts = dict.fromkeys(("summoned", "present", "issued", "collected", "valid"), 15)
        record_ballot(
            yearly,
            organization=agency,
            group=COMMITTEE,
            counts={"body": "Hội nghị Ban Chấp hành", "held_on": INTRODUCED} | counts,
            votes=[VoteDraft(through, 8), VoteDraft(stopped, 7)],
            by=office(),
        )
        assert self.compare(yearly, agency).coming == [through]

    def test_whoever_another_round_let_in_meanwhile_comes(self, bloc, yearly, agency, plan):
        first = factories.planning_round(bloc, date(2023, 1, 2))
        new = factories.plan_entry(first, factories.person(agency), agency, "committee_member", on=date(2023, 1, 3))
        factories.approved(first, agency, COMMITTEE, submitted_on=date(2023, 1, 4), on=OPENED + DAY)
        made = self.compare(yearly, agency)
        assert [entry.pk for entry in made.coming] == [new.pk]
        assert made.staying == plan

    def test_people_count_once_in_each_number_of_a_group(self, bloc, yearly, agency):
        first = factories.planning_round(bloc)
        someone = factories.person(agency)
        both = [factories.plan_entry(first, someone, agency, code) for code in ("secretary", "deputy_secretary")]
        factories.approved(first, agency, SECRETARIES)
        deputy = PlanEntry.objects.get(pk=both[1].pk)
        say(yearly, agency, take_out(deputy), group=SECRETARIES)
        made = self.compare(yearly, agency, group=SECRETARIES)
        numbers = {
            count.label: (count.before, count.coming, count.leaving, count.staying, count.after)
            for count in made.counts
        }
        assert numbers == {"Bí thư": (1, 0, 0, 1, 1), "Phó Bí thư": (1, 0, 1, 0, 0), "Cả nhóm": (1, 0, 0, 1, 1)}

    def test_it_names_the_number_aimed_at(self, plan, yearly, agency):
        assert self.compare(yearly, agency).aim == ""
        set_target(yearly, organization=agency, group=COMMITTEE, seats=15, coefficient=Decimal("1.50"), by=office())
        assert self.compare(yearly, agency).aim == "từ 15 đến 22 đồng chí (15 vị trí, hệ số 1,5)"
        approve(yearly, agency)
        assert self.compare(yearly, agency).aim == "từ 15 đến 22 đồng chí (15 vị trí, hệ số 1,5)"

    def test_by_as_many_queries_for_many_as_for_few(self, bloc, plan, yearly, agency, django_assert_max_num_queries):
        say(yearly, agency, take_out(plan[0]))
        with django_assert_max_num_queries(20) as few:
            assert self.compare(yearly, agency).counts
        for _ in range(5):
            join(yearly, agency)
        with django_assert_max_num_queries(20) as many:
            assert self.compare(yearly, agency).counts
        assert len(many) == len(few)


class TestPeopleToReview:
    def reviewed(self, yearly, agency, scope=None, day=DECIDED):
        return people_to_review(yearly, agency, COMMITTEE, scope=scope or office().scope, day=day)

    def test_each_comes_with_the_facts_of_the_day(self, bloc, plan, yearly, agency):
        someone = plan[0].person
        factories.seated(someone, agency, on=date(2023, 2, 1))
        [found] = [each for each in self.reviewed(yearly, agency) if each.entry == plan[0]]
        assert (found.age, found.retires.latest, found.retires.verified) == (47, date(2037, 5, 31), False)
        assert [seat.position_id for seat in found.seats] == ["committee_member"]
        assert found.proposal.reason == Reason.APPOINTED

    def test_of_an_organisation_only_the_highest_seat_is_told(self, plan, yearly, agency):
        for code in ("committee_member", "standing_member", "inspection_member"):
            factories.seated(plan[0].person, agency, code, on=date(2023, 2, 1))
        [found] = [each for each in self.reviewed(yearly, agency) if each.entry == plan[0]]
        assert [seat.position_id for seat in found.seats] == ["standing_member", "inspection_member"]

    def test_a_seat_outside_the_scope_is_not(self, bloc, plan, yearly, agency):
        other = factories.organization(bloc)
        factories.term(other)
        factories.seated(plan[0].person, other, on=date(2023, 2, 1))
        here = factories.user(Role.ORGANIZATION_BOARD, agency).scope
        [within] = [each for each in self.reviewed(yearly, agency, here) if each.entry == plan[0]]
        [everywhere] = [each for each in self.reviewed(yearly, agency) if each.entry == plan[0]]
        assert (len(within.seats), len(everywhere.seats)) == (0, 1)

    @pytest.mark.parametrize(("day", "age"), [(date(2023, 5, 19), 47), (date(2023, 5, 20), 48)])
    def test_a_year_of_age_is_full_on_the_birthday(self, plan, yearly, agency, day, age):
        assert self.reviewed(yearly, agency, day=day)[0].age == age

    def test_the_age_is_not_told_of_a_birthday_known_in_part(self, plan, yearly, agency):
        type(plan[0].person).objects.update(birth_precision="month")
        assert {each.age for each in self.reviewed(yearly, agency)} == {None}

    def test_what_was_said_before_comes_along(self, plan, yearly, agency):
        say(yearly, agency, take_out(plan[1]))
        said = {each.entry: each.verdict and each.verdict.verdict for each in self.reviewed(yearly, agency)}
        assert said == {plan[0]: None, plan[1]: REMOVE, plan[2]: None}


class TestReviewAndIntroduce:
    def save(self, yearly, agency, *verdicts, add=(), on=INTRODUCED):
        code = factories.position("committee_member")
        additions = [Addition(person, code, object_group, note) for person, object_group, note in add]
        given = {"organization": agency, "group": COMMITTEE, "on": on, "by": office()}
        return review_and_introduce(yearly, verdicts=verdicts, additions=additions, **given)

    def test_both_are_saved(self, plan, yearly, agency):
        first, second = people(agency, 2)
        introduced = self.save(yearly, agency, keep(plan[0]), add=[(first, 1, ""), (second, 2, "Nguồn tại chỗ")])
        said = {(entry.person, entry.object_group, entry.note, entry.introduced_on) for entry in introduced}
        assert said == {(first, 1, "", INTRODUCED), (second, 2, "Nguồn tại chỗ", INTRODUCED)}
        assert verdicts() == {plan[0]: (KEEP, "")}

    def test_sent_twice_nobody_is_introduced_twice(self, plan, yearly, agency):
        [someone] = people(agency, 1)
        self.save(yearly, agency, keep(plan[0]), add=[(someone, 1, "")])
        assert self.save(yearly, agency, keep(plan[0]), add=[(someone, 1, "")]) == []
        assert PlanEntry.objects.filter(round=yearly).count() == 1

    def test_one_refused_neither_is_saved(self, plan, yearly, agency):
        with pytest.raises(Refused, match="đã có trong quy hoạch"):
            self.save(yearly, agency, keep(plan[0]), add=[(plan[1].person, 1, "")])
        assert not ReviewVerdict.objects.exists()

    def test_not_before_the_round_was_opened(self, plan, yearly, agency):
        with pytest.raises(Refused, match="mở ngày"):
            self.save(yearly, agency, keep(plan[0]), add=[(people(agency, 1)[0], 1, "")], on=OPENED - DAY)
        assert not ReviewVerdict.objects.exists()
