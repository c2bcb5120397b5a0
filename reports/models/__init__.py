"""Tables of reports: what was kept of closed books, and what was handed out."""

from reports.models.closings import ClosedFigure, ClosedFile, ClosedRecord, Kept
from reports.models.exports import Export

__all__ = ["ClosedFigure", "ClosedFile", "ClosedRecord", "Export", "Kept"]
