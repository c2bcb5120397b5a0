"""The accounts of an organisation that ends: an administrator has to be told, since nobody gives them other roles."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from reorganizations.actions import take_back
from reorganizations.drafts import Successor
from tests import factories
from tests.pages import as_board, as_role, text_of
from tests.reorganizations.entering import address, send

pytestmark = pytest.mark.django_db


class TestAccounts:
    """Whoever works at what ends is named to those who keep the register or the users, before the act and after it."""

    NEEDLE = "Lê Thị Cán: Cán bộ cơ sở, Đảng bộ A"

    @pytest.fixture(autouse=True)
    def clerks(self, first, second):
        factories.user(Role.GRASSROOTS_CLERK, first.organization, full_name="Lê Thị Cán")
        factories.user(Role.GRASSROOTS_CLERK, first.organization, full_name="Lê Thị Thôi", is_active=False)
        factories.user(Role.GRASSROOTS_CLERK, second.organization, full_name="Lê Thị Còn")

    def only_hers(self, answer) -> bool:
        text = text_of(answer)
        assert "Lê Thị Thôi" not in text
        assert "Lê Thị Còn" not in text
        return self.NEEDLE in text

    def test_before(self, bloc):
        typed = {"s0-mode": "standing", "s0-organization": "B", "s0-parent": "", "plans": "close"}
        assert self.only_hers(send(as_board(bloc), address("merged", "A"), typed, "xem-truoc"))

    def test_after(self, bloc, first, second):
        into = (Successor(second.organization),)
        page = factories.reorganize("merged", first.organization, successors=into).get_absolute_url()
        told = {role: self.only_hers(as_role(role, bloc).get(page)) for role in Role}
        assert told == dict.fromkeys(Role, False) | {Role.ORGANIZATION_BOARD: True, Role.ADMINISTRATOR: True}
        link = reverse("admin:accounts_user_change", args=[User.objects.get(full_name="Lê Thị Cán").pk])
        assert link in as_role(Role.ADMINISTRATOR, bloc).get(page).content.decode()
        assert not self.only_hers(as_role(Role.ADMINISTRATOR, second.organization).get(page))

    def test_not_of_what_goes_on_or_was_taken_back(self, bloc, first, second):
        part = factories.successor(bloc, "C", official=1, probationary=0)
        split = factories.reorganize("split", first.organization, successors=[part], goes_on=True)
        assert not self.only_hers(as_board(bloc).get(split.get_absolute_url()))
        gone = factories.reorganize(
            "dissolved", first.organization, on=date(2022, 4, 1), successors=(Successor(second.organization),)
        )
        take_back(gone, decision=factories.document(issued_on=date(2022, 5, 1)), reason="Nhầm", by=factories.office())
        assert not self.only_hers(as_board(bloc).get(gone.get_absolute_url()))
