"""What must hold of the numbers and the day of a ballot: the form asks field by field, the act asks again."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise

from common.formats import short_day
from common.periods import today
from planning.models import BallotResult, BallotStep, PlanEntry

# Each number is at most the one before it: nobody votes who was not there.
COUNTS = {
    "summoned": "số người được triệu tập",
    "present": "số người có mặt",
    "issued": "số phiếu phát ra",
    "collected": "số phiếu thu về",
    "valid": "số phiếu hợp lệ",
}
JUDGED = ("held_on", *COUNTS, "percent", "comparison")


def problems_of_step(given: Mapping[str, object], *, opened_on: date, before: BallotStep | None) -> dict[str, str]:
    """Return what is wrong with a step, by the field at which it is mended; fields missing in `given` are passed over.

    `before` is the step before it.
    """
    problems = dict(_problems_of_counts(given))
    for name, problem in (
        ("held_on", _problem_of_day(given.get("held_on"), opened_on, before)),
        ("percent", _problem_of_percent(given.get("percent"), given.get("comparison"))),
    ):
        if problem:
            problems[name] = problem
    return problems


def _problems_of_counts(given: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    known = [(name, words, given[name]) for name, words in COUNTS.items() if given.get(name) is not None]
    for name, words, count in known:
        if count < 1:
            yield name, f"{words.capitalize()} phải từ 1 trở lên; không có thì bước này không có kết quả."
    for (_, wider, more), (name, narrower, less) in pairwise(known):
        if less > more:
            yield name, f"{narrower.capitalize()} ({less}) nhiều hơn {wider} ({more}). Hãy sửa một trong hai số."


def _problem_of_day(day: date | None, opened_on: date, before: BallotStep | None) -> str:
    if day is None:
        return ""
    if day > today():
        return f"Ngày {short_day(day)} chưa đến. Hãy ghi ngày đã lấy phiếu."
    earlier = f"Ngày lấy phiếu ({short_day(day)}) sớm hơn"
    if day < opened_on:
        return f"{earlier} ngày mở đợt quy hoạch ({short_day(opened_on)}). Hãy sửa lại ngày."
    if before and day < before.held_on:
        return f"{earlier} ngày của bước {before.number} ({short_day(before.held_on)}). Hãy sửa lại ngày."
    return ""


def _problem_of_percent(percent: Decimal | None, comparison: object) -> str:
    if percent is None:
        return ""
    if not 0 < percent <= 100:
        return "Tỷ lệ cần đạt phải lớn hơn 0 và không quá 100 %."
    if percent == 100 and comparison == BallotStep.Comparison.MORE_THAN:
        return "Không ai được trên 100 %. Hãy chọn “từ … trở lên” hoặc ghi tỷ lệ thấp hơn."
    return ""


def problem_of_votes(votes: int, entry: PlanEntry, step: BallotStep) -> str:
    """Say why the candidate cannot have so many votes in the step; empty when it fits."""
    if votes < 0:
        return "Số phiếu không được nhỏ hơn 0."
    if votes > step.valid:
        return f"Số phiếu ({votes}) nhiều hơn số phiếu hợp lệ ({step.valid})."
    return problem_of_presence(entry, step.held_on)


def problem_of_presence(entry: PlanEntry, held_on: date) -> str:
    """Say why nobody can have voted on the candidate on that day; empty when it may be."""
    if entry.introduced_on > held_on:
        introduced = short_day(entry.introduced_on)
        return f"Được giới thiệu ngày {introduced}, sau ngày lấy phiếu. Hãy để trống ô này hoặc sửa ngày lấy phiếu."
    if entry.valid_to and entry.valid_to < held_on:
        left = short_day(entry.valid_to)
        return f"Đã đưa ra khỏi danh sách ngày {left}, trước ngày lấy phiếu. Hãy để trống ô này hoặc sửa ngày."
    return ""


def must_have_votes(entry: PlanEntry, held_on: date, former: Mapping[int, BallotResult] | None) -> bool:
    """Whether the step cannot be without votes for the candidate.

    `former` are the results of a step that is entered again, by entry: whoever had none of them did not stand. None
    when the step is new.
    """
    return not problem_of_presence(entry, held_on) and (former is None or entry.pk in former)
