"""The steps of reading and of writing a file, as the page that waits for it shows them."""

from common import progress
from intake.models import Import

STEPS = {
    "waiting": (0, "Đang chờ"),
    "reading": (1, "Đang đọc tệp"),
    "understanding": (2, "Đang đối chiếu từng dòng với sổ"),
    "keeping": (3, "Đang ghi kết quả"),
    "writing": (3, "Đang ghi vào sổ"),
    "done": (4, "Xong"),
}
LAST = 4


def work_of(sent: Import) -> str:
    """Return the name of the work on a file, for `common.progress`."""
    return f"import-{sent.pk}"


def told(sent: Import) -> dict[str, object]:
    """Return {"step", "label", "percent", "rows", "done"} of an import: so many of its rows are done in this step."""
    found = progress.told(work_of(sent))
    step = found.get("step", "waiting")
    number, label = STEPS.get(step, STEPS["waiting"])
    rows, done = found.get("rows"), found.get("done")
    share = done / rows if rows and done else 0
    percent = int(100 * min(number + share, LAST) / LAST)
    return {"step": step, "label": label, "percent": percent, "rows": rows, "done": done}
