"""Committee members who reach retirement age within the term, so that their leaving falls on the right month.

Ages after Nghị định 135/2020/NĐ-CP (men 60 years 3 months in 2021, 3 months more each year).
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Elder:
    """A member of the committee elected in 2020; `leaves` is the first day after the retirement month."""

    born: date
    leaves: date
    is_secretary: bool = False


ELDERS = {
    "CS-09": Elder(date(1961, 3, 12), date(2021, 7, 1)),
    "CS-03": Elder(date(1961, 8, 20), date(2021, 12, 1), is_secretary=True),
    "CS-22": Elder(date(1962, 2, 6), date(2022, 9, 1), is_secretary=True),
    "CS-57": Elder(date(1962, 5, 19), date(2022, 12, 1)),
    "CS-13": Elder(date(1962, 9, 2), date(2023, 7, 1), is_secretary=True),
    "CS-35": Elder(date(1962, 12, 22), date(2023, 10, 1)),
    "CS-21": Elder(date(1963, 5, 7), date(2024, 6, 1)),
    "CS-47": Elder(date(1963, 10, 10), date(2024, 11, 1), is_secretary=True),
}
