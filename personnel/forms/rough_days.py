"""Days as far as they are known: 05/3/2017, 3/2017 or 2017."""

import re
from datetime import date

from django import forms

from common.dated import Precision, as_far_as_known
from common.periods import today
from personnel.forms.fields import EARLIEST

ROUGH_DAY = re.compile(r"(?:(?:(\d{1,2})\s*[/.-]\s*)?(\d{1,2})\s*[/.-]\s*)?(\d{4})")


class RoughDayField(forms.CharField):
    """A day as far as it is known. Cleans to the first day that it may be and its precision; None when left empty."""

    def __init__(self, *, label: str, required: bool = False, help_text: str = "", missing: str = "") -> None:
        attributes = {"placeholder": "ngày/tháng/năm", "maxlength": "10", "autocomplete": "off"}
        super().__init__(
            label=label,
            required=required,
            widget=forms.TextInput(attributes),
            help_text=help_text or "Chỉ biết đến đâu ghi đến đó: 3/2017, 2017.",
            error_messages={"required": missing or "Hãy nhập ngày."},
        )

    def prepare_value(self, value: object) -> object:
        """Show a day with its precision as it would be typed."""
        if isinstance(value, tuple):
            day, precision = value
            return as_far_as_known(day, precision) if day else ""
        return value

    def clean(self, value: object) -> tuple[date, str] | None:
        text = super().clean(value)
        if not text:
            return None
        found = ROUGH_DAY.fullmatch(text)
        message = f"Không đọc được ngày “{text}”. Hãy nhập như 05/3/2017, 3/2017 hoặc 2017."
        if not found:
            raise forms.ValidationError(message)
        try:
            day = date(int(found[3]), int(found[2] or 1), int(found[1] or 1))
        except ValueError:
            raise forms.ValidationError(message) from None
        if not EARLIEST <= day <= today():
            raise forms.ValidationError(f"Ngày “{text}” không hợp lý: phải từ năm {EARLIEST.year} đến hôm nay.")
        return day, Precision.DAY if found[1] else Precision.MONTH if found[2] else Precision.YEAR
