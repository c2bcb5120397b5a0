"""How the office writes days and numbers (DOMAIN.md §9 and §10). The one place that formats either."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal


def short_day(day: date) -> str:
    """Return a day as tables show it: 05/3/2022 (leading zero for days 1-9 and for months 1-2)."""
    return f"{day.day:02d}/{_month(day)}/{day.year}"


def long_day(day: date) -> str:
    """Return a day as papers write it: ngày 05 tháng 3 năm 2022."""
    return f"ngày {day.day:02d} tháng {_month(day)} năm {day.year}"


def _month(day: date) -> str:
    return f"{day.month:02d}" if day.month <= 2 else str(day.month)


def grouped(number: int) -> str:
    """Return a whole number with the dot between thousands: 4.558."""
    return f"{number:,}".replace(",", ".")


def with_comma(number: Decimal) -> str:
    """Return a number with its decimals after the comma, as many as it has: 1,50."""
    return f"{number:f}".replace(".", ",")


def padded(number: int) -> str:
    """Return a number as prose writes it, in at least two digits: 03, 38, 4.558."""
    return f"{number:02d}" if number < 100 else grouped(number)


def percent(part: int, base: int) -> str:
    """Return a share with its base: 15,38 % (6/39); an em dash when the base is zero."""
    if base == 0:
        return "—"
    share = (Decimal(part) * 100 / base).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{with_comma(share)} % ({part}/{base})"
