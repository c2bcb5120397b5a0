"""What the settings promise: the variables, the databases, the office's days and numbers, the locked doors."""

import json
import os
import re
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.urls import reverse
from django.utils.formats import date_format, get_format, localize

from committee_tracker.secret_key import read_or_create_secret_key

ROOT = Path(settings.BASE_DIR)


# The environment


def test_every_variable_is_described_in_the_example() -> None:
    read = set(re.findall(r'\benv\.\w+\(\s*"(\w+)"', (ROOT / "committee_tracker/settings.py").read_text("utf-8")))
    described = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE))
    assert read == described


def test_the_secret_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"
    first = read_or_create_secret_key(path)
    assert len(first) >= 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_or_create_secret_key(path) == first
    assert [entry.name for entry in tmp_path.iterdir()] == ["secret_key"]


# SQLite as production runs it, in a process of its own: the test run may stand on PostgreSQL.

ASK_SQLITE = """
import json, sqlite3
import django
django.setup()
from django.db import connection, transaction
answers = {"timeout": connection.settings_dict["OPTIONS"]["timeout"]}
with connection.cursor() as cursor:
    for pragma in ["journal_mode", "foreign_keys", "synchronous", "busy_timeout"]:
        answers[pragma] = cursor.execute(f"PRAGMA {pragma}").fetchone()[0]
stranger = sqlite3.connect(connection.settings_dict["NAME"], timeout=0)
with transaction.atomic():
    try:
        stranger.execute("BEGIN IMMEDIATE")
        answers["stranger"] = "may write"
    except sqlite3.OperationalError as error:
        answers["stranger"] = str(error)
print(json.dumps(answers))
"""


def production(tmp_path: Path, **variables: str) -> dict[str, str]:
    """Return an environment in which the product's own settings run on a database in `tmp_path`."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "committee_tracker.settings",
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'database.sqlite3'}",
        **variables,
    }


def run_python(code: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)


def test_sqlite_connections_are_ready_for_many_clerks(tmp_path: Path) -> None:
    run = run_python(ASK_SQLITE, production(tmp_path))
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "synchronous": 1,
        "timeout": 20,
        "busy_timeout": 20_000,
        "stranger": "database is locked",  # a transaction takes the write lock when it begins
    }


def test_production_is_the_default(tmp_path: Path) -> None:
    code = "from committee_tracker.settings import *; print(DEBUG, len(SECRET_KEY) >= 50, SESSION_COOKIE_SECURE)"
    environment = production(tmp_path)
    for name in ["SECRET_KEY", "DEBUG", "HTTPS"]:
        environment.pop(name, None)
    if (ROOT / ".env").exists():
        pytest.skip("a developer's .env changes the defaults")
    assert run_python(code, environment).stdout.split() == ["False", "True", "False"]


# Days and numbers


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("05/03/1980", date(1980, 3, 5)),
        ("5/3/1980", date(1980, 3, 5)),
        ("25/12/1980", date(1980, 12, 25)),
        ("1980-12-25", date(1980, 12, 25)),
    ],
)
def test_typed_days_are_day_month_year(typed: str, day: date) -> None:
    assert forms.DateField().clean(typed) == day


@pytest.mark.parametrize("typed", ["12/25/1980", "31/02/1980", "hôm nay"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(forms.ValidationError):
        forms.DateField().clean(typed)


def test_days_are_written_day_month_year() -> None:
    day = date(1980, 3, 5)
    assert date_format(day, "SHORT_DATE_FORMAT") == "05/03/1980"
    assert date_format(day) == "ngày 05 tháng 3 năm 1980"
    assert 'value="05/03/1980"' in forms.DateInput().render("day", day)
    assert Template("{{ day|date:'SHORT_DATE_FORMAT' }}").render(Context({"day": day})) == "05/03/1980"


def test_weeks_begin_on_monday() -> None:
    assert get_format("FIRST_DAY_OF_WEEK") == 1


def test_numbers_have_a_dot_between_thousands() -> None:
    assert localize(4558) == "4.558"
    assert localize(1234.5) == "1.234,5"
    assert Template("{{ number }}").render(Context({"number": 4558})) == "4.558"


# Doors


@pytest.mark.django_db
def test_a_stranger_is_sent_to_the_sign_in_page(client) -> None:
    response = client.get("/")
    assert response.status_code == 302
    assert response.headers["Location"] == f"{reverse('accounts:sign_in')}?next=/"


@pytest.mark.django_db
def test_the_sign_in_page_allows_no_inline_code(client) -> None:
    response = client.get(reverse("accounts:sign_in"))
    assert response.status_code == 200
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy


# Requirements


def requirements(name: str) -> dict[str, str]:
    """Return the requirement lines of a lock file, each with the hashes that follow it."""
    text = (ROOT / "requirements" / name).read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return {line.split("--hash")[0].strip(): line for line in lines}


@pytest.mark.parametrize("name", ["base.txt", "test.txt"])
def test_requirements_are_locked_by_hash_and_name_no_address(name: str) -> None:
    locked = requirements(name)
    assert locked
    for requirement, line in locked.items():
        assert re.match(r"[a-z0-9-]+(\[[a-z,]+\])?==\S+", requirement), requirement
        assert "--hash=sha256:" in line, requirement
        assert "http" not in requirement, requirement
        assert "@" not in requirement, requirement
    assert "://" not in (ROOT / "requirements" / name).read_text("utf-8")


def test_the_tests_run_on_the_versions_that_are_served() -> None:
    assert requirements("base.txt").keys() <= requirements("test.txt").keys()
