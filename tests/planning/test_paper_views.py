"""The Word papers of planning as files: alike in all, who may have them, what the journal is told."""

from datetime import date

import pytest
from auditlog.models import LogEntry
from django.urls import reverse

from accounts.models import Assignment
from accounts.roles import Role
from organizations.actions import replace_paper_template
from organizations.models import PaperTemplate
from organizations.papers import SAMPLES
from planning import actions as planning
from planning.actions import VerdictDraft
from planning.models import BallotStep, PlanApproval
from planning.papers import PLAN_PAPERS, write_plan_paper, write_tally
from planning.papers.tally import tally
from tests import factories
from tests.factories import DECIDED
from tests.files import text_of_word, upload, word
from tests.pages import as_board, as_role, count_queries, signed_in
from tests.planning.plans_on_paper import (
    COMMITTEE,
    COMPARISON,
    DECISION,
    EVERYTHING,
    LIST,
    MINUTES,
    SUBMISSION,
    approved,
    context,
    make_an,
    paper,
    place,
    read,
    review_of_secretaries,
    round_of,
    submission_paper,
    submitted,
    two_for_the_secretary,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def bloc():
    made = factories.organization(name="Đảng bộ Khối")
    factories.term(made)
    return made


@pytest.fixture
def agency(bloc):
    return place(bloc)


@pytest.fixture
def an(agency):
    return make_an(agency)


@pytest.fixture
def plan(bloc, agency):
    return two_for_the_secretary(bloc, agency)


@pytest.fixture
def reviewed(bloc, agency):
    return review_of_secretaries(bloc, agency)


class TestAll:
    NASTY = 'Nguyễn & <Thị> "Hoa" {{ mat }}'
    NAMING = [DECISION, LIST, COMPARISON]  # the submission counts

    def everything(self, bloc, agency, *people) -> PlanApproval:
        """Return a submitted review to which there is something to say in every list of a paper."""
        first = round_of(bloc, factories.document(type="QyĐ"))
        stays, leaves = (
            factories.plan_entry(first, factories.person(agency), agency, "committee_member") for _ in range(2)
        )
        factories.approved(first, agency, COMMITTEE)
        second = round_of(bloc, *first.legal_basis.all(), kind="review", opened_on=date(2023, 1, 5))
        entries = [
            factories.plan_entry(second, each, agency, "committee_member", on=date(2023, 2, 1)) for each in people
        ]
        factories.ballot(*entries, on=date(2023, 2, 10))
        verdicts = [VerdictDraft(stays, "keep"), VerdictDraft(leaves, "remove", "over_age")]
        by = factories.office()
        planning.review(second, organization=agency, group=COMMITTEE, verdicts=verdicts, by=by)
        return submitted(second, agency, group=COMMITTEE, on=date(2023, 2, 20))

    def step(self, plan) -> BallotStep:
        return plan.round.ballots.select_related("round", "organization").get(organization=plan.organization)

    @pytest.mark.parametrize("kind", PLAN_PAPERS)
    def test_they_use_exactly_the_names_that_templates_may_use(self, bloc, agency, an, kind):
        plan = self.everything(bloc, agency, an)
        if kind == DECISION:
            other = self.everything(bloc, other_place := place(bloc, "Đảng bộ Sở B"), factories.person(other_place))
            plan, _ = approved(plan, other, by_decision=factories.document(issued_on=date(2023, 3, 10)))

        assert shape(context(plan, kind)) == shape(SAMPLES[kind])

    def test_so_do_the_minutes(self, bloc, agency, an):
        step = self.step(self.everything(bloc, agency, an))
        assert shape(tally(step, EVERYTHING)) == shape(SAMPLES[MINUTES])

    def test_no_line_ends_between_a_number_and_its_per_cent_sign(self, bloc, agency, an):
        plan = self.everything(bloc, agency, an)
        for text in (
            text_of_word(write_plan_paper(plan, SUBMISSION, EVERYTHING)),
            tally(self.step(plan), EVERYTHING)["muc"],
        ):
            assert "50\u00a0%" in text
            assert " %" not in text

    @pytest.mark.parametrize("kind", NAMING)
    def test_marks_in_a_name_stay_as_they_are(self, bloc, agency, kind):
        plan = self.everything(bloc, agency, factories.person(agency, self.NASTY))
        assert self.NASTY in paper(plan, kind)
        assert self.NASTY in read(write_tally(self.step(plan), EVERYTHING))

    @pytest.mark.parametrize("kind", NAMING)
    def test_a_long_name_is_there_whole(self, bloc, kind):
        long = "Đảng bộ " + " ".join(["Ban Quản lý Dự án Đầu tư Xây dựng các Công trình"] * 5)
        agency, name = place(bloc, long), "Nguyễn " + " ".join(["Thị"] * 25)
        plan = self.everything(bloc, agency, factories.person(agency, name))

        for text in (paper(plan, kind), read(write_tally(self.step(plan), EVERYTHING))):
            assert name in text
            assert long.removeprefix("Đảng bộ") in text

    @pytest.mark.parametrize("kind", PLAN_PAPERS)
    def test_they_take_the_same_few_queries_whatever_the_number_of_people(self, bloc, kind):
        client, queries = as_board(bloc), []
        for count in (2, 12):
            agency = place(bloc, f"Đảng bộ Sở {count}")
            plan = self.everything(bloc, agency, *(factories.person(agency) for _ in range(count)))
            queries.append(count_queries(client, address(plan, kind)))
        assert queries[0] == queries[1] <= 35

    @pytest.mark.parametrize(
        ("kind", "query"),
        [(SUBMISSION, ""), (DECISION, ""), (LIST, "?ca-quyet-dinh=1")],
        ids=["submission", "decision", "list"],
    )
    def test_nor_whatever_the_number_of_organisations_on_one_paper(self, bloc, kind, query):
        client, planning_round, queries = as_board(bloc), round_of(bloc), []
        for count in (2, 8):
            asked = submission_paper(bloc, count)
            places = [place(bloc, f"Đảng bộ Sở {count}.{number}") for number in range(count)]
            entries = [factories.plan_entry(planning_round, factories.person(each), each) for each in places]
            for entry in entries:
                factories.ballot(entry)
            plan, *_ = approved(*(submitted(planning_round, each, submission=asked) for each in places))
            queries.append(count_queries(client, address(plan, kind) + query))
        assert queries[0] == queries[1] <= 35

    def test_so_do_the_minutes_of_many(self, bloc):
        client, queries = as_board(bloc), []
        for count in (2, 12):
            agency = place(bloc, f"Đảng bộ Sở {count}")
            plan = self.everything(bloc, agency, *(factories.person(agency) for _ in range(count)))
            queries.append(count_queries(client, address_of_step(self.step(plan))))
        assert queries[0] == queries[1] <= 30


def shape(value):
    """Return the names in a context, and what kind of value each stands for."""
    if isinstance(value, dict):
        return {name: shape(each) for name, each in value.items()}
    if isinstance(value, list):
        return [shape(value[0])]
    return type(value)


def address(plan: PlanApproval, kind: str) -> str:
    return reverse("planning:plan_paper", args=[plan.pk, kind])


def address_of_step(step: BallotStep) -> str:
    place = [step.round_id, step.organization.code, step.group, step.number]
    return reverse("planning:ballot_paper", args=place)


class TestPages:
    @pytest.fixture
    def step(self, bloc, agency, an):
        return factories.ballot(factories.plan_entry(round_of(bloc), an, agency, "committee_member"))

    def accesses(self) -> list[LogEntry]:
        return list(LogEntry.objects.filter(action=LogEntry.Action.ACCESS).order_by("pk"))

    def test_it_sends_a_word_file_with_a_plain_name(self, agency, plan):
        response = as_role(Role.GRASSROOTS_CLERK, agency).get(address(plan, SUBMISSION))

        assert response.status_code == 200
        assert response["Content-Type"].endswith("wordprocessingml.document")
        assert response["Content-Disposition"] == (
            f'attachment; filename="to-trinh-quy-hoach-{agency.code.lower()}-bi-thu-pho-bi-thu-2025-2030.docx"'
        )
        assert response["Cache-Control"] == "private, no-store"
        assert "TỜ TRÌNH" in text_of_word(response.content)

    def test_the_minutes_too(self, agency, step):
        response = as_board(agency).get(address_of_step(step))

        assert response["Content-Disposition"] == (
            f'attachment; filename="kiem-phieu-quy-hoach-{agency.code.lower()}-ban-chap-hanh-2025-2030-buoc-1.docx"'
        )
        assert "BIÊN BẢN KIỂM PHIẾU" in text_of_word(response.content)

    @pytest.mark.parametrize(
        ("kind", "what"),
        [
            (SUBMISSION, "Xuất tờ trình quy hoạch"),
            (DECISION, "Xuất dự thảo quyết định phê duyệt quy hoạch"),
            (LIST, "Xuất danh sách quy hoạch"),
        ],
    )
    def test_the_journal_says_who_took_which_paper(self, agency, plan, kind, what):
        reader = factories.user(Role.LEADER, agency, sees_plans=True)
        signed_in(reader).get(address(plan, kind))

        [entry] = self.accesses()
        assert entry.actor == reader
        assert entry.object_repr == "Đảng bộ Sở Y tế"
        assert entry.additional_data["act"] == (
            f"{what}: Bí thư, Phó Bí thư (Giới thiệu lần đầu nhiệm kỳ 2025-2030, Đảng bộ Sở Y tế)"
        )

    def test_and_who_took_minutes(self, agency, step):
        as_board(agency).get(address_of_step(step))
        assert [entry.additional_data["act"] for entry in self.accesses()] == [
            "Xuất biên bản kiểm phiếu bước 1: Ban Chấp hành (Giới thiệu lần đầu nhiệm kỳ 2025-2030, Đảng bộ Sở Y tế)"
        ]

    def test_and_who_took_the_list_of_a_whole_decision(self, bloc, plan):
        decision = factories.document(bloc, DECIDED, "QĐ", 34)
        [decided] = approved(plan, by_decision=decision)

        response = as_board(bloc).get(address(decided, LIST) + "?ca-quyet-dinh=1")

        assert response["Content-Disposition"] == 'attachment; filename="danh-sach-quy-hoach-34-qd-duk.docx"'
        [entry] = self.accesses()
        assert entry.object_repr == "34-QĐ/ĐUK ngày 10/3/2022"
        assert entry.additional_data["act"] == ("Xuất danh sách quy hoạch của cả quyết định 34-QĐ/ĐUK ngày 10/3/2022")

    def test_of_a_plan_without_a_decision_there_is_its_own_list(self, bloc, plan):
        response = as_board(bloc).get(address(plan, LIST) + "?ca-quyet-dinh=1")
        assert response["Content-Disposition"].startswith('attachment; filename="danh-sach-quy-hoach-tc')

    @pytest.mark.parametrize("kind", [COMPARISON, MINUTES, "to-trinh", "khac", "DANH-SACH-QUY-HOACH"])
    def test_what_the_plan_has_not_is_not_found(self, bloc, plan, kind):
        assert as_board(bloc).get(address(plan, kind)).status_code == 404
        assert self.accesses() == []

    def test_a_review_has_its_comparison(self, bloc, reviewed):
        assert "BIỂU SO SÁNH" in text_of_word(as_board(bloc).get(address(reviewed, COMPARISON)).content)

    @pytest.mark.parametrize(("group", "number"), [("committee", 2), ("secretaries", 1), ("khac", 1)])
    def test_a_ballot_that_was_not_held_is_not_found(self, agency, step, group, number):
        place = [step.round_id, agency.code, group, number]
        assert as_board(agency).get(reverse("planning:ballot_paper", args=place)).status_code == 404

    def test_those_of_others_are_not_found(self, bloc, plan, step):
        client = as_role(Role.GRASSROOTS_CLERK, factories.organization(bloc))
        assert client.get(address(plan, LIST)).status_code == 404
        assert client.get(address_of_step(step)).status_code == 404
        assert self.accesses() == []

    def test_those_who_may_not_see_plans_may_not_have_them(self, agency, plan, step):
        leader = as_role(Role.LEADER, agency)
        assert leader.get(address(plan, SUBMISSION)).status_code == 403
        assert leader.get(address_of_step(step)).status_code == 403

    def test_whoever_sees_plans_elsewhere_does_not_have_them_from_here(self, bloc, agency, plan, step):
        elsewhere = factories.organization(bloc)
        reader = factories.user(Role.LEADER, bloc)
        Assignment.objects.create(user=reader, role=Role.LEADER, organization=elsewhere, sees_plans=True)
        client = signed_in(reader)

        assert client.get(address(plan, LIST)).status_code == 404
        assert client.get(address_of_step(step)).status_code == 404

    def test_they_only_read(self, agency, plan, step):
        assert as_board(agency).post(address(plan, LIST)).status_code == 405
        assert as_board(agency).post(address_of_step(step)).status_code == 405

    def test_the_offices_own_template_is_used(self, agency, plan):
        own = upload(word("{% for nhom in nhom %}{{ nhom.ten }}{% endfor %}"), "mẫu.docx")
        replace_paper_template(PaperTemplate(kind=LIST), upload=own, by=factories.office())

        response = as_board(agency).get(address(plan, LIST))

        assert text_of_word(response.content) == "Bí thư (02 đồng chí)Phó Bí thư (01 đồng chí)"

    def test_a_template_that_fails_is_told_of_and_nothing_is_exported(self, agency, plan, step):
        for kind in (LIST, MINUTES):
            own = upload(word("{% if co_quan == 'ĐẢNG ỦY SỞ Y TẾ' and stt %}{% endif %}"), "mẫu.docx")
            template = PaperTemplate(kind=kind, name="mẫu.docx", uploaded_by=factories.office())
            template.content.save("mẫu.docx", own)  # as if it had passed the trial
        client = as_board(agency)

        for page, planning_round in ((address(plan, LIST), plan.round), (address_of_step(step), step.round)):
            response = client.get(page)
            assert response["Location"] == reverse("planning:plan_detail", args=[planning_round.pk, agency.code])
            said = [str(message) for message in client.get(reverse("planning:round_list")).context["messages"]]
            assert [text.split("Mẫu")[0] for text in said] == ["Không lập được giấy tờ từ mẫu riêng của cơ quan. "]
        assert self.accesses() == []
