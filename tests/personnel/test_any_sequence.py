"""After any sequence of acts: nobody sits twice in a seat, no ended body has members, every seat has its papers.

And all confirmed dossiers tried again lead to the very same seats.
"""

from datetime import date, timedelta
from itertools import combinations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from common.errors import Refused
from personnel.models import ChangeItem, Dossier, Holding
from tests import factories
from tests.factories import appointment, release
from tests.personnel.replay import replayed_seats, stored_seats

POSITIONS = ["committee_member", "standing_member", "secretary", "deputy_secretary", "inspection_member"]
REASONS = ["retirement", "transfer", "own_wish", "death", "discipline"]
MEMBERS_ONLY = ("secretary", "deputy_secretary", "standing_member")
FIRST = date(2021, 1, 1)
CONGRESS = date(2025, 5, 20)

places = st.sampled_from(["bloc", "agency", "cell"])
people = st.integers(0, 3)
days = st.integers(0, 6).map(lambda months: FIRST + timedelta(days=61 * months))


class Register(RuleBasedStateMachine):
    """Acts on three organisations above one another, by dossiers; what the rules refuse changes nothing."""

    @initialize()
    def open_the_register(self):
        self.undone = transaction.atomic()
        self.undone.__enter__()
        bloc = factories.organization()
        agency = factories.organization(bloc)
        cell = factories.organization(agency, kind="section_committee")
        self.places = {"bloc": bloc, "agency": agency, "cell": cell}
        for place in self.places.values():
            factories.term(place, committee=3)
        self.people = [factories.person(agency, f"Lê Văn {name}") for name in ("An", "Bình", "Cường", "Dũng")]
        self.decided = FIRST

    def teardown(self):
        try:
            assert replayed_seats() == stored_seats()
        finally:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    def _confirm(self, place, *items, **more):
        """Let the items through if the rules do; decisions are taken one day after another."""
        self.decided = max(self.decided + timedelta(days=1), more.pop("on", FIRST))
        before = stored_seats()
        try:
            with transaction.atomic():
                factories.confirmed(self.places[place], *items, on=self.decided, **more)
        except Refused:
            assert stored_seats() == before

    @rule(place=places, who=people, code=st.sampled_from(POSITIONS), day=days)
    def appoint(self, place, who, code, day):
        self._confirm(place, appointment(self.people[who], code, proposed_on=day))

    @rule(place=places, who=people, day=days)
    def take_in_and_promote(self, place, who, day):
        newcomer = self.people[who]
        items = [appointment(newcomer, code, proposed_on=day) for code in ("committee_member", "secretary")]
        self._confirm(place, *items)

    @rule(which=st.integers(0, 9), reason=st.sampled_from(REASONS), later=st.integers(-1, 90))
    def leave(self, which, reason, later):
        holding = self._sitting(which)
        if holding:
            day = holding.valid_from + timedelta(days=later)
            self._confirm(
                self._place_of(holding),
                release(holding.person, holding.position_id, release_reason=reason, proposed_on=day),
            )

    @rule(which=st.integers(0, 9), comes=people, later=st.integers(1, 90))
    def replace(self, which, comes, later):
        holding = self._sitting(which)
        if holding:
            day = holding.valid_from + timedelta(days=later)
            self._confirm(
                self._place_of(holding),
                release(holding.person, holding.position_id, release_reason="own_wish", proposed_on=day),
                appointment(self.people[comes], holding.position_id, proposed_on=day),
            )

    @rule(who=people, code=st.sampled_from(POSITIONS), place=places)
    def leave_what_may_not_be_held(self, who, code, place):
        self._confirm(place, release(self.people[who], code, release_reason="own_wish", proposed_on=date(2023, 1, 1)))

    def _sitting(self, which):
        """Return one of the seats that are held without an end, the newest first; None when there are none."""
        seats = list(Holding.objects.filter(valid_to=None).order_by("-pk").select_related("body__term"))
        return seats[which % len(seats)] if seats else None

    def _place_of(self, holding):
        return next(name for name, each in self.places.items() if each.pk == holding.body.term.organization_id)

    @rule(which=st.integers(0, 5), day=st.none() | days, whole=st.booleans())
    def correct(self, which, day, whole):
        """Annul an item, or move its day; of `whole` dossiers all items at once."""
        standing = ChangeItem.objects.filter(outcome="confirmed", superseded_on=None).exclude(act="annul")
        standing = list(standing.exclude(dossier__kind="congress").order_by("-pk"))
        if which >= len(standing):
            return
        dossier = standing[which].dossier
        wrong = [item for item in standing if item.dossier == dossier] if whole else [standing[which]]
        place = next(name for name, each in self.places.items() if each.pk == dossier.organization_id)
        items = [self._mended(item, day) for item in reversed(wrong)]
        self._confirm(place, *items, kind=Dossier.Kind.CORRECTION, corrects=dossier)

    def _mended(self, item, day):
        if day is None:
            return factories.annulment(item)
        if item.act == "appoint":
            return appointment(item.person, item.position_id, proposed_on=day, corrects=item)
        return release(
            item.person, item.position_id, release_reason=item.release_reason, proposed_on=day, corrects=item
        )

    @rule(place=places, who=people, chance=st.integers(0, 5))
    def hold_a_congress(self, place, who, chance):
        if chance:  # seldom, for it ends everything before it
            return
        item = appointment(self.people[who], method="congress", elected_on=CONGRESS)
        congress = factories.congress_fields(CONGRESS, ordinal=8)
        self._confirm(place, item, kind=Dossier.Kind.CONGRESS, congress=congress, on=CONGRESS)

    @invariant()
    def nobody_sits_twice_in_a_seat(self):
        for one, other in combinations(Holding.objects.all(), 2):
            same = (one.person_id, one.body_id, one.position_id) == (other.person_id, other.body_id, other.position_id)
            assert not same or _apart(one, other)

    @invariant()
    def a_committee_has_one_secretary(self):
        for one, other in combinations(Holding.objects.filter(position="secretary"), 2):
            assert one.body_id != other.body_id or _apart(one, other)

    @invariant()
    def no_ended_body_has_members(self):
        for holding in Holding.objects.exclude(body__term__valid_to=None).select_related("body__term"):
            assert holding.valid_to is not None
            assert holding.valid_to <= holding.body.term.valid_to

    @invariant()
    def every_seat_has_its_papers(self):
        for holding in Holding.objects.select_related("began_by__dossier__decision", "ended_by__decision"):
            assert holding.began_by.dossier.decision
            assert holding.began_by.stands
            assert (holding.ended_by is None) == (holding.valid_to is None)
            assert holding.ended_by is None or holding.ended_by.decision

    @invariant()
    def whoever_retired_or_died_sits_nowhere(self):
        """Unless by a later dossier: somebody may be taken in again, be it by mistake."""
        for item in ChangeItem.objects.filter(
            outcome="confirmed", superseded_on=None, release_reason__in=["retirement", "death"]
        ):
            before = Holding.objects.filter(person=item.person, began_by__dossier_id__lt=item.dossier_id)
            assert not before.as_of(item.effective_on).exists()
            assert not before.filter(valid_from__gte=item.effective_on).exists()

    @invariant()
    def officers_are_members(self):
        for office in Holding.objects.filter(position__in=MEMBERS_ONLY):
            seats = Holding.objects.filter(person=office.person_id, body__term__bodies=office.body_id)
            seats = seats.filter(position="committee_member", valid_from__lte=office.valid_from)
            assert any(
                each.valid_to is None or (office.valid_to and office.valid_to <= each.valid_to) for each in seats
            )


def _apart(one: Holding, other: Holding) -> bool:
    first, second = sorted((one, other), key=lambda holding: holding.valid_from)
    return first.valid_to is not None and first.valid_to <= second.valid_from


@pytest.mark.django_db
def test_any_sequence_of_acts_keeps_the_register_whole():
    run_state_machine_as_test(
        Register,
        settings=settings(
            max_examples=25, stateful_step_count=16, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
