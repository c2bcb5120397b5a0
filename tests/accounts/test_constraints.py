"""What the database itself refuses of users and roles."""

import pytest

from accounts.models import Assignment, ListName, ListPreference, SavedFilter
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


@case("one_choice_of_columns_for_a_list")
def _(world):
    chosen = ListPreference.objects.create(owner=world.drafter, list_name=ListName.PEOPLE, columns=["born"])

    def preference(**fields):
        return ListPreference(**({"owner": chosen.owner, "list_name": ListName.PEOPLE, "columns": ["age"]} | fields))

    return Rows(refused=[preference()], accepted=[preference(owner=world.decider), preference(list_name="khac")])


def saved_filter(world, **fields) -> SavedFilter:
    defaults = {"owner": world.drafter, "list_name": ListName.PEOPLE, "name": "Nữ", "query": "gender=female"}
    return SavedFilter(**(defaults | fields))


@case("one_saved_filter_of_a_name")
def _(world):
    saved_filter(world).save()
    return Rows(
        refused=[saved_filter(world, query="gender=male")],
        accepted=[
            saved_filter(world, name="Nam"),
            saved_filter(world, owner=world.decider),
            saved_filter(world, list_name="khac"),
        ],
    )


@case("saved_filter_has_a_name_and_a_filter")
def _(world):
    return Rows(
        refused=[saved_filter(world, name=""), saved_filter(world, query="")], accepted=[saved_filter(world, name="1")]
    )


@pytest.mark.django_db
@pytest.mark.parametrize("name", constraints_of("accounts"))
def test_the_database_refuses_to_insert(name):
    try_insert(name)


@pytest.mark.django_db
@pytest.mark.parametrize("name", constraints_of("accounts"))
def test_the_database_refuses_to_update(name):
    try_update(name)
