"""What a template may not say, told where it stands. A number that was typed by hand is the first of it."""

import re
import unicodedata
from collections.abc import Iterator
from difflib import get_close_matches

from common.formats import grouped
from common.vietnamese import search_key
from reports.catalogue import Catalogue
from reports.figures import Figure
from reports.prose.fields import OWN, OWN_FIGURES, TEXT_FIELDS, TEXTS, Variant, figures_by_name, key_of, name_of
from reports.prose.parsing import TOKEN, Field, Mistake, field_of, parse
from reports.prose.wording import Wording

LONGEST_TEXT, LONGEST_INSTEAD = 2000, 500
MOST_PARAGRAPHS = 20
SHOWN_AROUND = 14  # characters of the text on both sides of what is wrong
CLOSE_ENOUGH = 0.55
INSTEAD = "chỗ này in khi không có số để nêu, nên không dùng được"


def mistakes_of(wording: Wording, catalogue: Catalogue) -> dict[str, list[str]]:
    """Return what is wrong with a paragraph, in sentences, under the names of its texts; empty when it is right.

    The texts are read as they are stored (`Wording.cleaned`).
    """
    figures = figures_by_name(catalogue)
    found = {
        "text": _told(wording.text, _mistakes(wording.text, figures, LONGEST_TEXT)),
        "nothing": _told(wording.nothing, _instead(wording.nothing, figures)),
        "unknown": _told(wording.unknown, _instead(wording.unknown, figures)),
    }
    if not wording.text and not wording.is_blank:
        found["text"].append("Nội dung còn trống nên đoạn này không in ra gì. Hãy ghi nội dung, hoặc xóa cả đoạn.")
    return {name: sentences for name, sentences in found.items() if sentences}


def is_number(char: str) -> bool:
    """Whether a reader may take the character for a number, in whatever script or style: ３, ², Ⅳ, 三, ㋀."""
    return any(
        each.isnumeric() or unicodedata.category(each).startswith("N") or "DIGIT" in unicodedata.name(each, "")
        for each in char + unicodedata.normalize("NFKC", char)
    )


def is_picture(char: str) -> bool:
    """Whether the character is a symbol that a text of the office has no use for; some of them show numbers."""
    return unicodedata.category(char) == "So" and not is_number(char)


def _mistakes(text: str, figures: dict[str, Figure], longest: int) -> Iterator[Mistake]:
    if len(text) > longest:
        told = f"Dài {grouped(len(text))} ký tự, nhiều nhất là {grouped(longest)}. Hãy chia thành nhiều đoạn."
        yield Mistake(longest, 1, told)
    yield from parse(text).mistakes
    for token in TOKEN.finditer(text):
        if token["words"] is not None:
            yield from _typed_numbers(token["words"], token.start())
            yield from _pictures(token["words"], token.start())
        elif token["field"] is not None:
            told = _wrong_with(field_of(token["field"]), figures)
            if told:
                yield Mistake(token.start(), len(token[0]), told)


def _instead(text: str, figures: dict[str, Figure]) -> Iterator[Mistake]:
    """Find what is wrong in a text that stands in the place of figures: it can hold none itself, and no list."""
    yield from _mistakes(text, figures, LONGEST_INSTEAD)
    for token in TOKEN.finditer(text):
        name = key_of(field_of(token["field"]).name) if token["field"] is not None else ""
        if name == OWN or name in figures:
            yield Mistake(token.start(), len(token[0]), f"{token[0]} là chỉ tiêu; {INSTEAD} chỉ tiêu.")
        elif token["mark"] == "[":
            yield Mistake(token.start(), 1, f"Danh sách [ ] liệt kê chỉ tiêu; {INSTEAD} danh sách.")


def _typed_numbers(words: str, start: int) -> Iterator[Mistake]:
    """Find the numbers in words, each from its first digit to its last, points and slashes between them included."""
    numerals = "".join("0" if is_number(char) else " " if char.isspace() else "x" for char in words)
    for found in re.finditer(r"0(?:x?0)*", numerals):
        typed = words[found.start() : found.end()]
        yield Mistake(
            start + found.start(),
            len(typed),
            f"Không gõ tay số “{typed}”: số trong báo cáo chỉ in ra từ trường. Số liệu: chèn chỉ tiêu ở bảng trường, "
            "ví dụ {Bổ sung Bí thư cơ sở}; số và ngày văn bản: {căn cứ}; nhiệm kỳ: {nhiệm kỳ quy hoạch}; "
            "năm, quý: {kỳ}.",
        )


def _pictures(words: str, start: int) -> Iterator[Mistake]:
    for at, char in enumerate(words):
        if is_picture(char):
            yield Mistake(start + at, 1, f"Không dùng được ký hiệu “{char}” trong báo cáo. Hãy viết bằng chữ.")


def _wrong_with(field: Field, figures: dict[str, Figure]) -> str:
    """Say what is wrong with a field; empty when it is right."""
    key = key_of(field.name)
    if not key:
        return "Giữa hai dấu { } chưa có tên trường, ví dụ {kỳ}."
    if key in TEXTS or key == OWN:
        return f"Trường {{{field.name}}} không có dạng khác; hãy bỏ phần từ dấu hai chấm." if field.variant else ""
    if key not in figures:
        return _unknown(field, figures)
    return _wrong_with_variant(field, figures[key])


def _wrong_with_variant(field: Field, figure: Figure) -> str:
    if field.variant and key_of(field.variant) not in set(Variant):
        return f"Sau dấu hai chấm của chỉ tiêu chỉ ghi được: {', '.join(Variant)}; không có “{field.variant}”."
    variant = key_of(field.variant)
    if variant == Variant.POSITIONS and not figure.names_positions:
        return f"Chỉ tiêu {name_of(figure)} không ghi chức danh; hãy bỏ “: chức danh”."
    if variant in (Variant.NUMBER, Variant.COMPARED) and figure.unit is None:
        return f"Chỉ tiêu {name_of(figure)} chỉ nêu việc, không nêu số; hãy bỏ “: {variant}”."
    return ""


def _unknown(field: Field, figures: dict[str, Figure]) -> str:
    names = [*(each.name for each in TEXT_FIELDS), OWN_FIGURES, *(name_of(figure) for figure in figures.values())]
    keys = {search_key(name): name for name in reversed(names)}
    [nearest] = get_close_matches(search_key(field.name), keys, n=1, cutoff=CLOSE_ENOUGH) or [""]
    told = f" Có phải {{{keys[nearest]}}}?" if nearest else " Hãy chọn ở bảng trường."
    return f"Không có trường {{{field.name}}}.{told}"


def _told(text: str, mistakes: Iterator[Mistake]) -> list[str]:
    found = sorted(mistakes, key=lambda each: each.at)
    return list(dict.fromkeys(f"Ký tự thứ {each.at + 1}, {_around(text, each)}: {each.message}" for each in found))


def _around(text: str, mistake: Mistake) -> str:
    """Quote the place of a mistake, in whole words."""
    first, last = max(0, mistake.at - SHOWN_AROUND), mistake.at + mistake.length + SHOWN_AROUND
    first = text.rfind(" ", 0, first) + 1 if first else 0
    found = text.find(" ", min(last, len(text)))
    last = len(text) if found < 0 else found
    return f"“{'…' if first else ''}{text[first:last]}{'…' if last < len(text) else ''}”"
