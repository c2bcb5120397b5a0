"""Word papers of the office: one renderer for all, from templates that an office may edit itself (docxtpl).

A template is a Word file with Jinja tags. It is rendered in a sandbox, because whoever edits it is no programmer of
this product: it reaches the values of its context and nothing behind them.
"""

import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
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


def render(template: Path | bytes, context: Mapping[str, object]) -> bytes:
    """Return the Word file that `template` makes of `context`: plain values, in lists and mappings.

    Values are escaped. Raises `BadTemplate` when the template is no Word file, has a faulty tag, names what the context
    does not have, or reaches for what it may not.
    """
    document = DocxTemplate(BytesIO(template) if isinstance(template, bytes) else template)
    stream = BytesIO()
    try:
        document.render(_printable(context), _sandbox(), autoescape=True)
        document.save(stream)
    except (BadZipFile, PackageNotFoundError, KeyError) as error:
        raise BadTemplate("Tệp mẫu không mở được bằng Word. Hãy lưu lại ở dạng DOCX.") from error
    except (TemplateError, LxmlError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise BadTemplate(_in_words(error)) from error
    return stream.getvalue()


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
