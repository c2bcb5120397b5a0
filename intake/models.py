"""Imports: files from which the register is filled, what they came to, and how an office's own headings are read."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from common.journal import Journaled
from common.uploads import LONGEST_NAME, private_storage, random_name
from intake.querysets import ImportQuerySet, MappingQuerySet


def content_name(upload: "Import", name: str) -> str:
    return random_name("imports", name)


class Import(Journaled):
    """A workbook sent to fill the register from. Once committed it is the paper that its records rest on.

    preview → committed → undone, or preview → discarded. `act_id` is the journal's key to all that it wrote; `outcome`
    is what each row came to when it was last read (intake.outcomes); `mapping` says how its own headings are read.
    """

    class State(models.TextChoices):
        PREVIEW = "preview", "Chờ xem và ghi"
        COMMITTED = "committed", "Đã ghi vào sổ"
        UNDONE = "undone", "Đã hoàn tác"
        DISCARDED = "discarded", "Đã bỏ"

    kind = models.CharField("loại dữ liệu", max_length=30)
    state = models.CharField("trạng thái", max_length=20, choices=State.choices, default=State.PREVIEW)
    file_name = models.CharField("tên tệp", max_length=LONGEST_NAME)
    sha256 = models.CharField("mã kiểm tra SHA-256", max_length=64)
    size = models.PositiveIntegerField("dung lượng (byte)")
    content = models.FileField("nội dung", storage=private_storage, upload_to=content_name, blank=True)
    outcome = models.FileField("kết quả đọc", storage=private_storage, upload_to=content_name, blank=True)
    mapping = models.JSONField("cách đọc tiêu đề", default=dict, blank=True)
    counts = models.JSONField("số dòng", default=dict, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="imports", verbose_name="người nhập"
    )
    made_at = models.DateTimeField("tải lên lúc", auto_now_add=True)
    committed_at = models.DateTimeField("ghi lúc", null=True, blank=True)
    act_id = models.CharField(max_length=36, blank=True, editable=False)
    undone_at = models.DateTimeField("hoàn tác lúc", null=True, blank=True)
    undo_reason = models.CharField("lý do hoàn tác", max_length=500, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = "lần nhập từ Excel"
        verbose_name_plural = "các lần nhập từ Excel"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["committed", "undone"], committed_at__isnull=False)
                | Q(state__in=["preview", "discarded"], committed_at__isnull=True),
                name="import_is_committed_at_a_time",
            ),
            models.CheckConstraint(
                condition=(Q(state="undone", undone_at__isnull=False) & ~Q(undo_reason=""))
                | (~Q(state="undone") & Q(undone_at__isnull=True, undo_reason="")),
                name="import_is_undone_at_a_time_for_a_reason",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("intake:import_detail", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.PREVIEW

    @property
    def has_been_read(self) -> bool:
        return bool(self.outcome)

    def __str__(self) -> str:
        return f"“{self.file_name}”"


class ColumnMapping(Journaled):
    """How the headings of an office's own sheet are read: remembered for the next file with the same headings."""

    kind = models.CharField("loại dữ liệu", max_length=30)
    signature = models.CharField("các tiêu đề", max_length=64)  # a digest of the headings
    mapping = models.JSONField("cách đọc tiêu đề")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người ghép"
    )

    objects = MappingQuerySet.as_manager()

    class Meta:
        verbose_name = "cách đọc tiêu đề"
        verbose_name_plural = "các cách đọc tiêu đề"
        constraints = [
            models.UniqueConstraint(fields=["kind", "signature"], name="one_mapping_of_the_same_headings"),
        ]

    def __str__(self) -> str:
        return self.kind
