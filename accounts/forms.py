"""Forms of the page frame and of lists."""

from django import forms
from django.http import QueryDict

from common.periods import today

FIRST_YEAR = 1930
YEARS_AHEAD = 20


class DayForm(forms.Form):
    """The day switch: an empty day means today."""

    day = forms.DateField(label="Tính đến ngày", required=False)

    def clean_day(self):
        day = self.cleaned_data["day"]
        last = today().year + YEARS_AHEAD
        if day and not FIRST_YEAR <= day.year <= last:
            raise forms.ValidationError(f"Chỉ xem được từ năm {FIRST_YEAR} đến hết năm {last}.")
        return None if day == today() else day


MOST_COLUMNS = 60
LONGEST_KEY = 40


def chosen_columns(sent: QueryDict) -> list[str]:
    """Return the keys of the columns ticked, by the numbers typed beside them; those without a number come last.

    Which of the keys are columns is asked by the list that shows them.
    """
    keys = [key for key in sent.getlist("cot") if 0 < len(key) <= LONGEST_KEY][:MOST_COLUMNS]
    return sorted(keys, key=lambda key: _place(sent.get(f"thu-tu-{key}", "")))


def _place(typed: str) -> int:
    typed = typed.strip()
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 10**6
