"""Writes of the office's own Word templates: an administrator puts one in place of the product's, or takes it away."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from common.errors import NotAllowed
from common.journal import act
from common.uploads import save_with_file
from organizations.models import PaperTemplate
from organizations.papers import inspect_template
from organizations.scope import Right


@act("Thay mẫu giấy tờ")
def replace_paper_template(template: PaperTemplate, *, upload: UploadedFile, by) -> PaperTemplate:
    """Keep the upload as the office's template of `template.kind`; a former one is thrown away.

    Raises `NotAllowed` for whoever does not administer, and `Refused` when the paper cannot be written with it.
    """
    _require_administrator(by)
    template.name = inspect_template(template.kind, upload)
    template.uploaded_by = by
    former = template.content.name
    save_with_file(template, upload, "*.docx")
    _throw_away(former)
    return template


@act("Bỏ mẫu giấy tờ riêng")
def remove_paper_template(template: PaperTemplate, *, by) -> None:
    """Return to the template that comes with the product."""
    _require_administrator(by)
    template.delete()
    _throw_away(template.content.name)


def _throw_away(stored: str) -> None:
    """Delete a stored file once it is certain that no row names it."""
    storage = PaperTemplate._meta.get_field("content").storage
    if stored:
        transaction.on_commit(lambda: storage.delete(stored))


def _require_administrator(by) -> None:
    if not by.scope.may(Right.ADMINISTER):
        raise NotAllowed("Chỉ người quản trị được thay mẫu giấy tờ.")
