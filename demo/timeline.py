"""The order in which the demonstration happens.

Numbers of papers and dossiers run with the days, and a dossier names whoever sits on the day it is drafted. So every
module only says on which day what happens; the steps are then run day by day, as an office would have lived them.
"""

import heapq
from collections.abc import Callable
from datetime import date

from common.statistics import refresh_statistics

Step = Callable[[], None]


class Timeline:
    """Steps waiting for their day; those of one day run in the order in which they were laid down."""

    def __init__(self) -> None:
        self._waiting: list[tuple[date, int, Step]] = []
        self._laid_down = 0

    def at(self, day: date, step: Step) -> None:
        self._laid_down += 1
        heapq.heappush(self._waiting, (day, self._laid_down, step))

    def run(self) -> None:
        """Run every step, those too that steps lay down for a later day."""
        year = None
        while self._waiting:
            day, _, step = heapq.heappop(self._waiting)
            if day.year != year:
                year = day.year
                refresh_statistics()
            step()
