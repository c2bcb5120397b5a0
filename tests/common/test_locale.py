"""The texts of the libraries are in Vietnamese, and the vendored files are the ones listed."""

import ast
import gettext
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import django
import pytest
from django.conf import settings
from django.utils import translation

CATALOGUE = settings.BASE_DIR / "locale" / "vi" / "LC_MESSAGES" / "django.po"
DJANGO_ENGLISH = Path(django.__file__).parent / "conf" / "locale" / "en" / "LC_MESSAGES" / "django.po"
VENDOR = settings.BASE_DIR / "static" / "vendor"
CHECKSUMS = VENDOR / "checksums.sha256"

# Messages of Django that read the same in Vietnamese, by reason.
IDENTICAL = {
    "names of protocols": {"IPv4", "IPv6"},
    "units": {"%s KB", "%s MB", "%s GB", "%s TB", "%s PB", "%(size)d byte"},
    "punctuation": {"…", "%(truncated_text)s…", ":?.!", ":", ", "},
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdr]|\{\w*(?::\w)?\}")


@dataclass
class Message:
    """One entry of a catalogue."""

    context: str | None = None
    singular: str = ""
    plural: str | None = None
    translations: tuple[str, ...] = ()
    fuzzy: bool = False

    @property
    def key(self) -> str:
        return f"{self.context}\x04{self.singular}" if self.context else self.singular


def read_catalogue(path: Path) -> list[Message]:
    """Read a .po file (the standard library reads .mo files only); obsolete entries are comments to it."""
    messages = []
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        values: dict[str, str] = {}
        keyword = ""
        for line in block.splitlines():
            if line.startswith("#") or not line.strip():
                continue
            if not line.startswith('"'):
                keyword, line = line.split(" ", 1)
                values[keyword] = ""
            values[keyword] += ast.literal_eval(line)
        if values.get("msgid"):
            translations = tuple(text for keyword, text in values.items() if keyword.startswith("msgstr"))
            fuzzy = any(line.startswith("#,") and "fuzzy" in line for line in block.splitlines())
            messages.append(
                Message(values.get("msgctxt"), values["msgid"], values.get("msgid_plural"), translations, fuzzy)
            )
    return messages


def texts_in_vietnamese(message: Message) -> list[str]:
    """Return what Django shows for the message, for one and for several."""
    if message.plural and message.context:
        return [translation.npgettext(message.context, message.singular, message.plural, n) for n in (1, 2)]
    if message.plural:
        return [translation.ngettext(message.singular, message.plural, n) for n in (1, 2)]
    if message.context:
        return [translation.pgettext(message.context, message.singular)]
    return [translation.gettext(message.singular)]


def test_compiled_catalogue_is_up_to_date():
    written = {}
    for message in read_catalogue(CATALOGUE):
        if message.plural:
            written |= {(message.key, number): text for number, text in enumerate(message.translations)}
        else:
            written[message.key] = message.translations[0]
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = dict(gettext.GNUTranslations(file)._catalog)
    compiled.pop("")
    assert compiled == written


def test_catalogue_is_complete_and_keeps_placeholders():
    for message in read_catalogue(CATALOGUE):
        assert not message.fuzzy, message.singular
        for text in message.translations:
            assert text, message.singular
            assert set(PLACEHOLDER.findall(text)) == set(PLACEHOLDER.findall(message.singular)), message.singular


def test_every_message_of_django_is_in_vietnamese():
    messages = read_catalogue(DJANGO_ENGLISH)
    with translation.override("vi"):
        english = {
            message.singular
            for message in messages
            if {message.singular, message.plural} & set(texts_in_vietnamese(message))
        }
    assert len(messages) > 300
    assert english == set().union(*IDENTICAL.values())


def test_vendored_files_are_the_ones_listed():
    listed = {}
    for line in CHECKSUMS.read_text(encoding="utf-8").splitlines():
        checksum, name = line.split("  ", 1)
        listed[name] = checksum
    found = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path != CHECKSUMS
    }
    assert found == listed


@pytest.mark.parametrize("path", sorted(VENDOR.rglob("*.*")), ids=lambda path: path.relative_to(VENDOR).as_posix())
def test_vendored_files_point_to_no_source_map(path):
    """WhiteNoise fails on a source map that is not there."""
    assert b"sourceMappingURL" not in path.read_bytes()


@pytest.mark.parametrize("path", sorted(VENDOR.rglob("*.css")), ids=lambda path: path.name)
def test_vendored_style_sheets_find_their_files(path):
    for address in re.findall(r"url\(\s*[\"']?([^\"')]+)", path.read_text(encoding="utf-8")):
        assert address.startswith("data:") or (path.parent / address).is_file(), address
