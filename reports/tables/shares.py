"""Columns of shares: of how many the fact is true, of how many it is known, and the share that these two make."""

from collections.abc import Iterable

from reports.tables.base import UNKNOWN, Cell, Column, Share


def share_columns(key: str, label: str, width: int = 10) -> tuple[Column, Column, Column]:
    """Return the columns of one fact. Pages show the last alone: it is written with both numbers."""
    part, base = f"{key}-so", f"{key}-tren"
    numbers = {"css": "num", "missing": UNKNOWN, "summed": True, "only_in_excel": True}
    return (
        Column(part, label, 8, **numbers),
        Column(base, f"{label}: tính trên", 8, **numbers),
        Column(key, f"{label} (%)", width, css="num", missing=UNKNOWN, share=Share(part, base)),
    )


def share_cells(answers: Iterable[bool | None]) -> tuple[Cell, Cell, Cell]:
    """Return the cells of one fact; `answers` say of each whether it is true, None where nobody knows.

    Known of nobody is no zero; of nobody at all it is one.
    """
    answers = list(answers)
    known = [answer for answer in answers if answer is not None]
    return Cell(sum(known) if known or not answers else None), Cell(len(known)), Cell(None)


NO_SHARE = (Cell(None), Cell(None), Cell(None))
