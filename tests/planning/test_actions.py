"""Planning: introduce, submit, approve, remove; who is in a plan on a day, as far as known by another."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts.roles import Role
from common.errors import NotAllowed, Refused, WrongState
from planning import actions
from planning.models import PlanApproval, PlanEntry, PlanningRound, PlanTarget, PositionGroup
from planning.querysets import awaiting_approval, in_plan
from tests import factories
from tests.factories import DECIDED

pytestmark = pytest.mark.django_db

INTRODUCED, SUBMITTED = date(2022, 2, 1), date(2022, 2, 20)
DAY = timedelta(days=1)
LATER = date(2023, 6, 1)
SECRETARIES = PositionGroup.SECRETARIES


@pytest.fixture
def bloc():
    return factories.organization()


@pytest.fixture
def agency(bloc):
    return factories.organization(bloc)


@pytest.fixture
def planning_round(bloc):
    return factories.planning_round(bloc)


@pytest.fixture
def someone(agency):
    return factories.person(agency, "Lê Văn An")


@pytest.fixture
def entry(planning_round, someone, agency):
    return factories.plan_entry(planning_round, someone, agency, on=INTRODUCED)


def approve(planning_round, agency, group=SECRETARIES):
    return factories.approved(planning_round, agency, group, submitted_on=SUBMITTED, on=DECIDED)


def remove(entry, on, reason="over_age"):
    actions.remove_entry(entry, on=on, reason=reason, by=factories.office())


def planned(day, as_at=LATER):
    return PlanEntry.objects.filter(in_plan(day, as_at)).count()


def awaited(day, as_at=LATER):
    return PlanEntry.objects.filter(awaiting_approval(day, as_at)).count()


class TestIntroduce:
    def test_several_people_for_several_positions(self, planning_round, agency, someone):
        other = factories.person(agency)
        secretary, deputy = factories.position("secretary"), factories.position("deputy_secretary")

        entries = actions.introduce(
            planning_round,
            organization=agency,
            candidates=[(someone, secretary), (someone, deputy), (other, secretary)],
            on=INTRODUCED,
            by=factories.office(),
        )

        assert len(entries) == PlanEntry.objects.count() == 3
        assert {each.plan_term for each in entries} == {planning_round.plan_term}
        assert {each.group for each in entries} == {SECRETARIES}

    def test_twice_for_the_same_position_is_refused(self, planning_round, agency, someone, entry):
        with pytest.raises(Refused, match="Lê Văn An đã có trong quy hoạch Bí thư"):
            factories.plan_entry(planning_round, someone, agency)

    def test_twice_at_once_is_refused(self, planning_round, agency, someone):
        secretary = factories.position("secretary")

        with pytest.raises(Refused, match="đã có trong quy hoạch"):
            actions.introduce(
                planning_round,
                organization=agency,
                candidates=[(someone, secretary), (someone, secretary)],
                on=INTRODUCED,
                by=factories.office(),
            )
        assert not PlanEntry.objects.exists()

    def test_another_plan_term_is_another_plan(self, bloc, agency, someone, entry):
        other = factories.planning_round(bloc, plan_term="2020-2025")

        assert factories.plan_entry(other, someone, agency).plan_term == "2020-2025"

    def test_after_removal_one_may_be_introduced_again(self, bloc, planning_round, agency, someone, entry):
        approve(planning_round, agency)
        remove(entry, on=date(2022, 9, 1), reason="discipline")
        review = factories.planning_round(bloc, kind="review", opened_on=date(2023, 1, 5))
        factories.plan_entry(review, someone, agency, on=date(2023, 2, 1))
        factories.approved(review, agency, submitted_on=date(2023, 2, 20), on=date(2023, 3, 1))

        in_plan_on = {day: planned(day) for day in (date(2022, 8, 31), date(2022, 9, 1), date(2023, 3, 1))}
        assert in_plan_on == {date(2022, 8, 31): 1, date(2022, 9, 1): 0, date(2023, 3, 1): 1}


class TestSubmit:
    def test_it_takes_the_entries_of_the_group_and_organisation(self, planning_round, agency, someone, entry):
        member = factories.plan_entry(planning_round, someone, agency, "committee_member")
        elsewhere = factories.plan_entry(planning_round, someone, factories.organization(agency.parent))

        approval = factories.submitted_plan(planning_round, agency, on=SUBMITTED)

        for each, taken in ((entry, approval), (member, None), (elsewhere, None)):
            each.refresh_from_db()
            assert each.approval == taken

    def test_nobody_introduced_is_refused(self, planning_round, agency):
        with pytest.raises(Refused, match="Chưa giới thiệu ai"):
            approve(planning_round, agency)

    def test_only_entries_taken_out_are_nobody(self, planning_round, agency, entry):
        remove(entry, on=INTRODUCED)

        with pytest.raises(Refused, match="Chưa giới thiệu ai"):
            approve(planning_round, agency)

    def test_a_group_is_submitted_once_in_a_round(self, planning_round, agency, entry):
        approve(planning_round, agency)

        with pytest.raises(WrongState, match="đã được trình trong đợt này"):
            factories.plan_entry(planning_round, factories.person(agency), agency)
        with pytest.raises(WrongState, match="đã được trình trong đợt này"):
            approve(planning_round, agency)

    @pytest.mark.parametrize(("on", "allowed"), [(INTRODUCED - DAY, False), (INTRODUCED, True)])
    def test_not_before_they_were_introduced(self, planning_round, agency, entry, on, allowed):
        def submit():
            factories.submitted_plan(planning_round, agency, on=on)

        if allowed:
            submit()
        else:
            with pytest.raises(Refused, match="sớm hơn ngày giới thiệu"):
                submit()
        assert PlanApproval.objects.exists() is allowed


class TestApprove:
    def test_entries_are_in_the_plan_from_the_decisions_effective_day(self, planning_round, agency, entry):
        approve(planning_round, agency)

        entry.refresh_from_db()
        assert entry.valid_from == entry.approval.approved_on == DECIDED
        assert not entry.is_in_force(DECIDED - DAY)
        assert entry.is_in_force(DECIDED)

    def test_one_decision_approves_the_plans_of_many(self, bloc, planning_round):
        organizations = [factories.organization(bloc) for _ in range(3)]
        plans = []
        for each in organizations:
            factories.plan_entry(planning_round, factories.person(each), each)
            plans.append(factories.submitted_plan(planning_round, each, on=SUBMITTED))

        actions.approve_plans(plans, by=factories.superior(), decision=factories.document())

        assert PlanApproval.objects.exclude(decision=None).count() == 3
        assert planned(DECIDED) == 3

    def test_twice_is_a_wrong_state(self, planning_round, agency, entry):
        approval = approve(planning_round, agency)

        with pytest.raises(WrongState, match="đã được phê duyệt"):
            actions.approve_plans([approval], by=factories.superior(), decision=factories.document())

    def test_one_approved_before_stops_all(self, bloc, planning_round, agency, entry):
        before = approve(planning_round, agency)
        other = factories.organization(bloc)
        factories.plan_entry(planning_round, factories.person(other), other)
        new = factories.submitted_plan(planning_round, other, on=SUBMITTED)

        with pytest.raises(WrongState):
            actions.approve_plans([new, before], by=factories.superior(), decision=factories.document())
        assert planned(DECIDED) == 1

    def test_who_was_taken_out_before_stays_out(self, planning_round, agency, entry):
        kept = factories.plan_entry(planning_round, factories.person(agency), agency)
        plan = factories.submitted_plan(planning_round, agency, on=SUBMITTED)
        remove(entry, on=date(2022, 3, 1), reason="not_introduced")
        actions.approve_plans([plan], by=factories.superior(), decision=factories.document())

        entry.refresh_from_db()
        assert entry.valid_from is None
        assert PlanEntry.objects.as_of(DECIDED).get() == kept

    @pytest.mark.parametrize(("effective", "allowed"), [(SUBMITTED - DAY, False), (SUBMITTED, True)])
    def test_not_before_it_was_submitted(self, planning_round, agency, entry, effective, allowed):
        plan = factories.submitted_plan(planning_round, agency, on=SUBMITTED)
        decision = factories.document(issued_on=effective)

        if allowed:
            actions.approve_plans([plan], by=factories.superior(), decision=decision)
        else:
            with pytest.raises(Refused, match="trước ngày trình"):
                actions.approve_plans([plan], by=factories.superior(), decision=decision)
        assert (planned(DECIDED) == 1) is allowed


class TestRemove:
    def test_it_ends_for_a_reason_by_a_paper(self, planning_round, agency, entry):
        approve(planning_round, agency)
        paper = factories.document()
        actions.remove_entry(entry, on=date(2022, 9, 1), reason="discipline", by=factories.office(), document=paper)

        entry.refresh_from_db()
        assert (entry.valid_to, entry.removal_reason, entry.removed_by) == (date(2022, 9, 1), "discipline", paper)

    def test_twice_is_a_wrong_state(self, planning_round, agency, entry):
        approve(planning_round, agency)
        remove(entry, on=date(2022, 9, 1))

        with pytest.raises(WrongState, match="đã ra khỏi quy hoạch"):
            remove(entry, on=date(2022, 10, 1))

    @pytest.mark.parametrize(("on", "allowed"), [(DECIDED, False), (DECIDED + DAY, True)])
    def test_after_the_day_of_approval(self, planning_round, agency, entry, on, allowed):
        approve(planning_round, agency)

        if allowed:
            remove(entry, on=on)
        else:
            with pytest.raises(Refused, match="chưa có trong quy hoạch"):
                remove(entry, on=on)
        assert PlanEntry.objects.filter(valid_to=on).exists() is allowed

    def test_not_before_one_was_introduced(self, entry):
        with pytest.raises(Refused, match="chưa có trong quy hoạch"):
            remove(entry, on=INTRODUCED - DAY)


class TestInPlanAndAwaiting:
    @pytest.mark.parametrize(
        ("day", "in_it", "awaiting"),
        [
            (INTRODUCED - DAY, 0, 0),
            (INTRODUCED, 0, 1),
            (DECIDED - DAY, 0, 1),
            (DECIDED, 1, 0),
            (date(2022, 8, 31), 1, 0),
            (date(2022, 9, 1), 0, 0),
        ],
    )
    def test_an_entry_waits_then_is_in_then_out(self, planning_round, agency, entry, day, in_it, awaiting):
        approve(planning_round, agency)
        remove(entry, on=date(2022, 9, 1))

        assert (planned(day), awaited(day)) == (in_it, awaiting)

    @pytest.mark.parametrize(("as_at", "in_it"), [(DECIDED - DAY, 0), (DECIDED, 1)])
    def test_what_was_decided_later_was_not_known(self, planning_round, agency, entry, as_at, in_it):
        approve(planning_round, agency)

        assert (planned(LATER, as_at), awaited(LATER, as_at)) == (in_it, 1 - in_it)

    @pytest.mark.parametrize(("day", "awaiting"), [(date(2022, 2, 9), 1), (date(2022, 2, 10), 0)])
    def test_taken_out_before_approval_one_waits_no_longer(self, entry, day, awaiting):
        remove(entry, on=date(2022, 2, 10), reason="not_introduced")

        assert (planned(day), awaited(day)) == (0, awaiting)

    def test_nobody_both_waits_and_is_in(self, planning_round, agency, entry):
        approve(planning_round, agency)

        for offset in range(-3, 4):
            day = DECIDED + offset * DAY
            assert planned(day) + awaited(day) == 1


class TestTargets:
    def set_target(self, planning_round, agency, seats=15, by=None):
        return actions.set_target(
            planning_round,
            organization=agency,
            group=PositionGroup.COMMITTEE,
            seats=seats,
            coefficient=Decimal("1.50"),
            by=by or factories.office(),
        )

    def test_a_group_has_one_target_in_a_round_the_last_set(self, planning_round, agency):
        self.set_target(planning_round, agency, seats=15)
        self.set_target(planning_round, agency, seats=17)

        assert PlanTarget.objects.get().seats == 17

    def test_a_target_is_visible_where_its_organisation_stands(self, bloc, planning_round, agency):
        self.set_target(planning_round, agency)
        beside = factories.organization(bloc)

        seen = {place: self.seen_from(place) for place in (bloc, agency, beside)}
        assert seen == {bloc: 1, agency: 1, beside: 0}

    def seen_from(self, place):
        return PlanTarget.objects.visible_to(factories.user(Role.LEADER, place).scope).count()


class TestRounds:
    def test_a_round_rests_on_its_legal_basis(self, bloc):
        papers = [factories.document(), factories.document()]

        made = factories.planning_round(bloc, legal_basis=papers)

        assert set(made.legal_basis.all()) == set(papers)

    def test_closing_twice_is_a_wrong_state(self, planning_round):
        actions.close_round(planning_round, by=factories.office(), on=LATER)

        with pytest.raises(WrongState, match="đã kết thúc"):
            actions.close_round(planning_round, by=factories.office(), on=LATER)
        assert PlanningRound.objects.get().closed_on == LATER

    def test_even_for_somebody_whose_page_is_old(self, planning_round):
        old = PlanningRound.objects.get()
        actions.close_round(planning_round, by=factories.office(), on=LATER)

        with pytest.raises(WrongState):
            actions.close_round(old, by=factories.superior(), on=LATER + DAY)
        assert PlanningRound.objects.get().closed_on == LATER

    @pytest.mark.parametrize(("on", "allowed"), [(date(2022, 1, 4), False), (date(2022, 1, 5), True)])
    def test_not_before_it_was_opened(self, planning_round, on, allowed):
        if allowed:
            actions.close_round(planning_round, by=factories.office(), on=on)
        else:
            with pytest.raises(Refused, match="không thể kết thúc trước ngày đó"):
                actions.close_round(planning_round, by=factories.office(), on=on)

    def test_a_closed_round_takes_nobody_in(self, planning_round, agency, someone, entry):
        actions.close_round(planning_round, by=factories.office(), on=LATER)

        with pytest.raises(WrongState):
            factories.plan_entry(planning_round, someone, agency, "deputy_secretary")
        with pytest.raises(WrongState):
            actions.submit_plan(
                planning_round, organization=agency, group=SECRETARIES, on=SUBMITTED, by=factories.office()
            )

    def test_plans_submitted_before_are_decided_first(self, planning_round, agency, entry):
        plan = factories.submitted_plan(planning_round, agency, on=SUBMITTED)
        with pytest.raises(Refused, match="Còn 01 quy hoạch đã trình mà chưa phê duyệt"):
            actions.close_round(planning_round, by=factories.office(), on=LATER)
        assert PlanningRound.objects.get().closed_on is None
        actions.approve_plans([plan], by=factories.superior(), decision=factories.document())
        actions.close_round(planning_round, by=factories.office(), on=LATER)

        assert planned(DECIDED) == 1


@pytest.mark.parametrize("role", Role.values)
class TestRights:
    """The organisation board plans, the confirmer approves; nobody else does either."""

    def attempt(self, allowed, act):
        if allowed:
            act()
            return
        with pytest.raises(NotAllowed):
            act()

    def test_planning(self, bloc, agency, planning_round, someone, entry, role):
        by = factories.user(role, bloc)
        allowed = role == Role.ORGANIZATION_BOARD
        deputy = factories.position("deputy_secretary")
        introduction = {"organization": agency, "candidates": [(someone, deputy)], "on": INTRODUCED}
        target = {"organization": agency, "group": SECRETARIES, "seats": 3, "coefficient": 1}
        submission = {"organization": agency, "group": SECRETARIES, "on": SUBMITTED}
        without_plans = factories.planning_round(bloc, plan_term="2020-2025")

        self.attempt(
            allowed, lambda: actions.open_round(bloc, plan_term="2030-2035", kind="first", opened_on=LATER, by=by)
        )
        self.attempt(allowed, lambda: actions.set_target(planning_round, **target, by=by))
        self.attempt(allowed, lambda: actions.introduce(planning_round, **introduction, by=by))
        self.attempt(
            allowed, lambda: actions.submit_plan(planning_round, **submission, by=by, explanation=factories.EXPLANATION)
        )
        self.attempt(allowed, lambda: actions.remove_entry(entry, on=DECIDED, reason="over_age", by=by))
        self.attempt(allowed, lambda: actions.close_round(without_plans, by=by, on=LATER))

    def test_approving(self, bloc, agency, planning_round, entry, role):
        plan = factories.submitted_plan(planning_round, agency, on=SUBMITTED)
        by, decision = factories.user(role, bloc), factories.document()

        self.attempt(role == Role.CONFIRMER, lambda: actions.approve_plans([plan], by=by, decision=decision))

    def test_names_are_seen_with_the_right_to_plans_alone(self, bloc, entry, role):
        scope = factories.user(role, bloc).scope
        sees = role in (Role.ORGANIZATION_BOARD, Role.CONFIRMER, Role.GRASSROOTS_CLERK)

        assert PlanEntry.objects.visible_to(scope).exists() is sees


def test_a_leader_sees_names_when_that_was_granted_and_only_there(bloc, agency, entry):
    elsewhere = factories.organization(bloc)

    assert PlanEntry.objects.visible_to(factories.user(Role.LEADER, agency, sees_plans=True).scope).exists()
    assert not PlanEntry.objects.visible_to(factories.user(Role.LEADER, elsewhere, sees_plans=True).scope).exists()
