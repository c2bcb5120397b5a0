"""Where the headings of a table are, and which column each of them names."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from openpyxl.utils import get_column_letter

from common.errors import Refused
from common.sheets.cells import Value, show
from common.sheets.parts import Merged
from common.vietnamese import normalize, search_key

SEARCHED_ROWS = 30
DEEPEST_HEADER = 5
LONGEST_HEADING = 300
IN_BRACKETS = re.compile(r"\([^()]*\)")

Headings = Mapping[str, Sequence[str]]
Line = tuple[int, tuple[Value, ...]]


class Unfit(Refused):
    """The sheet has not the header wanted. `matched` says how many of its columns the best row had."""

    def __init__(self, message: str, matched: int) -> None:
        self.matched = matched
        super().__init__(message)


@dataclass(frozen=True)
class Heading:
    """A heading over one column, or over several that are merged. `above` are the headings over it, the top one first.

    Columns are counted from 0.
    """

    text: str
    above: tuple[str, ...]
    columns: tuple[int, ...]

    @property
    def letters(self) -> str:
        return get_column_letter(self.columns[0] + 1)

    @cached_property
    def spellings(self) -> list[str]:
        """The texts by which it may be known, the surest first: with what stands over it, then without brackets."""
        texts = [" ".join((*self.above, self.text)), self.text]
        return texts + [IN_BRACKETS.sub(" ", text) for text in texts]


class Wanted:
    """The columns wanted, and the one that a heading names, if any."""

    def __init__(self, headings: Headings) -> None:
        self.headings = headings
        self.exact = {normalize(text).casefold(): key for key, texts in headings.items() for text in texts}
        # Spelt without accents; None where two columns differ in accents alone (Nam, Năm).
        self.bare: dict[str, str | None] = {}
        for text, key in self.exact.items():
            bare = search_key(text)
            self.bare[bare] = key if self.bare.get(bare, key) == key else None
        self._answers: dict[str, str | None] = {}

    def key_of(self, text: str) -> str | None:
        """Return the key of the column that a heading names. Neighbouring rows ask for the same ones again."""
        if len(text) > LONGEST_HEADING:
            return None
        if text not in self._answers:
            self._answers[text] = self.exact.get(normalize(text).casefold()) or self.bare.get(search_key(text))
        return self._answers[text]


@dataclass
class Header:
    """The rows `top` to `bottom` (counted from 1), read as the header of a table."""

    top: int
    bottom: int
    headings: list[Heading]
    wanted: Wanted

    @cached_property
    def found(self) -> dict[str, list[Heading]]:
        """The headings that name each column wanted; two for one are a mistake in the sheet."""
        found: dict[str, list[Heading]] = {}
        rest = list(self.headings)
        for level in range(4):
            hits = [(heading, self.wanted.key_of(heading.spellings[level])) for heading in rest]
            taken = set(found)
            for heading, key in hits:
                if key and key not in taken:
                    found.setdefault(key, []).append(heading)
                    rest.remove(heading)
        return found

    @property
    def rank(self) -> tuple[int, int, int]:
        """What makes one header better than another: more columns known, then higher up, then fewer rows."""
        return len(self.found), -self.bottom, self.top


def find_header(
    sheet: str, lines: Sequence[Line], merged: Sequence[Merged], headings: Headings, required: Collection[str]
) -> Header:
    """Return the header among the first rows with anything in them; titles and notes may stand above it.

    Raises `Unfit` when a column required is missing, or when two have the same heading.
    """
    labels, wanted = _Labels(lines, merged), Wanted(headings)
    tops = [number for number, _ in lines[:SEARCHED_ROWS]]
    headers = [
        Header(top, bottom, labels.between(top, bottom), wanted) for top in tops for bottom in labels.bottoms(top)
    ]
    best = max(headers, key=lambda each: (set(required) <= each.found.keys(), *each.rank), default=None)
    names = {key: f"“{texts[0]}”" for key, texts in headings.items()}
    if not best or not best.found:
        columns = ", ".join(names[key] for key in headings if key in required or not required)
        raise Unfit(
            f"Trang “{sheet}” không có dòng tiêu đề trong {SEARCHED_ROWS} dòng đầu. Cần có các cột: {columns}.",
            matched=0,
        )
    missing = ", ".join(names[key] for key in headings if key in required and key not in best.found)
    if missing:
        raise Unfit(
            f"Trang “{sheet}”, dòng tiêu đề {best.bottom}: thiếu cột {missing}. Hãy thêm cột đó, hoặc sửa lại tiêu đề.",
            matched=len(best.found),
        )
    for key, twins in best.found.items():
        if len(twins) > 1:
            columns = " và ".join(f"cột {each.letters} “{each.text}”" for each in twins)
            raise Unfit(
                f"Trang “{sheet}”, dòng tiêu đề {best.bottom}: {columns} đều là cột {names[key]}. "
                "Hãy chỉ để lại một cột, hoặc đổi tiêu đề cột kia.",
                matched=len(best.found),
            )
    return best


class _Labels:
    """The texts of the first rows, where a merged cell speaks for all that it covers."""

    def __init__(self, lines: Sequence[Line], merged: Sequence[Merged]) -> None:
        self.lines = dict(lines)
        self.width = max((len(values) for _, values in lines), default=0)
        self.deep = [each for each in merged if each.top < each.bottom < each.top + DEEPEST_HEADER]
        self.anchors: dict[tuple[int, int], tuple[int, int]] = {}
        for each in merged:
            anchor = each.top, each.left - 1
            if anchor not in self.anchors:  # merged cells do not overlap, but in a hostile file
                rows = [row for row in self.lines if each.top <= row <= each.bottom]
                columns = range(each.left - 1, min(each.right, self.width))
                self.anchors |= {(row, column): anchor for row in rows for column in columns}

    def bottoms(self, top: int) -> list[int]:
        """Return which rows may end a header that begins at `top`: as deep as its merged cells, or one or two rows."""
        depths = [each.bottom for each in self.deep if each.top == top and self._own(top, each.left - 1)]
        if depths:
            return [max(depths)]
        return [top, top + 1] if top + 1 in self.lines else [top]

    def between(self, top: int, bottom: int) -> list[Heading]:
        """Return the headings of a header of these rows, from left to right."""
        headings: list[Heading] = []
        last_places = None
        for column in range(self.width):
            places = list(
                dict.fromkeys(self.anchors.get((row, column), (row, column)) for row in range(top, bottom + 1))
            )
            places = [place for place in places if self._own(*place)]
            if not places:
                last_places = None
            elif places == last_places:
                headings[-1] = Heading(headings[-1].text, headings[-1].above, (*headings[-1].columns, column))
            else:
                *above, text = (self._own(*place) for place in places)
                headings.append(Heading(text, tuple(above), (column,)))
                last_places = places
        return headings

    def _own(self, row: int, column: int) -> str:
        values = self.lines.get(row, ())
        return show(values[column]) if column < len(values) else ""
