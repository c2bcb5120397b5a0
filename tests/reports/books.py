"""An office whose books of 2022 are closed, and ten kinds of change that come late."""

from dataclasses import dataclass
from datetime import date

from common.periods import Period, today
from organizations.actions import amend_organization
from organizations.models import Closing, Organization
from personnel import actions as personnel
from personnel.models import Dossier, Person
from personnel.particulars import edition_of
from planning import actions as planning
from planning.models import PlanEntry, PlanningRound
from reports.closings import Difference, Since, compare
from tests import factories

YEAR = Period.of_year(2022)
BEFORE, CLOSED = "2023-01-04 09:00:00+07:00", "2023-01-05 09:00:00+07:00"


@dataclass(frozen=True)
class Office:
    """A bloc with two grassroots organisations, six people seated in 2022, and a plan with two people."""

    bloc: Organization
    other_bloc: Organization
    one: Organization
    two: Organization
    people: list[Person]
    dossiers: list[Dossier]
    round: PlanningRound
    entries: list[PlanEntry]
    waiting: PlanEntry


def build_office() -> Office:
    bloc, other = factories.organization(code="KHOI", name="Đảng bộ Khối"), factories.organization(code="KHAC")
    one = factories.organization(bloc, code="CS1", name="Đảng bộ Sở Một")
    two = factories.organization(bloc, code="CS2", name="Đảng bộ Sở Hai")
    for place in (bloc, other, one, two):
        factories.term(place)
    names = ["An", "Bình", "Chi", "Dũng", "Giang", "Hà"]
    people = [factories.person(one if index < 4 else two, f"Nguyễn Văn {name}") for index, name in enumerate(names)]
    dossiers = [
        factories.confirmed(one if index < 4 else two, factories.appointment(person))
        for index, person in enumerate(people)
    ]
    planning_round = factories.planning_round(bloc)
    entries = [factories.plan_entry(planning_round, person, bloc) for person in people[:2]]
    factories.approved(planning_round, bloc)
    waiting = factories.plan_entry(planning_round, people[4], two)
    factories.submitted_plan(planning_round, two)
    return Office(bloc, other, one, two, people, dossiers, planning_round, entries, waiting)


def differences(closing: Closing) -> list[Difference]:
    return list(compare(closing, today()).differences)


def named(closing: Closing) -> list[tuple[Since, str]]:
    """Return of each difference what became of the record, and the name or place that comes first in it."""
    return [(each.since, each.told[0][1]) for each in differences(closing)]


def late_addition(office: Office) -> list:
    newcomer = factories.person(office.one, "Nguyễn Văn Khoa")
    factories.confirmed(office.one, factories.appointment(newcomer), on=date(2022, 12, 20))
    return [(Since.CAME, "Nguyễn Văn Khoa")]


def late_release(office: Office) -> list:
    release = factories.release(office.people[0], proposed_on=date(2022, 12, 20))
    asked = factories.submitted(office.one, release, on=date(2022, 12, 10))
    decision = factories.document(issued_on=date(2022, 12, 20))
    personnel.confirm(asked, by=factories.superior(), decision=decision, explanation=factories.EXPLANATION)
    return [(Since.CAME, "Nguyễn Văn An")]


def annulment(office: Office) -> list:
    [item] = office.dossiers[1].items.all()
    factories.correction(office.dossiers[1], factories.annulment(item), on=date(2023, 2, 1))
    return [(Since.WENT, "Nguyễn Văn Bình")]


def correction_to_another_person(office: Office) -> list:
    [item] = office.dossiers[2].items.all()
    other = factories.person(office.one, "Nguyễn Văn Lâm")
    factories.correction(
        office.dossiers[2],
        factories.appointment(other, proposed_on=date(2022, 3, 10), corrects=item),
        on=date(2023, 2, 1),
    )
    return [(Since.WENT, "Nguyễn Văn Chi"), (Since.CAME, "Nguyễn Văn Lâm")]


def name_of_a_person(office: Office) -> list:
    person = Person.objects.get(pk=office.people[3].pk)
    personnel.amend_person(person, by=factories.office(), edition=edition_of(person), full_name="Nguyễn Văn Dung")
    return [(Since.CHANGED, "Nguyễn Văn Dung")]


def merger_of_two_records_of_a_person(office: Office) -> list:
    double = factories.person(office.two, "Nguyễn Văn Giang", birth_date=office.people[4].birth_date)
    personnel.merge_people(double, office.people[4], {}, by=factories.office(), reason="Trùng")
    return [(Since.CHANGED, "Nguyễn Văn Giang")]


def name_of_an_organization(office: Office) -> list:
    amend_organization(office.two, effective_on=date(2022, 3, 1), by=factories.office(), name="Đảng bộ Sở Hai mới")
    return [(Since.CHANGED, "Nguyễn Văn Giang"), (Since.CHANGED, "Nguyễn Văn Hà")]


def transfer_of_an_organization(office: Office) -> list:
    amend_organization(office.two, effective_on=date(2022, 3, 1), by=factories.office(), parent=office.other_bloc)
    return [(Since.WENT, "Nguyễn Văn Giang"), (Since.WENT, "Nguyễn Văn Hà")]


def removal_from_the_plan(office: Office) -> list:
    reason = PlanEntry.RemovalReason.OWN_WISH
    late = {"by": factories.office(), "explanation": factories.EXPLANATION}
    planning.remove_entry(office.entries[0], on=date(2022, 12, 1), reason=reason, **late)
    return [(Since.WENT, "Nguyễn Văn An")]


def late_approval_of_a_plan(office: Office) -> list:
    plan = office.round.approvals.get(organization=office.two)
    planning.approve_plans(
        [plan],
        by=factories.superior(),
        decision=factories.document(issued_on=date(2022, 12, 30)),
        explanation=factories.EXPLANATION,
    )
    return [(Since.CAME, "Đảng bộ Sở Hai")]
