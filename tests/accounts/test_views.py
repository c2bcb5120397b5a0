"""Signing in and out, the password, and the day that is looked at."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from common.formats import short_day
from common.middleware import CHOSEN_DAY
from common.periods import today
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "một mật khẩu rất dài"


@pytest.fixture
def leader():
    return factories.user(Role.LEADER, factories.organization(), username="lanhdao", password=PASSWORD)


@pytest.fixture
def signed_in(client, leader):
    client.force_login(leader)
    return client


class TestSignIn:
    def test_the_page_opens_before_sign_in(self, client):
        assert client.get(reverse("accounts:sign_in")).status_code == 200

    def test_the_right_password_leads_home(self, client, leader):
        response = client.post(reverse("accounts:sign_in"), {"username": "lanhdao", "password": PASSWORD})

        assert (response.status_code, response.url) == (302, reverse("home"))
        assert client.session["_auth_user_id"] == str(leader.pk)

    def test_a_wrong_password_stays_on_the_page(self, client, leader):
        response = client.post(reverse("accounts:sign_in"), {"username": "lanhdao", "password": "sai"})

        assert response.status_code == 200
        assert "_auth_user_id" not in client.session

    def test_who_may_not_sign_in_does_not(self, client, leader):
        leader.is_active = False
        leader.save()

        client.post(reverse("accounts:sign_in"), {"username": "lanhdao", "password": PASSWORD})

        assert "_auth_user_id" not in client.session

    def test_whoever_is_signed_in_goes_home(self, signed_in):
        assert signed_in.get(reverse("accounts:sign_in")).url == reverse("home")

    @pytest.mark.parametrize("name", ["home", "search", "accounts:change_password", "personnel:person_list"])
    def test_other_pages_ask_to_sign_in_and_remember_where_to_go(self, client, name):
        response = client.get(reverse(name))

        assert response.status_code == 302
        assert response.url == f"{reverse('accounts:sign_in')}?next={reverse(name)}"

    def test_so_do_the_administration_screens(self, client):
        response = client.get(reverse("admin:accounts_user_changelist"), follow=True)

        asked, _ = response.redirect_chain[-1]
        assert asked == f"{reverse('accounts:sign_in')}?next={reverse('admin:accounts_user_changelist')}"

    def test_it_does_not_lead_to_another_site(self, client, leader):
        response = client.post(
            f"{reverse('accounts:sign_in')}?next=https://example.com/", {"username": "lanhdao", "password": PASSWORD}
        )

        assert response.url == reverse("home")


class TestSignOut:
    def test_it_ends_the_session(self, signed_in):
        response = signed_in.post(reverse("accounts:sign_out"))

        assert (response.status_code, response.url) == (302, reverse("accounts:sign_in"))
        assert "_auth_user_id" not in signed_in.session

    def test_a_mere_link_does_not_sign_out(self, signed_in):
        assert signed_in.get(reverse("accounts:sign_out")).status_code == 405
        assert "_auth_user_id" in signed_in.session


class TestPassword:
    def test_it_is_changed_and_the_session_goes_on(self, signed_in, leader):
        new = "một mật khẩu khác hẳn"
        typed = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}

        response = signed_in.post(reverse("accounts:change_password"), typed)

        leader.refresh_from_db()
        assert response.status_code == 302
        assert leader.check_password(new)
        assert "_auth_user_id" in signed_in.session

    def test_a_short_one_is_refused(self, signed_in, leader):
        typed = {"old_password": PASSWORD, "new_password1": "ngắnquá", "new_password2": "ngắnquá"}

        signed_in.post(reverse("accounts:change_password"), typed)

        leader.refresh_from_db()
        assert leader.check_password(PASSWORD)


class TestChosenDay:
    def choose(self, client, day, **fields):
        return client.post(reverse("choose_day"), {"day": day, **fields})

    def test_the_day_is_read_as_day_month_year(self, signed_in):
        self.choose(signed_in, "05/03/2022")

        assert signed_in.session[CHOSEN_DAY] == "2022-03-05"

    def test_an_empty_day_is_today_again(self, signed_in):
        self.choose(signed_in, "05/03/2022")
        self.choose(signed_in, "")

        assert CHOSEN_DAY not in signed_in.session

    def test_choosing_today_moves_on_with_the_days(self, signed_in):
        self.choose(signed_in, "05/03/2022")
        self.choose(signed_in, short_day(today()))

        assert CHOSEN_DAY not in signed_in.session

    @pytest.mark.parametrize("typed", ["31/02/2022", "hôm qua", "05/03/1929"])
    def test_what_is_no_day_changes_nothing(self, signed_in, typed):
        self.choose(signed_in, "05/03/2022")
        self.choose(signed_in, typed)

        assert signed_in.session[CHOSEN_DAY] == "2022-03-05"

    @pytest.mark.parametrize(("typed", "kept"), [("01/01/1930", True), ("31/12/1929", False)])
    def test_days_begin_with_1930(self, signed_in, typed, kept):
        self.choose(signed_in, typed)

        assert (CHOSEN_DAY in signed_in.session) is kept

    @pytest.mark.parametrize(("years", "kept"), [(20, True), (21, False)])
    def test_days_end_with_the_plans_of_an_office(self, signed_in, years, kept):
        last = today().year + 20
        page = self.choose(signed_in, f"31/12/{today().year + years}", next=reverse("personnel:person_list"))

        assert (CHOSEN_DAY in signed_in.session) is kept
        told = signed_in.get(page.url).content.decode()
        assert (f"Chỉ xem được từ năm 1930 đến hết năm {last}." in told) is not kept

    def test_it_goes_back_to_the_page_it_came_from(self, signed_in):
        page = reverse("personnel:person_list")

        assert self.choose(signed_in, "05/03/2022", next=page).url == page

    def test_it_does_not_lead_to_another_site(self, signed_in):
        assert self.choose(signed_in, "05/03/2022", next="https://example.com/").url == reverse("home")
