"""What is chosen for a report."""

from django import forms


class SummaryForm(forms.Form):
    """The year of a summary; the name of the field stands in addresses, so is Vietnamese."""

    nam = forms.IntegerField(label="Năm", min_value=1930, max_value=2100, localize=False)


class SearchForm(forms.Form):
    """The search box of the page frame."""

    q = forms.CharField(label="Tìm", max_length=100, required=False, strip=True)
