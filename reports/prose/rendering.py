"""Paragraphs of a summary, written by a template: every number in them is a figure; none can be typed in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from common.formats import padded
from organizations.models import Position
from reports.prose.fields import OWN, TEXTS, Variant, key_of, name_of
from reports.prose.parsing import Clauses, Field, Sentence, Words, field_of, fields_of, parse
from reports.prose.wording import Wording
from reports.summary import Result, Summary

NO_DATA = "chưa có số liệu"
NOT_APPLICABLE = "—"
POSITION_NAMES = {
    Position.INSPECTION_MEMBER: "Ủy viên",
    Position.INSPECTION_CHAIR: "Chủ nhiệm",
    Position.INSPECTION_DEPUTY_CHAIR: "Phó Chủ nhiệm",
}
# Words that point to a sentence before. Where that one is left out, so are they.
CONNECTIVE = re.compile(r"(?:ngoài ra|bên cạnh đó|đồng thời|trong đó)\b,?\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Fragment:
    """A piece of a sentence; with a result, it states that figure, or `beside`: that of the period compared with."""

    text: str
    result: Result | None = None
    beside: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, in fragments that read on without a gap."""

    fragments: tuple[Fragment, ...]

    @property
    def text(self) -> str:
        return "".join(fragment.text for fragment in self.fragments)


class State(StrEnum):
    """What became of a figure in the period."""

    HAPPENED = "happened"
    NOTHING = "nothing"
    UNKNOWN = "unknown"
    NOT_HERE = "not here"  # it is of another level, or of plans where there are none
    GONE = "gone"  # no figure has this name any more


TOLD = {State.HAPPENED, State.UNKNOWN, State.GONE}  # what is unknown is told as such, never left out like a zero


class Writer:
    """Writes paragraphs from the figures of one summary."""

    def __init__(self, summary: Summary) -> None:
        self.summary = summary
        results = [*summary, summary.outside, *summary.own]
        self.results = {key_of(name_of(result.figure)): result for result in results}

    def paragraph(self, wording: Wording) -> tuple[Fragment, ...]:
        """Return the paragraph as this summary makes it; empty where it is left out."""
        sentences = parse(wording.text).sentences
        states = self._states([piece for sentence in sentences for piece in sentence])
        here = states - {State.NOT_HERE}
        if states and not here:
            return ()
        if here == {State.UNKNOWN}:
            return self._text(wording.unknown)
        if here == {State.NOTHING}:
            return self._text(wording.nothing)
        return self._text(wording.text) or self._text(wording.nothing)

    def field(self, text: str) -> tuple[Fragment, ...]:
        """Return what a field prints by itself, written as `{name}` or `{name: variant}`."""
        return tuple(_joined_up(self._field(field_of(text.strip("{}")))))

    # Sentences and lists

    def _text(self, text: str) -> tuple[Fragment, ...]:
        sentences = parse(text).sentences
        kept = [(index, sentence) for index, sentence in enumerate(sentences) if self._stays(sentence)]
        fragments: list[Fragment] = []
        for position, (index, sentence) in enumerate(kept):
            written = _capitalized(_joined_up(self._pieces(sentence)), stands_alone=position == 0 and index > 0)
            fragments += [Fragment(" "), *written] if fragments and written else written
        return tuple(_joined_up(fragments))

    def _stays(self, pieces: Sentence) -> bool:
        """Whether a sentence or clause has something to say: a figure that is told; without any, no text missing."""
        states = self._states(pieces)
        if states:
            return bool(states & TOLD)
        texts = [TEXTS[key_of(piece.name)] for piece in pieces if isinstance(piece, Field) and _is_text(piece)]
        return all(field.told(self.summary) for field in texts)

    def _states(self, pieces: Sequence) -> set[State]:
        """Return what became of the figures; those of the period compared with decide where there are no others."""
        figures = [field for field in fields_of(tuple(pieces)) if not _is_text(field)]
        now = [field for field in figures if key_of(field.variant) != Variant.COMPARED]
        return {state for field in now or figures for state in self._states_of(field)}

    def _states_of(self, field: Field) -> set[State]:
        if key_of(field.name) == OWN:
            return {_state(result.count) for result in self.summary.own} or {State.NOT_HERE}
        result = self.results.get(key_of(field.name))
        if result is None:
            return {State.NOT_HERE if key_of(field.name) in self._names else State.GONE}
        return {_state(result.previous if key_of(field.variant) == Variant.COMPARED else result.count)}

    def _pieces(self, pieces: Sentence) -> Iterator[Fragment]:
        following = [*pieces[1:], None]
        for piece, after in zip(pieces, following, strict=True):
            if isinstance(piece, Words):
                yield Fragment(_without_lead(piece.text) if self._is_empty_list(after) else piece.text)
            elif isinstance(piece, Clauses):
                clauses = [clause for clause in piece.clauses if self._stays(clause)]
                yield from _in_a_row([list(self._pieces(clause)) for clause in clauses])
            else:
                yield from self._field(piece)

    def _is_empty_list(self, piece: object) -> bool:
        return isinstance(piece, Clauses) and not any(self._stays(clause) for clause in piece.clauses)

    # One field

    def _field(self, field: Field) -> Iterator[Fragment]:
        key = key_of(field.name)
        if key in TEXTS:
            text = TEXTS[key].told(self.summary) or TEXTS[key].missing
            yield Fragment(_upper(text) if field.name[0].isupper() else text)
        elif key == OWN:
            yield from self._own_figures()
        elif key in self.results:
            yield self._figure(self.results[key], key_of(field.variant))
        else:
            yield Fragment(NOT_APPLICABLE if key in self._names else f"[chỉ tiêu không còn: {field.name}]")

    def _figure(self, result: Result, variant: str) -> Fragment:
        if variant == Variant.COMPARED:
            return Fragment(self._compared(result), result, beside=True)
        if variant == Variant.POSITIONS and result.count is not None:
            return Fragment(_positions(result) or "không có chức danh nào", result)
        if variant == Variant.NUMBER and result.value is not None:
            return Fragment(_in_figures(result.value), result)
        return Fragment(self._number(result), result)

    def _number(self, result: Result) -> str:
        """Return "03 đồng chí", or "73/73 tổ chức cơ sở đảng" where the whole is known."""
        if result.count is None:
            return NO_DATA
        if result.figure.unit is None:
            return self._plain_fact(result)
        out_of = f"/{padded(result.out_of)}" if result.out_of else ""
        return f"{_in_figures(result.count)}{out_of} {result.figure.unit}"

    def _compared(self, result: Result) -> str:
        if result.previous is None:
            return NO_DATA
        if result.figure.unit is None:
            return "có" if result.previous else "không"
        return f"{_in_figures(result.previous)} {result.figure.unit}"

    def _plain_fact(self, result: Result) -> str:
        """Return a fact without a number in words: "bầu bổ sung Chủ nhiệm Ủy ban Kiểm tra Đảng ủy Khối"."""
        words = self.summary.frame.names | {"positions": _positions(result)}
        told = " ".join(result.figure.phrase.format(**words).split()) or result.label
        return told if result.happened else f"không {told}"

    def _own_figures(self) -> Iterator[Fragment]:
        happened = [result for result in self.summary.own if result.happened]
        yield from _in_a_row([list(self._own_figure(result)) for result in happened])

    def _own_figure(self, result: Result) -> Iterator[Fragment]:
        """State a figure of the office's own in its phrase, or under its label where it has none."""
        words = self.summary.frame.names | {"label": result.label, "positions": _positions(result)}
        told = "{number}" if result.figure.unit is None else "{label}: {number}"
        before, _, after = (result.figure.phrase if "{number}" in result.figure.phrase else told).partition("{number}")
        yield Fragment(before.format(**words))
        yield Fragment(self._number(result), result)
        yield Fragment(after.format(**words))

    @cached_property
    def _names(self) -> set[str]:
        return {key_of(name_of(figure)) for figure in self.summary.frame.catalogue}


def _is_text(field: Field) -> bool:
    return key_of(field.name) in TEXTS


def _state(count: int | None) -> State:
    return State.UNKNOWN if count is None else State.HAPPENED if count else State.NOTHING


def _in_figures(number: int) -> str:
    """Return a number in two digits; a real zero as 0."""
    return padded(number) if number else "0"


def _positions(result: Result) -> str:
    return ", ".join(POSITION_NAMES.get(code, code) for code in result.positions)


def _without_lead(words: str) -> str:
    """Return the words before a list that came to nothing without what announced it: from the last comma on."""
    comma = max(words.rfind(","), words.rfind(";"))
    return words[:comma] if comma >= 0 else words


def _in_a_row(phrases: list[list[Fragment]]) -> Iterator[Fragment]:
    for index, phrase in enumerate(phrases):
        if index:
            yield Fragment("; ")
        yield from phrase


def _joined_up(fragments: Sequence[Fragment] | Iterator[Fragment]) -> list[Fragment]:
    """Return the fragments without empty ones, plain words that follow each other made one."""
    joined: list[Fragment] = []
    for fragment in fragments:
        if fragment.text and fragment.result is None and joined and joined[-1].result is None:
            joined[-1] = Fragment(joined[-1].text + fragment.text)
        elif fragment.text:
            joined.append(fragment)
    return joined


def _capitalized(fragments: list[Fragment], *, stands_alone: bool) -> list[Fragment]:
    """Begin the sentence with a capital; without its connective where the sentence before it was left out."""
    if not fragments:
        return []
    first, *others = fragments
    text = CONNECTIVE.sub("", first.text, count=1) if stands_alone and CONNECTIVE.match(first.text) else first.text
    return [Fragment(_upper(text), first.result, first.beside), *others]


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
