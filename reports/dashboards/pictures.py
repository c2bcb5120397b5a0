"""Charts as numbers to draw by: stacked bars of whole numbers, every bar with its words and where it leads.

Beside each stands a table that says the same. Coordinates are whole, so that no format of numbers can spoil them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

LEFT, TOP, BOTTOM = 34, 22, 24  # room for the numbers of the axis, for the number on a bar, for the words beneath
PLOT = 140
GRID_LINES = 4


@dataclass(frozen=True)
class Part:
    """One part of a bar; `kind` names its look."""

    kind: str
    count: int
    words: str
    url: str = ""


@dataclass(frozen=True)
class Column:
    """One bar, the lowest part first. `parts` empty: nothing is known, which is no zero."""

    label: str
    parts: Sequence[Part] = ()

    @property
    def total(self) -> int:
        return sum(part.count for part in self.parts)


@dataclass(frozen=True)
class Segment:
    part: Part
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Bar:
    column: Column
    middle: int
    top: int
    segments: Sequence[Segment]

    @property
    def number_y(self) -> int:
        return self.top - 5


@dataclass(frozen=True)
class GridLine:
    value: int
    y: int

    @property
    def text_y(self) -> int:
        return self.y + 4


@dataclass(frozen=True)
class Picture:
    """A chart; `key` tells its elements from those of others. Sparse: most columns are 0, and do not say so."""

    key: str
    title: str
    words: str
    width: int
    height: int
    left: int
    base: int
    label_y: int
    lines: Sequence[GridLine]
    bars: Sequence[Bar]
    is_sparse: bool = False


def stacked_bars(
    key: str, title: str, words: str, columns: Sequence[Column], *, step: int, is_sparse: bool = False
) -> Picture:
    """Return the chart of the columns, `step` units apart."""
    most = _top_of_axis(max((column.total for column in columns), default=0))
    base = TOP + PLOT
    return Picture(
        key=key,
        title=title,
        words=words,
        width=LEFT + step * len(columns),
        height=base + BOTTOM,
        left=LEFT,
        base=base,
        label_y=base + 17,
        lines=[GridLine(value, _y(value, most)) for value in range(0, most + 1, most // GRID_LINES or 1)],
        bars=[_bar(column, LEFT + step * place, step, most) for place, column in enumerate(columns)],
        is_sparse=is_sparse,
    )


def _bar(column: Column, x: int, step: int, most: int) -> Bar:
    gap = step // 5
    segments, below = [], 0
    for part in column.parts:
        top, foot = _y(below + part.count, most), _y(below, most)
        if part.count:
            segments.append(Segment(part, x + gap, top, step - 2 * gap, foot - top))
        below += part.count
    return Bar(column, x + step // 2, _y(below, most), segments)


def _y(value: int, most: int) -> int:
    return TOP + PLOT - value * PLOT // most


def _top_of_axis(greatest: int) -> int:
    """Return the end of the axis: a number that the grid lines divide into whole ones."""
    if greatest <= GRID_LINES:
        return GRID_LINES
    step = 1
    while True:
        for factor in (1, 2, 5):
            if step * factor * GRID_LINES >= greatest:
                return step * factor * GRID_LINES
        step *= 10
