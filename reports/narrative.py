"""The summary as prose, in the words of the office's template. Every number in it is a figure; none can be typed in."""

from reports.prose.rendering import Fragment, Paragraph, Writer
from reports.summary import Summary

__all__ = ["Fragment", "Paragraph", "narrate"]


def narrate(summary: Summary) -> list[Paragraph]:
    """Return the paragraphs of the summary by the template in force. A fact that did not happen is left out."""
    if not summary.frame.has_begun:
        return [Paragraph((Fragment(f"Tính đến ngày xem số liệu, kỳ báo cáo {summary.frame.period} chưa bắt đầu."),))]
    writer = Writer(summary)
    written = [writer.paragraph(wording) for wording in summary.frame.prose.wordings]
    return [Paragraph(fragments) for fragments in written if fragments]
