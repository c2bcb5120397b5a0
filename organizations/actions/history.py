"""Writes of documents in bulk: papers cited in what is taken over from an office's old files."""

from collections.abc import Sequence

from common import journal
from common.errors import NotAllowed, Refused
from common.journal import act
from organizations.models import Document, Organization
from organizations.scope import Right

DESCRIBED = ["issuer_name", "issuer_level", "effective_on", "signed_by", "summary", "classification"]


@act("Ghi nhận văn bản từ hồ sơ cũ")
def record_past_documents(new: Sequence[Document], described: Sequence[Document] = (), *, by) -> None:
    """Enter the `new` documents, each with its issuer's term, and save what is now said of those `described`.

    Of a document in the register only `DESCRIBED` may change: type, number, day and issuer make it the paper it is.
    Raises `NotAllowed` where `by` does not keep the register of an issuer (of outside papers: anywhere at all), and
    `Refused` for an issuer without a term on the day.
    """
    for issuer in {document.issuer for document in (*new, *described)}:
        _require_keeping(by, issuer)
    for document in new:
        if document.issuer is not None and document.issuer_term is None:
            raise Refused(f"{document.issuer.name} chưa có nhiệm kỳ nào vào ngày của văn bản {document}.")
    for document in (*new, *described):
        document.compute_keys()
    journal.bulk_create(new)
    journal.bulk_update(described, [*DESCRIBED, "search_key"])


def _require_keeping(by, issuer: Organization | None) -> None:
    if issuer is None and not by.scope.may(Right.KEEP_REGISTER):
        raise NotAllowed("Bạn không có quyền ghi nhận văn bản.")
    if issuer is not None and not by.scope.covers(issuer.path, Right.KEEP_REGISTER):
        raise NotAllowed(f"Bạn không có quyền ghi nhận văn bản của {issuer.name}.")
