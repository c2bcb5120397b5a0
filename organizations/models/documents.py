"""Documents: the papers that facts rest on."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from common.formats import short_day
from common.journal import Journaled
from common.vietnamese import normalize, search_key
from organizations.querysets import DocumentQuerySet


class DocumentType(models.TextChoices):
    """The types of party documents (DOMAIN.md §10)."""

    RESOLUTION = "NQ", "Nghị quyết"
    DECISION = "QĐ", "Quyết định"
    REGULATION = "QyĐ", "Quy định"
    CONCLUSION = "KL", "Kết luận"
    STATUTE = "QC", "Quy chế"
    NOTICE = "TB", "Thông báo"
    REPORT = "BC", "Báo cáo"
    PLAN = "KH", "Kế hoạch"
    PROGRAMME = "CTr", "Chương trình"
    SUBMISSION = "TTr", "Tờ trình"
    LETTER = "CV", "Công văn"
    MINUTES = "BB", "Biên bản"
    SCHEME = "ĐA", "Đề án"
    OPTIONS = "PA", "Phương án"
    GUIDANCE = "HD", "Hướng dẫn"
    DIRECTIVE = "CT", "Chỉ thị"

    @property
    def abbreviation(self) -> str:
        """What stands in the number: a Quy định is numbered …-QĐ/…, like a Quyết định."""
        return "QĐ" if self is DocumentType.REGULATION else self.value


class IssuerLevel(models.IntegerChoices):
    """Whose paper it is, highest first: the order in which a legal basis is cited."""

    CENTRAL = 1, "Trung ương"
    PROVINCIAL = 2, "Cấp tỉnh"
    UPPER = 3, "Cấp trên trực tiếp cơ sở"
    GRASSROOTS = 4, "Cơ sở"


class Document(Journaled):
    """A paper: type, number, issuer, the issuer's term, its day. Numbers run per type over the issuer's whole term."""

    class Classification(models.TextChoices):
        ORDINARY = "ordinary", "Thường"
        CONFIDENTIAL = "confidential", "Mật"

    type = models.CharField("loại văn bản", max_length=5, choices=DocumentType.choices)
    number = models.PositiveIntegerField("số")
    symbol = models.CharField("ký hiệu cơ quan", max_length=30)  # ĐUK in 06-HD/ĐUK
    issuer = models.ForeignKey(
        "organizations.Organization",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="issued_documents",
        verbose_name="tổ chức ban hành",
        help_text="Để trống khi cơ quan ban hành không nằm trong hệ thống.",
    )
    issuer_term = models.ForeignKey(
        "organizations.Term",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="nhiệm kỳ của tổ chức ban hành",
    )
    issuer_name = models.CharField("cơ quan ban hành (như in trên văn bản)", max_length=255)
    issuer_level = models.PositiveSmallIntegerField("cấp ban hành", choices=IssuerLevel.choices)
    issued_on = models.DateField("ngày văn bản")
    effective_on = models.DateField("ngày có hiệu lực", null=True, blank=True)
    signed_by = models.CharField("người ký", max_length=120, blank=True)
    summary = models.CharField("trích yếu", max_length=500)
    classification = models.CharField(
        "độ mật", max_length=20, choices=Classification.choices, default=Classification.ORDINARY
    )

    search_key = models.CharField(max_length=900, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản"
        verbose_name_plural = "văn bản"
        ordering = ["-issued_on", "type", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "issuer_term", "type", "number"],
                name="document_number_is_used_once_in_the_issuers_term",
                violation_error_message="Số văn bản này đã được dùng trong nhiệm kỳ của tổ chức ban hành.",
            ),
            models.UniqueConstraint(
                fields=["issuer_name", "type", "number", "issued_on"],
                condition=Q(issuer__isnull=True),
                name="outside_document_is_entered_once",
            ),
            models.CheckConstraint(
                condition=Q(issuer__isnull=True, issuer_term__isnull=True)
                | Q(issuer__isnull=False, issuer_term__isnull=False),
                name="document_has_issuer_and_issuers_term_together",
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="document_number_is_positive"),
        ]

    def save(self, *args, **kwargs) -> None:
        self.compute_keys()
        super().save(*args, **kwargs)

    def compute_keys(self) -> None:
        """Normalise the summary and compute what it is searched by; bulk inserts call this themselves."""
        self.summary = normalize(self.summary)
        self.search_key = search_key(f"{self.full_number} {self.issuer_name} {self.summary}")

    def get_absolute_url(self) -> str:
        return reverse("organizations:document_detail", args=[self.pk])

    @property
    def is_confidential(self) -> bool:
        return self.classification == self.Classification.CONFIDENTIAL

    @property
    def full_number(self) -> str:
        """06-HD/ĐUK."""
        return f"{self.number:02d}-{DocumentType(self.type).abbreviation}/{self.symbol}"

    @property
    def citation(self) -> str:
        """Quy định số 15-QĐ/TU, ngày 23/3/2022 của Ban Thường vụ Tỉnh ủy."""
        kind = self.get_type_display()
        return f"{kind} số {self.full_number}, ngày {short_day(self.issued_on)} của {self.issuer_name}"

    @property
    def effective_day(self):
        """The day from which it works: its effective day, or the day it bears."""
        return self.effective_on or self.issued_on

    def __str__(self) -> str:
        return f"{self.full_number} ngày {short_day(self.issued_on)}"
