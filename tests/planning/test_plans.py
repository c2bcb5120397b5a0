"""Plans on their way: submitted in spite of warnings or stopped by a rule, approved many at once, returned."""

from datetime import date, timedelta

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from common.errors import Blocked, NeedsExplanation, NotAllowed, Refused, WrongState
from organizations.actions import amend_organization
from organizations.models import Document, Organization
from organizations.scope import Right
from personnel.actions import discipline
from personnel.models import Person
from personnel.workflow import PaperRefused
from planning import actions
from planning.actions import VerdictDraft
from planning.models import PlanApproval, PlanEntry, PlanJudgement, PlanningRound, PositionGroup
from planning.workflow import approve_with_decision, submit_with_paper
from regulations.calendar import due_after
from regulations.models import RuleCode
from tests import factories
from tests.factories import EXPLANATION
from tests.faults.stopping import try_at_every_write

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
OPENED, INTRODUCED, SUBMITTED, DECIDED = date(2026, 1, 5), date(2026, 1, 8), date(2026, 1, 12), date(2026, 2, 10)
COMMITTEE, STANDING, SECRETARIES = PositionGroup.COMMITTEE, PositionGroup.STANDING, PositionGroup.SECRETARIES
SECRETARY, DEPUTY, MEMBER = "secretary", "deputy_secretary", "committee_member"
COUNTED = ("summoned", "present", "issued", "collected", "valid")
YOUNG = {"birth_date": date(1992, 5, 20), "gender": "female"}


@pytest.fixture
def bloc() -> Organization:
    made = factories.organization(name="Đảng bộ Khối")
    factories.term(made, date(2025, 6, 15))
    return made


@pytest.fixture
def agency(bloc) -> Organization:
    made = factories.organization(bloc, name="Đảng bộ Sở Y tế")
    factories.term(made, date(2025, 6, 15))
    return made


@pytest.fixture
def planning_round(bloc) -> PlanningRound:
    return factories.planning_round(bloc, OPENED)


def someone(place: Organization, name: str | None = None, **fields) -> Person:
    return factories.person(place, name, **(YOUNG | fields))


def introduced(planning_round: PlanningRound, place: Organization, *codes: str, person: Person | None = None):
    """Introduce somebody new for each of the positions, or `person` for all of them."""
    return [
        factories.plan_entry(planning_round, person or someone(place), place, code, on=INTRODUCED) for code in codes
    ]


def well_founded(planning_round: PlanningRound, place: Organization) -> list[PlanEntry]:
    """Introduce a secretary and a deputy against whom no rule says anything, with their ballot."""
    entries = introduced(planning_round, place, SECRETARY, DEPUTY)
    factories.ballot(*entries, on=INTRODUCED)
    return entries


def submit(planning_round: PlanningRound, place: Organization, group=SECRETARIES, **fields) -> PlanApproval:
    fields = {"on": SUBMITTED, "by": factories.office()} | fields
    return actions.submit_plan(planning_round, organization=place, group=group, **fields)


def approve(*plans: PlanApproval, on: date = DECIDED, **fields) -> Document:
    decision = fields.pop("decision", None) or factories.document(issued_on=on)
    actions.approve_plans(plans, **({"by": factories.superior(), "decision": decision} | fields))
    return decision


def written() -> tuple:
    """Return what changes as soon as anything is written."""
    entries = list(PlanEntry.objects.order_by("pk").values_list("approval", "valid_from", "valid_to"))
    plans = list(PlanApproval.objects.order_by("pk").values_list("approved_on", "returned_on"))
    counts = [model.objects.count() for model in (PlanJudgement, Document, LogEntry)]
    return entries, plans, counts


class TestSubmit:
    def test_nothing_to_say_wants_no_reason(self, planning_round, agency):
        entries = well_founded(planning_round, agency)

        plan = submit(planning_round, agency)

        assert (plan.submitted_on, plan.submitted_by, plan.explanation) == (SUBMITTED, factories.office(), "")
        assert set(plan.entries.all()) == set(entries)
        assert not plan.judgements.filter(severity="warn").exists()

    def test_it_is_to_be_approved_within_thirty_working_days(self, planning_round, agency):
        well_founded(planning_round, agency)

        assert submit(planning_round, agency).due_on == due_after(SUBMITTED, 30)

    def test_before_the_rule_there_was_no_such_day(self, bloc, agency):
        early = factories.planning_round(bloc, date(2021, 3, 1))
        factories.plan_entry(early, someone(agency), agency, on=date(2021, 3, 5))

        assert submit(early, agency, on=date(2021, 4, 1), explanation=EXPLANATION).due_on is None

    @pytest.mark.parametrize("explanation", ["", "  \n"])
    def test_a_warning_wants_a_reason(self, planning_round, agency, explanation):
        introduced(planning_round, agency, SECRETARY)  # no deputy, no ballot
        before = written()

        with pytest.raises(NeedsExplanation) as caught:
            submit(planning_round, agency, explanation=explanation)

        rules = {finding.rule for finding in caught.value.findings}
        assert rules == {RuleCode.PLAN_POSITION_MISSING, RuleCode.PLAN_BALLOT_MISSING}
        assert written() == before

    def test_the_reason_is_kept_beside_each_warning_and_nothing_else(self, planning_round, agency):
        introduced(planning_round, agency, SECRETARY)

        plan = submit(planning_round, agency, explanation=" Đã bàn kỹ ")

        assert plan.explanation == "Đã bàn kỹ"
        kept = plan.judgements.filter(stage="submission")
        assert {each.explanation for each in kept if each.severity == "warn"} == {"Đã bàn kỹ"}
        assert {each.explanation for each in kept if each.severity == "info"} == {""}
        assert {each.judged_on for each in kept} == {SUBMITTED}

    def test_what_a_rule_forbids_is_not_submitted_whatever_the_reason(self, planning_round, agency):
        introduced(planning_round, agency, *[SECRETARY] * 4)
        before = written()

        with pytest.raises(Blocked) as caught:
            submit(planning_round, agency, explanation=EXPLANATION)

        assert not isinstance(caught.value, NeedsExplanation)
        assert {finding.rule for finding in caught.value.findings} == {RuleCode.PLAN_PEOPLE_PER_POSITION}
        assert written() == before

    def test_whoever_was_stopped_by_a_ballot_is_taken_out_on_its_day(self, planning_round, agency):
        through, stopped = introduced(planning_round, agency, SECRETARY, SECRETARY)
        factories.ballot(through, stopped, on=INTRODUCED)
        second = {"body": "Hội nghị cán bộ chủ chốt", "held_on": INTRODUCED + DAY, "summoned": 20, "present": 20}
        actions.record_ballot(
            planning_round,
            organization=agency,
            group=SECRETARIES,
            counts=second | {"issued": 20, "collected": 20, "valid": 20},
            votes=[actions.VoteDraft(through, 15), actions.VoteDraft(stopped, 3)],
            by=factories.office(),
        )

        plan = submit(planning_round, agency, explanation=EXPLANATION)

        stopped.refresh_from_db()
        assert list(plan.entries.all()) == [through]
        assert (stopped.valid_to, stopped.removal_reason) == (INTRODUCED + DAY, "not_chosen")
        assert stopped.approval is None

    def test_a_place_lost_at_the_ballot_counts_against_nobody(self, planning_round, agency):
        """Three positions at one level are allowed; of the four, the deputy's did not get through."""
        person = someone(agency)
        introduced(planning_round, agency, MEMBER, "standing_member", person=person)
        _, lost = entries = introduced(planning_round, agency, SECRETARY, DEPUTY, person=person)
        with pytest.raises(Blocked, match="4 chức danh ở cùng một cấp"):
            submit(planning_round, agency, explanation=EXPLANATION)
        actions.record_ballot(
            planning_round,
            organization=agency,
            group=SECRETARIES,
            counts={"body": "Hội nghị", "held_on": INTRODUCED, **dict.fromkeys(COUNTED, 15)},
            votes=[actions.VoteDraft(entries[0], 12), actions.VoteDraft(lost, 2)],
            by=factories.office(),
        )

        submit(planning_round, agency, explanation=EXPLANATION)

        lost.refresh_from_db()
        assert lost.removal_reason == "not_chosen"

    @pytest.mark.parametrize(("held_on", "allowed"), [(SUBMITTED, True), (SUBMITTED + DAY, False)])
    def test_not_before_its_ballots(self, planning_round, agency, held_on, allowed):
        factories.ballot(*introduced(planning_round, agency, SECRETARY, DEPUTY), on=held_on)

        if allowed:
            submit(planning_round, agency)
        else:
            with pytest.raises(Refused, match="sớm hơn ngày lấy phiếu"):
                submit(planning_round, agency)
        assert PlanApproval.objects.exists() is allowed

    def test_a_returned_plan_may_be_submitted_again(self, planning_round, agency):
        well_founded(planning_round, agency)
        first = submit(planning_round, agency)
        actions.return_plan(first, by=factories.superior(), reason="Thiếu biên bản", on=SUBMITTED + DAY)

        again = submit(planning_round, agency, on=SUBMITTED + 2 * DAY)

        assert (first.entries.count(), again.entries.count()) == (0, 2)
        assert planning_round.approvals.count() == 2


class TestReview:
    @pytest.fixture
    def in_plan(self, planning_round, agency) -> list[PlanEntry]:
        entries = well_founded(planning_round, agency)
        approve(submit(planning_round, agency))
        return entries

    @pytest.fixture
    def review(self, bloc, in_plan) -> PlanningRound:
        return factories.planning_round(bloc, date(2027, 1, 4), kind="review")

    def say(self, review, agency, entry, **fields):
        draft = VerdictDraft(entry, **({"verdict": "remove", "reason": "transfer"} | fields))
        actions.review(review, organization=agency, group=SECRETARIES, verdicts=[draft], by=factories.office())

    def submitted(self, review, agency) -> PlanApproval:
        return submit(review, agency, on=date(2027, 2, 1), explanation=EXPLANATION)

    def test_one_that_keeps_everybody_is_submitted_and_approved_too(self, review, agency, in_plan):
        approve(self.submitted(review, agency), on=date(2027, 3, 1))

        assert PlanEntry.objects.as_of(date(2027, 3, 2)).count() == 2

    def test_whoever_it_takes_out_leaves_by_the_decision(self, review, agency, in_plan):
        stays, leaves = in_plan
        self.say(review, agency, leaves, note="Về Sở Nội vụ")
        decision = approve(self.submitted(review, agency), on=date(2027, 3, 1))

        for each in in_plan:
            each.refresh_from_db()
        assert (leaves.valid_to, leaves.removal_reason) == (date(2027, 3, 1), "transfer")
        assert (leaves.removed_by, leaves.note) == (decision, "Về Sở Nội vụ")
        assert (stays.valid_to, stays.removed_by) == (None, None)

    def test_nobody_leaves_before_it_is_approved(self, review, agency, in_plan):
        self.say(review, agency, in_plan[0])
        self.submitted(review, agency)

        assert PlanEntry.objects.as_of(date(2027, 3, 1)).count() == 2

    def test_whoever_came_into_the_plan_on_that_very_day_cannot_leave_it(self, bloc, agency, in_plan):
        review = factories.planning_round(bloc, OPENED, kind="review")
        self.say(review, agency, in_plan[0])
        plan = submit(review, agency, on=DECIDED, explanation=EXPLANATION)

        with pytest.raises(Refused, match="chưa có trong quy hoạch Bí thư trước ngày"):
            approve(plan, on=DECIDED)
        in_plan[0].refresh_from_db()
        assert in_plan[0].valid_to is None

    def test_the_place_that_somebody_leaves_counts_against_nobody(self, bloc, planning_round, agency, in_plan):
        """The secretary in plan, planned for two more, becomes the deputy instead: three places again."""
        person = in_plan[0].person
        introduced(planning_round, agency, MEMBER, "standing_member", person=person)
        review = factories.planning_round(bloc, date(2027, 1, 4), kind="review")
        factories.plan_entry(review, person, agency, DEPUTY, on=date(2027, 1, 8))
        with pytest.raises(Blocked, match="4 chức danh ở cùng một cấp"):
            self.submitted(review, agency)
        self.say(review, agency, in_plan[0])

        approve(self.submitted(review, agency), on=date(2027, 3, 1))

        in_the_plan = PlanEntry.objects.as_of(date(2027, 3, 1)).filter(person=person)
        assert [entry.position_id for entry in in_the_plan] == [DEPUTY]


class TestRefusedPeople:
    @pytest.fixture
    def entries(self, planning_round, agency) -> list[PlanEntry]:
        return well_founded(planning_round, agency)

    def test_they_leave_on_the_day_of_the_decision_and_the_others_come_in(self, planning_round, agency, entries):
        accepted, refused = entries
        approve(submit(planning_round, agency), refused=[refused], explanation=EXPLANATION)

        for each in entries:
            each.refresh_from_db()
        assert (accepted.valid_from, accepted.valid_to) == (DECIDED, None)
        assert (refused.valid_from, refused.valid_to, refused.removal_reason) == (None, DECIDED, "not_approved")

    def test_a_first_plan_of_which_nobody_is_left_is_returned_instead(self, planning_round, agency, entries):
        plan = submit(planning_round, agency)
        before = written()

        with pytest.raises(Refused, match="Hãy trả lại quy hoạch này"):
            approve(plan, decision=factories.document(issued_on=DECIDED), refused=entries, explanation=EXPLANATION)
        assert written()[:2] == before[:2]

    def test_a_place_refused_no_longer_counts_against_the_others(self, planning_round, agency):
        person = someone(agency)
        _, deputy = introduced(planning_round, agency, SECRETARY, DEPUTY, person=person)
        plan = submit(planning_round, agency, explanation=EXPLANATION)
        introduced(planning_round, agency, MEMBER, "standing_member", person=person)
        with pytest.raises(Blocked, match="4 chức danh ở cùng một cấp"):
            approve(plan, explanation=EXPLANATION)

        approve(plan, refused=[deputy], explanation=EXPLANATION)

        assert [entry.position_id for entry in PlanEntry.objects.as_of(DECIDED)] == [SECRETARY]

    def test_what_is_missing_without_them_wants_a_reason(self, planning_round, agency, entries):
        plan = submit(planning_round, agency)

        with pytest.raises(NeedsExplanation, match="Chưa có ai được quy hoạch chức danh Phó Bí thư"):
            approve(plan, refused=[entries[1]])


class TestNewWarnings:
    """Since 8/10/2025 a disciplinary measure warns; it is found out between submission and approval."""

    def disciplined(self, entry: PlanEntry) -> None:
        discipline(
            entry.person, kind="reprimand", valid_from=SUBMITTED, valid_to=date(2027, 1, 12), by=factories.office()
        )

    def test_what_nobody_has_explained_wants_a_reason(self, planning_round, agency):
        entries = well_founded(planning_round, agency)
        plan = submit(planning_round, agency)
        self.disciplined(entries[0])
        before = written()

        decision = factories.document(issued_on=DECIDED)
        with pytest.raises(NeedsExplanation) as caught:
            approve(plan, decision=decision, explanation=" ")
        assert [finding.rule for finding in caught.value.findings] == [RuleCode.PLAN_LEAVES_AT_ONCE]
        assert written()[:2] == before[:2]

        approve(plan, decision=decision, explanation="Đã xem xét")
        kept = plan.judgements.get(stage="approval", rule=RuleCode.PLAN_LEAVES_AT_ONCE)
        assert (kept.explanation, kept.judged_on) == ("Đã xem xét", DECIDED)

    def test_said_of_one_person_at_the_submission_it_is_new_of_another(self, planning_round, agency):
        entries = well_founded(planning_round, agency)
        discipline(
            entries[1].person, kind="warning", valid_from=OPENED, valid_to=date(2027, 1, 5), by=factories.office()
        )
        plan = submit(planning_round, agency, explanation=EXPLANATION)
        self.disciplined(entries[0])

        with pytest.raises(NeedsExplanation) as caught:
            approve(plan)
        assert [finding.message.startswith(str(entries[0].person)) for finding in caught.value.findings] == [True]

    def test_explained_at_the_submission_it_wants_no_other_reason(self, planning_round, agency):
        introduced(planning_round, agency, SECRETARY)
        plan = submit(planning_round, agency, explanation=EXPLANATION)

        approve(plan)

        assert PlanEntry.objects.as_of(DECIDED).count() == 1

    def test_a_share_explained_once_wants_no_reason_for_its_other_numbers(self, planning_round, agency):
        people = [someone(agency, gender="male") for _ in range(3)]
        entries = [
            factories.plan_entry(planning_round, person, agency, code, on=INTRODUCED)
            for person, code in zip(people, (SECRETARY, DEPUTY, DEPUTY), strict=True)
        ]
        plan = submit(planning_round, agency, explanation=EXPLANATION)
        approve(plan, refused=[entries[2]])

        kept = plan.judgements.filter(rule=RuleCode.PLAN_WOMEN_PERCENT).order_by("pk")
        assert ["(0/3)" in kept[0].message, "(0/2)" in kept[1].message] == [True, True]

    def test_the_rules_are_those_of_the_day_of_the_decision(self, bloc, agency):
        """Until 7/10/2025 the measure blocked."""
        former = factories.planning_round(bloc, date(2025, 8, 4))
        person = someone(agency)
        factories.plan_entry(former, person, agency, on=date(2025, 8, 5))
        plan = submit(former, agency, on=date(2025, 9, 1), explanation=EXPLANATION)
        discipline(
            person, kind="reprimand", valid_from=date(2025, 9, 2), valid_to=date(2026, 9, 2), by=factories.office()
        )

        with pytest.raises(Blocked) as caught:
            approve(plan, on=date(2025, 10, 7), explanation=EXPLANATION)
        assert not isinstance(caught.value, NeedsExplanation)
        approve(plan, on=date(2025, 10, 8), explanation=EXPLANATION)


class TestManyAtOnce:
    def plans(self, planning_round, bloc, count: int, people: int = 2) -> list[PlanApproval]:
        plans = []
        for _ in range(count):
            place = factories.organization(bloc)
            introduced(planning_round, place, SECRETARY, *[DEPUTY] * (people - 1))
            plans.append(submit(planning_round, place, explanation=EXPLANATION))
        return plans

    def test_what_blocks_one_stops_all(self, planning_round, bloc):
        good, bad = self.plans(planning_round, bloc, 2)
        elsewhere = factories.organization(bloc)
        introduced(planning_round, elsewhere, SECRETARY, DEPUTY, MEMBER, person=bad.entries.first().person)
        before = written()[:2]

        with pytest.raises(Blocked, match="4 chức danh ở cùng một cấp"):
            approve(good, bad, explanation=EXPLANATION)
        assert written()[:2] == before

    def test_who_confirms_for_one_of_them_alone_approves_none(self, planning_round, bloc):
        plans = self.plans(planning_round, bloc, 2)
        by = factories.user(Role.CONFIRMER, plans[0].organization)
        before = written()[:2]

        with pytest.raises(NotAllowed):
            approve(*plans, by=by, explanation=EXPLANATION)
        assert written()[:2] == before

    def test_whoever_submitted_one_approves_none(self, planning_round, bloc):
        plans = self.plans(planning_round, bloc, 2)
        PlanApproval.objects.filter(pk=plans[1].pk).update(submitted_by=factories.superior())
        before = written()[:2]

        with pytest.raises(NotAllowed, match="Bạn đã trình quy hoạch"):
            approve(*plans, explanation=EXPLANATION)
        assert written()[:2] == before

    def test_it_takes_as_many_queries_for_many_as_for_few(self, planning_round, bloc):
        sizes = [self.plans(planning_round, bloc, *size) for size in ((1, 2), (2, 2), (9, 3))]
        decisions = [factories.document(issued_on=DECIDED) for _ in sizes]
        counts = []
        for plans, decision in zip(sizes, decisions, strict=True):
            with CaptureQueriesContext(connection) as queries:
                approve(*plans, decision=decision, explanation=EXPLANATION)
            # Inserts aside: SQLite takes only so many values in one of them.
            counts.append(sum(not each["sql"].startswith("INSERT") for each in queries))

        _, few, many = counts  # the first fetches content types and the like for the whole process
        assert many == few

    def test_the_journal_tells_of_each_person_and_of_each_plan(self, planning_round, bloc):
        plans = self.plans(planning_round, bloc, 3)
        before = LogEntry.objects.count()
        approve(*plans, decision=factories.document(issued_on=DECIDED), explanation=EXPLANATION)

        acts = LogEntry.objects.order_by("pk")[before:]
        told = [entry for entry in acts if (entry.additional_data or {}).get("act") == "Phê duyệt quy hoạch"]
        models = [entry.content_type.model for entry in told]
        assert (models.count("planentry"), models.count("planapproval")) == (6, 3)


class TestReturn:
    @pytest.fixture
    def plan(self, planning_round, agency) -> PlanApproval:
        well_founded(planning_round, agency)
        return submit(planning_round, agency)

    def test_its_people_wait_to_be_submitted_again(self, plan):
        actions.return_plan(plan, by=factories.superior(), reason=" Thiếu biên bản ", on=SUBMITTED)

        plan.refresh_from_db()
        assert (plan.returned_on, plan.return_reason, plan.is_open) == (SUBMITTED, "Thiếu biên bản", False)
        assert PlanEntry.objects.filter(approval=None, valid_to=None).count() == 2

    def test_people_may_be_introduced_again(self, plan, planning_round, agency):
        actions.return_plan(plan, by=factories.superior(), reason="Thiếu người")

        introduced(planning_round, agency, DEPUTY)

        assert PlanEntry.objects.count() == 3

    @pytest.mark.parametrize("reason", ["", " \n"])
    def test_without_a_reason_it_is_refused(self, plan, reason):
        with pytest.raises(Refused, match="Hãy ghi rõ lý do"):
            actions.return_plan(plan, by=factories.superior(), reason=reason)

    def test_not_before_it_was_submitted(self, plan):
        with pytest.raises(Refused, match="không thể trả lại trước ngày đó"):
            actions.return_plan(plan, by=factories.superior(), reason="Thiếu", on=SUBMITTED - DAY)

    @pytest.mark.parametrize("decided", ["approved", "returned"])
    def test_what_is_decided_is_a_wrong_state(self, plan, decided):
        if decided == "approved":
            approve(plan)
        else:
            actions.return_plan(plan, by=factories.superior(), reason="Thiếu")
        before = written()

        with pytest.raises(WrongState, match="đã được quyết định"):
            actions.return_plan(plan, by=factories.superior(), reason="Thiếu")
        assert written() == before

    @pytest.mark.parametrize("right", Right)
    def test_those_who_plan_and_those_who_confirm_may(self, plan, agency, right):
        by = factories.holder_of(right, path=agency.path)

        if right in (Right.PLAN, Right.CONFIRM):
            actions.return_plan(plan, by=by, reason="Thiếu")
        else:
            with pytest.raises(NotAllowed):
                actions.return_plan(plan, by=by, reason="Thiếu")
        plan.refresh_from_db()
        assert plan.is_open is (right not in (Right.PLAN, Right.CONFIRM))

    @pytest.mark.parametrize("role", [Role.ORGANIZATION_BOARD, Role.CONFIRMER])
    def test_not_out_of_the_scope(self, plan, bloc, role):
        with pytest.raises(NotAllowed):
            actions.return_plan(plan, by=factories.user(role, factories.organization(bloc)), reason="Thiếu")

    def test_a_returned_plan_is_not_approved(self, plan):
        actions.return_plan(plan, by=factories.superior(), reason="Thiếu")

        with pytest.raises(WrongState, match="đã được trả lại"):
            approve(plan)


PAPER = {"number": 7, "symbol": "ĐU", "issued_on": SUBMITTED, "summary": "Đề nghị", "signed_by": "Bùi Văn Ký"}
DECISION = PAPER | {"number": 9, "symbol": "ĐUK", "issued_on": DECIDED, "summary": "Phê duyệt", "effective_on": None}


class TestWithPapers:
    def submitted(self, planning_round, place, **fields) -> PlanApproval:
        return submit_with_paper(
            planning_round,
            organization=place,
            group=SECRETARIES,
            by=factories.office(),
            on=SUBMITTED,
            explanation=EXPLANATION,
            **fields,
        )

    def test_the_submission_of_the_organisation_is_entered_with_the_plan(self, planning_round, agency):
        introduced(planning_round, agency, SECRETARY)

        plan = self.submitted(planning_round, agency, paper=PAPER)

        assert (plan.submission.full_number, plan.submission.issuer) == ("07-TTr/ĐU", agency)

    def test_when_the_plan_is_refused_nothing_of_the_paper_stays(self, planning_round, agency):
        introduced(planning_round, agency, *[SECRETARY] * 4)
        before = written()

        with pytest.raises(Blocked):
            self.submitted(planning_round, agency, paper=PAPER)
        assert written() == before

    def test_when_the_paper_is_refused_the_plan_stays_where_it_was(self, planning_round, agency):
        introduced(planning_round, agency, SECRETARY)
        factories.document(agency, SUBMITTED, type="TTr", number=7)
        before = written()

        with pytest.raises(PaperRefused):
            self.submitted(planning_round, agency, paper=PAPER)
        assert written() == before

    def decided(self, *plans: PlanApproval, paper=DECISION, **fields) -> None:
        approve_with_decision(plans, by=factories.superior(), decision=None, paper=paper, **fields)

    def test_the_decision_is_of_the_direct_superior(self, planning_round, agency, bloc):
        introduced(planning_round, agency, SECRETARY)
        plan = self.submitted(planning_round, agency)
        self.decided(plan)

        plan.refresh_from_db()
        assert (plan.decision.issuer, plan.decision.full_number) == (bloc, "09-QĐ/ĐUK")
        assert plan.approved_on == DECIDED

    def test_above_the_top_it_is_of_an_outside_issuer(self, planning_round, bloc):
        introduced(planning_round, bloc, SECRETARY)
        plan = self.submitted(planning_round, bloc)
        self.decided(plan, paper=DECISION | {"issuer_name": "Ban Thường vụ Tỉnh ủy"})

        plan.refresh_from_db()
        assert (plan.decision.issuer, plan.decision.issuer_name) == (None, "Ban Thường vụ Tỉnh ủy")

    def test_one_decision_is_not_of_two_superiors(self, planning_round, bloc, agency):
        plans = []
        for place in (agency, factories.organization(bloc), bloc):
            introduced(planning_round, place, SECRETARY)
            plans.append(self.submitted(planning_round, place))
        factories.superior()
        before = written()

        with pytest.raises(Refused, match="không phê duyệt được quy hoạch của: Đảng bộ Khối"):
            self.decided(*plans)
        assert written() == before

    def test_who_decides_is_the_superior_of_the_day(self, planning_round, bloc, agency):
        successor = factories.organization(name="Đảng bộ các cơ quan Đảng")
        factories.term(successor, date(2025, 6, 15))
        introduced(planning_round, agency, SECRETARY)
        plan = self.submitted(planning_round, agency)
        amend_organization(agency, effective_on=DECIDED, parent=successor, by=factories.office())
        plan = PlanApproval.objects.select_related("organization__parent", "round").get(pk=plan.pk)
        self.decided(plan)

        plan.refresh_from_db()
        assert plan.decision.issuer == successor

    def test_a_server_stopped_in_the_middle_leaves_nothing_half_done(self, planning_round, bloc, agency):
        other = factories.organization(bloc)
        for place in (agency, other):
            introduced(planning_round, place, SECRETARY, DEPUTY)
        factories.superior()
        plans = [self.submitted(planning_round, other)]
        submitting = try_at_every_write(lambda: self.submitted(planning_round, agency, paper=PAPER))
        plans += PlanApproval.objects.filter(organization=agency)
        refused = [plans[0].entries.first()]
        approving = try_at_every_write(lambda: self.decided(*plans, refused=refused, explanation=EXPLANATION))

        assert min(submitting, approving) > 5
