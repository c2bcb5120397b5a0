"""What leaving brings with it, case by case (DOMAIN.md §5), and that what was foreseen is what happens."""

from datetime import date, timedelta

import pytest

from common.errors import Blocked
from personnel import actions
from personnel.foresight import foresee_dossier
from personnel.models import Dossier, Holding
from tests import factories
from tests.factories import appointment, confirmed, release, seated

pytestmark = pytest.mark.django_db

MEMBER, STANDING, SECRETARY, DEPUTY = "committee_member", "standing_member", "secretary", "deputy_secretary"
CHAIR, INSPECTOR = "inspection_chair", "inspection_member"
MARCH, JUNE = date(2022, 3, 1), date(2022, 6, 1)


@pytest.fixture
def bloc():
    made = factories.organization(name="Đảng bộ Khối")
    factories.term(made)
    return made


@pytest.fixture
def agency(bloc):
    made = factories.organization(bloc, name="Đảng bộ Sở Một")
    factories.term(made)
    return made


@pytest.fixture
def cell(agency):
    made = factories.organization(agency, name="Chi bộ Phòng Một", kind="subordinate_cell")
    factories.term(made)
    return made


@pytest.fixture
def an(bloc, agency, cell):
    """An sits in the committee of the bloc, leads the agency (and its inspection committee), and is in the cell's."""
    made = factories.person(agency, "Lê Văn An")
    seated(made, bloc, on=MARCH)
    seated(made, cell, on=MARCH)
    for code in (MEMBER, STANDING, SECRETARY, INSPECTOR):
        seated(made, agency, code, on=MARCH)
    return made


def seats(person, day=JUNE):
    """Return where the person sits on the day."""
    held = person.holdings.as_of(day).select_related("body__term__organization")
    return {(each.body.term.organization.name, each.position_id) for each in held}


BLOC, AGENCY, CELL = "Đảng bộ Khối", "Đảng bộ Sở Một", "Chi bộ Phòng Một"


@pytest.mark.parametrize("reason", ["retirement", "death"])
@pytest.mark.parametrize("code", [MEMBER, SECRETARY, INSPECTOR])
def test_retirement_and_death_end_every_seat_everywhere(agency, an, reason, code):
    confirmed(agency, release(an, code, release_reason=reason, proposed_on=JUNE))

    assert seats(an) == set()
    assert set(an.holdings.values_list("valid_to", "end_reason")) == {(JUNE, reason)}


@pytest.mark.parametrize("code", [MEMBER, SECRETARY])
def test_transfer_ends_the_seats_of_the_organization_left_and_beneath_it(agency, an, code):
    confirmed(agency, release(an, code, release_reason="transfer", proposed_on=JUNE))

    assert seats(an) == {(BLOC, MEMBER)}


@pytest.mark.parametrize("reason", ["own_wish", "resignation", "discipline"])
def test_leaving_the_committee_for_another_reason_ends_what_depends_on_it(agency, an, reason):
    confirmed(agency, release(an, release_reason=reason, proposed_on=JUNE))

    assert seats(an) == {(BLOC, MEMBER), (CELL, MEMBER), (AGENCY, INSPECTOR)}


@pytest.mark.parametrize("code", [STANDING, SECRETARY, INSPECTOR])
def test_leaving_one_office_ends_that_alone(agency, an, code):
    before = seats(an)
    confirmed(agency, release(an, code, release_reason="own_wish", proposed_on=JUNE))

    assert seats(an) == before - {(AGENCY, code)}


def test_a_promotion_closes_the_lower_post_and_is_no_release(agency, an):
    binh = factories.person(agency, "Lê Thị Bình")
    for code in (MEMBER, DEPUTY):
        seated(binh, agency, code, on=MARCH)
    dossier = confirmed(
        agency,
        release(an, SECRETARY, release_reason="own_wish", proposed_on=JUNE),
        appointment(binh, SECRETARY, proposed_on=JUNE),
    )

    assert seats(binh) == {(AGENCY, MEMBER), (AGENCY, SECRETARY)}
    assert binh.holdings.get(position=DEPUTY).end_reason == "promotion"
    assert dossier.items.filter(act="release").count() == 1  # An's


def test_the_cascade_may_be_named_item_by_item(agency, an):
    confirmed(
        agency,
        release(an, INSPECTOR, release_reason="transfer", proposed_on=JUNE),
        release(an, MEMBER, release_reason="transfer", proposed_on=JUNE),
    )

    by_item = {each.position_id: each.ended_by_item.position_id for each in an.holdings.exclude(valid_to=None)}
    assert by_item[MEMBER] == MEMBER
    assert by_item[INSPECTOR] == INSPECTOR


def test_seats_that_ended_before_are_left_alone(bloc, agency, an):
    confirmed(bloc, release(an, release_reason="own_wish", proposed_on=date(2022, 5, 1)))
    confirmed(agency, release(an, release_reason="retirement", proposed_on=JUNE))

    assert an.holdings.get(body__term__organization=bloc).end_reason == "own_wish"


@pytest.mark.parametrize("reason", ["retirement", "death"])
def test_a_seat_elsewhere_that_ends_later_is_not_passed_over(bloc, agency, an, reason):
    confirmed(bloc, release(an, release_reason="own_wish", proposed_on=date(2022, 12, 1)))

    with pytest.raises(Blocked, match="ở tổ chức đảng khác sau ngày 01/6/2022; hãy đính chính thay đổi đó trước"):
        confirmed(agency, release(an, release_reason=reason, proposed_on=JUNE))


@pytest.mark.parametrize(("begins", "fits"), [(date(2022, 5, 31), True), (JUNE, False), (date(2022, 7, 1), False)])
def test_nor_is_one_that_begins_later(bloc, agency, an, begins, fits):
    other = factories.organization(bloc, name="Đảng bộ Sở Hai")
    factories.term(other)
    seated(an, other, on=begins)

    if fits:
        confirmed(agency, release(an, proposed_on=JUNE))
        assert seats(an, date(2022, 12, 1)) == set()
    else:
        with pytest.raises(Blocked, match="ở tổ chức đảng khác"):
            confirmed(agency, release(an, proposed_on=JUNE))


def test_of_what_lies_beneath_the_organization_is_named(agency, cell, an):
    confirmed(cell, release(an, release_reason="own_wish", proposed_on=date(2022, 12, 1)))

    with pytest.raises(Blocked, match="ở Chi bộ Phòng Một sau ngày"):
        confirmed(agency, release(an, release_reason="transfer", proposed_on=JUNE))


def test_a_transfer_minds_only_the_organization_left(bloc, agency, an):
    confirmed(bloc, release(an, release_reason="own_wish", proposed_on=date(2022, 12, 1)))
    confirmed(agency, release(an, release_reason="transfer", proposed_on=JUNE))

    assert seats(an) == {(BLOC, MEMBER)}


def test_annulling_a_retirement_gives_every_seat_back(agency, an):
    before = seats(an)
    wrong = confirmed(agency, release(an, release_reason="retirement", proposed_on=JUNE))
    factories.correction(wrong, factories.annulment(wrong.items.get()))

    assert seats(an) == before


@pytest.fixture
def replaced(agency, an):
    """By one dossier An left the office of secretary in June and Bình took it."""
    binh = factories.person(agency, "Lê Thị Bình")
    seated(binh, agency, on=MARCH)
    items = (
        release(an, SECRETARY, release_reason="own_wish", proposed_on=JUNE),
        appointment(binh, SECRETARY, proposed_on=JUNE),
    )
    return confirmed(agency, *items)


def secretaries(agency, day):
    held = Holding.objects.of_organization(agency).filter(position=SECRETARY).as_of(day)
    return [each.person.full_name for each in held.select_related("person")]


def test_a_dossier_about_one_seat_is_annulled_whole(agency, an, replaced):
    factories.correction(replaced, *(factories.annulment(item) for item in replaced.items.all()))

    assert secretaries(agency, JUNE) == ["Lê Văn An"]
    assert Holding.objects.filter(person=an, position=SECRETARY).get().valid_to is None


@pytest.mark.parametrize("day", [date(2022, 5, 1), date(2022, 7, 1)])
def test_its_day_is_corrected_by_one_dossier(agency, an, replaced, day):
    left, came = replaced.items.order_by("pk")
    factories.correction(
        replaced,
        release(an, SECRETARY, release_reason="own_wish", proposed_on=day, corrects=left),
        appointment(came.person, SECRETARY, proposed_on=day, corrects=came),
    )

    assert secretaries(agency, day - timedelta(days=1)) == ["Lê Văn An"]
    assert secretaries(agency, day) == ["Lê Thị Bình"]


def test_a_cascade_named_item_by_item_is_corrected_whole(agency, an):
    named = [(INSPECTOR, "transfer"), (MEMBER, "transfer")]
    wrong = confirmed(agency, *(release(an, code, release_reason=reason, proposed_on=JUNE) for code, reason in named))
    earlier = date(2022, 5, 1)
    factories.correction(
        wrong,
        *(
            release(an, item.position_id, release_reason="transfer", proposed_on=earlier, corrects=item)
            for item in wrong.items.all()
        ),
    )

    assert seats(an, earlier) == {(BLOC, MEMBER)}
    assert {each.valid_to for each in an.holdings.all()} == {earlier, None}


def test_every_ended_seat_names_the_paper(agency, an):
    dossier = confirmed(agency, release(an, release_reason="retirement", proposed_on=JUNE))

    assert {each.ended_by for each in an.holdings.all()} == {dossier}


# Foresight


def test_what_lies_outside_the_scope_is_only_counted(agency, an):
    dossier = factories.submitted(agency, release(an, release_reason="retirement", proposed_on=JUNE))
    clerk = factories.user("grassroots_clerk", agency)
    seen = foresee_dossier(dossier, day=MARCH).within(clerk.scope)

    assert {each.organization_name for each in seen.ends} == {AGENCY, CELL}
    assert {each.organization_name for each in seen.vacancies} <= {AGENCY, CELL}
    assert seen.elsewhere == 1


def test_what_is_foreseen_is_what_happens(agency, an):
    binh = factories.person(agency, "Lê Thị Bình")
    dossier = factories.submitted(
        agency,
        release(an, release_reason="retirement", proposed_on=JUNE),
        appointment(binh, proposed_on=JUNE),
        appointment(binh, SECRETARY, proposed_on=JUNE),
    )
    foreseen = foresee_dossier(dossier, day=date(2022, 5, 20))
    assert not Holding.objects.filter(person=binh).exists()

    actions.confirm(dossier, by=factories.superior(), decision=factories.document(issued_on=date(2022, 5, 20)))

    began = Holding.objects.filter(began_by__dossier=dossier)
    ended = Holding.objects.filter(ended_by=dossier)
    assert {(each.person, each.position, each.day) for each in foreseen.begins} == {
        (each.person, each.position, each.valid_from) for each in began
    }
    assert {(each.person, each.position, each.organization_name, each.day) for each in foreseen.ends} == {
        (each.person, each.position, each.body.term.organization.name, each.valid_to) for each in ended
    }


def test_consequences_are_told_from_what_was_asked_for(agency, an):
    dossier = factories.submitted(agency, release(an, release_reason="retirement", proposed_on=JUNE))
    ends = foresee_dossier(dossier, day=MARCH).ends

    assert [(each.organization_name, each.position.pk) for each in ends if not each.is_consequence] == [
        (AGENCY, MEMBER)
    ]
    assert {(each.organization_name, each.position.pk) for each in ends if each.is_consequence} == {
        (AGENCY, STANDING),
        (AGENCY, SECRETARY),
        (AGENCY, INSPECTOR),
        (BLOC, MEMBER),
        (CELL, MEMBER),
    }


def test_sizes_and_vacancies_follow(agency, an):
    dossier = factories.submitted(
        agency,
        release(an, release_reason="own_wish", proposed_on=JUNE),
        appointment(factories.person(agency), proposed_on=JUNE),
    )
    foreseen = foresee_dossier(dossier, day=MARCH)

    sizes = {size.body_name: (size.authorized, size.before, size.after) for size in foreseen.sizes}
    assert sizes == {"Ban Chấp hành": (15, 1, 1), "Ban Thường vụ": (5, 1, 0)}
    assert {opening.position.pk for opening in foreseen.vacancies} == {SECRETARY, STANDING}


def test_foresight_of_a_congress_shows_the_new_term(agency, an):
    day = date(2025, 5, 20)
    item = appointment(an, method="congress", elected_on=day)
    congress = factories.congress_fields(day, ordinal=8, committee_size=9)
    dossier = factories.dossier(agency, item, kind=Dossier.Kind.CONGRESS, congress=congress)
    foreseen = foresee_dossier(dossier, day=day)

    assert foreseen.findings == []
    assert [(each.person, each.position.pk, each.day) for each in foreseen.begins] == [(an, MEMBER, day)]
    assert {each.position.pk for each in foreseen.ends} == {MEMBER, STANDING, SECRETARY, INSPECTOR}
    assert foreseen.sizes[0].authorized == 9
    assert agency.terms.count() == 1  # nothing was written
