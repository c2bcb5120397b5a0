"""Catalogue: the figures that a report states, each in the unit in which it is asked for."""

from collections.abc import Callable, Iterator, Mapping
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
    return _recounted(figure, lambda each: unit)


def _recounted(figure: Figure, unit_of: Callable[[Figure], Counted]) -> Figure:
    parts = tuple(_recounted(part, unit_of) for part in figure.parts)
    unit = unit_of(figure)
    if unit is figure.counts or unit not in UNITS[figure.family]:
        return replace(figure, parts=parts)
    if figure.unit is None:
        return replace(figure, counts=unit, parts=parts)
    word = unit_word(figure.family, unit)
    return replace(
        figure,
        counts=unit,
        unit=word,
        parts=parts,
        rule=f"{figure.rule} Số nêu ở đây tính theo {word}: mỗi {word} một lần.",
        phrase=_phrase_in(figure, unit),
        out_of_grassroots=False,  # the whole is known in organisations alone
    )


def _phrase_in(figure: Figure, unit: Counted) -> str:
    """Return the phrase for another unit: people and turns stand where the number stood; organisations and decisions
    are not what was appointed or planned, so they follow in brackets."""
    if unit is Counted.PEOPLE or (unit is Counted.ITEMS and figure.family is Family.CHANGES):
        return figure.phrase
    noun = "" if figure.counts is Counted.ITEMS and figure.unit == ITEM_WORDS[figure.family] else figure.unit
    return " ".join(f"{figure.phrase.replace('{number}', noun)} ({{number}})".split())


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
        return self._recounted(lambda figure: unit)

    def printed_in(self, units: Mapping[str, Counted]) -> "Catalogue":
        """Return the same figures, each in the unit that `units` has for its key; the others as they are."""
        return self._recounted(lambda figure: units.get(figure.key, figure.counts)) if units else self

    def _recounted(self, unit_of: Callable[[Figure], Counted]) -> "Catalogue":
        return Catalogue(
            sections=tuple(
                replace(section, figures=tuple(_recounted(figure, unit_of) for figure in section.figures))
                for section in self.sections
            ),
            outside=_recounted(self.outside, unit_of),
            own=tuple(_recounted(figure, unit_of) for figure in self.own),
        )


STANDARD = Catalogue(SECTIONS, OUTSIDE)
