"""Vietnamese text: what names are sorted by and searched by, on any database engine.

Both keys are computed here and stored in columns, so SQLite and PostgreSQL give the same hits. The sort keys are made
of digits alone: every collation agrees on how those compare, so both engines give the same order too.
"""

import re
import unicodedata

# The letters in the order of the Vietnamese alphabet; the order of tone marks for words that differ in nothing else.
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = {"\N{COMBINING GRAVE ACCENT}": "2", "\N{COMBINING HOOK ABOVE}": "3", "\N{COMBINING TILDE}": "4"}
TONES |= {"\N{COMBINING ACUTE ACCENT}": "5", "\N{COMBINING DOT BELOW}": "6"}
NO_TONE = "1"

ETH_AS_D_WITH_STROKE = str.maketrans({"\u00d0": "Đ", "\u00f0": "đ", "\u0189": "Đ", "\u0256": "đ"})
D_WITH_STROKE_AS_D = str.maketrans({"đ": "d", "Đ": "D"})
LETTER_RANK = {char: f"{rank:02d}" for rank, char in enumerate("0123456789" + ALPHABET, start=10)}
END_OF_LETTERS = "00"
END_OF_WORD = "0"


def normalize(text: str) -> str:
    """Return `text` as it is stored: NFC, single spaces, the mistyped eth (U+00D0) as Đ."""
    return " ".join(unicodedata.normalize("NFC", text).translate(ETH_AS_D_WITH_STROKE).split())


def search_key(text: str) -> str:
    """Return `text` without accents, case, punctuation and doubled spaces: what a search compares.

    "Nguyễn Văn Á", "NGUYEN VAN A" and the NFD spelling have one key, as have "uỷ" and "ủy".
    """
    bare = unicodedata.normalize("NFD", normalize(text).translate(D_WITH_STROKE_AS_D))
    letters = "".join(char for char in bare if not unicodedata.combining(char)).lower()
    return " ".join(re.findall(r"[0-9a-z]+", letters))


def sort_key(full_name: str) -> str:
    """Return the key that lists people by given name (the last word), then family name, then middle names.

    Two levels, word by word as ICU's `vi` collation compares: first the letters of a word, then its tone.
    """
    words = normalize(full_name).split()
    in_order = [*words[-1:], *words[:-1]]
    return "".join(_word_key(word) for word in in_order)


def text_sort_key(text: str) -> str:
    """Return the key that lists other texts (organisations, places) from their first word on."""
    return "".join(_word_key(word) for word in normalize(text).split())


def _word_key(word: str) -> str:
    letters, tones = [], []
    for char in unicodedata.normalize("NFC", word.lower()):
        tone, letter = _split_tone(char)
        if letter in LETTER_RANK:
            letters.append(LETTER_RANK[letter])
            tones.append(tone)
    return "".join(letters) + END_OF_LETTERS + "".join(tones) + END_OF_WORD


def _split_tone(char: str) -> tuple[str, str]:
    parts = unicodedata.normalize("NFD", char)
    tone = next((TONES[mark] for mark in parts if mark in TONES), NO_TONE)
    letter = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in TONES))
    return tone, letter
