"""Pages on which plans are submitted, approved many at once, and returned; and what of it waits on the first page."""

import re
from datetime import date, timedelta

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Assignment, User
from accounts.roles import Role
from common.errors import WrongState
from common.formats import short_day
from common.periods import today
from organizations.actions import amend_organization
from organizations.models import Document, Organization
from organizations.scope import Right
from personnel.actions import discipline
from planning import actions
from planning.models import PlanApproval, PlanEntry, PlanJudgement, PlanningRound, PositionGroup
from planning.queues import plans_returned, plans_waiting
from tests import factories
from tests.factories import EXPLANATION
from tests.pages import count_queries, signed_in, text_of

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
SECRETARIES, COMMITTEE = PositionGroup.SECRETARIES, PositionGroup.COMMITTEE
SECRETARY, DEPUTY, MEMBER = "secretary", "deputy_secretary", "committee_member"
LIST, DECIDE = reverse("planning:approval_list"), reverse("planning:approval_decide")
NAMES = ("Đỗ Thị Hòa", "Vũ Văn Mẫn")


@pytest.fixture
def bloc() -> Organization:
    made = factories.organization(name="Đảng bộ Khối", code="KHOI")
    factories.term(made, begins=date(today().year - 1, 6, 15))
    return made


@pytest.fixture
def agency(bloc) -> Organization:
    made = factories.organization(bloc, name="Đảng bộ Sở Y tế", code="SYT")
    factories.term(made, begins=date(today().year - 1, 6, 15))
    return made


@pytest.fixture
def other(bloc) -> Organization:
    return factories.organization(bloc, name="Chi bộ Thư viện", kind="grassroots_cell", code="TV")


@pytest.fixture
def planning_round(bloc) -> PlanningRound:
    return factories.planning_round(bloc, today() - 90 * DAY, plan_term=f"{today().year + 4}-{today().year + 9}")


@pytest.fixture
def users(bloc, agency) -> dict[str, User]:
    made = {
        "board": factories.user(Role.ORGANIZATION_BOARD, bloc),
        "confirmer": factories.user(Role.CONFIRMER, bloc),
        "confirmer_there": factories.user(Role.CONFIRMER, agency),
        "confirmer_elsewhere": factories.user(Role.CONFIRMER, factories.organization(bloc)),
        "clerk": factories.user(Role.GRASSROOTS_CLERK, agency),
        "inspection": factories.user(Role.INSPECTION, bloc),
        "leader": factories.user(Role.LEADER, bloc),
        "leader_with_plans": factories.user(Role.LEADER, bloc, sees_plans=True),
        "administrator": factories.user(Role.ADMINISTRATOR, bloc),
        "both": factories.user(Role.ORGANIZATION_BOARD, bloc),
    }
    Assignment.objects.create(user=made["both"], role=Role.CONFIRMER, organization=bloc)
    return made


def introduced(planning_round, place, *codes: str, names=NAMES) -> list[PlanEntry]:
    """Introduce somebody young for each of the positions, in a ballot that all got through."""
    born = date(today().year - 33, 5, 20)
    people = [
        factories.person(place, f"{names[n % 2]}{' ' * (n > 1)}{n * (n > 1) or ''}", birth_date=born, gender="female")
        for n in range(len(codes))
    ]
    entries = [
        factories.plan_entry(planning_round, person, place, code, on=today() - 60 * DAY)
        for person, code in zip(people, codes, strict=True)
    ]
    factories.ballot(*entries, on=today() - 50 * DAY)
    return entries


def submitted(planning_round, place, *codes: str, on: date | None = None, **fields) -> PlanApproval:
    """Return the plan of one group, with somebody for each of the positions, submitted."""
    [group] = {entry.group for entry in introduced(planning_round, place, *(codes or (SECRETARY, DEPUTY)))}
    fields = {"by": factories.office(), "on": on or today() - 10 * DAY, "explanation": EXPLANATION} | fields
    return actions.submit_plan(planning_round, organization=place, group=group, **fields)


@pytest.fixture
def plan(planning_round, agency) -> PlanApproval:
    return submitted(planning_round, agency)


@pytest.fixture
def second(planning_round, other) -> PlanApproval:
    return submitted(planning_round, other)


def chosen(*plans: PlanApproval) -> str:
    return f"{DECIDE}?{'&'.join(f'plans={plan.pk}' for plan in plans)}"


def filled_in(*plans: PlanApproval, without: tuple[PlanEntry, ...] = (), **fields) -> dict[str, object]:
    """Return what a confirmer sends with the page of the decision; `without`: people whose tick is taken away."""
    entries = PlanEntry.objects.filter(approval__in=plans, valid_to=None).exclude(pk__in=[each.pk for each in without])
    keys = [plan.pk for plan in plans]
    sent = {"shown": keys, "plans": keys, "accepted": [entry.pk for entry in entries], "source": "new"}
    new = {"number": "17", "symbol": "ĐUK", "issued_on": f"{today():%d/%m/%Y}", "signed_by": "Bùi Văn Ký"}
    return sent | new | {"summary": "Phê duyệt quy hoạch", "explanation": ""} | fields


def written() -> tuple:
    """Return what changes as soon as anything is written; looks alone are not."""
    entries = list(PlanEntry.objects.order_by("pk").values_list("approval", "valid_from", "valid_to"))
    plans = list(PlanApproval.objects.order_by("pk").values_list("approved_on", "returned_on"))
    acts = LogEntry.objects.exclude(action=LogEntry.Action.ACCESS).count()
    return entries, plans, acts, Document.objects.count(), PlanJudgement.objects.count()


def looks() -> list[str]:
    """Return what the journal says of who looked at which list."""
    entries = LogEntry.objects.filter(action=LogEntry.Action.ACCESS).order_by("pk")
    return [entry.additional_data["act"] for entry in entries]


def sentences_of(client: Client, url: str) -> list[str]:
    """Return the messages that the next page shows."""
    return [str(message) for message in client.get(url).context["messages"]]


def problems(answer) -> str:
    assert answer.status_code == 422, answer.status_code
    return " ".join(" ".join(errors) for errors in answer.context["form"].errors.values())


class TestList:
    def page(self, user: User, day: date | None = None, **asked):
        return signed_in(user, day).get(LIST, asked)

    def shown(self, user: User, **asked) -> set[PlanApproval]:
        return {row.record for row in self.page(user, **asked).context["table"].page.object_list}

    def test_it_shows_first_what_waits_and_names_nobody(self, users, plan, second, planning_round, bloc):
        decided = submitted(planning_round, bloc)
        actions.approve_plans([decided], by=factories.superior(), decision=factories.document(issued_on=today()))

        for name in ("confirmer", "board", "leader_with_plans"):
            assert self.shown(users[name]) == {plan, second}
        page = self.page(users["confirmer"])
        assert "Đảng bộ Sở Y tế" in text_of(page)
        assert not any(name in page.content.decode() for name in NAMES)

    def test_it_tells_how_many_people_and_until_when(self, users, plan):
        words = text_of(self.page(users["confirmer"]))
        assert f"2 {short_day(plan.submitted_on)} {short_day(plan.due_on)} Đã trình" in words

    def test_what_is_overdue_is_marked_and_may_be_asked_for(self, users, plan, second):
        PlanApproval.objects.filter(pk=second.pk).update(due_on=today() - DAY)

        page = self.page(users["confirmer"])
        assert page.content.decode().count("state-overdue") == 1
        assert self.shown(users["confirmer"], state="overdue") == {second}
        assert self.shown(users["confirmer"], state="waiting") == {plan, second}

    @pytest.mark.parametrize("due_on", [today(), None])
    def test_on_its_last_day_nothing_is_overdue(self, users, plan, due_on):
        PlanApproval.objects.update(due_on=due_on)

        assert self.shown(users["confirmer"], state="overdue") == set()
        assert "state-overdue" not in self.page(users["confirmer"]).content.decode()

    def test_it_is_filtered(self, users, plan, second, planning_round, bloc, agency):
        later = factories.planning_round(bloc, today() - 80 * DAY, plan_term="2040-2045", kind="review")
        returned = submitted(later, agency, MEMBER)
        actions.return_plan(returned, by=factories.superior(), reason="Thiếu")
        confirmer, everything = users["confirmer"], {"state": "every"}

        assert self.shown(confirmer, state="returned") == {returned}
        assert self.shown(confirmer, **everything) == {plan, second, returned}
        assert self.shown(confirmer, **everything, plan_term="2040-2045") == {returned}
        assert self.shown(confirmer, **everything, round=planning_round.pk) == {plan, second}
        assert self.shown(confirmer, **everything, group=COMMITTEE) == {returned}
        assert self.shown(confirmer, **everything, organization="SYT") == {plan, returned}
        assert self.shown(confirmer, state="nonsense") == set()

    def test_it_shows_the_scope_alone(self, users, plan, second):
        assert self.shown(users["clerk"]) == {plan}
        assert self.shown(users["confirmer_elsewhere"]) == set()

    @pytest.mark.parametrize("name", ["inspection", "leader", "administrator"])
    def test_others_do_not_open_it(self, users, plan, name):
        assert self.page(users[name]).status_code == 403

    @pytest.mark.parametrize(
        ("name", "boxes", "moves"),
        [
            ("confirmer", 2, "Trả lại"),
            ("confirmer_there", 1, "Trả lại"),
            ("board", 0, "Rút lại"),
            ("clerk", 0, ""),
            ("leader_with_plans", 0, ""),
        ],
    )
    def test_it_offers_what_the_user_may_do(self, users, plan, second, name, boxes, moves):
        page = self.page(users[name]).content.decode()

        assert page.count('name="plans"') == boxes
        assert ("Phê duyệt các quy hoạch đã chọn" in page) is bool(boxes)
        assert {word for word in ("Trả lại", "Rút lại") if f">{word}</a>" in page} == {moves} - {""}

    def test_whoever_submitted_a_plan_cannot_choose_it(self, users, plan, second):
        PlanApproval.objects.filter(pk=plan.pk).update(submitted_by=users["both"])

        page = self.page(users["both"])
        assert re.findall(r'name="plans" value="(\d+)"', page.content.decode()) == [str(second.pk)]
        assert page.context["to_decide"] == 1

    def test_on_another_day_it_tells_how_things_stood_and_offers_nothing(self, users, plan, second):
        decision = factories.document(issued_on=today() - 2 * DAY)
        actions.approve_plans([plan], by=factories.superior(), decision=decision)

        before = self.page(users["confirmer"], today() - 3 * DAY)
        assert {row.record for row in before.context["table"].page.object_list} == {plan, second}
        assert 'name="plans"' not in before.content.decode()
        assert "Trả lại</a>" not in before.content.decode()
        earlier = self.page(users["confirmer"], today() - 11 * DAY)
        assert "Không có quy hoạch nào chờ phê duyệt" in text_of(earlier)

    def test_what_is_decided_shows_the_decision(self, users, plan):
        decision = factories.document(issued_on=today())
        actions.approve_plans([plan], by=factories.superior(), decision=decision)

        words = text_of(self.page(users["board"], state="approved"))
        assert f"Đã phê duyệt {short_day(today())}, số {decision.full_number}" in words

    def test_it_takes_the_same_queries_however_many(self, users, plan, planning_round, bloc):
        client = signed_in(users["confirmer"])
        few = count_queries(client, LIST)
        for _ in range(6):
            submitted(planning_round, factories.organization(bloc), SECRETARY, DEPUTY, DEPUTY)

        assert count_queries(client, LIST) == few


class TestDecide:
    def page(self, user: User, *plans: PlanApproval):
        return signed_in(user).get(chosen(*plans))

    def send(self, user: User, *plans: PlanApproval, **fields):
        return signed_in(user).post(DECIDE, filled_in(*plans, **fields))

    def test_it_names_the_people_and_the_effect(self, users, plan, second):
        words = text_of(self.page(users["confirmer"], plan, second))

        assert "Phê duyệt 2 quy hoạch của 2 tổ chức: 4 đồng chí vào quy hoạch." in words
        assert all(name in words for name in NAMES)
        assert "80,00 % (12/15)" in words
        assert "Ban Thường vụ Đảng ủy Khối" in words

    def test_each_look_is_journaled_once_beside_the_round(self, users, plan, second, planning_round):
        self.page(users["confirmer"], plan, second)
        assert looks() == ["Xem quy hoạch chờ phê duyệt (2 quy hoạch của 2 tổ chức)"]
        assert LogEntry.objects.get(action=LogEntry.Action.ACCESS).object_pk == str(planning_round.pk)

        self.send(users["confirmer"], plan, second, number="")
        assert len(looks()) == 2

    def test_plans_of_two_rounds_are_journaled_beside_the_office(self, users, plan, bloc, other):
        elsewhere = submitted(factories.planning_round(bloc, today() - 80 * DAY, plan_term="2040-2045"), other)
        self.page(users["confirmer"], plan, elsewhere)

        assert LogEntry.objects.get(action=LogEntry.Action.ACCESS).object_repr == str(bloc)

    def test_it_proposes_the_next_number_of_the_direct_superior(self, users, plan, bloc):
        factories.document(bloc, today(), number=41, symbol="ĐUK")
        form = self.page(users["confirmer"], plan).context["form"]

        assert (form["number"].value(), form["symbol"].value(), form["issued_on"].value()) == (42, "ĐUK", today())
        assert form["summary"].value() == (
            f"Phê duyệt quy hoạch Bí thư, Phó Bí thư của Đảng ủy Sở Y tế, nhiệm kỳ {plan.round.plan_term}"
        )

    def test_one_new_decision_approves_all(self, users, plan, second, bloc):
        client = signed_in(users["confirmer"])
        answer = client.post(DECIDE, filled_in(plan, second))
        assert answer.headers["Location"] == LIST

        decisions = {each.decision for each in PlanApproval.objects.all()}
        [decision] = decisions
        assert (decision.full_number, decision.issuer, decision.signed_by) == ("17-QĐ/ĐUK", bloc, "Bùi Văn Ký")
        assert PlanEntry.objects.as_of(today()).count() == 4
        [sentence] = sentences_of(client, LIST)
        assert sentence == "Đã phê duyệt 2 quy hoạch của 2 tổ chức: 4 đồng chí vào quy hoạch."

    def test_a_decision_entered_before_approves_too(self, users, plan, bloc):
        decision = factories.document(bloc, today(), number=41)
        documents = Document.objects.count()
        answer = self.send(users["confirmer"], plan, source="existing", existing=decision.pk, number="", issued_on="")
        assert answer.status_code == 302

        plan.refresh_from_db()
        assert (plan.decision, Document.objects.count()) == (decision, documents)

    def test_it_works_from_its_effective_day(self, users, plan):
        self.send(users["confirmer"], plan, effective_on=f"{today() - 3 * DAY:%d/%m/%Y}")

        assert set(PlanEntry.objects.values_list("valid_from", flat=True)) == {today() - 3 * DAY}

    def test_whoever_has_no_tick_is_refused(self, users, plan, second):
        refused = plan.entries.get(position=DEPUTY)
        client = signed_in(users["confirmer"])
        sent = filled_in(plan, second, without=(refused,), explanation="Sẽ bổ sung sau")
        assert client.post(DECIDE, sent).status_code == 302

        refused.refresh_from_db()
        assert (refused.valid_to, refused.removal_reason) == (today(), "not_approved")
        assert PlanEntry.objects.as_of(today()).count() == 3
        [sentence] = sentences_of(client, LIST)
        assert sentence.endswith("3 đồng chí vào quy hoạch, không phê duyệt 1 đồng chí.")

    def test_a_plan_without_its_tick_goes_on_waiting(self, users, plan, second):
        assert self.send(users["confirmer"], plan, second, plans=[second.pk]).status_code == 302

        for each in (plan, second):
            each.refresh_from_db()
        assert (plan.is_open, second.is_open) == (True, False)
        assert not plan.entries.exclude(valid_to=None).exists()

    def test_without_any_tick_nothing_is_approved(self, users, plan):
        before = written()
        assert "Chưa quy hoạch nào được chọn" in problems(self.send(users["confirmer"], plan, plans=[]))
        assert written() == before

    def test_when_nobody_is_left_it_says_to_return_the_plan(self, users, plan):
        before = written()
        answer = self.send(users["confirmer"], plan, accepted=[], explanation=EXPLANATION)
        assert "Hãy trả lại quy hoạch này" in problems(answer)
        assert written() == before

    @pytest.mark.parametrize(
        ("field", "value", "sentence"),
        [
            ("source", "", "Hãy chọn cách ghi quyết định."),
            ("number", "", "Hãy ghi số quyết định."),
            ("number", "41", "Số tiếp theo chưa dùng là 42."),
            ("symbol", "", "Hãy ghi ký hiệu cơ quan"),
            ("issued_on", "", "Hãy ghi ngày quyết định."),
            ("issued_on", "30/02/2026", "Không đọc được ngày “30/02/2026”"),
            ("issued_on", f"{today() + DAY:%d/%m/%Y}", "chưa đến"),
            ("issued_on", "01/01/2019", "chưa có nhiệm kỳ nào"),
            ("issued_on", f"{today() - 11 * DAY:%d/%m/%Y}", "Quyết định có hiệu lực trước ngày trình"),
            ("signed_by", "", "Hãy ghi người ký quyết định."),
            ("summary", "", "Hãy ghi trích yếu quyết định."),
        ],
    )
    def test_wrong_fields_get_a_sentence_and_nothing_is_written_or_lost(
        self, users, plan, bloc, field, value, sentence
    ):
        factories.document(bloc, today(), number=41)
        refused = plan.entries.get(position=DEPUTY)
        before = written()
        answer = self.send(users["confirmer"], plan, without=(refused,), explanation="Đã cân nhắc", **{field: value})

        assert sentence in problems(answer)
        assert "Chưa phê duyệt được" in answer.content.decode()
        assert written() == before
        page = answer.content.decode()
        assert "Đã cân nhắc" in page
        ticked = re.findall(r'name="accepted" value="(\d+)" id="[^"]*" checked', page)
        assert ticked == [str(plan.entries.get(position=SECRETARY).pk)]

    def test_an_existing_decision_is_of_the_superior(self, users, plan, agency):
        alien = factories.document(agency, today())
        for value in ("", alien.pk, "x"):
            answer = self.send(users["confirmer"], plan, source="existing", existing=value)
            assert answer.status_code == 422
            assert answer.context["form"].errors["existing"]

    def test_the_plan_of_the_top_is_decided_by_an_outside_issuer(self, users, planning_round, bloc):
        own = submitted(planning_round, bloc)
        assert "Hãy ghi cơ quan ban hành" in problems(self.send(users["confirmer"], own))

        assert self.send(users["confirmer"], own, issuer_name="Ban Thường vụ Tỉnh ủy").status_code == 302
        own.refresh_from_db()
        assert own.decision.issuer_name == "Ban Thường vụ Tỉnh ủy"

    def test_one_decision_is_not_of_two_superiors(self, users, plan, second, planning_round, bloc):
        own = submitted(planning_round, bloc)
        sentence = "không cùng cấp trên trực tiếp"
        assert sentence in text_of(self.page(users["confirmer"], plan, second, own))
        before = written()

        answer = self.send(users["confirmer"], plan, second, own)
        assert f"được quy hoạch của: {bloc.name}." in problems(answer)
        assert written() == before
        left_out = self.send(users["confirmer"], plan, second, own, plans=[plan.pk, second.pk])
        assert left_out.status_code == 302

    def test_the_superior_is_that_of_the_day_of_the_decision(self, users, plan, second, agency, bloc):
        successor = factories.organization(name="Đảng bộ các cơ quan Đảng")
        factories.term(successor, begins=date(today().year - 1, 6, 15))
        amend_organization(agency, effective_on=today() - 5 * DAY, parent=successor, by=factories.office())
        Assignment.objects.create(user=users["confirmer"], role=Role.CONFIRMER, organization=successor)
        assert "không cùng cấp trên trực tiếp" in problems(self.send(users["confirmer"], plan, second))

        before_that = f"{today() - 6 * DAY:%d/%m/%Y}"
        assert self.send(users["confirmer"], plan, second, issued_on=before_that).status_code == 302
        assert {each.decision.issuer for each in PlanApproval.objects.all()} == {bloc}


class TestWhatRulesSay:
    """What blocks or is new since the submission stands beside the form, with its plan."""

    def disciplined(self, plan: PlanApproval) -> PlanEntry:
        entry = plan.entries.get(position=SECRETARY)
        discipline(
            entry.person,
            kind="reprimand",
            valid_from=today() - 5 * DAY,
            valid_to=today() + 360 * DAY,
            by=factories.office(),
        )
        return entry

    def overplanned(self, plan: PlanApproval, bloc: Organization) -> PlanEntry:
        """Introduce the secretary of the plan for three positions more at the same level."""
        entry = plan.entries.get(position=SECRETARY)
        elsewhere = factories.organization(bloc)
        for code in (SECRETARY, DEPUTY, MEMBER):
            factories.plan_entry(plan.round, entry.person, elsewhere, code, on=today() - 9 * DAY)
        return entry

    def test_nothing_new_hides_the_reason(self, users, plan):
        assert hides_the_reason(signed_in(users["confirmer"]).get(chosen(plan)))

    def test_what_is_new_wants_a_reason(self, users, plan, second):
        self.disciplined(plan)
        client = signed_in(users["confirmer"])
        page = client.get(chosen(plan, second))
        assert not hides_the_reason(page)
        assert "Đỗ Thị Hòa đang trong thời gian chịu kỷ luật khiển trách." in text_of(page)
        assert [each.approval for each in page.context["outlook"].startling] == [plan]
        before = written()

        answer = client.post(DECIDE, filled_in(plan, second, explanation=" "))
        sentence = "Có cảnh báo mới so với khi trình. Hãy ghi lý do vẫn phê duyệt."
        assert answer.context["form"].errors["explanation"] == [sentence]
        assert written() == before
        assert client.post(DECIDE, filled_in(plan, second, explanation="Đã xem xét")).status_code == 302
        assert PlanJudgement.objects.filter(stage="approval", explanation="Đã xem xét").exists()

    def test_what_blocks_is_said_with_its_plan_and_stops_all(self, users, plan, second, bloc):
        self.overplanned(plan, bloc)
        page = signed_in(users["confirmer"]).get(chosen(plan, second))
        assert [each.approval for each in page.context["outlook"].blocking] == [plan]
        assert "được quy hoạch 4 chức danh ở cùng một cấp" in text_of(page)
        before = written()

        answer = signed_in(users["confirmer"]).post(DECIDE, filled_in(plan, second, explanation=EXPLANATION))
        assert "Còn 1 điều phải sửa trước khi phê duyệt" in problems(answer)
        assert written() == before

    def test_it_no_longer_blocks_when_whom_it_is_about_is_left_out(self, users, plan, second, bloc):
        entry = self.overplanned(plan, bloc)
        sent = filled_in(plan, second, without=(entry,), explanation=EXPLANATION)

        assert signed_in(users["confirmer"]).post(DECIDE, sent).status_code == 302
        assert PlanEntry.objects.as_of(today()).count() == 3

    def test_what_was_explained_at_the_submission_is_shown_with_the_reason(self, users, planning_round, agency):
        plan = submitted(planning_round, agency, SECRETARY)  # no deputy
        page = signed_in(users["confirmer"]).get(chosen(plan))

        assert hides_the_reason(page)
        assert f"Lý do nêu khi trình: {EXPLANATION}" in text_of(page)
        assert "Chưa có ai được quy hoạch chức danh Phó Bí thư." in text_of(page)


def hides_the_reason(answer) -> bool:
    [marker] = re.findall('<div[^>]* id="new-warnings"[^>]*>', answer.content.decode())
    return "hidden" in marker


class TestPreview:
    def ask(self, users, *plans, **fields):
        sent = filled_in(*plans, **fields)
        return signed_in(users["confirmer"]).post(DECIDE, sent, headers={"HX-Request": "true"})

    def test_it_follows_the_ticks(self, users, plan, second):
        shown = self.ask(users, plan, second, without=(plan.entries.get(position=DEPUTY),), plans=[plan.pk])

        words = shown.content.decode()
        sentence = "Phê duyệt 1 quy hoạch của 1 tổ chức: 1 đồng chí vào quy hoạch, không phê duyệt 1 đồng chí."
        assert sentence in words
        assert not hides_the_reason(shown)  # no deputy any more
        assert "<html" not in words

    @pytest.mark.parametrize("fields", [{"accepted": []}, {"plans": []}, {"issued_on": "?"}, {"source": "x"}])
    def test_it_answers_whatever_is_sent(self, users, plan, fields):
        assert self.ask(users, plan, **fields).status_code == 200

    def test_it_writes_nothing(self, users, plan):
        before, seen = written(), looks()
        self.ask(users, plan)
        assert (written(), looks()) == (before, seen)


class TestChosen:
    """Which plans the page is of."""

    def page(self, users, address: str, name: str = "confirmer"):
        return signed_in(users[name]).get(address)

    def test_everything_that_the_filters_find(self, users, plan, second, planning_round, agency):
        committee = submitted(planning_round, agency, MEMBER)
        everything = self.page(users, f"{DECIDE}?all=1").context["form"].choice.shown
        of_secretaries = self.page(users, f"{DECIDE}?all=1&group={SECRETARIES}").context["form"].choice.shown

        assert set(everything) == {plan, second, committee}
        assert set(of_secretaries) == {plan, second}

    def test_the_list_leads_there_with_its_filters(self, users, plan):
        page = self.page(users, f"{LIST}?group={SECRETARIES}&page=1").content.decode()
        [address] = re.findall(r'href="(/quy-hoach/phe-duyet/quyet-dinh/\?[^"]*)"', page)

        assert set(address.partition("?")[2].replace("&amp;", "&").split("&")) == {"group=secretaries", "all=1"}

    @pytest.mark.parametrize("query", ["", "?plans=", "?plans=x", "?plans=-1", "?plans=²"])
    def test_without_any_it_leads_to_the_list(self, users, plan, query):
        client = signed_in(users["confirmer"])
        assert client.get(DECIDE + query).headers["Location"] == LIST
        assert sentences_of(client, LIST) == ["Chưa chọn quy hoạch nào. Hãy chọn trong danh sách rồi phê duyệt."]

    def test_outside_the_scope_there_are_none(self, users, plan):
        assert self.page(users, chosen(plan), "confirmer_elsewhere").status_code == 404
        sent = filled_in(plan)
        assert signed_in(users["confirmer_elsewhere"]).post(DECIDE, sent).status_code == 404

    def test_of_several_only_those_in_the_scope_are_shown(self, users, plan, second):
        page = self.page(users, chosen(plan, second), "confirmer_there")

        assert page.context["form"].choice.shown == [plan]
        assert "Thư viện" not in text_of(page)

    @pytest.mark.parametrize("name", ["board", "clerk", "inspection", "leader", "leader_with_plans", "administrator"])
    def test_those_who_do_not_confirm_do_not_open_it(self, users, plan, name):
        before = written()
        assert self.page(users, chosen(plan), name).status_code == 403
        assert signed_in(users[name]).post(DECIDE, filled_in(plan)).status_code == 403
        assert written() == before

    def test_whoever_may_not_see_plans_is_shown_none(self, plan, agency):
        blind = factories.holder_of(Right.VIEW, Right.CONFIRM, path=agency.path)
        assert not PlanApproval.objects.decidable_by(blind).exists()

    def test_whoever_submitted_is_told_why_not(self, users, plan, second):
        PlanApproval.objects.filter(pk=plan.pk).update(submitted_by=users["both"])
        client = signed_in(users["both"])
        before = written()

        assert client.post(DECIDE, filled_in(plan)).headers["Location"] == LIST
        [sentence] = sentences_of(client, LIST)
        assert sentence.startswith("Bạn đã trình các quy hoạch này nên không được phê duyệt.")
        assert written() == before
        page = client.get(chosen(plan, second))
        assert page.context["form"].choice.shown == [second]
        assert "Bạn đã trình các quy hoạch sau nên người khác phê duyệt" in text_of(page)


class TestMeanwhile:
    """Somebody else was faster: it is said plainly, nothing is lost, the others stay chosen."""

    def test_a_plan_approved_by_another_is_named_and_the_others_stay(self, users, plan, second):
        sent = filled_in(plan, second, summary="Trích yếu đã gõ", number="23")
        actions.approve_plans([plan], by=factories.superior(), decision=factories.document(issued_on=today()))
        before = written()
        client = signed_in(users["confirmer"])

        answer = client.post(DECIDE, sent)
        words = problems(answer)
        assert f"{plan} (đã phê duyệt từ {short_day(today())})" in words
        assert "Các quy hoạch khác vẫn được chọn" in words
        assert written() == before
        assert answer.context["form"].choice.shown == [second]
        assert "Trích yếu đã gõ" in answer.content.decode()
        assert client.post(DECIDE, filled_in(second, number="23")).status_code == 302

    def test_one_returned_meanwhile_too(self, users, plan, second):
        sent = filled_in(plan, second)
        actions.return_plan(plan, by=factories.superior(), reason="Thiếu")

        assert "(đã trả lại ngày" in problems(signed_in(users["confirmer"]).post(DECIDE, sent))

    def test_at_the_last_moment(self, users, plan, second, monkeypatch):
        """Between the look and the act: nothing of the paper stays."""

        def faster(*args, **kwargs):
            PlanApproval.objects.filter(pk=plan.pk).update(
                approved_on=today(), decision=Document.objects.filter(issuer=None).first()
            )
            raise WrongState("Quy hoạch đã được phê duyệt.")

        factories.document(issued_on=today())
        documents = Document.objects.count()
        monkeypatch.setattr("planning.views.approvals.approve_with_decision", faster)
        answer = signed_in(users["confirmer"]).post(DECIDE, filled_in(plan, second))

        assert "không còn chờ phê duyệt nên đã được bỏ ra" in problems(answer)
        assert answer.context["form"].choice.shown == [second]
        assert Document.objects.count() == documents

    def test_a_second_click_approves_once(self, users, plan, second):
        client = signed_in(users["confirmer"])
        sent = filled_in(plan, second)
        client.post(DECIDE, sent)
        client.get(LIST)
        before = written()

        assert client.post(DECIDE, sent).headers["Location"] == LIST
        [sentence] = sentences_of(client, LIST)
        assert sentence.startswith("Các quy hoạch đã chọn không còn chờ phê duyệt")
        assert written() == before

    def test_somebody_taken_out_meanwhile_is_said(self, users, plan):
        sent = filled_in(plan, explanation=EXPLANATION)
        gone = plan.entries.get(position=DEPUTY)
        actions.remove_entry(gone, on=today(), reason="own_wish", by=factories.office())
        before = written()

        answer = signed_in(users["confirmer"]).post(DECIDE, sent)
        assert "1 người không còn chờ phê duyệt" in problems(answer)
        assert written() == before


class TestQueries:
    """One decision over many organisations costs as many queries as over few."""

    @pytest.fixture
    def sizes(self, planning_round, bloc):
        def made(count: int, codes: list[str]) -> list[PlanApproval]:
            return [submitted(planning_round, factories.organization(bloc), *codes) for _ in range(count)]

        return made(2, [SECRETARY, DEPUTY]), made(8, [SECRETARY, SECRETARY, DEPUTY, DEPUTY])

    def test_the_page(self, users, sizes):
        client = signed_in(users["confirmer"])
        few, many = (count_queries(client, chosen(*plans)) for plans in sizes)
        assert many == few

    def test_the_preview_and_what_is_sent_back(self, users, sizes):
        client = signed_in(users["confirmer"])

        def count(plans, **headers) -> int:
            sent = filled_in(*plans, number="")
            with CaptureQueriesContext(connection) as queries:
                client.post(DECIDE, sent, headers=headers)
            return len(queries)

        count(sizes[0])  # content types and the like are fetched once in a process
        for headers in ({}, {"HX-Request": "true"}):
            few, many = (count(plans, **headers) for plans in sizes)
            assert many == few


class TestSubmit:
    def url(self, planning_round, place, group=SECRETARIES) -> str:
        return reverse("planning:plan_submit", args=[planning_round.pk, place.code, group])

    def plan_url(self, planning_round, place) -> str:
        return reverse("planning:plan_detail", args=[planning_round.pk, place.code])

    @pytest.fixture
    def entries(self, planning_round, agency) -> list[PlanEntry]:
        return introduced(planning_round, agency, SECRETARY, DEPUTY)

    def test_it_shows_what_is_submitted_and_is_journaled(self, users, entries, planning_round, agency):
        page = signed_in(users["board"]).get(self.url(planning_round, agency))

        words = text_of(page)
        assert "Trình quy hoạch Bí thư, Phó Bí thư của Đảng bộ Sở Y tế: 2 đồng chí vào quy hoạch." in words
        assert all(name in words for name in NAMES)
        assert "Phó Bí thư: 1 người cho 1 vị trí nhiều nhất 3 người" in words
        assert looks() == [f"Xem trang trình quy hoạch Bí thư, Phó Bí thư ({planning_round}, {agency.name})"]

    def test_it_shows_who_was_stopped_by_the_ballots(self, users, planning_round, agency):
        entries = [
            factories.plan_entry(planning_round, factories.person(agency, name), agency, on=today() - 60 * DAY)
            for name in NAMES
        ]
        counted = dict.fromkeys(("summoned", "present", "issued", "collected", "valid"), 15)
        actions.record_ballot(
            planning_round,
            organization=agency,
            group=SECRETARIES,
            counts={"body": "Hội nghị", "held_on": today() - 50 * DAY} | counted,
            votes=[actions.VoteDraft(entries[0], 12), actions.VoteDraft(entries[1], 3)],
            by=factories.office(),
        )
        words = text_of(signed_in(users["board"]).get(self.url(planning_round, agency)))

        assert "Không đủ phiếu, không trình (1)" in words
        assert f"{NAMES[1]}: Bí thư – 20,00 % (3/15)" in words

    def test_it_says_by_when_it_is_to_be_approved(self, users, entries, planning_round, agency):
        client = signed_in(users["board"])
        answer = client.post(self.url(planning_round, agency), {"explanation": ""})
        assert answer.headers["Location"] == self.plan_url(planning_round, agency)

        plan = PlanApproval.objects.get()
        assert (plan.submitted_on, plan.submitted_by) == (today(), users["board"])
        sentence = f"Đã trình quy hoạch Bí thư, Phó Bí thư của {agency}, hạn phê duyệt {short_day(plan.due_on)}."
        assert sentences_of(client, LIST) == [sentence]

    def test_a_warning_wants_a_reason(self, users, planning_round, agency):
        introduced(planning_round, agency, SECRETARY)
        client, url = signed_in(users["board"]), self.url(planning_round, agency)
        assert "Lý do vẫn trình khi còn cảnh báo" in text_of(client.get(url))
        before = written()

        answer = client.post(url, {"explanation": " "})
        assert answer.context["form"].errors["explanation"] == ["Quy hoạch còn cảnh báo. Hãy ghi lý do vẫn trình."]
        assert written() == before
        assert client.post(url, {"explanation": "Đã bàn kỹ"}).status_code == 302
        assert PlanApproval.objects.get().explanation == "Đã bàn kỹ"

    def test_without_a_warning_no_reason_is_asked_for(self, users, entries, planning_round, agency):
        page = signed_in(users["board"]).get(self.url(planning_round, agency))
        assert "Lý do vẫn trình khi còn cảnh báo" not in text_of(page)

    def test_what_blocks_leads_back_to_the_plan(self, users, planning_round, agency):
        introduced(planning_round, agency, *[SECRETARY] * 4)
        client, url = signed_in(users["board"]), self.url(planning_round, agency)
        page = client.get(url)
        assert "Quy hoạch chưa trình được. Hãy sửa những điều sau" in text_of(page)
        assert f'class="btn btn-primary" href="{self.plan_url(planning_round, agency)}"' in page.content.decode()
        before = written()

        assert "nhiều nhất là 3" in problems(client.post(url, {"explanation": "Đã bàn kỹ"}))
        assert written() == before

    def test_the_rules_are_those_of_the_day_typed(self, users, bloc, agency):
        """Until 7/10/2025 a measure in force blocked; since then it warns."""
        former = factories.planning_round(bloc, date(2025, 8, 4), plan_term="2030-2035")
        person = factories.person(agency, birth_date=date(1995, 1, 1))
        factories.plan_entry(former, person, agency, on=date(2025, 8, 5))
        fields = {"kind": "reprimand", "valid_from": date(2025, 9, 1), "valid_to": date(2026, 9, 1)}
        discipline(person, **fields, by=factories.office())
        client, url = signed_in(users["board"]), self.url(former, agency)

        answer = client.post(url, {"explanation": EXPLANATION, "submitted_on": "07/10/2025"})
        assert "kỷ luật khiển trách" in problems(answer)
        answer = client.post(url, {"explanation": EXPLANATION, "submitted_on": "08/10/2025"})
        assert answer.status_code == 302

    def test_it_enters_the_paper_with_the_plan(self, users, entries, planning_round, agency):
        factories.document(agency, today(), type="TTr", number=6, symbol="ĐU")
        client, url = signed_in(users["board"]), self.url(planning_round, agency)
        form = client.get(url).context["form"]
        assert (form["number"].value(), form["symbol"].value()) == (7, "ĐU")
        assert form["summary"].value() == (
            f"Đề nghị phê duyệt quy hoạch Bí thư, Phó Bí thư của Đảng ủy Sở Y tế, nhiệm kỳ {planning_round.plan_term}"
        )

        day = f"{today():%d/%m/%Y}"
        paper = {"number": "7", "symbol": "ĐU", "issued_on": day, "signed_by": "Bùi Văn Ký", "summary": "Đề nghị"}
        assert client.post(url, {"source": "new"} | paper).status_code == 302
        submission = PlanApproval.objects.get().submission
        assert (submission.full_number, submission.issuer) == ("07-TTr/ĐU", agency)

    def test_a_paper_entered_before_may_be_chosen(self, users, entries, planning_round, agency):
        paper = factories.document(agency, today(), type="TTr")
        answer = signed_in(users["board"]).post(
            self.url(planning_round, agency), {"source": "existing", "existing": paper.pk}
        )
        assert answer.status_code == 302

        assert PlanApproval.objects.get().submission == paper

    @pytest.mark.parametrize(
        ("field", "value", "sentence"),
        [
            ("number", "", "Hãy ghi số tờ trình."),
            ("number", "6", "Số tiếp theo chưa dùng là 07."),
            ("issued_on", "", "Hãy ghi ngày tờ trình."),
            ("issued_on", "32/13/2022", "Không đọc được ngày “32/13/2022”"),
            ("submitted_on", f"{today() + DAY:%d/%m/%Y}", "chưa đến"),
            ("submitted_on", f"{today() - 61 * DAY:%d/%m/%Y}", "sớm hơn ngày giới thiệu"),
            ("submitted_on", f"{today() - 51 * DAY:%d/%m/%Y}", "sớm hơn ngày lấy phiếu"),
            ("summary", "", "Hãy ghi trích yếu tờ trình."),
        ],
    )
    def test_what_is_wrong_gets_a_sentence_and_nothing_is_written(
        self, users, entries, planning_round, agency, field, value, sentence
    ):
        factories.document(agency, today(), type="TTr", number=6)
        before = written()
        good = {"number": "8", "symbol": "ĐU", "issued_on": f"{today():%d/%m/%Y}", "summary": "Đề nghị của tôi"}
        sent = good | {"source": "new", "explanation": EXPLANATION, field: value}
        answer = signed_in(users["board"]).post(self.url(planning_round, agency), sent)

        assert sentence in problems(answer)
        assert written() == before
        if field != "summary":
            assert "Đề nghị của tôi" in answer.content.decode()

    def test_a_second_click_leads_to_the_plan_and_writes_nothing(self, users, entries, planning_round, agency):
        client, url = signed_in(users["board"]), self.url(planning_round, agency)
        client.post(url, {"explanation": ""})
        client.get(LIST)
        before = written()

        for ask in (client.post, client.get):
            again = ask(url)
            assert again.headers["Location"] == self.plan_url(planning_round, agency)
            [sentence] = sentences_of(client, LIST)
            assert sentence == f"Quy hoạch Bí thư, Phó Bí thư của {agency} đã được trình trong đợt này."
        assert written() == before

    @pytest.mark.parametrize("case", ["nobody", "closed"])
    def test_what_cannot_be_submitted_leads_to_the_plan(self, users, planning_round, agency, case):
        if case == "closed":
            actions.close_round(planning_round, by=factories.office())
        client = signed_in(users["board"])
        answer = client.get(self.url(planning_round, agency))

        assert answer.headers["Location"] == self.plan_url(planning_round, agency)
        [sentence] = sentences_of(client, LIST)
        assert ("đã kết thúc" if case == "closed" else "Chưa giới thiệu ai") in sentence
        assert looks() == []

    @pytest.mark.parametrize(
        ("name", "status"),
        [("both", 200), ("confirmer", 403), ("clerk", 403), ("leader_with_plans", 403), ("administrator", 403)],
    )
    def test_it_opens_to_those_who_plan(self, users, entries, planning_round, agency, name, status):
        client, url = signed_in(users[name]), self.url(planning_round, agency)
        assert client.get(url).status_code == status
        if status == 403:
            before = written()
            assert client.post(url, {"explanation": EXPLANATION}).status_code == 403
            assert written() == before

    def test_outside_the_scope_it_is_not_found(self, entries, planning_round, agency, other):
        elsewhere = signed_in(factories.user(Role.ORGANIZATION_BOARD, other))
        assert elsewhere.get(self.url(planning_round, agency)).status_code == 404
        assert elsewhere.post(self.url(planning_round, agency), {"explanation": EXPLANATION}).status_code == 404

    def test_an_unknown_group_is_not_found(self, users, entries, planning_round, agency):
        assert signed_in(users["board"]).get(self.url(planning_round, agency, "nobody")).status_code == 404

    def test_it_takes_the_same_queries_however_many_people(self, users, planning_round, agency, other):
        introduced(planning_round, agency, MEMBER, MEMBER)
        introduced(planning_round, other, *[MEMBER] * 9)
        client = signed_in(users["board"])
        few, many = (count_queries(client, self.url(planning_round, each, COMMITTEE)) for each in (agency, other))

        assert many == few


class TestReturn:
    def url(self, plan: PlanApproval) -> str:
        return reverse("planning:plan_return", args=[plan.pk])

    def plan_url(self, plan: PlanApproval) -> str:
        return reverse("planning:plan_detail", args=[plan.round_id, plan.organization.code])

    @pytest.mark.parametrize(
        ("name", "verb", "done"), [("confirmer", "Trả lại", "Đã trả lại"), ("board", "Rút lại", "Đã rút lại")]
    )
    def test_it_names_nobody_and_wants_a_reason(self, users, plan, name, verb, done):
        client = signed_in(users[name])
        page = client.get(self.url(plan))
        assert f"{verb} quy hoạch Bí thư, Phó Bí thư" in text_of(page)
        assert not any(each in page.content.decode() for each in NAMES)
        assert client.post(self.url(plan), {"reason": " "}).context["form"].errors["reason"] == ["Hãy ghi rõ lý do."]

        answer = client.post(self.url(plan), {"reason": "Thiếu biên bản"})
        assert answer.headers["Location"] == self.plan_url(plan)
        plan.refresh_from_db()
        assert (plan.returned_on, plan.return_reason) == (today(), "Thiếu biên bản")
        assert sentences_of(client, LIST) == [f"{done} quy hoạch {plan}."]

    def test_whoever_submitted_takes_it_back(self, users, plan):
        PlanApproval.objects.filter(pk=plan.pk).update(submitted_by=users["both"])
        assert "Rút lại quy hoạch" in text_of(signed_in(users["both"]).get(self.url(plan)))

    @pytest.mark.parametrize("state", ["approved", "returned"])
    def test_what_is_decided_leads_to_the_plan(self, users, plan, state):
        if state == "approved":
            actions.approve_plans([plan], by=factories.superior(), decision=factories.document(issued_on=today()))
        else:
            actions.return_plan(plan, by=factories.superior(), reason="Thiếu")
        before = written()
        client = signed_in(users["confirmer"])

        for ask in (client.get, client.post):
            answer = ask(self.url(plan), {"reason": "Thiếu"})
            assert answer.headers["Location"] == self.plan_url(plan)
            assert len(sentences_of(client, LIST)) == 1
        assert written() == before

    @pytest.mark.parametrize(
        ("name", "status"),
        [
            ("confirmer_there", 200),
            ("confirmer_elsewhere", 404),
            ("clerk", 403),
            ("leader_with_plans", 403),
            ("inspection", 403),
            ("administrator", 403),
        ],
    )
    def test_others_return_nothing(self, users, plan, name, status):
        client = signed_in(users[name])
        assert client.get(self.url(plan)).status_code == status
        if status != 200:
            before = written()
            assert client.post(self.url(plan), {"reason": "Thiếu"}).status_code == status
            assert written() == before

    def test_whoever_may_only_look_there_is_led_away(self, plan, agency, other):
        user = factories.user(Role.LEADER, agency, sees_plans=True)
        Assignment.objects.create(user=user, role=Role.CONFIRMER, organization=other)
        before = written()

        answer = signed_in(user).post(self.url(plan), {"reason": "Thiếu"})
        assert answer.headers["Location"] == self.plan_url(plan)
        assert written() == before


class TestQueues:
    def test_what_waits_for_whom(self, users, plan, second):
        PlanApproval.objects.filter(pk=second.pk).update(due_on=today() - DAY)

        queue = plans_waiting(users["confirmer"], today())
        assert (queue.count, queue.overdue, queue.plans) == (2, 1, [second, plan])
        assert plans_waiting(users["confirmer_there"], today()).plans == [plan]
        assert plans_waiting(users["confirmer_elsewhere"], today()).count == 0
        assert plans_waiting(users["board"], today()) is None

    def test_not_what_one_has_submitted_oneself(self, users, plan):
        PlanApproval.objects.update(submitted_by=users["both"])

        assert plans_waiting(users["both"], today()).count == 0
        assert plans_waiting(users["confirmer"], today()).count == 1

    def test_what_came_back_waits_until_it_is_submitted_again(self, users, plan, planning_round, agency):
        assert plans_returned(users["board"], today()).count == 0
        actions.return_plan(plan, by=factories.superior(), reason="Thiếu")
        assert plans_returned(users["board"], today()).plans == [plan]
        assert plans_returned(users["confirmer"], today()) is None

        again = actions.submit_plan(
            planning_round, organization=agency, group=SECRETARIES, on=today(), by=users["board"]
        )
        assert plans_returned(users["board"], today()).count == 0
        actions.return_plan(again, by=factories.superior(), reason="Thiếu nữa")
        assert plans_returned(users["board"], today()).plans == [again]

    def test_what_came_back_in_a_round_that_is_closed_waits_no_more(self, users, plan, planning_round):
        actions.return_plan(plan, by=factories.superior(), reason="Thiếu")
        actions.close_round(planning_round, by=factories.office())

        assert plans_returned(users["board"], today()).count == 0

    def test_the_first_page_shows_it_to_those_whose_work_it_is(self, users, plan, second):
        actions.return_plan(second, by=factories.superior(), reason="Thiếu")
        entry = plan.entries.get(position=SECRETARY)
        discipline(entry.person, kind="reprimand", valid_from=today() - DAY, valid_to=None, by=factories.office())
        words = {name: text_of(signed_in(user).get(reverse("home"))) for name, user in users.items()}

        assert "Đã trình 1 Quá hạn phê duyệt 0" in words["confirmer"]
        assert "Trả lại 1 Đề xuất đưa ra 1" in words["board"]
        for name in ("clerk", "inspection", "leader", "leader_with_plans", "administrator"):
            assert "Quá hạn phê duyệt" not in words[name]
            assert "Đề xuất đưa ra" not in words[name]
        assert not any(planned in each for planned in NAMES for each in words.values())

    def test_the_first_page_takes_the_same_queries_however_much_waits(self, users, plan, planning_round, bloc):
        client = signed_in(users["both"])
        few = count_queries(client, reverse("home"))
        for number in range(5):
            more = submitted(planning_round, factories.organization(bloc))
            if number % 2:
                actions.return_plan(more, by=factories.superior(), reason="Thiếu")

        assert count_queries(client, reverse("home")) == few
