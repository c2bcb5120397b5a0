"""Summaries made by hand, without a database: which figure came to what."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.utils.text import slugify

from common.periods import Period
from organizations.models import OrganizationVersion
from organizations.scope import Scope
from reports.catalogue import STANDARD, Catalogue
from reports.figures import Figure
from reports.frame import Frame
from reports.prose.rendering import Paragraph, Writer
from reports.prose.wording import Wording
from reports.summary import Result, SectionResult, Summary, _applies

SECRETARIES, DEPUTIES, MEMBERS = "Bổ sung Bí thư cơ sở", "Bổ sung Phó Bí thư cơ sở", "Bổ sung cấp ủy viên cơ sở"
TURNS, RELEASED = "Kiện toàn cấp ủy cơ sở", "Thôi cấp ủy viên cơ sở"
INSPECTION, ELECTED = "Kiện toàn UBKT cơ sở", "Bầu bổ sung UBKT"
BLOC_ADDED, APPROVED, PLANNED = "Bổ sung UVBCH", "Phê duyệt QH cơ sở", "Quy hoạch BCH"


YEAR = Period.of_year(2022)


class Cited:
    """A document, as far as a paragraph knows it."""

    def __init__(self, citation: str) -> None:
        self.citation = citation


def made(
    counts: Mapping[str, int | None] = {},
    *,
    before: Mapping[str, int | None] = {},
    positions: Mapping[str, tuple[str, ...]] = {},
    kind: str = "bloc",
    period: Period = YEAR,
    basis: tuple[str, ...] = (),
    catalogue: Catalogue = STANDARD,
    other: int | None = 0,
    plan_term: str = "2025-2030",
) -> Summary:
    """Return a summary in which the figures of these names came to these numbers, and all others to `other`."""
    version = OrganizationVersion(name="Đảng bộ Khối", kind=kind, path="/1/")
    frame = Frame(version, period, date(2023, 1, 5), plan_term, Scope.everything(), grassroots=73, catalogue=catalogue)

    def result(figure: Figure) -> Result:
        return Result(
            figure=figure,
            label=frame.in_words(figure.label),
            count=counts.get(figure.sheet, other),
            pending=0,
            previous=before.get(figure.sheet),
            positions=positions.get(figure.sheet, ()),
            out_of=73 if figure.out_of_grassroots else None,
            parts=tuple(map(result, figure.parts)),
        )

    summary = Summary(
        frame=frame,
        sections=tuple(
            SectionResult(section, section.title, tuple(map(result, section.figures)), has_data=False)
            for section in catalogue.sections
            if _applies(section, frame)
        ),
        outside=result(catalogue.outside),
        own=tuple(map(result, catalogue.own)),
    )
    summary.__dict__["legal_basis"] = tuple(map(Cited, basis))
    return summary


def own_figure(sheet: str, **fields) -> Figure:
    """Return a figure as an office may make it."""
    standard = next(figure for figure in STANDARD if figure.sheet == SECRETARIES)
    named = {"key": f"own.{slugify(sheet)}", "sheet": sheet, "label": sheet, "phrase": ""}
    return replace(standard, **(named | fields))


def with_own(*figures: Figure) -> Catalogue:
    return replace(STANDARD, own=figures)


def written(text: str, summary: Summary | None = None, *, nothing: str = "", unknown: str = "") -> str:
    """Return the paragraph as the summary makes it; "" where it is left out."""
    return Paragraph(Writer(summary or made()).paragraph(Wording(text, nothing, unknown).cleaned())).text
