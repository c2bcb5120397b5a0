"""Who sees a document of an outside issuer: the ordinary ones everybody, a confidential one whom it concerns."""

from datetime import date

import pytest

from accounts.roles import Role
from common.errors import NotAllowed
from organizations.actions import amend_organization, attach_file
from organizations.models import Document, DocumentFile
from organizations.scope import Right, Scope
from personnel.models import Dossier
from tests import factories
from tests.files import attached, upload
from tests.pages import as_role, text_of

pytestmark = pytest.mark.django_db
CONFIDENTIAL = Document.Classification.CONFIDENTIAL


@pytest.fixture
def bloc():
    made = factories.organization(name="Đảng bộ Khối")
    factories.term(made)
    return made


@pytest.fixture
def agency(bloc):
    made = factories.organization(bloc, name="Đảng bộ Sở Y tế")
    factories.term(made)
    return made


@pytest.fixture
def neighbour(bloc):
    return factories.organization(bloc)


@pytest.fixture
def secret() -> Document:
    """A confidential decision of the Tỉnh ủy."""
    return factories.document(classification=CONFIDENTIAL, summary="Việc cần giữ kín")


def sees(organization, document, role=Role.GRASSROOTS_CLERK) -> bool:
    return Document.objects.visible_to(factories.user(role, organization).scope).filter(pk=document.pk).exists()


def test_an_ordinary_one_is_seen_by_everybody_who_sees_anything(agency):
    ordinary = factories.document()

    assert sees(agency, ordinary)
    assert not Document.objects.visible_to(Scope()).exists()
    assert not Document.objects.visible_to(factories.holder_of(Right.CONFIRM).scope).exists()


def test_a_confidential_one_is_seen_at_the_top_of_the_tree_alone(bloc, agency, secret):
    assert sees(bloc, secret, Role.LEADER)
    assert not sees(agency, secret)
    assert Document.objects.visible_to(Scope.everything()).filter(pk=secret.pk).exists()


def test_who_was_once_at_the_top_and_no_longer_is_does_not_see_it(bloc, secret):
    joined = factories.organization()
    assert sees(joined, secret)

    amend_organization(joined, effective_on=date(2022, 1, 1), parent=bloc, by=factories.office())

    assert not sees(joined, secret)


def test_a_confidential_one_of_an_organisation_stays_where_it_was_issued(agency, neighbour):
    own = factories.document(agency, classification=CONFIDENTIAL)

    assert sees(agency, own)
    assert not sees(neighbour, own)


def test_whoever_sees_a_dossier_sees_the_confidential_decision_on_it(agency, neighbour):
    dossier = factories.confirmed(agency, factories.appointment(factories.person(agency)))
    Document.objects.filter(pk=dossier.decision_id).update(classification=CONFIDENTIAL)

    assert sees(agency, dossier.decision)
    assert not sees(neighbour, dossier.decision)


def test_whoever_sees_a_plan_sees_the_confidential_decision_on_it(bloc, agency, neighbour):
    round = factories.planning_round(bloc)
    factories.plan_entry(round, factories.person(agency), agency)
    decision = factories.approved(round, agency).decision
    Document.objects.filter(pk=decision.pk).update(classification=CONFIDENTIAL)

    assert sees(agency, decision)
    assert not sees(neighbour, decision)


def test_an_organisation_sees_the_confidential_decisions_on_itself(agency, neighbour, secret):
    amend_organization(
        agency, effective_on=date(2022, 4, 1), name="Đảng bộ Sở Y tế mới", decision=secret, by=factories.office()
    )
    of_body = factories.document(classification=CONFIDENTIAL)
    agency.terms.get().bodies.filter(kind="committee").update(decision=of_body)

    for decision in (secret, of_body):
        assert sees(agency, decision)
        assert not sees(neighbour, decision)


def test_its_page_and_files_are_not_found_and_the_list_is_silent(agency, bloc, secret):
    file = attached(secret)
    pages = (secret.get_absolute_url(), f"{secret.get_absolute_url()}tep/{file.pk}/")
    clerk, leader = as_role(Role.GRASSROOTS_CLERK, agency), as_role(Role.LEADER, bloc)

    assert [clerk.get(page).status_code for page in pages] == [404, 404]
    assert clerk.post(pages[0], {"upload": upload()}).status_code == 404
    assert leader.get(pages[0]).status_code == 200
    assert "Việc cần giữ kín" in text_of(leader.get("/van-ban/"))
    assert "Việc cần giữ kín" not in text_of(clerk.get("/van-ban/"))
    assert not DocumentFile.objects.visible_to(factories.user(Role.GRASSROOTS_CLERK, agency).scope).exists()


def test_nobody_attaches_a_file_to_one_that_they_do_not_see(bloc, agency, secret):
    with pytest.raises(NotAllowed, match="không có quyền đính kèm"):
        attach_file(secret, upload=upload(), by=factories.user(Role.GRASSROOTS_CLERK, agency))

    assert attach_file(secret, upload=upload(), by=factories.user(Role.ORGANIZATION_BOARD, bloc))


def test_a_decision_out_of_sight_is_no_link_on_the_dossier(agency):
    dossier = factories.confirmed(agency, factories.appointment(factories.person(agency)))
    own = Dossier.objects.with_open_papers(factories.user(Role.GRASSROOTS_CLERK, agency).scope).get(pk=dossier.pk)
    nothing = Dossier.objects.with_open_papers(Scope()).get(pk=dossier.pk)

    assert (own.decision_opens, nothing.decision_opens) == (True, False)
