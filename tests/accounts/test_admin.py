"""The administration screens: for administrators alone; records that only actions write cannot be changed there."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.models import Assignment, User
from accounts.roles import Role
from common.admin import ReadOnlyAdmin
from organizations.actions import replace_paper_template
from organizations.models import PaperTemplate, Position
from organizations.papers import default_template
from personnel.actions import discipline
from planning.actions import set_target
from planning.models import PlanEntry, PositionGroup
from regulations.models import CalendarDay, RetirementAge, Rule
from tests import factories, files

pytestmark = pytest.mark.django_db
REGISTERED = sorted(admin.site._registry, key=lambda model: model._meta.label)
RECORDS = [model for model in REGISTERED if isinstance(admin.site._registry[model], ReadOnlyAdmin)]
OURS = ("regulations", "organizations", "accounts", "personnel", "planning")
LABEL = {"ids": lambda model: model._meta.label}


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def bloc():
    return factories.organization()


@pytest.fixture
def administrator(client, bloc):
    client.force_login(factories.user(Role.ADMINISTRATOR, bloc))
    return client


@pytest.fixture
def one_of_each(bloc):
    """A record of every model that has a screen."""
    office = factories.office()
    someone = factories.person(bloc)
    items = [factories.appointment(someone, method="congress", vote=factories.votes(20, 30))]
    factories.confirmed(bloc, *items, kind="congress", congress=factories.congress_fields())
    discipline(someone, kind="warning", valid_from=date(2022, 1, 1), valid_to=None, by=office)
    bloc_round = factories.planning_round(bloc)
    set_target(
        bloc_round, organization=bloc, group=PositionGroup.COMMITTEE, seats=15, coefficient=Decimal("1.50"), by=office
    )
    factories.plan_entry(bloc_round, factories.person(bloc), bloc)
    factories.approved(bloc_round, bloc)
    from organizations.actions import record_member_count

    own = files.upload(default_template("to-trinh").read_bytes(), "mẫu.docx")
    replace_paper_template(PaperTemplate(kind="to-trinh"), upload=own, by=office)
    record_member_count(bloc, counted_on=date(2022, 1, 1), official=30, probationary=1, by=office)


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.ADMINISTRATOR])
@pytest.mark.parametrize("page", ["admin:index", "admin:accounts_user_changelist", "admin:personnel_person_changelist"])
def test_they_do_not_exist_for_others(client, bloc, role, page):
    client.force_login(factories.user(role, bloc))

    assert client.get(reverse(page)).status_code == 404


@pytest.mark.parametrize("model", REGISTERED, **LABEL)
def test_every_list_opens_for_an_administrator(administrator, one_of_each, model):
    assert administrator.get(address(model, "changelist")).status_code == 200


@pytest.mark.parametrize("model", [model for model in REGISTERED if admin.site._registry[model].search_fields], **LABEL)
def test_every_list_can_be_searched(administrator, one_of_each, model):
    assert administrator.get(address(model, "changelist"), {"q": "nguyen"}).status_code == 200


@pytest.mark.parametrize("model", [model for model in REGISTERED if model._meta.app_label in OURS], **LABEL)
def test_every_record_opens_for_an_administrator(administrator, one_of_each, model):
    record = model._default_manager.first()

    assert administrator.get(address(model, "change", record.pk)).status_code == 200


@pytest.mark.parametrize("model", RECORDS, **LABEL)
def test_records_cannot_be_written_there(administrator, one_of_each, model):
    pk = model._default_manager.first().pk

    assert administrator.get(address(model, "add")).status_code == 403
    assert administrator.post(address(model, "change", pk), {}).status_code == 403
    assert administrator.post(address(model, "delete", pk), {"post": "yes"}).status_code == 403
    assert model._default_manager.filter(pk=pk).exists()


def test_every_record_that_only_actions_write_is_read_only_there():
    catalogues = {PaperTemplate, Position, User, Rule, RetirementAge, CalendarDay}

    assert {model for model in REGISTERED if model._meta.app_label in OURS} - set(RECORDS) == catalogues


def test_plan_names_are_not_there():
    assert not admin.site.is_registered(PlanEntry)
    assert "auditlog.LogEntry" not in {model._meta.label for model in REGISTERED}  # it says who was planned


def test_a_catalogue_name_is_changed_and_its_code_is_not(administrator):
    address_of_secretary = address(Position, "change", "secretary")

    administrator.post(address_of_secretary, {"name": "Bí thư cấp ủy", "short_name": "BT", "code": "boss", "rank": "9"})

    secretary = factories.position("secretary")
    assert (secretary.name, secretary.rank) == ("Bí thư cấp ủy", 1)
    assert administrator.get(address(Position, "add")).status_code == 403
    assert administrator.post(address(Position, "delete", "secretary"), {"post": "yes"}).status_code == 403


class TestUsers:
    def assignments(self, *rows, stored=0):
        """Return the fields of the inline table of roles."""
        fields = {"assignments-TOTAL_FORMS": len(rows), "assignments-INITIAL_FORMS": stored}
        for number, row in enumerate(rows):
            fields |= {f"assignments-{number}-{name}": value for name, value in row.items()}
        return fields

    def test_a_user_is_made_with_a_role(self, administrator, bloc):
        typed = {"username": "moi", "full_name": "Lê Thị Mới", "usable_password": "true"}
        typed |= {"password1": "một mật khẩu rất dài", "password2": "một mật khẩu rất dài"}
        role = {"role": Role.LEADER, "organization": bloc.pk}

        response = administrator.post(address(User, "add"), typed | self.assignments(role))

        assert response.status_code == 302, response.context["errors"]
        made = User.objects.get(username="moi")
        assert made.check_password("một mật khẩu rất dài")

    def test_a_role_is_given(self, administrator, bloc):
        clerk = factories.user(role=None)
        typed = {"username": clerk.username, "full_name": clerk.full_name, "is_active": "on"}
        role = {"user": clerk.pk, "role": Role.LEADER, "organization": bloc.pk, "sees_plans": "on"}

        response = administrator.post(address(User, "change", clerk.pk), typed | self.assignments(role))

        assert response.status_code == 302, response.context["errors"]
        assert Assignment.objects.get(user=clerk).sees_plans

    def test_nobody_is_deleted(self, administrator):
        clerk = factories.user(role=None)

        assert administrator.post(address(User, "delete", clerk.pk), {"post": "yes"}).status_code == 403
        assert User.objects.filter(pk=clerk.pk).exists()
