"""Forms of signing in."""

from django import forms

from common.periods import today


class DayForm(forms.Form):
    """The day switch: an empty day means today."""

    day = forms.DateField(label="Tính đến ngày", required=False)

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day and day.year < 1930:
            raise forms.ValidationError("Năm phải từ 1930 trở đi.")
        return None if day == today() else day
