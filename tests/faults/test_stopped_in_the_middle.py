"""A server that is stopped in the middle of an act leaves nothing half done: at whichever write it stops."""

from datetime import date
from uuid import uuid4

import pytest

from organizations.models import Organization
from personnel import actions
from personnel.drafting import draft_with_newcomers
from personnel.models import Dossier, Person
from personnel.particulars import edition_of
from personnel.workflow import confirm_with_decision, submit_with_paper
from tests import factories
from tests.factories import appointment, release, seated
from tests.faults.stopping import try_at_every_write

pytestmark = pytest.mark.django_db
JUNE = date(2022, 6, 1)


@pytest.fixture
def bloc() -> Organization:
    made = factories.organization()
    factories.term(made)
    return made


@pytest.fixture
def place(bloc) -> Organization:
    made = factories.organization(bloc)
    factories.term(made)
    return made


@pytest.fixture
def sitting(bloc, place) -> Person:
    """Somebody with seats in two organisations."""
    made = factories.person(place)
    for code in ("committee_member", "standing_member", "secretary"):
        seated(made, place, code)
    seated(made, bloc)
    return made


def test_writing_a_dossier_with_somebody_new(place):
    newcomer = Person(pk=-1, full_name="Phạm Thị Mới", birth_date=date(1985, 5, 1), gender="female")
    item = appointment(newcomer, vote=factories.votes(9, 15), elected_on=JUNE)
    form = {"kind": "supplement", "items": [item], "form_key": uuid4(), "day": JUNE, "by": factories.office()}

    assert try_at_every_write(lambda: draft_with_newcomers(place, **form)) > 5


def test_saving_a_draft(place, sitting):
    dossier = factories.dossier(place, release(sitting), appointment(factories.person(place)))
    items = [release(sitting, release_reason="transfer")]

    assert try_at_every_write(lambda: actions.save_draft(dossier, by=factories.office(), edition=1, items=items)) > 4


def test_submitting_with_a_paper(place, sitting):
    dossier = factories.dossier(place, release(sitting, proposed_on=JUNE))
    paper = {"number": 1, "symbol": "ĐU", "issued_on": JUNE, "signed_by": "Lê Văn Ký", "summary": "Đề nghị"}

    assert try_at_every_write(lambda: submit_with_paper(dossier, by=factories.office(), on=JUNE, paper=paper)) > 3


def confirm(dossier: Dossier, day: date) -> None:
    paper = {"number": 1, "symbol": "ĐUK", "issued_on": day, "signed_by": "Lê Văn Ký", "summary": "Chuẩn y"}
    confirm_with_decision(dossier, by=factories.superior(), decision=None, paper=paper)


def test_confirming_a_change_with_its_cascade(place, sitting):
    dossier = factories.submitted(
        place,
        release(sitting, proposed_on=JUNE),
        appointment(factories.person(place), proposed_on=JUNE),
    )

    assert try_at_every_write(lambda: confirm(dossier, JUNE)) > 8
    assert not sitting.holdings.as_of(JUNE).exists()


def test_confirming_a_congress(place, sitting):
    day = date(2025, 5, 20)
    item = appointment(sitting, method="congress", elected_on=day)
    dossier = factories.submitted(place, item, kind="congress", congress=factories.congress_fields(day, ordinal=8))

    assert try_at_every_write(lambda: confirm(dossier, day)) > 10


def test_confirming_a_correction(place, sitting):
    wrong = factories.confirmed(place, release(sitting, proposed_on=JUNE), on=JUNE)
    dossier = factories.submitted(
        place, factories.annulment(wrong.items.get()), kind="correction", corrects=wrong, on=JUNE
    )

    assert try_at_every_write(lambda: confirm(dossier, JUNE)) > 5


def test_refusing(place, sitting):
    dossier = factories.submitted(place, release(sitting), on=JUNE)

    assert try_at_every_write(lambda: actions.refuse(dossier, by=factories.superior(), reason="Chưa đủ điều kiện")) > 3


def test_merging_two_records(bloc, place):
    kept = factories.person(place, "Lê Văn An")
    double = factories.person(bloc, "Lê Văn An", member_from=date(2021, 1, 1), card_number="77")
    seated(double, place)
    actions.discipline(double, kind="reprimand", valid_from=JUNE, valid_to=None, by=factories.office())
    factories.plan_entry(factories.planning_round(bloc), double, place)
    actions.tell_apart(double, factories.person(place, "Lê Văn An"), by=factories.office())
    merge = {"values": {"card_number": "77"}, "by": factories.office(), "reason": "Ghi trùng"}

    assert try_at_every_write(lambda: actions.merge_people(kept, double, **merge)) > 12
    assert kept.holdings.exists()


def test_amending_a_person(place):
    person = factories.person(place)
    edition = edition_of(person)

    assert (
        try_at_every_write(
            lambda: actions.amend_person(person, by=factories.office(), edition=edition, hometown="xã Một")
        )
        > 1
    )
