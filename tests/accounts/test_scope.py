"""What a user may do follows from the roles held over parts of the tree (DESIGN.md §6)."""

from datetime import date

import pytest

from accounts.models import Assignment, User
from accounts.roles import RIGHTS, Role
from organizations.actions import amend_organization
from organizations.scope import Right, Scope
from tests import factories

VIEW, VIEW_PLANS, DRAFT, CONFIRM = Right.VIEW, Right.VIEW_PLANS, Right.DRAFT, Right.CONFIRM
PLAN, KEEP_REGISTER, ADMINISTER = Right.PLAN, Right.KEEP_REGISTER, Right.ADMINISTER

# The table of DESIGN.md §6.
EXPECTED = {
    Role.ADMINISTRATOR: {VIEW, ADMINISTER},
    Role.ORGANIZATION_BOARD: {VIEW, VIEW_PLANS, DRAFT, PLAN, KEEP_REGISTER},
    Role.CONFIRMER: {VIEW, VIEW_PLANS, CONFIRM},
    Role.INSPECTION: {VIEW, Right.DRAFT_INSPECTION},
    Role.GRASSROOTS_CLERK: {VIEW, VIEW_PLANS, DRAFT},
    Role.LEADER: {VIEW},
}


@pytest.fixture
def bloc(db):
    return factories.organization()


@pytest.fixture
def agency(bloc):
    return factories.organization(bloc)


def scope_of(user: User) -> Scope:
    """Return the scope as a new request computes it."""
    return User.objects.get(pk=user.pk).scope


@pytest.mark.parametrize("role", Role.values)
def test_a_role_gives_its_rights_there_and_beneath_and_nowhere_else(role, bloc, agency):
    elsewhere = factories.organization(bloc)
    beneath = factories.organization(agency, kind="subordinate_cell")

    scope = scope_of(factories.user(role, agency))

    assert {right for right in Right if scope.may(right)} == EXPECTED[role]
    for right in EXPECTED[role]:
        assert scope.covers(agency.path, right)
        assert scope.covers(beneath.path, right)
        assert not scope.covers(bloc.path, right)
        assert not scope.covers(elsewhere.path, right)


def test_every_role_has_its_rights():
    assert set(RIGHTS) == set(EXPECTED) == set(Role.values)


@pytest.mark.parametrize("role", Role.values)
def test_no_role_both_drafts_and_confirms(role):
    assert not {DRAFT, CONFIRM} <= RIGHTS[role]


def test_an_administrator_sees_no_plan_names():
    assert VIEW_PLANS not in RIGHTS[Role.ADMINISTRATOR]


def test_a_leader_sees_plans_when_that_was_granted(agency):
    granted = scope_of(factories.user(Role.LEADER, agency, sees_plans=True))
    not_granted = scope_of(factories.user(Role.LEADER, agency))

    assert granted.covers(agency.path, VIEW_PLANS)
    assert not not_granted.may(VIEW_PLANS)


def test_rights_of_two_roles_stay_each_in_its_own_part(bloc, agency):
    other = factories.organization(bloc)
    clerk = factories.user(Role.GRASSROOTS_CLERK, agency)
    Assignment.objects.create(user=clerk, role=Role.CONFIRMER, organization=other)

    scope = scope_of(clerk)

    assert scope.covers(agency.path, DRAFT)
    assert not scope.covers(other.path, DRAFT)
    assert scope.covers(other.path, CONFIRM)
    assert not scope.covers(agency.path, CONFIRM)


def test_without_a_role_nothing_is_allowed(bloc):
    assert scope_of(factories.user(role=None)) == Scope()


def test_who_may_not_sign_in_has_no_rights(agency):
    gone = factories.user(Role.ORGANIZATION_BOARD, agency, is_active=False)

    assert scope_of(gone) == Scope()
    assert not gone.is_staff


def test_the_installer_sets_the_office_up_and_sees_no_plans(agency):
    scope = scope_of(factories.user(role=None, is_superuser=True))

    assert {right for right in Right if scope.may(right)} == {VIEW, ADMINISTER, KEEP_REGISTER}
    assert scope.covers("/", KEEP_REGISTER)
    assert scope.covers(agency.path, ADMINISTER)


def test_an_installer_who_may_not_sign_in_has_no_rights(agency):
    assert scope_of(factories.user(role=None, is_superuser=True, is_active=False)) == Scope()


def test_a_scope_holds_every_path_that_its_organisation_has_had(bloc, agency):
    successor = factories.organization()
    clerk = factories.user(Role.GRASSROOTS_CLERK, agency)
    before = agency.path

    amend_organization(agency, parent=successor, effective_on=date(2023, 1, 1), by=factories.office())
    agency.refresh_from_db()

    assert scope_of(clerk).paths(VIEW) == {before, agency.path}


def test_a_scope_costs_one_query(agency, django_assert_num_queries):
    clerk = User.objects.get(pk=factories.user(Role.GRASSROOTS_CLERK, agency).pk)

    with django_assert_num_queries(1):
        assert clerk.scope.may(VIEW)
        assert clerk.scope.may(DRAFT)


def test_an_administrator_keeps_the_assignments_of_the_own_part_alone(bloc, agency):
    administrator = factories.user(Role.ADMINISTRATOR, agency)
    factories.user(Role.LEADER, bloc)

    kept = Assignment.objects.visible_to(scope_of(administrator))

    assert [assignment.user for assignment in kept] == [administrator]


def test_only_administrators_are_staff(agency):
    staff = [role for role in Role.values if factories.user(role, agency).is_staff]

    assert staff == [Role.ADMINISTRATOR]
