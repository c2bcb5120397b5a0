"""Files: what was scanned of a document, and the office's own Word templates. Kept outside the web root."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from common.journal import Journaled
from common.uploads import LONGEST_NAME, FileKind, private_storage, random_name
from organizations.models.documents import Document
from organizations.querysets import DocumentFileQuerySet


def document_file_name(file: "DocumentFile", name: str) -> str:
    return random_name("documents", name)


def paper_template_name(template: "PaperTemplate", name: str) -> str:
    return random_name("templates", name)


class DocumentFile(Journaled):
    """A scanned or written file of a document, of the kind that its content shows."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="files", verbose_name="văn bản")
    name = models.CharField("tên tệp", max_length=LONGEST_NAME)  # as the user called it; it is kept under another
    kind = models.CharField("loại tệp", max_length=10, choices=[(kind.value, kind.label) for kind in FileKind])
    size = models.PositiveIntegerField("dung lượng (byte)")
    sha256 = models.CharField("mã kiểm tra SHA-256", max_length=64)
    content = models.FileField("nội dung", storage=private_storage, upload_to=document_file_name)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người tải lên"
    )
    uploaded_at = models.DateTimeField("tải lên lúc", auto_now_add=True)

    objects = DocumentFileQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp của văn bản"
        verbose_name_plural = "tệp của văn bản"
        ordering = ["document", "uploaded_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["document", "sha256"], name="file_is_attached_once_to_a_document"),
            models.UniqueConstraint(fields=["content"], name="stored_file_belongs_to_one_document"),
            models.CheckConstraint(condition=Q(size__gt=0), name="file_has_content"),
        ]

    def __str__(self) -> str:
        return self.name


class PaperKind(models.TextChoices):
    """The papers that the product writes for Word, of dossiers, plans and reports; the values stand in addresses."""

    SUBMISSION = "to-trinh", "Tờ trình"
    DECISION = "quyet-dinh", "Quyết định chuẩn y"
    EXTRACT = "trich-ngang", "Danh sách trích ngang"
    BALLOT_MINUTES = "kiem-phieu", "Biên bản kiểm phiếu"
    PLAN_SUBMISSION = "to-trinh-quy-hoach", "Tờ trình quy hoạch"
    PLAN_DECISION = "quyet-dinh-quy-hoach", "Quyết định phê duyệt quy hoạch"
    PLAN_LIST = "danh-sach-quy-hoach", "Danh sách quy hoạch"
    PLAN_BALLOT_MINUTES = "kiem-phieu-quy-hoach", "Biên bản kiểm phiếu quy hoạch"
    PLAN_COMPARISON = "so-sanh-quy-hoach", "Biểu so sánh rà soát quy hoạch"
    REPORT = "bao-cao", "Báo cáo tổng hợp"
    REPORT_TABLE = "bieu-bao-cao", "Biểu kèm báo cáo"


class PaperTemplate(Journaled):
    """The office's own Word template of a paper, in place of the one that comes with the product."""

    kind = models.CharField("giấy tờ", max_length=20, choices=PaperKind.choices)
    name = models.CharField("tên tệp", max_length=LONGEST_NAME)
    content = models.FileField("nội dung", storage=private_storage, upload_to=paper_template_name)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người tải lên"
    )
    uploaded_at = models.DateTimeField("tải lên lúc", auto_now=True)

    class Meta:
        verbose_name = "mẫu giấy tờ"
        verbose_name_plural = "mẫu giấy tờ"
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                name="one_template_of_a_paper",
                violation_error_message="Giấy tờ này đã có mẫu riêng. Hãy mở mẫu đó và thay tệp.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
