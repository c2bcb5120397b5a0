"""A small world for guards over all pages: one bloc, two grassroots organisations, one of each record in both.

Users hold their roles over the first organisation only, so everything of the second lies outside their scope.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from common.periods import Period, today
from intake.actions import send_file
from intake.kinds.documents import DOCUMENTS
from intake.models import Import
from intake.workbooks import blank_workbook
from intake.workflow import read_file
from organizations.actions import record_member_count
from organizations.models import Closing, DocumentFile, MemberCount, Organization, Reorganization, Term
from organizations.scope import Scope
from personnel.models import Dossier, Person
from planning.models import BallotStep, PlanApproval, PlanEntry, PlanningRound, PositionGroup
from reports.actions import add_own_figure, close_period
from reports.choices import choose
from reports.figures import Counted
from reports.files.handouts import SUMMARY, handout_of
from reports.files.making import start
from reports.models import Export, OfficeFigure
from reports.own_figures import Blocks
from tests import factories, files

NAMES = {"inside": "Hoàng Thị Trong", "outside": "Lương Văn Ngoài"}
PLANNED = {"inside": "Nông Văn Hoạch", "outside": "Nông Thị Hoạch"}


@dataclass(frozen=True)
class Part:
    """One organisation with a record of each kind; the addresses of its pages are made from these."""

    organization: Organization
    person: Person
    planned: Person
    dossier: Dossier
    planning_round: PlanningRound
    planned_entry: PlanEntry  # in the plan for the secretaries
    left_entry: PlanEntry  # left it for a measure that has expired
    ballot: BallotStep  # of the committee's plan, not yet submitted
    waiting_plan: PlanApproval  # of the standing committee's, submitted
    review: PlanningRound  # of the secretaries' plan, among others
    file: DocumentFile
    term: Term
    member_count: MemberCount
    double: Person  # another record of the name and birthday of `person`
    reorganization: Reorganization  # a cell established beneath
    closing: Closing  # of 2022
    export: Export  # of the summary of 2022, begun
    own_figure: OfficeFigure  # of its reports
    sent_file: Import | None = None  # to be imported; inside by the organisation board


@dataclass(frozen=True)
class World:
    bloc: Organization
    inside: Part
    outside: Part
    users: dict[str, User | None]  # by the name of the case; None is a visitor who has not signed in


def build_world() -> World:
    bloc = factories.organization(name="Đảng bộ Khối")
    inside = build_part(bloc, "inside")
    users: dict[str, User | None] = {role.value: factories.user(role, inside.organization) for role in Role}
    users["leader_with_plans"] = factories.user(Role.LEADER, inside.organization, sees_plans=True)
    users["no_role"] = factories.user(role=None)
    users["visitor"] = None
    inside = replace(inside, sent_file=sent_file(users[Role.ORGANIZATION_BOARD.value]))
    outside = replace(build_part(bloc, "outside"), sent_file=sent_file(factories.office()))
    return World(bloc, inside, outside, users)


def sent_file(by: User) -> Import:
    """Return a workbook of documents that `by` has sent, and read."""
    upload = SimpleUploadedFile("van-ban.xlsx", blank_workbook(DOCUMENTS, made_by="Người lập"))
    sent = send_file(DOCUMENTS, upload=upload, by=by)
    read_file(sent, by=by)
    sent.refresh_from_db()
    return sent


def build_part(bloc: Organization, name: str) -> Part:
    """Return an organisation with a sitting member, a planned person, a dossier and a planning round of its own."""
    place = factories.organization(bloc, name=f"Đảng bộ Sở {name}")
    term = factories.term(place)
    closing = close_period(place, period=Period.of_year(2022), by=factories.superior())  # all else comes late
    own_figure = add_own_figure(
        place, label=f"Vào {name}", unit=Counted.ITEMS, blocks=Blocks(act="appoint"), by=factories.office()
    )
    member_count = count_members(place, date(2022, 3, 31))
    member = factories.person(place, NAMES[name], birth_date=date(1990, 5, 20))  # young enough for any plan term
    holding = factories.seated(member, place, "committee_member", on=date(2022, 3, 10))
    planned = factories.person(bloc, PLANNED[name])  # a member elsewhere: in the scope, only the plan names them
    file = files.attached(factories.document(place))
    double = factories.person(place, NAMES[name], birth_date=member.birth_date)
    records = {"closing": closing, "own_figure": own_figure, "double": double}
    records |= {"file": file, "term": term, "member_count": member_count}
    cell = factories.successor(place, name=f"Chi bộ mới {name}", kind="subordinate_cell")
    records["reorganization"] = factories.reorganize("established", successors=[cell])
    records |= _plans(place, planned)
    records["export"] = _export(place)
    return Part(place, member, planned, dossier=holding.began_by.dossier, **records)


def _export(place: Organization) -> Export:
    frame = choose(scope=Scope.everything(), period=Period.of_year(2022), as_at=today(), code=place.code).frame
    handout = handout_of(SUMMARY, frame, {})
    return start(handout, format="excel", address=reverse("reports:summary", args=[2022]), by=factories.office())


def count_members(place: Organization, day: date, official: int = 30) -> MemberCount:
    return record_member_count(place, counted_on=day, official=official, probationary=2, by=factories.office())


def _plans(place: Organization, planned: Person) -> dict[str, object]:
    """Return a round with a plan in each state: approved, at the ballots, submitted; and somebody who has left."""
    planning_round = factories.planning_round(place)
    factories.plan_entry(planning_round, planned, place)
    factories.plan_entry(planning_round, planned, place, "deputy_secretary")
    factories.approved(planning_round, place)
    in_plan, left = planning_round.entries.order_by("position__rank")
    factories.left_for_a_measure(left)
    introduced = factories.plan_entry(planning_round, planned, place, "committee_member")
    factories.plan_entry(planning_round, planned, place, "standing_member")
    return {
        "planning_round": planning_round,
        "planned_entry": in_plan,
        "left_entry": left,
        "ballot": factories.ballot(introduced),
        "waiting_plan": factories.submitted_plan(planning_round, place, PositionGroup.STANDING),
        "review": factories.planning_round(place, date(2023, 1, 5), kind=PlanningRound.Kind.REVIEW),
    }


def grow(part: Part, times: int) -> Part:
    """Add `times` more of everything that pages list; return the part with a dossier of as many items more."""
    place = part.organization
    for number in range(times):
        child = factories.organization(place, kind="subordinate_cell")
        factories.term(child, standing=0, inspection=0)
        factories.seated(factories.person(child), child, on=date(2022, 4, 1))
        factories.reorganize("renamed", child, on=date(2022, 3, 20), name=f"Chi bộ đổi tên {number}")
        count_members(child, date(2022, 3, 31), official=9)
        count_members(place, date(2022, 4, 1) + timedelta(days=number))
        factories.submitted(place, factories.appointment(factories.person(place)))
        _sit_for_a_day(part, number)
        factories.person(place, part.person.full_name, birth_date=part.person.birth_date)
        later = factories.planning_round(place, plan_term=f"{2030 + number}-{2035 + number}")
        factories.plan_entry(later, part.person, place)
        factories.approved(later, place)
        factories.plan_entry(part.planning_round, factories.person(place), place, "committee_member")
        factories.plan_entry(part.review, factories.person(place), place, on=date(2023, 2, 1))
        files.attached(factories.document(place))
        files.attached(part.file.document, files.PDF + str(number).encode())
    newcomers = [factories.appointment(factories.person(place)) for _ in range(1 + times)]
    return replace(part, dossier=factories.confirmed(place, *newcomers))


def _sit_for_a_day(part: Part, number: int) -> None:
    """Let the person whose profile is looked at join the standing committee and leave it again."""
    first = date(2022, 5, 1) + timedelta(days=2 * number)
    joins = factories.appointment(part.person, "standing_member", proposed_on=first)
    last = first + timedelta(days=1)
    leaves = factories.release(part.person, "standing_member", release_reason="own_wish", proposed_on=last)
    factories.confirmed(part.organization, joins)
    factories.confirmed(part.organization, leaves)
