"""Acts of reports: closing the books and opening them again, handing out a file."""

from reports.actions.closings import close_period, reopen_period
from reports.actions.exports import cancel_export, fail_export, finish_export, start_export

__all__ = ["cancel_export", "close_period", "fail_export", "finish_export", "reopen_period", "start_export"]
