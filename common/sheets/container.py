"""The zip archive that a workbook is: told from what is none, looked through, and copied clean.

Calamine never sees the file as it was sent, but a workbook of our own making: the parts that hold values, each looked
through while it was copied, and nothing else. What was not looked at cannot harm, and each part has one reading.
"""

import posixpath
import zlib
from array import array
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from common.errors import Refused
from common.sheets.parts import (
    Allowance,
    Damaged,
    Listed,
    Part,
    RelationshipsPart,
    SheetPart,
    Strange,
    StringsPart,
    TooLarge,
    TooMuch,
    WorkbookPart,
)
from common.uploads import MIB, MOST_PARTS

LARGEST_UNFOLDED = 128 * MIB  # what is read of a workbook; 20,000 rows of people with thirty columns take a third of it
LARGEST_SMALL_PART = 16 * MIB
PIECE = MIB  # smaller pieces make expat go over one long attribute again and again
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
ENTRY = b"PK\x01\x02"
TYPES, ROOT = "[Content_Types].xml", "_rels/.rels"
WORKBOOK, LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
SHARED = {"sharedStrings": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}
SHEET = "xl/worksheets/sheet{}.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SAVE_ANEW = "Hãy mở bằng Excel, lưu lại ở dạng Excel Workbook (*.xlsx) rồi tải lên."


@dataclass
class Checked:
    """A workbook that was looked through. `content` is the clean copy; `sheets` are the visible ones in order."""

    content: bytes
    counts_from_1904: bool
    sheets: dict[str, SheetPart | TooMuch]


def look_through(content: bytes, name: str) -> Checked:
    """Return the workbook, clean. Raises `Refused` for what is none, is protected, damaged, hostile or too large."""
    _require_zip(content, name)
    try:
        return _Container(content, name).checked()
    except Strange as error:
        raise Refused(f"Tệp “{name}” có khai báo lạ (DTD) nên không được nhận. {SAVE_ANEW}") from error
    except TooLarge as error:
        raise Refused(
            f"Tệp “{name}” khi mở ra lớn bất thường nên không được nhận. "
            "Hãy chép riêng phần dữ liệu cần nhập sang một tệp .xlsx mới rồi tải lên."
        ) from error
    except Damaged as error:
        raise damaged(name) from error


def damaged(name: str) -> Refused:
    return Refused(f"Tệp “{name}” bị hỏng nên không đọc được. {SAVE_ANEW}")


def _require_zip(content: bytes, name: str) -> None:
    if content.startswith(OLD_OFFICE):
        if ENCRYPTED in content:
            raise Refused(f"Tệp “{name}” có mật khẩu nên không đọc được. Hãy bỏ mật khẩu trong Excel rồi tải lên lại.")
        raise Refused(f"Tệp “{name}” là dạng Office cũ (.xls) nên không đọc được. {SAVE_ANEW}")
    if not content.startswith(b"PK\x03\x04"):
        raise Refused(f"Tệp “{name}” không phải là sổ Excel. {SAVE_ANEW}")


class _Container:
    """The archive while it is looked through."""

    def __init__(self, content: bytes, name: str) -> None:
        if content.count(ENTRY) > MOST_PARTS:
            raise TooLarge
        with _unzipping():
            self.archive = ZipFile(BytesIO(content))
        self.parts = {part.filename.replace("\\", "/").lstrip("/").lower(): part for part in self.archive.infolist()}
        self.allowance = Allowance(LARGEST_UNFOLDED)
        self.stream = BytesIO()
        self._require_workbook(name)

    def checked(self) -> Checked:
        workbook, links = WorkbookPart(), RelationshipsPart()
        strings = StringsPart()
        self._walk(WORKBOOK, workbook)
        self._walk(LINKS, links)
        places = {kind: _place(target) for kind, target in links.targets.values()}
        with ZipFile(self.stream, "w", ZIP_DEFLATED, compresslevel=1) as self.copy:
            for kind, part in (("sharedStrings", strings), ("styles", Part())):
                if kind in places:
                    self._walk(places[kind], part, copy_to=SHARED[kind])
            sheets = dict(self._look_at_sheets(_shown(workbook.sheets, links.targets), strings.lengths))
            _write_frame(self.copy, sheets, counts_from_1904=workbook.counts_from_1904)
        return Checked(self.stream.getvalue(), workbook.counts_from_1904, sheets)

    def _look_at_sheets(self, shown: dict[str, str], lengths: array) -> Iterator[tuple[str, SheetPart | TooMuch]]:
        """Yield the sheets by name, each looked through and copied, or what is too much in it."""
        for number, (name, place) in enumerate(shown.items(), start=1):
            part = SheetPart(lengths)
            try:
                self._walk(place, part, copy_to=SHEET.format(number))
                yield name, part
            except TooMuch as too_much:
                yield name, too_much

    def _walk(self, place: str, part: Part, *, copy_to: str = "") -> None:
        """Feed a part to the one who looks through it, and copy it when it is to be read later."""
        most = LARGEST_UNFOLDED if isinstance(part, StringsPart | SheetPart) else LARGEST_SMALL_PART
        with self.copy.open(copy_to, "w") if copy_to else nullcontext() as copy:
            for piece in self._pieces(place, most=most):
                part.feed(piece)
                if copy:
                    copy.write(piece)
        part.feed(b"", last=True)

    def _pieces(self, place: str, *, most: int) -> Iterator[bytes]:
        """Unfold a part piece by piece, up to `most` bytes, whatever size it declares."""
        part = self.parts.get(place.lower())
        if not part or part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):  # LZMA may ask for any amount of memory
            raise Damaged
        if part.file_size > most:
            raise TooLarge
        with _unzipping(), self.archive.open(part) as stream:
            while piece := stream.read(PIECE):  # ends at the size that was declared
                self.allowance.take(piece)
                yield piece

    def _require_workbook(self, name: str) -> None:
        """Raise `Refused` for other office files, each with what to do about it."""
        if WORKBOOK not in self.parts:
            kind = "không phải là sổ Excel"
            if "xl/workbook.bin" in self.parts:
                kind = "là dạng Excel nhị phân (.xlsb) nên không đọc được"
            elif "content.xml" in self.parts and "mimetype" in self.parts:
                kind = "là dạng OpenDocument (.ods) nên không đọc được"
            raise Refused(f"Tệp “{name}” {kind}. {SAVE_ANEW}")
        types = b"".join(self._pieces(TYPES, most=LARGEST_SMALL_PART))
        if b"macroEnabled" in types or any(place.endswith("vbaproject.bin") for place in self.parts):
            raise Refused(f"Tệp “{name}” có macro nên không được nhận. {SAVE_ANEW}")


@contextmanager
def _unzipping() -> Iterator[None]:
    """Say of whatever goes wrong with the archive itself that it is damaged. An encrypted part is a RuntimeError."""
    try:
        yield
    except (BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise Damaged from error


def _place(target: str) -> str:
    """Return where in the archive a relationship leads, which names it from the root or from the folder xl."""
    target = target.replace("\\", "/").lower()
    return posixpath.normpath(target if target.startswith(("/", "xl/")) else f"xl/{target}").lstrip("/")


def _shown(listed: list[Listed], targets: dict[str, tuple[str, str]]) -> dict[str, str]:
    """Return the visible sheets that have cells (no charts), and where each is."""
    kinds = {sheet.name: targets.get(sheet.link, ("", "")) for sheet in listed if not sheet.is_hidden}
    shown = {name: _place(target) for name, (kind, target) in kinds.items() if kind == "worksheet"}
    if len({sheet.name for sheet in listed}) < len(listed) or len(set(shown.values())) < len(shown):
        raise Damaged
    return shown


def _write_frame(copy: ZipFile, sheets: dict[str, SheetPart | TooMuch], *, counts_from_1904: bool) -> None:
    """Write what holds the parts together: the list of sheets that can be read and where each is."""
    parts = [(n, name) for n, (name, part) in enumerate(sheets.items(), start=1) if isinstance(part, SheetPart)]
    listed = "".join(f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="r{n}"/>' for n, name in parts)
    places = [(f"r{n}", "worksheet", SHEET.format(n)) for n, _ in parts]
    places += [(kind, kind, place) for kind, place in SHARED.items() if place in copy.namelist()]
    system = '<workbookPr date1904="1"/>' if counts_from_1904 else ""
    copy.writestr(TYPES, f'<Types xmlns="{PACKAGE}/content-types"/>')
    copy.writestr(ROOT, _relationships([("workbook", "officeDocument", WORKBOOK)]))
    copy.writestr(WORKBOOK, f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{system}<sheets>{listed}</sheets></workbook>')
    copy.writestr(LINKS, _relationships(places))


def _relationships(places: list[tuple[str, str, str]]) -> str:
    """Return relationships of (link, kind, place in the archive)."""
    links = (f'<Relationship Id="{link}" Type="{OFFICE}/{kind}" Target="/{place}"/>' for link, kind, place in places)
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(links)}</Relationships>'
