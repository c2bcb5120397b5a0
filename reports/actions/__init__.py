"""Acts of reports: closing the books, handing out a file, wording the report, making figures of one's own."""

from reports.actions.closings import close_period, reopen_period
from reports.actions.exports import cancel_export, fail_export, finish_export, start_export
from reports.actions.office_figures import add_own_figure, choose_printed_units, retire_own_figure
from reports.actions.prose import reset_prose, save_prose

__all__ = [
    "add_own_figure",
    "cancel_export",
    "choose_printed_units",
    "close_period",
    "fail_export",
    "finish_export",
    "reopen_period",
    "reset_prose",
    "retire_own_figure",
    "save_prose",
    "start_export",
]
