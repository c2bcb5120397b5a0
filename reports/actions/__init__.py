"""Acts of reports: closing the books and opening them again, handing out a file, wording the report."""

from reports.actions.closings import close_period, reopen_period
from reports.actions.exports import cancel_export, fail_export, finish_export, start_export
from reports.actions.prose import reset_prose, save_prose

__all__ = [
    "cancel_export",
    "close_period",
    "fail_export",
    "finish_export",
    "reopen_period",
    "reset_prose",
    "save_prose",
    "start_export",
]
