"""Files that users send: what they really are, whatever their names say, and where they are kept."""

import hashlib
from collections.abc import Collection
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from uuid import uuid4
from zipfile import BadZipFile, ZipFile

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.core.files.uploadedfile import UploadedFile
from django.db import models

from common.errors import Refused
from common.vietnamese import normalize

MIB = 2**20
LONGEST_NAME = 255
# What a Word file may unfold to: far more than any paper, far less than what fills a machine.
MOST_PARTS = 2_000
LARGEST_UNFOLDED = 200 * MIB
WORD_PARTS = {"[Content_Types].xml", "word/document.xml"}
MACROS = "word/vbaProject.bin"
BEGINNINGS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpeg", b"\x89PNG\r\n\x1a\n": "png", b"PK\x03\x04": "docx"}


class FileKind(StrEnum):
    """The kinds of file that are kept, told by their content."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    DOCX = "docx"

    @property
    def label(self) -> str:
        return self.value.upper()

    @property
    def endings(self) -> tuple[str, ...]:
        """The endings that a name of this kind may have, the usual one first."""
        return (".jpg", ".jpeg") if self is FileKind.JPEG else (f".{self.value}",)

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self]

    @property
    def opens_in_browser(self) -> bool:
        return self is not FileKind.DOCX


CONTENT_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True)
class Found:
    """What an upload turned out to be; `size` in bytes."""

    name: str
    kind: FileKind
    size: int
    sha256: str


def inspect(upload: UploadedFile, allowed: Collection[FileKind] = tuple(FileKind)) -> Found:
    """Return what the upload is. Raises `Refused` when it is empty, too large, of no kind allowed, or misnamed."""
    name = shown_name(upload.name)
    require_size(name, upload.size, advice="Hãy quét lại với độ phân giải thấp hơn hoặc tách thành nhiều tệp.")
    kind = _kind_of(upload, name)
    if kind not in allowed:
        kinds = [each.label for each in allowed]
        in_words = " hoặc ".join(filter(None, [", ".join(kinds[:-1]), kinds[-1]]))
        raise Refused(f"Tệp “{name}” không phải là {in_words}. Hãy quét hoặc lưu lại ở dạng đó rồi tải lên.")
    ending = PurePath(name).suffix.lower()
    if ending not in kind.endings:
        has = f"có đuôi “{ending}”" if ending else "không có đuôi"
        raise Refused(
            f"Tệp “{name}” {has} nhưng nội dung là {kind.label}. "
            f"Hãy chọn lại đúng tệp, hoặc đổi đuôi của tên tệp thành “{kind.endings[0]}”."
        )
    return Found(name, kind, upload.size, _sha256(upload))


def require_size(name: str, size: int, *, advice: str) -> None:
    """Raise `Refused` for an empty file, and with `advice` for one of more bytes than LARGEST_UPLOAD_MB allows."""
    if not size:
        raise Refused(f"Tệp “{name}” trống. Hãy chọn lại tệp.")
    if size > settings.LARGEST_UPLOAD_MB * MIB:
        limit = settings.LARGEST_UPLOAD_MB
        raise Refused(f"Tệp “{name}” nặng {_in_mb(size)}, quá mức {limit} MB. {advice}")


def shown_name(name: str | None) -> str:
    """Return the user's own name of the file as it is kept and shown, on one line and not too long."""
    name = normalize("".join(char if char.isprintable() else " " for char in PurePath(name or "tệp").name))
    stem, ending = PurePath(name).stem, PurePath(name).suffix
    return stem[: LONGEST_NAME - len(ending)] + ending


def _in_mb(size: int) -> str:
    return f"{size / MIB:.1f} MB".replace(".", ",")


def _kind_of(upload: UploadedFile, name: str) -> FileKind | None:
    upload.seek(0)
    beginning = upload.read(8)
    upload.seek(0)
    kind = next((kind for signature, kind in BEGINNINGS.items() if beginning.startswith(signature)), None)
    if kind == FileKind.DOCX:
        return FileKind.DOCX if _is_word_file(upload, name) else None
    return FileKind(kind) if kind else None


def _is_word_file(upload: UploadedFile, name: str) -> bool:
    """Whether a zip archive is a Word file. Reads its table of contents alone and unfolds nothing."""
    try:
        with ZipFile(upload) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        return False
    finally:
        upload.seek(0)
    names = {part.filename for part in parts}
    if not names >= WORD_PARTS:
        return False
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNFOLDED:
        raise Refused(f"Tệp “{name}” khi mở ra lớn bất thường nên không được nhận. Hãy lưu lại văn bản ở dạng PDF.")
    if MACROS in names:
        raise Refused(f"Tệp “{name}” có macro nên không được nhận. Hãy lưu lại ở dạng DOCX không macro, hoặc PDF.")
    return True


def _sha256(upload: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


class PrivateStorage(FileSystemStorage):
    """Files without an address of their own: a view serves them, after it has looked at who asks."""

    def url(self, name: str | None) -> str:
        raise ValueError("This file is served by a view, after a permission check.")


def private_storage() -> Storage:
    return storages["private"]


def random_name(folder: str, name: str) -> str:
    """Return the name under which a file is kept: nothing of the user's own but the ending."""
    return f"{folder}/{uuid4().hex}{PurePath(name).suffix}"


def save_with_file(row: models.Model, content: File, name: str) -> None:
    """Save a row with its file, `content`, kept under a name of its own with the ending of `name`.

    A row that cannot be saved leaves no file behind.
    """
    row.content.save(name, content, save=False)
    with ExitStack() as if_refused:
        if_refused.callback(row.content.delete, save=False)
        row.save()
        if_refused.pop_all()
