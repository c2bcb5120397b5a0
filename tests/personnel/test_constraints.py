"""What the database itself refuses of people, dossiers, votes and holdings."""

from datetime import date

import pytest
from django.utils import timezone

from organizations.models import Position
from personnel.models import (
    ChangeItem,
    Discipline,
    DistinctPeople,
    Dossier,
    Holding,
    Judgement,
    Membership,
    Person,
    PoliticalConclusion,
    UnfinishedForm,
    Vote,
)
from tests.common.constraints import DAY, Rows, World, case, constraints_of, earlier, try_insert, try_update
from tests.factories import DECIDED, STANDS_FROM, office, superior

# People


def person(**fields) -> Person:
    defaults = {
        "full_name": "Lê Văn Cường",
        "sort_key": "1",
        "search_key": "le van cuong",
        "birth_date": date(1980, 5, 25),
        "gender": "male",
    }
    return Person(**(defaults | fields))


@case("party_card_belongs_to_one_person")
def _(world):
    person(card_number="12.345").save()
    person().save()
    return Rows(refused=[person(card_number="12.345")], accepted=[person(card_number="12.346"), person()])


@case("official_member_after_joining")
def _(world):
    joined = date(2005, 2, 3)
    return Rows(
        refused=[person(joined_party_on=joined, official_on=joined - DAY)],
        accepted=[person(joined_party_on=joined, official_on=joined), person(official_on=joined)],
    )


@case("person_joins_after_birth")
def _(world):
    born = date(1980, 5, 25)
    return Rows(refused=[person(joined_party_on=born)], accepted=[person(joined_party_on=born + DAY)])


def apart(first: Person, second: Person) -> DistinctPeople:
    return DistinctPeople(first=first, second=second, said_on=DECIDED, said_by=office())


@case("two_people_are_told_apart_once")
def _(world):
    one, other, third = (person() for _ in range(3))
    for each in (one, other, third):
        each.save()
    apart(one, other).save()
    return Rows(refused=[apart(one, other)], accepted=[apart(one, third), apart(other, third)])


@case("older_of_two_people_comes_first")
def _(world):
    one, other = person(), person()
    for each in (one, other):
        each.save()
    return Rows(refused=[apart(other, one), apart(one, one)], accepted=[apart(one, other)])


@case("person_is_not_merged_into_oneself")
def _(world):
    return Rows(
        refused=[person(pk=987_654, merged_into_id=987_654)],
        accepted=[person(pk=987_654, merged_into=world.person), person()],
    )


@case("retirement_day_has_a_source")
def _(world):
    day, source = date(2035, 6, 1), "Quyết định nghỉ hưu của cơ quan"
    return Rows(
        refused=[person(retires_on=day), person(retires_on_source=source)],
        accepted=[person(), person(retires_on=day, retires_on_source=source)],
    )


def former_membership(world: World, **fields) -> Membership:
    """Return where `world.person` was a member before the present organisation."""
    defaults = {
        "person": world.person,
        "organization": world.other_organization,
        "valid_from": earlier(STANDS_FROM),
        "valid_to": STANDS_FROM,
    }
    return Membership(**(defaults | fields))


@case("personnel_membership_ends_after_it_begins")
def _(world):
    begins = earlier(STANDS_FROM)
    return Rows(
        refused=[former_membership(world, valid_to=begins)], accepted=[former_membership(world, valid_to=begins + DAY)]
    )


@case("one_membership_of_a_person_at_a_time")
def _(world):
    return Rows(
        refused=[former_membership(world, valid_to=STANDS_FROM + DAY), former_membership(world, valid_to=None)],
        accepted=[former_membership(world)],
    )


@case("personnel_discipline_ends_after_it_begins")
def _(world):
    def measure(valid_to):
        return Discipline(person=world.person, kind="warning", valid_from=DECIDED, valid_to=valid_to)

    return Rows(refused=[measure(DECIDED)], accepted=[measure(DECIDED + DAY), measure(None)])


def conclusion(world: World, valid_from: date, valid_to: date | None) -> PoliticalConclusion:
    return PoliticalConclusion(person=world.person, valid_from=valid_from, valid_to=valid_to)


@case("personnel_politicalconclusion_ends_after_it_begins")
def _(world):
    return Rows(
        refused=[conclusion(world, DECIDED, DECIDED)],
        accepted=[conclusion(world, DECIDED, DECIDED + DAY), conclusion(world, DECIDED, None)],
    )


@case("one_political_conclusion_on_a_person_at_a_time")
def _(world):
    conclusion(world, DECIDED, None).save()
    before = earlier(DECIDED)
    someone_else = PoliticalConclusion(person=world.other_person, valid_from=DECIDED)
    return Rows(
        refused=[conclusion(world, before, DECIDED + DAY), conclusion(world, DECIDED + DAY, None)],
        accepted=[conclusion(world, before, DECIDED), someone_else],
    )


# Dossiers


def dossier(world: World, **fields) -> Dossier:
    defaults = {
        "organization": world.organization,
        "kind": "supplement",
        "year": 2022,
        "number": 900,
        "opened_on": date(2022, 2, 1),
        "drafted_by": world.drafter,
    }
    return Dossier(**(defaults | fields))


def submitted(world: World, **fields) -> Dossier:
    state = {"state": "submitted", "submitted_on": date(2022, 2, 15), "submitted_by": world.drafter}
    return dossier(world, **(state | fields))


def decided(world: World, **fields) -> Dossier:
    state = {"state": "confirmed", "decided_on": DECIDED, "decided_by": world.decider, "decision": world.document}
    return submitted(world, **(state | fields))


@case("one_dossier_of_a_number_in_a_year")
def _(world):
    dossier(world).save()
    return Rows(refused=[dossier(world)], accepted=[dossier(world, number=901), dossier(world, year=2023)])


@case("dossier_submitted_by_somebody_on_a_day")
def _(world):
    return Rows(
        refused=[submitted(world, submitted_by=None), dossier(world, submitted_by=world.drafter)],
        accepted=[submitted(world), dossier(world)],
    )


@case("dossier_decided_by_somebody_on_a_day")
def _(world):
    return Rows(
        refused=[decided(world, decided_by=None), submitted(world, decided_by=world.decider)],
        accepted=[decided(world), submitted(world)],
    )


@case("dossier_state_agrees_with_submission")
def _(world):
    return Rows(
        refused=[
            submitted(world, state="draft"),
            dossier(world, state="submitted"),
            decided(world, submitted_on=None, submitted_by=None),
        ],
        accepted=[
            submitted(world),
            dossier(world),
            dossier(world, state="withdrawn"),
            submitted(world, state="withdrawn"),
        ],
    )


@case("dossier_state_agrees_with_decision_day")
def _(world):
    return Rows(
        refused=[decided(world, state="submitted"), submitted(world, state="refused")],
        accepted=[decided(world), submitted(world), decided(world, state="refused", decision=None)],
    )


@case("confirmed_dossier_has_a_decision")
def _(world):
    return Rows(
        refused=[decided(world, decision=None), decided(world, decision=None, is_recorded=True)],
        accepted=[
            decided(world),
            decided(world, state="refused", decision=None),
            decided(world, kind="history", is_recorded=True, decision=None),
        ],
    )


@case("correction_names_the_dossier_it_mends")
def _(world):
    return Rows(
        refused=[dossier(world, kind="correction"), dossier(world, corrects=world.dossier)],
        accepted=[dossier(world, kind="correction", corrects=world.dossier), dossier(world, kind="congress")],
    )


@case("dossier_is_decided_by_another_hand")
def _(world):
    return Rows(
        refused=[decided(world, decided_by=world.drafter)],
        accepted=[decided(world), decided(world, decided_by=world.drafter, is_recorded=True)],
    )


@case("dossier_of_a_past_act_is_recorded")
def _(world):
    past = {"kind": "history", "decision": None}
    return Rows(refused=[dossier(world, **past)], accepted=[dossier(world, **past, is_recorded=True)])


@case("only_a_reorganisation_has_its_dossiers")
def _(world):
    past = {"kind": "reorganization", "is_recorded": True}
    return Rows(
        refused=[dossier(world, **past), dossier(world, reorganization=world.reorganization)],
        accepted=[dossier(world, **past, reorganization=world.reorganization), dossier(world)],
    )


# Change items


def item(world: World, **fields) -> ChangeItem:
    defaults = {
        "dossier": world.draft,
        "person": world.other_person,
        "position_id": "committee_member",
        "act": "appoint",
        "method": "designation",
    }
    return ChangeItem(**(defaults | fields))


def confirmed_item(world: World, **fields) -> ChangeItem:
    effect = {"outcome": "confirmed", "confirmed_on": DECIDED, "effective_on": DECIDED, "body": world.committee}
    return item(world, **(effect | fields))


@case("appointment_has_a_method_and_release_a_reason")
def _(world):
    release = {"act": "release", "method": "", "release_reason": "death"}
    annulment = {"act": "annul", "method": "", "corrects": world.item}
    return Rows(
        refused=[
            item(world, method=""),
            item(world, release_reason="death"),
            item(world, **(release | {"release_reason": ""})),
            item(world, **(release | {"method": "designation"})),
            item(world, **(annulment | {"corrects": None})),
            item(world, **(annulment | {"method": "designation"})),
        ],
        accepted=[item(world), item(world, **release), item(world, **annulment)],
    )


@case("only_confirmed_item_takes_effect")
def _(world):
    return Rows(
        refused=[
            item(world, effective_on=DECIDED),
            item(world, confirmed_on=DECIDED),
            item(world, outcome="refused", effective_on=DECIDED),
            confirmed_item(world, effective_on=None),
            confirmed_item(world, confirmed_on=None),
            confirmed_item(world, body=None),
        ],
        accepted=[confirmed_item(world), item(world), item(world, outcome="refused")],
    )


@case("only_confirmed_item_can_be_superseded")
def _(world):
    return Rows(
        refused=[item(world, superseded_on=DECIDED), item(world, outcome="refused", superseded_on=DECIDED)],
        accepted=[confirmed_item(world, superseded_on=DECIDED), item(world)],
    )


@case("item_takes_effect_after_its_election")
def _(world):
    return Rows(
        refused=[confirmed_item(world, elected_on=DECIDED + DAY)],
        accepted=[confirmed_item(world, elected_on=DECIDED), item(world, elected_on=DECIDED + DAY)],
    )


@case("item_is_corrected_once")
def _(world):
    confirmed_item(world, corrects=world.item).save()
    return Rows(
        refused=[confirmed_item(world, corrects=world.item)],
        accepted=[item(world, corrects=world.item), confirmed_item(world)],
    )


def vote(world: World, **numbers) -> Vote:
    everybody = dict.fromkeys(("summoned", "present", "issued", "collected", "valid", "in_favour"), 15)
    return Vote(item=world.item, **(everybody | numbers))


@case("vote_has_seats_and_slate_together")
def _(world):
    return Rows(
        refused=[vote(world, seats=2), vote(world, slate=3), vote(world, seats=0, slate=3)],
        accepted=[vote(world), vote(world, seats=2, slate=3)],
    )


@case("submission_despite_a_warning_has_an_explanation")
def _(world):
    def judgement(**fields):
        defaults = {"stage": "submission", "severity": "warn", "judged_on": DECIDED, "message": "Quá số lượng."}
        return Judgement(dossier=world.draft, **(defaults | fields))

    return Rows(
        refused=[judgement()],
        accepted=[
            judgement(explanation="Có ý kiến của cấp trên"),
            judgement(severity="info"),
            judgement(stage="confirmation"),
        ],
    )


def unfinished(dossier, owner=None) -> UnfinishedForm:
    return UnfinishedForm(owner=owner or office(), dossier=dossier, typed={}, saved_at=timezone.now())


@case("one_unfinished_form_of_a_dossier")
def _(world):
    unfinished(world.draft).save()
    return Rows(refused=[unfinished(world.draft)], accepted=[unfinished(world.draft, superior()), unfinished(None)])


@case("one_unfinished_form_of_a_new_dossier")
def _(world):
    unfinished(None).save()
    return Rows(refused=[unfinished(None)], accepted=[unfinished(None, superior()), unfinished(world.draft)])


@case("vote_numbers_do_not_exceed_each_other")
def _(world):
    excluded = {"excluded_reason": "Ốm"}
    return Rows(
        refused=[
            vote(world, excluded=15, **excluded),
            vote(world, present=16),
            vote(world, issued=15, present=14),
            vote(world, collected=15, issued=14),
            vote(world, valid=15, collected=14),
            vote(world, in_favour=15, valid=14),
        ],
        accepted=[vote(world), vote(world, excluded=14, **excluded), vote(world, in_favour=0)],
    )


@case("vote_excludes_with_a_reason")
def _(world):
    return Rows(
        refused=[vote(world, excluded=1)],
        accepted=[vote(world, excluded=1, excluded_reason="Ốm"), vote(world, excluded=0)],
    )


# Holdings

BEFORE = earlier(DECIDED)


def holding(world: World, **fields) -> Holding:
    """Return the seat of `world.other_person` on the committee, for as long as it lasts."""
    defaults = {
        "person": world.other_person,
        "body": world.committee,
        "position_id": Position.COMMITTEE_MEMBER,
        "valid_from": BEFORE,
        "method": "designation",
        "began_by": world.dossier.items.get(),
    }
    return Holding(**(defaults | fields))


def ended(world: World, valid_to: date = DECIDED, **fields) -> Holding:
    end = {"valid_to": valid_to, "ended_by": world.dossier, "end_reason": "retirement"}
    return holding(world, **(end | fields))


def seat(world: World, code: str) -> None:
    """Let `world.person` sit in the seat from DECIDED on."""
    body = world.inspection if code.startswith("inspection") else world.committee
    holding(world, person=world.person, body=body, position_id=code, valid_from=DECIDED).save()


@case("personnel_holding_ends_after_it_begins")
def _(world):
    return Rows(refused=[ended(world, valid_to=BEFORE)], accepted=[ended(world, valid_to=BEFORE + DAY)])


@case("person_sits_once_in_a_seat")
def _(world):
    seated = {"person": world.dossier.items.get().person}
    return Rows(
        refused=[ended(world, DECIDED + DAY, **seated), holding(world, **seated)],
        accepted=[ended(world, **seated), ended(world, DECIDED + DAY)],
    )


@case("one_secretary_of_a_committee_at_a_time")
def _(world):
    seat(world, "secretary")
    return Rows(
        refused=[ended(world, DECIDED + DAY, position_id="secretary")],
        accepted=[ended(world, position_id="secretary"), ended(world, DECIDED + DAY, position_id="deputy_secretary")],
    )


@case("one_chair_of_an_inspection_committee_at_a_time")
def _(world):
    seat(world, "inspection_chair")
    chair = {"body": world.inspection, "position_id": "inspection_chair"}
    return Rows(
        refused=[ended(world, DECIDED + DAY, **chair), holding(world, **chair)],
        accepted=[ended(world, **chair), holding(world, **(chair | {"position_id": "inspection_deputy_chair"}))],
    )


@case("one_open_secretary_per_committee", without="one_secretary_of_a_committee_at_a_time")
def _(world):
    seat(world, "secretary")
    return Rows(
        refused=[holding(world, position_id="secretary")],
        accepted=[ended(world, position_id="secretary"), holding(world, position_id="deputy_secretary")],
    )


@case("holding_ends_on_a_day_by_a_paper_for_a_reason")
def _(world):
    return Rows(
        refused=[
            ended(world, ended_by=None),
            ended(world, end_reason=""),
            ended(world, valid_to=None),
            holding(world, end_reason="retirement"),
        ],
        accepted=[ended(world), holding(world)],
    )


@case("holding_begins_after_its_election")
def _(world):
    return Rows(
        refused=[holding(world, elected_on=BEFORE + DAY)],
        accepted=[holding(world, elected_on=BEFORE), holding(world, elected_on=None)],
    )


@pytest.mark.django_db
@pytest.mark.parametrize("name", constraints_of("personnel"))
def test_the_database_refuses_to_insert(name):
    try_insert(name)


@pytest.mark.django_db
@pytest.mark.parametrize("name", constraints_of("personnel"))
def test_the_database_refuses_to_update(name):
    try_update(name)
