"""What the database itself refuses of users and roles."""

import pytest

from accounts.models import Assignment
from accounts.roles import Role
from tests import factories
from tests.common.constraints import Rows, case, constraints_of, try_insert, try_update


@case("one_assignment_of_a_role_over_an_organization")
def _(world):
    clerk = factories.user(Role.GRASSROOTS_CLERK, world.bloc)

    def assignment(**fields):
        defaults = {"user": clerk, "role": Role.GRASSROOTS_CLERK, "organization": world.bloc}
        return Assignment(**(defaults | fields))

    return Rows(
        refused=[assignment(), assignment(sees_plans=True)],
        accepted=[
            assignment(role=Role.LEADER),
            assignment(organization=world.other_organization),
            assignment(user=world.drafter),
        ],
    )


@pytest.mark.django_db
@pytest.mark.parametrize("name", constraints_of("accounts"))
def test_the_database_refuses_to_insert(name):
    try_insert(name)


@pytest.mark.django_db
@pytest.mark.parametrize("name", constraints_of("accounts"))
def test_the_database_refuses_to_update(name):
    try_update(name)
