"""Forms of reports."""

from reports.forms.choices import ClosingForm, PeriodForm, ReopeningForm, SearchForm
from reports.forms.office_figures import OwnFigureForm, UnitsForm

__all__ = ["ClosingForm", "OwnFigureForm", "PeriodForm", "ReopeningForm", "SearchForm", "UnitsForm"]
