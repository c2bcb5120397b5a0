"""Confirming: the one place where seats begin and end."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.errors import Blocked, Refused
from organizations.models import Term
from personnel import actions
from personnel.models import ChangeItem, Dossier, Holding
from tests import factories
from tests.factories import TERM_BEGINS, appointment, confirmed, release, seated

pytestmark = pytest.mark.django_db

MEMBER, STANDING, SECRETARY, DEPUTY = "committee_member", "standing_member", "secretary", "deputy_secretary"
CHAIR, DEPUTY_CHAIR, INSPECTOR = "inspection_chair", "inspection_deputy_chair", "inspection_member"
MARCH, JUNE, SEPTEMBER = date(2022, 3, 1), date(2022, 6, 1), date(2022, 9, 1)
NEXT_CONGRESS = date(2025, 5, 20)
DAY = timedelta(days=1)


@pytest.fixture
def organization():
    return factories.organization(factories.organization())


@pytest.fixture
def people(organization):
    """An, who will be secretary; Bình, deputy; Cường, member. All three members of the party in the organisation."""
    return [factories.person(organization, name) for name in ("Lê Văn An", "Lê Thị Bình", "Lê Văn Cường")]


@pytest.fixture
def elected(organization, people):
    """The congress of 2020: An secretary, Bình deputy, both in the standing committee; Cường a member."""
    an, binh, _ = people
    seats = [(an, SECRETARY), (binh, DEPUTY), (an, STANDING), (binh, STANDING)]
    return factories.congress(organization, *seats, *((each, MEMBER) for each in people))


@pytest.fixture
def newcomer(organization):
    return factories.person(organization, "Trần Thị Dung")


def seats_of(person, day):
    return {holding.position_id for holding in person.holdings.as_of(day)}


def holding(person, code):
    return person.holdings.get(position=code)


class TestCongress:
    def test_it_opens_the_term_and_its_bodies(self, organization, elected):
        term = organization.terms.get()

        assert (term.label, term.ordinal_roman, term.valid_from, term.valid_to) == (
            "2020-2025",
            "VII",
            TERM_BEGINS,
            None,
        )
        assert {body.kind: body.authorized_size for body in term.bodies.all()} == {
            "committee": 15,
            "standing_committee": 5,
            "inspection_committee": 5,
        }
        assert {body.decision for body in term.bodies.all()} == {elected.decision}

    def test_it_seats_the_elected_from_the_congress_day(self, people, elected):
        an, _, cuong = people

        assert seats_of(an, TERM_BEGINS) == {SECRETARY, STANDING, MEMBER}
        assert seats_of(cuong, TERM_BEGINS) == {MEMBER}
        assert not Holding.objects.as_of(TERM_BEGINS - DAY).exists()

    def test_every_seat_rests_on_its_item(self, elected):
        for each in Holding.objects.all():
            assert each.began_by.dossier == elected
            assert (each.began_by.person, each.began_by.position) == (each.person, each.position)
            assert (each.method, each.elected_on) == ("congress", TERM_BEGINS)

    def test_the_next_one_closes_the_former_term_on_its_day(self, organization, people, elected):
        an, binh, cuong = people
        second = factories.congress(organization, (binh, SECRETARY), (binh, MEMBER), on=NEXT_CONGRESS, ordinal=8)

        former = Term.objects.get(label="2020-2025")
        assert former.valid_to == NEXT_CONGRESS
        assert seats_of(an, NEXT_CONGRESS - DAY) == {SECRETARY, STANDING, MEMBER}
        assert seats_of(an, NEXT_CONGRESS) == seats_of(cuong, NEXT_CONGRESS) == set()
        assert seats_of(binh, NEXT_CONGRESS) == {SECRETARY, MEMBER}
        ended = Holding.objects.filter(body__term=former)
        assert set(ended.values_list("valid_to", "end_reason", "ended_by")) == {
            (NEXT_CONGRESS, "end_of_term", second.pk)
        }

    def test_the_end_of_a_term_is_no_release_of_anybody(self, organization, people, elected):
        factories.congress(organization, (people[0], MEMBER), on=NEXT_CONGRESS)

        assert not ChangeItem.objects.filter(act="release").exists()

    def test_who_left_before_keeps_the_earlier_end(self, organization, people, elected):
        confirmed(organization, release(people[2], proposed_on=JUNE))
        factories.congress(organization, (people[0], MEMBER), on=NEXT_CONGRESS)

        left = people[2].holdings.get()
        assert (left.valid_to, left.end_reason) == (JUNE, "retirement")

    def test_refused_items_are_not_seated(self, organization, people):
        items = [appointment(each, method="congress", elected_on=TERM_BEGINS) for each in people]
        dossier = factories.submitted(organization, *items, kind="congress", congress=factories.congress_fields())
        not_confirmed = dossier.items.get(person=people[2])

        actions.confirm(dossier, by=factories.superior(), decision=factories.document(), refused=[not_confirmed])

        assert set(Holding.objects.values_list("person", flat=True)) == {people[0].pk, people[1].pk}

    def try_congress(self, organization, *seats, items=(), **fields):
        """Submit and confirm a congress; what stops it is raised."""
        elected = [appointment(person, code, method="congress", elected_on=TERM_BEGINS) for person, code in seats]
        congress = factories.congress_fields(**fields)
        return confirmed(organization, *elected, *items, kind="congress", congress=congress)

    def test_two_secretaries_are_blocked(self, organization, people):
        an, binh, _ = people

        with pytest.raises(Blocked, match="Bí thư có 2 người trúng cử"):
            self.try_congress(organization, (an, MEMBER), (binh, MEMBER), (an, SECRETARY), (binh, SECRETARY))

    @pytest.mark.parametrize("code", [SECRETARY, DEPUTY, STANDING])
    def test_an_officer_who_is_no_member_is_blocked(self, organization, people, code):
        with pytest.raises(Blocked, match="chưa là cấp ủy viên"):
            self.try_congress(organization, (people[0], code), (people[1], MEMBER))

    def test_an_officer_whose_membership_is_refused_is_blocked(self, organization, people):
        items = [appointment(people[0], code, method="congress") for code in (MEMBER, SECRETARY)]
        dossier = factories.submitted(organization, *items, kind="congress", congress=factories.congress_fields())
        member = dossier.items.get(position=MEMBER)

        with pytest.raises(Blocked, match="chưa là cấp ủy viên"):
            actions.confirm(dossier, by=factories.superior(), decision=factories.document(), refused=[member])

    def test_a_release_does_not_belong_there(self, organization, people):
        with pytest.raises(Blocked, match="chỉ gồm những người trúng cử"):
            self.try_congress(organization, (people[0], MEMBER), items=[release(people[1])])
        assert not Holding.objects.exists()

    def test_nobody_is_elected_after_the_day_on_which_the_seat_begins(self, organization, people):
        late = appointment(people[0], method="congress", elected_on=TERM_BEGINS + DAY)

        with pytest.raises(Blocked, match="sớm hơn ngày bầu"):
            self.try_congress(organization, items=[late])

    def test_a_seat_in_a_body_without_a_size_is_blocked(self, organization, people):
        with pytest.raises(Blocked, match="không có Ủy ban Kiểm tra"):
            self.try_congress(organization, (people[0], INSPECTOR), inspection_size=None)

    @pytest.mark.parametrize("on", [TERM_BEGINS, TERM_BEGINS - DAY])
    def test_a_congress_does_not_precede_the_term_entered_before(self, organization, people, elected, on):
        with pytest.raises(Blocked, match="đã được ghi nhận"):
            factories.congress(organization, (people[0], MEMBER), on=on, label="2021-2026")

    def test_a_label_is_used_once(self, organization, people, elected):
        with pytest.raises(Blocked, match="Nhiệm kỳ 2020-2025"):
            factories.congress(organization, (people[0], MEMBER), on=NEXT_CONGRESS, label="2020-2025")

    @pytest.mark.parametrize("on", [NEXT_CONGRESS, NEXT_CONGRESS + DAY])
    def test_a_seat_that_began_on_or_after_its_day_stands_in_the_way(self, organization, people, elected, newcomer, on):
        seated(newcomer, organization, on=on)

        with pytest.raises(Blocked, match="Trần Thị Dung có thay đổi"):
            factories.congress(organization, (people[0], MEMBER), on=NEXT_CONGRESS)

    def test_a_seat_that_began_the_day_before_does_not(self, organization, people, elected, newcomer):
        seated(newcomer, organization, on=NEXT_CONGRESS - DAY)
        factories.congress(organization, (people[0], MEMBER), on=NEXT_CONGRESS)

        assert newcomer.holdings.get().valid_to == NEXT_CONGRESS


class TestAppointment:
    def test_it_works_from_the_day_asked_for(self, organization, elected, newcomer):
        confirmed(organization, appointment(newcomer, proposed_on=MARCH))

        assert holding(newcomer, MEMBER).valid_from == MARCH

    def test_without_a_day_asked_for_it_works_from_the_decisions_effective_day(self, organization, elected, newcomer):
        dossier = factories.submitted(organization, appointment(newcomer))
        decision = factories.document(issued_on=MARCH, effective_on=JUNE)

        actions.confirm(dossier, by=factories.superior(), decision=decision)

        item = dossier.items.get()
        assert (item.confirmed_on, item.effective_on) == (MARCH, JUNE)
        assert holding(newcomer, MEMBER).valid_from == JUNE

    def test_the_dossier_says_by_whom_when_and_by_which_paper(self, organization, elected, newcomer):
        dossier = confirmed(organization, appointment(newcomer), on=MARCH)

        assert (dossier.state, dossier.decided_by, dossier.decided_on) == ("confirmed", factories.superior(), MARCH)
        assert dossier.decision.issued_on == MARCH

    def test_an_election_and_its_confirmation_keep_their_own_days(self, organization, elected, newcomer):
        voted = {"method": "supplementary_election", "elected_on": MARCH, "proposed_on": JUNE}
        confirmed(organization, appointment(newcomer, **voted), on=date(2022, 4, 1))

        item = ChangeItem.objects.get(person=newcomer)
        assert (item.elected_on, item.confirmed_on, item.effective_on) == (MARCH, date(2022, 4, 1), JUNE)

    def test_a_decision_that_works_before_the_vote_is_blocked(self, organization, elected, newcomer):
        dossier = factories.submitted(organization, appointment(newcomer, elected_on=JUNE))
        decision = factories.document(issued_on=JUNE, effective_on=MARCH)

        with pytest.raises(Blocked, match="sớm hơn ngày bầu"):
            actions.confirm(dossier, by=factories.superior(), decision=decision)
        assert not newcomer.holdings.exists()

    @pytest.mark.parametrize(("decided", "fits"), [(MARCH, True), (MARCH - DAY, False)])
    def test_a_decision_answers_a_submission_made_before(self, organization, elected, newcomer, decided, fits):
        dossier = factories.submitted(organization, appointment(newcomer), on=MARCH)
        decision = factories.document(issued_on=decided)

        if fits:
            actions.confirm(dossier, by=factories.superior(), decision=decision)
        else:
            with pytest.raises(Blocked, match="sớm hơn ngày trình"):
                actions.confirm(dossier, by=factories.superior(), decision=decision)
        assert newcomer.holdings.exists() is fits

    def test_single_items_may_be_refused(self, organization, elected, newcomer):
        other = factories.person(organization)
        dossier = factories.submitted(organization, appointment(newcomer), appointment(other))

        actions.confirm(
            dossier, by=factories.superior(), decision=factories.document(), refused=[dossier.items.get(person=other)]
        )

        assert newcomer.holdings.exists()
        assert not other.holdings.exists()
        assert ChangeItem.objects.get(person=other).outcome == "refused"

    def test_a_second_secretary_is_blocked_by_name(self, organization, people, elected):
        with pytest.raises(Blocked, match="Bí thư đang do Lê Văn An giữ"):
            seated(people[1], organization, SECRETARY, on=MARCH)

    def test_a_second_inspection_chair_is_blocked(self, organization, elected, newcomer, people):
        seated(newcomer, organization, CHAIR, on=MARCH)

        with pytest.raises(Blocked, match="đang do Trần Thị Dung giữ"):
            seated(people[0], organization, CHAIR, on=JUNE)

    def test_several_deputies_are_allowed(self, organization, people, elected):
        assert seated(people[2], organization, DEPUTY, on=MARCH).position_id == DEPUTY

    @pytest.mark.parametrize("code", [SECRETARY, DEPUTY, STANDING])
    def test_who_is_no_member_is_not_appointed_above_one(self, organization, newcomer, code):
        factories.term(organization)

        with pytest.raises(Blocked, match="chưa là cấp ủy viên"):
            seated(newcomer, organization, code, on=MARCH)

    def test_membership_and_office_may_come_in_one_dossier(self, organization, newcomer):
        factories.term(organization)
        confirmed(organization, appointment(newcomer, SECRETARY), appointment(newcomer, MEMBER), on=MARCH)

        assert seats_of(newcomer, MARCH) == {SECRETARY, MEMBER}

    def test_membership_that_begins_after_the_office_is_too_late(self, organization, newcomer):
        factories.term(organization)
        items = [appointment(newcomer, SECRETARY, proposed_on=MARCH), appointment(newcomer, proposed_on=MARCH + DAY)]

        with pytest.raises(Blocked, match="chưa là cấp ủy viên"):
            confirmed(organization, *items)

    def test_who_sits_already_is_blocked(self, organization, people, elected):
        with pytest.raises(Blocked, match="Lê Văn Cường đang giữ chức danh"):
            seated(people[2], organization, MEMBER, on=MARCH)

    def test_a_day_before_the_term_is_blocked(self, organization, elected, newcomer):
        with pytest.raises(Blocked, match="không có Ban Chấp hành vào ngày có hiệu lực"):
            seated(newcomer, organization, on=TERM_BEGINS - DAY)

    def test_a_term_that_has_ended_takes_nobody_in(self, organization, people, elected, newcomer):
        factories.congress(organization, (people[0], MEMBER), on=NEXT_CONGRESS)

        with pytest.raises(Blocked, match="đã kết thúc ngày 20/5/2025"):
            seated(newcomer, organization, on=NEXT_CONGRESS - DAY)

    def test_a_gap_before_a_later_secretary_is_not_filled_for_ever(self, organization, people, elected):
        confirmed(organization, release(people[0], SECRETARY, proposed_on=MARCH))
        seated(people[1], organization, SECRETARY, on=SEPTEMBER)

        with pytest.raises(Blocked, match="đang do Lê Thị Bình giữ"):
            seated(people[2], organization, SECRETARY, on=JUNE)

    def test_one_leaves_and_another_enters_on_the_same_day(self, organization, people, elected):
        an, binh, _ = people
        confirmed(
            organization,
            appointment(binh, SECRETARY, proposed_on=JUNE),
            release(an, SECRETARY, proposed_on=JUNE),
        )

        secretaries = Holding.objects.filter(position=SECRETARY)
        assert secretaries.as_of(JUNE - DAY).get().person == an
        assert secretaries.as_of(JUNE).get().person == binh
        assert holding(an, SECRETARY).valid_to == holding(binh, SECRETARY).valid_from == JUNE


class TestPromotion:
    def test_it_closes_the_lower_post_and_is_no_release(self, organization, people, elected):
        an, binh, _ = people
        confirmed(organization, release(an, SECRETARY, proposed_on=JUNE))
        promotion = confirmed(organization, appointment(binh, SECRETARY, proposed_on=JUNE))

        lower = holding(binh, DEPUTY)
        assert (lower.valid_to, lower.end_reason) == (JUNE, "promotion")
        assert (lower.ended_by, lower.ended_by_item) == (promotion, promotion.items.get())
        assert not ChangeItem.objects.filter(act="release", person=binh).exists()

    def test_it_leaves_the_seats_that_are_no_offices(self, organization, people, elected):
        an, binh, _ = people
        confirmed(
            organization, release(an, SECRETARY, proposed_on=JUNE), appointment(binh, SECRETARY, proposed_on=JUNE)
        )

        assert seats_of(binh, JUNE) == {SECRETARY, STANDING, MEMBER}

    def test_an_office_of_another_body_stays(self, organization, people, elected):
        binh = people[1]
        seated(binh, organization, CHAIR, on=MARCH)

        assert seats_of(binh, MARCH) >= {DEPUTY, CHAIR}

    def test_inspection_deputy_to_chair(self, organization, newcomer, elected):
        seated(newcomer, organization, DEPUTY_CHAIR, on=MARCH)
        seated(newcomer, organization, CHAIR, on=JUNE)

        assert holding(newcomer, DEPUTY_CHAIR).end_reason == "promotion"

    def test_deputy_and_secretary_on_the_same_day_is_blocked(self, organization, newcomer):
        factories.term(organization)
        codes = (MEMBER, DEPUTY, SECRETARY)

        with pytest.raises(Blocked, match="có thay đổi về chức danh Phó Bí thư"):
            confirmed(organization, *(appointment(newcomer, code, proposed_on=MARCH) for code in codes))

    def test_it_does_not_rewrite_a_release_entered_for_later(self, organization, people, elected):
        an, binh, _ = people
        confirmed(organization, release(binh, DEPUTY, proposed_on=SEPTEMBER), release(an, SECRETARY, proposed_on=MARCH))

        with pytest.raises(Blocked, match="có thay đổi về chức danh Phó Bí thư"):
            seated(binh, organization, SECRETARY, on=JUNE)
        assert holding(binh, DEPUTY).valid_to == SEPTEMBER


class TestRelease:
    def test_it_ends_the_seat_for_its_reason(self, organization, people, elected):
        dossier = confirmed(organization, release(people[2], proposed_on=JUNE, release_reason="transfer"))

        left = holding(people[2], MEMBER)
        assert (left.valid_to, left.end_reason, left.ended_by) == (JUNE, "transfer", dossier)

    def test_leaving_the_committee_ends_all_that_depends_on_it(self, organization, people, elected):
        an = people[0]
        seated(an, organization, INSPECTOR, on=MARCH)
        confirmed(organization, release(an, release_reason="own_wish", proposed_on=JUNE))

        assert seats_of(an, JUNE) == {INSPECTOR}
        assert {holding(an, code).valid_to for code in (MEMBER, STANDING, SECRETARY)} == {JUNE}

    def test_one_release_is_one_item_however_many_seats_it_ends(self, organization, people, elected):
        dossier = confirmed(organization, release(people[0], proposed_on=JUNE))

        assert dossier.items.get().holdings_ended.count() == 3

    def test_leaving_the_standing_committee_or_an_office_ends_that_alone(self, organization, people, elected):
        confirmed(organization, release(people[0], STANDING, release_reason="own_wish", proposed_on=MARCH))
        confirmed(organization, release(people[0], SECRETARY, release_reason="own_wish", proposed_on=JUNE))

        assert seats_of(people[0], MARCH) == {SECRETARY, MEMBER}
        assert seats_of(people[0], JUNE) == {MEMBER}

    def test_leaving_the_inspection_committee_ends_its_offices(self, organization, people, elected):
        for code in (INSPECTOR, CHAIR):
            seated(people[2], organization, code, on=MARCH)
        confirmed(organization, release(people[2], INSPECTOR, release_reason="own_wish", proposed_on=JUNE))

        assert seats_of(people[2], JUNE) == {MEMBER}

    def test_a_seat_that_is_not_held_cannot_be_left(self, organization, elected, newcomer):
        with pytest.raises(Blocked, match="không giữ chức danh"):
            confirmed(organization, release(newcomer, proposed_on=JUNE))

    def test_a_seat_cannot_be_left_on_the_day_that_it_began(self, organization, elected, newcomer):
        seated(newcomer, organization, on=MARCH)

        with pytest.raises(Blocked, match="mới giữ chức danh"):
            confirmed(organization, release(newcomer, proposed_on=MARCH))
        confirmed(organization, release(newcomer, proposed_on=MARCH + DAY))
        assert not seats_of(newcomer, MARCH + DAY)

    def test_a_seat_is_not_left_twice(self, organization, people, elected):
        confirmed(organization, release(people[2], proposed_on=JUNE))

        with pytest.raises(Blocked, match="đã thôi chức danh"):
            confirmed(organization, release(people[2], proposed_on=MARCH))
        with pytest.raises(Blocked, match="không giữ chức danh"):
            confirmed(organization, release(people[2], proposed_on=JUNE))

    def test_the_committee_is_not_left_before_an_office_taken_later(self, organization, people, elected):
        seated(people[2], organization, DEPUTY, on=JUNE)

        with pytest.raises(Blocked, match="không là cấp ủy viên trong suốt"):
            confirmed(organization, release(people[2], release_reason="own_wish", proposed_on=MARCH))
        assert seats_of(people[2], SEPTEMBER) == {MEMBER, DEPUTY}

    def test_one_may_come_back(self, organization, people, elected):
        confirmed(organization, release(people[2], proposed_on=MARCH))
        seated(people[2], organization, on=MARCH)

        assert people[2].holdings.count() == 2
        assert seats_of(people[2], MARCH) == {MEMBER}


class TestCorrection:
    @pytest.fixture
    def mistaken(self, organization, elected, newcomer):
        """An appointment from March that should have been from June."""
        return confirmed(organization, appointment(newcomer, proposed_on=MARCH), on=MARCH)

    def test_it_takes_the_place_of_what_was_wrong_and_both_stay_readable(self, mistaken, newcomer):
        wrong = mistaken.items.get()
        factories.correction(mistaken, appointment(newcomer, proposed_on=JUNE, corrects=wrong), on=SEPTEMBER)

        wrong.refresh_from_db()
        assert (wrong.superseded_on, wrong.stands, wrong.effective_on) == (SEPTEMBER, False, MARCH)
        assert holding(newcomer, MEMBER).valid_from == JUNE
        assert ChangeItem.objects.filter(person=newcomer).count() == 2

    def test_an_annulment_voids(self, mistaken, newcomer):
        correction = factories.correction(mistaken, factories.annulment(mistaken.items.get()))

        assert not newcomer.holdings.exists()
        annulment = correction.items.get()
        assert (annulment.act, annulment.effective_on) == ("annul", MARCH)
        assert annulment.body == annulment.corrects.body

    def test_a_release_annulled_lets_all_its_seats_go_on(self, organization, people, elected):
        wrong = confirmed(organization, release(people[0], proposed_on=JUNE))
        factories.correction(wrong, factories.annulment(wrong.items.get()))

        assert seats_of(people[0], SEPTEMBER) == {SECRETARY, STANDING, MEMBER}
        assert not Holding.objects.exclude(ended_by=None).exists()

    def test_a_release_corrected_ends_its_seats_on_the_right_day(self, organization, people, elected):
        wrong = confirmed(organization, release(people[0], proposed_on=JUNE))
        right = release(people[0], proposed_on=MARCH, release_reason="transfer", corrects=wrong.items.get())
        factories.correction(wrong, right)

        assert set(people[0].holdings.values_list("valid_to", "end_reason")) == {(MARCH, "transfer")}

    def test_a_promotion_annulled_gives_the_lower_post_back(self, organization, people, elected):
        confirmed(organization, release(people[0], SECRETARY, proposed_on=MARCH))
        wrong = confirmed(organization, appointment(people[1], SECRETARY, proposed_on=MARCH))
        factories.correction(wrong, factories.annulment(wrong.items.get()))

        assert seats_of(people[1], JUNE) == {DEPUTY, STANDING, MEMBER}

    def test_an_item_is_corrected_once(self, mistaken):
        annulment = factories.annulment(mistaken.items.get())
        factories.correction(mistaken, annulment)

        with pytest.raises(Refused, match="đã được đính chính trước đó"):
            factories.correction(mistaken, annulment)

    def test_a_correction_may_itself_be_corrected(self, mistaken, newcomer):
        first = factories.correction(mistaken, appointment(newcomer, proposed_on=JUNE, corrects=mistaken.items.get()))
        factories.correction(first, appointment(newcomer, proposed_on=SEPTEMBER, corrects=first.items.get()))

        assert holding(newcomer, MEMBER).valid_from == SEPTEMBER

    def test_a_seat_that_a_later_change_ended_is_corrected_after_that_change(self, organization, mistaken, newcomer):
        confirmed(organization, release(newcomer, proposed_on=JUNE))

        with pytest.raises(Refused, match="hãy đính chính thay đổi sau trước"):
            factories.correction(mistaken, factories.annulment(mistaken.items.get()))
        assert holding(newcomer, MEMBER).valid_to == JUNE

    def test_a_release_is_not_annulled_once_another_has_taken_the_seat(self, organization, people, elected):
        wrong = confirmed(organization, release(people[0], SECRETARY, proposed_on=MARCH))
        seated(people[1], organization, SECRETARY, on=MARCH)

        with pytest.raises(Refused, match="hãy đính chính thay đổi sau trước"):
            factories.correction(wrong, factories.annulment(wrong.items.get()))

    def test_nor_once_the_same_person_has_come_back(self, organization, people, elected):
        wrong = confirmed(organization, release(people[2], proposed_on=MARCH))
        seated(people[2], organization, on=JUNE)

        with pytest.raises(Refused, match="hãy đính chính thay đổi sau trước"):
            factories.correction(wrong, factories.annulment(wrong.items.get()))

    def test_nor_once_the_term_has_ended(self, organization, people, elected):
        wrong = confirmed(organization, release(people[2], proposed_on=MARCH))
        factories.congress(organization, (people[0], MEMBER), on=NEXT_CONGRESS)

        with pytest.raises(Blocked, match="đã kết thúc ngày 20/5/2025"):
            factories.correction(wrong, factories.annulment(wrong.items.get()))

    def test_the_day_of_a_release_in_a_former_term_can_be_corrected(self, organization, people, elected):
        wrong = confirmed(organization, release(people[2], proposed_on=MARCH))
        factories.congress(organization, (people[0], MEMBER), on=NEXT_CONGRESS)
        factories.correction(wrong, release(people[2], proposed_on=JUNE, corrects=wrong.items.get()))

        assert holding(people[2], MEMBER).valid_to == JUNE

    def test_membership_is_not_annulled_from_under_an_office(self, organization, mistaken, newcomer):
        seated(newcomer, organization, DEPUTY, on=JUNE)

        with pytest.raises(Blocked, match="không là cấp ủy viên trong suốt"):
            factories.correction(mistaken, factories.annulment(mistaken.items.get()))
        assert seats_of(newcomer, JUNE) == {MEMBER, DEPUTY}

    def test_membership_may_be_corrected_to_a_day_before_the_office(self, organization, mistaken, newcomer):
        seated(newcomer, organization, DEPUTY, on=JUNE)
        factories.correction(mistaken, appointment(newcomer, proposed_on=JUNE, corrects=mistaken.items.get()))

        assert holding(newcomer, MEMBER).valid_from == JUNE

    def test_a_failed_correction_changes_nothing(self, organization, mistaken, newcomer):
        confirmed(organization, release(newcomer, proposed_on=JUNE))
        before = list(Holding.objects.order_by("pk").values())

        with pytest.raises(Refused):
            factories.correction(mistaken, factories.annulment(mistaken.items.get()))

        assert list(Holding.objects.order_by("pk").values()) == before
        assert ChangeItem.objects.get(pk=mistaken.items.get().pk).superseded_on is None


# Whatever is confirmed, in whatever order


class _UndoExample(Exception):
    """Ends an example, so that the next one begins with the same congress."""


CHANGES = st.tuples(
    st.sampled_from(["appoint", "release", "annul"]),
    st.integers(0, 3),  # who
    st.sampled_from([MEMBER, STANDING, SECRETARY, DEPUTY, INSPECTOR, CHAIR]),
    st.integers(0, 5),  # when, in months from March
)


def try_change(organization, people, change):
    """Draft, submit and confirm one change; a rule that stops it is fine, an error of the database is not."""
    act, who, code, month = change
    person, day = people[who], date(2022, 3 + month, 1)
    try:
        with transaction.atomic():
            if act == "annul":
                standing = ChangeItem.objects.filter(person=person, outcome="confirmed", superseded_on=None)
                mended = standing.exclude(act="annul").order_by("-pk").first()
                if mended:
                    factories.correction(mended.dossier, factories.annulment(mended), on=day)
                return
            item = appointment if act == "appoint" else release
            confirmed(organization, item(person, code, proposed_on=day), on=day)
    except Refused:  # and with it Blocked
        pass


def assert_order_is_kept():
    """Assert what must hold of all seats at all times."""
    holdings = list(Holding.objects.select_related("began_by", "body__term"))
    for one in holdings:
        assert one.began_by.stands
        assert one.valid_to is None or one.valid_from < one.valid_to
        same_seat = [
            other
            for other in holdings
            if other is not one
            and (other.body_id, other.position_id) == (one.body_id, one.position_id)
            and (other.person_id == one.person_id or one.position_id in (SECRETARY, CHAIR))
        ]
        for other in same_seat:
            assert (one.valid_to and one.valid_to <= other.valid_from) or (
                other.valid_to and other.valid_to <= one.valid_from
            )
        if one.position_id in (SECRETARY, DEPUTY, STANDING) and one.valid_to is None:
            assert any(
                each.person_id == one.person_id and each.position_id == MEMBER and each.valid_to is None
                for each in holdings
            )


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(changes=st.lists(CHANGES, min_size=3, max_size=10))
def test_no_order_of_changes_breaks_a_committee(organization, people, elected, newcomer, changes):
    try:
        with transaction.atomic():
            for change in changes:
                try_change(organization, [*people, newcomer], change)
            assert_order_is_kept()
            raise _UndoExample
    except _UndoExample:
        pass
    assert Dossier.objects.count() == 1
