"""How far a long piece of work has come, for the page that waits for it, and the word that it shall stop.

A small file for each work, beside the papers. Not in the database: while something is written, its transaction hides
everything from others, and on SQLite nobody else could write. Several worker processes share the folder.

    with measured("import-12", "understanding", rows=10_000):
        for row in counted(rows): ...
"""

import json
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from django.conf import settings

T = TypeVar("T")
PAUSE = 0.3  # seconds between two reports of one step
GIVEN_UP_AFTER = 120  # seconds without a report
WORK = re.compile(r"[a-z]+-[0-9A-Za-z-]+")  # what names a piece of work: it becomes the name of a file


class Stopped(Exception):
    """The work under way was asked to stop."""


@dataclass
class Meter:
    """Counts the rows of a step, reports them now and then, and hears then whether the work shall stop."""

    work: str
    step: str
    rows: int
    done: int = 0
    told_at: float = 0.0

    def take(self, done: int) -> None:
        """Say that so many rows are done by now; never more than there are. Raises `Stopped`."""
        self.done = min(done, self.rows)
        now = time.monotonic()
        if now - self.told_at >= PAUSE:
            self.told_at = now
            report(self.work, self.step, self.rows, self.done)
            if _stop_file(self.work).exists():
                raise Stopped


_meter: ContextVar[Meter | None] = ContextVar("meter", default=None)


@contextmanager
def measured(work: str, step: str, rows: int) -> Iterator[Meter]:
    """Report a step of a piece of work, with as many of its rows as are `counted` in the block."""
    meter = Meter(work, step, rows)
    report(work, step, rows, 0)
    token = _meter.set(meter)
    try:
        yield meter
    finally:
        _meter.reset(token)


def counted(rows: Iterable[T]) -> Iterator[T]:
    """Yield the rows, each counted by the step under way, if one is. Raises `Stopped` when the work shall stop."""
    meter = _meter.get()
    for row in rows:
        yield row
        if meter:
            meter.take(meter.done + 1)


def report(work: str, step: str, rows: int | None = None, done: int | None = None) -> None:
    """Say where a piece of work is. A page that cannot be told is no reason to stop."""
    with suppress(OSError):
        path = _file(work)
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(".new")
        new.write_text(json.dumps({"step": step, "rows": rows, "done": done}), encoding="utf-8")
        new.replace(path)


def told(work: str) -> dict[str, object]:
    """Return {"step", "rows", "done"} as last reported; an empty one where nothing was."""
    path = _file(work)
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def is_under_way(work: str) -> bool:
    """Whether the work has reported of late: what was left in the middle by a server that stopped is not."""
    try:
        return time.time() - _file(work).stat().st_mtime < GIVEN_UP_AFTER
    except FileNotFoundError:
        return False


def ask_to_stop(work: str) -> None:
    """Let the work end with `Stopped` at its next report."""
    path = _stop_file(work)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()


def forget(work: str) -> None:
    for path in (_file(work), _stop_file(work)):
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _file(work: str) -> Path:
    if not WORK.fullmatch(work):
        raise ValueError(f"{work!r} names no piece of work")
    return Path(settings.PAPERS_ROOT) / "progress" / f"{work}.json"


def _stop_file(work: str) -> Path:
    return _file(work).with_suffix(".stop")
