"""Files as users send them, each truly of its kind."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from organizations.actions import attach_file
from organizations.models import DocumentFile
from tests import factories

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 40


def word(*paragraphs: str) -> bytes:
    """Return a Word file of the paragraphs."""
    document, stream = Document(), BytesIO()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(stream)
    return stream.getvalue()


def archive(**parts: bytes) -> bytes:
    """Return a zip archive of the parts, whose names may be given with slashes by `**{...}`."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return stream.getvalue()


def upload(content: bytes = PDF, name: str = "scan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/x-whatever")  # what a browser says is not asked


def attached(document, content: bytes = PDF, name: str = "scan.pdf") -> DocumentFile:
    """Return a file attached to the document."""
    return attach_file(document, upload=upload(content, name), by=factories.office())


def text_of_word(content: bytes) -> str:
    """Return all text of a Word file in reading order, a line for each paragraph."""
    lines = []
    for block in Document(BytesIO(content)).element.body.iter("{*}p"):
        lines.append("".join(text.text or "" for text in block.iter("{*}t")))
    return "\n".join(lines)
