"""A bloc with a grassroots organisation, one user of each role, and a draft; modules with a world of their own override
them."""

from datetime import date

import pytest

from accounts.models import Assignment, User
from accounts.roles import Role
from common.periods import today
from organizations.models import Organization
from personnel.models import Dossier
from tests import factories
from tests.personnel.moving_dossiers import draft


@pytest.fixture
def bloc() -> Organization:
    made = factories.organization(name="Đảng bộ Khối", code="KHOI")
    factories.term(made, begins=date(today().year - 1, 6, 15))
    return made


@pytest.fixture
def grassroots(bloc) -> Organization:
    made = factories.organization(bloc, name="Đảng bộ Sở Xây dựng", code="SXD")
    factories.term(made, begins=date(today().year - 1, 6, 15))
    return made


@pytest.fixture
def users(bloc, grassroots) -> dict[str, User]:
    """One of each; the drafter has drafted every dossier here and may confirm, too, but not these."""
    made = {
        "drafter": factories.user(Role.ORGANIZATION_BOARD, bloc, full_name="Người Lập"),
        "board": factories.user(Role.ORGANIZATION_BOARD, bloc),
        "clerk": factories.user(Role.GRASSROOTS_CLERK, grassroots),
        "confirmer": factories.user(Role.CONFIRMER, bloc, full_name="Người Chuẩn Y"),
        "clerk_elsewhere": factories.user(Role.GRASSROOTS_CLERK, factories.organization(bloc)),
        "inspection": factories.user(Role.INSPECTION, bloc),
        "leader": factories.user(Role.LEADER, bloc),
        "administrator": factories.user(Role.ADMINISTRATOR, bloc),
        "nobody": factories.user(role=None),
    }
    Assignment.objects.create(user=made["drafter"], role=Role.CONFIRMER, organization=bloc)
    return made


@pytest.fixture
def dossier(grassroots, users) -> Dossier:
    """A draft that nothing is to be said against."""
    return draft(grassroots, users)
