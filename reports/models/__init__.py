"""Tables of reports: closed books, what was handed out, the prose and the figures that an office made its own."""

from reports.models.closings import ClosedFigure, ClosedFile, ClosedRecord, closed_file_name
from reports.models.exports import Export
from reports.models.office_figures import OfficeFigure
from reports.models.prose import ProseTemplate

__all__ = [
    "ClosedFigure",
    "ClosedFile",
    "ClosedRecord",
    "Export",
    "OfficeFigure",
    "ProseTemplate",
    "closed_file_name",
]
