"""Word papers of the office: one renderer for all, from templates that an office may edit itself (docxtpl).

A template is a Word file with Jinja tags. It is rendered in a sandbox, because whoever edits it is no programmer of
this product: it reaches the values of its context and nothing behind them.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml.etree import LxmlError

from common.errors import Refused

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# What XML cannot hold, and the bell and form feed, which docxtpl takes for a new paragraph and a new page.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
QUOTED = re.compile(r"'([^']*)'")


class BadTemplate(Refused):
    """A template with which the paper cannot be written; the message says where the fault is."""


@dataclass(frozen=True)
class Layout:
    """How wide the columns of a table are (mm), which a template cannot know of columns that are chosen.

    `headings` are the texts of its first row, by which it is known among the tables of the paper.
    `centred` are the places of those whose texts stand in the middle: numbers and days. `size` is that of the letters,
    in points.
    """

    headings: Sequence[str]
    widths: Sequence[float]
    centred: Collection[int] = ()
    size: float | None = None


def render(template: Path | bytes, context: Mapping[str, object], *, layout: Layout | None = None) -> bytes:
    """Return the Word file that `template` makes of `context`: plain values, in lists and mappings.

    Values are escaped. The table of its headings is laid out by `layout`. Raises `BadTemplate` when the
    template is no Word file, has a faulty tag, names what the context does not have, or reaches for what it may not.
    """
    document = DocxTemplate(BytesIO(template) if isinstance(template, bytes) else template)
    stream = BytesIO()
    try:
        document.render(_printable(context), _sandbox(), autoescape=True)
        if layout:
            _lay_out(document.docx, layout)
        document.save(stream)
    except (BadZipFile, PackageNotFoundError, KeyError) as error:
        raise BadTemplate("Tệp mẫu không mở được bằng Word. Hãy lưu lại ở dạng DOCX.") from error
    except (TemplateError, LxmlError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise BadTemplate(_in_words(error)) from error
    return stream.getvalue()


def _lay_out(document: Document, layout: Layout) -> None:
    widths = [str(int(Mm(width).twips)) for width in layout.widths]
    for table in document.element.body.iter(qn("w:tbl")):
        grid = table.tblGrid.gridCol_lst
        if len(grid) != len(widths) or _first_row(table) != list(layout.headings):
            continue
        for column, width in zip(grid, widths, strict=True):
            column.set(qn("w:w"), width)
        for size in table.iter(qn("w:sz")) if layout.size else ():
            size.set(qn("w:val"), str(int(2 * layout.size)))
        for place, cell in _cells_of_whole_rows(table, len(widths)):
            cell.get_or_add_tcPr().get_or_add_tcW().set(qn("w:w"), widths[place])
            if place in layout.centred:
                for paragraph in cell.p_lst:
                    Paragraph(paragraph, None).alignment = WD_ALIGN_PARAGRAPH.CENTER


def _first_row(table) -> list[str]:
    return ["".join(text.text or "" for text in cell.iter(qn("w:t"))) for cell in table.tr_lst[0].tc_lst]


def _cells_of_whole_rows(table, columns: int) -> Iterator[tuple[int, object]]:
    """Go through the cells of the rows that have a cell for each column, each with its place."""
    for row in table.tr_lst:
        if len(row.tc_lst) == columns:
            yield from enumerate(row.tc_lst)


def _sandbox() -> ImmutableSandboxedEnvironment:
    sandbox = ImmutableSandboxedEnvironment(undefined=StrictUndefined)
    sandbox.globals.clear()
    return sandbox


def _printable(value: object) -> object:
    """Return the value with nothing in its texts that a Word file cannot hold."""
    if isinstance(value, str):
        return UNPRINTABLE.sub("", value)
    if isinstance(value, Mapping):
        return {key: _printable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(each) for each in value]
    if isinstance(value, Iterator):  # long lists, read as they are written
        return map(_printable, value)
    return value


def _in_words(error: Exception) -> str:
    """Say what is wrong with a template; Jinja's own messages are English, so only the names are taken from them."""
    named = QUOTED.findall(str(error))
    if isinstance(error, SecurityError):
        return "Mẫu dùng một thẻ không được phép. Mỗi thẻ chỉ được lấy các tên mà mẫu gốc có."
    if isinstance(error, UndefinedError) and named:
        return f"Mẫu dùng tên “{named[-1]}” mà giấy tờ này không có. Hãy dùng các tên như trong mẫu gốc."
    where = _place(error)
    if isinstance(error, TemplateSyntaxError):
        return f"Mẫu có thẻ viết sai{where}. Thẻ phải có dạng {{{{ tên }}}} hoặc {{% … %}} như trong mẫu gốc."
    return f"Mẫu có thẻ không dùng được{where}. Hãy sửa lại theo mẫu gốc."


def _place(error: Exception) -> str:
    """Return the text of the template near a faulty tag, as docxtpl leaves it on the error."""
    lines = [line.strip() for line in getattr(error, "docx_context", ())]
    tags = [line for line in lines if "{" in line] or [line for line in lines if line]
    return f", gần chỗ “{tags[-1][:80]}”" if tags else ""
