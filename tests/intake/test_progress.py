"""While a file is read and written, the page that waits is told how many of its rows are done."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from common import journal, progress
from intake.actions import send_file
from intake.kinds.people import PEOPLE
from intake.models import Import
from intake.progress import told as told_of
from intake.progress import work_of
from intake.workflow import commit_file, read_file
from tests import factories
from tests.intake.people_files import AN, BINH, file_of
from tests.pages import as_role

pytestmark = pytest.mark.django_db

ROWS = [AN, BINH, ["0003", "Lê Văn Ba", "1980", "Nam", "CS-01", "2016"]]


@pytest.fixture
def told(monkeypatch) -> list[tuple]:
    """All that is reported, at every row."""
    made, report = [], progress.report

    def keep(work, step, rows=None, done=None):
        made.append((step, done, rows))
        report(work, step, rows, done)

    monkeypatch.setattr(progress, "report", keep)
    monkeypatch.setattr(progress, "PAUSE", 0)
    monkeypatch.setattr(journal, "WRITTEN_AT_ONCE", 1)
    return made


@pytest.fixture
def bloc(db):
    made = factories.organization(code="KHOI")
    factories.organization(made, code="CS-01")
    return made


def test_rows_are_counted_in_each_step(bloc, told):
    by = factories.office()
    sent = send_file(PEOPLE, upload=file_of(*ROWS), by=by)
    read_file(sent, by=by)
    assert [each for each in told if each[0] == "reading"][-1] == ("reading", 3, 4)  # one is the heading
    assert [done for step, done, rows in told if step == "understanding" and rows == 3] == [0, 1, 2, 3]

    sent.refresh_from_db()
    told.clear()
    commit_file(sent, by=by)
    written = [done for step, done, rows in told if step == "writing" and rows == 3]
    assert written[0] == 0
    assert written[-1] == 3
    assert {1, 2} <= set(written)
    assert written == sorted(written)


def test_the_bar_says_them(bloc):
    client = as_role(Role.ORGANIZATION_BOARD, bloc)
    page = client.post(reverse("intake:import_new", args=["dang-vien"]), {"upload": file_of(*ROWS)}).headers["Location"]
    number = int(page.rstrip("/").rpartition("/")[2])
    progress.report(work_of(Import(pk=number)), "writing", 10_000, 2_500)
    bar = client.get(f"{page}tien-do/").content.decode()
    assert "Đang ghi vào sổ (2.500/10.000 dòng)" in bar
    assert 'value="81"' in bar


def test_an_empty_step_and_an_older_record_are_told_too(bloc):
    sent = Import(pk=7)
    with progress.measured(work_of(sent), "understanding", 0):
        assert list(progress.counted([])) == []
    assert told_of(sent)["percent"] == 50
    progress._file(work_of(sent)).write_text('{"step": "writing", "rows": 3}', encoding="utf-8")
    assert told_of(sent) == {
        "step": "writing",
        "label": "Đang ghi vào sổ",
        "percent": 75,
        "rows": 3,
        "done": None,
    }
    progress.forget(work_of(sent))
    assert told_of(sent)["step"] == "waiting"
