"""The summary as prose, in the product's own wording. Every number in it is a figure; none can be typed in."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from common.formats import padded
from organizations.models import Document, Position
from reports.figures import GRASSROOTS_INSPECTION, GRASSROOTS_TURNS, Family, Level
from reports.summary import Result, SectionResult, Summary

POSITION_NAMES = {
    Position.INSPECTION_MEMBER: "Ủy viên",
    Position.INSPECTION_CHAIR: "Chủ nhiệm",
    Position.INSPECTION_DEPUTY_CHAIR: "Phó Chủ nhiệm",
}


@dataclass(frozen=True)
class Fragment:
    """A piece of a sentence; with a result, it states that figure."""

    text: str
    result: Result | None = None


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, in fragments that read on without a gap."""

    fragments: tuple[Fragment, ...]

    @property
    def text(self) -> str:
        return "".join(fragment.text for fragment in self.fragments)


def narrate(summary: Summary) -> list[Paragraph]:
    """Return the paragraphs of the summary, in the order of its sections. A fact that did not happen is left out."""
    writer = _Writer(summary)
    if not summary.frame.has_begun:
        return [Paragraph((Fragment(f"Tính đến ngày xem số liệu, kỳ báo cáo {summary.frame.period} chưa bắt đầu."),))]
    changes = [section for section in summary.sections if section.section.family is Family.CHANGES]
    plans = [section for section in summary.sections if section.section.family is not Family.CHANGES]
    return [
        Paragraph(tuple(_capitalized(fragments)))
        for fragments in (
            *(list(writer.changes(section)) for section in changes),
            list(writer.plans(plans)),
            list(writer.basis(summary.legal_basis)),
        )
        if fragments
    ]


class _Writer:
    def __init__(self, summary: Summary) -> None:
        self.summary = summary
        self.frame = summary.frame
        period = summary.frame.period
        self.when = f"Trong {period}" if period.part else str(period)

    # Changes

    def changes(self, section: SectionResult) -> Iterator[Fragment]:
        where = (
            "ở cơ sở" if section.section.level is Level.GRASSROOTS else f"ở {self.frame.organization.committee_name}"
        )
        if not section.has_data:
            yield Fragment(f"{self.when} chưa có số liệu kiện toàn cấp ủy {where}.")
            return
        if not any(result.happened for result in section):
            yield Fragment(f"{self.when} không có thay đổi nào về cấp ủy {where}.")
            return
        if section.section.level is Level.BLOC:
            yield Fragment(f"{self.when}, {self.frame.organization.committee_name} đã ")
            yield from _joined([self.phrase(result) for result in section.results if result.happened])
            yield Fragment(".")
            return
        yield from self._grassroots()

    def _grassroots(self) -> Iterator[Fragment]:
        turns = self.summary.by_key[GRASSROOTS_TURNS.key]
        inspection = self.summary.by_key[GRASSROOTS_INSPECTION.key]
        if turns.happened:
            yield Fragment("Ở cơ sở, đã ")
            yield from self.phrase(turns)
            yield Fragment(", gồm: ")
            yield from _joined([self.phrase(part) for part in turns.parts if part.happened])
            yield Fragment(".")
        if inspection.happened:
            yield Fragment(" Ngoài ra, đã " if turns.happened else "Ở cơ sở, đã ")
            yield from self.phrase(inspection)
            yield Fragment(".")

    # Plans

    def plans(self, sections: list[SectionResult]) -> Iterator[Fragment]:
        if not any(section.has_data for section in sections):
            if self.frame.plan_term:
                yield Fragment(f"Chưa có số liệu về quy hoạch nhiệm kỳ {self.frame.plan_term}.")
            return
        bloc = [result for section in sections if section.section.level is Level.BLOC for result in section]
        grassroots = [result for section in sections if section.section.level is Level.GRASSROOTS for result in section]
        bloc = [result for result in bloc if result.happened]
        grassroots = [result for result in grassroots if result.happened]
        if bloc:
            yield Fragment(f"Về quy hoạch nhiệm kỳ {self.frame.plan_term}, đã đưa vào quy hoạch ")
            yield from _joined([self.phrase(result) for result in bloc])
            yield Fragment(".")
        if grassroots:
            yield Fragment(" Đã " if bloc else f"Về quy hoạch nhiệm kỳ {self.frame.plan_term}, đã ")
            yield from _joined([self.phrase(result) for result in grassroots])
            yield Fragment(".")
        if not bloc and not grassroots:
            yield Fragment(f"Chưa có quy hoạch nhiệm kỳ {self.frame.plan_term} nào được phê duyệt.")

    def basis(self, documents: Iterable[Document]) -> Iterator[Fragment]:
        citations = [document.citation for document in documents]
        if citations:
            yield Fragment(f"Việc quy hoạch được thực hiện theo {'; '.join(citations)}.")

    # One figure

    def phrase(self, result: Result) -> list[Fragment]:
        """Return the figure's phrase; the number with its unit is a fragment of its own, or, without one, the whole."""
        figure = result.figure
        words = self.frame.names | {"positions": ", ".join(POSITION_NAMES[code] for code in result.positions)}
        if figure.unit is None:
            return [Fragment(figure.phrase.format(**words), result)]
        before, after = (part.format(**words) for part in re.split(r"\{number\}", figure.phrase))
        return [Fragment(before), Fragment(self.number(result), result), Fragment(after)]

    def number(self, result: Result) -> str:
        """Return "03 đồng chí", or "73/73 tổ chức cơ sở đảng" where the whole is known."""
        out_of = f"/{padded(result.out_of)}" if result.out_of else ""
        return f"{padded(result.count)}{out_of} {result.figure.unit}"


def _joined(phrases: list[list[Fragment]]) -> Iterator[Fragment]:
    for index, phrase in enumerate(phrases):
        if index:
            yield Fragment("; ")
        yield from phrase


def _capitalized(fragments: list[Fragment]) -> Iterator[Fragment]:
    first, *others = [fragment for fragment in fragments if fragment.text]
    yield Fragment(first.text[0].upper() + first.text[1:], first.result)
    yield from others
