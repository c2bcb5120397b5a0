"""What a review of the acts and rules of planning found, mended: odd orders, two rounds at once, who may read what."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from accounts.roles import Role
from common.errors import Blocked, NotAllowed, Refused
from organizations.models import Document
from organizations.scope import Right, Scope
from personnel.actions import conclude_politically, discipline
from personnel.models import Precision
from planning import actions
from planning.actions import VerdictDraft
from planning.ballots import aim_of
from planning.checks.numbers import is_young
from planning.comparison import compare
from planning.models import PlanApproval, PlanEntry, PlanningRound, PositionGroup, ReviewVerdict
from planning.progress import State, progress
from planning.proposals import reentries_among
from regulations.findings import UNVERIFIED
from regulations.models import RuleCode
from tests import factories
from tests.factories import EXPLANATION
from tests.pages import as_role

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
OPENED = date(2022, 1, 5)
COMMITTEE, SECRETARIES = PositionGroup.COMMITTEE, PositionGroup.SECRETARIES
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
def planning_round(bloc):
    return factories.planning_round(bloc, OPENED)


@pytest.fixture
def entry(planning_round, agency) -> PlanEntry:
    """Somebody in the plan for the secretary since 10/3/2022."""
    made = factories.plan_entry(planning_round, factories.person(agency, "Lê Văn An"), agency)
    factories.approved(planning_round, agency)
    made.refresh_from_db()
    return made


def take_out(entry: PlanEntry, on: date, reason: str = "own_wish") -> None:
    actions.remove_entry(entry, on=on, reason=reason, by=factories.office())


def a_review(bloc, opened_on: date = date(2023, 1, 5)) -> PlanningRound:
    return factories.planning_round(bloc, opened_on, kind=PlanningRound.Kind.REVIEW)


def approve(*plans: PlanApproval, on: date, **fields) -> None:
    decision = factories.document(issued_on=on)
    actions.approve_plans(plans, by=factories.superior(), decision=decision, explanation=EXPLANATION, **fields)


class TestSomebodyWhoIsStillInThePlan:
    """Whoever leaves on a day to come, or later than the day typed, is in the plan until then."""

    LEAVES = date(2023, 6, 1)

    @pytest.mark.parametrize(("on", "allowed"), [(LEAVES - DAY, False), (LEAVES, True)])
    def test_is_not_introduced_there_before_that_day(self, bloc, agency, entry, on, allowed):
        take_out(entry, self.LEAVES)
        review = a_review(bloc)
        if allowed:
            factories.plan_entry(review, entry.person, agency, on=on)
            factories.approved(review, agency, submitted_on=on, on=on)
        else:
            with pytest.raises(Refused, match=r"Lê Văn An còn trong quy hoạch Bí thư .* đến trước ngày 01/6/2023"):
                factories.plan_entry(review, entry.person, agency, on=on)
        assert PlanEntry.objects.as_of(on).count() == 1

    def test_of_another_position_or_before_approval_it_does_not_matter(self, bloc, agency, entry):
        take_out(entry, self.LEAVES)
        review = a_review(bloc)
        first = factories.plan_entry(review, entry.person, agency, "deputy_secretary", on=date(2023, 2, 1))
        take_out(first, date(2023, 4, 1))

        assert factories.plan_entry(review, entry.person, agency, "deputy_secretary", on=date(2023, 2, 1))


class TestComingBack:
    NOW = date(2026, 3, 1)

    @pytest.fixture
    def never_approved(self, planning_round, agency):
        made = factories.plan_entry(planning_round, factories.person(agency, "Lê Văn An"), agency)
        factories.left_for_a_measure(made)
        made.refresh_from_db()
        return made

    def test_is_not_for_whom_was_never_in_the_plan(self, bloc, never_approved):
        assert reentries_among([never_approved], self.NOW) == []
        with pytest.raises(Refused, match="chưa đủ điều kiện"):
            actions.reenter(
                never_approved, planning_round=a_review(bloc, date(2026, 1, 5)), on=self.NOW, by=factories.office()
            )

    def test_its_page_says_so(self, bloc, never_approved):
        client = as_role(Role.ORGANIZATION_BOARD, bloc)

        assert client.get(reverse("planning:entry_reenter", args=[never_approved.pk])).status_code == 302

    def test_is_the_work_of_those_who_plan_and_tells_nobody_else_of_the_measure(self, bloc, entry):
        factories.left_for_a_measure(entry, until=date(2027, 1, 1))
        entry.refresh_from_db()
        review = a_review(bloc, date(2026, 1, 5))

        with pytest.raises(NotAllowed):
            actions.reenter(entry, planning_round=review, on=self.NOW, by=factories.holder_of(Right.VIEW))


class TestTheAimOfAReview:
    """A target stands until a later round sets another; the comparison and the ballots say so too."""

    @pytest.fixture
    def review(self, bloc, agency, planning_round):
        actions.set_target(
            planning_round,
            organization=agency,
            group=COMMITTEE,
            seats=15,
            coefficient=Decimal("1.5"),
            by=factories.office(),
        )
        review = a_review(bloc)
        factories.plan_entry(review, factories.person(agency), agency, "committee_member", on=date(2023, 2, 1))
        return review

    def test_stands_before_its_approval_and_after(self, agency, review):
        before = compare(review, agency, COMMITTEE, date(2023, 2, 1)).aim
        factories.approved(review, agency, COMMITTEE, submitted_on=date(2023, 2, 20), on=date(2023, 3, 1))

        assert before == "từ 15 đến 22 đồng chí (15 vị trí, hệ số 1,5)"
        assert compare(review, agency, COMMITTEE, date(2023, 3, 1)).aim == before

    def test_stands_beside_its_ballots(self, agency, review):
        aim = aim_of(review, agency, COMMITTEE)

        assert (aim.least, aim.most) == (15, 22)
        assert aim_of(review, agency, SECRETARIES) is None


class TestTwoRoundsOfOneDecision:
    """Two rounds of one plan term, one of the superior and one of the organisation itself, approved together."""

    def plans(self, planning_round, agency, numbers):
        rounds = [planning_round, factories.planning_round(agency, OPENED)]
        for each, number in zip(rounds, numbers, strict=True):
            for _ in range(number):
                factories.plan_entry(each, factories.person(agency), agency)
        return [factories.submitted_plan(each, agency) for each in rounds]

    @pytest.mark.parametrize(("numbers", "blocked"), [((2, 1), False), ((2, 2), True)])
    def test_count_together_against_the_limit_of_a_position(self, planning_round, agency, numbers, blocked):
        plans = self.plans(planning_round, agency, numbers)
        if blocked:
            with pytest.raises(Blocked, match="có 4 người được quy hoạch cho 1 vị trí"):
                approve(*plans, on=factories.DECIDED)
        else:
            approve(*plans, on=factories.DECIDED)
        assert PlanEntry.objects.as_of(factories.DECIDED).count() == (0 if blocked else 3)

    def test_whoever_is_refused_in_one_does_not_count_in_the_other(self, planning_round, agency):
        plans = self.plans(planning_round, agency, (2, 2))

        approve(*plans, on=factories.DECIDED, refused=[plans[0].entries.first()])

        assert PlanEntry.objects.as_of(factories.DECIDED).count() == 3

    def test_whom_the_review_takes_out_makes_room_in_the_other(self, bloc, planning_round, agency):
        old = [factories.plan_entry(planning_round, factories.person(agency), agency) for _ in range(3)]
        factories.approved(planning_round, agency)
        review, own = a_review(bloc), factories.planning_round(agency, date(2023, 1, 5))
        verdict = VerdictDraft(old[0], REMOVE, "own_wish")
        actions.review(review, organization=agency, group=SECRETARIES, verdicts=[verdict], by=factories.office())
        leaves = factories.submitted_plan(review, agency, on=date(2023, 2, 1))
        take_out(old[1], date(2023, 2, 2))  # so that the other may be submitted
        factories.plan_entry(own, factories.person(agency), agency, on=date(2023, 2, 3))
        factories.plan_entry(own, factories.person(agency), agency, on=date(2023, 2, 3))
        with pytest.raises(Blocked):
            factories.submitted_plan(own, agency, on=date(2023, 2, 4))
        PlanEntry.objects.filter(round=own).first().delete()
        comes = factories.submitted_plan(own, agency, on=date(2023, 2, 4))

        approve(comes, leaves, on=date(2023, 3, 1))

        assert PlanEntry.objects.as_of(date(2023, 3, 1)).count() == 2


class TestTheJournal:
    def written(self, planning_round):
        entries = LogEntry.objects.get_for_object(planning_round).order_by("pk")
        return [
            (each.additional_data["act"], each.actor.username, each.changes["legal_basis"])
            for each in entries
            if "legal_basis" in (each.changes or {})
        ]

    def test_tells_what_a_round_rests_on_and_what_it_rested_on(self, bloc):
        first, second = factories.document(), factories.document()
        planning_round = factories.planning_round(bloc, legal_basis=[first])

        actions.set_legal_basis(planning_round, documents=[second], by=factories.office())

        told = [
            (act, who, changes["operation"], changes["objects"]) for act, who, changes in self.written(planning_round)
        ]
        assert told == [
            ("Mở đợt quy hoạch", "office", "add", [str(first)]),
            ("Ghi căn cứ của đợt quy hoạch", "office", "delete", [str(first)]),
            ("Ghi căn cứ của đợt quy hoạch", "office", "add", [str(second)]),
        ]


def test_a_plan_submitted_again_under_an_earlier_day_waits(bloc, planning_round, agency):
    factories.plan_entry(planning_round, factories.person(agency), agency)
    first = factories.submitted_plan(planning_round, agency, on=date(2022, 2, 20))
    actions.return_plan(first, by=factories.superior(), reason="Ghi nhầm ngày trình", on=date(2022, 2, 21))

    factories.submitted_plan(planning_round, agency, on=date(2022, 2, 19))

    made = progress(planning_round, scope=Scope.everything(), day=date(2022, 2, 22))
    assert made.cells[agency.pk, SECRETARIES].state == State.SUBMITTED
    assert made.waiting.count == 1


class TestARoundOfAnotherOrganisation:
    """What a round asks of organisations, it asks of those beneath its authority alone."""

    @pytest.fixture
    def elsewhere(self, bloc):
        return factories.planning_round(factories.organization(bloc), date(2023, 1, 5), kind="review")

    def test_takes_no_plan(self, agency, entry, elsewhere):
        with pytest.raises(Refused, match="không thuộc phạm vi"):
            factories.submitted_plan(elsewhere, agency, on=date(2023, 2, 1))

    def test_reviews_none(self, agency, entry, elsewhere):
        with pytest.raises(Refused, match="không thuộc phạm vi"):
            actions.review(
                elsewhere,
                organization=agency,
                group=SECRETARIES,
                verdicts=[VerdictDraft(entry, KEEP)],
                by=factories.office(),
            )

    def test_sets_no_target(self, agency, elsewhere):
        target = {"organization": agency, "group": COMMITTEE, "seats": 15, "coefficient": Decimal("1.5")}
        with pytest.raises(Refused, match="không thuộc phạm vi"):
            actions.set_target(elsewhere, **target, by=factories.office())
        with pytest.raises(Refused, match="không thuộc phạm vi"):
            actions.set_targets(elsewhere, targets=[actions.TargetDraft(**target)], by=factories.office())


def test_a_plan_is_not_submitted_before_its_round_was_opened(bloc, agency, entry):
    review = a_review(bloc)

    with pytest.raises(Refused, match="mở ngày 05/01/2023"):
        factories.submitted_plan(review, agency, on=date(2023, 1, 4))
    assert factories.submitted_plan(review, agency, on=date(2023, 1, 5))


class TestClosing:
    @pytest.mark.parametrize(("on", "allowed"), [(factories.DECIDED - DAY, False), (factories.DECIDED, True)])
    def test_not_before_the_last_approval(self, planning_round, entry, on, allowed):
        if allowed:
            actions.close_round(planning_round, by=factories.office(), on=on)
        else:
            with pytest.raises(Refused, match="10/3/2022"):
                actions.close_round(planning_round, by=factories.office(), on=on)
        planning_round.refresh_from_db()
        assert (planning_round.closed_on is not None) is allowed


class TestComparisonOfARoundOfOneDay:
    def test_whoever_it_let_in_on_the_day_it_was_opened_comes(self, bloc, agency):
        planning_round = factories.planning_round(bloc, OPENED)
        factories.plan_entry(planning_round, factories.person(agency), agency, on=OPENED)
        factories.approved(planning_round, agency, submitted_on=OPENED, on=OPENED)

        [count] = [
            each for each in compare(planning_round, agency, SECRETARIES, OPENED).counts if each.label == "Bí thư"
        ]
        assert (count.before, count.coming, count.after) == (0, 1, 1)


@pytest.mark.parametrize(
    ("born", "precision", "young"),
    [
        (date(1985, 1, 1), Precision.YEAR, True),
        (date(1984, 1, 1), Precision.YEAR, False),
        (date(1985, 10, 1), Precision.MONTH, True),
        (date(1985, 9, 1), Precision.MONTH, False),
        (date(1985, 10, 8), Precision.DAY, False),
    ],
)
def test_of_a_birthday_known_in_part_the_latest_is_meant(bloc, born, precision, young):
    assert is_young(factories.person(bloc, birth_date=born, birth_precision=precision), date(2025, 10, 8)) is young


class TestWhomAReviewKeeps:
    """Whoever has to leave at once is not kept by a review: before 8/10/2025 that blocks, since then it warns."""

    @pytest.fixture(params=[(date(2025, 10, 7), True), (date(2025, 10, 8), False)])
    def act(self, request):
        return request.param

    def submit(self, bloc, agency, on, **fields):
        review = a_review(bloc, date(2025, 9, 1))
        fields = {"organization": agency, "group": SECRETARIES, "on": on, "by": factories.office()} | fields
        return actions.submit_plan(review, **fields)

    def says(self, bloc, agency, act):
        """Return what the rule says of those kept, on the day of the act."""
        on, blocks = act
        with pytest.raises(Blocked) as caught:
            self.submit(bloc, agency, on)
        findings = [each for each in caught.value.findings if each.rule == RuleCode.PLAN_LEAVES_AT_ONCE]
        assert {each.blocks for each in findings} <= {blocks}
        return [(each.message, each.label) for each in findings]

    def label(self, act):
        return "Quy định 50-QĐ/TW, ngày 27/12/2021" if act[1] else UNVERIFIED

    def test_under_a_measure(self, bloc, agency, entry, act):
        discipline(entry.person, kind="reprimand", valid_from=date(2025, 8, 1), valid_to=None, by=factories.office())

        [said] = self.says(bloc, agency, act)
        assert said == ("Lê Văn An đang trong thời gian chịu kỷ luật khiển trách.", self.label(act))

    def test_below_the_political_standard(self, bloc, agency, entry, act):
        conclude_politically(entry.person, valid_from=date(2025, 8, 1), by=factories.office())

        [said] = self.says(bloc, agency, act)
        assert said == ("Lê Văn An bị kết luận không bảo đảm tiêu chuẩn chính trị.", self.label(act))

    def test_over_age(self, bloc, agency, entry, act):
        someone = entry.person
        someone.retires_on, someone.retires_on_source = date(2030, 5, 31), "Quyết định nghỉ hưu"
        someone.save()

        [(message, label)] = self.says(bloc, agency, act)
        assert message.startswith("Lê Văn An nghỉ hưu tháng 5/2030, còn 59 tháng công tác tính từ tháng 6/2025")
        assert label == self.label(act)

    def test_not_whoever_leaves_by_it(self, bloc, agency, entry):
        discipline(entry.person, kind="reprimand", valid_from=date(2025, 8, 1), valid_to=None, by=factories.office())
        review = a_review(bloc, date(2025, 9, 1))
        verdict = VerdictDraft(entry, REMOVE, "discipline")
        actions.review(review, organization=agency, group=SECRETARIES, verdicts=[verdict], by=factories.office())

        assert factories.submitted_plan(review, agency, on=date(2025, 10, 7))

    def test_a_first_round_beside_it_says_nothing_of_them(self, agency, bloc, entry):
        discipline(entry.person, kind="reprimand", valid_from=date(2025, 8, 1), valid_to=None, by=factories.office())
        first = factories.planning_round(bloc, date(2025, 9, 1))
        person = factories.person(agency, birth_date=date(1990, 1, 1))
        factories.plan_entry(first, person, agency, "deputy_secretary", on=date(2025, 9, 2))

        assert factories.submitted_plan(first, agency, on=date(2025, 10, 7))

    def test_disciplined_after_the_submission_they_are_taken_out_at_once_and_it_goes_on(self, bloc, agency, entry):
        stays = factories.plan_entry(
            factories.planning_round(bloc, date(2022, 6, 1)), factories.person(agency), agency, on=date(2022, 6, 2)
        )
        factories.approved(stays.round, agency, submitted_on=date(2022, 7, 1), on=date(2022, 8, 1))
        review = a_review(bloc)
        plan = factories.submitted_plan(review, agency, on=date(2023, 2, 1))
        discipline(entry.person, kind="warning", valid_from=date(2023, 2, 5), valid_to=None, by=factories.office())
        with pytest.raises(Blocked):
            approve(plan, on=date(2023, 3, 1))

        take_out(entry, date(2023, 2, 6), "discipline")
        approve(plan, on=date(2023, 3, 1))

        assert PlanEntry.objects.as_of(date(2023, 3, 1)).get() == stays


class TestPapersOfPoliticalConclusions:
    """The paper of a political conclusion names its person in its summary: it is seen by whom the conclusion is."""

    @pytest.fixture
    def paper(self, bloc, agency):
        factories.term(bloc)
        paper = factories.document(
            bloc, date(2023, 3, 1), "KL", summary="Về tiêu chuẩn chính trị của đồng chí Lê Văn An"
        )
        someone = factories.person(agency, "Lê Văn An")
        conclude_politically(someone, valid_from=date(2023, 3, 1), document=paper, by=factories.office())
        return paper

    def sees(self, organization, role, paper, **fields) -> bool:
        scope = factories.user(role, organization, **fields).scope
        return Document.objects.visible_to(scope).filter(pk=paper.pk).exists()

    def test_by_those_who_see_plans_there(self, bloc, paper):
        assert self.sees(bloc, Role.ORGANIZATION_BOARD, paper)
        assert self.sees(bloc, Role.LEADER, paper, sees_plans=True)

    @pytest.mark.parametrize("role", [Role.LEADER, Role.ADMINISTRATOR, Role.INSPECTION])
    def test_by_nobody_else(self, bloc, paper, role):
        assert not self.sees(bloc, role, paper)
        client = as_role(role, bloc)
        assert client.get(paper.get_absolute_url()).status_code == 404
        assert "Lê Văn An" not in client.get("/van-ban/").content.decode()

    def test_another_paper_is_seen_as_before(self, bloc, agency, paper):
        other = factories.document(bloc, date(2023, 3, 1), "KL")

        assert self.sees(bloc, Role.LEADER, other)


def test_the_admin_shows_no_words_typed_about_a_plan(bloc, planning_round, agency):
    factories.plan_entry(planning_round, factories.person(agency), agency)
    plan = factories.submitted_plan(planning_round, agency)
    actions.return_plan(
        plan, by=factories.superior(), reason="Đồng chí Lê Văn An chưa đủ điều kiện", on=date(2022, 3, 1)
    )
    PlanApproval.objects.filter(pk=plan.pk).update(explanation="Đồng chí Lê Văn An là nguồn tại chỗ")

    page = as_role(Role.ADMINISTRATOR, bloc).get(reverse("admin:planning_planapproval_change", args=[plan.pk]))

    assert page.status_code == 200
    assert "Lê Văn An" not in page.content.decode()
