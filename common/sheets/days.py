"""Days in cells: real days of Excel, its serial numbers, and the spellings of an office, as exact as they are known."""

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import NamedTuple

from common.formats import short_day
from common.sheets.cells import Cell, CellError, is_whole, readable
from common.vietnamese import search_key

FIRST_YEAR, LAST_YEAR = 1900, 2100
BEFORE_SERIAL_ONE = date(1899, 12, 30)  # right from March 1900 on; Excel thinks that February had 29 days
LAST_SERIAL = (date(LAST_YEAR, 12, 31) - BEFORE_SERIAL_ONE).days
WAYS = "Hãy ghi như 05/3/1980, 3/1980 hoặc 1980."
MIDNIGHT = re.compile(r"[T ](?:0{1,2}:00(?::00(?:\.0+)?)?|12:00(?::00)? ?(?:AM|SA))Z?$")
NUMBERED = [
    re.compile(r"(?P<day>[0-9]{1,2}) ?([/.-]) ?(?P<month>[0-9]{1,2}) ?\2 ?(?P<year>[0-9]{1,4})"),
    re.compile(r"(?P<year>[0-9]{4})([/.-])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})"),
    re.compile(r"(?P<month>[0-9]{1,2}) ?[/.-] ?(?P<year>[0-9]{1,4})"),
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})"),
    re.compile(r"(?P<year>[0-9]{4})"),
]
IN_WORDS = [
    re.compile(r"(?:ngay )?(?P<day>[0-9]{1,2}) thang (?P<month>[0-9]{1,2}) nam (?P<year>[0-9]{1,4})"),
    re.compile(r"ngay (?P<day>[0-9]{1,2}) (?P<month>[0-9]{1,2}) (?P<year>[0-9]{1,4})"),
    re.compile(r"thang (?P<month>[0-9]{1,2}) (?:nam )?(?P<year>[0-9]{1,4})"),
    re.compile(r"nam (?P<year>[0-9]{1,4})"),
]


class PartialDay(NamedTuple):
    """A day as exactly as it is known: `precision` is "day", "month" (then the 1st) or "year" (then 1 January)."""

    day: date
    precision: str


def day(cell: Cell) -> PartialDay | None:
    """Return a day of the years 1900 to 2100 with its precision; 00/00/1980 is a year, 00/3/1980 a month.

    Numbers from 1900 to 2100 are years, larger ones serial numbers of Excel. A year of two digits is refused, and so is
    a day that does not exist.
    """
    value = readable(cell).value
    if value is None:
        return None
    if isinstance(value, date):
        return _from_excel(cell, value.date() if isinstance(value, datetime) else value)
    if isinstance(value, int | float) and not isinstance(value, bool) and is_whole(value):
        return _from_number(cell, int(value))
    return _from_text(cell, MIDNIGHT.sub("", cell.shown)) if isinstance(value, str) else _refuse(cell, "")


def full_day(cell: Cell) -> date | None:
    """Return a day that must be known to the day."""
    found = day(cell)
    if found and found.precision != "day":
        raise CellError(cell, f"“{cell.shown}” chưa đủ ngày, tháng, năm. Hãy ghi đủ, như 05/3/1980.")
    return found.day if found else None


def _from_excel(cell: Cell, found: date) -> PartialDay:
    number = (found - BEFORE_SERIAL_ONE).days
    if FIRST_YEAR <= number <= LAST_YEAR:
        return _refuse(
            cell,
            f"nhiều khả năng là năm {number} gõ vào ô kiểu ngày, nên Excel hiểu thành {short_day(found)}. "
            "Hãy đổi kiểu của ô thành Văn bản (Text) rồi ghi lại.",
            ways="",
        )
    return _checked(cell, found.year, found.month, found.day)


def _from_number(cell: Cell, number: int) -> PartialDay:
    if FIRST_YEAR <= number <= LAST_YEAR:
        return PartialDay(date(number, 1, 1), "year")
    if not LAST_YEAR < number <= LAST_SERIAL:
        return _refuse(cell, "")
    if cell.counts_from_1904:
        return _refuse(cell, "là số ngày tính từ năm 1904 (Excel cho máy Mac), không chắc là ngày nào.")
    return PartialDay(BEFORE_SERIAL_ONE + timedelta(days=number), "day")


def _from_text(cell: Cell, text: str) -> PartialDay:
    key = search_key(text)
    found = next(filter(None, (pattern.fullmatch(text) for pattern in NUMBERED)), None)
    found = found or next(filter(None, (pattern.fullmatch(key) for pattern in IN_WORDS)), None)
    if not found:
        return _refuse(cell, "")
    parts = found.groupdict()
    if len(parts["year"]) != 4:
        return _refuse(cell, "không rõ năm nào: năm phải ghi đủ bốn chữ số.")
    year, month, day_of_month = (int(parts.get(part) or 0) for part in ("year", "month", "day"))
    return _checked(cell, year, month, day_of_month)


def _checked(cell: Cell, year: int, month: int, day_of_month: int) -> PartialDay:
    """Return the day; month and day are 0 where they are not known."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return _refuse(cell, f"có năm {year}, ngoài khoảng từ {FIRST_YEAR} đến {LAST_YEAR}.")
    if month > 12:
        return _refuse(cell, f"có tháng {month}. Ngày đứng trước, tháng đứng sau.")
    if not month:
        return _refuse(cell, "có ngày mà không có tháng.") if day_of_month else PartialDay(date(year, 1, 1), "year")
    if not day_of_month:
        return PartialDay(date(year, month, 1), "month")
    days = monthrange(year, month)[1]
    if day_of_month > days:
        return _refuse(cell, f"không có thật: tháng {month}/{year} chỉ có {days} ngày.")
    return PartialDay(date(year, month, day_of_month), "day")


def _refuse(cell: Cell, wrong: str, *, ways: str = WAYS) -> PartialDay:
    wrong = wrong or "không phải là ngày, tháng, năm."
    raise CellError(cell, f"“{cell.shown}” {wrong} {ways}".strip())
