"""The office's formats as template filters, built in to every template."""

from datetime import date

from django import template

from common import formats

register = template.Library()
NOT_APPLICABLE = "—"


@register.filter(expects_localtime=True)
def day(value: date | None) -> str:
    """05/3/2022, or an em dash when there is none; of a moment, the day by the clock of the office."""
    return formats.short_day(value) if value else NOT_APPLICABLE


@register.filter
def long_day(value: date | None) -> str:
    """Ngày 05 tháng 3 năm 2022, or an em dash when there is none."""
    return formats.long_day(value) if value else NOT_APPLICABLE


@register.filter
def grouped(value: int | None) -> str:
    """4.558; an em dash when there is no number."""
    return NOT_APPLICABLE if value is None else formats.grouped(value)


@register.filter
def padded(value: int | None) -> str:
    """03, as prose writes it."""
    return NOT_APPLICABLE if value is None else formats.padded(value)


@register.filter
def as_office(value: date | int | str | None) -> str:
    """A day as 05/3/2022, text and numbers as they are, an em dash for nothing."""
    if value is None or value == "":
        return NOT_APPLICABLE
    return formats.short_day(value) if isinstance(value, date) else str(value)


@register.filter
def as_year(value: int) -> str:
    """2022, where Django would put the dot of thousands: 2.022."""
    return str(value)
