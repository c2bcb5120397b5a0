"""Fields as the office fills them in: days typed as 15/3/2022, whole numbers, birthdays known in part."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from common.periods import today
from personnel.models import Precision

EARLIEST = date(1930, 1, 1)
GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+")
BIRTH = re.compile(r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})")
F = TypeVar("F", bound=forms.Form)


def filled(form: type[F], typed: Mapping[str, str], *, is_sent: bool, prefix: str | None = None, **options) -> F:
    """Return the form with what was typed: judged when it was sent, else only shown again as it is."""
    if is_sent:
        return form(typed, prefix=prefix, **options)
    start = f"{prefix}-" if prefix else ""
    initial = {key.removeprefix(start): value for key, value in typed.items() if key.startswith(start)}
    return form(prefix=prefix, initial=initial, **options)


def readable(form: forms.Form) -> dict[str, object]:
    """Return what can be read of the form, valid or not; nothing when nothing was sent."""
    return form.cleaned_data if form.is_bound and form.errors is not None else {}


def demanded(field: forms.Field, sentence: str) -> forms.Field:
    """Return the field as one that must be filled in: marked as such, and asked for in these words."""
    field.required = field.widget.is_required = True
    field.error_messages["required"] = sentence
    return field


class DayField(forms.DateField):
    """A day of the records: from 1930 on, and not beyond what an office plans ahead."""

    def __init__(self, *, label: str, required: bool = False, help_text: str = "") -> None:
        attributes = {"placeholder": "ngày/tháng/năm", "maxlength": "10", "autocomplete": "off", "data-day": ""}
        super().__init__(
            label=label, required=required, help_text=help_text, widget=forms.DateInput(attributes, format="%d/%m/%Y")
        )

    def to_python(self, value: object) -> date | None:
        try:
            day = super().to_python(value)
        except forms.ValidationError:
            message = f"Không đọc được ngày “{value}”. Hãy nhập theo dạng ngày/tháng/năm, ví dụ 15/3/2022."
            raise forms.ValidationError(message, code="invalid") from None
        if day and not EARLIEST <= day <= date(today().year + 20, 12, 31):
            raise forms.ValidationError(f"Năm {day.year} không hợp lý. Hãy kiểm tra lại ngày “{value}”.")
        return day


class CountField(forms.IntegerField):
    """A whole number of people or ballots."""

    def __init__(self, *, label: str, least: int = 0, most: int = 10_000, required: bool = False) -> None:
        super().__init__(
            label=label,
            required=required,
            localize=False,
            widget=forms.NumberInput({"min": least, "max": most, "inputmode": "numeric"}),
            error_messages={"invalid": "Hãy nhập một số nguyên, ví dụ 15."},
            validators=[
                MinValueValidator(least, f"Số này phải từ {least} trở lên."),
                MaxValueValidator(most, f"Số này phải từ {most} trở xuống."),
            ],
        )

    def to_python(self, value: object) -> int | None:
        """Read 4.558 as the office writes it; Django would take the dot for a decimal one, and 1.000 for 1."""
        text = str(value).strip() if value is not None else ""
        if GROUPED.fullmatch(text):
            return int(text.replace(".", ""))
        if "." in text or "," in text:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class BirthField(forms.CharField):
    """A birthday as far as it is known: 20/5/1975, 5/1975 or 1975. Cleans to the day and its precision."""

    def __init__(self, *, label: str) -> None:
        attributes = {"placeholder": "ngày/tháng/năm", "maxlength": "10", "autocomplete": "off"}
        super().__init__(
            label=label,
            required=False,
            widget=forms.TextInput(attributes),
            help_text="Chỉ biết đến đâu ghi đến đó: 5/1975, 1975.",
        )

    def clean(self, value: object) -> tuple[date, str] | None:
        text = super().clean(value)
        if not text:
            return None
        found = BIRTH.fullmatch(text)
        message = f"Không đọc được ngày sinh “{text}”. Hãy nhập như 20/5/1975, 5/1975 hoặc 1975."
        if not found:
            raise forms.ValidationError(message)
        try:
            born = date(int(found[3]), int(found[2] or 1), int(found[1] or 1))
        except ValueError:
            raise forms.ValidationError(message) from None
        if not 1900 <= born.year <= today().year - 18:
            raise forms.ValidationError(f"Năm sinh {born.year} không hợp lý: đảng viên phải từ đủ 18 tuổi.")
        return born, Precision.DAY if found[1] else Precision.MONTH if found[2] else Precision.YEAR


class OfferedField(forms.ChoiceField):
    """One of `offered`; the empty line on top invites to choose."""

    def __init__(
        self, offered: Iterable[tuple[str, str]] = (), *, label: str, empty: str = "– Chọn –", **options
    ) -> None:
        wrong = {"invalid_choice": "Không có lựa chọn “%(value)s”. Hãy chọn một mục trong danh sách."}
        super().__init__(choices=[("", empty), *offered], label=label, required=False, error_messages=wrong, **options)
