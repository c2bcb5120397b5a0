"""How far the reading or writing of a file has come, for the page that waits: a small file beside the papers.

Not in the database: while an import is written, its transaction hides everything from others, and on SQLite nobody else
could write. Several worker processes share the folder.

    with measured(sent.pk, "understanding", rows=10_000):
        for row in counted(rows): ...
"""

import json
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from django.conf import settings

T = TypeVar("T")
STEPS = {
    "waiting": (0, "Đang chờ"),
    "reading": (1, "Đang đọc tệp"),
    "understanding": (2, "Đang đối chiếu từng dòng với sổ"),
    "keeping": (3, "Đang ghi kết quả"),
    "writing": (3, "Đang ghi vào sổ"),
    "done": (4, "Xong"),
}
LAST = 4
PAUSE = 0.3  # seconds between two reports of one step


@dataclass
class Meter:
    """Counts the rows of a step, and reports them now and then."""

    import_id: int
    step: str
    rows: int
    done: int = 0
    told_at: float = 0.0

    def take(self, done: int) -> None:
        """Say that so many rows are done by now; never more than there are."""
        self.done = min(done, self.rows)
        now = time.monotonic()
        if now - self.told_at >= PAUSE:
            self.told_at = now
            report(self.import_id, self.step, self.rows, self.done)


_meter: ContextVar[Meter | None] = ContextVar("meter", default=None)


@contextmanager
def measured(import_id: int, step: str, rows: int) -> Iterator[Meter]:
    """Report a step of an import, with as many of its rows as are `counted` in the block."""
    meter = Meter(import_id, step, rows)
    report(import_id, step, rows, 0)
    token = _meter.set(meter)
    try:
        yield meter
    finally:
        _meter.reset(token)


def counted(rows: Iterable[T]) -> Iterator[T]:
    """Yield the rows, each counted by the step under way, if one is."""
    meter = _meter.get()
    for row in rows:
        yield row
        if meter:
            meter.take(meter.done + 1)


def _file(import_id: int) -> Path:
    return Path(settings.PAPERS_ROOT) / "progress" / f"{int(import_id)}.json"


def report(import_id: int, step: str, rows: int | None = None, done: int | None = None) -> None:
    """Say where an import is. A page that cannot be told is no reason to stop."""
    with suppress(OSError):
        path = _file(import_id)
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(".new")
        new.write_text(json.dumps({"step": step, "rows": rows, "done": done}), encoding="utf-8")
        new.replace(path)


def told(import_id: int) -> dict[str, object]:
    """Return {"step", "label", "percent", "rows", "done"} of an import: so many of its rows are done in this step."""
    try:
        found = json.loads(_file(import_id).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = {"step": "waiting"}
    number, label = STEPS.get(found["step"], STEPS["waiting"])
    rows, done = found.get("rows"), found.get("done")
    share = done / rows if rows and done else 0
    percent = int(100 * min(number + share, LAST) / LAST)
    return {"step": found["step"], "label": label, "percent": percent, "rows": rows, "done": done}


def forget(import_id: int) -> None:
    with suppress(OSError):
        _file(import_id).unlink(missing_ok=True)
