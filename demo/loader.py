"""Builds the demonstration, from the first organisation to the desk of autumn 2026."""

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.models import User
from demo import (
    careers,
    changes_2022,
    congress_calendar,
    organization_events,
    organizations,
    other_years,
    people,
    plans,
    targets,
)
from demo.accounts import (
    BLOC_CODE,
    DEMO_ACCOUNTS,
    DEMO_PASSWORD,
    INSTALLER,
    create_accounts,
    create_installer,
)
from demo.cases import schedule
from demo.world import World
from organizations.models import Organization, Position
from personnel.models import Person


def database_is_empty() -> bool:
    """Whether nobody has begun to work here: no organisation, no user, no person."""
    return not any(model.objects.exists() for model in (Organization, User, Person))


@transaction.atomic
def build() -> World:
    """Build everything in one transaction, so that a broken run leaves nothing behind."""
    world = World()
    world.positions = {position.code: position for position in Position.objects.all()}
    _set_up(world)
    people.register_all(world)
    congress_calendar.schedule(world)
    organization_events.schedule(world)
    schedule(world, [*changes_2022.CASES, *other_years.CASES])
    careers.schedule(world)
    plans.schedule(world)
    targets.schedule(world)
    world.timeline.run()
    return world


def _set_up(world: World) -> None:
    """Lay the organisations and the accounts: some accounts enter organisations, others belong to one."""
    password_hash = make_password(DEMO_PASSWORD)
    world.users[INSTALLER] = create_installer()
    organizations.establish_bloc(world)
    over_the_bloc = {account.username for account in DEMO_ACCOUNTS if account.organization_code == BLOC_CODE}
    world.users |= create_accounts(over_the_bloc, world.organizations, password_hash)
    organizations.establish_others(world)
    of_one_organization = {account.username for account in DEMO_ACCOUNTS} - over_the_bloc
    world.users |= create_accounts(of_one_organization, world.organizations, password_hash)
