"""The language of a paragraph: words, {fields}, and [lists; of clauses], read into sentences.

Reading never fails: what is no good is told as a mistake, and the tree holds the rest.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

TOKEN = re.compile(r"\{(?P<field>[^{}\[\]]*)\}|(?P<mark>[{}\[\];])|(?P<words>[^{}\[\];]+)")
# A sentence ends at its mark when white space follows, and after that a capital, a field or a list; not behind an
# abbreviation of one or two capitals (TP. Vinh).
END_OF_SENTENCE = re.compile(r"[.!?…][”’»\")]*(?P<gap>\s+)(?P<next>[“‘«\"(]*\S)?")
ABBREVIATION = re.compile(r"(?<!\w)[^\W\d_]{1,2}\.")


@dataclass(frozen=True)
class Words:
    """What stands as it was written."""

    text: str


@dataclass(frozen=True)
class Field:
    """A place for what the register knows. `variant` is what was asked of it behind the colon."""

    name: str
    variant: str = ""


@dataclass(frozen=True)
class Clauses:
    """A list: those of its clauses that have something to say stand there, joined by "; "."""

    clauses: tuple[tuple[Words | Field, ...], ...]


Piece = Words | Field | Clauses
Sentence = tuple[Piece, ...]


@dataclass(frozen=True)
class Mistake:
    """What is wrong in a text, and the place: the number of characters before it."""

    at: int
    length: int
    message: str


@dataclass(frozen=True)
class Parsed:
    """A text as a tree, with what is wrong in how it is written."""

    sentences: tuple[Sentence, ...]
    mistakes: tuple[Mistake, ...]

    @property
    def fields(self) -> list[Field]:
        """All fields, in reading order."""
        return [field for sentence in self.sentences for field in fields_of(sentence)]


def fields_of(pieces: Sentence) -> Iterator[Field]:
    """Go through the fields of a sentence or clause, those inside lists too."""
    for piece in pieces:
        if isinstance(piece, Field):
            yield piece
        elif isinstance(piece, Clauses):
            for clause in piece.clauses:
                yield from fields_of(clause)


@lru_cache(maxsize=512)
def parse(text: str) -> Parsed:
    reader = _Reader()
    for token in TOKEN.finditer(text):
        reader.take(token)
    reader.close()
    return Parsed(tuple(_sentences(reader.pieces)), tuple(sorted(reader.mistakes, key=lambda each: each.at)))


def field_of(inside: str) -> Field:
    """Return the field that stands between two braces: its name, and what is asked of it behind the last colon."""
    name, colon, variant = inside.rpartition(":")
    return Field(name.strip(), variant.strip()) if colon else Field(inside.strip())


class _Reader:
    """Takes the tokens of a text one by one."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.mistakes: list[Mistake] = []
        self.clauses: list[list[Words | Field]] | None = None  # of the list that is open
        self.opened_at = 0

    def take(self, token: re.Match) -> None:
        if token["field"] is not None:
            self._add(field_of(token["field"]))
        elif token["words"] is not None:
            self._add(Words(token["words"]))
        else:
            self._mark(token["mark"], token.start())

    def _mark(self, mark: str, at: int) -> None:
        if mark == ";":
            self._semicolon()
        elif mark == "[":
            self._open(at)
        elif mark == "]":
            self._close(at)
        else:
            told = "chưa có dấu } đóng lại" if mark == "{" else "không có dấu { mở trước nó"
            self._mistake(at, f"Dấu {mark} {told}. Trường viết như {{kỳ}}.")

    def _semicolon(self) -> None:
        if self.clauses is None:
            self._add(Words(";"))
        else:
            self.clauses.append([])

    def _open(self, at: int) -> None:
        if self.clauses is not None:
            self._mistake(at, "Danh sách [ ] không đặt được trong một danh sách khác. Hãy đóng danh sách trước bằng ].")
            return
        self.clauses, self.opened_at = [[]], at

    def _close(self, at: int) -> None:
        if self.clauses is None:
            self._mistake(at, "Dấu ] không có dấu [ mở trước nó.")
            return
        clauses = tuple(tuple(_trimmed(clause)) for clause in self.clauses)
        clauses = tuple(clause for clause in clauses if clause)
        if not clauses:
            self._mistake(self.opened_at, "Danh sách [ ] còn trống. Hãy ghi các ý cách nhau bằng dấu chấm phẩy.")
        self.clauses = None
        self._add(Clauses(clauses))

    def close(self) -> None:
        """Say at the end of the text what was left open."""
        if self.clauses is not None:
            at = self.opened_at
            self._close(at)
            self._mistake(at, "Dấu [ chưa có dấu ] đóng lại.")

    def _add(self, piece: Piece) -> None:
        (self.pieces if self.clauses is None else self.clauses[-1]).append(piece)

    def _mistake(self, at: int, message: str) -> None:
        self.mistakes.append(Mistake(at, 1, message))


def _trimmed(clause: list[Words | Field]) -> Iterator[Words | Field]:
    """Take the white space off both ends of a clause."""
    for index, piece in enumerate(clause):
        if isinstance(piece, Words):
            text = piece.text.lstrip() if index == 0 else piece.text
            text = text.rstrip() if index == len(clause) - 1 else text
            if text:
                yield Words(text)
        else:
            yield piece


def _sentences(pieces: list[Piece]) -> Iterator[Sentence]:
    sentence: list[Piece] = []
    for piece, following in zip(pieces, [*pieces[1:], None], strict=False):
        if not isinstance(piece, Words):
            sentence.append(piece)
            continue
        begun = 0
        for end in END_OF_SENTENCE.finditer(piece.text):
            if _is_abbreviated(piece.text, end.start()) or not _begins_sentence(end["next"], following):
                continue
            yield (*sentence, Words(piece.text[begun : end.start("gap")]))
            sentence, begun = [], end.end("gap")
        if piece.text[begun:]:
            sentence.append(Words(piece.text[begun:]))
    if sentence:
        yield tuple(sentence)


def _begins_sentence(letter: str | None, following: Piece | None) -> bool:
    """Whether a sentence begins with this letter or, where the words end, with the field or list that follows."""
    return letter[-1].isupper() if letter else following is not None


def _is_abbreviated(text: str, dot: int) -> bool:
    """Whether the dot there stands behind one or two capitals."""
    return any(
        text[first:dot].isupper() and ABBREVIATION.fullmatch(text, first, dot + 1)
        for first in (dot - 1, dot - 2)
        if first >= 0
    )
