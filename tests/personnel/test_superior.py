"""The direct superior is dated: a dossier of an organisation handed over was decided by its superior of that day."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Assignment
from accounts.roles import Role
from common.formats import short_day
from common.periods import today
from organizations.actions import amend_organization
from organizations.models import Document, Organization
from personnel.models import Dossier
from personnel.workflow import Superiors, superior_on
from tests import factories
from tests.pages import count_queries, signed_in

pytestmark = pytest.mark.django_db
HANDED_OVER = date(2025, 7, 15)
OF_2022 = factories.DECIDED


def root(name: str) -> Organization:
    made = factories.organization(name=name)
    for begins in (date(2020, 6, 15), date(2025, 6, 15)):
        factories.term(made, begins)
    return made


@pytest.fixture
def bloc() -> Organization:
    return root("Đảng bộ Khối")


@pytest.fixture
def successor() -> Organization:
    return root("Đảng bộ các cơ quan Đảng")


@pytest.fixture
def agency(bloc) -> Organization:
    made = factories.organization(bloc, name="Đảng bộ Sở Y tế")
    factories.term(made, planned_end=date(2027, 6, 15))
    return made


@pytest.fixture
def dossier(agency, successor) -> Dossier:
    """Submitted in 2022 by an organisation that was handed over in 2025."""
    made = factories.submitted(agency, factories.appointment(factories.person(agency, "Đỗ Thị Hòa")))
    amend_organization(agency, effective_on=HANDED_OVER, parent=successor, by=factories.office())
    return Dossier.objects.get(pk=made.pk)


@pytest.fixture
def confirmer(successor):
    """Who confirms for the successor, and for nobody else."""
    return factories.user(Role.CONFIRMER, successor)


@pytest.fixture
def confirmer_of_both(confirmer, bloc):
    Assignment.objects.create(user=confirmer, role=Role.CONFIRMER, organization=bloc)
    return confirmer


def page(dossier: Dossier) -> str:
    return reverse("personnel:dossier_confirm", args=[dossier.pk])


def form_shown_to(user, dossier: Dossier):
    return signed_in(user).get(page(dossier)).context["form"]


def send(user, dossier: Dossier, day: date | None = None, **fields):
    new = {"number": "17", "symbol": "ĐUK", "signed_by": "Bùi Văn Ký", "summary": "Chuẩn y"}
    new |= {"issued_on": f"{day:%d/%m/%Y}" if day else ""}
    accepted = [item.pk for item in dossier.items.all()]
    return signed_in(user).post(page(dossier), {"accepted": accepted, "source": "new"} | new | fields)


def test_it_is_the_parent_of_the_day(dossier, bloc, successor):
    assert superior_on(dossier.organization, date(2025, 7, 14)) == bloc
    assert superior_on(dossier.organization, HANDED_OVER) == successor
    assert superior_on(dossier.organization, date(2010, 1, 1)) == successor  # it did not stand yet: as it is today
    assert Superiors(dossier.organization).since(dossier.submitted_on) == [bloc, successor]


def test_nobody_of_the_register_stands_above_the_top():
    top = factories.organization()
    factories.term(top)
    dossier = factories.submitted(top, factories.appointment(factories.person(top)))

    assert superior_on(dossier.organization, OF_2022) is None
    assert Superiors(dossier.organization).since(dossier.submitted_on) == [None]


def test_an_old_dossier_is_proposed_on_its_own_day_with_the_next_number_of_its_superior_then(
    dossier, bloc, successor, confirmer
):
    factories.document(bloc, OF_2022, number=41, symbol="ĐUK")
    factories.document(successor, today(), number=8, symbol="ĐUCQ")

    response = signed_in(confirmer).get(page(dossier))

    form = response.context["form"]
    assert form["issued_on"].value() == dossier.submitted_on
    assert (form["number"].value(), form["symbol"].value()) == (42, "ĐUK")
    assert "<strong>Ban Thường vụ Đảng ủy Khối</strong>" in response.content.decode()
    assert "cấp trên trực tiếp vào ngày này" in form["issued_on"].help_text


def test_the_superior_is_named_as_it_was_called_that_day(dossier, bloc, confirmer):
    amend_organization(bloc, effective_on=date(2024, 1, 1), name="Đảng bộ Khối mới", by=factories.office())

    assert form_shown_to(confirmer, dossier).superior.issuing_name == "Ban Thường vụ Đảng ủy Khối"


def test_a_dossier_whose_superior_has_not_changed_is_proposed_today(agency, bloc):
    made = factories.submitted(agency, factories.appointment(factories.person(agency)))

    form = form_shown_to(factories.user(Role.CONFIRMER, bloc), made)

    assert form["issued_on"].value() == today()
    assert form["issued_on"].help_text == ""


def test_a_dossier_submitted_after_the_handover_goes_to_the_successor(agency, dossier, successor, confirmer):
    newer = factories.submitted(agency, factories.appointment(factories.person(agency)), on=date(2025, 8, 1))

    form = form_shown_to(confirmer, newer)

    assert (form.issuer, form["issued_on"].value()) == (successor, today())


def test_what_is_proposed_is_of_whoever_decides_though_the_paper_went_to_another(agency, dossier, successor, confirmer):
    """The tờ trình is older than the handover, the submission younger."""
    newer = factories.submitted(agency, factories.appointment(factories.person(agency)), on=date(2025, 8, 1))
    newer.submission = factories.document(agency, date(2024, 2, 1), type="TTr")
    newer.save()

    form = form_shown_to(confirmer, newer)

    assert form.issuer == successor
    assert (form["symbol"].value(), form["signed_by"].value()) == ("", "")


@pytest.mark.parametrize(("day", "name"), [(OF_2022, "Đảng bộ Khối"), (HANDED_OVER, "Đảng bộ các cơ quan Đảng")])
def test_a_new_decision_is_of_the_superior_of_its_day(dossier, confirmer, day, name):
    answer = send(confirmer, dossier, day)
    assert answer.status_code == 302, answer.context["form"].errors

    dossier.refresh_from_db()
    assert (dossier.decision.issuer.name, dossier.decision.issued_on) == (name, day)
    assert dossier.decision.issuer_name == dossier.decision.issuer.issuing_name


def test_the_confirmer_of_the_superior_then_no_longer_decides(dossier, bloc):
    assert send(factories.user(Role.CONFIRMER, bloc), dossier, OF_2022).status_code == 302

    dossier.refresh_from_db()
    assert dossier.state == "submitted"
    assert not Document.objects.filter(number=17).exists()


def test_whoever_confirms_only_beneath_the_superior_enters_none_of_its_decisions(dossier, agency):
    answer = send(factories.user(Role.CONFIRMER, agency), dossier, OF_2022)

    assert answer.status_code == 422
    assert not Document.objects.filter(number=17).exists()


@pytest.mark.parametrize("typed", ["", "32/13/2022"])
def test_a_day_that_cannot_be_read_gets_a_sentence(dossier, bloc, confirmer, typed):
    answer = send(confirmer, dossier, issued_on=typed)

    assert answer.status_code == 422
    assert answer.context["form"].errors["issued_on"]
    assert answer.context["superior"].organization == bloc


def test_the_day_must_lie_in_a_term_of_the_superior_of_that_day(dossier, confirmer, bloc):
    bloc.terms.filter(valid_from=date(2020, 6, 15)).update(valid_to=date(2022, 3, 1))

    answer = send(confirmer, dossier, OF_2022)

    sentence = f"Đảng ủy Khối chưa có nhiệm kỳ nào vào ngày {short_day(OF_2022)}"
    assert sentence in answer.context["form"].errors["issued_on"][0]


def test_decisions_of_every_superior_since_the_submission_are_offered(dossier, bloc, successor, confirmer_of_both):
    before, after = factories.document(bloc, OF_2022), factories.document(successor, date(2025, 8, 1))

    offered = set(form_shown_to(confirmer_of_both, dossier).decisions.values())

    assert offered == {before, after}


def test_decisions_out_of_the_scope_are_not_offered(dossier, bloc, successor, confirmer):
    factories.document(bloc, OF_2022)
    own = factories.document(successor, date(2025, 8, 1))

    assert set(form_shown_to(confirmer, dossier).decisions.values()) == {own}


def test_a_decision_entered_before_of_the_superior_then_confirms(dossier, bloc, confirmer_of_both):
    decision = factories.document(bloc, OF_2022)

    assert send(confirmer_of_both, dossier, source="existing", existing=decision.pk).status_code == 302

    dossier.refresh_from_db()
    assert dossier.decision == decision


def test_a_decision_of_whoever_was_not_the_superior_on_its_day_gets_a_sentence(dossier, bloc, confirmer_of_both):
    late = factories.document(bloc, date(2025, 8, 1))

    answer = send(confirmer_of_both, dossier, source="existing", existing=late.pk)

    assert answer.status_code == 422
    [sentence] = answer.context["form"].errors["existing"]
    assert "Ngày 01/8/2025 cấp trên trực tiếp là Ban Thường vụ Đảng ủy các cơ quan Đảng" in sentence


def test_the_page_takes_the_same_queries_however_many_decisions_are_offered(
    dossier, bloc, successor, confirmer_of_both
):
    client = signed_in(confirmer_of_both)
    factories.document(bloc, OF_2022)
    few = count_queries(client, page(dossier))
    for _ in range(5):
        factories.document(bloc, OF_2022)
        factories.document(successor, date(2025, 8, 1))

    assert count_queries(client, page(dossier)) == few
