"""What a review of the acts and rules of planning found, mended: odd orders, two rounds at once, who may read what."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.roles import Role
from common.errors import NotAllowed, Refused
from organizations.models import Document
from organizations.scope import Right
from personnel.actions import conclude_politically
from personnel.models import Precision
from planning import actions
from planning.actions import VerdictDraft
from planning.checks.numbers import is_young
from planning.models import PlanApproval, PlanEntry, PlanningRound, PositionGroup, ReviewVerdict
from planning.proposals import reentries_among
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
