"""Catalogue: the figures that a report states, each in the unit in which it is asked for."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from reports.figures import OUTSIDE, SECTIONS, Counted, Family, Figure, Section

UNIT_WORDS = {
    Counted.PEOPLE: "đồng chí",
    Counted.ORGANIZATIONS: "tổ chức đảng",
    Counted.DECISIONS: "quyết định",
}
UNIT_WORDS_OF_CHANGES = UNIT_WORDS | {Counted.ORGANIZATIONS: "cấp ủy"}
ITEM_WORDS = {
    Family.CHANGES: "lượt",
    Family.ENTRIES: "lượt quy hoạch chức danh",
    Family.APPROVALS: "bản quy hoạch",
}
UNITS = {
    Family.CHANGES: tuple(Counted),
    Family.ENTRIES: tuple(Counted),
    Family.APPROVALS: (Counted.ITEMS, Counted.ORGANIZATIONS, Counted.DECISIONS),
}


def unit_word(family: Family, unit: Counted) -> str:
    """Return what one is called: lượt, đồng chí, cấp ủy, quyết định."""
    if unit is Counted.ITEMS:
        return ITEM_WORDS[family]
    return (UNIT_WORDS_OF_CHANGES if family is Family.CHANGES else UNIT_WORDS)[unit]


def counted_in(figure: Figure, unit: Counted) -> Figure:
    """Return the figure with its parts, counting another unit of the same records, where they have that unit."""
    parts = tuple(counted_in(part, unit) for part in figure.parts)
    if unit is figure.counts or unit not in UNITS[figure.family]:
        return replace(figure, parts=parts)
    word = figure.unit and unit_word(figure.family, unit)
    return replace(figure, counts=unit, unit=word, parts=parts)


@dataclass(frozen=True)
class Catalogue:
    """Figures in sections, the one of what no figure counts, and those that an office made for itself."""

    sections: tuple[Section, ...]
    outside: Figure
    own: tuple[Figure, ...] = ()

    def __iter__(self) -> Iterator[Figure]:
        """Go through all figures and their parts, in reading order."""
        for section in self.sections:
            for figure in section.figures:
                yield from figure
        yield self.outside
        yield from self.own

    @cached_property
    def by_key(self) -> dict[str, Figure]:
        return {figure.key: figure for figure in self}

    def counted_in(self, unit: Counted) -> "Catalogue":
        """Return the same figures, each in `unit` where its records have it."""
        return Catalogue(
            sections=tuple(
                replace(section, figures=tuple(counted_in(figure, unit) for figure in section.figures))
                for section in self.sections
            ),
            outside=counted_in(self.outside, unit),
            own=tuple(counted_in(figure, unit) for figure in self.own),
        )


STANDARD = Catalogue(SECTIONS, OUTSIDE)
