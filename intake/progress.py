"""How far the reading or writing of a file has come, for the page that waits: a small file beside the papers.

Not in the database: while an import is written, its transaction hides everything from others, and on SQLite nobody else
could write. Several worker processes share the folder.
"""

import json
from contextlib import suppress
from pathlib import Path

from django.conf import settings

STEPS = {
    "waiting": (0, "Đang chờ"),
    "reading": (1, "Đang đọc tệp"),
    "understanding": (2, "Đang đối chiếu từng dòng với sổ"),
    "keeping": (3, "Đang ghi kết quả"),
    "writing": (3, "Đang ghi vào sổ"),
    "done": (4, "Xong"),
}
LAST = 4


def _file(import_id: int) -> Path:
    return Path(settings.PAPERS_ROOT) / "progress" / f"{int(import_id)}.json"


def report(import_id: int, step: str, rows: int | None = None) -> None:
    """Say where an import is. A page that cannot be told is no reason to stop."""
    with suppress(OSError):
        path = _file(import_id)
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(".new")
        new.write_text(json.dumps({"step": step, "rows": rows}), encoding="utf-8")
        new.replace(path)


def told(import_id: int) -> dict[str, object]:
    """Return {"step", "label", "percent", "rows"} of an import."""
    try:
        found = json.loads(_file(import_id).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = {"step": "waiting", "rows": None}
    number, label = STEPS.get(found["step"], STEPS["waiting"])
    return {"step": found["step"], "label": label, "percent": 100 * number // LAST, "rows": found["rows"]}


def forget(import_id: int) -> None:
    with suppress(OSError):
        _file(import_id).unlink(missing_ok=True)
