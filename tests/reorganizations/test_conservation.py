"""Whatever is merged or split: members and organisations that leave are those that arrive."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.errors import Blocked, Refused
from organizations.actions import record_member_count
from organizations.models import MemberCount, Organization, OrganizationVersion, Term
from personnel.models import Holding, Membership
from reorganizations import actions
from reorganizations.conservation import Tally, tally
from reorganizations.drafts import STAYS, Draft
from reorganizations.effects import effects_of
from tests import factories
from tests.faults.stopping import everything

pytestmark = pytest.mark.django_db
DAY = date(2022, 3, 10)


@contextmanager
def leaving_nothing():
    """Let an example leave nothing behind for the next one."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def build(bloc: Organization, sizes: list[tuple[int, int, int]]) -> list[Organization]:
    """Return organisations with so many people, cells and official members each."""
    made = []
    for people, cells, official in sizes:
        place = factories.organization(bloc)
        for _ in range(people):
            factories.person(place)
        for _ in range(cells):
            factories.person(factories.organization(place, kind="subordinate_cell"))
        record_member_count(
            place, counted_on=date(2022, 1, 1), official=official, probationary=1, by=factories.office()
        )
        made.append(place)
    return made


def everybody(day: date) -> set[tuple[int, bool]]:
    """Return who is a member on the day, and whether of an organisation that stands then."""
    standing = set(OrganizationVersion.objects.as_of(day).values_list("organization", flat=True))
    members = Membership.objects.as_of(day).values_list("person", "organization")
    return {(person, organization in standing) for person, organization in members}


def members_counted(day: date) -> int:
    standing = OrganizationVersion.objects.as_of(day).values("organization")
    counts = MemberCount.objects.latest_by(day).filter(organization__in=standing)
    return sum(count.total for count in counts)


SIZES = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(3, 90)), min_size=2, max_size=4)
SETTINGS = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@SETTINGS
@given(sizes=SIZES)
def test_a_merger_loses_nobody(bloc, sizes):
    with leaving_nothing():
        sources = build(bloc, sizes)
        before, counted, standing = everybody(DAY), members_counted(DAY), OrganizationVersion.objects.as_of(DAY).count()
        factories.reorganize("merged", *sources, successors=[factories.successor(bloc)])
        assert everybody(DAY) == before
        assert members_counted(DAY) == counted
        assert OrganizationVersion.objects.as_of(DAY).count() == standing - len(sources) + 1


@SETTINGS
@given(size=st.tuples(st.integers(1, 5), st.integers(0, 3), st.integers(4, 90)), goes_on=st.booleans(), data=st.data())
def test_a_split_loses_nobody(bloc, size, goes_on, data):
    with leaving_nothing():
        [source] = build(bloc, [size])
        before, counted = everybody(DAY), members_counted(DAY)
        share = data.draw(st.integers(0, size[2]))
        numbers = [(share, 0), (0, 1)] if goes_on else [(share, 0), (size[2] - share, 1)]
        new = [
            replace(factories.successor(bloc), official=official, probationary=probationary)
            for official, probationary in numbers
        ]
        where = st.sampled_from([0, 1, STAYS] if goes_on else [0, 1])
        members = {key: data.draw(where) for key in source.memberships.values_list("person", flat=True)}
        under = OrganizationVersion.objects.as_of(DAY).filter(parent=source).values_list("organization", flat=True)
        places = {key: data.draw(where) for key in under}
        factories.reorganize("split", source, successors=new, members=members, places=places, goes_on=goes_on)
        assert everybody(DAY) == before
        assert members_counted(DAY) == counted


@SETTINGS
@given(official=st.integers(0, 40), probationary=st.integers(0, 3))
def test_other_numbers_than_those_that_leave_are_refused(bloc, official, probationary):
    with leaving_nothing():
        sources = build(bloc, [(1, 0, 10), (1, 0, 15)])
        new = replace(factories.successor(bloc), official=official, probationary=probationary)
        if (official, probationary) == (25, 2):
            factories.reorganize("merged", *sources, successors=[new])
        else:
            with pytest.raises(Blocked, match="phải bằng nhau"):
                factories.reorganize("merged", *sources, successors=[new])


def test_the_act_counts_again_after_it_has_written(bloc, first, second, monkeypatch):
    """Were a write to lose somebody, nothing of the act would stand."""
    monkeypatch.setattr(actions, "_move_members", lambda effects, successors: None)
    with pytest.raises(Refused, match="Số liệu trước và sau không khớp: đảng viên 6 → 2"):
        factories.reorganize(
            "merged", first.organization, second.organization, successors=[factories.successor(bloc, "C")]
        )


def test_a_tally_counts_at_and_beneath_each_once(bloc, first):
    assert tally([first.organization.pk], DAY) == Tally(3, 1)
    assert tally([first.organization.pk, first.cell.pk], DAY) == Tally(3, 0)
    assert tally([], DAY).people == 0


def test_what_is_shown_is_what_happens(bloc, first, second):
    """The preview's own lists, against what is in the tables afterwards (ADR 0011, 0018)."""
    seats = tuple((first.member, factories.position(code)) for code in ("committee_member", "secretary"))
    new = factories.successor(bloc, "C", term=factories.first_term(), seats=seats)
    draft = Draft("merged", DAY, (first.organization, second.organization), (new,), plans="carry")
    shown = effects_of(draft)
    actions.reorganize(draft, decision=factories.document(), by=factories.office(), explanation="Có")
    made = Organization.objects.get(code="C")
    assert {each.membership.person for each in shown.members} == {each.person for each in made.memberships.all()}
    assert {each.version.organization for each in shown.organizations} == set(Organization.objects.filter(parent=made))
    assert {each.pk for each in shown.seats} == set(
        Holding.objects.filter(end_reason="organization_ended").values_list("pk", flat=True)
    )
    assert {term.pk for term in shown.terms} == set(Term.objects.filter(valid_to=DAY).values_list("pk", flat=True))
    assert len(shown.carried) == made.plan_entries.count()
    [count] = made.member_counts.all()
    assert [(each.official, each.probationary) for each in shown.counts] == [(count.official, count.probationary)]
    assert len(shown.seatings[0].ledger.begun) == count.organization.terms.get().bodies.get().holdings.count()


def test_looking_ahead_writes_nothing(bloc, first, second):
    before = everything()
    draft = Draft("merged", DAY, (first.organization, second.organization), (factories.successor(bloc, "C"),))
    effects_of(draft)
    assert everything() == before


def test_looking_ahead_takes_the_same_queries_whatever_there_is(bloc, first, second):
    def look() -> int:
        draft = Draft("merged", DAY, (first.organization, second.organization), (factories.successor(bloc, "C"),))
        with CaptureQueriesContext(connection) as queries:
            effects_of(draft)
        return len(queries)

    few = look()
    for _ in range(5):
        factories.person(first.organization)
        factories.person(factories.organization(first.organization, kind="subordinate_cell"))
        factories.seated(factories.person(second.organization), second.organization, on=date(2021, 6, 1))
    assert look() == few
