"""Plans in every state, as their Word papers tell them."""

from datetime import date

from organizations.models import Document, Organization, PaperKind
from organizations.scope import Scope
from personnel.models import Person
from planning import actions as planning
from planning.actions import VerdictDraft
from planning.models import PlanApproval, PlanningRound, PositionGroup
from planning.papers import PLAN_PAPERS, plan_context, write_plan_paper
from tests import factories
from tests.factories import DECIDED
from tests.files import text_of_word

SUBMISSION, DECISION, LIST, COMPARISON = PLAN_PAPERS
MINUTES = PaperKind.PLAN_BALLOT_MINUTES
EVERYTHING = Scope.everything()
SECRETARIES, COMMITTEE = PositionGroup.SECRETARIES, PositionGroup.COMMITTEE
INTRODUCED, SUBMITTED = date(2022, 2, 1), date(2022, 2, 20)


def place(bloc, name: str = "Đảng bộ Sở Y tế", kind: str | None = None) -> Organization:
    made = factories.organization(bloc, kind, name=name)
    factories.term(made, standing=5, inspection=5)
    return made


def round_of(bloc, *basis: Document, **fields) -> PlanningRound:
    return factories.planning_round(bloc, legal_basis=basis, **fields)


def submitted(planning_round, agency, *people: tuple[Person, str], group=SECRETARIES, **fields) -> PlanApproval:
    """Return the submitted plan of the group with the (person, position) pairs."""
    introduced = fields.pop("introduced", INTRODUCED)
    for person, code in people:
        factories.plan_entry(planning_round, person, agency, code, introduced)
    return planning.submit_plan(
        planning_round,
        organization=agency,
        group=group,
        by=factories.office(),
        explanation=factories.EXPLANATION,
        **({"on": SUBMITTED} | fields),
    )


def approved(*plans: PlanApproval, by_decision: Document | None = None, refused=()) -> list[PlanApproval]:
    """Return the plans, approved by one decision."""
    decision = by_decision or factories.document(issued_on=DECIDED)
    planning.approve_plans(
        plans, by=factories.superior(), decision=decision, refused=refused, explanation=factories.EXPLANATION
    )
    return [PlanApproval.objects.get(pk=plan.pk) for plan in plans]


def context(plan: PlanApproval, kind: str, scope: Scope = EVERYTHING, **how) -> dict:
    return plan_context(PlanApproval.objects.get(pk=plan.pk), kind, scope, **how)


def paper(plan: PlanApproval, kind: str, scope: Scope = EVERYTHING, **how) -> str:
    return read(write_plan_paper(PlanApproval.objects.get(pk=plan.pk), kind, scope, **how))


def read(content: bytes) -> str:
    return typed(text_of_word(content))


def typed(text: str) -> str:
    """Return the text as one types it: spaces that hold a line together as ordinary ones."""
    return text.replace("\u00a0", " ")


def submission_paper(agency, number: int = 12, **fields) -> Document:
    return factories.document(
        agency, SUBMITTED, "TTr", number, symbol="ĐU", **({"summary": "Đề nghị phê duyệt quy hoạch"} | fields)
    )


def sentences(made: dict, name: str = "noi_dung") -> list[str]:
    return [row["cau"] for row in made[name]]


def names_of(made: dict) -> list[list[str]]:
    return [[row["ho_ten"] for row in group["nhan_su"]] for group in made["nhom"]]


def two_for_the_secretary(bloc, agency) -> PlanApproval:
    """Return a submitted plan: An and Bình for secretary, Bình for deputy too."""
    an, binh = make_an(agency), make_binh(agency)
    return submitted(round_of(bloc), agency, (an, "secretary"), (binh, "secretary"), (binh, "deputy_secretary"))


def make_an(agency) -> Person:
    return factories.person(agency, "Nguyễn Văn An", present_post="Phó Giám đốc Sở")


def make_binh(agency) -> Person:
    return factories.person(agency, "Trần Thị Bình", gender="female", birth_date=date(1990, 3, 5), ethnic_group="Tày")


def review_of_secretaries(bloc, agency) -> PlanApproval:
    """Return a submitted review: one stays, one is to leave, one left at once before it, one comes in."""
    first = round_of(bloc)
    people = {name: factories.person(agency, name) for name in ("Lê Ở Lại", "Lê Đi Ra", "Lê Đi Trước", "Lê Mới")}
    stays, leaves, left, comes = people.values()
    for person, code in ((stays, "secretary"), (leaves, "secretary"), (left, "deputy_secretary")):
        factories.plan_entry(first, person, agency, code)
    factories.approved(first, agency)
    second = round_of(bloc, kind="review", opened_on=date(2023, 1, 5))
    planning.remove_entry(
        first.entries.get(person=left),
        on=date(2023, 1, 20),
        reason="over_age",
        by=factories.office(),
        note="Theo 12-TB",
    )
    planning.review(
        second,
        organization=agency,
        group=SECRETARIES,
        verdicts=[
            VerdictDraft(first.entries.get(person=stays), "keep"),
            VerdictDraft(first.entries.get(person=leaves), "remove", "transfer", "Về Sở khác"),
        ],
        by=factories.office(),
    )
    factories.plan_entry(second, comes, agency, "deputy_secretary", on=date(2023, 2, 1))
    return submitted(second, agency, on=date(2023, 2, 20))
