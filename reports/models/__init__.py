"""Tables of reports: what was kept of closed books, what was handed out, the office's own prose."""

from reports.models.closings import ClosedFigure, ClosedFile, ClosedRecord, closed_file_name
from reports.models.exports import Export
from reports.models.prose import ProseTemplate

__all__ = ["ClosedFigure", "ClosedFile", "ClosedRecord", "Export", "ProseTemplate", "closed_file_name"]
