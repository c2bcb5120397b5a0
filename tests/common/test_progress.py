"""A long piece of work is heard of, and can be stopped between two of its rows."""

import pytest

from common import progress
from common.progress import Stopped, ask_to_stop, counted, forget, measured, told

WORK = "export-ABCD2345"


@pytest.fixture(autouse=True)
def at_every_row(monkeypatch):
    monkeypatch.setattr(progress, "PAUSE", 0)


def test_it_tells_how_many_rows_are_done():
    with measured(WORK, "writing", rows=3):
        rows = counted("abc")
        next(rows), next(rows)
        assert told(WORK) == {"step": "writing", "rows": 3, "done": 1}
    forget(WORK)
    assert told(WORK) == {}


def test_it_stops_at_the_next_row_when_asked_to():
    with measured(WORK, "writing", rows=5):
        rows = counted(range(5))
        assert (next(rows), next(rows)) == (0, 1)
        ask_to_stop(WORK)
        with pytest.raises(Stopped):
            next(rows)
    forget(WORK)


def test_a_word_to_stop_goes_with_the_work_that_it_was_for():
    ask_to_stop(WORK)
    forget(WORK)
    with measured(WORK, "writing", rows=2):
        assert list(counted("ab")) == ["a", "b"]
    ask_to_stop("export-OTHER234")
    with measured(WORK, "writing", rows=2):
        assert list(counted("ab")) == ["a", "b"]
    forget("export-OTHER234")


def test_outside_of_any_work_rows_pass_as_they_are():
    assert list(counted("ab")) == ["a", "b"]


@pytest.mark.parametrize("name", ["../secret", "export", "export-a/b", "Export-1", "export-1.json"])
def test_no_name_reaches_beyond_its_folder(name):
    with pytest.raises(ValueError, match="names no piece of work"):
        told(name)
