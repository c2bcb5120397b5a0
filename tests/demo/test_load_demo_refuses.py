"""When the demonstration is not loaded, and that a broken run leaves nothing."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from demo import people
from demo.people import _record
from demo.world import World
from organizations.models import Organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def somebody():
    return User.objects.create(username="nguoidung", full_name="Người dùng")


def test_a_database_with_other_data_is_refused_in_one_line(somebody):
    with pytest.raises(CommandError) as refused:
        call_command("load_demo")
    assert refused.value.returncode == 2
    assert str(refused.value) == "Cơ sở dữ liệu đã có dữ liệu khác nên không nạp dữ liệu minh họa."
    assert not Organization.objects.exists()


def test_if_empty_passes_over_a_database_with_other_data(somebody):
    output = StringIO()
    call_command("load_demo", if_empty=True, stdout=output)
    assert len(output.getvalue().splitlines()) == 1
    assert not Organization.objects.exists()


def test_a_broken_run_leaves_nothing(monkeypatch):
    def break_down(world):
        raise RuntimeError("broken")

    monkeypatch.setattr(people, "register_all", break_down)
    with pytest.raises(RuntimeError, match="broken"):
        call_command("load_demo")
    assert not Organization.objects.exists()
    assert not User.objects.exists()


def test_without_the_demonstration_no_accounts_are_listed():
    output = StringIO()
    call_command("demo_accounts", stdout=output)
    assert "so-cap-uy" not in output.getvalue()


def test_the_same_people_are_invented_on_every_run():
    first, second = World(), World()
    assert [_record(first) for _ in range(200)] == [_record(second) for _ in range(200)]
